// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/context.h"
#include "core/methods/diagnostics.h"

namespace rankscope {

/// `parameters`: numbers kept, scalings absorbed. `applyFlops`: for M̂x. `flops`: to compute. `bytes`: working memory.
struct Cost {
  double parameters = 0, applyFlops = 0, flops = 0, bytes = 0;
};

/// A factor as published. 1-D stands for a diagonal; the product of the factors in order is the approximation.
struct Factor {
  std::string name;
  std::vector<Index> shape;
  Values values;  ///< n×m as stored; 1-D as one column; of more dimensions: all numbers in C order, as one column
};

/// The list of these factors, each moved into it where it may be: out of braces they would all be copied.
template <class... F>
std::vector<Factor> factorList(F&&... factors) {
  std::vector<Factor> out;
  out.reserve(sizeof...(F));
  (out.push_back(std::forward<F>(factors)), ...);
  return out;
}

/// M̂_d = left[:, :d] diag(weights[:d]) right[:d, :].
struct LowRank {
  Values left;
  Vector<double> weights;
  Values right;
};

/// METHODS 4.1: M[iJ+j, columns[kS+l]] = Σ_{t<ρ} L[j,i,k,t] R[k,j,t,l], for n = IJ rows and m = KS columns.
struct Monarch {
  Index I = 0, J = 0, K = 0, S = 0, blockRank = 0;
  Values L;  ///< I × (J K ρ): entry (i, (jK + k)ρ + t), so that the blocks of one j are side by side
  Values R;  ///< (J ρ) × (K S): entry (jρ + t, kS + l), so that the blocks of one k are side by side
  std::vector<Index> columns;  ///< columns[c] = the column of M in place c
};

enum class SolveStatus { Converged, NotConverged, RankDeficient, Clamped };
std::string name(SolveStatus status);  ///< "converged", …

/// What a method made: immutable, in the input's own row and column order.
struct Approximation {
  std::variant<LowRank, Monarch> form;  ///< what it is computed with
  std::vector<Factor> factors;          ///< what it is known by: U, s, Vt · C, U, R · L, R · …
  Index rows = 0, cols = 0, dial = 0, maxDial = 0;
  bool nested = false;  ///< cutting to d ≤ maxDial gives what computing with d gives (svd, monarch; not rsvd)
  SolveStatus status = SolveStatus::Converged;
  std::vector<Diagnostic> diagnostics;
  std::vector<Text> notices;
  std::optional<double> errorEstimate;  ///< of ‖M − M̂‖_F / ‖M‖_F, known without a pass over M
  double seconds = 0;                   ///< wall time of the factorisation alone
  double aside = 0;       ///< of run(): wall time of diagnostics, not counted there (core/methods/aside.h)
  double parameters = 0;  ///< numbers kept at maxDial (METHODS 0.8); where nested, in proportion below

  /// Its two factors and their weights, or nothing for a Monarch matrix.
  const LowRank* lowRank() const { return std::get_if<LowRank>(&form); }
  const Monarch* monarch() const { return std::get_if<Monarch>(&form); }
};
using ApproximationPtr = std::shared_ptr<const Approximation>;

/// The first diagnostic of type D, or nothing.
template <class D>
const D* find(const Approximation& approximation) {
  for (const Diagnostic& diagnostic : approximation.diagnostics) {
    if (const D* found = std::get_if<D>(&diagnostic)) return found;
  }
  return nullptr;
}

/// Which rank-one layers count: the first `dial`, less the muted ones (0-based).
struct Terms {
  Index dial = 0;
  std::vector<Index> muted;
  bool operator==(const Terms&) const = default;
};

struct Tile {
  Index row = 0, col = 0, rows = 0, cols = 0;
  bool operator==(const Tile&) const = default;
};

/// out (tile.rows × tile.cols) = that part of M̂ with these terms, computed in T (float for drawing, double for
/// measuring). Cost 2·rows·cols·dial flops. Muted terms are of a LowRank.
template <class T>
void reconstruct(const Approximation&, const Terms&, const Tile&, Matrix<T>& out);
/// M̂ x and M̂ᴴ y for the leading `dial` terms.
template <class T>
Matrix<T> apply(const Approximation&, Index dial, const ConstRef<T>& x);
template <class T>
Matrix<T> applyAdjoint(const Approximation&, Index dial, const ConstRef<T>& y);
Cost costOf(const Approximation&, Index dial);
/// The factors cut to the leading `dial` terms (nested approximations), for export.
std::vector<Factor> factorsAt(const Approximation&, Index dial);
/// What a file holds: factorsAt, the indices chosen (0-based) as `columns` and `rows` where there are some, and of
/// drawn pairs the `probabilities` and `weights` of all of them.
std::vector<Factor> storedAt(const Approximation&, Index dial);

}  // namespace rankscope
