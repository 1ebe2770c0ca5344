// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>
#include <cstdlib>

#include "ui/window/application.h"

int main(int argc, char** argv) {
  const int code = rankscope::ui::runApplication(argc, argv);
  // A decomposition that was left behind may still run in LAPACK: it must not meet destructors of statics.
  std::fflush(nullptr);
  std::quick_exit(code);
}
