// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"

#include <algorithm>
#include <map>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"

namespace rankscope::cli {

namespace {

constexpr const char* kProgram = "rankscope-cli";
constexpr const char* kRootFooter =
    "\nINPUT is a file (.npy .npz .csv .tsv .txt or a picture), FILE::ENTRY of a container, "
    "gallery:NAME[,key=value]...\n"
    "or sample:NAME. `rankscope-cli COMMAND --help` explains a command.\n"
    "\nExit codes: 0 done, 2 wrong usage, 3 the input can't be read or does not suit, 4 the computation failed,\n"
    "5 the output can't be written, 130 interrupted.";

std::string commandNames() {
  std::vector<std::string> names;
  for (const Command& command : commands()) names.push_back(command.name);
  return listed(names);
}

[[noreturn]] void refuse(const std::string& what, Text why, Text hint) {
  throw Refused{usageError(what, std::move(why), std::move(hint))};
}

Text helpHint(const CLI::App* command) {
  return text("see {1}{2} --help", kProgram, command ? " " + command->get_name() : std::string());
}

/// Flags that one command takes, for the message about one it does not.
std::string flagsOf(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional() && !option->get_group().empty()) names.push_back(option->get_name());
  }
  return listed(names);
}

void refuseExtras(const CLI::App& root, const CLI::App* command) {
  std::vector<std::string> extras = root.remaining(true);
  extras.erase(std::remove(extras.begin(), extras.end(), "--"), extras.end());  // a mark, no argument
  if (extras.empty()) {
    if (!command) refuse("COMMAND", "missing", text("one of {1}; --help explains", commandNames()));
    return;
  }
  const std::string first = extras.front().empty() ? "\"\"" : extras.front();
  const bool flag = first.size() > 1 && first.front() == '-';
  if (!command) {
    if (flag) refuse(first, "no such flag before a command", text("a command comes first: {1}", commandNames()));
    refuse(first, "no such command", text("there are {1}", commandNames()));
  }
  if (flag) refuse(first, text("{1} has no such flag", command->get_name()), text("it takes {1}", flagsOf(*command)));
  refuse(first, text("one argument too many for {1}", command->get_name()), helpHint(command));
}

std::string firstSentence(const std::string& message) { return message.substr(0, message.find('\n')); }

}  // namespace

CommandLine parseCommandLine(int argc, char** argv) {
  CommandLine line{.options = std::make_unique<Options>(), .text = {}, .action = {}};
  CLI::App root("Low-rank and structured approximation of matrices and pictures.", kProgram);
  root.set_help_flag("-h,--help", "what this does and takes");
  root.set_version_flag("--version", std::string(kProgram) + " " + RANKSCOPE_VERSION, "the version");
  root.footer(kRootFooter);
  root.get_formatter()->label("SUBCOMMAND", "COMMAND");
  root.get_formatter()->label("Subcommands", "Commands");
  root.require_subcommand(0, 1);
  root.allow_extras();

  // The common flags may also stand before the command; its own help lists them.
  addCommonFlags(root, *line.options);
  std::map<const CLI::App*, Action> actions;
  for (const Command& command : commands()) {
    CLI::App* app = root.add_subcommand(command.name, command.help);
    app->allow_extras();
    app->footer("");
    actions[app] = command.declare(*app, *line.options);
    addCommonFlags(*app, *line.options);
  }

  const auto chosen = [&root]() -> const CLI::App* {
    const auto parsed = root.get_subcommands();
    return parsed.empty() ? nullptr : parsed.front();
  };
  try {
    root.parse(argc, argv);
    refuseExtras(root, chosen());
    line.action = actions.at(chosen());
  } catch (const CLI::CallForHelp&) {
    const CLI::App* command = chosen();
    if (!command && !root.remaining(true).empty()) refuseExtras(root, command);  // "nosuch --help"
    line.text = command ? command->help(kProgram) : root.help();
  } catch (const CLI::CallForVersion& version) {
    line.text = std::string(version.what()) + "\n";
  } catch (const CLI::ArgumentMismatch& problem) {
    // "--rank: 1 required R missing" or "--rank: At Most 1 required but received 2"
    const std::string message = firstSentence(problem.what());
    const std::string flag = message.substr(0, message.find(':'));
    refuse(flag, message.find("missing") != std::string::npos ? "a value is missing" : "given more than once",
           helpHint(chosen()));
  } catch (const CLI::ParseError& problem) {
    const CLI::App* command = chosen();
    refuse(command ? command->get_name() : kProgram, firstSentence(problem.what()), helpHint(command));
  }
  return line;
}

}  // namespace rankscope::cli
