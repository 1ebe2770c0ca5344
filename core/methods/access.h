// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/method.h"

namespace rankscope {

/// An Error (Compute) when all entries of X are not to be had: X stays in its file, or a sparse X laid out would pass
/// context.memory. `who` needs them; the hint names the methods of its kind that do without. Asked before anything is
/// allocated.
std::optional<Error> refuseEntries(const AnyMatrix& X, const Text& who, const Context& context,
                                   Kind kind = Kind::Matrix);
/// What a computation asks of its input before it begins: refuseEntries() where `access` is all of them, then
/// refuseUnusable() under `name`. In this order: the second passes over a file that may be enormous.
std::optional<Error> refuseInput(const AnyMatrix& X, const std::string& name, Access access, const Text& who,
                                 const Context& context, Kind kind = Kind::Matrix);

}  // namespace rankscope
