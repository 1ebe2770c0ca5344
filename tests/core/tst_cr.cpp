// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <functional>

#include "core/methods/cr.h"
#include "core/methods/product.h"
#include "tests/support/support.h"
#include "tests/support/vectors.h"

using namespace rankscope;
using namespace rankscope::test;

namespace {

Problem problemOf(const Matrix<double>& X, const Matrix<double>& Y) { return {.X = makeMatrix(X), .Y = makeMatrix(Y)}; }

Pairs pairsOf(const Matrix<double>& X, const Matrix<double>& Y) {
  auto made = rankscope::pairsOf(problemOf(X, Y), {});
  if (!made) throw std::runtime_error(made.error().message());
  return std::move(*made);
}

CrPlan plan(const Pairs& pairs, CrScheme scheme, CrReplacement replacement, Index r, const Vector<double>& own = {}) {
  auto made = planOf(pairs, scheme, replacement, r, own, {});
  if (!made) throw std::runtime_error(made.error().message());
  return std::move(*made);
}

/// The squared error that is expected, of the product as it is.
double expected(const Pairs& pairs, CrScheme scheme, CrReplacement replacement, Index r,
                const Vector<double>& own = {}) {
  return std::ldexp(expectedSquaredError(pairs, plan(pairs, scheme, replacement, r, own), {}), 2 * pairs.exponent());
}

struct Row {
  const char* name;
  CrScheme scheme;
  CrReplacement replacement;
};
const std::vector<Row> kRandom = {{"norm", CrScheme::Norm, CrReplacement::With},
                                  {"uniform", CrScheme::Uniform, CrReplacement::With},
                                  {"leverage", CrScheme::Leverage, CrReplacement::With},
                                  {"own", CrScheme::Own, CrReplacement::With},
                                  {"without", CrScheme::Uniform, CrReplacement::Without},
                                  {"poisson", CrScheme::Norm, CrReplacement::Poisson},
                                  {"wta", CrScheme::Norm, CrReplacement::Wta}};

void rowsOf(const std::vector<Row>& rows) {
  QTest::addColumn<int>("row");
  for (std::size_t i = 0; i < rows.size(); ++i) QTest::newRow(rows[i].name) << static_cast<int>(i);
}

/// Any probabilities that are none of the others.
Vector<double> slanted(Index k) { return Vector<double>::LinSpaced(k, 1, 3) / (2.0 * static_cast<double>(k)); }

/// X of n×k with log-normal scales of its columns, as in METHODS 3.6.
Matrix<double> logNormal(Index n, Index k, double spread, std::uint64_t seed) {
  const Vector<double> scales = (spread * gaussian(k, 1, seed + 1000)).array().exp();
  return gaussian(n, k, seed) * scales.asDiagonal();
}

/// Every outcome of a plan: its probability and the weights d of its estimate X diag(d) Y.
void eachOutcome(const CrPlan& plan, Index k, const std::function<void(double, const Vector<double>&)>& visit) {
  Vector<double> d = Vector<double>::Zero(k);
  for (const Index i : plan.kept) d(i) += 1;
  const auto count = static_cast<Index>(plan.drawn.size());
  const double all = count > 0 ? plan.cumulative(count - 1) : 1;
  std::vector<bool> taken(plan.drawn.size(), false);
  std::function<void(Index, double)> draws;
  draws = [&](Index left, double probability) {
    if (left == 0 || count == 0) {
      visit(probability, d);
      return;
    }
    const bool without = plan.replacement == CrReplacement::Without;
    for (Index j = 0; j < count; ++j) {
      const auto at = static_cast<std::size_t>(j);
      if (without && taken[at]) continue;
      const double chance =
          without ? 1 / static_cast<double>(count - (plan.draws - left)) : plan.p(plan.drawn[at]) / all;
      d(plan.drawn[at]) += plan.multiplier(j);
      taken[at] = true;
      draws(left - 1, probability * chance);
      taken[at] = false;
      d(plan.drawn[at]) -= plan.multiplier(j);
    }
  };
  std::function<void(Index, double)> coins = [&](Index j, double probability) {
    if (j == count) {
      visit(probability, d);
      return;
    }
    const Index i = plan.drawn[static_cast<std::size_t>(j)];
    if (plan.p(i) < 1) coins(j + 1, probability * (1 - plan.p(i)));
    const double before = d(i);
    d(i) += plan.multiplier(j);
    coins(j + 1, probability * plan.p(i));
    d(i) = before;
  };
  if (plan.replacement == CrReplacement::Poisson) {
    coins(0, 1);
  } else {
    draws(plan.draws, 1);
  }
}

Approximation run(const Matrix<double>& X, const Matrix<double>& Y, Index r, const ParamValues& given,
                  const Context& context = {}) {
  const Method& method = *findMethod("cr", Kind::Product);
  const auto params = resolve(method.params, given, {.rows = X.rows(), .cols = Y.cols(), .inner = X.cols(), .dial = r});
  if (!params) throw std::runtime_error(params.error().message());
  auto made = method.run(problemOf(X, Y), r, *params, context);
  if (!made) throw std::runtime_error(made.error().message());
  return std::move(*made);
}

Matrix<double> estimateOf(const Approximation& a) {
  Matrix<double> out;
  reconstruct<double>(a, {.dial = a.maxDial, .muted = {}}, {0, 0, a.rows, a.cols}, out);
  return out;
}

const Probabilities& probabilitiesOf(const Approximation& a) { return std::get<Probabilities>(a.diagnostics.front()); }

}  // namespace

