// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/media/pnm.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <optional>
#include <string_view>

namespace rankscope::media {

namespace {

constexpr Index kLongestSide = Index{1} << 30;

bool isSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

class HeaderScanner {
 public:
  explicit HeaderScanner(std::string_view text) : m_rest(text) {}

  // Blanks and comments, which run from # to the end of the line.
  void skip() {
    while (!m_rest.empty() && (isSpace(m_rest.front()) || m_rest.front() == '#')) {
      const bool comment = m_rest.front() == '#';
      const std::size_t count = comment ? std::min(m_rest.find_first_of("\r\n"), m_rest.size()) : 1;
      m_rest.remove_prefix(count);
    }
  }
  template <class T>
  std::optional<T> number() {
    skip();
    T value{};
    const auto read = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), value);
    if (read.ec != std::errc()) return std::nullopt;
    m_rest.remove_prefix(static_cast<std::size_t>(read.ptr - m_rest.data()));
    return value;
  }
  // P1 may leave its digits without blanks between them.
  std::optional<int> bit() {
    skip();
    if (m_rest.empty() || (m_rest.front() != '0' && m_rest.front() != '1')) return std::nullopt;
    const int value = m_rest.front() - '0';
    m_rest.remove_prefix(1);
    return value;
  }
  // The one blank between header and binary samples.
  bool endHeader() {
    if (m_rest.empty() || !isSpace(m_rest.front())) return false;
    m_rest.remove_prefix(1);
    return true;
  }
  std::string_view rest() const { return m_rest; }

 private:
  std::string_view m_rest;
};

std::string_view asText(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Error cutShort(const std::string& source) {
  return inputError(source, "the picture ends too early", "the file was cut");
}

// One reader for each way of storing samples; `map` has its sizes.
Result<Done> readBits(AnyMap& map, std::string_view data, const std::string& source) {
  const Index stride = (map.cols + 7) / 8;
  if (static_cast<Index>(data.size()) / stride < map.rows) return cutShort(source);
  for (Index row = 0; row < map.rows; ++row) {
    for (Index col = 0; col < map.cols; ++col) {
      const auto byte = static_cast<unsigned char>(data[static_cast<std::size_t>(row * stride + col / 8)]);
      map.codes.push_back(byte >> (7 - col % 8) & 1 ? 0 : 1);  // a set bit is black
    }
  }
  return Done{};
}

Result<Done> readPlain(AnyMap& map, HeaderScanner& scanner, bool bitmap, std::size_t count, const std::string& source) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::optional<int> value = bitmap ? scanner.bit() : scanner.number<int>();
    if (!value) return cutShort(source);
    if (*value < 0 || *value > map.maximum) return inputError(source, "a sample lies beyond the maximum of the header");
    map.codes.push_back(static_cast<std::uint16_t>(bitmap ? 1 - *value : *value));
  }
  return Done{};
}

Result<Done> readBinary(AnyMap& map, std::string_view data, std::size_t count, const std::string& source) {
  const std::size_t width = map.maximum > 255 ? 2 : 1;
  if (data.size() / width < count) return cutShort(source);
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = [&](std::size_t k) {
      return static_cast<unsigned>(static_cast<unsigned char>(data[width * i + k]));
    };
    const unsigned value = width == 2 ? at(0) << 8 | at(1) : at(0);
    if (value > map.maximum) return inputError(source, "a sample lies beyond the maximum of the header");
    map.codes.push_back(static_cast<std::uint16_t>(value));
  }
  return Done{};
}

Result<Done> readReals(AnyMap& map, std::string_view data, std::size_t count, bool littleEndian,
                       const std::string& source) {
  if (data.size() / sizeof(float) < count) return cutShort(source);
  map.reals.resize(count);
  const std::size_t rowBytes = static_cast<std::size_t>(map.cols * map.channels) * sizeof(float);
  for (Index row = 0; row < map.rows; ++row) {  // the file's first row is the lowest
    std::memcpy(map.reals.data() + row * map.cols * map.channels,
                data.data() + static_cast<std::size_t>(map.rows - 1 - row) * rowBytes, rowBytes);
  }
  if (littleEndian) return Done{};
  for (float& value : map.reals) {
    std::uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    bits = __builtin_bswap32(bits);
    std::memcpy(&value, &bits, sizeof bits);
  }
  return Done{};
}

}  // namespace

bool beginsAsAnyMap(std::span<const std::byte> head) {
  const std::string_view text = asText(head);
  if (text.size() < 4 || text[0] != 'P' || std::string_view("123456fF").find(text[1]) == std::string_view::npos)
    return false;
  // "P1 P2 P3" is the header of a table of text, not of a picture.
  if (!isSpace(text[2]) && text[2] != '#') return false;
  HeaderScanner scanner(text.substr(2));
  scanner.skip();
  return !scanner.rest().empty() && scanner.rest().front() >= '0' && scanner.rest().front() <= '9';
}

Result<AnyMap> readAnyMap(std::span<const std::byte> bytes, const std::string& source, const Context& context) {
  if (!beginsAsAnyMap(bytes)) return inputError(source, "it does not begin as a PNM or PFM picture");
  const char kind = asText(bytes)[1];
  const bool real = kind == 'f' || kind == 'F', bitmap = kind == '1' || kind == '4', plain = kind >= '1' && kind <= '3';
  HeaderScanner scanner(asText(bytes).substr(2));
  const auto cols = scanner.number<Index>(), rows = scanner.number<Index>();
  if (!cols || !rows || *cols < 1 || *rows < 1 || *cols > kLongestSide || *rows > kLongestSide) {
    return inputError(source, "the sizes in its header are damaged");
  }
  const auto maximum = bitmap ? std::optional<double>(1) : scanner.number<double>();
  const bool valid = maximum && std::isfinite(*maximum) &&
                     (real ? *maximum != 0 : *maximum >= 1 && *maximum <= 65535 && *maximum == std::floor(*maximum));
  if (!valid) return inputError(source, "the maximum in its header is damaged");
  if (!plain && !scanner.endHeader()) return inputError(source, "its header is damaged");

  AnyMap map;
  map.rows = *rows;
  map.cols = *cols;
  map.channels = kind == '3' || kind == '6' || kind == 'F' ? 3 : 1;
  map.maximum = *maximum;
  const auto count = static_cast<std::size_t>(map.rows * map.cols * map.channels);
  // The least that so many samples take in the file: a bit, a digit and a blank, a byte or two, four.
  const std::size_t there = scanner.rest().size();
  const std::size_t least = kind == '4'   ? count / 8
                            : kind == '1' ? count
                            : plain       ? 2 * count - 1
                                          : count * (real ? 4 : 1);
  if (there < least) return cutShort(source);
  const double memory = static_cast<double>(count) * (real ? sizeof(float) : sizeof(std::uint16_t));
  if (auto refused = context.refuseMemory(source, memory, "raise --max-memory")) return *refused;
  if (!real) map.codes.reserve(count);

  Result<Done> done = Done{};
  if (real) {
    done = readReals(map, scanner.rest(), count, *maximum < 0, source);
  } else if (plain) {
    done = readPlain(map, scanner, bitmap, count, source);
  } else if (bitmap) {
    done = readBits(map, scanner.rest(), source);
  } else {
    done = readBinary(map, scanner.rest(), count, source);
  }
  if (!done) return done.error();
  return map;
}

}  // namespace rankscope::media
