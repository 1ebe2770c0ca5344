// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "core/base/context.h"
#include "core/base/fingerprint.h"

namespace rankscope {

/// The least a method needs: each block once < M·X and Mᴴ·X, many passes < all entries in memory.
enum class Access { OnePass, Products, Entries };

struct Channel {
  std::string name;  ///< "red", "grey": column block c of the matrix is channel c
};

/// Of the finite entries; for complex input of their moduli, and `mean` is the mean modulus.
struct Summary {
  double min = 0, max = 0, mean = 0, fro = 0;  ///< fro is computed without overflow or underflow
  Index nonFinite = 0, firstRow = -1, firstCol = -1;
};

struct Storage;

/// What is studied: n×m numbers of type float, double or complex, dense in memory, sparse in memory
/// (core/linalg/sparse_matrix.h) or left in their file (core/linalg/file_matrix.h). Immutable and shared between
/// threads as MatrixPtr. Integers and halves arrive as double or float, whichever holds them exactly; pictures as
/// double in [0, 1]. It may hold NaN (they are shown and counted); computing asks summary() first. What reads a file
/// throws ReadFailure when the file cannot be read any more or has changed.
class AnyMatrix {
 public:
  explicit AnyMatrix(std::shared_ptr<const Storage> storage);

  Index rows() const;
  Index cols() const;
  bool isComplex() const;
  bool isFloat() const;  ///< stored as float
  /// What the storage gives without more memory or passes: dense Entries, sparse Products, in a file OnePass.
  Access cheapest() const;
  /// Of the content; in a file, of samples, size and time of change.
  const Fingerprint& fingerprint() const;
  /// One pass, once; later calls cost nothing. The pass over a file can be cancelled.
  const Summary& summary(const Context& context = {}) const;
  /// Empty unless a picture; one for grey, three for colour: n×3m, the channels side by side.
  std::span<const Channel> channels() const;
  /// Channel c as a matrix of its own: a view, no copy.
  std::shared_ptr<const AnyMatrix> channel(Index c) const;
  /// All entries as T. No copy when stored as T; otherwise a converted copy within context.memory.
  /// Complex to real is refused (kind Input); double to float is allowed and rounds. Sparse entries are laid out within
  /// context.memory; those left in a file are refused (kind Compute).
  template <class T>
  Result<Dense<T>> entries(const Context& context) const;
  /// M X (n×l) and Mᴴ Y (m×l), in the precision of T. Cost 2 l flops an entry kept, and one pass over a file.
  template <class T>
  Matrix<T> times(const ConstRef<T>& X, const Context& context) const;
  template <class T>
  Matrix<T> transposeTimes(const ConstRef<T>& Y, const Context& context) const;
  /// Calls f(firstRow, firstCol, block) over tiles that cover M, in an order of its own choice; block is in T.
  template <class T>
  void forEachBlock(const Context& context, const std::function<void(Index, Index, const ConstRef<T>&)>& f) const;
  /// The entries (row … row + rows) × (col … col + cols) in T, whatever they are stored as: for panels of a
  /// measurement.
  template <class T>
  Matrix<T> block(Index row, Index col, Index rows, Index cols) const;
  /// One entry as double (real part for complex): for inspectors, not for loops.
  double at(Index row, Index col) const;
  std::size_t bytes() const;  ///< of the numbers as stored, indices of sparse ones included
  const Storage& storage() const { return *m_storage; }

 private:
  std::shared_ptr<const Storage> m_storage;
};

using MatrixPtr = std::shared_ptr<const AnyMatrix>;

/// Wraps values. `channels` names equal column blocks (cols divisible by their count).
MatrixPtr makeMatrix(Matrix<double> values, std::vector<Channel> channels = {});
MatrixPtr makeMatrix(Matrix<float> values, std::vector<Channel> channels = {});
MatrixPtr makeMatrix(Matrix<Complex> values);

/// The input rule of every computation (docs/mathematics.md): an Error naming the count and the first place of NaN or
/// infinity, an empty dimension, or a norm beyond double; nothing when the matrix may be computed with.
std::optional<Error> refuseUnusable(const AnyMatrix& matrix, const std::string& name);
/// An Error when the entries or their norm leave the range of float, where they would turn into infinity or zero
/// without a word. Asked before a computation in float.
std::optional<Error> refuseBeyondFloat(const AnyMatrix& matrix);

}  // namespace rankscope
