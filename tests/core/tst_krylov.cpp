// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/linalg/sparse_matrix.h"
#include "core/methods/krylov.h"
#include "core/methods/rsvd.h"
#include "core/methods/spectrum.h"
#include "tests/support/support.h"
#include "tests/support/vectors.h"

using namespace rankscope;
using namespace rankscope::test;

namespace {

template <class T>
Matrix<double> product(const linalg::Svd<T>& svd) {
  return (svd.U * svd.s.asDiagonal() * svd.Vt).template cast<double>();
}

Matrix<double> withSpectrum(Index n, Index m, const Vector<double>& sigma, std::uint64_t seed) {
  Matrix<double> U = gaussian(n, sigma.size(), seed), V = gaussian(m, sigma.size(), seed + 1000);
  linalg::householderQ(U);
  linalg::householderQ(V);
  return U * sigma.asDiagonal() * V.transpose();
}

// σ_i = 1/i + 1e-3 (1 − i/k): slow, as photographs are.
Vector<double> slowDecay(Index k) {
  return Vector<double>::NullaryExpr(k, [k](Index i) {
    const double at = static_cast<double>(i + 1);
    return 1 / at + 1e-3 * (1 - at / static_cast<double>(k));
  });
}

template <class T = double>
Krylov<T> run(const Matrix<double>& M, Index rank, Index power, std::uint64_t seed = 0) {
  const Context context{.seed = seed};
  const KrylovSize size = krylovSize(M.rows(), M.cols(), rank, power);
  const RandomColumns<T> omega = [&](Index first, Index count) {
    return gaussianSketch<T>(M.cols(), count, context, "omega", first);
  };
  auto made = krylov<T>(*makeMatrix(M), omega, size.block, size.power, rank, context);
  if (!made) throw std::runtime_error(made.error().message());
  return std::move(*made);
}

double orthogonality(const Matrix<double>& Q) {
  return (Q.transpose() * Q - Matrix<double>::Identity(Q.cols(), Q.cols())).norm();
}

Result<Approximation> runMethod(const MatrixPtr& X, Index rank, const Context& context = {},
                                const ParamValues& given = {}) {
  const Method* method = findMethod("krylov");
  const auto params = resolve(method->params, given, {.rows = X->rows(), .cols = X->cols(), .dial = rank});
  return method->run({.X = X}, rank, *params, context);
}

}  // namespace

class TstKrylov : public QObject {
  Q_OBJECT

 private slots:
  void referenceVectorsAgree() {
    for (const auto& reference : referenceCases("block_krylov")) {
      const Matrix<double> M = reference.input("M"), omega = reference.input("Omega");
      const Index dim = static_cast<Index>(reference.number("dim"));
      const auto made = krylov<double>(
          *makeMatrix(M), [&](Index first, Index count) -> Matrix<double> { return omega.middleCols(first, count); },
          reference.integer("block"), reference.integer("q"), dim, {});
      QVERIFY(made.has_value());
      QCOMPARE(made->basis, dim);
      const double error = (M - product(made->svd)).norm();  // of all columns: of QQᵀM
      RS_NEAR(error, reference.number("proj_err_fro"), 1e-7 * reference.number("proj_err_fro"));
    }
  }

  // The space is what its definition says: the projector on [MΩ, (MMᵀ)MΩ, …] worked out by itself.
  void theBasisSpansThePowers() {
    const Matrix<double> M = withSpectrum(25, 18, slowDecay(18), 1), omega = gaussian(18, 3, 2);
    const auto made = krylov<double>(
        *makeMatrix(M), [&](Index first, Index count) -> Matrix<double> { return omega.middleCols(first, count); }, 3,
        2, 9, {});
    Matrix<double> powers(25, 9);
    powers.leftCols(3) = M * omega;
    powers.middleCols(3, 3) = M * (M.transpose() * powers.leftCols(3));
    powers.rightCols(3) = M * (M.transpose() * powers.middleCols(3, 3));
    linalg::householderQ(powers);
    // The powers as they stand have a condition of some (σ₁/σ₉)⁴ ≈ 1e4 before the QR.
    const Matrix<double> U = made->svd.U;
    RS_AT_MOST((U * U.transpose() - powers * powers.transpose()).norm(), 1e4 * 30 * 0x1p-52 * 25);
  }

