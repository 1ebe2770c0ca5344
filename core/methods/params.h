// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/base/context.h"
#include "core/base/json.h"

namespace rankscope {

using ParamValue = std::variant<bool, Index, double, std::string, std::vector<Index>, std::vector<double>>;
/// Only what was set; compares and prints in order.
using ParamValues = std::map<std::string, ParamValue>;

/// What a default may depend on.
struct ParamScope {
  Index rows = 0, cols = 0;
  Index inner = 0;  ///< of a product rows×inner · inner×cols
  Index dial = 0;
  Precision precision = Precision::Double;
  std::string task;
  const ParamValues* given = nullptr;
};

/// A default that is a rule: shown by its text, worked out from the scope.
struct Derived {
  std::string text;
  std::function<ParamValue(const ParamScope&)> value;
};

/// The parameter exists only while another has one of these values.
struct OnlyIf {
  std::string param;
  std::vector<std::string> values;
};

/// One knob. From it come the form, --param, --help, the JSON, the cache key and the session.
struct ParamSpec {
  std::string name;                            ///< as typed: "block-rank"
  std::string title;                           ///< as shown
  std::string help;                            ///< one line
  std::variant<ParamValue, Derived> fallback;  ///< fixes the type too
  double min = 0, max = 0;                     ///< for numbers, both included
  bool logarithmic = false;
  std::vector<std::string> choices;  ///< for strings; empty: any text
  std::optional<OnlyIf> onlyIf;
  bool live = false;  ///< training: may change without a replay
};

std::string typeName(const ParamValue& value);  ///< "flag", "integer", "number", "text", "integers", "numbers"
std::string showValue(const ParamValue& value);
Json toJson(const ParamValue& value);
/// [{"name","type","default","min","max","choices","only_if","help"}]; a rule as default is given by its text.
Json toJson(const std::vector<ParamSpec>& specs);
/// Text as typed after name= turned into the spec's type; an Error (Usage) says what is allowed.
Result<ParamValue> parseValue(const ParamSpec& spec, const std::string& typed);

/// The only validation: fills defaults in, refuses by name what is unknown, out of range, or not applicable.
Result<ParamValues> resolve(std::span<const ParamSpec> specs, const ParamValues& given, const ParamScope& scope);
/// Whether a knob exists for these values.
bool applies(const ParamSpec& spec, const ParamValues& resolved);

enum class RankRule { GavishDonoho, Elbow, Numerical };

/// The one integer that buys accuracy: rank, block rank, pairs.
struct Dial {
  std::string name = "rank", title = "Rank";
  std::optional<Index> fallback;
  std::function<Index(Index rows, Index cols, const ParamValues&)> max;
  bool isRank = true;  ///< energies, tolerances and rank rules make sense for it; --rank sets it
};

struct ByDial {
  Index value = 1;
  bool operator==(const ByDial&) const = default;
};
struct ByEnergy {
  double share = 0.99;  ///< of Σσ², in (0, 1]
  bool operator==(const ByEnergy&) const = default;
};
struct ByTolerance {
  double relative = 0.1;  ///< of ‖M‖_F
  bool operator==(const ByTolerance&) const = default;
};
struct ByRule {
  RankRule rule = RankRule::GavishDonoho;
  bool operator==(const ByRule&) const = default;
};
/// What the user meant; the dial is derived from it.
using Budget = std::variant<ByDial, ByEnergy, ByTolerance, ByRule>;

}  // namespace rankscope
