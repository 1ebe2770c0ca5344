// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/pinv.h"

#include <cmath>
#include <limits>
#include <type_traits>

#include <Eigen/QR>

#include "core/linalg/lapack.h"
#include "core/methods/access.h"

namespace rankscope {

namespace {

template <class T>
constexpr double kEpsilon = std::is_same_v<RealOf<T>, float> ? 0x1p-23 : 0x1p-52;

// Over a power of two near the largest entry, so that squares neither overflow nor vanish: rounds nothing.
template <class T>
double unitOf(const ConstRef<T>& A) {
  const double largest = A.size() > 0 ? static_cast<double>(A.cwiseAbs().maxCoeff()) : 0;
  return largest > 0 ? std::ldexp(1.0, std::ilogb(largest)) : 1;
}

template <class T>
Matrix<T> scaled(const ConstRef<T>& A, double unit) {
  // In two halves: 1/unit itself may be beyond the range.
  const int exponent = -std::ilogb(unit), half = exponent / 2;
  return (A * static_cast<RealOf<T>>(std::ldexp(1.0, half))) * static_cast<RealOf<T>>(std::ldexp(1.0, exponent - half));
}

std::optional<Error> refuseBeyond(double largest, double limit) {
  if (std::isfinite(largest) && largest <= limit) return std::nullopt;
  return computeError("the pseudo-inverse",
                      text("its largest singular value, {1}, is beyond the range of numbers", largest),
                      "raise the cut-off, or multiply the matrix by a power of ten first");
}

// ‖PQ − (PQ)ᴴ‖_F for P n×m and Q m×n, in panels of columns: PQ itself may be far larger than its factors.
template <class T>
double asymmetry(const Matrix<T>& P, const Matrix<T>& Q) {
  constexpr Index kPanel = 256;
  const Index n = P.rows();
  double squares = 0;
  for (Index first = 0; first < n; first += kPanel) {
    const Index width = std::min(kPanel, n - first);
    Matrix<T> panel = linalg::multiply<T>(P, Q.middleCols(first, width));
    panel -= linalg::multiply<T>(Q, P.middleRows(first, width), linalg::Op::Adjoint, linalg::Op::Adjoint);
    squares += static_cast<double>(panel.squaredNorm());
  }
  return std::sqrt(squares);
}

}  // namespace

template <class T>
std::array<double, 4> penroseResiduals(const ConstRef<T>& A, const ConstRef<T>& X) {
  const Matrix<T> a = scaled<T>(A, unitOf<T>(A)), x = scaled<T>(X, unitOf<T>(X));
  // A = α a and X = ξ x: with c = αξ the equations are c·axa = a/… up to the common factor, so c goes to where it
  // counts.
  const double c = unitOf<T>(A) * unitOf<T>(X);
  const double normA = static_cast<double>(a.norm()), normX = static_cast<double>(x.norm());
  const double unit = kEpsilon<T> * static_cast<double>(std::max(A.rows(), A.cols()));
  const auto by = [&](double above, double below) { return above == 0 ? 0 : above / (unit * below); };
  const auto factor = static_cast<RealOf<T>>(c);
  // Through the smaller of AX and XA; the larger one is seen in panels and never whole.
  const bool tall = A.rows() >= A.cols();
  const Matrix<T> small = factor * (tall ? linalg::multiply<T>(x, a) : linalg::multiply<T>(a, x));
  const Matrix<T> axa = tall ? linalg::multiply<T>(a, small) : linalg::multiply<T>(small, a);
  const Matrix<T> xax = tall ? linalg::multiply<T>(small, x) : linalg::multiply<T>(x, small);
  return {by(static_cast<double>((axa - a).norm()), c * normA * normA * normX),
          by(static_cast<double>((xax - x).norm()), c * normX * normX * normA),
          by(c * asymmetry<T>(a, x), c * normA * normX), by(c * asymmetry<T>(x, a), c * normA * normX)};
}

template <class T>
Result<Pinv<T>> pinv(const AnyMatrix& A, const PinvCut& cut, double ridge, const Context& context) {
  expects(ridge >= 0, "pinv: the ridge is a positive number, or 0 for none");
  const Index n = A.rows(), m = A.cols(), most = std::max(n, m);
  if (auto refused = refuseEntries(A, "the pseudo-inverse", context)) return *refused;
  const auto values = A.entries<T>(context);
  if (!values) return values.error();
  // A⁺ and V while it is made; then, for the Penrose residuals, A, X and two products of their size, the smaller of AX
  // and XA, and a few panels.
  const double least = static_cast<double>(std::min(n, m)), longest = static_cast<double>(most);
  const double bytes = (5 * longest * least + least * least + 512 * longest) * sizeof(T);
  if (auto refused = context.refuseMemory("the pseudo-inverse", bytes)) return *refused;
  const auto svd = linalg::exactSvd<T>(**values, linalg::Job::Thin, context);
  if (!svd) return svd.error();

  Pinv<T> out;
  Inverse& about = out.about;
  about.sigma = svd->s.template cast<double>();
  const double first = about.sigma(0);
  about.cut = cut.absolute ? *cut.absolute
              : cut.rcond  ? *cut.rcond * first
                           : static_cast<double>(most) * kEpsilon<T> * first;
  about.inverseSigma = Vector<double>::Zero(about.sigma.size());
  for (Index i = 0; i < about.sigma.size() && about.sigma(i) > about.cut; ++i) {
    about.inverseSigma(i) = 1 / about.sigma(i);
    about.rank = i + 1;
  }
  // σ/(σ²+λ) as 1/(σ + λ/σ): squares of 1e-200 would be lost.
  Vector<double> filtered = about.inverseSigma;
  if (ridge > 0) {
    for (Index i = 0; i < filtered.size(); ++i) {
      const double sigma = about.sigma(i);
      filtered(i) = sigma > 0 ? 1 / (sigma + ridge / sigma) : 0;
    }
  }
  about.norm = filtered.maxCoeff();
  if (auto refused = refuseBeyond(about.norm, static_cast<double>(std::numeric_limits<RealOf<T>>::max())))
    return *refused;
  context.checkpoint();
  const Index kept = ridge > 0 ? filtered.size() : about.rank;
  const Matrix<T> V = svd->Vt.topRows(kept).adjoint() * filtered.head(kept).template cast<T>().asDiagonal();
  out.X = linalg::multiply<T>(V, svd->U.leftCols(kept), linalg::Op::None, linalg::Op::Adjoint);
  context.checkpoint();
  about.penrose = penroseResiduals<T>(**values, out.X);
  return out;
}

Result<Pinv<double>> pinvByCod(const ConstRef<double>& A, const Context& context) {
  const Index n = A.rows(), m = A.cols();
  expects(n > 0 && m > 0 && A.allFinite(), "pinvByCod: a finite matrix that is not empty");
  context.checkpoint();
  const Matrix<double> scaledA = scaled<double>(A, unitOf<double>(A));
  const Eigen::ColPivHouseholderQR<Matrix<double>> qr(scaledA);
  const Matrix<double> R = qr.matrixR().topRows(std::min(n, m)).template triangularView<Eigen::Upper>();
  const double tolerance = static_cast<double>(std::max(n, m)) * 0x1p-52 * std::abs(R(0, 0));
  Pinv<double> out;
  Index& rank = out.about.rank;
  while (rank < R.rows() && std::abs(R(rank, rank)) > tolerance) ++rank;
  out.about.cut = tolerance * unitOf<double>(A);
  out.X = Matrix<double>::Zero(m, n);
  if (rank > 0) {
    const Eigen::HouseholderQR<Matrix<double>> rows(R.topRows(rank).transpose());  // R[:k, :]ᵀ = Z T
    const Matrix<double> T = rows.matrixQR().topRows(rank).template triangularView<Eigen::Upper>();
    const Matrix<double> Z = rows.householderQ() * Matrix<double>::Identity(m, rank);
    const Matrix<double> Q = qr.householderQ() * Matrix<double>::Identity(n, rank);
    // R[:k] = Tᵀ Zᵀ, so its pseudo-inverse is Z T⁻ᵀ.
    const Matrix<double> inner = T.transpose().template triangularView<Eigen::Lower>().solve(Q.transpose());
    out.X = qr.colsPermutation() * linalg::multiply<double>(Z, inner);
    out.X = scaled<double>(out.X, unitOf<double>(A));
  }
  out.about.penrose = penroseResiduals<double>(A, out.X);
  return out;
}

Matrix<double> pinvDerivative(const ConstRef<double>& A, const ConstRef<double>& X, const ConstRef<double>& dA) {
  expects(dA.rows() == A.rows() && dA.cols() == A.cols() && X.rows() == A.cols() && X.cols() == A.rows(),
          "pinvDerivative: shapes do not agree");
  const Matrix<double> P = Matrix<double>::Identity(A.rows(), A.rows()) - A * X;
  const Matrix<double> N = Matrix<double>::Identity(A.cols(), A.cols()) - X * A;
  return -X * dA * X + X * X.transpose() * dA.transpose() * P + N * dA.transpose() * X.transpose() * X;
}

void addRidgePath(Inverse& inverse, Index count) {
  expects(count >= 2 && inverse.sigma.size() > 0, "addRidgePath: at least two points of a known spectrum");
  const double first = inverse.sigma(0);
  inverse.ridge.resize(0);
  inverse.ridgeDistance.resize(0);
  // σ₁² itself must be a number.
  if (!(first > 1e-145 && first < 1e150)) return;
  inverse.ridge.resize(count);
  inverse.ridgeDistance = Vector<double>::Zero(count);
  for (Index c = 0; c < count; ++c) {
    const double lambda =
        first * first * std::pow(10.0, -16 + 16 * static_cast<double>(c) / static_cast<double>(count - 1));
    inverse.ridge(c) = lambda;
    for (Index i = 0; i < inverse.sigma.size() && inverse.sigma(i) > 0; ++i) {
      const double sigma = inverse.sigma(i), regularised = 1 / (sigma + lambda / sigma);
      const double distance = i < inverse.rank ? lambda / sigma * regularised / sigma : regularised;
      inverse.ridgeDistance(c) = std::max(inverse.ridgeDistance(c), distance);
    }
  }
}

Result<Matrix<double>> bestRight(const ConstRef<double>& A, const ConstRef<double>& M, const Context& context) {
  expects(A.rows() == M.rows(), "bestRight: shapes do not agree");
  auto inverse = pinv<double>(*makeMatrix(Matrix<double>(A)), {}, 0, context);
  if (!inverse) return inverse.error();
  return linalg::multiply<double>(inverse->X, M);
}

Result<Matrix<double>> bestLeft(const ConstRef<double>& M, const ConstRef<double>& B, const Context& context) {
  expects(B.cols() == M.cols(), "bestLeft: shapes do not agree");
  auto inverse = pinv<double>(*makeMatrix(Matrix<double>(B)), {}, 0, context);
  if (!inverse) return inverse.error();
  return linalg::multiply<double>(M, inverse->X);
}

#define RANKSCOPE_INSTANTIATE(T)                                                              \
  template Result<Pinv<T>> pinv<T>(const AnyMatrix&, const PinvCut&, double, const Context&); \
  template std::array<double, 4> penroseResiduals<T>(const ConstRef<T>&, const ConstRef<T>&);
RANKSCOPE_INSTANTIATE(float)
RANKSCOPE_INSTANTIATE(double)
RANKSCOPE_INSTANTIATE(Complex)
#undef RANKSCOPE_INSTANTIATE

}  // namespace rankscope
