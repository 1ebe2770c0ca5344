// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The part of core/linalg/thin.cpp that is compiled for AVX-512. Its file includes nothing of the standard library or
/// of Eigen: an inline function compiled for AVX-512 could otherwise be the one the linker keeps for every machine.
namespace rankscope::linalg::kernels {

/// Columns (adjoint) or rows (plain) of A that one call takes: their results stay in the second-level cache.
constexpr long kPanel = 128;
/// Rows in flight: results are written in whole groups of this many.
constexpr long kGroup = 8;

/// Numbers in a vector: `width` below is a multiple of it.
template <class T>
constexpr long kLanes = 64 / static_cast<long>(sizeof(T));

/// out (columns × width) = A(rows × columns)ᵀ x, columns ≤ kPanel. A column-major with leading dimension ld; x
/// (rows × width) and out row-major. T is float or double.
template <class T>
void thinAdjoint(const T* A, long ld, long rows, long columns, const T* x, long width, T* out);
/// out (rows × width, with room for whole groups of rows) = A(rows × columns) x, rows ≤ kPanel; x (columns × width).
template <class T>
void thinPlain(const T* A, long ld, long rows, long columns, const T* x, long width, T* out);

}  // namespace rankscope::linalg::kernels
