// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npy.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "core/io/file.h"

namespace rankscope::npy {

namespace {

constexpr Index kChunk = Index{1} << 17;  // entries decoded at a time: 1 MiB of double, stays in the cache

template <std::size_t size>
struct Unsigned;
template <>
struct Unsigned<1> {
  using type = std::uint8_t;
};
template <>
struct Unsigned<2> {
  using type = std::uint16_t;
};
template <>
struct Unsigned<4> {
  using type = std::uint32_t;
};
template <>
struct Unsigned<8> {
  using type = std::uint64_t;
};

inline std::uint8_t reversed(std::uint8_t v) { return v; }
inline std::uint16_t reversed(std::uint16_t v) { return __builtin_bswap16(v); }
inline std::uint32_t reversed(std::uint32_t v) { return __builtin_bswap32(v); }
inline std::uint64_t reversed(std::uint64_t v) { return __builtin_bswap64(v); }

// count numbers of type S, in either byte order, to D.
template <class S, class D>
void decode(const std::byte* bytes, Index count, bool swapped, D* out) {
  using Bits = typename Unsigned<sizeof(S)>::type;
  for (Index i = 0; i < count; ++i) {
    Bits bits;
    std::memcpy(&bits, bytes + static_cast<std::size_t>(i) * sizeof(S), sizeof(S));
    if (swapped) bits = reversed(bits);
    if constexpr (std::is_same_v<S, bool>) {
      out[i] = bits != 0 ? D(1) : D(0);
    } else if constexpr (std::is_same_v<S, Eigen::half>) {
      out[i] = static_cast<D>(static_cast<float>(Eigen::numext::bit_cast<Eigen::half>(bits)));
    } else {
      out[i] = static_cast<D>(std::bit_cast<S>(bits));
    }
  }
}

// How many 64-bit integers of the chunk a double cannot hold: more than 53 bits between the first and the last that is
// set.
Index countRounded(const std::byte* bytes, Index count, const Header& header) {
  Index rounded = 0;
  for (Index i = 0; i < count; ++i) {
    std::uint64_t bits;
    std::memcpy(&bits, bytes + i * 8, 8);
    if (header.swapped) bits = reversed(bits);
    if (header.kind == 'i' && bits >> 63) bits = 0 - bits;
    const int excess = std::bit_width(bits) - 53;
    rounded += excess > 0 && (bits & ((std::uint64_t{1} << excess) - 1)) != 0;
  }
  return rounded;
}

// D is the real type behind the result; a complex entry is two of them.
template <class D>
void decodeChunk(const Header& header, const std::byte* bytes, Index entries, D* out) {
  const bool complex = header.kind == 'c';
  const Index count = complex ? 2 * entries : entries;
  const Index size = complex ? header.itemSize / 2 : header.itemSize;
  const char kind = complex ? 'f' : header.kind;
  const bool swapped = header.swapped;
  if (kind == 'b') return decode<bool>(bytes, count, swapped, out);
  if (kind == 'f' && size == 2) return decode<Eigen::half>(bytes, count, swapped, out);
  if (kind == 'f' && size == 4) return decode<float>(bytes, count, swapped, out);
  if (kind == 'f') return decode<double>(bytes, count, swapped, out);
  if (kind == 'i' && size == 1) return decode<std::int8_t>(bytes, count, swapped, out);
  if (kind == 'i' && size == 2) return decode<std::int16_t>(bytes, count, swapped, out);
  if (kind == 'i' && size == 4) return decode<std::int32_t>(bytes, count, swapped, out);
  if (kind == 'i') return decode<std::int64_t>(bytes, count, swapped, out);
  if (size == 1) return decode<std::uint8_t>(bytes, count, swapped, out);
  if (size == 2) return decode<std::uint16_t>(bytes, count, swapped, out);
  if (size == 4) return decode<std::uint32_t>(bytes, count, swapped, out);
  decode<std::uint64_t>(bytes, count, swapped, out);
}

// Puts decoded entries, which come in the file's order, to their places.
template <class T>
class Scatter {
 public:
  Scatter(const Header& header, Matrix<T>& out) : m_out(out), m_shape(header.shape), m_index(header.shape.size(), 0) {
    const bool sameShape = m_shape.size() == 2 && out.rows() == m_shape[0];
    m_byRows = !header.fortran || m_shape.size() < 2;
    // The file's order is the memory's: a Fortran matrix under its own shape, or one column.
    m_inOrder = m_byRows ? out.cols() == 1 : sameShape;
    m_steps.assign(m_shape.size(), 1);
    for (std::size_t d = m_shape.size(); d-- > 1;) m_steps[d - 1] = m_steps[d] * m_shape[d];
  }

