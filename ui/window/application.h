// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace rankscope::ui {

/// The program `rankscope`: reads the arguments, opens the window, runs until it is closed. Returns the exit code: 0, 2
/// wrong usage, 3 the input can't be read, 4 the computation failed (3 and 4 with --screenshot, else they stand in the
/// window), 5 the screenshot can't be written.
int runApplication(int argc, char** argv);

}  // namespace rankscope::ui
