// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/linalg/any_matrix.h"
#include "core/linalg/lapack.h"
#include "core/methods/block_basis.h"
#include "core/methods/method.h"

namespace rankscope {

template <class T>
struct Krylov {
  linalg::Svd<T> svd;  ///< U n×r', s r', Vt r'×m, r' = min(rank, basis): fewer than rank only where M has no more
  Index basis = 0;     ///< columns of Q
  Matrix<T> R;         ///< PᵀMᵀQ, p×basis; its leading part is that of the steps before
  /// Columns of P and of Q after each step.
  struct Step {
    Index right = 0, left = 0;
  };
  std::vector<Step> steps;
};

/// Rank-r approximation of M (n×m, finite) from a block Krylov space: Q = orth[MΩ, (MMᵀ)MΩ, …, (MMᵀ)^q MΩ], then the
/// SVD of QᵀM, cut to `rank`. Ω: `block` columns at the start, and more only where the space turns out to be invariant
/// before the steps are over (repeated singular values). q = `power`; block·(q + 1) ≥ rank, or steps are added
/// until the basis holds rank columns; it never holds more than min(n, m).
/// Both sides are orthogonalised (block Golub–Kahan): MᵀQᵢ = Σ Pⱼ Rⱼᵢ, and M Pᵢ holds the next directions, so that each
/// product with M serves both the space and QᵀM, small directions keep their digits, and the last SVD is of R alone.
/// Cost 2nmb(2q + 2) + O((n + m)(b(q + 1))²) flops, (n + 2m)b(q + 1) numbers. Cancellable between products. Error
/// (Compute) when memory does not suffice. Source: Musco & Musco 2015, Alg. 2.
template <class T>
Result<Krylov<T>> krylov(const AnyMatrix& M, const RandomColumns<T>& omega, Index block, Index power, Index rank,
                         const Context& context);

/// ‖M − M̂‖_F / ‖M‖_F of what the space of each step gives when cut to `rank`, by remainderOf(); norm = ‖M‖_F > 0. Cost:
/// singular values of R for each step, at most about as much as its one full SVD. Cancellable.
template <class T>
Result<std::vector<double>> krylovErrors(const Krylov<T>& made, Index rank, double norm, const Context& context);

/// The block and the number of steps for a rank: b = ⌊r/2⌋ + 5 and q = power, lowered until b(q + 1) ≤ k = min(n, m).
/// Without a step (q = 0) the block is doubled, to at most k: then it must hold the rank by itself.
struct KrylovSize {
  Index block = 1, power = 0;
};
KrylovSize krylovSize(Index rows, Index cols, Index rank, Index power);

Method krylovMethod();

}  // namespace rankscope
