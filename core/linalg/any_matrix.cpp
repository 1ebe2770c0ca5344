// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/linalg/any_matrix.h"

#include <cmath>
#include <limits>

#include "core/linalg/lapack.h"

namespace rankscope {

struct Storage {
  std::variant<std::shared_ptr<const Matrix<double>>, std::shared_ptr<const Matrix<float>>,
               std::shared_ptr<const Matrix<Complex>>>
      values;
  Index firstCol = 0, cols = 0;  // the columns of `values` that are ours
  std::vector<Channel> channels;

  mutable std::once_flag summaryOnce, fingerprintOnce;
  mutable Summary summary;
  mutable Fingerprint fingerprint;

  template <class F>
  auto visit(F f) const {
    return std::visit(
        [&](const auto& matrix) {
          using Stored = std::remove_const_t<typename std::decay_t<decltype(matrix)>::element_type>;
          using Scalar = typename Stored::Scalar;
          const Eigen::Map<const Matrix<Scalar>> map(matrix->data() + firstCol * matrix->rows(), matrix->rows(), cols);
          return f(map, std::shared_ptr<const void>(matrix));
        },
        values);
  }
};

namespace {

// Neumaier's compensated sum: entries of 1e19 and both signs leave the mean of the small ones readable.
class ExactSum {
 public:
  void add(double value) {
    const double next = m_sum + value;
    m_lost += std::abs(m_sum) >= std::abs(value) ? (m_sum - next) + value : (value - next) + m_sum;
    m_sum = next;
  }
  // Once the plain sum has overflowed the correction is NaN; the caller sees infinity either way.
  double value() const { return std::isfinite(m_lost) ? m_sum + m_lost : m_sum; }

