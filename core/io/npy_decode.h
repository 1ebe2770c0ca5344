// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/npy.h"

/// From an array's bytes to numbers, without regard to their order.
namespace rankscope::npy {

/// Whether float holds every number of the type exactly.
bool isNarrow(const Header& header);
/// Whether the type has integers that no double is.
bool mayRound(const Header& header);
/// How many of `count` 64-bit integers a double cannot hold.
Index countRounded(const Header& header, const std::byte* bytes, Index count);
Text noticeOfRounded(Index count);

/// `entries` numbers of the header's type and byte order to D (float or double); a complex entry becomes two of them.
template <class D>
void decode(const Header& header, const std::byte* bytes, Index entries, D* out);

}  // namespace rankscope::npy
