// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <csignal>

#include "tests/support/command.h"

using namespace rankscope::test;

class TstCompare : public QObject {
  Q_OBJECT

 private slots:
  void theAnswerHasItsKeys() {
    const Answer answer =
        commandJson({"compare", "gallery:hilbert,n=12", "--methods", "svd,rsvd", "--ranks", "1,2,4", "--seed", "3"});
    RS_DONE(answer);
    const QJsonObject json = answer.json();
    QCOMPARE(json["input"].toString(), QString("gallery:hilbert,n=12"));
    QCOMPARE(json["shape"].toArray(), QJsonArray({12, 12}));
    const QJsonArray rows = json["rows"].toArray();
    QCOMPARE(rows.size(), 6);
    for (int i = 0; i < 6; ++i) {
      const QJsonObject row = rows[i].toObject();
      const int rank = 1 << (i % 3);
      QCOMPARE(row["method"].toString(), i < 3 ? "svd" : "rsvd");
      QCOMPARE(row["rank"].toInt(), rank);
      QCOMPARE(row["dial"].toObject()["name"].toString(), QString("rank"));
      QCOMPARE(row["dial"].toObject()["value"].toInt(), rank);
      QCOMPARE(row["parameters"].toInt(), rank * 24);
      QVERIFY(row["seconds"].isDouble());
      for (const char* key : {"fro", "fro_relative", "spectral", "optimal_fro_relative"})
        QVERIFY2(row["error"].toObject()[key].isDouble(), key);
    }
    // As approx has it.
    const QJsonObject alone =
        commandJson({"approx", "gallery:hilbert,n=12", "--method", "rsvd", "--rank", "4", "--seed", "3"}).json();
    QCOMPARE(rows[5].toObject()["error"], alone["error"]);
  }

  void parametersReachTheirMethodAlone() {
    const QStringList base = {"compare", "gallery:gaussian,n=40,m=30", "--methods", "rsvd,als", "--ranks", "5"};
    const auto errorOf = [](const Answer& answer, int row) {
      return answer.json()["rows"].toArray()[row].toObject()["error"].toObject()["fro"].toDouble();
    };
    const Answer plain = commandJson(base);
    const Answer set = commandJson(base + QStringList{"--param", "rsvd.power=0", "--param", "rsvd.oversampling=0"});
    RS_DONE(plain);
    RS_DONE(set);
    QVERIFY(errorOf(set, 0) > errorOf(plain, 0));
    QCOMPARE(errorOf(set, 1), errorOf(plain, 1));
    const Answer alone = commandJson({"approx", "gallery:gaussian,n=40,m=30", "--method", "rsvd", "--rank", "5",
                                      "--param", "power=0", "--param", "oversampling=0"});
    QCOMPARE(errorOf(set, 0), alone.json()["error"].toObject()["fro"].toDouble());
  }

  void peopleGetATable() {
    const Answer answer = command({"compare", "sample:camera", "--methods", "svd,rsvd", "--ranks", "8,600"});
    RS_DONE(answer);
    QVERIFY2(answer.out.contains("numbers kept"), qPrintable(answer.log()));
    QCOMPARE(answer.out.count('\n'), 6);  // input, header, four rows
    QVERIFY2(answer.err.contains("cut to 512"), qPrintable(answer.log()));
    QCOMPARE(answer.err.count("cut to 512"), 1);
  }

  void theTableIsWrittenByItsEnding() {
    const QStringList base = {"compare", "gallery:hilbert,n=6", "--methods", "svd,rsvd", "--ranks", "2,3", "--quiet"};
    RS_DONE(command(base + QStringList{"--out", path("t.csv")}));
    const QList<QByteArray> lines = contentOf(path("t.csv")).split('\n');
    QCOMPARE(lines.size(), 6);  // the last line ends too
    QVERIFY(lines[0].startsWith("method,rank,dial,parameters,apply_flops,fro,fro_relative"));
    QVERIFY(lines[1].startsWith("svd,2,2,24,48,"));
    QVERIFY(lines[4].startsWith("rsvd,3,3,36,72,"));
    RS_DONE(command(base + QStringList{"--out", path("t.npz")}));
    const Answer ranks = commandJson({"convert", path("t.npz") + "::rank", path("r.csv")});
    RS_DONE(ranks);
    QCOMPARE(contentOf(path("r.csv")).simplified(), QByteArray("2 3 2 3"));
    RS_DONE(commandJson({"convert", path("t.npz") + "::method", path("m.csv")}));
    QCOMPARE(contentOf(path("m.csv")).simplified(), QByteArray("0 0 1 1"));
  }

  void itsFiguresCanBeSaved() {
    RS_DONE(command({"compare", "gallery:hilbert,n=8", "--methods", "svd,als", "--ranks", "1,2,4", "--plot",
                     "rank=" + path("r.svg"), "--plot", "parameters=" + path("p.svg"), "--plot",
                     "flops=" + path("f.svg"), "--quiet"}));
    for (const char* name : {"r.svg", "p.svg", "f.svg"}) QVERIFY(contentOf(path(name)).contains("<svg"));
    const Answer list = commandJson({"compare", "--plot", "list"});
    RS_DONE(list);
    QCOMPARE(list.json()["plots"].toArray().size(), 3);
  }