 private:
  double m_sum = 0, m_lost = 0;
};

// Largest and smallest go first, so that the squares are of numbers near 1 and a matrix times 1e±300 has its norm.
template <class Map>
Summary summarise(const Map& map) {
  Summary out;
  double low = std::numeric_limits<double>::infinity(), high = -low, largest = 0;
  ExactSum sum;
  Index count = 0;
  for (Index c = 0; c < map.cols(); ++c) {
    for (Index r = 0; r < map.rows(); ++r) {
      double value = 0;
      if constexpr (Eigen::NumTraits<typename Map::Scalar>::IsComplex) {
        // A modulus may overflow where neither part does: that is a finite entry, and the norm then refuses the matrix.
        value = std::isfinite(map(r, c).real()) && std::isfinite(map(r, c).imag())
                    ? std::min(std::abs(map(r, c)), std::numeric_limits<double>::max())
                    : std::numeric_limits<double>::quiet_NaN();
      } else {
        value = static_cast<double>(map(r, c));
      }
      if (!std::isfinite(value)) {
        // Row-major order decides which place is "first": it is how people read a table.
        if (out.nonFinite++ == 0 || r < out.firstRow || (r == out.firstRow && c < out.firstCol)) {
          out.firstRow = r;
          out.firstCol = c;
        }
        continue;
      }
      low = std::min(low, value);
      high = std::max(high, value);
      sum.add(value);
      ++count;
    }
  }
  if (count == 0) return out;
  out.min = low;
  out.max = high;
  out.mean = sum.value() / static_cast<double>(count);
  largest = std::max(std::abs(low), std::abs(high));
  if (!std::isfinite(out.mean)) {  // the plain sum overflowed
    double scaled = 0;
    for (Index c = 0; c < map.cols(); ++c) {
      for (Index r = 0; r < map.rows(); ++r) {
        double value = 0;
        if constexpr (Eigen::NumTraits<typename Map::Scalar>::IsComplex) {
          value = std::abs(map(r, c) / largest);
        } else {
          value = static_cast<double>(map(r, c)) / largest;
        }
        if (std::isfinite(value)) scaled += value;
      }
    }
    out.mean = scaled / static_cast<double>(count) * largest;
  }
  if (largest == 0) return out;
  const double unit = std::ldexp(1.0, std::ilogb(largest));  // a power of two: dividing by it rounds nothing
  double squares = 0;
  for (Index c = 0; c < map.cols(); ++c) {
    double column = 0;
    for (Index r = 0; r < map.rows(); ++r) {
      if constexpr (Eigen::NumTraits<typename Map::Scalar>::IsComplex) {
        const double re = map(r, c).real() / unit, im = map(r, c).imag() / unit;
        const double square = re * re + im * im;
        if (std::isfinite(square)) column += square;
      } else {
        const double value = static_cast<double>(map(r, c)) / unit;
        if (std::isfinite(value)) column += value * value;
      }
    }
    squares += column;
  }
  out.fro = std::sqrt(squares) * unit;
  return out;
}

template <class T, class Stored>
constexpr bool kConverts = std::is_same_v<T, Complex> || !std::is_same_v<Stored, Complex>;

}  // namespace

AnyMatrix::AnyMatrix(std::shared_ptr<const Storage> storage) : m_storage(std::move(storage)) {
  expects(m_storage != nullptr, "AnyMatrix needs storage");
}

Index AnyMatrix::rows() const {
  return m_storage->visit([](const auto& map, const auto&) { return Index{map.rows()}; });
}
Index AnyMatrix::cols() const { return m_storage->cols; }
bool AnyMatrix::isComplex() const { return m_storage->values.index() == 2; }
bool AnyMatrix::isFloat() const { return m_storage->values.index() == 1; }
std::span<const Channel> AnyMatrix::channels() const { return m_storage->channels; }

const Summary& AnyMatrix::summary() const {
  std::call_once(m_storage->summaryOnce, [&] {
    m_storage->summary = m_storage->visit([](const auto& map, const auto&) { return summarise(map); });
  });
  return m_storage->summary;
}

const Fingerprint& AnyMatrix::fingerprint() const {
  std::call_once(m_storage->fingerprintOnce, [&] {
    const Fingerprint content = m_storage->visit([](const auto& map, const auto&) {
      const auto bytes = std::as_bytes(std::span(map.data(), static_cast<std::size_t>(map.size())));
      return fingerprintOf(bytes, static_cast<std::uint64_t>(map.rows()));
    });
    // Shape, type and channels count too: the same bytes read differently are another matrix.
    const Fingerprint form =
        fingerprintOf(show(rows()) + "x" + show(cols()) + ":" + show(static_cast<long>(m_storage->values.index())) +
                      ":" + show(static_cast<long>(m_storage->channels.size())));
    m_storage->fingerprint = combine(content, form);
  });
  return m_storage->fingerprint;
}

std::shared_ptr<const AnyMatrix> AnyMatrix::channel(Index c) const {
  const auto count = static_cast<Index>(m_storage->channels.size());
  expects(c >= 0 && c < count, "AnyMatrix::channel: no such channel");
  auto storage = std::make_shared<Storage>();
  storage->values = m_storage->values;
  storage->cols = m_storage->cols / count;
  storage->firstCol = m_storage->firstCol + c * storage->cols;
  storage->channels = {m_storage->channels[static_cast<std::size_t>(c)]};
  return std::make_shared<const AnyMatrix>(std::move(storage));
}

template <class T>
Result<Dense<T>> AnyMatrix::entries(const Context& context) const {
  return m_storage->visit([&](const auto& map, const std::shared_ptr<const void>& owner) -> Result<Dense<T>> {
    using Stored = typename std::decay_t<decltype(map)>::Scalar;
    if constexpr (std::is_same_v<T, Stored>) {
      Dense<T> out;
      out.owner = owner;
      new (&out.map) Eigen::Map<const Matrix<T>>(map.data(), map.rows(), map.cols());
      return out;
    } else if constexpr (kConverts<T, Stored>) {
      if constexpr (std::is_same_v<T, float>) {
        if (auto refused = refuseBeyondFloat(*this)) return *refused;
      }
      const double bytes = static_cast<double>(map.size()) * static_cast<double>(sizeof(T));
      if (auto refused = context.refuseMemory("a copy of the matrix", bytes)) return *refused;
      auto copy = std::make_shared<const Matrix<T>>(map.template cast<T>());
      Dense<T> out;
      new (&out.map) Eigen::Map<const Matrix<T>>(copy->data(), copy->rows(), copy->cols());
      out.owner = std::move(copy);
      return out;
    } else {
      return inputError("the matrix", "complex entries where real ones are needed",
                        "turn it real with --complex abs, real, imag or stack");
    }
  });
}

template <class T>
Matrix<T> AnyMatrix::times(const ConstRef<T>& X, const Context& context) const {
  const auto values = entries<T>(context);
  expects(values.has_value(), "AnyMatrix::times: entries are not available in this type");
  return linalg::multiply<T>(**values, X);
}

template <class T>
Matrix<T> AnyMatrix::transposeTimes(const ConstRef<T>& Y, const Context& context) const {
  const auto values = entries<T>(context);
  expects(values.has_value(), "AnyMatrix::transposeTimes: entries are not available in this type");
  return linalg::multiply<T>(**values, Y, linalg::Op::Adjoint);
}

template <class T>
void AnyMatrix::forEachBlock(const Context& context,
                             const std::function<void(Index, Index, const ConstRef<T>&)>& f) const {
  // Panels of whole columns, about 1 MiB each: contiguous in our order.
  m_storage->visit([&](const auto& map, const auto&) {
    using Stored = typename std::decay_t<decltype(map)>::Scalar;
    if constexpr (kConverts<T, Stored>) {
      const Index columnBytes = std::max<Index>(1, map.rows() * static_cast<Index>(sizeof(T)));
      const Index panel = std::max<Index>(1, (Index{1} << 20) / columnBytes);
      for (Index c = 0; c < map.cols(); c += panel) {
        context.checkpoint();
        const Index width = std::min(panel, Index{map.cols()} - c);
        if constexpr (std::is_same_v<T, Stored>) {
          f(0, c, map.middleCols(c, width));
        } else {
          const Matrix<T> block = map.middleCols(c, width).template cast<T>();
          f(0, c, block);
        }
      }
    } else {
      throw std::invalid_argument("AnyMatrix::forEachBlock: complex entries where real ones are needed");
    }
    return 0;
  });
}

template <class T>
Matrix<T> AnyMatrix::block(Index row, Index col, Index rows, Index cols) const {
  expects(row >= 0 && col >= 0 && rows >= 0 && cols >= 0 && row + rows <= this->rows() && col + cols <= this->cols(),
          "AnyMatrix::block: outside the matrix");
  return m_storage->visit([&](const auto& map, const auto&) -> Matrix<T> {
    using Stored = typename std::decay_t<decltype(map)>::Scalar;
    if constexpr (kConverts<T, Stored>) {
      return map.block(row, col, rows, cols).template cast<T>();
    } else {
      throw std::invalid_argument("AnyMatrix::block: complex entries where real ones are needed");
    }
  });
}

double AnyMatrix::at(Index row, Index col) const {
  expects(row >= 0 && row < rows() && col >= 0 && col < cols(), "AnyMatrix::at: outside the matrix");
  return m_storage->visit(
      [&](const auto& map, const auto&) { return static_cast<double>(Eigen::numext::real(map(row, col))); });
}

std::size_t AnyMatrix::bytes() const {
  return m_storage->visit([](const auto& map, const auto&) {
    return static_cast<std::size_t>(map.size()) * sizeof(typename std::decay_t<decltype(map)>::Scalar);
  });
}

#define RANKSCOPE_INSTANTIATE(T)                                                             \
  template Result<Dense<T>> AnyMatrix::entries<T>(const Context&) const;                     \
  template Matrix<T> AnyMatrix::times<T>(const ConstRef<T>&, const Context&) const;          \
  template Matrix<T> AnyMatrix::transposeTimes<T>(const ConstRef<T>&, const Context&) const; \
  template Matrix<T> AnyMatrix::block<T>(Index, Index, Index, Index) const;                  \
  template void AnyMatrix::forEachBlock<T>(const Context&,                                   \
                                           const std::function<void(Index, Index, const ConstRef<T>&)>&) const;
RANKSCOPE_INSTANTIATE(float)
RANKSCOPE_INSTANTIATE(double)
RANKSCOPE_INSTANTIATE(Complex)
#undef RANKSCOPE_INSTANTIATE

namespace {
template <class T>
MatrixPtr wrap(Matrix<T> values, std::vector<Channel> channels) {
  expects(channels.empty() || values.cols() % static_cast<Index>(channels.size()) == 0,
          "makeMatrix: columns must divide into the channels");
  auto storage = std::make_shared<Storage>();
  storage->cols = values.cols();
  storage->values = std::make_shared<const Matrix<T>>(std::move(values));
  storage->channels = std::move(channels);
  return std::make_shared<const AnyMatrix>(std::move(storage));
}
}  // namespace

MatrixPtr makeMatrix(Matrix<double> values, std::vector<Channel> channels) {
  return wrap(std::move(values), std::move(channels));
}
MatrixPtr makeMatrix(Matrix<float> values, std::vector<Channel> channels) {
  return wrap(std::move(values), std::move(channels));
}
MatrixPtr makeMatrix(Matrix<Complex> values) { return wrap(std::move(values), {}); }

std::optional<Error> refuseUnusable(const AnyMatrix& matrix, const std::string& name) {
  if (matrix.rows() == 0 || matrix.cols() == 0) {
    return inputError(name, text("the matrix is empty ({1} x {2})", matrix.rows(), matrix.cols()),
                      "nothing can be computed from it");
  }
  const Summary& summary = matrix.summary();
  if (summary.nonFinite == 0) {
    if (std::isfinite(summary.fro)) return std::nullopt;
    return inputError(name,
                      text("its Frobenius norm, with entries up to {1}, is beyond the range of double",
                           std::max(std::abs(summary.min), std::abs(summary.max))),
                      "divide its entries by a power of ten first");
  }
  return inputError(name,
                    text(summary.nonFinite == 1 ? "{1} entry is NaN or infinite, at row {2}, column {3}"
                                                : "{1} entries are NaN or infinite, the first at row {2}, column {3}",
                         summary.nonFinite, summary.firstRow + 1, summary.firstCol + 1),
                    "replace them with --nan zero or --nan mean");
}

std::optional<Error> refuseBeyondFloat(const AnyMatrix& matrix) {
  const Summary& summary = matrix.summary();
  const double largest = std::max(std::abs(summary.min), std::abs(summary.max));
  constexpr double kHigh = 1e38, kLow = 1e-37;  // float's range, less what its sums need
  // The norm counts too: it is the largest number that a decomposition forms.
  if (summary.fro <= kHigh && (largest >= kLow || largest == 0)) return std::nullopt;
  return inputError("the matrix", text("its entries, up to {1}, are outside the range of float", largest),
                    "use --precision double");
}

}  // namespace rankscope
