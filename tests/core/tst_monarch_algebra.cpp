// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <utility>
#include <vector>

#include "core/linalg/lapack.h"
#include "core/methods/monarch.h"
#include "core/methods/monarch_algebra.h"
#include "core/methods/monarch_form.h"
#include "tests/support/support.h"
#include "tests/support/vectors.h"

using namespace rankscope;
using namespace rankscope::test;

namespace {

constexpr double kEps = 0x1p-52;

template <class T>
Matrix<T> draw(Index n, Index m, std::uint64_t seed) {
  if constexpr (std::is_same_v<T, Complex>) {
    return gaussian(n, m, seed) + Complex(0, 1) * gaussian(n, m, seed + 100);
  } else {
    return gaussian(n, m, seed);
  }
}

template <class T>
Monarch monarch(Index I, Index J, Index K, Index S, Index rho, std::uint64_t seed, bool inStride = true) {
  const MonarchShape shape{.I = I, .J = J, .K = K, .S = S};
  return {.I = I,
          .J = J,
          .K = K,
          .S = S,
          .blockRank = rho,
          .L = draw<T>(I, J * K * rho, seed),
          .R = draw<T>(J * rho, K * S, seed + 1),
          .columns = *monarchColumns(inStride ? "stride" : "identity", shape)};
}

template <class T>
Matrix<T> dense(const Monarch& m) {
  Matrix<T> out;
  monarchTile<T>(m, m.blockRank, {0, 0, m.I * m.J, m.K * m.S}, out);
  return out;
}

template <class T>
double condition(const Matrix<T>& M) {
  const auto sigma = linalg::exactSvd<T>(M, linalg::Job::Values, {})->s;
  return static_cast<double>(sigma(0) / sigma(sigma.size() - 1));
}

}  // namespace

class TstMonarchAlgebra : public QObject {
  Q_OBJECT

 private slots:
  void theInverseUndoesTheProduct() {
    inverseOf<double>();
    inverseOf<Complex>();
  }

  void whatHasNoInverseIsNamed() {
    const auto refused = [](const Monarch& m) {
      const auto made = MonarchInverse<double>::of(m);
      return made ? QString() : QString::fromStdString(made.error().message());
    };
    QVERIFY(refused(monarch<double>(3, 4, 3, 4, 2, 1)).contains("block rank 1"));
    QVERIFY(refused(monarch<double>(3, 4, 4, 3, 1, 1)).contains("not square"));
    Monarch singular = monarch<double>(3, 4, 3, 4, 1, 1);
    auto& L = std::get<Matrix<double>>(singular.L);
    L.col(2 * 3 + 1) = L.col(2 * 3);
    QVERIFY(refused(singular).contains("block 2 of L"));
    singular = monarch<double>(3, 4, 3, 4, 1, 1);
    std::get<Matrix<double>>(singular.R).middleCols(4, 4).setZero();
    QVERIFY(refused(singular).contains("block 1 of R"));
  }

  // ⟨G, M x⟩ is linear in each of L, R and x, so central differences are exact but for rounding.
  void gradientsAgreeWithCentralDifferences() {
    Monarch m = monarch<double>(3, 2, 4, 5, 2, 5);
    Matrix<double> x = gaussian(20, 3, 8);
    const Matrix<double> G = gaussian(6, 3, 9);
    const auto value = [&] { return G.cwiseProduct(monarchTimes<double>(m, 2, x)).sum(); };
    const MonarchGradients<double> made = monarchGradients<double>(m, x, G);
    const double size = G.norm() * x.norm() * dense<double>(m).norm();
    const auto check = [&](Matrix<double>& at, const Matrix<double>& gradient) {
      QCOMPARE(gradient.rows(), at.rows());
      QCOMPARE(gradient.cols(), at.cols());
      constexpr double kStep = 0.5;
      for (Index i = 0; i < at.size(); ++i) {
        const double here = at.data()[i];
        at.data()[i] = here + kStep;
        const double above = value();
        at.data()[i] = here - kStep;
        const double below = value();
        at.data()[i] = here;
        RS_NEAR(gradient.data()[i], (above - below) / (2 * kStep), 30 * 20 * kEps * size);
      }
    };
    check(std::get<Matrix<double>>(m.L), made.L);
    check(std::get<Matrix<double>>(m.R), made.R);
    check(x, made.x);
  }

