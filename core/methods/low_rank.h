// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/linalg/lapack.h"
#include "core/methods/method.h"

namespace rankscope {

/// The dial of every method that has a rank: 1 … min(n, m).
Dial rankDial();

struct SvdForm {
  bool exact = false;   ///< its singular values are the matrix's own
  bool nested = false;  ///< cutting is the same as computing with less
};

/// U, s, Vt of X as an Approximation with its Spectrum diagnostic. Signs are made canonical (docs/mathematics.md): in
/// each column of U the entry of largest modulus is positive, so that pictures do not flicker between runs. Of a
/// spectrum that is not complete only the stable rank is given: it needs no more than σ₁ and the norm of X. svd may
/// hold no triplet at all (the zero matrix).
template <class T>
Approximation approximationFrom(linalg::Svd<T> svd, const AnyMatrix& X, SvdForm form);

/// ‖M − M̂‖/‖M‖ = √(1 − ‖M̂‖²/‖M‖²) of an orthogonal projection M̂ of M with ‖M̂‖_F = kept, 0 for M = 0 (Halko, Martinsson
/// & Tropp 2011). Its digits end where it falls below √ε.
double remainderOf(double kept, double norm);

}  // namespace rankscope
