// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/base/fingerprint.h"
#include "core/compute/compare.h"
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

/// What the Product room shows: X·Y of two inputs, or one input M (as `x`) with the unit matrix or with its transpose.
struct ProductRoom {
  std::string form = "product";  ///< product: X·Y · identity: M·I, whose pairs are M's columns · gram: Mᵀ·M, its rows
  int x = -1, y = -1;
  std::string method = "cr";
  ParamValues params;
  Index pairs = 12, trials = 1000;
  std::uint64_t seed = 0;
  bool operator==(const ProductRoom&) const = default;
};
const std::vector<std::string>& productForms();
/// Own probabilities are of the pairs of one product: with another one they go, and the scheme that uses them.
void dropOwn(ProductRoom& room);

/// A pin is a wish, not a result: recomputed or found in the cache.
struct Pin {
  MatrixRoom what;
  std::string label;
  bool operator==(const Pin&) const = default;
};

/// What "Compare methods" runs on the input of the room, with its seed; without methods: nothing.
struct Comparison {
  std::vector<ComparedMethod> methods;
  std::vector<Index> ranks;
  bool operator==(const Comparison&) const = default;
};

/// Everything the user wants, and nothing computed. A small value; copying it is an undo step.
struct SessionState {
  int version = 1;
  std::string room = "matrix";
  Precision precision = Precision::Double;
  std::vector<InputSpec> inputs;
  MatrixRoom matrix;
  ProductRoom product;
  std::vector<Pin> pins;
  Comparison comparison;
  /// tab, layout, scale, colour map, axes … Only what was set; viewKeys() lists the known ones, viewValue() reads them.
  std::map<std::string, std::string> view;
  /// Keys of the file that this version does not know, as JSON pointer and JSON text: written back as they were.
  std::map<std::string, std::string> unknown;
  bool operator==(const SessionState&) const = default;
};

/// One choice of view: its name, its value when it was not set, and what it may be.
struct ViewKey {
  enum Type { Choice, Number };
  std::string name;
  Type type = Choice;
  std::string fallback;
  std::vector<std::string> choices;  ///< of a Choice
  double min = 0, max = 0;           ///< of a Number, both included
  bool step = true;                  ///< false: pan and zoom, which are saved but are no undo steps
};
const std::vector<ViewKey>& viewKeys();
/// Whether `value` is one that the key may have.
bool allows(const ViewKey& key, const std::string& value);
/// What is set, else the fallback; empty for an unknown key.
std::string viewValue(const SessionState&, const std::string& key);
double viewNumber(const SessionState&, const std::string& key);
/// `state` with the pan and zoom of `from`: what an undo step restores leaves those alone.
SessionState withPanAndZoomOf(SessionState state, const SessionState& from);

/// What the inputs held when the session was saved, to tell later that a file has changed.
using InputContents = std::map<InputSpec, Fingerprint>;

/// {"format":"rankscope-session","version":1,…}. With a `folder` (absolute; that of the session file) the paths of
/// inputs are written relative to it when they lie below it, and absolute otherwise; without, as they are.
Json toJson(const SessionState&, const std::string& folder = {}, const InputContents& contents = {});
/// The reverse: relative paths are taken from `folder`. Unknown keys are kept; they, unknown methods, parameters and
/// choices of view that this version does not have, and values of them that are not allowed, are named in notices. An
/// Error (Input) names the key of anything else that is wrong; a newer version is refused with one line. The file may
/// be hostile: at most kMostSessionBytes, of bounded depth.
Result<SessionState> sessionFromJson(const std::string& text, const std::string& folder, std::vector<Text>& notices,
                                     InputContents* contents = nullptr);
constexpr std::size_t kMostSessionBytes = std::size_t{16} << 20;

/// The arguments of `rankscope-cli` that compute what the room in front shows ("Copy as command"), and back:
///   approx INPUT --method ID (--rank R | --energy E | --tol T | --rule gavish-donoho|elbow|numerical)
///     [--param name=value]… [--seed S] [--precision float] [--channel C] [--per-channel] [--reshape R] [--complex C]
///     [--nan N]
/// and of the Product room with two inputs (read alike; of one input there is no such line)
///   product X Y --method ID --rank PAIRS [--trials N] [--param name=value]… and the same from --seed on.
/// and with the tab of the pseudo-inverse in front
///   pinv INPUT [--rcond R | --ridge L] and the same from --precision on, but --per-channel.
/// A size that is no rank is --param NAME=SIZE. What has its default is left out; an input that starts with - stands
/// behind `--`. Only inputs, method, parameters, budget, trials, seed and precision travel: pins, muted layers and view
/// have no place on a command line. Empty without an input. fromArguments also takes what only says where results go
/// (--json, --quiet, --no-measure,
/// --threads N, --max-memory SIZE,
/// --out, --image, --plot) and leaves it out; everything else is an Error (Usage).
std::vector<std::string> toArguments(const SessionState&);
Result<SessionState> fromArguments(std::span<const std::string> arguments);
/// `compare INPUT --methods … --ranks …` of the comparison, with the same flags for input, seed and precision. Empty
/// without an input or a comparison.
std::vector<std::string> toCompareArguments(const SessionState&);
/// Arguments joined for a POSIX shell.
std::string shellQuoted(std::span<const std::string> arguments);

}  // namespace rankscope
