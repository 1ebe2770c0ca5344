// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>

#include <Eigen/QR>
#include <Eigen/SVD>

#include "core/methods/spectrum.h"
#include "tests/support/vectors.h"

using namespace rankscope;
using namespace rankscope::test;

namespace {

constexpr double kEpsilon = 0x1p-52;

/// A complete spectrum with these values. The rules are tested apart from LAPACK.
Spectrum spectrumOf(const Vector<double>& sigma, Index rows, Index cols) {
  Spectrum out;
  out.sigma = sigma;
  out.fro = sigma.stableNorm();
  out.rows = rows;
  out.cols = cols;
  out.exact = out.complete = true;
  out.ranks = rankStatistics(sigma, rows, cols);
  return out;
}

Spectrum spectrumOf(const Matrix<double>& M) {
  return spectrumOf(Eigen::JacobiSVD<Matrix<double>>(M).singularValues(), M.rows(), M.cols());
}

Vector<double> values(std::initializer_list<double> list) {
  Vector<double> out(static_cast<Index>(list.size()));
  std::copy(list.begin(), list.end(), out.begin());
  return out;
}

/// p, p², p³, …
Vector<double> geometric(Index count, double ratio) {
  return Vector<double>::NullaryExpr(count, [&](Index i) { return std::pow(ratio, static_cast<double>(i)); });
}

double relativeDifference(const Matrix<double>& a, const Matrix<double>& b) {
  return (a - b).norm() / std::max(b.norm(), std::numeric_limits<double>::min());
}

}  // namespace

class TstSpectrumRules : public QObject {
  Q_OBJECT

 private slots:
  void curvesAndStatisticsAgreeWithTheReference() {
    for (const ReferenceCase& reference : referenceCases("svd")) {
      const Matrix<double> M = reference.input("M");
      const Spectrum s = spectrumOf(M);
      const ErrorCurves curves = errorCurves(s.sigma);
      const Index k = s.sigma.size();
      // The tolerance stored with the vectors: backward error of two SVDs, summed over k values.
      const double tolerance = 50 * static_cast<double>(std::max(M.rows(), M.cols())) * kEpsilon * s.sigma(0) *
                               std::sqrt(static_cast<double>(k));
      RS_AT_MOST((curves.fro - reference.expected("err_fro")).cwiseAbs().maxCoeff(), tolerance);
      RS_AT_MOST((curves.spectral - reference.expected("err_spec")).cwiseAbs().maxCoeff(), tolerance);
      RS_AT_MOST((curves.nuclear - reference.expected("err_nuc")).cwiseAbs().maxCoeff(), tolerance);
      RS_AT_MOST(relativeDifference(curves.energy.tail(k), reference.expected("energy")), 1e-10);
      const RankStatistics& ranks = s.ranks;
      const std::vector<std::pair<const char*, double>> pairs = {{"nuclear", ranks.nuclear},
                                                                 {"stable", ranks.stable},
                                                                 {"entropy_rank", ranks.effective},
                                                                 {"energy_entropy_rank", ranks.energyEntropy},
                                                                 {"participation", ranks.participation},
                                                                 {"participation_sigma", ranks.sigmaParticipation}};
      for (const auto& [key, value] : pairs) RS_NEAR(value, reference.number(key), 1e-10 * reference.number(key));
    }
  }

  void rankRulesAgreeWithTheReference() {
    for (const ReferenceCase& reference : referenceCases("rank_rules")) {
      const Spectrum s = spectrumOf(reference.input("M"));
      const double noise = reference.param("noise");
      const auto expected = [&](const char* key) { return static_cast<Index>(reference.number(key)); };
      QCOMPARE(rankByEnergy(s, reference.param("theta")), expected("r_energy"));
      QCOMPARE(rankByTolerance(s, reference.param("tau")), expected("r_tol"));
      QCOMPARE(rankByElbow(s), expected("r_elbow"));
      QCOMPARE(rankByGavishDonoho(s, noise), expected("r_gd_known"));
      QCOMPARE(rankByGavishDonoho(s), expected("r_gd_unknown"));
      const double known = reference.number("tau_known"), unknown = reference.number("tau_unknown");
      RS_NEAR(*gavishDonohoThreshold(s, noise), known, 1e-8 * known);
      RS_NEAR(*gavishDonohoThreshold(s), unknown, 1e-8 * unknown);
    }
  }

