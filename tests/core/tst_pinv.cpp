// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>

#include "core/linalg/lapack.h"
#include "core/methods/pinv.h"
#include "tests/support/support.h"
#include "tests/support/vectors.h"

using namespace rankscope;
using namespace rankscope::test;

namespace {

Pinv<double> pinvOf(const Matrix<double>& A, const PinvCut& cut = {}, double ridge = 0) {
  auto made = pinv<double>(*makeMatrix(A), cut, ridge, {});
  if (!made) throw std::runtime_error(made.error().message());
  return std::move(*made);
}

Matrix<double> ofRank(Index n, Index m, Index rank, std::uint64_t seed) {
  return gaussian(n, rank, seed) * gaussian(rank, m, seed + 100);
}

// Forward error of METHODS 1: 100 ε κ r ‖X‖, with κ = σ₁/σ_rank.
double forwardBound(const Inverse& about, const Matrix<double>& X) {
  if (about.rank == 0) return 0;
  return 100 * 0x1p-52 * about.sigma(0) / about.sigma(about.rank - 1) * static_cast<double>(about.rank) * X.norm();
}

}  // namespace

class TstPinv : public QObject {
  Q_OBJECT

 private slots:
  void referenceVectorsAgree() {
    for (const auto& reference : referenceCases("pinv")) {
      const Matrix<double> M = reference.input("M"), expected = reference.expected("pinv");
      const auto made = pinvOf(M);
      QCOMPARE(made.about.rank, static_cast<Index>(reference.number("rank")));
      RS_NEAR(made.about.cut, reference.number("tol_used"), 1e-12 * reference.number("tol_used"));
      const Matrix<double> sigma = reference.expected("sigma");
      for (Index i = 0; i < sigma.size(); ++i) RS_NEAR(made.about.sigma(i), sigma(i), 20 * 0x1p-52 * sigma(0));
      RS_AT_MOST((made.X - expected).norm(), forwardBound(made.about, expected));
    }
  }

  void derivativesAndRidgesAgreeWithTheReference() {
    for (const auto& reference : referenceCases("pinv_derivative")) {
      const Matrix<double> A = reference.input("A"), expected = reference.expected("dP");
      RS_AT_MOST((pinvDerivative(A, pinvOf(A).X, reference.input("dA")) - expected).norm(), 1e-9 * expected.norm());
    }
    for (const auto& reference : referenceCases("tikhonov")) {
      const Matrix<double> expected = reference.expected("X");
      RS_AT_MOST((pinvOf(reference.input("M"), {}, reference.param("lam")).X - expected).norm(),
                 1e-12 * expected.norm());
    }
  }

  void penroseHolds_data() {
    QTest::addColumn<int>("n");
    QTest::addColumn<int>("m");
    QTest::addColumn<int>("rank");
    QTest::addColumn<double>("scale");
    const auto row = [](int n, int m, int rank, double scale) {
      QTest::addRow("%dx%d rank %d scale %g", n, m, rank, scale) << n << m << rank << scale;
    };
    row(1, 1, 1, 1);
    row(1, 7, 1, 1);
    row(7, 1, 1, 1);
    row(30, 20, 20, 1);
    row(20, 30, 20, 1);
    row(25, 25, 4, 1);
    row(30, 20, 5, 1e300);
    row(20, 30, 20, 1e-300);
    row(9, 5, 0, 1);
  }
  void penroseHolds() {
    QFETCH(int, n);
    QFETCH(int, m);
    QFETCH(int, rank);
    QFETCH(double, scale);
    const Matrix<double> A = rank == 0 ? Matrix<double>(Matrix<double>::Zero(n, m)) : ofRank(n, m, rank, 3) * scale;
    const auto made = pinvOf(A);
    QCOMPARE(made.about.rank, Index{rank});
    QVERIFY(made.X.rows() == m && made.X.cols() == n && made.X.allFinite());
    for (const double residual : made.about.penrose) RS_AT_MOST(residual, 30);
    const auto cod = pinvByCod(A, {});
    QCOMPARE(cod->about.rank, Index{rank});
    for (const double residual : cod->about.penrose) RS_AT_MOST(residual, 30);
    // Two routes, each within its forward error. Compared over the scale, whose square leaves double.
    RS_AT_MOST(((cod->X - made.X) * scale).norm(), 2 * forwardBound(made.about, Matrix<double>(made.X * scale)));
  }

  void penroseNotices() {
    const Matrix<double> A = ofRank(12, 8, 8, 5), X = pinvOf(A).X;
    Matrix<double> wrong = X;
    wrong(3, 4) *= 1 + 1e-6;
    for (const double residual : penroseResiduals<double>(A, wrong)) QVERIFY(residual > 30);
  }

  void inversesOfInversesAndTransposes() {
    const Matrix<double> A = ofRank(14, 9, 6, 7), X = pinvOf(A).X;
    // κ is moderate here: A⁺⁺ loses a factor κ twice.
    RS_AT_MOST((pinvOf(X, {.rcond = 1e-10, .absolute = {}}).X - A).norm(), 1e-10 * A.norm());
    RS_AT_MOST((pinvOf(A.transpose()).X - X.transpose()).norm(), forwardBound(pinvOf(A).about, X));
    RS_AT_MOST((pinvOf(3 * A).X - X / 3).norm(), forwardBound(pinvOf(A).about, X));
    const Matrix<double> P = A * X;
    RS_AT_MOST((P * P - P).norm(), 1e-11);
    RS_NEAR(P.trace(), 6, 1e-11);
  }

