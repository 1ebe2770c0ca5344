// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/methods/cr.h"

namespace rankscope {

namespace {

constexpr Index kMostRepeats = 100;  // pairs drawn with replacement: up to so many times as there are

const std::vector<std::string> kSchemes = {"norm", "uniform", "leverage", "own", "top"};
const std::vector<std::string> kReplacements = {"with", "without", "poisson", "wta"};

struct Choice {
  CrScheme scheme = CrScheme::Norm;
  CrReplacement replacement = CrReplacement::With;
  Vector<double> own;
};

template <class E>
E chosen(const std::vector<std::string>& names, const ParamValues& params, const std::string& name) {
  const auto found = params.find(name);
  if (found == params.end()) return E{};
  const auto place = std::find(names.begin(), names.end(), std::get<std::string>(found->second));
  expects(place != names.end(), "cr: parameters are resolved");
  return static_cast<E>(place - names.begin());
}

Choice choiceOf(const ParamValues& params) {
  Choice out{.scheme = chosen<CrScheme>(kSchemes, params, "scheme"),
             .replacement = chosen<CrReplacement>(kReplacements, params, "replacement"),
             .own = {}};
  if (const auto own = params.find("probabilities"); own != params.end()) {
    const auto& list = std::get<std::vector<double>>(own->second);
    out.own = Eigen::Map<const Vector<double>>(list.data(), static_cast<Index>(list.size()));
  }
  return out;
}

struct Prepared {
  Pairs pairs;
  CrPlan plan;
};

Result<Prepared> prepared(const Problem& problem, Index r, const ParamValues& params, const Context& context) {
  auto pairs = pairsOf(problem, context);
  if (!pairs) return pairs.error();
  const Choice choice = choiceOf(params);
  auto plan = planOf(*pairs, choice.scheme, choice.replacement, r, choice.own, context);
  if (!plan) return plan.error();
  return Prepared{.pairs = std::move(*pairs), .plan = std::move(*plan)};
}

// The proved bounds hold for drawing with replacement, with p ≥ β w/Z (Drineas, Kannan & Mahoney 2006, theorem 1).
std::optional<Bounds> boundsOf(const Pairs& pairs, const CrPlan& plan, double expected) {
  if (plan.scheme == CrScheme::Top || plan.replacement != CrReplacement::With || pairs.total == 0) return std::nullopt;
  double beta = 1;
  for (Index i = 0; i < pairs.count(); ++i) {
    if (pairs.weights(i) > 0) beta = std::min(beta, plan.p(i) / (pairs.weights(i) / pairs.total));
  }
  constexpr double kDoubt = 0.05;
  const double mean = pairs.normX * pairs.normY / std::sqrt(beta * static_cast<double>(plan.pairs));
  const double eta = 1 + std::sqrt(8 / beta * std::log(1 / kDoubt));
  const double up = std::ldexp(1.0, pairs.exponent());
  Bounds out;
  out.names = {"root mean square error", "error, with probability 95 %"};
  out.values = Vector<double>(2);
  out.values << mean * up, eta * mean * up;
  out.measured = Vector<double>(2);
  out.measured << std::sqrt(expected) * up, std::numeric_limits<double>::quiet_NaN();
  return out;
}

template <class T>
Result<Approximation> assembled(const Pairs& pairs, const CrDraw& drawn) {
  const auto count = static_cast<Index>(drawn.pairs.size());
  Matrix<T> C(pairs.X.rows(), count), R(count, pairs.Y.cols());
  const double upX = std::ldexp(1.0, pairs.exponentX), upY = std::ldexp(1.0, pairs.exponentY);
  for (Index t = 0; t < count; ++t) {
    const Index i = drawn.pairs[static_cast<std::size_t>(t)];
    const double half = std::sqrt(drawn.factors(t));
    C.col(t) = ((pairs.X.col(i) * half) * upX).template cast<T>();
    R.row(t) = ((pairs.Y.row(i) * half) * upY).template cast<T>();
  }
  if (!C.allFinite() || !R.allFinite()) {
    return computeError("cr", "a drawn pair over its probability is beyond the range of numbers",
                        "divide one of the matrices by a power of ten first");
  }
  Approximation out;
  out.rows = C.rows();
  out.cols = R.cols();
  out.maxDial = count;
  out.parameters = static_cast<double>(count * (out.rows + out.cols));
  out.factors = factorList(Factor{.name = "C", .shape = {out.rows, count}, .values = C},
                           Factor{.name = "R", .shape = {count, out.cols}, .values = R});
  out.form = LowRank{.left = std::move(C), .weights = Vector<double>::Ones(count), .right = std::move(R)};
  return out;
}

Result<Approximation> run(const Problem& problem, Index r, const ParamValues& params, const Context& context) {
  const bool single = context.precision == Precision::Float;
  if (single) {
    if (auto refused = refuseBeyondFloat(*problem.X)) return *refused;
    if (auto refused = refuseBeyondFloat(*problem.Y)) return *refused;
  }
  const auto made = prepared(problem, r, params, context);
  if (!made) return made.error();
  const auto& [pairs, plan] = *made;
  const double most = static_cast<double>(plan.kept.size()) +
                      static_cast<double>(plan.replacement == CrReplacement::Poisson ? plan.drawn.size() : plan.draws);
  const double sides = static_cast<double>(pairs.X.rows() + pairs.Y.cols());
  if (auto refused = context.refuseMemory("cr", 2 * most * sides * (single ? 4 : 8), "fewer pairs need less"))
    return *refused;
  const CrDraw drawn = draw(plan, context.random("cr"));
  auto out = single ? assembled<float>(pairs, drawn) : assembled<double>(pairs, drawn);
  if (!out) return out;
  out->dial = plan.pairs;
  out->nested = plan.scheme == CrScheme::Top;
  if (plan.pairs < r) out->status = SolveStatus::Clamped;
  out->notices = plan.notices;
  const double expected = expectedSquaredError(pairs, plan, context);
  out->diagnostics.push_back(
      Probabilities{.weights = pairs.weights.unaryExpr([&](double w) { return std::ldexp(w, pairs.exponent()); }),
                    .p = plan.p,
                    .draws = drawn.pairs,
                    .factors = drawn.factors,
                    .expectedSquaredError = squareAtSize(expected, pairs.exponent()),
                    .minimalSquaredError = squareAtSize(minimalSquaredError(pairs, plan.pairs), pairs.exponent())});
  out->diagnostics.push_back(Selection{.rows = drawn.pairs, .columns = drawn.pairs});
  if (auto bounds = boundsOf(pairs, plan, expected)) out->diagnostics.push_back(std::move(*bounds));
  return out;
}

}  // namespace

Result<Vector<double>> crErrorCurve(const Problem& problem, const ParamValues& params, std::span<const Index> sizes,
                                    const Context& context) {
  const auto pairs = pairsOf(problem, context);
  if (!pairs) return pairs.error();
  const Choice choice = choiceOf(params);
  Vector<double> out(static_cast<Index>(sizes.size()));
  for (std::size_t j = 0; j < sizes.size(); ++j) {
    context.checkpoint();
    const auto plan = planOf(*pairs, choice.scheme, choice.replacement, sizes[j], choice.own, context);
    if (!plan) return plan.error();
    out(static_cast<Index>(j)) = squareAtSize(expectedSquaredError(*pairs, *plan, context), pairs->exponent());
  }
  return out;
}

Method crMethod() {
  return {
      .id = "cr",
      .title = "Column–row sampling",
      .help = "a sum of r of the k column–row pairs: chosen, or drawn so that the mean is right",
      .reference = "Drineas, Kannan & Mahoney 2006; winner-take-all: Liu et al. 2023",
      .kind = Kind::Product,
      .access = Access::Entries,
      .random = true,
      .randomOnlyIf = OnlyIf{"scheme", {"norm", "uniform", "leverage", "own"}},
      .dial = {.name = "pairs",
               .title = "Pairs",
               .fallback = {},
               .max =
                   [](Index inner, Index, const ParamValues& params) {
                     const Choice choice = choiceOf(params);
                     const bool again = choice.scheme != CrScheme::Top && choice.replacement == CrReplacement::With;
                     return again ? kMostRepeats * inner : inner;
                   },
               .isRank = false},
      .params = {{.name = "scheme",
                  .title = "Probabilities",
                  .help =
                      "how likely a pair is: by its norms, alike, by leverage, as given, or the largest ones for sure",
                  .fallback = ParamValue{std::string("norm")},
                  .choices = kSchemes},
                 {.name = "replacement",
                  .title = "Drawing",
                  .help =
                      "with replacement, without (uniform only), each pair by itself (poisson), or the largest kept "
                      "and the rest drawn (wta)",
                  .fallback = ParamValue{std::string("with")},
                  .choices = kReplacements,
                  .onlyIf = OnlyIf{.param = "scheme", .values = {"norm", "uniform", "leverage", "own"}}},
                 {.name = "probabilities",
                  .title = "Own probabilities",
                  .help = "one number from 0 for each pair; divided by their sum",
                  .fallback = ParamValue{std::vector<double>{}},
                  .min = 0,
                  .max = 1e300,
                  .onlyIf = OnlyIf{.param = "scheme", .values = {"own"}}}},
      .cost =
          [](const ParamScope& p) {
            const double n = static_cast<double>(p.rows), k = static_cast<double>(p.inner),
                         m = static_cast<double>(p.cols), r = static_cast<double>(p.dial);
            return Cost{.parameters = r * (n + m),
                        .applyFlops = 2 * r * (n + m),
                        .flops = 2 * k * (n + m) + 2 * n * k * m,
                        .bytes = 8 * (n * k + k * m + 2 * n * m + r * (n + m))};
          },
      .run = run,
      .trials = [](const Problem& problem, Index dial, const ParamValues& params, Index n, const Context& context,
                   const std::function<void(const Trials&)>& soFar) -> Result<Trials> {
        const auto made = prepared(problem, dial, params, context);
        if (!made) return made.error();
        return crTrials(made->pairs, made->plan, n, context, soFar);
      }};
}

}  // namespace rankscope
