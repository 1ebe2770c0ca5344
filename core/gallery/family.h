// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "core/gallery/gallery.h"

/// What the families of generators share. The registry joins them.
namespace rankscope::gallery {

std::vector<Generator> randomFamily();      ///< drawn entries, prescribed rank or spectrum
std::vector<Generator> classicFamily();     ///< the textbook's ill-conditioned and structured matrices
std::vector<Generator> transformFamily();   ///< orthogonal transforms
std::vector<Generator> structuredFamily();  ///< permutations, blocks, products, kernels

constexpr Index kMaxSize = 16384;

ParamSpec integerSpec(std::string name, std::string title, std::string help, Index fallback, Index min, Index max);
ParamSpec numberSpec(std::string name, std::string title, std::string help, double fallback, double min, double max);
ParamSpec choiceSpec(std::string name, std::string title, std::string help, std::vector<std::string> choices);
ParamSpec rowsSpec(Index fallback = 256);
/// m, which is n unless given. `rows` is the default of n.
ParamSpec colsSpec(Index rows = 256);
ParamSpec orderSpec(Index fallback = 256, Index max = kMaxSize);
ParamSpec seedSpec();
/// The same knob, there only while `param` has one of these values.
ParamSpec onlyIf(ParamSpec spec, std::string param, std::vector<std::string> values);

inline Index integer(const ParamValues& params, const char* name) { return std::get<Index>(params.at(name)); }
inline double real(const ParamValues& params, const char* name) { return std::get<double>(params.at(name)); }
inline const std::string& choice(const ParamValues& params, const char* name) {
  return std::get<std::string>(params.at(name));
}
inline std::uint64_t seedOf(const ParamValues& params) { return static_cast<std::uint64_t>(integer(params, "seed")); }

/// Bytes of an n×m (or n×n) matrix of doubles.
double denseBytes(const ParamValues& params);

/// "parameter NAME: VALUE is not allowed (HINT)"
Error refuseParam(const std::string& name, Index value, Text hint);

/// entry(i, j) for all i, j, in parallel by column.
template <class F>
Matrix<double> filled(Index rows, Index cols, const Context& context, F entry) {
  Matrix<double> out(rows, cols);
  parallelFor(context, cols, [&](Index j) {
    for (Index i = 0; i < rows; ++i) out(i, j) = entry(i, j);
  });
  return out;
}

/// entry(stream) for all entries; each column has a stream of its own, so that threads change no bit.
template <class F>
Matrix<double> drawn(Index rows, Index cols, std::uint64_t seed, std::string_view draw, const Context& context,
                     F entry) {
  Matrix<double> out(rows, cols);
  parallelFor(context, cols, [&](Index j) {
    Random stream(seed, draw, static_cast<std::uint64_t>(j));
    for (Index i = 0; i < rows; ++i) out(i, j) = entry(stream);
  });
  return out;
}

inline Matrix<double> gaussian(Index rows, Index cols, std::uint64_t seed, std::string_view draw,
                               const Context& context) {
  return drawn(rows, cols, seed, draw, context, [](Random& stream) { return stream.normal(); });
}

/// A uniformly random permutation of 0 … n − 1 (Fisher–Yates).
std::vector<Index> randomPermutation(Index n, Random stream);

}  // namespace rankscope::gallery
