// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/product.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

#include "app/cli/commands.h"
#include "app/cli/params_table.h"
#include "app/cli/plots.h"
#include "app/cli/result.h"
#include "app/cli/targets.h"
#include "core/methods/access.h"
#include "ui/plots/figures.h"
#include "ui/plots/product_figures.h"

namespace rankscope::cli {

namespace {

constexpr Index kMostTrials = 1'000'000;
constexpr const char* kIdentity = "identity";
constexpr const char* kGram = "gram";

/// The command's own flags, as typed.
struct Wish {
  std::string right, form, method;
  std::vector<Index> sizes;  ///< exactly one is wanted
  std::vector<std::string> params;
  Index trials = 0;
  bool noMeasure = false;
};

/// A wish that makes sense whatever the inputs.
struct Plan {
  const Method* method = nullptr;
  Index size = 1;
  ParamValues params;
  std::string probabilitiesFile;  ///< of --param probabilities=FILE
};

bool isList(const std::string& value) { return value.find_first_not_of("0123456789.,+-eE ") == std::string::npos; }

Result<Plan> plan(const Wish& wish) {
  if (wish.method.empty())
    return usageError("--method", "missing", text("one of {1}", listed(methodIds(Kind::Product))));
  Plan out;
  out.method = findMethod(wish.method, Kind::Product);
  if (!out.method)
    return usageError("--method", text("\"{1}\" is not known", wish.method),
                      text("allowed: {1}", listed(methodIds(Kind::Product))));
  const Method& method = *out.method;
  if (wish.trials > 0 && !method.trials)
    return usageError("--trials", text("{1} draws nothing that could be repeated", method.id), "they are for cr");
  std::vector<Index> sizes = wish.sizes;
  auto typed = typedParams("product", method, wish.params, [&](const std::string& key, const std::string& value) {
    if (key != "probabilities" || isList(value)) return false;
    out.probabilitiesFile = value;
    return true;
  });
  if (!typed) return typed.error();
  out.params = std::move(typed->values);
  if (!out.probabilitiesFile.empty()) out.params["probabilities"] = std::vector<double>{};  // until it is read
  sizes.insert(sizes.end(), typed->sizes.begin(), typed->sizes.end());
  // Applicability and ranges do not depend on the matrices, so they are refused before those are read.
  const auto resolved = resolve(method.params, out.params, {.rows = 1, .cols = 1, .inner = 1, .dial = 1});
  if (!resolved) return resolved.error();
  if (sizes.size() != 1) {
    return usageError("product",
                      sizes.empty() ? text("{1} needs a size", method.id) : "the size is given more than once",
                      text("--rank R, the number of {1}", method.dial.isRank ? "layers" : "pairs"));
  }
  out.size = sizes.front();
  return out;
}

/// One row or one column of numbers.
Result<std::vector<double>> numbersIn(Run& run, const std::string& location) {
  const auto loaded = load({.location = location, .view = {}}, run.formats, run.context, run.output.notices);
  if (!loaded) return loaded.error();
  const AnyMatrix& list = *loaded->matrix;
  if (const auto unusable = refuseUnusable(list, location)) return *unusable;
  if (std::min(list.rows(), list.cols()) != 1) {
    return inputError(location, text("{1} x {2} numbers are no list of probabilities", list.rows(), list.cols()),
                      "one row or one column");
  }
  const auto values = list.entries<double>(run.context);
  if (!values) return values.error();
  return std::vector<double>((*values)->data(), (*values)->data() + (*values)->size());
}

Result<Problem> problemOf(Run& run, const Wish& wish, const Method& method) {
  const InputSpec& left = run.options.input;
  const auto X = load(left, run.formats, run.context, run.output.notices);
  if (!X) return X.error();
  const auto refused = [&](const AnyMatrix& matrix, const std::string& location) {
    return refuseInput(matrix, location, method.access, method.id, run.context, Kind::Product);
  };
  if (const auto unusable = refused(*X->matrix, left.location)) return *unusable;
  if (!wish.form.empty())
    return productOf(X->matrix, wish.form == kGram ? ProductForm::Gram : ProductForm::Identity, run.context);
  const auto Y = load({.location = wish.right, .view = left.view}, run.formats, run.context, run.output.notices);
  if (!Y) return Y.error();
  if (const auto unusable = refused(*Y->matrix, wish.right)) return *unusable;
  return Problem{.X = X->matrix, .Y = Y->matrix, .product = {}};
}

std::string titleOf(const Run& run, const Wish& wish) {
  return titleOfProduct(run.options.input.location, wish.right, wish.form);
}

AnalysisRequest requestOf(const Problem& problem, const std::string& method, const ParamValues& params, Index size) {
  AnalysisRequest request;
  request.problem = problem;
  request.method = method;
  request.params = params;
  request.budget = ByDial{size};
  request.preview = false;
  request.exactEvenIfLong = true;
  return request;
}

std::vector<ui::Figure> figuresOf(const Analysis& analysis) {
  std::vector<ui::Figure> figures = ui::figuresOf(analysis);
  if (!analysis.trials) return figures;
  if (auto mean = ui::diagnosticFigure(*analysis.trials)) figures.push_back(std::move(*mean));
  figures.push_back(ui::trialsFigure(*analysis.trials));
  return figures;
}

/// Those of a tiny product, as the names do not depend on the matrices.
Result<std::vector<PlotName>> plotNames(const std::string& method) {
  const MatrixPtr tiny = makeMatrix(Matrix<double>(Matrix<double>::Identity(3, 3)));
  const Method* known = findMethod(method, Kind::Product);
  AnalysisRequest request = requestOf({.X = tiny, .Y = tiny, .product = {}}, known ? method : "cr", {}, 1);
  request.trials = !known || known->trials ? 2 : 0;
  ResultCache cache(std::size_t{1} << 20);
  const auto analysis = analyse(request, cache, {});
  if (!analysis) return analysis.error();
  std::vector<PlotName> names;
  for (const ui::Figure& figure : figuresOf(**analysis))
    names.emplace_back(figure.id.toStdString(), figure.title.toStdString());
  return names;
}

struct Spread {
  double mean = 0;
  std::optional<double> deviation;  ///< with n − 1 in the denominator; nothing for one trial
};

Spread spreadOf(const Vector<double>& values) {
  Spread out{.mean = values.mean(), .deviation = {}};
  if (values.size() > 1) {
    out.deviation =
        (values.array() - out.mean).matrix().stableNorm() / std::sqrt(static_cast<double>(values.size() - 1));
  }
  return out;
}

/// What was asked for and what came of it.
struct Answer {
  const Analysis& analysis;
  const Method& method;
  const ParamValues& params;
  Index size = 0;  ///< pairs or layers, after cutting
};

void fill(Run& run, const Wish& wish, const Answer& answer) {
  const Analysis& analysis = answer.analysis;
  const Options& options = run.options;
  const Approximation& part = *analysis.parts.front();
  Json& to = run.output.document;
  to["input"] = options.input.location;
  to["inputs"] = wish.form.empty() ? Json{options.input.location, wish.right} : Json::array({options.input.location});
  to["form"] = wish.form.empty() ? Json(nullptr) : Json(wish.form);
  to["method"] = answer.method.id;
  to["rank"] = answer.size;
  to["dial"] = {{"name", answer.method.dial.name}, {"value", answer.size}};
  Json params = Json::object();
  for (const auto& [key, value] : answer.params) params[key] = toJson(value);
  to["params"] = params;
  to["shape"] = shapeJson({part.rows, part.cols});
  to["inner"] = analysis.request.problem.X->cols();
  to["error"] = errorJson(analysis.errors);
  to["parameters"] = static_cast<std::int64_t>(analysis.parameters());
  const double entries = static_cast<double>(part.rows) * static_cast<double>(part.cols);
  to["compression"] = analysis.parameters() > 0 ? number(entries / analysis.parameters()) : Json(nullptr);
  to["seconds"] = number(analysis.seconds());
  Json list = Json::array();
  for (const Factor& factor : namedFactors(analysis))
    list.push_back({{"name", factor.name}, {"shape", shapeJson(factor.shape)}});
  to["factors"] = list;
  to["diagnostics"] = toJson(part.diagnostics);
  for (const char* key : {"probabilities", "selected", "weights", "theory", "trials"}) to[key] = nullptr;
  if (const auto* drawn = find<Probabilities>(part)) {
    to["probabilities"] = numbers(drawn->p);
    to["selected"] = drawn->draws;
    to["weights"] = numbers(drawn->weights);
    to["theory"] = {{"expected_sq_error", number(drawn->expectedSquaredError)},
                    {"minimal_sq_error", number(drawn->minimalSquaredError)}};
  }
  if (analysis.trials) {
    const Spread spread = spreadOf(analysis.trials->squaredErrors);
    const Index n = analysis.trials->squaredErrors.size();
    to["trials"] = {{"n", n},
                    {"mean_sq_error", number(spread.mean)},
                    {"std_sq_error", number(spread.deviation)},
                    {"error_of_mean", number(analysis.trials->meanError(n - 1))}};
  }
  to["seed"] = options.seed;
  to["precision"] = options.precision == Precision::Float ? "float" : "double";
  to["threads"] = run.context.threads;
  to["status"] = name(part.status);
}

void tell(Run& run, const Wish& wish, const Answer& answer) {
  const Analysis& analysis = answer.analysis;
  const Approximation& part = *analysis.parts.front();
  const ErrorReport& errors = analysis.errors;
  const Problem& problem = analysis.request.problem;
  std::vector<std::pair<std::string, std::string>> facts = {
      {"method", answer.method.id},
      {answer.method.dial.name,
       show(answer.size) + (answer.method.dial.isRank ? "" : " of " + show(problem.X->cols()) + " there are")}};
  if (errors.froRelative) facts.emplace_back("error", percent(*errors.froRelative) + " of the Frobenius norm");
  if (errors.optimalFroRelative) facts.emplace_back("optimum", percent(*errors.optimalFroRelative));
  const double norm = analysis.product->summary().fro;
  const auto relative = [norm](double square) { return norm > 0 ? percent(std::sqrt(square) / norm) : shown(0); };
  if (const auto* drawn = find<Probabilities>(part)) {
    facts.emplace_back("error to expect", relative(drawn->expectedSquaredError) + " (root mean square)");
    facts.emplace_back("least by drawing", relative(drawn->minimalSquaredError) + " (with replacement)");
  }
  if (analysis.trials) {
    const Index n = analysis.trials->squaredErrors.size();
    const Spread spread = spreadOf(analysis.trials->squaredErrors);
    facts.emplace_back("error in " + show(n) + " trials", relative(spread.mean) + " (root mean square)");
    const double last = analysis.trials->meanError(n - 1);
    facts.emplace_back("error of their mean", norm > 0 ? percent(last / norm) : shown(0));
  }
  facts.emplace_back("numbers kept", show(static_cast<Index>(analysis.parameters())));
  facts.emplace_back("time", seconds(analysis.seconds()));
  run.output.line(titleOf(run, wish) + "  " + shapeText({problem.X->rows(), problem.X->cols()}) + " times " +
                  shapeText({problem.Y->rows(), problem.Y->cols()}));
  run.output.facts(facts);
}

Result<Done> product(Run& run, const Wish& wish) {
  const Options& options = run.options;
  if (options.listPlots || !options.plots.empty()) {
    const auto names = plotNames(wish.method);
    if (!names) return names.error();
    if (options.listPlots) return listPlots(run, *names);
    if (const auto fine = checkPlots(options, *names); !fine) return fine;
  }
  requireInput(options);
  if (wish.right.empty() == wish.form.empty()) {
    return usageError("product", wish.right.empty() ? "the right matrix Y is missing" : "--form is for one matrix",
                      "two matrices X Y, or one with --form identity or gram");
  }
  auto planned = plan(wish);
  if (!planned) return planned.error();
  const Writer* writer = nullptr;
  if (!options.out.empty()) {
    const auto found = arrayTarget(options.out, true, run.formats);
    if (!found) return found.error();
    writer = *found;
  }
  const auto problem = problemOf(run, wish, *planned->method);
  if (!problem) return problem.error();
  if (!planned->probabilitiesFile.empty()) {
    auto numbers = numbersIn(run, planned->probabilitiesFile);
    if (!numbers) return numbers.error();
    planned->params["probabilities"] = std::move(*numbers);
  }

  AnalysisRequest request = requestOf(*problem, planned->method->id, planned->params, planned->size);
  request.seed = options.seed;
  request.precision = options.precision;
  request.threads = run.context.threads;
  request.measured = !wish.noMeasure;
  request.trials = wish.trials;
  ResultCache cache(run.context.memory);
  const auto made = analyse(request, cache, run.context);
  if (!made) return made.error();
  const Analysis& analysis = **made;
  const Approximation& part = *analysis.parts.front();
  const auto resolved = resolve(planned->method->params, planned->params,
                                {.rows = part.rows,
                                 .cols = part.cols,
                                 .inner = problem->X->cols(),
                                 .dial = planned->size,
                                 .precision = options.precision});
  if (!resolved) return resolved.error();
  const Answer answer{.analysis = analysis,
                      .method = *planned->method,
                      .params = *resolved,
                      .size = planned->method->dial.isRank ? analysis.dials.front() : part.dial};

  run.output.notices.insert(run.output.notices.end(), analysis.notices.begin(), analysis.notices.end());
  run.context.checkpoint();
  if (writer) {
    const std::vector<Factor> factors = storedFactors(analysis);
    const auto done = writer->write(options.out, arraysOf(factors), aboutOf(analysis, *resolved, titleOf(run, wish)));
    if (!done) return done;
  }
  if (!options.plots.empty()) {
    const QString caption = ui::captionOf(analysis, QString::fromStdString(titleOf(run, wish)));
    const auto done = savePlots(run, figuresOf(analysis), caption.toStdString(),
                                "--trials N makes the figures of trials; --no-measure leaves out those of the optimum");
    if (!done) return done;
  }
  fill(run, wish, answer);
  tell(run, wish, answer);
  return Done{};
}

std::string helpOf(const Wish& wish) {
  const Method* method = findMethod(wish.method, Kind::Product);
  if (method) return methodHelp(*method);
  return "\nThe flags that say how to read INPUT hold for Y too.\n--method takes " + listed(methodIds(Kind::Product)) +
         "; --method ID --help shows its parameters.";
}

}  // namespace

Action declareProduct(CLI::App& app, Options& options) {
  const auto wish = std::make_shared<Wish>();
  addInput(app, options);
  app.add_option("Y", wish->right, "the right matrix, named like INPUT, which is the left one")->type_name(" ");
  constexpr const char* kGroup = "Method";
  app.add_option("--method", wish->method, listed(methodIds(Kind::Product)))->type_name("ID")->group(kGroup);
  app.add_option_function<std::string>(
         "--rank", [wish](const std::string& typed) { wish->sizes.push_back(wholeNumber("--rank", typed, 1)); },
         "number of pairs, of svd the rank; larger than there is, is cut")
      ->type_name("R")
      ->group(kGroup);
  app.add_option("--param", wish->params, "a parameter of the method; may be repeated; probabilities also from a file")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false)
      ->group(kGroup);
  app.add_option_function<std::string>(
         "--trials",
         [wish](const std::string& typed) { wish->trials = wholeNumber("--trials", typed, 1, kMostTrials); },
         "repeat the draw and give the mean and the spread of the squared errors")
      ->type_name("N")
      ->group(kGroup);
  app.add_option_function<std::string>(
         "--form",
         [wish](const std::string& typed) {
           oneOf("--form", typed, {kIdentity, kGram});
           wish->form = typed;
         },
         "one matrix M as a product: identity (M times I, pairs are columns) or gram (M'M, pairs are rows)")
      ->type_name("F")
      ->group(kGroup);
  app.add_flag("--no-measure", wish->noMeasure, "do not measure the errors")->group(kGroup);
  addOut(app, options, "write the factors (.npz)");
  addPlots(app, options);
  app.footer([wish] { return helpOf(*wish); });
  return [wish](Run& run) { return product(run, *wish); };
}

}  // namespace rankscope::cli
