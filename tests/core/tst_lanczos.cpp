// SPDX-License-Identifier: GPL-3.0-or-later
#include <bit>
#include <cmath>
#include <limits>

#include "core/linalg/sparse_matrix.h"
#include "core/methods/lanczos.h"
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

// 1, 1/2, 1/3, …: slow, as photographs are.
Vector<double> harmonic(Index k) { return Vector<double>::LinSpaced(k, 1, static_cast<double>(k)).cwiseInverse(); }

template <class T = double>
Lanczos<T> run(const Matrix<double>& M, Index steps, Index rank, std::uint64_t seed = 0) {
  const Context context{.seed = seed};
  const Vector<T> v0 = gaussianSketch<T>(M.cols(), 1, context, "lanczos").col(0);
  auto made = lanczos<T>(*makeMatrix(M), v0, steps, rank, context);
  if (!made) throw std::runtime_error(made.error().message());
  return std::move(*made);
}

// Of 2^q columns, by Sylvester's rule.
Matrix<double> hadamard(Index size) {
  return Matrix<double>::NullaryExpr(size, size, [](Index r, Index c) {
    return std::popcount(static_cast<std::uint64_t>(r & c)) % 2 == 0 ? 1.0 : -1.0;
  });
}

template <class T>
void checkRounding() {
  const Vector<double> sigma = Vector<double>::LinSpaced(32, 32, 1);
  const Matrix<double> tall = hadamard(128).leftCols(32) * sigma.asDiagonal() * hadamard(32).transpose() / 64;
  const double least = static_cast<double>(std::numeric_limits<T>::epsilon()) * 128 * tall.norm();
  double worst = 0;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const Matrix<double> M = seed % 2 == 0 ? tall : Matrix<double>(tall.transpose());
    const auto made = run<T>(M, 32, 32, seed);
    QVERIFY(made.invariant);
    QCOMPARE(made.svd.s.size(), Index{32});
    for (Index i = 0; i < 32; ++i) {
      const double distance = std::abs(static_cast<double>(made.svd.s(i)) - sigma(i));
      RS_AT_MOST(distance, made.bounds(i));
      RS_AT_MOST(made.bounds(i), 30 * least);
      worst = std::max(worst, distance);
    }
    const Matrix<double> U = made.svd.U.template cast<double>(), V = made.svd.Vt.transpose().template cast<double>();
    const Vector<double> s = made.svd.s.template cast<double>();
    for (Index i = 0; i < 32; ++i) {
      RS_AT_MOST((M * V.col(i) - s(i) * U.col(i)).norm(), made.bounds(i));
      RS_AT_MOST((M.transpose() * U.col(i) - s(i) * V.col(i)).norm(), made.bounds(i));
    }
  }
  QVERIFY(worst > 0);  // there is rounding to bound
}

double orthogonality(const Matrix<double>& Q) {
  return (Q.transpose() * Q - Matrix<double>::Identity(Q.cols(), Q.cols())).norm();
}

Result<Approximation> runMethod(const MatrixPtr& X, Index rank, const Context& context = {},
                                const ParamValues& given = {}) {
  const Method* method = findMethod("lanczos");
  const auto params = resolve(method->params, given, {.rows = X->rows(), .cols = X->cols(), .dial = rank});
  return method->run({.X = X}, rank, *params, context);
}

}  // namespace

class TstLanczos : public QObject {
  Q_OBJECT

 private slots:
  void referenceVectorsAgree() {
    for (const auto& reference : referenceCases("golub_kahan")) {
      const Matrix<double> M = reference.input("M"), sigma = reference.expected("sigma");
      const Vector<double> v0 = reference.input("v0").col(0);
      const Index k = reference.integer("k");
      const auto made = lanczos<double>(*makeMatrix(M), v0, k, k, {});
      QVERIFY(made.has_value());
      QCOMPARE(made->svd.s.size(), sigma.size());
      for (Index i = 0; i < sigma.size(); ++i) RS_NEAR(made->svd.s(i), sigma(i), 1e-10 * sigma(0));
    }
  }

  // M V = U B and Mᵀ U = V Bᵀ + β v e_kᵀ, turned by the SVD of B: M vᵢ = sᵢ uᵢ, and Mᵀ uᵢ − sᵢ vᵢ has the length told.
  void tripletsAndResidualsAreWhatTheySay() {
    for (const double scale : {1.0, 1e-300, 1e300}) {
      const Matrix<double> M = withSpectrum(80, 60, harmonic(60), 1);
      const auto made = run(Matrix<double>(M * scale), 14, 14);
      QVERIFY(!made.invariant);
      QCOMPARE(made.steps, Index{14});
      const Matrix<double> V = made.svd.Vt.transpose();
      const Vector<double> s = made.svd.s / scale;
      const double rounding = 30 * 0x1p-52 * 80 * M.norm();
      RS_AT_MOST(orthogonality(made.svd.U), 30 * 0x1p-52 * 80);
      RS_AT_MOST(orthogonality(V), 30 * 0x1p-52 * 60);
      RS_AT_MOST((M * V - made.svd.U * s.asDiagonal()).norm(), rounding);
      const Matrix<double> rest = M.transpose() * made.svd.U - V * s.asDiagonal();
      for (Index i = 0; i < 14; ++i) RS_NEAR(made.bounds(i) / scale, rest.col(i).norm(), rounding);
      QVERIFY(made.bounds.maxCoeff() / scale > 1e3 * rounding);  // it has something to tell
    }
  }

