// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "app/cli/output.h"
#include "core/methods/params.h"

namespace rankscope::cli {

/// Parameters for people: name, type, default, what is allowed, help.
Row paramHeader();
std::vector<Row> paramRows(std::span<const ParamSpec> specs);

}  // namespace rankscope::cli
