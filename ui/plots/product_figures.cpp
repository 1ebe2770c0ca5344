// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/product_figures.h"

#include <algorithm>
#include <cmath>

#include "ui/plots/figure_parts.h"
#include "ui/theme/theme.h"

namespace rankscope::ui {

Figure trialsFigure(const Trials& trials) {
  Figure figure;
  figure.id = QStringLiteral("trials");
  figure.title = FigureText::tr("Errors of the trials");
  figure.x.title = FigureText::tr("relative error");
  figure.y.title = FigureText::tr("trials");
  figure.y.min = 0;
  figure.y.whole = true;
  const Index count = trials.squaredErrors.size();
  if (count == 0 || !(trials.productNorm > 0)) {
    figure.emptyText = FigureText::tr("No trials yet: the number of trials says how many draws are compared");
    return figure;
  }
  const Vector<double> errors = trials.squaredErrors.cwiseMax(0).cwiseSqrt() / trials.productNorm;
  const double least = errors.minCoeff(), most = errors.maxCoeff();
  const double predicted = std::sqrt(std::max(0.0, trials.expectedSquaredError)) / trials.productNorm;
  const double measured = std::sqrt(trials.squaredErrors.mean()) / trials.productNorm;
  const auto bins = std::clamp<Index>(std::llround(std::sqrt(static_cast<double>(count))), 5, 40);
  // All alike: one bin of a width that can be seen.
  const double width = most > least ? (most - least) / static_cast<double>(bins) : std::max(1e-3, 0.01 * most);
  Series series{.id = QStringLiteral("trials"), .name = {}, .look = Series::Bars, .colour = 1};
  for (Index b = 0; b < bins; ++b) {
    series.x << least + (static_cast<double>(b) + 0.5) * width;
    series.y << 0;
  }
  for (const double error : errors) {
    const auto bin = std::min(bins - 1, static_cast<Index>((error - least) / width));
    series.y[static_cast<qsizetype>(bin)] += 1;
  }
  figure.series.push_back(std::move(series));
  figure.x.min = std::min(least, predicted) - width;
  figure.x.max = std::max(most, predicted) + width;
  figure.markers.push_back({.id = QStringLiteral("predicted"),
                            .label = FigureText::tr("predicted %1").arg(showNumber(predicted)),
                            .x = predicted});
  figure.markers.push_back({.id = QStringLiteral("measured"),
                            .label = FigureText::tr("measured %1").arg(showNumber(measured)),
                            .x = measured});
  return figure;
}

Figure schemesFigure(const std::vector<Index>& sizes, const std::vector<SchemeCurve>& curves, const Spectrum* floor,
                     Index pairs) {
  Figure figure;
  figure.id = QStringLiteral("schemes");
  figure.title = FigureText::tr("Expected error against the number of pairs");
  figure.x.title = FigureText::tr("pairs r, with replacement");
  figure.y.title = FigureText::tr("relative error");
  figure.x.scale = FigureAxis::Log;
  figure.y.scale = FigureAxis::Symlog;
  if (sizes.empty()) {
    figure.emptyText = FigureText::tr("Nothing computed yet");
    return figure;
  }
  QVector<double> x;
  for (const Index r : sizes) x << static_cast<double>(r);
  figure.y.zeroBelow = 1e-14;  // rounding of a relative error
  for (const SchemeCurve& curve : curves) {
    figure.series.push_back({.id = curve.id,
                             .name = curve.name,
                             .x = x,
                             .y = curve.relative,
                             .colour = curve.colour,
                             .dashed = curve.dashed});
  }
  if (floor && floor->fro > 0) {
    QVector<double> tail;
    for (const Index r : sizes) {
      const Index left = std::max<Index>(0, floor->sigma.size() - r);
      tail << floor->sigma.tail(left).norm() / floor->fro;
    }
    figure.series.push_back(
        {.id = QStringLiteral("floor"), .name = FigureText::tr("SVD, optimum"), .x = x, .y = tail, .colour = 0});
  }
  figure.markers.push_back(
      {.id = QStringLiteral("pairs"), .label = {}, .x = static_cast<double>(pairs), .draggable = true});
  return figure;
}

}  // namespace rankscope::ui
