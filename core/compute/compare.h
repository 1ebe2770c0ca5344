// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/compute/analysis.h"

namespace rankscope {

struct ComparedMethod {
  std::string id;
  ParamValues params;  ///< only what was set
  bool operator==(const ComparedMethod&) const = default;
};

/// Several methods over a grid of ranks.
struct CompareRequest {
  Problem problem;
  std::vector<ComparedMethod> methods;
  std::vector<Index> ranks;
  std::uint64_t seed = 0;
  Precision precision = Precision::Double;
  int threads = 1;
};

/// What one method came to at one rank of the grid.
struct CompareRow {
  std::string method;
  Index rank = 0;                                ///< of the grid: the budget r(n + m)
  std::optional<Index> dial;                     ///< the size it had (of colour channels the largest)
  std::optional<double> parameters, applyFlops;  ///< summed over the parts
  std::optional<double> seconds;                 ///< of the factorisation alone
  ErrorReport errors;
  std::vector<std::shared_ptr<const Spectrum>> floors;  ///< what the optimum follows from, one a part
  std::vector<Text> notices;
  std::optional<Error> failure;  ///< then nothing of the above is known
};

/// What an analysis came to, as a row: its own dial, and as `rank` that or, where it is no rank, the largest whose
/// r(n + m) numbers are no more than it keeps (at least 1).
CompareRow rowOf(const Analysis& analysis);

/// Why these can't be compared whatever the matrix is, or nothing: no method or one that does not exist, no rank or one
/// below 1, something twice, a parameter that the method refuses. An Error (Usage) that says what is allowed.
std::optional<Error> refuseComparison(const std::vector<ComparedMethod>& methods, const std::vector<Index>& ranks);

/// The size of a method that stands for rank r ≥ 1 on an n×m matrix: r itself, up to its largest, where the dial is a
/// rank; else the largest whose parameters do not exceed r(n + m), or nothing where none fits. Error (Usage): the
/// parameters do not suit this size. Cost O(log of the largest dial).
Result<std::optional<Index>> dialForRank(const Method& method, const ParamValues& given, Index rows, Index cols,
                                         Index rank, Precision precision);

/// One cell of the grid: an analyse() call, so what is known comes from the cache. A failure is part of the row, and so
/// is that no size fits (a notice, and nothing known). Throws Cancelled.
CompareRow compareCell(const CompareRequest& request, const ComparedMethod& method, Index rank, ResultCache& cache,
                       const Context& context);

/// All cells, the small ranks of all methods first, each given to `ready` (may be empty) as soon as it is there; the
/// answer is in the order of the methods, then of the ranks. Error (Usage) as refuseComparison. Throws Cancelled.
Result<std::vector<CompareRow>> compare(const CompareRequest& request, ResultCache& cache, const Context& context,
                                        const std::function<void(const CompareRow&)>& ready = {});

}  // namespace rankscope
