// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "ui/theme/theme.h"

namespace rankscope::ui {

/// The application's style sheet in a theme's colours; applyTheme sets it.
QString styleSheetOf(const Theme& theme);

}  // namespace rankscope::ui
