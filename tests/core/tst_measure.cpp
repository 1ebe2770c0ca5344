// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/linalg/lapack.h"
#include "core/methods/measure.h"
#include "core/methods/method.h"
#include "core/methods/spectrum.h"
#include "tests/support/support.h"

using namespace rankscope;
using namespace rankscope::test;

namespace {

ApproximationPtr svdOf(const MatrixPtr& X) {
  auto made = findMethod("svd")->run({.X = X}, std::min(X->rows(), X->cols()), {}, {});
  return std::make_shared<const Approximation>(std::move(*made));
}

Spectrum floorOf(const AnyMatrix& X) { return *spectrum(X, {}); }

}  // namespace

class TstMeasure : public QObject {
  Q_OBJECT

 private slots:
  // The residual of the best rank-r approximation is known: √Σσ² of the rest, and σ_{r+1}.
  void errorsOfTheSvdAreThoseOfItsSpectrum_data() {
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("cols");
    QTest::addRow("small, by gesdd") << 40 << 60;
    QTest::addRow("large, by Lanczos") << 600 << 530;
    QTest::addRow("one row") << 1 << 9;
    QTest::addRow("one entry") << 1 << 1;
  }
  void errorsOfTheSvdAreThoseOfItsSpectrum() {
    QFETCH(int, rows);
    QFETCH(int, cols);
    const MatrixPtr X = makeMatrix(gaussian(rows, cols, 1));
    const ApproximationPtr a = svdOf(X);
    const Spectrum floor = floorOf(*X);
    const ErrorCurves curves = errorCurves(floor.sigma);
    const Index k = std::min(rows, cols);
    for (const Index r : {Index{0}, Index{1}, k / 3, k}) {
      const auto report = measure(*X, *a, r, &floor, {});
      QVERIFY(report.has_value());
      const double rounding = 30 * 0x1p-52 * std::max(rows, cols) * floor.fro;
      RS_NEAR(*report->fro, curves.fro(r), rounding);
      RS_NEAR(*report->froRelative, curves.fro(r) / floor.fro, rounding / floor.fro);
      RS_NEAR(*report->optimalFro, curves.fro(r), 1e-15 * floor.fro);
      // Lanczos stops at a residual of 1e-8 of the value; the value's own error is of second order in that.
      RS_NEAR(*report->spectral, curves.spectral(r), 1e-8 * floor.sigma(0) + rounding);
      if (r < k) {
        QVERIFY(report->excess.has_value());
        RS_NEAR(*report->excess, 0.0, 1e-10);
      } else {
        QVERIFY(!report->excess.has_value());  // an optimum of 0 has no quotient
      }
    }
  }

  void errorsBelowTheRootOfEpsilonAreSeen() {
    // Energies subtracted could not see below 1.5e-8; the residual itself can.
    const Matrix<double> M = gaussian(50, 3, 2) * gaussian(3, 40, 3) + 1e-11 * gaussian(50, 40, 4);
    const MatrixPtr X = makeMatrix(M);
    const auto report = measure(*X, *svdOf(X), 3, nullptr, {});
    RS_NEAR(*report->froRelative, errorCurves(floorOf(*X).sigma).fro(3) / M.norm(), 1e-14);
    QVERIFY(*report->froRelative > 1e-12 && *report->froRelative < 1e-10);
    QVERIFY(!report->optimalFro.has_value());
  }

  void wildScalesHaveTheSameRelativeErrors() {
    for (const Index size : {Index{30}, Index{520}}) {
      const Matrix<double> M = gaussian(size, size, 5);
      const MatrixPtr plain = makeMatrix(M);
      const auto expected = measure(*plain, *svdOf(plain), 7, nullptr, {});
      for (const double scale : {1e-300, 1e300}) {
        const MatrixPtr X = makeMatrix(Matrix<double>(M * scale));
        const auto report = measure(*X, *svdOf(X), 7, nullptr, {});
        QVERIFY(report.has_value());
        RS_NEAR(*report->froRelative, *expected->froRelative, 1e-12);
        RS_NEAR(*report->spectral / scale, *expected->spectral, 1e-7 * *expected->spectral);
      }
    }
  }

