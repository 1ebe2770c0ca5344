// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

#include "core/base/text.h"
#include "core/base/types.h"

namespace rankscope {

/// What went wrong, by who can mend it. The command line's exit code follows from it (2, 3, 4, 5).
enum class ErrorKind { Usage, Input, Compute, Output };

/// One failure in one line: WHAT: WHY (HINT). `source` is the file or input it is about.
struct Error {
  ErrorKind kind = ErrorKind::Compute;
  Text what, why, hint;
  std::string source;
  Index line = 0, column = 0;  ///< 1-based place in a text file; 0 when it has none

  /// "SOURCE:LINE:COLUMN: …" is not repeated when `what` already names it; control characters are made visible.
  std::string message() const;
};

Error usageError(Text what, Text why, Text hint = {});
Error inputError(std::string source, Text why, Text hint = {}, Index line = 0, Index column = 0);
Error computeError(Text what, Text why, Text hint = {});
Error outputError(std::string target, Text why, Text hint = {});

/// A value or an Error, as std::expected will be. For what the world or the numbers can do; callers' mistakes throw.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}      // NOLINT
  Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}  // NOLINT

  explicit operator bool() const { return m_state.index() == 0; }
  bool has_value() const { return m_state.index() == 0; }
  T& value() { return std::get<0>(m_state); }
  const T& value() const { return std::get<0>(m_state); }
  T& operator*() { return std::get<0>(m_state); }
  const T& operator*() const { return std::get<0>(m_state); }
  T* operator->() { return &std::get<0>(m_state); }
  const T* operator->() const { return &std::get<0>(m_state); }
  const Error& error() const { return std::get<1>(m_state); }

 private:
  std::variant<T, Error> m_state;
};

/// Success without a value.
struct Done {};

/// For what only a caller can get wrong.
inline void expects(bool condition, const char* text) {
  if (!condition) throw std::invalid_argument(text);
}

}  // namespace rankscope
