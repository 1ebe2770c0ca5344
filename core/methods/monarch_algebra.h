// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/approximation.h"

/// Inverse, gradients and products of Monarch matrices (METHODS 4.3, 4.6). Source: Dao et al. 2022 (arXiv 2204.00595),
/// section 3 and its appendix.
namespace rankscope {

/// M⁻¹ = columns undone · R̂⁻¹ P_(J,K) L̂⁻¹ P_(I,J) of a square matrix of block rank 1 with square blocks (K = I, J = S),
/// as the inverses of its J + K blocks. Cost O(J I³ + K J³) to make.
template <class T>
class MonarchInverse {
 public:
  /// Errors (Compute): blocks that are not square, a singular one (its reciprocal condition below ε) by its name.
  static Result<MonarchInverse> of(const Monarch& monarch);
  /// M⁻¹ y (n×N). Cost 2 N n (I + J) flops.
  Matrix<T> times(const ConstRef<T>& y) const;

 private:
  Index m_I = 0, m_J = 0;
  Matrix<T> m_left, m_right;  // the inverses, stored as L and R are
  std::vector<Index> m_columns;
};

template <class T>
struct MonarchGradients {
  Matrix<T> L, R;  ///< stored as in Monarch
  Matrix<T> x;     ///< m×N
};

/// The gradients of ⟨gy, M x⟩, for real M, x (m×N) and gy (n×N): what backpropagation asks of a layer y = M x. Cost
/// 6 N J K ρ (I + S) flops.
template <class T>
MonarchGradients<T> monarchGradients(const Monarch& monarch, const ConstRef<T>& x, const ConstRef<T>& gy);

/// M = first · secondᵀ (transposed, not conjugated) of two complex Monarch matrices with b × b blocks.
struct MonarchPair {
  Monarch first, second;
  /// The membership test: the moduli off the diagonals of the middle blocks over those of the whole blocks, in the
  /// Frobenius norm: some 1e-13 where M is such a product, near √(1 − 1/b) where it is anything.
  double offDiagonal = 0;
  double error = 0;  ///< ‖M − first · secondᵀ‖_F / ‖M‖_F, formed
};

/// Finds the factors of a product of Monarch matrices. M is n×n with n = b². Assumes invertible blocks and generic
/// diagonals, as almost all products have; an Error (Compute) names what is not invertible. The random combination
/// whose eigenvectors it takes is drawn from context.random("monarch"). Cost O(b⁵).
Result<MonarchPair> monarchPair(const Matrix<Complex>& M, Index b, const Context& context);

}  // namespace rankscope