  void edgesAreExact_data() {
    QTest::addColumn<int>("n");
    QTest::addColumn<int>("m");
    QTest::addColumn<int>("rankOfM");
    QTest::addColumn<int>("r");
    QTest::addColumn<double>("scale");
    const auto row = [](int n, int m, int rank, int r, double scale) {
      QTest::addRow("%dx%d of rank %d, r %d, scale %g", n, m, rank, r, scale) << n << m << rank << r << scale;
    };
    row(1, 1, 1, 1, 1);
    row(1, 9, 1, 1, 1);
    row(9, 1, 1, 1, 1);
    row(7, 7, 7, 7, 1);
    row(40, 100, 40, 40, 1);
    row(100, 60, 60, 57, 1);  // no step left: the block takes the whole side
    row(60, 40, 4, 4, 1);
    row(60, 40, 4, 12, 1);  // rank-deficient
    row(40, 60, 11, 30, 1);
    row(30, 25, 4, 4, 1e300);
    row(30, 25, 4, 6, 1e-300);
    row(300, 200, 6, 9, 1);  // the thin kernel
    row(8, 9, 0, 3, 1);
  }
  void edgesAreExact() {
    QFETCH(int, n);
    QFETCH(int, m);
    QFETCH(int, rankOfM);
    QFETCH(int, r);
    QFETCH(double, scale);
    const Matrix<double> M = gaussian(n, rankOfM, 3) * gaussian(rankOfM, m, 4);
    const auto made = run(Matrix<double>(M * scale), r, 3);
    const Index kept = made.svd.s.size();
    QCOMPARE(kept, Index{std::min(r, rankOfM)});
    // Where r < rank(M), as for 57 of 60, the optimum stands for M.
    Matrix<double> best = M;
    if (r < rankOfM) {
      const auto exact = linalg::exactSvd<double>(M, linalg::Job::Thin, {});
      best = exact->U.leftCols(r) * exact->s.head(r).asDiagonal() * exact->Vt.topRows(r);
    }
    RS_AT_MOST(ratio(best - product(made.svd) / scale, M), r < rankOfM ? 1000 : 60);
    RS_AT_MOST(orthogonality(made.svd.U), 30 * 0x1p-52 * n);
    RS_AT_MOST(orthogonality(made.svd.Vt.transpose()), 30 * 0x1p-52 * m);
    for (Index i = 1; i < kept; ++i) QVERIFY(made.svd.s(i) <= made.svd.s(i - 1));
  }

  // The space is invariant after a block, and after two of 35 columns: more are drawn. Two suffice for the five of 40
  // threes that the first ones left.
  void valuesRepeatedMoreOftenThanTheBlockIsWideAreFound() {
    const auto identity = run(Matrix<double>::Identity(200, 200), 50, 3);
    QCOMPARE(identity.svd.s.size(), Index{50});
    for (Index i = 0; i < 50; ++i) RS_NEAR(identity.svd.s(i), 1.0, 30 * 0x1p-52 * 200);
    Vector<double> two = Vector<double>::Constant(150, 1);
    two.head(40).setConstant(3);
    const auto tied = run(withSpectrum(200, 150, two, 5), 60, 3);
    for (Index i = 0; i < 60; ++i) RS_NEAR(tied.svd.s(i), i < 40 ? 3.0 : 1.0, 30 * 0x1p-52 * 200 * 3);
  }

