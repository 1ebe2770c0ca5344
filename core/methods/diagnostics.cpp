// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/diagnostics.h"

namespace rankscope {

// The leading values alone determine only the stable rank; those of a zero matrix leave nothing open.
Json toJson(const Spectrum& spectrum) {
  const bool known = spectrum.complete || spectrum.fro == 0;
  return {{"singular_values", numbers(spectrum.sigma)},
          {"exact", spectrum.exact},
          {"complete", spectrum.complete},
          {"numerical_rank", known ? Json(static_cast<Index>(spectrum.ranks.numerical)) : Json(nullptr)},
          {"stable_rank", number(spectrum.ranks.stable)},
          {"effective_rank", known ? number(spectrum.ranks.effective) : Json(nullptr)}};
}

Json toJson(const Selection& selection) { return {{"rows", selection.rows}, {"columns", selection.columns}}; }

Json toJson(const Convergence& convergence) {
  Json values = Json::array();
  for (const double value : convergence.values) values.push_back(number(value));
  return {{"quantity", convergence.quantity}, {"values", values}, {"per_iteration", convergence.perIteration}};
}

Json toJson(const Probabilities& probabilities) {
  return {{"weights", numbers(probabilities.weights)},
          {"p", numbers(probabilities.p)},
          {"draws", probabilities.draws},
          {"factors", numbers(probabilities.factors)},
          {"expected_sq_error", number(probabilities.expectedSquaredError)},
          {"minimal_sq_error", number(probabilities.minimalSquaredError)}};
}

Json toJson(const BlockStructure& blocks) {
  const auto rows = [](const Matrix<double>& values) {
    Json out = Json::array();
    for (Index j = 0; j < values.rows(); ++j) out.push_back(numbers(Vector<double>(values.row(j))));
    return out;
  };
  return {{"rows", {blocks.I, blocks.J}},
          {"cols", {blocks.K, blocks.S}},
          {"sigma1", rows(blocks.sigma1)},
          {"sigma2", rows(blocks.sigma2)},
          {"columns", blocks.columns}};
}

Json toJson(const Trials& trials) {
  return {{"planned", trials.planned},
          {"squared_errors", numbers(trials.squaredErrors)},
          {"mean_error", numbers(trials.meanError)},
          {"expected_sq_error", number(trials.expectedSquaredError)},
          {"product_norm", number(trials.productNorm)}};
}

Json toJson(const Bounds& bounds) {
  Json out = Json::array();
  for (std::size_t i = 0; i < bounds.names.size(); ++i) {
    const auto at = static_cast<Index>(i);
    out.push_back({{"name", bounds.names[i].str()},
                   {"value", number(bounds.values(at))},
                   {"measured", number(bounds.measured(at))}});
  }
  return out;
}

Json toJson(const Inverse& inverse) {
  return {{"sigma", numbers(inverse.sigma)}, {"inverse_sigma", numbers(inverse.inverseSigma)},
          {"cut", number(inverse.cut)},      {"rank", inverse.rank},
          {"norm", number(inverse.norm)},    {"penrose", inverse.penrose},
          {"ridge", numbers(inverse.ridge)}, {"ridge_distance", numbers(inverse.ridgeDistance)}};
}

namespace {
const char* keyOf(const Probabilities&) { return "probabilities"; }
const char* keyOf(const BlockStructure&) { return "blocks"; }
const char* keyOf(const Trials&) { return "trials"; }
const char* keyOf(const Bounds&) { return "bounds"; }
const char* keyOf(const Inverse&) { return "inverse"; }
const char* keyOf(const Spectrum&) { return "spectrum"; }
const char* keyOf(const Selection&) { return "selection"; }
const char* keyOf(const Convergence&) { return "convergence"; }
}  // namespace

Json toJson(const std::vector<Diagnostic>& diagnostics) {
  Json out = Json::object();
  for (const Diagnostic& diagnostic : diagnostics) {
    std::visit([&](const auto& value) { out[keyOf(value)] = toJson(value); }, diagnostic);
  }
  return out;
}

}  // namespace rankscope