  void marchenkoPasturAgreesWithTheReference() {
    for (const ReferenceCase& reference : referenceCases("marchenko_pastur")) {
      const MarchenkoPastur law{reference.param("beta")};
      const Matrix<double> x = reference.input("x"), pdf = reference.expected("pdf"), cdf = reference.expected("cdf");
      RS_NEAR(law.lambdaStar(), reference.number("lambda_star"), 1e-8 * law.lambdaStar());
      RS_NEAR(law.median(), reference.number("median"), 1e-8 * law.median());
      RS_NEAR(law.omega(), reference.number("omega"), 1e-8 * law.omega());
      for (Index i = 0; i < x.size(); ++i) {
        RS_NEAR(law.pdf(x(i)), pdf(i), 1e-8 * pdf(i));
        RS_NEAR(law.cdf(x(i)), cdf(i), 1e-8 * cdf(i));
      }
    }
  }

  void marchenkoPasturIsADistribution() {
    for (const double beta : {1.0, 0.999, 0.5, 0.01, 1.0 / 16384}) {
      const MarchenkoPastur law{beta};
      const double root = std::sqrt(beta), lower = (1 - root) * (1 - root), upper = (1 + root) * (1 + root);
      QCOMPARE(law.cdf(lower - 1), 0.0);
      QCOMPARE(law.cdf(upper + 1), 1.0);
      QCOMPARE(law.pdf(upper + 1), 0.0);
      // The terms of the closed form are of order 1 and their sum of order beta: error a few ε/beta.
      const double tolerance = 20 * kEpsilon / beta;
      RS_NEAR(law.cdf(std::nextafter(upper, 0)), 1, tolerance + 1e-7);  // the density is a square root at the end
      RS_NEAR(law.cdf(law.median()), 0.5, tolerance);
      // Simpson's rule for the density between two inner points, where it is smooth: error far below 1e-9.
      const double a = lower + 0.3 * (upper - lower), b = lower + 0.9 * (upper - lower);
      const int steps = 2000;
      const double h = (b - a) / steps;
      double sum = law.pdf(a) + law.pdf(b);
      for (int i = 1; i < steps; ++i) sum += (i % 2 == 1 ? 4 : 2) * law.pdf(a + i * h);
      RS_NEAR(law.cdf(b) - law.cdf(a), sum * h / 3, 1e-9);
    }
    RS_NEAR(MarchenkoPastur{1}.lambdaStar(), 4 / std::sqrt(3.0), 4 * kEpsilon);
    RS_NEAR(MarchenkoPastur{1}.omega(), 2.858, 5e-4);
    // The published cubic is within 0.02 of omega.
    for (double beta = 0.02; beta <= 1; beta += 0.07) {
      const double cubic = ((0.56 * beta - 0.95) * beta + 1.82) * beta + 1.43;
      RS_NEAR(MarchenkoPastur{beta}.omega(), cubic, 0.02);
    }
  }

  void statisticsKeepTheirOrder_data() {
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("cols");
    for (const auto& [rows, cols] :
         std::vector<std::pair<int, int>>{{1, 1}, {1, 7}, {9, 1}, {8, 8}, {30, 12}, {12, 30}}) {
      QTest::addRow("%dx%d", rows, cols) << rows << cols;
    }
  }
  void statisticsKeepTheirOrder() {
    QFETCH(int, rows);
    QFETCH(int, cols);
    for (const double decay : {1.0, 0.9, 0.3, 1e-3}) {
      const Index k = std::min(rows, cols);
      const Vector<double> sigma = geometric(k, decay);
      const RankStatistics r = rankStatistics(sigma, rows, cols);
      const double slack = 1 + 10 * static_cast<double>(k) * kEpsilon;  // each is a sum of k terms
      RS_AT_MOST(1, r.stable * slack);
      RS_AT_MOST(r.stable, r.participation * slack);
      RS_AT_MOST(r.participation, r.energyEntropy * slack);
      RS_AT_MOST(r.energyEntropy, r.effective * slack);
      RS_AT_MOST(r.effective, r.numerical * slack);
      RS_AT_MOST(r.sigmaParticipation, r.effective * slack);
      RS_AT_MOST(sigma.norm(), r.nuclear * slack);
      RS_AT_MOST(r.nuclear, std::sqrt(r.numerical) * sigma.norm() * slack);
    }
  }

