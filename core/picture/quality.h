// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/base/context.h"

namespace rankscope {

/// PSNR and SSIM of values on the [0,1] scale, unclipped (docs/mathematics.md). Both n×(c·m), c channels side by side.
/// PSNR is infinite (nullopt) for equal pictures; SSIM is nullopt below 11×11 a channel.
std::optional<double> psnr(const ConstRef<double>& original, const ConstRef<double>& approximation);
/// Cost about 150 flops a pixel; separable Gaussian windows; channels and row bands in parallel.
std::optional<double> ssim(const ConstRef<double>& original, const ConstRef<double>& approximation, Index channels,
                           const Context& context);
/// 0.299 R + 0.587 G + 0.114 B of n×3m.
Matrix<double> luma(const ConstRef<double>& rgb);

}  // namespace rankscope