  void aReversedProductIsNoInverse() {
    const Matrix<double> A = gaussian(6, 4, 1), B = gaussian(4, 5, 2);
    // A of full column rank and B of full row rank: there it holds.
    RS_AT_MOST((pinvOf(A * B).X - pinvOf(B).X * pinvOf(A).X).norm(), 1e-9 * pinvOf(A * B).X.norm());
    const Matrix<double> C = gaussian(3, 6, 3), D = gaussian(6, 3, 4);
    QVERIFY((pinvOf(C * D).X - pinvOf(D).X * pinvOf(C).X).norm() > 1e-3);
  }

  void cutsDecideTheRank() {
    Matrix<double> A = Matrix<double>::Zero(3, 4);
    A.diagonal() << 4, 1, 1e-3;
    QCOMPARE(pinvOf(A).about.rank, Index{3});
    QCOMPARE(pinvOf(A, {.rcond = 1e-2, .absolute = {}}).about.rank, Index{2});
    QCOMPARE(pinvOf(A, {.rcond = {}, .absolute = 1.0}).about.rank, Index{1});  // strictly above
    const auto none = pinvOf(A, {.rcond = 1.0, .absolute = {}});
    QCOMPARE(none.about.rank, Index{0});
    QVERIFY(none.X.isZero(0));
    QCOMPARE(pinvOf(A).about.norm, 1e3);
    QCOMPARE(pinvOf(A, {.rcond = 1e-2, .absolute = {}}).about.norm, 1.0);
  }

  void theRidgePathEndsAtTheInverse() {
    const Matrix<double> A = ofRank(10, 7, 5, 11);
    auto made = pinvOf(A);
    addRidgePath(made.about, 17);
    QCOMPARE(made.about.ridge.size(), Index{17});
    for (Index c = 0; c < 17; ++c) {
      // The 2-norm of the difference itself against the closed form. Values cut are noise of size 1e-15, which a ridge
      // below 1e-12 lets through: the path is compared where it is above.
      if (made.about.ridge(c) < 1e-10) continue;
      const Matrix<double> difference = pinvOf(A, {}, made.about.ridge(c)).X - made.X;
      const auto values = linalg::exactSvd<double>(difference, linalg::Job::Values, {});
      RS_NEAR(made.about.ridgeDistance(c), values->s(0), 1e-9 * values->s(0) + forwardBound(made.about, made.X));
    }
    QVERIFY(made.about.ridgeDistance(16) > made.about.ridgeDistance(8));
  }

  void derivativesAgreeWithDifferences() {
    // Along A(t) = F(t) H(t) of constant rank 3.
    const Matrix<double> F = gaussian(8, 3, 21), H = gaussian(3, 6, 22), dF = gaussian(8, 3, 23),
                         dH = gaussian(3, 6, 24);
    const auto at = [&](double t) { return Matrix<double>((F + t * dF) * (H + t * dH)); };
    const Matrix<double> A = at(0), dA = dF * H + F * dH;
    const double h = 1e-5;  // error h² of the difference, ε/h of rounding: both near 1e-10
    const Matrix<double> difference = (pinvOf(at(h)).X - pinvOf(at(-h)).X) / (2 * h);
    const Matrix<double> derivative = pinvDerivative(A, pinvOf(A).X, dA);
    RS_AT_MOST((derivative - difference).norm(), 1e-6 * derivative.norm());
  }

  void bestFactorsAreLeastSquares() {
    const Matrix<double> A = gaussian(12, 3, 31), M = gaussian(12, 7, 32), B = gaussian(3, 7, 33);
    const Matrix<double> right = *bestRight(A, M, {}), residual = M - A * right;
    RS_AT_MOST((A.transpose() * residual).norm(), 1e-12 * M.norm() * A.norm());  // a right angle
    const Matrix<double> left = *bestLeft(M, B, {}), other = M - left * B;
    RS_AT_MOST((other * B.transpose()).norm(), 1e-12 * M.norm() * B.norm());
    for (std::uint64_t seed = 0; seed < 100; ++seed)
      QVERIFY((M - A * (right + 0.1 * gaussian(3, 7, seed))).norm() >= residual.norm());
  }

  void complexAndFloatWork() {
    const Matrix<Complex> C = gaussian(9, 6, 41) + Complex(0, 1) * gaussian(9, 6, 42);
    const auto made = pinv<Complex>(*makeMatrix(C), {}, 0, {});
    for (const double residual : made->about.penrose) RS_AT_MOST(residual, 30);
    const auto single = pinv<float>(*makeMatrix(gaussian(9, 6, 43)), {}, 0, {});
    QCOMPARE(single->about.rank, Index{6});
    for (const double residual : single->about.penrose) RS_AT_MOST(residual, 30);
  }

  void whatIsBeyondTheRangeIsRefused() {
    const Matrix<double> tiny = Matrix<double>::Constant(1, 1, 1e-310);
    const auto made = pinv<double>(*makeMatrix(tiny), {}, 0, {});
    QVERIFY(!made && made.error().kind == ErrorKind::Compute);
  }

  void theNormJumpsWhereAValuePassesTheCut() {
    Matrix<double> A = Matrix<double>::Identity(3, 3);
    A(2, 2) = 1e-12;
    RS_NEAR(pinvOf(A).about.norm, 1e12, 1e-3);
    A(2, 2) = 1e-16;  // below 3 ε
    QCOMPARE(pinvOf(A).about.norm, 1.0);
  }
};

QTEST_GUILESS_MAIN(TstPinv)
#include "tst_pinv.moc"
