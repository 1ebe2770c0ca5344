// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <limits>

#include "core/io/npy.h"

namespace rankscope::npy {

namespace {

constexpr std::string_view kMagic("\x93NUMPY", 6);
constexpr std::uint64_t kLongestHeader = 1 << 20;  // numpy itself stops at 10 000 characters
constexpr std::size_t kMostDimensions = 64;        // numpy's limit

// The header is a Python dictionary with three known keys; this reads exactly that and nothing else of Python.
class DictionaryParser {
 public:
  explicit DictionaryParser(std::string_view text) : m_rest(text) {}

  // Empty when all went well, else what is wrong.
  Text parse() {
    if (!accept('{')) return "its header is not a dictionary";
    while (!accept('}')) {
      std::string key;
      if (!string(key) || !accept(':')) return "its header is damaged";
      if (Text wrong = value(key); !wrong.empty()) return wrong;
      if (!accept(',') && peek() != '}') return "its header is damaged";
    }
    if (peek() != '\0' || !m_hasDescr || !m_hasOrder || !m_hasShape) return "its header is incomplete";
    return {};
  }

  std::string descr;
  bool fortran = false;
  std::vector<Index> shape;

 private:
  Text value(const std::string& key) {
    if (key == "descr") {
      if (peek() == '[') return "it holds records of several fields, not one array of numbers";
      if (peek() == '(') return "it holds records of a fixed shape, not plain numbers";
      m_hasDescr = string(descr);
      return m_hasDescr ? Text() : Text("its header is damaged");
    }
    if (key == "fortran_order") {
      fortran = word("True");
      m_hasOrder = fortran || word("False");
      return m_hasOrder ? Text() : Text("its header is damaged");
    }
    if (key == "shape") {
      m_hasShape = tuple();
      return m_hasShape ? Text() : Text("the shape in its header is not a list of sizes");
    }
    return text("its header has an unknown entry \"{1}\"", key.substr(0, 40));
  }

  char peek() {
    while (!m_rest.empty() && (m_rest.front() == ' ' || m_rest.front() == '\n' || m_rest.front() == '\t'))
      m_rest.remove_prefix(1);
    return m_rest.empty() ? '\0' : m_rest.front();
  }
  bool accept(char c) {
    if (peek() != c) return false;
    m_rest.remove_prefix(1);
    return true;
  }
  bool word(std::string_view expected) {
    peek();
    if (!m_rest.starts_with(expected)) return false;
    m_rest.remove_prefix(expected.size());
    return true;
  }
  bool string(std::string& out) {
    const char quote = peek();
    if (quote != '\'' && quote != '"') return false;
    const std::size_t end = m_rest.find(quote, 1);
    if (end == std::string_view::npos) return false;
    out = m_rest.substr(1, end - 1);
    m_rest.remove_prefix(end + 1);
    return true;
  }
  bool tuple() {
    if (!accept('(')) return false;
    while (!accept(')')) {
      peek();
      Index size = 0;
      const auto read = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), size);
      if (read.ec != std::errc() || size < 0 || shape.size() == kMostDimensions) return false;
      m_rest.remove_prefix(static_cast<std::size_t>(read.ptr - m_rest.data()));
      if (!m_rest.empty() && m_rest.front() == 'L') m_rest.remove_prefix(1);  // Python 2 wrote long integers so
      shape.push_back(size);
      if (!accept(',') && peek() != ')') return false;
    }
    return true;
  }

  std::string_view m_rest;
  bool m_hasDescr = false, m_hasOrder = false, m_hasShape = false;
};

