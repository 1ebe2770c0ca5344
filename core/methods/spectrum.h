// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/linalg/any_matrix.h"
#include "core/methods/diagnostics.h"
#include "core/methods/params.h"

namespace rankscope {

/// All singular values of X (n×m) by LAPACK (values only), in context.precision; complex input allowed. Errors: Input
/// for what refuseUnusable() and refuseBeyondFloat() name, Compute for memory, size or convergence. Cost about 4nm² −
/// 4m³/3 flops (n ≥ m) and two copies of X. Throws Cancelled.
Result<Spectrum> spectrum(const AnyMatrix& X, const Context& context);
/// An Error (Compute) when X does not give all its entries; asked before anything passes over them.
std::optional<Error> refuseSpectrum(const AnyMatrix& X, const Context& context);
/// The k ≥ 1 leading ones (all where there are fewer) from a randomized SVD with the defaults of rsvd; exact = false.
/// Errors and cancelling as above. Cost about 12nm(k + 10) flops. Draws by context.seed.
Result<Spectrum> spectrumRandomized(const AnyMatrix& X, Index k, const Context& context);
/// Fills `ranks` from sigma, rows and cols. Scale-safe: a matrix times 1e±300 has the same ranks. When sigma holds
/// fewer than min(n,m) values the statistics are those of the ones it holds, and `condition` is NaN: it is not known.
/// sigma: descending, not empty. Cost O(k). Definitions: docs/rank-rules.md; effective rank: Roy & Vetterli 2007.
RankStatistics rankStatistics(const Vector<double>& sigma, Index rows, Index cols, double epsilon = 0x1p-52);
/// max(n,m)·ε·σ₁: what lies below is rounding.
double defaultTolerance(const Vector<double>& sigma, Index rows, Index cols, double epsilon = 0x1p-52);

/// Errors of the best rank-r approximation for r = 0 … k, all at once (Eckart–Young–Mirsky); tails are summed from the
/// smallest up.
struct ErrorCurves {
  Vector<double> fro, spectral, nuclear,
      energy;  ///< index r; energy[r] = share of Σσ² kept (all ones for a zero matrix)
};
ErrorCurves errorCurves(const Vector<double>& sigma);
/// −10 log₁₀(E_F²/count): PSNR on the [0,1] scale of an error of Frobenius norm `fro` over `count` pixels and channels.
double psnrOf(double fro, double count);

/// Least r whose tail holds at most 1 − share of Σσ²; nullopt when an incomplete spectrum does not reach that far.
std::optional<Index> energyRank(const Spectrum&, double share);

/// The rules of docs/rank-rules.md; the threshold: Gavish & Donoho 2014, eqs 10 and 11. Each returns r in 0…k and costs
/// O(k). An incomplete spectrum is completed by its `fro` for energy and tolerance; what it does not reach, and the
/// rules that need a median, then keep every value it holds.
Index rankByEnergy(const Spectrum&, double share);
Index rankByTolerance(const Spectrum&, double relative);
Index rankByElbow(const Spectrum&);
Index rankByGavishDonoho(const Spectrum&, std::optional<double> noise = {});
/// The threshold of that rule: λ*√hi·noise, or ω·median(σ) when the noise is unknown; nullopt when the median is
/// unknown.
std::optional<double> gavishDonohoThreshold(const Spectrum&, std::optional<double> noise = {});
Index rankByEdge(const Spectrum&);
Index rankByRule(const Spectrum&, RankRule);
/// The rank a budget stands for on this spectrum, at least 1 and at most k; 0 when a rule meets a zero matrix.
Index rankFor(const Budget&, const Spectrum&);
std::string name(RankRule);  ///< "gavish-donoho", "elbow", "numerical"
std::optional<RankRule> rankRuleNamed(const std::string&);

/// Marchenko–Pastur law of the singular values of white noise (Marchenko & Pastur 1967). The distribution
/// function in closed form, the median by bisection to the last bit (some 60 evaluations).
struct MarchenkoPastur {
  double beta = 1;             ///< min(n,m)/max(n,m)
  double pdf(double x) const;  ///< of eigenvalues, unit variance
  double cdf(double x) const;
  double median() const;
  double lambdaStar() const;  ///< optimal hard threshold, noise known
  double omega() const;       ///< λ*/√median, noise unknown
};
/// Estimated noise edge of a spectrum: σ̂(√hi + √lo) with σ̂ from the median singular value; null for a zero matrix.
std::optional<double> marchenkoPasturEdge(const Spectrum&);

}  // namespace rankscope
