// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>

#include "core/io/arrange.h"
#include "core/io/file.h"
#include "core/io/table_scanner.h"
#include "core/io/text_encoding.h"

namespace rankscope::table {

namespace {

constexpr std::size_t kSampleBytes = std::size_t{1} << 16;
constexpr Index kSampleRows = 200;

// Where the table begins: behind leading comment lines and Excel's "sep=;", which also names the delimiter.
struct Start {
  std::size_t offset = 0;
  Index line = 1;
  char delimiter = '\0';
};

Start findStart(std::string_view text) {
  std::size_t at = 0;
  Index line = 1;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    const std::string_view content = text.substr(at, end - at);
    const std::size_t first = content.find_first_not_of(" \t");
    std::size_t next = end;
    if (next < text.size()) next += text.substr(next, 2) == "\r\n" ? 2 : 1;
    if (at == 0 && content.size() == 5 && content.starts_with("sep=")) {
      return {.offset = next, .line = 2, .delimiter = content[4]};
    }
    if (first != std::string_view::npos && content[first] != '#') {
      return {.offset = at, .line = line, .delimiter = '\0'};
    }
    at = next;
    ++line;
  }
  return {};  // nothing but comments or nothing at all: the whole, to be refused as a table without numbers
}

// How well a delimiter explains a sample of the text.
struct Fit {
  Index columns = 0;  ///< the commonest count of fields
  double score = 0;   ///< share of rows with that count × share of fields that are numbers
};

Fit fitOf(std::string_view sample, char delimiter) {
  std::map<std::size_t, Index> rowsOfLength;
  Index fields = 0, numbers = 0, rows = 0;
  bool raggedNumbers = false, foreignDelimiter = false;
  std::vector<Cell> cells;
  Scanner scanner(sample, delimiter);
  while (rows < kSampleRows && scanner.next(cells)) {
    if (scanner.openQuote() && rows > 0) break;  // cut by the end of the sample
    ++rows;
    ++rowsOfLength[cells.size()];
    Index rowNumbers = 0;
    for (const Cell& cell : cells) {
      const bool comma = cell.kind == CellKind::DecimalComma;
      rowNumbers += cell.kind == CellKind::Number || comma;
      fields += cell.kind != CellKind::Missing;
      // A blank in "1 234;5" or "1, 2" does not part columns: what is between blanks is no number and holds a
      // delimiter.
      foreignDelimiter |=
          cell.kind == CellKind::Text && !cell.quoted && cell.raw.find_first_of(",;") != std::string_view::npos;
    }
    numbers += rowNumbers;
    raggedNumbers |= rowNumbers > 1;
  }
  Fit fit;
  Index most = 0;
  for (const auto& [length, count] : rowsOfLength) {
    if (count >= most) {
      most = count;
      fit.columns = static_cast<Index>(length);
    }
  }
  if (fields == 0) return fit;
  fit.score = static_cast<double>(most) / static_cast<double>(rows) * static_cast<double>(numbers) /
              static_cast<double>(fields);
  if (delimiter == kWhitespace && foreignDelimiter) fit.score = 0;
  // One long row among short ones: a ragged table rather than one column of text.
  if (fit.columns == 1) fit.score = raggedNumbers ? fit.score * 1e-3 : 0;
  return fit;
}

char findDelimiter(std::string_view text) {
  std::string_view sample = text.substr(0, kSampleBytes);
  if (sample.size() < text.size()) sample = sample.substr(0, sample.find_last_of("\r\n"));
  char best = kNoDelimiter;
  double bestScore = 0;
  Index bestColumns = 0;
  for (const char delimiter : {'\t', ';', ',', kWhitespace}) {
    const Fit fit = fitOf(sample, delimiter);
    const bool better =
        fit.score > bestScore || (fit.score == bestScore && fit.score == 0 && fit.columns > bestColumns);
    if (!better) continue;
    best = fit.columns > 1 || fit.score > 0 ? delimiter : best;
    bestScore = fit.score;
    bestColumns = fit.columns;
  }
  return best;
}

// What is known of a column, the first row aside (it may be a header).
struct Column {
  Index numbers = 0, points = 0, commas = 0, notGrouped = 0, texts = 0, filled = 0, quoted = 0;

