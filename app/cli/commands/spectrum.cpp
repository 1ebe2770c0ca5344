// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/plots.h"
#include "app/cli/targets.h"
#include "core/methods/spectrum.h"
#include "ui/plots/figures.h"

namespace rankscope::cli {

namespace {

struct Wish {
  Index leading = 0;  ///< 0: all
  bool randomized = false;
};

constexpr std::array<const char*, 4> kShares = {"0.9", "0.95", "0.99", "0.999"};

/// A rank statistic, or null where the leading values alone do not determine it.
struct Ranks {
  std::optional<double> numerical, stable, effective;
  std::array<std::optional<Index>, kShares.size()> energy;
};

Ranks ranksOf(const Spectrum& spectrum) {
  Ranks out;
  if (spectrum.complete || spectrum.fro == 0) {  // a zero matrix is known from its norm
    out.numerical = spectrum.ranks.numerical;
    out.stable = spectrum.ranks.stable;
    out.effective = spectrum.ranks.effective;
    for (std::size_t i = 0; i < kShares.size(); ++i) out.energy[i] = rankByEnergy(spectrum, std::stod(kShares[i]));
    return out;
  }
  const double first = spectrum.sigma.size() > 0 ? spectrum.sigma(0) : 0;
  if (!(first > 0)) return out;
  const double whole = spectrum.fro / first;
  out.stable = whole * whole;
  // The tail is what ‖M‖_F² leaves: enough digits for shares up to 0.999.
  for (std::size_t i = 0; i < kShares.size(); ++i) out.energy[i] = energyRank(spectrum, std::stod(kShares[i]));
  return out;
}

struct Part {
  std::string channel;  ///< empty: the matrix as one
  std::shared_ptr<const Spectrum> spectrum;
  Vector<double> shown;  ///< what was asked for
  Ranks ranks;
};

Result<Part> compute(const AnyMatrix& matrix, const std::string& channel, const Wish& wish, const Context& context) {
  const Index most = std::min(matrix.rows(), matrix.cols());
  const Index leading = wish.leading == 0 ? most : std::min(wish.leading, most);
  auto result = wish.randomized ? spectrumRandomized(matrix, leading, context) : spectrum(matrix, context);
  if (!result) return result.error();
  Part part{.channel = channel, .spectrum = std::make_shared<Spectrum>(std::move(*result)), .shown = {}, .ranks = {}};
  part.shown = part.spectrum->sigma.head(std::min(leading, part.spectrum->sigma.size()));
  part.ranks = ranksOf(*part.spectrum);
  return part;
}

void fill(Json& to, const Part& part) {
  to["singular_values"] = numbers(part.shown);
  to["numerical_rank"] = part.ranks.numerical ? Json(static_cast<Index>(*part.ranks.numerical)) : Json(nullptr);
  to["stable_rank"] = number(part.ranks.stable);
  to["effective_rank"] = number(part.ranks.effective);
  Json energy = Json::object();
  for (std::size_t i = 0; i < kShares.size(); ++i) {
    energy[kShares[i]] = part.ranks.energy[i] ? Json(*part.ranks.energy[i]) : Json(nullptr);
  }
  to["energy_rank"] = energy;
}

void tell(Output& output, const Part& part) {
  const auto known = [](const std::optional<double>& value) { return value ? shown(*value) : std::string("-"); };
  if (!part.channel.empty()) output.line(part.channel);
  std::vector<std::pair<std::string, std::string>> facts = {{"numerical rank", known(part.ranks.numerical)},
                                                            {"stable rank", known(part.ranks.stable)},
                                                            {"effective rank", known(part.ranks.effective)}};
  for (std::size_t i = 0; i < kShares.size(); ++i) {
    facts.emplace_back("energy " + percent(std::stod(kShares[i])),
                       part.ranks.energy[i] ? "rank " + show(*part.ranks.energy[i]) : "-");
  }
  output.facts(facts);
  output.line();
  constexpr Index kRows = 20;
  std::vector<Row> rows;
  for (Index i = 0; i < std::min(kRows, part.shown.size()); ++i) rows.push_back({show(i + 1), shown(part.shown(i))});
  output.table({"i", "singular value"}, rows);
  if (part.shown.size() > kRows) {
    output.line("... " + show(part.shown.size() - kRows) + " more; --json or --out FILE gives all");
  }
}

Result<Done> writeValues(Run& run, const Writer& writer, const std::vector<Part>& parts) {
  std::vector<Values> values;
  for (const Part& part : parts) values.emplace_back(Matrix<double>(part.shown));
  std::vector<NamedArray> arrays;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string suffix = parts[i].channel.empty() ? "" : "_" + parts[i].channel;
    arrays.push_back({.name = "singular_values" + suffix, .shape = {parts[i].shown.size()}, .values = &values[i]});
  }
  return writer.write(run.options.out, arrays, {{"input", run.options.input.location}, {"program", programName()}});
}

Result<Done> writePlots(Run& run, const MatrixPtr& matrix, const std::vector<Part>& parts) {
  Analysis analysis;
  analysis.request.problem = {.X = matrix, .perChannel = run.options.input.view.perChannel};
  analysis.quality = Quality::Exact;
  for (const Part& part : parts) analysis.floors.push_back(part.spectrum);
  return savePlots(run, {spectrumPlot(analysis)},
                   ui::captionOf(analysis, QString::fromStdString(run.options.input.location)).toStdString());
}

Result<Done> spectrumCommand(Run& run, const Wish& wish) {
  const Options& options = run.options;
  if (options.listPlots) return listPlots(run, spectrumPlotNames());
  requireInput(options);
  if (const auto fine = checkPlots(options, spectrumPlotNames()); !fine) return fine;
  const bool perChannel = options.input.view.perChannel;
  const Writer* writer = nullptr;
  if (!options.out.empty()) {
    const auto found = arrayTarget(options.out, perChannel, run.formats);
    if (!found) return found.error();
    writer = *found;
  }
  const auto loaded = load(options.input, run.formats, run.context, run.output.notices);
  if (!loaded) return loaded.error();
  const MatrixPtr& matrix = loaded->matrix;
  if (!wish.randomized) {
    if (const auto refused = refuseSpectrum(*matrix, run.context)) return *refused;
  }
  if (const auto unusable = refuseUnusable(*matrix, options.input.location)) return *unusable;

  const bool split = perChannel && matrix->channels().size() > 1;
  std::vector<Part> parts;
  const auto start = std::chrono::steady_clock::now();
  for (Index c = 0; c < (split ? static_cast<Index>(matrix->channels().size()) : 1); ++c) {
    const std::string channel = split ? matrix->channels()[static_cast<std::size_t>(c)].name : "";
    auto part = compute(split ? *matrix->channel(c) : *matrix, channel, wish, run.context);
    if (!part) return part.error();
    parts.push_back(std::move(*part));
  }
  const double elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const Index most = std::min(matrix->rows(), split ? matrix->cols() / 3 : matrix->cols());
  if (wish.leading > most) {
    run.output.notices.push_back(text("there are only {1} singular values: -k {2} was cut", most, wish.leading));
  }

  run.context.checkpoint();
  if (writer) {
    if (const auto done = writeValues(run, *writer, parts); !done) return done;
  }
  if (!options.plots.empty()) {
    if (const auto done = writePlots(run, matrix, parts); !done) return done;
  }

  Json& document = run.output.document;
  document["input"] = options.input.location;
  document["shape"] = shapeJson({matrix->rows(), matrix->cols()});
  document["method"] = wish.randomized ? "randomized" : "full";
  run.output.line(options.input.location + "  " + shapeText({matrix->rows(), matrix->cols()}) +
                  (wish.randomized ? ", randomized estimate" : ""));
  if (split) {
    document["channels"] = Json::array();
    for (const Part& part : parts) {
      Json one = {{"name", part.channel}};
      fill(one, part);
      document["channels"].push_back(one);
      run.output.line();
      tell(run.output, part);
    }
  } else {
    fill(document, parts.front());
    tell(run.output, parts.front());
  }
  document["seconds"] = number(elapsed);
  document["seed"] = options.seed;
  document["precision"] = options.precision == Precision::Float ? "float" : "double";
  document["threads"] = run.context.threads;
  return Done{};
}

}  // namespace

Action declareSpectrum(CLI::App& app, Options& options) {
  const auto wish = std::make_shared<Wish>();
  addInput(app, options);
  addPerChannel(app, options);
  app.add_option_function<std::string>(
         "-k", [wish](const std::string& typed) { wish->leading = wholeNumber("-k", typed, 1); },
         "only the K leading singular values")
      ->type_name("K");
  app.add_flag("--randomized", wish->randomized, "estimate them from a random sketch: faster, not exact");
  addOut(app, options, "write the values (.npy .npz .csv)");
  addPlots(app, options);
  return [wish](Run& run) { return spectrumCommand(run, *wish); };
}

}  // namespace rankscope::cli
