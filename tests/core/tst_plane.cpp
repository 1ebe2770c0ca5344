// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>

#include "core/linalg/file_matrix.h"
#include "core/linalg/sparse_matrix.h"
#include "core/picture/plane.h"
#include "tests/support/support.h"

using namespace rankscope;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// The definition, entry by entry: what one value of a level stands for.
double pooledByHand(const Matrix<double>& values, Index row, Index col, int level) {
  const Index side = Index{1} << level;
  double sum = 0, count = 0;
  for (Index r = row * side; r < std::min((row + 1) * side, values.rows()); ++r) {
    for (Index c = col * side; c < std::min((col + 1) * side, values.cols()); ++c) {
      const double value = values(r, c);
      if (std::isnan(value)) continue;
      sum += value;
      count += 1;
    }
  }
  return count > 0 ? sum / count : kNaN;
}

bool same(float a, double b, double tolerance) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  return std::abs(static_cast<double>(a) - b) <= tolerance;
}

// Largest difference of a picture from the definition must be float rounding: ε_f/2 of the value, and of a mean's sum.
QString differs(const Picture& picture, std::size_t plane, const Matrix<double>& values) {
  for (Index r = 0; r < picture.rows; ++r) {
    for (Index c = 0; c < picture.cols; ++c) {
      const Index row = (picture.region.row >> picture.level) + r, col = (picture.region.col >> picture.level) + c;
      const double expected = pooledByHand(values, row, col, picture.level);
      const float actual = picture.planes[plane][static_cast<std::size_t>(r * picture.cols + c)];
      if (!same(actual, expected, 0x1p-23 * std::max(1.0, std::abs(expected)))) {
        return QString("level %1, value (%2, %3): %4, expected %5")
            .arg(picture.level)
            .arg(row)
            .arg(col)
            .arg(static_cast<double>(actual))
            .arg(expected);
      }
    }
  }
  return {};
}

Matrix<double> withHoles(Index rows, Index cols) {
  Matrix<double> values = test::gaussian(rows, cols, 3);
  values(0, 0) = kNaN;
  values.block(4, 8, 2, 2).setConstant(kNaN);  // a whole block of level 1
  return values;
}

// Numbers that are not in memory, as those of a file are not: entry (i, j) is i + j/8.
class Ramp final : public FileMatrix {
 public:
  Ramp(Index rows, Index cols) : m_rows(rows), m_cols(cols) {}
  Index rows() const override { return m_rows; }
  Index cols() const override { return m_cols; }
  Scalar scalar() const override { return Scalar::Real64; }
  bool byRows() const override { return true; }
  std::uint64_t bytes() const override { return static_cast<std::uint64_t>(m_rows * m_cols) * sizeof(double); }
  Fingerprint fingerprint() const override { return {}; }
  void read(Index row, Index col, Eigen::Ref<Matrix<float>> out) const override { fill(row, col, out); }
  void read(Index row, Index col, Eigen::Ref<Matrix<double>> out) const override { fill(row, col, out); }
  void read(Index row, Index col, Eigen::Ref<Matrix<Complex>> out) const override { fill(row, col, out); }
  Matrix<double> corner(Index rows, Index cols) const {
    Matrix<double> out(rows, cols);
    read(0, 0, out);
    return out;
  }

 private:
  template <class M>
  static void fill(Index row, Index col, M& out) {
    using T = typename M::Scalar;
    for (Index c = 0; c < out.cols(); ++c) {
      for (Index r = 0; r < out.rows(); ++r)
        out(r, c) = T(static_cast<float>(row + r) + 0.125F * static_cast<float>(col + c));
    }
  }
  Index m_rows, m_cols;
};

}  // namespace

class TstPlane : public QObject {
  Q_OBJECT

 private slots:
  void everyLevelIsTheDefinition_data() {
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("cols");
    QTest::newRow("one entry") << 1 << 1;
    QTest::newRow("one row") << 1 << 37;
    QTest::newRow("one column") << 41 << 1;
    QTest::newRow("power of two") << 64 << 32;
    QTest::newRow("odd") << 37 << 53;
    QTest::newRow("several tiles") << 517 << 300;
  }
  void everyLevelIsTheDefinition() {
    QFETCH(int, rows);
    QFETCH(int, cols);
    const Matrix<double> values = rows > 8 && cols > 16 ? withHoles(rows, cols) : test::gaussian(rows, cols, 3);
    for (const int threads : {1, 2}) {
      const Pyramid pyramid(makeMatrix(values));
      Context context;
      context.threads = threads;
      for (int level = 0; level < 11; ++level) {
        const PicturePtr picture = pyramid.picture({0, 0, rows, cols}, level, context);
        QCOMPARE(picture->rows, valuesAt(rows, picture->level));
        QCOMPARE(picture->cols, valuesAt(cols, picture->level));
        QCOMPARE(picture->region, (Tile{0, 0, rows, cols}));
        QCOMPARE(picture->level, std::min(level, static_cast<int>(std::ceil(std::log2(std::max(rows, cols))))));
        const QString difference = differs(*picture, 0, values);
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
      }
    }
  }

