// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "core/compute/drawing.h"

namespace rankscope {

namespace {

constexpr Index kBand = 1 << 15;  // values a task: the planes of a band stay in the second-level cache

// Conditional expressions on values, no library calls and no early exits: that is what lets these loops become vector
// instructions.
void subtract(const float* __restrict a, const float* __restrict b, float* __restrict out, Index count) {
  for (Index i = 0; i < count; ++i) out[i] = a[i] - b[i];
}

// The larger modulus of what stands in out and of a − b, with its sign; NaN stays NaN.
void subtractLarger(const float* __restrict a, const float* __restrict b, float* __restrict out, Index count) {
  for (Index i = 0; i < count; ++i) {
    const float before = out[i], now = a[i] - b[i];
    const float larger = std::abs(now) > std::abs(before) ? now : before;
    out[i] = now == now ? larger : now;
  }
}

// The same over runs of `side` neighbouring values.
void largestOfRuns(const float* __restrict values, Index count, Index side, float* __restrict out) {
  for (Index first = 0; first < count; first += side) {
    float largest = 0;
    for (Index i = first; i < std::min(first + side, count); ++i) {
      const float now = values[i];
      const float larger = std::abs(now) > std::abs(largest) ? now : largest;
      largest = now == now ? larger : now;
    }
    *out++ = largest;
  }
}

void expectSamePlace(const Picture& original, const Picture& approximation) {
  expects(original.rows == approximation.rows && original.cols == approximation.cols &&
              original.planes.size() == approximation.planes.size() && original.region == approximation.region &&
              original.level == approximation.level,
          "residualOf: both pictures must show the same part at the same level");
}

}  // namespace

PicturePtr residualOf(const Picture& original, const Picture& approximation, const Context& context) {
  expectSamePlace(original, approximation);
  auto residual = newPicture(original.region, original.level, 1);
  const Index total = original.rows * original.cols;
  std::vector<float>& out = residual->planes.front();
  parallelFor(context, (total + kBand - 1) / kBand, [&](Index band) {
    const FlushDenormals guard;
    const Index first = band * kBand, count = std::min(kBand, total - first);
    for (std::size_t plane = 0; plane < original.planes.size(); ++plane) {
      const float* a = original.planes[plane].data() + first;
      const float* b = approximation.planes[plane].data() + first;
      if (plane == 0) {
        subtract(a, b, out.data() + first, count);
      } else {
        subtractLarger(a, b, out.data() + first, count);
      }
    }
  });
  return residual;
}

PicturePtr residualOf(const Picture& original, const Picture& approximation, int level, const Context& context) {
  expects(level >= original.level, "residualOf: the level must not be finer than the pictures'");
  if (level == original.level) return residualOf(original, approximation, context);
  expectSamePlace(original, approximation);
  auto residual = newPicture(original.region, level, 1);
  residual->largest = true;
  const Index side = Index{1} << (level - original.level), cols = original.cols;
  parallelFor(context, residual->rows, [&](Index row) {
    const FlushDenormals guard;
    std::vector<float> largest(static_cast<std::size_t>(cols), 0.0F);
    for (Index r = row * side; r < std::min((row + 1) * side, original.rows); ++r) {
      for (std::size_t plane = 0; plane < original.planes.size(); ++plane) {
        subtractLarger(original.planes[plane].data() + r * cols, approximation.planes[plane].data() + r * cols,
                       largest.data(), cols);
      }
    }
    largestOfRuns(largest.data(), cols, side, residual->planes.front().data() + row * residual->cols);
  });
  return residual;
}

}  // namespace rankscope
