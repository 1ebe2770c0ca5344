// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/input.h"

namespace rankscope::matrix_market {

/// Matrix Market files (.mtx): coordinate and array; real, integer, complex and pattern (ones); general, symmetric,
/// skew-symmetric and hermitian, the half that is not there filled in. Coordinates become a sparse matrix, complex ones
/// a dense one, arrays a dense one; numbers given for one place are added up. Errors (Input) carry line and column;
/// sizes are checked against the file, and memory (Compute), before it is taken: the text, and some 40 bytes an entry.
/// Source: R. F. Boisvert, R. Pozo, K. A. Remington, The Matrix Market Exchange Formats, NISTIR 5935 (1996).
Reader reader();

}  // namespace rankscope::matrix_market
