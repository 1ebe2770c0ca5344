// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/result.h"

namespace rankscope {

/// The bytes of a text file as UTF-8 without byte order mark. UTF-16 is known by its mark or by the zero bytes of its
/// ASCII characters; anything else is left as it is (numbers are ASCII in every other encoding). Error (Input) for
/// binary content and for UTF-16 cut inside a character.
Result<std::string> decodeText(std::string bytes, const std::string& source);

/// A name from a file as valid UTF-8 of at most `most` bytes and "…": text that is not UTF-8 is read as Latin-1.
std::string shownName(std::string_view bytes, std::size_t most = 40);

}  // namespace rankscope
