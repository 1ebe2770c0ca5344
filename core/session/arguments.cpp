// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "core/io/arrange.h"
#include "core/methods/method.h"
#include "core/methods/spectrum.h"
#include "core/session/state.h"

namespace rankscope {

namespace {

// Where results go and how they are shown: no part of what is wanted.
constexpr std::array<std::string_view, 3> kOutputFlags = {"--json", "--quiet", "--no-measure"};
constexpr std::array<std::string_view, 7> kOfApprox = {"--method", "--rank",  "--energy", "--tol",
                                                       "--rule",   "--param", "--seed"};
constexpr std::array<std::string_view, 5> kOutputOptions = {"--threads", "--max-memory", "--out", "--image", "--plot"};

bool contains(const auto& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

template <class N>
std::optional<N> parsed(const std::string& typed) {
  N value{};
  const auto [end, problem] = std::from_chars(typed.data(), typed.data() + typed.size(), value);
  if (problem != std::errc() || end != typed.data() + typed.size()) return std::nullopt;
  return value;
}

Error refuse(const std::string& option, const std::string& typed, const Text& allowed) {
  return usageError(Text(option), text("{1} is not allowed", typed.empty() ? "an empty value" : typed),
                    text("allowed: {1}", allowed.str()));
}

// One command line on its way into a state. Each step returns what is wrong, or nothing.
class Parsing {
 public:
  std::optional<Error> run(std::span<const std::string> arguments) {
    m_isProduct = !arguments.empty() && arguments.front() == "product";
    if (m_isProduct) state.product.trials = 0;
    m_isInverse = !arguments.empty() && arguments.front() == "pinv";
    if (!m_isProduct && !m_isInverse && (arguments.empty() || arguments.front() != "approx")) {
      return usageError("command", "only approx, pinv and product describe what a room shows",
                        "approx INPUT --method ID --rank R");
    }
    bool onlyInputs = false;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
      const std::string& argument = arguments[i];
      if (!onlyInputs && argument == "--") {
        onlyInputs = true;
      } else if (!onlyInputs && argument.size() > 1 && argument.starts_with('-')) {
        const std::size_t equals = argument.find('=');
        const std::string option = argument.substr(0, equals);
        if (option == "--per-channel") {
          m_view.perChannel = true;
        } else if (!contains(kOutputFlags, option)) {
          const bool inOne = equals != std::string::npos;
          if (!inOne && i + 1 == arguments.size()) return usageError(Text(option), "its value is missing");
          if (auto wrong = set(option, inOne ? argument.substr(equals + 1) : arguments[++i])) return wrong;
        }
      } else {
        m_locations.push_back(argument);
      }
    }
    return finish();
  }

  SessionState state;

 private:
  std::optional<Error> set(const std::string& option, const std::string& value) {
    if (contains(kOutputOptions, option)) return std::nullopt;
    if (m_isInverse && (option == "--rcond" || option == "--ridge")) {
      const bool cut = option == "--rcond";
      const auto number = parsed<double>(value);
      if (!number || !std::isfinite(*number) || *number < 0 || (cut ? *number > 1 : *number == 0))
        return refuse(option, value, cut ? "a number from 0 to 1" : "a number above 0");
      state.view[cut ? "inverse-rcond" : "inverse-ridge"] = exact(*number);
      return std::nullopt;
    }
    if (m_isInverse && contains(kOfApprox, option))
      return usageError(Text(option), "there is no such option", "rankscope-cli pinv --help lists them");
    if (option == "--method") {
      if (!findMethod(value, m_isProduct ? Kind::Product : Kind::Matrix))
        return usageError("--method", text("there is no method {1}", value), "rankscope-cli methods lists them");
      methodOf() = value;
      return std::nullopt;
    }
    if (option == "--rank" || option == "--energy" || option == "--tol" || option == "--rule")
      return setBudget(option, value);
    if (option == "--param") {
      m_params.push_back(value);
      return std::nullopt;
    }
    if (option == "--seed") {
      const auto seed = parsed<std::uint64_t>(value);
      if (!seed) return refuse(option, value, "a whole number from 0");
      (m_isProduct ? state.product.seed : state.matrix.seed) = *seed;
      return std::nullopt;
    }
    if (m_isProduct && option == "--form") {
      if (value != "identity" && value != "gram") return refuse(option, value, "identity or gram");
      state.product.form = value;
      return std::nullopt;
    }
    if (m_isProduct && option == "--trials") {
      const auto trials = parsed<Index>(value);
      if (!trials || *trials < 0) return refuse(option, value, "a whole number from 0");
      state.product.trials = *trials;
      return std::nullopt;
    }
    if (option == "--precision") {
      if (value != "double" && value != "float") return refuse(option, value, "double or float");
      state.precision = value == "float" ? Precision::Float : Precision::Double;
      return std::nullopt;
    }
    if (option == "--channel") return setChoice(option, value, kChannels, m_view.channel);
    if (option == "--complex") return setChoice(option, value, kComplexViews, m_view.complex);
    if (option == "--nan") return setChoice(option, value, kNanViews, m_view.nan);
    if (option == "--reshape") {
      if (value.empty()) return refuse(option, value, "keep-first, keep-last or N,M");
      m_view.reshape = value;
      return std::nullopt;
    }
    return usageError(Text(option), "there is no such option", "rankscope-cli approx --help lists them");
  }

  static std::optional<Error> setChoice(const std::string& option, const std::string& value, const auto& choices,
                                        std::string& out) {
    if (!contains(choices, value)) {
      std::string list;
      for (const std::string_view choice : choices) list += (list.empty() ? "" : ", ") + std::string(choice);
      return refuse(option, value, Text(list));
    }
    out = value;
    return std::nullopt;
  }

  std::optional<Error> setBudget(const std::string& option, const std::string& value) {
    if (m_hasBudget)
      return usageError("approx", "the rank is given more than once",
                        "one of --rank R, --energy E, --tol T, --rule NAME");
    m_hasBudget = true;
    if (m_isProduct && option != "--rank")
      return usageError(Text(option), "a product is given its number of pairs", "--rank R");
    if (option == "--rank") {
      const auto rank = parsed<Index>(value);
      if (!rank || *rank < 1) return refuse(option, value, "a whole number from 1");
      if (m_isProduct) {
        state.product.pairs = *rank;
      } else {
        state.matrix.budget = ByDial{*rank};
      }
    } else if (option == "--rule") {
      const auto rule = rankRuleNamed(value);
      if (!rule) return refuse(option, value, "gavish-donoho, elbow or numerical");
      state.matrix.budget = ByRule{*rule};
    } else {
      const auto number = parsed<double>(value);
      const bool finite = number && std::isfinite(*number);
      if (option == "--energy") {
        if (!finite || !(*number > 0 && *number <= 1)) return refuse(option, value, "a number above 0, up to 1");
        state.matrix.budget = ByEnergy{*number};
      } else {
        if (!finite || *number < 0) return refuse(option, value, "a number from 0");
        state.matrix.budget = ByTolerance{*number};
      }
    }
    return std::nullopt;
  }

  // What needs to know all of the line.
  std::optional<Error> finish() {
    if (m_locations.size() < inputCount())
      return usageError("INPUT", "it is missing", "a file, gallery:NAME or sample:NAME");
    if (m_locations.size() > inputCount())
      return usageError("INPUT", text("{1} is one too many", m_locations[inputCount()]));
    if (m_isInverse) {
      if (state.view.contains("inverse-rcond") && state.view.contains("inverse-ridge"))
        return usageError("pinv", "--rcond and --ridge are two ways to the same end", "give one of them");
      state.view["tab"] = "inverse";
      state.inputs = {{.location = m_locations.front(), .view = m_view}};
      state.matrix.input = 0;
      return std::nullopt;
    }
    const Method& method = *findMethod(methodOf(), m_isProduct ? Kind::Product : Kind::Matrix);
    if (!m_isProduct && !method.dial.isRank) {
      if (m_hasBudget)
        return usageError(Text(method.id), "it takes no rank, energy, tolerance or rule",
                          text("its size is given by --param {1}=N", method.dial.name));
      state.matrix.budget = ByDial{method.dial.fallback.value_or(1)};
    } else if (!m_hasBudget) {
      return usageError("approx", "the rank is missing", "one of --rank R, --energy E, --tol T, --rule NAME");
    }
    for (const std::string& assignment : m_params) {
      const std::size_t equals = assignment.find('=');
      const std::string key = assignment.substr(0, equals);
      if (equals == std::string::npos) return refuse("--param", assignment, "name=value");
      if (!m_isProduct && !method.dial.isRank && key == method.dial.name) {
        const auto size = parsed<Index>(assignment.substr(equals + 1));
        if (!size || *size < 1) return refuse("--param", assignment, "a whole number from 1");
        state.matrix.budget = ByDial{*size};
        continue;
      }
      const auto spec =
          std::find_if(method.params.begin(), method.params.end(), [&](const ParamSpec& s) { return s.name == key; });
      if (spec == method.params.end())
        return usageError(text("parameter {1}", key), text("{1} has no such parameter", method.id));
      const Result<ParamValue> value = parseValue(*spec, assignment.substr(equals + 1));
      if (!value) return value.error();
      (m_isProduct ? state.product.params : state.matrix.params)[key] = *value;
    }
    for (const std::string& location : m_locations) state.inputs.push_back({.location = location, .view = m_view});
    if (!m_isProduct) {
      state.matrix.input = 0;
      return std::nullopt;
    }
    state.room = "product";
    state.matrix = {};
    state.product.x = 0;
    state.product.y = static_cast<int>(state.inputs.size()) - 1;
    if (!hasTwoSides()) {
      state.product.y = -1;
    } else if (state.inputs[0] == state.inputs[1]) {
      state.inputs.pop_back();
      state.product.y = 0;
    }
    return std::nullopt;
  }

  bool hasTwoSides() const { return m_isProduct && state.product.form == "product"; }
  std::size_t inputCount() const { return hasTwoSides() ? 2 : 1; }
  std::string& methodOf() { return m_isProduct ? state.product.method : state.matrix.method; }

  bool m_isProduct = false, m_isInverse = false;
  std::vector<std::string> m_locations;
  ViewOptions m_view;
  std::vector<std::string> m_params;
  bool m_hasBudget = false;
};

}  // namespace

namespace {

const InputSpec* inputOf(const SessionState& state, int index) {
  const bool there = index >= 0 && static_cast<std::size_t>(index) < state.inputs.size();
  return there ? &state.inputs[static_cast<std::size_t>(index)] : nullptr;
}

/// `command`, the inputs (read alike), what `wish` adds, and what seed, precision and inputs need.
std::vector<std::string> commandLine(const char* command, const std::vector<InputSpec>& inputs, std::uint64_t seed,
                                     Precision precision,
                                     const std::vector<std::pair<std::string, std::string>>& wish) {
  bool looksLikeOption = false;
  for (const InputSpec& input : inputs) looksLikeOption = looksLikeOption || input.location.starts_with('-');
  std::vector<std::string> out = {command};
  const auto add = [&](const std::string& option, const std::string& value) { out.insert(out.end(), {option, value}); };
  const auto addInputs = [&] {
    for (const InputSpec& input : inputs) out.push_back(input.location);
  };
  if (!looksLikeOption) addInputs();
  for (const auto& [option, value] : wish) add(option, value);
  if (seed != 0) add("--seed", show(seed));
  if (precision == Precision::Float) add("--precision", "float");
  const ViewOptions plain, &view = inputs.front().view;
  if (view.channel != plain.channel) add("--channel", view.channel);
  if (view.perChannel) out.emplace_back("--per-channel");
  if (!view.reshape.empty()) add("--reshape", view.reshape);
  if (!view.complex.empty()) add("--complex", view.complex);
  if (!view.nan.empty()) add("--nan", view.nan);
  if (looksLikeOption) {
    out.emplace_back("--");
    addInputs();
  }
  return out;
}

/// Of the Matrix room; empty without an input.
std::vector<std::string> commandLine(const SessionState& state, const char* command,
                                     const std::vector<std::pair<std::string, std::string>>& wish) {
  const InputSpec* input = inputOf(state, state.matrix.input);
  if (!input) return {};
  return commandLine(command, {*input}, state.matrix.seed, state.precision, wish);
}

std::vector<std::string> inverseArguments(const SessionState& state) {
  const InputSpec* input = inputOf(state, state.matrix.input);
  if (!input) return {};
  InputSpec whole = *input;
  whole.view.perChannel = false;  // the inverse is of the channels side by side
  const double rcond = viewNumber(state, "inverse-rcond"), ridge = viewNumber(state, "inverse-ridge");
  std::vector<std::pair<std::string, std::string>> wish;
  if (ridge > 0) {
    wish.emplace_back("--ridge", exact(ridge));
  } else if (rcond >= 0) {
    wish.emplace_back("--rcond", exact(rcond));
  }
  return commandLine("pinv", {whole}, 0, state.precision, wish);  // nothing is drawn
}

std::vector<std::string> productArguments(const SessionState& state) {
  const ProductRoom& room = state.product;
  const InputSpec *X = inputOf(state, room.x), *Y = inputOf(state, room.y);
  const bool two = room.form == "product";
  if (!X || (two && (!Y || X->view != Y->view))) return {};
  std::vector<std::pair<std::string, std::string>> wish = {{"--method", room.method}, {"--rank", show(room.pairs)}};
  if (!two) wish.emplace_back("--form", room.form);
  if (room.trials > 0) wish.emplace_back("--trials", show(room.trials));
  for (const auto& [key, value] : room.params) wish.emplace_back("--param", key + "=" + showValue(value));
  return commandLine("product", two ? std::vector{*X, *Y} : std::vector{*X}, room.seed, state.precision, wish);
}

}  // namespace

std::vector<std::string> toArguments(const SessionState& state) {
  if (state.room == "product") return productArguments(state);
  if (viewValue(state, "tab") == "inverse") return inverseArguments(state);
  const MatrixRoom& room = state.matrix;
  std::vector<std::pair<std::string, std::string>> wish = {{"--method", room.method}};
  const Method* method = findMethod(room.method);
  if (const auto* dial = std::get_if<ByDial>(&room.budget)) {
    if (method && !method->dial.isRank) {
      wish.emplace_back("--param", method->dial.name + "=" + show(dial->value));
    } else {
      wish.emplace_back("--rank", show(dial->value));
    }
  }
  if (const auto* energy = std::get_if<ByEnergy>(&room.budget)) wish.emplace_back("--energy", exact(energy->share));
  if (const auto* tolerance = std::get_if<ByTolerance>(&room.budget))
    wish.emplace_back("--tol", exact(tolerance->relative));
  if (const auto* rule = std::get_if<ByRule>(&room.budget)) wish.emplace_back("--rule", name(rule->rule));
  for (const auto& [key, value] : room.params) wish.emplace_back("--param", key + "=" + showValue(value));
  return commandLine(state, "approx", wish);
}

std::vector<std::string> toCompareArguments(const SessionState& state) {
  const Comparison& comparison = state.comparison;
  if (comparison.methods.empty() || comparison.ranks.empty()) return {};
  std::string ids, ranks;
  for (const ComparedMethod& method : comparison.methods) ids += (ids.empty() ? "" : ",") + method.id;
  for (const Index rank : comparison.ranks) ranks += (ranks.empty() ? "" : ",") + show(rank);
  std::vector<std::pair<std::string, std::string>> wish = {{"--methods", ids}, {"--ranks", ranks}};
  for (const ComparedMethod& method : comparison.methods) {
    for (const auto& [key, value] : method.params)
      wish.emplace_back("--param", method.id + "." + key + "=" + showValue(value));
  }
  return commandLine(state, "compare", wish);
}

Result<SessionState> fromArguments(std::span<const std::string> arguments) {
  Parsing parsing;
  if (const auto wrong = parsing.run(arguments)) return *wrong;
  return parsing.state;
}

std::string shellQuoted(std::span<const std::string> arguments) {
  static constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-";
  std::string out;
  for (const std::string& argument : arguments) {
    if (!out.empty()) out += ' ';
    if (!argument.empty() && argument.find_first_not_of(kPlain) == std::string::npos) {
      out += argument;
      continue;
    }
    out += '\'';
    for (const char c : argument) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    out += '\'';
  }
  return out;
}

}  // namespace rankscope
