// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"

namespace rankscope {

namespace {

// A file name or a cell of a hostile file may hold line breaks; a message is one line.
std::string oneLine(const std::string& text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += '?';
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string Error::message() const {
  std::string head = what.empty() ? source : what.str();
  if (line > 0) head += ":" + show(line) + (column > 0 ? ":" + show(column) : std::string());
  std::string out = head;
  if (!why.empty()) out += (out.empty() ? "" : ": ") + why.str();
  if (!hint.empty()) out += " (" + hint.str() + ")";
  return oneLine(out);
}

Error usageError(Text what, Text why, Text hint) {
  return {
      .kind = ErrorKind::Usage, .what = std::move(what), .why = std::move(why), .hint = std::move(hint), .source = {}};
}

Error inputError(std::string source, Text why, Text hint, Index line, Index column) {
  return {.kind = ErrorKind::Input,
          .what = {},
          .why = std::move(why),
          .hint = std::move(hint),
          .source = std::move(source),
          .line = line,
          .column = column};
}

Error computeError(Text what, Text why, Text hint) {
  return {.kind = ErrorKind::Compute,
          .what = std::move(what),
          .why = std::move(why),
          .hint = std::move(hint),
          .source = {}};
}

Error outputError(std::string target, Text why, Text hint) {
  return {.kind = ErrorKind::Output,
          .what = {},
          .why = std::move(why),
          .hint = std::move(hint),
          .source = std::move(target)};
}

}  // namespace rankscope
