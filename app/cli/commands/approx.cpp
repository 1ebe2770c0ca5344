// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
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
  std::string method;
  std::vector<Budget> budgets;  ///< exactly one is wanted
  std::vector<std::string> params;
  bool noMeasure = false;
};

/// A wish that makes sense whatever the input.
struct Plan {
  const Method* method = nullptr;
  Budget budget;
  ParamValues params;
};

Result<Plan> plan(const Wish& wish) {
  if (wish.method.empty())
    return usageError("--method", "missing", text("one of {1}", listed(methodIds(Kind::Matrix))));
  Plan out{.method = findMethod(wish.method), .budget = {}, .params = {}};
  if (!out.method) {
    return usageError("--method", text("\"{1}\" is not known", wish.method),
                      text("allowed: {1}", listed(methodIds(Kind::Matrix))));
  }
  const Method& method = *out.method;
  if (!method.dial.isRank && !wish.budgets.empty()) {
    return usageError("approx", text("{1} takes no --rank, --energy, --tol or --rule", method.id),
                      text("its size is --param {1}=N", method.dial.name));
  }
  std::vector<Budget> budgets = wish.budgets;
  auto typed = typedParams("approx", method, wish.params);
  if (!typed) return typed.error();
  out.params = std::move(typed->values);
  for (const Index size : typed->sizes) budgets.push_back(ByDial{size});
  if (budgets.size() > 1)
    return usageError("approx", "the rank is given more than once", "one of --rank, --energy, --tol, --rule");
  if (method.ownTolerance) {
    const auto* byTolerance = budgets.empty() ? nullptr : std::get_if<ByTolerance>(&budgets.front());
    if (byTolerance && out.params.count("tol") > 0)
      return usageError("approx", "the tolerance is given more than once", "--tol or --param tol");
    if (byTolerance) {
      out.params["tol"] = byTolerance->relative;
    } else if (!budgets.empty()) {
      out.params.emplace("tol", 0.0);  // a rank is meant, unless both were given
    }
  }
  // Applicability and ranges do not depend on the matrix, so they are refused before it is read.
  const auto resolved =
      resolve(method.params, out.params, {.rows = 1, .cols = 1, .dial = 1, .precision = {}, .task = {}});
  if (!resolved) return resolved.error();
  if (budgets.empty() && method.ownTolerance) budgets.push_back(ByTolerance{std::get<double>(resolved->at("tol"))});
  if (budgets.empty() && !method.dial.fallback) {
    return usageError("approx", text("{1} needs a rank", method.id),
                      "one of --rank R, --energy E, --tol T, --rule NAME");
  }
  out.budget = budgets.empty() ? Budget(ByDial{*method.dial.fallback}) : budgets.front();
  return out;
}

/// Writes what was asked for. `whole` is the approximation where a file or the quality needed it.
Result<Done> writeOutputs(Run& run, const Analysis& analysis, const ParamValues& resolved, const Writer* writer,
                          const Matrix<double>* whole) {
  const Options& options = run.options;
  run.context.checkpoint();
  if (writer) {
    const std::vector<Factor> stored = storedFactors(analysis);
    const auto done = writer->write(options.out, arraysOf(stored), aboutOf(analysis, resolved, options.input.location));
    if (!done) return done;
  }
  run.context.checkpoint();
  if (whole && !options.image.empty()) {
    const AnyMatrix& input = *analysis.request.problem.X;
    const auto channels = static_cast<Index>(input.channels().size());
    const Summary& range = input.summary();
    const auto done = writePicture(options.image, *whole, channels, range.min, range.max);
    if (!done) return done;
    if (channels == 0) {
      run.output.notices.push_back(
          text("{1} is grey: black is {2}, white is {3}", options.image, shown(range.min), shown(range.max)));
    }
  }
  if (options.plots.empty()) return Done{};
  const QString caption = ui::captionOf(analysis, QString::fromStdString(options.input.location));
  return savePlots(run, ui::figuresOf(analysis), caption.toStdString());
}

Json diagnosticsJson(const Analysis& analysis) {
  if (analysis.parts.size() == 1) return toJson(analysis.parts.front()->diagnostics);
  Json out = Json::object();
  const auto channels = analysis.request.problem.X->channels();
  for (std::size_t p = 0; p < analysis.parts.size(); ++p)
    out[channels[p].name] = toJson(analysis.parts[p]->diagnostics);
  return out;
}

SolveStatus worstStatus(const Analysis& analysis) {
  const auto bad = std::find_if(analysis.parts.begin(), analysis.parts.end(),
                                [](const auto& part) { return part->status != SolveStatus::Converged; });
  return bad == analysis.parts.end() ? SolveStatus::Converged : (*bad)->status;
}

