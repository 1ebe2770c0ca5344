// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npz.h"

#include <zip.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/json.h"
#include "core/io/file.h"
#include "core/io/npy.h"
#include "core/io/scipy_sparse.h"

namespace rankscope::npz {

namespace {

constexpr std::string_view kMember = ".npy";

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, CloseArchive>;
struct CloseMember {
  void operator()(zip_file_t* member) const { zip_fclose(member); }
};
using Member = std::unique_ptr<zip_file_t, CloseMember>;

std::string messageOf(int code) {
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  std::string message = zip_error_strerror(&error);
  zip_error_fini(&error);
  return message;
}

Result<Done> fillArchive(const std::string& path, std::span<const NamedArray> arrays, const std::string& comment) {
  int code = 0;
  Archive archive(zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code));
  if (!archive) return outputError(path, text("it cannot be written: {1}", messageOf(code)));
  const auto failed = [&] {
    return outputError(path, text("it cannot be written: {1}", std::string(zip_strerror(archive.get()))));
  };
  std::vector<std::string> contents(arrays.size());  // libzip reads them when the archive is closed
  for (std::size_t i = 0; i < arrays.size(); ++i) {
    std::string& content = contents[i];
    const auto done = npy::write(arrays[i], [&](std::span<const std::byte> bytes) -> Result<Done> {
      content.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
      return Done{};
    });
    if (!done) return done;
    zip_source_t* source = zip_source_buffer(archive.get(), content.data(), content.size(), 0);
    if (source == nullptr) return failed();
    const zip_int64_t added =
        zip_file_add(archive.get(), (arrays[i].name + std::string(kMember)).c_str(), source, ZIP_FL_ENC_UTF_8);
    if (added < 0) {
      zip_source_free(source);
      return failed();
    }
    const auto index = static_cast<zip_uint64_t>(added);
    constexpr zip_uint16_t kFirstOf1980 = 33;
    if (zip_set_file_compression(archive.get(), index, ZIP_CM_STORE, 0) != 0 ||
        zip_file_set_dostime(archive.get(), index, 0, kFirstOf1980, 0) != 0) {
      return failed();
    }
  }
  constexpr std::size_t kLongestComment = 65535;
  if (!comment.empty() && comment.size() <= kLongestComment &&
      zip_set_archive_comment(archive.get(), comment.c_str(), static_cast<zip_uint16_t>(comment.size())) != 0) {
    return failed();
  }
  if (zip_close(archive.get()) != 0) return failed();
  archive.release();  // closing freed it
  return Done{};
}

// One open archive; every use opens its own, since libzip's are not for several threads.
class OpenArchive {
 public:
  static Result<OpenArchive> open(const std::string& path) {
    int code = 0;
    Archive archive(zip_open(path.c_str(), ZIP_RDONLY, &code));
    if (!archive) return inputError(path, text("it cannot be read as a zip archive: {1}", messageOf(code)));
    return OpenArchive(path, std::move(archive));
  }
  zip_uint64_t count() const {
    return static_cast<zip_uint64_t>(std::max<zip_int64_t>(0, zip_get_num_entries(m_archive.get(), 0)));
  }
  bool stat(zip_uint64_t index, zip_stat_t& out) const {
    constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE;
    return zip_stat_index(m_archive.get(), index, ZIP_FL_ENC_GUESS, &out) == 0 && (out.valid & kNeeded) == kNeeded;
  }
  Result<Member> member(zip_uint64_t index, const std::string& name) const {
    Member opened(zip_fopen_index(m_archive.get(), index, 0));
    if (!opened)
      return inputError(
          m_path, text("its entry \"{1}\" cannot be read: {2}", name, std::string(zip_strerror(m_archive.get()))));
    return opened;
  }
  const std::string& path() const { return m_path; }

 private:
  OpenArchive(std::string path, Archive archive) : m_path(std::move(path)), m_archive(std::move(archive)) {}
  std::string m_path;
  Archive m_archive;
};

npy::Source sourceOf(zip_file_t* member, const std::string& name) {
  return [member, name](std::span<std::byte> bytes) -> Result<Done> {
    while (!bytes.empty()) {
      const zip_int64_t got = zip_fread(member, bytes.data(), bytes.size());
      if (got < 0) return inputError(name, text("it cannot be unpacked: {1}", std::string(zip_file_strerror(member))));
      if (got == 0) return inputError(name, "it ends too early");
      bytes = bytes.subspan(static_cast<std::size_t>(got));
    }
    return Done{};
  };
}

class NpzDataset : public Dataset {
 public:
  static Result<NpzDataset> read(const OpenArchive& archive) {
    NpzDataset dataset;
    const std::string& path = archive.path();
    dataset.m_path = path;
    for (zip_uint64_t i = 0; i < archive.count(); ++i) {
      zip_stat_t stat;
      if (!archive.stat(i, stat)) continue;
      const std::string file = stat.name;
      if (!file.ends_with(kMember)) continue;
      EntryInfo info;
      info.name = file.substr(0, file.size() - kMember.size());
      info.bytes = stat.size;
      dataset.m_entries.push_back(std::move(info));
      dataset.m_indices.push_back(i);
      EntryInfo& entry = dataset.m_entries.back();
      const auto header = dataset.header(archive, dataset.m_entries.size() - 1);
      entry.dtype = header ? header->dtype : "unreadable";  // the reason is given when it is opened
      if (header) entry.shape = header->shape;
    }
    if (dataset.m_entries.empty()) return inputError(path, "it is a zip archive without .npy arrays");
    return dataset;
  }

