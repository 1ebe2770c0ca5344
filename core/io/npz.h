// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/input.h"

namespace rankscope::npz {

/// A zip archive of .npy members (numpy.savez). `about` is stored as JSON in the archive's comment, so that the members
/// are the arrays and nothing else. Members are stored with one fixed date: equal arrays give equal files.
Writer writer();

/// Members are decoded one at a time; each is checked against its declared size and the memory allowed before it is
/// read, and against its checksum while it is read. Encrypted archives are refused (Input). The arrays that
/// scipy.sparse.save_npz writes (csr, csc, coo) are one matrix, which stays sparse; in its other formats (dia, bsr)
/// such a matrix is refused.
Reader reader();

}  // namespace rankscope::npz