  void scalingChangesNoRank_data() {
    QTest::addColumn<double>("scale");
    for (const double scale : {1e-300, 1e-150, 1e150, 1e300}) QTest::addRow("%g", scale) << scale;
  }
  void scalingChangesNoRank() {
    QFETCH(double, scale);
    const Vector<double> sigma = values({50, 20, 19, 3, 1, 0.5, 0.2, 0.1, 0.09, 1e-4, 1e-7});
    const Spectrum plain = spectrumOf(sigma, 11, 15), scaled = spectrumOf(sigma * scale, 11, 15);
    const double close = 1e-13;  // one rounding of each value by the scaling, relative
    QCOMPARE(scaled.ranks.numerical, plain.ranks.numerical);
    RS_NEAR(scaled.ranks.stable, plain.ranks.stable, close * plain.ranks.stable);
    RS_NEAR(scaled.ranks.effective, plain.ranks.effective, close * plain.ranks.effective);
    RS_NEAR(scaled.ranks.energyEntropy, plain.ranks.energyEntropy, close * plain.ranks.energyEntropy);
    RS_NEAR(scaled.ranks.participation, plain.ranks.participation, close * plain.ranks.participation);
    RS_NEAR(scaled.ranks.condition, plain.ranks.condition, close * plain.ranks.condition);
    RS_NEAR(scaled.ranks.nuclear / scale, plain.ranks.nuclear, close * plain.ranks.nuclear);
    for (const double share : {0.5, 0.9, 0.99, 0.9999, 1.0})
      QCOMPARE(rankByEnergy(scaled, share), rankByEnergy(plain, share));
    for (const double tau : {0.5, 0.1, 1e-3, 1e-8}) QCOMPARE(rankByTolerance(scaled, tau), rankByTolerance(plain, tau));
    for (const auto rule : {RankRule::GavishDonoho, RankRule::Elbow, RankRule::Numerical}) {
      QCOMPARE(rankByRule(scaled, rule), rankByRule(plain, rule));
    }
    QCOMPARE(rankByEdge(scaled), rankByEdge(plain));
    const ErrorCurves a = errorCurves(plain.sigma), b = errorCurves(scaled.sigma);
    RS_AT_MOST(relativeDifference(b.fro / scale, a.fro), close);
    RS_AT_MOST(relativeDifference(b.energy, a.energy), close);
  }

  void smallTailsKeepTheirDigits() {
    // Subtraction from the whole would give 0 for all but the first; so would squaring.
    const ErrorCurves curves = errorCurves(values({1, 3e-170, 4e-170, 1e-200}));
    RS_NEAR(curves.fro(1), 5e-170, 5e-170 * 10 * kEpsilon);
    RS_NEAR(curves.fro(3), 1e-200, 0);
    RS_NEAR(curves.fro(4), 0, 0);
    QCOMPARE(rankByTolerance(spectrumOf(values({1, 1e-170, 1e-180}), 3, 3), 1e-175), Index{2});
    const Vector<double> many = Vector<double>::Ones(10000) * 1e-9;
    RS_NEAR(errorCurves(many).fro(0), 1e-7, 1e-7 * 10000 * kEpsilon);
  }

  void curvesNeverRise() {
    const ErrorCurves curves = errorCurves(geometric(200, 0.97));
    for (Index r = 1; r <= 200; ++r) {
      QVERIFY(curves.fro(r) <= curves.fro(r - 1) && curves.nuclear(r) <= curves.nuclear(r - 1));
      QVERIFY(curves.spectral(r) <= curves.spectral(r - 1) && curves.energy(r) >= curves.energy(r - 1));
      QVERIFY(curves.spectral(r) <= curves.fro(r) && curves.fro(r) <= curves.nuclear(r));
    }
    RS_NEAR(curves.energy(0), 0, 0);
    RS_NEAR(curves.energy(200), 1, 0);
  }

