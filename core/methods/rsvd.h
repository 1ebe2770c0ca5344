// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/linalg/any_matrix.h"
#include "core/linalg/lapack.h"
#include "core/methods/method.h"

namespace rankscope {

/// Rank-r approximation of M from a random sketch: Q = orth((M Mᴴ)^q M Ω), then the SVD of QᴴM, cut to r.
/// M: n×m, finite. Ω: m×l with r ≤ l ≤ min(n, m); the caller draws it. Between the passes the basis is kept well scaled
/// by an LU, and made orthonormal by Householder QR at the end: without that, power steps lose the small directions.
/// Returns U n×r, s r (descending, at most the true ones), Vt r×m. Exact when rank(M) ≤ l.
/// Cost 2nml(2q+2) + O((n+m)l²) flops, (n+2m)l numbers of memory. Cancellable between passes. Same Ω, same thread
/// count, same bits. Error (Compute) when memory does not suffice. Source: Halko, Martinsson & Tropp 2011, Alg. 4.4
/// and 5.1; bounds Thm 10.5, 10.6, Cor. 10.10.
template <class T>
Result<linalg::Svd<T>> rsvd(const AnyMatrix& M, const Matrix<T>& omega, Index rank, int power, const Context& context);

/// Columns first … first + cols − 1 of the Gaussian matrix of a draw; rsvd's own is "omega".
template <class T>
Matrix<T> gaussianSketch(Index rows, Index cols, const Context& context, std::string_view draw = "omega",
                         Index first = 0);

Method rsvdMethod();

}  // namespace rankscope
