// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
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

}  // namespace rankscope::cli
