// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/columns.h"
#include "core/methods/method.h"

namespace rankscope {

/// Strong rank-revealing QR (Gu & Eisenstat 1996): from pivoted QR's columns, swaps the pair whose exchange raises the
/// volume of M[:, J] most, while one raises it by more than f ≥ 1. Then |Z| ≤ f everywhere and ‖E‖₂ ≤ √(1 + f²k(m −
/// k)) σ_{k+1}. Cost 2nmr as pivoted QR, and 2nm + O(mr²) for each swap. Throws Cancelled.
template <class T>
ColumnBasis<T> strongQr(const ConstRef<T>& M, Index r, double f, const Context& context);

template <class T>
struct Interpolative {
  std::vector<Index> columns;
  Matrix<T> Z;  ///< k×m, Z[:, J] = I exactly
};

enum class Coefficients {
  OfSketch,  ///< the least squares of ΩM ≈ ΩM[:, J] Z: no second pass, above the columns' least error by some part
  OfMatrix,  ///< those of M itself: one pass more
};

/// The randomized one (Cheng, Gimbutas, Martinsson & Rokhlin 2005; Liberty et al. 2007): J from pivoted QR of the
/// sketch ΩM alone. omega is Ωᵀ (n×l), l ≥ r. Cost 2nml + O(mlr), and 2nmr + O(mr²) for the second kind. Throws
/// Cancelled.
template <class T>
Result<Interpolative<T>> randomizedId(const AnyMatrix& M, const Matrix<T>& omega, Index r, Coefficients coefficients,
                                      const Context& context);

/// M[:, J], whatever M is stored as.
template <class T>
Matrix<T> gather(const AnyMatrix& M, const std::vector<Index>& J);

/// M ≈ C U R from columns J: rows I by pivoted QR of Cᵀ and U = M[I, J]⁻¹. `left` is C U = W with W[I, :] = I.
template <class T>
struct TwoSided {
  std::vector<Index> columns, rows;
  Matrix<T> U, left;
};
template <class T>
TwoSided<T> rowsFor(const Matrix<T>& C, const std::vector<Index>& columns, const Context& context);

Method idMethod();

}  // namespace rankscope
