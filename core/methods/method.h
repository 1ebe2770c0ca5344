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

/// What is to be approximated: X. perChannel: each colour channel of a picture by itself.
struct Problem {
  MatrixPtr X;
  bool perChannel = false;
};

enum class Kind { Matrix, Product };
std::string name(Kind kind);

/// A method is a value. To add one: its file in core/methods, its line in registry.cpp, its page, its test.
struct Method {
  std::string id, title, help, reference;
  Kind kind = Kind::Matrix;
  Access access = Access::Entries;
  bool complex = false;      ///< accepts complex input
  bool random = false;       ///< draws numbers: the seed is part of the cache key
  bool spectrumToo = false;  ///< at full dial its first diagnostic is the exact complete spectrum (svd)
  Dial dial;
  std::vector<ParamSpec> params;
  /// Asked before anything is allocated.
  std::function<Cost(const ParamScope&)> cost;
  /// X is one matrix (a channel, or the joint one); it has been checked finite and non-empty. dial is in 1…max.
  /// params are resolved. Sets everything of Approximation but `seconds`, which the engine measures.
  std::function<Result<Approximation>(const AnyMatrix& X, Index dial, const ParamValues& params,
                                      const Context& context)>
      run;
};

/// All methods, in the order of the registry.
const std::vector<Method>& methods();
const Method* findMethod(std::string_view id);
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
