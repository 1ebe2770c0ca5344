// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/random.h"
#include "core/base/types.h"

/// How columns (or rows) are chosen from singular vectors or by chance. Indices are 0-based and distinct.
namespace rankscope {

/// lⱼ = ‖V[j, :]‖² of an orthonormal V (m×r), what each column counts in the leading r directions; they sum to r. What
/// is rounding alone is 0. Cost mr.
template <class T>
Vector<double> leverageScores(const ConstRef<T>& V);

/// The index at which the cumulative sum of the weights passes u·sum, u in [0, 1): drawn in proportion to its weight;
/// a weight of 0 never is. −1 when all weights are 0.
Index weightedIndex(const Vector<double>& weights, double u);
/// Up to `count` indices one after the other, each in proportion to its weight among those left.
std::vector<Index> weightedDraws(Vector<double> weights, Index count, Random draw);
/// `count` of 0 … size − 1, each set equally likely: a partial Fisher–Yates shuffle.
std::vector<Index> uniformDraws(Index size, Index count, Random draw);

/// A set of r columns with probability in proportion to det(CᵀC), exactly: a k-DPP with kernel MᵀM (Kulesza & Taskar
/// 2011), from sigma (the positive singular values, at least r) and V (m×their number). Cost kr for the table and 2mr².
template <class T>
std::vector<Index> volumeDraw(const ConstRef<T>& V, const Vector<double>& sigma, Index r, Random draw);
/// The mean of the squared projection error of such a set, (r + 1) e_{r+1}(σ²)/e_r(σ²) (Guruswami & Sinop 2012), and
/// the probability of each column to be in it. sigma, V as above. Cost kr, and kr + mk for the probabilities.
double volumeExpectation(const Vector<double>& sigma, Index r);
template <class T>
Vector<double> volumeInclusion(const ConstRef<T>& V, const Vector<double>& sigma, Index r);

/// Discrete empirical interpolation (Sorensen & Embree 2016): a row of an orthonormal U (n×r) for each column, where
/// the residual of interpolating that column in the rows so far is largest. The pivots of an LU of U with row
/// exchanges. Of rows that tie to rounding the lowest. Cost nr².
template <class T>
std::vector<Index> deim(const ConstRef<T>& U);

}  // namespace rankscope