class TstCr : public QObject {
  Q_OBJECT

 private slots:
  void referenceVectorsAgree() {
    for (const auto& reference : referenceCases("cr")) {
      const Matrix<double> X = reference.input("X"), Y = reference.input("Y"), T = X * Y;
      const Index r = reference.integer("r");
      const Pairs pairs = pairsOf(X, Y);
      const double tolerance = 1e-9 * T.squaredNorm(), unit = std::ldexp(1.0, pairs.exponent());
      const auto near = [&](const Vector<double>& made, const std::string& name) {
        return (made - reference.expected(name).col(0)).norm() <= 1e-9 * reference.expected(name).norm();
      };
      QVERIFY(near(pairs.weights * unit, "weights"));
      QVERIFY(near(plan(pairs, CrScheme::Norm, CrReplacement::With, r).p, "p_opt"));
      RS_NEAR(expected(pairs, CrScheme::Norm, CrReplacement::With, r), reference.number("Esq_opt"), tolerance);
      RS_NEAR(minimalSquaredError(pairs, r) * unit * unit, reference.number("Esq_opt"), tolerance);
      RS_NEAR(expected(pairs, CrScheme::Uniform, CrReplacement::With, r), reference.number("Esq_uniform"), tolerance);
      RS_NEAR(expected(pairs, CrScheme::Uniform, CrReplacement::Without, r), reference.number("Esq_srswor"), tolerance);
      QVERIFY(near(plan(pairs, CrScheme::Norm, CrReplacement::Poisson, r).p, "poisson_q"));
      RS_NEAR(expected(pairs, CrScheme::Norm, CrReplacement::Poisson, r), reference.number("Esq_poisson"), tolerance);
      QCOMPARE(winners(pairs.weights, r), static_cast<Index>(reference.number("wta_c")));
      RS_NEAR(expected(pairs, CrScheme::Norm, CrReplacement::Wta, r), reference.number("Esq_wta"), tolerance);

      std::vector<Index> top = plan(pairs, CrScheme::Top, CrReplacement::With, r).kept;
      std::sort(top.begin(), top.end());
      const Matrix<double> set = reference.expected("top_set");
      QCOMPARE(static_cast<Index>(top.size()), set.size());
      for (Index i = 0; i < set.size(); ++i) QCOMPARE(top[static_cast<std::size_t>(i)], static_cast<Index>(set(i)));
      RS_NEAR(expected(pairs, CrScheme::Top, CrReplacement::With, r), reference.number("top_err_sq"), tolerance);
      const auto weights = leastSquaresWeights(pairs, top, {});
      QVERIFY(weights.has_value());
      RS_NEAR(weights->squaredError * unit * unit, reference.number("reweight_err_sq"), tolerance);
      if (reference.has("reweight_lambda")) QVERIFY(near(weights->lambda, "reweight_lambda"));
      const auto core = denseCore(pairs, top, {});
      QVERIFY(core.has_value());
      RS_NEAR(core->squaredError * unit * unit, reference.number("clr_err_sq"), tolerance);
    }
  }

