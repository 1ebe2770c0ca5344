// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/result.h"

#include <algorithm>

#include "core/picture/quality.h"

namespace rankscope::cli {

namespace {

template <class T>
Result<Values> copied(const AnyMatrix& matrix, const Context& context) {
  const auto stored = matrix.entries<T>(context);
  if (!stored) return stored.error();
  const double bytes = static_cast<double>((*stored)->size()) * sizeof(T);
  if (const auto refused = context.refuseMemory("a copy to write", bytes)) return *refused;
  return Values(Matrix<T>(**stored));
}

double entriesOf(const Analysis& analysis) {
  const AnyMatrix& whole = *analysis.request.problem.X;
  return static_cast<double>(whole.rows()) * static_cast<double>(whole.cols());
}

}  // namespace

Result<Values> valuesOf(const AnyMatrix& matrix, const Context& context) {
  if (matrix.isComplex()) return copied<Complex>(matrix, context);
  return matrix.isFloat() ? copied<float>(matrix, context) : copied<double>(matrix, context);
}

Result<Matrix<double>> wholeApproximation(const Analysis& analysis, const Context& context) {
  const AnyMatrix& whole = *analysis.request.problem.X;
  if (whole.isComplex()) {
    return inputError("the approximation", "a picture can't show complex numbers", "--complex abs, real or imag");
  }
  // One more copy for the channel at hand.
  if (const auto refused = context.refuseMemory("the approximation", 2 * 8 * entriesOf(analysis))) return *refused;
  Matrix<double> out(whole.rows(), whole.cols());
  Index column = 0;
  for (std::size_t p = 0; p < analysis.parts.size(); ++p) {
    context.checkpoint();
    const Approximation& part = *analysis.parts[p];
    Matrix<double> block;
    reconstruct(part, {.dial = analysis.dials[p], .muted = {}},
                {.row = 0, .col = 0, .rows = part.rows, .cols = part.cols}, block);
    out.middleCols(column, part.cols) = block;
    column += part.cols;
  }
  return out;
}

Result<PictureQuality> qualityOf(const AnyMatrix& original, const Matrix<double>& approximation,
                                 const Context& context) {
  const auto values = original.entries<double>(context);
  if (!values) return values.error();
  const auto channels = static_cast<Index>(original.channels().size());
  return PictureQuality{.psnr = psnr(**values, approximation),
                        .ssim = ssim(**values, approximation, channels, context)};
}

std::optional<Index> commonRank(const Analysis& analysis) {
  const Index first = analysis.dials.front();
  const bool same = std::all_of(analysis.dials.begin(), analysis.dials.end(), [first](Index d) { return d == first; });
  return same ? std::optional(first) : std::nullopt;
}

std::optional<double> compressionOf(const Analysis& analysis) {
  const double parameters = analysis.parameters();
  return parameters > 0 ? std::optional(entriesOf(analysis) / parameters) : std::nullopt;
}

Json errorJson(const ErrorReport& errors) {
  return {{"fro", number(errors.fro)},
          {"fro_relative", number(errors.froRelative)},
          {"spectral", number(errors.spectral)},
          {"optimal_fro_relative", number(errors.optimalFroRelative)},
          {"excess", number(errors.excess)}};
}

}  // namespace rankscope::cli
