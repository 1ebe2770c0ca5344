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
  return {
      {"quantity", convergence.quantity}, {"values", values}, {"predicted_ratio", number(convergence.predictedRatio)}};
}

namespace {
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
