// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/column_draws.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/result.h"
#include "core/methods/columns.h"

namespace rankscope {

namespace {

constexpr double kLogZero = -std::numeric_limits<double>::infinity();

double logSum(double a, double b) {
  if (a < b) std::swap(a, b);
  return b == kLogZero ? a : a + std::log1p(std::exp(b - a));
}

// Logarithms of the elementary symmetric polynomials e_{l,j} of the first j of the numbers exp(logs): (r+1)×(k+1). They
// leave the range of double for a few hundred numbers; their logarithms do not.
Matrix<double> logPolynomials(const Vector<double>& logs, Index r) {
  const Index k = logs.size();
  Matrix<double> e = Matrix<double>::Constant(r + 1, k + 1, kLogZero);
  e.row(0).setZero();
  for (Index j = 1; j <= k; ++j) {
    for (Index l = 1; l <= std::min(r, j); ++l) e(l, j) = logSum(e(l, j - 1), logs(j - 1) + e(l - 1, j - 1));
  }
  return e;
}

Vector<double> logSquares(const Vector<double>& sigma) {
  return sigma.unaryExpr([&](double s) { return 2 * std::log(s / sigma(0)); });
}

}  // namespace

template <class T>
Vector<double> leverageScores(const ConstRef<T>& V) {
  Vector<double> scores = Vector<double>::Zero(V.rows());
  for (Index c = 0; c < V.cols(); ++c) scores += V.col(c).template cast<double>().cwiseAbs2();
  // A column of zeros has rounding in its place.
  const double rounding = static_cast<double>(std::max(V.rows(), V.cols())) * kUnitOf<T>;
  return scores.unaryExpr([&](double x) { return x <= rounding * rounding ? 0.0 : x; });
}

Index weightedIndex(const Vector<double>& weights, double u) {
  const double target = u * weights.sum();
  double sum = 0;
  Index last = -1;
  for (Index j = 0; j < weights.size(); ++j) {
    if (!(weights(j) > 0)) continue;
    sum += weights(j);
    last = j;
    if (sum > target) break;
  }
  return last;
}

std::vector<Index> weightedDraws(Vector<double> weights, Index count, Random draw) {
  std::vector<Index> out;
  while (static_cast<Index>(out.size()) < count) {
    const Index j = weightedIndex(weights, draw.uniform());
    if (j < 0) break;
    out.push_back(j);
    weights(j) = 0;
  }
  return out;
}

std::vector<Index> uniformDraws(Index size, Index count, Random draw) {
  expects(count >= 0 && count <= size, "uniformDraws: more draws than indices");
  std::vector<Index> all(static_cast<std::size_t>(size));
  std::iota(all.begin(), all.end(), Index{0});
  for (Index i = 0; i < count; ++i) {
    const auto other = static_cast<std::size_t>(i) + draw.below(static_cast<std::uint64_t>(size - i));
    std::swap(all[static_cast<std::size_t>(i)], all[other]);
  }
  all.resize(static_cast<std::size_t>(count));
  return all;
}

template <class T>
std::vector<Index> volumeDraw(const ConstRef<T>& V, const Vector<double>& sigma, Index r, Random draw) {
  const Index k = sigma.size(), m = V.rows();
  expects(V.cols() == k && r >= 0 && r <= k && (k == 0 || sigma(k - 1) > 0), "volumeDraw: shapes do not agree");
  if (r == 0) return {};
  // First which directions: triplet j (from the last) with probability σⱼ² e_{l−1,j−1} / e_{l,j}.
  const Vector<double> logs = logSquares(sigma);
  const Matrix<double> e = logPolynomials(logs, r);
  Matrix<double> B(m, r);
  for (Index j = k, l = r; l > 0; --j) {
    const double p = j == l ? 1 : std::exp(logs(j - 1) + e(l - 1, j - 1) - e(l, j));
    if (draw.uniform() < p) B.col(--l) = V.col(j - 1).template cast<double>();
  }
  // Then the columns, from the projector on these directions: each draw leaves the part that is zero there, by a
  // reflection that gathers row i in the last column.
  std::vector<Index> out;
  for (Index c = r; c > 0; --c) {
    auto rest = B.leftCols(c);
    Vector<double> weights = rest.rowwise().squaredNorm();
    for (const Index i : out) weights(i) = 0;
    const Index i = weightedIndex(weights, draw.uniform());
    expects(i >= 0, "volumeDraw: V is not orthonormal");
    out.push_back(i);
    Vector<double> w = rest.row(i).transpose();
    w(c - 1) += std::copysign(w.norm(), w(c - 1));
    const Vector<double> along = rest * (w * (2 / w.squaredNorm()));
    rest.noalias() -= along * w.transpose();
  }
  return out;
}

double volumeExpectation(const Vector<double>& sigma, Index r) {
  expects(r >= 0 && r <= sigma.size(), "volumeExpectation: r is beyond the rank");
  if (r == sigma.size()) return 0;
  const Matrix<double> e = logPolynomials(logSquares(sigma), r + 1);
  return static_cast<double>(r + 1) * std::exp(e(r + 1, sigma.size()) - e(r, sigma.size())) * sigma(0) * sigma(0);
}

template <class T>
Vector<double> volumeInclusion(const ConstRef<T>& V, const Vector<double>& sigma, Index r) {
  const Index k = sigma.size();
  expects(V.cols() == k && r >= 0 && r <= k, "volumeInclusion: shapes do not agree");
  Vector<double> share = Vector<double>::Zero(k);  // of each triplet to be among the r
  if (r > 0) {
    const Vector<double> logs = logSquares(sigma);
    const Matrix<double> before = logPolynomials(logs, r), after = logPolynomials(logs.reverse(), r);
    // e_{r−1} of all but one: of those before and of those after it, so that nothing is subtracted.
    for (Index j = 0; j < k; ++j) {
      double rest = kLogZero;
      for (Index l = 0; l < r; ++l) rest = logSum(rest, before(l, j) + after(r - 1 - l, k - 1 - j));
      share(j) = std::min(1.0, std::exp(logs(j) + rest - before(r, k)));
    }
  }
  Vector<double> out = Vector<double>::Zero(V.rows());
  for (Index j = 0; j < k; ++j) out += share(j) * V.col(j).template cast<double>().cwiseAbs2();
  return out;
}

template <class T>
std::vector<Index> deim(const ConstRef<T>& U) {
  expects(U.cols() <= U.rows(), "deim: more columns than rows");
  Matrix<T> W = U;
  std::vector<Index> out;
  for (Index j = 0; j < W.cols(); ++j) {
    // In the rows chosen before the residual is zero.
    for (const Index p : out) W(p, j) = T(0);
    const Index p = firstLargest<T>(W.col(j).template cast<double>().cwiseAbs());
    expects(p >= 0, "deim: dependent columns");
    out.push_back(p);
    const Index rest = W.cols() - j - 1;
    const Eigen::Matrix<T, 1, Eigen::Dynamic> factors = W.row(p).tail(rest) / W(p, j);
    W.rightCols(rest).noalias() -= W.col(j) * factors;
  }
  return out;
}

#define RANKSCOPE_INSTANTIATE(T)                                                                       \
  template Vector<double> leverageScores<T>(const ConstRef<T>&);                                       \
  template std::vector<Index> volumeDraw<T>(const ConstRef<T>&, const Vector<double>&, Index, Random); \
  template Vector<double> volumeInclusion<T>(const ConstRef<T>&, const Vector<double>&, Index);        \
  template std::vector<Index> deim<T>(const ConstRef<T>&);
RANKSCOPE_INSTANTIATE(float)
RANKSCOPE_INSTANTIATE(double)
#undef RANKSCOPE_INSTANTIATE

}  // namespace rankscope
