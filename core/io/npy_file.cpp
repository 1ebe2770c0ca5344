// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npy_file.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/io/arrange.h"
#include "core/io/npy_decode.h"
#include "core/linalg/file_matrix.h"

namespace rankscope::npy {

namespace {

constexpr Index kChunkBytes = Index{1} << 20;  // read and decoded at a time

enum class ComplexView { Whole, Abs, Real, Imag, Stack };

ComplexView complexView(const Header& header, const ViewOptions& view) {
  if (header.kind != 'c' || view.complex.empty()) return ComplexView::Whole;
  if (view.complex == "abs") return ComplexView::Abs;
  if (view.complex == "real") return ComplexView::Real;
  return view.complex == "imag" ? ComplexView::Imag : ComplexView::Stack;
}

bool isFinite(double value) { return std::isfinite(value); }
bool isFinite(float value) { return std::isfinite(value); }
bool isFinite(const Complex& value) { return std::isfinite(value.real()) && std::isfinite(value.imag()); }

class NpyFile final : public FileMatrix {
 public:
  NpyFile(InputFile file, Header header, Extent extent, ComplexView view)
      : m_file(std::move(file)),
        m_header(std::move(header)),
        m_extent(extent),
        m_view(view),
        m_stamp(m_file.stamp()),
        // A file that fits is faster from the system's cache at the next pass; one that does not would push out all
        // else.
        m_forget(m_header.dataBytes > freeMemory() / 2) {}

  // A copy that gives `value` where an entry is not finite.
  static std::shared_ptr<const NpyFile> replacing(NpyFile&& other, Complex value) {
    auto out = std::make_shared<NpyFile>(std::move(other.m_file), other.m_header, other.m_extent, other.m_view);
    out->m_stamp = other.m_stamp;
    out->m_replacement = value;
    return out;
  }

  Index rows() const override { return m_view == ComplexView::Stack ? 2 * m_extent.rows : m_extent.rows; }
  Index cols() const override { return m_extent.cols; }
  Scalar scalar() const override {
    if (m_header.kind == 'c' && m_view == ComplexView::Whole) return Scalar::Complex128;
    return m_header.kind != 'c' && isNarrow(m_header) ? Scalar::Real32 : Scalar::Real64;
  }
  bool byRows() const override { return !m_header.fortran || m_header.shape.size() < 2; }
  std::uint64_t bytes() const override { return m_header.dataBytes; }
  Fingerprint fingerprint() const override;

  void read(Index row, Index col, Eigen::Ref<Matrix<float>> out) const override { readStacked<float>(row, col, out); }
  void read(Index row, Index col, Eigen::Ref<Matrix<double>> out) const override { readStacked<double>(row, col, out); }
  void read(Index row, Index col, Eigen::Ref<Matrix<Complex>> out) const override {
    readStacked<Complex>(row, col, out);
  }

  // The bytes of all numbers, a chunk at a time.
  void forEachChunk(const Context& context, const std::function<void(std::span<const std::byte>)>& f) const {
    std::vector<std::byte> buffer(static_cast<std::size_t>(kChunkBytes));
    for (std::uint64_t at = 0; at < m_header.dataBytes; at += buffer.size()) {
      context.checkpoint();
      const auto part = std::span(buffer).first(std::min<std::uint64_t>(buffer.size(), m_header.dataBytes - at));
      readBytes(at, part);
      f(part);
    }
  }

 private:
  // `offset` counts from the first number.
  void readBytes(std::uint64_t offset, std::span<std::byte> bytes) const {
    const std::uint64_t place = m_header.dataOffset + offset;
    if (const auto done = m_file.readAt(place, bytes); !done) throw ReadFailure(done.error());
    // Asked afterwards: what was read before a change is right.
    if (m_file.stamp() != m_stamp)
      throw ReadFailure(inputError(m_file.path(), "the file has changed while it was open", "open it again"));
    if (m_forget) m_file.forget(place, bytes.size());
  }

  // Real parts above imaginary ones: two reads of the same entries.
  template <class T>
  void readStacked(Index row, Index col, Eigen::Ref<Matrix<T>> out) const {
    if (m_view != ComplexView::Stack) return readLines<T>(row, col, m_view, out);
    const Index above = std::clamp<Index>(m_extent.rows - row, 0, out.rows());
    if (above > 0) readLines<T>(row, col, ComplexView::Real, out.topRows(above));
    if (above < out.rows())
      readLines<T>(row + above - m_extent.rows, col, ComplexView::Imag, out.bottomRows(out.rows() - above));
  }

