// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>

#include "core/linalg/thin.h"
#include "tests/support/support.h"

using namespace rankscope;
using namespace rankscope::test;
using linalg::Op;

namespace {

template <class T>
Matrix<T> random(Index rows, Index cols, std::uint64_t seed) {
  return gaussian(rows, cols, seed).cast<T>();
}

// Both orders of summation err by at most (depth) ε |A| |X| entry by entry (Higham, Accuracy and Stability, 3.13).
template <class T>
void agreesWithGemm(Op op, Index n, Index m, Index l) {
  const Matrix<T> A = random<T>(n, m, 1), X = random<T>(op == Op::Adjoint ? n : m, l, 2);
  Matrix<T> Y, expected(op == Op::Adjoint ? m : n, l);
  linalg::thinProduct<T>(op, A, X, Y, {});
  linalg::gemm<T>(op, Op::None, T(1), A, X, T(0), expected);
  const Matrix<T> size =
      op == Op::Adjoint ? Matrix<T>(A.cwiseAbs().transpose() * X.cwiseAbs()) : Matrix<T>(A.cwiseAbs() * X.cwiseAbs());
  const T bound = T(2) * static_cast<T>(X.rows()) * std::numeric_limits<T>::epsilon();
  QVERIFY(Y.rows() == expected.rows() && Y.cols() == l);
  QVERIFY2(((Y - expected).cwiseAbs().array() <= bound * size.array()).all(),
           qPrintable(QString("%1×%2, %3 columns").arg(n).arg(m).arg(l)));
}

}  // namespace

class TstThin : public QObject {
  Q_OBJECT

 private slots:
  void agreesWithGemmForEveryShape_data() {
    QTest::addColumn<int>("n");
    QTest::addColumn<int>("m");
    QTest::addColumn<int>("l");
    const auto row = [](int n, int m, int l) { QTest::addRow("%dx%d, %d", n, m, l) << n << m << l; };
    // Around the kernel's group (8), panel (128), depth (96), vector (8 or 16) and the change to gemm (128 columns).
    for (const int l : {1, 7, 8, 9, 16, 17, 24, 31, 33, 60, 64, 65, 128, 129}) row(257, 263, l);
    for (const int n : {1, 5, 8, 63, 64, 127, 128, 129, 300}) {
      row(n, 20000, 10);
      row(20000, n, 10);
    }
    row(3, 2, 1);
  }
  void agreesWithGemmForEveryShape() {
    QFETCH(int, n);
    QFETCH(int, m);
    QFETCH(int, l);
    agreesWithGemm<double>(Op::None, n, m, l);
    agreesWithGemm<double>(Op::Adjoint, n, m, l);
    agreesWithGemm<float>(Op::None, n, m, l);
    agreesWithGemm<float>(Op::Adjoint, n, m, l);
  }

  void aBlockOfALargerMatrixIsReadInItsPlace() {
    const Matrix<double> whole = random<double>(400, 500, 3);
    const Matrix<double> part = whole.block(13, 21, 300, 400), X = random<double>(400, 20, 4);
    Matrix<double> fromBlock, fromCopy;
    linalg::thinProduct<double>(Op::None, whole.block(13, 21, 300, 400), X, fromBlock, {});
    linalg::thinProduct<double>(Op::None, part, X, fromCopy, {});
    QVERIFY(fromBlock == fromCopy);
  }

  void threadsDoNotChangeABit() {
    const Matrix<double> A = random<double>(700, 900, 5), X = random<double>(900, 50, 6),
                         Z = random<double>(700, 50, 7);
    Context one, two;
    two.threads = 2;
    Matrix<double> a, b;
    linalg::thinProduct<double>(Op::None, A, X, a, one);
    linalg::thinProduct<double>(Op::None, A, X, b, two);
    QVERIFY(a == b);
    linalg::thinProduct<double>(Op::Adjoint, A, Z, a, one);
    linalg::thinProduct<double>(Op::Adjoint, A, Z, b, two);
    QVERIFY(a == b);
  }

  void anInfinityStaysInItsRow() {
    Matrix<double> A = random<double>(203, 205, 8);
    A(201, 3) = std::numeric_limits<double>::infinity();
    const Matrix<double> X = Matrix<double>::Ones(205, 9);
    Matrix<double> Y;
    linalg::thinProduct<double>(Op::None, A, X, Y, {});
    for (Index i = 0; i < Y.rows(); ++i) QCOMPARE(Y.row(i).array().isFinite().all(), i != 201);
  }
};

QTEST_GUILESS_MAIN(TstThin)
#include "tst_thin.moc"
