// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace rankscope {

namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 20;

}  // namespace

std::string systemMessage(int error) { return std::generic_category().message(error); }

InputFile::InputFile(std::string path, int descriptor, std::uint64_t size)
    : m_path(std::move(path)), m_descriptor(descriptor), m_size(size) {}

InputFile::InputFile(InputFile&& other) noexcept
    : m_path(std::move(other.m_path)), m_descriptor(std::exchange(other.m_descriptor, -1)), m_size(other.m_size) {}

InputFile::~InputFile() {
  if (m_descriptor >= 0) ::close(m_descriptor);
}

Result<InputFile> InputFile::open(const std::string& path) {
  // O_NONBLOCK: opening a pipe without a writer would wait for ever.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    if (errno == ENOENT) return inputError(path, "there is no such file");
    return inputError(path, text("it cannot be opened: {1}", systemMessage(errno)));
  }
  struct stat status {};
  const bool known = ::fstat(descriptor, &status) == 0;
  InputFile file(path, descriptor, known ? static_cast<std::uint64_t>(status.st_size) : 0);
  if (!known) return inputError(path, text("it cannot be read: {1}", systemMessage(errno)));
  if (S_ISDIR(status.st_mode)) return inputError(path, "it is a folder, not a file");
  if (!S_ISREG(status.st_mode))
    return inputError(path, "it is a pipe or a device, not a file", "save it to a file first");
  return file;
}

Result<Done> InputFile::read(std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t got = ::read(m_descriptor, bytes.data(), bytes.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return inputError(m_path, text("it cannot be read: {1}", systemMessage(errno)));
    if (got == 0) return inputError(m_path, "the file ends too early");
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
  return Done{};
}

Result<Done> InputFile::readAt(std::uint64_t offset, std::span<std::byte> bytes) const {
  while (!bytes.empty()) {
    const ssize_t got = ::pread(m_descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return inputError(m_path, text("it cannot be read: {1}", systemMessage(errno)));
    if (got == 0) return inputError(m_path, "the file ends too early");
    offset += static_cast<std::uint64_t>(got);
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
  return Done{};
}

void InputFile::forget(std::uint64_t offset, std::uint64_t bytes) const {
  ::posix_fadvise(m_descriptor, static_cast<off_t>(offset), static_cast<off_t>(bytes), POSIX_FADV_DONTNEED);
}

FileStamp InputFile::stamp() const {
  struct stat status {};
  if (::fstat(m_descriptor, &status) != 0) return {};
  return {.size = static_cast<std::uint64_t>(status.st_size),
          .seconds = status.st_mtim.tv_sec,
          .nanoseconds = status.st_mtim.tv_nsec};
}

Result<std::string> readWhole(const std::string& path, const Context& context) {
  auto file = InputFile::open(path);
  if (!file) return file.error();
  if (auto refused = context.refuseMemory(path, static_cast<double>(file->size()), "raise --max-memory"))
    return *refused;
  std::string content(file->size(), '\0');
  // In pieces, so that a cancel is noticed on a slow disk.
  for (std::size_t at = 0; at < content.size(); at += 16 * kBuffer) {
    context.checkpoint();
    const std::size_t count = std::min(16 * kBuffer, content.size() - at);
    if (auto done = file->read(std::as_writable_bytes(std::span(content.data() + at, count))); !done)
      return done.error();
  }
  return content;
}

OutputFile::OutputFile(std::string path, int descriptor) : m_path(std::move(path)), m_descriptor(descriptor) {
  m_buffer.reserve(kBuffer);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : m_path(std::move(other.m_path)),
      m_buffer(std::move(other.m_buffer)),
      m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_error(other.m_error) {}

OutputFile::~OutputFile() {
  if (m_descriptor >= 0) ::close(m_descriptor);
}

Result<OutputFile> OutputFile::create(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) return outputError(path, text("it cannot be written: {1}", systemMessage(errno)));
  return OutputFile(path, descriptor);
}

Result<Done> OutputFile::write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const std::size_t count = std::min(bytes.size(), kBuffer - m_buffer.size());
    m_buffer.append(reinterpret_cast<const char*>(bytes.data()), count);
    bytes = bytes.subspan(count);
    if (m_buffer.size() == kBuffer) {
      if (auto done = flush(); !done) return done;
    }
  }
  return Done{};
}

Result<Done> OutputFile::flush() {
  std::string_view rest = m_buffer;
  while (m_error == 0 && !rest.empty()) {
    const ssize_t put = ::write(m_descriptor, rest.data(), rest.size());
    if (put >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(put));
    } else if (errno != EINTR) {
      m_error = errno;
    }
  }
  m_buffer.clear();
  if (m_error != 0) return outputError(m_path, text("it cannot be written: {1}", systemMessage(m_error)));
  return Done{};
}

Result<Done> OutputFile::close() {
  auto done = flush();
  if (::close(std::exchange(m_descriptor, -1)) != 0 && done) {
    return outputError(m_path, text("it cannot be written: {1}", systemMessage(errno)));
  }
  return done;
}

}  // namespace rankscope