// Sets kind, size, order and name from "<f8"; what is wrong, or nothing.
Text interpretType(const std::string& descr, Header& header) {
  std::string_view rest = descr;
  char order = '=';
  if (!rest.empty() && std::string_view("<>=|").find(rest.front()) != std::string_view::npos) {
    order = rest.front();
    rest.remove_prefix(1);
  }
  if (rest.starts_with('O')) return "it holds Python objects, which are never unpickled";
  if (rest.starts_with('V')) return text("it holds raw bytes or records ({1}), not numbers", descr);
  if (rest.starts_with('S') || rest.starts_with('U') || rest.starts_with('a'))
    return text("it holds text ({1}), not numbers", descr);
  if (rest.starts_with('M') || rest.starts_with('m')) return text("it holds dates or times ({1}), not numbers", descr);
  if (rest == "?") rest = "b1";
  Index size = 0;
  const auto read = rest.empty() ? std::from_chars_result{nullptr, std::errc::invalid_argument}
                                 : std::from_chars(rest.data() + 1, rest.data() + rest.size(), size);
  if (read.ec != std::errc() || read.ptr != rest.data() + rest.size())
    return text("its type \"{1}\" is unknown", descr.substr(0, 40));
  const char kind = rest.front();
  if ((kind == 'f' && (size == 12 || size == 16)) || (kind == 'c' && (size == 24 || size == 32))) {
    return text("it holds long double numbers ({1}), whose form differs between machines", descr);
  }
  struct Type {
    char kind;
    Index size;
    const char* name;
  };
  static constexpr std::array<Type, 14> kTypes = {{{'b', 1, "bool"},
                                                   {'i', 1, "int8"},
                                                   {'i', 2, "int16"},
                                                   {'i', 4, "int32"},
                                                   {'i', 8, "int64"},
                                                   {'u', 1, "uint8"},
                                                   {'u', 2, "uint16"},
                                                   {'u', 4, "uint32"},
                                                   {'u', 8, "uint64"},
                                                   {'f', 2, "float16"},
                                                   {'f', 4, "float32"},
                                                   {'f', 8, "float64"},
                                                   {'c', 8, "complex64"},
                                                   {'c', 16, "complex128"}}};
  for (const Type& type : kTypes) {
    if (type.kind != kind || type.size != size) continue;
    header.kind = kind;
    header.itemSize = size;
    header.dtype = type.name;
    header.swapped = size > 1 && order == (std::endian::native == std::endian::little ? '>' : '<');
    return {};
  }
  return text("its type \"{1}\" is unknown", descr.substr(0, 40));
}

// Entries × bytes, or nothing when the product does not fit.
std::optional<std::uint64_t> bytesOf(const std::vector<Index>& shape, Index itemSize) {
  if (std::find(shape.begin(), shape.end(), 0) != shape.end()) return 0;
  std::uint64_t bytes = static_cast<std::uint64_t>(itemSize);
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<Index>::max());
  for (const Index n : shape) {
    if (bytes > kMost / static_cast<std::uint64_t>(n)) return std::nullopt;
    bytes *= static_cast<std::uint64_t>(n);
  }
  return bytes;
}

}  // namespace

bool begins(std::span<const std::byte> head) {
  return head.size() >= kMagic.size() && std::equal(kMagic.begin(), kMagic.end(), head.begin(),
                                                    [](char a, std::byte b) { return static_cast<std::byte>(a) == b; });
}

Result<Header> readHeader(const Source& source, std::uint64_t size, const std::string& name) {
  std::array<std::byte, 12> start{};
  if (size < 10) return inputError(name, "it is too short for an .npy file");
  if (auto done = source(std::span(start).first(8)); !done) return done.error();
  if (!begins(start)) return inputError(name, "it does not begin as an .npy file");
  const auto byteAt = [&](std::size_t i) { return static_cast<std::uint64_t>(start[i]); };
  const std::uint64_t version = byteAt(6);
  if (version < 1 || version > 3)
    return inputError(name, text("its .npy version {1} is unknown", version), "versions 1 to 3 are read");
  const std::size_t lengthBytes = version == 1 ? 2 : 4;
  if (auto done = source(std::span(start).subspan(8, lengthBytes)); !done) return done.error();
  std::uint64_t length = byteAt(8) | byteAt(9) << 8;
  if (version > 1) length |= byteAt(10) << 16 | byteAt(11) << 24;
  Header header;
  header.dataOffset = 8 + lengthBytes + length;
  if (length > kLongestHeader || header.dataOffset > size) {
    return inputError(name, text("its header claims {1} bytes, more than there are", length));
  }
  std::string dictionary(length, '\0');
  if (auto done = source(std::as_writable_bytes(std::span(dictionary.data(), dictionary.size()))); !done)
    return done.error();

  DictionaryParser parser(dictionary);
  if (Text wrong = parser.parse(); !wrong.empty()) return inputError(name, wrong);
  if (Text wrong = interpretType(parser.descr, header); !wrong.empty()) {
    return inputError(name, wrong, "save it as float64, float32 or an integer type");
  }
  header.fortran = parser.fortran;
  header.shape = parser.shape;
  const auto bytes = bytesOf(header.shape, header.itemSize);
  if (!bytes || *bytes > size - header.dataOffset) {
    return inputError(name,
                      text("its shape {1} of {2} needs {3} bytes of data and there are {4}", showShape(header.shape),
                           header.dtype, bytes ? show(*bytes) : std::string("more than 2⁶³"), size - header.dataOffset),
                      "the file was cut or its header is damaged");
  }
  header.dataBytes = *bytes;
  return header;
}

}  // namespace rankscope::npy
