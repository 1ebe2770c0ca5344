// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <numeric>
#include <utility>

#include "core/gallery/family.h"
#include "core/gallery/gallery.h"

namespace rankscope {

namespace gallery {

ParamSpec integerSpec(std::string name, std::string title, std::string help, Index fallback, Index min, Index max) {
  ParamSpec spec;
  spec.name = std::move(name);
  spec.title = std::move(title);
  spec.help = std::move(help);
  spec.fallback = ParamValue{fallback};
  spec.min = static_cast<double>(min);
  spec.max = static_cast<double>(max);
  return spec;
}

ParamSpec numberSpec(std::string name, std::string title, std::string help, double fallback, double min, double max) {
  ParamSpec spec = integerSpec(std::move(name), std::move(title), std::move(help), 0, 0, 0);
  spec.fallback = ParamValue{fallback};
  spec.min = min;
  spec.max = max;
  return spec;
}

ParamSpec choiceSpec(std::string name, std::string title, std::string help, std::vector<std::string> choices) {
  ParamSpec spec = integerSpec(std::move(name), std::move(title), std::move(help), 0, 0, 0);
  spec.fallback = ParamValue{choices.front()};
  spec.choices = std::move(choices);
  return spec;
}

ParamSpec rowsSpec(Index fallback) { return integerSpec("n", "Rows", "number of rows", fallback, 1, kMaxSize); }

ParamSpec colsSpec(Index rows) {
  ParamSpec spec = integerSpec("m", "Columns", "number of columns", 0, 1, kMaxSize);
  spec.fallback = Derived{"n", [rows](const ParamScope& scope) {
                            if (scope.given) {
                              if (const auto n = scope.given->find("n"); n != scope.given->end()) return n->second;
                            }
                            return ParamValue{rows};
                          }};
  return spec;
}

ParamSpec orderSpec(Index fallback, Index max) {
  return integerSpec("n", "Size", "number of rows and columns", fallback, 1, max);
}

ParamSpec seedSpec() {
  return integerSpec("seed", "Seed", "another seed, another matrix of the same kind", 0, 0, Index{1} << 53);
}

ParamSpec onlyIf(ParamSpec spec, std::string param, std::vector<std::string> values) {
  spec.onlyIf = OnlyIf{std::move(param), std::move(values)};
  return spec;
}

double denseBytes(const ParamValues& params) {
  const Index n = integer(params, "n");
  const Index m = params.contains("m") ? integer(params, "m") : n;
  return 8.0 * static_cast<double>(n) * static_cast<double>(m);
}

Error refuseParam(const std::string& name, Index value, Text hint) {
  return usageError(text("parameter {1}", name), text("{1} is not allowed", value), std::move(hint));
}

std::vector<Index> randomPermutation(Index n, Random stream) {
  std::vector<Index> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), Index{0});
  for (std::size_t left = order.size(); left > 1; --left) std::swap(order[left - 1], order[stream.below(left)]);
  return order;
}

}  // namespace gallery

namespace {

std::string knownGenerators() {
  std::string out;
  for (const Generator& generator : generators()) out += (out.empty() ? "" : ", ") + generator.id;
  return out;
}

}  // namespace

const std::vector<Generator>& generators() {
  static const std::vector<Generator> all = [] {
    std::vector<Generator> out;
    for (auto family :
         {gallery::randomFamily, gallery::classicFamily, gallery::transformFamily, gallery::structuredFamily}) {
      for (Generator& generator : family()) out.push_back(std::move(generator));
    }
    return out;
  }();
  return all;
}

const Generator* findGenerator(std::string_view id) {
  const auto& all = generators();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Generator& g) { return g.id == id; });
  return found == all.end() ? nullptr : &*found;
}

Result<GallerySpec> parseGallerySpec(const std::string& spec) {
  std::vector<std::string> parts(1);
  for (const char c : spec) {
    if (c == ',') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  GallerySpec out;
  out.id = parts.front();
  const Generator* generator = findGenerator(out.id);
  if (!generator) {
    return usageError(text("gallery:{1}", out.id), "there is no such generator",
                      text("there are: {1}", knownGenerators()));
  }
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::size_t equals = parts[i].find('=');
    if (equals == std::string::npos || equals == 0) {
      return usageError(text("gallery:{1}", out.id), text("\"{1}\" is not a parameter", parts[i]),
                        "write name=value, separated by commas");
    }
    const std::string key = parts[i].substr(0, equals), typed = parts[i].substr(equals + 1);
    if (out.values.contains(key)) return usageError(text("parameter {1}", key), "it is given twice");
    const auto& params = generator->params;
    const auto known = std::find_if(params.begin(), params.end(), [&](const ParamSpec& p) { return p.name == key; });
    if (known == params.end()) {
      out.values[key] = typed;  // refused by resolve(), which lists what there is
      continue;
    }
    const auto value = parseValue(*known, typed);
    if (!value) return value.error();
    out.values[key] = *value;
  }
  const auto resolved = resolve(generator->params, out.values, {});
  if (!resolved) return resolved.error();
  return out;
}

std::string formatGallerySpec(const GallerySpec& spec) {
  std::string out = spec.id;
  const Generator* generator = findGenerator(spec.id);
  if (!generator) return out;
  for (const ParamSpec& param : generator->params) {
    const auto value = spec.values.find(param.name);
    if (value != spec.values.end()) out += "," + param.name + "=" + showValue(value->second);
  }
  return out;
}

Result<MatrixPtr> generate(const std::string& spec, const Context& context) {
  const auto parsed = parseGallerySpec(spec);
  if (!parsed) return parsed.error();
  const Generator& generator = *findGenerator(parsed->id);
  const auto params = resolve(generator.params, parsed->values, {});
  if (!params) return params.error();
  if (auto refused = context.refuseMemory(text("gallery:{1}", spec), generator.bytes(*params),
                                          "raise --max-memory or choose a smaller size")) {
    return *refused;
  }
  return generator.make(*params, context);
}

Json galleryJson() {
  Json list = Json::array();
  for (const Generator& generator : generators()) {
    list.push_back({{"id", generator.id},
                    {"title", generator.title},
                    {"help", generator.help},
                    {"params", toJson(generator.params)}});
  }
  return {{"generators", list}};
}

}  // namespace rankscope
