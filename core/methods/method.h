// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/linalg/any_matrix.h"
#include "core/methods/approximation.h"
#include "core/methods/params.h"

namespace rankscope {

/// What is to be approximated: X, or the product X·Y when Y is set. perChannel: each colour channel of a picture by
/// itself.
struct Problem {
  MatrixPtr X, Y;
  bool perChannel = false;
  MatrixPtr product;  ///< X·Y where it is known already (core/methods/product.h); formed by the method where it is not
};

enum class Kind { Matrix, Product };
std::string name(Kind kind);

/// A method is a value. To add one: its file in core/methods, its line in registry.cpp, its page, its test.
struct Method {
  std::string id, title, help, reference;
  Kind kind = Kind::Matrix;
  Access access = Access::Entries;
  bool complex = false;                ///< accepts complex input
  bool random = false;                 ///< draws numbers: the seed is part of the cache key
  std::optional<OnlyIf> randomOnlyIf;  ///< … but only with these values of a parameter; see draws()
  bool spectrumToo = false;            ///< at full dial its first diagnostic is the exact complete spectrum (svd)
  /// It works a tolerance out by itself (qb): ByTolerance becomes its parameter `tol`, and ByDial sets that to 0.
  bool ownTolerance = false;
  Dial dial;
  std::vector<ParamSpec> params;
  /// Asked before anything is allocated.
  std::function<Cost(const ParamScope&)> cost;
  /// X is one matrix (a channel, or the joint one), Y set for Kind::Product only; they have been checked finite and
  /// non-empty. dial is in 1…max. params are resolved. Sets everything of Approximation but `seconds`, which the engine
  /// measures.
  std::function<Result<Approximation>(const Problem& problem, Index dial, const ParamValues& params,
                                      const Context& context)>
      run;
  /// Repeats a random product method n times, trial t on the stream ("trial", t); publishes growing results about
  /// every 50 ms. Empty where nothing is random.
  std::function<Result<Trials>(const Problem& problem, Index dial, const ParamValues& params, Index n,
                               const Context& context, const std::function<void(const Trials&)>& soFar)>
      trials;
};

/// All methods, in the order of the registry.
const std::vector<Method>& methods();
/// The one with this id; `svd` is there for both kinds.
const Method* findMethod(std::string_view id, Kind kind = Kind::Matrix);
/// Whether a method draws numbers with these parameters (given or resolved), so that its seed matters.
bool draws(const Method& method, const ParamValues& params);
/// The largest dial of a method for a problem. dial.max() sees the rows and columns of X, and of a product X·Y its
/// inner side and the smaller of its outer sides.
Index maxDial(const Method& method, const Problem& problem, const ParamValues& params);
/// The ids of one kind, in the order of the registry.
std::vector<std::string> methodIds(Kind kind);
/// {"methods":[…]} of the command line.
Json methodsJson();

/// The switch from run-time to compile-time scalar: f.template operator()<T>(), which returns a Result. Refuses float
/// where its range ends.
template <class F>
auto inPrecision(const Context& context, const AnyMatrix& X, F f) -> decltype(f.template operator()<double>()) {
  if (X.isComplex()) return f.template operator()<Complex>();
  if (context.precision == Precision::Float) {
    if (auto refused = refuseBeyondFloat(X)) return *refused;
    return f.template operator()<float>();
  }
  return f.template operator()<double>();
}

}  // namespace rankscope
