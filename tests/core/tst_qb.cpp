// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "core/compute/analysis.h"
#include "core/methods/qb.h"
#include "core/methods/spectrum.h"
#include "tests/support/columns.h"
#include "tests/support/support.h"
#include "tests/support/vectors.h"

using namespace rankscope;
using namespace rankscope::test;

namespace {

ParamValues wish(double tolerance, Index block = 10, Index power = 1) {
  return {{"tol", tolerance}, {"block", block}, {"power", power}};
}

double errorOf(const Matrix<double>& M, const Matrix<double>& approximation) {
  return (M - approximation).norm() / M.norm();
}

Vector<double> slow(Index count) {
  return Vector<double>::LinSpaced(count, 1, static_cast<double>(count)).cwiseInverse();
}

}  // namespace

class TstQb : public QObject {
  Q_OBJECT

 private slots:
  void referenceVectorsAgree() {
    for (const auto& reference : referenceCases("randqb_ei")) {
      const Matrix<double> M = reference.input("M"), omegas = reference.input("Omegas");
      const Index b = reference.integer("b"), m = M.cols();
      const auto omega = [&](Index first, Index width) {
        Matrix<double> out(m, width);
        for (Index c = 0; c < width; ++c) {
          const Index block = (first + c) / b, column = (first + c) % b;
          for (Index r = 0; r < m; ++r) out(r, c) = omegas((block * m + r) * b + column);
        }
        return out;
      };
      const QbWish wanted{.tolerance = reference.param("tol") / M.norm(),
                          .most = omegas.size() / m,  // no more columns are stored
                          .block = b,
                          .power = static_cast<int>(reference.integer("q"))};
      const auto made = qb<double>(*makeMatrix(M), wanted, omega, {});
      QVERIFY(made.has_value());
      QCOMPARE(made->Q.cols(), static_cast<Index>(reference.number("rank")));
      const Matrix<double> product = reference.expected("product"), indicator = reference.expected("indicator_sq");
      RS_AT_MOST((made->Q * made->B - product).norm(), 1e-8 * M.norm());
      QCOMPARE(static_cast<Index>(made->errors.size()) + 1, indicator.size());
      for (Index i = 1; i < indicator.size(); ++i)
        RS_NEAR(std::pow(made->errors[static_cast<std::size_t>(i) - 1], 2) * M.squaredNorm(), indicator(i),
                1e-8 * M.squaredNorm());
    }
  }

  void itStopsAtTheLeastColumnsOfItsBasis_data() {
    QTest::addColumn<double>("tolerance");
    QTest::addColumn<Index>("power");
    for (const double tolerance : {0.5, 0.1, 1e-2, 1e-4}) QTest::addRow("%g", tolerance) << tolerance << Index{1};
    QTest::addRow("no power steps") << 1e-2 << Index{0};
    // Where the subtraction of squares has no digits left (2.1e-7) and where it would have stalled (2e-8).
    QTest::addRow("1e-7") << 1e-7 << Index{1};
    QTest::addRow("1e-10") << 1e-10 << Index{1};
    QTest::addRow("1e-13") << 1e-13 << Index{1};
  }
  void itStopsAtTheLeastColumnsOfItsBasis() {
    QFETCH(double, tolerance);
    QFETCH(Index, power);
    const Vector<double> sigma = geometric(90, 0.7);
    const Matrix<double> M = withSpectrum(120, 90, sigma, 3);
    const Approximation made = runMethod("qb", M, 90, wish(tolerance, 7, power));
    const Matrix<double> Q = factor(made, 0), B = factor(made, 1);
    const Index r = made.maxDial;
    // Forming the residual rounds by some ε √k of the norm; the indicator itself is right to 1 %, squared.
    const double rounding = 100 * 0x1p-52, share = 1.005;
    const double error = errorOf(M, Q * B);
    RS_AT_MOST(error, tolerance * share + rounding);
    RS_AT_MOST(tolerance, errorOf(M, Q.leftCols(r - 1) * B.topRows(r - 1)) * share + rounding);
    RS_NEAR(*made.errorEstimate, error, 0.005 * error + rounding);
    // No basis does with fewer columns than the optimum.
    Index least = 0;
    while (errorCurves(sigma).fro(least) > tolerance * share * M.norm() + rounding * M.norm()) ++least;
    QVERIFY(r >= least);
    QVERIFY(made.status == SolveStatus::Converged);
  }

