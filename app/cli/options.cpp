// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/options.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <CLI/CLI.hpp>

namespace rankscope::cli {

namespace {

constexpr const char* kInputGroup = "Input";
constexpr const char* kOutputGroup = "Output";
constexpr const char* kComputingGroup = "Computing";
constexpr Index kMostThreads = 1024;

[[noreturn]] void refuse(const std::string& flag, Text why, Text hint = {}) {
  throw Refused{usageError(flag, std::move(why), std::move(hint))};
}

std::string inQuotes(std::string_view typed) { return "\"" + std::string(typed) + "\""; }

CLI::Option* valued(CLI::App& app, const std::string& name, const std::string& group, const std::string& help,
                    const std::string& placeholder, const std::function<void(const std::string&)>& take) {
  return app.add_option_function<std::string>(name, take, help)->type_name(placeholder)->group(group);
}

std::string named(const std::string& flag, const std::string& typed) {
  if (typed.empty()) refuse(flag, "the name is empty");
  return typed;
}

void takePlot(Options& options, const std::string& typed) {
  if (typed == "list") {
    options.listPlots = true;
    options.figures = true;
    return;
  }
  const std::size_t equals = typed.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == typed.size()) {
    refuse("--plot", text("{1} is not NAME=FILE", inQuotes(typed)),
           "--plot list names the plots; FILE ends in .svg, .pdf or .png");
  }
  options.plots.push_back({typed.substr(0, equals), typed.substr(equals + 1)});
  options.figures = true;
}

void checkReshape(const std::string& typed) {
  if (typed == "keep-first" || typed == "keep-last") return;
  const std::size_t comma = typed.find(',');
  if (comma == std::string::npos) {
    refuse("--reshape", text("{1} is not known", inQuotes(typed)), "allowed: keep-first, keep-last or N,M");
  }
  wholeNumber("--reshape", std::string_view(typed).substr(0, comma), 1);
  wholeNumber("--reshape", std::string_view(typed).substr(comma + 1), 1);
}

}  // namespace

