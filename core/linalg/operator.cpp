// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/linalg/operator.h"

#include <type_traits>

#include "core/linalg/thin.h"

namespace rankscope {

template <class T>
Result<MatrixOperator<T>> MatrixOperator<T>::of(const AnyMatrix& matrix, const Context& context) {
  if constexpr (std::is_same_v<T, float>) {
    if (auto refused = refuseBeyondFloat(matrix)) return *refused;
  }
  MatrixOperator out(matrix);
  if (matrix.cheapest() == Access::Entries) {
    auto entries = matrix.entries<T>(context);
    if (!entries) return entries.error();
    out.m_dense.emplace(*entries);
  } else if (matrix.isComplex() && !std::is_same_v<T, Complex>) {
    return inputError("the matrix", "complex entries where real ones are needed",
                      "turn it real with --complex abs, real, imag or stack");
  }
  return out;
}

template <class T>
void MatrixOperator<T>::times(const ConstRef<T>& X, Matrix<T>& Y, const Context& context) const {
  if (!m_dense) {
    Y = m_matrix->times<T>(X, context);
  } else if constexpr (std::is_same_v<T, Complex>) {
    Y = linalg::multiply<T>(**m_dense, X);
  } else {
    linalg::thinProduct<T>(linalg::Op::None, **m_dense, X, Y, context);
  }
}

template <class T>
void MatrixOperator<T>::adjointTimes(const ConstRef<T>& X, Matrix<T>& Y, const Context& context) const {
  if (!m_dense) {
    Y = m_matrix->transposeTimes<T>(X, context);
  } else if constexpr (std::is_same_v<T, Complex>) {
    Y = linalg::multiply<T>(**m_dense, X, linalg::Op::Adjoint);
  } else {
    linalg::thinProduct<T>(linalg::Op::Adjoint, **m_dense, X, Y, context);
  }
}

template class MatrixOperator<float>;
template class MatrixOperator<double>;
template class MatrixOperator<Complex>;

}  // namespace rankscope
