// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <cmath>
#include <future>
#include <limits>
#include <thread>

#include "core/linalg/any_matrix.h"
#include "core/linalg/lapack.h"
#include "core/methods/method.h"
#include "core/methods/spectrum.h"
#include "tests/support/support.h"
#include "tests/support/vectors.h"

using namespace rankscope;
using namespace rankscope::test;
using linalg::exactSvd;
using linalg::Job;

namespace {

// docs/mathematics.md, Tests: rho(M − U S Vt) ≤ 30, ‖UᴴU − I‖ ≤ 30 ε n, s sorted and ≥ 0. LAPACK's own tests use 30.
template <class T>
void checkIdentities(const Matrix<T>& A, double epsilon) {
  const auto svd = exactSvd<T>(A, Job::Thin, {});
  QVERIFY2(svd.has_value(), svd ? "" : svd.error().message().c_str());
  const Index k = std::min(A.rows(), A.cols());
  QCOMPARE(svd->s.size(), k);
  const Matrix<T> product = svd->U * svd->s.template cast<T>().asDiagonal() * svd->Vt;
  RS_AT_MOST(ratio(A - product, A, epsilon), 30);
  const Matrix<T> eye = Matrix<T>::Identity(k, k);
  const double bound = 30 * epsilon * static_cast<double>(std::max(A.rows(), A.cols()));
  RS_AT_MOST((svd->U.adjoint() * svd->U - eye).norm(), bound);
  RS_AT_MOST((svd->Vt * svd->Vt.adjoint() - eye).norm(), bound);
  for (Index i = 0; i < k; ++i) {
    QVERIFY(svd->s(i) >= 0);
    if (i > 0) QVERIFY(svd->s(i) <= svd->s(i - 1));
  }
  const auto values = exactSvd<T>(A, Job::Values, {});
  QVERIFY(values.has_value());
  RS_AT_MOST((values->s - svd->s).norm(), 30 * epsilon * static_cast<double>(k) * static_cast<double>(svd->s(0)));
}

Approximation svdOf(const Matrix<double>& A) {
  const MatrixPtr X = makeMatrix(A);
  auto made = findMethod("svd")->run({.X = X}, std::min(A.rows(), A.cols()), {}, {});
  return std::move(*made);
}

Matrix<double> truncated(const Approximation& a, Index rank) {
  Matrix<double> out;
  reconstruct<double>(a, {.dial = rank, .muted = {}}, {0, 0, a.rows, a.cols}, out);
  return out;
}

}  // namespace

class TstSvd : public QObject {
  Q_OBJECT

 private slots:
  void identitiesHoldForShapesAndTypes_data() {
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("cols");
    const int shapes[][2] = {{1, 1}, {1, 7}, {7, 1}, {5, 5}, {40, 13}, {13, 40}, {64, 64}};
    for (const auto& shape : shapes) QTest::addRow("%d x %d", shape[0], shape[1]) << shape[0] << shape[1];
  }
  void identitiesHoldForShapesAndTypes() {
    QFETCH(int, rows);
    QFETCH(int, cols);
    const Matrix<double> A = gaussian(rows, cols, 1);
    checkIdentities<double>(A, 0x1p-52);
    checkIdentities<float>(A.cast<float>(), 0x1p-23);
    Matrix<Complex> Z = A.cast<Complex>();
    Z += Complex(0, 1) * gaussian(rows, cols, 2).cast<Complex>();
    checkIdentities<Complex>(Z, 0x1p-52);
  }

  void wildScalesKeepTheirDigits_data() {
    QTest::addColumn<double>("scale");
    for (const double scale : {1e-300, 1e-160, 1e160, 1e300}) QTest::addRow("%g", scale) << scale;
  }
  void wildScalesKeepTheirDigits() {
    QFETCH(double, scale);
    const Matrix<double> A = gaussian(12, 9, 3);
    const auto plain = exactSvd<double>(A, Job::Thin, {}), scaled = exactSvd<double>(A * scale, Job::Thin, {});
    QVERIFY(plain.has_value() && scaled.has_value());
    // Scaling rounds each entry once: ε ‖A‖ at most, on top of the SVD's own 30 ε n.
    for (Index i = 0; i < 9; ++i) RS_NEAR(scaled->s(i) / scale, plain->s(i), 60 * 0x1p-52 * 12 * plain->s(0));
  }