  void zeroMatrixHasRankZeroByEveryRule() {
    const Spectrum zero = spectrumOf(Vector<double>::Zero(4), 6, 4);
    for (const double value : {zero.ranks.numerical, zero.ranks.stable, zero.ranks.effective, zero.ranks.energyEntropy,
                               zero.ranks.participation, zero.ranks.sigmaParticipation, zero.ranks.nuclear}) {
      QCOMPARE(value, 0.0);
    }
    QVERIFY(std::isinf(zero.ranks.condition));
    QVERIFY((errorCurves(zero.sigma).energy.array() == 1).all());
    QVERIFY(errorCurves(zero.sigma).fro.isZero(0));
    QCOMPARE(rankByEnergy(zero, 0.9), Index{0});
    QCOMPARE(rankByEnergy(zero, 1), Index{0});
    QCOMPARE(rankByTolerance(zero, 0.1), Index{0});
    QCOMPARE(rankByElbow(zero), Index{0});
    QCOMPARE(rankByGavishDonoho(zero), Index{0});
    QCOMPARE(rankByEdge(zero), Index{0});
    QVERIFY(!marchenkoPasturEdge(zero));
    QCOMPARE(rankFor(ByEnergy{0.9}, zero), Index{0});
    QCOMPARE(rankFor(ByRule{RankRule::Elbow}, zero), Index{0});
    QCOMPARE(rankFor(ByDial{2}, zero), Index{2});  // asked for, not found by a rule
  }

  void oneNumberIsOfRankOne() {
    const Spectrum one = spectrumOf(values({3}), 1, 9);
    QCOMPARE(one.ranks.numerical, 1.0);
    QCOMPARE(one.ranks.stable, 1.0);
    QCOMPARE(one.ranks.effective, 1.0);
    QCOMPARE(one.ranks.condition, 1.0);
    QCOMPARE(rankByEnergy(one, 0.5), Index{1});
    QCOMPARE(rankByElbow(one), Index{1});
    QCOMPARE(rankByTolerance(one, 1), Index{0});
    QCOMPARE(rankFor(ByTolerance{1}, one), Index{1});  // a budget shows at least one layer
  }

  void energyOfOneIsTheNumericalRank() {
    const Spectrum s = spectrumOf(values({5, 2, 1, 1e-17, 0}), 5, 5);
    QCOMPARE(rankByEnergy(s, 1), Index{3});
    QCOMPARE(rankByRule(s, RankRule::Numerical), Index{3});
    QVERIFY(std::isinf(s.ranks.condition));
  }

  void tiesTakeTheSmallestRank() {
    // Tail after the first: 9 of 25, so 0.64 is reached exactly by one value.
    QCOMPARE(rankByEnergy(spectrumOf(values({4, 3}), 2, 2), 0.6399999), Index{1});
    QCOMPARE(rankByEnergy(spectrumOf(values({4, 3}), 2, 2), 0.6400001), Index{2});
    QCOMPARE(rankByTolerance(spectrumOf(values({1, 1, 1, 1}), 4, 4), 0.5), Index{3});  // √1/√4 is 0.5: not above
    // A threshold equal to a value does not keep it: σ > τ, with noise such that τ = 2.
    const Spectrum s = spectrumOf(values({3, 2, 1}), 3, 3);
    const double noise = 2 / *gavishDonohoThreshold(s, 1.0);
    QVERIFY(rankByGavishDonoho(s, noise * (1 + 4 * kEpsilon)) == 1 &&
            rankByGavishDonoho(s, noise * (1 - 4 * kEpsilon)) == 2);
    // In logarithms the second and third value lie equally deep, 1/6 below the chord: the first of them wins.
    const Vector<double> twoCorners = values({0, -3, -5, -6}).array().exp();
    QCOMPARE(rankByElbow(spectrumOf(twoCorners, 4, 4)), Index{1});
  }

