// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/methods/rsvd.h"
#include "core/methods/spectrum.h"
#include "tests/support/support.h"
#include "tests/support/vectors.h"

using namespace rankscope;
using namespace rankscope::test;

namespace {

Matrix<double> product(const linalg::Svd<double>& svd) { return svd.U * svd.s.asDiagonal() * svd.Vt; }

// Singular values 1/i, so that every rank leaves something: photographs decay like this.
Matrix<double> slowDecay(Index n, Index m, std::uint64_t seed) {
  Matrix<double> U = gaussian(n, std::min(n, m), seed), V = gaussian(m, std::min(n, m), seed + 1000);
  linalg::householderQ(U);
  linalg::householderQ(V);
  const Vector<double> s = Vector<double>::LinSpaced(U.cols(), 1, static_cast<double>(U.cols())).cwiseInverse();
  return U * s.asDiagonal() * V.transpose();
}

}  // namespace

class TstRsvd : public QObject {
  Q_OBJECT

 private slots:
  void referenceVectorsAgree() {
    for (const auto& reference : referenceCases("rsvd")) {
      const Matrix<double> M = reference.input("M"), omega = reference.input("Omega");
      const auto svd =
          rsvd<double>(*makeMatrix(M), omega, reference.integer("r"), static_cast<int>(reference.integer("q")), {});
      QVERIFY(svd.has_value());
      const Matrix<double> expected = reference.expected("product");
      RS_AT_MOST((product(*svd) - expected).norm(), 1e-8 * expected.norm());
      const Matrix<double> sigma = reference.expected("sigma");
      for (Index i = 0; i < sigma.size(); ++i) RS_NEAR(svd->s(i), sigma(i), 1e-8 * sigma(0));
    }
  }

  void exactWhereTheSketchHoldsTheWholeRange_data() {
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("cols");
    QTest::addColumn<int>("rank");
    QTest::addRow("tall") << 60 << 20 << 5;
    QTest::addRow("wide") << 20 << 60 << 5;
    QTest::addRow("1 x 1") << 1 << 1 << 1;
    QTest::addRow("one row") << 1 << 30 << 1;
    QTest::addRow("one column") << 30 << 1 << 1;
    QTest::addRow("full rank") << 12 << 12 << 12;
  }
  void exactWhereTheSketchHoldsTheWholeRange() {
    QFETCH(int, rows);
    QFETCH(int, cols);
    QFETCH(int, rank);
    const Matrix<double> M = gaussian(rows, rank, 1) * gaussian(rank, cols, 2);
    const MatrixPtr X = makeMatrix(M);
    const Index l = std::min(std::min(rows, cols), rank + 10);
    const auto svd = rsvd<double>(*X, gaussianSketch<double>(cols, l, {}), rank, 2, {});
    QVERIFY(svd.has_value());
    RS_AT_MOST(ratio(M - product(*svd), M), 30);
    RS_AT_MOST((svd->U.transpose() * svd->U - Matrix<double>::Identity(rank, rank)).norm(),
               30 * 0x1p-52 * std::max(rows, cols));
  }

  void wildScalesZeroAndTies() {
    const Matrix<double> M = gaussian(30, 4, 3) * gaussian(4, 25, 4);
    for (const double scale : {1e-300, 1e300}) {
      const auto svd =
          rsvd<double>(*makeMatrix(Matrix<double>(M * scale)), gaussianSketch<double>(25, 14, {}), 4, 2, {});
      QVERIFY(svd.has_value());
      RS_AT_MOST(ratio(M - product(*svd) / scale, M), 60);
    }
    const auto zero = rsvd<double>(*makeMatrix(Matrix<double>(Matrix<double>::Zero(8, 9))),
                                   gaussianSketch<double>(9, 8, {}), 3, 2, {});
    QVERIFY(zero.has_value());
    QCOMPARE(zero->s.norm(), 0.0);
    const auto tied = rsvd<double>(*makeMatrix(Matrix<double>(Matrix<double>::Identity(10, 10))),
                                   gaussianSketch<double>(10, 10, {}), 5, 1, {});
    QVERIFY(tied.has_value());
    for (Index i = 0; i < 5; ++i) RS_NEAR(tied->s(i), 1.0, 30 * 0x1p-52 * 10);
  }

