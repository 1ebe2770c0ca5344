// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/params_table.h"
#include "core/gallery/gallery.h"

namespace rankscope::cli {

namespace {

Result<Done> listAll(Run& run) {
  run.output.document = galleryJson();
  std::vector<Row> rows;
  for (const Generator& generator : generators()) rows.push_back({generator.id, generator.title, generator.help});
  run.output.table({"name", "title", "why it is interesting"}, rows);
  return Done{};
}

Result<Done> describe(Run& run, const std::string& wanted) {
  const Generator* generator = findGenerator(wanted);
  if (!generator) {
    std::vector<std::string> names;
    for (const Generator& one : generators()) names.push_back(one.id);
    return usageError(wanted, "the gallery has no such matrix", text("there are {1}", listed(names)));
  }
  const Json all = galleryJson();
  Json kept = Json::array();
  for (const Json& one : all.at("generators")) {
    if (one.at("id") == generator->id) kept.push_back(one);
  }
  run.output.document["generators"] = kept;
  run.output.line(generator->id + "  " + generator->title);
  run.output.line(generator->help);
  if (!generator->params.empty()) {
    run.output.line();
    run.output.table(paramHeader(), paramRows(generator->params));
  }
  return Done{};
}

}  // namespace

Action declareGallery(CLI::App& app, Options&) {
  const auto wanted = std::make_shared<std::string>();
  app.add_option("NAME", *wanted, "one matrix of the gallery: its parameters")->type_name(" ");
  return [wanted](Run& run) -> Result<Done> { return wanted->empty() ? listAll(run) : describe(run, *wanted); };
}

}  // namespace rankscope::cli
