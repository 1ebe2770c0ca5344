// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include "core/compute/cache.h"
#include "core/methods/pinv.h"

namespace rankscope {

/// A pseudo-inverse that is wished for: the cut-off relative to σ₁ (none: max(n,m)·ε), or a ridge above 0 instead.
struct InverseRequest {
  MatrixPtr X;
  std::optional<double> rcond;
  double ridge = 0;
  Precision precision = Precision::Double;
  int threads = 1;
  bool operator==(const InverseRequest&) const = default;
};

/// Immutable; carries the request that made it.
struct InverseAnswer {
  InverseRequest request;
  Inverse about;  ///< with its ridge path of kRidgePoints
  Values X;       ///< m×n
};
using InverseAnswerPtr = std::shared_ptr<const InverseAnswer>;

constexpr Index kRidgePoints = 65;  ///< four a decade

/// pinv() of X, memoised under a key of all that it depends on. Errors: Input for what refuseUnusable() and
/// refuseBeyondFloat() name, and those of pinv(). Cost and cancelling as pinv().
Result<InverseAnswerPtr> inverseOf(const InverseRequest& request, ResultCache& cache, const Context& context);

/// What becomes of rank, norm and ridge path with another cut-off (relative to σ₁) and ridge, from the spectrum alone:
/// what is shown while one of them is dragged. The residuals are those of before. Cost O(k·kRidgePoints).
Inverse withCut(const InverseAnswer& answer, const std::optional<double>& rcond, double ridge);

}  // namespace rankscope
