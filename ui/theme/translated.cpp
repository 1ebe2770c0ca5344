// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/translated.h"

#include <QCoreApplication>

namespace rankscope::ui {

QString translated(const Text& text) {
  if (text.empty()) return {};
  const QString pattern = QCoreApplication::translate("core", text.pattern.c_str());
  return QString::fromStdString(text.fill(pattern.toStdString()));
}

QStringList translated(std::span<const Text> texts) {
  QStringList lines;
  for (const Text& text : texts) lines << translated(text);
  return lines;
}

QString translated(const Error& error) {
  const auto inLanguage = [](const Text& text) { return Text("{1}", {translated(text).toStdString()}); };
  Error shown = error;
  if (!shown.what.empty()) shown.what = inLanguage(error.what);
  if (!shown.why.empty()) shown.why = inLanguage(error.why);
  if (!shown.hint.empty()) shown.hint = inLanguage(error.hint);
  return QString::fromStdString(shown.message());
}

}  // namespace rankscope::ui
