// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "ui/plots/figure_parts.h"
#include "ui/plots/figures.h"
#include "ui/theme/theme.h"

namespace rankscope::ui {
namespace {

QVector<double> valuesOf(const Vector<double>& v) { return QVector<double>(v.data(), v.data() + v.size()); }

Series sigmaSeries(const Spectrum& spectrum, const QString& id, const QString& name, int colour) {
  return {.id = id,
          .name = name,
          .x = countFrom(1, spectrum.sigma.size()),
          .y = valuesOf(spectrum.sigma),
          .colour = colour};
}

/// Share of Σσ² kept by the leading r of each part, out of all there is, also beyond what a sketch has seen.
Series energySeries(const std::vector<const Spectrum*>& spectra) {
  Index longest = 0;
  double all = 0, largest = 0;
  for (const Spectrum* s : spectra) {
    longest = std::max(longest, static_cast<Index>(s->sigma.size()));
    largest = std::max(largest, s->fro);
  }
  for (const Spectrum* s : spectra) all += largest > 0 ? (s->fro / largest) * (s->fro / largest) : 0;
  QVector<double> share(longest, 0.0);
  for (const Spectrum* s : spectra) {
    double kept = 0;
    for (Index i = 0; i < longest; ++i) {
      if (i < s->sigma.size() && largest > 0) kept += (s->sigma[i] / largest) * (s->sigma[i] / largest);
      share[i] += kept;
    }
  }
  for (double& value : share) value = all > 0 ? std::min(1.0, value / all) : 1.0;
  return {.id = QStringLiteral("energy"),
          .name = FigureText::tr("cumulative energy"),
          .x = countFrom(1, longest),
          .y = share,
          .colour = kWarmColour,
          .secondAxis = true,
          .dashed = true};
}

void addRules(Figure& figure, const Spectrum& spectrum) {
  const Index k = std::min(spectrum.rows, spectrum.cols);
  const auto add = [&](const char* id, const QString& label, Index rank) {
    if (rank < 1 || rank >= k) return;  // at the end they say nothing
    figure.markers.push_back({QString::fromLatin1(id), label.arg(rank), static_cast<double>(rank), false});
  };
  add("gavish-donoho", FigureText::tr("Gavish–Donoho %1"), rankByGavishDonoho(spectrum));
  add("elbow", FigureText::tr("elbow %1"), rankByElbow(spectrum));
  add("energy-90", FigureText::tr("90 % energy %1"), rankByEnergy(spectrum, 0.90));
  add("energy-99", FigureText::tr("99 % energy %1"), rankByEnergy(spectrum, 0.99));
  add("numerical", FigureText::tr("numerical rank %1"), rankByRule(spectrum, RankRule::Numerical));
}

/// What random numbers of the same size would look like.
void addReference(Figure& figure, const Analysis& analysis, const Spectrum& spectrum) {
  if (analysis.reference) {
    Series shuffled =
        sigmaSeries(*analysis.reference, QStringLiteral("reference"), FigureText::tr("shuffled copy"), kMutedColour);
    shuffled.dashed = true;
    figure.series.push_back(std::move(shuffled));
    return;
  }
  const auto edge = marchenkoPasturEdge(spectrum);
  const Index k = spectrum.sigma.size();
  if (!edge || *edge <= spectrum.sigma[k - 1] || *edge >= spectrum.sigma[0]) return;
  figure.series.push_back({.id = QStringLiteral("edge"),
                           .name = FigureText::tr("noise edge"),
                           .x = {1, static_cast<double>(k)},
                           .y = {*edge, *edge},
                           .colour = kMutedColour,
                           .dashed = true});
}

void addPinned(Figure& figure, const std::vector<PinnedCurve>& pinned, const std::vector<const Spectrum*>& shown) {
  int number = 0;
  for (const PinnedCurve& pin : pinned) {
    ++number;
    if (!pin.analysis) continue;
    QString name = pin.label;
    for (const Spectrum* spectrum : spectraOf(*pin.analysis)) {
      const bool known = std::any_of(shown.begin(), shown.end(), [&](const Spectrum* s) {
        return s == spectrum || (s->sigma.size() == spectrum->sigma.size() && s->sigma == spectrum->sigma);
      });
      if (known || spectrum->sigma.size() == 0) continue;
      figure.series.push_back(sigmaSeries(*spectrum, QStringLiteral("pin%1").arg(number), name, pin.colour));
      name.clear();
    }
  }
}

void addRank(Figure& figure, const Analysis& analysis) {
  if (analysis.dials.empty()) return;
  if (!dialOf(analysis).isRank) {
    if (const auto equal = equalRank(analysis)) {
      figure.markers.push_back({QStringLiteral("equal"), FigureText::tr("equal budget: rank %1").arg(*equal),
                                static_cast<double>(*equal), false});
    }
    return;
  }
  const Index most = largestDial(analysis);
  const bool same = std::all_of(analysis.dials.begin(), analysis.dials.end(), [&](Index d) { return d == most; });
  if (!same) {
    for (std::size_t part = 0; part < analysis.dials.size(); ++part) {
      figure.markers.push_back({QStringLiteral("rank-%1").arg(part),
                                QStringLiteral("%1 %2").arg(channelName(analysis, part)).arg(analysis.dials[part]),
                                static_cast<double>(analysis.dials[part]), false});
    }
  }
  figure.markers.push_back({QStringLiteral("rank"),
                            (same ? FigureText::tr("rank %1") : FigureText::tr("rank up to %1")).arg(most),
                            static_cast<double>(most), true});
}

}  // namespace

Figure spectrumFigure(const Analysis& analysis, SpectrumAxes axes, const std::vector<PinnedCurve>& pinned) {
  Figure figure;
  figure.id = QStringLiteral("spectrum");
  figure.title = FigureText::tr("Spectrum");
  figure.caption = captionOf(analysis, {});
  figure.x.title = FigureText::tr("index i");
  figure.x.whole = true;
  figure.y.title = FigureText::tr("singular value σᵢ");
  figure.y2.title = FigureText::tr("energy kept");
  figure.y2.percent = true;
  figure.y2.min = 0;
  figure.emptyText = FigureText::tr("The singular values appear here as soon as they are computed.");

  std::vector<const Spectrum*> spectra = spectraOf(analysis);
  spectra.erase(std::remove_if(spectra.begin(), spectra.end(), [](const Spectrum* s) { return s->sigma.size() == 0; }),
                spectra.end());
  if (spectra.empty()) return figure;

  const bool joint = spectra.size() == 1;
  double rounding = 0, largest = 0;
  bool zeros = false, truly = true;
  for (std::size_t part = 0; part < spectra.size(); ++part) {
    const Spectrum& s = *spectra[part];
    rounding = std::max(rounding, roundingOf(s));
    largest = std::max(largest, s.sigma[0]);
    const QString channel = channelName(analysis, part);
    QString name = joint ? QStringLiteral("σᵢ") : channel;
    if (!s.exact) name = FigureText::tr("%1, estimated").arg(name);
    const QString id = channel.isEmpty() ? QStringLiteral("sigma") : QStringLiteral("sigma-") + channel;
    figure.series.push_back(sigmaSeries(s, id, name, joint ? 1 : channelColour(analysis, part)));
    if (joint) figure.series.back().look = Series::Area;
  }
  for (const Spectrum* s : spectra) {
    zeros = zeros || (s->sigma.array() <= rounding).any();
    truly = truly && (s->sigma.array() == 0 || s->sigma.array() > rounding).all();
  }
  figure.x.scale = axes == SpectrumAxes::LogLog ? FigureAxis::Log : FigureAxis::Linear;
  if (axes != SpectrumAxes::Linear && largest > 0) {
    figure.y.scale = zeros ? FigureAxis::Symlog : FigureAxis::Log;
    figure.y.zeroBelow = zeros ? rounding : 0;
    figure.y.zeroLabel = truly ? QStringLiteral("0") : QStringLiteral("≈ 0");
  }
  figure.series.push_back(energySeries(spectra));
  const bool known = joint && spectra[0]->exact && spectra[0]->complete && largest > 0;
  if (known || (joint && analysis.reference)) addReference(figure, analysis, *spectra[0]);
  addPinned(figure, pinned, spectra);
  if (known) addRules(figure, *spectra[0]);
  addRank(figure, analysis);
  return figure;
}

}  // namespace rankscope::ui
