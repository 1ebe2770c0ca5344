// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/types.h"

namespace rankscope::linalg {

/// The leading singular terms of many small matrices of one shape, as many at once as a vector has lanes (16 in float,
/// 8 in double): Lanczos on the Gram matrix, a fixed number of steps, all lanes together. It has no test of
/// convergence: on Gaussian 64 × 64 matrices, where the gaps are smallest, 14 steps find 0.9996 of what the best term
/// holds; a single matrix may be left with less, 0.885 in the worst of 4096. A later term is the leading one of
/// what the earlier ones left, so that equal singular values are found one by one. Fill entry() of all entries,
/// begin(), then next() for each term. Not for two threads at once.
template <class T>
class LaneTerms {
 public:
  static constexpr Index kLanes = 64 / static_cast<Index>(sizeof(T));

  /// rows ≥ cols ≥ 1.
  LaneTerms(Index rows, Index cols);
  /// Entry (row, col) of every lane's matrix: kLanes numbers. Lanes not wanted hold zeros.
  T* entry(Index row, Index col) { return m_tiles + (row * m_cols + col) * kLanes; }
  /// The entries are there; they must be finite. Scales where their squares would leave the range.
  void begin();
  /// The next term, σ u vᵀ, by `steps` steps.
  void next(Index steps);
  double sigma(Index lane) const { return m_sigma[static_cast<std::size_t>(lane)]; }
  /// u and v, σ not among them; both 0 where σ = 0.
  T left(Index row, Index lane) const { return m_left[row * kLanes + lane]; }
  T right(Index col, Index lane) const { return m_right[col * kLanes + lane]; }
  /// Takes the term away from the matrices; rest() is then the Frobenius norm of what is left.
  void subtract();
  double rest(Index lane) const { return m_rest[static_cast<std::size_t>(lane)]; }

 private:
  Index m_rows, m_padded, m_cols;
  std::vector<T> m_memory, m_start;
  T *m_tiles = nullptr, *m_work = nullptr, *m_right = nullptr, *m_left = nullptr, *m_lanes = nullptr;
  std::vector<int> m_exponents;  // the matrices are 2^exponent times what is held
  std::vector<double> m_sigma, m_rest;
};

/// As `steps` above where nothing else is wanted.
constexpr Index kSliceSteps = 14;

}  // namespace rankscope::linalg
