// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/id.h"

#include <cmath>

#include "core/linalg/lapack.h"
#include "core/linalg/operator.h"
#include "core/methods/aside.h"
#include "core/methods/low_rank.h"
#include "core/methods/rsvd.h"

namespace rankscope {

template <class T>
ColumnBasis<T> strongQr(const ConstRef<T>& M, Index r, double f, const Context& context) {
  expects(f >= 1, "strongQr: f is at least 1");
  ColumnBasis<T> basis = pivotedQr<T>(M, r, std::max(M.rows(), M.cols()), context);
  const Index k = basis.size(), m = M.cols();
  if (k == 0 || k == m) return basis;
  // Gains within rounding of f² count as f², so that f = 1 ends too.
  const double limit = f * f * (1 + 1e3 * kUnitOf<T>);
  bool swapped = false;
  for (;;) {
    context.checkpoint();
    // The volume of the columns grows by √(Zᵢⱼ² + (ωᵢγⱼ)²) when column j takes the place of the i-th: ωᵢ the norm of
    // row i of R₁₁⁻¹, γⱼ that of the residual of column j.
    const Matrix<T> Z = interpolation(basis);
    const Matrix<T> inverse = basis.triangle().template triangularView<Eigen::Upper>().solve(Matrix<T>::Identity(k, k));
    const Vector<double> omega2 = inverse.template cast<double>().rowwise().squaredNorm();
    std::vector<char> taken(static_cast<std::size_t>(m), 0);
    for (const Index j : basis.columns()) taken[static_cast<std::size_t>(j)] = 1;
    double largest = 0;
    Index out = -1, in = -1;
    for (Index j = 0; j < m; ++j) {
      if (taken[static_cast<std::size_t>(j)]) continue;
      for (Index i = 0; i < k; ++i) {
        const auto z = static_cast<double>(Z(i, j));
        const double gain = z * z + omega2(i) * basis.squares()(j);
        if (gain <= largest) continue;
        largest = gain;
        out = i;
        in = j;
      }
    }
    if (largest <= limit) break;
    basis.drop(out);
    basis.take(in);
    swapped = true;
  }
  if (!swapped) return basis;
  // Once more from M itself, free of the rounding of the swaps.
  ColumnBasis<T> fresh(M, r, context);
  for (const Index j : basis.columns()) fresh.take(j);
  return fresh;
}

template <class T>
Matrix<T> gather(const AnyMatrix& M, const std::vector<Index>& J) {
  Matrix<T> C(M.rows(), static_cast<Index>(J.size()));
  for (Index c = 0; c < C.cols(); ++c) C.col(c) = M.block<T>(0, J[static_cast<std::size_t>(c)], M.rows(), 1);
  return C;
}

template <class T>
Result<Interpolative<T>> randomizedId(const AnyMatrix& M, const Matrix<T>& omega, Index r, Coefficients coefficients,
                                      const Context& context) {
  const Index n = M.rows(), m = M.cols();
  expects(omega.rows() == n && r >= 1 && r <= std::min(n, m) && omega.cols() >= r, "randomizedId: shapes do not agree");
  const double bytes = static_cast<double>(omega.cols()) * static_cast<double>(3 * n + 4 * m) * sizeof(T);
  if (auto refused = context.refuseMemory("id", bytes)) return *refused;
  const auto made = MatrixOperator<T>::of(M, context);
  if (!made) return made.error();
  const linalg::WideBlas wide(std::min(n, m) >= 1024 ? context.threads : 1, context.cancel);
  // ΩM of a matrix whose norm is near the end of the range would leave it.
  const double fro = M.summary().fro;
  const int exponent = fro > 0 ? std::ilogb(fro) : 0;
  Matrix<T> Y;
  if (exponent > 0) {
    made->adjointTimes(timesPowerOfTwo<T>(omega, -exponent), Y, context);
  } else {
    made->adjointTimes(omega, Y, context);
  }
  context.checkpoint();
  const Matrix<T> S = timesPowerOfTwo<T>(Y, exponent > 0 ? 0 : -exponent).transpose();
  const ColumnBasis<T> basis = pivotedQr<T>(S, std::min(r, std::min(S.rows(), S.cols())), std::max(n, m), context);
  Interpolative<T> out{basis.columns(), {}};
  if (coefficients == Coefficients::OfSketch || basis.size() == 0) {
    out.Z = interpolation(basis);
    return out;
  }
  Matrix<T> Q = timesPowerOfTwo<T>(gather<T>(M, out.columns), -exponent), R;
  linalg::householderQ(Q, &R);
  context.checkpoint();
  made->adjointTimes(Q, Y, context);  // MᵀQ
  // R is small: its inverse and one product are several times faster than solving for every column.
  const Matrix<T> inverse = R.template triangularView<Eigen::Upper>().solve(Matrix<T>::Identity(R.rows(), R.cols()));
  out.Z = linalg::multiply<T>(inverse, timesPowerOfTwo<T>(Y, -exponent), linalg::Op::None, linalg::Op::Adjoint);
  for (Index i = 0; i < R.cols(); ++i)
    out.Z.col(out.columns[static_cast<std::size_t>(i)]) = Vector<T>::Unit(R.cols(), i);
  return out;
}

template <class T>
TwoSided<T> rowsFor(const Matrix<T>& C, const std::vector<Index>& columns, const Context& context) {
  const Matrix<T> Ct = C.transpose();
  const ColumnBasis<T> basis = pivotedQr<T>(Ct, std::min(C.rows(), C.cols()), std::max(C.rows(), C.cols()), context);
  TwoSided<T> out;
  out.columns = columns;
  out.rows = basis.columns();
  out.left = interpolation(basis).transpose();
  // Cᵀ[:, I] = Q R₁₁ is M[I, J]ᵀ.
  out.U = basis.Q();
  if (basis.size() > 0) {
    basis.triangle().transpose().template triangularView<Eigen::Lower>().template solveInPlace<Eigen::OnTheRight>(
        out.U);
  }
  return out;
}

#define RANKSCOPE_INSTANTIATE(T)                                                                             \
  template ColumnBasis<T> strongQr<T>(const ConstRef<T>&, Index, double, const Context&);                    \
  template Matrix<T> gather<T>(const AnyMatrix&, const std::vector<Index>&);                                 \
  template Result<Interpolative<T>> randomizedId<T>(const AnyMatrix&, const Matrix<T>&, Index, Coefficients, \
                                                    const Context&);                                         \
  template TwoSided<T> rowsFor<T>(const Matrix<T>&, const std::vector<Index>&, const Context&);
RANKSCOPE_INSTANTIATE(float)
RANKSCOPE_INSTANTIATE(double)
#undef RANKSCOPE_INSTANTIATE

namespace {

struct Wish {
  std::string variant;
  double f = 2;
  Coefficients coefficients = Coefficients::OfSketch;
  bool twoSided = false;
};

template <class T>
Bounds boundsOf(const Wish& wish, const Unscaled<T>& M, const std::vector<Index>& J, const Matrix<T>& Z,
                const Context& context) {
  const auto k = static_cast<double>(J.size()), m = static_cast<double>(Z.cols());
  const bool strong = wish.variant == "strong";
  std::vector<double> values{strong ? wish.f : std::exp2(k - 1)},
      measured{static_cast<double>(Z.cwiseAbs().maxCoeff())};
  Bounds out;
  out.names.push_back(strong ? "largest |Z|, at most f" : "largest |Z|, at most 2^(r − 1)");
  if (const auto pair = spectralPair<T>(M.scaled(), columnsOf<T>(M.scaled(), J), Z, context)) {
    const double factor = strong ? std::sqrt(1 + wish.f * wish.f * k * (m - k)) : std::sqrt(m - k) * std::exp2(k);
    out.names.push_back(strong ? "spectral error, at most √(1 + f²r(m − r)) σ of r + 1"
                               : "spectral error, at most 2^r √(m − r) σ of r + 1");
    values.push_back(std::ldexp(factor * pair->next, M.exponent()));
    measured.push_back(std::ldexp(pair->error, M.exponent()));
  }
  out.values = Eigen::Map<const Vector<double>>(values.data(), static_cast<Index>(values.size()));
  out.measured = Eigen::Map<const Vector<double>>(measured.data(), static_cast<Index>(measured.size()));
  return out;
}

template <class T>
Result<Approximation> run(const AnyMatrix& X, Index rank, const Wish& wish, const Context& context) {
  Approximation out;
  out.rows = X.rows();
  out.cols = X.cols();
  Interpolative<T> made;
  std::optional<Bounds> bounds;
  if (wish.variant == "random") {
    const Index l = std::min(rank + 10, X.rows());
    auto random = randomizedId<T>(X, gaussianSketch<T>(X.rows(), l, context), rank, wish.coefficients, context);
    if (!random) return random.error();
    made = std::move(*random);
  } else {
    const double bytes = static_cast<double>(rank) * static_cast<double>(3 * X.rows() + 4 * X.cols()) * sizeof(T);
    if (auto refused = context.refuseMemory("id", bytes)) return *refused;
    const auto M = Unscaled<T>::of(X, context);
    if (!M) return M.error();
    const ColumnBasis<T> basis = wish.variant == "strong"
                                     ? strongQr<T>(M->scaled(), rank, wish.f, context)
                                     : pivotedQr<T>(M->scaled(), rank, std::max(X.rows(), X.cols()), context);
    made = {basis.columns(), interpolation(basis)};
    const double norm = std::ldexp(X.summary().fro, -M->exponent());
    if (!wish.twoSided) out.errorEstimate = norm > 0 ? basis.error() / norm : 0;
    if (!wish.twoSided && basis.size() > 0) {
      const Aside aside(out.aside);
      bounds = boundsOf<T>(wish, *M, made.columns, made.Z, context);
    }
  }
  context.checkpoint();
  Matrix<T> C = gather<T>(X, made.columns);
  Selection selection{.rows = {}, .columns = made.columns};
  if (wish.twoSided) {
    // U has the size of 1/M: found for C over a power of two and brought back.
    const double largest = C.size() > 0 ? static_cast<double>(C.cwiseAbs().maxCoeff()) : 0;
    const int exponent = largest > 0 ? std::ilogb(largest) : 0;
    TwoSided<T> two = rowsFor<T>(timesPowerOfTwo<T>(C, -exponent), made.columns, context);
    // A last column may be within rounding of the others seen from this side.
    while (two.rows.size() < made.columns.size()) {
      made.columns.resize(two.rows.size());
      C = gather<T>(X, made.columns);
      two = rowsFor<T>(timesPowerOfTwo<T>(C, -exponent), made.columns, context);
    }
    const Index k = C.cols();
    Matrix<T> U = timesPowerOfTwo<T>(two.U, -exponent), R(k, X.cols());
    if (!U.allFinite()) return beyondRange("id");
    for (Index i = 0; i < k; ++i) R.row(i) = X.block<T>(two.rows[static_cast<std::size_t>(i)], 0, 1, X.cols());
    selection = {.rows = two.rows, .columns = two.columns};
    out.factors = factorList(Factor{.name = "C", .shape = {out.rows, k}, .values = std::move(C)},
                             Factor{.name = "U", .shape = {k, k}, .values = std::move(U)},
                             Factor{.name = "R", .shape = {k, out.cols}, .values = R});
    out.form = LowRank{.left = std::move(two.left), .weights = Vector<double>::Ones(k), .right = std::move(R)};
  } else {
    const Index k = C.cols();
    out.factors = factorList(Factor{.name = "C", .shape = {out.rows, k}, .values = C},
                             Factor{.name = "Z", .shape = {k, out.cols}, .values = made.Z});
    out.form = LowRank{.left = std::move(C), .weights = Vector<double>::Ones(k), .right = std::move(made.Z)};
  }
  const auto k = static_cast<Index>(selection.columns.size());
  const auto sides = static_cast<double>(out.rows + out.cols), r = static_cast<double>(k);
  out.dial = out.maxDial = k;
  out.parameters = wish.twoSided ? r * sides + r * r : r * (sides - r);
  out.status = k < rank ? SolveStatus::RankDeficient : SolveStatus::Converged;
  out.diagnostics.push_back(std::move(selection));
  if (bounds) out.diagnostics.push_back(std::move(*bounds));
  return out;
}

std::string chosen(const ParamScope& p, const char* key, const char* fallback) {
  const auto it = p.given ? p.given->find(key) : ParamValues::const_iterator{};
  return p.given && it != p.given->end() ? std::get<std::string>(it->second) : fallback;
}

}  // namespace

Method idMethod() {
  return {.id = "id",
          .title = "Interpolative decomposition",
          .help = "columns of the matrix itself, and all others as combinations of them",
          .reference = "Gu & Eisenstat 1996; Cheng, Gimbutas, Martinsson & Rokhlin 2005",
          .random = true,
          .randomOnlyIf = OnlyIf{"variant", {"random"}},
          .dial = rankDial(),
          .params = {{.name = "variant",
                      .title = "Variant",
                      .help = "pivoted QR, with swaps until no coefficient exceeds f, or of a random sketch",
                      .fallback = ParamValue{std::string("cpqr")},
                      .choices = {"cpqr", "strong", "random"}},
                     {.name = "f",
                      .title = "Largest coefficient",
                      .help = "columns are swapped while a swap raises the volume by more than this factor",
                      .fallback = ParamValue{2.0},
                      .min = 1,
                      .max = 1e6,
                      .logarithmic = true,
                      .onlyIf = OnlyIf{.param = "variant", .values = {"strong"}}},
                     {.name = "coefficients",
                      .title = "Coefficients",
                      .help = "from the sketch alone, or by one more pass the best there are for its columns",
                      .fallback = ParamValue{std::string("sketch")},
                      .choices = {"sketch", "matrix"},
                      .onlyIf = OnlyIf{.param = "variant", .values = {"random"}}},
                     {.name = "sides",
                      .title = "Sides",
                      .help = "columns alone, or rows as well: C U R with U the inverse of where they meet",
                      .fallback = ParamValue{std::string("one")},
                      .choices = {"one", "two"}}},
          .cost =
              [](const ParamScope& p) {
                const double r = static_cast<double>(std::min(p.dial, std::min(p.rows, p.cols)));
                const double n = static_cast<double>(p.rows), m = static_cast<double>(p.cols), sides = n + m;
                const bool two = chosen(p, "sides", "one") == "two", random = chosen(p, "variant", "cpqr") == "random";
                const double sketched = chosen(p, "coefficients", "sketch") == "matrix" ? 2 * r + 10 : r + 10;
                return Cost{.parameters = two ? r * sides + r * r : r * (sides - r),
                            .applyFlops = 2 * r * sides,
                            .flops = 2 * n * m * (random ? sketched : r) + 6 * sides * r * r,
                            .bytes = (3 * n + 4 * m) * (r + 10) * (p.precision == Precision::Float ? 4 : 8)};
              },
          .run = [](const Problem& problem, Index dial, const ParamValues& params,
                    const Context& context) -> Result<Approximation> {
            Wish wish;
            wish.variant = std::get<std::string>(params.at("variant"));
            if (const auto f = params.find("f"); f != params.end()) wish.f = std::get<double>(f->second);
            if (const auto given = params.find("coefficients"); given != params.end()) {
              wish.coefficients =
                  std::get<std::string>(given->second) == "matrix" ? Coefficients::OfMatrix : Coefficients::OfSketch;
            }
            wish.twoSided = std::get<std::string>(params.at("sides")) == "two";
            if (context.precision == Precision::Float) {
              if (auto refused = refuseBeyondFloat(*problem.X)) return *refused;
              return run<float>(*problem.X, dial, wish, context);
            }
            return run<double>(*problem.X, dial, wish, context);
          }};
}

}  // namespace rankscope
