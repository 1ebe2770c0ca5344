// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/params_table.h"

#include <algorithm>
#include <set>

#include "app/cli/options.h"

namespace rankscope::cli {

namespace {

// A derived default has its type from what it works out for the smallest scope.
ParamValue typeOf(const ParamSpec& spec) {
  if (const auto* value = std::get_if<ParamValue>(&spec.fallback)) return *value;
  const ParamValues none;
  return std::get<Derived>(spec.fallback)
      .value({.rows = 1, .cols = 1, .dial = 1, .precision = {}, .task = {}, .given = &none});
}

std::string defaultOf(const ParamSpec& spec) {
  if (const auto* value = std::get_if<ParamValue>(&spec.fallback)) return showValue(*value);
  return std::get<Derived>(spec.fallback).text;
}

std::string allowed(const ParamSpec& spec, const ParamValue& type) {
  std::string out;
  if (!spec.choices.empty()) {
    out = listed(spec.choices);
  } else if (!std::holds_alternative<bool>(type) && !std::holds_alternative<std::string>(type)) {
    const bool whole = std::holds_alternative<Index>(type) || std::holds_alternative<std::vector<Index>>(type);
    const auto bound = [whole](double x) { return whole ? show(static_cast<Index>(x)) : show(x); };
    out = bound(spec.min) + " to " + bound(spec.max);
  }
  if (spec.onlyIf)
    out += (out.empty() ? "" : "; ") + ("only with " + spec.onlyIf->param + "=" + listed(spec.onlyIf->values));
  return out;
}

}  // namespace

Row paramHeader() { return {"parameter", "type", "default", "allowed", "meaning"}; }

std::vector<Row> paramRows(std::span<const ParamSpec> specs) {
  std::vector<Row> rows;
  for (const ParamSpec& spec : specs) {
    const ParamValue type = typeOf(spec);
    rows.push_back({spec.name, typeName(type), defaultOf(spec), allowed(spec, type), spec.help});
  }
  return rows;
}

std::string methodHelp(const Method& method) {
  Output text(false, true);
  text.line("\n" + method.id + ": " + method.title);
  text.line(method.help);
  text.line(method.reference);
  if (method.params.empty()) {
    text.line("It has no parameters.");
  } else {
    text.line();
    text.table(paramHeader(), paramRows(method.params));
  }
  return text.text();
}

Result<ParamValue> typedParam(const Method& method, const std::string& key, const std::string& value) {
  const auto spec = std::find_if(method.params.begin(), method.params.end(),
                                 [&key](const ParamSpec& one) { return one.name == key; });
  if (spec != method.params.end()) return parseValue(*spec, value);
  std::vector<std::string> names;
  for (const ParamSpec& one : method.params) names.push_back(one.name);
  return usageError("--param " + key, text("{1} has no such parameter", method.id),
                    names.empty() ? Text("it has none") : text("it has {1}", listed(names)));
}

Result<TypedParams> typedParams(const std::string& command, const Method& method, const std::vector<std::string>& typed,
                                const std::function<bool(const std::string&, const std::string&)>& take) {
  TypedParams out;
  std::set<std::string> seen;
  for (const std::string& pair : typed) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0) {
      return usageError("--param", text("\"{1}\" is not name=value", pair),
                        text("see {1} --method {2} --help", command, method.id));
    }
    const std::string key = pair.substr(0, equals), value = pair.substr(equals + 1);
    if (key == method.dial.name) {
      out.sizes.push_back(wholeNumber("--param " + key, value, 1));
      continue;
    }
    if (!seen.insert(key).second) return usageError("--param " + key, "given more than once");
    if (take && take(key, value)) continue;
    auto parsed = typedParam(method, key, value);
    if (!parsed) return parsed.error();
    out.values[key] = std::move(*parsed);
  }
  return out;
}

}  // namespace rankscope::cli
