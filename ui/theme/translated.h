// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <span>

#include "core/base/result.h"

namespace rankscope::ui {

/// A text of the core in the language of the window: its pattern is translated (context "core"), then filled.
QString translated(const Text& text);
QStringList translated(std::span<const Text> texts);
/// The one line of an error: WHAT: WHY (HINT).
QString translated(const Error& error);

}  // namespace rankscope::ui
