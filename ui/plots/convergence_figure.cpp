// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "ui/plots/figure_parts.h"
#include "ui/plots/figures.h"
#include "ui/theme/theme.h"
#include "ui/theme/translated.h"

// How an iteration came along.
namespace rankscope::ui {
namespace {

const Convergence* convergenceOf(const Analysis& analysis, std::size_t part) {
  if (part >= analysis.parts.size()) return nullptr;
  const auto* found = find<Convergence>(*analysis.parts[part]);
  return found && !found->values.empty() ? found : nullptr;
}

/// What the values cannot be below, and how fast they approach it; relative to ‖M‖.
struct Theory {
  std::optional<double> optimum;
  std::optional<double> ratio;  ///< of the squared excess, from a whole step to the next
};

Theory theoryOf(const Analysis& analysis, std::size_t part, const Convergence& convergence) {
  Theory theory;
  if (convergence.quantity != "relative error" || part >= analysis.floors.size() || !analysis.floors[part])
    return theory;
  const Spectrum& spectrum = *analysis.floors[part];
  const Index rank = analysis.parts[part]->dial;
  if (!spectrum.complete || !spectrum.exact || rank < 1 || rank > spectrum.sigma.size() || !(spectrum.fro > 0))
    return theory;
  theory.optimum = errorCurves(spectrum.sigma).fro(rank) / spectrum.fro;
  if (convergence.excessPower > 0 && rank < spectrum.sigma.size() && spectrum.sigma(rank - 1) > 0)
    theory.ratio = std::pow(spectrum.sigma(rank) / spectrum.sigma(rank - 1), convergence.excessPower);
  return theory;
}

/// The last place where the excess is well above rounding, or −1.
Index lastClear(const QVector<double>& excess, double rounding) {
  for (Index i = static_cast<Index>(excess.size()) - 1; i >= 0; --i) {
    if (excess[i] > 1e3 * rounding) return i;
  }
  return -1;
}

}  // namespace

QVector<double> stepsOf(const Convergence& convergence) {
  QVector<double> steps = countFrom(1, static_cast<Index>(convergence.values.size()));
  for (double& step : steps) step /= static_cast<double>(convergence.perIteration);
  return steps;
}

Figure convergenceFigure(const Analysis& analysis, std::size_t part, ConvergenceAxis axis) {
  Figure figure;
  figure.id = QStringLiteral("convergence");
  figure.title = FigureText::tr("Convergence");
  figure.caption = captionOf(analysis, {});
  figure.x.title = FigureText::tr("step");
  figure.x.whole = true;
  figure.emptyText = FigureText::tr("This method does not iterate.");
  const Convergence* convergence = convergenceOf(analysis, part);
  if (!convergence) return figure;
  const Theory theory = theoryOf(analysis, part, *convergence);
  const std::vector<double>& values = convergence->values;
  const auto count = static_cast<Index>(values.size());
  const QVector<double> steps = stepsOf(*convergence);
  const double floor = theory.optimum.value_or(0), rounding = 1e-13 * values.back() * values.back();
  QVector<double> excess;
  for (const double value : values) excess << std::max(0.0, (value - floor) * (value + floor));
  const bool showsExcess = axis == ConvergenceAxis::Excess && theory.optimum;

  figure.y.title =
      showsExcess ? FigureText::tr("squared error above the optimum") : translated(Text(convergence->quantity));
  const QVector<double> shown = showsExcess ? excess : QVector<double>(values.begin(), values.end());
  const auto [least, most] = std::minmax_element(shown.begin(), shown.end());
  figure.y.scale = *least < 0 ? FigureAxis::Linear : *least > 0 ? FigureAxis::Log : FigureAxis::Symlog;
  if (showsExcess && *most > rounding) {
    figure.y.scale = FigureAxis::Symlog;
    figure.y.zeroBelow = rounding;
    figure.y.zeroLabel = QStringLiteral("≈ 0");
  }
  figure.series.push_back({.id = QStringLiteral("values"),
                           .name = showsExcess ? FigureText::tr("excess") : FigureText::tr("this method"),
                           .x = steps,
                           .y = shown,
                           .colour = methodColour(analysis.request.method)});
  if (theory.optimum && !showsExcess && count > 1) {
    figure.series.push_back({.id = QStringLiteral("optimum"),
                             .name = FigureText::tr("optimum"),
                             .x = {steps.front(), steps.back()},
                             .y = {floor, floor},
                             .colour = 0,
                             .dashed = true});
    if (floor <= 0 && figure.y.scale == FigureAxis::Log) figure.y.scale = FigureAxis::Symlog;
  }
  Series predicted = predictedSeries(FigureText::tr("predicted slope"));
  if (theory.ratio && showsExcess) {
    // Through the last place that is clear of rounding; the first half of the way is not yet the limit's.
    const Index anchor = lastClear(excess, rounding);
    for (Index i = std::max<Index>(0, anchor / 2); anchor >= 0 && i < count; ++i) {
      const double value = excess[anchor] * std::pow(*theory.ratio, steps[i] - steps[anchor]);
      if (value <= rounding) break;
      predicted.x << steps[i];
      predicted.y << value;
    }
  }
  if (predicted.x.size() > 1) figure.series.push_back(std::move(predicted));
  figure.markers.push_back(
      {QStringLiteral("step"), FigureText::tr("step %1").arg(showNumber(steps.back())), steps.back(), true});
  return figure;
}

}  // namespace rankscope::ui
