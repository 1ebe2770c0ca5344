// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "core/io/file.h"
#include "core/io/input.h"

namespace rankscope {

namespace fs = std::filesystem;

namespace {

Error cannotWrite(const std::string& path, int error) {
  if (error == ENOENT) return outputError(path, "the folder to write it in does not exist");
  return outputError(path, text("it cannot be written: {1}", systemMessage(error)));
}

// Where the bytes go: a symbolic link keeps pointing where it points, and what it points to is replaced.
fs::path behindLinks(const fs::path& path) {
  std::error_code failed;
  if (!fs::is_symlink(fs::symlink_status(path, failed))) return path;
  fs::path target = fs::canonical(path, failed);
  if (!failed) return target;
  target = fs::read_symlink(path, failed);  // it points to a file that does not exist yet
  if (failed) return path;
  return target.is_absolute() ? target : path.parent_path() / target;
}

// A name beside the target with the target's ending (writers may choose by it), which nobody else uses.
fs::path temporaryBeside(const fs::path& target) {
  static std::atomic<unsigned> count{0};
  const std::string name = ".rankscope-" + std::to_string(::getpid()) + "-" + std::to_string(count.fetch_add(1)) +
                           target.extension().string();
  return target.parent_path() / name;
}

bool synchronise(const fs::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool done = ::fsync(descriptor) == 0;
  const int error = errno;
  ::close(descriptor);
  errno = error;
  return done;
}

// Removes the temporary file unless it has become the target, whatever way is taken out.
class Temporary {
 public:
  explicit Temporary(fs::path path) : m_path(std::move(path)) {}
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    if (!m_path.empty()) ::unlink(m_path.c_str());
  }
  const fs::path& path() const { return m_path; }
  void release() { m_path.clear(); }

 private:
  fs::path m_path;
};

}  // namespace

Result<Done> writeAtomically(const std::string& path, const std::function<Result<Done>(const std::string&)>& fill) {
  if (path.empty()) return outputError("output", "its name is empty");
  const fs::path target = behindLinks(path);
  struct stat before {};
  const bool exists = ::stat(target.c_str(), &before) == 0;
  if (exists && S_ISDIR(before.st_mode)) return outputError(path, "it is a folder", "add a file name");
  if (exists && !S_ISREG(before.st_mode)) return outputError(path, "it is a pipe or a device, not a file");

  // Made here, so that its permissions are what the umask says; a writer may replace it.
  fs::path name;
  int descriptor = -1;
  do {
    name = temporaryBeside(target);
    descriptor = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  } while (descriptor < 0 && errno == EEXIST);
  if (descriptor < 0) return cannotWrite(path, errno);
  Temporary temporary(name);
  struct stat made {};
  ::fstat(descriptor, &made);
  ::close(descriptor);

  if (auto filled = fill(name.string()); !filled) {
    Error error = filled.error();  // about the file the user named, not about the temporary one
    if (error.source == name.string()) error.source = path;
    return error;
  }
  const mode_t mode = (exists ? before.st_mode : made.st_mode) & 07777;
  if (::chmod(name.c_str(), mode) != 0 || !synchronise(name, O_RDONLY)) return cannotWrite(path, errno);
  if (std::rename(name.c_str(), target.c_str()) != 0) return cannotWrite(path, errno);
  temporary.release();
  // The new name itself must survive a power cut; a file system that cannot do this has still renamed.
  synchronise(target.has_parent_path() ? target.parent_path() : fs::path("."), O_RDONLY | O_DIRECTORY);
  return Done{};
}

Result<Done> writeTextAtomically(const std::string& path, const std::string& content) {
  return writeAtomically(path, [&](const std::string& temporary) -> Result<Done> {
    auto file = OutputFile::create(temporary);
    if (!file) return file.error();
    if (auto done = file->write(content); !done) return done;
    return file->close();
  });
}

}  // namespace rankscope
