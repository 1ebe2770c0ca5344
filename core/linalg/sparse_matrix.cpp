// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/linalg/sparse_matrix.h"

#include <algorithm>

namespace rankscope::linalg {

template <class T>
Matrix<T> sparseTimes(const Sparse& M, const ConstRef<T>& X, const Context& context) {
  expects(X.rows() == M.cols(), "sparseTimes: shapes do not agree");
  Matrix<T> Y = Matrix<T>::Zero(M.rows(), X.cols());
  // A column of Y belongs to one thread: no two of them add to the same number.
  parallelFor(context, X.cols(), [&](Index j) {
    T* const y = Y.col(j).data();
    for (Index c = 0; c < M.cols(); ++c) {
      const T x = X(c, j);
      for (Sparse::InnerIterator entry(M, c); entry; ++entry) y[entry.row()] += static_cast<T>(entry.value()) * x;
    }
  });
  return Y;
}

template <class T>
Matrix<T> sparseAdjointTimes(const Sparse& M, const ConstRef<T>& Y, const Context& context) {
  expects(Y.rows() == M.rows(), "sparseAdjointTimes: shapes do not agree");
  Matrix<T> Z(M.cols(), Y.cols());
  parallelFor(context, Y.cols(), [&](Index j) {
    const auto y = Y.col(j);
    for (Index c = 0; c < M.cols(); ++c) {
      T sum = 0;
      for (Sparse::InnerIterator entry(M, c); entry; ++entry) sum += static_cast<T>(entry.value()) * y(entry.row());
      Z(c, j) = sum;
    }
  });
  return Z;
}

template <class T>
Matrix<T> sparseBlock(const Sparse& M, Index row, Index col, Index rows, Index cols) {
  Matrix<T> out = Matrix<T>::Zero(rows, cols);
  const int* const inner = M.innerIndexPtr();
  for (Index c = 0; c < cols; ++c) {
    const int* const end = inner + M.outerIndexPtr()[col + c + 1];
    for (const int* at = std::lower_bound(inner + M.outerIndexPtr()[col + c], end, row); at != end && *at < row + rows;
         ++at) {
      out(*at - row, c) = static_cast<T>(M.valuePtr()[at - inner]);
    }
  }
  return out;
}

#define RANKSCOPE_INSTANTIATE(T)                                                               \
  template Matrix<T> sparseTimes<T>(const Sparse&, const ConstRef<T>&, const Context&);        \
  template Matrix<T> sparseAdjointTimes<T>(const Sparse&, const ConstRef<T>&, const Context&); \
  template Matrix<T> sparseBlock<T>(const Sparse&, Index, Index, Index, Index);
RANKSCOPE_INSTANTIATE(float)
RANKSCOPE_INSTANTIATE(double)
RANKSCOPE_INSTANTIATE(Complex)
#undef RANKSCOPE_INSTANTIATE

}  // namespace rankscope::linalg
