// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/base/result.h"

namespace rankscope::ui {

/// A sentence of the core in the user's language: its pattern is translated first and filled afterwards.
QString shown(const Text& text);
/// "what: why" of a failure, on one line; the hint is a line of its own in hintOf().
QString shown(const Error& error);
QString hintOf(const Error& error);

}  // namespace rankscope::ui
