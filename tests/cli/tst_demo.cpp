// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>

#include "tests/support/command.h"

using namespace rankscope::test;

class TstDemo : public QObject {
  Q_OBJECT

 private slots:
  void writesWhatItSaysItWrites();
  void choosesItsFolder();
};

void TstDemo::writesWhatItSaysItWrites() {
  QTemporaryDir folder;
  const QString out = folder.filePath("shown/here");
  const Answer answer = commandJson({"demo", "--out", out});
  RS_DONE(answer);
  QStringList endings, names;
  for (const auto& entry : answer.json()["files"].toArray()) {
    const QFileInfo file(entry.toObject()["file"].toString());
    QVERIFY2(file.isFile() && file.size() > 100, qPrintable(file.filePath()));
    endings << file.suffix();
    names << file.fileName();
  }
  for (const char* ending : {"png", "svg", "pdf", "npz", "csv"}) QVERIFY2(endings.contains(ending), ending);
  names.sort();
  QCOMPARE(QDir(out).entryList(QDir::Files | QDir::Hidden, QDir::Name), names);  // and nothing else
  QCOMPARE(contentOf(out + "/table.csv").count('\n'), answer.json()["results"].toArray().size() + 1);
  for (const auto& result : answer.json()["results"].toArray()) {
    const QJsonObject error = result.toObject()["error"].toObject();
    QVERIFY(error["fro_relative"].toDouble() >= error["optimal_fro_relative"].toDouble() * (1 - 1e-9));
  }
  // What it wrote can be opened again.
  const Answer factors = commandJson({"info", out + "/photograph-factors.npz"});
  RS_DONE(factors);
  QCOMPARE(factors.json()["entries"].toArray().size(), 3);
}

void TstDemo::choosesItsFolder() {
  QTemporaryDir folder;
  const Answer answer = command({"demo"}, folder.path());
  RS_DONE(answer);
  QVERIFY2(answer.out.contains(folder.filePath("rankscope-demo").toUtf8()), qPrintable(answer.log()));
  QVERIFY(QFileInfo(folder.filePath("rankscope-demo/table.csv")).isFile());
}

QTEST_GUILESS_MAIN(TstDemo)
#include "tst_demo.moc"
