// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>
#include <QToolTip>
#include <array>

#include "ui/theme/style_sheet.h"

namespace rankscope::ui {
namespace {

constexpr int kSeriesColours = 12;  // the text colour and eleven more

const Theme* g_theme = nullptr;  // the theme in force, set on the UI thread by applyTheme

/// Qt 6.4 does not tell what the desktop prefers; the palette it starts with does, where a platform theme is loaded,
/// and GTK says it in an environment variable. Asked before our own palette hides the answer.
bool systemIsDark() {
  static const bool dark = [] {
    const QByteArray gtk = qgetenv("GTK_THEME").toLower();
    if (gtk.contains("dark")) return true;
    const QPalette palette = QGuiApplication::palette();
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
  }();
  return dark;
}

QPalette paletteOf(const Theme& t) {
  QPalette p;
  p.setColor(QPalette::Window, t.background);
  p.setColor(QPalette::WindowText, t.text);
  p.setColor(QPalette::Base, t.panel);
  p.setColor(QPalette::AlternateBase, t.background);
  p.setColor(QPalette::Text, t.text);
  p.setColor(QPalette::PlaceholderText, t.muted);
  p.setColor(QPalette::Button, t.panel);
  p.setColor(QPalette::ButtonText, t.text);
  p.setColor(QPalette::BrightText, t.panel);
  p.setColor(QPalette::ToolTipBase, t.panel);
  p.setColor(QPalette::ToolTipText, t.text);
  p.setColor(QPalette::Highlight, t.accent);
  p.setColor(QPalette::HighlightedText, t.dark ? t.canvas : t.panel);
  p.setColor(QPalette::Link, t.accent);
  p.setColor(QPalette::LinkVisited, t.accent);
  p.setColor(QPalette::Light, t.panel);
  p.setColor(QPalette::Midlight, t.grid);
  p.setColor(QPalette::Mid, t.line);
  p.setColor(QPalette::Dark, mixed(t.line, t.text, 0.2));
  p.setColor(QPalette::Shadow, mixed(t.line, t.text, 0.4));
  const QColor faint = mixed(t.panel, t.muted, 0.55);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::PlaceholderText,
                          QPalette::ToolTipText, QPalette::Link}) {
    p.setColor(QPalette::Disabled, role, faint);
  }
  p.setColor(QPalette::Disabled, QPalette::Base, t.background);
  p.setColor(QPalette::Disabled, QPalette::Highlight, t.line);
  p.setColor(QPalette::Disabled, QPalette::HighlightedText, faint);
  return p;
}

}  // namespace

const Theme& lightTheme() {
  static const Theme t{false,
                       QColor(0xf4f5f7),
                       QColor(0xffffff),
                       QColor(0xe9ebef),
                       QColor(0xe1e4e9),
                       QColor(0xeceef2),
                       QColor(0x1c2026),
                       QColor(0x6b7280),
                       QColor(0x0f766e),
                       QColor(0xc2570c),
                       QColor(0x2166ac),
                       QColor(0xb2182b)};
  return t;
}

const Theme& darkTheme() {
  static const Theme t{true,
                       QColor(0x16181d),
                       QColor(0x1d2026),
                       QColor(0x0f1115),
                       QColor(0x2c3038),
                       QColor(0x262a31),
                       QColor(0xe6e8ec),
                       QColor(0x8d95a3),
                       QColor(0x2dd4bf),
                       QColor(0xf59e0b),
                       QColor(0x2166ac),
                       QColor(0xb2182b)};
  return t;
}

const Theme& theme() { return g_theme ? *g_theme : lightTheme(); }

void applyTheme(QApplication& app, ThemeChoice choice) {
  const bool dark = choice == ThemeChoice::Dark || (choice == ThemeChoice::System && systemIsDark());
  loadFonts();
  g_theme = dark ? &darkTheme() : &lightTheme();
  if (QApplication::style()->objectName().compare(QLatin1String("fusion"), Qt::CaseInsensitive) != 0 &&
      app.styleSheet().isEmpty()) {
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
  }
  QApplication::setFont(uiFont());
  QToolTip::setFont(sizedFont(12));
  QApplication::setPalette(paletteOf(*g_theme));
  QToolTip::setPalette(paletteOf(*g_theme));
  app.setStyleSheet(styleSheetOf(*g_theme));
}

QColor seriesColour(int index, const Theme& of) {
  if (index == kWarmColour) return of.warm;
  if (index == kMutedColour) return of.muted;
  static const std::array<QColor, kSeriesColours - 2> rest{
      QColor(0x8b5cf6), QColor(0xf97316), QColor(0x0ea5e9), QColor(0xec4899), QColor(0x22c55e),
      QColor(0xeab308), QColor(0x64748b), QColor(0xef4444), QColor(0x14b8a6), QColor(0xa855f7)};
  const int place = index % kSeriesColours;
  if (place == 0) return of.text;
  if (place == 1) return of.accent;
  return rest[static_cast<std::size_t>(place - 2)];
}

Qt::PenStyle seriesPen(int index) { return index >= kSeriesColours ? Qt::DashLine : Qt::SolidLine; }

QColor mixed(const QColor& under, const QColor& over, double share) {
  const auto part = [share](int a, int b) { return qRound(a + share * (b - a)); };
  return {part(under.red(), over.red()), part(under.green(), over.green()), part(under.blue(), over.blue())};
}

void loadFonts() {
  static const bool loaded = [] {
    for (const char* weight : {"Regular", "Medium", "SemiBold"}) {
      QFontDatabase::addApplicationFont(QStringLiteral(":/fonts/RankscopeSans-%1.otf").arg(QLatin1String(weight)));
    }
    return true;
  }();
  Q_UNUSED(loaded)
}

QFont sizedFont(int pixels, QFont::Weight weight) {
  // Qt goes down this list glyph by glyph; what none has, such as Chinese, comes from the system.
  QFont font({QStringLiteral("Rankscope Sans"), QStringLiteral("Inter"), QStringLiteral("DejaVu Sans"),
              QStringLiteral("Noto Sans CJK SC"), QStringLiteral("sans-serif")});
  font.setPixelSize(pixels);
  font.setWeight(weight);
  return font;
}

QFont uiFont() { return sizedFont(13); }
QFont labelFont() { return sizedFont(11, QFont::DemiBold); }
QFont bigNumberFont() { return sizedFont(26, QFont::DemiBold); }

}  // namespace rankscope::ui
