// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/method.h"
#include "ui/theme/theme.h"

namespace rankscope::ui {

int methodColour(const std::string& methodId) {
  int index = 1;
  for (const Method& method : methods()) {
    if (method.id == methodId) return index;
    ++index;
  }
  return 0;
}

}  // namespace rankscope::ui
