// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include "core/methods/method.h"

using namespace rankscope;

namespace {

const QDir kRoot(QStringLiteral(RANKSCOPE_SOURCE_DIR));

QString textOf(const QString& path) {
  QFile file(kRoot.filePath(path));
  return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QStringList markdownFiles() {
  QStringList files = {"README.md", "CONTRIBUTING.md", "CHANGELOG.md"};
  for (const char* folder : {"docs", "docs/methods", "docs/decisions", "tests/bench"})
    for (const QString& name : QDir(kRoot.filePath(folder)).entryList({"*.md"}, QDir::Files))
      files << QStringLiteral("%1/%2").arg(folder, name);
  return files;
}

}  // namespace

/// The documents keep up with the code.
class TstDocuments : public QObject {
  Q_OBJECT

 private slots:
  void everyMethodHasItsPage_data() {
    QTest::addColumn<QString>("id");
    for (const Method& method : methods())
      QTest::addRow("%s of a %s", method.id.c_str(), name(method.kind).c_str()) << QString::fromStdString(method.id);
  }
  void everyMethodHasItsPage() {
    QFETCH(QString, id);
    const QString path = QStringLiteral("docs/methods/%1.md").arg(id);
    const QString page = textOf(path);
    QVERIFY2(!page.isEmpty(), qPrintable(path + " is missing"));
    for (const Kind kind : {Kind::Matrix, Kind::Product}) {
      const Method* method = findMethod(id.toStdString(), kind);
      if (!method) continue;
      for (const ParamSpec& param : method->params)
        QVERIFY2(page.contains('`' + QString::fromStdString(param.name) + '`'),
                 qPrintable(QStringLiteral("%1 does not explain `%2`").arg(path, QString::fromStdString(param.name))));
    }
    const QRegularExpression test(QStringLiteral("tests/core/tst_[a-z0-9_]+\\.cpp"));
    const auto found = test.match(page);
    QVERIFY2(found.hasMatch(), qPrintable(path + " does not name the test that checks it"));
    QVERIFY2(kRoot.exists(found.captured()), qPrintable(found.captured() + ", named in " + path + ", does not exist"));
  }

  void theReadmeNamesEveryMethod() {
    const QString readme = textOf(QStringLiteral("README.md"));
    for (const Method& method : methods()) {
      const QString row = QStringLiteral("| `%1` |").arg(QString::fromStdString(method.id));
      QVERIFY2(readme.contains(row), qPrintable("README.md has no row " + row));
    }
  }

  void everyPageBelongsToAMethod() {
    for (const QString& page : QDir(kRoot.filePath("docs/methods")).entryList({"*.md"}, QDir::Files)) {
      const std::string id = page.chopped(3).toStdString();
      // The pseudo-inverse approximates nothing and is a command of its own.
      QVERIFY2(id == "pinv" || findMethod(id, Kind::Matrix) || findMethod(id, Kind::Product),
               qPrintable(page + " describes a method that is not there"));
    }
  }

  void linksLeadToFiles() {
    const QRegularExpression link(QStringLiteral("\\]\\(([^)#:]+)(#[^)]*)?\\)"));
    int links = 0;
    for (const QString& file : markdownFiles()) {
      const QString text = textOf(file);
      QVERIFY2(!text.isEmpty(), qPrintable(file + " is missing"));
      for (auto each = link.globalMatch(text); each.hasNext(); ++links) {
        const QString target = QFileInfo(file).dir().filePath(each.next().captured(1));
        QVERIFY2(kRoot.exists(target),
                 qPrintable(QStringLiteral("%1 links to %2, which is not there").arg(file, target)));
      }
    }
    QVERIFY(links > 10);
  }

  void decisionsAreNumberedWithoutGaps() {
    const QStringList names = QDir(kRoot.filePath("docs/decisions")).entryList({"[0-9]*.md"}, QDir::Files, QDir::Name);
    QVERIFY(!names.isEmpty());
    for (int i = 0; i < names.size(); ++i) {
      QCOMPARE(names[i].left(5), QStringLiteral("%1-").arg(i + 1, 4, 10, QLatin1Char('0')));
      const QString text = textOf("docs/decisions/" + names[i]);
      for (const char* part : {"## Context", "## Choice", "## Price", "## What would change our mind"})
        QVERIFY2(text.contains(part), qPrintable(QStringLiteral("%1 has no \"%2\"").arg(names[i], part)));
    }
  }

  void theChangelogHasAnUnreleasedPart() { QVERIFY(textOf("CHANGELOG.md").contains("## Unreleased")); }
};

QTEST_GUILESS_MAIN(TstDocuments)
#include "tst_documents.moc"
