// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <filesystem>

#include "app/cli/commands.h"
#include "app/cli/plots.h"
#include "app/cli/result.h"
#include "app/cli/targets.h"
#include "ui/plots/figures.h"
#include "ui/plots/plot_view.h"

namespace rankscope::cli {

namespace {

/// One input of the demonstration and the approximations made of it.
struct Scene {
  std::string name, location;
  std::vector<std::pair<std::string, Index>> steps;  ///< method, rank
  Index kept = 0;                                    ///< the rank whose factors and figures are written
};

const std::vector<Scene>& scenes() {
  static const std::vector<Scene> all = {
      {"photograph", "sample:chelsea", {{"svd", 5}, {"svd", 20}, {"svd", 60}, {"rsvd", 20}}, 20},
      {"blocks", "gallery:block,noise=0.5", {{"svd", 1}, {"svd", 4}, {"svd", 32}, {"rsvd", 4}}, 4},
  };
  return all;
}

/// What one approximation came to.
struct Outcome {
  std::string location, method;
  Index rank = 0;
  ErrorReport errors;
  PictureQuality quality;
  double parameters = 0;
  std::optional<double> compression;
  double seconds = 0;
};

const Row kHeader = {"input", "method", "rank",       "error",       "optimum",
                     "psnr",  "ssim",   "parameters", "compression", "seconds"};

/// With all digits into the file, with few on the screen.
Row rowOf(const Outcome& outcome, const std::function<std::string(double)>& write) {
  const auto known = [&write](const std::optional<double>& value) { return value ? write(*value) : std::string(); };
  return {outcome.location,
          outcome.method,
          show(outcome.rank),
          known(outcome.errors.froRelative),
          known(outcome.errors.optimalFroRelative),
          known(outcome.quality.psnr),
          known(outcome.quality.ssim),
          show(static_cast<Index>(outcome.parameters)),
          known(outcome.compression),
          write(outcome.seconds)};
}

Json jsonOf(const Outcome& outcome) {
  return {{"input", outcome.location},
          {"method", outcome.method},
          {"rank", outcome.rank},
          {"error", errorJson(outcome.errors)},
          {"parameters", static_cast<std::int64_t>(outcome.parameters)},
          {"seconds", number(outcome.seconds)}};
}

struct Written {
  std::string path, what;
};

/// Makes the files of one demonstration, keeping account of them.
class Demo {
 public:
  Demo(Run& run, std::filesystem::path folder) : m_run(run), m_folder(std::move(folder)), m_cache(run.context.memory) {}

  Result<Done> play(const Scene& scene);
  Result<Done> writeTable();
  const std::vector<Written>& written() const { return m_written; }
  const std::vector<Outcome>& outcomes() const { return m_outcomes; }

 private:
  Result<Done> step(const Scene& scene, const MatrixPtr& matrix, const std::string& method, Index rank);
  Result<Done> writeKept(const Scene& scene, const Analysis& analysis);
  std::string target(const std::string& file) const { return (m_folder / file).string(); }
  void wrote(const std::string& path, const std::string& what) { m_written.push_back({path, what}); }

