// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compute/compare.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/params_table.h"
#include "app/cli/plots.h"
#include "app/cli/result.h"
#include "app/cli/targets.h"
#include "core/methods/access.h"
#include "ui/plots/figures.h"

namespace rankscope::cli {

namespace {

/// The command's own flags, as typed.
struct Wish {
  std::optional<std::string> methods, ranks;
  std::vector<std::string> params;
};

/// A wish that makes sense whatever the input.
struct Plan {
  std::vector<ComparedMethod> methods;
  std::vector<Index> ranks;
};

std::vector<std::string> split(const std::string& typed) {
  std::vector<std::string> words;
  std::size_t from = 0;
  while (from <= typed.size()) {
    const std::size_t comma = std::min(typed.find(',', from), typed.size());
    words.push_back(typed.substr(from, comma - from));
    from = comma + 1;
  }
  return words;
}

// "rsvd.power=2", for one of the methods to be compared.
Result<Done> takeParam(const std::string& typed, std::vector<ComparedMethod>& compared) {
  const std::size_t equals = typed.find('='), dot = typed.substr(0, equals).find('.');
  if (equals == std::string::npos || dot == std::string::npos || dot == 0 || dot + 1 == equals) {
    return usageError("--param", text("\"{1}\" is not method.name=value", typed), "such as rsvd.power=2");
  }
  const std::string id = typed.substr(0, dot), key = typed.substr(dot + 1, equals - dot - 1);
  const auto method =
      std::find_if(compared.begin(), compared.end(), [&id](const ComparedMethod& one) { return one.id == id; });
  if (method == compared.end()) {
    std::vector<std::string> ids;
    for (const ComparedMethod& one : compared) ids.push_back(one.id);
    return usageError("--param " + typed.substr(0, equals), text("{1} is not among the methods", id),
                      text("--methods names {1}", listed(ids)));
  }
  if (method->params.count(key) > 0) return usageError("--param " + typed.substr(0, equals), "given more than once");
  auto parsed = typedParam(*findMethod(id), key, typed.substr(equals + 1));
  if (!parsed) return parsed.error();
  method->params[key] = std::move(*parsed);
  return Done{};
}

Result<Plan> plan(const Wish& wish) {
  Plan out;
  if (!wish.methods)
    return usageError("--methods", "missing", text("one or more of {1}", listed(methodIds(Kind::Matrix))));
  if (!wish.ranks) return usageError("--ranks", "missing", "whole numbers from 1, such as 1,2,4,8");
  if (!wish.methods->empty()) {
    for (const std::string& id : split(*wish.methods)) out.methods.push_back({.id = id, .params = {}});
  }
  if (!wish.ranks->empty()) {
    for (const std::string& rank : split(*wish.ranks)) out.ranks.push_back(wholeNumber("--ranks", rank, 1));
  }
  if (auto refused = refuseComparison(out.methods, out.ranks)) {
    refused->what = "--" + refused->what.str();  // as the user calls it
    return *refused;
  }
  for (const std::string& typed : wish.params) {
    if (const auto taken = takeParam(typed, out.methods); !taken) return taken.error();
  }
  if (auto refused = refuseComparison(out.methods, out.ranks)) return *refused;
  return out;
}

/// A number of a row and its name in files.
struct Column {
  const char* name;
  std::optional<double> (*value)(const CompareRow&);
};

constexpr std::array<Column, 9> kColumns = {{
    {"dial",
     [](const CompareRow& row) {
       return row.dial ? std::optional<double>(static_cast<double>(*row.dial)) : std::nullopt;
     }},
    {"parameters", [](const CompareRow& row) { return row.parameters; }},
    {"apply_flops", [](const CompareRow& row) { return row.applyFlops; }},
    {"fro", [](const CompareRow& row) { return row.errors.fro; }},
    {"fro_relative", [](const CompareRow& row) { return row.errors.froRelative; }},
    {"spectral", [](const CompareRow& row) { return row.errors.spectral; }},
    {"optimal_fro_relative", [](const CompareRow& row) { return row.errors.optimalFroRelative; }},
    {"excess", [](const CompareRow& row) { return row.errors.excess; }},
    {"seconds", [](const CompareRow& row) { return row.seconds; }},
}};

ui::FigureTable fileTable(const std::vector<CompareRow>& rows) {
  ui::FigureTable table;
  table.header << "method"
               << "rank";
  for (const Column& column : kColumns) table.header << column.name;
  for (const CompareRow& row : rows) {
    QStringList cells = {QString::fromStdString(row.method), QString::number(row.rank)};
    for (const Column& column : kColumns) {
      const auto value = column.value(row);
      cells << (value ? QString::fromStdString(exact(*value)) : QString());
    }
    table.rows.push_back(cells);
  }
  return table;
}

/// Where the table goes; the ending says how. Null: a table of text.
struct Target {
  const Writer* arrays = nullptr;
  QChar separator = u',';
};

Result<Target> tableTarget(const std::string& path, const Formats& formats) {
  const QString name = QString::fromStdString(path).toLower();
  Target target;
  if (name.endsWith(".csv") || name.endsWith(".tsv")) {
    if (const auto place = checkTarget(path); !place) return place.error();
    target.separator = name.endsWith(".tsv") ? u'\t' : u',';
    return target;
  }
  if (!name.endsWith(".npz")) {
    return usageError(path, "a table of methods is written as text or as named arrays", "allowed: .csv, .tsv, .npz");
  }
  const auto writer = arrayTarget(path, true, formats);
  if (!writer) return writer.error();
  target.arrays = *writer;
  return target;
}

/// Text as a table; else one array a column, NaN where nothing is known, and the methods by their place in `about`.
Result<Done> write(const Run& run, const Target& target, const Plan& plan, const std::vector<CompareRow>& rows) {
  const std::string& path = run.options.out;
  if (!target.arrays) return writeTextAtomically(path, ui::textOf(fileTable(rows), target.separator).toStdString());
  const auto count = static_cast<Index>(rows.size());
  std::vector<std::string> names = {"method", "rank"};
  for (const Column& column : kColumns) names.emplace_back(column.name);
  std::vector<Values> values(names.size(), Matrix<double>(count, 1));
  for (Index i = 0; i < count; ++i) {
    const CompareRow& row = rows[static_cast<std::size_t>(i)];
    const auto place = std::find_if(plan.methods.begin(), plan.methods.end(),
                                    [&row](const ComparedMethod& one) { return one.id == row.method; });
    std::get<Matrix<double>>(values[0])(i, 0) = static_cast<double>(place - plan.methods.begin());
    std::get<Matrix<double>>(values[1])(i, 0) = static_cast<double>(row.rank);
    for (std::size_t c = 0; c < kColumns.size(); ++c) {
      std::get<Matrix<double>>(values[c + 2])(i, 0) =
          kColumns[c].value(row).value_or(std::numeric_limits<double>::quiet_NaN());
    }
  }
  std::vector<NamedArray> arrays;
  for (std::size_t c = 0; c < names.size(); ++c)
    arrays.push_back({.name = names[c], .shape = {count}, .values = &values[c]});
  std::vector<std::string> ids;
  for (const ComparedMethod& one : plan.methods) ids.push_back(one.id);
  return target.arrays->write(path, arrays,
                              {{"input", run.options.input.location},
                               {"methods", listed(ids)},
                               {"seed", show(run.options.seed)},
                               {"program", programName()}});
}

Json rowJson(const CompareRow& row) {
  Json out = {
      {"method", row.method},
      {"rank", row.rank},
      {"dial", row.dial ? Json{{"name", findMethod(row.method)->dial.name}, {"value", *row.dial}} : Json(nullptr)},
      {"parameters", row.parameters ? Json(static_cast<std::int64_t>(*row.parameters)) : Json(nullptr)},
      {"apply_flops", row.applyFlops ? Json(static_cast<std::int64_t>(*row.applyFlops)) : Json(nullptr)},
      {"error", errorJson(row.errors)},
      {"seconds", number(row.seconds)}};
  if (row.failure) out["failure"] = row.failure->message();
  if (!row.notices.empty()) {
    out["notices"] = Json::array();
    for (const Text& notice : row.notices) out["notices"].push_back(notice.str());
  }
  return out;
}

Row tableRow(const CompareRow& row) {
  const auto known = [](const std::optional<double>& value, std::string (*text)(double)) {
    return value ? text(*value) : std::string("-");
  };
  std::optional<double> excess = row.errors.excess;
  if (excess && std::abs(*excess) < 1e-9) excess = 0;  // rounding
  return {row.method,
          show(row.rank),
          row.dial ? show(*row.dial) : "-",
          row.parameters ? show(static_cast<Index>(*row.parameters)) : "-",
          row.failure ? "failed" : known(row.errors.froRelative, percent),
          known(row.errors.optimalFroRelative, percent),
          known(excess, percent),
          known(row.seconds, seconds)};
}

std::vector<ui::Figure> figures(const std::vector<CompareRow>& rows) {
  std::vector<ui::Figure> all;
  for (const ui::BudgetAxis axis : {ui::BudgetAxis::Rank, ui::BudgetAxis::Parameters, ui::BudgetAxis::Flops})
    all.push_back(ui::comparisonFigure(rows, axis));
  return all;
}

std::vector<PlotName> plotNames() {
  std::vector<PlotName> names;
  for (const ui::Figure& figure : figures({})) names.emplace_back(figure.id.toStdString(), figure.title.toStdString());
  return names;
}

Result<Done> compareCommand(Run& run, const Wish& wish) {
  const Options& options = run.options;
  if (options.listPlots) return listPlots(run, plotNames());
  if (const auto fine = checkPlots(options, plotNames()); !fine) return fine;
  requireInput(options);
  const auto planned = plan(wish);
  if (!planned) return planned.error();
  Target target;
  if (!options.out.empty()) {
    const auto found = tableTarget(options.out, run.formats);
    if (!found) return found.error();
    target = *found;
  }
  const auto loaded = load(options.input, run.formats, run.context, run.output.notices);
  if (!loaded) return loaded.error();
  const AnyMatrix& input = *loaded->matrix;
  // Refused where none of the methods can do it; one that can't beside others says so in its rows.
  const auto least = std::min_element(planned->methods.begin(), planned->methods.end(),
                                      [](const ComparedMethod& a, const ComparedMethod& b) {
                                        return findMethod(a.id)->access < findMethod(b.id)->access;
                                      });
  if (const auto refused =
          refuseInput(input, options.input.location, findMethod(least->id)->access, least->id, run.context))
    return *refused;

  const CompareRequest request{
      .problem = {.X = loaded->matrix, .Y = nullptr, .perChannel = options.input.view.perChannel},
      .methods = planned->methods,
      .ranks = planned->ranks,
      .seed = options.seed,
      .precision = options.precision,
      .threads = run.context.threads};
  ResultCache cache(run.context.memory);
  const auto answer = compare(request, cache, run.context);
  if (!answer) return answer.error();
  const std::vector<CompareRow>& rows = *answer;
  const bool none =
      std::all_of(rows.begin(), rows.end(), [](const CompareRow& row) { return row.failure.has_value(); });
  if (none) return *rows.front().failure;
  run.context.checkpoint();
  if (!options.out.empty()) {
    if (const auto done = write(run, target, *planned, rows); !done) return done;
  }
  if (!options.plots.empty()) {
    const std::string caption = options.input.location + " · seed " + show(options.seed) + " · " + programName();
    if (const auto done = savePlots(run, figures(rows), caption); !done) return done;
  }

  Json& to = run.output.document;
  to["input"] = options.input.location;
  to["shape"] = shapeJson({input.rows(), input.cols()});
  to["seed"] = options.seed;
  to["precision"] = options.precision == Precision::Float ? "float" : "double";
  to["threads"] = run.context.threads;
  to["rows"] = Json::array();
  std::vector<Row> table;
  auto& notices = run.output.notices;
  const auto say = [&notices](const Text& notice) {
    if (std::find(notices.begin(), notices.end(), notice) == notices.end()) notices.push_back(notice);
  };
  for (const CompareRow& row : rows) {
    to["rows"].push_back(rowJson(row));
    table.push_back(tableRow(row));
    for (const Text& notice : row.notices) say(notice);
    if (row.failure) say(text("{1} at rank {2} failed: {3}", row.method, row.rank, row.failure->message()));
  }
  run.output.line(options.input.location + "  " + shapeText({input.rows(), input.cols()}));
  run.output.table({"method", "rank", "size", "numbers kept", "error", "optimum", "excess", "time"}, table);
  return Done{};
}

}  // namespace

Action declareCompare(CLI::App& app, Options& options) {
  const auto wish = std::make_shared<Wish>();
  addInput(app, options);
  addPerChannel(app, options);
  constexpr const char* kGroup = "Methods";
  app.add_option_function<std::string>(
         "--methods", [wish](const std::string& typed) { wish->methods = typed; },
         "of " + listed(methodIds(Kind::Matrix)))
      ->type_name("ID,ID...")
      ->group(kGroup);
  app.add_option_function<std::string>(
         "--ranks", [wish](const std::string& typed) { wish->ranks = typed; },
         "a method whose size is no rank gets the largest with as few parameters as rank R, r(n+m)")
      ->type_name("R,R...")
      ->group(kGroup);
  app.add_option("--param", wish->params, "a parameter of one of them; may be repeated")
      ->type_name("METHOD.NAME=VALUE")
      ->allow_extra_args(false)
      ->group(kGroup);
  addOut(app, options, "write the table (.csv .tsv .npz)");
  addPlots(app, options);
  return [wish](Run& run) { return compareCommand(run, *wish); };
}

}  // namespace rankscope::cli
