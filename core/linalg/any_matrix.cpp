// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/linalg/any_matrix.h"

#include <cmath>
#include <mutex>
#include <optional>
#include <variant>

#include "core/linalg/file_matrix.h"
#include "core/linalg/lapack.h"
#include "core/linalg/sparse_matrix.h"
#include "core/linalg/summary.h"

namespace rankscope {

// One of three: dense entries in memory (or a view of some columns of them), sparse ones, or a file.
struct Storage {
  std::variant<std::shared_ptr<const Matrix<double>>, std::shared_ptr<const Matrix<float>>,
               std::shared_ptr<const Matrix<Complex>>>
      values;
  Index firstCol = 0, cols = 0;  // the columns of `values` that are ours
  std::vector<Channel> channels;
  std::shared_ptr<const Sparse> sparse;
  std::shared_ptr<const FileMatrix> file;

  mutable std::mutex mutex;  // guards what is found once; a pass over a file may throw, and is then tried again
  mutable std::optional<Summary> summary;
  mutable std::optional<Fingerprint> fingerprint;

  bool isDense() const { return !sparse && !file; }

  // f gets the dense entries and who owns them.
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

template <class T, class Stored>
constexpr bool kConverts = std::is_same_v<T, Complex> || !std::is_same_v<Stored, Complex>;

Summary summariseSparse(const Sparse& M) {
  linalg::Summariser all;
  const Eigen::Map<const Matrix<double>> kept(M.valuePtr(), M.nonZeros(), 1);
  all.add<double>(0, 0, kept);
  all.addZeros(Index{M.rows()} * Index{M.cols()} - M.nonZeros());
  Summary out = all.summary();
  if (out.nonFinite == 0) return out;
  out.firstRow = M.rows();
  for (Index c = 0; c < M.cols(); ++c) {
    for (Sparse::InnerIterator entry(M, c); entry; ++entry) {
      if (std::isfinite(entry.value()) || entry.row() >= out.firstRow) continue;
      out.firstRow = entry.row();
      out.firstCol = c;
    }
  }
  return out;
}

Summary summariseFile(const FileMatrix& M, const Context& context) {
  linalg::Summariser all;
  const auto pass = [&]<class T>() {
    linalg::forEachPanel<T>(M, context, [&](Index row, Index col, const ConstRef<T>& block) {
      context.report(static_cast<double>(row + col) / static_cast<double>(M.rows() + M.cols()), "Reading the file");
      all.add<T>(row, col, block);
    });
  };
  if (M.scalar() == FileMatrix::Scalar::Complex128) {
    pass.template operator()<Complex>();
  } else if (M.scalar() == FileMatrix::Scalar::Real32) {
    pass.template operator()<float>();
  } else {
    pass.template operator()<double>();
  }
  return all.summary();
}

Fingerprint fingerprintOfSparse(const Sparse& M) {
  const auto bytes = [](const auto* data, Index count) {
    return fingerprintOf(std::as_bytes(std::span(data, static_cast<std::size_t>(count))));
  };
  return combine(combine(bytes(M.outerIndexPtr(), M.cols() + 1), bytes(M.innerIndexPtr(), M.nonZeros())),
                 bytes(M.valuePtr(), M.nonZeros()));
}

}  // namespace

AnyMatrix::AnyMatrix(std::shared_ptr<const Storage> storage) : m_storage(std::move(storage)) {
  expects(m_storage != nullptr, "AnyMatrix needs storage");
}

Index AnyMatrix::rows() const {
  if (m_storage->sparse) return m_storage->sparse->rows();
  if (m_storage->file) return m_storage->file->rows();
  return m_storage->visit([](const auto& map, const auto&) { return Index{map.rows()}; });
}
Index AnyMatrix::cols() const { return m_storage->cols; }
bool AnyMatrix::isComplex() const {
  if (m_storage->file) return m_storage->file->scalar() == FileMatrix::Scalar::Complex128;
  return !m_storage->sparse && m_storage->values.index() == 2;
}
bool AnyMatrix::isFloat() const {
  if (m_storage->file) return m_storage->file->scalar() == FileMatrix::Scalar::Real32;
  return !m_storage->sparse && m_storage->values.index() == 1;
}
Access AnyMatrix::cheapest() const {
  return m_storage->file ? Access::OnePass : m_storage->sparse ? Access::Products : Access::Entries;
}
std::span<const Channel> AnyMatrix::channels() const { return m_storage->channels; }

const Summary& AnyMatrix::summary(const Context& context) const {
  const std::lock_guard lock(m_storage->mutex);
  auto& summary = m_storage->summary;
  if (summary) return *summary;
  if (m_storage->sparse) {
    summary = summariseSparse(*m_storage->sparse);
  } else if (m_storage->file) {
    summary = summariseFile(*m_storage->file, context);
  } else {
    summary = m_storage->visit([](const auto& map, const auto&) {
      linalg::Summariser all;
      all.add<typename std::decay_t<decltype(map)>::Scalar>(0, 0, map);
      return all.summary();
    });
  }
  return *summary;
}

const Fingerprint& AnyMatrix::fingerprint() const {
  const std::lock_guard lock(m_storage->mutex);
  auto& fingerprint = m_storage->fingerprint;
  if (fingerprint) return *fingerprint;
  // Shape, type and channels count too: the same bytes read differently are another matrix.
  const std::string size = show(rows()) + "x" + show(cols());
  if (m_storage->sparse) {
    fingerprint = combine(fingerprintOfSparse(*m_storage->sparse), fingerprintOf(size + ":sparse"));
  } else if (m_storage->file) {
    fingerprint = combine(m_storage->file->fingerprint(), fingerprintOf(size + ":file"));
  } else {
    const Fingerprint content = m_storage->visit([](const auto& map, const auto&) {
      const auto bytes = std::as_bytes(std::span(map.data(), static_cast<std::size_t>(map.size())));
      return fingerprintOf(bytes, static_cast<std::uint64_t>(map.rows()));
    });
    const Fingerprint form = fingerprintOf(size + ":" + show(static_cast<long>(m_storage->values.index())) + ":" +
                                           show(static_cast<long>(m_storage->channels.size())));
    fingerprint = combine(content, form);
  }
  return *fingerprint;
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
  if (m_storage->file) {
    return computeError("the matrix", "it is larger than the memory allowed and stays in its file",
                        "raise --max-memory, or use a method that passes over it");
  }
  if (m_storage->sparse) {
    if constexpr (std::is_same_v<T, float>) {
      if (auto refused = refuseBeyondFloat(*this)) return *refused;
    }
    const double bytes = static_cast<double>(rows()) * static_cast<double>(cols()) * static_cast<double>(sizeof(T));
    if (auto refused = context.refuseMemory("all entries of a sparse matrix", bytes,
                                            "raise --max-memory, or use a method that works by products")) {
      return *refused;
    }
    auto all = std::make_shared<const Matrix<T>>(linalg::sparseBlock<T>(*m_storage->sparse, 0, 0, rows(), cols()));
    Dense<T> out;
    new (&out.map) Eigen::Map<const Matrix<T>>(all->data(), all->rows(), all->cols());
    out.owner = std::move(all);
    return out;
  }
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
  if (m_storage->sparse) return linalg::sparseTimes<T>(*m_storage->sparse, X, context);
  if (m_storage->file) return linalg::fileTimes<T>(*m_storage->file, X, context);
  const auto values = entries<T>(context);
  expects(values.has_value(), "AnyMatrix::times: entries are not available in this type");
  return linalg::multiply<T>(**values, X);
}

template <class T>
Matrix<T> AnyMatrix::transposeTimes(const ConstRef<T>& Y, const Context& context) const {
  if (m_storage->sparse) return linalg::sparseAdjointTimes<T>(*m_storage->sparse, Y, context);
  if (m_storage->file) return linalg::fileAdjointTimes<T>(*m_storage->file, Y, context);
  const auto values = entries<T>(context);
  expects(values.has_value(), "AnyMatrix::transposeTimes: entries are not available in this type");
  return linalg::multiply<T>(**values, Y, linalg::Op::Adjoint);
}

template <class T>
void AnyMatrix::forEachBlock(const Context& context,
                             const std::function<void(Index, Index, const ConstRef<T>&)>& f) const {
  if (m_storage->file) {
    linalg::forEachPanel<T>(*m_storage->file, context, f);
    return;
  }
  // Panels of whole columns, about 1 MiB each: contiguous in our order.
  if (m_storage->sparse) {
    const Index columnBytes = std::max<Index>(1, rows() * static_cast<Index>(sizeof(T)));
    const Index panel = std::max<Index>(1, (Index{1} << 20) / columnBytes);
    for (Index c = 0; c < cols(); c += panel) {
      context.checkpoint();
      f(0, c, linalg::sparseBlock<T>(*m_storage->sparse, 0, c, rows(), std::min(panel, cols() - c)));
    }
    return;
  }
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
  if (m_storage->sparse) return linalg::sparseBlock<T>(*m_storage->sparse, row, col, rows, cols);
  if (m_storage->file) {
    Matrix<T> out(rows, cols);
    if (out.size() > 0) m_storage->file->read(row, col, out);
    return out;
  }
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
  if (m_storage->file && isComplex()) return block<Complex>(row, col, 1, 1)(0, 0).real();
  if (!m_storage->isDense()) return block<double>(row, col, 1, 1)(0, 0);
  return m_storage->visit(
      [&](const auto& map, const auto&) { return static_cast<double>(Eigen::numext::real(map(row, col))); });
}

std::size_t AnyMatrix::bytes() const {
  if (m_storage->file) return m_storage->file->bytes();
  if (m_storage->sparse) {
    return static_cast<std::size_t>(m_storage->sparse->nonZeros()) * (sizeof(double) + sizeof(int)) +
           static_cast<std::size_t>(m_storage->sparse->cols() + 1) * sizeof(int);
  }
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

MatrixPtr makeMatrix(Sparse values) {
  values.makeCompressed();
  values.prune([](Index, Index, double value) { return value != 0; });
  auto storage = std::make_shared<Storage>();
  storage->cols = values.cols();
  storage->sparse = std::make_shared<const Sparse>(std::move(values));
  return std::make_shared<const AnyMatrix>(std::move(storage));
}
const Sparse* sparseOf(const AnyMatrix& matrix) { return matrix.storage().sparse.get(); }

MatrixPtr makeMatrix(std::shared_ptr<const FileMatrix> values) {
  expects(values != nullptr, "makeMatrix: a file is needed");
  auto storage = std::make_shared<Storage>();
  storage->cols = values->cols();
  storage->file = std::move(values);
  return std::make_shared<const AnyMatrix>(std::move(storage));
}

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
