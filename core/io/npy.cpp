// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npy.h"

#include <algorithm>
#include <bit>

#include "core/io/file.h"
#include "core/io/npy_decode.h"
#include "core/io/npy_file.h"

namespace rankscope::npy {

namespace {

constexpr Index kChunk = Index{1} << 17;  // entries decoded at a time: 1 MiB of double, stays in the cache

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
  const bool wide = mayRound(header);
  std::vector<std::byte> bytes(static_cast<std::size_t>(std::min(kChunk, out.size()) * header.itemSize));
  std::vector<T> decoded(static_cast<std::size_t>(std::min(kChunk, out.size())));
  Index rounded = 0;
  for (Index at = 0; at < out.size(); at += kChunk) {
    context.checkpoint();
    context.report(static_cast<double>(at) / static_cast<double>(out.size()), text("Reading {1}", name));
    const Index count = std::min(kChunk, out.size() - at);
    const std::span part(bytes.data(), static_cast<std::size_t>(count * header.itemSize));
    if (auto done = source(part); !done) return done.error();
    if (wide) rounded += countRounded(header, part.data(), count);
    decode(header, part.data(), count, reinterpret_cast<Real*>(decoded.data()));  // complex is an array of two reals
    scatter.put(decoded.data(), count);
  }
  if (rounded > 0) notices.push_back(noticeOfRounded(rounded));
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
    const std::uint64_t rest = file->size() - header->dataOffset - header->dataBytes;
    if (rest > 0) notices.push_back(text("{1} bytes after the array were left out", rest));
    const double bytes = bytesInMemory(*header, *extent);
    constexpr double kWorthPassing = 0x1p28;  // below it a pass over the file gains nothing
    if (bytes > static_cast<double>(context.memory) ||
        (view.passes && bytes > kWorthPassing && mayStay(*header, *extent)))
      return leaveInFile(std::move(*file), *header, *extent, view, context, notices);
    auto values = readValues(*header, *extent, source, m_path, context, notices);
    if (!values) return values.error();
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
  if (auto refused = context.refuseMemory(name, bytesInMemory(header, extent), "raise --max-memory")) return *refused;
  if (header.kind == 'c') return readAs<Complex>(header, extent, source, name, context, notices);
  if (isNarrow(header)) return readAs<float>(header, extent, source, name, context, notices);
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
