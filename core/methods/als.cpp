// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/als.h"

#include <type_traits>

#include "core/linalg/lapack.h"
#include "core/methods/low_rank.h"

namespace rankscope {

namespace {

// An orthonormal basis of the range of A (n×r), n×k with k its numerical rank: what A⁺M projects on.
template <class T>
Result<Matrix<T>> rangeOf(Matrix<T> A, const Context& context) {
  if (A.cols() == 0) return A;
  Matrix<T> R;
  const Index longest = std::max(A.rows(), A.cols());
  linalg::householderQ(A, &R);
  const auto svd = linalg::exactSvd<T>(R, linalg::Job::Thin, context);
  if (!svd) return svd.error();
  const double tolerance = static_cast<double>(longest) * (std::is_same_v<T, float> ? 0x1p-23 : 0x1p-52);
  Index rank = 0;
  while (rank < svd->s.size() && static_cast<double>(svd->s(rank)) > tolerance * static_cast<double>(svd->s(0))) ++rank;
  if (rank == A.cols()) return A;
  return linalg::multiply<T>(A, svd->U.leftCols(rank));
}

template <class T>
double residualNorm(const ConstRef<T>& M, const Matrix<T>& A, const Matrix<T>& B) {
  Matrix<T> residual = M;
  linalg::gemm<T>(linalg::Op::None, linalg::Op::None, T(-1), A, B, T(1), residual);
  return static_cast<double>(residual.stableNorm());
}

}  // namespace

template <class T>
Result<Als<T>> als(const ConstRef<T>& M, const Matrix<T>& A0, Index sweeps, const Context& context) {
  const Index r = A0.cols();
  expects(A0.rows() == M.rows() && r >= 1 && r <= std::min(M.rows(), M.cols()) && sweeps >= 1,
          "als: shapes do not agree");
  const double bytes = static_cast<double>(M.size() + 3 * r * (M.rows() + M.cols())) * sizeof(T);
  if (auto refused = context.refuseMemory("als", bytes)) return *refused;
  const double norm = static_cast<double>(M.stableNorm());
  Als<T> out;
  out.A = A0;
  double before = norm;
  for (Index sweep = 0; sweep < sweeps; ++sweep) {
    context.checkpoint();
    context.report(static_cast<double>(sweep) / static_cast<double>(sweeps), "alternating least squares");
    auto columns = rangeOf(std::move(out.A), context);
    if (!columns) return columns.error();
    const Matrix<T> B = linalg::multiply<T>(*columns, M, linalg::Op::Adjoint);  // the best B for this range
    out.errors.push_back(residualNorm<T>(M, *columns, B));
    context.checkpoint();
    auto rows = rangeOf<T>(B.adjoint(), context);
    if (!rows) return rows.error();
    out.A = linalg::multiply<T>(M, *rows);
    out.B = rows->adjoint();
    out.errors.push_back(residualNorm<T>(M, out.A, out.B));
    out.settled = before - out.errors.back() <= 1e-12 * norm;
    before = out.errors.back();
    if (out.settled) break;
  }
  return out;
}

template Result<Als<float>> als<float>(const ConstRef<float>&, const Matrix<float>&, Index, const Context&);
template Result<Als<double>> als<double>(const ConstRef<double>&, const Matrix<double>&, Index, const Context&);

namespace {

template <class T>
Result<Approximation> run(const AnyMatrix& X, Index rank, Index sweeps, const Context& context) {
  const auto values = X.entries<T>(context);
  if (!values) return values.error();
  Matrix<T> A0(X.rows(), rank);
  Random draw = context.random("als");
  for (Index i = 0; i < A0.size(); ++i) A0.data()[i] = static_cast<T>(draw.normal());
  auto made = als<T>(**values, A0, sweeps, context);
  if (!made) return made.error();
  const Index k = made->A.cols();
  Approximation out;
  out.rows = X.rows();
  out.cols = X.cols();
  out.dial = out.maxDial = k;
  out.parameters = static_cast<double>(k * (out.rows + out.cols));
  out.status = k < rank ? SolveStatus::RankDeficient : SolveStatus::Converged;
  // A fixed number of sweeps was asked for: not having settled is worth a word, no failure.
  if (!made->settled) {
    out.status = SolveStatus::NotConverged;
    out.notices.push_back(text("als had not settled after {1} sweeps; raise its parameter iterations", sweeps));
  }
  const double norm = X.summary().fro;
  // Subspace iteration with MᵀM: the angle to the leading subspace shrinks by (σ_{r+1}/σ_r)² a sweep, and the excess of
  // the squared error by the square of that.
  Convergence path{.quantity = "relative error",
                   .values = made->errors,
                   .perIteration = 2,  // a sweep solves for one factor and then for the other
                   .counter = "iterations",
                   .excessPower = 4};
  for (double& error : path.values) error = norm > 0 ? error / norm : 0;
  out.diagnostics.push_back(std::move(path));
  out.factors = factorList(Factor{.name = "A", .shape = {out.rows, k}, .values = made->A},
                           Factor{.name = "B", .shape = {k, out.cols}, .values = made->B});
  out.form = LowRank{.left = std::move(made->A), .weights = Vector<double>::Ones(k), .right = std::move(made->B)};
  return out;
}

}  // namespace

Method alsMethod() {
  return {.id = "als",
          .title = "Alternating least squares",
          .help = "two factors from a random start, each solved for in turn: what the SVD's answer is reached by",
          .reference = "subspace iteration; Golub & Van Loan, Matrix Computations, 8.2",
          .random = true,
          .dial = rankDial(),
          .params = {{.name = "iterations",
                      .title = "Sweeps",
                      .help = "most sweeps; it stops earlier when one gains less than 1e-12 of the norm",
                      .fallback = ParamValue{Index{20}},
                      .min = 1,
                      .max = 100000}},
          .cost =
              [](const ParamScope& p) {
                const auto given = p.given ? p.given->find("iterations") : ParamValues::const_iterator{};
                const double sweeps =
                    p.given && given != p.given->end() ? static_cast<double>(std::get<Index>(given->second)) : 20;
                const double r = static_cast<double>(std::min(p.dial, std::min(p.rows, p.cols)));
                const double nm = static_cast<double>(p.rows) * static_cast<double>(p.cols);
                const double sides = static_cast<double>(p.rows + p.cols);
                return Cost{.parameters = r * sides,
                            .applyFlops = 2 * r * sides,
                            .flops = sweeps * (8 * nm * r + 6 * sides * r * r),
                            .bytes = (nm + 3 * r * sides) * (p.precision == Precision::Float ? 4 : 8)};
              },
          .run = [](const Problem& problem, Index dial, const ParamValues& params,
                    const Context& context) -> Result<Approximation> {
            const Index sweeps = std::get<Index>(params.at("iterations"));
            if (context.precision == Precision::Float) {
              if (auto refused = refuseBeyondFloat(*problem.X)) return *refused;
              return run<float>(*problem.X, dial, sweeps, context);
            }
            return run<double>(*problem.X, dial, sweeps, context);
          }};
}

}  // namespace rankscope
