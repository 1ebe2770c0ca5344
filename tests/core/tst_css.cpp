// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/css.h"

#include <map>

#include "core/methods/column_draws.h"
#include "tests/support/columns.h"

using namespace rankscope;
using namespace rankscope::test;

namespace {

constexpr const char* kRules[] = {"greedy", "cpqr", "leverage", "volume", "adaptive", "uniform"};

Approximation css(const Matrix<double>& M, Index r, const char* rule, const Context& context = {}) {
  return runMethod("css", M, r, {{"rule", word(rule)}}, context);
}

// Every set of r of m indices, ascending.
std::vector<std::vector<Index>> subsets(Index m, Index r) {
  std::vector<std::vector<Index>> out;
  for (unsigned mask = 0; mask < (1u << m); ++mask) {
    std::vector<Index> set;
    for (Index j = 0; j < m; ++j) {
      if ((mask >> j & 1u) != 0) set.push_back(j);
    }
    if (static_cast<Index>(set.size()) == r) out.push_back(set);
  }
  return out;
}

double determinant(const Matrix<double>& M, const std::vector<Index>& J) {
  return std::exp(2 * singularValues(columnsAt(M, J)).array().log().sum());
}

struct Thin {
  Vector<double> sigma;
  Matrix<double> V;
};
Thin thin(const Matrix<double>& M) {
  const auto svd = linalg::exactSvd<double>(M, linalg::Job::Thin, {});
  return {svd->s, svd->Vt.transpose()};
}

}  // namespace

class TstCss : public QObject {
  Q_OBJECT

 private slots:
  void referenceVectorsAgree() {
    for (const auto& reference : referenceCases("id_cur")) {
      const Matrix<double> M = reference.input("M"), scores = reference.expected("leverage_cols");
      const Index r = reference.integer("r");
      const Approximation greedy = css(M, r, "greedy"), pivoted = css(M, r, "cpqr");
      QCOMPARE(diagnostic<Selection>(greedy)->columns, indicesOf(reference.expected("greedy_cols")));
      QCOMPARE(diagnostic<Selection>(pivoted)->columns, indicesOf(reference.expected("cpqr_cols")));
      const double error = reference.number("greedy_err_fro");
      RS_NEAR((M - productOf(greedy)).norm(), error, 1e-8 * error);
      RS_NEAR((M - productOf(pivoted)).norm(), reference.number("cpqr_err_fro"), 1e-8 * M.norm());
      const Probabilities drawn = *diagnostic<Probabilities>(css(M, r, "leverage"));
      for (Index j = 0; j < M.cols(); ++j) RS_NEAR(drawn.weights(j), scores(j), 1e-8);
      const double mean = reference.number("volume_expected_sq");
      RS_NEAR(volumeExpectation(thin(M).sigma, r), mean, 1e-8 * mean);
      RS_NEAR(diagnostic<Probabilities>(css(M, r, "volume"))->expectedSquaredError, mean, 1e-8 * mean);
      RS_NEAR(std::sqrt(diagnostic<Probabilities>(css(M, r, "volume"))->minimalSquaredError),
              reference.number("best_err_fro"), 1e-8);
    }
  }

