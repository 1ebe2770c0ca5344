// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/context.h"
#include "core/io/input.h"

namespace CLI {
class App;
}

namespace rankscope::cli {

/// Thrown while the command line is read; main's one catch prints it.
struct Refused {
  Error error;
};

struct PlotWish {
  std::string name, path;
};

/// The flags that several commands share, checked as they are read. A command declares those that mean something to it.
struct Options {
  InputSpec input;
  bool json = false;
  bool quiet = false;
  std::string out, image;
  std::vector<PlotWish> plots;
  bool listPlots = false;  ///< --plot list
  bool figures = false;    ///< the command draws figures, which needs a QApplication
  std::uint64_t seed = 0;
  Precision precision = Precision::Double;
  int threads = 0;         ///< 0: all cores
  std::size_t memory = 0;  ///< 0: three quarters of what is free
};

/// --json --quiet --seed --threads --precision --max-memory: every command takes them.
void addCommonFlags(CLI::App& app, Options& options);
/// INPUT and --channel --reshape --complex --nan.
void addInput(CLI::App& app, Options& options);
void addPerChannel(CLI::App& app, Options& options);
void addOut(CLI::App& app, Options& options, const std::string& help);
void addPlots(CLI::App& app, Options& options);
void addImage(CLI::App& app, Options& options);

/// Throws Refused when no INPUT was given.
void requireInput(const Options& options);

/// Strict readers: the whole text is one finite number of the range, or Refused says what is allowed. `flag` is how the
/// user calls it. A whole number too large for 64 bits is taken as the largest one.
Index wholeNumber(const std::string& flag, std::string_view typed, Index least,
                  Index most = std::numeric_limits<Index>::max());
double realNumber(const std::string& flag, std::string_view typed, const std::string& allowed);
/// "512M", "2GiB", "1.5G", "100000": bytes; K, M, G, T are powers of 1024.
std::size_t byteSize(const std::string& flag, std::string_view typed);
/// Refuses a word that is none of `choices`.
void oneOf(const std::string& flag, const std::string& typed, const std::vector<std::string>& choices);
/// "a, b, c"
std::string listed(const std::vector<std::string>& words);

}  // namespace rankscope::cli
