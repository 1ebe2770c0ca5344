// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>

#include "core/compute/analysis.h"
#include "core/linalg/file_matrix.h"
#include "core/methods/spectrum.h"
#include "core/methods/stream.h"
#include "tests/support/columns.h"
#include "tests/support/support.h"
#include "tests/support/vectors.h"

using namespace rankscope;
using namespace rankscope::test;

namespace {

constexpr double kPlenty = 1e9;

StreamDraws<double> draws(const Matrix<double>& upsilon, const Matrix<double>& omega, const Matrix<double>& phi,
                          const Matrix<double>& psi, const Matrix<double>& theta = {}) {
  const auto from = [](const Matrix<double>& all) {
    return [all](Index first, Index count) -> Matrix<double> { return all.middleCols(first, count); };
  };
  return {.upsilon = from(upsilon), .omega = from(omega), .phi = from(phi), .psi = from(psi), .theta = from(theta)};
}

StreamDraws<double> gaussianDraws(Index n, Index m, StreamSizes sizes, std::uint64_t seed) {
  return draws(gaussian(sizes.range, n, seed), gaussian(sizes.range, m, seed + 1), gaussian(sizes.corange, n, seed + 2),
               gaussian(sizes.corange, m, seed + 3), gaussian(sizes.checks, n, seed + 4));
}

Matrix<double> product(const linalg::Svd<double>& svd) { return svd.U * svd.s.asDiagonal() * svd.Vt; }

Streamed<double> streamed(const Matrix<double>& M, StreamSizes sizes, const StreamDraws<double>& from, Index rank) {
  StreamSketch<double> sketch(M.rows(), M.cols(), sizes, from, 0, kPlenty);
  sketch.add(0, 0, M);
  auto made = sketch.finish(rank, {});
  if (!made) throw std::runtime_error(made.error().message());
  return std::move(*made);
}

/// A matrix that says how often each entry was read.
class CountingFile : public FileMatrix {
 public:
  CountingFile(Matrix<double> values, bool byRows) : m_values(std::move(values)), m_byRows(byRows) {
    m_reads = Matrix<double>::Zero(m_values.rows(), m_values.cols());
  }
  Index rows() const override { return m_values.rows(); }
  Index cols() const override { return m_values.cols(); }
  Scalar scalar() const override { return Scalar::Real64; }
  bool byRows() const override { return m_byRows; }
  std::uint64_t bytes() const override { return static_cast<std::uint64_t>(m_values.size()) * 8; }
  Fingerprint fingerprint() const override { return fingerprintOf("counting"); }
  void read(Index row, Index col, Eigen::Ref<Matrix<float>> out) const override { copy<float>(row, col, out); }
  void read(Index row, Index col, Eigen::Ref<Matrix<double>> out) const override { copy<double>(row, col, out); }
  void read(Index row, Index col, Eigen::Ref<Matrix<Complex>> out) const override { copy<Complex>(row, col, out); }
  const Matrix<double>& reads() const { return m_reads; }

 private:
  template <class T>
  void copy(Index row, Index col, Eigen::Ref<Matrix<T>> out) const {
    out = m_values.block(row, col, out.rows(), out.cols()).template cast<T>();
    m_reads.block(row, col, out.rows(), out.cols()).array() += 1;
  }
  Matrix<double> m_values;
  bool m_byRows;
  mutable Matrix<double> m_reads;
};

}  // namespace

class TstStream : public QObject {
  Q_OBJECT

 private slots:
  void referenceVectorsAgree() {
    for (const auto& reference : referenceCases("single_pass")) {
      const Matrix<double> M = reference.input("M");
      const StreamSizes sizes{.range = reference.integer("k"), .corange = reference.integer("s")};
      const auto from =
          draws(reference.input("Upsilon"), reference.input("Omega"), reference.input("Phi"), reference.input("Psi"));
      const Matrix<double> whole = reference.expected("product"), cut = reference.expected("product_r");
      RS_AT_MOST((product(streamed(M, sizes, from, sizes.range).svd) - whole).norm(), 1e-8 * whole.norm());
      RS_AT_MOST((product(streamed(M, sizes, from, reference.integer("r")).svd) - cut).norm(), 1e-8 * cut.norm());
    }
  }

