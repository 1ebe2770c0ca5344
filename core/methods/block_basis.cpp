// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/block_basis.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <Eigen/Cholesky>

#include "core/base/result.h"
#include "core/linalg/lapack.h"

namespace rankscope {

namespace {

// W R⁻¹ with RᵀR = WᵀW: a third of Householder's time, and orthonormal to ε cond(W)². Only where the diagonal of R says
// that this is little; in the second round W must be nearly orthonormal already, which also catches a first round that
// the diagonal did not warn of.
template <class T>
bool byCholesky(Matrix<T>& W, double least, bool second) {
  const Matrix<T> gram = linalg::multiply<T>(W, W, linalg::Op::Adjoint);
  if (second && (gram - Matrix<T>::Identity(gram.rows(), gram.cols())).cwiseAbs().maxCoeff() > T(0.01)) return false;
  const Eigen::LLT<Matrix<T>, Eigen::Upper> factor(gram);
  if (factor.info() != Eigen::Success) return false;
  const Matrix<T> R = factor.matrixU();
  const double smallest = static_cast<double>(R.diagonal().minCoeff()),
               largest = static_cast<double>(R.diagonal().maxCoeff());
  const double trusted = std::cbrt(static_cast<double>(std::numeric_limits<T>::epsilon()));
  if (!(smallest > trusted * largest && smallest > 2 * least)) return false;
  R.template triangularView<Eigen::Upper>().template solveInPlace<Eigen::OnTheRight>(W);
  return true;
}

template <class T>
Matrix<T> orthonormal(Matrix<T> W, double least, bool second) {
  while (W.cols() > 0 && !byCholesky(W, least, second)) {
    Matrix<T> Q = W, R;
    linalg::householderQ(Q, &R);
    std::vector<Index> kept;
    for (Index c = 0; c < W.cols(); ++c) {
      if (std::abs(static_cast<double>(R(c, c))) > least) kept.push_back(c);
    }
    if (static_cast<Index>(kept.size()) == W.cols()) return Q;
    // A column left out has taken a direction of rounding with it, which the later ones may need: they are factored
    // anew without it.
    Matrix<T> rest = W(Eigen::all, kept);
    W = std::move(rest);
  }
  return W;
}

template <class T>
void projectOff(const ConstRef<T>& basis, Matrix<T>& W) {
  if (basis.cols() == 0 || W.cols() == 0) return;
  const Matrix<T> inside = linalg::multiply<T>(basis, W, linalg::Op::Adjoint);
  linalg::gemm<T>(linalg::Op::None, linalg::Op::None, T(-1), basis, inside, T(1), W);
}

}  // namespace

template <class T>
Matrix<T> newDirections(const ConstRef<T>& basis, Matrix<T> W, double least) {
  expects(basis.rows() == W.rows() && basis.cols() + W.cols() <= W.rows(), "newDirections: shapes do not agree");
  projectOff<T>(basis, W);
  W = orthonormal(std::move(W), least, false);
  projectOff<T>(basis, W);
  // Of unit length before: what has nearly vanished lay in the basis.
  return orthonormal(std::move(W), 0.1, true);
}

template <class T>
T unitScale(double norm) {
  return norm > 0 ? std::ldexp(T(1), std::min(-std::ilogb(norm), std::numeric_limits<T>::max_exponent - 1)) : T(1);
}

template float unitScale<float>(double);
template double unitScale<double>(double);
template Matrix<float> newDirections<float>(const ConstRef<float>&, Matrix<float>, double);
template Matrix<double> newDirections<double>(const ConstRef<double>&, Matrix<double>, double);

}  // namespace rankscope
