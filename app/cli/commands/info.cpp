// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>

#include "app/cli/commands.h"

namespace rankscope::cli {

namespace {

constexpr std::string_view kGallery = "gallery:";

std::string kindName(DatasetKind kind) {
  switch (kind) {
    case DatasetKind::Matrix:
      return "matrix";
    case DatasetKind::Container:
      return "container";
    case DatasetKind::Image:
      return "image";
  }
  std::abort();
}

/// Which array of a file is described with numbers: the one named, the only one, or the only one with two dimensions.
const EntryInfo* described(std::span<const EntryInfo> entries, const std::string& wanted) {
  if (!wanted.empty()) {
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](const EntryInfo& e) { return e.name == wanted; });
    return found == entries.end() ? nullptr : &*found;
  }
  if (entries.size() == 1) return &entries.front();
  const auto flat = [](const EntryInfo& entry) { return entry.shape.size() == 2; };
  if (std::count_if(entries.begin(), entries.end(), flat) != 1) return nullptr;
  return &*std::find_if(entries.begin(), entries.end(), flat);
}

struct Description {
  DatasetKind kind = DatasetKind::Matrix;
  std::vector<EntryInfo> entries;
  std::optional<EntryInfo> empty;  ///< one array without entries, so without numbers
  bool numbers = true;             ///< one array that has some
  InputSpec spec;                  ///< what to load for them
};

/// Reads headers only.
Result<Description> describe(const InputSpec& spec, const Formats& formats, const Context& context) {
  Description out;
  out.spec = spec;
  if (spec.location.starts_with(kGallery)) return out;
  std::string wanted;
  const auto dataset = openDataset(spec.location, formats, context, &wanted);
  if (!dataset) return dataset.error();
  const std::span<const EntryInfo> entries = (*dataset)->entries();
  const EntryInfo* one = described(entries, wanted);
  out.kind = wanted.empty() ? (*dataset)->kind() : DatasetKind::Matrix;
  if (one && !wanted.empty()) {
    out.entries = {*one};
  } else {
    out.entries.assign(entries.begin(), entries.end());
  }
  if (!one) {
    out.numbers = !wanted.empty();  // a name that is not there is refused by load(), with those that are
  } else if (std::find(one->shape.begin(), one->shape.end(), 0) != one->shape.end()) {
    out.numbers = false;
    out.empty = *one;
  } else if (one->shape.size() > 2 && (*dataset)->kind() != DatasetKind::Image && spec.view.reshape.empty()) {
    // Any shape is described; the numbers do not depend on how the array is laid flat.
    out.spec.view.reshape = "keep-first";
  }
  return out;
}

/// A picture's is that of its pixels; arrays of 0 and 1 dimensions are the matrices they stand for.
std::vector<Index> shapeOf(const Loaded& loaded, const ViewOptions& asked) {
  if (loaded.kind == DatasetKind::Image) {
    const Index channels = std::max<Index>(1, static_cast<Index>(loaded.matrix->channels().size()));
    return {loaded.matrix->rows(), loaded.matrix->cols() / channels};
  }
  if (loaded.storedShape.size() > 2 && asked.reshape.empty()) return loaded.storedShape;
  return {loaded.matrix->rows(), loaded.matrix->cols()};
}

Json entriesJson(const std::vector<EntryInfo>& entries) {
  Json out = Json::array();
  for (const EntryInfo& entry : entries) {
    out.push_back({{"name", entry.name}, {"shape", shapeJson(entry.shape)}, {"dtype", entry.dtype}});
  }
  return out;
}

void tell(Run& run, const Description& file, const Loaded* loaded) {
  Output& output = run.output;
  std::vector<std::pair<std::string, std::string>> facts = {{"kind", kindName(file.kind)}};
  if (loaded) {
    const Summary& numbers = loaded->matrix->summary();
    const std::size_t channels = loaded->matrix->channels().size();
    facts.emplace_back("shape", shapeText(shapeOf(*loaded, run.options.input.view)) +
                                    (channels > 1 ? ", " + show(static_cast<Index>(channels)) + " channels" : ""));
    facts.emplace_back("type", loaded->dtype);
    facts.emplace_back("min", shown(numbers.min));
    facts.emplace_back("max", shown(numbers.max));
    facts.emplace_back("mean", shown(numbers.mean));
    facts.emplace_back("Frobenius", shown(numbers.fro));
    facts.emplace_back("not finite", show(numbers.nonFinite));
  }
  output.line(run.options.input.location);
  output.facts(facts);
  if (loaded && file.kind != DatasetKind::Container) return;
  std::vector<Row> rows;
  for (const EntryInfo& entry : file.entries) rows.push_back({entry.name, shapeText(entry.shape), entry.dtype});
  output.line();
  output.table({"array", "shape", "type"}, rows);
}

Result<Done> info(Run& run) {
  requireInput(run.options);
  const auto file = describe(run.options.input, run.formats, run.context);
  if (!file) return file.error();
  Json& document = run.output.document;
  document["input"] = run.options.input.location;
  document["kind"] = kindName(file->kind);
  if (!file->numbers) {
    document["shape"] = file->empty ? shapeJson(file->empty->shape) : Json(nullptr);
    document["dtype"] = file->empty ? Json(file->empty->dtype) : Json(nullptr);
    document["entries"] = entriesJson(file->entries);
    for (const char* key : {"min", "max", "mean", "fro", "nonfinite"}) document[key] = nullptr;
    if (file->empty) document["fro"] = document["nonfinite"] = 0;
    tell(run, *file, nullptr);
    return Done{};
  }
  InputSpec spec = file->spec;
  spec.view.passes = true;  // its numbers take one pass
  const auto loaded = load(spec, run.formats, run.context, run.output.notices);
  if (!loaded) return loaded.error();
  const AnyMatrix& matrix = *loaded->matrix;
  const Summary& numbers = matrix.summary();
  const bool empty = matrix.rows() * matrix.cols() == numbers.nonFinite;  // nothing finite: no least, no mean
  const auto ofFinite = [empty](double value) { return empty ? Json(nullptr) : number(value); };
  document["shape"] = shapeJson(shapeOf(*loaded, run.options.input.view));
  if (!matrix.channels().empty()) {
    document["channels"] = matrix.channels().size();
    Json names = Json::array();
    for (const Channel& channel : matrix.channels()) names.push_back(channel.name);
    document["channel_names"] = names;
  }
  document["dtype"] = loaded->dtype;
  document["entries"] = entriesJson(file->entries);
  document["min"] = ofFinite(numbers.min);
  document["max"] = ofFinite(numbers.max);
  document["mean"] = ofFinite(numbers.mean);
  document["fro"] = number(numbers.fro);
  document["nonfinite"] = numbers.nonFinite;
  tell(run, *file, &*loaded);
  return Done{};
}

}  // namespace

Action declareInfo(CLI::App& app, Options& options) {
  addInput(app, options);
  return info;
}

}  // namespace rankscope::cli