  void tilesOfAnyShapeGiveTheSame_data() {
    QTest::addColumn<Index>("height");
    QTest::addColumn<Index>("width");
    QTest::addColumn<double>("spare");
    QTest::addRow("single rows") << Index{1} << Index{40} << kPlenty;
    QTest::addRow("blocks of rows") << Index{16} << Index{40} << kPlenty;
    QTest::addRow("blocks of columns") << Index{50} << Index{7} << kPlenty;
    QTest::addRow("tiles") << Index{13} << Index{9} << kPlenty;
    QTest::addRow("tiles without room for draws") << Index{13} << Index{9} << 0.0;
  }
  void tilesOfAnyShapeGiveTheSame() {
    QFETCH(Index, height);
    QFETCH(Index, width);
    QFETCH(double, spare);
    const Index n = 50, m = 40;
    const Matrix<double> M = withSpectrum(n, m, geometric(m, 0.8), 1);
    const StreamSizes sizes{.range = 9, .corange = 19, .checks = 4};
    const auto from = gaussianDraws(n, m, sizes, 2);
    const auto whole = streamed(M, sizes, from, 5);
    StreamSketch<double> sketch(n, m, sizes, from, 0, spare);
    for (Index c = 0; c < m; c += width) {
      for (Index r = 0; r < n; r += height)
        sketch.add(r, c, M.block(r, c, std::min(height, n - r), std::min(width, m - c)));
    }
    const auto parts = sketch.finish(5, {});
    QVERIFY(parts.has_value());
    RS_AT_MOST((product(parts->svd) - product(whole.svd)).norm(), 1e-12 * M.norm());
    RS_NEAR(parts->estimate, whole.estimate, 1e-12 * M.norm());
  }

  void exactWhereTheSketchHoldsTheWholeRange_data() { addEdgeRows(); }
  void exactWhereTheSketchHoldsTheWholeRange() {
    QFETCH(int, n);
    QFETCH(int, m);
    QFETCH(int, rankOfM);
    QFETCH(int, r);
    QFETCH(double, scale);
    const Matrix<double> M = edgeMatrix(n, m, rankOfM, scale);
    const Approximation made = runMethod("stream", M, r, {});
    QCOMPARE(made.maxDial, Index{r});
    // The core is solved for through two Gaussian matrices whose condition is some tens.
    RS_AT_MOST(((productOf(made) - M) / scale).norm(), 3000 * 0x1p-52 * std::max(n, m) * (M / scale).norm());
    RS_AT_MOST(*made.errorEstimate, 3000 * 0x1p-52 * std::max(n, m));
    const Matrix<double> U = factor(made, 0);
    RS_AT_MOST((U.transpose() * U - Matrix<double>::Identity(r, r)).norm(), 30 * 0x1p-52 * n);
  }

  // The exact mean over Φ and Ψ for a given Q and P (METHODS 2.8), by 4000 draws of them.
  void theMeanErrorIsThatOfTheory_data() {
    QTest::addColumn<Index>("range");
    QTest::addColumn<Index>("corange");
    QTest::addRow("s = 3k") << Index{4} << Index{12};
    QTest::addRow("s = 2k + 1") << Index{5} << Index{11};
    QTest::addRow("s = 2k") << Index{6} << Index{12};
  }
  void theMeanErrorIsThatOfTheory() {
    QFETCH(Index, range);
    QFETCH(Index, corange);
    const Index n = 14, m = 12, trials = 4000;
    const Matrix<double> M = withSpectrum(n, m, geometric(m, 0.7), 3);
    const Matrix<double> upsilon = gaussian(range, n, 4), omega = gaussian(range, m, 5);
    Matrix<double> Q = M * omega.transpose(), P = (upsilon * M).transpose();
    linalg::householderQ(Q);
    linalg::householderQ(P);
    const double k = static_cast<double>(range), s = static_cast<double>(corange);
    const Matrix<double> outside = M - Q * (Q.transpose() * M);
    const double both = (M - Q * (Q.transpose() * M * P) * P.transpose()).squaredNorm();
    const double corner = (outside - outside * P * P.transpose()).squaredNorm();
    const double expected = both * (1 + k / (s - k - 1)) + k * (2 * k + 1 - s) / ((s - k - 1) * (s - k - 1)) * corner;
    double sum = 0, squares = 0;
    for (Index t = 0; t < trials; ++t) {
      const auto seed = static_cast<std::uint64_t>(100 + 2 * t);
      const auto from = draws(upsilon, omega, gaussian(corange, n, seed), gaussian(corange, m, seed + 1));
      const double error =
          (M - product(streamed(M, {.range = range, .corange = corange}, from, range).svd)).squaredNorm();
      sum += error;
      squares += error * error;
    }
    const double mean = sum / trials, deviation = std::sqrt((squares / trials - mean * mean) / trials);
    RS_NEAR(mean, expected, 5 * deviation);  // less than one in a million for a right formula
    RS_AT_MOST(deviation, 0.05 * expected);  // and a wrong one is seen
  }

