// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/monarch_algebra.h"

#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <cmath>
#include <limits>
#include <optional>

#include "core/linalg/lapack.h"
#include "core/methods/monarch.h"
#include "core/methods/monarch_form.h"

namespace rankscope {

namespace {

using linalg::Op;

template <class T>
std::optional<Matrix<T>> inverseOf(const Matrix<T>& A) {
  if (!A.allFinite() || A.isZero(0)) return std::nullopt;
  const Eigen::PartialPivLU<Matrix<T>> lu(A);
  if (!(lu.rcond() > std::numeric_limits<RealOf<T>>::epsilon())) return std::nullopt;
  return Matrix<T>(lu.inverse());
}

Error singular(const Text& block) {
  return computeError(block, "it is singular to the accuracy of its numbers", "the Monarch matrix has no inverse");
}

}  // namespace

template <class T>
Result<MonarchInverse<T>> MonarchInverse<T>::of(const Monarch& monarch) {
  if (monarch.blockRank != 1 || monarch.K != monarch.I || monarch.J != monarch.S) {
    return computeError("the inverse of a Monarch matrix", "its blocks are not square",
                        "it takes block rank 1, K = I and J = S");
  }
  const auto* L = std::get_if<Matrix<T>>(&monarch.L);
  const auto* R = std::get_if<Matrix<T>>(&monarch.R);
  expects(L && R, "MonarchInverse: the factors are of another type");
  const Index I = monarch.I, J = monarch.J;
  MonarchInverse out;
  out.m_I = I;
  out.m_J = J;
  out.m_columns = monarch.columns;
  out.m_left.resize(I, J * I);
  out.m_right.resize(J, I * J);
  for (Index j = 0; j < J; ++j) {
    const auto inverse = inverseOf<T>(L->middleCols(j * I, I));
    if (!inverse) return singular(text("block {1} of L", j));
    out.m_left.middleCols(j * I, I) = *inverse;
  }
  for (Index k = 0; k < I; ++k) {
    const auto inverse = inverseOf<T>(R->middleCols(k * J, J));
    if (!inverse) return singular(text("block {1} of R", k));
    out.m_right.middleCols(k * J, J) = *inverse;
  }
  return out;
}

template <class T>
Matrix<T> MonarchInverse<T>::times(const ConstRef<T>& y) const {
  expects(y.rows() == m_I * m_J, "MonarchInverse: shapes do not agree");
  const Index N = y.cols();
  // z[k,j] = Σ_i L[j]⁻¹[k,i] y[i,j], then x[k,l] = Σ_j R[k]⁻¹[l,j] z[k,j].
  Matrix<T> z(m_I * m_J, N), x(m_I * m_J, N);
  for (Index j = 0; j < m_J; ++j) {
    const Matrix<T> rows = y(Eigen::seqN(j, m_I, m_J), Eigen::all);
    z(Eigen::seqN(j, m_I, m_J), Eigen::all) = linalg::multiply<T>(m_left.middleCols(j * m_I, m_I), rows);
  }
  for (Index k = 0; k < m_I; ++k) {
    const Matrix<T> part = linalg::multiply<T>(m_right.middleCols(k * m_J, m_J), z.middleRows(k * m_J, m_J));
    for (Index l = 0; l < m_J; ++l) x.row(m_columns[static_cast<std::size_t>(k * m_J + l)]) = part.row(l);
  }
  return x;
}

template <class T>
MonarchGradients<T> monarchGradients(const Monarch& monarch, const ConstRef<T>& x, const ConstRef<T>& gy) {
  const Index I = monarch.I, J = monarch.J, K = monarch.K, S = monarch.S, rho = monarch.blockRank, N = x.cols();
  const auto* L = std::get_if<Matrix<T>>(&monarch.L);
  const auto* R = std::get_if<Matrix<T>>(&monarch.R);
  expects(L && R, "monarchGradients: the factors are of another type");
  expects(x.rows() == K * S && gy.rows() == I * J && gy.cols() == N, "monarchGradients: shapes do not agree");
  MonarchGradients<T> out{.L = Matrix<T>(I, J * K * rho), .R = Matrix<T>(J * rho, K * S), .x = Matrix<T>(K * S, N)};
  const Matrix<T> ordered = x(monarch.columns, Eigen::all);
  Matrix<T> z(K * J * rho, N), gz(K * J * rho, N);  // rows (k, j, t)
  for (Index k = 0; k < K; ++k) {
    z.middleRows(k * J * rho, J * rho) = linalg::multiply<T>(R->middleCols(k * S, S), ordered.middleRows(k * S, S));
  }
  for (Index j = 0; j < J; ++j) {
    const Matrix<T> g = gy(Eigen::seqN(j, I, J), Eigen::all);
    Matrix<T> inner(K * rho, N);
    for (Index k = 0; k < K; ++k) inner.middleRows(k * rho, rho) = z.middleRows((k * J + j) * rho, rho);
    out.L.middleCols(j * K * rho, K * rho) = linalg::multiply<T>(g, inner, Op::None, Op::Adjoint);
    inner = linalg::multiply<T>(L->middleCols(j * K * rho, K * rho), g, Op::Adjoint);
    for (Index k = 0; k < K; ++k) gz.middleRows((k * J + j) * rho, rho) = inner.middleRows(k * rho, rho);
  }
  for (Index k = 0; k < K; ++k) {
    const auto g = gz.middleRows(k * J * rho, J * rho);
    out.R.middleCols(k * S, S) = linalg::multiply<T>(g, ordered.middleRows(k * S, S), Op::None, Op::Adjoint);
    const Matrix<T> back = linalg::multiply<T>(R->middleCols(k * S, S), g, Op::Adjoint);
    for (Index l = 0; l < S; ++l) out.x.row(monarch.columns[static_cast<std::size_t>(k * S + l)]) = back.row(l);
  }
  return out;
}

template class MonarchInverse<double>;
template class MonarchInverse<Complex>;
template MonarchGradients<float> monarchGradients<float>(const Monarch&, const ConstRef<float>&,
                                                         const ConstRef<float>&);
template MonarchGradients<double> monarchGradients<double>(const Monarch&, const ConstRef<double>&,
                                                           const ConstRef<double>&);

Result<MonarchPair> monarchPair(const Matrix<Complex>& M, Index b, const Context& context) {
  expects(b >= 1 && M.rows() == b * b && M.cols() == b * b, "monarchPair: n is b²");
  using Block = Matrix<Complex>;
  const auto stride = stridePermutation(b, b);
  const Block Mt = M(stride, stride);  // P M P, since P is symmetric: blocks A_i D_ij C_j with diagonal D_ij
  const auto block = [&](Index i, Index j) -> Block { return Mt.block(i * b, j * b, b, b); };
  const auto refused = [](const char* what, Index i, Index j) {
    return computeError(text("block {1}, {2} of {3}", i, j, what), "it is singular to the accuracy of its numbers",
                        "the factors of a product of Monarch matrices are found from invertible blocks only");
  };
  const auto corner = inverseOf<Complex>(block(0, 0));
  if (!corner) return refused("P M P", 0, 0);

  // M₁₁⁻¹ M₁ⱼ Mᵢⱼ⁻¹ Mᵢ₁ = C₁⁻¹ (diagonal) C₁ for all i and j: one random combination has simple eigenvalues. For b = 1
  // there is nothing to find.
  Block combined = Block::Zero(b, b);
  Random draw = context.random("monarch");
  for (Index i = 1; i < b; ++i) {
    for (Index j = 1; j < b; ++j) {
      context.checkpoint();
      const auto inverse = inverseOf<Complex>(block(i, j));
      if (!inverse) return refused("P M P", i, j);
      const double re = draw.normal(), im = draw.normal();
      combined += Complex(re, im) * (*corner * block(0, j) * *inverse * block(i, 0));
    }
  }
  const Eigen::ComplexEigenSolver<Block> eigen(combined);
  if (eigen.info() != Eigen::Success)
    return computeError("the factors of a product of Monarch matrices", "the eigenvalues did not converge");
  const Block& fromFirst = eigen.eigenvectors();  // C₁⁻¹
  if (!inverseOf<Complex>(fromFirst)) return refused("the eigenvectors", 0, 0);

  std::vector<Block> A(static_cast<std::size_t>(b)), C(A.size()), fromA(A.size()), fromC(A.size());
  for (Index i = 0; i < b; ++i) {
    const auto at = static_cast<std::size_t>(i);
    A[at] = block(i, 0) * fromFirst;  // D_i1 = 1
    const auto inverse = inverseOf<Complex>(A[at]);
    if (!inverse) return refused("A", i, 0);
    fromA[at] = *inverse;
  }
  for (Index j = 0; j < b; ++j) {
    const auto at = static_cast<std::size_t>(j);
    C[at] = fromA[0] * block(0, j);  // D_1j = 1
    const auto inverse = inverseOf<Complex>(C[at]);
    if (!inverse) return refused("C", 0, j);
    fromC[at] = *inverse;
  }
  // M = (P L₁ P R₁)(P L₂ P)ᵀ with L₁[i] = A_i, L₂[j] = C_jᵀ, and the middle R₁[k] of the diagonals: R₁[k](i, j) =
  // D_ij[k].
  std::vector<Index> columns(static_cast<std::size_t>(b * b));
  for (std::size_t c = 0; c < columns.size(); ++c) columns[c] = static_cast<Index>(c);
  Block L1(b, b * b), R1(b, b * b), L2(b, b * b), R2(b, b * b);
  double off = 0, all = 0;
  for (Index i = 0; i < b; ++i) {
    L1.middleCols(i * b, b) = A[static_cast<std::size_t>(i)];
    L2.middleCols(i * b, b) = C[static_cast<std::size_t>(i)].transpose();
    R2.middleCols(i * b, b) = Block::Identity(b, b);
    for (Index j = 0; j < b; ++j) {
      const Block D = fromA[static_cast<std::size_t>(i)] * block(i, j) * fromC[static_cast<std::size_t>(j)];
      const Block beside = D - Block(D.diagonal().asDiagonal());
      off += beside.squaredNorm();
      all += D.squaredNorm();
      for (Index k = 0; k < b; ++k) R1(i, k * b + j) = D(k, k);
    }
  }
  MonarchPair out;
  out.first = {
      .I = b, .J = b, .K = b, .S = b, .blockRank = 1, .L = std::move(L1), .R = std::move(R1), .columns = columns};
  out.second = {
      .I = b, .J = b, .K = b, .S = b, .blockRank = 1, .L = std::move(L2), .R = std::move(R2), .columns = columns};
  out.offDiagonal = std::sqrt(off / all);
  const Block second = monarchTimes<Complex>(out.second, 1, Block::Identity(b * b, b * b));
  const Block product = monarchTimes<Complex>(out.first, 1, second.transpose());
  out.error = (M - product).norm() / M.norm();
  return out;
}

}  // namespace rankscope
