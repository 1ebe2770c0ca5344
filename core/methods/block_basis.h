// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "core/base/types.h"

namespace rankscope {

/// Columns first … first + count − 1 of a random matrix, drawn when they are needed: how many a method needs is known
/// only at its end.
template <class T>
using RandomColumns = std::function<Matrix<T>(Index first, Index count)>;

/// What W (n×b) adds to the span of the orthonormal columns of `basis` (n×d, d + b ≤ n): its columns projected off the
/// basis and made orthonormal, both twice, since once leaves what rounding has mixed in. Columns that depend on the
/// basis and on those before them, |R_jj| ≤ least in the QR of what the first projection leaves, are left out, so up to
/// b columns come back, or none. W must be of a scale whose squares stay finite. Cost 8nbd + 8nb² flops.
/// Source: block Gram–Schmidt with CholeskyQR2, Householder QR where the Gram matrix is too ill-conditioned.
template <class T>
Matrix<T> newDirections(const ConstRef<T>& basis, Matrix<T> W, double least);

/// The power of two that brings `norm` into [1, 2), or nearest to it within T; 1 for 0. Multiplying by it rounds
/// nothing, and squares stay finite.
template <class T>
T unitScale(double norm);

}  // namespace rankscope
