// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/input.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "core/io/arrange.h"
#include "core/io/file.h"
#include "core/io/matrix_market.h"
#include "core/io/npy.h"
#include "core/io/npz.h"
#include "core/io/table.h"

namespace rankscope {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kSample = "sample:";
constexpr std::string_view kSeparator = "::";
constexpr std::size_t kHead = 4096;

std::string lowercase(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return text;
}

bool hasEnding(const std::string& path, const std::vector<std::string>& endings) {
  const std::string lower = lowercase(path);
  return std::any_of(endings.begin(), endings.end(),
                     [&](const std::string& ending) { return lower.ends_with(ending); });
}

template <class Format>
std::string listEndings(const std::vector<Format>& formats) {
  std::string list;
  for (const Format& format : formats) {
    for (const std::string& ending : format.endings) list += (list.empty() ? "" : " ") + ending;
  }
  return list;
}

bool exists(const std::string& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

// FILE::ENTRY → FILE and ENTRY. Both parts may hold "::" themselves.
void split(const std::string& location, std::string& path, std::string& entry) {
  path = location;
  entry.clear();
  if (exists(location)) return;
  for (std::size_t at = location.rfind(kSeparator); at != std::string::npos && at > 0;
       at = location.rfind(kSeparator, at - 1)) {
    if (!exists(location.substr(0, at))) continue;
    path = location.substr(0, at);
    entry = location.substr(at + kSeparator.size());
    return;
  }
}

Result<std::string> samplePath(const std::string& name, const Formats& formats) {
  if (const auto found = formats.samples.find(name); found != formats.samples.end()) return found->second;
  std::string list;
  for (const auto& sample : formats.samples) list += (list.empty() ? "" : ", ") + sample.first;
  return usageError(text("sample:{1}", name), "there is no such sample",
                    list.empty() ? Text() : text("one of {1}", list));
}

Result<const Reader*> readerFor(const std::string& path, const Formats& formats) {
  auto file = InputFile::open(path);
  if (!file) return file.error();
  if (file->size() == 0) return inputError(path, "it is empty");
  std::array<std::byte, kHead> buffer{};
  const std::span head = std::span(buffer).first(std::min<std::size_t>(kHead, file->size()));
  if (auto done = file->read(head); !done) return done.error();
  for (const Reader& reader : formats.readers) {
    if (!reader.byEndingOnly && reader.recognises && reader.recognises(head)) return &reader;
  }
  // The reader of the ending knows best what is wrong with a file that does not begin as its format does.
  for (const Reader& reader : formats.readers) {
    if (hasEnding(path, reader.endings)) return &reader;
  }
  return inputError(path, "its format is not recognised",
                    text("these endings are known: {1}", listEndings(formats.readers)));
}

}  // namespace

Formats coreFormats() {
  return {.readers = {npy::reader(), npz::reader(), matrix_market::reader(), table::reader()},
          .writers = {npy::writer(), npz::writer(), table::writer()},
          .samples = {}};
}

Result<DatasetPtr> openDataset(const std::string& location, const Formats& formats, const Context& context,
                               std::string* entry) {
  if (location.empty()) return inputError("input", "its name is empty");
  std::string path = location, part;
  if (location.starts_with(kSample)) {
    const auto sample = samplePath(location.substr(kSample.size()), formats);
    if (!sample) return sample.error();
    path = *sample;
  }
  if (entry != nullptr) entry->clear();
  for (const Reader& reader : formats.readers) {
    if (!reader.prefix.empty() && path.starts_with(reader.prefix)) return reader.read(path, context);
  }
  split(std::string(path), path, part);
  const auto reader = readerFor(path, formats);
  if (!reader) return reader.error();
  if (entry != nullptr) *entry = part;
  return (*reader)->read(path, context);
}

Result<const Writer*> writerFor(const std::string& path, const Formats& formats) {
  for (const Writer& writer : formats.writers) {
    if (hasEnding(path, writer.endings)) return &writer;
  }
  return outputError(path, "no format that can be written has this ending",
                     text("use one of {1}", listEndings(formats.writers)));
}

}  // namespace rankscope
