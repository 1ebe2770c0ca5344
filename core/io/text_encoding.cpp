// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/text_encoding.h"

#include <algorithm>
#include <cstdint>

namespace rankscope {

namespace {

void appendUtf8(std::string& out, std::uint32_t c) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xc0 | c >> 6);
    put(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    put(0xe0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3f));
    put(0x80 | (c & 0x3f));
  } else {
    put(0xf0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3f));
    put(0x80 | (c >> 6 & 0x3f));
    put(0x80 | (c & 0x3f));
  }
}

std::string fromUtf16(std::string_view bytes, bool bigEndian) {
  constexpr std::uint32_t kReplacement = 0xfffd;
  const auto unit = [&](std::size_t i) {
    const auto first = static_cast<unsigned char>(bytes[i]), second = static_cast<unsigned char>(bytes[i + 1]);
    return static_cast<std::uint32_t>(bigEndian ? first << 8 | second : second << 8 | first);
  };
  std::string out;
  out.reserve(bytes.size() / 2 + bytes.size() / 16);
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    std::uint32_t c = unit(i);
    if (c >= 0xd800 && c < 0xe000) {
      const bool pair = c < 0xdc00 && i + 3 < bytes.size() && unit(i + 2) >= 0xdc00 && unit(i + 2) < 0xe000;
      if (pair) {
        c = 0x10000 + ((c - 0xd800) << 10) + (unit(i + 2) - 0xdc00);
        i += 2;
      } else {
        c = kReplacement;
      }
    }
    appendUtf8(out, c);
  }
  return out;
}

// Length of the UTF-8 sequence that begins here, 0 when it is not one.
std::size_t sequenceLength(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead < 0x80                   ? 1
                             : lead >= 0xc2 && lead < 0xe0 ? 2
                             : lead >= 0xe0 && lead < 0xf0 ? 3
                             : lead >= 0xf0 && lead < 0xf5 ? 4
                                                           : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) return 0;
  }
  const auto second = length > 1 ? static_cast<unsigned char>(text[1]) : 0;
  const bool overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
  const bool surrogate = lead == 0xed && second >= 0xa0;
  const bool beyond = lead == 0xf4 && second >= 0x90;
  return overlong || surrogate || beyond ? 0 : length;
}

}  // namespace

Result<std::string> decodeText(std::string bytes, const std::string& source) {
  enum class Encoding { Bytes, Little, Big };
  Encoding encoding = Encoding::Bytes;
  std::size_t skip = 0;
  if (bytes.starts_with("\xef\xbb\xbf")) {
    skip = 3;
  } else if (bytes.starts_with("\xff\xfe")) {
    encoding = Encoding::Little;
    skip = 2;
  } else if (bytes.starts_with("\xfe\xff")) {
    encoding = Encoding::Big;
    skip = 2;
  } else {
    // Digits and separators of UTF-16 have their zero bytes all at odd (little) or all at even (big) places.
    std::size_t zeros[2] = {0, 0};
    const std::size_t looked = std::min<std::size_t>(bytes.size(), 4096);
    for (std::size_t i = 0; i < looked; ++i) zeros[i % 2] += bytes[i] == '\0';
    if (zeros[1] > looked / 4 && zeros[0] == 0) encoding = Encoding::Little;
    if (zeros[0] > looked / 4 && zeros[1] == 0) encoding = Encoding::Big;
  }
  if (encoding != Encoding::Bytes) {
    if (bytes.size() % 2 != 0) return inputError(source, "its UTF-16 text ends inside a character");
    bytes = fromUtf16(std::string_view(bytes).substr(skip), encoding == Encoding::Big);
  } else if (skip > 0) {
    bytes.erase(0, skip);
  }
  if (bytes.find('\0') != std::string::npos) return inputError(source, "it holds binary data, not a table of text");
  return bytes;
}

std::string shownName(std::string_view bytes, std::size_t most) {
  bool valid = true;
  for (std::size_t i = 0; valid && i < bytes.size();) {
    const std::size_t length = sequenceLength(bytes.substr(i));
    valid = length > 0;
    i += length;
  }
  std::string out;
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t length = valid ? sequenceLength(bytes.substr(i)) : 1;
    if (out.size() + length > most) return out + "…";
    if (valid) {
      out += bytes.substr(i, length);
    } else {
      appendUtf8(out, static_cast<unsigned char>(bytes[i]));
    }
    i += length;
  }
  return out;
}

}  // namespace rankscope
