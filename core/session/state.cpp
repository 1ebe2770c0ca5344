// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/state.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <limits>

#include "core/io/arrange.h"
#include "core/methods/method.h"
#include "core/methods/spectrum.h"

namespace rankscope {

namespace {

constexpr int kVersion = 1;
constexpr int kMostDepth = 32;
constexpr std::size_t kMostItems = 10000;      // of any list or object
constexpr std::size_t kMostTextBytes = 65536;  // of any string

constexpr std::array kRooms = {"matrix", "product"};
constexpr Index kMostTrials = 1000000;

bool contains(const auto& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// --- Paths -----------------------------------------------------------------------------------------------------------

bool isPath(const std::string& location) {
  return !location.starts_with("gallery:") && !location.starts_with("sample:");
}

std::string withSlash(const std::string& folder) { return folder.ends_with('/') ? folder : folder + "/"; }

// Text work only: behind FILE:: stands an entry whose name may hold anything, dots and slashes included.
std::string relativeTo(const std::string& folder, const std::string& location) {
  if (folder.empty() || !isPath(location)) return location;
  std::string path = location;
  if (!path.starts_with('/')) path = withSlash(std::filesystem::current_path().string()) + path;
  if (!path.starts_with(withSlash(folder))) return path;
  path.erase(0, withSlash(folder).size());
  return isPath(path) && !path.starts_with('/') ? path : "./" + path;
}

std::string absoluteFrom(const std::string& folder, const std::string& location) {
  if (folder.empty() || !isPath(location) || location.starts_with('/')) return location;
  return withSlash(folder) + (location.starts_with("./") ? location.substr(2) : location);
}

// --- Writing ---------------------------------------------------------------------------------------------------------

Json toJson(const Budget& budget) {
  if (const auto* dial = std::get_if<ByDial>(&budget)) return {{"rank", dial->value}};
  if (const auto* energy = std::get_if<ByEnergy>(&budget)) return {{"energy", number(energy->share)}};
  if (const auto* tolerance = std::get_if<ByTolerance>(&budget)) return {{"tol", number(tolerance->relative)}};
  return {{"rule", name(std::get<ByRule>(budget).rule)}};
}

Json toJson(const MatrixRoom& room) {
  Json params = Json::object();
  for (const auto& [key, value] : room.params) params[key] = rankscope::toJson(value);
  return {{"input", room.input},           {"method", room.method}, {"params", params},
          {"budget", toJson(room.budget)}, {"seed", room.seed},     {"muted", room.muted}};
}

Json toJson(const Comparison& comparison) {
  Json methods = Json::array();
  for (const ComparedMethod& method : comparison.methods) {
    Json params = Json::object();
    for (const auto& [key, value] : method.params) params[key] = rankscope::toJson(value);
    methods.push_back({{"method", method.id}, {"params", params}});
  }
  return {{"methods", methods}, {"ranks", comparison.ranks}};
}

Json toJson(const ProductRoom& room) {
  Json params = Json::object();
  for (const auto& [key, value] : room.params) params[key] = rankscope::toJson(value);
  return {{"form", room.form}, {"x", room.x},         {"y", room.y},           {"method", room.method},
          {"params", params},  {"pairs", room.pairs}, {"trials", room.trials}, {"seed", room.seed}};
}

// --- Reading ---------------------------------------------------------------------------------------------------------

// Thrown inside this file only: the first thing that is wrong ends the reading.
struct Refused {
  Error error;
};

// A value of the file and where it stands, for messages: "matrix.budget.rank".
class Node {
 public:
  Node(const Json& json, std::string path) : m_json(json), m_path(std::move(path)) {}

  const std::string& path() const { return m_path; }
  const Json& json() const { return m_json; }
  bool has(const std::string& key) const { return m_json.contains(key); }
  Node at(const std::string& key) const { return {m_json.at(key), m_path.empty() ? key : m_path + "." + key}; }
  Node at(std::size_t i) const { return {m_json.at(i), m_path + "[" + show(i) + "]"}; }

  [[noreturn]] void refuse(const Text& expected) const {
    throw Refused{
        inputError("session", Text("{1}: {2} is expected", {m_path.empty() ? "the file" : m_path, expected.str()}))};
  }

  const Node& object() const {
    if (!m_json.is_object() || m_json.size() > kMostItems) refuse("an object");
    return *this;
  }
  std::size_t listSize() const {
    if (!m_json.is_array() || m_json.size() > kMostItems) refuse("a list");
    return m_json.size();
  }
  std::string string() const {
    if (!m_json.is_string() || m_json.get_ref<const std::string&>().size() > kMostTextBytes) refuse("a text");
    const auto& value = m_json.get_ref<const std::string&>();
    if (value.find('\0') != std::string::npos) refuse("a text without zero bytes");
    return value;
  }
  Index whole(Index least, Index most) const {
    const bool fits =
        m_json.is_number_integer() && !(m_json.is_number_unsigned() && m_json.get<std::uint64_t>() > kMostIndex);
    if (!fits || m_json.get<Index>() < least || m_json.get<Index>() > most) {
      refuse(most == kMostIndex ? text("a whole number from {1}", show(static_cast<long long>(least)))
                                : text("a whole number from {1} to {2}", show(static_cast<long long>(least)),
                                       show(static_cast<long long>(most))));
    }
    return m_json.get<Index>();
  }
  std::uint64_t seed() const {
    if (!m_json.is_number_unsigned()) refuse("a whole number from 0");
    return m_json.get<std::uint64_t>();
  }
  bool flag() const {
    if (!m_json.is_boolean()) refuse("true or false");
    return m_json.get<bool>();
  }
  double number(double most, const char* expected) const {
    const double value = m_json.is_number() ? m_json.get<double>() : -1;
    if (!(value >= 0 && value <= most)) refuse(expected);
    return value;
  }
  std::string oneOf(const auto& choices) const {
    const std::string value = string();
    if (!contains(choices, value)) {
      std::string list;
      for (const std::string_view choice : choices) list += (list.empty() ? "" : ", ") + std::string(choice);
      refuse(text("one of {1}", list));
    }
    return value;
  }

  static constexpr std::uint64_t kMostIndex = std::uint64_t{1} << 53;

 private:
  const Json& m_json;
  std::string m_path;
};

class Reading {
 public:
  Reading(std::string folder, std::vector<Text>& notices, InputContents* contents)
      : m_folder(std::move(folder)), m_notices(notices), m_contents(contents) {}

  SessionState state(const Node& root) {
    if (!root.json().is_object() || root.json().value("format", Json()) != "rankscope-session") {
      throw Refused{inputError("session", "this is not a Rankscope session", "session files end with .rankscope")};
    }
    if (!root.has("version")) root.refuse("the key version");
    const Index version = root.at("version").whole(1, Node::kMostIndex);
    if (version > kVersion) {
      throw Refused{
          inputError("session",
                     text("it was written by a newer Rankscope (session version {1}; this one reads up to {2})",
                          show(static_cast<long long>(version)), kVersion),
                     "open it with the newer Rankscope")};
    }
    SessionState out;
    root.object();
    noteUnknown(root,
                {"format", "version", "room", "precision", "inputs", "matrix", "product", "pins", "compare", "view"},
                &out.unknown);
    if (root.has("room")) {
      out.room = root.at("room").string();
      if (!contains(kRooms, out.room)) {
        notice("this version has no room {1}; the matrix room is shown", out.room);
        out.room = "matrix";
      }
    }
    if (root.has("precision") && root.at("precision").oneOf(std::array{"double", "float"}) == "float")
      out.precision = Precision::Float;
    if (root.has("inputs")) {
      const Node list = root.at("inputs");
      for (std::size_t i = 0; i < list.listSize(); ++i) out.inputs.push_back(input(list.at(i)));
    }
    if (root.has("matrix")) {
      noteUnknown(root.at("matrix").object(), {"input", "method", "params", "budget", "seed", "muted"}, &out.unknown);
      out.matrix = matrixRoom(root.at("matrix"), out.inputs.size());
    }
    if (root.has("product")) {
      noteUnknown(root.at("product").object(), {"form", "x", "y", "method", "params", "pairs", "trials", "seed"},
                  &out.unknown);
      out.product = productRoom(root.at("product"), out.inputs.size());
    }
    if (root.has("pins")) {
      const Node list = root.at("pins");
      for (std::size_t i = 0; i < list.listSize(); ++i) {
        const Node pin = list.at(i).object();
        noteUnknown(pin, {"label", "input", "method", "params", "budget", "seed", "muted"}, nullptr);
        out.pins.push_back(
            {.what = matrixRoom(pin, out.inputs.size()), .label = pin.has("label") ? pin.at("label").string() : ""});
      }
    }
    if (root.has("compare")) out.comparison = comparison(root.at("compare").object());
    if (root.has("view")) readView(root.at("view").object(), out.view);
    return out;
  }

 private:
  template <class... Args>
  void notice(std::string pattern, const Args&... args) {
    m_notices.push_back(text("session: " + std::move(pattern), args...));
  }

  // Keys of the top and of the room are written back; those of list items only named, as their place may move.
  void noteUnknown(const Node& node, std::initializer_list<std::string_view> known,
                   std::map<std::string, std::string>* keep) {
    for (const auto& [key, value] : node.json().items()) {
      if (contains(known, key)) continue;
      const std::string place = node.path().empty() ? key : node.path() + "." + key;
      if (keep) {
        const Json::json_pointer pointer =
            (node.path().empty() ? Json::json_pointer() : Json::json_pointer() / node.path()) / key;
        (*keep)[pointer.to_string()] = value.dump();
        notice("{1} is not known to this version; it is kept", place);
      } else {
        notice("{1} is not known to this version; it is left out", place);
      }
    }
  }

  InputSpec input(const Node& node) {
    node.object();
    noteUnknown(node, {"location", "channel", "per_channel", "reshape", "complex", "nan", "fingerprint"}, nullptr);
    InputSpec spec;
    if (!node.has("location")) node.refuse("the key location");
    spec.location = node.at("location").string();
    if (spec.location.empty()) node.at("location").refuse("a file or a generator");
    spec.location = absoluteFrom(m_folder, spec.location);
    if (node.has("channel")) spec.view.channel = node.at("channel").oneOf(kChannels);
    if (node.has("per_channel")) spec.view.perChannel = node.at("per_channel").flag();
    if (node.has("reshape")) spec.view.reshape = node.at("reshape").string();
    const auto isSet = [&](const char* key) { return node.has(key) && node.json().at(key) != ""; };
    if (isSet("complex")) spec.view.complex = node.at("complex").oneOf(kComplexViews);
    if (isSet("nan")) spec.view.nan = node.at("nan").oneOf(kNanViews);
    if (node.has("fingerprint") && m_contents) {
      if (const auto print = Fingerprint::fromHex(node.at("fingerprint").string()); print != Fingerprint{})
        (*m_contents)[spec] = print;
    }
    return spec;
  }

  MatrixRoom matrixRoom(const Node& node, std::size_t inputs) {
    MatrixRoom room;
    if (node.has("input")) room.input = static_cast<int>(node.at("input").whole(-1, static_cast<Index>(inputs) - 1));
    bool known = true;
    if (node.has("method")) {
      const std::string id = node.at("method").string();
      known = findMethod(id) != nullptr;
      if (known) {
        room.method = id;
      } else {
        notice("this version has no method {1}; {2} stands in its place", id, room.method);
      }
    }
    if (node.has("params") && known) params(node.at("params").object(), *findMethod(room.method), room.params);
    if (node.has("budget")) room.budget = budget(node.at("budget").object());
    if (node.has("seed")) room.seed = node.at("seed").seed();
    if (node.has("muted")) {
      const Node list = node.at("muted");
      for (std::size_t i = 0; i < list.listSize(); ++i) room.muted.push_back(list.at(i).whole(0, Node::kMostIndex));
      std::sort(room.muted.begin(), room.muted.end());
      room.muted.erase(std::unique(room.muted.begin(), room.muted.end()), room.muted.end());
    }
    return room;
  }

  Comparison comparison(const Node& node) {
    noteUnknown(node, {"methods", "ranks"}, nullptr);
    Comparison out;
    if (!node.has("methods") || !node.has("ranks")) node.refuse("the keys methods and ranks");
    const Node list = node.at("methods"), ranks = node.at("ranks");
    for (std::size_t i = 0; i < list.listSize(); ++i) {
      const Node item = list.at(i).object();
      if (!item.has("method")) item.refuse("the key method");
      const std::string id = item.at("method").string();
      const auto same = [&id](const ComparedMethod& one) { return one.id == id; };
      if (!findMethod(id)) {
        notice("this version has no method {1}; it is left out of the comparison", id);
      } else if (std::none_of(out.methods.begin(), out.methods.end(), same)) {
        out.methods.push_back({.id = id, .params = {}});
        if (item.has("params")) params(item.at("params").object(), *findMethod(id), out.methods.back().params);
      }
    }
    for (std::size_t i = 0; i < ranks.listSize(); ++i) {
      const Index rank = ranks.at(i).whole(1, Node::kMostIndex);
      if (std::find(out.ranks.begin(), out.ranks.end(), rank) == out.ranks.end()) out.ranks.push_back(rank);
    }
    return out;
  }

  ProductRoom productRoom(const Node& node, std::size_t inputs) {
    ProductRoom room;
    const Index last = static_cast<Index>(inputs) - 1;
    if (node.has("form")) room.form = node.at("form").oneOf(productForms());
    if (node.has("x")) room.x = static_cast<int>(node.at("x").whole(-1, last));
    if (node.has("y")) room.y = static_cast<int>(node.at("y").whole(-1, last));
    const Method* method = findMethod(room.method, Kind::Product);
    if (node.has("method")) {
      const std::string id = node.at("method").string();
      method = findMethod(id, Kind::Product);
      if (method) {
        room.method = id;
      } else {
        notice("this version has no method {1}; {2} stands in its place", id, room.method);
      }
    }
    if (node.has("params") && method) params(node.at("params").object(), *method, room.params);
    if (node.has("pairs")) room.pairs = node.at("pairs").whole(1, Node::kMostIndex);
    if (node.has("trials")) room.trials = node.at("trials").whole(0, kMostTrials);
    if (node.has("seed")) room.seed = node.at("seed").seed();
    return room;
  }

  Budget budget(const Node& node) {
    if (node.json().size() != 1) node.refuse("one of rank, energy, tol, rule");
    if (node.has("rank")) return ByDial{node.at("rank").whole(1, Node::kMostIndex)};
    if (node.has("energy")) {
      const double share = node.at("energy").number(1, "a share above 0, at most 1");
      if (share == 0) node.at("energy").refuse("a share above 0, at most 1");
      return ByEnergy{share};
    }
    if (node.has("tol"))
      return ByTolerance{node.at("tol").number(std::numeric_limits<double>::max(), "a relative error from 0")};
    if (!node.has("rule")) node.refuse("one of rank, energy, tol, rule");
    const auto rule = rankRuleNamed(node.at("rule").string());
    if (!rule) node.at("rule").refuse("one of gavish-donoho, elbow, numerical");
    return ByRule{*rule};
  }

  // The text form of a value, which the parameter's own parser then checks.
  static std::optional<std::string> typed(const Json& json) {
    if (json.is_boolean()) return std::string(json.get<bool>() ? "true" : "false");
    if (json.is_string()) return json.get<std::string>();
    if (json.is_number_float()) return exact(json.get<double>());
    if (json.is_number()) return json.dump();
    if (!json.is_array()) return std::nullopt;
    std::string list;
    for (const Json& item : json) {
      if (!item.is_number()) return std::nullopt;
      list += (list.empty() ? "" : ",") + *typed(item);
    }
    return list;
  }

  void params(const Node& node, const Method& method, ParamValues& out) {
    for (const auto& [key, value] : node.json().items()) {
      const auto spec =
          std::find_if(method.params.begin(), method.params.end(), [&](const ParamSpec& s) { return s.name == key; });
      if (spec == method.params.end()) {
        notice("{1} has no parameter {2}; it is left out", method.id, key);
        continue;
      }
      const auto text = typed(value);
      if (!text) node.at(key).refuse("a flag, a number, a text or a list of numbers");
      if (const Result<ParamValue> parsed = parseValue(*spec, *text)) {
        out[key] = *parsed;
      } else {
        notice("parameter {1}: {2} is not allowed; the default stands in its place", key, *text);
      }
    }
  }

  void readView(const Node& node, std::map<std::string, std::string>& out) {
    for (const auto& [key, value] : node.json().items()) {
      const std::string set = node.at(key).string();
      const auto& keys = viewKeys();
      const auto known = std::find_if(keys.begin(), keys.end(), [&](const ViewKey& k) { return k.name == key; });
      if (known == keys.end()) {
        notice("view.{1} is not known to this version; it is kept", key);
      } else if (!allows(*known, set)) {
        notice("view.{1}: {2} is not allowed; the default stands in its place", key, set);
        continue;
      }
      out[key] = set;
    }
  }

  const std::string m_folder;
  std::vector<Text>& m_notices;
  InputContents* const m_contents;
};

Error notJson(const std::string& why) {
  return inputError("session", text("this is not JSON: {1}", why), "session files end with .rankscope");
}

Json parsed(const std::string& text) {
  if (text.size() > kMostSessionBytes) {
    throw Refused{inputError(
        "session", rankscope::text("it is larger than {1}", showBytes(static_cast<double>(kMostSessionBytes))))};
  }
  const auto boundedDepth = [](int depth, Json::parse_event_t, Json&) {
    if (depth > kMostDepth)
      throw Refused{inputError("session", rankscope::text("it is nested deeper than {1} levels", kMostDepth))};
    return true;
  };
  try {
    return Json::parse(text, boundedDepth);
  } catch (const Json::parse_error& error) {
    throw Refused{notJson(rankscope::text("error at byte {1}", static_cast<unsigned long>(error.byte)).str())};
  } catch (const Json::exception&) {  // a number beyond what a double holds
    throw Refused{notJson("a number is out of range")};
  }
}

}  // namespace

const std::vector<std::string>& productForms() {
  static const std::vector<std::string> forms = {"product", "identity", "gram"};
  return forms;
}

void dropOwn(ProductRoom& room) {
  room.params.erase("probabilities");
  const auto scheme = room.params.find("scheme");
  if (scheme != room.params.end() && scheme->second == ParamValue{std::string("own")}) room.params.erase(scheme);
}

Json toJson(const SessionState& state, const std::string& folder, const InputContents& contents) {
  Json inputs = Json::array();
  for (const InputSpec& spec : state.inputs) {
    Json item = {{"location", relativeTo(folder, spec.location)},
                 {"channel", spec.view.channel},
                 {"per_channel", spec.view.perChannel}};
    if (!spec.view.reshape.empty()) item["reshape"] = spec.view.reshape;
    if (!spec.view.complex.empty()) item["complex"] = spec.view.complex;
    if (!spec.view.nan.empty()) item["nan"] = spec.view.nan;
    if (const auto known = contents.find(spec); known != contents.end()) item["fingerprint"] = known->second.hex();
    inputs.push_back(item);
  }
  Json pins = Json::array();
  for (const Pin& pin : state.pins) {
    Json item = {{"label", pin.label}};
    item.update(toJson(pin.what));
    pins.push_back(item);
  }
  Json out = {{"format", "rankscope-session"},
              {"version", state.version},
              {"room", state.room},
              {"precision", state.precision == Precision::Float ? "float" : "double"},
              {"inputs", inputs},
              {"matrix", toJson(state.matrix)},
              {"product", toJson(state.product)},
              {"pins", pins},
              {"view", state.view}};
  if (!state.comparison.methods.empty()) out["compare"] = toJson(state.comparison);
  for (const auto& [place, value] : state.unknown) out[Json::json_pointer(place)] = Json::parse(value);
  return out;
}

Result<SessionState> sessionFromJson(const std::string& text, const std::string& folder, std::vector<Text>& notices,
                                     InputContents* contents) {
  try {
    const Json root = parsed(text);
    return Reading(folder, notices, contents).state(Node(root, {}));
  } catch (const Refused& refused) {
    return refused.error;
  }
}

}  // namespace rankscope
