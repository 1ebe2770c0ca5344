// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/krylov.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/linalg/operator.h"
#include "core/methods/aside.h"
#include "core/methods/low_rank.h"
#include "core/methods/rsvd.h"

namespace rankscope {

template <class T>
Result<Krylov<T>> krylov(const AnyMatrix& M, const RandomColumns<T>& omega, Index block, Index power, Index rank,
                         const Context& context) {
  const Index n = M.rows(), m = M.cols(), k = std::min(n, m);
  expects(block >= 1 && block <= k && power >= 0 && rank >= 1 && rank <= k, "krylov: shapes do not agree");
  const Index most = std::min(k, std::max(block * (power + 1), rank));
  const double bytes =
      static_cast<double>(most) * static_cast<double>(2 * n + 3 * m + 4 * most) * static_cast<double>(sizeof(T));
  if (auto refused = context.refuseMemory("krylov", bytes)) return *refused;
  const auto made = MatrixOperator<T>::of(M, context);
  if (!made) return made.error();
  const MatrixOperator<T>& A = *made;
  const linalg::WideBlas wide(k >= 1024 ? context.threads : 1, context.cancel);

  const double fro = M.summary().fro;
  const T unit = unitScale<T>(fro);  // of M as it is orthogonalised here, so that squares stay finite
  const double least = static_cast<double>(std::max(n, m)) * static_cast<double>(std::numeric_limits<T>::epsilon()) *
                       fro * static_cast<double>(unit);
  // Columns of Ω brought near length 1, like those of P.
  const T length = unitScale<T>(std::sqrt(static_cast<double>(m)));
  Matrix<T> Q(n, most), P(m, most), Z(m, most);  // Z = MᵀQ
  Index left = 0, right = 0, drawn = 0;          // columns of Q and Z, of P, of Ω
  Krylov<T> out;
  Matrix<T> X(m, 0), W;
  while ((static_cast<Index>(out.steps.size()) <= power || left < rank) && left < most) {
    context.checkpoint();
    context.report(static_cast<double>(left) / static_cast<double>(most), "block Krylov step");
    // At the start, and where the space is invariant: what repeats more often than the block is wide lies outside.
    const bool fresh = X.cols() == 0;
    if (fresh) {
      X = omega(drawn, block) * length;
      drawn += block;
    }
    A.times(X, W, context);
    W = newDirections<T>(Q.leftCols(left), W.leftCols(std::min(W.cols(), most - left)) * unit, least);
    if (W.cols() == 0) {
      if (fresh) break;  // the range is exhausted
      X.resize(m, 0);
      continue;
    }
    Q.middleCols(left, W.cols()) = W;
    context.checkpoint();
    A.adjointTimes(W, X, context);
    Z.middleCols(left, X.cols()) = X;
    left += X.cols();
    X = newDirections<T>(P.leftCols(right), X * unit, least);
    P.middleCols(right, X.cols()) = X;
    right += X.cols();
    out.steps.push_back({.right = right, .left = left});
  }

  out.basis = left;
  const Index kept = std::min(rank, std::min(left, right));
  out.svd = {.U = Matrix<T>(n, kept), .s = Vector<T>(kept), .Vt = Matrix<T>(kept, m)};
  if (kept == 0) return out;
  // M ≈ Q Zᵀ = Q Rᵀ Pᵀ = (Q V) s (P U)ᵀ with R = PᵀZ = U s Vᵀ
  context.checkpoint();
  out.R = linalg::multiply<T>(P.leftCols(right), Z.leftCols(left), linalg::Op::Adjoint);
  const auto small = linalg::exactSvd<T>(out.R, linalg::Job::Thin, context);
  if (!small) return small.error();
  out.svd.s = small->s.head(kept);
  out.svd.U = linalg::multiply<T>(Q.leftCols(left), small->Vt.topRows(kept), linalg::Op::None, linalg::Op::Adjoint);
  out.svd.Vt =
      linalg::multiply<T>(small->U.leftCols(kept), P.leftCols(right), linalg::Op::Adjoint, linalg::Op::Adjoint);
  return out;
}

template <class T>
Result<std::vector<double>> krylovErrors(const Krylov<T>& made, Index rank, double norm, const Context& context) {
  std::vector<double> out;
  for (const auto& step : made.steps) {
    context.checkpoint();
    const auto values = linalg::exactSvd<T>(made.R.topLeftCorner(step.right, step.left), linalg::Job::Values, context);
    if (!values) return values.error();
    const Index kept = std::min(rank, values->s.size());
    out.push_back(remainderOf(values->s.head(kept).template cast<double>().stableNorm(), norm));
  }
  return out;
}

template Result<std::vector<double>> krylovErrors<float>(const Krylov<float>&, Index, double, const Context&);
template Result<std::vector<double>> krylovErrors<double>(const Krylov<double>&, Index, double, const Context&);
template Result<Krylov<float>> krylov<float>(const AnyMatrix&, const RandomColumns<float>&, Index, Index, Index,
                                             const Context&);
template Result<Krylov<double>> krylov<double>(const AnyMatrix&, const RandomColumns<double>&, Index, Index, Index,
                                               const Context&);

KrylovSize krylovSize(Index rows, Index cols, Index rank, Index power) {
  const Index k = std::min(rows, cols);
  KrylovSize out{.block = std::min(rank / 2 + 5, k), .power = power};
  out.power = std::min(power, k / out.block - 1);
  if (out.power == 0) out.block = std::min(2 * out.block, k);
  return out;
}

namespace {

template <class T>
Result<Approximation> run(const AnyMatrix& X, Index rank, Index power, const Context& context) {
  const KrylovSize size = krylovSize(X.rows(), X.cols(), rank, power);
  const RandomColumns<T> omega = [&](Index first, Index count) {
    return gaussianSketch<T>(X.cols(), count, context, "omega", first);
  };
  auto made = krylov<T>(X, omega, size.block, size.power, rank, context);
  if (!made) return made.error();
  const double norm = X.summary().fro, kept = made->svd.s.template cast<double>().stableNorm();
  Approximation out = approximationFrom(std::move(made->svd), X, {.exact = false, .nested = false});
  if (out.maxDial < rank) out.status = SolveStatus::RankDeficient;
  if (size.power < power) {
    out.notices.push_back(
        text("krylov takes {1} of its {2} power steps: at rank {3} there is room for no more in {4} "
             "columns, the smaller side of the matrix",
             size.power, power, rank, std::min(X.rows(), X.cols())));
  }
  out.errorEstimate = remainderOf(kept, norm);
  if (norm > 0) {
    const Aside aside(out.aside);
    auto errors = krylovErrors(*made, rank, norm, context);
    if (!errors) return errors.error();
    out.diagnostics.push_back(Convergence{.quantity = "relative error", .values = std::move(*errors), .counter = {}});
  }
  return out;
}

}  // namespace

Method krylovMethod() {
  return {.id = "krylov",
          .title = "Block Krylov",
          .help = "keeps what every power step saw: as good as many more steps of a randomized SVD",
          .reference = "Musco & Musco 2015",
          .access = Access::Products,
          .random = true,
          .dial = rankDial(),
          .params = {{.name = "power",
                      .title = "Krylov steps",
                      .help = "blocks beyond the first, each a product with M and one with its transpose",
                      .fallback = ParamValue{Index{3}},
                      .min = 0,
                      .max = 20}},
          .cost =
              [](const ParamScope& p) {
                const auto given = p.given ? p.given->find("power") : ParamValues::const_iterator{};
                const Index power = p.given && given != p.given->end() ? std::get<Index>(given->second) : 3;
                const KrylovSize size = krylovSize(p.rows, p.cols, p.dial, power);
                const double columns = static_cast<double>(size.block * (size.power + 1));
                const double nm = static_cast<double>(p.rows) * static_cast<double>(p.cols);
                const double sides = static_cast<double>(p.rows + p.cols), r = static_cast<double>(p.dial);
                return Cost{
                    .parameters = r * sides,
                    .applyFlops = 2 * r * sides,
                    .flops = 4 * nm * columns + 8 * sides * columns * columns + 26 * columns * columns * columns,
                    .bytes = (3 * sides + 4 * columns) * columns * (p.precision == Precision::Float ? 4 : 8)};
              },
          .run = [](const Problem& problem, Index dial, const ParamValues& params,
                    const Context& context) -> Result<Approximation> {
            const Index power = std::get<Index>(params.at("power"));
            return context.precision == Precision::Float ? run<float>(*problem.X, dial, power, context)
                                                         : run<double>(*problem.X, dial, power, context);
          }};
}

}  // namespace rankscope
