// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/fingerprint.h"

#include <xxhash.h>

#include <array>
#include <charconv>
#include <cstdio>

namespace rankscope {

std::string Fingerprint::hex() const {
  std::array<char, 33> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%016llx%016llx", static_cast<unsigned long long>(high),
                static_cast<unsigned long long>(low));
  return {buffer.data(), 32};
}

Fingerprint Fingerprint::fromHex(std::string_view text) {
  Fingerprint out;
  if (text.size() != 32) return {};
  const char* middle = text.data() + 16;
  const auto a = std::from_chars(text.data(), middle, out.high, 16);
  const auto b = std::from_chars(middle, middle + 16, out.low, 16);
  if (a.ec != std::errc() || b.ec != std::errc() || a.ptr != middle || b.ptr != middle + 16) return {};
  return out;
}

Fingerprint fingerprintOf(std::span<const std::byte> bytes, std::uint64_t seed) {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(bytes.data(), bytes.size(), seed);
  return {hash.high64, hash.low64};
}

Fingerprint fingerprintOf(std::string_view text) {
  return fingerprintOf(std::as_bytes(std::span(text.data(), text.size())));
}

Fingerprint combine(const Fingerprint& a, const Fingerprint& b) {
  const std::array<std::uint64_t, 4> words = {a.high, a.low, b.high, b.low};
  return fingerprintOf(std::as_bytes(std::span(words)));
}

}  // namespace rankscope
