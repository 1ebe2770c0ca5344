// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>

#include "core/gallery/gallery.h"
#include "core/io/arrange.h"
#include "core/io/input.h"

namespace rankscope {

namespace {

constexpr std::string_view kGallery = "gallery:";

std::string nameOfType(const AnyMatrix& matrix) {
  return matrix.isComplex() ? "complex128" : matrix.isFloat() ? "float32" : "float64";
}

// The entry that is meant: the one named, or the only array of two dimensions, or the only one at all.
Result<EntryInfo> chooseEntry(const Dataset& dataset, const std::string& path, const std::string& entry) {
  const auto entries = dataset.entries();
  if (dataset.kind() != DatasetKind::Container) {
    EntryInfo only = entries.front();
    only.name = entry;  // refused by the dataset when there is one
    return only;
  }
  std::string list;
  constexpr std::size_t kListed = 20;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i == kListed) list += ", …";
    if (i < kListed) list += (i > 0 ? ", " : "") + entries[i].name + " (" + showShape(entries[i].shape) + ")";
  }
  if (entries.empty()) return inputError(path, "it holds no arrays");
  if (!entry.empty()) {
    for (const EntryInfo& info : entries) {
      if (info.name == entry) return info;
    }
    return inputError(path, text("it has no entry \"{1}\"", entry), text("it has {1}", list));
  }
  const auto flat = [](const EntryInfo& info) { return info.shape.size() == 2; };
  if (std::count_if(entries.begin(), entries.end(), flat) == 1)
    return *std::find_if(entries.begin(), entries.end(), flat);
  if (entries.size() == 1) return entries.front();
  return inputError(path, text("it holds {1} arrays: {2}", entries.size(), list), "name one: FILE::ENTRY");
}

// The file's name without its folder, with the entry that was named.
std::string titleOf(const std::string& location, const std::string& entry, const Formats& formats) {
  constexpr std::string_view kSample = "sample:";
  if (location.starts_with(kSample)) {
    return std::filesystem::path(formats.samples.at(location.substr(kSample.size()))).filename().string();
  }
  if (entry.empty()) return std::filesystem::path(location).filename().string();
  const std::string file = location.substr(0, location.size() - entry.size() - 2);
  return std::filesystem::path(file).filename().string() + "::" + entry;
}

// What has no channels cannot be seen through one: to ignore the wish would be to answer another question.
std::optional<Error> refuseChannel(const InputSpec& input) {
  if (input.view.channel == ViewOptions{}.channel) return std::nullopt;
  return inputError(input.location, text("it is no picture, so it has no channel \"{1}\"", input.view.channel),
                    "leave --channel out");
}

Result<Loaded> generated(const InputSpec& input, const Context& context, std::vector<Text>& notices) {
  const std::string spec = input.location.substr(kGallery.size());
  const auto made = generate(spec, context);
  if (!made) return made.error();
  Loaded loaded;
  loaded.title = spec;
  std::replace(loaded.title.begin(), loaded.title.end(), ',', ' ');
  loaded.storedShape = {(*made)->rows(), (*made)->cols()};
  loaded.dtype = nameOfType(**made);
  auto arranged = arrange(*made, input.view, input.location, context, notices);
  if (!arranged) return arranged.error();
  loaded.matrix = std::move(*arranged);
  return loaded;
}

}  // namespace

Result<Loaded> load(const InputSpec& input, const Formats& formats, const Context& context,
                    std::vector<Text>& notices) {
  if (auto refused = refuseView(input.view)) return *refused;
  if (input.location.starts_with(kGallery)) {
    if (auto refused = refuseChannel(input)) return *refused;
    return generated(input, context, notices);
  }
  std::string entry;
  const auto dataset = openDataset(input.location, formats, context, &entry);
  if (!dataset) return dataset.error();
  if ((*dataset)->kind() != DatasetKind::Image) {
    if (auto refused = refuseChannel(input)) return *refused;
  }
  const auto chosen = chooseEntry(**dataset, input.location, entry);
  if (!chosen) return chosen.error();
  auto matrix = (*dataset)->open(chosen->name, input.view, context, notices);
  if (!matrix) return matrix.error();
  Loaded loaded;
  loaded.matrix = std::move(*matrix);
  loaded.title = titleOf(input.location, entry, formats);
  loaded.kind = (*dataset)->kind();
  loaded.storedShape = chosen->shape;
  loaded.dtype = chosen->dtype;
  return loaded;
}

}  // namespace rankscope
