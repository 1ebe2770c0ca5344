// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "core/methods/method.h"

/// Monarch matrices: shapes, column orders and the projection onto them (METHODS 4.1, 4.2). Source: Dao et al. 2022
/// (arXiv 2204.00595), section 3.
namespace rankscope {

/// Of an IJ × KS matrix: J K tiles of I × S entries.
struct MonarchShape {
  Index I = 0, J = 0, K = 0, S = 0;
  Index largestBlockRank() const { return std::min(I, S); }
  bool operator==(const MonarchShape&) const = default;
};

/// J the divisor of n nearest √n, K that of m nearest √m.
MonarchShape defaultMonarchShape(Index n, Index m);
/// The shape that the parameters `rows`, `cols` or `blocks` ask for. Errors (Usage) name the nearest divisors.
Result<MonarchShape> monarchShape(Index n, Index m, const ParamValues& params);

/// index[a] with (P_(p,q) x)[a] = x[index[a]]: x (pq) read as p × q by rows, transposed, and read by rows again.
std::vector<Index> stridePermutation(Index p, Index q);
/// columns[c] = the column of M in place c = kS + l: identity, stride (lK + k), bit-reversal (Error unless KS is a
/// power of two) or makhoul (even columns rising, then odd ones falling; taken in stride order).
Result<std::vector<Index>> monarchColumns(std::string_view order, const MonarchShape& shape);

struct MonarchProjection {
  Monarch form;
  BlockStructure blocks;
  Vector<double> errors;  ///< [d − 1]: ‖M − M̂‖_F at block rank d, from the singular values left out
};

enum class Slices { Exact, Fast };

/// The nearest Monarch matrix to M (n×m) in the Frobenius norm: the truncated SVD of each tile (j, k), whose entries
/// are M[iJ+j, columns[kS+l]]; unique where each tile has σ_ρ > σ_{ρ+1}. Nested in the block rank, 1 … min(I, S). Each
/// factor takes √σ. Cost J K (6 I S min(I,S) + 20 min³) flops on context.threads threads. Throws Cancelled.
/// Slices::Fast finds the terms of each tile one by one by linalg::LaneTerms, 56 I S flops each, and leaves a little
/// more than the nearest one does; errors are then of what was found, and the σ₂ of block rank 1 an estimate from
/// below. Complex matrices and fewer tiles than lanes are always exact. Error (Compute) when memory does not suffice
/// for the factors and a copy of them, as an Approximation has it.
template <class T>
Result<MonarchProjection> monarchProjection(const ConstRef<T>& M, const MonarchShape& shape,
                                            const std::vector<Index>& columns, Index blockRank, const Context& context,
                                            Slices slices = Slices::Exact);

Method monarchMethod();

}  // namespace rankscope
