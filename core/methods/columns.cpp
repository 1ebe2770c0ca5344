// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/columns.h"

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "core/linalg/lapack.h"

namespace rankscope {

namespace {

// Entries a task of parallelFor should have at least.
constexpr Index kTaskEntries = Index{1} << 18;
constexpr Index kBlockColumns = 256;

// Squared norms that have fallen by this much since they were last summed have lost half of what may be lost.
template <class T>
constexpr double kStale = std::is_same_v<T, float> ? 0x1p-6 : 0x1p-13;

}  // namespace

template <class T>
ColumnBasis<T>::ColumnBasis(const ConstRef<T>& M, Index most, const Context& context)
    : m_M(M), m_context(context), m_taken(static_cast<std::size_t>(M.cols()), 0) {
  expects(most >= 0 && most <= std::min(M.rows(), M.cols()), "ColumnBasis: more columns than the smaller side");
  m_Q.resize(M.rows(), most);
  m_rows.resize(M.cols(), most);
  m_squares.resize(M.cols());
  for (Index j = 0; j < M.cols(); ++j) m_squares(j) = M.col(j).template cast<double>().squaredNorm();
  m_formed = m_squares;
  const double unit = static_cast<double>(std::max(M.rows(), M.cols())) * kUnitOf<T>;
  m_noise = m_squares * (unit * unit);
}

template <class T>
void ColumnBasis<T>::take(Index j) {
  const Index k = size(), m = m_M.cols();
  expects(k < m_Q.cols() && j >= 0 && j < m && !m_taken[static_cast<std::size_t>(j)],
          "ColumnBasis: a column that cannot be taken");
  m_context.checkpoint();
  const auto Q = m_Q.leftCols(k);
  Vector<T> v = m_M.col(j);
  v.noalias() -= Q * m_rows.row(j).head(k).transpose();
  // Twice more, so that what is left of a nearly dependent column is still orthogonal.
  for (int pass = 0; pass < 2; ++pass) {
    const Vector<T> within = Q.transpose() * v;
    v.noalias() -= Q * within;
  }
  const auto length = static_cast<double>(v.stableNorm());
  const double whole = std::sqrt(m_M.col(j).template cast<double>().squaredNorm());
  const bool vanished = length <= kUnitOf<T> * kUnitOf<T> * whole;
  if (vanished) {
    m_Q.col(k).setZero();
    m_rows.col(k).setZero();
  } else {
    m_Q.col(k) = v / static_cast<T>(length);
    const Index width = std::max<Index>(1, kTaskEntries / m_M.rows());
    parallelFor(m_context, (m + width - 1) / width, [&](Index task) {
      const Index first = task * width, count = std::min(width, m - first);
      m_rows.col(k).segment(first, count).noalias() = m_M.middleCols(first, count).transpose() * m_Q.col(k);
    });
    for (const Index before : m_columns) m_rows(before, k) = T(0);
    m_rows(j, k) = static_cast<T>(length);
  }
  m_columns.push_back(j);
  m_taken[static_cast<std::size_t>(j)] = 1;
  downdate(k);
}

template <class T>
void ColumnBasis<T>::downdate(Index row) {
  std::vector<Index> stale;
  for (Index j = 0; j < m_squares.size(); ++j) {
    if (m_taken[static_cast<std::size_t>(j)]) {
      m_squares(j) = 0;
      continue;
    }
    const auto entry = static_cast<double>(m_rows(j, row));
    m_squares(j) -= entry * entry;
    if (m_squares(j) < kStale<T> * m_formed(j) && m_formed(j) > m_noise(j)) stale.push_back(j);
    m_squares(j) = std::max(m_squares(j), 0.0);
  }
  formAnew(stale);
}

template <class T>
void ColumnBasis<T>::formAnew(const std::vector<Index>& columns) {
  const Index count = static_cast<Index>(columns.size()), k = size();
  for (Index first = 0; first < count; first += kBlockColumns) {
    m_context.checkpoint();
    const Index width = std::min(kBlockColumns, count - first);
    Matrix<T> E(m_M.rows(), width), R(width, k);
    for (Index c = 0; c < width; ++c) {
      const Index j = columns[static_cast<std::size_t>(first + c)];
      E.col(c) = m_M.col(j);
      R.row(c) = m_rows.row(j).head(k);
    }
    linalg::gemm<T>(linalg::Op::None, linalg::Op::Adjoint, T(-1), m_Q.leftCols(k), R, T(1), E);
    for (Index c = 0; c < width; ++c) {
      const Index j = columns[static_cast<std::size_t>(first + c)];
      m_squares(j) = m_formed(j) = E.col(c).template cast<double>().squaredNorm();
    }
  }
}

template <class T>
void ColumnBasis<T>::drop(Index i) {
  const Index k = size();
  expects(i >= 0 && i < k, "ColumnBasis: nothing to drop there");
  m_taken[static_cast<std::size_t>(m_columns[static_cast<std::size_t>(i)])] = 0;
  m_columns.erase(m_columns.begin() + i);
  // R₁₁ without a column has one entry below its diagonal in each column after it: rotated away.
  for (Index p = i; p + 1 < k; ++p) {
    const Index c = m_columns[static_cast<std::size_t>(p)];
    const T a = m_rows(c, p), b = m_rows(c, p + 1), length = std::hypot(a, b);
    if (length > 0) {
      const T cosine = a / length, sine = b / length;
      for (Matrix<T>* both : {&m_Q, &m_rows}) {
        const Vector<T> turned = cosine * both->col(p) + sine * both->col(p + 1);
        both->col(p + 1) = cosine * both->col(p + 1) - sine * both->col(p);
        both->col(p) = turned;
      }
    }
    m_rows(c, p) = length;
    m_rows(c, p + 1) = T(0);
  }
  for (Index j = 0; j < m_squares.size(); ++j) {
    if (m_taken[static_cast<std::size_t>(j)]) continue;
    const auto entry = static_cast<double>(m_rows(j, k - 1));
    m_squares(j) += entry * entry;
    m_formed(j) = std::max(m_formed(j), m_squares(j));
  }
}

template <class T>
Matrix<T> ColumnBasis<T>::triangle() const {
  const Index k = size();
  Matrix<T> R = Matrix<T>::Zero(k, k);
  for (Index c = 0; c < k; ++c) {
    R.col(c).head(c + 1) = m_rows.row(m_columns[static_cast<std::size_t>(c)]).head(c + 1).transpose();
  }
  return R;
}

template <class T>
double ColumnBasis<T>::error() const {
  return std::sqrt(m_squares.sum());
}

template <class T>
Matrix<T> timesPowerOfTwo(const ConstRef<T>& A, int exponent) {
  // In two halves: the factor itself may be beyond the range.
  const int half = exponent / 2;
  return (A * static_cast<T>(std::ldexp(1.0, half))) * static_cast<T>(std::ldexp(1.0, exponent - half));
}

template <class T>
Result<Unscaled<T>> Unscaled<T>::of(const AnyMatrix& X, const Context& context) {
  if constexpr (std::is_same_v<T, float>) {
    if (auto refused = refuseBeyondFloat(X)) return *refused;
  }
  auto values = X.entries<T>(context);
  if (!values) return values.error();
  Unscaled out(*values);
  const Summary& summary = X.summary();
  const double largest = std::max(std::abs(summary.min), std::abs(summary.max));
  constexpr int kNear = std::is_same_v<T, float> ? 16 : 128;
  const int exponent = largest > 0 ? std::ilogb(largest) : 0;
  if (std::abs(exponent) <= kNear) return out;
  const double bytes = static_cast<double>(X.rows()) * static_cast<double>(X.cols()) * sizeof(T);
  if (auto refused = context.refuseMemory("a scaled copy of the matrix", bytes)) return *refused;
  out.m_exponent = exponent;
  out.m_copy = timesPowerOfTwo<T>(*out.m_original, -exponent);
  return out;
}

template <class T>
Index firstLargest(const Vector<double>& values) {
  if (values.size() == 0) return -1;
  const double largest = values.maxCoeff();
  if (!(largest > 0)) return -1;
  // Equal in exact arithmetic means equal to some rounding here.
  const double least = largest * (1 - 1024 * kUnitOf<T>);
  Index j = 0;
  while (values(j) < least) ++j;
  return j;
}

template <class T>
ColumnBasis<T> pivotedQr(const ConstRef<T>& M, Index r, Index longest, const Context& context) {
  ColumnBasis<T> basis(M, r, context);
  double first = 0;
  while (basis.size() < r) {
    const Index j = firstLargest<T>(basis.squares());
    if (j < 0) break;
    const double pivot = std::sqrt(basis.squares()(j));
    if (basis.size() == 0) first = pivot;
    if (pivot <= static_cast<double>(longest) * kUnitOf<T> * first) break;
    basis.take(j);
  }
  return basis;
}

template <class T>
Matrix<T> interpolation(const ColumnBasis<T>& basis) {
  Matrix<T> Z = basis.transposed().transpose();
  if (basis.size() == 0) return Z;
  basis.triangle().template triangularView<Eigen::Upper>().solveInPlace(Z);
  for (Index i = 0; i < basis.size(); ++i)
    Z.col(basis.columns()[static_cast<std::size_t>(i)]) = Vector<T>::Unit(basis.size(), i);
  return Z;
}

template <class T>
Matrix<T> columnsOf(const ConstRef<T>& M, const std::vector<Index>& J) {
  Matrix<T> C(M.rows(), static_cast<Index>(J.size()));
  for (Index c = 0; c < C.cols(); ++c) C.col(c) = M.col(J[static_cast<std::size_t>(c)]);
  return C;
}

template <class T>
Matrix<T> rowsOf(const ConstRef<T>& M, const std::vector<Index>& I) {
  Matrix<T> R(static_cast<Index>(I.size()), M.cols());
  for (Index c = 0; c < R.cols(); ++c) {
    for (Index i = 0; i < R.rows(); ++i) R(i, c) = M(I[static_cast<std::size_t>(i)], c);
  }
  return R;
}

template <class T>
Result<SmallInverse<T>> smallInverse(const Matrix<T>& A, Index longest, const Context& context) {
  SmallInverse<T> out;
  out.X = Matrix<T>::Zero(A.cols(), A.rows());
  if (A.size() == 0) return out;
  const auto svd = linalg::exactSvd<T>(A, linalg::Job::Thin, context);
  if (!svd) return svd.error();
  const Vector<double> sigma = svd->s.template cast<double>();
  const double cut = static_cast<double>(longest) * kUnitOf<T> * sigma(0);
  while (out.rank < sigma.size() && sigma(out.rank) > cut) ++out.rank;
  const Index k = out.rank;
  if (k == 0) return out;
  out.norm = 1 / sigma(k - 1);
  const Matrix<T> V = svd->Vt.topRows(k).transpose() * svd->s.head(k).cwiseInverse().asDiagonal();
  out.X = linalg::multiply<T>(V, svd->U.leftCols(k), linalg::Op::None, linalg::Op::Adjoint);
  return out;
}

template <class T>
double distance(const ConstRef<T>& M, const Matrix<T>& L, const Matrix<T>& R, const Context& context) {
  Vector<double> squares = Vector<double>::Zero((M.cols() + kBlockColumns - 1) / kBlockColumns);
  for (Index b = 0; b < squares.size(); ++b) {
    context.checkpoint();
    const Index first = b * kBlockColumns, count = std::min(kBlockColumns, M.cols() - first);
    Matrix<T> E = M.middleCols(first, count);
    linalg::gemm<T>(linalg::Op::None, linalg::Op::None, T(-1), L, R.middleCols(first, count), T(1), E);
    squares(b) = E.template cast<double>().squaredNorm();
  }
  return std::sqrt(squares.sum());
}

template <class T>
std::optional<SpectralPair> spectralPair(const ConstRef<T>& M, const Matrix<T>& L, const Matrix<T>& R,
                                         const Context& context) {
  if (std::min(M.rows(), M.cols()) > kSpectralSide) return std::nullopt;
  const auto whole = linalg::exactSvd<T>(M, linalg::Job::Values, context);
  Matrix<T> E = M;
  linalg::gemm<T>(linalg::Op::None, linalg::Op::None, T(-1), L, R, T(1), E);
  const auto left = linalg::exactSvd<T>(E, linalg::Job::Values, context);
  if (!whole || !left) return std::nullopt;
  const Index r = L.cols();
  return SpectralPair{r < whole->s.size() ? static_cast<double>(whole->s(r)) : 0.0, static_cast<double>(left->s(0))};
}

Error beyondRange(const char* method) {
  return computeError(method, "the middle factor is beyond the range of numbers",
                      "multiply the matrix by a power of ten first");
}

#define RANKSCOPE_INSTANTIATE(T)                                                                               \
  template class ColumnBasis<T>;                                                                               \
  template class Unscaled<T>;                                                                                  \
  template Matrix<T> timesPowerOfTwo<T>(const ConstRef<T>&, int);                                              \
  template Index firstLargest<T>(const Vector<double>&);                                                       \
  template ColumnBasis<T> pivotedQr<T>(const ConstRef<T>&, Index, Index, const Context&);                      \
  template Matrix<T> interpolation<T>(const ColumnBasis<T>&);                                                  \
  template Matrix<T> columnsOf<T>(const ConstRef<T>&, const std::vector<Index>&);                              \
  template Matrix<T> rowsOf<T>(const ConstRef<T>&, const std::vector<Index>&);                                 \
  template Result<SmallInverse<T>> smallInverse<T>(const Matrix<T>&, Index, const Context&);                   \
  template double distance<T>(const ConstRef<T>&, const Matrix<T>&, const Matrix<T>&, const Context&);         \
  template std::optional<SpectralPair> spectralPair<T>(const ConstRef<T>&, const Matrix<T>&, const Matrix<T>&, \
                                                       const Context&);
RANKSCOPE_INSTANTIATE(float)
RANKSCOPE_INSTANTIATE(double)
#undef RANKSCOPE_INSTANTIATE

}  // namespace rankscope