  void regionsAreClippedAndRoundedOutwards() {
    const Matrix<double> values = test::gaussian(100, 70, 5);
    const Pyramid pyramid(makeMatrix(values));
    const PicturePtr inner = pyramid.picture({5, 9, 10, 3}, 2, {});
    QCOMPARE(inner->region, (Tile{4, 8, 12, 4}));
    QCOMPARE(inner->rows, 3);
    QCOMPARE(inner->cols, 1);
    QVERIFY(differs(*inner, 0, values).isEmpty());
    const PicturePtr corner = pyramid.picture({-20, 61, 1000, 1000}, 3, {});
    QCOMPARE(corner->region, (Tile{0, 56, 100, 14}));
    QVERIFY(differs(*corner, 0, values).isEmpty());
    const PicturePtr outside = pyramid.picture({500, 500, 3, 3}, 1, {});
    QCOMPARE(outside->rows, 0);
    QCOMPARE(outside->planes.front().size(), std::size_t{0});
    const PicturePtr detail = pyramid.picture({17, 31, 40, 20}, 0, {});
    QCOMPARE(detail->region, (Tile{17, 31, 40, 20}));
    QVERIFY(differs(*detail, 0, values).isEmpty());
  }

  void colourGivesThreePlanesPooledEachByItself() {
    const Matrix<double> values = test::gaussian(21, 3 * 17, 6);
    const Pyramid pyramid(makeMatrix(values, {{"red"}, {"green"}, {"blue"}}));
    QCOMPARE(pyramid.channels(), 3);
    QCOMPARE(pyramid.cols(), 17);
    for (const int level : {0, 1, 3}) {
      const PicturePtr picture = pyramid.picture({0, 0, 21, 17}, level, {});
      QCOMPARE(picture->planes.size(), std::size_t{3});
      for (Index channel = 0; channel < 3; ++channel) {
        const Matrix<double> plane = values.middleCols(channel * 17, 17);
        QVERIFY(differs(*picture, static_cast<std::size_t>(channel), plane).isEmpty());
      }
    }
  }

  void complexAndFloatMatricesAreShownToo() {
    Matrix<Complex> values(2, 2);
    values << Complex(3, 4), Complex(0, -2), Complex(1, 0), Complex(0, 0);
    const PicturePtr moduli = Pyramid(makeMatrix(values)).picture({0, 0, 2, 2}, 0, {});
    QCOMPARE(moduli->planes.front(), (std::vector<float>{5, 2, 1, 0}));
    const Matrix<float> floats = test::gaussian(9, 5, 1).cast<float>();
    const PicturePtr copied = Pyramid(makeMatrix(floats)).picture({0, 0, 9, 5}, 0, {});
    QVERIFY(differs(*copied, 0, floats.cast<double>()).isEmpty());
  }

  void whatIsNotDenseIsDrawnAlike() {
    Matrix<double> values = test::gaussian(300, 517, 7);
    values = (values.array() > 1).select(values, 0.0);
    values.block(8, 16, 8, 8).setConstant(kNaN);
    const Pyramid sparse(makeMatrix(Sparse(values.sparseView())));
    const auto ramp = std::make_shared<const Ramp>(300, 517);
    const Pyramid file(makeMatrix(std::shared_ptr<const FileMatrix>(ramp)));
    for (const Tile& region : {Tile{0, 0, 300, 517}, Tile{17, 260, 100, 200}}) {
      for (int level = 0; level < 11; ++level) {
        QString difference = differs(*sparse.picture(region, level, {}), 0, values);
        QVERIFY2(difference.isEmpty(), qPrintable("sparse: " + difference));
        difference = differs(*file.picture(region, level, {}), 0, ramp->corner(300, 517));
        QVERIFY2(difference.isEmpty(), qPrintable("file: " + difference));
      }
    }
  }

  // 20 million entries: level 1 would have more values than are kept.
  void fineLevelsOfWhatIsNotDenseAreReadForTheRegionAlone() {
    constexpr Index kRows = 5000, kCols = 4000, kCorner = 600;
    const auto ramp = std::make_shared<const Ramp>(kRows, kCols);
    const Pyramid file(makeMatrix(std::shared_ptr<const FileMatrix>(ramp)));
    Matrix<double> values = test::gaussian(kCorner, kCorner, 8);
    values = (values.array() > 1).select(values, 0.0);
    Sparse wide(kRows, kCols);
    std::vector<Eigen::Triplet<double>> entries = {{kRows - 1, kCols - 1, 3.0}};
    for (int c = 0; c < kCorner; ++c) {
      for (int r = 0; r < kCorner; ++r) {
        if (values(r, c) != 0) entries.emplace_back(r, c, values(r, c));
      }
    }
    wide.setFromTriplets(entries.begin(), entries.end());
    const Pyramid sparse(makeMatrix(wide));
    for (const int level : {0, 1, 2, 3}) {
      const Tile region{8, 296, 560, 300};
      QString difference = differs(*file.picture(region, level, {}), 0, ramp->corner(kCorner, kCorner));
      QVERIFY2(difference.isEmpty(), qPrintable("file: " + difference));
      difference = differs(*sparse.picture(region, level, {}), 0, values);
      QVERIFY2(difference.isEmpty(), qPrintable("sparse: " + difference));
    }
    const PicturePtr one = sparse.picture({0, 0, kRows, kCols}, 99, {});
    QCOMPARE(one->planes.front().size(), std::size_t{1});
    RS_NEAR(static_cast<double>(one->planes.front().front()) * kRows * kCols, values.sum() + 3, 1e-6 * values.sum());
  }