void fill(Run& run, const Analysis& analysis, const Plan& plan, const ParamValues& resolved,
          const std::vector<Factor>& factors, const std::optional<PictureQuality>& quality) {
  const Options& options = run.options;
  const AnyMatrix& input = *analysis.request.problem.X;
  const auto rank = commonRank(analysis);
  Json& to = run.output.document;
  to["input"] = options.input.location;
  to["method"] = plan.method->id;
  to["dial"] = {{"name", plan.method->dial.name}, {"value", rank ? Json(*rank) : Json(nullptr)}};
  to["rank"] = plan.method->dial.isRank ? to["dial"]["value"]
                                        : Json(rankBeside(*analysis.parts.front(), analysis.dials.front()));
  Json params = Json::object();
  for (const auto& [key, value] : resolved) params[key] = toJson(value);
  to["params"] = params;
  to["shape"] = shapeJson({input.rows(), input.cols()});
  to["error"] = errorJson(analysis.errors);
  if (!analysis.request.measured && analysis.parts.size() == 1 && analysis.parts.front()->errorEstimate) {
    to["error"]["estimate"] = number(analysis.parts.front()->errorEstimate);
  }
  to["parameters"] = static_cast<std::int64_t>(analysis.parameters());
  to["compression"] = number(compressionOf(analysis));
  to["seconds"] = number(analysis.seconds());
  Json list = Json::array();
  for (const Factor& factor : factors) list.push_back({{"name", factor.name}, {"shape", shapeJson(factor.shape)}});
  to["factors"] = list;
  to["diagnostics"] = diagnosticsJson(analysis);
  if (quality) to["picture"] = {{"psnr", number(quality->psnr)}, {"ssim", number(quality->ssim)}};
  if (analysis.parts.size() > 1) to["channel_ranks"] = analysis.dials;
  to["seed"] = options.seed;
  to["precision"] = options.precision == Precision::Float ? "float" : "double";
  to["threads"] = run.context.threads;
  to["status"] = name(worstStatus(analysis));
}

void tell(Run& run, const Analysis& analysis, const Plan& plan, const std::optional<PictureQuality>& quality) {
  const AnyMatrix& input = *analysis.request.problem.X;
  const ErrorReport& errors = analysis.errors;
  std::string ranks;
  for (const Index dial : analysis.dials) ranks += (ranks.empty() ? "" : ", ") + show(dial);
  const auto rank = commonRank(analysis);
  const Approximation& part = *analysis.parts.front();
  const Index most = plan.method->dial.max(part.rows, part.cols, plan.params);
  std::vector<std::pair<std::string, std::string>> facts = {
      {"method", plan.method->id},
      {plan.method->dial.name,
       (rank ? show(*rank) : ranks) + " of " + show(most) + (analysis.parts.size() > 1 ? " in each channel" : "")}};
  if (errors.froRelative) facts.emplace_back("error", percent(*errors.froRelative) + " of the Frobenius norm");
  if (errors.optimalFroRelative) {
    // Below this the excess is rounding.
    constexpr double kNone = 1e-9;
    const double excess = std::abs(errors.excess.value_or(0)) < kNone ? 0 : *errors.excess;
    facts.emplace_back("optimum", percent(*errors.optimalFroRelative) +
                                      (errors.excess ? ", excess " + percent(excess) : std::string()));
  }
  if (errors.spectral) facts.emplace_back("spectral error", shown(*errors.spectral));
  if (quality && quality->psnr) facts.emplace_back("PSNR", show(*quality->psnr, 4) + " dB");
  if (quality && quality->ssim) facts.emplace_back("SSIM", shown(*quality->ssim));
  const auto compression = compressionOf(analysis);
  facts.emplace_back("numbers kept", show(static_cast<Index>(analysis.parameters())) +
                                         (compression ? ", compression " + shown(*compression) : ""));
  facts.emplace_back("time", seconds(analysis.seconds()));
  run.output.line(run.options.input.location + "  " + shapeText({input.rows(), input.cols()}));
  run.output.facts(facts);
}

