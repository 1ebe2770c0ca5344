// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/cr.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/methods/product.h"
#include "core/methods/spectrum.h"

namespace rankscope {

namespace {

int exponentOf(double norm) {
  // 2^1000 is the inverse of the least one: beyond it the inverse would be infinite.
  return norm > 0 ? std::max(std::ilogb(norm), -1000) : 0;
}

std::vector<Index> byWeight(const Vector<double>& weights) {
  std::vector<Index> order(static_cast<std::size_t>(weights.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return weights(a) > weights(b); });
  return order;
}

// [c]: the sum of all but the c largest, from the smallest up, so that small tails keep their digits.
Vector<double> tailsOf(const Vector<double>& weights, const std::vector<Index>& order) {
  Vector<double> tails = Vector<double>::Zero(weights.size() + 1);
  for (Index c = weights.size() - 1; c >= 0; --c) tails(c) = tails(c + 1) + weights(order[static_cast<std::size_t>(c)]);
  return tails;
}

Vector<double> uniform(Index k) { return Vector<double>::Constant(k, 1 / static_cast<double>(k)); }

// pᵢ ∝ wᵢ, uniform where there is no weight at all.
Vector<double> normProbabilities(const Pairs& pairs, std::vector<Text>& notices) {
  if (pairs.total > 0) return pairs.weights / pairs.total;
  notices.push_back("every pair has weight 0, so the probabilities are not defined: uniform ones stand in");
  return uniform(pairs.count());
}

Result<Vector<double>> leverageProbabilities(const Pairs& pairs, Index r, std::vector<Text>& notices,
                                             const Context& context) {
  const Index n = pairs.X.rows(), k = pairs.count();
  const auto svd = linalg::exactSvd<double>(pairs.X, linalg::Job::Thin, context);
  if (!svd) return svd.error();
  const double cut = defaultTolerance(svd->s, n, k);
  const Index rank = (svd->s.array() > cut).count(), q = std::min(r, rank);
  if (q == 0) {
    notices.push_back("the left matrix is zero, so its leverage scores are not defined: uniform ones stand in");
    return uniform(k);
  }
  if (q < rank && svd->s(q - 1) - svd->s(q) <= cut)
    notices.push_back(
        text("singular values {1} and {2} of the left matrix are equal: other leverage scores are as good", q, q + 1));
  Vector<double> p = svd->Vt.topRows(q).colwise().squaredNorm().transpose();
  // A row of V is known to rounding only.
  const double rounding = std::pow(static_cast<double>(std::max(n, k)) * 0x1p-52, 2);
  p = (p.array() > rounding).select(p, 0);
  p /= p.sum();
  const Index missing = (p.array() == 0 && pairs.weights.array() > 0).count();
  if (missing > 0) {
    notices.push_back(
        text("{1} pairs have leverage 0 but a weight: the probabilities are nine tenths leverage and one "
             "tenth uniform",
             missing));
    p = 0.9 * p + 0.1 * uniform(k);
  }
  return p;
}

Result<Vector<double>> ownProbabilities(const Pairs& pairs, const Vector<double>& own, std::vector<Text>& notices) {
  const Index k = pairs.count();
  const Text what("parameter probabilities");
  if (own.size() != k) {
    return usageError(
        what,
        own.size() == 0 ? Text("scheme=own needs them") : text("{1} numbers were given for {2} pairs", own.size(), k),
        text("allowed: {1} numbers from 0, one for each pair", k));
  }
  const double largest = own.maxCoeff();
  if (!own.allFinite() || own.minCoeff() < 0 || !(largest > 0)) {
    return usageError(what, largest > 0 ? "a probability is negative or not finite" : "they are all 0",
                      text("allowed: {1} numbers from 0, not all of them 0", k));
  }
  Vector<double> p = own / largest;
  const double sum = p.sum();
  p /= sum;
  for (Index i = 0; i < k; ++i) {
    if (p(i) > 0 || pairs.weights(i) == 0) continue;
    return usageError(what,
                      text("pair {1} (counted from 0) has probability 0 but a weight: never drawn, it would be missing "
                           "from the mean",
                           i),
                      "allowed: numbers above 0 wherever column and row are not zero");
  }
  // Decimals that are meant to sum to 1 do so to rounding.
  if (std::abs(sum * largest - 1) > 1e-9)
    notices.push_back(text("the probabilities sum to {1} and are divided by it", sum * largest));
  return p;
}

Result<Vector<double>> probabilities(const Pairs& pairs, CrScheme scheme, Index r, const Vector<double>& own,
                                     std::vector<Text>& notices, const Context& context) {
  switch (scheme) {
    case CrScheme::Norm:
    case CrScheme::Top:
      return normProbabilities(pairs, notices);
    case CrScheme::Uniform:
      return uniform(pairs.count());
    case CrScheme::Leverage:
      return leverageProbabilities(pairs, r, notices, context);
    case CrScheme::Own:
      return ownProbabilities(pairs, own, notices);
  }
  return uniform(pairs.count());
}

// Draws from `from` by p; zero probabilities are left out, so that rounding never finds them.
void drawFrom(CrPlan& plan, const std::vector<Index>& from) {
  for (const Index i : from) {
    if (plan.p(i) > 0) plan.drawn.push_back(i);
  }
  std::sort(plan.drawn.begin(), plan.drawn.end());
  plan.cumulative.resize(static_cast<Index>(plan.drawn.size()));
  double sum = 0;
  for (std::size_t j = 0; j < plan.drawn.size(); ++j)
    plan.cumulative(static_cast<Index>(j)) = sum += plan.p(plan.drawn[j]);
}

}  // namespace

Result<Pairs> pairsOf(const Problem& problem, const Context& context) {
  if (auto refused = refuseProduct(*problem.X, *problem.Y)) return *refused;
  const double n = static_cast<double>(problem.X->rows()), k = static_cast<double>(problem.X->cols()),
               m = static_cast<double>(problem.Y->cols());
  if (auto refused = context.refuseMemory("the pairs of a product", 8 * (n * k + k * m + 2 * n * m))) return *refused;
  MatrixPtr product = problem.product;
  if (!product) {
    auto made = multiplied(*problem.X, *problem.Y, context);
    if (!made) return made.error();
    product = *made;
  }
  const auto X = problem.X->entries<double>(context), Y = problem.Y->entries<double>(context),
             T = product->entries<double>(context);
  if (!X) return X.error();
  if (!Y) return Y.error();
  if (!T) return T.error();
  Pairs out;
  out.exponentX = exponentOf(problem.X->summary().fro);
  out.exponentY = exponentOf(problem.Y->summary().fro);
  const double downX = std::ldexp(1.0, -out.exponentX), downY = std::ldexp(1.0, -out.exponentY);
  out.X = **X * downX;
  out.Y = **Y * downY;
  out.T = (**T * downX) * downY;
  out.weights = out.X.colwise().norm().transpose().cwiseProduct(out.Y.rowwise().norm());
  out.total = out.weights.sum();
  out.weightSquares = out.weights.squaredNorm();
  out.productSquare = out.T.squaredNorm();
  out.normX = out.X.norm();
  out.normY = out.Y.norm();
  return out;
}

Vector<double> waterFilling(const Vector<double>& weights, Index r) {
  const Index positive = (weights.array() > 0).count();
  if (positive <= r) return (weights.array() > 0).select(Vector<double>::Ones(weights.size()), 0);
  const std::vector<Index> order = byWeight(weights);
  const Vector<double> tails = tailsOf(weights, order);
  // The largest are full; the rest shares what is left in proportion. positive > r: tails(r) > 0, and it ends by then.
  Index full = 0;
  while (static_cast<double>(r - full) * weights(order[static_cast<std::size_t>(full)]) > tails(full)) ++full;
  const double c = static_cast<double>(r - full) / tails(full);
  return (c * weights).cwiseMin(1.0);
}

Index winners(const Vector<double>& weights, Index r) {
  const Index positive = (weights.array() > 0).count();
  if (r >= positive) return std::min(r - 1, positive);
  const Vector<double> tails = tailsOf(weights, byWeight(weights));
  Index best = 0;
  double least = tails(0) / static_cast<double>(r);
  for (Index c = 1; c < r; ++c) {
    const double now = tails(c) / static_cast<double>(r - c);
    // Equal values, as rounding leaves them, keep the smallest c.
    if (now >= least * (1 - 16 * 0x1p-52)) continue;
    least = now;
    best = c;
  }
  return best;
}

Result<CrPlan> planOf(const Pairs& pairs, CrScheme scheme, CrReplacement replacement, Index r,
                      const Vector<double>& own, const Context& context) {
  const Index k = pairs.count();
  expects(r >= 1, "planOf: at least one pair");
  const bool chosen = scheme == CrScheme::Top;
  if (!chosen && replacement == CrReplacement::Without && scheme != CrScheme::Uniform) {
    return usageError("parameter replacement", "drawing without replacement has a known error for equal weights only",
                      "allowed: without with scheme=uniform; with, poisson or wta with any");
  }
  CrPlan plan{.scheme = scheme, .replacement = replacement, .pairs = r};
  if (chosen || replacement != CrReplacement::With) plan.pairs = std::min(r, k);
  const bool byNorm = replacement == CrReplacement::Poisson || replacement == CrReplacement::Wta;
  if (!chosen) {
    const auto ofScheme =
        probabilities(pairs, byNorm ? CrScheme::Norm : scheme, plan.pairs, own, plan.notices, context);
    if (!ofScheme) return ofScheme.error();
    plan.p = *ofScheme;
  }
  if (!chosen && byNorm && scheme != CrScheme::Norm) {
    plan.notices.push_back(text("{1} draws by the norms of the pairs, whatever the scheme",
                                replacement == CrReplacement::Poisson ? "poisson" : "wta"));
  }
  const std::vector<Index> order = byWeight(pairs.weights);
  const auto size = static_cast<double>(plan.pairs);
  if (chosen) {
    plan.kept.assign(order.begin(), order.begin() + plan.pairs);
    plan.p = Vector<double>::Zero(k);
    for (const Index i : plan.kept) plan.p(i) = 1;
    return plan;
  }
  switch (replacement) {
    case CrReplacement::With:
      plan.draws = r;
      drawFrom(plan, order);
      plan.multiplier = (size * plan.p(plan.drawn)).cwiseInverse();
      break;
    case CrReplacement::Without:
      plan.draws = plan.pairs;
      drawFrom(plan, order);
      plan.multiplier = Vector<double>::Constant(k, static_cast<double>(k) / size);
      break;
    case CrReplacement::Poisson:
      plan.p = pairs.total > 0 ? waterFilling(pairs.weights, plan.pairs) : Vector<double>(size * uniform(k));
      drawFrom(plan, order);
      plan.multiplier = plan.p(plan.drawn).cwiseInverse();
      break;
    case CrReplacement::Wta: {
      const Index c = winners(pairs.weights, plan.pairs);
      plan.kept.assign(order.begin(), order.begin() + c);
      std::vector<Index> rest;
      for (std::size_t j = static_cast<std::size_t>(c); j < order.size(); ++j) {
        if (pairs.weights(order[j]) > 0) rest.push_back(order[j]);
      }
      if (rest.empty()) break;
      plan.draws = plan.pairs - c;
      drawFrom(plan, rest);
      const double share = plan.cumulative(plan.cumulative.size() - 1);  // 1 − P_c
      plan.multiplier = share / static_cast<double>(plan.draws) * plan.p(plan.drawn).cwiseInverse();
      break;
    }
  }
  return plan;
}

double squaredNormOfSum(const Pairs& pairs, const Vector<double>& e, const Context& context) {
  std::vector<Index> used;
  for (Index i = 0; i < e.size(); ++i) {
    if (e(i) != 0) used.push_back(i);
  }
  if (used.empty()) return 0;
  const Matrix<double> left = pairs.X(Eigen::all, used) * e(used).asDiagonal();
  return multiplyWide(left, pairs.Y(used, Eigen::all), context).squaredNorm();
}

double squareAtSize(double square, int exponent) {
  const double value = std::ldexp(square, 2 * exponent);
  return square > 0 && !std::isnormal(value) ? std::numeric_limits<double>::quiet_NaN() : value;
}

double expectedSquaredError(const Pairs& pairs, const CrPlan& plan, const Context& context) {
  const Vector<double>& w = pairs.weights;
  const auto r = static_cast<double>(plan.pairs), k = static_cast<double>(pairs.count());
  if (plan.scheme == CrScheme::Top)
    return squaredNormOfSum(pairs, Vector<double>::Ones(pairs.count()) - plan.p, context);
  const auto sumOver = [&](const auto& term) {
    double sum = 0;
    for (Index i = 0; i < w.size(); ++i) {
      if (w(i) > 0) sum += term(i);
    }
    return sum;
  };
  // What these differences leave below zero is rounding.
  switch (plan.replacement) {
    case CrReplacement::With:
      return std::max(0.0, sumOver([&](Index i) { return w(i) * (w(i) / plan.p(i)); }) - pairs.productSquare) / r;
    case CrReplacement::Without:
      if (plan.pairs == pairs.count()) return 0;
      return k * (k - r) / (r * (k - 1)) * std::max(0.0, pairs.weightSquares - pairs.productSquare / k);
    case CrReplacement::Poisson:
      return sumOver([&](Index i) { return (1 / plan.p(i) - 1) * w(i) * w(i); });
    case CrReplacement::Wta: {
      if (plan.draws == 0) return 0;
      Vector<double> rest = Vector<double>::Zero(w.size());
      for (const Index i : plan.drawn) rest(i) = 1;
      // p ∝ w: (1 − P_c) Σ w²/p over the rest is the square of its weight.
      const double weight = w.dot(rest);
      return std::max(0.0, weight * weight - squaredNormOfSum(pairs, rest, context)) / static_cast<double>(plan.draws);
    }
  }
  return 0;
}

double minimalSquaredError(const Pairs& pairs, Index r) {
  return std::max(0.0, pairs.total * pairs.total - pairs.productSquare) / static_cast<double>(r);
}

CrDraw draw(const CrPlan& plan, Random random) {
  CrDraw out{.pairs = plan.kept, .factors = {}};
  std::vector<double> factors(plan.kept.size(), 1.0);
  const auto take = [&](std::size_t place) {
    out.pairs.push_back(plan.drawn[place]);
    factors.push_back(plan.multiplier(static_cast<Index>(place)));
  };
  if (!plan.drawn.empty()) {
    switch (plan.replacement) {
      case CrReplacement::With:
      case CrReplacement::Wta: {
        const double* const begin = plan.cumulative.data();
        const double* const end = begin + plan.cumulative.size();
        for (Index t = 0; t < plan.draws; ++t) {
          const double* const found = std::upper_bound(begin, end, random.uniform() * end[-1]);
          take(static_cast<std::size_t>(std::min(found, end - 1) - begin));
        }
        break;
      }
      case CrReplacement::Without: {
        std::vector<std::size_t> places(plan.drawn.size());
        std::iota(places.begin(), places.end(), std::size_t{0});
        for (std::size_t t = 0; t < static_cast<std::size_t>(plan.draws); ++t) {  // Fisher–Yates, as far as needed
          std::swap(places[t], places[t + random.below(places.size() - t)]);
          take(places[t]);
        }
        break;
      }
      case CrReplacement::Poisson:
        for (std::size_t j = 0; j < plan.drawn.size(); ++j) {
          if (random.uniform() < plan.p(plan.drawn[j])) take(j);
        }
        break;
    }
  }
  out.factors = Eigen::Map<const Vector<double>>(factors.data(), static_cast<Index>(factors.size()));
  return out;
}

}  // namespace rankscope
