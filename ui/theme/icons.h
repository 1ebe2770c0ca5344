// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QString>

namespace rankscope::ui {

enum class IconTone { Text, Muted, Accent, OnAccent };

/// The line icon resources/icons/NAME.svg in the colours of the theme in force: drawn when it is shown, so it follows a
/// change of theme and the screen's resolution. Disabled is faint; checked (QIcon::On) takes the accent, except
/// OnAccent. An unknown name is a caller's mistake: it throws std::invalid_argument.
QIcon icon(const QString& name, IconTone tone = IconTone::Text);

}  // namespace rankscope::ui
