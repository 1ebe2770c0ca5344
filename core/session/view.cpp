// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "core/session/state.h"

namespace rankscope {

namespace {

ViewKey choice(std::string name, std::vector<std::string> choices) {
  ViewKey key{.name = std::move(name), .type = ViewKey::Choice, .fallback = choices.front(), .choices = {}};
  key.choices = std::move(choices);
  return key;
}

ViewKey numeric(std::string name, std::string fallback, double min, double max, bool step) {
  return {.name = std::move(name),
          .type = ViewKey::Number,
          .fallback = std::move(fallback),
          .choices = {},
          .min = min,
          .max = max,
          .step = step};
}

constexpr double kLargest = 1e300;

std::optional<double> parseNumber(const std::string& text) {
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace

const std::vector<ViewKey>& viewKeys() {
  static const std::vector<ViewKey> keys = [] {
    std::vector<ViewKey> all = {
        choice("tab", {"spectrum", "error", "layers", "structure", "convergence", "inverse"}),
        choice("layout", {"three", "wipe", "flip", "single"}),
        choice("pane", {"approximation", "original", "residual"}),  // of flip and single: the one in front
        choice("map", {"auto", "grey", "viridis", "cividis", "magma", "inferno", "diverging"}),
        choice("residual-map", {"auto", "grey", "viridis", "cividis", "magma", "inferno", "diverging"}),
        choice("scale", {"linear", "log", "symlog", "arcsinh"}),
        choice("range", {"auto", "minmax", "percentile", "symmetric", "own"}),  // own: the keys lo and hi
        choice("residual-range", {"auto", "minmax", "percentile", "symmetric", "own"}),
        choice("axes", {"loglog", "semilog", "linear"}),
        choice("error-axis", {"rank", "parameters", "flops"}),
        choice("reference", {"none", "shuffled", "edge"}),
        choice("energy", {"on", "off"}),
        choice("rules", {"on", "off"}),
        choice("grid", {"off", "on"}),
        choice("convergence-axis", {"error", "excess"}),
        choice("inverse-plot", {"spectra", "ridge", "norm"}),
        choice("trials-plot", {"spread", "mean"}),
        // The pictures of a product: which one where there is room for one alone, and what is beside the estimate.
        choice("product-picture", {"estimate", "left", "right", "beside"}),
        choice("product-beside", {"residual", "product"}),
    };
    const auto like = [&all](const std::string& name) {
      const auto found = std::find_if(all.begin(), all.end(), [&](const ViewKey& key) { return key.name == name; });
      ViewKey key = *found;
      key.name = "product-" + name;
      return key;
    };
    for (const char* name : {"map", "scale", "range"}) all.push_back(like(name));
    for (const char* end : {"lo", "hi", "residual-lo", "residual-hi", "product-lo", "product-hi"}) {
      all.push_back(numeric(end, std::string_view(end).ends_with("lo") ? "0" : "1", -kLargest, kLargest, true));
    }
    // The cut-off of the pseudo-inverse relative to σ₁ (below 0: the default), and its ridge (0: none).
    all.push_back(numeric("inverse-rcond", "-1", -1, 1, true));
    all.push_back(numeric("inverse-ridge", "0", 0, kLargest, true));
    all.push_back(numeric("wipe", "0.5", 0, 1, false));
    for (const std::string& of : {std::string(), std::string("product-")}) {
      all.push_back(numeric(of + "zoom", "0", 0, 1024, false));  // screen pixels an entry; 0: fit
      all.push_back(numeric(of + "centre-x", "0", -kLargest, kLargest, false));
      all.push_back(numeric(of + "centre-y", "0", -kLargest, kLargest, false));
    }
    return all;
  }();
  return keys;
}

bool allows(const ViewKey& key, const std::string& value) {
  if (key.type == ViewKey::Choice) return std::find(key.choices.begin(), key.choices.end(), value) != key.choices.end();
  const std::optional<double> number = parseNumber(value);
  return number && *number >= key.min && *number <= key.max;
}

std::string viewValue(const SessionState& state, const std::string& key) {
  if (const auto set = state.view.find(key); set != state.view.end()) return set->second;
  const auto& keys = viewKeys();
  const auto known = std::find_if(keys.begin(), keys.end(), [&](const ViewKey& k) { return k.name == key; });
  return known == keys.end() ? std::string() : known->fallback;
}

double viewNumber(const SessionState& state, const std::string& key) {
  return parseNumber(viewValue(state, key)).value_or(0);
}

SessionState withPanAndZoomOf(SessionState state, const SessionState& from) {
  for (const ViewKey& key : viewKeys()) {
    if (key.step) continue;
    state.view.erase(key.name);
    if (const auto set = from.view.find(key.name); set != from.view.end()) state.view.insert(*set);
  }
  return state;
}

}  // namespace rankscope