  DatasetKind kind() const override { return DatasetKind::Container; }
  std::span<const EntryInfo> entries() const override { return m_entries; }
  Result<MatrixPtr> open(std::string_view entry, const ViewOptions& view, const Context& context,
                         std::vector<Text>& notices) const override {
    const std::size_t place = placeOf(entry);
    if (place == m_entries.size()) return inputError(m_path, text("it has no entry \"{1}\"", std::string(entry)));
    const std::string name = m_path + "::" + m_entries[place].name;
    const auto archive = OpenArchive::open(m_path);
    if (!archive) return archive.error();
    auto values = this->values(*archive, place, view, context, notices);
    if (!values) return values.error();
    return finishMatrix(std::move(*values), {}, view, name, context, notices);
  }

 protected:
  // Where an entry is, or how many there are when it is not there.
  std::size_t placeOf(std::string_view entry) const {
    std::size_t place = 0;
    while (place < m_entries.size() && m_entries[place].name != entry) ++place;
    return place;
  }

  Result<Values> values(const OpenArchive& archive, std::size_t place, const ViewOptions& view, const Context& context,
                        std::vector<Text>& notices) const {
    const std::string name = m_path + "::" + m_entries[place].name;
    auto member = archive.member(m_indices[place], m_entries[place].name);
    if (!member) return member.error();
    const npy::Source source = sourceOf(member->get(), name);
    const auto header = npy::readHeader(source, m_entries[place].bytes, name);
    if (!header) return header.error();
    const auto extent = extentOf(header->shape, view, name);
    if (!extent) return extent.error();
    auto values = npy::readValues(*header, *extent, source, name, context, notices);
    if (!values) return values.error();
    std::byte beyond{};  // reading to the end is what makes libzip compare the checksum
    if (zip_fread(member->get(), &beyond, 1) < 0) {
      return inputError(name, text("it cannot be unpacked: {1}", std::string(zip_file_strerror(member->get()))));
    }
    return values;
  }

  Result<npy::Header> header(const OpenArchive& archive, std::size_t place) const {
    const EntryInfo& entry = m_entries[place];
    const std::string name = m_path + "::" + entry.name;
    const auto member = archive.member(m_indices[place], entry.name);
    if (!member) return member.error();
    return npy::readHeader(sourceOf(member->get(), name), entry.bytes, name);
  }

  std::string m_path;
  std::vector<EntryInfo> m_entries;
  std::vector<zip_uint64_t> m_indices;
};

// What scipy.sparse.save_npz writes: several arrays that are one matrix. Each can still be opened by its name.
class SparseDataset final : public NpzDataset {
 public:
  // Nothing when the archive holds something else.
  static std::shared_ptr<const SparseDataset> from(const NpzDataset& arrays, const OpenArchive& archive) {
    SparseDataset out(arrays);
    if (!out.has({"format", "shape"})) return nullptr;
    out.m_format = out.format(archive);
    const auto names = scipy_sparse::arraysOf(out.m_format);
    const std::size_t shape = out.placeOf("shape");
    if (names.empty() || !out.has(names) || out.m_entries[shape].shape != std::vector<Index>{2}) return nullptr;
    out.m_matrix = {.name = {}, .dtype = out.m_entries[out.placeOf("data")].dtype, .shape = {}};
    std::vector<Text> notices;
    if (const auto read = out.values(archive, shape, {}, {}, notices)) out.m_matrix.shape = sides(*read);
    for (const char* name : names) out.m_matrix.bytes += out.m_entries[out.placeOf(name)].bytes;
    return std::make_shared<const SparseDataset>(std::move(out));
  }