  void count(const Cell& cell) {
    const bool comma = cell.kind == CellKind::DecimalComma;
    numbers += cell.kind == CellKind::Number || comma;
    points += cell.dot;
    commas += comma;
    notGrouped += comma && !cell.grouped;
    texts += cell.kind == CellKind::Text;
    quoted += cell.quoted;
    filled += !cell.raw.empty() || cell.quoted;
  }
};

struct Rows {
  std::vector<double> values;  // row by row
  std::vector<Cell> first;
  std::vector<Column> columns;
  Index count = 0;
  Index outOfRange = 0, rounded = 0;
};

Result<Rows> readRows(std::string_view content, const Start& start, char delimiter, const std::string& source,
                      const Context& context) {
  const std::string_view body = content.substr(start.offset);
  // Every cell but the last of a row ends with a delimiter: an upper bound, so that the table never grows.
  const auto occurrences = [&](char c) { return static_cast<std::size_t>(std::count(body.begin(), body.end(), c)); };
  const std::size_t ends = occurrences('\n') + occurrences('\r') + 1;
  const std::size_t cellsAtMost = delimiter == kWhitespace
                                      ? std::min(ends + occurrences(' ') + occurrences('\t'), body.size() / 2 + 1)
                                  : delimiter == kNoDelimiter ? ends
                                                              : ends + occurrences(delimiter);
  // The row-wise values and the matrix made of them.
  const double bytes = 2.0 * sizeof(double) * static_cast<double>(cellsAtMost) + static_cast<double>(content.size());
  const auto refuse = [&](double more) { return context.refuseMemory(source, bytes + more, "raise --max-memory"); };
  if (auto refused = refuse(0)) return *refused;
  // One row in work takes more a cell: its cells while they grow, those of the first row, what is known of each column.
  constexpr double kCellBytes = 4 * sizeof(Cell) + sizeof(Column);
  const double tooWide = std::floor((static_cast<double>(context.memory) - bytes) / kCellBytes) + 1;

  Rows rows;
  rows.values.reserve(cellsAtMost);
  std::vector<Cell> cells;
  Scanner scanner(body, delimiter, start.line);
  const char* nextCheck = body.data();
  while (scanner.next(cells, static_cast<std::size_t>(tooWide))) {
    if (static_cast<double>(cells.size()) == tooWide) return *refuse(kCellBytes * tooWide);
    if (scanner.at() >= nextCheck) {
      context.checkpoint();
      context.report(static_cast<double>(scanner.at() - body.data()) / static_cast<double>(body.size()),
                     text("Reading {1}", source));
      nextCheck = scanner.at() + kSampleBytes;
    }
    if (scanner.openQuote()) {
      return inputError(source, "a quote is opened here and never closed", "double the quotes inside a quoted cell",
                        scanner.line());
    }
    if (rows.count == 0) {
      rows.first = cells;
      rows.columns.resize(cells.size());
    } else if (cells.size() != rows.first.size()) {
      const Cell& place = cells[std::min(cells.size(), rows.first.size() + 1) - 1];
      return inputError(source, text("this row has {1} columns, the first has {2}", cells.size(), rows.first.size()),
                        "a table has the same number of cells in every row", scanner.line(),
                        place.begin - scanner.rowBegin() + 1);
    } else {
      for (std::size_t c = 0; c < cells.size(); ++c) rows.columns[c].count(cells[c]);
    }
    for (const Cell& cell : cells) {
      rows.values.push_back(cell.value);
      rows.outOfRange += cell.outOfRange;
      rows.rounded += cell.rounded;
    }
    ++rows.count;
  }
  return rows;
}

// The first row names the columns when one of its cells is text above a column of numbers. A header of quoted numbers
// ("1990") above bare ones is one too.
bool hasHeader(const Rows& rows) {
  bool quotedAbove = true;
  Index quotedBelow = 0;
  for (std::size_t c = 0; c < rows.columns.size(); ++c) {
    const Column& below = rows.columns[c];
    if (rows.first[c].kind == CellKind::Text && below.texts == 0 && below.numbers > 0) return true;
    quotedAbove &= rows.first[c].quoted;
    quotedBelow += below.quoted;
  }
  return quotedAbove && quotedBelow == 0 && rows.count > 1;
}

// A cell of a header that may be a number which is not understood (1+2i, 10%, 1 000): a row of data may be lost.
bool beginsAsNumber(const Cell& cell) {
  if (cell.kind != CellKind::Text) return false;
  std::string_view raw = cell.raw;
  for (const std::string_view sign : {"-", "+", "\u2212", "."}) {
    if (raw.starts_with(sign)) raw.remove_prefix(sign.size());
  }
  return !raw.empty() && raw.front() >= '0' && raw.front() <= '9';
}

bool hasDecimalComma(const Rows& rows, char delimiter) {
  Column all;
  for (const Column& column : rows.columns) {
    all.points += column.points;
    all.commas += column.commas;
    all.notGrouped += column.notGrouped;
  }
  // Between commas, "1,234" in quotes is a thousand unless another cell shows that the comma is decimal.
  return all.commas > 0 && all.commas >= all.points && (delimiter != ',' || all.notGrouped > 0);
}

std::string columnName(const Rows& rows, bool header, std::size_t c) {
  const std::string name = header ? shownName(unquoted(rows.first[c])) : std::string();
  return name.empty() ? "column " + show(c + 1) : name;
}

}  // namespace

