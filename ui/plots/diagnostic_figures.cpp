// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "ui/plots/figure_parts.h"
#include "ui/plots/figures.h"
#include "ui/theme/theme.h"
#include "ui/theme/translated.h"

// One figure for each type of diagnostic.
namespace rankscope::ui {
namespace {

QVector<double> numbersOf(const std::vector<Index>& indices) {
  QVector<double> numbers;
  for (const Index i : indices) numbers << static_cast<double>(i + 1);
  return numbers;
}

QVector<double> numbersOf(const Vector<double>& values) { return {values.begin(), values.end()}; }

std::optional<Figure> figureOf(const Spectrum&) { return {}; }

std::optional<Figure> figureOf(const Selection& selection) {
  Figure figure;
  figure.id = QStringLiteral("selection");
  figure.title = FigureText::tr("Rows and columns in the order chosen");
  figure.x.title = FigureText::tr("step");
  figure.x.whole = true;
  figure.y.title = FigureText::tr("row or column");
  const auto add = [&](const char* id, const QString& name, const std::vector<Index>& chosen, int colour) {
    if (chosen.empty()) return;
    figure.series.push_back({.id = QString::fromLatin1(id),
                             .name = name,
                             .look = Series::Points,
                             .x = countFrom(1, static_cast<Index>(chosen.size())),
                             .y = numbersOf(chosen),
                             .colour = colour});
  };
  add("rows", FigureText::tr("rows"), selection.rows, 1);
  add("columns", FigureText::tr("columns"), selection.columns, 3);
  return figure.series.empty() ? std::nullopt : std::optional(figure);
}

std::optional<Figure> figureOf(const Convergence&) { return {}; }  // convergenceFigure knows the optimum too

std::optional<Figure> figureOf(const Probabilities& probabilities) {
  if (probabilities.p.size() == 0) return {};
  Figure figure;
  figure.id = QStringLiteral("probabilities");
  figure.title =
      probabilities.columns ? FigureText::tr("Probability of each column") : FigureText::tr("Probability of each pair");
  figure.x.title = probabilities.columns ? FigureText::tr("column") : FigureText::tr("pair");
  figure.x.whole = true;
  figure.y.title = FigureText::tr("probability");
  figure.y.min = 0;
  const Index count = probabilities.p.size();
  figure.series.push_back({.id = QStringLiteral("p"),
                           .name = FigureText::tr("drawn with"),
                           .look = Series::Bars,
                           .x = countFrom(1, count),
                           .y = numbersOf(probabilities.p),
                           .colour = 1});
  if (!probabilities.draws.empty()) {
    std::vector<Index> drawn = probabilities.draws;
    std::sort(drawn.begin(), drawn.end());
    drawn.erase(std::unique(drawn.begin(), drawn.end()), drawn.end());
    Series marks{.id = QStringLiteral("drawn"),
                 .name = FigureText::tr("drawn"),
                 .look = Series::Points,
                 .x = {},
                 .y = {},
                 .colour = kWarmColour};
    for (const Index i : drawn) {
      if (i < 0 || i >= count) continue;
      marks.x << static_cast<double>(i + 1);
      marks.y << probabilities.p(i);
    }
    figure.series.push_back(std::move(marks));
  }
  const double sum = probabilities.weights.sum();
  if (sum > 0 && probabilities.weights.size() == count) {
    figure.series.push_back({.id = QStringLiteral("weights"),
                             .name = translated(probabilities.weight),
                             .look = Series::Step,
                             .x = countFrom(1, count),
                             .y = numbersOf(Vector<double>(probabilities.weights / sum)),
                             .colour = kMutedColour,
                             .dashed = true});
  }
  return figure;
}

std::optional<Figure> figureOf(const BlockStructure& blocks) {
  if (blocks.sigma1.size() == 0) return {};
  Figure figure;
  figure.id = QStringLiteral("tiles");
  figure.title = FigureText::tr("Two largest singular values of each tile");
  figure.x.title = FigureText::tr("tile, by its largest singular value");
  figure.y.title = FigureText::tr("singular value");
  figure.y.scale = FigureAxis::Symlog;
  std::vector<Index> order(static_cast<std::size_t>(blocks.sigma1.size()));
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<Index>(i);
  std::stable_sort(order.begin(), order.end(),
                   [&](Index a, Index b) { return blocks.sigma1.data()[a] > blocks.sigma1.data()[b]; });
  QVector<double> first, second;
  for (const Index tile : order) {
    first << blocks.sigma1.data()[tile];
    second << blocks.sigma2.data()[tile];
  }
  const auto count = static_cast<Index>(order.size());
  figure.series.push_back({.id = QStringLiteral("sigma1"),
                           .name = QStringLiteral("σ₁"),
                           .x = countFrom(1, count),
                           .y = first,
                           .colour = 1});
  figure.series.push_back({.id = QStringLiteral("sigma2"),
                           .name = QStringLiteral("σ₂"),
                           .look = Series::Points,
                           .x = countFrom(1, count),
                           .y = second,
                           .colour = kWarmColour});
  return figure;
}

std::optional<Figure> figureOf(const Trials& trials) {
  const Index count = trials.meanError.size();
  if (count == 0) return {};
  Figure figure;
  figure.id = QStringLiteral("mean");
  figure.title = FigureText::tr("Error of the mean of the estimates");
  figure.x.title = FigureText::tr("estimates averaged");
  figure.y.title = FigureText::tr("‖mean − XY‖");
  figure.x.scale = figure.y.scale = FigureAxis::Log;
  figure.series.push_back({.id = QStringLiteral("measured"),
                           .name = FigureText::tr("measured"),
                           .x = countFrom(1, count),
                           .y = numbersOf(trials.meanError),
                           .colour = 1});
  if (trials.expectedSquaredError > 0) {
    Series predicted = predictedSeries(FigureText::tr("predicted"));
    predicted.x = countFrom(1, count);
    for (const double t : predicted.x) predicted.y << std::sqrt(trials.expectedSquaredError / t);
    figure.series.push_back(std::move(predicted));
  }
  return figure;
}

std::optional<Figure> figureOf(const Bounds& bounds) {
  if (bounds.names.empty()) return {};
  Figure figure;
  figure.id = QStringLiteral("bounds");
  figure.title = FigureText::tr("What was proved and what was measured");
  figure.x.title = FigureText::tr("bound");
  figure.y.title = FigureText::tr("value");
  figure.y.scale = FigureAxis::Symlog;
  for (const Text& name : bounds.names) figure.x.categories << translated(name);
  const Index count = bounds.values.size();
  figure.series.push_back({.id = QStringLiteral("bound"),
                           .name = FigureText::tr("bound"),
                           .look = Series::Points,
                           .x = countFrom(1, count),
                           .y = numbersOf(bounds.values),
                           .colour = kMutedColour});
  figure.series.push_back({.id = QStringLiteral("measured"),
                           .name = FigureText::tr("measured"),
                           .look = Series::Points,
                           .x = countFrom(1, count),
                           .y = numbersOf(bounds.measured),
                           .colour = 1});
  return figure;
}

std::optional<Figure> figureOf(const Inverse& inverse) {
  std::vector<Figure> figures = inverseFigures(inverse);
  return figures.empty() ? std::nullopt : std::optional(std::move(figures.front()));
}

}  // namespace

std::optional<Figure> diagnosticFigure(const Diagnostic& diagnostic) {
  return std::visit([](const auto& d) { return figureOf(d); }, diagnostic);
}

}  // namespace rankscope::ui