  void zeroAndTiedMatricesAreOrdinary() {
    checkIdentities<double>(Matrix<double>::Identity(6, 6), 0x1p-52);
    const auto zero = exactSvd<double>(Matrix<double>::Zero(4, 6), Job::Thin, {});
    QVERIFY(zero.has_value());
    QCOMPARE(zero->s.norm(), 0.0);
    QVERIFY((zero->U.transpose() * zero->U).isIdentity(1e-14));
  }

  void whatIsNotFiniteIsRefusedBeforeLapackSeesIt() {
    Matrix<double> A = gaussian(50, 50, 4);
    for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
      A(3, 5) = bad;
      const auto svd = exactSvd<double>(A, Job::Thin, {});
      QVERIFY(!svd.has_value());
      QVERIFY(svd.error().kind == ErrorKind::Input);
    }
    const auto refused = refuseUnusable(*makeMatrix(A), "a.npy");
    QVERIFY(refused.has_value());
    QCOMPARE(refused->message(),
             std::string(
                 "a.npy: 1 entry is NaN or infinite, at row 4, column 6 (replace them with --nan zero or --nan mean)"));
  }

  void emptyAndOversizedAreRefused() {
    QVERIFY(exactSvd<double>(Matrix<double>(0, 5), Job::Thin, {}).error().kind == ErrorKind::Input);
    Context tight;
    tight.memory = 10000;
    const auto refused = exactSvd<double>(gaussian(100, 100, 5), Job::Thin, tight);
    QVERIFY(!refused.has_value());
    QVERIFY(refused.error().kind == ErrorKind::Compute);
    QVERIFY(refuseUnusable(*makeMatrix(Matrix<double>(0, 3)), "x").has_value());
    // Refused by their sizes alone: there is one number behind them.
    const double number = 1;
    Context vast;
    vast.memory = std::size_t{1} << 60;
    for (const auto& [rows, cols] : std::vector<std::pair<Index, Index>>{{26001, 26001}, {20000, 200000}}) {
      const auto large = exactSvd<double>(Eigen::Map<const Matrix<double>>(&number, rows, cols), Job::Values, vast);
      QVERIFY(!large.has_value());
      QVERIFY(large.error().kind == ErrorKind::Compute);
      QVERIFY(large.error().message().find("32-bit") != std::string::npos);
    }
  }

  void aProductWithoutInnerDimensionIsZeroWhateverStoodThere() {
    Matrix<double> C = Matrix<double>::Constant(3, 2, NAN);
    linalg::gemm<double>(linalg::Op::None, linalg::Op::None, 1, Matrix<double>(3, 0), Matrix<double>(0, 2), 0, C);
    QVERIFY((C.array() == 0).all());
    C.setOnes();
    linalg::gemm<double>(linalg::Op::None, linalg::Op::None, 1, Matrix<double>(3, 0), Matrix<double>(0, 2), -2, C);
    QVERIFY((C.array() == -2).all());
  }

  void aCancelDoesNotWaitForTheCall() {
    // The call ends only when it is released, which happens after the cancel: waiting for it would never end.
    auto release = std::make_shared<std::promise<void>>();
    const std::shared_future<void> released = release->get_future().share();
    CancelSource source;
    Context context;
    context.cancel = source.token();
    std::jthread stopper([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      source.stop();
    });
    QVERIFY_EXCEPTION_THROWN(linalg::abandonable<int>(context,
                                                      [released] {
                                                        released.wait();
                                                        return 1;
                                                      }),
                             Cancelled);
    release->set_value();
  }

  void aDecompositionCanBeCancelled() {
    const Matrix<double> A = gaussian(1000, 1000, 6);  // some 0.3 s and more
    CancelSource source;
    Context context;
    context.cancel = source.token();
    std::jthread stopper([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      source.stop();
    });
    QVERIFY_EXCEPTION_THROWN((void)exactSvd<double>(A, Job::Thin, context), Cancelled);
  }

  void aCancelDoesNotWaitForTheThreadsOfAnother() {
    const linalg::WideBlas other(2, {});
    QVERIFY(linalg::WideBlas::taken());
    CancelSource source;
    source.stop();
    QVERIFY_EXCEPTION_THROWN(linalg::WideBlas(2, source.token()), Cancelled);
    const linalg::WideBlas narrow(1, source.token());  // takes no threads, so it waits for none
  }

  void aNormBeyondDoubleIsRefusedByName() {
    const MatrixPtr X = makeMatrix(Matrix<double>(Matrix<double>::Constant(4, 4, 1e308)));  // ‖X‖ = 4e308
    const auto refused = refuseUnusable(*X, "a.npy");
    QVERIFY(refused.has_value());
    QVERIFY(refused->kind == ErrorKind::Input);
    QVERIFY(refused->message().find("beyond the range of double") != std::string::npos);
    QVERIFY(!refuseUnusable(*makeMatrix(Matrix<double>(Matrix<double>::Constant(1, 1, 1e308))), "a.npy"));
    // Of a complex entry with finite parts only the modulus is beyond: it is no infinity that --nan could replace.
    const MatrixPtr Z = makeMatrix(Matrix<Complex>(Matrix<Complex>::Constant(1, 2, {1.7e308, 1.7e308})));
    QCOMPARE(Z->summary().nonFinite, Index{0});
    const auto modulus = refuseUnusable(*Z, "z.npy");
    QVERIFY(modulus && modulus->message().find("beyond the range of double") != std::string::npos);
  }

  void referenceVectorsAgree() {
    for (const auto& reference : referenceCases("svd")) {
      const Matrix<double> M = reference.input("M");
      const Approximation a = svdOf(M);
      const double s1 = a.lowRank()->weights(0), k = static_cast<double>(std::min(M.rows(), M.cols()));
      const double tolerance = 50 * static_cast<double>(std::max(M.rows(), M.cols())) * 0x1p-52 * s1 * std::sqrt(k);
      const Matrix<double> errors = reference.expected("err_fro");
      for (Index r = 0; r < errors.size(); ++r) RS_NEAR((M - truncated(a, r)).norm(), errors(r), tolerance);
      if (reference.has("best_r")) {
        RS_AT_MOST((truncated(a, reference.integer("r")) - reference.expected("best_r")).norm(), tolerance);
      }
    }
  }

  void noRandomCandidateBeatsTheTruncation() {
    const Matrix<double> M = gaussian(15, 11, 7);
    const Approximation a = svdOf(M);
    for (Index r : {1, 3, 10}) {
      const double best = (M - truncated(a, r)).norm();
      for (std::uint64_t seed = 0; seed < 50; ++seed) {
        // The best right factor for a random left one: a fair opponent.
        Matrix<double> Q = gaussian(15, r, 100 + seed);
        linalg::householderQ(Q);
        QVERIFY((M - Q * (Q.transpose() * M)).norm() >= best * (1 - 1e-13));
      }
    }
  }

  void signsAreCanonicalAndFactorsMultiplyToTheApproximation() {
    const Matrix<double> M = gaussian(9, 14, 8);
    const Approximation a = svdOf(M), b = svdOf(M);
    const auto& U = std::get<Matrix<double>>(a.lowRank()->left);
    for (Index c = 0; c < U.cols(); ++c) {
      Index place = 0;
      U.col(c).cwiseAbs().maxCoeff(&place);
      QVERIFY(U(place, c) > 0);
    }
    QVERIFY(U == std::get<Matrix<double>>(b.lowRank()->left));
    const auto factors = factorsAt(a, 4);
    QCOMPARE(factors.size(), std::size_t{3});
    QCOMPARE(factors[0].shape, (std::vector<Index>{9, 4}));
    QCOMPARE(factors[1].shape, (std::vector<Index>{4}));
    QCOMPARE(factors[2].shape, (std::vector<Index>{4, 14}));
    const Matrix<double> product = std::get<Matrix<double>>(factors[0].values) *
                                   std::get<Matrix<double>>(factors[1].values).col(0).asDiagonal() *
                                   std::get<Matrix<double>>(factors[2].values);
    RS_AT_MOST(ratio(product - truncated(a, 4), M), 30);
    QCOMPARE(costOf(a, 4).parameters, 4.0 * (9 + 14));
  }

  void tilesApplyAndMutedTermsAgreeWithTheWhole() {
    const Matrix<double> M = gaussian(20, 30, 9);
    const Approximation a = svdOf(M);
    const Matrix<double> whole = truncated(a, 6);
    Matrix<double> tile;
    reconstruct<double>(a, {.dial = 6, .muted = {}}, {3, 7, 5, 11}, tile);
    RS_AT_MOST((tile - whole.block(3, 7, 5, 11)).norm(), 1e-13);
    const Matrix<double> x = gaussian(30, 2, 10), y = gaussian(20, 2, 11);
    RS_AT_MOST((apply<double>(a, 6, x) - whole * x).norm(), 1e-12);
    RS_AT_MOST((applyAdjoint<double>(a, 6, y) - whole.transpose() * y).norm(), 1e-12);
    Matrix<double> muted, single;
    reconstruct<double>(a, {.dial = 6, .muted = {2}}, {0, 0, 20, 30}, muted);
    single = truncated(a, 3) - truncated(a, 2);
    RS_AT_MOST((whole - muted - single).norm(), 1e-13);
    QCOMPARE(truncated(a, 0).norm(), 0.0);
    RS_AT_MOST(ratio(truncated(a, 99) - M, M), 30);  // above min(n,m): everything
  }

  void floatIsRefusedWhereItsRangeEnds() {
    Context context;
    context.precision = Precision::Float;
    for (const double scale : {1e300, 1e-300}) {
      const auto made =
          findMethod("svd")->run({.X = makeMatrix(Matrix<double>(gaussian(4, 4, 12) * scale))}, 4, {}, context);
      QVERIFY(!made.has_value());
      QVERIFY(made.error().message().find("range of float") != std::string::npos);
    }
    // Stored as float, each entry fits; the largest singular value, 9e38, does not.
    const MatrixPtr stored = makeMatrix(Matrix<float>(Matrix<float>::Constant(3, 3, 3e38F)));
    for (const char* id : {"svd", "rsvd"}) {
      const Method* method = findMethod(id);
      const auto params = *resolve(method->params, {}, {.rows = 3, .cols = 3, .dial = 1});
      const auto made = method->run({.X = stored}, 1, params, context);
      QVERIFY(!made.has_value());
      QVERIFY(made.error().message().find("range of float") != std::string::npos);
    }
  }

  void summariesAreScaleSafeAndFindTheFirstBadPlaceByRows() {
    Matrix<double> A = gaussian(30, 20, 13);
    RS_NEAR(makeMatrix(Matrix<double>(A * 1e-300))->summary().fro / 1e-300, A.norm(), 1e-13 * A.norm());
    RS_NEAR(makeMatrix(Matrix<double>(A * 1e300))->summary().fro / 1e300, A.norm(), 1e-13 * A.norm());
    const double norm = A.norm();
    RS_NEAR(makeMatrix(A)->summary().fro, norm, 1e-14 * norm);
    A(5, 1) = NAN;
    A(2, 19) = -INFINITY;
    const Summary bad = makeMatrix(A)->summary();
    QCOMPARE(bad.nonFinite, Index{2});
    QCOMPARE(bad.firstRow, Index{2});
    QCOMPARE(bad.firstCol, Index{19});
    QVERIFY(std::isfinite(bad.fro));
    const Summary big = makeMatrix(Matrix<double>(Matrix<double>::Constant(3, 3, 1.7e308)))->summary();
    RS_NEAR(big.mean / 1.7e308, 1.0, 1e-14);  // the plain sum overflows
    Matrix<double> cancelling(4, 1);
    cancelling << 1, 1e19, 2, -1e19;
    QCOMPARE(makeMatrix(cancelling)->summary().mean, 0.75);  // a plain sum gives 0.25 or 0
  }

  void productsAndBlocksAgreeWithTheEntries() {
    const Matrix<double> rgb = gaussian(600, 1500, 15);  // a channel is 1.2 MB of float: two blocks
    const MatrixPtr green = makeMatrix(rgb, {{"red"}, {"green"}, {"blue"}})->channel(1);
    const Matrix<double> G = rgb.middleCols(500, 500), X = gaussian(500, 2, 16), Y = gaussian(600, 2, 17);
    // A product of length k errs by k ε ‖G‖ ‖X‖ at most; float's ε where it is done in float.
    RS_AT_MOST((green->times<double>(X, {}) - G * X).norm(), 500 * 0x1p-52 * G.norm() * X.norm());
    RS_AT_MOST((green->transposeTimes<double>(Y, {}) - G.transpose() * Y).norm(), 600 * 0x1p-52 * G.norm() * Y.norm());
    const Matrix<float> narrow = green->times<float>(X.cast<float>(), {});
    RS_AT_MOST((narrow.cast<double>() - G * X).norm(), 500 * 0x1p-23 * G.norm() * X.norm());
    Matrix<float> copied = Matrix<float>::Constant(600, 500, NAN);
    int blocks = 0;
    green->forEachBlock<float>({}, [&](Index row, Index col, const ConstRef<float>& block) {
      QVERIFY(copied.block(row, col, block.rows(), block.cols()).array().isNaN().all());  // no entry twice
      copied.block(row, col, block.rows(), block.cols()) = block;
      ++blocks;
    });
    QVERIFY(blocks == 2 && copied == G.cast<float>());
    Matrix<Complex> Z = gaussian(6, 4, 18).cast<Complex>();
    Z += Complex(0, 1) * gaussian(6, 4, 19).cast<Complex>();
    const Matrix<Complex> W = Z.leftCols(2);
    const MatrixPtr complex = makeMatrix(Z);
    RS_AT_MOST((complex->transposeTimes<Complex>(W, {}) - Z.adjoint() * W).norm(), 1e-14 * Z.squaredNorm());
    QVERIFY_EXCEPTION_THROWN(complex->forEachBlock<double>({}, [](Index, Index, const ConstRef<double>&) {}),
                             std::invalid_argument);
  }

  void channelsAreViewsAndFingerprintsSeeShapeAndChannels() {
    Matrix<double> rgb = gaussian(4, 9, 14);
    const MatrixPtr picture = makeMatrix(rgb, {{"red"}, {"green"}, {"blue"}});
    const MatrixPtr green = picture->channel(1);
    QCOMPARE(green->cols(), Index{3});
    const auto values = green->entries<double>({});
    QVERIFY(**values == rgb.middleCols(3, 3));
    const auto whole = picture->entries<double>({});
    QCOMPARE(values->map.data(), whole->map.data() + 12);  // no copy
    QVERIFY(picture->fingerprint() != makeMatrix(rgb)->fingerprint());
    const MatrixPtr flat = makeMatrix(Matrix<double>(Eigen::Map<Matrix<double>>(rgb.data(), 9, 4)));
    QVERIFY(flat->fingerprint() != makeMatrix(rgb)->fingerprint());
    QVERIFY(makeMatrix(rgb)->fingerprint() == makeMatrix(rgb)->fingerprint());
    const MatrixPtr complex = makeMatrix(Matrix<Complex>(rgb.cast<Complex>()));
    QVERIFY(!complex->entries<double>({}).has_value());
  }
};

QTEST_GUILESS_MAIN(TstSvd)
#include "tst_svd.moc"
