// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/linalg/any_matrix.h"

namespace rankscope::linalg {

/// Neumaier's compensated sum: entries of 1e19 and both signs leave the mean of the small ones readable.
class ExactSum {
 public:
  void add(double value);
  /// Once the plain sum has overflowed the correction is NaN; the caller sees infinity either way.
  double value() const;

 private:
  double m_sum = 0, m_lost = 0;
};

/// Gathers a Summary block by block; each block is read twice. Squares are of numbers over a power of two near the
/// largest so far, so that a matrix times 1e±300 has its norm.
class Summariser {
 public:
  Summariser();
  /// A block whose first entry is (row, col) of the matrix.
  template <class T>
  void add(Index row, Index col, const ConstRef<T>& block);
  /// `count` entries that are zero.
  void addZeros(Index count);
  Summary summary() const;

 private:
  template <class T>
  void addRange(Index row, Index col, const ConstRef<T>& block);

  Summary m_out;
  double m_low, m_high;
  ExactSum m_sum, m_huge;  // of all entries; of the huge ones, over 2⁶⁴
  Index m_count = 0;       // finite ones
  double m_unit = 0, m_squares = 0;
};

}  // namespace rankscope::linalg
