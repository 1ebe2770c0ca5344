// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "ui/theme/theme.h"

namespace rankscope::ui {

/// What only the window has, beside the application's style sheet: bars, rail, banner, links, quiet editors.
QString windowStyle(const Theme& theme);

}  // namespace rankscope::ui