  // Every outcome with its probability: the mean is T and the mean squared error is the formula's.
  void everyOutcomeTogetherIsTheTheory_data() { rowsOf(kRandom); }
  void everyOutcomeTogetherIsTheTheory() {
    QFETCH(int, row);
    const Row& what = kRandom[static_cast<std::size_t>(row)];
    for (const Index r : {Index{1}, Index{2}, Index{4}}) {
      Matrix<double> X = logNormal(3, 6, 0.8, 11);
      const Matrix<double> Y = gaussian(6, 4, 12);
      if (what.scheme != CrScheme::Leverage) X.col(2).setZero();  // a pair that weighs nothing
      const Pairs pairs = pairsOf(X, Y);
      const CrPlan made = plan(pairs, what.scheme, what.replacement, r, slanted(6));
      Matrix<double> mean = Matrix<double>::Zero(3, 4);
      double square = 0, sum = 0;
      Index outcomes = 0;
      eachOutcome(made, 6, [&](double probability, const Vector<double>& d) {
        const Matrix<double> estimate = pairs.X * d.asDiagonal() * pairs.Y;
        mean += probability * estimate;
        square += probability * (estimate - pairs.T).squaredNorm();
        sum += probability;
        ++outcomes;
      });
      QVERIFY(outcomes > 0 && outcomes <= 100000);
      // Sums of some thousand terms, each to rounding, of the size of the largest estimate: 1/p is below 1e3 here.
      RS_NEAR(sum, 1, 1e-12);
      RS_AT_MOST((mean - pairs.T).norm(), 1e-11 * pairs.T.norm());
      RS_NEAR(square, expectedSquaredError(pairs, made, {}), 1e-10 * pairs.total * pairs.total);
    }
  }

