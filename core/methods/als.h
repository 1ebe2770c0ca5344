// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/method.h"

namespace rankscope {

template <class T>
struct Als {
  Matrix<T> A, B;              ///< n×k and k×m, B with orthonormal rows; k ≤ r is the rank the iterates have
  std::vector<double> errors;  ///< ‖M − AB‖_F after every half step: B, A, B, A, …
  bool settled = false;        ///< ended because a sweep gained less than 1e-12 ‖M‖_F
};

/// Alternating least squares (METHODS 2.4) from A₀ (n×r): B ← A⁺M, A ← MB⁺, `sweeps` times at most. The side solved for
/// is balanced by a QR, which leaves the product alone; rank-deficient iterates are cut to their rank, which is what
/// the pseudo-inverse does. Cost a sweep 4nmr, 4nmr for the errors and O((n+m)r²). Throws Cancelled.
template <class T>
Result<Als<T>> als(const ConstRef<T>& M, const Matrix<T>& A0, Index sweeps, const Context& context);

Method alsMethod();

}  // namespace rankscope
