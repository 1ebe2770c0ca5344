// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/figures.h"

#include <type_traits>

#include "ui/plots/figure_parts.h"
#include "ui/theme/theme.h"
#include "ui/theme/translated.h"

namespace rankscope::ui {
namespace {

QVector<double> column(const Values& values, Index j) {
  return std::visit(
      [j](const auto& matrix) {
        using Scalar = typename std::decay_t<decltype(matrix)>::Scalar;
        QVector<double> numbers(matrix.rows());
        for (Index i = 0; i < matrix.rows(); ++i) {
          if constexpr (std::is_same_v<Scalar, Complex>) {
            numbers[i] = std::abs(matrix(i, j));
          } else {
            numbers[i] = static_cast<double>(matrix(i, j));
          }
        }
        return numbers;
      },
      values);
}

QVector<double> row(const Values& values, Index i) {
  return std::visit(
      [i](const auto& matrix) { return column(Values(std::decay_t<decltype(matrix)>(matrix.row(i).transpose())), 0); },
      values);
}

}  // namespace

Figure layerFigure(const Analysis& analysis, int part, Index layer) {
  expects(part >= 0 && static_cast<std::size_t>(part) < analysis.parts.size(), "a part of the analysis");
  const Approximation& approximation = *analysis.parts[static_cast<std::size_t>(part)];
  expects(layer >= 0 && layer < approximation.maxDial, "a layer below maxDial");
  expects(approximation.lowRank() != nullptr, "layers are terms of a product of two factors");
  const LowRank& form = *approximation.lowRank();
  const bool complex = std::holds_alternative<Matrix<Complex>>(form.left);
  // Only singular vectors are called u and v.
  const bool singular = hasSingularVectors(approximation);
  const QString left = singular ? QStringLiteral("u") : QStringLiteral("a");
  const QString right = singular ? QStringLiteral("v") : QStringLiteral("b");
  const QString bars = complex ? QStringLiteral("|%1|") : QStringLiteral("%1"), index = subscript(layer + 1);
  const QString channel = channelName(analysis, static_cast<std::size_t>(part));

  Figure figure;
  figure.id = part == 0 ? QStringLiteral("layer") : QStringLiteral("layer-%1").arg(part + 1);
  figure.title = channel.isEmpty() ? FigureText::tr("Layer %1").arg(layer + 1)
                                   : FigureText::tr("Layer %1, %2").arg(layer + 1).arg(channel);
  figure.caption = captionOf(analysis, {});
  figure.x.title = singular ? FigureText::tr("row of u, column of v") : FigureText::tr("row of a, column of b");
  figure.x.whole = true;
  figure.y.title = complex ? FigureText::tr("modulus") : FigureText::tr("entry");
  figure.emptyText = FigureText::tr("This layer has no entries.");
  const QVector<double> u = column(form.left, layer), v = row(form.right, layer);
  figure.series.push_back(
      {.id = QStringLiteral("u"), .name = bars.arg(left + index), .x = countFrom(1, u.size()), .y = u, .colour = 1});
  figure.series.push_back({.id = QStringLiteral("v"),
                           .name = bars.arg(right + index),
                           .x = countFrom(1, v.size()),
                           .y = v,
                           .colour = kWarmColour,
                           .dashed = true});
  return figure;
}

std::vector<Figure> figuresOf(const Analysis& analysis) {
  std::vector<Figure> figures;
  if (!spectraOf(analysis).empty()) figures.push_back(spectrumFigure(analysis, SpectrumAxes::LogLog, {}));
  if (analysis.parts.empty()) return figures;
  Figure error = errorFigure(analysis, BudgetAxis::Rank, {});
  if (!error.series.empty()) figures.push_back(std::move(error));
  for (std::size_t part = 0; part < analysis.parts.size(); ++part) {
    if (analysis.parts[part]->lowRank() && analysis.parts[part]->maxDial > 0)
      figures.push_back(layerFigure(analysis, static_cast<int>(part), 0));
  }
  for (std::size_t p = 0; p < analysis.parts.size(); ++p) {
    for (const Diagnostic& diagnostic : analysis.parts[p]->diagnostics) {
      if (std::holds_alternative<Convergence>(diagnostic)) {
        Figure figure = convergenceFigure(analysis, p, ConvergenceAxis::Value);
        figure.caption = captionOf(analysis, {});
        if (!figure.series.empty()) figures.push_back(std::move(figure));
      } else if (auto figure = diagnosticFigure(diagnostic)) {
        figure->caption = captionOf(analysis, {});
        figures.push_back(std::move(*figure));
      }
    }
  }
  return figures;
}

QString captionOf(const Analysis& analysis, const QString& input) {
  QStringList parts;
  const QString version = QStringLiteral("Rankscope " RANKSCOPE_VERSION);
  if (analysis.parts.empty()) {
    parts << (input.isEmpty() ? FigureText::tr("singular values") : FigureText::tr("singular values of %1").arg(input));
    parts << version;
    return parts.join(QStringLiteral(" · "));
  }
  parts << shortName(analysis);
  const Dial& dial = dialOf(analysis);
  const QString rank = !dial.isRank
                           ? FigureText::tr("%1 %2").arg(translated(Text(dial.title)).toLower(), dialsOf(analysis))
                       : analysis.dials.size() > 1 && dialsOf(analysis).contains(u',')
                           ? FigureText::tr("ranks %1").arg(dialsOf(analysis))
                           : FigureText::tr("rank %1").arg(dialsOf(analysis));
  parts << (input.isEmpty() ? rank : FigureText::tr("%1 of %2").arg(rank, input));
  if (analysis.quality == Quality::Preview) parts << FigureText::tr("preview");
  const ErrorReport& errors = analysis.errors;
  if (errors.froRelative) {
    QString error = FigureText::tr("error %1").arg(showPercent(*errors.froRelative));
    if (errors.optimalFroRelative) {
      // Equal to within what measuring can tell.
      const bool best = *errors.froRelative <= *errors.optimalFroRelative * (1 + 1e-6) + 1e-14;
      error += best ? FigureText::tr(" (optimum)")
                    : FigureText::tr(" (optimum %1)").arg(showPercent(*errors.optimalFroRelative));
    }
    parts << error;
  }
  parts << FigureText::tr("seed %1").arg(analysis.request.seed) << version;
  return parts.join(QStringLiteral(" · "));
}

}  // namespace rankscope::ui