Result<Table> parse(std::string bytes, const std::string& source, const Context& context) {
  auto decoded = decodeText(std::move(bytes), source);
  if (!decoded) return decoded.error();
  const std::string content = std::move(*decoded);
  const Start start = findStart(content);
  const char delimiter =
      start.delimiter != '\0' ? start.delimiter : findDelimiter(std::string_view(content).substr(start.offset));
  auto read = readRows(content, start, delimiter, source, context);
  if (!read) return read.error();
  Rows& rows = *read;

  const bool header = hasHeader(rows);
  if (!header) {
    for (std::size_t c = 0; c < rows.columns.size(); ++c) rows.columns[c].count(rows.first[c]);
  }
  const bool decimalComma = hasDecimalComma(rows, delimiter);
  Table table;
  std::vector<Index> kept;
  std::vector<std::string> left;
  for (std::size_t c = 0; c < rows.columns.size(); ++c) {
    const Column& column = rows.columns[c];
    const bool otherDecimal = decimalComma ? column.points > 0 : column.commas > 0;
    const bool last = c > 0 && c + 1 == rows.columns.size();
    const bool blankEnd = last && column.filled == 0 && rows.first[c].raw.empty() && !rows.first[c].quoted;
    if (blankEnd) continue;  // every row ends with a delimiter
    if (column.texts > 0 || otherDecimal) {
      left.push_back(columnName(rows, header, c));
    } else {
      kept.push_back(static_cast<Index>(c));
    }
  }
  const Index firstRow = header ? 1 : 0;
  const Index count = rows.count - firstRow;
  if (count < 1 || kept.empty()) {
    return inputError(source, rows.count == 0 ? Text("it holds no table") : Text("no column of it holds only numbers"),
                      "a table needs a column of numbers; blank cells, NA, NaN and null are missing ones");
  }
  if (!left.empty()) {
    std::string list;
    constexpr std::size_t kListed = 8;
    for (std::size_t i = 0; i < std::min(left.size(), kListed); ++i) list += (i > 0 ? ", " : "") + left[i];
    if (left.size() > kListed) list += ", …";
    table.notices.push_back(
        text("{1} of {2} columns hold text and were left out: {3}", left.size(), rows.columns.size(), list));
  }
  if (rows.outOfRange > 0) {
    table.notices.push_back(text(rows.outOfRange == 1 ? "{1} number is too large for a double and became infinite"
                                                      : "{1} numbers are too large for a double and became infinite",
                                 rows.outOfRange));
  }
  if (rows.rounded > 0) {
    table.notices.push_back(text(rows.rounded == 1 ? "{1} integer beyond 2⁵³ was rounded to the nearest double"
                                                   : "{1} integers beyond 2⁵³ were rounded to the nearest double",
                                 rows.rounded));
  }
  if (header) {
    const Cell* doubtful = nullptr;
    for (const Index c : kept) {
      const auto column = static_cast<std::size_t>(c);
      table.names.push_back(columnName(rows, true, column));
      if (!doubtful && beginsAsNumber(rows.first[column])) doubtful = &rows.first[column];
    }
    if (doubtful) {
      table.notices.push_back(
          text("the first row was read as names, not as numbers, because of {1}", shownName(unquoted(*doubtful))));
    }
  }
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const auto cols = static_cast<Index>(rows.columns.size());
  const Eigen::Map<const RowMajor> all(rows.values.data(), rows.count, cols);
  table.values = all.bottomRows(count)(Eigen::all, kept);
  return table;
}

