// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style_sheet.h"

#include <utility>
#include <vector>

namespace rankscope::ui {
namespace {

// Names after @ are the tokens of the theme. Where a focus ring of 2 px takes the place of a line of 1 px, the padding
// gives the pixel back, so that nothing moves.
const char* const kSheet = R"(
QMainWindow, QDialog { background: @background; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QWidget[panel="true"], QWidget[rail="true"] { background: @panel; }
QFrame[card="true"] { background: @panel; border: 1px solid @line; border-radius: 8px; }
QFrame[frameShape="4"], QFrame[frameShape="5"] { border: none; background: @line; max-height: 1px; }
QFrame[frameShape="5"] { max-height: 16777215px; max-width: 1px; }

QLabel { background: transparent; }
QLabel[role="section"] { font-size: 11px; font-weight: 600; color: @muted; }
QLabel[role="muted"] { color: @muted; font-size: 11px; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="title"] { font-size: 15px; font-weight: 600; }
QLabel[role="big"] { font-size: 26px; font-weight: 600; }
QLabel[role="warning"] { color: @warm; }
QLabel[role="error"] { color: @error; }

QPushButton { background: @panel; border: 1px solid @line; border-radius: 6px; padding: 5px 11px; min-height: 16px; }
QPushButton:hover { background: @hover; }
QPushButton:pressed, QPushButton:checked { background: @pressed; }
QPushButton:focus { border: 2px solid @accent; padding: 4px 10px; }
QPushButton:disabled { background: @panel; color: @faint; }
QPushButton::menu-indicator { image: url(:/theme/down-@name.svg); subcontrol-position: right center; right: 8px; width: 12px; }
QPushButton[primary="true"] { background: @accent; color: @onAccent; border: 1px solid @accent; font-weight: 600; }
QPushButton[primary="true"]:hover { background: @accentHover; border-color: @accentHover; }
QPushButton[primary="true"]:pressed { background: @accentPressed; border-color: @accentPressed; }
QPushButton[primary="true"]:focus { border: 2px solid @text; padding: 4px 10px; }
QPushButton[primary="true"]:disabled { background: @line; border-color: @line; color: @faint; }
QPushButton:flat { background: transparent; border: 1px solid transparent; }
QPushButton:flat:hover { background: @hover; }
QPushButton:flat:pressed { background: @pressed; }
QPushButton:flat:focus { border: 2px solid @accent; padding: 4px 10px; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 3px; }
QToolButton:hover { background: @hover; }
QToolButton:pressed { background: @pressed; }
QToolButton:checked { background: @chosen; color: @accent; }
QToolButton:focus { border: 2px solid @accent; padding: 2px; }
QToolButton:disabled { color: @faint; }
QToolButton::menu-indicator { image: none; }
QToolButton[popupMode="1"] { padding-right: 16px; }
QToolButton[popupMode="1"]:focus { padding-right: 15px; }
QToolButton::menu-button { border: none; width: 14px; }
QToolButton::menu-arrow { image: url(:/theme/down-@name.svg); width: 10px; height: 10px; }
QWidget[rail="true"] QToolButton { font-size: 10px; color: @muted; padding: 6px 2px; border-radius: 8px; }
QWidget[rail="true"] QToolButton:checked { color: @accent; background: @chosen; }

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit, QTextEdit, QTextBrowser {
  background: @field; border: 1px solid @line; border-radius: 6px; padding: 4px 7px; min-height: 18px;
  selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:hover, QSpinBox:hover, QDoubleSpinBox:hover, QComboBox:hover { border-color: @lineStrong; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QComboBox:on, QPlainTextEdit:focus, QTextEdit:focus {
  border: 2px solid @accent; padding: 3px 6px; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled { background: @background; color: @faint; }
QLineEdit[invalid="true"], QSpinBox[invalid="true"], QDoubleSpinBox[invalid="true"] { border-color: @error; }
QSpinBox, QDoubleSpinBox { padding-right: 4px; }
QSpinBox:focus, QDoubleSpinBox:focus { padding-right: 3px; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; width: 18px;
  border: none; background: transparent; margin: 2px 2px 0 0; border-top-right-radius: 4px; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; width: 18px;
  border: none; background: transparent; margin: 0 2px 2px 0; border-bottom-right-radius: 4px; }
QSpinBox::up-button:hover, QSpinBox::down-button:hover, QDoubleSpinBox::up-button:hover, QDoubleSpinBox::down-button:hover {
  background: @hover; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url(:/theme/up-@name.svg); width: 10px; height: 10px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url(:/theme/down-@name.svg); width: 10px; height: 10px; }
QComboBox { padding-right: 22px; combobox-popup: 0; }
QComboBox:focus, QComboBox:on { padding-right: 21px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url(:/theme/down-@name.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @panel; border: 1px solid @line; border-radius: 6px; padding: 4px; outline: none; }

QCheckBox, QRadioButton { spacing: 7px; background: transparent; border: 2px solid transparent; border-radius: 5px; padding: 1px; }
QCheckBox:focus, QRadioButton:focus { border-color: @accent; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @lineStrong; background: @field; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: @accent; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(:/theme/check-@name.svg); }
QRadioButton::indicator:checked { background: @accent; border-color: @accent; image: url(:/theme/dot-@name.svg); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: @background; border-color: @line; }
QCheckBox::indicator:checked:disabled, QRadioButton::indicator:checked:disabled { background: @lineStrong; border-color: @lineStrong; }

QSlider { background: transparent; border: 2px solid transparent; border-radius: 6px; }
QSlider:focus { border-color: @accentSoft; }
QSlider:horizontal { min-height: 20px; }
QSlider:vertical { min-width: 20px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @track; }
QSlider::groove:vertical { width: 4px; border-radius: 2px; background: @track; }
QSlider::sub-page:horizontal { background: @accent; border-radius: 2px; }
QSlider::add-page:vertical { background: @accent; border-radius: 2px; }
QSlider::handle:horizontal { width: 10px; height: 10px; margin: -5px 0; border: 2px solid @accent; border-radius: 7px; background: @panel; }
QSlider::handle:vertical { width: 10px; height: 10px; margin: 0 -5px; border: 2px solid @accent; border-radius: 7px; background: @panel; }
QSlider::handle:hover { background: @accentSoft; }
QSlider::handle:pressed { background: @accent; }
QSlider::sub-page:horizontal:disabled, QSlider::add-page:vertical:disabled { background: @lineStrong; }
QSlider::handle:disabled { border-color: @lineStrong; }

QTabWidget::pane { border: none; border-top: 1px solid @line; top: -1px; background: transparent; }
QTabBar { background: transparent; border: none; qproperty-drawBase: 0; qproperty-expanding: 0; }
QTabBar::tab { background: transparent; border: none; border-bottom: 2px solid transparent; color: @muted; padding: 8px 1px 7px 1px;
  margin-right: 18px; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { color: @text; font-weight: 600; border-bottom: 2px solid @accent; }
QTabBar::tab:focus { color: @accent; }
QTabBar::tab:disabled { color: @faint; }

QMenuBar { background: @panel; border-bottom: 1px solid @line; padding: 2px 6px; }
QMenuBar::item { background: transparent; padding: 4px 8px; border-radius: 6px; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @panel; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 5px 26px 5px 10px; border-radius: 4px; }
QMenu::item:selected { background: @chosen; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @line; margin: 4px 6px; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 12px; height: 12px; margin-left: 6px; }
QMenu::indicator:checked { background: @accent; border-radius: 3px; image: url(:/theme/check-@name.svg); }
QMenu::right-arrow { image: url(:/theme/right-@name.svg); width: 10px; height: 10px; margin-right: 6px; }
QToolTip { background: @panel; color: @text; border: 1px solid @line; padding: 4px 6px; }

QScrollArea, QAbstractScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @thumb; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 28px; margin: 2px; }
QScrollBar::handle:horizontal { min-width: 28px; margin: 2px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QAbstractScrollArea::corner { background: transparent; }

QListView, QTreeView, QTableView { background: transparent; border: none; outline: none; alternate-background-color: @background;
  gridline-color: @line; selection-background-color: @chosen; selection-color: @text; }
QListView::item, QTreeView::item { padding: 4px 6px; border-radius: 6px; min-height: 18px; }
QListView::item:hover, QTreeView::item:hover { background: @hover; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected { background: @chosen; color: @text; }
QListView::item:selected:focus { border: 2px solid @accent; padding: 2px 4px; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: @panel; color: @muted; border: none; border-bottom: 1px solid @line; padding: 5px 6px;
  font-size: 11px; font-weight: 600; }
QTableCornerButton::section { background: @panel; border: none; }

QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: @accentSoft; }
QSplitter::handle:horizontal { width: 8px; }
QSplitter::handle:vertical { height: 8px; }
QStatusBar { background: @panel; border-top: 1px solid @line; color: @muted; font-size: 11px; }
QStatusBar QLabel { color: @muted; font-size: 11px; }
QStatusBar::item { border: none; }
QProgressBar { background: @track; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; text-align: center; color: transparent; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
QGroupBox { border: 1px solid @line; border-radius: 8px; margin-top: 18px; padding: 10px; }
QGroupBox::title { subcontrol-origin: margin; left: 2px; color: @muted; font-size: 11px; font-weight: 600; }
)";

}  // namespace

QString styleSheetOf(const Theme& t) {
  const double lift = t.dark ? 0.06 : 0.04;
  // Longer names stand before the shorter ones they begin with.
  const std::vector<std::pair<const char*, QString>> tokens = {
      {"@accentHover", mixed(t.accent, t.dark ? t.text : t.background, 0.14).name()},
      {"@accentPressed", mixed(t.accent, t.dark ? t.canvas : t.text, 0.2).name()},
      {"@accentSoft", mixed(t.panel, t.accent, 0.3).name()},
      {"@accent", t.accent.name()},
      {"@onAccent", (t.dark ? t.canvas : t.panel).name()},
      {"@background", t.background.name()},
      {"@panel", t.panel.name()},
      {"@lineStrong", mixed(t.line, t.muted, 0.5).name()},
      {"@line", t.line.name()},
      {"@text", t.text.name()},
      {"@muted", t.muted.name()},
      {"@warm", t.warm.name()},
      {"@faint", mixed(t.panel, t.muted, 0.55).name()},
      {"@error", QString::fromLatin1(t.dark ? "#f87171" : "#b2182b")},
      {"@hover", mixed(t.panel, t.text, lift).name()},
      {"@pressed", mixed(t.panel, t.text, 2 * lift).name()},
      {"@chosen", (t.dark ? mixed(t.panel, t.text, 0.09) : t.background).name()},
      {"@field", t.panel.name()},
      {"@track", mixed(t.line, t.panel, 0.1).name()},
      {"@thumb", mixed(t.panel, t.muted, 0.4).name()},
      {"@name", QString::fromLatin1(t.dark ? "dark" : "light")},
  };
  QString sheet = QString::fromLatin1(kSheet);
  for (const auto& token : tokens) sheet.replace(QLatin1String(token.first), token.second);
  return sheet;
}

}  // namespace rankscope::ui