Result<Done> approx(Run& run, const Wish& wish) {
  const Options& options = run.options;
  if (options.listPlots || !options.plots.empty()) {
    const auto names = approxPlotNames(wish.method, options.input.view.perChannel);
    if (!names) return names.error();
    if (options.listPlots) return listPlots(run, *names);
    if (const auto fine = checkPlots(options, *names); !fine) return fine;
  }
  requireInput(options);
  const auto planned = plan(wish);
  if (!planned) return planned.error();
  const Writer* writer = nullptr;
  if (!options.out.empty()) {
    const auto found = arrayTarget(options.out, true, run.formats);
    if (!found) return found.error();
    writer = *found;
  }
  if (!options.image.empty()) {
    if (const auto fine = pictureTarget(options.image); !fine) return fine;
  }

  InputSpec spec = options.input;
  spec.view.passes = planned->method->access == Access::OnePass;
  const auto loaded = load(spec, run.formats, run.context, run.output.notices);
  if (!loaded) return loaded.error();
  const AnyMatrix& input = *loaded->matrix;
  const Method& method = *planned->method;
  if (const auto refused = refuseInput(input, options.input.location, method.access, method.id, run.context))
    return *refused;
  if (!options.image.empty() && input.isComplex()) {
    return inputError(options.input.location, "a picture can't show complex numbers", "--complex abs, real or imag");
  }

  AnalysisRequest request;
  request.problem = {.X = loaded->matrix, .perChannel = options.input.view.perChannel};
  request.method = planned->method->id;
  request.params = planned->params;
  request.budget = planned->budget;
  request.seed = options.seed;
  request.precision = options.precision;
  request.threads = run.context.threads;
  request.preview = false;
  request.measured = !wish.noMeasure;
  request.exactEvenIfLong = true;
  ResultCache cache(run.context.memory);
  const auto answer = analyse(request, cache, run.context);
  if (!answer) return answer.error();
  const Analysis& analysis = **answer;

  const auto resolved = resolve(planned->method->params, planned->params,
                                {.rows = analysis.parts.front()->rows,
                                 .cols = analysis.parts.front()->cols,
                                 .dial = analysis.dials.front(),
                                 .precision = options.precision,
                                 .task = {}});
  if (!resolved) return resolved.error();
  const bool picture = !input.channels().empty();
  std::optional<Matrix<double>> whole;
  std::optional<PictureQuality> quality;
  if (!options.image.empty() || (picture && request.measured)) {
    auto made = wholeApproximation(analysis, run.context);
    if (!made) return made.error();
    whole = std::move(*made);
  }
  if (picture) {
    quality = PictureQuality{};
    if (request.measured) {
      auto found = qualityOf(input, *whole, run.context);
      if (!found) return found.error();
      quality = *found;
    }
  }
  const std::vector<Factor> factors = namedFactors(analysis);
  run.output.notices.insert(run.output.notices.end(), analysis.notices.begin(), analysis.notices.end());
  if (const auto done = writeOutputs(run, analysis, *resolved, writer, whole ? &*whole : nullptr); !done) return done;
  fill(run, analysis, *planned, *resolved, factors, quality);
  tell(run, analysis, *planned, quality);
  return Done{};
}

/// The parameters of the method named, or which methods there are.
std::string helpOf(const Wish& wish) {
  const Method* method = findMethod(wish.method);
  if (!method)
    return "\n--method takes " + listed(methodIds(Kind::Matrix)) + "; --method ID --help shows its parameters.";
  return methodHelp(*method);
}

}  // namespace

Action declareApprox(CLI::App& app, Options& options) {
  const auto wish = std::make_shared<Wish>();
  addInput(app, options);
  addPerChannel(app, options);
  constexpr const char* kGroup = "Method";
  app.add_option("--method", wish->method, listed(methodIds(Kind::Matrix)))->type_name("ID")->group(kGroup);
  const auto budget = [&app, wish](const std::string& flag, const std::string& placeholder, const std::string& help,
                                   const std::function<Budget(const std::string&)>& read) {
    app.add_option_function<std::string>(
           flag, [wish, read](const std::string& typed) { wish->budgets.push_back(read(typed)); }, help)
        ->type_name(placeholder)
        ->group(kGroup);
  };
  budget("--rank", "R", "rank 1 to min(n,m); larger is cut",
         [](const std::string& typed) { return Budget(ByDial{wholeNumber("--rank", typed, 1)}); });
  budget(
      "--energy", "E", "the least rank that keeps this share of the squared singular values",
      [](const std::string& typed) {
        const std::string allowed = "a number above 0, up to 1";
        const double share = realNumber("--energy", typed, allowed);
        if (!(share > 0 && share <= 1)) {
          throw Refused{usageError("--energy", text("\"{1}\" is not allowed", typed), text("allowed: {1}", allowed))};
        }
        return Budget(ByEnergy{share});
      });
  budget("--tol", "T", "the least rank whose error is at most T times the Frobenius norm",
         [](const std::string& typed) {
           const std::string allowed = "a number from 0";
           const double relative = realNumber("--tol", typed, allowed);
           if (relative < 0) {
             throw Refused{usageError("--tol", text("\"{1}\" is not allowed", typed), text("allowed: {1}", allowed))};
           }
           return Budget(ByTolerance{relative});
         });
  budget("--rule", "NAME", "gavish-donoho, elbow or numerical", [](const std::string& typed) {
    oneOf("--rule", typed, {"gavish-donoho", "elbow", "numerical"});
    return Budget(ByRule{*rankRuleNamed(typed)});
  });
  app.add_option("--param", wish->params, "a parameter of the method; may be repeated")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false)
      ->group(kGroup);
  app.add_flag("--no-measure", wish->noMeasure, "do not measure the errors")->group(kGroup);
  addOut(app, options, "write the factors (.npz)");
  addImage(app, options);
  addPlots(app, options);
  app.footer([wish] { return helpOf(*wish); });
  return [wish](Run& run) { return approx(run, *wish); };
}

}  // namespace rankscope::cli
