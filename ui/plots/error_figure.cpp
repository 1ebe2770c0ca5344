// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "ui/plots/figure_parts.h"
#include "ui/plots/figures.h"
#include "ui/theme/theme.h"

namespace rankscope::ui {
namespace {

using Floors = std::vector<std::shared_ptr<const Spectrum>>;

/// The best relative error for the same rank r in each part, r = 0 … k, and the numbers it keeps.
struct Floor {
  QVector<double> rank, parameters, error;
  double rounding = 0;  ///< relative errors up to this are zero
  double whole = 0;     ///< numbers of the matrix itself
};

Floor floorOf(const Floors& spectra) {
  Floor floor;
  std::vector<ErrorCurves> curves;
  Index longest = 0;
  double all = 0, sides = 0, largest = 0;
  for (const auto& s : spectra) {
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

/// Two flops a number of the factors: M̂x = U(s∘(Vᵀx)) with the weights absorbed.
constexpr double kFlopsANumber = 2;

double placeOf(BudgetAxis axis, double rank, double parameters, double flops) {
  return axis == BudgetAxis::Rank ? rank : axis == BudgetAxis::Parameters ? parameters : flops;
}

/// What one result came to; nothing while its error is not measured.
std::optional<Series> pointOf(const Analysis& analysis, BudgetAxis axis, const QString& id, const QString& name,
                              int colour) {
  if (!analysis.errors.froRelative || analysis.dials.empty()) return {};
  const CompareRow row = rowOf(analysis);
  const double x = placeOf(axis, static_cast<double>(row.rank), *row.parameters, *row.applyFlops);
  return Series{
      .id = id, .name = name, .look = Series::Points, .x = {x}, .y = {*analysis.errors.froRelative}, .colour = colour};
}

/// The rows that are measured, from the smallest budget on.
std::optional<Series> lineOf(const ComparedCurve& curve, BudgetAxis axis) {
  std::vector<std::pair<double, double>> points;
  for (const CompareRow& row : curve.rows) {
    if (!row.errors.froRelative || !row.parameters || !row.applyFlops) continue;
    points.emplace_back(placeOf(axis, static_cast<double>(row.rank), *row.parameters, *row.applyFlops),
                        *row.errors.froRelative);
  }
  if (points.empty()) return {};
  std::sort(points.begin(), points.end());
  points.erase(std::unique(points.begin(), points.end()), points.end());
  Series series{
      .id = QStringLiteral("compared-%1").arg(curve.id), .name = curve.label, .x = {}, .y = {}, .colour = curve.colour};
  for (const auto& point : points) {
    series.x << point.first;
    series.y << point.second;
  }
  return series;
}

/// The axes, the floor and the curves; what is pinned or shown is added to it.
Figure budgetFigure(const Floor& floor, BudgetAxis axis, const std::vector<ComparedCurve>& compared) {
  Figure figure;
  figure.x.whole = true;
  switch (axis) {
    case BudgetAxis::Rank:
      figure.title = FigureText::tr("Error against rank");
      figure.x.title = FigureText::tr("rank");
      break;
    case BudgetAxis::Parameters:
      figure.title = FigureText::tr("Error against numbers kept");
      figure.x.title = FigureText::tr("numbers kept");
      break;
    case BudgetAxis::Flops:
      figure.title = FigureText::tr("Error against flops to apply");
      figure.x.title = FigureText::tr("flops to apply it to a vector");
      break;
  }
  figure.y.title = FigureText::tr("relative Frobenius error");
  figure.y.percent = true;
  figure.y.scale = FigureAxis::Log;
  figure.emptyText = FigureText::tr("The errors appear here as soon as the exact singular values are known.");
  if (!floor.error.isEmpty()) {
    Series series{
        .id = QStringLiteral("floor"), .name = FigureText::tr("optimum"), .x = {}, .y = floor.error, .colour = 0};
    for (qsizetype i = 0; i < floor.rank.size(); ++i)
      series.x << placeOf(axis, floor.rank[i], floor.parameters[i], kFlopsANumber * floor.parameters[i]);
    figure.series.push_back(std::move(series));
  }
  for (const ComparedCurve& curve : compared) {
    auto line = lineOf(curve, axis);
    if (!line) continue;
    figure.series.push_back(std::move(*line));
    figure.x.scale = FigureAxis::Log;  // a grid doubles from size to size
  }
  if (axis != BudgetAxis::Rank && floor.whole > 0) {
    const double whole = axis == BudgetAxis::Flops ? kFlopsANumber * floor.whole : floor.whole;
    figure.markers.push_back({QStringLiteral("whole"), FigureText::tr("as many as the matrix has"), whole, false});
  }
  return figure;
}

/// Once all series are there: errors that are rounding or zero get the foot of the axis.
void showZeros(Figure& figure, const Floor& floor) {
  bool zeros = false, truly = true;
  for (const Series& series : figure.series) {
    for (const double e : series.y) {
      zeros = zeros || e <= floor.rounding;
      truly = truly && (e == 0 || e > floor.rounding);
    }
  }
  if (!zeros) return;
  figure.y.scale = FigureAxis::Symlog;
  figure.y.zeroBelow = floor.rounding;
  figure.y.zeroLabel = truly ? QStringLiteral("0") : QStringLiteral("≈ 0");
}

}  // namespace

Figure errorFigure(const Analysis& analysis, BudgetAxis axis, const std::vector<PinnedCurve>& pinned,
                   const std::vector<ComparedCurve>& compared, const std::vector<ComparedCurve>& runs) {
  const Floor floor = floorOf(analysis.floors);
  Figure figure = budgetFigure(floor, axis, compared);
  const QString name = QStringLiteral("%1 · %2").arg(shortName(analysis), dialsOf(analysis));
  auto current = pointOf(analysis, axis, QStringLiteral("current"), name, methodColour(analysis.request.method));
  for (const ComparedCurve& run : runs) {
    auto points = lineOf(run, axis);
    if (!points) continue;
    points->id = QStringLiteral("run-%1").arg(run.id);
    points->look = Series::Points;
    if (current && run.id == QString::fromStdString(analysis.request.method)) {  // what is shown has its own point
      for (qsizetype i = points->x.size() - 1; i >= 0; --i) {
        if (points->x[i] != current->x.front() || points->y[i] != current->y.front()) continue;
        points->x.removeAt(i);
        points->y.removeAt(i);
      }
      if (points->x.isEmpty()) continue;
    }
    figure.series.push_back(std::move(*points));
  }
  figure.id = QStringLiteral("error");
  figure.caption = captionOf(analysis, {});
  int number = 0;
  for (const PinnedCurve& pin : pinned) {
    ++number;
    if (!pin.analysis) continue;
    auto point = pointOf(*pin.analysis, axis, QStringLiteral("pin%1").arg(number), pin.label, pin.colour);
    if (point) figure.series.push_back(std::move(*point));
  }
  if (current) figure.series.push_back(std::move(*current));
  showZeros(figure, floor);
  if (axis == BudgetAxis::Rank && !analysis.dials.empty()) {
    const Index most = largestDial(analysis);
    figure.markers.push_back(
        {QStringLiteral("rank"), FigureText::tr("rank %1").arg(most), static_cast<double>(most), true});
  }
  return figure;
}

std::vector<ComparedCurve> curvesOf(const std::vector<CompareRow>& rows) {
  std::vector<ComparedCurve> curves;
  for (const CompareRow& row : rows) {
    const QString id = QString::fromStdString(row.method);
    const auto found = std::find_if(curves.begin(), curves.end(), [&](const ComparedCurve& c) { return c.id == id; });
    if (found != curves.end()) {
      found->rows.push_back(row);
    } else {
      curves.push_back({.id = id, .label = id.toUpper(), .colour = methodColour(row.method), .rows = {row}});
    }
  }
  return curves;
}

Figure comparisonFigure(const std::vector<CompareRow>& rows, BudgetAxis axis) {
  const auto known = std::find_if(rows.begin(), rows.end(), [](const CompareRow& row) { return !row.floors.empty(); });
  const Floor floor = floorOf(known == rows.end() ? Floors() : known->floors);
  Figure figure = budgetFigure(floor, axis, curvesOf(rows));
  figure.id = axis == BudgetAxis::Rank         ? QStringLiteral("rank")
              : axis == BudgetAxis::Parameters ? QStringLiteral("parameters")
                                               : QStringLiteral("flops");
  showZeros(figure, floor);
  return figure;
}

std::vector<BudgetReading> equalBudget(const Figure& figure, double x) {
  std::vector<BudgetReading> readings;
  for (const Series& series : figure.series) {
    std::optional<BudgetReading> best;
    for (qsizetype i = 0; i < std::min(series.x.size(), series.y.size()); ++i) {
      if (series.x[i] > x || (best && series.x[i] < best->at)) continue;
      if (best && series.x[i] == best->at && series.y[i] > best->error) continue;
      best = BudgetReading{.name = series.name, .colour = series.colour, .at = series.x[i], .error = series.y[i]};
    }
    if (best) readings.push_back(*best);
  }
  return readings;
}

}  // namespace rankscope::ui