  void aResidualBelowTheNormalNumbersHasASpectralNorm() {
    // Full rank at 1e-300: the residual is rounding, about 1e-300 ε n, which only subnormal numbers can hold.
    const MatrixPtr X = makeMatrix(Matrix<double>(gaussian(520, 520, 23) * 1e-300));
    const auto report = measure(*X, *svdOf(X), 520, nullptr, {});
    QVERIFY(report.has_value());
    QVERIFY(*report->fro > 0 && *report->fro < 1e-308);
    QVERIFY(std::isfinite(*report->spectral));
    // ‖R‖_F/√k ≤ ‖R‖₂ ≤ ‖R‖_F, with the last digits lost that subnormal numbers do not have.
    QVERIFY(*report->spectral >= *report->fro / std::sqrt(520.0) * 0.99 && *report->spectral <= *report->fro * 1.01);
  }

  void theZeroMatrixHasNoErrorAndNoExcess() {
    const MatrixPtr X = makeMatrix(Matrix<double>(Matrix<double>::Zero(5, 4)));
    const Spectrum floor = floorOf(*X);
    const auto report = measure(*X, *svdOf(X), 1, &floor, {});
    QCOMPARE(*report->fro, 0.0);
    QCOMPARE(*report->froRelative, 0.0);
    QCOMPARE(*report->spectral, 0.0);
    QVERIFY(!report->excess.has_value());
  }

  // Beside a method with a rank stands the optimum of that rank, however many numbers it keeps; id keeps fewer than
  // r(n + m) and cur more.
  void theOptimumIsThatOfTheSameRank() {
    const Matrix<double> M = gaussian(40, 40, 31);
    const MatrixPtr X = makeMatrix(M);
    const Spectrum floor = floorOf(*X);
    const ErrorCurves curves = errorCurves(floor.sigma);
    for (const char* id : {"svd", "rsvd", "id", "css", "cur", "als"}) {
      const Method* method = findMethod(id);
      const auto params = *resolve(method->params, {}, {.rows = 40, .cols = 40, .dial = 20});
      const auto made = method->run({.X = X}, 20, params, {});
      QVERIFY(made.has_value());
      RS_NEAR(*measure(*X, *made, 20, &floor, {})->optimalFro, curves.fro(20), 1e-12 * M.norm());
    }
    // A Monarch matrix has no rank: 2·4·1·(10 + 10) = 160 numbers are those of rank 2 of 40 × 40.
    Approximation monarch;
    monarch.rows = monarch.cols = 40;
    monarch.dial = monarch.maxDial = 1;
    monarch.parameters = 160;
    Monarch form{.I = 20, .J = 2, .K = 4, .S = 10, .blockRank = 1, .L = {}, .R = {}, .columns = {}};
    form.L = Matrix<double>(Matrix<double>::Zero(20, 8));
    form.R = Matrix<double>(Matrix<double>::Zero(2, 40));
    for (Index c = 0; c < 40; ++c) form.columns.push_back(c);
    monarch.form = std::move(form);
    QCOMPARE(rankBeside(monarch, 1), Index{2});
    RS_NEAR(*measure(*X, monarch, 1, &floor, {})->optimalFro, curves.fro(2), 1e-12 * M.norm());
  }

