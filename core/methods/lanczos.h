// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/linalg/any_matrix.h"
#include "core/linalg/lapack.h"
#include "core/methods/method.h"

namespace rankscope {

template <class T>
struct Lanczos {
  linalg::Svd<T> svd;  ///< U n×r', s r', Vt r'×m, r' = min(rank, steps done)
  /// r': within each of its sᵢ M has a singular value: ‖Mᵀuᵢ − sᵢvᵢ‖ as B tells it (M vᵢ = sᵢ uᵢ), and rounding,
  /// 4 ε max(n, m) ‖M‖_F.
  Vector<double> bounds;
  Index steps = 0;             ///< left vectors made
  bool invariant = false;      ///< a break-down: the triplets are M's own, to rounding
  Vector<double> alpha, beta;  ///< diagonal of B (steps) and what stands above it (steps − 1, or steps)
};

/// Leading triplets of M (n×m, finite) by Golub–Kahan–Lanczos from v₀ (m, not zero): M V = U B, Mᵀ U = V Bᵀ + β v e_kᵀ
/// with B upper bidiagonal, and the SVD of B. Every new vector is orthogonalised against all before, twice. Ends early
/// where α or β ≤ ε‖M‖_F: an invariant subspace, as after min(n, m) steps. One start vector finds each singular value
/// once, however often M has it. 1 ≤ steps ≤ min(n, m). Cost 4nm flops a step and 4(n + m)k² in all, (n + m)k numbers.
/// Cancellable between steps. Error (Compute) when memory does not suffice. Source: Golub & Kahan 1965; Golub & Van
/// Loan, 10.4.
template <class T>
Result<Lanczos<T>> lanczos(const AnyMatrix& M, const Vector<T>& v0, Index steps, Index rank, const Context& context);

/// ‖M − M̂‖_F / ‖M‖_F of what the first 1, 2, … steps give when cut to `rank`, by remainderOf(); norm = ‖M‖_F > 0. Cost
/// about 10 steps³ flops. Cancellable.
template <class T>
std::vector<double> lanczosErrors(const Lanczos<T>& made, Index rank, double norm, const Context& context);

Method lanczosMethod();

}  // namespace rankscope
