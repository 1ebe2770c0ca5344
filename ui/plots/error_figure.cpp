// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "ui/plots/figure_parts.h"
#include "ui/plots/figures.h"
#include "ui/theme/theme.h"

namespace rankscope::ui {
namespace {

/// The best relative error for the same rank r in each part, r = 0 … k, and the numbers it keeps.
struct Floor {
  QVector<double> rank, parameters, error;
  double rounding = 0;  ///< relative errors up to this are zero
  double whole = 0;     ///< numbers of the matrix itself
};

Floor floorOf(const Analysis& analysis) {
  Floor floor;
  std::vector<ErrorCurves> curves;
  Index longest = 0;
  double all = 0, sides = 0, largest = 0;
  for (const auto& s : analysis.floors) {
    if (!s || !s->complete) return {};
    curves.push_back(errorCurves(s->sigma));
    longest = std::max(longest, static_cast<Index>(s->sigma.size()));
    largest = std::max(largest, curves.back().fro[0]);
    sides += static_cast<double>(s->rows + s->cols);
    floor.whole += static_cast<double>(s->rows) * static_cast<double>(s->cols);
    const double epsilon = s->singlePrecision ? 0x1p-23 : 0x1p-52;
    floor.rounding = std::max(floor.rounding, static_cast<double>(std::max(s->rows, s->cols)) * epsilon);
  }
  if (curves.empty() || largest == 0) return {};
  for (const ErrorCurves& c : curves) all += std::pow(c.fro[0] / largest, 2);
  floor.rank = countFrom(0, longest + 1);
  for (Index r = 0; r <= longest; ++r) {
    double left = 0;
    for (const ErrorCurves& c : curves) left += std::pow(c.fro[std::min<Index>(r, c.fro.size() - 1)] / largest, 2);
    floor.error << std::sqrt(left / all);
    floor.parameters << static_cast<double>(r) * sides;
  }
  return floor;
}

/// What one result came to; nothing while its error is not measured.
std::optional<Series> pointOf(const Analysis& analysis, BudgetAxis axis, const QString& id, const QString& name,
                              int colour) {
  if (!analysis.errors.froRelative || analysis.dials.empty()) return {};
  const double x = axis == BudgetAxis::Rank ? static_cast<double>(largestDial(analysis)) : analysis.parameters();
  return Series{
      .id = id, .name = name, .look = Series::Points, .x = {x}, .y = {*analysis.errors.froRelative}, .colour = colour};
}

}  // namespace

Figure errorFigure(const Analysis& analysis, BudgetAxis axis, const std::vector<PinnedCurve>& pinned) {
  Figure figure;
  figure.id = QStringLiteral("error");
  figure.title =
      axis == BudgetAxis::Rank ? FigureText::tr("Error against rank") : FigureText::tr("Error against numbers kept");
  figure.caption = captionOf(analysis, {});
  figure.x.title = axis == BudgetAxis::Rank ? FigureText::tr("rank") : FigureText::tr("numbers kept");
  figure.x.whole = true;
  figure.y.title = FigureText::tr("relative Frobenius error");
  figure.y.percent = true;
  figure.y.scale = FigureAxis::Log;
  figure.emptyText = FigureText::tr("The errors appear here as soon as the exact singular values are known.");

  const Floor floor = floorOf(analysis);
  if (!floor.error.isEmpty()) {
    figure.series.push_back({.id = QStringLiteral("floor"),
                             .name = FigureText::tr("optimum"),
                             .x = axis == BudgetAxis::Rank ? floor.rank : floor.parameters,
                             .y = floor.error,
                             .colour = 0});
  }
  int number = 0;
  for (const PinnedCurve& pin : pinned) {
    ++number;
    if (!pin.analysis) continue;
    auto point = pointOf(*pin.analysis, axis, QStringLiteral("pin%1").arg(number), pin.label, pin.colour);
    if (point) figure.series.push_back(std::move(*point));
  }
  const QString name = QStringLiteral("%1 · %2").arg(shortName(analysis), dialsOf(analysis));
  auto current = pointOf(analysis, axis, QStringLiteral("current"), name, methodColour(analysis.request.method));
  if (current) figure.series.push_back(std::move(*current));

  bool zeros = false, truly = true;
  for (const Series& series : figure.series) {
    for (const double e : series.y) {
      zeros = zeros || e <= floor.rounding;
      truly = truly && (e == 0 || e > floor.rounding);
    }
  }
  if (zeros) {
    figure.y.scale = FigureAxis::Symlog;
    figure.y.zeroBelow = floor.rounding;
    figure.y.zeroLabel = truly ? QStringLiteral("0") : QStringLiteral("≈ 0");
  }
  if (axis == BudgetAxis::Parameters && floor.whole > 0) {
    figure.markers.push_back(
        {QStringLiteral("whole"), FigureText::tr("as many as the matrix has"), floor.whole, false});
  }
  if (axis == BudgetAxis::Rank && !analysis.dials.empty()) {
    const Index most = largestDial(analysis);
    figure.markers.push_back(
        {QStringLiteral("rank"), FigureText::tr("rank %1").arg(most), static_cast<double>(most), true});
  }
  return figure;
}

}  // namespace rankscope::ui
