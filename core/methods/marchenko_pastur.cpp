// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <numbers>

#include "core/methods/spectrum.h"

namespace rankscope {

namespace {

constexpr double kPi = std::numbers::pi;

/// The eigenvalues of (1/hi) N Nᵀ fill [lower, upper].
struct Support {
  double lower = 0, upper = 0;
};

Support supportOf(double beta) {
  const double root = std::sqrt(beta);
  return {(1 - root) * (1 - root), (1 + root) * (1 + root)};
}

}  // namespace

double MarchenkoPastur::pdf(double x) const {
  const auto [lower, upper] = supportOf(beta);
  if (x <= lower || x >= upper) return 0;
  return std::sqrt((upper - x) * (x - lower)) / (2 * kPi * beta * x);
}

double MarchenkoPastur::cdf(double x) const {
  const auto [lower, upper] = supportOf(beta);
  if (x <= lower) return 0;
  if (x >= upper) return 1;
  // With x = lower + (upper − lower) sin²t the density becomes a rational function of sin²t, whose integral from 0 is
  // elementary; t = atan2 keeps its digits near both ends, and lower = 0 (beta = 1) needs no case of its own.
  const double t = std::atan2(std::sqrt(x - lower), std::sqrt(upper - x));
  const double inner = std::atan2(std::sqrt(upper) * std::sin(t), std::sqrt(lower) * std::cos(t));
  return ((1 + beta) * t + (upper - lower) / 4 * std::sin(2 * t) - (1 - beta) * inner) / (kPi * beta);
}

double MarchenkoPastur::median() const {
  auto [low, high] = supportOf(beta);
  while (true) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    (cdf(middle) < 0.5 ? low : high) = middle;
  }
}

double MarchenkoPastur::lambdaStar() const {
  return std::sqrt(2 * (beta + 1) + 8 * beta / (beta + 1 + std::sqrt(beta * beta + 14 * beta + 1)));
}

double MarchenkoPastur::omega() const { return lambdaStar() / std::sqrt(median()); }

}  // namespace rankscope
