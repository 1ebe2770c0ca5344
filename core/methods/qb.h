// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "core/methods/method.h"

namespace rankscope {

/// What randomized QB aims at.
struct QbWish {
  double tolerance = 0;  ///< of ‖M − QB‖_F / ‖M‖_F, from 0; 0: as many columns as allowed
  Index most = 1;        ///< columns allowed, 1 … min(n, m)
  Index block = 1;       ///< columns added at a time, from 1
  int power = 1;         ///< power steps for each block, from 0
};

template <class T>
struct Qb {
  Matrix<T> Q, B;              ///< n×r with orthonormal columns, r×m = QᴴM
  std::vector<double> errors;  ///< ‖M − QB‖_F / ‖M‖_F after every block, the last one of the result itself
  double error = 0;            ///< of the result
  bool exhausted = false;      ///< ended because the range of M did: what is left is rounding
};

/// Blocks of an orthonormal basis of M's range until ‖M − QB‖_F < tolerance ‖M‖_F (METHODS 2.6). M: n×m, finite.
/// omega(first, width) gives columns first … first + width of an m×min(n, m) Gaussian matrix. The error comes from the
/// norms of the rows of B; where that subtraction has lost its digits (below 2.1e-7 of ‖M‖, in float 4.9e-3) the
/// residual is formed, and subtracted from in turn. Columns of the last block that the tolerance can do without are
/// dropped, and all that is rounding. Cost 2nmr(2q + 2) + O((n + m) r²) flops, (2n + 3m) r
/// numbers of memory. Same draws, same thread count, same bits. Error (Compute) when memory does not suffice; throws
/// Cancelled. Source: Yu, Gu & Li 2018, Alg. 3 (randQB_EI), Thm 3 for the floor.
template <class T>
Result<Qb<T>> qb(const AnyMatrix& M, const QbWish& wish,
                 const std::function<Matrix<T>(Index first, Index width)>& omega, const Context& context);

Method qbMethod();

}  // namespace rankscope
