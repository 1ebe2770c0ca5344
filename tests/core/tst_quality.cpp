// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/quality.h"

#include <bit>
#include <cmath>

#include "tests/support/support.h"

using namespace rankscope;
using namespace rankscope::test;

namespace {

constexpr double kEpsilon = 0x1p-52;

Context onThreads(int threads) {
  Context context;
  context.threads = threads;
  return context;
}

/// The definition as it stands (Wang et al. 2004): at every pixel, 121 weighted values and deviations from their mean.
double slowSsim(const Matrix<double>& x, const Matrix<double>& y, Index channels) {
  Matrix<double> w(11, 11);
  for (Index i = 0; i < 11; ++i) {
    for (Index j = 0; j < 11; ++j) {
      w(i, j) = std::exp(-static_cast<double>((i - 5) * (i - 5) + (j - 5) * (j - 5)) / (2 * 1.5 * 1.5));
    }
  }
  w /= w.sum();
  const Index cols = x.cols() / channels;
  double total = 0;
  for (Index channel = 0; channel < channels; ++channel) {
    double sum = 0;
    for (Index r = 0; r + 11 <= x.rows(); ++r) {
      for (Index c = 0; c + 11 <= cols; ++c) {
        const Matrix<double> a = x.block(r, channel * cols + c, 11, 11), b = y.block(r, channel * cols + c, 11, 11);
        const double meanA = a.cwiseProduct(w).sum(), meanB = b.cwiseProduct(w).sum();
        double varA = 0, varB = 0, covariance = 0;
        for (Index i = 0; i < 121; ++i) {
          varA += w(i) * (a(i) - meanA) * (a(i) - meanA);
          varB += w(i) * (b(i) - meanB) * (b(i) - meanB);
          covariance += w(i) * (a(i) - meanA) * (b(i) - meanB);
        }
        const double c1 = 1e-4, c2 = 9e-4;
        sum += (2 * meanA * meanB + c1) * (2 * covariance + c2) /
               ((meanA * meanA + meanB * meanB + c1) * (varA + varB + c2));
      }
    }
    total += sum / static_cast<double>((x.rows() - 10) * (cols - 10));
  }
  return total / static_cast<double>(channels);
}

/// A picture with edges and texture in about [0, 1], and a disturbed copy that leaves [0, 1] here and there.
Matrix<double> picture(Index rows, Index cols) {
  return Matrix<double>::NullaryExpr(rows, cols, [](Index i, Index j) {
    const double wave = 0.3 * std::sin(0.7 * static_cast<double>(i)) * std::cos(0.3 * static_cast<double>(j));
    return (i / 8 + j / 8) % 2 == 0 ? 0.4 + wave : 0.7 + wave / 2;
  });
}

}  // namespace

class TstQuality : public QObject {
  Q_OBJECT

 private slots:
  void ssimIsItsDefinition_data() {
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("cols");
    QTest::addColumn<int>("channels");
    QTest::newRow("one window") << 11 << 11 << 1;
    QTest::newRow("one row of windows") << 11 << 40 << 1;
    QTest::newRow("one column of windows") << 40 << 11 << 1;
    QTest::newRow("colour") << 25 << 17 << 3;
    QTest::newRow("exactly one band") << 20 << 74 << 1;
    QTest::newRow("several bands") << 15 << 160 << 3;
  }
  void ssimIsItsDefinition() {
    QFETCH(int, rows);
    QFETCH(int, cols);
    QFETCH(int, channels);
    const Matrix<double> x = picture(rows, cols * channels);
    for (const double noise : {0.0, 0.01, 0.3}) {
      const Matrix<double> y = x + noise * gaussian(rows, cols * channels, 3);
      // The fast way takes E x² − (E x)²: a few ε of values near 1, divided by at least C2 = 9e-4.
      RS_NEAR(*ssim(x, y, channels, onThreads(2)), slowSsim(x, y, channels), 100 * kEpsilon / 9e-4);
    }
  }

