// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/looks.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace rankscope::ui {
namespace {

using Range = ValueRange;

Range extremes(const Picture& picture) {
  const Histogram histogram = histogramOf(picture, 2);
  return {histogram.lo, histogram.hi};
}

Range opened(Range range) {
  if (range.hi > range.lo) return range;
  const double half = range.lo == 0 ? 0.5 : std::abs(range.lo) / 2;
  return {range.lo - half, range.hi + half};
}

ValueScale scaleNamed(const std::string& name) {
  if (name == "log") return ValueScale::Log;
  if (name == "symlog") return ValueScale::Symlog;
  if (name == "arcsinh") return ValueScale::Arcsinh;
  return ValueScale::Linear;
}

/// The range that the view keys with this prefix choose; `automatic` when they leave it.
Range chosenRange(const SessionState& state, const std::string& prefix, const Picture& picture, Range automatic,
                  const Range& all) {
  const std::string rule = viewValue(state, prefix + "range");
  if (rule == "own") return {viewNumber(state, prefix + "lo"), viewNumber(state, prefix + "hi")};
  if (rule == "minmax") return all;
  if (rule == "percentile") return {percentileOf(picture, 0.01), percentileOf(picture, 0.99)};
  if (rule == "symmetric") {
    const double end = std::max(std::abs(all.lo), std::abs(all.hi));
    return {-end, end};
  }
  return automatic;
}

}  // namespace

Picture thinned(const Picture& picture) {
  constexpr Index kMost = Index{1} << 17;
  Index step = 1;
  while (((picture.rows + step - 1) / step) * ((picture.cols + step - 1) / step) *
             static_cast<Index>(picture.planes.size()) >
         kMost) {
    ++step;
  }
  Picture thin;
  thin.rows = (picture.rows + step - 1) / step;
  thin.cols = (picture.cols + step - 1) / step;
  for (const std::vector<float>& plane : picture.planes) {
    std::vector<float> values;
    values.reserve(static_cast<std::size_t>(thin.rows * thin.cols));
    for (Index row = 0; row < picture.rows; row += step) {
      for (Index col = 0; col < picture.cols; col += step) {
        values.push_back(plane[static_cast<std::size_t>(row * picture.cols + col)]);
      }
    }
    thin.planes.push_back(std::move(values));
  }
  return thin;
}

double roundUp(double value) {
  if (!(value > 0) || !std::isfinite(value)) return 1;
  const double power = std::pow(10, std::floor(std::log10(value)));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (step * power >= value * (1 - 1e-9)) return step * power;
  }
  return 10 * power;
}

Look contentLook(const SessionState& state, const Picture& original, bool picture, std::optional<ValueRange> whole) {
  Look look;
  const std::string map = viewValue(state, "map");
  look.colour = original.planes.size() == 3 && map == "auto";
  look.scale = scaleNamed(viewValue(state, "scale"));
  const Range all = whole ? *whole : extremes(original);
  Range automatic{0, 1};
  bool bothSigns = false;
  if (!picture) {
    automatic = all;
    // Means of many entries, most of them zero or of both signs, would all have the colour of zero.
    constexpr double kPale = 0.1;
    if (const Range seen = extremes(original);
        original.reduced() &&
        std::max(std::abs(seen.lo), std::abs(seen.hi)) < kPale * std::max(std::abs(all.lo), std::abs(all.hi)))
      automatic = seen;
    bothSigns = automatic.lo < 0 && automatic.hi > 0;
    if (bothSigns) {
      const double end = std::max(-automatic.lo, automatic.hi);
      automatic = {-end, end};
    }
  }
  const Range range = opened(chosenRange(state, "", original, automatic, all));
  look.lo = range.lo;
  look.hi = range.hi;
  if (map != "auto") {
    look.map = QString::fromStdString(map);
  } else if (picture) {
    look.map = QStringLiteral("grey");
  } else {
    look.map = bothSigns ? QStringLiteral("diverging") : QStringLiteral("viridis");
  }
  return look;
}

Look residualLook(const SessionState& state, const Picture& residual, double largest) {
  constexpr double kRounding = 32 * std::numeric_limits<float>::epsilon();  // of the largest entry
  Look look;
  const std::string map = viewValue(state, "residual-map");
  look.map = map == "auto" ? QStringLiteral("diverging") : QString::fromStdString(map);
  const double end = roundUp(std::max(
      {std::abs(percentileOf(residual, 0.0025)), std::abs(percentileOf(residual, 0.9975)), kRounding * largest}));
  const Range range = opened(chosenRange(state, "residual-", residual, {-end, end}, extremes(residual)));
  look.lo = range.lo;
  look.hi = range.hi;
  return look;
}

}  // namespace rankscope::ui
