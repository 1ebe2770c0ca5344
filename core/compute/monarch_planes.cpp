// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compute/monarch_planes.h"

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "core/base/context.h"

namespace rankscope {

namespace {

// The entries by rows; `columns` says where a column goes.
template <class F>
std::vector<float> byRows(Index rows, Index cols, const std::vector<Index>* columns, F entry) {
  std::vector<float> out(static_cast<std::size_t>(rows * cols));
  for (Index c = 0; c < cols; ++c) {
    const Index to = columns ? (*columns)[static_cast<std::size_t>(c)] : c;
    for (Index r = 0; r < rows; ++r) out[static_cast<std::size_t>(r * cols + to)] = static_cast<float>(entry(r, c));
  }
  return out;
}

}  // namespace

MonarchPlanes::MonarchPlanes(const Monarch& monarch)
    : m_I(monarch.I), m_J(monarch.J), m_K(monarch.K), m_rho(monarch.blockRank), m_group(monarch.columns.size()) {
  for (std::size_t c = 0; c < monarch.columns.size(); ++c)
    m_group[static_cast<std::size_t>(monarch.columns[c])] = static_cast<Index>(c) / monarch.S * m_rho;
  const auto pack = [](const Values& values, const std::vector<Index>* columns, std::vector<float>& real,
                       std::vector<float>& imaginary) {
    std::visit(
        [&](const auto& m) {
          using Stored = typename std::decay_t<decltype(m)>::Scalar;
          real = byRows(m.rows(), m.cols(), columns, [&](Index r, Index c) { return std::real(m(r, c)); });
          if constexpr (std::is_same_v<Stored, Complex>)
            imaginary = byRows(m.rows(), m.cols(), columns, [&](Index r, Index c) { return m(r, c).imag(); });
        },
        values);
  };
  pack(monarch.L, nullptr, m_real.left, m_imaginary.left);
  pack(monarch.R, &monarch.columns, m_real.right, m_imaginary.right);
}

void MonarchPlanes::addRow(const Part& left, const Part& right, float sign, Index row, Index terms, Index first,
                           Index count, float* sum) const {
  const Index i = row / m_J, j = row % m_J;
  const Index* group = m_group.data() + first;
  for (Index t = 0; t < terms; ++t) {
    const float* scale = left.left.data() + (i * m_J + j) * m_K * m_rho + t;
    const float* values = right.right.data() + (j * m_rho + t) * cols() + first;
    for (Index c = 0; c < count; ++c) sum[c] += sign * scale[group[c]] * values[c];
  }
}

void MonarchPlanes::draw(Index terms, Index first, Index count, const Tile& tile, int level, float* out) const {
  const FlushDenormals guard;
  const Index side = Index{1} << level, begin = tile.col * side,
              width = std::min(count, begin + tile.cols * side) - begin;
  const Index rank = std::min(terms, m_rho);
  const bool complex = !m_imaginary.left.empty();
  std::vector<float> real(static_cast<std::size_t>(width)), imaginary(complex ? real.size() : 0);
  const auto meanOf = [&](const std::vector<float>& sums, Index c, Index columns, double entries) {
    double sum = 0;
    for (Index x = 0; x < columns; ++x) sum += static_cast<double>(sums[static_cast<std::size_t>(c * side + x)]);
    return static_cast<float>(sum / entries);
  };
  for (Index r = 0; r < tile.rows; ++r) {
    const Index firstRow = (tile.row + r) * side, lastRow = std::min(rows(), firstRow + side);
    std::fill(real.begin(), real.end(), 0.0F);
    std::fill(imaginary.begin(), imaginary.end(), 0.0F);
    for (Index row = firstRow; row < lastRow; ++row) {
      addRow(m_real, m_real, 1, row, rank, first + begin, width, real.data());
      if (!complex) continue;
      addRow(m_imaginary, m_imaginary, -1, row, rank, first + begin, width, real.data());
      addRow(m_real, m_imaginary, 1, row, rank, first + begin, width, imaginary.data());
      addRow(m_imaginary, m_real, 1, row, rank, first + begin, width, imaginary.data());
    }
    for (Index c = 0; c < tile.cols; ++c) {
      const Index columns = std::min(side, width - c * side);
      const double entries = static_cast<double>((lastRow - firstRow) * columns);
      const float value = meanOf(real, c, columns, entries);
      out[r * tile.cols + c] = complex ? std::hypot(value, meanOf(imaginary, c, columns, entries)) : value;
    }
  }
}

}  // namespace rankscope