  void elbowCountsWhatStandsBeforeTheKnee() {
    QCOMPARE(rankByElbow(spectrumOf(values({100, 90, 80, 1, 0.9, 0.8, 0.7}), 7, 7)), Index{3});
    QCOMPARE(rankByElbow(spectrumOf(geometric(9, 0.5), 9, 9)), Index{0});  // a straight line has no knee
    QCOMPARE(rankByElbow(spectrumOf(values({2, 1}), 2, 2)), Index{2});
    QCOMPARE(rankByElbow(spectrumOf(values({1, 1, 1, 1 - kEpsilon}), 4, 4)), Index{4});  // constant up to rounding
    QCOMPARE(rankByElbow(spectrumOf(values({2, 1, 0, 0}), 4, 4)), Index{2});             // zeros do not count
  }

  void whiteNoiseStaysBelowItsEdge() {
    // 200×300 of variance 1: the largest singular value exceeds the edge by a Tracy–Widom fluctuation of relative size
    // about n^(-2/3) = 0.03; with planted values far above, both rules find those only.
    Matrix<double> noise = gaussian(200, 300, 5);
    const Spectrum pure = spectrumOf(noise);
    const double edge = *marchenkoPasturEdge(pure), truth = std::sqrt(200.0) + std::sqrt(300.0);
    RS_NEAR(edge, truth, 0.02 * truth);  // the median of 200 values estimates the noise to about 1 %
    QCOMPARE(rankByGavishDonoho(pure), Index{0});
    for (Index i = 0; i < 3; ++i) noise(i, i) += 300.0 * static_cast<double>(i + 1);
    QCOMPARE(rankByGavishDonoho(spectrumOf(noise)), Index{3});
    QCOMPARE(rankByGavishDonoho(spectrumOf(noise), 1.0), Index{3});
    QCOMPARE(rankByEdge(spectrumOf(noise)), Index{3});
  }

  void anIncompleteSpectrumIsCompletedByTheNorm() {
    const Spectrum full = spectrumOf(values({8, 4, 2, 1, 0.5, 0.25}), 6, 6);
    Spectrum part = full;
    part.sigma = full.sigma.head(3);
    part.complete = part.exact = false;
    part.ranks = rankStatistics(part.sigma, 6, 6);
    QVERIFY(std::isnan(part.ranks.condition));
    for (const double share : {0.5, 0.7, 0.9, 0.98}) QCOMPARE(energyRank(part, share), energyRank(full, share));
    QVERIFY(!energyRank(part, 0.999));
    QCOMPARE(rankByEnergy(part, 0.999), Index{3});
    QCOMPARE(rankByTolerance(part, 0.3), rankByTolerance(full, 0.3));
    QCOMPARE(rankByTolerance(part, 1e-3), Index{3});
    QVERIFY(!marchenkoPasturEdge(part) && !gavishDonohoThreshold(part));
    QCOMPARE(rankByGavishDonoho(part), Index{3});
    QCOMPARE(rankByGavishDonoho(part, 1.0), rankByGavishDonoho(full, 1.0));
  }

  void budgetsStayWithinTheShape() {
    const Spectrum s = spectrumOf(geometric(5, 0.5), 5, 8);
    QCOMPARE(rankFor(ByDial{0}, s), Index{1});
    QCOMPARE(rankFor(ByDial{99}, s), Index{5});
    QCOMPARE(rankFor(ByEnergy{1}, s), Index{5});
    QCOMPARE(rankFor(ByRule{RankRule::Elbow}, s), Index{1});
    for (const auto rule : {RankRule::GavishDonoho, RankRule::Elbow, RankRule::Numerical}) {
      QCOMPARE(rankRuleNamed(name(rule)), std::optional(rule));
    }
    QVERIFY(!rankRuleNamed("knee"));
  }

  void singlePrecisionRaisesTheNumericalFloor() {
    Spectrum s = spectrumOf(values({1, 0.1, 1e-7, 1e-9}), 4, 4);
    QCOMPARE(rankByRule(s, RankRule::Numerical), Index{4});
    s.singlePrecision = true;
    QCOMPARE(rankByRule(s, RankRule::Numerical), Index{2});
    QCOMPARE(rankByEnergy(s, 1), Index{2});
    QCOMPARE(rankStatistics(s.sigma, 4, 4, 0x1p-23).numerical, 2.0);
  }

  void psnrIsMinusTenLogarithmsOfTheMeanSquare() {
    RS_NEAR(psnrOf(0.1 * std::sqrt(500.0), 500), 20, 1e-12);
    QVERIFY(std::isinf(psnrOf(0, 500)));
  }

