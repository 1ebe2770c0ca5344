// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/axis_scale.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/theme/theme.h"

namespace rankscope::ui {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kAir = 0.04;  // of the range

QString plainLabel(double value, int decimals, bool percent) {
  const double shown = percent ? 100 * value : value;
  if (percent) return QString::number(shown, 'f', std::max(0, decimals - 2)) + QStringLiteral("\u00a0%");
  if (std::abs(shown) >= 1e6) return showNumber(shown, 3);
  const QString digits = QString::number(std::abs(shown), 'f', decimals);
  const qsizetype point = digits.indexOf(u'.');
  const QString whole = showCount((point < 0 ? digits : digits.left(point)).toLongLong());
  const bool negative = shown < 0 && digits.toDouble() != 0;
  return (negative ? QStringLiteral("−") : QString()) + whole + (point < 0 ? QString() : digits.mid(point));
}

/// `plain`: the axis is short enough to spell all its numbers out.
QString powerLabel(int mantissa, int exponent, bool percent, bool plain) {
  const double value = mantissa * std::pow(10.0, exponent);
  if (percent) return showNumber(100 * value, 2) + QStringLiteral("\u00a0%");
  if (plain || (exponent >= 0 && exponent <= 2)) return plainLabel(value, std::max(0, -exponent), false);
  const QString power = QStringLiteral("10") + superscript(exponent);
  return mantissa == 1 ? power : QString::number(mantissa) + QStringLiteral("\u2009×\u2009") + power;
}

/// Round values v with step 1, 2 or 5 × 10ⁿ between lowest and highest.
std::vector<Tick> linearTicks(const AxisScale& scale, double lowest, double highest, double pixels, double gap) {
  std::vector<Tick> ticks;
  double raw = (highest - lowest) * gap / std::max(pixels, gap);
  if (!(raw > 0) || !std::isfinite(raw)) return ticks;
  if (scale.whole) raw = std::max(raw, 1.0);
  int exponent = static_cast<int>(std::floor(std::log10(raw)));
  double step = std::pow(10.0, exponent);
  for (const int factor : {1, 2, 5, 10}) {
    step = factor * std::pow(10.0, exponent);
    if (step >= raw * (1 - 1e-9)) {
      if (factor == 10) ++exponent;
      break;
    }
  }
  const double slack = 1e-9 * step;
  for (double k = std::ceil((lowest - slack) / step); k * step <= highest + slack; ++k) {
    ticks.push_back({scale.forward(k * step), plainLabel(k * step, std::max(0, -exponent), scale.percent)});
  }
  return ticks;
}

std::vector<Tick> powerTicks(const AxisScale& scale, double from, double to, double pixels, double gap) {
  const double decade = pixels / std::max(to - from, 1e-12);
  std::vector<int> mantissas{1};
  int stride = 1;
  if (std::log10(2.0) * decade >= gap) {
    mantissas = {1, 2, 5};
  } else {
    while (stride * decade < gap) ++stride;
  }
  std::vector<Tick> ticks;
  const int first = static_cast<int>(std::floor(from)) - 1, last = static_cast<int>(std::ceil(to));
  const bool plain = from > -3.2 && to < 5;
  for (int exponent = first; exponent <= last; ++exponent) {
    if (exponent % stride != 0 || (scale.whole && exponent < 0)) continue;
    for (const int mantissa : mantissas) {
      const double t = exponent + std::log10(mantissa);
      if (t >= from - 1e-9 && t <= to + 1e-9)
        ticks.push_back({t, powerLabel(mantissa, exponent, scale.percent, plain)});
    }
  }
  return ticks;
}

}  // namespace

double AxisScale::forward(double value) const {
  if (!std::isfinite(value)) return kNaN;
  if (kind == FigureAxis::Linear) return value;
  if (isZero(value)) return zeroAt;
  return value > 0 ? std::log10(value) : kNaN;
}