  DatasetKind kind() const override { return DatasetKind::Matrix; }
  std::span<const EntryInfo> entries() const override { return {&m_matrix, 1}; }
  Result<MatrixPtr> open(std::string_view entry, const ViewOptions& view, const Context& context,
                         std::vector<Text>& notices) const override {
    if (!entry.empty()) return NpzDataset::open(entry, view, context, notices);
    if (!scipy_sparse::isRead(m_format)) {
      return inputError(m_path, text("it holds a sparse matrix in format {1}, which is not read", m_format),
                        "save it as csr, csc or coo");
    }
    if (m_matrix.shape.size() != 2) return inputError(m_path, "its array \"shape\" does not hold two sizes");
    const auto archive = OpenArchive::open(m_path);
    if (!archive) return archive.error();
    scipy_sparse::Layout layout{
        .format = m_format, .rows = m_matrix.shape[0], .cols = m_matrix.shape[1], .lengths = {}};
    const auto names = scipy_sparse::arraysOf(m_format);
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto header = this->header(*archive, placeOf(names[i]));
      if (!header) return header.error();
      layout.lengths[i] = header->shape.size() == 1 ? header->shape.front() : -1;
      layout.complex = header->kind == 'c';  // in the end that of the entries
    }
    const auto read = [&](const char* name) -> Result<Values> {
      const std::size_t place = placeOf(name);
      if (m_entries[place].shape != std::vector<Index>{0}) return values(*archive, place, {}, context, notices);
      return m_entries[place].dtype.starts_with("complex") ? Values(Matrix<Complex>(0, 1))
                                                           : Values(Matrix<double>(0, 1));
    };
    const auto matrix = scipy_sparse::matrixOf(layout, read, m_path, context);
    if (!matrix) return matrix.error();
    return arrange(*matrix, view, m_path, context, notices);
  }

 private:
  explicit SparseDataset(const NpzDataset& arrays) : NpzDataset(arrays) {}
  bool has(const std::vector<const char*>& names) const {
    return std::all_of(names.begin(), names.end(), [&](const char* name) { return placeOf(name) < m_entries.size(); });
  }

  // Two whole numbers from 0 to the longest side there is, or nothing.
  static std::vector<Index> sides(const Values& values) {
    std::vector<Index> out;
    std::visit(
        [&](const auto& all) {
          if constexpr (!std::is_same_v<typename std::decay_t<decltype(all)>::Scalar, Complex>) {
            for (const double side : all.reshaped()) {
              if (side >= 0 && side <= static_cast<double>(scipy_sparse::kLongest) && side == std::floor(side))
                out.push_back(static_cast<Index>(side));
            }
          }
        },
        values);
    if (out.size() != 2) out.clear();
    return out;
  }

  // The text in the array "format", three letters of one byte or of four.
  std::string format(const OpenArchive& archive) const {
    const std::size_t place = placeOf("format");
    const auto member = archive.member(m_indices[place], m_entries[place].name);
    if (!member) return {};
    std::string bytes(512, '\0');  // header and text of it take less
    const zip_int64_t got = zip_fread(member->get(), bytes.data(), bytes.size());
    bytes.resize(static_cast<std::size_t>(std::max<zip_int64_t>(0, got)));
    bytes.erase(0, bytes.rfind('\n') + 1);
    std::erase(bytes, '\0');
    return bytes;
  }

  std::string m_format;
  EntryInfo m_matrix;
};

Result<DatasetPtr> readArchive(const std::string& path, const Context&) {
  const auto archive = OpenArchive::open(path);
  if (!archive) return archive.error();
  auto arrays = NpzDataset::read(*archive);
  if (!arrays) return arrays.error();
  if (const auto sparse = SparseDataset::from(*arrays, *archive)) return DatasetPtr(sparse);
  return DatasetPtr(std::make_shared<const NpzDataset>(std::move(*arrays)));
}

}  // namespace

Writer writer() {
  return {.id = "npz",
          .title = "NumPy archive",
          .endings = {".npz"},
          .several = true,
          .write = [](const std::string& path, std::span<const NamedArray> arrays,
                      const std::map<std::string, std::string>& about) {
            const std::string comment = about.empty() ? std::string() : Json(about).dump();
            return writeAtomically(
                path, [&](const std::string& temporary) { return fillArchive(temporary, arrays, comment); });
          }};
}

Reader reader() {
  return {.id = "npz",
          .title = "NumPy archive",
          .endings = {".npz"},
          .byEndingOnly = false,
          .recognises =
              [](std::span<const std::byte> head) {
                // A zip archive: its first member, or the end record of an empty one.
                constexpr std::byte kP{'P'}, kK{'K'};
                return head.size() >= 4 && head[0] == kP && head[1] == kK &&
                       ((head[2] == std::byte{3} && head[3] == std::byte{4}) ||
                        (head[2] == std::byte{5} && head[3] == std::byte{6}));
              },
          .read = readArchive};
}

}  // namespace rankscope::npz
