// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/compute/drawing.h"
#include "tests/support/support.h"

using namespace rankscope;

namespace {

constexpr double kFloatEps = 0x1p-23;

ApproximationPtr approximation(Index rows, Index cols, Index dial, std::uint64_t seed) {
  auto made = std::make_shared<Approximation>();
  made->rows = rows;
  made->cols = cols;
  made->dial = made->maxDial = dial;
  made->nested = true;
  made->form = LowRank{.left = test::gaussian(rows, dial, seed),
                       .weights = Vector<double>::LinSpaced(dial, 3, 0.1),
                       .right = test::gaussian(dial, cols, seed + 1)};
  return made;
}

ApproximationPtr complexApproximation(Index rows, Index cols, Index dial) {
  auto made = std::make_shared<Approximation>(*approximation(rows, cols, dial, 1));
  const auto gaussian = [](Index n, Index m, std::uint64_t seed) {
    return Matrix<Complex>(test::gaussian(n, m, seed) + Complex(0, 1) * test::gaussian(n, m, seed + 50));
  };
  made->form =
      LowRank{.left = gaussian(rows, dial, 11), .weights = made->lowRank()->weights, .right = gaussian(dial, cols, 12)};
  return made;
}

Matrix<double> exact(const Approximation& part, const Terms& terms) {
  Matrix<double> out;
  reconstruct<double>(part, terms, {0, 0, part.rows, part.cols}, out);
  return out;
}

Matrix<double> pooled(const Matrix<double>& in, int level) {
  const Index side = Index{1} << level;
  return Matrix<double>::NullaryExpr(valuesAt(in.rows(), level), valuesAt(in.cols(), level), [&](Index r, Index c) {
    return in.block(r * side, c * side, std::min(side, in.rows() - r * side), std::min(side, in.cols() - c * side))
        .mean();
  });
}

Matrix<double> planeOf(const Picture& picture, std::size_t plane = 0) {
  using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  return Eigen::Map<const RowMajor>(picture.planes[plane].data(), picture.rows, picture.cols).cast<double>();
}

// A float product of d terms differs from the exact one by at most (d + 4) ε Σ|σ u v|: d − 1 sums, the products, the
// rounding of the three factors. The same bound holds for means of them; 2⁴ below allows for a block's mean in float.
double bound(const Approximation& part, Index dial) {
  const Matrix<double> left = std::get<Matrix<double>>(part.lowRank()->left).leftCols(dial).cwiseAbs();
  const Matrix<double> right = std::get<Matrix<double>>(part.lowRank()->right).topRows(dial).cwiseAbs();
  const Matrix<double> sum = left * part.lowRank()->weights.head(dial).asDiagonal() * right;
  return static_cast<double>(dial + 4 + 16) * kFloatEps * (sum.size() > 0 ? sum.maxCoeff() : 0);
}

double worst(const Matrix<double>& a, const Matrix<double>& b) { return (a - b).cwiseAbs().maxCoeff(); }

}  // namespace

class TstDrawing : public QObject {
  Q_OBJECT

 private slots:
  void everyRankAgreesWithTheReconstruction() {
    const ApproximationPtr part = approximation(301, 77, 40, 1);
    for (const int threads : {1, 2}) {
      Context context;
      context.threads = threads;
      const Drawing drawing({part}, 1, context);
      QCOMPARE(drawing.maxDial(), 40);
      for (const Index dial : {1, 5, 15, 16, 40}) {
        const Terms terms{.dial = dial, .muted = {}};
        const PicturePtr picture = drawing.picture({terms}, {0, 0, 301, 77}, 0, context);
        RS_AT_MOST(worst(planeOf(*picture), exact(*part, terms)), bound(*part, dial));
      }
    }
  }

