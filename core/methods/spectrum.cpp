// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/spectrum.h"

#include <algorithm>
#include <utility>

#include "core/linalg/lapack.h"
#include "core/methods/access.h"
#include "core/methods/method.h"
#include "core/methods/rsvd.h"

namespace rankscope {

namespace {

constexpr Index kOversampling = 10;  // the defaults of rsvd
constexpr int kPowerSteps = 2;

template <class T>
Spectrum describe(const AnyMatrix& X, const Vector<T>& sigma, bool exact) {
  Spectrum out;
  out.sigma = sigma.template cast<double>();
  out.fro = X.summary().fro;
  out.rows = X.rows();
  out.cols = X.cols();
  out.exact = exact;
  out.complete = sigma.size() == std::min(X.rows(), X.cols());
  out.singlePrecision = std::is_same_v<T, float>;
  out.ranks = rankStatistics(out.sigma, out.rows, out.cols, out.singlePrecision ? 0x1p-23 : 0x1p-52);
  return out;
}

}  // namespace

std::optional<Error> refuseSpectrum(const AnyMatrix& X, const Context& context) {
  auto refused = refuseEntries(X, "the exact spectrum", context);
  if (refused) refused->hint = "--randomized estimates it; or raise --max-memory";
  return refused;
}

Result<Spectrum> spectrum(const AnyMatrix& X, const Context& context) {
  if (auto refused = refuseSpectrum(X, context)) return *refused;
  if (auto unusable = refuseUnusable(X, "spectrum")) return *unusable;
  return inPrecision(context, X, [&]<class T>() -> Result<Spectrum> {
    const auto entries = X.entries<T>(context);
    if (!entries) return entries.error();
    const auto svd = linalg::exactSvd<T>(**entries, linalg::Job::Values, context);
    if (!svd) return svd.error();
    return describe(X, svd->s, true);
  });
}

Result<Spectrum> spectrumRandomized(const AnyMatrix& X, Index k, const Context& context) {
  const Index all = std::min(X.rows(), X.cols());
  if (auto unusable = refuseUnusable(X, "spectrum")) return *unusable;
  expects(k >= 1, "spectrumRandomized: k must be at least 1");
  const Index kept = std::min(k, all);
  const auto run = [&]<class T>() -> Result<Spectrum> {
    const Matrix<T> omega = gaussianSketch<T>(X.cols(), std::min(kept + kOversampling, all), context);
    const auto svd = rsvd<T>(X, omega, kept, kPowerSteps, context);
    if (!svd) return svd.error();
    Spectrum out = describe(X, svd->s, false);
    // The norm is known from the entries, so this one number need not wait for the tail.
    if (out.sigma(0) > 0) out.ranks.stable = (out.fro / out.sigma(0)) * (out.fro / out.sigma(0));
    return out;
  };
  return context.precision == Precision::Float ? run.template operator()<float>() : run.template operator()<double>();
}

}  // namespace rankscope
