// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/texts.h"

#include <QCoreApplication>

namespace rankscope::ui {

QString shown(const Text& text) {
  const QString pattern = QCoreApplication::translate("core", text.pattern.c_str());
  return QString::fromStdString(text.fill(pattern.toStdString()));
}

QString shown(const Error& error) {
  QString line = shown(error.what);
  const QString source = QString::fromStdString(error.source);
  if (line.isEmpty()) line = source;
  if (error.line > 0) line += QStringLiteral(":%1").arg(error.line);
  if (error.line > 0 && error.column > 0) line += QStringLiteral(":%1").arg(error.column);
  if (!error.why.empty()) line += (line.isEmpty() ? QString() : QStringLiteral(": ")) + shown(error.why);
  return line.simplified();
}

QString hintOf(const Error& error) { return shown(error.hint).simplified(); }

}  // namespace rankscope::ui