  void normProbabilitiesAreTheBest() {
    const Pairs pairs = pairsOf(logNormal(8, 12, 1, 21), gaussian(12, 9, 22));
    const double least = expected(pairs, CrScheme::Norm, CrReplacement::With, 5);
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      const Vector<double> noise = (0.3 * gaussian(12, 1, seed)).array().exp();
      const Vector<double> moved = pairs.weights.cwiseProduct(noise);
      QVERIFY(expected(pairs, CrScheme::Own, CrReplacement::With, 5, moved) > least);
    }
  }

  void theCloudFollowsTheTheory_data() { rowsOf(kRandom); }
  void theCloudFollowsTheTheory() {
    QFETCH(int, row);
    const Row& what = kRandom[static_cast<std::size_t>(row)];
    const Pairs pairs = pairsOf(logNormal(15, 30, 0.7, 31), gaussian(30, 12, 32));
    const CrPlan made = plan(pairs, what.scheme, what.replacement, 8, slanted(30));
    const Index n = 4000;
    const auto trials = crTrials(pairs, made, n, {.seed = 5});
    QVERIFY(trials.has_value());
    QCOMPARE(trials->squaredErrors.size(), n);
    const double mean = trials->squaredErrors.mean(), count = static_cast<double>(n);
    const double spread = std::sqrt((trials->squaredErrors.array() - mean).square().sum() / (count - 1));
    RS_NEAR(mean, trials->expectedSquaredError, 5 * spread / std::sqrt(count));
    // The mean of n estimates has the squared error E/n on average; a sum of squares of nearly normal entries, whose
    // standard deviation is at most √2 of that.
    RS_AT_MOST(std::pow(trials->meanError(n - 1), 2), (1 + 5 * std::sqrt(2.0)) * trials->expectedSquaredError / count);
    RS_NEAR(trials->productNorm, (pairs.T * std::ldexp(1.0, pairs.exponent())).norm(), 1e-12 * trials->productNorm);
  }

  // What is computed from the Gram matrix is the residual's own norm.
  void trialsMeasureTheResidual() {
    const Matrix<double> X = logNormal(10, 20, 1, 41), Y = gaussian(20, 14, 42), T = X * Y;
    const Pairs pairs = pairsOf(X, Y);
    const CrPlan made = plan(pairs, CrScheme::Norm, CrReplacement::With, 6);
    const Context context{.seed = 9};
    const auto trials = crTrials(pairs, made, 100, context);
    Matrix<double> sum = Matrix<double>::Zero(10, 14);
    for (Index t = 0; t < 100; ++t) {
      const CrDraw drawn = draw(made, context.random("trial", static_cast<std::uint64_t>(t)));
      Matrix<double> estimate = Matrix<double>::Zero(10, 14);
      for (std::size_t j = 0; j < drawn.pairs.size(); ++j)
        estimate += drawn.factors(static_cast<Index>(j)) * X.col(drawn.pairs[j]) * Y.row(drawn.pairs[j]);
      sum += estimate;
      const double mean = (sum / static_cast<double>(t + 1) - T).norm();
      RS_NEAR(trials->squaredErrors(t), (estimate - T).squaredNorm(), 1e-10 * (estimate - T).squaredNorm());
      RS_NEAR(trials->meanError(t), mean, 1e-10 * mean);
    }
  }

  void trialsDependOnNoThreadAndExtend() {
    const Pairs pairs = pairsOf(logNormal(12, 150, 1, 51), gaussian(150, 140, 52));
    const CrPlan made = plan(pairs, CrScheme::Norm, CrReplacement::Wta, 20);
    const auto one = crTrials(pairs, made, 300, {.seed = 3, .threads = 1}),
               three = crTrials(pairs, made, 300, {.seed = 3, .threads = 3}),
               some = crTrials(pairs, made, 70, {.seed = 3, .threads = 2}),
               other = crTrials(pairs, made, 70, {.seed = 4, .threads = 2});
    QVERIFY(one->squaredErrors == three->squaredErrors && one->meanError == three->meanError);
    QVERIFY(one->squaredErrors.head(70) == some->squaredErrors && one->meanError.head(70) == some->meanError);
    QVERIFY(some->squaredErrors != other->squaredErrors);
    QCOMPARE(one->planned, Index{300});
  }

  // All terms alike: every estimate by norm is exact, which the Gram form alone would lose to rounding.
  void estimatesThatAreExactSaySo() {
    const Matrix<double> x = gaussian(9, 1, 61), y = gaussian(1, 7, 62);
    const Matrix<double> X = x * Matrix<double>::Ones(1, 40), Y = Matrix<double>::Ones(40, 1) * y;
    const Pairs pairs = pairsOf(X, Y);
    const auto trials = crTrials(pairs, plan(pairs, CrScheme::Norm, CrReplacement::With, 5), 50, {});
    // Terms of the size of T, 40 of them, each to rounding.
    RS_AT_MOST(std::sqrt(trials->squaredErrors.maxCoeff()), 40 * 40 * 0x1p-52 * trials->productNorm);
    RS_AT_MOST(std::sqrt(trials->expectedSquaredError), 1e-7 * trials->productNorm);
  }

  void orderingsHold() {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      const Pairs pairs = pairsOf(logNormal(20, 40, 1, seed), gaussian(40, 30, seed + 100));
      const Index r = 10;
      const double best = expected(pairs, CrScheme::Norm, CrReplacement::With, r),
                   without = expected(pairs, CrScheme::Uniform, CrReplacement::Without, r),
                   uniform = expected(pairs, CrScheme::Uniform, CrReplacement::With, r),
                   wta = expected(pairs, CrScheme::Norm, CrReplacement::Wta, r),
                   top = expected(pairs, CrScheme::Top, CrReplacement::With, r);
      QVERIFY(best < without && without < uniform);
      QVERIFY(wta <= best && top < wta);
      const CrPlan chosen = plan(pairs, CrScheme::Top, CrReplacement::With, r);
      const double up = std::ldexp(1.0, 2 * pairs.exponent()), rounding = 1e-12 * pairs.productSquare * up;
      const double weighted = leastSquaresWeights(pairs, chosen.kept, {})->squaredError * up,
                   dense = denseCore(pairs, chosen.kept, {})->squaredError * up;
      QVERIFY(dense <= weighted + rounding && weighted <= top + rounding);
    }
  }

  void winnersTakingAllNeverLose() {
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
      const Index k = 3 + static_cast<Index>(seed % 12), r = 1 + static_cast<Index>(seed % 7);
      const Pairs pairs =
          pairsOf(logNormal(4, k, 0.2 + 0.004 * static_cast<double>(seed), seed), gaussian(k, 5, seed + 7));
      RS_AT_MOST(expected(pairs, CrScheme::Norm, CrReplacement::Wta, r),
                 expected(pairs, CrScheme::Norm, CrReplacement::With, r) +
                     1e-12 * std::ldexp(pairs.total * pairs.total, 2 * pairs.exponent()));
    }
  }

  void theLargestAreOptimalWhenOrthogonal() {
    Vector<double> w(6);
    w << 1, 5, 3, 5, 2, 4;
    const Pairs pairs = pairsOf(Matrix<double>(w.asDiagonal()), Matrix<double>::Identity(6, 6));
    const CrPlan made = plan(pairs, CrScheme::Top, CrReplacement::With, 3);
    QCOMPARE(made.kept, (std::vector<Index>{1, 3, 5}));  // of equal ones the lowest index first
    RS_NEAR(expected(pairs, CrScheme::Top, CrReplacement::With, 3), 1 + 9 + 4, 1e-14 * 80);
  }

  void waterFillsToTheBrim() {
    Vector<double> w(6);
    w << 8, 1, 0, 1, 2, 8;
    const Vector<double> q = waterFilling(w, 4);  // two are full, the other two places go to 1, 1, 2 in proportion
    Vector<double> exact(6);
    exact << 1, 0.5, 0, 0.5, 1, 1;
    RS_AT_MOST((q - exact).norm(), 1e-15 * 10);
    for (Index r = 1; r <= 12; ++r) {
      const Vector<double> weights = logNormal(1, 12, 1.5, static_cast<std::uint64_t>(r)).cwiseAbs().transpose();
      const Vector<double> filled = waterFilling(weights, r);
      RS_NEAR(filled.sum(), r, 12 * 0x1p-52 * 12);
      QVERIFY(filled.minCoeff() > 0 && filled.maxCoeff() <= 1);
    }
    QCOMPARE(waterFilling(w, 5), Vector<double>((w.array() > 0).cast<double>()));
    QVERIFY(waterFilling(Vector<double>::Zero(3), 2).isZero(0));
  }

  void winnersAreCounted() {
    Vector<double> w(5);
    w << 1, 1, 1, 1, 1;
    QCOMPARE(winners(w, 3), Index{0});  // (5 − c)/(3 − c) only rises
    QCOMPARE(winners(w, 5), Index{4});  // exact: all but one kept, the last drawn for sure
    QCOMPARE(winners(w, 9), Index{5});
    w << 10, 1, 1, 1, 1;
    QCOMPARE(winners(w, 2), Index{1});  // 14/2 against 4/1
    w << 4, 1, 1, 1, 1;
    QCOMPARE(winners(w, 2), Index{0});  // 8/2 = 4/1: the smaller
    QCOMPARE(winners(Vector<double>::Zero(4), 2), Index{0});
  }

  void enoughPairsAreExact() {
    Matrix<double> X = gaussian(5, 7, 71);
    const Matrix<double> Y = gaussian(7, 4, 72);
    X.col(3).setZero();
    const Matrix<double> T = X * Y;
    const std::vector<std::pair<ParamValues, Index>> exact = {
        {{{"scheme", std::string("top")}}, 6},
        {{{"replacement", std::string("poisson")}}, 6},
        {{{"replacement", std::string("wta")}}, 6},
        {{{"replacement", std::string("wta")}}, 7},
        {{{"scheme", std::string("uniform")}, {"replacement", std::string("without")}}, 7}};
    for (const auto& [params, r] : exact) {
      const Approximation made = run(X, Y, r, params);
      RS_AT_MOST(ratio(estimateOf(made) - T, T), 30);
      RS_AT_MOST(std::sqrt(probabilitiesOf(made).expectedSquaredError), 30 * 7 * 0x1p-52 * T.norm());
    }
  }

  void edgesAreDefined_data() {
    QTest::addColumn<int>("n");
    QTest::addColumn<int>("k");
    QTest::addColumn<int>("m");
    QTest::addColumn<double>("scaleX");
    QTest::addColumn<double>("scaleY");
    const auto row = [](int n, int k, int m, double x, double y) {
      QTest::addRow("%dx%dx%d, %g, %g", n, k, m, x, y) << n << k << m << x << y;
    };
    row(1, 1, 1, 1, 1);
    row(1, 5, 1, 1, 1);
    row(5, 1, 5, 1, 1);
    row(4, 6, 3, 0, 1);
    row(4, 6, 3, 0, 0);
    row(4, 6, 3, 1e300, 1e-300);
    row(4, 6, 3, 1e300, 1);
    row(4, 6, 3, 1e-300, 1e10);
    row(4, 6, 3, 1e150, 1e150);
    row(4, 6, 3, 1e-140, 1e-140);
  }
  void edgesAreDefined() {
    QFETCH(int, n);
    QFETCH(int, k);
    QFETCH(int, m);
    QFETCH(double, scaleX);
    QFETCH(double, scaleY);
    const Matrix<double> X = gaussian(n, k, 81), Y = gaussian(k, m, 82), T = X * Y;
    const bool zero = scaleX == 0 || scaleY == 0;
    const Pairs pairs = pairsOf(X * scaleX, Y * scaleY), plainPairs = pairsOf(X, Y);
    for (const char* scheme : {"norm", "uniform", "leverage", "own", "top"}) {
      for (const char* replacement : {"with", "without", "poisson", "wta"}) {
        const bool without = std::string(replacement) == "without", chosen = std::string(scheme) == "top";
        if ((without && std::string(scheme) != "uniform") || (chosen && std::string(replacement) != "with")) continue;
        ParamValues params{{"scheme", std::string(scheme)}};
        if (!chosen) params["replacement"] = std::string(replacement);
        if (std::string(scheme) == "own")
          params["probabilities"] = std::vector<double>(static_cast<std::size_t>(k), 1.0 / k);
        const Index r = std::min(2, k);
        const Approximation made = run(X * scaleX, Y * scaleY, r, params, {.seed = 4});
        const Matrix<double> estimate = estimateOf(made);
        QVERIFY(estimate.allFinite());
        if (zero) {
          QVERIFY(estimate.isZero(0));
          QCOMPARE(probabilitiesOf(made).expectedSquaredError, 0.0);
          continue;
        }
        // The same draws, whatever the scale: the estimate only changes by it.
        const Matrix<double> plain = estimateOf(run(X, Y, r, params, {.seed = 4}));
        RS_AT_MOST((((estimate / scaleX) / scaleY) - plain).norm(), 1e-12 * (plain.norm() + T.norm()));
      }
    }
    const auto at = [&](const Pairs& of, Index trials) {
      auto made = crTrials(of, plan(of, CrScheme::Norm, CrReplacement::With, 2), trials, {});
      return Vector<double>(made->meanError);
    };
    const Vector<double> errors = at(pairs, 20), plain = at(plainPairs, 20);
    if (zero) {
      QVERIFY(errors.isZero(0));
    } else {
      RS_AT_MOST((((errors / scaleX) / scaleY) - plain).norm(), 1e-9 * T.norm());
    }
  }

  void refusalsNameWhatIsAllowed() {
    const Problem problem = problemOf(gaussian(3, 4, 1), gaussian(4, 2, 2));
    const Method& method = *findMethod("cr", Kind::Product);
    const auto refused = [&](const ParamValues& given) {
      const auto params = resolve(method.params, given, {.rows = 3, .cols = 2, .inner = 4, .dial = 2});
      if (!params) return params.error().kind == ErrorKind::Usage ? params.error().message() : "";
      const auto made = method.run(problem, 2, *params, {});
      return !made && made.error().kind == ErrorKind::Usage ? made.error().message() : std::string();
    };
    const auto says = [](const std::string& message, const char* part) {
      return message.find(part) != std::string::npos;
    };
    const std::string own = "own";
    QVERIFY(says(refused({{"replacement", std::string("without")}}), "without with scheme=uniform"));
    QVERIFY(says(refused({{"scheme", std::string("top")}, {"replacement", std::string("wta")}}), "only with scheme"));
    QVERIFY(says(refused({{"probabilities", std::vector<double>{1, 1, 1, 1}}}), "only with scheme=own"));
    QVERIFY(says(refused({{"scheme", std::string("best")}}), "norm, uniform, leverage, own or top"));
    QVERIFY(says(refused({{"scheme", own}}), "4 numbers from 0"));
    QVERIFY(says(refused({{"scheme", own}, {"probabilities", std::vector<double>{1, 1}}}), "4 numbers from 0"));
    QVERIFY(says(refused({{"scheme", own}, {"probabilities", std::vector<double>{1, 1, -1, 1}}}), "from 0"));
    QVERIFY(says(refused({{"scheme", own}, {"probabilities", std::vector<double>{1, 1, 0, 1}}}), "pair 2"));
    QVERIFY(says(refused({{"scheme", own}, {"probabilities", std::vector<double>{0, 0, 0, 0}}}), "not all of them 0"));
    QVERIFY(refused({{"scheme", own}, {"probabilities", std::vector<double>{1, 1, 2, 1}}}).empty());
  }

  void ownProbabilitiesAreDividedBySum() {
    const Matrix<double> X = gaussian(3, 4, 1), Y = gaussian(4, 2, 2);
    const auto made = [&](std::vector<double> p) {
      return run(X, Y, 2, {{"scheme", std::string("own")}, {"probabilities", std::move(p)}});
    };
    const Approximation raw = made({2, 1, 4, 1}), normal = made({0.25, 0.125, 0.5, 0.125});
    QCOMPARE(raw.notices.size(), std::size_t{1});
    QVERIFY(raw.notices.front().str().find("sum to 8") != std::string::npos);
    QVERIFY(normal.notices.empty());
    QVERIFY(estimateOf(raw) == estimateOf(normal));
  }

  // v₁ of X is the first unit vector: all other leverage scores are 0 at r = 1.
  void leverageIsMixedWhereItIsZero() {
    Matrix<double> X = Matrix<double>::Zero(3, 3);
    X.diagonal() << 4, 2, 1;
    const Approximation made = run(X, Matrix<double>::Ones(3, 2), 1, {{"scheme", std::string("leverage")}});
    Vector<double> p(3);
    p << 0.9 + 0.1 / 3, 0.1 / 3, 0.1 / 3;
    RS_AT_MOST((probabilitiesOf(made).p - p).norm(), 1e-15 * 4);
    QCOMPARE(made.notices.size(), std::size_t{1});
    const Approximation whole = run(X, Matrix<double>::Ones(3, 2), 3, {{"scheme", std::string("leverage")}});
    RS_AT_MOST((probabilitiesOf(whole).p - Vector<double>::Constant(3, 1.0 / 3)).norm(), 1e-15 * 4);
  }

  void onlyTheLargestAreNested() {
    const Matrix<double> X = logNormal(8, 10, 1, 91), Y = gaussian(10, 6, 92);
    const Approximation all = run(X, Y, 6, {{"scheme", std::string("top")}}),
                        few = run(X, Y, 2, {{"scheme", std::string("top")}});
    QVERIFY(all.nested && !run(X, Y, 2, {}).nested);
    Matrix<double> cut;
    reconstruct<double>(all, {.dial = 2, .muted = {}}, {0, 0, 8, 6}, cut);
    RS_AT_MOST((cut - estimateOf(few)).norm(), 1e-14 * cut.norm());
    QCOMPARE(factorsAt(all, 2).front().shape, (std::vector<Index>{8, 2}));
    QCOMPARE(factorsAt(all, 2).back().shape, (std::vector<Index>{2, 6}));
  }

  void moreDrawsExtendFewer() {
    const Matrix<double> X = gaussian(5, 9, 1), Y = gaussian(9, 4, 2);
    const auto five = probabilitiesOf(run(X, Y, 5, {})).draws, thirty = probabilitiesOf(run(X, Y, 30, {})).draws;
    QCOMPARE(thirty.size(), std::size_t{30});
    QVERIFY(std::equal(five.begin(), five.end(), thirty.begin()));
  }

  void theBoundsHold() {
    const Matrix<double> X = logNormal(10, 25, 0.5, 95), Y = gaussian(25, 8, 96);
    const Pairs pairs = pairsOf(X, Y);
    for (const char* scheme : {"norm", "uniform", "leverage"}) {
      const Approximation made = run(X, Y, 6, {{"scheme", std::string(scheme)}});
      const Bounds& bounds = std::get<Bounds>(made.diagnostics.back());
      RS_AT_MOST(bounds.measured(0), bounds.values(0));
      const CrScheme of = scheme[0] == 'n' ? CrScheme::Norm : scheme[0] == 'u' ? CrScheme::Uniform : CrScheme::Leverage;
      const auto trials = crTrials(pairs, plan(pairs, of, CrReplacement::With, 6), 500, {});
      const double bound = bounds.values(1) * bounds.values(1);
      QVERIFY((trials->squaredErrors.array() > bound).count() <= 25);  // 5 % of 500
    }
  }

  void floatIsClose() {
    const Matrix<double> X = gaussian(12, 20, 1), Y = gaussian(20, 9, 2);
    const Matrix<double> exact = estimateOf(run(X, Y, 7, {})),
                         single = estimateOf(run(X, Y, 7, {}, {.precision = Precision::Float}));
    // Two factors rounded to float: 2⁻²⁴ of each entry of both.
    RS_AT_MOST((single - exact).norm(), 4 * 0x1p-24 * 7 * exact.norm());
  }

  void theCurveIsThatOfEachSize() {
    const Matrix<double> X = logNormal(8, 10, 1, 91), Y = gaussian(10, 6, 92);
    const std::vector<Index> sizes = {1, 3, 10, 40};
    for (const char* scheme : {"norm", "uniform", "top"}) {
      const ParamValues params{{"scheme", std::string(scheme)}};
      const auto curve = crErrorCurve(problemOf(X, Y), params, sizes, {});
      for (std::size_t j = 0; j < 3; ++j)
        RS_NEAR((*curve)(static_cast<Index>(j)), probabilitiesOf(run(X, Y, sizes[j], params)).expectedSquaredError,
                1e-13 * (X * Y).squaredNorm());
      QVERIFY((*curve)(3) <= (*curve)(2));
    }
  }
};

QTEST_GUILESS_MAIN(TstCr)
#include "tst_cr.moc"