  // A line is a row or a column, whichever lies together in the file.
  template <class T>
  void readLines(Index row, Index col, ComplexView view, Eigen::Ref<Matrix<T>> out) const {
    const bool rowsAreLines = byRows();
    const Index length = rowsAreLines ? m_extent.cols : m_extent.rows;
    const Index first = rowsAreLines ? row : col, at = rowsAreLines ? col : row;
    const Index lines = rowsAreLines ? out.rows() : out.cols(), width = rowsAreLines ? out.cols() : out.rows();
    const Index size = m_header.itemSize;
    const Index most = std::max<Index>(1, kChunkBytes / size);
    std::vector<std::byte> bytes(static_cast<std::size_t>(std::min(most, lines * width) * size));
    std::vector<T> values(static_cast<std::size_t>(std::min(most, lines * width)));
    const auto take = [&](Index line, Index from, Index count) {
      const auto part = std::span(bytes).first(static_cast<std::size_t>(count * size));
      readBytes(static_cast<std::uint64_t>(line * length + from) * static_cast<std::uint64_t>(size), part);
      decodeInto<T>(part.data(), count, view, values.data());
    };
    if (width == length && length <= most) {  // many whole lines at once
      const Index together = most / length;
      for (Index line = 0; line < lines; line += together) {
        const Index count = std::min(together, lines - line);
        take(first + line, 0, count * length);
        if (rowsAreLines) {
          using RowMajor = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
          // 16 rows at once: a cache line of each column is filled while it is at hand.
          for (Index r = 0; r < count; r += 16) {
            const Index some = std::min<Index>(16, count - r);
            out.middleRows(line + r, some) = Eigen::Map<const RowMajor>(values.data() + r * length, some, length);
          }
        } else {
          out.middleCols(line, count) = Eigen::Map<const Matrix<T>>(values.data(), length, count);
        }
      }
      return;
    }
    for (Index line = 0; line < lines; ++line) {
      for (Index from = 0; from < width; from += most) {
        const Index count = std::min(most, width - from);
        take(first + line, at + from, count);
        const Eigen::Map<const Vector<T>> found(values.data(), count);
        if (rowsAreLines) {
          out.row(line).segment(from, count) = found.transpose();
        } else {
          out.col(line).segment(from, count) = found;
        }
      }
    }
  }

  template <class T>
  void decodeInto(const std::byte* bytes, Index count, ComplexView view, T* out) const {
    if constexpr (!std::is_same_v<T, Complex>) {
      if (m_header.kind != 'c') {
        decode(m_header, bytes, count, out);
        return replace(out, count);
      }
      expects(view != ComplexView::Whole, "complex entries where real ones are needed");
    }
    const bool complex = m_header.kind == 'c';
    std::vector<double> parts(static_cast<std::size_t>(complex ? 2 * count : count));
    decode(m_header, bytes, count, parts.data());
    for (Index i = 0; i < count; ++i) {
      const auto place = static_cast<std::size_t>(complex ? 2 * i : i);
      const double re = parts[place], im = complex ? parts[place + 1] : 0;
      if constexpr (std::is_same_v<T, Complex>) {
        out[i] = view == ComplexView::Whole ? Complex(re, im) : Complex(seen(re, im, view), 0);
      } else {
        out[i] = static_cast<T>(seen(re, im, view));
      }
    }
    replace(out, count);
  }

  static double seen(double re, double im, ComplexView view) {
    return view == ComplexView::Abs ? std::abs(Complex(re, im)) : view == ComplexView::Real ? re : im;
  }

  template <class T>
  void replace(T* values, Index count) const {
    if (!m_replacement) return;
    T with;
    if constexpr (std::is_same_v<T, Complex>) {
      with = *m_replacement;
    } else {
      with = static_cast<T>(m_replacement->real());
    }
    std::replace_if(
        values, values + count, [](const T& value) { return !isFinite(value); }, with);
  }

