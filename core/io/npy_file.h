// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/file.h"
#include "core/io/npy.h"

namespace rankscope::npy {

/// What the array's numbers take when they are read into memory.
double bytesInMemory(const Header& header, const Extent& extent);

/// Whether an array can be read block by block under these rows and columns: in Fortran order only under its own.
bool mayStay(const Header& header, const Extent& extent);

/// The array as a matrix whose numbers stay in the file, read block by block with pread: a file that shrinks or is
/// written to meanwhile is an Error, never a signal. Complex and NaN policy are applied to each block. An array in
/// Fortran order keeps its own shape; any other is refused (Compute). Integers beyond 2⁵³ and what a NaN policy
/// replaces are counted in a pass of their own. One more pass finds the summary, so that a cancel is heard here.
Result<MatrixPtr> leaveInFile(InputFile file, const Header& header, const Extent& extent, const ViewOptions& view,
                              const Context& context, std::vector<Text>& notices);

}  // namespace rankscope::npy
