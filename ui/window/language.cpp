// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QSettings>
#include <QTranslator>
#include <algorithm>

namespace rankscope::ui {
namespace {

bool isKnown(const QString& id) {
  return std::any_of(languages().begin(), languages().end(),
                     [&](const auto& language) { return language.first == id; });
}

/// The one translator of this name gives way to that of another file.
void replaceTranslator(const QString& name, const QString& file) {
  QCoreApplication* app = QCoreApplication::instance();
  delete app->findChild<QTranslator*>(name);
  auto* translator = new QTranslator(app);
  translator->setObjectName(name);
  if (translator->load(file)) QCoreApplication::installTranslator(translator);
}

}  // namespace

const QList<std::pair<QString, QString>>& languages() {
  static const QList<std::pair<QString, QString>> kLanguages = {
      {QStringLiteral("en"), QStringLiteral("English")},
      {QStringLiteral("zh_CN"), QStringLiteral("简体中文")},
  };
  return kLanguages;
}

QString preferredLanguage() {
  const QString chosen = QSettings().value(QStringLiteral("window/language")).toString();
  if (isKnown(chosen)) return chosen;
  const QLocale system = QLocale::system();
  const bool chinese = system.language() == QLocale::Chinese && system.script() == QLocale::SimplifiedChineseScript;
  return chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
}

void applyLanguage(const QString& id) {
  QCoreApplication::instance()->setProperty("language", id);
  replaceTranslator(QStringLiteral("qtbase"),
                    QLibraryInfo::path(QLibraryInfo::TranslationsPath) + QStringLiteral("/qtbase_") + id);
  replaceTranslator(QStringLiteral("rankscope"), QStringLiteral(":/i18n/rankscope_") + id);
}

QString currentLanguage() {
  const QString id = QCoreApplication::instance()->property("language").toString();
  return id.isEmpty() ? QStringLiteral("en") : id;
}

}  // namespace rankscope::ui
