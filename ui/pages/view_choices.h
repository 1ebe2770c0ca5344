// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "ui/canvas/canvas.h"
#include "ui/document/session.h"

class QMenu;

namespace rankscope::ui {

/// A submenu with what the view key may be, the value in force checked; a choice is one undo step called `title`.
void addViewChoices(QMenu* menu, Session& session, const QString& title, const std::string& key);
/// Pan and zoom as the session keeps them under `prefix` + zoom, centre-x, centre-y.
View keptView(const SessionState& state, const std::string& prefix);
void keepView(Session& session, const std::string& prefix, const View& view);

}  // namespace rankscope::ui
