// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/linalg/any_matrix.h"
#include "core/methods/diagnostics.h"

namespace rankscope {

/// Where small singular values end: relative to σ₁, or absolute, or max(n,m)·ε·σ₁ when neither is set.
struct PinvCut {
  std::optional<double> rcond, absolute;
};

/// A⁺ (m×n for A n×m), or its Tikhonov relative X_λ.
template <class T>
struct Pinv {
  Matrix<T> X;
  Inverse about;  ///< of A⁺, whatever λ; penrose and norm are of X
};

/// The Moore–Penrose pseudo-inverse by the SVD (METHODS 1): X = V_k diag(1/σᵢ) U_kᴴ over σᵢ > cut, strictly. With a
/// ridge λ > 0 instead X_λ = V diag(σᵢ/(σᵢ²+λ)) Uᴴ. The zero matrix gives zero, a cut ≥ σ₁ too. Errors: Compute where
/// 1/σ is beyond the range of T. A finite, not empty. Cost 6 n m² + 20 m³ (n ≥ m) and 2 n m k.
template <class T>
Result<Pinv<T>> pinv(const AnyMatrix& A, const PinvCut& cut, double ridge, const Context& context);

/// A⁺ by a complete orthogonal decomposition: column-pivoted QR, rank by |R_jj| > max(n,m)·ε·|R_00|, then a QR of the
/// transposed trapezoid. About a third of the SVD's cost; its rank may differ for graded matrices (Kahan's). real only.
Result<Pinv<double>> pinvByCod(const ConstRef<double>& A, const Context& context);

/// dA⁺ along dA at constant rank: −A⁺ dA A⁺ + A⁺A⁺ᵀ dAᵀ (I − AA⁺) + (I − A⁺A) dAᵀ A⁺ᵀA⁺ (Golub & Pereyra 1973). X = A⁺.
Matrix<double> pinvDerivative(const ConstRef<double>& A, const ConstRef<double>& X, const ConstRef<double>& dA);

/// The norms of AXA − A, XAX − X, AX − (AX)ᴴ, XA − (XA)ᴴ over ε max(n,m) times ‖A‖²‖X‖, ‖X‖²‖A‖, ‖A‖‖X‖, ‖A‖‖X‖
/// (all Frobenius; 0/0 = 0): at most 30 for a pseudo-inverse. Invariant under A → cA, X → X/c.
template <class T>
std::array<double, 4> penroseResiduals(const ConstRef<T>& A, const ConstRef<T>& X);

/// λ at which ‖X_λ − A⁺‖₂ is given: `count` of them, evenly in log λ from 1e-16 σ₁² to σ₁². Fills ridge, ridgeDistance.
/// Exact: λ/(σ(σ²+λ)) over the values kept, σ/(σ²+λ) over those cut.
void addRidgePath(Inverse& inverse, Index count);

/// Best B for a given A (m of M's columns at once): A⁺M, the least-squares solution of least norm; and best A for a
/// given B: M B⁺.
Result<Matrix<double>> bestRight(const ConstRef<double>& A, const ConstRef<double>& M, const Context& context);
Result<Matrix<double>> bestLeft(const ConstRef<double>& M, const ConstRef<double>& B, const Context& context);

}  // namespace rankscope
