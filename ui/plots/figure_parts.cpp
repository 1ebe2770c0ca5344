// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/figure_parts.h"

#include <algorithm>
#include <cmath>

#include "ui/theme/theme.h"
#include "ui/theme/translated.h"

namespace rankscope::ui {

std::vector<const Spectrum*> spectraOf(const Analysis& analysis) {
  std::vector<const Spectrum*> spectra;
  for (const auto& floor : analysis.floors) {
    if (floor) spectra.push_back(floor.get());
  }
  if (!spectra.empty()) return spectra;
  for (const ApproximationPtr& part : analysis.parts) {
    if (!part) continue;
    for (const Diagnostic& diagnostic : part->diagnostics) {
      if (const auto* estimate = std::get_if<Spectrum>(&diagnostic)) {
        spectra.push_back(estimate);
        break;
      }
    }
  }
  return spectra;
}

double roundingOf(const Spectrum& s) {
  return defaultTolerance(s.sigma, s.rows, s.cols, s.singlePrecision ? 0x1p-23 : 0x1p-52);
}

namespace {

std::string channelOf(const Analysis& analysis, std::size_t part) {
  const Problem& problem = analysis.request.problem;
  if (!problem.perChannel || !problem.X || part >= problem.X->channels().size()) return {};
  return problem.X->channels()[part].name;
}

}  // namespace

QString channelName(const Analysis& analysis, std::size_t part) {
  const std::string name = channelOf(analysis, part);
  return name.empty() ? QString() : translated(Text(name));
}

int channelColour(const Analysis& analysis, std::size_t part) {
  // The series colours nearest to red, green and blue.
  const std::string name = channelOf(analysis, part);
  if (name == "red") return 9;
  if (name == "green") return 6;
  if (name == "blue") return 4;
  return static_cast<int>(part) + 1;
}

QString shortName(const Analysis& analysis) { return QString::fromStdString(analysis.request.method).toUpper(); }

QString dialsOf(const Analysis& analysis) {
  const auto& dials = analysis.dials;
  if (dials.empty()) return {};
  if (std::all_of(dials.begin(), dials.end(), [&](Index d) { return d == dials.front(); })) {
    return QString::number(dials.front());
  }
  QStringList texts;
  for (const Index dial : dials) texts << QString::number(dial);
  return texts.join(QStringLiteral(", "));
}

Index largestDial(const Analysis& analysis) {
  return analysis.dials.empty() ? 0 : *std::max_element(analysis.dials.begin(), analysis.dials.end());
}

const Dial& dialOf(const Analysis& analysis) {
  static const Dial kRank;
  const Method* method = findMethod(analysis.request.method);
  return method ? method->dial : kRank;
}

std::optional<Index> equalRank(const Analysis& analysis) {
  if (analysis.parts.empty() || analysis.dials.empty()) return {};
  const Index rank = rankBeside(*analysis.parts.front(), analysis.dials.front());
  return rank >= 1 ? std::optional(rank) : std::nullopt;
}

bool hasSingularVectors(const Approximation& approximation) {
  const auto& factors = approximation.factors;
  return approximation.lowRank() != nullptr && (factors.empty() || (factors.size() == 3 && factors[1].name == "s"));
}

QVector<double> countFrom(Index first, Index count) {
  QVector<double> numbers(count);
  for (Index i = 0; i < count; ++i) numbers[i] = static_cast<double>(first + i);
  return numbers;
}

Series predictedSeries(const QString& name) {
  return {.id = QStringLiteral("predicted"), .name = name, .x = {}, .y = {}, .colour = kMutedColour, .dashed = true};
}

}  // namespace rankscope::ui
