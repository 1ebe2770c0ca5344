// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/columns.h"
#include "core/methods/method.h"

namespace rankscope {

/// M ≈ C U R with C = M[:, J], R = M[I, :].
template <class T>
struct Cur {
  Matrix<T> U;     ///< |J|×|I|
  Matrix<T> left;  ///< C U, formed without forming U first where that keeps digits
  Index rank = 0;  ///< of U, by tolerance
};

enum class Middle {
  Optimal,  ///< U = C⁺MR⁺, the best there is: M̂ = P_C M P_R
  Cross,    ///< U = M[I, J]⁺: reads no more of M than C and R, and no bound holds when the crossing is near singular
};

/// The middle factor for chosen columns and rows (as many of each). M of size 1 (see Unscaled). Cost 2nmk.
template <class T>
Result<Cur<T>> curOf(const ConstRef<T>& M, const std::vector<Index>& I, const std::vector<Index>& J, Middle middle,
                     const Context& context);

Method curMethod();

}  // namespace rankscope
