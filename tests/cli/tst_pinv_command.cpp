// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>

#include "tests/support/command.h"

using namespace rankscope::test;

class TstPinvCommand : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QVERIFY(m_folder.isValid());
    QVERIFY(writeFile(path("a.npy"), npyBytes("2, 3", {3, 0, 0, 0, 4, 0})));
    QVERIFY(writeFile(path("zero.npy"), npyBytes("2, 3", {0, 0, 0, 0, 0, 0})));
  }

  void theAnswerHasItsKeys() {
    const Answer answer = command({"pinv", path("a.npy"), "--out", path("x.csv"), "--json"});
    RS_DONE(answer);
    const QJsonObject json = answer.json();
    QCOMPARE(json["shape"].toArray(), QJsonArray({2, 3}));
    QCOMPARE(json["rank"].toInt(), 2);
    QCOMPARE(json["norm"].toDouble(), 1.0 / 3);
    QCOMPARE(json["tol"].toDouble(), 3 * 0x1p-52 * 4);
    QCOMPARE(json["rcond"].toDouble(), 3 * 0x1p-52);
    QCOMPARE(json["penrose"].toArray().size(), 4);
    for (const auto& residual : json["penrose"].toArray()) QVERIFY(residual.toDouble() <= 30);
    // 3×2: the reciprocals on the diagonal
    QCOMPARE(contentOf(path("x.csv")).count('\n'), 3);
    QVERIFY(contentOf(path("x.csv")).startsWith("0.3333333333333333"));
  }

  void cutAndRidgeAreTaken() {
    QCOMPARE(command({"pinv", path("a.npy"), "--rcond", "0.8", "--json"}).json()["rank"].toInt(), 1);
    // σ/(σ² + λ) of 3 and 4 with λ = 9: 1/6 and 4/25
    QCOMPARE(command({"pinv", path("a.npy"), "--ridge", "9", "--json"}).json()["norm"].toDouble(), 1.0 / 6);
  }

  void theZeroMatrixHasTheZeroInverse() {
    const QJsonObject json = command({"pinv", path("zero.npy"), "--json"}).json();
    QCOMPARE(json["rank"].toInt(-1), 0);
    QCOMPARE(json["norm"].toDouble(-1), 0.0);
  }

  void itsFiguresCanBeSaved() {
    RS_DONE(command({"pinv", "gallery:hilbert,n=6", "--plot", "inverse=" + path("i.svg"), "--plot",
                     "ridge=" + path("r.svg"), "--quiet"}));
    QVERIFY(contentOf(path("i.svg")).contains("<svg") && contentOf(path("r.svg")).contains("<svg"));
  }

 private:
  QTemporaryDir m_folder;
  QString path(const QString& name) const { return m_folder.filePath(name); }
};

QTEST_GUILESS_MAIN(TstPinvCommand)
#include "tst_pinv_command.moc"
