// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/plots.h"

#include <algorithm>

#include "app/cli/targets.h"
#include "ui/plots/figures.h"
#include "ui/plots/plot_view.h"

namespace rankscope::cli {

namespace {

PlotName nameOf(const ui::Figure& figure) { return {figure.id.toStdString(), figure.title.toStdString()}; }

}  // namespace

std::string programName() { return std::string("Rankscope ") + RANKSCOPE_VERSION; }

Result<std::vector<PlotName>> approxPlotNames(const std::string& method, bool perChannel) {
  AnalysisRequest request;
  // Three channels of 12×12: sides that divide into blocks.
  const Matrix<double> tiny = Matrix<double>::Identity(12, 36);
  request.problem = {.X = makeMatrix(tiny, {{"red"}, {"green"}, {"blue"}}), .perChannel = perChannel};
  if (findMethod(method)) request.method = method;
  request.budget = ByDial{1};
  request.preview = false;
  ResultCache cache(std::size_t{1} << 20);
  const auto analysis = analyse(request, cache, {});
  if (!analysis) return analysis.error();
  std::vector<PlotName> names;
  for (const ui::Figure& figure : ui::figuresOf(**analysis)) names.push_back(nameOf(figure));
  return names;
}

ui::Figure spectrumPlot(const Analysis& analysis) { return ui::spectrumFigure(analysis, ui::SpectrumAxes::LogLog, {}); }

std::vector<PlotName> spectrumPlotNames() { return {nameOf(spectrumPlot(Analysis{}))}; }

Result<Done> listPlots(Run& run, const std::vector<PlotName>& names) {
  Json plots = Json::array();
  std::vector<Row> rows;
  for (const PlotName& name : names) {
    plots.push_back({{"name", name.first}, {"title", name.second}});
    rows.push_back({name.first, name.second});
  }
  run.output.document["plots"] = plots;
  run.output.table({"name", "shows"}, rows);
  return Done{};
}

Result<Done> checkPlots(const Options& options, const std::vector<PlotName>& names) {
  for (const PlotWish& wish : options.plots) {
    const bool known =
        std::any_of(names.begin(), names.end(), [&](const PlotName& name) { return name.first == wish.name; });
    if (!known) {
      std::vector<std::string> words;
      for (const PlotName& name : names) words.push_back(name.first);
      return usageError("--plot", text("there is no plot \"{1}\"", wish.name), text("allowed: {1}", listed(words)));
    }
    if (const auto fine = figureTarget(wish.path); !fine) return fine;
  }
  return Done{};
}

Result<Done> savePlots(const Run& run, const std::vector<ui::Figure>& figures, const std::string& caption,
                       const Text& hint) {
  for (const PlotWish& wish : run.options.plots) {
    const auto found = std::find_if(figures.begin(), figures.end(),
                                    [&wish](const ui::Figure& figure) { return nameOf(figure).first == wish.name; });
    if (found == figures.end()) {
      return usageError("--plot", text("there is nothing to show as \"{1}\" here", wish.name), hint);
    }
    run.context.checkpoint();
    ui::Figure figure = *found;
    figure.caption = QString::fromStdString(caption);
    if (const auto saved = ui::saveFigure(figure, QString::fromStdString(wish.path)); !saved) return saved;
  }
  return Done{};
}

}  // namespace rankscope::cli
