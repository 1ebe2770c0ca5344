// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/linalg/any_matrix.h"
#include "core/methods/approximation.h"

namespace rankscope {

/// nullopt: not measured, or does not exist.
struct ErrorReport {
  std::optional<double> fro, froRelative, spectral, optimalFro, optimalFroRelative, excess;
};

/// The rank whose optimum stands beside M̂: its own where it is a product of two factors; for another form, whose size
/// is no rank, the one with as many parameters, ⌊parameters/(n+m)⌋.
Index rankBeside(const Approximation&, Index dial);

/// Errors of M̂ (leading `dial` terms) against X as stored: the residual itself, formed tile by tile in double, never
/// inferred by subtraction. Spectral: gesdd of the residual up to min(n,m) = 512, Lanczos above (to 1e-8 of the value),
/// absent for a matrix that stays in its file, whose Frobenius error takes one pass.
/// `floor` gives the optimum at rankBeside() and the excess over it (null where the optimum is 0 or below
/// 30 max(n,m) ε, with float's ε where the floor was found in float). Errors: Compute, for memory or convergence. Cost
/// 2nm·dial flops for the residual; for the spectral norm a
/// gesdd of values, or at most 300 steps of 4nm. Throws Cancelled.
Result<ErrorReport> measure(const AnyMatrix& X, const Approximation&, Index dial, const Spectrum* floor,
                            const Context& context);
/// The whole of per-channel parts: fro is √Σfro², spectral that of the n×3m joint residual is not defined by its parts
/// and is computed on the joint residual.
Result<ErrorReport> measureParts(const AnyMatrix& X, const std::vector<ApproximationPtr>& parts,
                                 const std::vector<Index>& dials, const std::vector<Spectrum>& floors,
                                 const Context& context);

}  // namespace rankscope