  void aWorseApproximationShowsItsExcess() {
    const Matrix<double> M = gaussian(60, 50, 6);
    const MatrixPtr X = makeMatrix(M);
    const Spectrum floor = floorOf(*X);
    const Method* method = findMethod("rsvd");
    const auto params = *resolve(method->params, {{"power", Index{0}}}, {.rows = 60, .cols = 50, .dial = 5});
    const auto made = method->run({.X = X}, 5, params, {});
    const auto report = measure(*X, *made, 5, &floor, {});
    Matrix<double> approximation;
    reconstruct<double>(*made, {.dial = 5, .muted = {}}, {0, 0, 60, 50}, approximation);
    RS_NEAR(*report->fro, (M - approximation).norm(), 1e-12 * M.norm());
    RS_NEAR(*report->excess, (M - approximation).norm() / errorCurves(floor.sigma).fro(5) - 1, 1e-11);
    QVERIFY(*report->excess > 0.001);
  }

  void anOptimumThatIsRoundingOfFloatHasNoExcess() {
    const MatrixPtr X = makeMatrix(Matrix<double>(gaussian(30, 3, 21) * gaussian(3, 20, 22)));
    Context context;
    context.precision = Precision::Float;
    const Spectrum floor = *spectrum(*X, context);
    const auto made = findMethod("svd")->run({.X = X}, 20, {}, context);
    const auto report = measure(*X, *made, 3, &floor, context);
    RS_AT_MOST(*report->optimalFroRelative, 30 * 30 * 0x1p-23);
    QVERIFY(!report->excess.has_value());
    QVERIFY(measure(*X, *made, 2, &floor, context)->excess.has_value());
  }

  void channelsAreMeasuredAsAWhole() {
    const Matrix<double> rgb = gaussian(20, 45, 7);
    const MatrixPtr X = makeMatrix(rgb, {{"red"}, {"green"}, {"blue"}});
    std::vector<ApproximationPtr> parts;
    std::vector<Spectrum> floors;
    const std::vector<Index> dials = {2, 5, 15};
    Matrix<double> whole(20, 45);
    double squares = 0;
    for (Index c = 0; c < 3; ++c) {
      parts.push_back(svdOf(X->channel(c)));
      floors.push_back(floorOf(*X->channel(c)));
      Matrix<double> part;
      reconstruct<double>(*parts.back(), {.dial = dials[static_cast<std::size_t>(c)], .muted = {}}, {0, 0, 20, 15},
                          part);
      whole.middleCols(15 * c, 15) = part;
      squares += std::pow(errorCurves(floors.back().sigma).fro(dials[static_cast<std::size_t>(c)]), 2);
    }
    const auto report = measureParts(*X, parts, dials, floors, {});
    RS_NEAR(*report->fro, (rgb - whole).norm(), 1e-12 * rgb.norm());
    RS_NEAR(*report->optimalFro, std::sqrt(squares), 1e-12 * rgb.norm());
    const auto residual = linalg::exactSvd<double>(Matrix<double>(rgb - whole), linalg::Job::Values, {});
    RS_NEAR(*report->spectral, residual->s(0), 1e-12 * rgb.norm());
  }

  void complexInputIsMeasuredInComplex() {
    Matrix<Complex> Z = gaussian(25, 18, 8).cast<Complex>();
    Z += Complex(0, 1) * gaussian(25, 18, 9).cast<Complex>();
    const MatrixPtr X = makeMatrix(Z);
    const Spectrum floor = floorOf(*X);
    const auto report = measure(*X, *svdOf(X), 6, &floor, {});
    QVERIFY(report.has_value());
    RS_NEAR(*report->fro, errorCurves(floor.sigma).fro(6), 1e-12 * floor.fro);
    RS_NEAR(*report->spectral, floor.sigma(6), 1e-12 * floor.fro);
  }

  void threadsChangeNoMoreThanRounding() {
    const MatrixPtr X = makeMatrix(gaussian(300, 400, 10));
    const ApproximationPtr a = svdOf(X);
    Context two;
    two.threads = 2;
    const auto one = measure(*X, *a, 20, nullptr, {}), both = measure(*X, *a, 20, nullptr, two);
    QCOMPARE(*one->fro, *both->fro);  // panels are the same, and summed in the same order
  }
};

QTEST_GUILESS_MAIN(TstMeasure)
#include "tst_measure.moc"
