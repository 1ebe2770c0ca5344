// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/linalg/lapack.h"
#include "core/methods/method.h"

namespace rankscope {

/// op(A) op(B) on context.threads threads, in panels of fixed width: the same bits for any number of them. Cost two
/// flops for each product of entries. Throws Cancelled.
Matrix<double> multiplyWide(const ConstRef<double>& A, const ConstRef<double>& B, const Context& context,
                            linalg::Op opA = linalg::Op::None, linalg::Op opB = linalg::Op::None);

/// An Error when X (n×k) and Y (k×m) are no product: entries that cannot be used, complex ones, or an inner side that
/// differs.
std::optional<Error> refuseProduct(const AnyMatrix& X, const AnyMatrix& Y);
/// X·Y (n×m) in double. Errors: those of refuseProduct(), memory (asked for first), a product beyond the range of
/// double at either end. Cost 2nkm flops. Throws Cancelled.
Result<MatrixPtr> multiplied(const AnyMatrix& X, const AnyMatrix& Y, const Context& context);

/// One matrix M (n×m) as a product: M·I, whose pairs are the columns of M, or Mᵀ·M, whose pairs are its rows.
enum class ProductForm { Identity, Gram };
Result<Problem> productOf(const MatrixPtr& M, ProductForm form, const Context& context);

/// The exact SVD of X·Y: the floor below every choice of r pairs.
Method productSvdMethod();

}  // namespace rankscope
