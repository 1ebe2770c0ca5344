// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/SparseCore>

#include "core/linalg/any_matrix.h"

namespace rankscope {

/// Compressed sparse columns: the entries that are not zero, column by column, rows ascending.
using Sparse = Eigen::SparseMatrix<double>;

/// Wraps sparse values; they stay sparse until someone asks for all entries. Zeros that are stored are dropped.
MatrixPtr makeMatrix(Sparse values);
/// The sparse values behind a matrix, or nullptr when it is stored otherwise.
const Sparse* sparseOf(const AnyMatrix& matrix);

namespace linalg {

/// M X (n×l) and Mᴴ Y (m×l) in T, 2 l flops for each entry kept; on context.threads threads with the same bits for any
/// number of them.
template <class T>
Matrix<T> sparseTimes(const Sparse& M, const ConstRef<T>& X, const Context& context);
template <class T>
Matrix<T> sparseAdjointTimes(const Sparse& M, const ConstRef<T>& Y, const Context& context);
/// The entries (row … row + rows) × (col … col + cols), zeros included. Cost: rows·cols and a search in each column.
template <class T>
Matrix<T> sparseBlock(const Sparse& M, Index row, Index col, Index rows, Index cols);

}  // namespace linalg
}  // namespace rankscope
