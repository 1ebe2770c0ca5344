// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/io/input.h"
#include "core/methods/params.h"

namespace rankscope {

/// What the Matrix room shows: an index into the session's inputs (−1: none) and the wish.
struct MatrixRoom {
  int input = -1;
  std::string method = "svd";
  ParamValues params;
  Budget budget = ByDial{20};
  std::uint64_t seed = 0;
  std::vector<Index> muted;  ///< rank-one layers, 0-based, ascending
  bool operator==(const MatrixRoom&) const = default;
};

/// A pin is a wish, not a result: recomputed or found in the cache.
struct Pin {
  MatrixRoom what;
  std::string label;
  bool operator==(const Pin&) const = default;
};

/// Everything the user wants, and nothing computed. A small value; copying it is an undo step.
struct SessionState {
  int version = 1;
  std::string room = "matrix";
  Precision precision = Precision::Double;
  std::vector<InputSpec> inputs;
  MatrixRoom matrix;
  std::vector<Pin> pins;
  /// tab, layout, scale, colour map, axes … Only what was set; viewKeys() lists the known ones, viewValue() reads them.
  std::map<std::string, std::string> view;
  /// Keys of the file that this version does not know, as JSON pointer and JSON text: written back as they were.
  std::map<std::string, std::string> unknown;
  bool operator==(const SessionState&) const = default;
};

/// One choice of view: its name, its value when it was not set, and what it may be.
struct ViewKey {
  enum Type { Choice, Number, Text };
  std::string name;
  Type type = Choice;
  std::string fallback;
  std::vector<std::string> choices;  ///< of a Choice
  double min = 0, max = 0;           ///< of a Number, both included
  bool step = true;                  ///< false: pan and zoom, which are saved but are no undo steps
};
const std::vector<ViewKey>& viewKeys();
/// What is set, else the fallback; empty for an unknown key.
std::string viewValue(const SessionState&, const std::string& key);
double viewNumber(const SessionState&, const std::string& key);
/// `state` with the pan and zoom of `from`: what an undo step restores leaves those alone.
SessionState withPanAndZoomOf(SessionState state, const SessionState& from);

/// {"format":"rankscope-session","version":1,…}. Input paths are written relative to `folder` when they lie below it.
Json toJson(const SessionState&, const std::string& folder = {});
/// Never fails on unknown keys (a notice names them); a newer version is refused with one line; values are validated.
Result<SessionState> sessionFromJson(const std::string& text, const std::string& folder, std::vector<Text>& notices);

/// The arguments of `rankscope-cli` that compute what the room in front shows ("Copy as command"), and back.
std::vector<std::string> toArguments(const SessionState&);
Result<SessionState> fromArguments(std::span<const std::string> arguments);
/// Arguments joined for a POSIX shell.
std::string shellQuoted(std::span<const std::string> arguments);

}  // namespace rankscope