  void put(const T* values, Index count) {
    if (m_inOrder) {
      std::copy_n(values, count, m_out.data() + m_next);
    } else if (m_byRows) {
      putRows(values, count);
    } else {
      putFortran(values, count);
    }
    m_next += count;
  }

 private:
  // Row-major entries m_next … to the column-major matrix, up to 16 rows at once: a cache line of each column is filled
  // while it is at hand.
  void putRows(const T* values, Index count) {
    const Index cols = m_out.cols();
    Index at = m_next;
    const Index end = m_next + count;
    while (at < end) {
      const Index row = at / cols, col = at % cols;
      if (col == 0 && end - at >= cols) {
        const Index rows = std::min<Index>((end - at) / cols, 16);
        using RowMajor = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
        m_out.middleRows(row, rows) = Eigen::Map<const RowMajor>(values, rows, cols);
        at += rows * cols;
        values += rows * cols;
      } else {
        const Index n = std::min(cols - col, end - at);
        m_out.row(row).segment(col, n) = Eigen::Map<const Eigen::Matrix<T, 1, Eigen::Dynamic>>(values, n);
        at += n;
        values += n;
      }
    }
  }

  // First index fastest; `m_place` is where the entry stands when the last index is fastest.
  void putFortran(const T* values, Index count) {
    const Index cols = m_out.cols();
    for (Index i = 0; i < count; ++i) {
      m_out(m_place / cols, m_place % cols) = values[i];
      for (std::size_t d = 0; d < m_shape.size(); ++d) {
        m_place += m_steps[d];
        if (++m_index[d] < m_shape[d]) break;
        m_place -= m_steps[d] * m_shape[d];
        m_index[d] = 0;
      }
    }
  }

  Matrix<T>& m_out;
  std::vector<Index> m_shape, m_index, m_steps;
  bool m_inOrder = false, m_byRows = true;
  Index m_next = 0, m_place = 0;
};

template <class T>
Result<Values> readAs(const Header& header, const Extent& extent, const Source& source, const std::string& name,
                      const Context& context, std::vector<Text>& notices) {
  using Real = RealOf<T>;
  Matrix<T> out(extent.rows, extent.cols);
  Scatter<T> scatter(header, out);
  const bool wide = header.itemSize == 8 && (header.kind == 'i' || header.kind == 'u');
  std::vector<std::byte> bytes(static_cast<std::size_t>(std::min(kChunk, out.size()) * header.itemSize));
  std::vector<T> decoded(static_cast<std::size_t>(std::min(kChunk, out.size())));
  Index rounded = 0;
  for (Index at = 0; at < out.size(); at += kChunk) {
    context.checkpoint();
    context.report(static_cast<double>(at) / static_cast<double>(out.size()), text("Reading {1}", name));
    const Index count = std::min(kChunk, out.size() - at);
    const std::span part(bytes.data(), static_cast<std::size_t>(count * header.itemSize));
    if (auto done = source(part); !done) return done.error();
    if (wide) rounded += countRounded(part.data(), count, header);
    decodeChunk(header, part.data(), count,
                reinterpret_cast<Real*>(decoded.data()));  // complex is an array of two reals
    scatter.put(decoded.data(), count);
  }
  if (rounded > 0)
    notices.push_back(text(rounded == 1 ? "{1} integer beyond 2⁵³ was rounded to the nearest double"
                                        : "{1} integers beyond 2⁵³ were rounded to the nearest double",
                           rounded));
  return Values(std::move(out));
}

template <class T>
std::string typeOf() {
  if constexpr (std::is_same_v<T, float>) return "<f4";
  if constexpr (std::is_same_v<T, double>) return "<f8";
  return "<c16";
}

std::string headerText(const std::string& type, bool fortran, std::span<const Index> shape) {
  std::string out = "{'descr': '" + type + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': (";
  for (std::size_t d = 0; d < shape.size(); ++d) out += (d > 0 ? ", " : "") + show(shape[d]);
  if (shape.size() == 1) out += ",";
  out += "), }";
  constexpr std::size_t kPrefix = 10, kAlignment = 64;  // the data start at a multiple of 64, as numpy has it
  out.append(kAlignment - 1 - (kPrefix + out.size()) % kAlignment, ' ');
  out += '\n';
  return out;
}

class NpyDataset final : public Dataset {
 public:
  NpyDataset(std::string path, Header header) : m_path(std::move(path)), m_header(std::move(header)) {
    m_entry = {.name = {}, .dtype = m_header.dtype, .shape = m_header.shape, .bytes = m_header.dataBytes};
  }
  DatasetKind kind() const override { return DatasetKind::Matrix; }
  std::span<const EntryInfo> entries() const override { return {&m_entry, 1}; }
  Result<MatrixPtr> open(std::string_view entry, const ViewOptions& view, const Context& context,
                         std::vector<Text>& notices) const override {
    if (!entry.empty()) return inputError(m_path, text("it holds one array and no entry \"{1}\"", std::string(entry)));
    const auto extent = extentOf(m_header.shape, view, m_path);
    if (!extent) return extent.error();
    auto file = InputFile::open(m_path);
    if (!file) return file.error();
    const Source source = [&](std::span<std::byte> bytes) { return file->read(bytes); };
    const auto header = readHeader(source, file->size(), m_path);
    if (!header) return header.error();
    if (header->dataOffset != m_header.dataOffset || header->dataBytes != m_header.dataBytes ||
        header->shape != m_header.shape) {
      return inputError(m_path, "the file has changed while it was open", "open it again");
    }
    auto values = readValues(*header, *extent, source, m_path, context, notices);
    if (!values) return values.error();
    const std::uint64_t rest = file->size() - header->dataOffset - header->dataBytes;
    if (rest > 0) notices.push_back(text("{1} bytes after the array were left out", rest));
    return finishMatrix(std::move(*values), {}, view, m_path, context, notices);
  }