  void rankZeroIsZeroAndTooMuchIsAll() {
    const ApproximationPtr part = approximation(9, 7, 5, 1);
    const Drawing drawing({part}, 1, {});
    const PicturePtr nothing = drawing.picture({{.dial = 0, .muted = {}}}, {0, 0, 9, 7}, 0, {});
    QCOMPARE(planeOf(*nothing).cwiseAbs().maxCoeff(), 0.0);
    const PicturePtr all = drawing.picture({{.dial = 500, .muted = {}}}, {0, 0, 9, 7}, 0, {});
    RS_AT_MOST(worst(planeOf(*all), exact(*part, {.dial = 5, .muted = {}})), bound(*part, 5));
    const PicturePtr empty = drawing.picture({{.dial = 3, .muted = {}}}, {20, 20, 4, 4}, 0, {});
    QCOMPARE(empty->rows, 0);
  }

  void levelsAreMeansOfTheProduct() {
    const ApproximationPtr part = approximation(101, 67, 12, 2);
    const Drawing drawing({part}, 1, {});
    const Terms terms{.dial = 9, .muted = {}};
    const Matrix<double> whole = exact(*part, terms);
    for (const int level : {1, 2, 5, 8}) {
      const PicturePtr picture = drawing.picture({terms}, {0, 0, 101, 67}, level, {});
      QCOMPARE(picture->level, level);
      RS_AT_MOST(worst(planeOf(*picture), pooled(whole, level)), bound(*part, 9));
    }
  }

  void aRegionIsThatPartOfTheWhole() {
    const ApproximationPtr part = approximation(400, 90, 20, 3);
    const Drawing drawing({part}, 1, {});
    const std::vector<Terms> terms{{.dial = 20, .muted = {}}};
    for (const int level : {0, 2}) {
      const Matrix<double> whole = planeOf(*drawing.picture(terms, {0, 0, 400, 90}, level, {}));
      const PicturePtr tile = drawing.picture(terms, {101, 30, 270, 33}, level, {});
      const Matrix<double> inside =
          whole.block(tile->region.row >> level, tile->region.col >> level, tile->rows, tile->cols);
      RS_AT_MOST(worst(planeOf(*tile), inside), bound(*part, 20));
    }
    QCOMPARE(drawing.picture(terms, {101, 30, 270, 33}, 2, {})->region, (Tile{100, 28, 272, 36}));
  }

  void jointColourIsThreeColumnBlocks() {
    const ApproximationPtr part = approximation(50, 3 * 22, 8, 4);
    const Drawing drawing({part}, 3, {});
    QCOMPARE(drawing.cols(), 22);
    const Terms terms{.dial = 6, .muted = {}};
    const Matrix<double> whole = exact(*part, terms);
    for (const int level : {0, 1, 3}) {
      const PicturePtr picture = drawing.picture({terms}, {0, 0, 50, 22}, level, {});
      QCOMPARE(picture->planes.size(), std::size_t{3});
      for (Index channel = 0; channel < 3; ++channel) {
        RS_AT_MOST(worst(planeOf(*picture, static_cast<std::size_t>(channel)),
                         pooled(whole.middleCols(channel * 22, 22), level)),
                   bound(*part, 6));
      }
    }
  }

  void eachChannelHasItsOwnRank() {
    std::vector<ApproximationPtr> parts;
    for (std::uint64_t seed = 0; seed < 3; ++seed)
      parts.push_back(approximation(40, 30, 4 + static_cast<Index>(seed), seed));
    const Drawing drawing(parts, 3, {});
    QCOMPARE(drawing.maxDial(), 6);
    const std::vector<Terms> terms{{.dial = 1, .muted = {}}, {.dial = 5, .muted = {2}}, {.dial = 6, .muted = {}}};
    const PicturePtr picture = drawing.picture(terms, {0, 0, 40, 30}, 0, {});
    const PicturePtr shared = drawing.picture({terms.front()}, {0, 0, 40, 30}, 0, {});
    for (std::size_t channel = 0; channel < 3; ++channel) {
      RS_AT_MOST(worst(planeOf(*picture, channel), exact(*parts[channel], terms[channel])),
                 bound(*parts[channel], std::min<Index>(terms[channel].dial, parts[channel]->maxDial)));
      RS_AT_MOST(worst(planeOf(*shared, channel), exact(*parts[channel], terms.front())), bound(*parts[channel], 1));
    }
  }

