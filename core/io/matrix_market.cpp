// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/matrix_market.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/io/arrange.h"
#include "core/io/file.h"
#include "core/io/table_scanner.h"
#include "core/io/text_encoding.h"
#include "core/linalg/sparse_matrix.h"

namespace rankscope::matrix_market {

namespace {

constexpr std::string_view kBanner = "%%matrixmarket";
constexpr std::size_t kMostFields = 8;  // a line needs five at most; what is beyond is only counted as too many

enum class Symmetry { General, Symmetric, Skew, Hermitian };

struct Header {
  bool coordinate = true, pattern = false, integer = false, complex = false;
  Symmetry symmetry = Symmetry::General;
  Index rows = 0, cols = 0, entries = 0;  // `entries`: lines of numbers to come
};

std::string lowercase(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

// The fields of one line after another.
class Lines {
 public:
  Lines(std::string_view text, const std::string& source) : m_text(text), m_source(source) {}

  // The next line that has a field and, but for the first one, is no comment.
  bool next() {
    while (m_at < m_text.size()) {
      const std::size_t end = std::min(m_text.find_first_of("\r\n", m_at), m_text.size());
      m_line = m_text.substr(m_at, end - m_at);
      m_at = end + (m_text.substr(end, 2) == "\r\n" ? 2 : 1);
      ++m_number;
      m_fields.clear();
      std::size_t from = m_line.find_first_not_of(" \t");
      if (from == std::string_view::npos || (m_line[from] == '%' && m_number > 1)) continue;
      while (from < m_line.size() && m_fields.size() < kMostFields) {
        const std::size_t to = std::min(m_line.find_first_of(" \t", from), m_line.size());
        m_fields.push_back(m_line.substr(from, to - from));
        from = std::min(m_line.find_first_not_of(" \t", to), m_line.size());
      }
      return true;
    }
    m_fields.clear();
    return false;
  }

  const std::vector<std::string_view>& fields() const { return m_fields; }
  std::size_t rest() const { return m_text.size() - std::min(m_at, m_text.size()); }
  double share() const {
    return static_cast<double>(m_at) / static_cast<double>(std::max<std::size_t>(1, m_text.size()));
  }
  // An error at a field of this line, or of the line as a whole.
  Error error(const Text& why, const Text& hint = {}, std::size_t field = kMostFields) const {
    const Index column = field < m_fields.size() ? m_fields[field].data() - m_line.data() + 1 : Index{0};
    return inputError(m_source, why, hint, std::max<Index>(1, m_number), column);
  }

 private:
  std::string_view m_text, m_line;
  const std::string& m_source;
  std::size_t m_at = 0;
  Index m_number = 0;
  std::vector<std::string_view> m_fields;
};

// A whole number from 0 on; nothing for anything else.
std::optional<Index> wholeNumber(std::string_view field) {
  Index value = 0;
  const auto read = std::from_chars(field.data(), field.data() + field.size(), value);
  if (read.ec != std::errc() || read.ptr != field.data() + field.size() || value < 0) return std::nullopt;
  return value;
}

std::optional<Error> readBanner(Lines& lines, Header& header) {
  const Text hint = "it is: %%MatrixMarket matrix coordinate real general";
  if (!lines.next() || lowercase(lines.fields().front()) != kBanner)
    return lines.error("it does not begin with %%MatrixMarket", hint);
  if (lines.fields().size() != 5 || lowercase(lines.fields()[1]) != "matrix")
    return lines.error("the first line does not say what matrix follows", hint);
  const std::string format = lowercase(lines.fields()[2]), field = lowercase(lines.fields()[3]),
                    symmetry = lowercase(lines.fields()[4]);
  header.coordinate = format == "coordinate";
  if (!header.coordinate && format != "array")
    return lines.error(text("there is no format \"{1}\"", shownName(format)), "coordinate or array", 2);
  header.pattern = field == "pattern";
  header.integer = field == "integer";
  header.complex = field == "complex";
  if (!header.pattern && !header.integer && !header.complex && field != "real")
    return lines.error(text("there are no \"{1}\" numbers", shownName(field)), "real, integer, complex or pattern", 3);
  if (symmetry == "symmetric") {
    header.symmetry = Symmetry::Symmetric;
  } else if (symmetry == "skew-symmetric") {
    header.symmetry = Symmetry::Skew;
  } else if (symmetry == "hermitian") {
    header.symmetry = Symmetry::Hermitian;
  } else if (symmetry != "general") {
    return lines.error(text("there is no symmetry \"{1}\"", shownName(symmetry)),
                       "general, symmetric, skew-symmetric or hermitian", 4);
  }
  if (header.pattern && !header.coordinate) return lines.error("an array has numbers, not a pattern", {}, 3);
  if (header.symmetry == Symmetry::Hermitian && !header.complex)
    return lines.error("a hermitian matrix has complex numbers", "real ones are symmetric", 4);
  if (header.symmetry == Symmetry::Skew && header.pattern)
    return lines.error("a pattern has no signs, so it is not skew-symmetric", {}, 4);
  return std::nullopt;
}

std::optional<Error> readSizes(Lines& lines, Header& header) {
  const std::size_t wanted = header.coordinate ? 3 : 2;
  const Text hint = header.coordinate ? "it is: rows columns entries" : "it is: rows columns";
  if (!lines.next()) return lines.error("the line of sizes is missing", hint);
  if (lines.fields().size() != wanted) return lines.error("this is no line of sizes", hint);
  Index* const sizes[] = {&header.rows, &header.cols, &header.entries};
  constexpr Index kLongest = std::numeric_limits<int>::max();
  for (std::size_t i = 0; i < wanted; ++i) {
    const auto size = wholeNumber(lines.fields()[i]);
    if (!size) return lines.error(text("\"{1}\" is no size", shownName(lines.fields()[i])), hint, i);
    if (i < 2 && *size > kLongest)
      return lines.error(text("a side of {1} is too long", *size), text("{1} is the longest", kLongest), i);
    *sizes[i] = *size;
  }
  if (header.rows == 0 || header.cols == 0)
    return lines.error(text("the matrix is empty ({1} x {2})", header.rows, header.cols));
  if (header.symmetry != Symmetry::General && header.rows != header.cols)
    return lines.error(text("{1} x {2} is not square, so it has no symmetry", header.rows, header.cols));
  if (!header.coordinate) {
    header.entries = header.symmetry == Symmetry::General ? header.rows * header.cols
                     : header.symmetry == Symmetry::Skew  ? header.rows * (header.rows - 1) / 2
                                                          : header.rows * (header.rows + 1) / 2;
  }
  // The indices of a sparse matrix are int, and a half that is filled in counts too.
  const Index most = header.symmetry == Symmetry::General ? kLongest : kLongest / 2;
  if (header.coordinate && header.entries > most) {
    return lines.error(text("{1} entries are too many for a sparse matrix", header.entries),
                       text("{1} is the most", most), 2);
  }
  // Each number takes a digit and what parts it from the next; the last line may have no end.
  const Index numbers = (header.coordinate ? 2 : 0) + (header.pattern ? 0 : header.complex ? 2 : 1);
  const auto room = static_cast<Index>((lines.rest() + 1) / static_cast<std::size_t>(2 * numbers));
  if (header.entries > room) {
    return lines.error(text("{1} entries are announced and the file has room for {2} at most", header.entries, room),
                       "the file may be cut off");
  }
  return std::nullopt;
}

// What is said of the numbers afterwards.
struct Remarks {
  Index outOfRange = 0, rounded = 0, repeated = 0;

  std::vector<Text> notices() const {
    std::vector<Text> out;
    if (repeated > 0) {
      out.push_back(text(repeated == 1 ? "{1} entry is for a place that had one already: they were added up"
                                       : "{1} entries are for places that had one already: they were added up",
                         repeated));
    }
    if (outOfRange > 0) {
      out.push_back(text(outOfRange == 1 ? "{1} number is too large for a double and became infinite"
                                         : "{1} numbers are too large for a double and became infinite",
                         outOfRange));
    }
    if (rounded > 0) {
      out.push_back(text(rounded == 1 ? "{1} integer beyond 2⁵³ was rounded to the nearest double"
                                      : "{1} integers beyond 2⁵³ were rounded to the nearest double",
                         rounded));
    }
    return out;
  }
};

Result<double> numberAt(const Lines& lines, std::size_t field, Remarks& remarks) {
  const std::string_view raw = lines.fields()[field];
  double value = 0;
  const auto read = std::from_chars(raw.data(), raw.data() + raw.size(), value);
  // A sum of integers is exact below 2⁵³; the scanner looks closer.
  if (read.ec == std::errc() && read.ptr == raw.data() + raw.size() && !(std::abs(value) >= 0x1p53)) return value;
  const table::Cell cell = table::classify(raw, false);
  if (cell.kind != table::CellKind::Number) return lines.error(text("\"{1}\" is no number", shownName(raw)), {}, field);
  remarks.outOfRange += cell.outOfRange;
  remarks.rounded += cell.rounded;
  return cell.value;
}

// The numbers of this line from `first` on as one entry.
template <class T>
Result<T> entryAt(const Lines& lines, std::size_t first, const Header& header, Remarks& remarks) {
  if (header.pattern) return T(1);
  const auto real = numberAt(lines, first, remarks);
  if (!real) return real.error();
  if constexpr (std::is_same_v<T, Complex>) {
    const auto imaginary = numberAt(lines, first + 1, remarks);
    if (!imaginary) return imaginary.error();
    return Complex(*real, *imaginary);
  } else {
    return *real;
  }
}

// The entry on the other side of the diagonal.
template <class T>
T mirrored(const T& value, Symmetry symmetry) {
  return symmetry == Symmetry::Skew        ? T(-value)
         : symmetry == Symmetry::Hermitian ? T(Eigen::numext::conj(value))
                                           : value;
}

template <class T>
std::optional<Error> refuseDiagonal(const Lines& lines, const T& value, Symmetry symmetry) {
  if (symmetry == Symmetry::Skew && value != T(0))
    return lines.error("the diagonal of a skew-symmetric matrix is zero, and this entry is not");
  if (symmetry == Symmetry::Hermitian && Eigen::numext::imag(value) != 0)
    return lines.error("the diagonal of a hermitian matrix is real, and this entry is not");
  return std::nullopt;
}

// f(index of the entry) for each line of numbers, which must be as many as announced and have `width` fields.
template <class F>
std::optional<Error> forEachLine(Lines& lines, const Header& header, std::size_t width, const std::string& source,
                                 const Context& context, F f) {
  constexpr Index kBetweenChecks = 1 << 14;
  for (Index i = 0; i < header.entries; ++i) {
    if (i % kBetweenChecks == 0) {
      context.checkpoint();
      context.report(lines.share(), text("Reading {1}", source));
    }
    if (!lines.next()) {
      return lines.error(text("the file ends after {1} of {2} entries", i, header.entries), "the file may be cut off");
    }
    if (lines.fields().size() != width) {
      return lines.error(text("this line has {1} fields and an entry has {2}", lines.fields().size(), width), {},
                         std::min(width, lines.fields().size() - 1));
    }
    if (auto error = f(i)) return error;
  }
  if (lines.next()) {
    return lines.error(text("here is more than the {1} entries that are announced", header.entries),
                       "correct the number in the line of sizes");
  }
  return std::nullopt;
}

template <class T>
Result<MatrixPtr> readCoordinates(Lines& lines, const Header& header, const std::string& source, const Context& context,
                                  double textBytes, Remarks& remarks) {
  const bool general = header.symmetry == Symmetry::General;
  const double sides = static_cast<double>(header.rows) + static_cast<double>(header.cols);
  // The list, the sorted copies that are made of it, those of the other half, and where their columns begin.
  constexpr double kCopy = sizeof(T) + sizeof(int);
  double bytes = textBytes + 4.0 * sizeof(int) * sides +
                 static_cast<double>(header.entries) * (sizeof(Eigen::Triplet<T>) + (general ? 2 : 5) * kCopy);
  if (std::is_same_v<T, Complex>)
    bytes += sizeof(T) * static_cast<double>(header.rows) * static_cast<double>(header.cols);
  if (auto refused = context.refuseMemory(source, bytes, "raise --max-memory")) return *refused;

  std::vector<Eigen::Triplet<T>> entries;
  entries.reserve(static_cast<std::size_t>(header.entries));
  const std::size_t width = header.pattern ? 2 : header.complex ? 4 : 3;
  const auto failed = forEachLine(lines, header, width, source, context, [&](Index) -> std::optional<Error> {
    Index place[2] = {0, 0};
    for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
      const Index most = side == 0 ? header.rows : header.cols;
      const auto number = wholeNumber(lines.fields()[side]);
      if (!number || *number < 1 || *number > most) {
        return lines.error(text(side == 0 ? "\"{1}\" is no row of this matrix" : "\"{1}\" is no column of this matrix",
                                shownName(lines.fields()[side])),
                           text("from 1 to {1}", most), side);
      }
      place[side] = *number - 1;
    }
    const auto value = entryAt<T>(lines, 2, header, remarks);
    if (!value) return value.error();
    const int row = static_cast<int>(place[0]), col = static_cast<int>(place[1]);
    entries.emplace_back(row, col, *value);
    return row == col ? refuseDiagonal(lines, *value, header.symmetry) : std::nullopt;
  });
  if (failed) return *failed;
  Eigen::SparseMatrix<T> out(static_cast<int>(header.rows), static_cast<int>(header.cols));
  out.setFromTriplets(entries.begin(), entries.end());
  remarks.repeated = header.entries - Index{out.nonZeros()};
  entries = {};
  if (!general) {
    Eigen::SparseMatrix<T> other = out.transpose();
    other.prune([](Index row, Index col, const T&) { return row != col; });
    std::for_each(other.valuePtr(), other.valuePtr() + other.nonZeros(),
                  [&](T& value) { value = mirrored(value, header.symmetry); });
    out += other;
  }
  if constexpr (std::is_same_v<T, Complex>) {
    return makeMatrix(Matrix<Complex>(out));
  } else {
    return makeMatrix(std::move(out));
  }
}

// Column by column; of a symmetric matrix the part from the diagonal (of a skew one, below it) down.
template <class T>
Result<MatrixPtr> readArray(Lines& lines, const Header& header, const std::string& source, const Context& context,
                            double textBytes, Remarks& remarks) {
  const double bytes = textBytes + sizeof(T) * static_cast<double>(header.rows) * static_cast<double>(header.cols);
  if (auto refused = context.refuseMemory(source, bytes, "raise --max-memory")) return *refused;
  const auto firstOf = [&](Index col) {
    return header.symmetry == Symmetry::General ? Index{0} : header.symmetry == Symmetry::Skew ? col + 1 : col;
  };
  Matrix<T> out = Matrix<T>::Zero(header.rows, header.cols);
  Index row = firstOf(0), col = 0;
  const auto failed =
      forEachLine(lines, header, header.complex ? 2 : 1, source, context, [&](Index) -> std::optional<Error> {
        const auto value = entryAt<T>(lines, 0, header, remarks);
        if (!value) return value.error();
        out(row, col) = *value;
        if (row == col) {
          if (auto refused = refuseDiagonal(lines, *value, header.symmetry)) return refused;
        } else if (header.symmetry != Symmetry::General) {
          out(col, row) = mirrored(*value, header.symmetry);
        }
        if (++row == header.rows) row = firstOf(++col);
        return std::nullopt;
      });
  if (failed) return *failed;
  return makeMatrix(std::move(out));
}

class MatrixMarketDataset final : public Dataset {
 public:
  static Result<DatasetPtr> read(const std::string& path, const Context& context) {
    const auto content = readWhole(path, context);
    if (!content) return content.error();
    Lines lines(*content, path);
    Header header;
    if (auto error = readBanner(lines, header)) return *error;
    if (auto error = readSizes(lines, header)) return *error;
    Remarks remarks;
    const auto make = [&]<class T>() {
      const auto bytes = static_cast<double>(content->size());
      return header.coordinate ? readCoordinates<T>(lines, header, path, context, bytes, remarks)
                               : readArray<T>(lines, header, path, context, bytes, remarks);
    };
    auto matrix = header.complex ? make.template operator()<Complex>() : make.template operator()<double>();
    if (!matrix) return matrix.error();
    auto dataset = std::make_shared<MatrixMarketDataset>();
    dataset->m_path = path;
    dataset->m_matrix = std::move(*matrix);
    dataset->m_notices = remarks.notices();
    dataset->m_entry = {.name = {},
                        .dtype = header.complex ? "complex128" : "float64",
                        .shape = {header.rows, header.cols},
                        .bytes = dataset->m_matrix->bytes()};
    return DatasetPtr(std::move(dataset));
  }

  DatasetKind kind() const override { return DatasetKind::Matrix; }
  std::span<const EntryInfo> entries() const override { return {&m_entry, 1}; }
  Result<MatrixPtr> open(std::string_view entry, const ViewOptions& view, const Context& context,
                         std::vector<Text>& notices) const override {
    if (!entry.empty()) return inputError(m_path, text("it holds one matrix and no entry \"{1}\"", std::string(entry)));
    notices.insert(notices.end(), m_notices.begin(), m_notices.end());
    return arrange(m_matrix, view, m_path, context, notices);
  }

 private:
  std::string m_path;
  EntryInfo m_entry;
  MatrixPtr m_matrix;
  std::vector<Text> m_notices;
};

}  // namespace

Reader reader() {
  return {.id = "mtx",
          .title = "Matrix Market",
          .endings = {".mtx"},
          .byEndingOnly = false,
          .recognises =
              [](std::span<const std::byte> head) {
                const std::string_view begin(reinterpret_cast<const char*>(head.data()),
                                             std::min(head.size(), kBanner.size()));
                return lowercase(begin) == kBanner;
              },
          .read = MatrixMarketDataset::read};
}

}  // namespace rankscope::matrix_market
