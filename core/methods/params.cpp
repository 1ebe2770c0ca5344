// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/params.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace rankscope {

namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
    out += words[i];
  }
  return out;
}

// The value of the type the spec wants; a derived default is asked with an empty scope only for its type.
ParamValue typeSample(const ParamSpec& spec) {
  if (const auto* value = std::get_if<ParamValue>(&spec.fallback)) return *value;
  return std::get<Derived>(spec.fallback).value(ParamScope{.rows = 1, .cols = 1, .dial = 1});
}

std::string allowed(const ParamSpec& spec) {
  if (!spec.choices.empty()) return "one of " + joined(spec.choices);
  const ParamValue sample = typeSample(spec);
  if (std::holds_alternative<bool>(sample)) return "true or false";
  if (std::holds_alternative<std::string>(sample)) return "any text";
  const bool whole = std::holds_alternative<Index>(sample) || std::holds_alternative<std::vector<Index>>(sample);
  const std::string kind = whole ? "a whole number" : "a number";
  return kind + " from " + show(spec.min) + " to " + show(spec.max, 10);
}

Error refuse(const ParamSpec& spec, const std::string& typed) {
  return usageError(text("parameter {1}", spec.name),
                    text("{1} is not allowed", typed.empty() ? "an empty value" : typed),
                    text("allowed: {1}", allowed(spec)));
}

template <class N>
std::optional<N> parseNumber(std::string_view typed) {
  if (!typed.empty() && typed.front() == '+') typed.remove_prefix(1);
  N value{};
  const auto [end, problem] = std::from_chars(typed.data(), typed.data() + typed.size(), value);
  if (problem != std::errc() || end != typed.data() + typed.size() || typed.empty()) return std::nullopt;
  if constexpr (std::is_floating_point_v<N>) {
    if (!std::isfinite(value)) return std::nullopt;
  }
  return value;
}

template <class N>
std::optional<std::vector<N>> parseList(std::string_view typed) {
  std::vector<N> out;
  while (true) {
    const std::size_t comma = typed.find(',');
    const auto value = parseNumber<N>(typed.substr(0, comma));
    if (!value) return std::nullopt;
    out.push_back(*value);
    if (comma == std::string_view::npos) return out;
    typed.remove_prefix(comma + 1);
  }
}

bool inRange(const ParamSpec& spec, const ParamValue& value) {
  const auto inside = [&](double x) { return std::isfinite(x) && x >= spec.min && x <= spec.max; };
  return std::visit(
      Overloaded{
          [](bool) { return true; }, [&](Index x) { return inside(static_cast<double>(x)); },
          [&](double x) { return inside(x); },
          [&](const std::string& x) {
            return spec.choices.empty() || std::find(spec.choices.begin(), spec.choices.end(), x) != spec.choices.end();
          },
          [&](const std::vector<Index>& list) {
            return std::all_of(list.begin(), list.end(), [&](Index x) { return inside(static_cast<double>(x)); });
          },
          [&](const std::vector<double>& list) { return std::all_of(list.begin(), list.end(), inside); }},
      value);
}

const ParamSpec* findSpec(std::span<const ParamSpec> specs, const std::string& name) {
  const auto found = std::find_if(specs.begin(), specs.end(), [&](const ParamSpec& s) { return s.name == name; });
  return found == specs.end() ? nullptr : &*found;
}

}  // namespace

std::string typeName(const ParamValue& value) {
  static const std::vector<std::string> kNames = {"flag", "integer", "number", "text", "integers", "numbers"};
  return kNames[value.index()];
}

std::string showValue(const ParamValue& value) {
  const auto list = [](const auto& values, auto print) {
    std::string out;
    for (const auto& x : values) out += (out.empty() ? "" : ",") + print(x);
    return out;
  };
  return std::visit(
      Overloaded{[](bool x) { return std::string(x ? "true" : "false"); }, [](Index x) { return show(x); },
                 [](double x) { return exact(x); }, [](const std::string& x) { return x; },
                 [&](const std::vector<Index>& x) { return list(x, [](Index i) { return show(i); }); },
                 [&](const std::vector<double>& x) { return list(x, [](double d) { return exact(d); }); }},
      value);
}