  void theIdentitiesHold() {
    const Matrix<double> M = withSpectrum(40, 30, geometric(30, 0.8), 3);
    const double unit = 30 * 40 * 0x1p-52 * M.norm();
    for (const char* rule : kRules) {
      for (const Index r : {1, 6, 30}) {
        const Approximation made = css(M, r, rule);
        const auto& J = diagnostic<Selection>(made)->columns;
        QVERIFY(static_cast<Index>(J.size()) == r && distinct(J));
        const Matrix<double> C = factor(made, 0), Z = factor(made, 1), product = productOf(made);
        QVERIFY(C == columnsAt(M, J));
        QVERIFY(columnsAt(Z, J) == Matrix<double>::Identity(r, r));
        RS_NEAR((M - product).norm(), projectionError(M, J), unit);
        RS_AT_MOST(optimum(M, r), (M - product).norm() + unit);
        // Least squares: nothing of the columns is left in the residual.
        RS_AT_MOST((C.transpose() * (M - product)).norm(), unit * C.norm());
        // Pythagoras, which sees errors above √ε only.
        const auto fit = fitColumns<double>(M, J, {});
        RS_NEAR(std::pow((M - product).norm(), 2), M.squaredNorm() - fit->S.squaredNorm(),
                30 * 40 * 0x1p-52 * M.squaredNorm());
        QCOMPARE(made.parameters, static_cast<double>(r * (40 + 30)));
        QCOMPARE(diagnostic<Probabilities>(made) != nullptr,
                 std::string(rule) != "greedy" && std::string(rule) != "cpqr");
      }
    }
  }

