// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/svd.h"

#include "core/linalg/lapack.h"
#include "core/methods/low_rank.h"

namespace rankscope {

Method svdMethod() {
  return {
      .id = "svd",
      .title = "Singular value decomposition",
      .help = "the best approximation of each rank, in every unitarily invariant norm",
      .reference = "Eckart & Young 1936; Mirsky 1960",
      .access = Access::Entries,
      .complex = true,
      .spectrumToo = true,
      .dial = rankDial(),
      .params = {},
      .cost =
          [](const ParamScope& p) {
            const double sides = static_cast<double>(p.rows + p.cols);
            return Cost{
                .parameters = static_cast<double>(p.dial) * sides,
                .applyFlops = 2 * static_cast<double>(p.dial) * sides,
                .flops = linalg::svdFlops(p.rows, p.cols, linalg::Job::Thin),
                .bytes = linalg::svdBytes(p.rows, p.cols, linalg::Job::Thin, p.precision == Precision::Float ? 4 : 8)};
          },
      .run = [](const Problem& problem, Index, const ParamValues&, const Context& context) -> Result<Approximation> {
        const AnyMatrix& X = *problem.X;
        return inPrecision(context, X, [&]<class T>() -> Result<Approximation> {
          const auto values = X.entries<T>(context);
          if (!values) return values.error();
          auto svd = linalg::exactSvd<T>(**values, linalg::Job::Thin, context);
          if (!svd) return svd.error();
          return approximationFrom(std::move(*svd), X, {.exact = true, .nested = true});
        });
      }};
}

}  // namespace rankscope