std::string listed(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

void oneOf(const std::string& flag, const std::string& typed, const std::vector<std::string>& choices) {
  if (std::find(choices.begin(), choices.end(), typed) != choices.end()) return;
  refuse(flag, text("{1} is not known", inQuotes(typed)), text("allowed: {1}", listed(choices)));
}

Index wholeNumber(const std::string& flag, std::string_view typed, Index least, Index most) {
  Index value = 0;
  const char* const end = typed.data() + typed.size();
  const auto [stop, problem] = std::from_chars(typed.data(), end, value);
  if (problem == std::errc::result_out_of_range && stop == end && typed.front() != '-') value = most;
  const bool whole = stop == end && problem != std::errc::invalid_argument;
  if (!whole || value < least || value > most || (problem != std::errc{} && typed.front() == '-')) {
    const bool open = most == std::numeric_limits<Index>::max();
    refuse(flag, text("{1} is not allowed", inQuotes(typed)),
           open ? text("allowed: a whole number from {1}", least)
                : text("allowed: a whole number from {1} to {2}", least, most));
  }
  return value;
}

double realNumber(const std::string& flag, std::string_view typed, const std::string& allowed) {
  double value = 0;
  const char* const end = typed.data() + typed.size();
  const auto [stop, problem] = std::from_chars(typed.data(), end, value);
  if (stop != end || problem != std::errc{} || !std::isfinite(value)) {
    refuse(flag, text("{1} is not allowed", inQuotes(typed)), text("allowed: {1}", allowed));
  }
  return value;
}

std::size_t byteSize(const std::string& flag, std::string_view typed) {
  double value = 0;
  const char* const end = typed.data() + typed.size();
  const auto [stop, problem] = std::from_chars(typed.data(), end, value);
  const std::string_view unit(stop, static_cast<std::size_t>(end - stop));
  static constexpr std::string_view kUnits = "KMGT";
  const std::size_t power = unit.empty()
                                ? std::string_view::npos
                                : kUnits.find(static_cast<char>(std::toupper(static_cast<unsigned char>(unit[0]))));
  const std::string_view rest = power == std::string_view::npos ? unit : unit.substr(1);
  const bool known = rest.empty() || rest == "B" || (power != std::string_view::npos && rest == "iB");
  if (power != std::string_view::npos) value *= std::pow(1024.0, static_cast<double>(power) + 1);
  constexpr double kMost = 0x1p62;
  if (problem != std::errc{} || !known || !(value >= 1) || value > kMost) {
    refuse(flag, text("{1} is no size", inQuotes(typed)),
           "allowed: bytes, or a number with K, M, G or T, such as 512M or 2GiB");
  }
  return static_cast<std::size_t>(value);
}

void addCommonFlags(CLI::App& app, Options& options) {
  app.add_flag("--json", options.json, "one JSON document on standard output, nothing else there")->group(kOutputGroup);
  app.add_flag("--quiet", options.quiet, "no notes and no progress on standard error")->group(kOutputGroup);
  valued(app, "--seed", kComputingGroup, "seed of everything random (default 0)", "S",
         [&options](const std::string& typed) {
           const char* const end = typed.data() + typed.size();
           const auto [stop, problem] = std::from_chars(typed.data(), end, options.seed);
           if (stop != end || problem != std::errc{}) {
             refuse("--seed", text("{1} is not allowed", inQuotes(typed)),
                    text("allowed: a whole number from 0 to {1}", std::numeric_limits<std::uint64_t>::max()));
           }
         });
  valued(app, "--threads", kComputingGroup, "cores to use (default all)", "N", [&options](const std::string& typed) {
    options.threads = static_cast<int>(wholeNumber("--threads", typed, 1, kMostThreads));
  });
  valued(app, "--precision", kComputingGroup, "float or double (default); errors are always measured in double", "P",
         [&options](const std::string& typed) {
           oneOf("--precision", typed, {"float", "double"});
           options.precision = typed == "float" ? Precision::Float : Precision::Double;
         });
  valued(app, "--max-memory", kComputingGroup,
         "refuse beforehand what would need more, e.g. 2G (default three quarters of what is free)", "SIZE",
         [&options](const std::string& typed) { options.memory = byteSize("--max-memory", typed); });
}

void addInput(CLI::App& app, Options& options) {
  app.add_option("INPUT", options.input.location, "FILE, FILE::ENTRY, gallery:NAME[,key=value]... or sample:NAME")
      ->type_name(" ");
  ViewOptions& view = options.input.view;
  valued(app, "--channel", kInputGroup, "of a picture: rgb (default), luma, red, green, blue or alpha", "C",
         [&view](const std::string& typed) {
           oneOf("--channel", typed, {"rgb", "luma", "red", "green", "blue", "alpha"});
           view.channel = typed;
         });
  valued(app, "--reshape", kInputGroup, "arrays of 3 or more dimensions: keep-first, keep-last or N,M", "HOW",
         [&view](const std::string& typed) {
           checkReshape(typed);
           view.reshape = typed;
         });
  valued(app, "--complex", kInputGroup, "turn complex numbers real: abs, real, imag or stack", "HOW",
         [&view](const std::string& typed) {
           oneOf("--complex", typed, {"abs", "real", "imag", "stack"});
           view.complex = typed;
         });
  valued(app, "--nan", kInputGroup, "replace NaN and infinity: zero or mean", "HOW", [&view](const std::string& typed) {
    oneOf("--nan", typed, {"zero", "mean"});
    view.nan = typed;
  });
}

void addPerChannel(CLI::App& app, Options& options) {
  app.add_flag("--per-channel", options.input.view.perChannel, "a colour picture as three matrices instead of one")
      ->group(kInputGroup);
}

void addOut(CLI::App& app, Options& options, const std::string& help) {
  valued(app, "--out", kOutputGroup, help, "FILE",
         [&options](const std::string& typed) { options.out = named("--out", typed); });
}

void addPlots(CLI::App& app, Options& options) {
  app.add_option_function<std::vector<std::string>>(
         "--plot",
         [&options](const std::vector<std::string>& typed) {
           for (const std::string& one : typed) takePlot(options, one);
         },
         "write a plot (.svg .pdf .png); may be repeated; --plot list names them")
      ->type_name("NAME=FILE")
      ->allow_extra_args(false)
      ->group(kOutputGroup);
}

void addImage(CLI::App& app, Options& options) {
  valued(app, "--image", kOutputGroup, "write the approximation as a picture", "FILE",
         [&options](const std::string& typed) { options.image = named("--image", typed); });
}

void requireInput(const Options& options) {
  if (!options.input.location.empty()) return;
  refuse("INPUT", "missing", "a file, FILE::ENTRY, gallery:NAME or sample:NAME");
}

}  // namespace rankscope::cli
