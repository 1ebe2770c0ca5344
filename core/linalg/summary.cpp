// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/linalg/summary.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace rankscope::linalg {

namespace {

constexpr double kHuge = 1e280, kDown = 0x1p-64;  // from here on a sum may overflow; what makes it fit

// NaN when the entry is not finite. A modulus may overflow where neither part does: that is a finite entry, and the
// norm then refuses the matrix.
double modulus(const Complex& entry) {
  if (!std::isfinite(entry.real()) || !std::isfinite(entry.imag())) return std::numeric_limits<double>::quiet_NaN();
  return std::min(std::abs(entry), std::numeric_limits<double>::max());
}
double modulus(double entry) { return entry; }
double modulus(float entry) { return static_cast<double>(entry); }

double scaledSquare(const Complex& entry, double unit) {
  const double re = entry.real() / unit, im = entry.imag() / unit;
  return re * re + im * im;
}
double scaledSquare(double entry, double unit) { return entry / unit * (entry / unit); }
double scaledSquare(float entry, double unit) { return scaledSquare(static_cast<double>(entry), unit); }

}  // namespace

void ExactSum::add(double value) {
  const double next = m_sum + value;
  m_lost += std::abs(m_sum) >= std::abs(value) ? (m_sum - next) + value : (value - next) + m_sum;
  m_sum = next;
}

double ExactSum::value() const { return std::isfinite(m_lost) ? m_sum + m_lost : m_sum; }

Summariser::Summariser() : m_low(std::numeric_limits<double>::infinity()), m_high(-m_low) {}

template <class T>
void Summariser::addRange(Index row, Index col, const ConstRef<T>& block) {
  for (Index c = 0; c < block.cols(); ++c) {
    for (Index r = 0; r < block.rows(); ++r) {
      const double value = modulus(block(r, c));
      if (!std::isfinite(value)) {
        // Row-major order decides which place is "first": it is how people read a table.
        const Index atRow = row + r, atCol = col + c;
        if (m_out.nonFinite++ == 0 || atRow < m_out.firstRow || (atRow == m_out.firstRow && atCol < m_out.firstCol)) {
          m_out.firstRow = atRow;
          m_out.firstCol = atCol;
        }
        continue;
      }
      m_low = std::min(m_low, value);
      m_high = std::max(m_high, value);
      m_sum.add(value);
      if (std::abs(value) > kHuge) m_huge.add(value * kDown);
      ++m_count;
    }
  }
}

template <class T>
void Summariser::add(Index row, Index col, const ConstRef<T>& block) {
  addRange<T>(row, col, block);
  const double largest = m_count > 0 ? std::max(std::abs(m_low), std::abs(m_high)) : 0;
  if (largest == 0) return;
  const double unit = std::ldexp(1.0, std::ilogb(largest));  // a power of two: dividing by it rounds nothing
  if (unit != m_unit) {
    m_squares *= (m_unit / unit) * (m_unit / unit);
    m_unit = unit;
  }
  for (Index c = 0; c < block.cols(); ++c) {
    double column = 0;
    for (Index r = 0; r < block.rows(); ++r) {
      const double square = scaledSquare(block(r, c), m_unit);
      if (std::isfinite(square)) column += square;
    }
    m_squares += column;
  }
}

void Summariser::addZeros(Index count) {
  if (count == 0) return;
  m_low = std::min(m_low, 0.0);
  m_high = std::max(m_high, 0.0);
  m_count += count;
}

Summary Summariser::summary() const {
  Summary out = m_out;
  if (m_count == 0) return out;
  out.min = m_low;
  out.max = m_high;
  const auto count = static_cast<double>(m_count);
  out.mean = m_sum.value() / count;
  // The plain sum overflowed: beside the huge entries the others do not show.
  if (!std::isfinite(out.mean)) out.mean = m_huge.value() / count / kDown;
  out.fro = std::sqrt(m_squares) * m_unit;
  return out;
}

template void Summariser::add<float>(Index, Index, const ConstRef<float>&);
template void Summariser::add<double>(Index, Index, const ConstRef<double>&);
template void Summariser::add<Complex>(Index, Index, const ConstRef<Complex>&);

}  // namespace rankscope::linalg
