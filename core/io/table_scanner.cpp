// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/table_scanner.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

namespace rankscope::table {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool equalsIgnoringCase(std::string_view a, std::string_view lower) {
  return a.size() == lower.size() && std::equal(a.begin(), a.end(), lower.begin(), [](char x, char y) {
           return (x >= 'A' && x <= 'Z' ? static_cast<char>(x + 32) : x) == y;
         });
}

bool isMissing(std::string_view raw) {
  return raw.empty() || equalsIgnoringCase(raw, "na") || equalsIgnoringCase(raw, "nan") ||
         equalsIgnoringCase(raw, "null") || equalsIgnoringCase(raw, "-nan") || equalsIgnoringCase(raw, "n/a");
}

// Whether a number that from_chars found out of range is too large; otherwise it is too small. By the decimal exponent
// of its first digit that is not zero.
bool isTooLarge(std::string_view number) {
  const std::size_t e = number.find_first_of("eE");
  const std::string_view mantissa = number.substr(0, e);
  long exponent = 0;
  if (e != std::string_view::npos) {
    std::string_view digits = number.substr(e + 1);
    if (digits.starts_with('+')) digits.remove_prefix(1);
    if (std::from_chars(digits.data(), digits.data() + digits.size(), exponent).ec != std::errc())
      return !digits.starts_with('-');
  }
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  const std::size_t first = mantissa.find_first_of("123456789");
  if (first == std::string_view::npos) return false;
  return exponent + static_cast<long>(point) - static_cast<long>(first) > 0;
}

// The whole of `raw` as a number, which from_chars takes but for a leading '+'.
bool parseNumber(std::string_view raw, Cell& cell) {
  if (raw.size() > 1 && raw.front() == '+' && raw[1] != '-' && raw[1] != '+') raw.remove_prefix(1);
  const char* const end = raw.data() + raw.size();
  const auto read = std::from_chars(raw.data(), end, cell.value);
  if (read.ptr != end || read.ec == std::errc::invalid_argument) return false;
  if (read.ec == std::errc::result_out_of_range) {
    cell.outOfRange = isTooLarge(raw);
    cell.value =
        std::copysign(cell.outOfRange ? std::numeric_limits<double>::infinity() : 0.0, raw.front() == '-' ? -1.0 : 1.0);
  }
  return !std::isnan(cell.value);  // "nan(7)" and its like are text
}

// Whether a whole number, digits alone after its sign, differs from the double it was read as.
bool isRounded(std::string_view raw, double value) {
  constexpr std::size_t kAlwaysExact = 15;
  if (raw.starts_with('-') || raw.starts_with('+')) raw.remove_prefix(1);
  if (raw.size() <= kAlwaysExact || !std::all_of(raw.begin(), raw.end(), isDigit)) return false;
  std::array<char, 400> digits{};
  const auto written =
      std::to_chars(digits.data(), digits.data() + digits.size(), std::abs(value), std::chars_format::fixed);
  raw.remove_prefix(std::min(raw.find_first_not_of('0'), raw.size() - 1));
  return std::isfinite(value) && raw != std::string_view(digits.data(), written.ptr);
}

// One to three digits and groups of three after commas, nothing else: 1,234 or -12,345,678.
bool looksGrouped(std::string_view raw) {
  if (raw.starts_with('-') || raw.starts_with('+')) raw.remove_prefix(1);
  std::size_t run = 0, groups = 0;
  for (const char c : raw) {
    if (isDigit(c)) {
      ++run;
    } else if (c == ',' && (groups == 0 ? run >= 1 && run <= 3 : run == 3)) {
      ++groups;
      run = 0;
    } else {
      return false;
    }
  }
  return groups > 0 && run == 3;
}

}  // namespace

