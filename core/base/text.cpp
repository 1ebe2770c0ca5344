// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace rankscope {

std::string Text::fill(const std::string& translated) const {
  std::string out;
  out.reserve(translated.size() + 32);
  for (std::size_t i = 0; i < translated.size(); ++i) {
    if (translated[i] == '{' && i + 2 < translated.size() && translated[i + 2] == '}' && translated[i + 1] >= '1' &&
        translated[i + 1] <= '9') {
      const auto place = static_cast<std::size_t>(translated[i + 1] - '1');
      if (place < args.size()) {
        out += args[place];
        i += 2;
        continue;
      }
    }
    out += translated[i];
  }
  return out;
}

std::string show(long long value) { return std::to_string(value); }
std::string show(unsigned long value) { return std::to_string(value); }

std::string show(double value, int digits) {
  std::array<char, 64> buffer{};
  const int length = std::snprintf(buffer.data(), buffer.size(), "%.*g", digits, value);
  return {buffer.data(), static_cast<std::size_t>(length)};
}

std::string exact(double value) {
  std::array<char, 64> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), result.ptr};
}

std::string showBytes(double bytes) {
  static constexpr std::array kUnits = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
  std::size_t unit = 0;
  while (bytes >= 1024 && unit + 1 < kUnits.size()) {
    bytes /= 1024;
    ++unit;
  }
  return show(bytes, bytes < 100 ? 3 : 4) + " " + kUnits[unit];
}

}  // namespace rankscope