  // What a step of the greedy rule takes off, tried for every column.
  void greedyIsTheBestStep() {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      const Matrix<double> M = withSpectrum(20, 15, geometric(15, 0.75), seed);
      const auto J = greedyColumns<double>(M, 8, {});
      for (std::size_t k = 0; k < J.size(); ++k) {
        const std::vector<Index> before(J.begin(), J.begin() + static_cast<std::ptrdiff_t>(k));
        double best = 1e300;
        Index which = -1;
        for (Index j = 0; j < 15; ++j) {
          auto with = before;
          with.push_back(j);
          if (!distinct(with)) continue;
          const double error = projectionError(M, with);
          if (error < best) which = j;
          best = std::min(best, error);
        }
        QCOMPARE(J[k], which);
      }
    }
  }

  // EᵀE is only downdated between steps; without being formed anew its columns would be noise from 1e-8 on.
  void greedyStillSeesSmallResiduals() {
    const Matrix<double> M = withSpectrum(30, 25, geometric(25, 0.3), 4);
    const auto J = greedyColumns<double>(M, 22, {});
    Matrix<double> E = M;
    for (const Index j : J) {
      // The gain of the choice beside the best there is, from the residual itself.
      Vector<double> gains = (E.transpose() * E).colwise().squaredNorm().transpose();
      for (Index c = 0; c < 25; ++c) gains(c) = E.col(c).norm() > 1e-20 ? gains(c) / E.col(c).squaredNorm() : 0;
      RS_AT_MOST(gains.maxCoeff() * (1 - 1e-6), gains(j));
      const Vector<double> q = E.col(j).normalized();
      E -= q * (q.transpose() * E).eval();
      E.col(j).setZero();
    }
  }

  void leverageScoresSumToTheRank() {
    const Matrix<double> M = withSpectrum(40, 30, geometric(30, 0.9), 6);
    const Matrix<double> V = thin(M).V;
    for (const Index r : {1, 5, 30}) RS_NEAR(leverageScores<double>(V.leftCols(r)).sum(), r, 30 * 30 * 0x1p-52 * r);
    Matrix<double> zeros = M;
    zeros.col(3).setZero();
    zeros.col(17).setZero();
    const Probabilities drawn = *diagnostic<Probabilities>(css(zeros, 28, "leverage"));
    QVERIFY(drawn.weights(3) == 0 && drawn.weights(17) == 0);
    RS_NEAR(drawn.p.sum(), 1, 1e-12);
    for (const Index j : drawn.draws) QVERIFY(j != 3 && j != 17);
  }

  // Σ over all sets of det(CᵀC) e(J)², over Σ det(CᵀC): no sampling at all.
  void theMeanOfVolumeSamplingByEnumeration() {
    const Matrix<double> M = withSpectrum(6, 7, geometric(6, 0.6), 12);
    const Thin svd = thin(M);
    for (Index r = 1; r <= 5; ++r) {
      double sum = 0, errors = 0;
      Vector<double> inclusion = Vector<double>::Zero(7);
      for (const auto& J : subsets(7, r)) {
        const double weight = determinant(M, J), error = projectionError(M, J);
        sum += weight;
        errors += weight * error * error;
        for (const Index j : J) inclusion(j) += weight;
      }
      RS_NEAR(volumeExpectation(svd.sigma, r), errors / sum, 1e-10 * errors / sum);
      const Vector<double> p = volumeInclusion<double>(svd.V, svd.sigma, r);
      for (Index j = 0; j < 7; ++j) RS_NEAR(p(j), inclusion(j) / sum, 1e-10);
      RS_NEAR(p.sum(), r, 1e-10);
      RS_AT_MOST(volumeExpectation(svd.sigma, r), static_cast<double>(r + 1) * std::pow(optimum(M, r), 2));
    }
    RS_NEAR(volumeExpectation(svd.sigma, 6), 0, 0);
  }

  // A thousand values: e_r itself is far outside the range of double.
  void polynomialsOfManyValuesStayFinite() {
    const Vector<double> flat = Vector<double>::Ones(1000);
    // Of equal numbers: (r + 1) C(k, r + 1) / C(k, r) = k − r.
    RS_NEAR(volumeExpectation(flat, 400), 600, 1e-7);
    RS_NEAR(volumeExpectation(flat * 1e100, 10) / 1e200, 990, 1e-7);
    const Vector<double> steep = geometric(600, 0.5);
    const double mean = volumeExpectation(steep, 300), best = steep.tail(300).squaredNorm();
    QVERIFY(std::isfinite(mean) && mean >= best * (1 - 1e-9) && mean <= 301 * best);
  }

  // 20 000 draws of 2 of 5: each set's share within 5 standard deviations (10 sets: a right program fails 1 in 170 000
  // times, and this seed does not), and the mean error too.
  void volumeSamplingHasItsDistribution() {
    const Matrix<double> M = withSpectrum(6, 5, geometric(5, 0.6), 15);
    const Thin svd = thin(M);
    constexpr int kDraws = 20000;
    std::map<std::vector<Index>, int> counts;
    double sum = 0, errors = 0, squares = 0;
    for (int t = 0; t < kDraws; ++t) {
      auto J = volumeDraw<double>(svd.V, svd.sigma, 2, Random(3, "css", static_cast<std::uint64_t>(t)));
      std::sort(J.begin(), J.end());
      ++counts[J];
    }
    for (const auto& J : subsets(5, 2)) sum += determinant(M, J);
    for (const auto& J : subsets(5, 2)) {
      const double p = determinant(M, J) / sum, share = counts[J] / double{kDraws};
      RS_NEAR(share, p, 5 * std::sqrt(p * (1 - p) / kDraws));
      const double error = std::pow(projectionError(M, J), 2);
      errors += share * error;
      squares += p * error * error;
    }
    const double mean = volumeExpectation(svd.sigma, 2);
    RS_NEAR(errors, mean, 5 * std::sqrt((squares - mean * mean) / kDraws));
  }

  // The first draw has the stated probabilities; later ones those of what is left. Same count and tolerance as above.
  // The first column by its squared norm, the second by what is left of it beside the first.
  void adaptiveDrawsHaveTheirDistribution() {
    Matrix<double> M = Matrix<double>::Zero(3, 3);
    M << 1, 2, 0, 0, 0, 3, 0, 0, 0;  // columns 0 and 1 are parallel, column 2 is across
    constexpr int kDraws = 20000;
    Vector<double> first = Vector<double>::Zero(3);
    for (int t = 0; t < kDraws; ++t) {
      const auto J = adaptiveColumns<double>(M, 2, Random(4, "css", static_cast<std::uint64_t>(t)), {});
      QVERIFY(J.size() == 2);
      ++first(J[0]);
      // Beside 0 or 1 only 2 is left; beside 2 both others are, but never 2 again.
      QVERIFY(J[0] == 2 ? J[1] != 2 : J[1] == 2);
    }
    for (Index j = 0; j < 3; ++j) {
      const double p = M.col(j).squaredNorm() / 14;
      RS_NEAR(first(j) / kDraws, p, 5 * std::sqrt(p * (1 - p) / kDraws));
    }
  }

  // At any scale the weights shown are those of the matrix itself, which the method works on over a power of two.
  void weightsAreThoseOfTheMatrix() {
    const Matrix<double> M = withSpectrum(12, 9, geometric(9, 0.7), 21);
    for (const double scale : {1.0, 0x1p200, 0x1p-200}) {
      const Probabilities adaptive = *diagnostic<Probabilities>(css(M * scale, 3, "adaptive")),
                          volume = *diagnostic<Probabilities>(css(M * scale, 3, "volume"));
      QVERIFY(adaptive.columns && volume.columns);
      for (Index j = 0; j < 9; ++j) {
        const double norm = M.col(j).norm() * scale;
        RS_NEAR(adaptive.weights(j), norm * norm, 1e-13 * norm * norm);
        RS_NEAR(volume.weights(j), norm, 1e-13 * norm);
        RS_NEAR(adaptive.p(j), M.col(j).squaredNorm() / M.squaredNorm(), 1e-13);
      }
    }
  }

  void weightedDrawsHaveTheirDistribution() {
    Vector<double> weights(4);
    weights << 1, 0, 2, 5;
    constexpr int kDraws = 20000;
    Vector<double> first = Vector<double>::Zero(4);
    double both = 0;
    for (int t = 0; t < kDraws; ++t) {
      const auto J = weightedDraws(weights, 2, Random(4, "css", static_cast<std::uint64_t>(t)));
      QVERIFY(J.size() == 2 && J[0] != J[1] && J[0] != 1 && J[1] != 1);
      ++first(J[0]);
      if (J[0] == 3 && J[1] == 2) ++both;
    }
    for (Index j = 0; j < 4; ++j) {
      const double p = weights(j) / 8;
      RS_NEAR(first(j) / kDraws, p, 5 * std::sqrt(p * (1 - p) / kDraws));
    }
    const double p = 5.0 / 8 * 2 / 3;
    RS_NEAR(both / kDraws, p, 5 * std::sqrt(p * (1 - p) / kDraws));
    QCOMPARE(weightedDraws(weights, 4, Random(1, "css")).size(), std::size_t{3});
    QVERIFY(weightedDraws(Vector<double>::Zero(3), 2, Random(1, "css")).empty());
    // The ends of the interval.
    QCOMPARE(weightedIndex(weights, 0), Index{0});
    QCOMPARE(weightedIndex(weights, 1 - 0x1p-53), Index{3});
    Vector<double> equal(3);
    equal << 0, 1, 1;
    QCOMPARE(weightedIndex(equal, 0), Index{1});
    QCOMPARE(weightedIndex(equal, 0.5), Index{2});
  }

  void uniformDrawsAreSets() {
    for (std::uint64_t t = 0; t < 50; ++t) {
      const auto J = uniformDraws(6, 6, Random(t, "css"));
      QVERIFY(distinct(J) && J.size() == 6);
      // More draws begin with fewer.
      QVERIFY(std::equal(J.begin(), J.begin() + 3, uniformDraws(6, 3, Random(t, "css")).begin()));
    }
  }

  // best < {CPQR, greedy} < the mean of random subsets, and volume sampling's mean below its bound.
  void theAcceptanceOrderingsHold() {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      const Matrix<double> M = withSpectrum(40, 30, geometric(30, 0.8), 100 + seed);
      const auto error = [&](const char* rule, std::uint64_t s) {
        return (M - productOf(css(M, 6, rule, {.seed = s}))).norm();
      };
      double uniform = 0;
      for (std::uint64_t s = 0; s < 50; ++s) uniform += error("uniform", s) / 50;
      const double best = optimum(M, 6), pivoted = error("cpqr", 0), greedy = error("greedy", 0);
      QVERIFY2(
          best < pivoted && best < greedy && pivoted < uniform && greedy < uniform,
          qPrintable(QString("seed %1: %2 < %3, %4 < %5").arg(seed).arg(best).arg(pivoted).arg(greedy).arg(uniform)));
      const Approximation volume = css(M, 6, "volume", {.seed = seed});
      const Bounds& bounds = *diagnostic<Bounds>(volume);
      RS_AT_MOST(bounds.values(0), bounds.values(1));
      RS_NEAR(bounds.values(1), std::sqrt(7.0) * best, 1e-10 * best);
      RS_NEAR(bounds.measured(0), (M - productOf(volume)).norm(), 30 * 40 * 0x1p-52 * M.norm());
    }
  }

  void edgesAreDefined_data() { addEdgeRows(); }
  void edgesAreDefined() {
    QFETCH(int, n);
    QFETCH(int, m);
    QFETCH(int, rankOfM);
    QFETCH(int, r);
    QFETCH(double, scale);
    const Matrix<double> M = edgeMatrix(n, m, rankOfM, scale);
    for (const char* rule : kRules) {
      const Approximation made = css(M, r, rule);
      QCOMPARE(made.maxDial, Index{std::min(rankOfM, r)});
      QVERIFY(distinct(diagnostic<Selection>(made)->columns));
      QVERIFY(made.status == (rankOfM < r ? SolveStatus::RankDeficient : SolveStatus::Converged));
      // The rank within r columns: exact, to their condition.
      RS_AT_MOST(((productOf(made) - M) / scale).norm(), 1e4 * 0x1p-52 * std::max(n, m) * (M / scale).norm());
    }
  }

  // Two equal columns may both be drawn uniformly: C⁺ by tolerance, no division by what is nothing.
  void dependentColumnsAreNoTrouble() {
    Matrix<double> M = gaussian(9, 6, 2);
    M.rightCols(3) = M.leftCols(3);
    M.col(5) *= 2;
    const auto fit = fitColumns<double>(M, {1, 4, 0}, {});
    QCOMPARE(fit->rank, Index{2});
    const Matrix<double> C = columnsAt(M, {1, 4, 0});
    RS_AT_MOST(fit->Z.norm(), 10.0);
    RS_NEAR((M - C * fit->Z).norm(), projectionError(M, {1, 0}), 1e-13 * M.norm());
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      const Approximation made = css(M, 5, "uniform", {.seed = seed});
      QCOMPARE(made.maxDial, Index{3});  // the rank of M
      QVERIFY(productOf(made).allFinite());
    }
  }

  void floatIsCloseAndSeedsRepeat() {
    // Of the same rank in float: what is drawn depends on it.
    const Matrix<double> M = withSpectrum(50, 40, geometric(40, 0.8), 9);
    for (const char* rule : kRules) {
      const Context seven{.seed = 7}, single{.seed = 7, .precision = Precision::Float};
      const Approximation once = css(M, 6, rule, seven), one = css(M, 6, rule, single);
      QVERIFY(productOf(once) == productOf(css(M, 6, rule, seven)));
      QVERIFY(std::holds_alternative<Matrix<float>>(one.lowRank()->left));
      QCOMPARE(diagnostic<Selection>(one)->columns, diagnostic<Selection>(once)->columns);
      RS_AT_MOST((productOf(one) - productOf(once)).norm(), 1000 * 0x1p-23 * M.norm());
    }
  }

  void wrongRulesAreRefusedByName() {
    const auto made = tryRun("css", makeMatrix(gaussian(4, 4, 1)), 2, {{"rule", word("best")}});
    QVERIFY(!made && made.error().message().find("adaptive") != std::string::npos);
  }
};

QTEST_GUILESS_MAIN(TstCss)
#include "tst_css.moc"