Json toJson(const ParamValue& value) {
  return std::visit(Overloaded{[](double x) { return number(x); },
                               [](const std::vector<double>& list) {
                                 Json out = Json::array();
                                 for (const double x : list) out.push_back(number(x));
                                 return out;
                               },
                               [](const auto& x) { return Json(x); }},
                    value);
}

Json toJson(const std::vector<ParamSpec>& specs) {
  Json list = Json::array();
  for (const ParamSpec& spec : specs) {
    const ParamValue sample = typeSample(spec);
    const bool numeric = !std::holds_alternative<bool>(sample) && !std::holds_alternative<std::string>(sample);
    const auto* value = std::get_if<ParamValue>(&spec.fallback);
    Json onlyIf = nullptr;
    if (spec.onlyIf) onlyIf = {{"param", spec.onlyIf->param}, {"values", spec.onlyIf->values}};
    list.push_back({{"name", spec.name},
                    {"title", spec.title},
                    {"type", typeName(sample)},
                    {"default", value ? toJson(*value) : Json(std::get<Derived>(spec.fallback).text)},
                    {"min", numeric ? number(spec.min) : Json(nullptr)},
                    {"max", numeric ? number(spec.max) : Json(nullptr)},
                    {"choices", spec.choices.empty() ? Json(nullptr) : Json(spec.choices)},
                    {"only_if", onlyIf},
                    {"help", spec.help}});
  }
  return list;
}

Result<ParamValue> parseValue(const ParamSpec& spec, const std::string& typed) {
  const auto checked = [&](const auto& parsed) -> Result<ParamValue> {
    if (!parsed) return refuse(spec, typed);
    ParamValue value(*parsed);
    if (!inRange(spec, value)) return refuse(spec, typed);
    return value;
  };
  return std::visit(Overloaded{[&](bool) {
                                 std::optional<bool> flag;
                                 if (typed == "true" || typed == "1" || typed == "yes") flag = true;
                                 if (typed == "false" || typed == "0" || typed == "no") flag = false;
                                 return checked(flag);
                               },
                               [&](Index) { return checked(parseNumber<Index>(typed)); },
                               [&](double) { return checked(parseNumber<double>(typed)); },
                               [&](const std::string&) { return checked(std::optional<std::string>(typed)); },
                               [&](const std::vector<Index>&) { return checked(parseList<Index>(typed)); },
                               [&](const std::vector<double>&) { return checked(parseList<double>(typed)); }},
                    typeSample(spec));
}

bool applies(const ParamSpec& spec, const ParamValues& resolved) {
  if (!spec.onlyIf) return true;
  const auto other = resolved.find(spec.onlyIf->param);
  if (other == resolved.end()) return false;
  const std::string value = showValue(other->second);
  return std::find(spec.onlyIf->values.begin(), spec.onlyIf->values.end(), value) != spec.onlyIf->values.end();
}

Result<ParamValues> resolve(std::span<const ParamSpec> specs, const ParamValues& given, const ParamScope& scope) {
  for (const auto& [name, value] : given) {
    if (findSpec(specs, name)) continue;
    std::vector<std::string> known;
    for (const ParamSpec& spec : specs) known.push_back(spec.name);
    return usageError(text("parameter {1}", name), "there is no such parameter here",
                      known.empty() ? Text("there are none") : text("there are: {1}", joined(known)));
  }
  ParamValues out;
  ParamScope withGiven = scope;
  withGiven.given = &given;
  // In the order of the specs, so that what decides about a parameter stands before it.
  for (const ParamSpec& spec : specs) {
    const auto typed = given.find(spec.name);
    if (!applies(spec, out)) {
      if (typed != given.end()) {
        return usageError(text("parameter {1}", spec.name), "it does not apply here",
                          text("only with {1}={2}", spec.onlyIf->param, joined(spec.onlyIf->values)));
      }
      continue;
    }
    if (typed == given.end()) {
      const auto* value = std::get_if<ParamValue>(&spec.fallback);
      out[spec.name] = value ? *value : std::get<Derived>(spec.fallback).value(withGiven);
      continue;
    }
    ParamValue value = typed->second;
    const ParamValue sample = typeSample(spec);
    if (const auto* whole = std::get_if<Index>(&value); whole && std::holds_alternative<double>(sample)) {
      value = static_cast<double>(*whole);
    }
    if (value.index() != sample.index() || !inRange(spec, value)) return refuse(spec, showValue(value));
    out[spec.name] = value;
  }
  return out;
}

}  // namespace rankscope
