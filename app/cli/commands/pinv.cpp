// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compute/inverse.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/plots.h"
#include "app/cli/targets.h"
#include "core/methods/access.h"
#include "ui/plots/figures.h"

namespace rankscope::cli {

namespace {

struct Wish {
  PinvCut cut;
  double ridge = 0;
};

std::vector<PlotName> plotNames() {
  std::vector<PlotName> names;
  for (const ui::Figure& figure : ui::inverseFigures(Inverse{.sigma = Vector<double>::Ones(1),
                                  .inverseSigma = Vector<double>::Ones(1),
                                  .cut = 0.5,
                                  .rank = 1,
                                  .ridge = Vector<double>::Ones(1),
                                  .ridgeDistance = Vector<double>::Ones(1)})) {
    names.emplace_back(figure.id.toStdString(), figure.title.toStdString());
  }
  return names;
}

/// What is left once X is published.
struct Answer {
  Values X;
  Inverse about;
};

Result<Answer> compute(const Run& run, const AnyMatrix& input, const Wish& wish) {
  return inPrecision(run.context, input, [&]<class T>() -> Result<Answer> {
    auto made = pinv<T>(input, wish.cut, wish.ridge, run.context);
    if (!made) return made.error();
    return Answer{.X = std::move(made->X), .about = std::move(made->about)};
  });
}

Result<Done> pinvCommand(Run& run, const Wish& wish) {
  const Options& options = run.options;
  if (options.listPlots) return listPlots(run, plotNames());
  requireInput(options);
  if (const auto fine = checkPlots(options, plotNames()); !fine) return fine;
  if (wish.cut.rcond && wish.ridge > 0) {
    return usageError("pinv", "--rcond and --ridge are two ways to the same end", "give one of them");
  }
  const Writer* writer = nullptr;
  if (!options.out.empty()) {
    const auto found = arrayTarget(options.out, false, run.formats);
    if (!found) return found.error();
    writer = *found;
  }
  const auto loaded = load(options.input, run.formats, run.context, run.output.notices);
  if (!loaded) return loaded.error();
  const AnyMatrix& input = *loaded->matrix;
  if (const auto refused =
          refuseInput(input, options.input.location, Access::Entries, "the pseudo-inverse", run.context))
    return *refused;
  auto answer = compute(run, input, wish);
  if (!answer) return answer.error();
  Inverse& about = answer->about;
  addRidgePath(about, kRidgePoints);

  run.context.checkpoint();
  if (writer) {
    const std::vector<NamedArray> arrays = {
        {.name = "pinv", .shape = {input.cols(), input.rows()}, .values = &answer->X}};
    const auto done = writer->write(options.out, arrays,
                                    {{"input", options.input.location},
                                     {"cut", exact(about.cut)},
                                     {"ridge", exact(wish.ridge)},
                                     {"program", programName()}});
    if (!done) return done;
  }
  if (!options.plots.empty()) {
    const auto done =
        savePlots(run, ui::inverseFigures(about, wish.ridge), options.input.location + " · " + programName());
    if (!done) return done;
  }

  Json& to = run.output.document;
  const double first = about.sigma(0);
  to["input"] = options.input.location;
  to["shape"] = shapeJson({input.rows(), input.cols()});
  to["rank"] = about.rank;
  to["tol"] = number(about.cut);
  to["rcond"] = number(wish.cut.rcond ? *wish.cut.rcond : (first > 0 ? about.cut / first : 0));
  to["ridge"] = wish.ridge > 0 ? number(wish.ridge) : Json(nullptr);
  to["norm"] = number(about.norm);
  to["penrose"] = Json::array();
  for (const double residual : about.penrose) to["penrose"].push_back(number(residual));
  const bool gap = about.rank > 0 && about.rank < about.sigma.size() && about.sigma(about.rank) > 0;
  to["gap"] = gap ? number(about.sigma(about.rank - 1) / about.sigma(about.rank)) : Json(nullptr);

  run.output.line(options.input.location + "  " + shapeText({input.rows(), input.cols()}));
  std::vector<std::pair<std::string, std::string>> facts = {
      {"rank", show(about.rank) + " of " + show(std::min(input.rows(), input.cols()))},
      {"cut-off", shown(about.cut)},
      {wish.ridge > 0 ? "norm of the regularised inverse" : "norm of the inverse", shown(about.norm)}};
  if (wish.ridge > 0) facts.emplace_back("ridge", shown(wish.ridge));
  constexpr std::array<const char*, 4> kEquations = {"A X A = A", "X A X = X", "A X symmetric", "X A symmetric"};
  for (std::size_t i = 0; i < kEquations.size(); ++i)
    facts.emplace_back(kEquations[i], shown(about.penrose[i]) + " times rounding");
  run.output.facts(facts);
  return Done{};
}

}  // namespace

Action declarePinv(CLI::App& app, Options& options) {
  const auto wish = std::make_shared<Wish>();
  addInput(app, options);
  const auto positive = [](const std::string& flag, const std::string& typed, bool zero) {
    const std::string allowed = zero ? "a number from 0" : "a number above 0";
    const double value = realNumber(flag, typed, allowed);
    if (value < 0 || (value == 0 && !zero)) {
      throw Refused{usageError(flag, text("\"{1}\" is not allowed", typed), text("allowed: {1}", allowed))};
    }
    return value;
  };
  app.add_option_function<std::string>(
         "--rcond", [wish, positive](const std::string& typed) { wish->cut.rcond = positive("--rcond", typed, true); },
         "singular values up to R times the largest count as zero (default: max(n,m) times the machine's rounding)")
      ->type_name("R");
  app.add_option_function<std::string>(
         "--ridge", [wish, positive](const std::string& typed) { wish->ridge = positive("--ridge", typed, false); },
         "regularised instead: (A'A + L I)^-1 A'")
      ->type_name("L");
  addOut(app, options, "write the inverse (.npy .npz .csv)");
  addPlots(app, options);
  return [wish](Run& run) { return pinvCommand(run, *wish); };
}

}  // namespace rankscope::cli
