// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/json.h"
#include "core/base/text.h"
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

/// How an iteration came along.
struct Convergence {
  std::string quantity;
  std::vector<double> values;
  Index perIteration = 1;  ///< values that each iteration gives
  std::string counter;     ///< the method's parameter that says how many iterations; empty where none does
  /// The excess of the squared error over the optimum's shrinks by (σ_{r+1}/σ_r) to this power an iteration; 0 where no
  /// theory says so.
  double excessPower = 0;
};

/// Of the column–row pairs of a product, or of columns: what they weigh, how likely each is drawn, what was drawn.
struct Probabilities {
  bool columns = false;          ///< columns of a matrix, otherwise pairs of a product
  Text weight = "norm product";  ///< what `weights` are
  Vector<double> weights;        ///< wᵢ: of a pair ‖xᵢ‖‖yᵢ‖, of a column what the rule goes by
  Vector<double> p;              ///< draws: probabilities that sum to 1; Poisson and volume: of being among those drawn
  std::vector<Index> draws;      ///< 0-based, in the order drawn
  Vector<double> factors;        ///< what each draw is multiplied by
  double expectedSquaredError = 0, minimalSquaredError = 0;
};

/// Leading singular values of each J×K tile of a Monarch projection.
struct BlockStructure {
  Index I = 0, J = 0, K = 0, S = 0;
  Matrix<double> sigma1, sigma2;  ///< J×K
  std::vector<Index> columns;     ///< as in Monarch
};

/// Repeated trials of a random product method.
struct Trials {
  Vector<double> squaredErrors;     ///< of each trial, ‖estimate − XY‖²_F
  Vector<double> meanError;         ///< [t]: ‖mean of the first t + 1 estimates − XY‖_F
  double expectedSquaredError = 0;  ///< the theory's mean of squaredErrors
  double productNorm = 0;           ///< ‖XY‖_F
  Index planned = 0;                ///< how many there will be
};

/// Proved bounds beside what was measured (NaN where nothing was).
struct Bounds {
  std::vector<Text> names;
  Vector<double> values, measured;
};

/// A pseudo-inverse and its regularised relatives (METHODS 1).
struct Inverse {
  Vector<double> sigma;         ///< of A, descending
  Vector<double> inverseSigma;  ///< of A⁺: 1/σᵢ for σᵢ > cut, else 0
  double cut = 0;               ///< absolute
  Index rank = 0;
  double norm = 0;                      ///< ‖A⁺‖₂
  std::array<double, 4> penrose{};      ///< residuals as METHODS 1 divides them
  Vector<double> ridge, ridgeDistance;  ///< λ and ‖X_λ − A⁺‖₂
};

/// What a method chose and how it got there. A new type does not compile until JSON, figures and tables know it.
using Diagnostic =
    std::variant<Spectrum, Selection, Convergence, Probabilities, BlockStructure, Trials, Bounds, Inverse>;

Json toJson(const Spectrum&);
Json toJson(const Selection&);
Json toJson(const Convergence&);
Json toJson(const Probabilities&);
Json toJson(const BlockStructure&);
Json toJson(const Trials&);
Json toJson(const Bounds&);
Json toJson(const Inverse&);
/// {"spectrum": {…}, "selection": {…}, …}
Json toJson(const std::vector<Diagnostic>&);

}  // namespace rankscope
