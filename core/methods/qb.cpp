// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/qb.h"

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "core/linalg/lapack.h"
#include "core/linalg/operator.h"
#include "core/methods/low_rank.h"

namespace rankscope {

namespace {

using linalg::Op;

template <class T>
constexpr double kEpsilon = std::is_same_v<T, float> ? 0x1p-23 : 0x1p-52;

// M divided by a power of two near its norm, half of it before a product and half after: nothing leaves the range of T.
template <class T>
class Scaled {
 public:
  static Result<Scaled> of(const AnyMatrix& M, const Context& context) {
    auto made = MatrixOperator<T>::of(M, context);
    if (!made) return made.error();
    return Scaled(M, std::move(*made));
  }

  /// ‖M‖_F in these units, from 1 to 2.
  double norm() const { return m_norm; }
  Matrix<T> times(const ConstRef<T>& X, const Context& context) const {
    context.checkpoint();
    Matrix<T> Y;
    m_operator.times(m_before * X, Y, context);
    return Y * m_after;
  }
  Matrix<T> adjointTimes(const ConstRef<T>& X, const Context& context) const {
    context.checkpoint();
    Matrix<T> Y;
    m_operator.adjointTimes(m_before * X, Y, context);
    return Y * m_after;
  }
  /// ‖M − Q Btᴴ‖²_F, block by block.
  double squaredResidual(const Matrix<T>& Q, const Matrix<T>& Bt, const Context& context) const {
    double sum = 0;
    m_matrix->forEachBlock<T>(context, [&](Index row, Index col, const ConstRef<T>& block) {
      Matrix<T> residual = (block * m_before) * m_after;
      linalg::gemm<T>(Op::None, Op::Adjoint, T(-1), Q.middleRows(row, block.rows()), Bt.middleRows(col, block.cols()),
                      T(1), residual);
      sum += residual.template cast<double>().squaredNorm();
    });
    return sum;
  }
  Matrix<T> unscaled(Matrix<T> B) const {
    B /= m_before;
    B /= m_after;
    return B;
  }

 private:
  Scaled(const AnyMatrix& M, MatrixOperator<T> made) : m_matrix(&M), m_operator(std::move(made)) {
    const double fro = M.summary().fro;
    const int exponent = std::ilogb(fro);
    m_before = static_cast<T>(std::ldexp(1.0, -(exponent / 2)));
    m_after = static_cast<T>(std::ldexp(1.0, -(exponent - exponent / 2)));
    m_norm = std::ldexp(fro, -exponent);
  }