  // Within each bound of sᵢ lies a singular value, and no sᵢ exceeds the true i-th.
  void everyBoundHolds() {
    const Vector<double> sigma = harmonic(60);
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      const Matrix<double> M = withSpectrum(60, 75, sigma, 20 + seed);
      const auto made = run(M, 12, 12, seed);
      for (Index i = 0; i < 12; ++i) {
        const double rounding = 30 * 0x1p-52 * 75 * M.norm();
        RS_AT_MOST((sigma.array() - made.svd.s(i)).abs().minCoeff(), made.bounds(i));
        RS_AT_MOST(made.svd.s(i), sigma(i) + rounding);
      }
    }
  }

  // Where a value has converged its bound is that of rounding, and holds. The singular values are 32, 31, …, 1 exactly:
  // Hadamard matrices on both sides, entries in 64ths that float keeps too.
  void roundingIsInEveryBound() {
    checkRounding<double>();
    checkRounding<float>();
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
    const auto made = run(Matrix<double>(M * scale), std::min(n, m), r);
    // A break-down is noticed at ε‖M‖; one more step of rounding may come before it, with a value of that size.
    const Index kept = made.svd.s.size(), rank = std::min(r, rankOfM);
    QVERIFY(kept >= rank && kept <= rank + 1);
    for (Index i = rank; i < kept; ++i) RS_AT_MOST(made.svd.s(i) / scale, 30 * 0x1p-52 * std::max(n, m) * M.norm());
    RS_AT_MOST(ratio(M - product(made.svd) / scale, M), 60);
    RS_AT_MOST(orthogonality(made.svd.U), 30 * 0x1p-52 * n);
    RS_AT_MOST(orthogonality(made.svd.Vt.transpose()), 30 * 0x1p-52 * m);
    for (Index i = 1; i < kept; ++i) QVERIFY(made.svd.s(i) <= made.svd.s(i - 1));
  }

  // One start vector sees each singular value once: the identity is over after a step, and the method says so.
  void repeatedValuesAreFoundOnceAndSaidToBe() {
    const auto identity = run(Matrix<double>::Identity(50, 50), 20, 8);
    QVERIFY(identity.invariant);
    QCOMPARE(identity.steps, Index{1});
    RS_NEAR(identity.svd.s(0), 1.0, 30 * 0x1p-52 * 50);
    const auto made = runMethod(makeMatrix(Matrix<double>(Matrix<double>::Identity(50, 50))), 8);
    QVERIFY(made->status == SolveStatus::NotConverged);
    QCOMPARE(made->maxDial, Index{1});
    QCOMPARE(made->notices.size(), std::size_t{1});
    RS_NEAR(*made->errorEstimate, std::sqrt(49.0 / 50), 30 * 0x1p-52 * 50);
  }

  // Well apart, so that the defaults make them M's own; full re-orthogonalisation keeps copies away.
  void theDefaultsFindLeadingValues() {
    Vector<double> sigma = harmonic(100);
    sigma.head(5) << 100, 81, 64, 49, 36;
    const Matrix<double> M = withSpectrum(120, 100, sigma, 5);
    const auto made = runMethod(makeMatrix(M), 5);
    QVERIFY(made->status == SolveStatus::Converged);
    const auto& found = std::get<Spectrum>(made->diagnostics.front());
    QVERIFY(!found.exact && !found.complete);
    const auto* bounds = find<Bounds>(*made);
    QVERIFY(bounds && bounds->values.size() == 5);
    for (Index i = 0; i < 5; ++i) {
      RS_NEAR(found.sigma(i), sigma(i), 30 * 0x1p-52 * 120 * M.norm());
      RS_AT_MOST(bounds->values(i), 1e-6 * sigma(0));
      QVERIFY(std::isnan(bounds->measured(i)));
    }
    const double optimum = errorCurves(sigma).fro(5) / M.norm();
    RS_NEAR(*made->errorEstimate, optimum, 30 * 120 * 0x1p-52 / optimum);
  }

  // More steps come nearer; with all of them it is the exact SVD's answer.
  void moreStepsComeNearer() {
    const Vector<double> sigma = harmonic(60);
    const Matrix<double> M = withSpectrum(80, 60, sigma, 6);
    const double optimum = errorCurves(sigma).fro(10);
    double before = 1e300;
    for (const Index steps : {10, 20, 30, 60}) {
      const double error = (M - product(run(M, steps, 10).svd)).norm();
      QVERIFY(error >= optimum * (1 - 1e-12) && error <= before * (1 + 1e-12));
      before = error;
    }
    RS_NEAR(before, optimum, 1e-10 * optimum);
  }

  void eachStepTellsItsError() {
    const Matrix<double> M = withSpectrum(80, 60, harmonic(60), 7);
    for (const double scale : {1.0, 1e300}) {
      const auto made = runMethod(makeMatrix(Matrix<double>(M * scale)), 6);
      const auto* path = find<Convergence>(*made);
      QVERIFY(path);
      QCOMPARE(path->values.size(), std::size_t{22});  // 2r + 10
      for (const Index steps : {1, 4, 6, 15, 22}) {
        const double error = (M - product(run(M, steps, 6).svd)).norm() / M.norm();
        RS_NEAR(path->values[static_cast<std::size_t>(steps - 1)], error, 30 * 80 * 0x1p-52 / error);
      }
    }
    QVERIFY(!find<Convergence>(*runMethod(makeMatrix(Matrix<double>(Matrix<double>::Zero(9, 8))), 2)));
  }

  void theMethodSaysWhatItDid() {
    const Matrix<double> M = withSpectrum(120, 90, harmonic(90), 8);
    for (const double scale : {1.0, 1e-300, 1e300}) {
      const auto made = runMethod(makeMatrix(Matrix<double>(M * scale)), 12);
      QVERIFY(made->status == SolveStatus::Converged);
      QCOMPARE(made->parameters, 12.0 * (120 + 90));
      QCOMPARE(made->factors.size(), std::size_t{3});
      Matrix<double> approximation;
      reconstruct<double>(*made, {.dial = 12, .muted = {}}, {0, 0, 120, 90}, approximation);
      const double measured = (M - approximation / scale).norm() / M.norm();
      RS_NEAR(*made->errorEstimate, measured, 30 * 120 * 0x1p-52 / measured);
    }
    const auto deficient = runMethod(makeMatrix(Matrix<double>(gaussian(30, 3, 1) * gaussian(3, 20, 2))), 8);
    QVERIFY(deficient->status == SolveStatus::RankDeficient);
    QVERIFY(deficient->maxDial == 3 || deficient->maxDial == 4);
    QVERIFY(deficient->notices.empty());
    const auto zero = runMethod(makeMatrix(Matrix<double>(Matrix<double>::Zero(9, 8))), 2);
    QVERIFY(zero->status == SolveStatus::RankDeficient);
    QCOMPARE(zero->maxDial, Index{0});
    QCOMPARE(*zero->errorEstimate, 0.0);
    QVERIFY(!runMethod(makeMatrix(Matrix<Complex>(Matrix<Complex>::Identity(4, 4))), 2));
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
    const MatrixPtr X = makeMatrix(withSpectrum(50, 40, harmonic(40), 9));
    const auto left = [&](std::uint64_t seed) {
      return std::get<Matrix<double>>(runMethod(X, 5, {.seed = seed})->lowRank()->left);
    };
    QVERIFY(left(1) == left(1));
    QVERIFY(left(1) != left(2));
  }

  void floatReachesFloatAccuracy() {
    const Matrix<double> M = gaussian(200, 6, 10) * gaussian(6, 150, 11);
    const auto made = run<float>(M, 22, 6);
    RS_AT_MOST(ratio(M - product(made.svd), M, 0x1p-23), 30);
    RS_AT_MOST(orthogonality(made.svd.U.cast<double>()), 30 * 0x1p-23 * 200);
  }

  void wrongParametersAreRefusedByName() {
    const MatrixPtr X = makeMatrix(withSpectrum(30, 25, harmonic(25), 12));
    const auto refused = runMethod(X, 8, {}, {{"steps", Index{7}}});
    QVERIFY(!refused);
    QCOMPARE(refused.error().message(),
             std::string("parameter steps: 7 is not allowed (allowed: a whole number from 8, the rank, on)"));
    QVERIFY(refused.error().kind == ErrorKind::Usage);
    QVERIFY(runMethod(X, 8, {}, {{"steps", Index{8}}}));
    QCOMPARE(find<Convergence>(*runMethod(X, 8, {}, {{"steps", Index{1000}}}))->values.size(), std::size_t{25});
    const Method* method = findMethod("lanczos");
    const auto message = [&](const ParamValues& given) {
      const auto resolved = resolve(method->params, given, {.rows = 5, .cols = 5, .dial = 1});
      return resolved ? std::string() : resolved.error().message();
    };
    QCOMPARE(message({{"steps", Index{0}}}),
             std::string("parameter steps: 0 is not allowed (allowed: a whole number from 1 to 100000)"));
    QCOMPARE(message({{"power", Index{1}}}),
             std::string("parameter power: there is no such parameter here (there are: steps)"));
  }
};

QTEST_GUILESS_MAIN(TstLanczos)
#include "tst_lanczos.moc"