  void ssimOfEqualPicturesIsOne() {
    const Matrix<double> x = picture(30, 30);
    RS_NEAR(*ssim(x, x, 1, Context{}), 1, 100 * kEpsilon);
    const Matrix<double> flat = Matrix<double>::Constant(12, 12, 0.5);
    RS_NEAR(*ssim(flat, flat, 1, Context{}), 1, 100 * kEpsilon / 9e-4);
    // Two flat pictures differ by their means only: (2ab + C1)/(a² + b² + C1).
    const Matrix<double> darker = Matrix<double>::Constant(12, 12, 0.25);
    RS_NEAR(*ssim(flat, darker, 1, Context{}), (0.25 + 1e-4) / (0.3125 + 1e-4), 100 * kEpsilon / 9e-4);
  }

  void ssimIsTheMeanOfItsChannels() {
    const Matrix<double> x = picture(20, 60), y = x + 0.1 * gaussian(20, 60, 8);
    double sum = 0;
    for (Index c = 0; c < 3; ++c) sum += *ssim(x.middleCols(20 * c, 20), y.middleCols(20 * c, 20), 1, Context{});
    RS_NEAR(*ssim(x, y, 3, Context{}), sum / 3, 20 * kEpsilon);
    QVERIFY(*ssim(x, y, 3, Context{}) != *ssim(x, y, 1, Context{}));  // no window reaches across channels
  }

  void threadsChangeNoBit() {
    const Matrix<double> x = picture(50, 600), y = x + 0.1 * gaussian(50, 600, 8);
    const double one = *ssim(x, y, 3, onThreads(1));
    QCOMPARE(std::bit_cast<quint64>(*ssim(x, y, 3, onThreads(2))), std::bit_cast<quint64>(one));
    QCOMPARE(std::bit_cast<quint64>(*ssim(x, y, 3, onThreads(7))), std::bit_cast<quint64>(one));
  }

  void smallPicturesHaveNoSsim() {
    QVERIFY(!ssim(picture(10, 50), picture(10, 50), 1, Context{}));
    QVERIFY(!ssim(picture(50, 10), picture(50, 10), 1, Context{}));
    QVERIFY(!ssim(picture(50, 30), picture(50, 30), 3, Context{}));  // three channels of ten columns
    QVERIFY(ssim(picture(11, 33), picture(11, 33), 3, Context{}));
  }

  void psnrIsMinusTenLogarithmsOfTheMeanSquare() {
    const Matrix<double> x = picture(8, 9);
    RS_NEAR(*psnr(x, x.array() + 0.1), 20, 1e-12);
    RS_NEAR(*psnr(x, x.array() - 10), -20, 1e-12);  // nothing is clipped
    Matrix<double> y = x;
    y(3, 4) += 1;
    RS_NEAR(*psnr(x, y), 10 * std::log10(72.0), 1e-12);
    QVERIFY(!psnr(x, x));
    QVERIFY(psnr(picture(1, 1), Matrix<double>::Zero(1, 1)));
  }

  void lumaWeighsTheChannels() {
    Matrix<double> rgb(1, 12);
    rgb << 1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1;  // red, green, blue, white
    const Matrix<double> y = luma(rgb);
    QCOMPARE(y.cols(), Index{4});
    RS_NEAR(y(0, 0), 0.299, 0);
    RS_NEAR(y(0, 1), 0.587, 0);
    RS_NEAR(y(0, 2), 0.114, 0);
    RS_NEAR(y(0, 3), 1, 2 * kEpsilon);
  }

  void shapesMustAgree() {
    QVERIFY_THROWS_EXCEPTION(std::invalid_argument, (void)psnr(picture(3, 4), picture(4, 3)));
    QVERIFY_THROWS_EXCEPTION(std::invalid_argument, (void)ssim(picture(12, 13), picture(12, 13), 3, Context{}));
    QVERIFY_THROWS_EXCEPTION(std::invalid_argument, (void)luma(picture(3, 4)));
  }

  void cancelStopsTheWork() {
    CancelSource source;
    source.stop();
    Context context;
    context.cancel = source.token();
    QVERIFY_THROWS_EXCEPTION(Cancelled, (void)ssim(picture(20, 20), picture(20, 20), 1, context));
  }
};

QTEST_GUILESS_MAIN(TstQuality)
#include "tst_quality.moc"