double AxisScale::inverse(double t) const {
  if (kind == FigureAxis::Linear) return t;
  if (hasZero && t <= zeroAt + 1e-9) return 0;
  return std::pow(10.0, t);
}

AxisScale fitScale(const FigureAxis& axis, const std::vector<const QVector<double>*>& values, bool air) {
  AxisScale scale;
  scale.kind = axis.scale;
  scale.percent = axis.percent;
  scale.whole = axis.whole;
  scale.zeroLabel = axis.zeroLabel;
  scale.categories = axis.categories;
  scale.zeroBelow = axis.zeroBelow;
  if (!axis.categories.isEmpty()) {  // room for half a name at both ends
    scale.kind = FigureAxis::Linear;
    scale.low = 0.5;
    scale.high = static_cast<double>(axis.categories.size()) + 0.5;
    return scale;
  }
  const bool linear = axis.scale == FigureAxis::Linear;
  double lowest = std::numeric_limits<double>::infinity(), highest = -lowest;
  for (const QVector<double>* column : values) {
    for (const double v : *column) {
      if (!std::isfinite(v)) continue;
      if (axis.scale == FigureAxis::Symlog && v <= axis.zeroBelow) {
        scale.hasZero = true;
      } else if (linear || v > 0) {
        lowest = std::min(lowest, v);
        highest = std::max(highest, v);
      }
    }
  }
  if (lowest > highest) {
    lowest = linear ? 0 : 1;
    highest = linear ? 1 : 10;
  }
  const bool nothing = lowest == 0 && highest == 0;
  const bool fromZero = linear && air && lowest >= 0 && (nothing || lowest < 0.4 * highest);
  if (fromZero) lowest = 0;
  if (fromZero && nothing) highest = 1;
  if (axis.min && (linear || *axis.min > 0)) lowest = *axis.min;
  if (axis.max && (linear || *axis.max > 0)) highest = *axis.max;

  scale.low = linear ? lowest : std::log10(lowest);
  scale.high = linear ? highest : std::log10(highest);
  if (scale.high - scale.low < 1e-9 * std::max({1.0, std::abs(scale.low), std::abs(scale.high)})) {
    const double half = linear ? std::max(0.5, 0.1 * std::abs(scale.low)) : 0.15;
    scale.low -= half;
    scale.high += half;
  }
  const double range = scale.high - scale.low;
  if (scale.hasZero) {
    scale.zeroAt = scale.low - std::max(0.1 * range, 0.1);
    scale.low = scale.zeroAt;
  }
  if (air) {
    if (!axis.max) scale.high += kAir * range;
    if (!axis.min && !fromZero) scale.low -= kAir * range;
  }
  return scale;
}

std::vector<Tick> ticksOf(const AxisScale& scale, double from, double to, double pixels, double gap) {
  if (!scale.categories.isEmpty()) {
    std::vector<Tick> names;
    for (qsizetype i = 0; i < scale.categories.size(); ++i) {
      const double t = static_cast<double>(i + 1);
      if (t >= from && t <= to) names.push_back({t, scale.categories[i]});
    }
    return names;
  }
  if (scale.kind == FigureAxis::Linear) return linearTicks(scale, from, to, pixels, gap);
  std::vector<Tick> ticks;
  double foot = from;
  if (scale.hasZero) {
    if (scale.zeroAt >= from) ticks.push_back({scale.zeroAt, scale.zeroLabel});
    foot = std::max(from, scale.zeroAt + gap / std::max(pixels, 1.0) * (to - from));
  }
  std::vector<Tick> powers = powerTicks(scale, foot, to, pixels * (to - foot) / (to - from), gap);
  // Within a decade the round values of a linear axis say more, placed where the logarithm puts them.
  if (powers.size() < 3 && to - foot < 1.2) {
    powers = linearTicks(scale, std::pow(10.0, foot), std::pow(10.0, to), pixels, 1.5 * gap);
  }
  ticks.insert(ticks.end(), powers.begin(), powers.end());
  return ticks;
}

}  // namespace rankscope::ui
