// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "app/cli/options.h"
#include "app/cli/output.h"

namespace rankscope::cli {

/// What a command works with: the wish, the world, and what it has to say.
struct Run {
  const Options& options;
  const Formats& formats;
  const Context& context;
  Output output;
};

using Action = std::function<Result<Done>(Run&)>;

}  // namespace rankscope::cli