namespace {

class TableDataset final : public Dataset {
 public:
  TableDataset(std::string source, Table table) : m_source(std::move(source)), m_notices(std::move(table.notices)) {
    m_entry.dtype = "float64";
    m_entry.shape = {table.values.rows(), table.values.cols()};
    m_entry.bytes = static_cast<std::uint64_t>(table.values.size()) * sizeof(double);
    m_matrix = makeMatrix(std::move(table.values));
  }
  DatasetKind kind() const override { return DatasetKind::Matrix; }
  std::span<const EntryInfo> entries() const override { return {&m_entry, 1}; }
  Result<MatrixPtr> open(std::string_view entry, const ViewOptions& view, const Context& context,
                         std::vector<Text>& notices) const override {
    if (!entry.empty())
      return inputError(m_source, text("it holds one table and no entry \"{1}\"", std::string(entry)));
    notices.insert(notices.end(), m_notices.begin(), m_notices.end());
    return arrange(m_matrix, view, m_source, context, notices);
  }

 private:
  std::string m_source;
  std::vector<Text> m_notices;
  EntryInfo m_entry;
  MatrixPtr m_matrix;
};

std::string exactly(double value) { return exact(value); }
std::string exactly(float value) {
  std::array<char, 32> buffer{};
  return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr};
}

template <class T>
Result<Done> writeRows(const Matrix<T>& values, char delimiter, OutputFile& file) {
  std::string line;
  for (Index i = 0; i < values.rows(); ++i) {
    line.clear();
    for (Index j = 0; j < values.cols(); ++j) {
      if (j > 0) line += delimiter;
      line += exactly(values(i, j));
    }
    line += '\n';
    if (auto done = file.write(line); !done) return done;
  }
  return Done{};
}

Result<Done> writeTable(const std::string& path, const NamedArray& array) {
  if (std::holds_alternative<Matrix<Complex>>(*array.values)) {
    return outputError(path, "a text table cannot hold complex numbers", "write an .npy file, or use --complex");
  }
  if (array.shape.size() > 2) {
    return outputError(path, text("a text table cannot hold an array of shape {1}", showShape(array.shape)),
                       "write an .npy file");
  }
  const auto endsWith = [&](std::string_view ending) {
    return path.size() >= ending.size() &&
           std::equal(ending.rbegin(), ending.rend(), path.rbegin(), [](char wanted, char c) {
             return wanted == (c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
           });
  };
  const char delimiter = endsWith(".tsv") ? '\t' : endsWith(".txt") ? ' ' : ',';
  return writeAtomically(path, [&](const std::string& temporary) -> Result<Done> {
    auto file = OutputFile::create(temporary);
    if (!file) return file.error();
    Result<Done> done = Done{};
    if (const auto* narrow = std::get_if<Matrix<float>>(array.values)) {
      done = writeRows(*narrow, delimiter, *file);
    } else {
      done = writeRows(std::get<Matrix<double>>(*array.values), delimiter, *file);
    }
    return done ? file->close() : done;
  });
}

}  // namespace

Result<DatasetPtr> datasetFrom(std::string bytes, const std::string& source, const Context& context) {
  auto table = parse(std::move(bytes), source, context);
  if (!table) return table.error();
  return DatasetPtr(std::make_shared<TableDataset>(source, std::move(*table)));
}

Reader reader() {
  return {.id = "table",
          .title = "Table of text",
          .endings = {".csv", ".tsv", ".txt"},
          .byEndingOnly = true,
          .recognises = {},
          .read = [](const std::string& path, const Context& context) -> Result<DatasetPtr> {
            auto bytes = readWhole(path, context);
            if (!bytes) return bytes.error();
            return datasetFrom(std::move(*bytes), path, context);
          }};
}

Writer writer() {
  return {.id = "table",
          .title = "Table of text",
          .endings = {".csv", ".tsv", ".txt"},
          .several = false,
          .write = [](const std::string& path, std::span<const NamedArray> arrays,
                      const std::map<std::string, std::string>&) {
            expects(arrays.size() == 1, "a table file holds one array");
            return writeTable(path, arrays.front());
          }};
}

}  // namespace rankscope::table
