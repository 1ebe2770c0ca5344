// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/picture_quality.h"

#include <algorithm>

#include "core/picture/quality.h"

namespace rankscope::ui {

Result<Matrix<double>> wholeApproximation(const Analysis& analysis, const std::vector<Terms>& terms,
                                          const Context& context) {
  const AnyMatrix& of = analysis.product ? *analysis.product : *analysis.request.problem.X;
  if (auto refused = context.refuseMemory("the whole approximation",
                                          2.0 * 8 * static_cast<double>(of.rows()) * static_cast<double>(of.cols()))) {
    return *refused;
  }
  Matrix<double> whole(of.rows(), of.cols());
  constexpr Index kBand = 256;  // columns a step: fine enough to stop within 50 ms
  Index first = 0;
  for (std::size_t p = 0; p < analysis.parts.size(); ++p) {
    const Approximation& part = *analysis.parts[p];
    const Terms& wanted = terms[std::min(p, terms.size() - 1)];
    const Index bands = (part.cols + kBand - 1) / kBand;
    parallelFor(context, bands, [&](Index band) {
      const Index from = band * kBand;
      const Index count = std::min(kBand, part.cols - from);
      Matrix<double> block;
      reconstruct<double>(part, wanted, Tile{0, from, part.rows, count}, block);
      whole.middleCols(first + from, count) = block;
    });
    first += part.cols;
  }
  return whole;
}

std::optional<MeasuredQuality> measureQuality(const Analysis& analysis, const std::vector<Terms>& terms,
                                              const Context& context) {
  const AnyMatrix& X = *analysis.request.problem.X;
  const auto original = X.entries<double>(context);
  const auto approximation = wholeApproximation(analysis, terms, context);
  if (!original || !approximation) return std::nullopt;
  const Index channels = std::max<Index>(1, static_cast<Index>(X.channels().size()));
  return MeasuredQuality{.psnr = psnr(**original, *approximation),
                         .ssim = ssim(**original, *approximation, channels, context)};
}

}  // namespace rankscope::ui
