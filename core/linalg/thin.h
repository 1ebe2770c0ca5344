// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/context.h"
#include "core/linalg/lapack.h"

/// Products of a large matrix with a thin one, the work of every sketch and every Krylov step.
namespace rankscope::linalg {

/// Up to here the own kernel beats the BLAS on a product with so many columns.
constexpr Index kThinColumns = 128;

/// Y = op(A) X, A n×m, X thin (m×l, for the adjoint n×l), Y resized. An own AVX-512 kernel on context.threads threads,
/// the same bits for any number of them; gemm on other machines, for l above kThinColumns and for small A. T is float
/// or double. Cost 2 n m l flops, (m + n) l numbers of memory. Throws Cancelled.
template <class T>
void thinProduct(Op op, const ConstRef<T>& A, const ConstRef<T>& X, Matrix<T>& Y, const Context& context);

/// Whether this machine has what the kernel needs.
bool thinKernels();

}  // namespace rankscope::linalg
