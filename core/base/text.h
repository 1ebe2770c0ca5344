// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace rankscope {

/// A sentence as data: an English pattern with {1}, {2}, … and what goes in. The window translates the pattern first
/// and fills it afterwards; the command line fills the English one.
struct Text {
  std::string pattern;
  std::vector<std::string> args;

  Text() = default;
  Text(const char* english) : pattern(english) {}             // NOLINT: a literal is a Text
  Text(std::string english) : pattern(std::move(english)) {}  // NOLINT
  Text(std::string english, std::vector<std::string> values) : pattern(std::move(english)), args(std::move(values)) {}

  bool empty() const { return pattern.empty(); }
  /// The pattern with its places filled, in English.
  std::string str() const { return fill(pattern); }
  /// Another pattern (a translation) with the same values.
  std::string fill(const std::string& translated) const;
  bool operator==(const Text&) const = default;
};

/// Numbers and strings to the form a message shows: integers plainly, doubles with `digits` significant digits.
std::string show(long long value);
inline std::string show(long value) { return show(static_cast<long long>(value)); }
inline std::string show(int value) { return show(static_cast<long long>(value)); }
std::string show(unsigned long value);
std::string show(double value, int digits = 6);
inline std::string show(std::string value) { return value; }
inline std::string show(const char* value) { return value; }
/// Shortest text that reads back as the same double.
std::string exact(double value);
/// 1536 → "1.5 KiB".
std::string showBytes(double bytes);

template <class... Args>
Text text(std::string pattern, const Args&... args) {
  return Text(std::move(pattern), {show(args)...});
}

}  // namespace rankscope