  void theIndicatorIsTheErrorAfterEveryBlock() {
    const Matrix<double> M = withSpectrum(60, 50, geometric(50, 0.5), 4);  // ends at 1e-15
    const Approximation made = runMethod("qb", M, 50, wish(0, 6));
    const Matrix<double> Q = factor(made, 0), B = factor(made, 1);
    const auto* path = diagnostic<Convergence>(made);
    QVERIFY(path && path->values.size() >= 8);
    for (std::size_t i = 0; i < path->values.size(); ++i) {
      const Index d = std::min<Index>(6 * (static_cast<Index>(i) + 1), made.maxDial);
      const double error = errorOf(M, Q.leftCols(d) * B.topRows(d));
      RS_NEAR(path->values[i], error, 0.005 * error + 100 * 0x1p-52);
      if (i > 0) RS_AT_MOST(path->values[i], path->values[i - 1]);
    }
  }

  void floatStopsOnTheResidualBelowItsOwnFloor() {
    const Matrix<double> M = withSpectrum(80, 60, geometric(60, 0.8), 5);
    for (const double tolerance : {0.1, 1e-3, 1e-4}) {
      const Approximation made = runMethod("qb", M, 60, wish(tolerance), {.precision = Precision::Float});
      const Matrix<double> Q = factor(made, 0), B = factor(made, 1);
      const Index r = made.maxDial;
      // Rounding M, Q and B to float costs some ε each.
      const double rounding = 30 * 0x1p-23;
      QVERIFY(made.status == SolveStatus::Converged);
      RS_AT_MOST(errorOf(M, Q * B), tolerance * 1.005 + rounding);
      RS_AT_MOST(tolerance, errorOf(M, Q.leftCols(r - 2) * B.topRows(r - 2)) * 1.005 + rounding);
    }
  }

  void aToleranceBelowRoundingIsNotClaimed() {
    const Matrix<double> M = withSpectrum(80, 60, geometric(60, 0.6), 5);
    const Approximation made = runMethod("qb", M, 60, wish(1e-9), {.precision = Precision::Float});
    QVERIFY(made.status == SolveStatus::RankDeficient);
    QCOMPARE(made.notices.size(), std::size_t{1});
    QVERIFY(made.maxDial < 60);
    // What is dropped is at most 80 ε in each of some ten directions.
    RS_AT_MOST(errorOf(M, productOf(made)), 10 * 80 * 0x1p-23);
  }

  void powerStepsNeedFewerColumns() {
    const Matrix<double> M = withSpectrum(200, 150, slow(150), 6);
    const auto columns = [&](Index power) {
      Index sum = 0;
      for (std::uint64_t seed = 0; seed < 10; ++seed)
        sum += runMethod("qb", M, 150, wish(0.2, 5, power), {.seed = seed}).maxDial;
      return sum;
    };
    const Index none = columns(0), one = columns(1), two = columns(2);
    QVERIFY(none > one);
    QVERIFY(one >= two);
    Index least = 0;
    while (errorCurves(slow(150)).fro(least) >= 0.2 * slow(150).norm()) ++least;
    QVERIFY(two >= 10 * least);
  }

