// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npz.h"

#include <zip.h>

#include <array>

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
      const auto header = dataset.header(archive, i, stat.size, info.name);
      info.dtype = header ? header->dtype : "unreadable";  // the reason is given when it is opened
      if (header) info.shape = header->shape;
      dataset.m_entries.push_back(std::move(info));
      dataset.m_indices.push_back(i);
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

  Result<npy::Header> header(const OpenArchive& archive, zip_uint64_t index, std::uint64_t size,
                             const std::string& name) const {
    const auto member = archive.member(index, name);
    if (!member) return member.error();
    return npy::readHeader(sourceOf(member->get(), name), size, name);
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
    for (const char* name : {"format", "shape", "data"}) {
      if (out.placeOf(name) == out.m_entries.size()) return nullptr;
    }
    out.m_format = out.format(archive);
    const std::size_t shape = out.placeOf("shape");
    if (!scipy_sparse::isFormat(out.m_format) || out.m_entries[shape].shape != std::vector<Index>{2}) return nullptr;
    for (const char* name : {out.first(), out.second()}) {
      if (out.placeOf(name) == out.m_entries.size()) return nullptr;
    }
    std::vector<Text> notices;
    const auto read = out.values(archive, shape, {}, {}, notices);
    if (!read) return nullptr;
    const Matrix<double> sizes = column(*read);
    if (sizes.size() != 2 || !(sizes.cwiseAbs().maxCoeff() < 0x1p53)) return nullptr;
    out.m_matrix = {.name = {},
                    .dtype = out.m_entries[out.placeOf("data")].dtype,
                    .shape = {static_cast<Index>(sizes(0)), static_cast<Index>(sizes(1))}};
    for (const char* name : {"data", out.first(), out.second()})
      out.m_matrix.bytes += out.m_entries[out.placeOf(name)].bytes;
    return std::make_shared<const SparseDataset>(std::move(out));
  }

  DatasetKind kind() const override { return DatasetKind::Matrix; }
  std::span<const EntryInfo> entries() const override { return {&m_matrix, 1}; }
  Result<MatrixPtr> open(std::string_view entry, const ViewOptions& view, const Context& context,
                         std::vector<Text>& notices) const override {
    if (!entry.empty()) return NpzDataset::open(entry, view, context, notices);
    const auto archive = OpenArchive::open(m_path);
    if (!archive) return archive.error();
    scipy_sparse::Arrays arrays;
    arrays.format = m_format;
    const std::array<std::pair<const char*, Matrix<double>*>, 3> wanted = {
        {{"shape", &arrays.shape}, {first(), &arrays.first}, {second(), &arrays.second}}};
    for (const auto& [name, to] : wanted) {
      const auto found = values(*archive, placeOf(name), {}, context, notices);
      if (!found) return found.error();
      *to = column(*found);
    }
    auto data = values(*archive, placeOf("data"), {}, context, notices);
    if (!data) return data.error();
    arrays.data = std::move(*data);
    const auto matrix = scipy_sparse::matrixOf(arrays, m_path, context);
    if (!matrix) return matrix.error();
    return arrange(*matrix, view, m_path, context, notices);
  }

 private:
  explicit SparseDataset(const NpzDataset& arrays) : NpzDataset(arrays) {}
  const char* first() const { return m_format == "coo" ? "row" : "indices"; }
  const char* second() const { return m_format == "coo" ? "col" : "indptr"; }

  // Complex numbers are no indices: nothing is left of them.
  static Matrix<double> column(const Values& values) {
    return std::visit(
        [](const auto& all) -> Matrix<double> {
          if constexpr (std::is_same_v<typename std::decay_t<decltype(all)>::Scalar, Complex>) {
            return {};
          } else {
            return all.template cast<double>();
          }
        },
        values);
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
