// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/cli/run.h"

namespace rankscope::cli {

/// One command: `declare` adds its flags to its own parser and returns what it does, which runs after parsing.
struct Command {
  std::string name, help;
  Action (*declare)(CLI::App& app, Options& options);
};

Action declareInfo(CLI::App& app, Options& options);
Action declareSpectrum(CLI::App& app, Options& options);
Action declareApprox(CLI::App& app, Options& options);
Action declareProduct(CLI::App& app, Options& options);
Action declareCompare(CLI::App& app, Options& options);
Action declarePinv(CLI::App& app, Options& options);
Action declareMethods(CLI::App& app, Options& options);
Action declareGallery(CLI::App& app, Options& options);
Action declareConvert(CLI::App& app, Options& options);
Action declareDemo(CLI::App& app, Options& options);

/// All commands, in the order of the help.
inline const std::vector<Command>& commands() {
  static const std::vector<Command> all = {
      {"info", "shape, type, norms and non-finite entries of an input", declareInfo},
      {"spectrum", "singular values and the ranks read from them", declareSpectrum},
      {"approx", "one approximation with its errors", declareApprox},
      {"product", "a product from some of its column-row pairs, with the error to expect", declareProduct},
      {"compare", "several methods over a grid of ranks, beside the optimum", declareCompare},
      {"pinv", "the pseudo-inverse with its Penrose residuals", declarePinv},
      {"methods", "the methods and their parameters", declareMethods},
      {"gallery", "the generated matrices and their parameters", declareGallery},
      {"convert", "read any format, write another", declareConvert},
      {"demo", "approximates a photograph and a matrix at several ranks; writes figures, factors and a table",
       declareDemo},
  };
  return all;
}

}  // namespace rankscope::cli
