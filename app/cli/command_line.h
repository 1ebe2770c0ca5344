// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/cli/run.h"

namespace rankscope::cli {

/// A command line that was understood: a text to print (help, version), or a command to run.
struct CommandLine {
  std::unique_ptr<Options> options;  ///< in its own place: the parser and the action hold on to it
  std::optional<std::string> text;
  Action action;
};

/// Throws Refused for everything wrong with the arguments themselves.
CommandLine parseCommandLine(int argc, char** argv);

}  // namespace rankscope::cli