  void mutedTermsAreLeftOut() {
    const ApproximationPtr part = approximation(33, 44, 10, 5);
    const Drawing drawing({part}, 1, {});
    const Terms some{.dial = 7, .muted = {0, 3, 9}}, others{.dial = 9, .muted = {1}};
    for (const Terms& terms : {some, others, some}) {
      for (const int level : {0, 1}) {
        const PicturePtr picture = drawing.picture({terms}, {0, 0, 33, 44}, level, {});
        RS_AT_MOST(worst(planeOf(*picture), pooled(exact(*part, terms), level)), bound(*part, terms.dial));
      }
    }
    const Terms odd{.dial = 7, .muted = {9, 3, 3, 0, -4, 99}};
    const PicturePtr picture = drawing.picture({odd}, {0, 0, 33, 44}, 0, {});
    RS_AT_MOST(worst(planeOf(*picture), exact(*part, some)), bound(*part, 7));
  }

  void correctionsDoNotDrift() {
    const ApproximationPtr part = approximation(120, 80, 60, 6);
    const Drawing drawing({part}, 1, {});
    const Tile all{0, 0, 120, 80};
    std::vector<Terms> terms{{.dial = 30, .muted = {4}}};
    PicturePtr shown = drawing.picture(terms, all, 0, {});
    Random draw(7, "moves");
    constexpr int kMoves = 300;
    for (int move = 0; move < kMoves; ++move) {
      const std::vector<Terms> next{{.dial = static_cast<Index>(draw.below(61)), .muted = {4}}};
      shown = drawing.picture(next, all, 0, {}, shown.get(), &terms);
      terms = next;
    }
    // Each correction adds at most one product's error; they are signed and independent, so √moves of them is ample.
    RS_AT_MOST(worst(planeOf(*shown), exact(*part, terms.front())), std::sqrt(kMoves) * bound(*part, 60));
  }

  void aNearPictureOfSomethingElseIsNotUsed() {
    const ApproximationPtr part = approximation(40, 40, 10, 8);
    const Drawing drawing({part}, 1, {});
    const std::vector<Terms> near{{.dial = 9, .muted = {}}}, wanted{{.dial = 10, .muted = {}}};
    auto wrong = std::make_shared<Picture>(*drawing.picture(near, {0, 0, 40, 40}, 0, {}));
    std::fill(wrong->planes[0].begin(), wrong->planes[0].end(), 1000.0F);
    const auto error = [&](const Picture& picture) { return worst(planeOf(picture), exact(*part, wanted.front())); };
    const Tile all{0, 0, 40, 40};
    QVERIFY(error(*drawing.picture(wanted, all, 0, {}, wrong.get(), &near)) > 100);  // the right one: it is taken
    wrong->region = {0, 0, 40, 39};
    RS_AT_MOST(error(*drawing.picture(wanted, all, 0, {}, wrong.get(), &near)), bound(*part, 10));
    wrong->region = all;
    wrong->level = 1;
    RS_AT_MOST(error(*drawing.picture(wanted, all, 0, {}, wrong.get(), &near)), bound(*part, 10));
    wrong->level = 0;
    const std::vector<Terms> otherMute{{.dial = 9, .muted = {2}}};
    RS_AT_MOST(error(*drawing.picture(wanted, all, 0, {}, wrong.get(), &otherMute)), bound(*part, 10));
  }

  void complexApproximationsShowTheirModulus() {
    const ApproximationPtr part = complexApproximation(30, 20, 6);
    const Drawing drawing({part}, 1, {});
    for (const Index dial : {0, 1, 6}) {
      Matrix<Complex> whole;
      reconstruct<Complex>(*part, {.dial = dial, .muted = {}}, {0, 0, 30, 20}, whole);
      const PicturePtr picture = drawing.picture({{.dial = dial, .muted = {}}}, {0, 0, 30, 20}, 0, {});
      const double scale = dial == 0 ? 0 : whole.cwiseAbs().maxCoeff();
      RS_AT_MOST(worst(planeOf(*picture), whole.cwiseAbs()), 100 * kFloatEps * scale);
    }
  }