  void lapackGivesTheSameSpectrumInEveryPrecision() {
    for (const auto& [rows, cols] : std::vector<std::pair<Index, Index>>{{1, 1}, {1, 6}, {6, 1}, {40, 25}, {25, 40}}) {
      const Matrix<double> M = gaussian(rows, cols, 11);
      const Vector<double> truth = Eigen::JacobiSVD<Matrix<double>>(M).singularValues();
      const double unit = static_cast<double>(std::max(rows, cols)) * truth(0);
      Context context;
      const MatrixPtr X = makeMatrix(M);
      const auto exact = spectrum(*X, context);
      QVERIFY(exact && exact->exact && exact->complete && !exact->singlePrecision);
      RS_AT_MOST((exact->sigma - truth).norm(), 30 * kEpsilon * unit);
      RS_NEAR(exact->fro, M.norm(), 30 * kEpsilon * M.norm());
      RS_NEAR(exact->sigma.norm(), exact->fro, 30 * kEpsilon * static_cast<double>(truth.size()) * exact->fro);
      QCOMPARE(exact->ranks.numerical, static_cast<double>(std::min(rows, cols)));
      context.precision = Precision::Float;
      const auto single = spectrum(*X, context);
      QVERIFY(single && single->singlePrecision);
      RS_AT_MOST((single->sigma - truth).norm(), 30 * 0x1p-23 * unit);
      // A unitary diagonal changes no singular value and makes the matrix complex.
      Matrix<Complex> turned = M.cast<Complex>();
      for (Index j = 0; j < cols; ++j) turned.col(j) *= std::polar(1.0, static_cast<double>(j));
      const auto complex = spectrum(*makeMatrix(turned), context);
      QVERIFY(complex && !complex->singlePrecision);
      RS_AT_MOST((complex->sigma - truth).norm(), 30 * kEpsilon * unit);
    }
  }

  void randomizedSpectrumIsWithinTheTrueOne() {
    const Vector<double> sigma = geometric(30, 0.6);
    const Matrix<double> U =
        Eigen::HouseholderQR<Matrix<double>>(gaussian(60, 30, 1)).householderQ() * Matrix<double>::Identity(60, 30);
    const Matrix<double> V = Eigen::HouseholderQR<Matrix<double>>(gaussian(30, 30, 2)).householderQ();
    const MatrixPtr X = makeMatrix(Matrix<double>(U * sigma.asDiagonal() * V.transpose()));
    const Context context;
    const auto sketch = spectrumRandomized(*X, 5, context);
    QVERIFY(sketch && !sketch->exact && !sketch->complete);
    QCOMPARE(sketch->sigma.size(), Index{5});
    for (Index i = 0; i < 5; ++i) {
      RS_AT_MOST(sketch->sigma(i), sigma(i) * (1 + 30 * 30 * kEpsilon));
      // Two power steps and ten extra columns: the error has the factor (0.6^15/0.6^i)^(2·5), far below 1e-6.
      RS_NEAR(sketch->sigma(i), sigma(i), 1e-6 * sigma(i));
    }
    const double stable = sigma.squaredNorm();
    RS_NEAR(sketch->ranks.stable, stable, 1e-6 * stable);
    const auto whole = spectrumRandomized(*X, 99, context);
    QVERIFY(whole && whole->complete);
    RS_AT_MOST((whole->sigma - sigma).norm(), 30 * 60 * kEpsilon * sigma(0));
  }

  void unusableInputIsRefused() {
    Matrix<double> M = gaussian(4, 3, 1);
    M(2, 1) = std::numeric_limits<double>::quiet_NaN();
    const auto bad = spectrum(*makeMatrix(M), Context{});
    QVERIFY(!bad && bad.error().kind == ErrorKind::Input);
    QVERIFY(!spectrumRandomized(*makeMatrix(M), 2, Context{}));
    Context poor;
    poor.memory = 1000;
    const auto refused = spectrum(*makeMatrix(gaussian(100, 100, 1)), poor);
    QVERIFY(!refused && refused.error().kind == ErrorKind::Compute);
  }
};

QTEST_GUILESS_MAIN(TstSpectrumRules)
#include "tst_spectrum_rules.moc"
