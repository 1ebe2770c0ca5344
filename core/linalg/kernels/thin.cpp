// SPDX-License-Identifier: GPL-3.0-or-later
#ifdef RANKSCOPE_AVX512_KERNELS
#include "core/linalg/kernels/thin.h"

namespace rankscope::linalg::kernels {
namespace {

/// Bytes of the thin operand that stay in the first-level cache while a panel passes.
constexpr long kCachedBytes = 24 * 1024;
/// Most rows of it at a time, whatever its width: the packed part of A must stay near as well.
constexpr long kMostDepth = 96;

template <class T>
struct Vectors {
  typedef T Type __attribute__((vector_size(64), aligned(alignof(T)), may_alias));
};

/// c (R rows of V vectors) += Σ_k a[r rowStep + k depthStep] x[k]: R V accumulators stay in registers. The numbers of A
/// `ahead` further on are fetched into the second-level cache meanwhile (0: none).
template <class T, int R, int V>
void tile(const T* a, long rowStep, long depthStep, long depth, const T* x, long width, T* c, long ahead) {
  using Vec = typename Vectors<T>::Type;
  constexpr long line = 64 / static_cast<long>(sizeof(T));
  if (ahead != 0) {
    for (int r = 0; r < R; ++r) {
      for (long k = 0; k < depth; k += line) __builtin_prefetch(a + r * rowStep + ahead + k, 0, 2);
    }
  }
  Vec sum[R][V];
  for (int r = 0; r < R; ++r) {
    for (int v = 0; v < V; ++v) sum[r][v] = *reinterpret_cast<const Vec*>(c + r * width + v * kLanes<T>);
  }
  for (long k = 0; k < depth; ++k) {
    Vec row[V];
    for (int v = 0; v < V; ++v) row[v] = *reinterpret_cast<const Vec*>(x + v * kLanes<T>);
    for (int r = 0; r < R; ++r) {
      const T factor = a[r * rowStep];
      for (int v = 0; v < V; ++v) sum[r][v] += factor * row[v];
    }
    a += depthStep;
    x += width;
  }
  for (int r = 0; r < R; ++r) {
    for (int v = 0; v < V; ++v) *reinterpret_cast<Vec*>(c + r * width + v * kLanes<T>) = sum[r][v];
  }
}

/// One group of R rows over the whole width: three vectors at a time, so that R · 3 sums fit the registers.
template <class T, int R>
void group(const T* a, long rowStep, long depthStep, long depth, const T* x, long width, T* c, long ahead) {
  long left = width / kLanes<T>;
  while (left > 0) {
    const long take = left == 4 ? 2 : (left < 3 ? left : 3);
    if (take == 3) {
      tile<T, R, 3>(a, rowStep, depthStep, depth, x, width, c, ahead);
    } else if (take == 2) {
      tile<T, R, 2>(a, rowStep, depthStep, depth, x, width, c, ahead);
    } else {
      tile<T, R, 1>(a, rowStep, depthStep, depth, x, width, c, ahead);
    }
    x += take * kLanes<T>;
    c += take * kLanes<T>;
    left -= take;
    ahead = 0;
  }
}

long least(long a, long b) { return a < b ? a : b; }

long depthBlock(long width, long scalarBytes) {
  const long fit = kCachedBytes / (width * scalarBytes) / 8 * 8;
  return fit < 16 ? 16 : least(fit, kMostDepth);
}

}  // namespace

template <class T>
void thinAdjoint(const T* A, long ld, long rows, long columns, const T* x, long width, T* out) {
  for (long i = 0; i < columns * width; ++i) out[i] = T(0);
  const long block = depthBlock(width, sizeof(T));
  for (long k = 0; k < rows; k += block) {
    const long depth = least(block, rows - k);
    const long ahead = k + 2 * block <= rows ? block : 0;
    long j = 0;
    for (; j + kGroup <= columns; j += kGroup) {
      group<T, kGroup>(A + k + j * ld, ld, 1, depth, x + k * width, width, out + j * width, ahead);
    }
    for (; j < columns; ++j) {
      group<T, 1>(A + k + j * ld, ld, 1, depth, x + k * width, width, out + j * width, ahead);
    }
  }
}

template <class T>
void thinPlain(const T* A, long ld, long rows, long columns, const T* x, long width, T* out) {
  alignas(64) T packed[kPanel * kMostDepth];  // of each group: its kGroup rows of a column side by side
  const long groups = (rows + kGroup - 1) / kGroup;
  for (long i = 0; i < groups * kGroup * width; ++i) out[i] = T(0);
  const long block = depthBlock(width, sizeof(T));
  for (long k = 0; k < columns; k += block) {
    const long depth = least(block, columns - k);
    // Read in columns: a power of two as leading dimension puts a row's entries into one set of the first-level cache.
    for (long c = 0; c < depth; ++c) {
      const T* from = A + (k + c) * ld;
      const T* next = k + c + block < columns ? from + block * ld : nullptr;
      for (long g = 0; g < groups; ++g) {
        T* to = packed + (g * depth + c) * kGroup;
        const long whole = least(kGroup, rows - g * kGroup);
        if (next) __builtin_prefetch(next + g * kGroup, 0, 2);
        if (whole == kGroup) {
          __builtin_memcpy(to, from + g * kGroup, kGroup * sizeof(T));
        } else {
          for (long i = 0; i < kGroup; ++i) to[i] = i < whole ? from[g * kGroup + i] : T(0);
        }
      }
    }
    for (long g = 0; g < groups; ++g) {
      group<T, kGroup>(packed + g * depth * kGroup, 1, kGroup, depth, x + k * width, width, out + g * kGroup * width,
                       0);
    }
  }
}

template void thinAdjoint<float>(const float*, long, long, long, const float*, long, float*);
template void thinAdjoint<double>(const double*, long, long, long, const double*, long, double*);
template void thinPlain<float>(const float*, long, long, long, const float*, long, float*);
template void thinPlain<double>(const double*, long, long, long, const double*, long, double*);

}  // namespace rankscope::linalg::kernels
#endif
