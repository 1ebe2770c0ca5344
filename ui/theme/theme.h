// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QString>
#include <string>

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
///
/// Dynamic properties the style sheet knows, set before the widget is first shown:
///   QFrame  card=true        panel with a 1 px line and round corners
///   QPushButton primary=true the one accent button of a screen
///   QWidget panel=true       panel colour behind (bars, side panels); rail=true the same for tool buttons with words
///   QLabel  role="section"   11 px semibold muted · "muted" · "strong" semibold · "title" 15 px semibold
///           "big" 26 px semibold · "warning" warm · "error" red
void applyTheme(QApplication& app, ThemeChoice choice);

/// Colours a series can ask for besides its number.
constexpr int kWarmColour = -1;   ///< the second thing in a plot
constexpr int kMutedColour = -2;  ///< a reference that stays behind
/// Colour of the i-th series; 0 is the text colour (reference, optimum). Wraps round with dashes after the last.
QColor seriesColour(int index, const Theme& of);
Qt::PenStyle seriesPen(int index);
/// The index that a method keeps everywhere, by its place in the registry (accent first).
int methodColour(const std::string& methodId);

/// `over` mixed into `under`: share 0 gives `under`, 1 gives `over`.
QColor mixed(const QColor& under, const QColor& over, double share);

/// Loads the bundled family; further calls do nothing. Needs a QGuiApplication. Without the family the system's is
/// used.
void loadFonts();
QFont uiFont();         ///< 13 px, tabular figures
QFont labelFont();      ///< 11 px semibold: section labels
QFont bigNumberFont();  ///< 26 px semibold: the one number that matters
/// The same family at another size and weight.
QFont sizedFont(int pixels, QFont::Weight weight = QFont::Normal);

/// Numbers for people: at most `digits` significant, thin spaces between thousands, proper minus and × signs. Zeros at
/// the end are kept unless the value is exact without them: 13.60 of 13.6001, 0.5 of 0.5.
QString showNumber(double value, int digits = 4);
QString showCount(qlonglong value);
/// 0.1366 → "13.66 %". What is below 1 never shows as 100 %: "> 99.99 %".
QString showPercent(double share, int digits = 4);
QString showSeconds(double seconds);  ///< "41 ms", "2.3 s", "12 min"
/// "₂₄", "⁻³": the digits of a number below or above the line.
QString subscript(qlonglong value);
QString superscript(qlonglong value);

}  // namespace rankscope::ui