  void aMethodThatCanNotIsARowAndTheOthersGoOn() {
    const Answer answer =
        commandJson({"compare", "gallery:dft,n=8,part=complex", "--methods", "rsvd,svd", "--ranks", "2"});
    RS_DONE(answer);
    const QJsonArray rows = answer.json()["rows"].toArray();
    QVERIFY(rows[0].toObject()["failure"].toString().contains("complex"));
    QVERIFY(rows[0].toObject()["parameters"].isNull() && rows[0].toObject()["dial"].isNull());
    QVERIFY(rows[0].toObject()["error"].toObject()["fro"].isNull());
    QVERIFY(rows[1].toObject()["error"].toObject()["fro"].isDouble());
    // Where none can, the command fails as it would for one of them.
    const Answer none = command({"compare", "gallery:dft,n=8,part=complex", "--methods", "rsvd,als", "--ranks", "2"});
    QCOMPARE(none.code, 3);
    QVERIFY(none.out.isEmpty());
  }

  void aWrongWishEndsWithWhatIsAllowed_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("word");
    const auto add = [](const char* line, const char* word) { QTest::newRow(line) << line << word; };
    add("--ranks 1", "--methods");
    add("--methods svd", "--ranks");
    add("--methods svd,nope --ranks 1", "allowed: svd");
    add("--methods svd,,rsvd --ranks 1", "allowed: svd");
    add("--methods  --ranks 1", "one or more of svd");
    add("--methods svd --ranks ", "--ranks");
    add("--methods svd,svd --ranks 1", "twice");
    add("--methods svd --ranks 0", "from 1");
    add("--methods svd --ranks 1,x", "from 1");
    add("--methods svd --ranks 2,2", "twice");
    add("--methods svd --ranks 2,", "from 1");
    add("--methods svd --ranks 2 --param power=1", "method.name=value");
    add("--methods svd --ranks 2 --param rsvd.power=1", "not among");
    add("--methods rsvd --ranks 2 --param rsvd.sweeps=1", "oversampling");
    add("--methods rsvd --ranks 2 --param rsvd.power=-1", "from 0");
    add("--methods rsvd --ranks 2 --param rsvd.power=1 --param rsvd.power=1", "more than once");
    add("--methods svd --ranks 2 --out t.png", ".csv");
    add("--methods svd --ranks 2 --plot nope=x.svg", "parameters");
  }
  void aWrongWishEndsWithWhatIsAllowed() {
    QFETCH(QString, line);
    QFETCH(QString, word);
    const Answer answer = command(QStringList{"compare", "gallery:hilbert,n=4"} + line.split(' '), m_folder.path());
    QVERIFY2(answer.code == 2, qPrintable(answer.log()));
    QVERIFY2(answer.out.isEmpty() && answer.err.count('\n') == 1, qPrintable(answer.log()));
    QVERIFY2(answer.err.contains(word.toUtf8()), qPrintable(answer.log()));
  }

  void anInterruptLeavesNothingBehind() {
    QTemporaryDir own;
    QProcess process;
    process.setProcessEnvironment(bareEnvironment());
    process.setWorkingDirectory(own.path());
    process.start(commandPath(), {"compare", "gallery:gaussian,n=3000,m=3000", "--methods", "svd,rsvd,als", "--ranks",
                                  "1,2,4,8,16,32,64", "--out", "t.csv"});
    QVERIFY(process.waitForStarted());
    // Interrupted wherever it is: the decompositions alone are many seconds.
    QVERIFY(!process.waitForFinished(1000));
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    const Answer answer = finish(process, 10000);
    QCOMPARE(answer.code, 130);
    QVERIFY2(answer.out.isEmpty(), qPrintable(answer.log()));
    QVERIFY(QDir(own.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
  }

  void plotsOfOneResultAreThoseOfItsMethod() {
    const auto names = [](const QString& method) {
      QStringList list;
      for (const auto& plot : commandJson({"approx", "--method", method, "--plot", "list"}).json()["plots"].toArray())
        list << plot.toObject()["name"].toString();
      return list;
    };
    QVERIFY(names("als").contains("convergence"));
    QVERIFY(!names("svd").contains("convergence"));
    RS_DONE(command({"approx", "gallery:hilbert,n=8", "--method", "als", "--rank", "2", "--plot",
                     "convergence=" + path("c.svg"), "--quiet"}));
    QVERIFY(contentOf(path("c.svg")).contains("<svg"));
  }

 private:
  QTemporaryDir m_folder;
  QString path(const QString& name) const { return m_folder.filePath(name); }
};

QTEST_GUILESS_MAIN(TstCompare)
#include "tst_compare.moc"
