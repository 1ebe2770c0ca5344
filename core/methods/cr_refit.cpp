// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/cr.h"
#include "core/methods/product.h"
#include "core/methods/spectrum.h"

namespace rankscope {

namespace {

struct Gathered {
  Matrix<double> columns, rows;  // n×r, r×m
};

Gathered gathered(const Pairs& pairs, std::span<const Index> S) {
  const auto r = static_cast<Index>(S.size());
  Gathered out{.columns = Matrix<double>(pairs.X.rows(), r), .rows = Matrix<double>(r, pairs.Y.cols())};
  for (Index t = 0; t < r; ++t) {
    const Index i = S[static_cast<std::size_t>(t)];
    expects(i >= 0 && i < pairs.count(), "an index of a pair");
    out.columns.col(t) = pairs.X.col(i);
    out.rows.row(t) = pairs.Y.row(i);
  }
  return out;
}

// The SVD cut to the values above the default tolerance.
Result<linalg::Svd<double>> reliable(const Matrix<double>& A, const Context& context) {
  auto svd = linalg::exactSvd<double>(A, linalg::Job::Thin, context);
  if (!svd) return svd;
  const Index rank = (svd->s.array() > defaultTolerance(svd->s, A.rows(), A.cols())).count();
  svd->U = svd->U.leftCols(rank).eval();
  svd->s = svd->s.head(rank).eval();
  svd->Vt = svd->Vt.topRows(rank).eval();
  return svd;
}

}  // namespace

Result<PairWeights> leastSquaresWeights(const Pairs& pairs, std::span<const Index> S, const Context& context) {
  if (S.empty()) return PairWeights{.lambda = {}, .squaredError = pairs.productSquare};
  const Gathered chosen = gathered(pairs, S);
  const Matrix<double> H =
      multiplyWide(chosen.columns, chosen.columns, context, linalg::Op::Adjoint)
          .cwiseProduct(multiplyWide(chosen.rows, chosen.rows, context, linalg::Op::None, linalg::Op::Adjoint));
  const Vector<double> g = multiplyWide(pairs.T, chosen.columns, context, linalg::Op::Adjoint)
                               .cwiseProduct(chosen.rows.transpose())
                               .colwise()
                               .sum()
                               .transpose();
  const auto svd = reliable(H, context);
  if (!svd) return svd.error();
  PairWeights out;
  out.lambda = svd->Vt.transpose() * (svd->U.transpose() * g).cwiseQuotient(svd->s);
  Vector<double> e = Vector<double>::Constant(pairs.count(), -1);
  for (std::size_t t = 0; t < S.size(); ++t) e(S[t]) += out.lambda(static_cast<Index>(t));
  out.squaredError = squaredNormOfSum(pairs, e, context);
  return out;
}

Result<PairCore> denseCore(const Pairs& pairs, std::span<const Index> S, const Context& context) {
  if (S.empty()) return PairCore{.core = {}, .squaredError = pairs.productSquare};
  const Gathered chosen = gathered(pairs, S);
  const auto C = reliable(chosen.columns, context);
  if (!C) return C.error();
  const auto R = reliable(chosen.rows, context);
  if (!R) return R.error();
  // Λ = C⁺TR⁺ through the two bases, whose part of T is all that any core can reach.
  const Matrix<double> inner = multiplyWide(multiplyWide(C->U, pairs.T, context, linalg::Op::Adjoint), R->Vt, context,
                                            linalg::Op::None, linalg::Op::Adjoint);
  const Matrix<double> scaled = C->s.cwiseInverse().asDiagonal() * inner * R->s.cwiseInverse().asDiagonal();
  PairCore out;
  out.core = C->Vt.transpose() * scaled * R->U.transpose();
  out.squaredError = (pairs.T - multiplyWide(multiplyWide(C->U, inner, context), R->Vt, context)).squaredNorm();
  return out;
}

}  // namespace rankscope
