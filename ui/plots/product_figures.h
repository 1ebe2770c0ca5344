// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/methods/diagnostics.h"
#include "ui/plots/figure.h"

namespace rankscope::ui {

/// How the relative errors of the trials spread, with the predicted and the measured root mean square as lines.
Figure trialsFigure(const Trials&);
/// One scheme's expected relative error over the number of pairs.
struct SchemeCurve {
  QString id, name;
  QVector<double> relative;
  int colour = 1;
  bool dashed = false;
};
/// Expected relative error of drawing with replacement over the number of pairs r for each scheme, the floor of the SVD
/// below, r as the draggable marker "pairs".
Figure schemesFigure(const std::vector<Index>& sizes, const std::vector<SchemeCurve>& curves, const Spectrum* floor,
                     Index pairs);

}  // namespace rankscope::ui