  // A million rows and columns are beyond any pass over the entries; the few that are kept are not.
  void aVeryWideSparseMatrixIsDrawn() {
    Sparse wide(1000000, 1000000);
    wide.insert(999999, 999999) = 1 << 20;
    const Pyramid pyramid(makeMatrix(wide));
    const PicturePtr top = pyramid.picture({0, 0, 1000000, 1000000}, pyramid.topLevel(), {});
    QCOMPARE(top->rows, valuesAt(1000000, 10));
    QCOMPARE(top->planes.front().front(), 0.0F);
    // The last block has 1000000 mod 1024 = 576 entries a side.
    RS_NEAR(static_cast<double>(top->planes.front().back()), (1 << 20) / (576.0 * 576.0), 1e-6);
    const PicturePtr corner = pyramid.picture({999990, 999990, 10, 10}, 0, {});
    QCOMPARE(corner->planes.front().back(), static_cast<float>(1 << 20));
  }

  void topLevelIsTheFirstWithinATextureOf1024() {
    QCOMPARE(Pyramid(makeMatrix(Matrix<float>(Matrix<float>::Zero(1024, 3)))).topLevel(), 0);
    QCOMPARE(Pyramid(makeMatrix(Matrix<float>(Matrix<float>::Zero(3, 1025)))).topLevel(), 1);
    QCOMPARE(Pyramid(makeMatrix(Matrix<float>(Matrix<float>::Zero(2, 16384)))).topLevel(), 4);
  }

  void wholeLevelsAreSharedNotCopied() {
    const Pyramid pyramid(makeMatrix(test::gaussian(40, 40, 2)));
    for (const int level : {0, 1, 2}) {
      QCOMPARE(pyramid.picture({0, 0, 40, 40}, level, {}).get(), pyramid.picture({0, 0, 40, 40}, level, {}).get());
    }
  }

  void aCancelledPassThrowsAndGoesOnLater() {
    const Matrix<double> values = test::gaussian(600, 600, 4);
    const Pyramid pyramid(makeMatrix(values));
    CancelSource source;
    source.stop();
    Context stopped;
    stopped.cancel = source.token();
    QVERIFY_EXCEPTION_THROWN(pyramid.picture({0, 0, 600, 600}, 2, stopped), Cancelled);
    const PicturePtr picture = pyramid.picture({0, 0, 600, 600}, 2, {});
    QVERIFY(differs(*picture, 0, values).isEmpty());
  }

  void histogramCountsEveryFiniteValueOnce() {
    Picture picture;
    picture.rows = 1;
    picture.cols = 6;
    picture.planes = {{0.0F, 1.0F, 2.0F, 4.0F, std::numeric_limits<float>::infinity(), std::nanf("")}};
    const Histogram histogram = histogramOf(picture, 4);
    QCOMPARE(histogram.lo, 0.0);
    QCOMPARE(histogram.hi, 4.0);
    QCOMPARE(histogram.nonFinite, 2);
    QCOMPARE(histogram.counts, (std::vector<Index>{1, 1, 1, 1}));
    picture.planes = {{7.0F, 7.0F, 7.0F, 7.0F, 7.0F, 7.0F}};
    QCOMPARE(histogramOf(picture, 3).counts, (std::vector<Index>{6, 0, 0}));
    picture.planes = {{}};
    QCOMPARE(histogramOf(picture, 2).counts, (std::vector<Index>{0, 0}));
  }

  void percentilesOfSmallPicturesAreExactAndOfLargeOnesClose() {
    Picture picture;
    picture.planes = {{5, 1, std::nanf(""), 3, 2, 4}};
    QCOMPARE(percentileOf(picture, 0), 1.0);
    QCOMPARE(percentileOf(picture, 0.5), 3.0);
    QCOMPARE(percentileOf(picture, 1), 5.0);
    picture.planes = {{std::nanf("")}};
    QCOMPARE(percentileOf(picture, 0.5), 0.0);
    std::vector<float> ramp(1 << 20);  // columns of period 1024: a stride that divides it would see few of them
    for (std::size_t i = 0; i < ramp.size(); ++i) ramp[i] = static_cast<float>(i % 1024);
    picture.planes = {ramp};
    // A golden-ratio sample of N points has discrepancy below 3 log(N)/N < 1e-3 of the range.
    RS_NEAR(percentileOf(picture, 0.25), 256, 1024e-3);
    RS_NEAR(percentileOf(picture, 0.99), 1013.76, 1024e-3);
  }
};

QTEST_GUILESS_MAIN(TstPlane)
#include "tst_plane.moc"
