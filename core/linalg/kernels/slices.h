// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The inner loops of core/linalg/slices.cpp: as many small matrices at once as a vector has lanes, one in each lane.
/// slices_lanes.h is compiled twice, for any machine and for AVX-512, without the standard library or Eigen for the
/// reason given in thin.h.
namespace rankscope::linalg::kernels {

/// Rows in flight: `rows` below is a multiple of it.
constexpr long kSliceRows = 8;
constexpr long kMostSliceSteps = 32;

/// `tiles` are rows × cols matrices by rows, the lanes of an entry (64 bytes) side by side; all pointers but `start`
/// are aligned to 64 bytes. T is float or double.
template <class T>
struct SliceKernels {
  /// The leading term of each lane's matrix T by `steps` ≤ min(cols, kMostSliceSteps) steps of Lanczos on TᵀT from
  /// `start` (cols numbers, the same for all lanes), reorthogonalised: right (cols) is a unit vector v, left (rows) is
  /// T v. The squares of the entries must be in range. A zero matrix has left = 0. work: cols (steps + 1) · 64 bytes.
  void (*topTerm)(const T* tiles, long rows, long cols, long steps, const T* start, T* work, T* right, T* left);
  /// tiles −= left rightᵀ; rest (one for each lane) = the squares of what is left, summed.
  void (*subtract)(T* tiles, long rows, long cols, const T* left, const T* right, T* rest);
  /// out = the largest modulus among `count` numbers of each lane.
  void (*largest)(const T* numbers, long count, T* out);
  void (*scale)(T* numbers, long count, const T* factors);
};

template <class T>
SliceKernels<T> sliceKernels();
template <class T>
SliceKernels<T> sliceKernels512();

}  // namespace rankscope::linalg::kernels
