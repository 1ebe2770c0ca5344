// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/approximation.h"

/// What a Monarch matrix does, whatever made it (METHODS 4.1, 4.3). `blockRank` counts the leading terms of each tile.
namespace rankscope {

/// out (tile.rows × tile.cols) = that part of the matrix. Cost 2·rows·cols·blockRank flops.
template <class T>
void monarchTile(const Monarch& monarch, Index blockRank, const Tile& tile, Matrix<T>& out);
/// M x (n×N) and Mᴴ y (m×N). Cost 2 N J K blockRank (I + S) flops.
template <class T>
Matrix<T> monarchTimes(const Monarch& monarch, Index blockRank, const ConstRef<T>& x);
template <class T>
Matrix<T> monarchAdjointTimes(const Monarch& monarch, Index blockRank, const ConstRef<T>& y);
/// L (J,I,K,ρ), R (K,J,ρ,S) and columns (m), as published.
std::vector<Factor> monarchFactors(const Monarch& monarch, Index blockRank);

}  // namespace rankscope