  void valuesNeverExceedTheTrueOnes() {
    const Vector<double> sigma = slowDecay(60);
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      const auto made = run(withSpectrum(80, 60, sigma, 6), 10, 1, seed);
      for (Index i = 0; i < 10; ++i) RS_AT_MOST(made.svd.s(i), sigma(i) * (1 + 30 * 0x1p-52 * 80));
    }
  }

  // A slow spectrum, as photographs have: about a tenth of a per cent, by the sketch a little more or less.
  void theDefaultsComeNearTheOptimum() {
    const Vector<double> sigma = slowDecay(500);
    const Matrix<double> M = withSpectrum(600, 500, sigma, 7);
    const double optimum = errorCurves(sigma).fro(50);
    double sum = 0;
    for (std::uint64_t seed = 0; seed < 4; ++seed) {
      const double excess = (M - product(run(M, 50, 3, seed).svd)).norm() / optimum - 1;
      RS_AT_MOST(excess, 0.0025);
      QVERIFY(excess >= -1e-12);
      sum += excess;
    }
    RS_AT_MOST(sum / 4, 0.0015);
    RS_AT_MOST((M - product(run<float>(M, 50, 3).svd)).norm() / optimum - 1, 0.0025);
  }

  // All blocks are kept, so the same number of products goes further than the last power alone.
  void itBeatsTheLastPowerOfTheSameBlock() {
    const Vector<double> sigma = slowDecay(200);
    const Matrix<double> M = withSpectrum(240, 200, sigma, 8);
    const auto sketch = rsvd<double>(*makeMatrix(M), gaussianSketch<double>(200, 15, {}), 15, 3, {});
    const auto made = krylov<double>(
        *makeMatrix(M), [](Index first, Index count) { return gaussianSketch<double>(200, count, {}, "omega", first); },
        15, 3, 15, {});
    QVERIFY((M - product(made->svd)).norm() < (M - product(*sketch)).norm());
  }

  // Orthogonalised once, or with MMᵀ applied in one go, directions below √ε σ₁ would be rounding.
  void smallDirectionsKeepTheirDigits() {
    for (const double last : {1e-3, 1e-5, 1e-8, 1e-12}) {
      const Vector<double> sigma = Vector<double>::NullaryExpr(
          120, [last](Index i) { return std::pow(last, static_cast<double>(i) / 50.0); });  // σ₅₁ = last
      const Matrix<double> M = withSpectrum(150, 120, sigma, 9);
      const auto made = run(M, 50, 3);
      // Rounding of a product leaves its ε n ‖M‖ beside the optimum.
      const double optimum = errorCurves(sigma).fro(50), rounding = 30 * 0x1p-52 * 150 * M.norm();
      RS_AT_MOST((M - product(made.svd)).norm(), 1.0001 * optimum + rounding);
      for (Index i = 0; i < 40; ++i) RS_NEAR(made.svd.s(i), sigma(i), 1e-4 * sigma(i) + rounding);
    }
  }

  void stepsAndBlockFollowTheRule() {
    const auto check = [](Index n, Index m, Index r, Index power, Index block, Index steps) {
      const KrylovSize size = krylovSize(n, m, r, power);
      QCOMPARE(size.block, block);
      QCOMPARE(size.power, steps);
    };
    check(2048, 2048, 50, 3, 30, 3);
    check(100, 2048, 50, 3, 30, 2);   // 30 · 3 ≤ 100
    check(100, 2048, 95, 3, 100, 0);  // the whole side
    check(2048, 2048, 50, 0, 60, 0);
    check(1, 1, 1, 3, 1, 0);
  }

  void theMethodSaysWhatItDid() {
    const Matrix<double> M = withSpectrum(120, 90, slowDecay(90), 10);
    for (const double scale : {1.0, 1e-300, 1e300}) {
      const auto made = runMethod(makeMatrix(Matrix<double>(M * scale)), 12);
      QVERIFY(made->status == SolveStatus::Converged);
      QCOMPARE(made->parameters, 12.0 * (120 + 90));
      QCOMPARE(made->factors.size(), std::size_t{3});
      const auto& estimate = std::get<Spectrum>(made->diagnostics.front());
      QVERIFY(!estimate.exact && !estimate.complete);
      Matrix<double> approximation;
      reconstruct<double>(*made, {.dial = 12, .muted = {}}, {0, 0, 120, 90}, approximation);
      const double measured = (M - approximation / scale).norm() / M.norm();
      RS_NEAR(*made->errorEstimate, measured, 30 * 120 * 0x1p-52 / measured);
    }
    const auto deficient = runMethod(makeMatrix(Matrix<double>(gaussian(30, 3, 1) * gaussian(3, 20, 2))), 5);
    QVERIFY(deficient->status == SolveStatus::RankDeficient);
    QCOMPARE(deficient->maxDial, Index{3});
    const auto zero = runMethod(makeMatrix(Matrix<double>(Matrix<double>::Zero(9, 8))), 2);
    QCOMPARE(zero->maxDial, Index{0});
    QCOMPARE(*zero->errorEstimate, 0.0);
    const auto complex = runMethod(makeMatrix(Matrix<Complex>(Matrix<Complex>::Identity(4, 4))), 2);
    QVERIFY(!complex);
  }

  void stepsWithoutRoomAreLeftOutAndSaidToBe() {
    const MatrixPtr X = makeMatrix(withSpectrum(90, 40, slowDecay(40), 20));  // blocks of 11 columns: 11 · 3 ≤ 40
    const auto made = runMethod(X, 12);
    QCOMPARE(made->notices.size(), std::size_t{1});
    QCOMPARE(made->notices.front().str(),
             std::string("krylov takes 2 of its 3 power steps: at rank 12 there is room for no more in 40 columns, the "
                         "smaller side of the matrix"));
    QCOMPARE(find<Convergence>(*made)->values.size(), std::size_t{3});
    QVERIFY(runMethod(X, 12, {}, {{"power", Index{2}}})->notices.empty());
    QVERIFY(runMethod(X, 12, {}, {{"power", Index{0}}})->notices.empty());
    QCOMPARE(runMethod(X, 12, {}, {{"power", Index{20}}})->notices.size(), std::size_t{1});
  }

  // The last step is the result; each step before is what fewer steps of the same block would have given.
  void eachStepTellsItsError() {
    const Matrix<double> M = withSpectrum(120, 90, slowDecay(90), 16);
    const auto made = runMethod(makeMatrix(M), 12);
    const auto* path = find<Convergence>(*made);
    QVERIFY(path);
    QCOMPARE(path->quantity, std::string("relative error"));
    QCOMPARE(path->values.size(), std::size_t{4});
    RS_NEAR(path->values.back(), *made->errorEstimate, 30 * 120 * 0x1p-52 / path->values.back());
    for (std::size_t i = 1; i < 4; ++i) QVERIFY(path->values[i] < path->values[i - 1]);
    const RandomColumns<double> omega = [](Index first, Index count) {
      return gaussianSketch<double>(90, count, {}, "omega", first);
    };
    for (Index q = 1; q < 3; ++q) {
      const auto fewer = krylov<double>(*makeMatrix(M), omega, 11, q, 12, {});
      const double error = (M - product(fewer->svd)).norm() / M.norm();
      RS_NEAR(path->values[static_cast<std::size_t>(q)], error, 30 * 120 * 0x1p-52 / error);
    }
    QVERIFY(!find<Convergence>(*runMethod(makeMatrix(Matrix<double>(Matrix<double>::Zero(9, 8))), 2)));
  }

  void wrongParametersAreRefusedByName() {
    const Method* method = findMethod("krylov");
    const auto message = [&](const ParamValues& given) {
      const auto resolved = resolve(method->params, given, {.rows = 5, .cols = 5, .dial = 1});
      return resolved ? std::string() : resolved.error().message();
    };
    QCOMPARE(message({{"power", Index{-1}}}),
             std::string("parameter power: -1 is not allowed (allowed: a whole number from 0 to 20)"));
    QCOMPARE(message({{"power", Index{21}}}),
             std::string("parameter power: 21 is not allowed (allowed: a whole number from 0 to 20)"));
    QCOMPARE(message({{"block", Index{1}}}),
             std::string("parameter block: there is no such parameter here (there are: power)"));
    QVERIFY(!message({{"power", 1.5}}).empty());
    QVERIFY(message({{"power", Index{0}}}).empty());
  }

  // With any number of steps, none and more than there is room for among them.
  void everyPowerKeepsTheRank() {
    const Matrix<double> M = withSpectrum(40, 30, slowDecay(30), 17);
    const double optimum = errorCurves(slowDecay(30)).fro(7) / M.norm();
    for (const Index power : {0, 1, 2, 20}) {
      const auto made = runMethod(makeMatrix(M), 7, {}, {{"power", power}});
      QCOMPARE(made->maxDial, Index{7});
      QVERIFY(*made->errorEstimate >= optimum * (1 - 1e-12));
      RS_AT_MOST(*made->errorEstimate, 1.2 * optimum);
    }
  }

  void scalesAtTheEndsOfTheRangeStayFinite() {
    const Matrix<double> M = gaussian(30, 4, 18) * gaussian(4, 25, 19);
    for (const double norm : {1e308, 1e-305}) {
      const auto made = run(Matrix<double>(M * (norm / M.norm())), 4, 3);
      QCOMPARE(made.svd.s.size(), Index{4});
      RS_AT_MOST(ratio(M - product(made.svd) / norm * M.norm(), M), 60);
    }
    QCOMPARE(unitScale<double>(0), 1.0);
    QCOMPARE(unitScale<double>(3), 0.5);
    QVERIFY(std::isfinite(unitScale<double>(5e-324)) && std::isfinite(unitScale<float>(1e-44)));
  }

  // A matrix that is kept sparse is only multiplied with; the answer is that of the dense one.
  void sparseMatricesStaySparse() {
    Matrix<double> M = gaussian(70, 50, 30);
    for (Index c = 0; c < 50; ++c)
      for (Index r = 0; r < 70; ++r)
        if ((3 * r + 7 * c) % 5 != 0) M(r, c) = 0;
    const auto dense = runMethod(makeMatrix(M), 6), sparse = runMethod(makeMatrix(Sparse(M.sparseView())), 6);
    QVERIFY(dense && sparse);
    RS_NEAR(*sparse->errorEstimate, *dense->errorEstimate, 1e-10);
    const auto &a = std::get<Spectrum>(dense->diagnostics.front()),
               &b = std::get<Spectrum>(sparse->diagnostics.front());
    RS_AT_MOST((a.sigma - b.sigma).norm(), 1e-10 * a.sigma(0));
  }

  void sameSeedSameBitsOtherSeedOthers() {
    const MatrixPtr X = makeMatrix(withSpectrum(50, 40, slowDecay(40), 11));
    const auto left = [&](std::uint64_t seed) {
      return std::get<Matrix<double>>(runMethod(X, 5, {.seed = seed})->lowRank()->left);
    };
    QVERIFY(left(1) == left(1));
    QVERIFY(left(1) != left(2));
  }

  void floatReachesFloatAccuracy() {
    const Matrix<double> M = gaussian(200, 6, 12) * gaussian(6, 150, 13);
    const auto made = run<float>(M, 6, 3);
    RS_AT_MOST(ratio(M - product(made.svd), M, 0x1p-23), 30);
    RS_AT_MOST(orthogonality(made.svd.U.cast<double>()), 30 * 0x1p-23 * 200);
  }

  void dependentColumnsAreLeftOutAndNothingElse() {
    // The second column repeats the first; the third's part outside the others is all its own.
    Matrix<double> W = gaussian(20, 3, 14);
    W.col(1) = 2 * W.col(0);
    const Matrix<double> basis(20, 0), Q = newDirections<double>(basis, W, 1e-12);
    QCOMPARE(Q.cols(), Index{2});
    RS_AT_MOST((W - Q * (Q.transpose() * W)).norm(), 30 * 0x1p-52 * 20 * W.norm());
    // Nothing new: every column lies in the basis.
    QCOMPARE(newDirections<double>(Q, W, 1e-12).cols(), Index{0});
    // Nearly the basis: what is new is 1e-11 of the column and still comes out orthogonal.
    const Matrix<double> near = Q.leftCols(1) + 1e-11 * gaussian(20, 1, 15),
                         more = newDirections<double>(Q, near, 1e-13);
    QCOMPARE(more.cols(), Index{1});
    RS_AT_MOST((Q.transpose() * more).norm(), 30 * 0x1p-52 * 20);
  }
};

QTEST_GUILESS_MAIN(TstKrylov)
#include "tst_krylov.moc"