  Run& m_run;
  std::filesystem::path m_folder;
  ResultCache m_cache;
  std::vector<Written> m_written;
  std::vector<Outcome> m_outcomes;
};

Result<Done> Demo::writeKept(const Scene& scene, const Analysis& analysis) {
  const std::string factorsFile = target(scene.name + "-factors.npz");
  const auto writer = arrayTarget(factorsFile, true, m_run.formats);
  if (!writer) return writer.error();
  const std::vector<Factor> factors = storedFactors(analysis);
  const auto written = (*writer)->write(factorsFile, arraysOf(factors), aboutOf(analysis, {}, scene.location));
  if (!written) return written;
  wrote(factorsFile, text("factors of rank {1}", analysis.dials.front()).str());
  const QString caption = ui::captionOf(analysis, QString::fromStdString(scene.location));
  const char* const endings[] = {".svg", ".png", ".pdf"};
  std::size_t turn = 0;  // one of each kind
  for (ui::Figure figure : ui::figuresOf(analysis)) {
    m_run.context.checkpoint();
    figure.caption = caption;
    const std::string file = target(scene.name + "-" + figure.id.toStdString() + endings[turn++ % std::size(endings)]);
    if (const auto saved = ui::saveFigure(figure, QString::fromStdString(file)); !saved) return saved;
    wrote(file, figure.title.toStdString());
  }
  return Done{};
}

Result<Done> Demo::step(const Scene& scene, const MatrixPtr& matrix, const std::string& method, Index rank) {
  AnalysisRequest request;
  request.problem.X = matrix;
  request.method = method;
  request.budget = ByDial{rank};
  request.seed = m_run.context.seed;
  request.precision = m_run.context.precision;
  request.threads = m_run.context.threads;
  request.preview = false;
  request.exactEvenIfLong = true;
  const auto answer = analyse(request, m_cache, m_run.context);
  if (!answer) return answer.error();
  const Analysis& analysis = **answer;
  const auto whole = wholeApproximation(analysis, m_run.context);
  if (!whole) return whole.error();

  const auto channels = static_cast<Index>(matrix->channels().size());
  const std::string picture = target(scene.name + "-" + method + "-rank-" + show(rank) + ".png");
  const Summary& range = matrix->summary();
  if (const auto done = writePicture(picture, *whole, channels, range.min, range.max); !done) return done;
  wrote(picture, method + ", rank " + show(rank));

  PictureQuality quality;
  if (channels > 0) {
    const auto found = qualityOf(*matrix, *whole, m_run.context);
    if (!found) return found.error();
    quality = *found;
  }
  m_outcomes.push_back({.location = scene.location,
                        .method = method,
                        .rank = rank,
                        .errors = analysis.errors,
                        .quality = quality,
                        .parameters = analysis.parameters(),
                        .compression = compressionOf(analysis),
                        .seconds = analysis.seconds()});
  if (method == "svd" && rank == scene.kept) return writeKept(scene, analysis);
  return Done{};
}

Result<Done> Demo::play(const Scene& scene) {
  const auto loaded =
      load({.location = scene.location, .view = {}}, m_run.formats, m_run.context, m_run.output.notices);
  if (!loaded) return loaded.error();
  for (const auto& [method, rank] : scene.steps) {
    if (const auto done = step(scene, loaded->matrix, method, rank); !done) return done;
  }
  return Done{};
}

Result<Done> Demo::writeTable() {
  std::string content;
  const auto add = [&content](const Row& row) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      const bool quoted = row[c].find(',') != std::string::npos;
      content += (c == 0 ? "" : ",") + (quoted ? "\"" + row[c] + "\"" : row[c]);
    }
    content += "\n";
  };
  add(kHeader);
  for (const Outcome& outcome : m_outcomes) add(rowOf(outcome, exact));
  const std::string file = target("table.csv");
  if (const auto done = writeTextAtomically(file, content); !done) return done;
  wrote(file, "the numbers of all of them");
  return Done{};
}

Result<Done> demo(Run& run) {
  const std::filesystem::path folder(run.options.out.empty() ? "rankscope-demo" : run.options.out);
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  if (problem) return outputError(folder.string(), text("the folder can't be made: {1}", problem.message()));
  if (const auto fine = checkTarget((folder / "table.csv").string()); !fine) return fine;
  Demo made(run, folder);
  for (const Scene& scene : scenes()) {
    if (const auto done = made.play(scene); !done) return done;
  }
  if (const auto done = made.writeTable(); !done) return done;

  Json files = Json::array();
  std::vector<std::pair<std::string, std::string>> list;
  for (const Written& one : made.written()) {
    files.push_back({{"file", one.path}, {"what", one.what}});
    list.emplace_back(one.path, one.what);
  }
  Json results = Json::array();
  std::vector<Row> rows;
  for (const Outcome& outcome : made.outcomes()) {
    results.push_back(jsonOf(outcome));
    rows.push_back(rowOf(outcome, [](double value) { return shown(value); }));
  }
  run.output.document = {{"out", folder.string()}, {"files", files}, {"results", results}};
  run.output.table(kHeader, rows);
  run.output.line();
  run.output.line("Written into " + std::filesystem::absolute(folder).lexically_normal().string() + ":");
  run.output.facts(list);
  return Done{};
}

}  // namespace

Action declareDemo(CLI::App& app, Options& options) {
  addOut(app, options, "the folder to write into (default rankscope-demo)");
  app.callback([&options] { options.figures = true; });
  return demo;
}

}  // namespace rankscope::cli
