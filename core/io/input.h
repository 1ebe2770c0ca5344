// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/linalg/any_matrix.h"

namespace rankscope {

struct EntryInfo {
  std::string name, dtype;
  std::vector<Index> shape;
  std::uint64_t bytes = 0;
};

/// How stored numbers become a matrix (the flags of the command line).
struct ViewOptions {
  std::string channel = "rgb";  ///< rgb luma red green blue alpha
  std::string reshape;          ///< keep-first, keep-last or N,M
  std::string complex;          ///< abs real imag stack; empty: stays complex
  std::string nan;              ///< zero mean; empty: stays
  bool perChannel = false;
  bool passes = false;  ///< who asks only passes over it: large numbers may stay in the file although they would fit
  auto operator<=>(const ViewOptions&) const = default;
};

/// FILE, FILE::ENTRY, gallery:NAME,…, sample:NAME: exactly as typed.
struct InputSpec {
  std::string location;
  ViewOptions view;
  auto operator<=>(const InputSpec&) const = default;
};

enum class DatasetKind { Matrix, Container, Image };

/// An open file: its header is read and checked, nothing else.
class Dataset {
 public:
  virtual ~Dataset() = default;
  virtual DatasetKind kind() const = 0;
  virtual std::span<const EntryInfo> entries() const = 0;
  /// Reads one entry. Sizes are checked against file and context.memory before memory is taken. Notices (columns left
  /// out, values beyond 2⁵³) are appended.
  virtual Result<MatrixPtr> open(std::string_view entry, const ViewOptions&, const Context&,
                                 std::vector<Text>& notices) const = 0;
};
using DatasetPtr = std::shared_ptr<const Dataset>;

struct Reader {
  std::string id, title;
  std::vector<std::string> endings;                                 ///< with the dot: ".npy"
  bool byEndingOnly = false;                                        ///< text formats, which have no magic number
  std::function<bool(std::span<const std::byte> head)> recognises;  ///< of the first 4 KiB
  std::function<Result<DatasetPtr>(const std::string& path, const Context&)> read;
  std::string prefix = {};  ///< paths that begin so (":/") are no files: they come to this reader unopened
};

/// An array to write. Two dimensions are the matrix itself; with more, the matrix row by row is the array in C order.
struct NamedArray {
  std::string name;
  std::vector<Index> shape;
  const Values* values = nullptr;
};

struct Writer {
  std::string id, title;
  std::vector<std::string> endings;
  bool several = false;  ///< a container: many named arrays in one file
  /// Atomic: a temporary name beside the target, sync, rename. `about` is stored where the format has room for it.
  std::function<Result<Done>(const std::string& path, std::span<const NamedArray>,
                             const std::map<std::string, std::string>& about)>
      write;
};

struct Formats {
  std::vector<Reader> readers;
  std::vector<Writer> writers;
  std::map<std::string, std::string> samples;  ///< sample:NAME → path or resource the readers can open
};

/// npy, npz, mtx, csv. Pictures and the bundled samples are added by media::addPictures.
Formats coreFormats();

/// A loaded input: the matrix and what it is called.
struct Loaded {
  MatrixPtr matrix;
  std::string title;  ///< "chelsea.png", "hilbert n=20"
  DatasetKind kind = DatasetKind::Matrix;
  std::vector<Index> storedShape;  ///< before reshape; of a picture its pixels
  std::string dtype;
};
/// Reads what `location` names, arranged by its view. A container with one 2-D array needs no ::ENTRY; with several,
/// the Error (Input) lists them.
Result<Loaded> load(const InputSpec&, const Formats&, const Context&, std::vector<Text>& notices);
/// Opens FILE[::ENTRY] or sample:NAME without reading data; `entry` gets the part after ::. A file whose own name holds
/// "::" comes first; else the last place where the part before names a file. The format is told by content, by ending
/// only where content says nothing.
Result<DatasetPtr> openDataset(const std::string& location, const Formats&, const Context&,
                               std::string* entry = nullptr);
/// The writer for OUTPUT's ending, or an Error (Output) listing the endings.
Result<const Writer*> writerFor(const std::string& path, const Formats&);
Result<const Writer*> writerFor(const std::string& path, Formats&&) = delete;  // it would point into what is gone

/// Calls fill(temporaryPath) and renames the result over `path` when it succeeded; removes it otherwise. fsyncs. The
/// temporary name lies beside the target and has its ending. A symbolic link keeps pointing where it points; a file
/// that exists keeps its permissions, a new one has those of the umask.
Result<Done> writeAtomically(const std::string& path,
                             const std::function<Result<Done>(const std::string& temporary)>& fill);
Result<Done> writeTextAtomically(const std::string& path, const std::string& content);

}  // namespace rankscope
