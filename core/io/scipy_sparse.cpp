// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/scipy_sparse.h"

#include <cmath>
#include <limits>

#include "core/linalg/sparse_matrix.h"

namespace rankscope::scipy_sparse {

namespace {

// A whole number from 0 to `most`; nothing for anything else.
std::optional<Index> wholeNumber(double value, Index most) {
  if (!(value >= 0 && value <= static_cast<double>(most)) || value != std::floor(value)) return std::nullopt;
  return static_cast<Index>(value);
}

// The row (column) of each entry, from where the rows (columns) begin; nothing when the beginnings do not ascend from 0
// to the count of entries.
std::optional<std::vector<int>> spreadOut(const Matrix<double>& begins, Index lines, Index entries) {
  if (begins.size() != lines + 1) return std::nullopt;
  std::vector<int> out;
  out.reserve(static_cast<std::size_t>(entries));
  for (Index line = 0; line <= lines; ++line) {
    const auto begin = wholeNumber(begins(line), entries);
    const auto here = static_cast<Index>(out.size());
    if (!begin || *begin < here || (line == 0 && *begin != 0)) return std::nullopt;
    out.resize(static_cast<std::size_t>(*begin), static_cast<int>(line - 1));
  }
  if (static_cast<Index>(out.size()) != entries) return std::nullopt;
  return out;
}

std::optional<std::vector<int>> indices(const Matrix<double>& values, Index sides) {
  std::vector<int> out;
  out.reserve(static_cast<std::size_t>(values.size()));
  for (const double value : values.reshaped()) {
    const auto index = wholeNumber(value, sides - 1);
    if (!index) return std::nullopt;
    out.push_back(static_cast<int>(*index));
  }
  return out;
}

template <class T, class Stored>
Result<MatrixPtr> assembled(const std::vector<int>& rows, const std::vector<int>& cols, const Matrix<Stored>& data,
                            Index height, Index width) {
  std::vector<Eigen::Triplet<T>> entries;
  entries.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    entries.emplace_back(rows[i], cols[i], static_cast<T>(data(static_cast<Index>(i))));
  Eigen::SparseMatrix<T> out(static_cast<int>(height), static_cast<int>(width));
  out.setFromTriplets(entries.begin(), entries.end());
  if constexpr (std::is_same_v<T, Complex>) {
    return makeMatrix(Matrix<Complex>(out));
  } else {
    return makeMatrix(std::move(out));
  }
}

}  // namespace

bool isFormat(std::string_view name) { return name == "csr" || name == "csc" || name == "coo"; }

Result<MatrixPtr> matrixOf(const Arrays& arrays, const std::string& source, const Context& context) {
  const std::string& format = arrays.format;
  expects(isFormat(format), "scipy_sparse: no such format");
  constexpr Index kLongest = std::numeric_limits<int>::max();
  const auto side = [&](Index i) { return wholeNumber(arrays.shape(i), kLongest); };
  if (arrays.shape.size() != 2 || !side(0) || !side(1))
    return inputError(source, "its array \"shape\" does not hold two sizes");
  const Index rows = *side(0), cols = *side(1);
  if (rows == 0 || cols == 0) return inputError(source, text("the matrix is empty ({1} x {2})", rows, cols));

  const Index count = std::visit([](const auto& data) { return Index{data.size()}; }, arrays.data);
  const bool complex = std::holds_alternative<Matrix<Complex>>(arrays.data);
  const double number = complex ? sizeof(Complex) : sizeof(double);
  double bytes = static_cast<double>(count) * (3 * number + 6 * sizeof(int)) +
                 4.0 * sizeof(int) * (static_cast<double>(rows) + static_cast<double>(cols));
  if (complex) bytes += number * static_cast<double>(rows) * static_cast<double>(cols);
  if (auto refused = context.refuseMemory(source, bytes, "raise --max-memory")) return *refused;

  const bool byRows = format == "csr";
  const auto along = indices(arrays.first, format == "csr" ? cols : rows);
  const auto across = format == "coo" ? indices(arrays.second, cols)
                                      : spreadOut(arrays.second, byRows ? rows : cols, arrays.first.size());
  if (!along || !across || arrays.first.size() != count || static_cast<Index>(across->size()) != count)
    return inputError(
        source, text("its arrays contradict each other: they are no {1} × {2} matrix in {3}", rows, cols, format));
  const std::vector<int>&rowOf = byRows ? *across : *along, &colOf = byRows ? *along : *across;
  return std::visit(
      [&](const auto& data) {
        using Stored = typename std::decay_t<decltype(data)>::Scalar;
        using T = std::conditional_t<std::is_same_v<Stored, Complex>, Complex, double>;
        return assembled<T>(rowOf, colOf, data, rows, cols);
      },
      arrays.data);
}

}  // namespace rankscope::scipy_sparse
