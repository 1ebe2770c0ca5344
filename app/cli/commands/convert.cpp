// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <memory>
#include <numeric>

#include "app/cli/commands.h"
#include "app/cli/plots.h"
#include "app/cli/result.h"
#include "app/cli/targets.h"

namespace rankscope::cli {

namespace {

struct Piece {
  std::string name, dtype;
  std::vector<Index> shape;
  Values values;
};

Index count(const std::vector<Index>& shape) {
  return std::accumulate(shape.begin(), shape.end(), Index{1}, std::multiplies<>());
}

/// The array keeps the shape it was stored with unless a flag laid it out anew; of a picture the matrix is written.
Result<Piece> pieceOf(const std::string& name, const AnyMatrix& matrix, const std::vector<Index>& stored,
                      bool keepShape, const std::string& dtype, const Context& context) {
  auto values = valuesOf(matrix, context);
  if (!values) return values.error();
  const bool kept = keepShape && count(stored) == matrix.rows() * matrix.cols();
  return Piece{.name = name,
               .dtype = dtype,
               .shape = kept ? stored : std::vector<Index>{matrix.rows(), matrix.cols()},
               .values = std::move(*values)};
}

ViewOptions laidFlat(const ViewOptions& view, const std::vector<Index>& shape) {
  ViewOptions out = view;
  if (shape.size() > 2 && out.reshape.empty()) out.reshape = "keep-first";
  return out;
}

bool keepsShape(const ViewOptions& view) { return view.reshape.empty() && view.complex != "stack"; }

/// Every array of a container.
Result<std::vector<Piece>> allOf(const Dataset& dataset, Run& run) {
  std::vector<Piece> pieces;
  const ViewOptions& view = run.options.input.view;
  for (const EntryInfo& entry : dataset.entries()) {
    run.context.checkpoint();
    const auto matrix = dataset.open(entry.name, laidFlat(view, entry.shape), run.context, run.output.notices);
    if (!matrix) return matrix.error();
    auto piece = pieceOf(entry.name, **matrix, entry.shape, keepsShape(view), entry.dtype, run.context);
    if (!piece) return piece.error();
    pieces.push_back(std::move(*piece));
  }
  return pieces;
}

bool isGenerated(const std::string& location) { return location.starts_with("gallery:"); }

/// A file's dataset, or nothing for a generated matrix, which has none.
Result<DatasetPtr> datasetOf(Run& run, std::string& entry) {
  if (isGenerated(run.options.input.location)) return DatasetPtr{};
  return openDataset(run.options.input.location, run.formats, run.context, &entry);
}

Result<Done> toPicture(Run& run, const std::string& target) {
  if (const auto fine = pictureTarget(target); !fine) return fine;
  const auto loaded = load(run.options.input, run.formats, run.context, run.output.notices);
  if (!loaded) return loaded.error();
  const AnyMatrix& matrix = *loaded->matrix;
  if (matrix.isComplex()) {
    return inputError(run.options.input.location, "a picture can't show complex numbers",
                      "--complex abs, real or imag");
  }
  const auto values = matrix.entries<double>(run.context);
  if (!values) return values.error();
  const auto channels = static_cast<Index>(matrix.channels().size());
  const Summary& range = matrix.summary();
  run.context.checkpoint();
  if (const auto done = writePicture(target, **values, channels, range.min, range.max); !done) return done;
  if (channels == 0) {
    run.output.notices.push_back(
        text("{1} is grey: black is {2}, white is {3}", target, shown(range.min), shown(range.max)));
  }
  run.output.document["shape"] = shapeJson({matrix.rows(), matrix.cols() / std::max<Index>(1, channels)});
  run.output.document["dtype"] = "uint8";
  return Done{};
}

Result<Done> toArrays(Run& run, const std::string& target) {
  const auto writer = arrayTarget(target, false, run.formats);
  if (!writer) return writer.error();
  std::string entry;
  const auto dataset = datasetOf(run, entry);
  if (!dataset) return dataset.error();
  InputSpec spec = run.options.input;
  std::vector<Piece> pieces;
  const bool container = *dataset && (*dataset)->kind() == DatasetKind::Container;
  if (container && entry.empty() && (*writer)->several) {
    auto all = allOf(**dataset, run);
    if (!all) return all.error();
    pieces = std::move(*all);
  } else {
    const ViewOptions asked = spec.view;
    if (*dataset && (*dataset)->kind() != DatasetKind::Image) {
      for (const EntryInfo& one : (*dataset)->entries()) {
        if (one.name == entry || (*dataset)->entries().size() == 1) spec.view = laidFlat(asked, one.shape);
      }
    }
    const auto loaded = load(spec, run.formats, run.context, run.output.notices);
    if (!loaded) return loaded.error();
    auto piece = pieceOf(entry.empty() ? "M" : entry, *loaded->matrix, loaded->storedShape,
                         keepsShape(asked) && loaded->kind != DatasetKind::Image, loaded->dtype, run.context);
    if (!piece) return piece.error();
    pieces.push_back(std::move(*piece));
  }
  std::vector<NamedArray> arrays;
  for (const Piece& piece : pieces)
    arrays.push_back({.name = piece.name, .shape = piece.shape, .values = &piece.values});
  run.context.checkpoint();
  const auto done = (*writer)->write(target, arrays, {{"input", spec.location}, {"program", programName()}});
  if (!done) return done;
  Json entries = Json::array();
  for (const Piece& piece : pieces) entries.push_back({{"name", piece.name}, {"shape", shapeJson(piece.shape)}});
  run.output.document["shape"] = pieces.size() == 1 ? shapeJson(pieces.front().shape) : Json(nullptr);
  run.output.document["dtype"] = pieces.size() == 1 ? Json(pieces.front().dtype) : Json(nullptr);
  run.output.document["entries"] = entries;
  return Done{};
}

Result<Done> convert(Run& run, const std::string& target) {
  requireInput(run.options);
  if (target.empty()) return usageError("OUTPUT", "missing", "the file to write; its ending chooses the format");
  Json& document = run.output.document;
  document["input"] = run.options.input.location;
  document["output"] = target;
  const auto done = hasPictureEnding(target) ? toPicture(run, target) : toArrays(run, target);
  if (!done) return done;
  const Json& shape = document["shape"];
  std::vector<Index> sides;
  if (!shape.is_null()) sides = shape.get<std::vector<Index>>();
  run.output.line(
      target + "  " +
      (shape.is_null() ? show(static_cast<Index>(document["entries"].size())) + " arrays" : shapeText(sides)));
  return Done{};
}

}  // namespace

Action declareConvert(CLI::App& app, Options& options) {
  const auto target = std::make_shared<std::string>();
  addInput(app, options);
  app.add_option("OUTPUT", *target, "the file to write: .npy .npz .csv or a picture")->type_name(" ");
  return [target](Run& run) { return convert(run, *target); };
}

}  // namespace rankscope::cli