  void valuesNeverExceedTheTrueOnes() {
    const Matrix<double> M = slowDecay(80, 60, 5);
    const auto exact = linalg::exactSvd<double>(M, linalg::Job::Values, {});
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      const Context context{.seed = seed};
      const auto svd = rsvd<double>(*makeMatrix(M), gaussianSketch<double>(60, 20, context), 10, 1, context);
      for (Index i = 0; i < 10; ++i) RS_AT_MOST(svd->s(i), exact->s(i) * (1 + 30 * 0x1p-52 * 60));
    }
  }

  // Thm 10.5 bounds the mean of ‖M − QQᵀM‖_F at q = 0; the mean over 40 sketches may exceed it by chance only. The
  // rank-r truncation is compared through l = r + p directions: error² ≤ projection error² + E_F(r)² (METHODS 2.5,
  // exact identity).
  void meanErrorStaysWithinTheBound() {
    const Index r = 8, p = 6;
    const Matrix<double> M = slowDecay(100, 70, 6);
    const auto exact = linalg::exactSvd<double>(M, linalg::Job::Values, {});
    const double tail = errorCurves(exact->s).fro(r);
    const double bound = std::sqrt(1 + static_cast<double>(r) / (static_cast<double>(p) - 1)) * tail;
    double sum = 0;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
      const Context context{.seed = seed};
      const auto svd = rsvd<double>(*makeMatrix(M), gaussianSketch<double>(70, r + p, context), r + p, 0, context);
      const double error = (M - product(*svd)).norm();  // r + p terms: the projection error
      sum += error;
      QVERIFY(error >= errorCurves(exact->s).fro(r + p) * (1 - 1e-12));  // no sketch beats the optimum of its own rank
    }
    RS_AT_MOST(sum / 40, bound);
  }

  void powerStepsBringItWithinOnePercentOfTheOptimum() {
    const Matrix<double> M = slowDecay(300, 200, 7);
    const auto exact = linalg::exactSvd<double>(M, linalg::Job::Values, {});
    const double optimum = errorCurves(exact->s).fro(20);
    const auto svd = rsvd<double>(*makeMatrix(M), gaussianSketch<double>(200, 30, {}), 20, 2, {});
    RS_AT_MOST((M - product(*svd)).norm() / optimum - 1, 0.01);
  }

  void theErrorIsEstimatedWithoutAPass() {
    const Method* method = findMethod("rsvd");
    for (const double scale : {1.0, 1e-300, 1e300}) {
      const Matrix<double> M = slowDecay(300, 200, 7) * scale;
      const auto params = *resolve(method->params, {}, {.rows = 300, .cols = 200, .dial = 20});
      const auto made = method->run({.X = makeMatrix(M)}, 20, params, {});
      Matrix<double> approximation;
      reconstruct<double>(*made, {.dial = 20, .muted = {}}, {0, 0, 300, 200}, approximation);
      // An identity in exact arithmetic; its error of ε·n in the square is ε·n/2e in the root, e some 0.1 here.
      const double measured = ((M - approximation) / scale).norm() / (M / scale).norm();
      RS_NEAR(*made->errorEstimate, measured, 30 * 300 * 0x1p-52 / measured);
    }
    const auto zero = method->run({.X = makeMatrix(Matrix<double>(Matrix<double>::Zero(9, 8)))}, 2,
                                  *resolve(method->params, {}, {.rows = 9, .cols = 8, .dial = 2}), {});
    QCOMPARE(*zero->errorEstimate, 0.0);
  }

  // Without normalisation between the passes this spectrum would be lost below ε^(1/5) σ₁ = 7e-4.
  void manyPowerStepsDoNotLoseTheSmallDirections() {
    Matrix<double> U = gaussian(60, 12, 8), V = gaussian(50, 12, 9);
    linalg::householderQ(U);
    linalg::householderQ(V);
    Vector<double> s(12);
    for (Index i = 0; i < 12; ++i) s(i) = std::pow(10.0, -static_cast<double>(i));
    const Matrix<double> M = U * s.asDiagonal() * V.transpose();
    const auto svd = rsvd<double>(*makeMatrix(M), gaussianSketch<double>(50, 22, {}), 12, 6, {});
    for (Index i = 0; i < 12; ++i) RS_NEAR(svd->s(i), s(i), 30 * 0x1p-52 * 60);
  }

  void sameSeedSameBitsOtherSeedOthers() {
    const MatrixPtr X = makeMatrix(slowDecay(50, 40, 10));
    const Method* method = findMethod("rsvd");
    const ParamValues params = *resolve(method->params, {}, {.rows = 50, .cols = 40, .dial = 5});
    const auto run = [&](std::uint64_t seed) {
      return std::get<Matrix<double>>(method->run({.X = X}, 5, params, {.seed = seed})->lowRank()->left);
    };
    QVERIFY(run(1) == run(1));
    QVERIFY(run(1) != run(2));
    // A stream a column: the wider sketch begins with the narrower one, on any thread count.
    Context two;
    two.threads = 2;
    QVERIFY(gaussianSketch<double>(40, 30, two).leftCols(12) == gaussianSketch<double>(40, 12, {}));
  }

  void floatReachesFloatAccuracy() {
    const Matrix<double> M = gaussian(60, 6, 11) * gaussian(6, 50, 12);
    const auto svd = rsvd<float>(*makeMatrix(M), gaussianSketch<float>(50, 16, {}), 6, 2, {});
    QVERIFY(svd.has_value());
    const Matrix<double> made = (svd->U * svd->s.asDiagonal() * svd->Vt).cast<double>();
    RS_AT_MOST(ratio(M - made, M, 0x1p-23), 30);
  }

  void wrongParametersAreRefusedByName() {
    const Method* method = findMethod("rsvd");
    const auto message = [&](const ParamValues& given) {
      const auto resolved = resolve(method->params, given, {.rows = 5, .cols = 5, .dial = 1});
      return resolved ? std::string() : resolved.error().message();
    };
    QCOMPARE(message({{"power", Index{-1}}}),
             std::string("parameter power: -1 is not allowed (allowed: a whole number from 0 to 20)"));
    QCOMPARE(message({{"powr", Index{1}}}),
             std::string("parameter powr: there is no such parameter here (there are: oversampling or power)"));
    QVERIFY(!message({{"power", 1.5}}).empty());
    QVERIFY(message({{"power", Index{0}}}).empty());
    for (const char* typed : {"", "x", "1.5", "1e1", "99999999999999999999", "-1", "nan"}) {
      QVERIFY2(!parseValue(method->params[1], typed), typed);
    }
    QVERIFY(*parseValue(method->params[1], "+3") == ParamValue(Index{3}));
  }

  void parametersThatDependOnOthersAppearOnlyWithThem() {
    const std::vector<ParamSpec> specs = {
        {.name = "scheme",
         .title = "Scheme",
         .help = "",
         .fallback = ParamValue{std::string("a")},
         .choices = {"a", "b"}},
        {.name = "size",
         .title = "Size",
         .help = "",
         .fallback = Derived{"2·dial", [](const ParamScope& s) { return ParamValue{2 * s.dial}; }},
         .min = 1,
         .max = 100,
         .onlyIf = OnlyIf{"scheme", {"b"}}},
        {.name = "weights",
         .title = "Weights",
         .help = "",
         .fallback = ParamValue{std::vector<double>{}},
         .min = 0,
         .max = 1}};
    const ParamScope scope{.rows = 1, .cols = 1, .dial = 7};
    QVERIFY(*resolve(specs, {}, scope) ==
            (ParamValues{{"scheme", std::string("a")}, {"weights", std::vector<double>{}}}));
    QVERIFY(resolve(specs, {{"scheme", std::string("b")}}, scope)->at("size") == ParamValue(Index{14}));
    QCOMPARE(resolve(specs, {{"size", Index{3}}}, scope).error().message(),
             std::string("parameter size: it does not apply here (only with scheme=b)"));
    QVERIFY(!resolve(specs, {{"scheme", std::string("c")}}, scope));
    QVERIFY(*parseValue(specs[2], "0.25,1") == ParamValue(std::vector<double>{0.25, 1}));
    QVERIFY(!parseValue(specs[2], "0.25,,1"));
    QVERIFY(!parseValue(specs[2], "0.25,2"));
  }
};

QTEST_GUILESS_MAIN(TstRsvd)
#include "tst_rsvd.moc"
