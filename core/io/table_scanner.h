// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/types.h"

namespace rankscope::table {

enum class CellKind { Number, DecimalComma, Missing, Text };

/// One field of a row.
struct Cell {
  double value = 0;  ///< NaN unless a number
  CellKind kind = CellKind::Missing;
  bool dot = false;      ///< a number written with a decimal point
  bool grouped = false;  ///< a decimal comma that could as well part thousands: 1,234
  bool quoted = false;
  bool outOfRange = false;  ///< too large for a double
  bool rounded = false;     ///< a whole number beyond 2⁵³ that no double is
  std::string_view raw;     ///< trimmed, without its quotes
  const char* begin = nullptr;
};

constexpr char kWhitespace = ' ';  ///< the delimiter "runs of blanks and tabs"
constexpr char kNoDelimiter = '\n';

/// What a trimmed field says.
Cell classify(std::string_view raw, bool quoted);

/// The field as a name: doubled quotes undone.
std::string unquoted(const Cell& cell);

/// Takes a text apart, row by row.
class Scanner {
 public:
  Scanner(std::string_view text, char delimiter, Index firstLine = 1)
      : m_at(text.data()), m_end(text.data() + text.size()), m_delimiter(delimiter), m_line(firstLine) {}

  /// The next row that is not empty, or its first `most` cells; false at the end of the text.
  bool next(std::vector<Cell>& cells, std::size_t most = std::numeric_limits<std::size_t>::max());

  Index line() const { return m_rowLine; }  ///< 1-based, where the last row begins
  const char* rowBegin() const { return m_rowBegin; }
  const char* at() const { return m_at; }
  bool openQuote() const { return m_openQuote; }  ///< the text ended inside a quoted field

 private:
  bool isBlank(char c) const { return c == ' ' || (c == '\t' && m_delimiter != '\t'); }
  bool endsField(char c) const {
    return c == '\n' || c == '\r' || (m_delimiter == kWhitespace ? c == ' ' || c == '\t' : c == m_delimiter);
  }
  void skipBlanks() {
    while (m_at < m_end && isBlank(*m_at)) ++m_at;
  }
  bool atLineEnd() const { return m_at == m_end || *m_at == '\n' || *m_at == '\r'; }
  void passLineEnd();
  Cell field();
  Cell quotedField();

  const char* m_at;
  const char* m_end;
  char m_delimiter;
  Index m_line, m_rowLine = 0;
  const char* m_rowBegin = nullptr;
  bool m_openQuote = false;
};

}  // namespace rankscope::table
