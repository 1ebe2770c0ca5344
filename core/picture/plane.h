// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "core/linalg/any_matrix.h"
#include "core/methods/approximation.h"

namespace rankscope {

/// Values as they are drawn: float, row-major, one plane (numbers, grey) or three (colour).
struct Picture {
  Index rows = 0, cols = 0;                ///< of each plane
  std::vector<std::vector<float>> planes;  ///< rows·cols each
  Tile region;                             ///< the part of the (one-channel) matrix it shows, in entries
  int level = 0;                           ///< each value stands for 2^level × 2^level entries (fewer at the edges)
  bool largest = false;                    ///< it is their entry of largest modulus, with its sign, not their mean
  bool reduced() const { return level > 0; }
};
using PicturePtr = std::shared_ptr<const Picture>;

/// A picture of that region (in whole blocks) with its sizes set and its values unspecified. The memory of pictures
/// that nobody holds any more is used again: fresh pages would cost more than most products of a drag.
std::shared_ptr<Picture> newPicture(const Tile& region, int level, Index planes);

/// The region clipped to rows × cols and rounded outwards to whole blocks of 2^level entries a side.
Tile wholeBlocks(const Tile& region, Index rows, Index cols, int level);
/// How many values a level has along a side of `entries`.
inline Index valuesAt(Index entries, int level) { return (entries + (Index{1} << level) - 1) >> level; }

/// A matrix at all its levels, each value the mean of its block; thread-safe. Level 0 is read from the matrix; the
/// others are made together in one pass when the first of them is asked for, on context.threads threads, and kept (a
/// third of the matrix in float). A cancelled pass goes on where it stopped. NaN counts only when a whole block is NaN.
/// Colour matrices give three planes, others one; complex ones their modulus. Of a matrix that is not dense in memory
/// the levels kept begin where one has at most 2²² values; a finer one is read for the region alone. Throws ReadFailure
/// where the matrix does.
class Pyramid {
 public:
  explicit Pyramid(MatrixPtr matrix);
  Index rows() const;
  Index cols() const;      ///< of one channel
  Index channels() const;  ///< 1 or 3
  int topLevel() const;    ///< first level no larger than 1024 a side
  /// A region at a level; region is clipped to the matrix and rounded outwards to whole blocks. Levels go on above
  /// topLevel() until one value stands for the whole matrix; a higher level gives that one. Whole levels are shared,
  /// not copied. Throws Cancelled.
  PicturePtr picture(const Tile& region, int level, const Context& context) const;

 private:
  struct Impl;
  std::shared_ptr<Impl> m_impl;
};

/// Counts of finite values in `bins` equal bins from their least (lo) to their greatest (hi); for colour bars. Equal
/// values are all in the first bin; without a finite value lo = hi = 0 and the counts are zero.
struct Histogram {
  double lo = 0, hi = 0;
  std::vector<Index> counts;
  Index nonFinite = 0;
};
Histogram histogramOf(const Picture&, int bins = 64);
/// The value below which `share` (0 … 1) of the finite entries lie, by a sample of at most 2¹⁶ of them; 0 when there is
/// none.
double percentileOf(const Picture&, double share);

}  // namespace rankscope
