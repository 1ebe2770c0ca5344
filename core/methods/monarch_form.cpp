// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/monarch_form.h"

#include <algorithm>
#include <type_traits>

#include "core/linalg/lapack.h"

namespace rankscope {

namespace {

template <class T>
using Strided = Eigen::Map<const Matrix<T>, 0, Eigen::OuterStride<>>;
template <class T>
using StridedOut = Eigen::Map<Matrix<T>, 0, Eigen::OuterStride<>>;

// L and R in T, the leading terms of each tile: as they are stored where that is what is asked for, else a copy.
template <class T>
struct Blocks {
  Index I, J, K, S, rho;

  Blocks(const Monarch& m, Index blockRank) : I(m.I), J(m.J), K(m.K), S(m.S), rho(std::min(blockRank, m.blockRank)) {
    m_left = inScalar(m.L, m_leftCopy);
    m_right = inScalar(m.R, m_rightCopy);
    if (rho == m.blockRank) return;
    Matrix<T> left(I, J * K * rho), right(J * rho, K * S);
    for (Index tile = 0; tile < J * K; ++tile)
      left.middleCols(tile * rho, rho) = m_left->middleCols(tile * m.blockRank, rho);
    for (Index j = 0; j < J; ++j) right.middleRows(j * rho, rho) = m_right->middleRows(j * m.blockRank, rho);
    m_leftCopy = std::move(left);
    m_rightCopy = std::move(right);
    m_left = &m_leftCopy;
    m_right = &m_rightCopy;
  }
  Blocks(const Blocks&) = delete;
  Blocks& operator=(const Blocks&) = delete;

  const Matrix<T>& L() const { return *m_left; }
  const Matrix<T>& R() const { return *m_right; }
  auto leftOf(Index j) const { return L().middleCols(j * K * rho, K * rho); }  // I × Kρ
  auto rightOf(Index k) const { return R().middleCols(k * S, S); }             // Jρ × S
  // Term t of the tiles of j: I × K.
  Strided<T> leftOf(Index j, Index t) const {
    return {L().data() + (j * K * rho + t) * I, I, K, Eigen::OuterStride<>(I * rho)};
  }

 private:
  static const Matrix<T>* inScalar(const Values& values, Matrix<T>& copy) {
    return std::visit(
        [&](const auto& stored) -> const Matrix<T>* {
          using Stored = typename std::decay_t<decltype(stored)>::Scalar;
          if constexpr (std::is_same_v<Stored, T>) {
            return &stored;
          } else if constexpr (std::is_same_v<T, Complex> || !std::is_same_v<Stored, Complex>) {
            copy = stored.template cast<T>();
            return &copy;
          } else {
            throw std::invalid_argument("a complex Monarch matrix is asked for real values");
          }
        },
        values);
  }

