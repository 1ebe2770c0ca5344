// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

#include "ui/plots/figure.h"

namespace rankscope::ui {

/// How an axis places values: everything is drawn on a linear axis of t = forward(value), log₁₀ for the logarithmic
/// scales.
struct AxisScale {
  FigureAxis::Scale kind = FigureAxis::Linear;
  double low = 0, high = 1;  ///< ends, in t
  bool hasZero = false;      ///< Symlog with zeros among its values
  double zeroBelow = 0, zeroAt = 0;
  bool percent = false, whole = false;
  QString zeroLabel;
  QStringList categories;

  /// NaN where the scale has no place for the value.
  double forward(double value) const;
  double inverse(double t) const;
  bool isZero(double value) const { return hasZero && value <= zeroBelow; }
};

struct Tick {
  double t = 0;
  QString label;
};

/// The scale that shows all finite values, with a little air at the ends when `air` is set (vertical axes).
AxisScale fitScale(const FigureAxis& axis, const std::vector<const QVector<double>*>& values, bool air);
/// Few round ticks (1-2-5 of a decade, decades, or every few) between from and to (in t), at least `gap` pixels apart.
std::vector<Tick> ticksOf(const AxisScale& scale, double from, double to, double pixels, double gap);

}  // namespace rankscope::ui
