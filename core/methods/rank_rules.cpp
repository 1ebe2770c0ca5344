// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "core/methods/spectrum.h"

namespace rankscope {

namespace {

constexpr std::array<std::pair<RankRule, const char*>, 3> kRuleNames = {{
    {RankRule::GavishDonoho, "gavish-donoho"},
    {RankRule::Elbow, "elbow"},
    {RankRule::Numerical, "numerical"},
}};

double epsilonOf(const Spectrum& spectrum) { return spectrum.singlePrecision ? 0x1p-23 : 0x1p-52; }

double lowerSide(const Spectrum& s) { return static_cast<double>(std::min(s.rows, s.cols)); }
double upperSide(const Spectrum& s) { return static_cast<double>(std::max(s.rows, s.cols)); }

/// How many of the descending values lie strictly above the threshold.
Index countAbove(const Vector<double>& sigma, double threshold) {
  return static_cast<Index>(std::count_if(sigma.begin(), sigma.end(), [&](double s) { return s > threshold; }));
}

/// tails(r) = √Σ_{i>r} σᵢ² over the first `count` values and `rest`, which stands for what the spectrum does not hold.
/// std::hypot neither overflows nor underflows, and starting at the smallest loses no digits.
Vector<double> tails(const Vector<double>& sigma, Index count, double rest = 0) {
  Vector<double> out(count + 1);
  out(count) = rest;
  for (Index r = count; r-- > 0;) out(r) = std::hypot(out(r + 1), sigma(r));
  return out;
}

/// The Frobenius norm of what an incomplete spectrum leaves out; relative error about √ε, which its values have too.
double restOf(const Spectrum& spectrum) {
  const double known = tails(spectrum.sigma, spectrum.sigma.size())(0);
  if (spectrum.complete || known >= spectrum.fro) return 0;
  return std::sqrt(spectrum.fro - known) * std::sqrt(spectrum.fro + known);
}

std::optional<Index> firstAtMost(const Vector<double>& descending, double bound) {
  for (Index r = 0; r < descending.size(); ++r) {
    if (descending(r) <= bound) return r;
  }
  return std::nullopt;
}

/// The median of all min(n,m) singular values; needs them all.
std::optional<double> medianOf(const Spectrum& spectrum) {
  const Vector<double>& sigma = spectrum.sigma;
  if (!spectrum.complete || sigma.size() == 0) return std::nullopt;
  const Index half = sigma.size() / 2;
  return sigma.size() % 2 == 1 ? sigma(half) : sigma(half) / 2 + sigma(half - 1) / 2;
}

MarchenkoPastur lawOf(const Spectrum& spectrum) { return {lowerSide(spectrum) / upperSide(spectrum)}; }

}  // namespace

double defaultTolerance(const Vector<double>& sigma, Index rows, Index cols, double epsilon) {
  return sigma.size() == 0 ? 0 : static_cast<double>(std::max(rows, cols)) * epsilon * sigma(0);
}

RankStatistics rankStatistics(const Vector<double>& sigma, Index rows, Index cols, double epsilon) {
  RankStatistics out;
  const Index k = std::min(rows, cols);
  if (sigma.size() < k) {
    out.condition = std::numeric_limits<double>::quiet_NaN();
  } else {
    out.condition = sigma(k - 1) > 0 ? sigma(0) / sigma(k - 1) : std::numeric_limits<double>::infinity();
  }
  const Index rank = countAbove(sigma, defaultTolerance(sigma, rows, cols, epsilon));
  if (rank == 0) return out;

  // In units of σ₁ every power lies between (max(n,m)·ε)⁴ and 1.
  const Vector<double> t = sigma.head(rank).reverse() / sigma(0);  // ascending: sums start at the smallest
  const double sum = t.sum();
  const double squares = t.squaredNorm();
  double entropy = 0, energyEntropy = 0;
  for (const double value : t) {
    const double p = value / sum, q = value * value / squares;
    entropy -= p * std::log(p);
    energyEntropy -= q * std::log(q);
  }
  out.numerical = static_cast<double>(rank);
  out.stable = squares;
  out.effective = std::exp(entropy);
  out.energyEntropy = std::exp(energyEntropy);
  out.participation = squares * squares / t.array().square().matrix().squaredNorm();
  out.sigmaParticipation = sum * sum / squares;
  out.nuclear = sum * sigma(0);
  return out;
}

ErrorCurves errorCurves(const Vector<double>& sigma) {
  const Index k = sigma.size();
  ErrorCurves out;
  out.fro = tails(sigma, k);
  out.spectral = Vector<double>::Zero(k + 1);
  out.spectral.head(k) = sigma;
  out.nuclear = Vector<double>::Zero(k + 1);
  for (Index r = k; r-- > 0;) out.nuclear(r) = out.nuclear(r + 1) + sigma(r);
  out.energy = Vector<double>::Ones(k + 1);
  if (out.fro(0) > 0) out.energy.array() -= (out.fro.array() / out.fro(0)).square();
  return out;
}

double psnrOf(double fro, double count) { return 10 * std::log10(count) - 20 * std::log10(fro); }

std::optional<Index> energyRank(const Spectrum& spectrum, double share) {
  const Index rank =
      countAbove(spectrum.sigma, defaultTolerance(spectrum.sigma, spectrum.rows, spectrum.cols, epsilonOf(spectrum)));
  const Vector<double> tail = tails(spectrum.sigma, rank, restOf(spectrum));
  return firstAtMost(tail, std::sqrt(1 - share) * tail(0));
}

Index rankByEnergy(const Spectrum& spectrum, double share) {
  return energyRank(spectrum, share).value_or(spectrum.sigma.size());
}

Index rankByTolerance(const Spectrum& spectrum, double relative) {
  const Vector<double> tail = tails(spectrum.sigma, spectrum.sigma.size(), restOf(spectrum));
  return firstAtMost(tail, relative * tail(0)).value_or(spectrum.sigma.size());
}

Index rankByElbow(const Spectrum& spectrum) {
  const Vector<double>& sigma = spectrum.sigma;
  const Index count = countAbove(sigma, 0);
  const double flat = defaultTolerance(sigma, spectrum.rows, spectrum.cols, epsilonOf(spectrum));
  if (count < 3 || sigma(0) - sigma(count - 1) <= flat) return count;

  // The point furthest below the chord from the first value to the last, both axes scaled to [0, 1].
  const double top = std::log(sigma(0)), bottom = std::log(sigma(count - 1));
  constexpr double kTie = 1e-12;  // rounding of the logarithms must not choose among points on one straight line
  Index best = 0;
  double depth = 0;
  for (Index i = 1; i < count; ++i) {
    const double x = static_cast<double>(i) / static_cast<double>(count - 1);
    const double y = (std::log(sigma(i)) - bottom) / (top - bottom);
    if (1 - x - y > depth + kTie) {
      best = i;
      depth = 1 - x - y;
    }
  }
  return best;
}

std::optional<double> gavishDonohoThreshold(const Spectrum& spectrum, std::optional<double> noise) {
  const MarchenkoPastur law = lawOf(spectrum);
  if (noise) return law.lambdaStar() * std::sqrt(upperSide(spectrum)) * *noise;
  const std::optional<double> median = medianOf(spectrum);
  if (!median) return std::nullopt;
  return law.omega() * *median;
}

Index rankByGavishDonoho(const Spectrum& spectrum, std::optional<double> noise) {
  const std::optional<double> threshold = gavishDonohoThreshold(spectrum, noise);
  return threshold ? countAbove(spectrum.sigma, *threshold) : countAbove(spectrum.sigma, 0);
}

std::optional<double> marchenkoPasturEdge(const Spectrum& spectrum) {
  const std::optional<double> median = medianOf(spectrum);
  if (!median || spectrum.sigma(0) == 0) return std::nullopt;
  // σ̂ (√hi + √lo) with σ̂ = median / √(μ hi)
  return *median / std::sqrt(lawOf(spectrum).median()) * (1 + std::sqrt(lowerSide(spectrum) / upperSide(spectrum)));
}

Index rankByEdge(const Spectrum& spectrum) {
  return countAbove(spectrum.sigma, marchenkoPasturEdge(spectrum).value_or(0));
}

Index rankByRule(const Spectrum& spectrum, RankRule rule) {
  switch (rule) {
    case RankRule::GavishDonoho:
      return rankByGavishDonoho(spectrum);
    case RankRule::Elbow:
      return rankByElbow(spectrum);
    case RankRule::Numerical:
      return countAbove(spectrum.sigma,
                        defaultTolerance(spectrum.sigma, spectrum.rows, spectrum.cols, epsilonOf(spectrum)));
  }
  return 0;
}

Index rankFor(const Budget& budget, const Spectrum& spectrum) {
  const Index k = std::min(spectrum.rows, spectrum.cols);
  if (const auto* dial = std::get_if<ByDial>(&budget)) return std::clamp<Index>(dial->value, 1, k);
  if (spectrum.sigma.size() == 0 || spectrum.sigma(0) == 0) return 0;
  Index rank = 0;
  if (const auto* energy = std::get_if<ByEnergy>(&budget)) rank = rankByEnergy(spectrum, energy->share);
  if (const auto* tolerance = std::get_if<ByTolerance>(&budget)) rank = rankByTolerance(spectrum, tolerance->relative);
  if (const auto* rule = std::get_if<ByRule>(&budget)) rank = rankByRule(spectrum, rule->rule);
  return std::clamp<Index>(rank, 1, k);
}

std::string name(RankRule rule) {
  for (const auto& [value, text] : kRuleNames) {
    if (value == rule) return text;
  }
  return {};
}

std::optional<RankRule> rankRuleNamed(const std::string& text) {
  for (const auto& [value, known] : kRuleNames) {
    if (text == known) return value;
  }
  return std::nullopt;
}

}  // namespace rankscope
