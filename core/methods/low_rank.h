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

/// U, s, Vt as an Approximation with its Spectrum diagnostic. Signs are made canonical (METHODS 0.5): in each column of
/// U the entry of largest modulus is positive, so that pictures do not flicker between runs. The statistics of a
/// spectrum that is not complete are left zero: they would be wrong.
template <class T>
Approximation approximationFrom(linalg::Svd<T> svd, Index rows, Index cols, SvdForm form);

}  // namespace rankscope
