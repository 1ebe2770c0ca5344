// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace rankscope::cli {

using Row = std::vector<std::string>;

/// What a command says. It is kept until the work has succeeded, so that a failure prints its one line and nothing
/// else.
class Output {
 public:
  Output(bool json, bool quiet) : m_json(json), m_quiet(quiet) {}

  Json document = Json::object();  ///< printed with --json
  std::vector<Text> notices;       ///< to standard error, and into the document

  void line(const std::string& text = {});
  /// "name   value" lines, the values in one column.
  void facts(const std::vector<std::pair<std::string, std::string>>& rows);
  /// Columns two spaces apart; numbers to the right.
  void table(const Row& header, const std::vector<Row>& rows);

  const std::string& text() const { return m_text; }
  /// Writes standard output, then the notices. Error (Output) when standard output cannot take it.
  Result<Done> finish();

 private:
  bool m_json, m_quiet;
  std::string m_text;
};

/// Numbers in tables: at most four significant digits, plain ASCII.
std::string shown(double value);
std::string percent(double share);
std::string seconds(double value);
/// "300 x 451"
std::string shapeText(const std::vector<Index>& shape);
Json shapeJson(const std::vector<Index>& shape);
/// Widths in characters of the terminal, not bytes (UTF-8).
std::size_t width(const std::string& text);

}  // namespace rankscope::cli