  InputFile m_file;
  Header m_header;
  Extent m_extent;
  ComplexView m_view;
  FileStamp m_stamp;
  bool m_forget;
  std::optional<Complex> m_replacement;
};

Fingerprint NpyFile::fingerprint() const {
  const std::string about = m_header.dtype + (m_header.swapped ? ">" : "<") + (m_header.fortran ? "F" : "C") + ":" +
                            show(m_header.dataBytes) + ":" + show(static_cast<long long>(m_stamp.seconds)) + "." +
                            show(static_cast<long long>(m_stamp.nanoseconds)) + ":" + show(int(m_view)) + ":" +
                            (m_replacement ? exact(m_replacement->real()) + "," + exact(m_replacement->imag()) : "");
  Fingerprint out = fingerprintOf(about);
  constexpr std::uint64_t kSamples = 64, kSampleBytes = 4096;
  std::array<std::byte, kSampleBytes> buffer{};
  const auto part = std::span(buffer).first(std::min(kSampleBytes, m_header.dataBytes));
  for (std::uint64_t i = 0; i < kSamples; ++i) {
    readBytes((m_header.dataBytes - part.size()) / (kSamples - 1) * i, part);
    out = combine(out, fingerprintOf(part));
  }
  return out;
}

// How many entries are not finite, and the mean of the others.
struct Finite {
  Index replaced = 0;
  Complex mean = 0;
};

Finite finiteEntries(const NpyFile& file, const Context& context) {
  Finite out;
  Index count = 0;
  linalg::forEachPanel<Complex>(file, context, [&](Index, Index, const ConstRef<Complex>& block) {
    for (Index c = 0; c < block.cols(); ++c) {
      for (Index r = 0; r < block.rows(); ++r) {
        if (!isFinite(block(r, c))) {
          ++out.replaced;
          continue;
        }
        ++count;
        out.mean += (block(r, c) - out.mean) / static_cast<double>(count);  // running mean: no overflow
      }
    }
  });
  return out;
}

}  // namespace

double bytesInMemory(const Header& header, const Extent& extent) {
  const double size = header.kind == 'c' ? sizeof(Complex) : isNarrow(header) ? sizeof(float) : sizeof(double);
  return static_cast<double>(extent.rows) * static_cast<double>(extent.cols) * size;
}

bool mayStay(const Header& header, const Extent& extent) {
  return !header.fortran || header.shape.size() < 2 || (header.shape.size() == 2 && header.shape[0] == extent.rows);
}

Result<MatrixPtr> leaveInFile(InputFile file, const Header& header, const Extent& extent, const ViewOptions& view,
                              const Context& context, std::vector<Text>& notices) {
  const std::string path = file.path();
  if (!mayStay(header, extent)) {
    return computeError(path, "it is larger than the memory allowed, and in Fortran order it keeps its shape",
                        "raise --max-memory or save it in C order");
  }
  try {
    auto made = std::make_shared<NpyFile>(std::move(file), header, extent, complexView(header, view));
    if (mayRound(header)) {
      Index rounded = 0;
      made->forEachChunk(context, [&](std::span<const std::byte> bytes) {
        rounded += countRounded(header, bytes.data(), static_cast<Index>(bytes.size() / 8));
      });
      if (rounded > 0) notices.push_back(noticeOfRounded(rounded));
    }
    std::shared_ptr<const NpyFile> kept = made;
    if (!view.nan.empty()) {
      const Finite finite = finiteEntries(*made, context);
      const bool byMean = view.nan == "mean";
      if (finite.replaced > 0) {
        notices.push_back(noticeOfReplaced(finite.replaced, byMean));
        kept = NpyFile::replacing(std::move(*made), byMean ? finite.mean : Complex(0));
      }
    }
    // Who passes over it anyway has lost nothing that would be worth a word.
    if (bytesInMemory(header, extent) > static_cast<double>(context.memory))
      notices.push_back(text("{1} is larger than the memory allowed: its numbers stay in the file", path));
    const MatrixPtr matrix = makeMatrix(std::shared_ptr<const FileMatrix>(kept));
    // An enormous one is passed over only by who will: the others refuse it first.
    if (view.passes || bytesInMemory(header, extent) <= kReadUnasked) matrix->summary(context);
    return matrix;
  } catch (const ReadFailure& failure) {
    return failure.error();
  }
}

}  // namespace rankscope::npy