  // W = W0 + s Mᵀ: the gradient of M is s Gᵀ, that of its product with the unit matrix.
  void referenceGradientsAgree() {
    for (const auto& reference : referenceCases("monarch_grad")) {
      const Index I = reference.integer("I"), J = reference.integer("J"), K = reference.integer("K"),
                  S = reference.integer("S");
      const Matrix<double> flatL = reference.input("L"), flatR = reference.input("R"), G = reference.input("G");
      const double s = reference.param("s");
      Monarch m = monarch<double>(I, J, K, S, 1, 1, false);
      auto& L = std::get<Matrix<double>>(m.L);
      auto& R = std::get<Matrix<double>>(m.R);
      // As published: L (J, I, K), R (K, J, S) in C order.
      for (Index j = 0; j < J; ++j)
        for (Index i = 0; i < I; ++i)
          for (Index k = 0; k < K; ++k) L(i, j * K + k) = flatL((j * I + i) * K + k);
      for (Index k = 0; k < K; ++k)
        for (Index j = 0; j < J; ++j)
          for (Index l = 0; l < S; ++l) R(j, k * S + l) = flatR((k * J + j) * S + l);
      const Matrix<double> W = reference.expected("W");
      RS_AT_MOST((reference.input("W0") + s * dense<double>(m).transpose() - W).norm(), 1e-11 * W.norm());
      const MonarchGradients<double> made =
          monarchGradients<double>(m, Matrix<double>::Identity(K * S, K * S), s * G.transpose());
      const Matrix<double> gL = reference.expected("gL"), gR = reference.expected("gR");
      for (Index j = 0; j < J; ++j)
        for (Index i = 0; i < I; ++i)
          for (Index k = 0; k < K; ++k) RS_NEAR(made.L(i, j * K + k), gL((j * I + i) * K + k), 1e-11 * gL.norm());
      for (Index k = 0; k < K; ++k)
        for (Index j = 0; j < J; ++j)
          for (Index l = 0; l < S; ++l) RS_NEAR(made.R(j, k * S + l), gR((k * J + j) * S + l), 1e-11 * gR.norm());
    }
  }

  void aProductOfTwoIsTakenApart() {
    for (const Index b : {1, 2, 4, 6}) {
      const Monarch first = monarch<Complex>(b, b, b, b, 1, 3, false),
                    second = monarch<Complex>(b, b, b, b, 1, 5, false);
      const Matrix<Complex> M = dense<Complex>(first) * dense<Complex>(second).transpose();
      const auto made = monarchPair(M, b, {});
      QVERIFY2(made.has_value(), made ? "" : made.error().message().c_str());
      RS_AT_MOST(made->error, 1e-9);  // METHODS 4.6, on matrices as well conditioned as these
      RS_AT_MOST(made->offDiagonal, 1e-9);
      const Matrix<Complex> again = dense<Complex>(made->first) * dense<Complex>(made->second).transpose();
      RS_AT_MOST((again - M).norm(), 1e-9 * M.norm());
    }
  }

  void realProductsAndCirculantsAreProductsToo() {
    const Index b = 4, n = 16;
    const Monarch first = monarch<double>(b, b, b, b, 1, 3, false), second = monarch<double>(b, b, b, b, 1, 7, false);
    const Matrix<Complex> M = (dense<double>(first) * dense<double>(second).transpose()).cast<Complex>();
    const auto real = monarchPair(M, b, {});
    QVERIFY(real.has_value());
    RS_AT_MOST(real->error, 1e-9);
    // F^H D F / n: F is Monarch but for the order of its columns.
    const Matrix<double> c = gaussian(n, 1, 4);
    const Matrix<Complex> circulant =
        Matrix<double>::NullaryExpr(n, n, [&](Index r, Index k) { return c((r - k + n) % n); }).cast<Complex>();
    const auto made = monarchPair(circulant, b, {});
    QVERIFY(made.has_value());
    RS_AT_MOST(made->error, 1e-9);
    RS_AT_MOST(made->offDiagonal, 1e-9);
  }

  void anyOtherMatrixFailsTheMembershipTest() {
    const auto made = monarchPair(draw<Complex>(64, 64, 2), 8, {});
    QVERIFY(made.has_value());
    QVERIFY(made->offDiagonal > 0.5 && made->error > 0.1);
    const auto refused = monarchPair(Matrix<Complex>::Identity(16, 16), 4, {});  // its blocks are mostly zero
    QVERIFY(!refused && refused.error().kind == ErrorKind::Compute);
    QVERIFY(!monarchPair(Matrix<Complex>::Zero(16, 16), 4, {}));
  }

 private:
  template <class T>
  void inverseOf() {
    const std::vector<std::pair<Index, Index>> sides = {{4, 4}, {3, 5}, {1, 6}, {6, 1}, {1, 1}};
    for (const auto& [I, J] : sides) {
      const Monarch m = monarch<T>(I, J, I, J, 1, 11);
      const Matrix<T> M = dense<T>(m), y = draw<T>(I * J, 3, 2);
      const auto inverse = MonarchInverse<T>::of(m);
      QVERIFY(inverse.has_value());
      const Matrix<T> x = inverse->times(y);
      // Two triangular solves a factor: the residual grows with the condition of each block, at most that of all.
      double worst = 1;
      for (Index j = 0; j < J; ++j)
        worst = std::max(worst, condition<T>(std::get<Matrix<T>>(m.L).middleCols(j * I, I)));
      double worstRight = 1;
      for (Index k = 0; k < I; ++k)
        worstRight = std::max(worstRight, condition<T>(std::get<Matrix<T>>(m.R).middleCols(k * J, J)));
      RS_AT_MOST((M * x - y).norm(), 30 * static_cast<double>(I * J) * kEps * worst * worstRight *
                                         static_cast<double>(M.norm() * x.norm()));
    }
  }
};

QTEST_GUILESS_MAIN(TstMonarchAlgebra)
#include "tst_monarch_algebra.moc"
