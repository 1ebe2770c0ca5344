// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "app/cli/output.h"
#include "core/compute/stored.h"

namespace rankscope::cli {

/// Copied values as a writer wants them, in the type they are stored in.
Result<Values> valuesOf(const AnyMatrix& matrix, const Context& context);

/// The approximation as one n×m matrix, channels side by side. Cost 2nmr flops.
Result<Matrix<double>> wholeApproximation(const Analysis& analysis, const Context& context);

struct PictureQuality {
  std::optional<double> psnr, ssim;
};
Result<PictureQuality> qualityOf(const AnyMatrix& original, const Matrix<double>& approximation,
                                 const Context& context);

/// The common rank of all parts; nothing where the channels differ.
std::optional<Index> commonRank(const Analysis& analysis);
/// nm / parameters; nothing for the empty approximation.
std::optional<double> compressionOf(const Analysis& analysis);
Json errorJson(const ErrorReport& errors);

}  // namespace rankscope::cli
