// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/measure.h"

#include <cmath>

#include "core/linalg/lapack.h"
#include "core/linalg/operator.h"
#include "core/methods/spectrum.h"

namespace rankscope {

namespace {

// M̂ as one operator: one part for the whole matrix, or one a column block.
template <class T>
struct Whole {
  const AnyMatrix& X;
  const std::vector<ApproximationPtr>& parts;
  const std::vector<Index>& dials;

  Index firstColumn(std::size_t part) const {
    return static_cast<Index>(part) * (X.cols() / static_cast<Index>(parts.size()));
  }

  // (X − M̂)[:, first … first+width), in T.
  Matrix<T> residual(Index first, Index width) const {
    return residualOf(0, first, X.template block<T>(0, first, X.rows(), width));
  }

  // A block of X less that of M̂; it may span parts.
  Matrix<T> residualOf(Index row, Index first, Matrix<T> out) const {
    const Index rows = out.rows(), width = out.cols();
    for (std::size_t p = 0; p < parts.size(); ++p) {
      const Index begin = std::max(first, firstColumn(p));
      const Index end = std::min(first + width, firstColumn(p) + parts[p]->cols);
      if (begin >= end) continue;
      Matrix<T> block;
      reconstruct<T>(*parts[p], {.dial = dials[p], .muted = {}}, {row, begin - firstColumn(p), rows, end - begin},
                     block);
      out.middleCols(begin - first, end - begin) -= block;
    }
    return out;
  }

  Matrix<T> timesResidual(const MatrixOperator<T>& A, const Matrix<T>& x, const Context& context) const {
    Matrix<T> y;
    A.times(x, y, context);
    for (std::size_t p = 0; p < parts.size(); ++p) {
      y -= apply<T>(*parts[p], dials[p], x.middleRows(firstColumn(p), parts[p]->cols));
    }
    return y;
  }

