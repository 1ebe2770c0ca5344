// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/window_style.h"

#include <utility>
#include <vector>

namespace rankscope::ui {
namespace {

const char* const kSheet = R"(
#topBar { background: @panel; border: none; border-bottom: 1px solid @line; }
#statusStrip { background: @panel; border: none; border-top: 1px solid @line; }
#rail { background: @panel; border: none; border-right: 1px solid @line; }
#inputsPanel { background: @panel; border: none; }
#sidePanel { background: @panel; border: none; }
#acrossSplitter::handle:horizontal { background: @line; width: 1px; }
QFrame[role="divider"] { background: @line; border: none; }
QListView::indicator { width: 14px; height: 14px; border: 1px solid @muted; border-radius: 4px; background: @panel; }
QListView::indicator:checked { background: @accent; border-color: @accent; image: url(:/theme/check-@name.svg); }
QLabel[role="keys"] { color: @muted; }
QPushButton[menu="true"]::menu-indicator { image: none; width: 0px; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: @muted; font-size: 11px; padding: 2px 5px; min-height: 14px; }
QPushButton[role="link"]:hover { color: @accent; background: transparent; }
QPushButton[role="link"]:focus { color: @accent; border: 1px solid @accent; padding: 2px 5px; }
QPushButton[role="link"]:disabled { color: @faint; }
QLineEdit[role="quiet"] { background: transparent; border: 1px solid transparent; padding: 1px 0px 1px 6px; min-height: 16px; }
QLineEdit[role="quiet"]:hover { border: 1px solid @line; }
QLineEdit[role="quiet"]:focus { border: 2px solid @accent; padding: 0px 0px 0px 5px; }
QComboBox[role="quiet"] { background: transparent; border: 1px solid transparent; padding: 1px 20px 1px 6px; min-height: 16px; }
QComboBox[role="quiet"]:hover { border: 1px solid @line; }
QComboBox[role="quiet"]:focus { border: 2px solid @accent; padding: 0px 19px 0px 5px; }
#banner { border-radius: 8px; border: 1px solid @line; background: @panel; }
#banner[tone="error"] { border-color: @error; background: @errorSoft; }
#banner[tone="question"] { border-color: @warm; background: @warmSoft; }
#dropHint { border: 2px dashed @accent; border-radius: 12px; background: @veil; font-size: 20px; font-weight: 600; color: @accent; }
)";

}  // namespace

QString windowStyle(const Theme& t) {
  const QColor error = t.dark ? QColor(0xf8, 0x71, 0x71) : QColor(0xb2, 0x18, 0x2b);
  // Longer names stand before the shorter ones they begin with.
  const std::vector<std::pair<const char*, QString>> tokens = {
      {"@errorSoft", mixed(t.panel, error, 0.07).name()},
      {"@error", mixed(t.panel, error, 0.55).name()},
      {"@warmSoft", mixed(t.panel, t.warm, 0.07).name()},
      {"@warm", mixed(t.panel, t.warm, 0.55).name()},
      {"@veil", QStringLiteral("rgba(%1, %2, %3, 215)").arg(t.panel.red()).arg(t.panel.green()).arg(t.panel.blue())},
      {"@panel", t.panel.name()},
      {"@line", t.line.name()},
      {"@muted", t.muted.name()},
      {"@faint", mixed(t.panel, t.muted, 0.55).name()},
      {"@accent", t.accent.name()},
      {"@name", QString::fromLatin1(t.dark ? "dark" : "light")},
  };
  QString sheet = QString::fromLatin1(kSheet);
  for (const auto& token : tokens) sheet.replace(QLatin1String(token.first), token.second);
  return sheet;
}

}  // namespace rankscope::ui
