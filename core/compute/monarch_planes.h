// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/methods/approximation.h"

namespace rankscope {

/// The float factors of a Monarch matrix, packed for drawing: a row of the matrix is a sum of scaled rows of R.
class MonarchPlanes {
 public:
  explicit MonarchPlanes(const Monarch& monarch);
  Index rows() const { return m_I * m_J; }
  Index cols() const { return static_cast<Index>(m_group.size()); }
  Index blockRank() const { return m_rho; }

  /// out (tile.rows × tile.cols, by rows) = values of a picture at `level`, each the mean of its block (the modulus of
  /// that, when complex), of the columns [first, first + count) of the matrix. tile is in values of the level; the
  /// leading `terms` of each tile count. Cost 2·terms flops for each entry under the tile.
  void draw(Index terms, Index first, Index count, const Tile& tile, int level, float* out) const;

 private:
  struct Part {
    std::vector<float> left;   ///< by rows: entry (i, (jK + k)ρ + t)
    std::vector<float> right;  ///< by rows: entry (jρ + t, column of the matrix)
  };
  // sum[c] += sign · Σ_t left(row, group of c) right(row, first + c)
  void addRow(const Part& left, const Part& right, float sign, Index row, Index terms, Index first, Index count,
              float* sum) const;

  Index m_I = 0, m_J = 0, m_K = 0, m_rho = 0;
  std::vector<Index> m_group;  ///< (the k of a column)·ρ
  Part m_real, m_imaginary;    ///< the latter empty for real matrices
};

}  // namespace rankscope
