// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/monarch_form.h"

#include <type_traits>

#include "core/linalg/lapack.h"

namespace rankscope {

namespace {

// L and R in T, cut to the leading terms of each tile.
template <class T>
struct Blocks {
  Index I, J, K, S, rho;
  Matrix<T> L, R;

  Blocks(const Monarch& m, Index blockRank) : I(m.I), J(m.J), K(m.K), S(m.S), rho(std::min(blockRank, m.blockRank)) {
    L = cast(m.L);
    R = cast(m.R);
    if (rho == m.blockRank) return;
    Matrix<T> left(I, J * K * rho), right(J * rho, K * S);
    for (Index tile = 0; tile < J * K; ++tile) left.middleCols(tile * rho, rho) = L.middleCols(tile * m.blockRank, rho);
    for (Index j = 0; j < J; ++j) right.middleRows(j * rho, rho) = R.middleRows(j * m.blockRank, rho);
    L = std::move(left);
    R = std::move(right);
  }

  auto leftOf(Index j) const { return L.middleCols(j * K * rho, K * rho); }  // I × Kρ
  auto rightOf(Index k) const { return R.middleCols(k * S, S); }             // Jρ × S

 private:
  static Matrix<T> cast(const Values& values) {
    return std::visit(
        [](const auto& stored) -> Matrix<T> {
          using Stored = typename std::decay_t<decltype(stored)>::Scalar;
          if constexpr (std::is_same_v<T, Complex> || !std::is_same_v<Stored, Complex>) {
            return stored.template cast<T>();
          } else {
            throw std::invalid_argument("a complex Monarch matrix is asked for real values");
          }
        },
        values);
  }
};

}  // namespace

template <class T>
void monarchTile(const Monarch& monarch, Index blockRank, const Tile& tile, Matrix<T>& out) {
  const Blocks<T> blocks(monarch, blockRank);
  std::vector<Index> place(monarch.columns.size());
  for (std::size_t c = 0; c < place.size(); ++c)
    place[static_cast<std::size_t>(monarch.columns[c])] = static_cast<Index>(c);
  out.resize(tile.rows, tile.cols);
  for (Index col = 0; col < tile.cols; ++col) {
    const Index at = place[static_cast<std::size_t>(tile.col + col)], k = at / blocks.S;
    for (Index row = 0; row < tile.rows; ++row) {
      const Index i = (tile.row + row) / blocks.J, j = (tile.row + row) % blocks.J;
      T sum(0);
      for (Index t = 0; t < blocks.rho; ++t)
        sum += blocks.L(i, (j * blocks.K + k) * blocks.rho + t) * blocks.R(j * blocks.rho + t, at);
      out(row, col) = sum;
    }
  }
}

template <class T>
Matrix<T> monarchTimes(const Monarch& monarch, Index blockRank, const ConstRef<T>& x) {
  const Blocks<T> blocks(monarch, blockRank);
  const Index rho = blocks.rho;
  const Matrix<T> inOrder = x(monarch.columns, Eigen::all);
  std::vector<Matrix<T>> gathered(static_cast<std::size_t>(blocks.J), Matrix<T>(blocks.K * rho, x.cols()));
  for (Index k = 0; k < blocks.K; ++k) {
    const Matrix<T> z = linalg::multiply<T>(blocks.rightOf(k), inOrder.middleRows(k * blocks.S, blocks.S));
    for (Index j = 0; j < blocks.J; ++j)
      gathered[static_cast<std::size_t>(j)].middleRows(k * rho, rho) = z.middleRows(j * rho, rho);
  }
  Matrix<T> y(blocks.I * blocks.J, x.cols());
  for (Index j = 0; j < blocks.J; ++j) {
    y(Eigen::seqN(j, blocks.I, blocks.J), Eigen::all) =
        linalg::multiply<T>(blocks.leftOf(j), gathered[static_cast<std::size_t>(j)]);
  }
  return y;
}

template <class T>
Matrix<T> monarchAdjointTimes(const Monarch& monarch, Index blockRank, const ConstRef<T>& y) {
  const Blocks<T> blocks(monarch, blockRank);
  const Index rho = blocks.rho;
  std::vector<Matrix<T>> gathered(static_cast<std::size_t>(blocks.K), Matrix<T>(blocks.J * rho, y.cols()));
  for (Index j = 0; j < blocks.J; ++j) {
    const Matrix<T> part = y(Eigen::seqN(j, blocks.I, blocks.J), Eigen::all);
    const Matrix<T> z = linalg::multiply<T>(blocks.leftOf(j), part, linalg::Op::Adjoint);
    for (Index k = 0; k < blocks.K; ++k)
      gathered[static_cast<std::size_t>(k)].middleRows(j * rho, rho) = z.middleRows(k * rho, rho);
  }
  Matrix<T> x(blocks.K * blocks.S, y.cols());
  for (Index k = 0; k < blocks.K; ++k) {
    const Matrix<T> part =
        linalg::multiply<T>(blocks.rightOf(k), gathered[static_cast<std::size_t>(k)], linalg::Op::Adjoint);
    for (Index l = 0; l < blocks.S; ++l)
      x.row(monarch.columns[static_cast<std::size_t>(k * blocks.S + l)]) = part.row(l);
  }
  return x;
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
            for (Index inner = 0; inner < K * rho; ++inner) L(at++) = blocks.L(i, j * K * rho + inner);
          }
        }
        at = 0;
        for (Index k = 0; k < K; ++k) {
          for (Index row = 0; row < J * rho; ++row) {
            for (Index l = 0; l < S; ++l) R(at++) = blocks.R(row, k * S + l);
          }
        }
        Matrix<double> columns(static_cast<Index>(monarch.columns.size()), 1);
        for (Index c = 0; c < columns.rows(); ++c)
          columns(c) = static_cast<double>(monarch.columns[static_cast<std::size_t>(c)]);
        return {{.name = "L", .shape = {J, I, K, rho}, .values = std::move(L)},
                {.name = "R", .shape = {K, J, rho, S}, .values = std::move(R)},
                {.name = "columns", .shape = {columns.rows()}, .values = std::move(columns)}};
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
