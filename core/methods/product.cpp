// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/product.h"

#include <algorithm>
#include <cmath>

#include "core/methods/low_rank.h"
#include "core/methods/svd.h"

namespace rankscope {

namespace {

std::string shapeOf(const AnyMatrix& matrix) { return show(matrix.rows()) + " x " + show(matrix.cols()); }

}  // namespace

Matrix<double> multiplyWide(const ConstRef<double>& A, const ConstRef<double>& B, const Context& context,
                            linalg::Op opA, linalg::Op opB) {
  const bool adjointB = opB == linalg::Op::Adjoint;
  const Index cols = adjointB ? B.rows() : B.cols();
  Matrix<double> C(opA == linalg::Op::None ? A.rows() : A.cols(), cols);
  constexpr Index kPanel = 128;
  parallelFor(context, (cols + kPanel - 1) / kPanel, [&](Index panel) {
    const Index first = panel * kPanel, width = std::min(kPanel, cols - first);
    const ConstRef<double> part =
        adjointB ? ConstRef<double>(B.middleRows(first, width)) : ConstRef<double>(B.middleCols(first, width));
    linalg::gemm<double>(opA, opB, 1, A, part, 0, C.middleCols(first, width));
  });
  return C;
}

std::optional<Error> refuseProduct(const AnyMatrix& X, const AnyMatrix& Y) {
  if (auto unusable = refuseUnusable(X, "the left matrix")) return unusable;
  if (auto unusable = refuseUnusable(Y, "the right matrix")) return unusable;
  if (X.isComplex() || Y.isComplex()) {
    return inputError(X.isComplex() ? "the left matrix" : "the right matrix",
                      "its entries are complex and products are of real ones",
                      "turn it real with --complex abs, real, imag or stack");
  }
  if (X.cols() != Y.rows()) {
    return inputError("the product", text("{1} times {2} does not fit", shapeOf(X), shapeOf(Y)),
                      "the left matrix must have as many columns as the right one has rows");
  }
  return std::nullopt;
}

Result<MatrixPtr> multiplied(const AnyMatrix& X, const AnyMatrix& Y, const Context& context) {
  if (auto refused = refuseProduct(X, Y)) return *refused;
  const double entries = static_cast<double>(X.rows()) * static_cast<double>(Y.cols());
  if (auto refused = context.refuseMemory("the product", 8 * entries)) return *refused;
  const auto left = X.entries<double>(context);
  if (!left) return left.error();
  const auto right = Y.entries<double>(context);
  if (!right) return right.error();
  Matrix<double> T = multiplyWide(**left, **right, context);
  const double most = X.summary().fro * Y.summary().fro;
  // Norms whose product is beyond double at the lower end: what is left of the entries has lost its digits.
  if (X.summary().fro > 0 && Y.summary().fro > 0 && most < 0x1p-960) {
    return inputError("the product", "its entries are below the range of double",
                      "multiply one of the matrices by a power of ten first");
  }
  MatrixPtr product = makeMatrix(std::move(T));
  if (product->summary().nonFinite > 0 || !std::isfinite(product->summary().fro)) {
    return inputError("the product", "its entries or their norm are beyond the range of double",
                      "divide one of the matrices by a power of ten first");
  }
  return product;
}

Result<Problem> productOf(const MatrixPtr& M, ProductForm form, const Context& context) {
  if (auto unusable = refuseUnusable(*M, "the matrix")) return *unusable;
  if (M->isComplex()) {
    return inputError("the matrix", "its entries are complex and products are of real ones",
                      "turn it real with --complex abs, real, imag or stack");
  }
  const double n = static_cast<double>(M->rows()), m = static_cast<double>(M->cols());
  if (form == ProductForm::Identity) {
    if (auto refused = context.refuseMemory("the unit matrix", 8 * m * m)) return *refused;
    return Problem{
        .X = M, .Y = makeMatrix(Matrix<double>(Matrix<double>::Identity(M->cols(), M->cols()))), .product = M};
  }
  if (auto refused = context.refuseMemory("the transposed matrix", 8 * n * m)) return *refused;
  const auto values = M->entries<double>(context);
  if (!values) return values.error();
  return Problem{.X = makeMatrix(Matrix<double>((*values)->transpose())), .Y = M, .product = {}};
}

Method productSvdMethod() {
  Method method = svdMethod();
  const auto costOfMatrix = method.cost;
  const auto runOfMatrix = method.run;
  method.kind = Kind::Product;
  method.title = "Singular value decomposition of the product";
  method.help = "the best approximation of each rank: the floor below every choice of pairs";
  method.complex = false;
  method.cost = [costOfMatrix](const ParamScope& p) {
    Cost cost = costOfMatrix(p);
    cost.flops += 2 * static_cast<double>(p.rows) * static_cast<double>(p.inner) * static_cast<double>(p.cols);
    return cost;
  };
  method.run = [runOfMatrix](const Problem& problem, Index dial, const ParamValues& params,
                             const Context& context) -> Result<Approximation> {
    MatrixPtr T = problem.product;
    if (!T) {
      auto made = multiplied(*problem.X, *problem.Y, context);
      if (!made) return made.error();
      T = *made;
    }
    return runOfMatrix({.X = T}, dial, params, context);
  };
  return method;
}

}  // namespace rankscope
