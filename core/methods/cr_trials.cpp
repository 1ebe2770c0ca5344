// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/methods/cr.h"
#include "core/methods/product.h"

namespace rankscope {

namespace {

// ‖Σ eᵢ xᵢyᵢᵀ‖² as eᵀ(He). Where He came as a difference of larger numbers and the form cancels to less than 1e-8 of
// what it is made of, its digits are lost, and the sum itself is formed.
double squaredError(const Pairs& pairs, const Vector<double>& e, const Vector<double>& He, const Context& context) {
  if (e.isZero(0)) return 0;
  // |H_ij| ≤ wᵢwⱼ, and He = Hd − H1 with d = e + 1.
  const auto w = pairs.weights.array();
  const double size = (e.array().abs() * w).sum() * ((e.array().abs() + 2) * w).sum();
  const double square = e.dot(He);
  return square > 1e-8 * size ? square : squaredNormOfSum(pairs, e, context);
}

}  // namespace

Result<Trials> crTrials(const Pairs& pairs, const CrPlan& plan, Index n, const Context& context,
                        const std::function<void(const Trials&)>& soFar) {
  using Clock = std::chrono::steady_clock;
  expects(n >= 1, "crTrials: at least one trial");
  const Index k = pairs.count();
  const double side = static_cast<double>(k), entries = static_cast<double>(pairs.T.size());
  // As many at once as are some hundredths of a second, so that results come steadily and threads meet seldom: on a
  // busy machine the one that waits spins away the time that the other needs. What comes out does not depend on it.
  const double flops = 2 * side * std::min(side, static_cast<double>(plan.pairs));
  const Index batch = std::min(n, static_cast<Index>(std::clamp(1e8 / flops, 16.0, 1024.0)));
  const double bytes = 8 * (2 * side * side + 2 * side * static_cast<double>(batch) + 2 * static_cast<double>(n) +
                            entries * static_cast<double>(context.threads));
  if (auto refused = context.refuseMemory("the trials", bytes, "fewer trials, or a smaller inner side, need less"))
    return *refused;
  context.report(0, "repeating the draws");
  Matrix<double> H = multiplyWide(pairs.X, pairs.X, context, linalg::Op::Adjoint);
  H = H.cwiseProduct(multiplyWide(pairs.Y, pairs.Y, context, linalg::Op::None, linalg::Op::Adjoint)).eval();
  const Vector<double> ofAll = H * Vector<double>::Ones(k);

  const double up = std::ldexp(1.0, pairs.exponent());
  Trials out;
  out.planned = n;
  out.productNorm = std::sqrt(pairs.productSquare) * up;
  out.expectedSquaredError = squareAtSize(expectedSquaredError(pairs, plan, context), pairs.exponent());
  Vector<double> squares(n), means(n);
  const auto head = [&](Index count) {
    out.squaredErrors = squares.head(count);
    out.meanError = means.head(count);
  };
  Matrix<double> D(k, batch), HD(k, batch);
  Vector<double> sumD = Vector<double>::Zero(k), sumHD = Vector<double>::Zero(k);
  auto published = Clock::now();
  for (Index first = 0; first < n; first += batch) {
    const Index count = std::min(batch, n - first);
    parallelFor(context, count, [&](Index c) {
      const CrDraw drawn = draw(plan, context.random("trial", static_cast<std::uint64_t>(first + c)));
      auto d = D.col(c);
      auto Hd = HD.col(c);
      d.setZero();
      Hd.setZero();
      for (std::size_t t = 0; t < drawn.pairs.size(); ++t) d(drawn.pairs[t]) += drawn.factors(static_cast<Index>(t));
      for (Index i = 0; i < k; ++i) {
        if (d(i) != 0) Hd += d(i) * H.col(i);
      }
      const Vector<double> e = d.array() - 1, He = Hd - ofAll;
      squares(first + c) = squareAtSize(squaredError(pairs, e, He, context), pairs.exponent());
    });
    // The running mean goes through the trials in their order, whoever made them.
    for (Index c = 0; c < count; ++c) {
      sumD += D.col(c);
      sumHD += HD.col(c);
      const double share = 1 / static_cast<double>(first + c + 1);
      const Vector<double> e = (share * sumD).array() - 1, He = share * sumHD - ofAll;
      means(first + c) = std::sqrt(std::max(0.0, squaredError(pairs, e, He, context))) * up;
    }
    context.report(static_cast<double>(first + count) / static_cast<double>(n), "repeating the draws");
    if (soFar && first + count < n && Clock::now() - published >= std::chrono::milliseconds(50)) {
      head(first + count);
      soFar(out);
      published = Clock::now();
    }
  }
  head(n);
  return out;
}

}  // namespace rankscope
