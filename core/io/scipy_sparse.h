// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/linalg/any_matrix.h"

namespace rankscope::scipy_sparse {

/// How scipy.sparse.save_npz stored a matrix, by what is known before its numbers are read.
struct Layout {
  std::string format;            ///< csr, csc or coo
  Index rows = 0, cols = 0;      ///< from 0 to kLongest
  std::array<Index, 3> lengths;  ///< of arraysOf(format); −1 for one that has not one dimension
  bool complex = false;
};

/// The longest side, and the most entries, that a sparse matrix has here: its indices are int.
constexpr Index kLongest = 0x7fffffff;

/// Whether matrixOf reads it: csr, csc or coo.
bool isRead(std::string_view format);

/// The arrays of a format, beside "format" and "shape"; none when scipy has no such format. csr and csc: the columns
/// (rows) of the entries, where each row (column) begins among them and where the last one ends, the entries; coo:
/// rows, columns, entries. dia and bsr are only recognised.
std::vector<const char*> arraysOf(std::string_view format);

/// Reads the array of this name as a column.
using Read = std::function<Result<Values>(const char* name)>;

/// The matrix: sparse, or dense where the numbers are complex. Entries of one place are added up. Memory: 40 bytes an
/// entry (64 for complex ones, and the dense matrix), 16 a row and a column. Errors: arrays that contradict each other
/// or are too long (Input); memory (Compute), before any is read.
Result<MatrixPtr> matrixOf(const Layout& layout, const Read& read, const std::string& source, const Context& context);

}  // namespace rankscope::scipy_sparse
