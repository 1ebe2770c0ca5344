// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>

#include "core/linalg/any_matrix.h"

namespace rankscope {

/// Bytes of entries up to which a file is read through when it is opened: minutes on a disk.
constexpr double kReadUnasked = 0x1p36;

/// Thrown by what reads a matrix that is left in its file when the file cannot be read any more or has changed: there
/// is no product and no block to return then. Who starts a computation catches it and passes on the Error.
class ReadFailure : public std::runtime_error {
 public:
  explicit ReadFailure(Error error) : std::runtime_error(error.message()), m_error(std::move(error)) {}
  const Error& error() const { return m_error; }

 private:
  Error m_error;
};

/// Numbers that stay in their file and are converted block by block; core/io makes them. Thread-safe.
class FileMatrix {
 public:
  enum class Scalar { Real32, Real64, Complex128 };

  virtual ~FileMatrix() = default;
  virtual Index rows() const = 0;
  virtual Index cols() const = 0;
  virtual Scalar scalar() const = 0;            ///< as which the numbers arrive
  virtual bool byRows() const = 0;              ///< whole rows lie together in the file, else whole columns
  virtual std::uint64_t bytes() const = 0;      ///< of the numbers in the file
  virtual Fingerprint fingerprint() const = 0;  ///< of samples, size and time of change
  /// The entries from (row, col) on that fill `out`. Complex entries are only read as Complex. Throws ReadFailure.
  virtual void read(Index row, Index col, Eigen::Ref<Matrix<float>> out) const = 0;
  virtual void read(Index row, Index col, Eigen::Ref<Matrix<double>> out) const = 0;
  virtual void read(Index row, Index col, Eigen::Ref<Matrix<Complex>> out) const = 0;
};

MatrixPtr makeMatrix(std::shared_ptr<const FileMatrix> values);

namespace linalg {

/// One pass over the file in panels of whole rows or columns (parts of one where it is very long), in the file's order;
/// the next panel is read while f works. Memory: two panels of at most 8 MiB, less where context.memory is small.
template <class T>
void forEachPanel(const FileMatrix& M, const Context& context,
                  const std::function<void(Index, Index, const ConstRef<T>&)>& f);
/// M X (n×l) and Mᴴ Y (m×l), one pass each; the same bits for any number of threads.
template <class T>
Matrix<T> fileTimes(const FileMatrix& M, const ConstRef<T>& X, const Context& context);
template <class T>
Matrix<T> fileAdjointTimes(const FileMatrix& M, const ConstRef<T>& Y, const Context& context);

}  // namespace linalg
}  // namespace rankscope
