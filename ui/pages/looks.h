// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/session/state.h"
#include "ui/canvas/canvas.h"

namespace rankscope::ui {

/// How the original and the approximation are shown: one look for both, so that colours mean the same. From the view
/// keys map, scale, range, lo, hi; "auto" is the picture's own colours on [0, 1], for numbers a sequential map, or the
/// diverging one about zero where values have both signs.
/// `whole`: the range of the matrix itself where it is known, since a reduced picture does not reach its extremes.
struct ValueRange {
  double lo = 0, hi = 1;
};
Look contentLook(const SessionState& state, const Picture& original, bool picture,
                 std::optional<ValueRange> whole = std::nullopt);
/// How the residual is shown: the diverging map, symmetric about zero, its end a round number just above the 99.5 %
/// quantile of |residual| (so that it does not flicker while the rank moves), unless the view keys say otherwise.
/// `largest`: the greatest modulus in the matrix. Pictures are single precision: what is below its rounding is not
/// blown up into a pattern that the residual does not have.
Look residualLook(const SessionState& state, const Picture& residual, double largest);
/// At most 2¹⁷ of a picture's values, evenly spread: enough for histograms and quantiles that follow a drag.
Picture thinned(const Picture& picture);
/// 1, 2 or 5 times a power of ten, the least that is not below `value`; 1 for what is not positive.
double roundUp(double value);

}  // namespace rankscope::ui
