// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/columns.h"
#include "core/methods/method.h"

namespace rankscope {

/// r columns one after the other, each the one whose direction takes most off the squared residual, the exact optimum
/// of one step: the largest ‖Eᵀeⱼ‖²/‖eⱼ‖² (Farahat, Ghodsi & Kamel 2011). Columns of the size of rounding are passed
/// over. Cost 2nm² for EᵀE, 4nm + 4m² a column and 2nm for each column of it that is formed anew. Throws Cancelled.
template <class T>
std::vector<Index> greedyColumns(const ConstRef<T>& M, Index r, const Context& context);

/// r columns one after the other, drawn in proportion to ‖eⱼ‖² (Deshpande, Rademacher, Vempala & Wang 2006). Cost 2nmr.
template <class T>
std::vector<Index> adaptiveColumns(const ConstRef<T>& M, Index r, Random draw, const Context& context);

/// What columns J can say about M.
template <class T>
struct ColumnFit {
  Matrix<T> Q;     ///< n×k, M[:, J] = Q R
  Matrix<T> R;     ///< k×k, upper triangular
  Matrix<T> S;     ///< QᵀM, k×m
  Matrix<T> Z;     ///< M[:, J]⁺M, k×m; Z[:, J] = I exactly where the columns are independent
  Index rank = 0;  ///< of M[:, J], by tolerance
};
/// Cost 2nmk. Throws Cancelled.
template <class T>
Result<ColumnFit<T>> fitColumns(const ConstRef<T>& M, const std::vector<Index>& J, const Context& context);

/// `draws` as they are when they are independent, else no more of them than the rank of M.
template <class T>
Result<std::vector<Index>> withinRank(const ConstRef<T>& M, std::vector<Index> draws, const Context& context);

Method cssMethod();

}  // namespace rankscope
