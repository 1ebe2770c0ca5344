// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QFile>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QXmlStreamReader>

#include "core/methods/method.h"
#include "tests/support/support.h"
#include "ui/theme/translated.h"
#include "ui/window/language.h"

using namespace rankscope;
using namespace rankscope::ui;

namespace {

struct Entry {
  QString source, translation;
  bool unfinished = false;
};

std::vector<Entry> entriesOf(const QString& path) {
  QFile file(path);
  std::vector<Entry> out;
  if (!file.open(QIODevice::ReadOnly)) return out;
  QXmlStreamReader xml(&file);
  while (!xml.atEnd()) {
    if (xml.readNext() != QXmlStreamReader::StartElement) continue;
    if (xml.name() == QLatin1String("message")) out.emplace_back();
    if (xml.name() == QLatin1String("source")) out.back().source = xml.readElementText();
    if (xml.name() == QLatin1String("translation")) {
      out.back().unfinished = xml.attributes().value(QLatin1String("type")) == QLatin1String("unfinished");
      out.back().translation = xml.readElementText(QXmlStreamReader::IncludeChildElements);
    }
  }
  return out;
}

// %1, %n and {1}: the places that are filled, in any order.
QStringList placesOf(const QString& text) {
  static const QRegularExpression kPlace(QStringLiteral("%L?(?:\\d+|n)|\\{\\d\\}"));
  QStringList found;
  for (auto match = kPlace.globalMatch(text); match.hasNext();) found << match.next().captured();
  found.sort();
  found.removeDuplicates();
  return found;
}

}  // namespace

class TstTranslation : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

  void everyTextHasAFinishedChineseOneWithTheSamePlaces() {
    const auto entries = entriesOf(QString::fromStdString(dataRoot() + "/resources/i18n/rankscope_zh_CN.ts"));
    QVERIFY(entries.size() > 500);
    for (const Entry& entry : entries) {
      QVERIFY2(!entry.unfinished && !entry.translation.trimmed().isEmpty(), qPrintable(entry.source));
      QVERIFY2(placesOf(entry.source) == placesOf(entry.translation),
               qPrintable(entry.source + QStringLiteral(" → ") + entry.translation));
    }
  }

  void theLanguageChangesWhileTheProgramRuns() {
    const auto software = [] { return QCoreApplication::translate("Canvas", "software"); };
    QCOMPARE(software(), QStringLiteral("software"));
    applyLanguage(QStringLiteral("zh_CN"));
    QCOMPARE(currentLanguage(), QStringLiteral("zh_CN"));
    QCOMPARE(software(), QStringLiteral("软件渲染"));
    // Texts of the core are looked up by their English pattern, and filled afterwards.
    QCOMPARE(translated(Text(findMethod("svd")->title)), QStringLiteral("奇异值分解"));
    const QString refused = translated(text("this needs {1} of memory and {2} are allowed", "3 GiB", "1 GiB"));
    QVERIFY2(refused.contains(QStringLiteral("3 GiB")) && refused.contains(QStringLiteral("内存")),
             qPrintable(refused));
    applyLanguage(QStringLiteral("en"));
    QCOMPARE(software(), QStringLiteral("software"));
  }

  // A new method or a reworded title must not fall back to English unnoticed.
  void whatTheRegistryShowsIsTranslated() {
    applyLanguage(QStringLiteral("zh_CN"));
    for (const Method& method : methods()) {
      QVERIFY2(translated(Text(method.title)) != QString::fromStdString(method.title), method.id.c_str());
      QVERIFY2(translated(Text(method.help)) != QString::fromStdString(method.help), method.id.c_str());
      for (const ParamSpec& spec : method.params) {
        QVERIFY2(translated(Text(spec.title)) != QString::fromStdString(spec.title), spec.name.c_str());
        QVERIFY2(translated(Text(spec.help)) != QString::fromStdString(spec.help), spec.name.c_str());
      }
    }
    applyLanguage(QStringLiteral("en"));
  }

 private:
  static std::string dataRoot() { return std::string(RANKSCOPE_TEST_DATA) + "/../.."; }
};

QTEST_MAIN(TstTranslation)
#include "tst_translation.moc"
