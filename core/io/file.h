// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "core/base/context.h"

namespace rankscope {

/// What changes when a file is written to.
struct FileStamp {
  std::uint64_t size = 0;
  std::int64_t seconds = 0, nanoseconds = 0;  ///< of the last change
  auto operator<=>(const FileStamp&) const = default;
};

/// A regular file open for reading from its start. Folders, pipes and devices are refused, and never waited for.
class InputFile {
 public:
  static Result<InputFile> open(const std::string& path);
  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&&) = delete;
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  ~InputFile();

  const std::string& path() const { return m_path; }
  std::uint64_t size() const { return m_size; }  ///< in bytes, when it was opened
  /// Fills `bytes` from where the last call stopped; an Error when the file ends before.
  Result<Done> read(std::span<std::byte> bytes);
  /// Fills `bytes` from `offset` on, without moving where read() goes on; may be called from several threads.
  Result<Done> readAt(std::uint64_t offset, std::span<std::byte> bytes) const;
  /// Tells the system that these bytes are not needed again soon, so that they do not push out what is.
  void forget(std::uint64_t offset, std::uint64_t bytes) const;
  /// As it is now; zeros when the system does not say.
  FileStamp stamp() const;

 private:
  InputFile(std::string path, int descriptor, std::uint64_t size);
  std::string m_path;
  int m_descriptor = -1;
  std::uint64_t m_size = 0;
};

/// The whole file; refused when it is larger than context.memory.
Result<std::string> readWhole(const std::string& path, const Context& context);

/// A file open for writing, made or emptied. Buffered; the first failure is kept and returned by every later call.
class OutputFile {
 public:
  static Result<OutputFile> create(const std::string& path);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  Result<Done> write(std::span<const std::byte> bytes);
  Result<Done> write(std::string_view text) { return write(std::as_bytes(std::span(text.data(), text.size()))); }
  /// Writes what is buffered and closes. Without it nothing is promised.
  Result<Done> close();

 private:
  OutputFile(std::string path, int descriptor);
  Result<Done> flush();
  std::string m_path, m_buffer;
  int m_descriptor = -1;
  int m_error = 0;
};

/// The message of an errno value.
std::string systemMessage(int error);

}  // namespace rankscope
