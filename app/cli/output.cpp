// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>

namespace rankscope::cli {

namespace {

std::string padded(const std::string& text, std::size_t columns, bool right) {
  const std::string space(columns - std::min(columns, width(text)), ' ');
  return right ? space + text : text + space;
}

bool looksNumeric(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789.+-eE% ") == std::string::npos;
}

std::string trimmed(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace

std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void Output::line(const std::string& text) { m_text += text + "\n"; }

void Output::facts(const std::vector<std::pair<std::string, std::string>>& rows) {
  std::size_t columns = 0;
  for (const auto& row : rows) columns = std::max(columns, width(row.first));
  for (const auto& row : rows) line(padded(row.first, columns + 2, false) + row.second);
}

void Output::table(const Row& header, const std::vector<Row>& rows) {
  std::vector<std::size_t> columns(header.size());
  std::vector<bool> right(header.size(), !rows.empty());
  for (std::size_t c = 0; c < header.size(); ++c) {
    columns[c] = width(header[c]);
    for (const Row& row : rows) {
      columns[c] = std::max(columns[c], width(row[c]));
      right[c] = right[c] && (row[c].empty() || looksNumeric(row[c]));
    }
  }
  const auto print = [&](const Row& row) {
    std::string out;
    for (std::size_t c = 0; c < row.size(); ++c) out += (c == 0 ? "" : "  ") + padded(row[c], columns[c], right[c]);
    line(trimmed(out));
  };
  print(header);
  for (const Row& row : rows) print(row);
}

Result<Done> Output::finish() {
  if (m_json) {
    Json list = Json::array();
    for (const Text& notice : notices) list.push_back(notice.str());
    document["notices"] = list;
    // File names need not be UTF-8, JSON must be.
    m_text = document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  }
  const bool written =
      std::fwrite(m_text.data(), 1, m_text.size(), stdout) == m_text.size() && std::fflush(stdout) == 0;
  if (!written) return outputError("standard output", std::strerror(errno));
  if (!m_quiet) {
    for (const Text& notice : notices) {
      const Error oneLine{.kind = ErrorKind::Usage, .what = "note", .why = notice, .hint = {}, .source = {}};
      std::fprintf(stderr, "rankscope-cli: %s\n", oneLine.message().c_str());
    }
  }
  return Done{};
}

std::string shown(double value) {
  if (!std::isfinite(value)) return value > 0 ? "infinite" : "-";
  return show(value, 4);
}

std::string percent(double share) { return shown(100 * share) + " %"; }

std::string seconds(double value) {
  if (value < 1) return shown(std::round(value * 1e4) / 10) + " ms";
  if (value < 120) return show(value, 3) + " s";
  return show(value / 60, 3) + " min";
}

std::string shapeText(const std::vector<Index>& shape) {
  std::string out;
  for (const Index n : shape) out += (out.empty() ? "" : " x ") + show(n);
  return out.empty() ? "one number" : out;
}

Json shapeJson(const std::vector<Index>& shape) {
  Json out = Json::array();
  for (const Index n : shape) out.push_back(n);
  return out;
}

}  // namespace rankscope::cli
