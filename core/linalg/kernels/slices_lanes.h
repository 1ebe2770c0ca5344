// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/linalg/kernels/slices.h"

/// What slices.cpp and slices_512.cpp compile, each into functions of its own.
namespace rankscope::linalg::kernels {
namespace {

template <class T>
struct Lanes {
  typedef T Type __attribute__((vector_size(64), may_alias));
};
template <class T>
using Vec = typename Lanes<T>::Type;
template <class T>
constexpr long kLanes = 64 / static_cast<long>(sizeof(T));

template <class T>
inline void root(const Vec<T>& x, Vec<T>& out) {
  for (long i = 0; i < kLanes<T>; ++i) {
    if constexpr (sizeof(T) == 4) {
      out[i] = __builtin_sqrtf(x[i]);
    } else {
      out[i] = __builtin_sqrt(x[i]);
    }
  }
}

/// w = TᵀT v, both products in one pass over T.
template <class T>
void gram(const Vec<T>* tiles, long rows, long cols, const Vec<T>* v, Vec<T>* w) {
  for (long q = 0; q < cols; ++q) w[q] = Vec<T>{};
  for (long p = 0; p < rows; p += kSliceRows) {
    const Vec<T>* row = tiles + p * cols;
    Vec<T> dot[kSliceRows] = {};
    for (long q = 0; q < cols; ++q) {
      for (long r = 0; r < kSliceRows; ++r) dot[r] += row[r * cols + q] * v[q];
    }
    for (long q = 0; q < cols; ++q) {
      Vec<T> even = w[q], odd{};
      for (long r = 0; r < kSliceRows; r += 2) {
        even += dot[r] * row[r * cols + q];
        odd += dot[r + 1] * row[(r + 1) * cols + q];
      }
      w[q] = even + odd;
    }
  }
}

template <class T>
void dotOf(const Vec<T>* x, const Vec<T>* y, long count, Vec<T>& out) {
  Vec<T> sum[4] = {};
  long i = 0;
  for (; i + 4 <= count; i += 4) {
    for (long r = 0; r < 4; ++r) sum[r] += x[i + r] * y[i + r];
  }
  for (; i < count; ++i) sum[0] += x[i] * y[i];
  out = (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/// x /= ‖x‖, which is returned in `norm`; where that is not above `floor`, x and the norm become 0.
template <class T>
void normalise(Vec<T>* x, long count, const Vec<T>& floor, Vec<T>& norm) {
  Vec<T> squares;
  dotOf<T>(x, x, count, squares);
  root<T>(squares, norm);
  const auto some = norm > floor;
  const Vec<T> zero{}, one = zero + T(1);
  const Vec<T> scale = some ? one / (some ? norm : one) : zero;
  norm = some ? norm : zero;
  for (long i = 0; i < count; ++i) x[i] *= scale;
}

/// The largest eigenvalue of a symmetric tridiagonal matrix, from above, and its eigenvector: Newton on the
/// characteristic polynomial, whose pivots stay negative above every root, then inverse iteration.
template <class T>
void topOfTridiagonal(const Vec<T>* diagonal, const Vec<T>* beside, long size, Vec<T>* vector) {
  const T eps = sizeof(T) == 4 ? T(0x1p-23) : T(0x1p-52);
  const Vec<T> zero{}, one = zero + T(1);
  Vec<T> lambda = diagonal[0] + (size > 1 ? beside[0] : zero);
  for (long i = 1; i < size; ++i) {
    const Vec<T> bound = diagonal[i] + beside[i - 1] + (i + 1 < size ? beside[i] : zero);
    lambda = bound > lambda ? bound : lambda;
  }
  lambda = lambda > zero ? lambda : one;  // a zero matrix
  constexpr int kMostSteps = 60;
  for (int step = 0; step < kMostSteps; ++step) {
    // A pivot that is not negative says that λ has arrived; what follows it means nothing.
    Vec<T> pivot = diagonal[0] - lambda, slope = -one;
    auto above = pivot < zero;
    pivot = above ? pivot : -one;
    Vec<T> sum = slope / pivot;
    for (long i = 1; i < size; ++i) {
      const Vec<T> ratio = beside[i - 1] / pivot;
      slope = ratio * ratio * slope - one;
      pivot = diagonal[i] - lambda - ratio * beside[i - 1];
      above = above & (pivot < zero);
      pivot = above ? pivot : -one;
      slope = above ? slope : -one;
      sum += slope / pivot;
    }
    const Vec<T> change = above ? one / sum : zero;
    lambda -= change;
    const auto moving = change > T(4) * eps * lambda;
    bool any = false;
    for (long i = 0; i < kLanes<T>; ++i) any = any || moving[i] != 0;
    if (!any) break;
  }
  lambda = lambda > zero ? lambda + T(4) * eps * lambda : one;  // where it has come down to a zero matrix's
  // Of T − λ, or of a matrix as near to it as rounding: no pivot is too small to divide by.
  Vec<T> pivots[kMostSliceSteps];
  const Vec<T> least = eps * lambda;
  for (long i = 0; i < size; ++i) {
    pivots[i] = diagonal[i] - lambda;
    if (i > 0) pivots[i] -= beside[i - 1] / pivots[i - 1] * beside[i - 1];
    pivots[i] = (pivots[i] < -least) | (pivots[i] > least) ? pivots[i] : -least;
  }
  // The first entry of the eigenvector is that of the start, which is never orthogonal to it.
  for (long i = 0; i < size; ++i) vector[i] = i == 0 ? one : zero;
  for (int step = 0; step < 3; ++step) {
    for (long i = 1; i < size; ++i) vector[i] -= beside[i - 1] / pivots[i - 1] * vector[i - 1];
    for (long i = 0; i < size; ++i) vector[i] /= pivots[i];
    for (long i = size - 2; i >= 0; --i) vector[i] -= beside[i] / pivots[i] * vector[i + 1];
    Vec<T> norm;
    normalise<T>(vector, size, zero, norm);
  }
}

template <class T>
void topTermOf(const T* tileNumbers, long rows, long cols, long steps, const T* start, T* work, T* rightNumbers,
               T* leftNumbers) {
  const auto* tiles = reinterpret_cast<const Vec<T>*>(tileNumbers);
  auto* right = reinterpret_cast<Vec<T>*>(rightNumbers);
  auto* left = reinterpret_cast<Vec<T>*>(leftNumbers);
  auto* basis = reinterpret_cast<Vec<T>*>(work);
  Vec<T>* next = basis + steps * cols;
  const T eps = sizeof(T) == 4 ? T(0x1p-23) : T(0x1p-52);
  const Vec<T> zero{};
  Vec<T> diagonal[kMostSliceSteps] = {}, beside[kMostSliceSteps] = {}, norm, largest{};
  for (long q = 0; q < cols; ++q) basis[q] = zero + start[q];
  normalise<T>(basis, cols, zero, norm);
  for (long step = 0; step < steps; ++step) {
    gram<T>(tiles, rows, cols, basis + step * cols, next);
    for (int pass = 0; pass < 2; ++pass) {
      for (long before = step; before >= 0; --before) {
        const Vec<T>* from = basis + before * cols;
        Vec<T> along;
        dotOf<T>(from, next, cols, along);
        if (before == step) diagonal[step] += along;
        for (long q = 0; q < cols; ++q) next[q] -= along * from[q];
      }
    }
    largest = diagonal[step] > largest ? diagonal[step] : largest;
    // Below this what is left is rounding: the space is invariant.
    normalise<T>(next, cols, T(64) * eps * largest, beside[step]);
    if (step + 1 < steps) {
      for (long q = 0; q < cols; ++q) next[q + cols * (step + 1 - steps)] = next[q];
    }
  }
  Vec<T> weights[kMostSliceSteps];
  topOfTridiagonal<T>(diagonal, beside, steps, weights);
  for (long q = 0; q < cols; ++q) right[q] = zero;
  for (long step = 0; step < steps; ++step) {
    for (long q = 0; q < cols; ++q) right[q] += weights[step] * basis[step * cols + q];
  }
  normalise<T>(right, cols, zero, norm);
  for (long p = 0; p < rows; ++p) dotOf<T>(tiles + p * cols, right, cols, left[p]);
}

template <class T>
void subtractTermFrom(T* tileNumbers, long rows, long cols, const T* leftNumbers, const T* rightNumbers, T* rest) {
  auto* tiles = reinterpret_cast<Vec<T>*>(tileNumbers);
  const auto* left = reinterpret_cast<const Vec<T>*>(leftNumbers);
  const auto* right = reinterpret_cast<const Vec<T>*>(rightNumbers);
  Vec<T> total{};
  for (long p = 0; p < rows; ++p) {
    Vec<T> even{}, odd{};
    Vec<T>* row = tiles + p * cols;
    long q = 0;
    for (; q + 2 <= cols; q += 2) {
      row[q] -= left[p] * right[q];
      row[q + 1] -= left[p] * right[q + 1];
      even += row[q] * row[q];
      odd += row[q + 1] * row[q + 1];
    }
    if (q < cols) {
      row[q] -= left[p] * right[q];
      even += row[q] * row[q];
    }
    total += even + odd;
  }
  *reinterpret_cast<Vec<T>*>(rest) = total;
}

template <class T>
void largestOf(const T* numbers, long count, T* out) {
  const auto* x = reinterpret_cast<const Vec<T>*>(numbers);
  Vec<T> largest{};
  for (long i = 0; i < count; ++i) {
    const Vec<T> size = x[i] < Vec<T>{} ? -x[i] : x[i];
    largest = size > largest ? size : largest;
  }
  *reinterpret_cast<Vec<T>*>(out) = largest;
}

template <class T>
void scaleBy(T* numbers, long count, const T* factors) {
  auto* x = reinterpret_cast<Vec<T>*>(numbers);
  const Vec<T> factor = *reinterpret_cast<const Vec<T>*>(factors);
  for (long i = 0; i < count; ++i) x[i] *= factor;
}

template <class T>
constexpr SliceKernels<T> kernelsHere() {
  return {topTermOf<T>, subtractTermFrom<T>, largestOf<T>, scaleBy<T>};
}

}  // namespace
}  // namespace rankscope::linalg::kernels
