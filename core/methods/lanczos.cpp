// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/lanczos.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <Eigen/Eigenvalues>

#include "core/linalg/operator.h"
#include "core/methods/aside.h"
#include "core/methods/block_basis.h"
#include "core/methods/low_rank.h"
#include "core/methods/rsvd.h"

namespace rankscope {

namespace {

// w less its parts along the columns of `basis`, twice: once leaves ε of what was large.
template <class T>
void orthogonalise(const ConstRef<T>& basis, Matrix<T>& w) {
  for (int pass = 0; pass < 2; ++pass) {
    const Vector<T> inside = basis.transpose() * w.col(0);
    w.col(0).noalias() -= basis * inside;
  }
}

}  // namespace

template <class T>
Result<Lanczos<T>> lanczos(const AnyMatrix& M, const Vector<T>& v0, Index steps, Index rank, const Context& context) {
  const Index n = M.rows(), m = M.cols();
  expects(v0.size() == m && steps >= 1 && steps <= std::min(n, m) && rank >= 1, "lanczos: shapes do not agree");
  const double bytes =
      static_cast<double>(steps) * static_cast<double>(2 * n + 2 * m + 6 * steps) * static_cast<double>(sizeof(T));
  if (auto refused = context.refuseMemory("lanczos", bytes)) return *refused;
  const auto made = MatrixOperator<T>::of(M, context);
  if (!made) return made.error();
  const MatrixOperator<T>& A = *made;
  const double fro = M.summary().fro;
  const T unit = unitScale<T>(fro);  // of M as it is used here, so that squares stay finite
  const double tiny = static_cast<double>(std::numeric_limits<T>::epsilon()) * fro * static_cast<double>(unit);

  const Index most = std::min(steps + 1, m);
  Matrix<T> U(n, steps), V(m, most), B = Matrix<T>::Zero(steps, most), w;
  V.col(0) = v0 / v0.stableNorm();
  Lanczos<T> out;
  Index left = 0, right = 1;
  double beta = 0;
  for (Index j = 0; j < steps; ++j) {
    context.checkpoint();
    context.report(static_cast<double>(j) / static_cast<double>(steps), "Lanczos step");
    // u_j = (M v_j − β_{j−1} u_{j−1}) / α_j
    A.times(V.col(j), w, context);
    w *= unit;
    orthogonalise<T>(U.leftCols(j), w);
    const T alpha = w.norm();
    if (static_cast<double>(alpha) <= tiny) {
      out.invariant = true;
      break;
    }
    U.col(j) = w / alpha;
    B(j, j) = alpha;
    left = j + 1;
    // v_{j+1} = (Mᵀ u_j − α_j v_j) / β_j
    A.adjointTimes(U.col(j), w, context);
    w *= unit;
    orthogonalise<T>(V.leftCols(j + 1), w);
    beta = static_cast<double>(w.norm());
    if (beta <= tiny || j + 1 == m) {
      out.invariant = true;
      break;
    }
    // Where U is all there is on its side (n < m), the last v belongs to M's rows and nothing comes after it.
    out.invariant = left == n;
    if (j + 1 == steps && !out.invariant) break;
    B(j, j + 1) = static_cast<T>(beta);
    V.col(j + 1) = w / static_cast<T>(beta);
    right = j + 2;
  }

  out.steps = left;
  out.alpha = B.diagonal().head(left).template cast<double>() / static_cast<double>(unit);
  out.beta = B.diagonal(1).head(right - 1).template cast<double>() / static_cast<double>(unit);
  const Index kept = std::min(rank, left);
  out.svd = {.U = Matrix<T>(n, kept), .s = Vector<T>(kept), .Vt = Matrix<T>(kept, m)};
  if (kept == 0) return out;
  const auto small = linalg::exactSvd<T>(B.topLeftCorner(left, right), linalg::Job::Thin, context);
  if (!small) return small.error();
  out.svd.s = small->s.head(kept) / unit;
  out.svd.U = linalg::multiply<T>(U.leftCols(left), small->U.leftCols(kept));
  out.svd.Vt = linalg::multiply<T>(small->Vt.topRows(kept), V.leftCols(right), linalg::Op::None, linalg::Op::Adjoint);
  // Rounding stays also where the residual is gone. A product with M errs by up to ε/2 m ‖M‖_F, one with Mᵀ by ε/2 n
  // ‖M‖_F, each pass of orthogonalising by as much again; M's own entries brought to T, the β left out at a break-down
  // and the SVD of B add a few ε ‖M‖_F, which the last of the four covers.
  const double rounding =
      4 * static_cast<double>(std::numeric_limits<T>::epsilon()) * static_cast<double>(std::max(n, m)) * fro;
  out.bounds = Vector<double>::Constant(kept, rounding);
  if (!out.invariant) {
    out.bounds += small->U.row(left - 1).head(kept).transpose().cwiseAbs().template cast<double>() *
                  (beta / static_cast<double>(unit));
  }
  return out;
}

template <class T>
std::vector<double> lanczosErrors(const Lanczos<T>& made, Index rank, double norm, const Context& context) {
  // BBᵀ of the first j steps is tridiagonal, and only its last entry changes when the next β comes in.
  const Vector<double> a = made.alpha / norm, b = made.beta / norm;
  Vector<double> diagonal = a.cwiseAbs2();
  diagonal.head(b.size()) += b.cwiseAbs2();
  const Index couplings = std::max<Index>(a.size() - 1, 0);
  const Vector<double> beside = b.head(couplings).cwiseProduct(a.tail(couplings));
  Eigen::SelfAdjointEigenSolver<Matrix<double>> solver;
  std::vector<double> out;
  for (Index j = 1; j <= a.size(); ++j) {
    context.checkpoint();
    Vector<double> leading = diagonal.head(j);
    if (j < a.size()) leading(j - 1) = a(j - 1) * a(j - 1);
    solver.computeFromTridiagonal(leading, Vector<double>(beside.head(j - 1)), Eigen::EigenvaluesOnly);
    const Vector<double>& squares = solver.eigenvalues();  // ascending
    out.push_back(remainderOf(std::sqrt(squares.tail(std::min(rank, j)).sum()), 1));
  }
  return out;
}

template std::vector<double> lanczosErrors<float>(const Lanczos<float>&, Index, double, const Context&);
template std::vector<double> lanczosErrors<double>(const Lanczos<double>&, Index, double, const Context&);
template Result<Lanczos<float>> lanczos<float>(const AnyMatrix&, const Vector<float>&, Index, Index, const Context&);
template Result<Lanczos<double>> lanczos<double>(const AnyMatrix&, const Vector<double>&, Index, Index, const Context&);

namespace {

// The way is told of so many steps at most: its cost grows with their cube.
constexpr Index kStepsTold = 300;

Index defaultSteps(Index rows, Index cols, Index rank) {
  return std::min(std::min(rows, cols), std::max<Index>(2 * rank + 10, 20));
}

template <class T>
Result<Approximation> run(const AnyMatrix& X, Index rank, Index steps, const Context& context) {
  const Vector<T> v0 = gaussianSketch<T>(X.cols(), 1, context, "lanczos").col(0);
  auto made = lanczos<T>(X, v0, std::min(steps, std::min(X.rows(), X.cols())), rank, context);
  if (!made) return made.error();
  const double fro = X.summary().fro, rest = remainderOf(made->svd.s.template cast<double>().stableNorm(), fro);
  Bounds bounds{.names = {}, .values = made->bounds, .measured = {}};
  bounds.measured = Vector<double>::Constant(bounds.values.size(), std::numeric_limits<double>::quiet_NaN());
  for (Index i = 0; i < bounds.values.size(); ++i)
    bounds.names.push_back(text("distance of singular value {1}", i + 1));
  Approximation out = approximationFrom(std::move(made->svd), X, {.exact = false, .nested = false});
  out.errorEstimate = rest;
  if (bounds.values.size() > 0) out.diagnostics.push_back(std::move(bounds));
  if (fro > 0 && made->steps <= kStepsTold) {
    const Aside aside(out.aside);
    out.diagnostics.push_back(
        Convergence{.quantity = "relative error", .values = lanczosErrors(*made, rank, fro, context), .counter = {}});
  }
  if (out.maxDial < rank) {
    // Below √ε the difference of the squares is rounding: nothing is left of M.
    const bool whole = rest <= 4 * std::sqrt(static_cast<double>(std::numeric_limits<T>::epsilon()));
    out.status = whole ? SolveStatus::RankDeficient : SolveStatus::NotConverged;
    if (!whole) {
      out.notices.push_back(
          text("lanczos ended after {1} steps in an invariant subspace: it finds a singular value once, however often "
               "the matrix has it; krylov finds them all",
               made->steps));
    }
  }
  return out;
}

}  // namespace

Method lanczosMethod() {
  return {.id = "lanczos",
          .title = "Lanczos",
          .help = "Golub-Kahan bidiagonalisation from one vector, with a bound on every singular value it finds",
          .reference = "Golub & Kahan 1965",
          .access = Access::Products,
          .random = true,
          .dial = rankDial(),
          .params = {{.name = "steps",
                      .title = "Steps",
                      .help = "vectors on each side, at least the rank; more make the leading values exact",
                      .fallback =
                          Derived{"min(k, max(2r + 10, 20))",
                                  [](const ParamScope& p) { return ParamValue{defaultSteps(p.rows, p.cols, p.dial)}; }},
                      .min = 1,
                      .max = 100000}},
          .cost =
              [](const ParamScope& p) {
                const auto given = p.given ? p.given->find("steps") : ParamValues::const_iterator{};
                const Index most = std::min(p.rows, p.cols);
                const double steps = static_cast<double>(p.given && given != p.given->end()
                                                             ? std::min(std::get<Index>(given->second), most)
                                                             : defaultSteps(p.rows, p.cols, p.dial));
                const double nm = static_cast<double>(p.rows) * static_cast<double>(p.cols);
                const double sides = static_cast<double>(p.rows + p.cols), r = static_cast<double>(p.dial);
                return Cost{.parameters = r * sides,
                            .applyFlops = 2 * r * sides,
                            .flops = steps * (4 * nm + 4 * sides * steps + 2 * sides * r + 26 * steps * steps),
                            .bytes = (2 * sides + 6 * steps) * steps * (p.precision == Precision::Float ? 4 : 8)};
              },
          .run = [](const Problem& problem, Index dial, const ParamValues& params,
                    const Context& context) -> Result<Approximation> {
            const Index steps = std::get<Index>(params.at("steps"));
            if (steps < dial) {
              return usageError(text("parameter {1}", "steps"), text("{1} is not allowed", steps),
                                text("allowed: a whole number from {1}, the rank, on", dial));
            }
            return context.precision == Precision::Float ? run<float>(*problem.X, dial, steps, context)
                                                         : run<double>(*problem.X, dial, steps, context);
          }};
}

}  // namespace rankscope
