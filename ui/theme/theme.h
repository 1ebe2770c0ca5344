// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QString>

class QApplication;

namespace rankscope::ui {

/// The colour tokens of one theme.
struct Theme {
  bool dark = false;
  QColor background, panel, canvas, line, grid, text, muted, accent, warm, negative, positive;
};

const Theme& lightTheme();
const Theme& darkTheme();
/// The theme in force; themes change by applyTheme and widgets learn of it by QEvent::PaletteChange.
const Theme& theme();

enum class ThemeChoice { System, Light, Dark };
/// Palette (with its Disabled group), style sheet and fonts of the whole application (Fusion style).
void applyTheme(QApplication& app, ThemeChoice choice);

/// Colour of the i-th series; 0 is the text colour (reference, optimum). Wraps round with dashes after the last.
QColor seriesColour(int index, const Theme& of);
Qt::PenStyle seriesPen(int index);
/// The index that a method keeps everywhere, by its place in the registry (accent first).
int methodColour(const std::string& methodId);

/// Loads the bundled family; called once after QApplication or QGuiApplication exists.
void loadFonts();
QFont uiFont();         ///< 13 px, tabular figures
QFont labelFont();      ///< 11 px semibold: section labels
QFont bigNumberFont();  ///< 26 px semibold: the one number that matters

/// Numbers for people: at most `digits` significant, thin spaces between thousands, proper minus and × signs.
QString showNumber(double value, int digits = 4);
QString showCount(qlonglong value);
QString showPercent(double share, int digits = 4);  ///< 0.1366 → "13.66 %"
QString showSeconds(double seconds);                ///< "41 ms", "2.3 s", "12 min"

}  // namespace rankscope::ui
