// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>

#include "core/linalg/lapack.h"
#include "core/methods/method.h"

namespace rankscope {

/// Rows of the random matrices of a single-pass sketch.
struct StreamSizes {
  Index range = 1;    ///< k, of Υ and Ω: 1 … min(n, m)
  Index corange = 1;  ///< s, of Φ and Ψ: from k
  Index checks = 0;   ///< q, of Θ, by which the error is estimated; 0: it is not
};

/// The random matrices themselves. Each call gives columns first … first + count, the same ones whenever it is asked.
template <class T>
struct StreamDraws {
  using Columns = std::function<Matrix<T>(Index first, Index count)>;
  Columns upsilon, omega;  ///< k×n, k×m
  Columns phi, psi;        ///< s×n, s×m
  Columns theta;           ///< q×n; unused for q = 0
};

template <class T>
struct Streamed {
  linalg::Svd<T> svd;   ///< n×r, r, r×m
  double estimate = 0;  ///< of ‖M − M̂‖_F, from Θ; its square is unbiased
};

/// All that is remembered of a matrix seen once, in tiles of any shape and order (METHODS 2.8): X = ΥM, Y = MΩᵀ, ΦM, of
/// which Z = (ΦM)Ψᵀ is made at the end, and ΘM. Sums over tiles: another partition changes rounding only.
/// Cost 2nm(2k + s + q) flops for the pass, O((n + m)s k + m s²) after it; bytes() of memory. Source: Tropp, Yurtsever,
/// Udell & Cevher 2019, Alg. 4.1–4.4 and 5.1, bound Thm 5.1, error estimate 6.
template <class T>
class StreamSketch {
 public:
  /// M is divided by 2^exponent on the way in, so that its norm is near 1. `spare`: bytes that random columns may take
  /// so as not to be drawn again when the same rows come back.
  StreamSketch(Index rows, Index cols, StreamSizes sizes, StreamDraws<T> draws, int exponent, double spare);

  /// Adds M[row …, col …] = block. The tiles must cover M, each entry once.
  void add(Index row, Index col, const ConstRef<T>& block);
  /// The best rank-r approximation of Q C Pᵀ, r ≤ k. Uses the sketch up. Errors of the small SVD; throws Cancelled.
  Result<Streamed<T>> finish(Index rank, const Context& context);
  /// What a sketch and its answer take, without the spare.
  static double bytes(Index rows, Index cols, StreamSizes sizes, Index rank);

 private:
  const Matrix<T>& rowDraws(Index row, Index count, bool again);

  Index m_rows, m_cols;
  StreamSizes m_sizes;
  StreamDraws<T> m_draws;
  T m_before, m_after;  // half of 2^-exponent each, so that neither leaves the range of T
  double m_spare;
  Matrix<T> m_omega;                  // k×m
  Matrix<T> m_left;                   // [ΥM; ΦM; ΘM]: (k + s + q)×m
  Matrix<T> m_right;                  // MΩᵀ: n×k
  std::map<Index, Matrix<T>> m_kept;  // [Υ; Φ; Θ] of the rows from a key on that will come back
  Index m_lastRow = -1;
  Matrix<T> m_last;  // … of rows that will not, or that do not fit
};

Method streamMethod();

}  // namespace rankscope
