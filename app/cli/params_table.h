// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "app/cli/output.h"
#include "core/methods/method.h"

namespace rankscope::cli {

/// Parameters for people: name, type, default, what is allowed, help.
Row paramHeader();
std::vector<Row> paramRows(std::span<const ParamSpec> specs);
/// A method with its parameters, for --method ID --help.
std::string methodHelp(const Method& method);
/// A parameter of a method as typed. Error (Usage): which there are, or what it may be.
Result<ParamValue> typedParam(const Method& method, const std::string& key, const std::string& value);

/// All that was typed as --param NAME=VALUE. A measure of size may be given as a parameter too.
struct TypedParams {
  ParamValues values;
  std::vector<Index> sizes;
};
/// `take`, where given, may keep a pair to itself (and answer true). Error (Usage): no pair, twice the same, or as
/// typedParam.
Result<TypedParams> typedParams(const std::string& command, const Method& method, const std::vector<std::string>& typed,
                                const std::function<bool(const std::string& key, const std::string& value)>& take = {});

}  // namespace rankscope::cli