 private:
  std::string m_path;
  Header m_header;
  EntryInfo m_entry;
};

}  // namespace

Result<Values> readValues(const Header& header, const Extent& extent, const Source& source, const std::string& name,
                          const Context& context, std::vector<Text>& notices) {
  const bool complex = header.kind == 'c';
  const bool narrow = header.itemSize < 4 || (header.kind == 'f' && header.itemSize == 4);
  const double entrySize = complex ? sizeof(Complex) : narrow ? sizeof(float) : sizeof(double);
  const double bytes = static_cast<double>(extent.rows) * static_cast<double>(extent.cols) * entrySize;
  if (auto refused = context.refuseMemory(name, bytes, "raise --max-memory")) return *refused;
  if (complex) return readAs<Complex>(header, extent, source, name, context, notices);
  if (narrow) return readAs<float>(header, extent, source, name, context, notices);
  return readAs<double>(header, extent, source, name, context, notices);
}

Result<Done> write(const NamedArray& array, const Sink& sink) {
  return std::visit(
      [&](const auto& values) -> Result<Done> {
        using M = std::decay_t<decltype(values)>;
        using T = typename M::Scalar;
        Index count = 1;
        for (const Index n : array.shape) count *= n;
        expects(count == values.size(), "an array's shape must hold its values");
        const bool fortran = array.shape.size() == 2;
        const std::string header = headerText(typeOf<T>(), fortran, array.shape);
        const std::string prefix = {'\x93',
                                    'N',
                                    'U',
                                    'M',
                                    'P',
                                    'Y',
                                    '\x01',
                                    '\x00',
                                    static_cast<char>(header.size() & 0xff),
                                    static_cast<char>(header.size() >> 8)};
        if (auto done = sink(std::as_bytes(std::span(prefix.data(), prefix.size()))); !done) return done;
        if (auto done = sink(std::as_bytes(std::span(header.data(), header.size()))); !done) return done;
        static_assert(std::endian::native == std::endian::little, "numbers are written as they lie in memory");
        if (fortran || values.cols() == 1 || values.rows() == 1) {
          return sink(std::as_bytes(std::span(values.data(), static_cast<std::size_t>(values.size()))));
        }
        Vector<T> row(values.cols());
        for (Index i = 0; i < values.rows(); ++i) {
          row = values.row(i);
          if (auto done = sink(std::as_bytes(std::span(row.data(), static_cast<std::size_t>(row.size())))); !done)
            return done;
        }
        return Done{};
      },
      *array.values);
}

Reader reader() {
  return {.id = "npy",
          .title = "NumPy array",
          .endings = {".npy"},
          .byEndingOnly = false,
          .recognises = begins,
          .read = [](const std::string& path, const Context&) -> Result<DatasetPtr> {
            auto file = InputFile::open(path);
            if (!file) return file.error();
            auto header = readHeader([&](std::span<std::byte> bytes) { return file->read(bytes); }, file->size(), path);
            if (!header) return header.error();
            return DatasetPtr(std::make_shared<NpyDataset>(path, std::move(*header)));
          }};
}

Writer writer() {
  return {.id = "npy",
          .title = "NumPy array",
          .endings = {".npy"},
          .several = false,
          .write = [](const std::string& path, std::span<const NamedArray> arrays,
                      const std::map<std::string, std::string>&) {
            expects(arrays.size() == 1, "an .npy file holds one array");
            return writeAtomically(path, [&](const std::string& temporary) -> Result<Done> {
              auto file = OutputFile::create(temporary);
              if (!file) return file.error();
              auto done = write(arrays.front(), [&](std::span<const std::byte> bytes) { return file->write(bytes); });
              return done ? file->close() : done;
            });
          }};
}

}  // namespace rankscope::npy
