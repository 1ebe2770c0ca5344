// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/linalg/any_matrix.h"
#include "core/methods/diagnostics.h"
#include "core/methods/params.h"

namespace rankscope {

/// All singular values of X by LAPACK (values only), in context.precision; complex input allowed.
Result<Spectrum> spectrum(const AnyMatrix& X, const Context& context);
/// The k leading ones from a randomized SVD; exact = false.
Result<Spectrum> spectrumRandomized(const AnyMatrix& X, Index k, const Context& context);
/// Fills `ranks` from sigma, rows and cols. Scale-safe: a matrix times 1e±300 has the same ranks.
RankStatistics rankStatistics(const Vector<double>& sigma, Index rows, Index cols, double epsilon = 0x1p-52);
/// max(n,m)·ε·σ₁: what lies below is rounding.
double defaultTolerance(const Vector<double>& sigma, Index rows, Index cols, double epsilon = 0x1p-52);

/// Errors of the best rank-r approximation for r = 0 … k, all at once (METHODS 2.1); tails are summed from the smallest
/// up.
struct ErrorCurves {
  Vector<double> fro, spectral, nuclear,
      energy;  ///< index r; energy[r] = share of Σσ² kept (all ones for a zero matrix)
};
ErrorCurves errorCurves(const Vector<double>& sigma);
/// −10 log₁₀(E_F²/count): PSNR on the [0,1] scale of an error of Frobenius norm `fro` over `count` pixels and channels.
double psnrOf(double fro, double count);

/// METHODS 2.3. Each returns r in 0…k.
Index rankByEnergy(const Spectrum&, double share);
Index rankByTolerance(const Spectrum&, double relative);
Index rankByElbow(const Spectrum&);
Index rankByGavishDonoho(const Spectrum&, std::optional<double> noise = {});
Index rankByEdge(const Spectrum&);
Index rankByRule(const Spectrum&, RankRule);
/// The rank a budget stands for on this spectrum, at least 1 unless the matrix is zero, at most k.
Index rankFor(const Budget&, const Spectrum&);
std::string name(RankRule);  ///< "gavish-donoho", "elbow", "numerical"
std::optional<RankRule> rankRuleNamed(const std::string&);

/// Marchenko–Pastur law of the singular values of white noise (METHODS 2.3).
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