  void aLayerIsOneTerm() {
    const ApproximationPtr part = approximation(24, 3 * 10, 5, 9);
    const Drawing joint({part}, 3, {});
    const PicturePtr layer = joint.layer(0, 2, 1, {});
    QCOMPARE(layer->planes.size(), std::size_t{3});
    const Matrix<double> whole = exact(*part, {.dial = 3, .muted = {0, 1}});
    RS_AT_MOST(worst(planeOf(*layer, 1), pooled(whole.middleCols(10, 10), 1)), bound(*part, 5));
    QCOMPARE(Drawing({part}, 1, {}).layer(0, 4, 0, {})->planes.size(), std::size_t{1});
    QVERIFY_EXCEPTION_THROWN(joint.layer(0, 5, 0, {}), std::invalid_argument);
  }

  void residualKeepsTheLargestChannelAndItsSign() {
    Picture original, approximation;
    original.rows = approximation.rows = 1;
    original.cols = approximation.cols = 4;
    original.region = approximation.region = {0, 0, 1, 4};
    const float nan = std::nanf("");
    original.planes = {{1, 2, 3, nan}, {0, 0, 0, 0}, {1, 1, 1, 1}};
    approximation.planes = {{1, 1, 1, 0}, {0, 3, 1, 5}, {0.5F, 1, nan, 1}};
    const PicturePtr residual = residualOf(original, approximation, {});
    QCOMPARE(residual->planes.size(), std::size_t{1});
    QCOMPARE(residual->planes[0][0], 0.5F);
    QCOMPARE(residual->planes[0][1], -3.0F);
    QVERIFY(std::isnan(residual->planes[0][2]));
    QVERIFY(std::isnan(residual->planes[0][3]));
    original.planes.resize(1);
    approximation.planes.resize(1);
    QCOMPARE(residualOf(original, approximation, {})->planes[0][2], 2.0F);
    approximation.level = 1;
    QVERIFY_EXCEPTION_THROWN(residualOf(original, approximation, {}), std::invalid_argument);
  }

  void aReducedResidualHidesNoLargeEntry() {
    // 5 × 7: blocks at both edges are cut. A mean would leave a quarter of each of the two, or less.
    Picture original, approximation;
    original.rows = approximation.rows = 5;
    original.cols = approximation.cols = 7;
    original.region = approximation.region = {0, 0, 5, 7};
    original.planes.assign(3, std::vector<float>(35, 0.25F));
    approximation.planes.assign(3, std::vector<float>(35, 0.0F));
    original.planes[1][1 * 7 + 2] = -9;                  // block (0, 1) of level 1
    original.planes[2][4 * 7 + 6] = 5;                   // the corner, block (2, 3)
    approximation.planes[0][2 * 7 + 0] = std::nanf("");  // block (1, 0)
    for (const int threads : {1, 2}) {
      Context context;
      context.threads = threads;
      const PicturePtr residual = residualOf(original, approximation, 1, context);
      QVERIFY(residual->largest);
      QCOMPARE(residual->level, 1);
      QCOMPARE(residual->region, original.region);
      QCOMPARE(residual->rows, 3);
      QCOMPARE(residual->cols, 4);
      for (Index i = 0; i < 12; ++i) {
        const float value = residual->planes[0][static_cast<std::size_t>(i)];
        if (i == 4) {
          QVERIFY(std::isnan(value));
        } else {
          QCOMPARE(value, i == 1 ? -9.0F : i == 11 ? 5.0F : 0.25F);
        }
      }
      const PicturePtr one = residualOf(original, approximation, 3, context);
      QCOMPARE(one->planes[0].size(), std::size_t{1});
      QVERIFY(std::isnan(one->planes[0][0]));
    }
    const PicturePtr same = residualOf(original, approximation, 0, {});
    QVERIFY(!same->largest && same->cols == 7);
    original.level = approximation.level = 2;
    QVERIFY_EXCEPTION_THROWN(residualOf(original, approximation, 1, {}), std::invalid_argument);
  }
};

QTEST_GUILESS_MAIN(TstDrawing)
#include "tst_drawing.moc"
