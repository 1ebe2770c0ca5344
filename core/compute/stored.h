// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/compute/analysis.h"
#include "core/io/input.h"

namespace rankscope {

/// The factors of all parts, cut to their dials, under the names they have in files: U, s, Vt, or U_red, s_red, …
std::vector<Factor> namedFactors(const Analysis& analysis);
/// The same with what else a file holds (storedAt): the indices chosen, the probabilities of pairs.
std::vector<Factor> storedFactors(const Analysis& analysis);
/// They stay where they are: the arrays point at them.
std::vector<NamedArray> arraysOf(const std::vector<Factor>& factors);

/// What is stored beside factors: input, method, parameters, rank, error, seed, version.
std::map<std::string, std::string> aboutOf(const Analysis& analysis, const ParamValues& resolved,
                                           const std::string& input);
/// What a product is called there. `form`: product (of two inputs), identity or gram (of the left one alone).
std::string titleOfProduct(const std::string& left, const std::string& right, const std::string& form);

}  // namespace rankscope