  void cuttingIsComputingWithLess() {
    const Matrix<double> M = withSpectrum(40, 30, slow(30), 7);
    const Approximation whole = runMethod("qb", M, 30, wish(0, 8));
    QVERIFY(whole.nested);
    for (const Index d : {1, 5, 8, 13, 24}) {
      Matrix<double> cut;
      reconstruct<double>(whole, {.dial = d, .muted = {}}, {0, 0, 40, 30}, cut);
      const Approximation alone = runMethod("qb", M, d, wish(0, 8));
      QCOMPARE(alone.maxDial, d);
      // The same spans; their angles differ by rounding over the gaps of the blocks' R, some hundreds.
      RS_AT_MOST((productOf(alone) - cut).norm(), 1e-11 * M.norm());
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
    for (const double tolerance : {0.0, 1e-3}) {
      const Approximation made = runMethod("qb", M, r, wish(tolerance, 3));
      QCOMPARE(made.maxDial, Index{std::min(rankOfM, r)});
      QVERIFY(made.status == (rankOfM < r && tolerance == 0 ? SolveStatus::RankDeficient : SolveStatus::Converged));
      // M has at most rank r: exact, to the rounding of a product of a few factors.
      RS_AT_MOST(((productOf(made) - M) / scale).norm(), 100 * 0x1p-52 * std::max(n, m) * (M / scale).norm());
      const Matrix<double> Q = factor(made, 0);
      RS_AT_MOST((Q.transpose() * Q - Matrix<double>::Identity(Q.cols(), Q.cols())).norm(), 30 * 0x1p-52 * n);
      RS_AT_MOST(*made.errorEstimate, 100 * 0x1p-52 * std::max(n, m));
    }
  }

  void equalSingularValuesAreNoTrouble() {
    const Matrix<double> M = Matrix<double>::Identity(20, 20);
    const Approximation made = runMethod("qb", M, 20, wish(0.5, 4));
    // Every orthonormal basis of 15 columns leaves √(5/20) = 0.5 of the norm, which is not below it, unless by
    // rounding.
    QVERIFY(made.maxDial == 15 || made.maxDial == 16);
  }

  void theRankMayCapTheTolerance() {
    const Matrix<double> M = withSpectrum(60, 40, slow(40), 8);
    const Approximation made = runMethod("qb", M, 5, wish(1e-3));
    QCOMPARE(made.maxDial, Index{5});
    QVERIFY(made.status == SolveStatus::NotConverged);
    QCOMPARE(made.notices.size(), std::size_t{1});
    QVERIFY(runMethod("qb", M, 5, wish(0.9)).status == SolveStatus::Converged);
  }

  void aBudgetBecomesItsToleranceOrItsRank() {
    const Matrix<double> M = withSpectrum(60, 40, geometric(40, 0.8), 9);
    ResultCache cache(std::size_t{1} << 30);
    const auto answer = [&](const Budget& budget, const ParamValues& params = {}) {
      AnalysisRequest request;
      request.problem = {.X = makeMatrix(M)};
      request.method = "qb";
      request.params = params;
      request.budget = budget;
      request.preview = false;
      const auto made = analyse(request, cache, {});
      if (!made) throw std::runtime_error(made.error().message());
      return *made;
    };
    const AnalysisPtr near = answer(ByTolerance{0.05}, {{"tol", 0.5}});
    RS_AT_MOST(*near->errors.froRelative, 0.05);
    QCOMPARE(near->dials.front(), near->parts.front()->maxDial);
    // A rank far beyond the method's own tolerance of 1 % is kept whole, whoever chose it.
    QCOMPARE(answer(ByDial{35})->dials.front(), Index{35});
    const Vector<double> sigma = geometric(40, 0.8);
    const Index rank = answer(ByEnergy{0.999999})->dials.front();
    RS_AT_MOST(errorCurves(sigma).fro(rank), 1e-3 * sigma.norm());
    QVERIFY(rank > 25);
  }

  void sameSeedSameBitsOtherSeedOthers() {
    const Matrix<double> M = gaussian(50, 40, 10);
    const auto left = [&](std::uint64_t seed, int threads = 1) {
      return factor(runMethod("qb", M, 25, wish(0.3), {.seed = seed, .threads = threads}), 0);
    };
    QVERIFY(left(1) == left(1));
    QVERIFY(left(1) == left(1, 2));
    QVERIFY(left(1) != left(2));
  }

  void whatDoesNotFitIsRefused() {
    const auto made = tryRun("qb", makeMatrix(gaussian(300, 200, 1)), 150, wish(0), {.memory = 100000});
    QVERIFY(!made);
    QVERIFY(made.error().kind == ErrorKind::Compute);
    CancelSource source;
    source.stop();
    const auto run = [&] {
      (void)tryRun("qb", makeMatrix(gaussian(30, 20, 1)), 15, wish(0), {.cancel = source.token()});
    };
    QVERIFY_EXCEPTION_THROWN(run(), Cancelled);
  }

  void wrongParametersAreRefusedByName() {
    const auto message = [&](const ParamValues& given) {
      const auto resolved = resolve(findMethod("qb")->params, given, {.rows = 5, .cols = 5, .dial = 1});
      return resolved ? std::string() : resolved.error().message();
    };
    QCOMPARE(message({{"tol", 1.5}}), std::string("parameter tol: 1.5 is not allowed (allowed: a number from 0 to 1)"));
    QCOMPARE(message({{"block", Index{0}}}),
             std::string("parameter block: 0 is not allowed (allowed: a whole number from 1 to 1000)"));
    QCOMPARE(message({{"power", Index{21}}}),
             std::string("parameter power: 21 is not allowed (allowed: a whole number from 0 to 20)"));
    QCOMPARE(message({{"tolerance", 0.1}}),
             std::string("parameter tolerance: there is no such parameter here (there are: tol, block or power)"));
    QVERIFY(!parseValue(findMethod("qb")->params[0], "nan"));
    QCOMPARE(std::get<double>(resolve(findMethod("qb")->params, {}, {.rows = 5, .cols = 5, .dial = 1})->at("tol")),
             0.01);
  }
};

QTEST_GUILESS_MAIN(TstQb)
#include "tst_qb.moc"
