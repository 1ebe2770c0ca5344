// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/context.h"

namespace rankscope::media {

/// Samples of a portable any-map as they stand in the file, row by row, channels together.
struct AnyMap {
  Index rows = 0, cols = 0, channels = 1;  ///< 1 grey, 3 red green blue
  std::vector<std::uint16_t> codes;        ///< P1 to P6: 0 … maximum, dark to bright (bitmaps too)
  std::vector<float> reals;                ///< Pf, PF: as they are; codes is empty then
  double maximum = 255;
};

/// True when the bytes begin as P1 to P6, Pf or PF with a width.
bool beginsAsAnyMap(std::span<const std::byte> head);

/// Reads all eight kinds; Qt's own reader cuts 16 bits to 8 and knows no floats. Sizes are checked against the bytes
/// there are and context.memory before memory is taken. Errors (Input): damaged header, data cut short, samples beyond
/// the maximum. Source: netpbm's format pages; PFM: rows from the bottom up, a negative scale means little-endian.
Result<AnyMap> readAnyMap(std::span<const std::byte> bytes, const std::string& source, const Context& context);

}  // namespace rankscope::media
