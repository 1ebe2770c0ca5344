// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace rankscope {

/// 128 bits that stand for content (XXH3). Equal content, equal fingerprint; not for security.
struct Fingerprint {
  std::uint64_t high = 0, low = 0;
  auto operator<=>(const Fingerprint&) const = default;
  std::string hex() const;
  static Fingerprint fromHex(std::string_view text);  ///< zeros when it is not one
};

Fingerprint fingerprintOf(std::span<const std::byte> bytes, std::uint64_t seed = 0);
Fingerprint fingerprintOf(std::string_view text);
/// Order matters.
Fingerprint combine(const Fingerprint& a, const Fingerprint& b);

}  // namespace rankscope
