// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/scipy_sparse.h"

#include <cmath>
#include <limits>
#include <optional>

#include "core/linalg/sparse_matrix.h"

namespace rankscope::scipy_sparse {

namespace {

static_assert(kLongest == std::numeric_limits<Sparse::StorageIndex>::max());

constexpr std::size_t kBetweenChecks = std::size_t{1} << 16;

// Whole numbers from 0 to `most`; nothing when one is anything else. Complex numbers are no indices.
std::optional<std::vector<int>> indices(const Values& values, Index most, const Context& context) {
  return std::visit(
      [&](const auto& all) -> std::optional<std::vector<int>> {
        if constexpr (std::is_same_v<typename std::decay_t<decltype(all)>::Scalar, Complex>) {
          return std::nullopt;
        } else {
          std::vector<int> out;
          out.reserve(static_cast<std::size_t>(all.size()));
          for (const double value : all.reshaped()) {
            if (out.size() % kBetweenChecks == 0) context.checkpoint();
            if (!(value >= 0 && value <= static_cast<double>(most)) || value != std::floor(value)) return std::nullopt;
            out.push_back(static_cast<int>(value));
          }
          return out;
        }
      },
      values);
}

// The row (column) of each entry, from where the rows (columns) begin; nothing when the beginnings do not ascend from 0
// to the count of entries.
std::optional<std::vector<int>> spreadOut(const std::vector<int>& begins, Index entries, const Context& context) {
  std::vector<int> out;
  out.reserve(static_cast<std::size_t>(entries));
  for (std::size_t line = 0; line < begins.size(); ++line) {
    if (line % kBetweenChecks == 0) context.checkpoint();
    const auto begin = static_cast<std::size_t>(begins[line]);
    if (begin < out.size() || (line == 0 && begin != 0)) return std::nullopt;
    out.resize(begin, static_cast<int>(line) - 1);
  }
  if (static_cast<Index>(out.size()) != entries) return std::nullopt;
  return out;
}

// What is used up is freed at once.
template <class T, class Stored>
Result<MatrixPtr> assembled(std::vector<int> rows, std::vector<int> cols, Matrix<Stored> data, const Layout& layout,
                            const Context& context) {
  std::vector<Eigen::Triplet<T>> entries;
  entries.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i % kBetweenChecks == 0) context.checkpoint();
    entries.emplace_back(rows[i], cols[i], static_cast<T>(data(static_cast<Index>(i))));
  }
  rows = {};
  cols = {};
  data = {};
  Eigen::SparseMatrix<T> out(static_cast<int>(layout.rows), static_cast<int>(layout.cols));
  out.setFromTriplets(entries.begin(), entries.end());
  entries = {};
  if constexpr (std::is_same_v<T, Complex>) {
    return makeMatrix(Matrix<Complex>(out));
  } else {
    return makeMatrix(std::move(out));
  }
}

// At its most it takes the list of entries and two sorted copies.
double bytesOf(const Layout& layout) {
  const double count = static_cast<double>(layout.lengths[2]), rows = static_cast<double>(layout.rows),
               cols = static_cast<double>(layout.cols), lines = 4 * sizeof(int) * (rows + cols);
  if (!layout.complex) return lines + count * (sizeof(Eigen::Triplet<double>) + 2 * (sizeof(double) + sizeof(int)));
  return lines + count * (sizeof(Eigen::Triplet<Complex>) + 2 * (sizeof(Complex) + sizeof(int))) +
         sizeof(Complex) * rows * cols;
}

}  // namespace

bool isRead(std::string_view format) { return format == "csr" || format == "csc" || format == "coo"; }

std::vector<const char*> arraysOf(std::string_view format) {
  if (format == "csr" || format == "csc" || format == "bsr") return {"indices", "indptr", "data"};
  if (format == "coo") return {"row", "col", "data"};
  if (format == "dia") return {"offsets", "data"};
  return {};
}

Result<MatrixPtr> matrixOf(const Layout& layout, const Read& read, const std::string& source, const Context& context) {
  const Index rows = layout.rows, cols = layout.cols, count = layout.lengths[2];
  const std::vector<const char*> names = arraysOf(layout.format);
  expects(isRead(layout.format), "scipy_sparse: no such format");
  expects(rows >= 0 && rows <= kLongest && cols >= 0 && cols <= kLongest, "scipy_sparse: sides that are none");
  if (rows == 0 || cols == 0) return inputError(source, text("the matrix is empty ({1} x {2})", rows, cols));
  const Error contradiction = inputError(
      source, text("its arrays contradict each other: they are no {1} × {2} matrix in {3}", rows, cols, layout.format));
  const bool byRows = layout.format == "csr", coordinates = layout.format == "coo";
  const Index begins = coordinates ? count : (byRows ? rows : cols) + 1;
  if (count < 0 || layout.lengths[0] != count || layout.lengths[1] != begins) return contradiction;
  if (count > kLongest)
    return inputError(source, text("{1} entries are too many for a sparse matrix", count),
                      text("{1} is the most", kLongest));
  if (auto refused = context.refuseMemory(source, bytesOf(layout), "raise --max-memory")) return *refused;

  const auto indicesIn = [&](std::size_t place, Index length, Index most) -> Result<std::vector<int>> {
    const auto values = read(names[place]);
    if (!values) return values.error();
    auto out = indices(*values, most, context);
    if (!out || static_cast<Index>(out->size()) != length) return contradiction;
    return std::move(*out);
  };
  auto along = indicesIn(0, count, (byRows ? cols : rows) - 1);
  if (!along) return along.error();
  auto across = indicesIn(1, begins, coordinates ? cols - 1 : count);
  if (!across) return across.error();
  if (!coordinates) {
    auto spread = spreadOut(*across, count, context);
    if (!spread) return contradiction;
    *across = std::move(*spread);
  }
  auto data = read(names[2]);
  if (!data) return data.error();
  if (byRows) std::swap(*along, *across);
  return std::visit(
      [&](auto& all) -> Result<MatrixPtr> {
        using Stored = typename std::decay_t<decltype(all)>::Scalar;
        using T = std::conditional_t<std::is_same_v<Stored, Complex>, Complex, double>;
        if (all.size() != count || std::is_same_v<T, Complex> != layout.complex) return contradiction;
        return assembled<T>(std::move(*along), std::move(*across), std::move(all), layout, context);
      },
      *data);
}

}  // namespace rankscope::scipy_sparse