  void theBoundHoldsInTheMeanAndTheCutAddsNoMoreThanTwice() {
    const Index n = 60, m = 50, r = 5, k = 21, s = 43;
    const Vector<double> sigma = geometric(m, 0.85);
    const Matrix<double> M = withSpectrum(n, m, sigma, 6);
    double bound = std::numeric_limits<double>::infinity(), sum = 0;
    for (Index j = 0; j < k - 1; ++j)
      bound = std::min(bound, static_cast<double>(k + j - 1) / static_cast<double>(k - j - 1) *
                                  std::pow(errorCurves(sigma).fro(j), 2));
    bound *= static_cast<double>(s - 1) / static_cast<double>(s - k - 1);
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
      const auto from = gaussianDraws(n, m, {.range = k, .corange = s}, 1000 + 10 * seed);
      const double whole = (M - product(streamed(M, {.range = k, .corange = s}, from, k).svd)).norm();
      const double cut = (M - product(streamed(M, {.range = k, .corange = s}, from, r).svd)).norm();
      sum += whole * whole;
      RS_AT_MOST(cut, errorCurves(sigma).fro(r) + 2 * whole);
      RS_AT_MOST(errorCurves(sigma).fro(r), cut * (1 + 1e-12));
    }
    RS_AT_MOST(sum / 40, bound);
  }

  // E ‖ΘE‖² = q ‖E‖², with a variance of 2q ‖EEᵀ‖_F² ≤ 2q ‖E‖⁴.
  void theEstimateIsUnbiased() {
    const Matrix<double> M = withSpectrum(40, 30, geometric(30, 0.7), 7);
    const StreamSizes sizes{.range = 9, .corange = 19, .checks = 10};
    const int trials = 400;
    const auto fixed = gaussianDraws(40, 30, sizes, 8);
    double sum = 0, error = 0;
    for (int t = 0; t < trials; ++t) {
      auto from = fixed;
      const Matrix<double> theta = gaussian(10, 40, static_cast<std::uint64_t>(1000 + t));
      from.theta = [theta](Index first, Index count) -> Matrix<double> { return theta.middleCols(first, count); };
      const auto made = streamed(M, sizes, from, 4);
      error = (M - product(made.svd)).squaredNorm();
      sum += made.estimate * made.estimate;
    }
    RS_NEAR(sum / trials, error, 5 * std::sqrt(2.0 / 10 / trials) * error);
  }

  void extremeScalesOnlyScale() {
    const Matrix<double> M = withSpectrum(30, 25, geometric(25, 0.7), 9);
    const Approximation plain = runMethod("stream", M, 4, {});
    for (const double scale : {0x1p-1000, 0x1p1000}) {  // powers of two, so that the bits are the same
      const Approximation scaled = runMethod("stream", Matrix<double>(M * scale), 4, {});
      QVERIFY(factor(scaled, 0) == factor(plain, 0));
      QVERIFY(factor(scaled, 1) / scale == factor(plain, 1));
      QCOMPARE(*scaled.errorEstimate, *plain.errorEstimate);
    }
  }

  void eachEntryOfAFileIsReadOnce_data() {
    QTest::addColumn<bool>("byRows");
    QTest::addRow("by rows") << true;
    QTest::addRow("by columns") << false;
  }
  void eachEntryOfAFileIsReadOnce() {
    QFETCH(bool, byRows);
    const Matrix<double> M = withSpectrum(3000, 100, geometric(100, 0.7), 10);
    const auto file = std::make_shared<CountingFile>(M, byRows);
    const MatrixPtr X = makeMatrix(std::shared_ptr<const FileMatrix>(file));
    QVERIFY(findMethod("stream")->access == Access::OnePass);
    (void)X->summary();
    const Matrix<double> before = file->reads();
    // 2.4 MB of matrix in 2 MB of memory: many panels.
    const auto made = tryRun("stream", X, 2, {}, {.memory = 2000000});
    QVERIFY2(made.has_value(), made ? "" : made.error().message().c_str());
    QVERIFY(((file->reads() - before).array() == 1).all());
    RS_AT_MOST((productOf(*made) - productOf(runMethod("stream", M, 2, {}))).norm(), 1e-12 * M.norm());
  }

  // Ω goes before the basis of the rows comes: a wide matrix has 2k + s + q numbers a column, not 3k + s + q.
  void omegaAndTheBasisOfTheRowsAreCountedOnce() {
    const double cols = 1e6, k = 50, s = 101, q = 10;
    const double bytes = StreamSketch<double>::bytes(
        1000, Index{1000000}, {.range = Index{50}, .corange = Index{101}, .checks = Index{10}}, 1);
    RS_AT_MOST(8 * cols * (2 * k + s + q), bytes);
    RS_AT_MOST(bytes, 8 * cols * (2 * k + s + q + 4));  // 2 for the factors, less than 1 for the rest
  }

  void whatDoesNotFitIsRefusedWithWhatWould() {
    const auto made = tryRun("stream", makeMatrix(gaussian(300, 200, 1)), 40, {}, {.memory = 700000});
    QVERIFY(!made);
    QVERIFY(made.error().kind == ErrorKind::Compute);
    QVERIFY(QString::fromStdString(made.error().message()).contains("range of"));
    CancelSource source;
    source.stop();
    const auto run = [&] {
      (void)tryRun("stream", makeMatrix(gaussian(30, 20, 1)), 3, {}, {.cancel = source.token()});
    };
    QVERIFY_EXCEPTION_THROWN(run(), Cancelled);
  }

  void sameSeedSameBitsOtherSeedOthers() {
    const Matrix<double> M = gaussian(50, 40, 11);
    const auto left = [&](std::uint64_t seed, int threads = 1) {
      return factor(runMethod("stream", M, 5, {}, {.seed = seed, .threads = threads}), 0);
    };
    QVERIFY(left(1) == left(1));
    QVERIFY(left(1) == left(1, 2));
    QVERIFY(left(1) != left(2));
  }

  void floatReachesFloatAccuracy() {
    const Matrix<double> M = gaussian(60, 4, 12) * gaussian(4, 50, 13);
    const Approximation made = runMethod("stream", M, 4, {}, {.precision = Precision::Float});
    RS_AT_MOST(ratio(M - productOf(made), M, 0x1p-23), 100);
  }

  void defaultsFollowTheRank() {
    const auto sizes = [](Index rank, const ParamValues& given = {}) {
      const auto all = *resolve(findMethod("stream")->params, given, {.rows = 100, .cols = 60, .dial = rank});
      return std::pair(std::get<Index>(all.at("range")), std::get<Index>(all.at("corange")));
    };
    QVERIFY(sizes(5) == std::pair(Index{21}, Index{43}));
    QVERIFY(sizes(30) == std::pair(Index{60}, Index{121}));  // more than either side
    QVERIFY(sizes(5, {{"range", Index{7}}}) == std::pair(Index{7}, Index{15}));
  }

  void channelsOfOtherRanksHaveOtherSketches() {
    Matrix<double> picture(40, 60);
    for (Index c = 0; c < 3; ++c)
      picture.middleCols(20 * c, 20) = gaussian(40, 3 * c + 1, 14) * gaussian(3 * c + 1, 20, 15);
    AnalysisRequest request;
    request.problem = {.X = makeMatrix(picture, {{"red"}, {"green"}, {"blue"}}), .perChannel = true};
    request.method = "stream";
    request.budget = ByEnergy{1};
    request.preview = false;
    ResultCache cache(std::size_t{1} << 30);
    const auto made = analyse(request, cache, {});
    QVERIFY2(made.has_value(), made ? "" : made.error().message().c_str());
    QVERIFY((*made)->dials == std::vector<Index>({1, 4, 7}));
    RS_AT_MOST(*(*made)->errors.froRelative, 1e-11);
  }

  void wrongParametersAreRefusedByName() {
    const MatrixPtr X = makeMatrix(gaussian(12, 9, 1));
    const auto message = [&](const ParamValues& given) {
      const auto made = tryRun("stream", X, 4, given);
      return made ? std::string() : made.error().message();
    };
    QCOMPARE(message({{"range", Index{3}}}),
             std::string("parameter range: 3 is not allowed (allowed here: a whole number from 4 to 9)"));
    QCOMPARE(message({{"range", Index{10}}}),
             std::string("parameter range: 10 is not allowed (allowed here: a whole number from 4 to 9)"));
    QCOMPARE(message({{"range", Index{6}}, {"corange", Index{5}}}),
             std::string("parameter corange: 5 is not allowed (allowed here: a whole number from 6 to 1000000)"));
    QCOMPARE(message({{"corange", Index{0}}}),
             std::string("parameter corange: 0 is not allowed (allowed: a whole number from 1 to 1000000)"));
    QVERIFY(message({{"range", Index{4}}, {"corange", Index{6}}}).empty());
    QCOMPARE(runMethod("stream", gaussian(12, 9, 1), 4, {{"range", Index{4}}, {"corange", Index{5}}}).notices.size(),
             std::size_t{1});
  }
};

QTEST_GUILESS_MAIN(TstStream)
#include "tst_stream.moc"
