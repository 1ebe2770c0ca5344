// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/rsvd.h"

#include "core/linalg/operator.h"
#include "core/methods/low_rank.h"

namespace rankscope {

template <class T>
Matrix<T> gaussianSketch(Index rows, Index cols, const Context& context, std::string_view draw, Index first) {
  Matrix<T> out(rows, cols);
  // A stream a column, so that a wider sketch starts with the same columns and threads do not matter.
  parallelFor(context, cols, [&](Index c) {
    Random stream = context.random(draw, static_cast<std::uint64_t>(first + c));
    for (Index r = 0; r < rows; ++r) out(r, c) = static_cast<T>(stream.normal());
  });
  return out;
}

template <class T>
Result<linalg::Svd<T>> rsvd(const AnyMatrix& M, const Matrix<T>& omega, Index rank, int power, const Context& context) {
  const Index n = M.rows(), m = M.cols(), l = omega.cols();
  expects(omega.rows() == m && rank >= 1 && rank <= l && l <= std::min(n, m) && power >= 0,
          "rsvd: shapes do not agree");
  const double bytes = static_cast<double>(l) * static_cast<double>(2 * n + 2 * m + 4 * l) * sizeof(T);
  if (auto refused = context.refuseMemory("rsvd", bytes)) return *refused;

  const auto made = MatrixOperator<T>::of(M, context);
  if (!made) return made.error();
  const MatrixOperator<T>& A = *made;
  const linalg::WideBlas wide(std::min(n, m) >= 1024 ? context.threads : 1, context.cancel);

  Matrix<T> Q(n, l), Z(m, l);
  A.times(omega, Q, context);  // Q ≈ range of M Ω   n×l
  for (int step = 0; step < power; ++step) {
    context.checkpoint();
    context.report(static_cast<double>(step + 1) / (power + 2), "random sketch, power step");
    linalg::luBasis(Q);
    A.adjointTimes(Q, Z, context);  // Mᴴ Q   m×l
    context.checkpoint();
    linalg::luBasis(Z);
    A.times(Z, Q, context);  // M Z    n×l
  }
  context.checkpoint();
  linalg::householderQ(Q);
  // QᴴM = (MᴴQ)ᴴ, and the small SVD is of MᴴQ (m×l, tall): its QR first, then an l×l SVD.
  A.adjointTimes(Q, Z, context);
  context.checkpoint();
  Matrix<T> R;
  linalg::householderQ(Z, &R);  // MᴴQ = Z R
  auto small = linalg::exactSvd<T>(R, linalg::Job::Thin, context);
  if (!small) return small.error();
  // M ≈ Q Rᴴ Zᴴ = (Q V) s (Z U)ᴴ with R = U s Vᴴ
  linalg::Svd<T> out;
  out.s = small->s.head(rank);
  out.U = linalg::multiply<T>(Q, small->Vt.topRows(rank), linalg::Op::None, linalg::Op::Adjoint);
  out.Vt = linalg::multiply<T>(small->U.leftCols(rank), Z, linalg::Op::Adjoint, linalg::Op::Adjoint);
  return out;
}

#define RANKSCOPE_INSTANTIATE(T)                                                               \
  template Matrix<T> gaussianSketch<T>(Index, Index, const Context&, std::string_view, Index); \
  template Result<linalg::Svd<T>> rsvd<T>(const AnyMatrix&, const Matrix<T>&, Index, int, const Context&);
RANKSCOPE_INSTANTIATE(float)
RANKSCOPE_INSTANTIATE(double)
#undef RANKSCOPE_INSTANTIATE

Method rsvdMethod() {
  return {.id = "rsvd",
          .title = "Randomized SVD",
          .help = "near-optimal at a fraction of the cost, from a random sketch and a few power steps",
          .reference = "Halko, Martinsson & Tropp 2011",
          .access = Access::Products,
          .random = true,
          .dial = rankDial(),
          .params = {{.name = "oversampling",
                      .title = "Oversampling",
                      .help = "extra columns of the sketch beyond the rank",
                      .fallback = ParamValue{Index{10}},
                      .min = 0,
                      .max = 1000},
                     {.name = "power",
                      .title = "Power steps",
                      .help = "passes that sharpen the sketch; needed where the spectrum decays slowly",
                      .fallback = ParamValue{Index{2}},
                      .min = 0,
                      .max = 20}},
          .cost =
              [](const ParamScope& p) {
                const auto value = [&](const char* key, Index fallback) {
                  const auto it = p.given ? p.given->find(key) : ParamValues::const_iterator{};
                  return p.given && it != p.given->end() ? std::get<Index>(it->second) : fallback;
                };
                const double l =
                    static_cast<double>(std::min(p.dial + value("oversampling", 10), std::min(p.rows, p.cols)));
                const double nm = static_cast<double>(p.rows) * static_cast<double>(p.cols);
                const double sides = static_cast<double>(p.rows + p.cols);
                const double passes = 2.0 * static_cast<double>(value("power", 2)) + 2;
                return Cost{.parameters = static_cast<double>(p.dial) * sides,
                            .applyFlops = 2 * static_cast<double>(p.dial) * sides,
                            .flops = 2 * nm * l * passes + 8 * sides * l * l + 26 * l * l * l,
                            .bytes = (2 * sides + 4 * l) * l * (p.precision == Precision::Float ? 4 : 8)};
              },
          .run = [](const Problem& problem, Index dial, const ParamValues& params,
                    const Context& context) -> Result<Approximation> {
            const AnyMatrix& X = *problem.X;
            const auto run = [&]<class T>() -> Result<Approximation> {
              const Index k = std::min(X.rows(), X.cols());
              const Index l = std::min(dial + std::get<Index>(params.at("oversampling")), k);
              const Matrix<T> omega = gaussianSketch<T>(X.cols(), l, context);
              auto svd = rsvd<T>(X, omega, dial, static_cast<int>(std::get<Index>(params.at("power"))), context);
              if (!svd) return svd.error();
              const double kept = svd->s.template cast<double>().stableNorm();
              Approximation out = approximationFrom(std::move(*svd), X, {.exact = false, .nested = false});
              out.errorEstimate = remainderOf(kept, X.summary().fro);
              return out;
            };
            return context.precision == Precision::Float ? run.template operator()<float>()
                                                         : run.template operator()<double>();
          }};
}

}  // namespace rankscope
