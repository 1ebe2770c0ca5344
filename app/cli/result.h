// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/output.h"
#include "core/compute/analysis.h"
#include "core/io/input.h"

namespace rankscope::cli {

/// Copied values as a writer wants them, in the type they are stored in.
Result<Values> valuesOf(const AnyMatrix& matrix, const Context& context);

/// The factors of all parts, cut to their dials, under the names they have in files: U, s, Vt, or U_red, s_red, …
std::vector<Factor> namedFactors(const Analysis& analysis);
/// The same with the indices chosen, as a file holds them: columns, rows.
std::vector<Factor> storedFactors(const Analysis& analysis);
std::vector<NamedArray> arraysOf(const std::vector<Factor>& factors);

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

/// What is stored beside factors: input, method, parameters, rank, error, seed, version.
std::map<std::string, std::string> aboutOf(const Analysis& analysis, const ParamValues& resolved,
                                           const std::string& input);

}  // namespace rankscope::cli
