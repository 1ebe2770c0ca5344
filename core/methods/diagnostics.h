// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/json.h"
#include "core/base/types.h"

namespace rankscope {

/// See docs/rank-rules.md; over the singular values above the tolerance max(n,m)·ε·σ₁. All zero for a zero matrix.
struct RankStatistics {
  double numerical = 0, stable = 0, effective = 0, energyEntropy = 0, participation = 0, sigmaParticipation = 0;
  double nuclear = 0;
  double condition = 0;  ///< σ₁/σ_k over all k = min(n,m); infinity when σ_k = 0
};

/// Singular values, descending: of the problem, or a method's estimates of them.
struct Spectrum {
  Vector<double> sigma;
  double fro = 0;  ///< ‖M‖_F, from the entries
  Index rows = 0, cols = 0;
  bool exact = false;            ///< LAPACK's, not a sketch's
  bool complete = false;         ///< all min(n,m) of them
  bool singlePrecision = false;  ///< computed in float: tolerances use 2⁻²³
  RankStatistics ranks;
};

struct Selection {
  std::vector<Index> rows, columns;  ///< 0-based, in the order chosen
};

struct Convergence {
  std::string quantity;
  std::vector<double> values;
  std::optional<double> predictedRatio;
};

/// What a method chose and how it got there. A new type does not compile until JSON, figures and tables know it.
using Diagnostic = std::variant<Spectrum, Selection, Convergence>;

Json toJson(const Spectrum&);
Json toJson(const Selection&);
Json toJson(const Convergence&);
/// {"spectrum": {…}, "selection": {…}, …}
Json toJson(const std::vector<Diagnostic>&);

}  // namespace rankscope
