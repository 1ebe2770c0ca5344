// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/params_table.h"
#include "core/methods/method.h"

namespace rankscope::cli {

Action declareMethods(CLI::App&, Options&) {
  return [](Run& run) -> Result<Done> {
    run.output.document = methodsJson();
    for (const Method& method : methods()) {
      if (&method != &methods().front()) run.output.line();
      run.output.line(method.id + "  " + method.title);
      run.output.line("  " + method.help);
      run.output.line("  approximates a " + name(method.kind) + ", size by " + method.dial.name + "; " +
                      method.reference);
      if (method.params.empty()) continue;
      run.output.line();
      run.output.table(paramHeader(), paramRows(method.params));
    }
    return Done{};
  };
}

}  // namespace rankscope::cli