Cell classify(std::string_view raw, bool quoted) {
  Cell cell;
  cell.raw = raw;
  cell.quoted = quoted;
  if (isMissing(raw)) {
    cell.value = kNaN;
    return cell;
  }
  if (parseNumber(raw, cell)) {
    cell.kind = CellKind::Number;
    cell.dot = raw.find('.') != std::string_view::npos;
    cell.rounded = isRounded(raw, cell.value);
    return cell;
  }
  constexpr std::size_t kLongestNumber = 400;
  if (std::count(raw.begin(), raw.end(), ',') == 1 && raw.size() < kLongestNumber &&
      raw.find('.') == std::string_view::npos) {
    std::array<char, kLongestNumber> point{};
    std::replace_copy(raw.begin(), raw.end(), point.begin(), ',', '.');
    if (parseNumber({point.data(), raw.size()}, cell)) {
      cell.kind = CellKind::DecimalComma;
      cell.grouped = looksGrouped(raw);
      return cell;
    }
  }
  cell.value = kNaN;
  cell.outOfRange = false;
  cell.kind = CellKind::Text;
  return cell;
}

std::string unquoted(const Cell& cell) {
  std::string out(cell.raw);
  if (!cell.quoted) return out;
  for (std::size_t at = out.find("\"\""); at != std::string::npos; at = out.find("\"\"", at + 1)) out.erase(at, 1);
  return out;
}

void Scanner::passLineEnd() {
  if (m_at == m_end) return;
  if (*m_at == '\r' && m_at + 1 < m_end && m_at[1] == '\n') ++m_at;
  ++m_at;
  ++m_line;
}

// From an opening quote to the delimiter after the closing one. What stands between closing quote and delimiter makes
// the field text.
Cell Scanner::quotedField() {
  const char* const begin = ++m_at;
  const char* close = nullptr;
  while (m_at < m_end) {
    if (*m_at == '"') {
      if (m_at + 1 < m_end && m_at[1] == '"') {
        ++m_at;
      } else {
        close = m_at++;
        break;
      }
    } else if (*m_at == '\n' || (*m_at == '\r' && !(m_at + 1 < m_end && m_at[1] == '\n'))) {
      ++m_line;
    }
    ++m_at;
  }
  if (close == nullptr) {
    m_openQuote = true;
    close = m_end;
  }
  std::string_view raw(begin, static_cast<std::size_t>(close - begin));
  const char* const after = m_at;
  while (m_at < m_end && !endsField(*m_at)) ++m_at;
  const bool clean = std::all_of(after, m_at, [](char c) { return c == ' ' || c == '\t'; });
  while (!raw.empty() && raw.front() == ' ') raw.remove_prefix(1);
  while (!raw.empty() && raw.back() == ' ') raw.remove_suffix(1);
  Cell cell = classify(raw, true);
  if (!clean) cell.kind = CellKind::Text;
  return cell;
}

Cell Scanner::field() {
  skipBlanks();
  const char* const begin = m_at;
  if (m_at < m_end && *m_at == '"') {
    Cell cell = quotedField();
    cell.begin = begin;
    return cell;
  }
  // Nearly every field is a plain number that ends where from_chars stops.
  Cell cell;
  const auto read = std::from_chars(m_at, m_end, cell.value);
  if (read.ec == std::errc() && (read.ptr == m_end || endsField(*read.ptr)) && !std::isnan(cell.value)) {
    cell.kind = CellKind::Number;
    cell.raw = {begin, static_cast<std::size_t>(read.ptr - begin)};
    cell.dot = std::memchr(begin, '.', cell.raw.size()) != nullptr;
    cell.rounded = isRounded(cell.raw, cell.value);
    m_at = read.ptr;
  } else {
    while (m_at < m_end && !endsField(*m_at)) ++m_at;
    const char* last = m_at;
    while (last > begin && isBlank(last[-1])) --last;
    cell = classify({begin, static_cast<std::size_t>(last - begin)}, false);
  }
  cell.begin = begin;
  return cell;
}

bool Scanner::next(std::vector<Cell>& cells, std::size_t most) {
  cells.clear();
  // Empty lines, and lines of blanks, are no rows.
  for (;;) {
    m_rowBegin = m_at;
    skipBlanks();
    if (!atLineEnd()) break;
    if (m_at == m_end) return false;
    passLineEnd();
  }
  m_rowLine = m_line;
  for (;;) {
    cells.push_back(field());
    if (cells.size() == most) return true;
    if (m_delimiter == kWhitespace) skipBlanks();
    if (atLineEnd()) break;
    if (m_delimiter != kWhitespace) ++m_at;  // the delimiter; a field ends nowhere else
  }
  passLineEnd();
  return true;
}

}  // namespace rankscope::table
