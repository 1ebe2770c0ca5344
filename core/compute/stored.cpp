// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compute/stored.h"

namespace rankscope {

namespace {

std::vector<Factor> named(const Analysis& analysis, std::vector<Factor> (*of)(const Approximation&, Index)) {
  std::vector<Factor> out;
  const auto channels = analysis.request.problem.X->channels();
  for (std::size_t p = 0; p < analysis.parts.size(); ++p) {
    for (Factor& factor : of(*analysis.parts[p], analysis.dials[p])) {
      if (analysis.parts.size() > 1) factor.name += "_" + channels[p].name;
      out.push_back(std::move(factor));
    }
  }
  return out;
}

}  // namespace

std::vector<Factor> namedFactors(const Analysis& analysis) { return named(analysis, &factorsAt); }

std::vector<Factor> storedFactors(const Analysis& analysis) { return named(analysis, &storedAt); }

std::vector<NamedArray> arraysOf(const std::vector<Factor>& factors) {
  std::vector<NamedArray> out;
  for (const Factor& factor : factors)
    out.push_back({.name = factor.name, .shape = factor.shape, .values = &factor.values});
  return out;
}

std::map<std::string, std::string> aboutOf(const Analysis& analysis, const ParamValues& resolved,
                                           const std::string& input) {
  std::map<std::string, std::string> about = {{"input", input},
                                              {"method", analysis.request.method},
                                              {"seed", show(analysis.request.seed)},
                                              {"program", "Rankscope " RANKSCOPE_VERSION}};
  std::string ranks;
  for (const Index dial : analysis.dials) ranks += (ranks.empty() ? "" : ",") + show(dial);
  about["rank"] = ranks;
  for (const auto& [name, value] : resolved) about["param " + name] = showValue(value);
  if (analysis.errors.froRelative) about["fro_relative"] = exact(*analysis.errors.froRelative);
  return about;
}

std::string titleOfProduct(const std::string& left, const std::string& right, const std::string& form) {
  if (form == "identity") return left + " times the unit matrix";
  if (form == "gram") return left + " transposed times itself";
  return left + " times " + right;
}

}  // namespace rankscope
