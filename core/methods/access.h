// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/method.h"

namespace rankscope {

/// An Error (Compute) when all entries of X are not to be had: X stays in its file, or a sparse X laid out would pass
/// context.memory. `who` needs them; the hint names the methods of its kind that do without. Asked before anything is
/// allocated.
std::optional<Error> refuseEntries(const AnyMatrix& X, const Text& who, const Context& context,
                                   Kind kind = Kind::Matrix);

}  // namespace rankscope
