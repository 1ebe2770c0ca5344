// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "ui/plots/figure_parts.h"
#include "ui/plots/figures.h"
#include "ui/theme/theme.h"

// The pseudo-inverse in pictures.
namespace rankscope::ui {
namespace {

constexpr int kPerDecade = 12;  // points of a curve

/// The least and the greatest place on the logarithmic axis that both spectra share.
struct Span {
  double low = 0, high = 0;
};

Span spanOf(const Inverse& inverse) {
  const double first = inverse.sigma(0);
  double least = first;
  for (const double sigma : inverse.sigma) {
    if (sigma > 0) least = std::min(least, sigma);
  }
  // A mirror: what is as far left of 1 as the other end is right of it.
  double reach = std::max({first, 1 / first, least, 1 / least});
  if (inverse.cut > 0) reach = std::max({reach, inverse.cut, 1 / inverse.cut});
  reach = std::min(reach * 2, 1e300);
  return {1 / reach, reach};
}

Figure mirrored(const Inverse& inverse) {
  Figure figure;
  figure.id = QStringLiteral("inverse");
  figure.title = FigureText::tr("Spectra of A and of its pseudo-inverse");
  figure.x.title = FigureText::tr("singular value");
  figure.x.scale = FigureAxis::Log;
  figure.y.title = FigureText::tr("index i");
  figure.y.whole = true;
  const Span span = spanOf(inverse);
  figure.x.min = span.low;
  figure.x.max = span.high;
  Series kept{.id = QStringLiteral("sigma"),
              .name = QStringLiteral("σᵢ(A)"),
              .look = Series::Points,
              .x = {},
              .y = {},
              .colour = 1};
  Series dropped{.id = QStringLiteral("dropped"),
                 .name = FigureText::tr("counted as zero"),
                 .look = Series::Points,
                 .x = {},
                 .y = {},
                 .colour = kMutedColour};
  Series mirror{.id = QStringLiteral("inverse"),
                .name = QStringLiteral("1/σᵢ"),
                .look = Series::Points,
                .x = {},
                .y = {},
                .colour = kWarmColour};
  for (Index i = 0; i < inverse.sigma.size(); ++i) {
    const auto place = static_cast<double>(i + 1);
    if (i < inverse.rank) {
      kept.x << inverse.sigma(i);
      kept.y << place;
      mirror.x << inverse.inverseSigma(i);
      mirror.y << place;
    } else if (inverse.sigma(i) > 0) {
      dropped.x << inverse.sigma(i);
      dropped.y << place;
    }
  }
  for (Series* series : {&kept, &dropped}) {  // the axis ascends, singular values descend
    std::reverse(series->x.begin(), series->x.end());
    std::reverse(series->y.begin(), series->y.end());
  }
  for (const Series& series : {kept, mirror, dropped}) {
    if (!series.x.isEmpty()) figure.series.push_back(series);
  }
  // A cut-off of nothing stands at the foot of the axis, where it can be taken from.
  figure.markers.push_back({QStringLiteral("cut"), FigureText::tr("cut-off %1").arg(showNumber(inverse.cut, 3)),
                            std::max(inverse.cut, span.low), true});
  return figure;
}

std::optional<Figure> ridgePath(const Inverse& inverse, double ridge) {
  if (inverse.ridge.size() == 0) return {};
  Figure figure;
  figure.id = QStringLiteral("ridge");
  figure.title = FigureText::tr("Ridge path to the pseudo-inverse");
  figure.x.title = FigureText::tr("ridge λ");
  figure.y.title = FigureText::tr("‖X_λ − A⁺‖₂");
  figure.x.scale = FigureAxis::Log;
  figure.y.scale = FigureAxis::Symlog;
  figure.series.push_back({.id = QStringLiteral("distance"),
                           .name = {},
                           .x = QVector<double>(inverse.ridge.begin(), inverse.ridge.end()),
                           .y = QVector<double>(inverse.ridgeDistance.begin(), inverse.ridgeDistance.end()),
                           .colour = 1});
  if (ridge > 0) {
    figure.markers.push_back(
        {QStringLiteral("ridge"), FigureText::tr("λ = %1").arg(showNumber(ridge, 3)), ridge, true});
  }
  return figure;
}

/// ‖A⁺‖₂ were the smallest singular value s: 1/s down to the cut-off, below it that of the others.
std::optional<Figure> normOverSmallest(const Inverse& inverse) {
  const Index k = inverse.sigma.size();
  const double first = inverse.sigma(0);
  const double before = k > 1 ? inverse.sigma(k - 2) : first;  // it stays the smallest up to here
  if (!(before > 0) || !(first > 1e-280) || !(inverse.cut > 0)) return {};
  Figure figure;
  figure.id = QStringLiteral("norm");
  figure.title = FigureText::tr("Norm of the pseudo-inverse against the smallest singular value");
  figure.x.title = FigureText::tr("smallest singular value, were it another");
  figure.y.title = FigureText::tr("‖A⁺‖₂");
  figure.x.scale = figure.y.scale = FigureAxis::Log;
  double others = 0;  // ‖A⁺‖ without the smallest one
  for (Index i = 0; i + 1 < k && inverse.sigma(i) > inverse.cut; ++i) others = 1 / inverse.sigma(i);
  const double from = std::min(inverse.cut, before) * 1e-2, ratio = std::pow(10.0, 1.0 / kPerDecade);
  Series below{.id = QStringLiteral("below"),
               .name = FigureText::tr("counted as zero"),
               .x = {},
               .y = {},
               .colour = kMutedColour};
  Series above{.id = QStringLiteral("above"), .name = QStringLiteral("1/σ"), .x = {}, .y = {}, .colour = kWarmColour};
  for (double s = from; s < inverse.cut && s <= before; s *= ratio) {
    below.x << s;
    below.y << others;
  }
  below.x << std::min(inverse.cut, before);
  below.y << others;
  // Just above the cut-off the norm is at its highest: the jump.
  for (double s = inverse.cut; s < before; s *= ratio) {
    above.x << s;
    above.y << std::max(others, 1 / s);
  }
  if (before > inverse.cut) {
    above.x << before;
    above.y << std::max(others, 1 / before);
  }
  for (const Series& series : {below, above}) {
    if (!series.x.isEmpty() && series.y.back() > 0) figure.series.push_back(series);
  }
  if (inverse.sigma(k - 1) > 0) {
    figure.series.push_back({.id = QStringLiteral("now"),
                             .name = QStringLiteral("A⁺"),
                             .look = Series::Points,
                             .x = {inverse.sigma(k - 1)},
                             .y = {inverse.sigma(k - 1) > inverse.cut ? 1 / inverse.sigma(k - 1) : others},
                             .colour = 1});
  }
  figure.markers.push_back(
      {QStringLiteral("cut"), FigureText::tr("cut-off %1").arg(showNumber(inverse.cut, 3)), inverse.cut, true});
  return figure;
}

}  // namespace

std::vector<Figure> inverseFigures(const Inverse& inverse, double ridge) {
  std::vector<Figure> figures;
  // Without a singular value above zero there is no logarithm to show.
  if (inverse.sigma.size() == 0 || !(inverse.sigma(0) > 0)) return figures;
  figures.push_back(mirrored(inverse));
  if (auto path = ridgePath(inverse, ridge)) figures.push_back(std::move(*path));
  if (auto norm = normOverSmallest(inverse)) figures.push_back(std::move(*norm));
  return figures;
}

}  // namespace rankscope::ui
