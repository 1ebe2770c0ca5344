// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/linalg/any_matrix.h"

namespace rankscope::scipy_sparse {

/// The arrays under which scipy.sparse.save_npz stores a matrix, each a column. csr and csc: `first` holds the columns
/// (rows) of the entries and `second` where each row (column) begins among them, and where the last one ends; coo:
/// `first` holds rows, `second` columns.
struct Arrays {
  std::string format;  ///< csr, csc or coo
  Matrix<double> shape, first, second;
  Values data;
};

/// Whether it is csr, csc or coo.
bool isFormat(std::string_view name);

/// The matrix: sparse, or dense where the numbers are complex. Entries of one place are added up. Errors: arrays that
/// contradict each other (Input); memory (Compute), before it is taken.
Result<MatrixPtr> matrixOf(const Arrays& arrays, const std::string& source, const Context& context);

}  // namespace rankscope::scipy_sparse
