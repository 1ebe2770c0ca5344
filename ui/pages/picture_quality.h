// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/compute/analysis.h"

namespace rankscope::ui {

struct MeasuredQuality {
  std::optional<double> psnr, ssim;
};
/// PSNR and SSIM of a picture's approximation with these terms (one for each part), from the whole reconstruction in
/// double. Nothing when the memory does not allow it. For a survey lane; throws Cancelled.
std::optional<MeasuredQuality> measureQuality(const Analysis& analysis, const std::vector<Terms>& terms,
                                              const Context& context);
/// The whole approximation in double, all parts side by side; an Error when the memory does not allow it.
Result<Matrix<double>> wholeApproximation(const Analysis& analysis, const std::vector<Terms>& terms,
                                          const Context& context);

}  // namespace rankscope::ui
