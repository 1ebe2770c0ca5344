// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/context.h"
#include "core/linalg/any_matrix.h"

/// What interpolative decompositions, column subsets and CUR share: a basis that grows column by column.
namespace rankscope {

/// Columns of M in the order taken, M[:, J] = Q R₁₁ with Q orthonormal, and what they leave of every other column,
/// without M ever being copied: QᵀM grows by a row a column, and the norms of the residual E = M − QQᵀM are downdated,
/// and formed anew where digits would cancel (as in LAPACK's geqp3; Drmač & Bujanović 2008). T: float or double. The
/// entries of M should be of size 1 (see Unscaled); M must outlive it. Cost of a column 2nm + O(k(n + m)).
template <class T>
class ColumnBasis {
 public:
  /// For at most `most` columns at a time.
  ColumnBasis(const ConstRef<T>& M, Index most, const Context& context);

  /// Takes column j, not taken yet. A column within the span of those before it gets a zero column of Q.
  void take(Index j);
  /// Gives back the i-th of the columns taken; the others keep their order.
  void drop(Index i);

  Index size() const { return static_cast<Index>(m_columns.size()); }
  const std::vector<Index>& columns() const { return m_columns; }
  auto Q() const { return m_Q.leftCols(size()); }              ///< n×k
  auto transposed() const { return m_rows.leftCols(size()); }  ///< MᵀQ, m×k
  Matrix<T> triangle() const;                                  ///< R₁₁ = QᵀM[:, J], k×k, upper triangular
  const Vector<double>& squares() const { return m_squares; }  ///< ‖E[:, j]‖², exactly 0 for a column taken
  double error() const;                                        ///< ‖E‖_F, pivoted QR's ‖R₂₂‖_F

 private:
  void downdate(Index row);
  void formAnew(const std::vector<Index>& columns);

  ConstRef<T> m_M;
  Context m_context;
  std::vector<Index> m_columns;
  std::vector<char> m_taken;
  Matrix<T> m_Q, m_rows;
  Vector<double> m_squares, m_formed, m_noise;  // m_formed: the squares when they were last summed from entries
};

/// The matrix as a computation with squares wants it: over a power of two, which rounds nothing, when its entries are
/// far from 1; without a copy otherwise. M = 2^exponent · (*this).
template <class T>
class Unscaled {
 public:
  static Result<Unscaled> of(const AnyMatrix& X, const Context& context);

  ConstRef<T> scaled() const { return m_copy ? ConstRef<T>(*m_copy) : ConstRef<T>(*m_original); }
  ConstRef<T> original() const { return *m_original; }
  int exponent() const { return m_exponent; }

 private:
  explicit Unscaled(Dense<T> original) : m_original(std::move(original)) {}

  Dense<T> m_original;
  std::optional<Matrix<T>> m_copy;
  int m_exponent = 0;
};

/// A · 2^exponent, exact unless it leaves the range.
template <class T>
Matrix<T> timesPowerOfTwo(const ConstRef<T>& A, int exponent);

/// Pivoted QR stopped at r columns or at the numerical rank, |R_kk| ≤ longest·ε·|R_00| (Businger & Golub 1965). Pivots
/// that tie to rounding: the lowest index. `longest` is max(n,m) of the matrix that M stands for. Cost 2nmr + O((n +
/// m)r²). Throws Cancelled.
template <class T>
ColumnBasis<T> pivotedQr(const ConstRef<T>& M, Index r, Index longest, const Context& context);

/// Z (k×m) with M ≈ M[:, J] Z and Z[:, J] = I exactly: R₁₁⁻¹QᵀM, for independent columns. Cost k²m.
template <class T>
Matrix<T> interpolation(const ColumnBasis<T>& basis);

/// The first index whose value is the largest up to rounding in T (ties: the lowest); −1 when all are zero.
template <class T>
Index firstLargest(const Vector<double>& values);

/// M[:, J] and M[I, :].
template <class T>
Matrix<T> columnsOf(const ConstRef<T>& M, const std::vector<Index>& J);
template <class T>
Matrix<T> rowsOf(const ConstRef<T>& M, const std::vector<Index>& I);

/// A⁺ of a small A (k×k) and its rank, σ ≤ longest·ε·σ₁ counted as zero. k = 0 is allowed.
template <class T>
struct SmallInverse {
  Matrix<T> X;
  Index rank = 0;
  double norm = 0;  ///< ‖X‖₂
};
template <class T>
Result<SmallInverse<T>> smallInverse(const Matrix<T>& A, Index longest, const Context& context);

/// ‖M − LR‖_F, formed block by block. Cost 2nmk.
template <class T>
double distance(const ConstRef<T>& M, const Matrix<T>& L, const Matrix<T>& R, const Context& context);

/// Spectral norms are worth their time up to this smaller side.
constexpr Index kSpectralSide = 256;
/// The largest singular values of M and of M − LR: σ_{r+1} (0 beyond the last) and the error; nullopt when M is larger
/// than that on both sides or the SVD failed.
struct SpectralPair {
  double next = 0, error = 0;
};
template <class T>
std::optional<SpectralPair> spectralPair(const ConstRef<T>& M, const Matrix<T>& L, const Matrix<T>& R,
                                         const Context& context);

/// For a middle factor, which has the size of 1/M, that is no number any more.
Error beyondRange(const char* method);

template <class T>
constexpr double kUnitOf = std::is_same_v<T, float> ? 0x1p-23 : 0x1p-52;

}  // namespace rankscope