  Matrix<T> adjointTimesResidual(const MatrixOperator<T>& A, const Matrix<T>& y, const Context& context) const {
    Matrix<T> x;
    A.adjointTimes(y, x, context);
    for (std::size_t p = 0; p < parts.size(); ++p) {
      x.middleRows(firstColumn(p), parts[p]->cols) -= applyAdjoint<T>(*parts[p], dials[p], y);
    }
    return x;
  }
};

// One more pass over a file, in its own order.
template <class T>
double frobeniusInPass(const Whole<T>& whole, const Context& context) {
  std::vector<double> norms;
  whole.X.template forEachBlock<T>(context, [&](Index row, Index col, const ConstRef<T>& block) {
    norms.push_back(whole.residualOf(row, col, block).stableNorm());
  });
  return Eigen::Map<const Vector<double>>(norms.data(), static_cast<Index>(norms.size())).stableNorm();
}

// ‖X − M̂‖_F panel by panel. Each panel's norm is stable, and stableNorm of the panel norms keeps 1e±300 right.
template <class T>
double frobenius(const Whole<T>& whole, const Context& context) {
  const Index n = whole.X.rows(), m = whole.X.cols();
  const Index width = std::clamp<Index>((Index{1} << 19) / std::max<Index>(1, n), 1, m);
  const Index panels = (m + width - 1) / width;
  Vector<double> norms(panels);
  parallelFor(context, panels, [&](Index p) {
    const Index first = p * width;
    norms(p) = whole.residual(first, std::min(width, m - first)).stableNorm();
  });
  return norms.stableNorm();
}

// Largest singular value of the residual operator by Golub–Kahan–Lanczos with full reorthogonalisation: stops when the
// residual of the leading Ritz triplet, |β_j · last component|, is below 1e-8 of its value.
// Source: Golub & Kahan 1965.
template <class T>
Result<double> spectralByLanczos(const Whole<T>& whole, double fro, const Context& context) {
  const Index n = whole.X.rows(), m = whole.X.cols();
  const Index most = std::min<Index>(300, std::min(n, m));
  const auto A = MatrixOperator<T>::of(whole.X, context);
  if (!A) return A.error();
  Matrix<T> V(m, most + 1), U(n, most);
  Random draw = context.random("spectral-start");
  for (Index i = 0; i < m; ++i) V(i, 0) = T(draw.normal());
  V.col(0) /= V.col(0).norm();
  // Everything below is of the residual over a power of two near its norm: squares of 1e-300 would be zero. The inverse
  // of a subnormal norm would be infinite.
  const int exponent = std::max(std::ilogb(fro), -1000);
  const double unit = std::ldexp(1.0, exponent), down = std::ldexp(1.0, -exponent);
  fro *= down;
  Vector<double> alpha(most), beta(most);
  double best = 0;
  for (Index j = 0; j < most; ++j) {
    context.checkpoint();
    Matrix<T> u = T(down) * whole.timesResidual(*A, V.col(j), context);
    if (j > 0) u -= T(beta(j - 1)) * U.col(j - 1);
    for (int twice = 0; twice < 2 && j > 0; ++twice) u -= U.leftCols(j) * (U.leftCols(j).adjoint() * u);
    alpha(j) = u.norm();
    const bool brokenU = alpha(j) <= 0x1p-52 * fro;
    if (!brokenU) U.col(j) = u / T(alpha(j));

    Matrix<T> v;
    beta(j) = 0;
    if (!brokenU) {
      v = T(down) * whole.adjointTimesResidual(*A, U.col(j), context) - T(alpha(j)) * V.col(j);
      for (int twice = 0; twice < 2; ++twice) v -= V.leftCols(j + 1) * (V.leftCols(j + 1).adjoint() * v);
      beta(j) = v.norm();
    }
    const bool broken = brokenU || beta(j) <= 0x1p-52 * fro;
    if (!broken) V.col(j + 1) = v / T(beta(j));

    // The small SVD costs j³; look at it only now and then.
    if (broken || j + 1 == most || (j >= 5 && j % 5 == 0)) {
      Matrix<double> B = Matrix<double>::Zero(j + 1, j + 1);
      for (Index i = 0; i <= j; ++i) {
        B(i, i) = brokenU && i == j ? 0 : alpha(i);
        if (i < j) B(i, i + 1) = beta(i);
      }
      const auto small = linalg::exactSvd<double>(B, linalg::Job::Thin, context);
      if (!small) return small.error();
      best = small->s(0);
      if (broken || beta(j) * std::abs(small->U(j, 0)) <= 1e-8 * best) return best * unit;
    }
  }
  return best * unit;
}

template <class T>
Result<ErrorReport> measureIn(const AnyMatrix& X, const std::vector<ApproximationPtr>& parts,
                              const std::vector<Index>& dials, const Context& context) {
  const Whole<T> whole{X, parts, dials};
  ErrorReport out;
  const bool inFile = X.cheapest() == Access::OnePass;
  out.fro = inFile ? frobeniusInPass(whole, context) : frobenius(whole, context);
  const double norm = X.summary().fro;
  if (norm > 0)
    out.froRelative = *out.fro / norm;
  else if (*out.fro == 0)
    out.froRelative = 0;

  if (inFile) return out;
  const double residualBytes =
      static_cast<double>(X.rows()) * static_cast<double>(X.cols()) * static_cast<double>(sizeof(T));
  // Sparse ones may be too long to be laid out.
  const bool laidOut = X.cheapest() == Access::Entries || residualBytes <= static_cast<double>(context.memory);
  if (*out.fro == 0) {
    out.spectral = 0;
  } else if (std::min(X.rows(), X.cols()) <= 512 && laidOut) {
    const Matrix<T> residual = whole.residual(0, X.cols());
    const auto svd = linalg::exactSvd<T>(residual, linalg::Job::Values, context);
    if (!svd) return svd.error();
    out.spectral = static_cast<double>(svd->s(0));
  } else {
    const auto largest = spectralByLanczos(whole, *out.fro, context);
    if (!largest) return largest.error();
    out.spectral = *largest;
  }
  return out;
}

Result<ErrorReport> measureWhole(const AnyMatrix& X, const std::vector<ApproximationPtr>& parts,
                                 const std::vector<Index>& dials, const Context& context) {
  return X.isComplex() ? measureIn<Complex>(X, parts, dials, context) : measureIn<double>(X, parts, dials, context);
}

void addOptimum(ErrorReport& report, const AnyMatrix& X, double optimum, bool singlePrecision) {
  const double norm = X.summary().fro;
  report.optimalFro = optimum;
  report.optimalFroRelative = norm > 0 ? optimum / norm : 0;
  // Below rounding the quotient of two errors says nothing.
  const double epsilon = singlePrecision ? 0x1p-23 : 0x1p-52;
  const double rounding = 30 * static_cast<double>(std::max(X.rows(), X.cols())) * epsilon;
  if (*report.optimalFroRelative > rounding) report.excess = *report.froRelative / *report.optimalFroRelative - 1;
}

double optimumFor(const Spectrum& floor, const Approximation& approximation, Index dial) {
  const Index rank = rankBeside(approximation, dial);
  const ErrorCurves curves = errorCurves(floor.sigma);
  return curves.fro(std::clamp<Index>(rank, 0, curves.fro.size() - 1));
}

}  // namespace

Index rankBeside(const Approximation& approximation, Index dial) {
  if (approximation.lowRank()) return std::min(dial, approximation.maxDial);
  const double sides = static_cast<double>(approximation.rows + approximation.cols);
  return static_cast<Index>(std::floor(costOf(approximation, dial).parameters / sides));
}

Result<ErrorReport> measure(const AnyMatrix& X, const Approximation& approximation, Index dial, const Spectrum* floor,
                            const Context& context) {
  // The caller keeps the approximation; this pointer only passes it on.
  const std::vector<ApproximationPtr> parts = {ApproximationPtr(std::shared_ptr<void>(), &approximation)};
  auto report = measureWhole(X, parts, {dial}, context);
  if (report && floor && floor->complete)
    addOptimum(*report, X, optimumFor(*floor, approximation, dial), floor->singlePrecision);
  return report;
}

Result<ErrorReport> measureParts(const AnyMatrix& X, const std::vector<ApproximationPtr>& parts,
                                 const std::vector<Index>& dials, const std::vector<Spectrum>& floors,
                                 const Context& context) {
  expects(parts.size() == dials.size() && !parts.empty(), "measureParts: a dial for each part");
  auto report = measureWhole(X, parts, dials, context);
  if (!report || floors.size() != parts.size()) return report;
  Vector<double> optima(static_cast<Index>(parts.size()));
  for (std::size_t p = 0; p < parts.size(); ++p) {
    if (!floors[p].complete) return report;
    optima(static_cast<Index>(p)) = optimumFor(floors[p], *parts[p], dials[p]);
  }
  addOptimum(*report, X, optima.stableNorm(), floors.front().singlePrecision);
  return report;
}

}  // namespace rankscope