  Matrix<T> m_leftCopy, m_rightCopy;
  const Matrix<T>*m_left = nullptr, *m_right = nullptr;
};

// Rows of one matrix are columns of the other: a cache line of rows at a time.
constexpr Index kLine = 16;

// out (N×m) with out[:, c] the conjugate of row columns[c] of x (m×N), or of row c.
template <class T>
Matrix<T> adjointRows(const ConstRef<T>& x, const std::vector<Index>* columns) {
  Matrix<T> out(x.cols(), x.rows());
  for (Index first = 0; first < x.rows(); first += kLine) {
    const Index last = std::min(first + kLine, x.rows());
    for (Index n = 0; n < x.cols(); ++n) {
      for (Index c = first; c < last; ++c)
        out(n, c) = Eigen::numext::conj(x(columns ? (*columns)[static_cast<std::size_t>(c)] : c, n));
    }
  }
  return out;
}

// The other way round: row columns[c] (or c) of the result is the conjugate of xt[:, c].
template <class T>
Matrix<T> rowsOfAdjoint(const Matrix<T>& xt, const std::vector<Index>* columns) {
  Matrix<T> out(xt.cols(), xt.rows());
  for (Index first = 0; first < xt.cols(); first += kLine) {
    const Index last = std::min(first + kLine, xt.cols());
    for (Index n = 0; n < xt.rows(); ++n) {
      for (Index c = first; c < last; ++c)
        out(columns ? (*columns)[static_cast<std::size_t>(c)] : c, n) = Eigen::numext::conj(xt(n, c));
    }
  }
  return out;
}

// One column: as many products of a small matrix and a vector as there are blocks.
template <class T>
void timesOne(const Blocks<T>& blocks, const std::vector<Index>& columns, const T* x, T* y) {
  const Index I = blocks.I, J = blocks.J, K = blocks.K, S = blocks.S, rho = blocks.rho;
  Vector<T> ordered(K * S), z(K * J * rho), part(I);
  for (Index c = 0; c < K * S; ++c) ordered(c) = x[columns[static_cast<std::size_t>(c)]];
  Matrix<T> gathered(K * rho, J);
  for (Index k = 0; k < K; ++k) linalg::gemv<T>(blocks.rightOf(k), ordered.data() + k * S, z.data() + k * J * rho);
  for (Index j = 0; j < J; ++j) {
    for (Index k = 0; k < K; ++k) {
      for (Index t = 0; t < rho; ++t) gathered(k * rho + t, j) = z((k * J + j) * rho + t);
    }
  }
  for (Index j = 0; j < J; ++j) {
    linalg::gemv<T>(blocks.leftOf(j), gathered.col(j).data(), part.data());
    for (Index i = 0; i < I; ++i) y[i * J + j] = part(i);
  }
}

}  // namespace

template <class T>
void monarchTile(const Monarch& monarch, Index blockRank, const Tile& tile, Matrix<T>& out) {
  const Blocks<T> blocks(monarch, blockRank);
  const Index J = blocks.J, rho = blocks.rho;
  std::vector<Index> place(monarch.columns.size());
  for (std::size_t c = 0; c < place.size(); ++c)
    place[static_cast<std::size_t>(monarch.columns[c])] = static_cast<Index>(c);
  out.resize(tile.rows, tile.cols);
  for (Index col = 0; col < tile.cols; ++col) {
    const Index at = place[static_cast<std::size_t>(tile.col + col)], k = at / blocks.S;
    for (Index j = 0; j < J; ++j) {
      const Index first = std::max<Index>(0, (tile.row - j + J - 1) / J);
      const Index last = std::max<Index>(first, (tile.row + tile.rows - j + J - 1) / J);
      for (Index i = first; i < last; ++i) {
        T sum(0);
        for (Index t = 0; t < rho; ++t)
          sum += blocks.L()(i, (j * blocks.K + k) * rho + t) * blocks.R()(j * rho + t, at);
        out(i * J + j - tile.row, col) = sum;
      }
    }
  }
}

// Everything is done on adjoints, N × …: a block's rows lie J apart, so the columns of its adjoint do, and a matrix
// whose columns lie apart is one that BLAS takes as it is. Only the operand and the result are transposed.
template <class T>
Matrix<T> monarchTimes(const Monarch& monarch, Index blockRank, const ConstRef<T>& x) {
  const Blocks<T> blocks(monarch, blockRank);
  const Index I = blocks.I, J = blocks.J, K = blocks.K, S = blocks.S, rho = blocks.rho, N = x.cols();
  constexpr Index kFew = 4;
  if (N < kFew) {
    Matrix<T> y(I * J, N);
    for (Index n = 0; n < N; ++n) timesOne(blocks, monarch.columns, x.col(n).data(), y.col(n).data());
    return y;
  }
  const Matrix<T> xt = adjointRows<T>(x, &monarch.columns);
  Matrix<T> zt(N, K * J * rho), yt(N, I * J);
  using linalg::Op;
  for (Index k = 0; k < K; ++k) {
    linalg::gemm<T>(Op::None, Op::Adjoint, T(1), xt.middleCols(k * S, S), blocks.rightOf(k), T(0),
                    zt.middleCols(k * J * rho, J * rho));
  }
  for (Index j = 0; j < J; ++j) {
    for (Index t = 0; t < rho; ++t) {
      const Strided<T> z(zt.data() + (j * rho + t) * N, N, K, Eigen::OuterStride<>(J * rho * N));
      linalg::gemm<T>(Op::None, Op::Adjoint, T(1), z, blocks.leftOf(j, t), T(t == 0 ? 0 : 1),
                      StridedOut<T>(yt.data() + j * N, N, I, Eigen::OuterStride<>(J * N)));
    }
  }
  return rowsOfAdjoint(yt, nullptr);
}

template <class T>
Matrix<T> monarchAdjointTimes(const Monarch& monarch, Index blockRank, const ConstRef<T>& y) {
  const Blocks<T> blocks(monarch, blockRank);
  const Index I = blocks.I, J = blocks.J, K = blocks.K, S = blocks.S, rho = blocks.rho, N = y.cols();
  const Matrix<T> yt = adjointRows<T>(y, nullptr);
  Matrix<T> zt(N, K * J * rho), xt(N, K * S);
  using linalg::Op;
  for (Index j = 0; j < J; ++j) {
    for (Index t = 0; t < rho; ++t) {
      linalg::gemm<T>(Op::None, Op::None, T(1), Strided<T>(yt.data() + j * N, N, I, Eigen::OuterStride<>(J * N)),
                      blocks.leftOf(j, t), T(0),
                      StridedOut<T>(zt.data() + (j * rho + t) * N, N, K, Eigen::OuterStride<>(J * rho * N)));
    }
  }
  for (Index k = 0; k < K; ++k) {
    linalg::gemm<T>(Op::None, Op::None, T(1), zt.middleCols(k * J * rho, J * rho), blocks.rightOf(k), T(0),
                    xt.middleCols(k * S, S));
  }
  return rowsOfAdjoint(xt, &monarch.columns);
}

std::vector<Factor> monarchFactors(const Monarch& monarch, Index blockRank) {
  return std::visit(
      [&](const auto& stored) -> std::vector<Factor> {
        using T = typename std::decay_t<decltype(stored)>::Scalar;
        const Blocks<T> blocks(monarch, blockRank);
        const Index I = blocks.I, J = blocks.J, K = blocks.K, S = blocks.S, rho = blocks.rho;
        Matrix<T> L(J * I * K * rho, 1), R(K * J * rho * S, 1);
        Index at = 0;
        for (Index j = 0; j < J; ++j) {
          for (Index i = 0; i < I; ++i) {
            for (Index inner = 0; inner < K * rho; ++inner) L(at++) = blocks.L()(i, j * K * rho + inner);
          }
        }
        at = 0;
        for (Index k = 0; k < K; ++k) {
          for (Index row = 0; row < J * rho; ++row) {
            for (Index l = 0; l < S; ++l) R(at++) = blocks.R()(row, k * S + l);
          }
        }
        Matrix<double> columns(static_cast<Index>(monarch.columns.size()), 1);
        for (Index c = 0; c < columns.rows(); ++c)
          columns(c) = static_cast<double>(monarch.columns[static_cast<std::size_t>(c)]);
        const Index m = columns.rows();
        return factorList(Factor{.name = "L", .shape = {J, I, K, rho}, .values = std::move(L)},
                          Factor{.name = "R", .shape = {K, J, rho, S}, .values = std::move(R)},
                          Factor{.name = "columns", .shape = {m}, .values = std::move(columns)});
      },
      monarch.L);
}

#define RANKSCOPE_INSTANTIATE(T)                                                 \
  template void monarchTile<T>(const Monarch&, Index, const Tile&, Matrix<T>&);  \
  template Matrix<T> monarchTimes<T>(const Monarch&, Index, const ConstRef<T>&); \
  template Matrix<T> monarchAdjointTimes<T>(const Monarch&, Index, const ConstRef<T>&);
RANKSCOPE_INSTANTIATE(float)
RANKSCOPE_INSTANTIATE(double)
RANKSCOPE_INSTANTIATE(Complex)
#undef RANKSCOPE_INSTANTIATE

}  // namespace rankscope
