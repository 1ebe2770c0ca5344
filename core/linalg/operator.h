// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/linalg/any_matrix.h"

namespace rankscope {

/// A matrix as the two products a sketch or a Krylov step needs, in T: dense entries are converted once and multiplied
/// by the thin kernel; a storage whose entries are not at hand answers by AnyMatrix's own products. The matrix must
/// outlive it.
template <class T>
class MatrixOperator {
 public:
  /// Errors: complex entries for a real T, entries outside float's range for float, a converted copy beyond
  /// context.memory.
  static Result<MatrixOperator> of(const AnyMatrix& matrix, const Context& context);

  Index rows() const { return m_matrix->rows(); }
  Index cols() const { return m_matrix->cols(); }
  /// Y = M X (n×l) and Y = Mᴴ X (m×l), Y resized. Cost 2 l flops for each entry kept.
  void times(const ConstRef<T>& X, Matrix<T>& Y, const Context& context) const;
  void adjointTimes(const ConstRef<T>& X, Matrix<T>& Y, const Context& context) const;

 private:
  explicit MatrixOperator(const AnyMatrix& matrix) : m_matrix(&matrix) {}

  const AnyMatrix* m_matrix;
  std::optional<Dense<T>> m_dense;
};

}  // namespace rankscope
