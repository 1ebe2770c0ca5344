// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/io/input.h"

namespace rankscope::table {

/// A text table's numbers: the columns that hold no text, in their order.
struct Table {
  Matrix<double> values;
  std::vector<std::string> names;  ///< of those columns; empty when the table has no header
  std::vector<Text> notices;       ///< columns left out, numbers beyond a double's range
};

/// Reads a table from the bytes of a .csv, .tsv or .txt file. Delimiter (tab, semicolon, comma, white space), decimal
/// comma, quotes (RFC 4180, line breaks inside included), header, byte order mark, UTF-8/UTF-16, CR, LF and CRLF are
/// recognised. The first row is a header when one of its cells is text above a column of numbers. Blank cells, NA, NaN,
/// null (any case) are missing: NaN. Empty lines and leading lines that begin with '#' are skipped. Errors (Input)
/// carry the line: ragged rows, an open quote, no column of numbers. Beyond the range of double numbers become infinite
/// or 0. Cost: one pass; memory about 8 bytes a cell twice and 250 a column,
/// checked before it is taken (Compute).
Result<Table> parse(std::string bytes, const std::string& source, const Context& context);

/// A dataset of one entry from bytes in memory (a bundled sample, pasted text) …
Result<DatasetPtr> datasetFrom(std::string bytes, const std::string& source, const Context& context);
/// … and the format as files.
Reader reader();
Writer writer();  ///< .csv .tsv .txt: comma, tab, blank between; shortest digits that read back exactly

}  // namespace rankscope::table