  const AnyMatrix* m_matrix;
  MatrixOperator<T> m_operator;
  T m_before = 1, m_after = 1;
  double m_norm = 1;
};

// Keeps the columns whose size is above `least`; false when one is dropped.
template <class T>
bool keepAbove(Matrix<T>& A, const Vector<double>& sizes, double least) {
  Index kept = 0;
  for (Index c = 0; c < A.cols(); ++c) {
    if (!(sizes(c) > least)) continue;
    if (kept != c) A.col(kept) = A.col(c);
    ++kept;
  }
  const bool all = kept == A.cols();
  A.conservativeResize(Eigen::NoChange, kept);
  return all;
}

// Orthonormal columns in place of Y's, without those that add at most `least`; false when one is dropped.
template <class T>
bool orthonormalise(Matrix<T>& Y, double least) {
  if (Y.cols() == 0) return true;
  Matrix<T> R;
  linalg::householderQ(Y, &R);
  const Vector<double> sizes = R.diagonal().cwiseAbs().template cast<double>();
  return keepAbove(Y, sizes, least);
}

// Y − left (rightᴴ X), in place.
template <class T>
void subtract(Matrix<T>& Y, const Matrix<T>& left, const Matrix<T>& right, const Matrix<T>& X) {
  if (left.cols() == 0 || Y.cols() == 0) return;
  linalg::gemm<T>(Op::None, Op::None, T(-1), left, linalg::multiply<T>(right, X, Op::Adjoint), T(1), Y);
}

// Norms that are nothing but rounding: of M times a Gaussian vector (METHODS 2.6), and of M times a unit vector, a sum
// of max(n, m) products that rounds like a random walk.
struct Rounding {
  double ofSketch = 0, ofUnit = 0;
};

// One more block of the basis of the range, orthonormal and across Q; narrower, and false, where the range ends.
template <class T>
bool nextBlock(const Scaled<T>& A, const Matrix<T>& omega, const Matrix<T>& Q, const Matrix<T>& Bt, int power,
               const Rounding& rounding, const Context& context, Matrix<T>& Y) {
  Y = A.times(omega, context);
  subtract(Y, Q, Bt, omega);
  bool all = orthonormalise(Y, rounding.ofSketch);
  for (int step = 0; step < power && Y.cols() > 0; ++step) {
    Matrix<T> Z = A.adjointTimes(Y, context);
    subtract(Z, Bt, Q, Y);
    linalg::householderQ(Z);
    Y = A.times(Z, context);
    subtract(Y, Q, Bt, Z);
    all = orthonormalise(Y, rounding.ofUnit) && all;
  }
  const Matrix<T> before = Y;
  subtract(Y, Q, Q, before);
  // A unit column of which less than half is left was rounding of what Q has already.
  return orthonormalise(Y, 0.5) && all;
}

}  // namespace

template <class T>
Result<Qb<T>> qb(const AnyMatrix& M, const QbWish& wish, const std::function<Matrix<T>(Index, Index)>& omega,
                 const Context& context) {
  const Index n = M.rows(), m = M.cols();
  expects(wish.most >= 1 && wish.most <= std::min(n, m) && wish.block >= 1 && wish.power >= 0 && wish.tolerance >= 0,
          "qb: the wish does not suit the matrix");
  Qb<T> out;
  Matrix<T> Q(n, 0), Bt(m, 0);
  if (M.summary().fro == 0) {
    out.exhausted = true;
    out.Q = Q;
    out.B = Bt.adjoint();
    return out;
  }
  const auto scaled = Scaled<T>::of(M, context);
  if (!scaled) return scaled.error();
  const linalg::WideBlas wide(std::min(n, m) >= 1024 ? context.threads : 1, context.cancel);

  const double whole = scaled->norm() * scaled->norm();
  const double longest = static_cast<double>(std::max(n, m)), unit = kEpsilon<T> * scaled->norm();
  const Rounding rounding{.ofSketch = longest * unit, .ofUnit = (4 + std::sqrt(longest)) * unit};
  const double target = wish.tolerance * wish.tolerance;
  // Squares of norms near e, which are known to some u‖M‖ each, leave a difference that is right to 1 % down to
  // 4u/0.01 · e, u = ε/2.
  const double readable = 200 * kEpsilon<T>;
  double left = 1, base = 1;    // ‖M − QB‖²/‖M‖², and what the subtraction began from
  std::vector<double> squares;  // of the rows of B, over ‖M‖²
  std::vector<Index> ends;      // columns after each block
  Index lastBegin = 0;
  while (Q.cols() < wish.most && !out.exhausted && !(left < target)) {
    const Index have = Q.cols(), width = std::min(wish.block, wish.most - have);
    const double bytes = static_cast<double>((2 * n + 3 * m) * (have + width) + 2 * (n + m) * width) * sizeof(T);
    if (auto refused = context.refuseMemory("qb", bytes)) return *refused;
    context.report(static_cast<double>(have) / static_cast<double>(wish.most), "one more block");
    Matrix<T> block;
    out.exhausted = !nextBlock(*scaled, omega(have, width), Q, Bt, wish.power, rounding, context, block);
    if (block.cols() == 0) break;
    Matrix<T> rows = scaled->adjointTimes(block, context);  // Bᵢᴴ = MᴴQᵢ
    const Vector<double> sizes = rows.colwise().norm().transpose().template cast<double>();
    out.exhausted = !keepAbove(block, sizes, rounding.ofUnit) || out.exhausted;
    keepAbove(rows, sizes, rounding.ofUnit);
    const Index added = block.cols();
    if (added == 0) break;
    Q.conservativeResize(Eigen::NoChange, have + added);
    Bt.conservativeResize(Eigen::NoChange, have + added);
    Q.rightCols(added) = block;
    Bt.rightCols(added) = rows;
    for (Index c = 0; c < added; ++c) {
      squares.push_back(rows.col(c).template cast<double>().squaredNorm() / whole);
      left -= squares.back();
    }
    ends.push_back(have + added);
    lastBegin = have;
    if (left < readable * std::sqrt(base)) {
      left = scaled->squaredResidual(Q, Bt, context) / whole;
      base = left;
    }
  }

  Index rank = Q.cols();
  while (rank > lastBegin && left + squares[static_cast<std::size_t>(rank) - 1] < target)
    left += squares[static_cast<std::size_t>(--rank)];
  if (!ends.empty()) ends.back() = rank;
  // From the end up, so that nothing cancels: what is left after a block is what came later and the rest.
  out.error = std::sqrt(left);
  out.errors.resize(ends.size());
  double sum = left;
  for (std::size_t i = ends.size(), c = static_cast<std::size_t>(rank); i-- > 0;) {
    for (; c > static_cast<std::size_t>(ends[i]); --c) sum += squares[c - 1];
    out.errors[i] = std::sqrt(sum);
  }
  out.B = scaled->unscaled(Bt.leftCols(rank).adjoint());
  out.Q = Q.leftCols(rank);
  return out;
}

#define RANKSCOPE_INSTANTIATE(T)                                                                               \
  template Result<Qb<T>> qb<T>(const AnyMatrix&, const QbWish&, const std::function<Matrix<T>(Index, Index)>&, \
                               const Context&);
RANKSCOPE_INSTANTIATE(float)
RANKSCOPE_INSTANTIATE(double)
#undef RANKSCOPE_INSTANTIATE

namespace {

template <class T>
Result<Approximation> run(const AnyMatrix& X, const QbWish& wish, const Context& context) {
  const auto omega = [&](Index first, Index width) {
    Matrix<T> out(X.cols(), width);
    // A stream a column, so that neither blocks nor threads matter.
    parallelFor(context, width, [&](Index c) {
      Random draw = context.random("qb", static_cast<std::uint64_t>(first + c));
      for (Index r = 0; r < out.rows(); ++r) out(r, c) = static_cast<T>(draw.normal());
    });
    return out;
  };
  auto made = qb<T>(X, wish, omega, context);
  if (!made) return made.error();
  const Index rank = made->Q.cols();
  Approximation out;
  out.rows = X.rows();
  out.cols = X.cols();
  out.dial = out.maxDial = rank;
  out.nested = true;
  out.parameters = static_cast<double>(rank * (out.rows + out.cols));
  out.errorEstimate = made->error;
  const bool missed = wish.tolerance > 0 && made->error >= wish.tolerance && rank < std::min(out.rows, out.cols);
  if (made->exhausted && (missed || wish.tolerance == 0)) out.status = SolveStatus::RankDeficient;
  if (missed && made->exhausted) {
    out.notices.push_back(
        text("qb ended at rank {1} with a relative error of {2}: further columns would be lost in rounding", rank,
             made->error));
  } else if (missed) {
    out.status = SolveStatus::NotConverged;
    out.notices.push_back(
        text("qb used up its {1} columns at a relative error of {2}; allow a higher rank", rank, made->error));
  }
  if (!made->errors.empty())
    out.diagnostics.push_back(Convergence{.quantity = "relative error", .values = std::move(made->errors)});
  out.factors = factorList(Factor{.name = "Q", .shape = {out.rows, rank}, .values = made->Q},
                           Factor{.name = "B", .shape = {rank, out.cols}, .values = made->B});
  out.form = LowRank{.left = std::move(made->Q), .weights = Vector<double>::Ones(rank), .right = std::move(made->B)};
  return out;
}

}  // namespace

Method qbMethod() {
  return {.id = "qb",
          .title = "Adaptive randomized QB",
          .help = "a random basis that grows block by block until the error is small enough",
          .reference = "Yu, Gu & Li 2018",
          .access = Access::Products,
          .random = true,
          .ownTolerance = true,
          .dial = rankDial(),
          .params = {{.name = "tol",
                      .title = "Tolerance",
                      .help = "it stops when the error falls below this part of the norm; 0: not before the rank",
                      .fallback = ParamValue{0.01},
                      .min = 0,
                      .max = 1},
                     {.name = "block",
                      .title = "Block",
                      .help = "columns added at a time",
                      .fallback = ParamValue{Index{10}},
                      .min = 1,
                      .max = 1000},
                     {.name = "power",
                      .title = "Power steps",
                      .help = "passes that sharpen each block; needed where the spectrum decays slowly",
                      .fallback = ParamValue{Index{1}},
                      .min = 0,
                      .max = 20}},
          .cost =
              [](const ParamScope& p) {
                const auto given = p.given ? p.given->find("power") : ParamValues::const_iterator{};
                const double power =
                    p.given && given != p.given->end() ? static_cast<double>(std::get<Index>(given->second)) : 1;
                const double r = static_cast<double>(std::min(p.dial, std::min(p.rows, p.cols)));
                const double n = static_cast<double>(p.rows), m = static_cast<double>(p.cols);
                return Cost{.parameters = r * (n + m),
                            .applyFlops = 2 * r * (n + m),
                            .flops = 2 * n * m * r * (2 * power + 2) + 4 * (power + 2) * (n + m) * r * r,
                            .bytes = (2 * n + 3 * m) * r * (p.precision == Precision::Float ? 4 : 8)};
              },
          .run = [](const Problem& problem, Index dial, const ParamValues& params,
                    const Context& context) -> Result<Approximation> {
            const QbWish wish{.tolerance = std::get<double>(params.at("tol")),
                              .most = dial,
                              .block = std::get<Index>(params.at("block")),
                              .power = static_cast<int>(std::get<Index>(params.at("power")))};
            return context.precision == Precision::Float ? run<float>(*problem.X, wish, context)
                                                         : run<double>(*problem.X, wish, context);
          }};
}

}  // namespace rankscope
