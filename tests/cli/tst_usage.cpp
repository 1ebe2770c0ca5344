// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>

#include "tests/support/command.h"

using namespace rankscope::test;

/// What goes wrong ends with its exit code and exactly one line, and standard output stays empty.
class TstUsage : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase();
  void wrongUseIsOneLine_data();
  void wrongUseIsOneLine();
  void helpAndVersionNeedNothing_data();
  void helpAndVersionNeedNothing();
  void aMethodsHelpShowsItsParameters();
  void flagsMayStandAnywhere();
  void quietKeepsNoticesBack();
  void standardOutputThatIsFullIsAnOutputError();
  void missingValuesAreRefusedWithCountAndPlace();
  void memoryBudgetIsCheckedBeforeComputing();
  void plotsAreListed();

 private:
  QTemporaryDir m_folder;
  QString path(const QString& name) const { return m_folder.filePath(name); }
};

void TstUsage::initTestCase() {
  QVERIFY(m_folder.isValid());
  QVERIFY(writeFile(path("a.npy"), npyBytes("2, 3", {1, 2, 3, 4, 5, 7})));
  QVERIFY(writeFile(path("cube.npy"), npyBytes("2, 2, 2", {1, 2, 3, 4, 5, 6, 7, 8})));
  QVERIFY(writeFile(path("nan.npy"), npyBytes("2, 2", {1, qQNaN(), qInf(), 4})));
  QVERIFY(writeFile(path("none.npy"), npyBytes("0, 3", {})));
  QVERIFY(writeFile(path("ragged.csv"), "1,2,3\n4,5\n6,7,8\n"));
  QVERIFY(writeFile(path("rubbish.npy"), "this is no array"));
  QByteArray complex = npyBytes("1, 2", {1, 2, 3, 4});
  complex.replace("<f8", "<c16");  // one byte longer, so one space of the padding goes
  complex.remove(complex.indexOf(" \n"), 1);
  QVERIFY(writeFile(path("complex.npy"), complex));
  QVERIFY(QDir(m_folder.path()).mkdir("folder"));
}

void TstUsage::wrongUseIsOneLine_data() {
  QTest::addColumn<QString>("arguments");
  QTest::addColumn<int>("code");
  QTest::addColumn<QString>("words");  // each must stand in the line

  const auto row = [](const char* arguments, int code, const char* words) {
    QTest::newRow(arguments) << QString(arguments) << code << QString(words);
  };
  row("", 2, "info spectrum approx methods gallery convert demo");
  row("frobnicate", 2, "frobnicate info spectrum approx methods gallery convert demo");
  row("frobnicate --help", 2, "frobnicate spectrum");
  row("compare a.npy", 2, "--methods svd");
  row("--frobnicate", 2, "--frobnicate");
  row("info", 2, "INPUT");
  row("info a.npy --frobnicate", 2, "--frobnicate --json");
  row("info --frobnicate 3 a.npy", 2, "--frobnicate");
  row("info a.npy b.npy", 2, "b.npy");
  row("info a.npy --image x.png", 2, "--image");
  row("info a.npy --channel pink", 2, "--channel pink luma");
  row("info a.npy --channel luma", 3, "a.npy picture luma --channel");
  row("info cube.npy --channel red", 3, "cube.npy picture red --channel");
  row("spectrum gallery:hilbert,n=4 --channel alpha", 3, "gallery:hilbert picture alpha --channel");
  row("info a.npy --complex polar", 2, "--complex abs stack");
  row("info a.npy --nan drop", 2, "--nan zero mean");
  row("info a.npy --reshape flat", 2, "--reshape keep-first keep-last");
  row("info a.npy --reshape 2,0", 2, "--reshape");
  row("info a.npy --seed -1", 2, "--seed 18446744073709551615");
  row("info a.npy --seed 18446744073709551616", 2, "--seed");
  row("info a.npy --seed 1.5", 2, "--seed");
  row("info a.npy --seed", 2, "--seed value");
  row("info a.npy --seed 1 --seed 2", 2, "--seed once");
  row("info a.npy --threads 0", 2, "--threads");
  row("info a.npy --threads -2", 2, "--threads");
  row("info a.npy --threads many", 2, "--threads many");
  row("info a.npy --precision half", 2, "--precision float double");
  row("info a.npy --max-memory 0", 2, "--max-memory 512M");
  row("info a.npy --max-memory -1G", 2, "--max-memory");
  row("info a.npy --max-memory nan", 2, "--max-memory");
  row("info a.npy --max-memory 1Q", 2, "--max-memory");
  row("info a.npy --max-memory G", 2, "--max-memory");
  row("info a.npy --max-memory 1e40", 2, "--max-memory");
  row("approx a.npy", 2, "--method svd rsvd");
  row("approx --method svd --rank 1", 2, "INPUT");
  row("approx a.npy --method nosuch --rank 1", 2, "nosuch svd rsvd");
  row("approx a.npy --method svd", 2, "--rank --energy --tol --rule");
  row("approx a.npy --method svd --rank 0", 2, "--rank 0 from");
  row("approx a.npy --method svd --rank -3", 2, "--rank -3");
  row("approx a.npy --method svd --rank 1.5", 2, "--rank 1.5");
  row("approx a.npy --method svd --rank nan", 2, "--rank nan");
  row("approx a.npy --method svd --rank two", 2, "--rank two");
  row("approx a.npy --method svd --rank", 2, "--rank value");
  row("approx a.npy --method svd --rank 1 --rank 2", 2, "--rank");
  row("approx a.npy --method svd --energy 0", 2, "--energy 0 1");
  row("approx a.npy --method svd --energy 1.01", 2, "--energy");
  row("approx a.npy --method svd --energy -0.5", 2, "--energy");
  row("approx a.npy --method svd --energy nan", 2, "--energy nan");
  row("approx a.npy --method svd --energy inf", 2, "--energy inf");
  row("approx a.npy --method svd --energy 0,9", 2, "--energy 0,9");
  row("approx a.npy --method svd --tol -1", 2, "--tol");
  row("approx a.npy --method svd --tol inf", 2, "--tol");
  row("approx a.npy --method svd --tol nan", 2, "--tol");
  row("approx a.npy --method svd --rule best", 2, "--rule gavish-donoho elbow numerical");
  row("approx a.npy --method svd --rank 1 --energy 0.9", 2, "--rank --energy --tol --rule");
  row("approx a.npy --method svd --tol 0.1 --rule elbow", 2, "--rank --energy --tol --rule");
  row("approx a.npy --method rsvd --rank 1 --param rank=2", 2, "--rank");
  row("approx a.npy --method rsvd --rank 1 --param power", 2, "power name=value");
  row("approx a.npy --method rsvd --rank 1 --param power=-1", 2, "power 0");
  row("approx a.npy --method rsvd --rank 1 --param power=much", 2, "power");
  row("approx a.npy --method rsvd --rank 1 --param power=1.5", 2, "power");
  row("approx a.npy --method rsvd --rank 1 --param power=1 --param power=2", 2, "power");
  row("approx a.npy --method rsvd --rank 1 --param nosuch=1", 2, "nosuch oversampling power");
  row("approx a.npy --method svd --rank 1 --param power=1", 2, "power");
  row("approx a.npy --method monarch --rank 1", 2, "monarch --rank --energy --tol block-rank=N");
  row("approx a.npy --method monarch --energy 0.9", 2, "monarch --energy block-rank=N");
  row("approx a.npy --method monarch --tol 0.1", 2, "monarch --tol block-rank=N");
  row("approx a.npy --method monarch --param block-rank=0", 2, "block-rank 0 from");
  row("approx a.npy --method monarch --param blocks=-1", 2, "blocks -1 0");
  row("approx a.npy --method monarch --param columns=odd", 2, "columns odd identity stride bit-reversal makhoul");
  row("approx gallery:hilbert,n=12 --method monarch --param blocks=5", 2, "blocks 5 12 4 6");
  row("approx gallery:hilbert,n=12 --method monarch --param rows=5,2", 2, "rows 5 2 12 1, 2");
  row("approx gallery:hilbert,n=12 --method monarch --param cols=4", 2, "cols 1 K,S 12");
  row("approx gallery:hilbert,n=12 --method monarch --param columns=bit-reversal", 2, "columns power of two 12");
  row("approx a.npy --method krylov --rank 1 --param power=21", 2, "power 21 20");
  row("approx a.npy --method krylov --rank 1 --param block=2", 2, "block power");
  row("approx a.npy --method lanczos --rank 2 --param steps=1", 2, "steps 1 2");
  row("approx a.npy --method lanczos --rank 1 --param steps=0", 2, "steps 0 100000");
  row("approx a.npy --method svd --rank 1 --out factors.npy", 2, ".npy .npz");
  row("approx a.npy --method svd --rank 1 --out factors.csv", 2, ".csv .npz");
  row("approx a.npy --method svd --rank 1 --out factors", 2, ".npz");
  row("approx a.npy --method svd --rank 1 --out=", 2, "--out value");
  row("approx a.npy --method svd --rank 1 --image picture.doc", 2, ".doc .png");
  row("approx a.npy --method svd --rank 1 --plot nosuch=x.svg", 2, "nosuch spectrum");
  row("approx a.npy --method svd --rank 1 --plot spectrum", 2, "--plot NAME=FILE");
  row("approx a.npy --method svd --rank 1 --plot spectrum=x.doc", 2, ".doc .svg");
  row("approx a.npy --method svd --rank 1 --plot layer-2=x.svg", 2, "layer-2 layer");
  row("approx a.npy --method rsvd --rank 1 --no-measure --plot error=x.svg", 2, "error --no-measure");
  row("spectrum a.npy -k 0", 2, "-k");
  row("spectrum a.npy -k -1", 2, "-k");
  row("spectrum a.npy -k all", 2, "-k all");
  row("spectrum a.npy --rank 3", 2, "--rank");
  row("spectrum a.npy --out values.doc", 2, ".doc .npy");
  row("gallery nosuch", 2, "nosuch hilbert");
  row("gallery hilbert lowrank", 2, "lowrank");
  row("methods svd", 2, "svd");
  row("convert a.npy", 2, "OUTPUT");
  row("convert a.npy b.doc", 2, ".doc .npy");
  row("convert a.npy b", 2, "b .npy");
  row("demo here", 2, "here");

  row("info missing.npy", 3, "missing.npy");
  row("info folder", 3, "folder");
  row("info rubbish.npy", 3, "rubbish.npy");
  row("approx cube.npy --method svd --rank 1", 3, "cube.npy 2 --reshape keep-first");
  row("approx none.npy --method svd --rank 1", 3, "none.npy 0");
  row("approx ragged.csv --method svd --rank 1", 3, "ragged.csv:2");
  row("approx complex.npy --method rsvd --rank 1", 3, "complex");
  row("approx complex.npy --method krylov --rank 1", 3, "complex");
  row("approx complex.npy --method lanczos --rank 1", 3, "complex");
  row("approx none.npy --method krylov --rank 1", 3, "none.npy 0");
  row("approx complex.npy --method svd --rank 1 --image x.png", 3, "complex");
  row("convert complex.npy x.png", 3, "complex");
  row("convert nan.npy x.png", 3, "NaN");
  row("approx nan.npy --method svd --rank 1", 3, "nan.npy 2");
  row("spectrum nan.npy", 3, "nan.npy 2");

  row("approx a.npy --method svd --rank 1 --out nowhere/x.npz", 5, "nowhere");
  row("approx a.npy --method svd --rank 1 --image nowhere/x.png", 5, "nowhere");
  row("approx a.npy --method svd --rank 1 --plot spectrum=nowhere/x.svg", 5, "nowhere");
  row("convert a.npy nowhere/b.csv", 5, "nowhere");
  row("spectrum a.npy --out /proc/x.npy", 5, "/proc/x.npy");
  row("pinv a.npy --rcond -1", 2, "--rcond");
  row("pinv a.npy --rcond small", 2, "--rcond small");
  row("pinv a.npy --ridge 0", 2, "--ridge above");
  row("pinv a.npy --ridge 1 --rcond 0.1", 2, "--ridge --rcond");
  row("pinv a.npy --rank 2", 2, "--rank");
  row("pinv nan.npy", 3, "nan.npy 2");
  row("pinv a.npy --out nowhere/x.npy", 5, "nowhere");
  row("demo --out a.npy", 5, "a.npy");
  row("demo --out a.npy/below", 5, "a.npy");
}

void TstUsage::wrongUseIsOneLine() {
  QFETCH(QString, arguments);
  QFETCH(int, code);
  QFETCH(QString, words);
  const QStringList before = QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::Hidden);
  for (const bool json : {false, true}) {
    QStringList list = arguments.split(' ', Qt::SkipEmptyParts);
    if (json) list.prepend("--json");
    const Answer answer = command(list, m_folder.path());
    QVERIFY2(answer.code == code, qPrintable(answer.log()));
    QVERIFY2(answer.out.isEmpty(), qPrintable(answer.log()));
    QVERIFY2(answer.err.startsWith("rankscope-cli: ") && answer.err.count('\n') == 1 && answer.err.endsWith('\n'),
             qPrintable(answer.log()));
    for (const QString& word : words.split(' ')) {
      QVERIFY2(answer.err.contains(word.toUtf8()), qPrintable(word + " is not in: " + answer.err));
    }
  }
  QCOMPARE(QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::Hidden), before);
}

void TstUsage::helpAndVersionNeedNothing_data() {
  QTest::addColumn<QString>("arguments");
  QTest::addColumn<QString>("words");
  QTest::newRow("program") << "--help"
                           << "info spectrum approx methods gallery convert demo 130";
  QTest::newRow("short") << "-h"
                         << "approx";
  QTest::newRow("version") << "--version"
                           << "rankscope-cli 0.";
  for (const char* name : {"info", "spectrum", "approx", "compare", "pinv", "methods", "gallery", "convert", "demo"}) {
    QTest::newRow(name) << QString("%1 --help").arg(name)
                        << QString("%1 --json --seed --threads --max-memory").arg(name);
  }
}

void TstUsage::helpAndVersionNeedNothing() {
  QFETCH(QString, arguments);
  QFETCH(QString, words);
  const Answer answer = command(arguments.split(' '));
  RS_DONE(answer);
  QVERIFY2(answer.err.isEmpty(), qPrintable(answer.log()));
  for (const QString& word : words.split(' ')) {
    QVERIFY2(answer.out.contains(word.toUtf8()), qPrintable(word + " is not in\n" + answer.out));
  }
}

void TstUsage::aMethodsHelpShowsItsParameters() {
  const Answer rsvd = command({"approx", "--method", "rsvd", "--help"});
  RS_DONE(rsvd);
  QVERIFY2(rsvd.out.contains("oversampling") && rsvd.out.contains("power"), qPrintable(rsvd.log()));
  const Answer svd = command({"approx", "--method", "svd", "--help"});
  RS_DONE(svd);
  QVERIFY2(!svd.out.contains("oversampling"), qPrintable(svd.log()));
}

void TstUsage::flagsMayStandAnywhere() {
  const Answer plain = command({"info", "a.npy", "--json", "--seed", "3"}, m_folder.path());
  RS_DONE(plain);
  QVERIFY(!plain.json().isEmpty());
  const QList<QStringList> orders = {{"info", "--json", "--seed", "3", "a.npy"},
                                     {"--json", "info", "--seed=3", "a.npy"},
                                     {"--seed", "3", "--json", "info", "a.npy"},
                                     {"info", "--seed", "3", "--json", "--", "a.npy"}};
  for (const QStringList& order : orders) {
    const Answer answer = command(order, m_folder.path());
    QVERIFY2(answer.out == plain.out && answer.err.isEmpty(), qPrintable(order.join(' ') + "\n" + answer.log()));
  }
}

void TstUsage::quietKeepsNoticesBack() {
  const QStringList cut = {"approx", "a.npy", "--method", "svd", "--rank", "99"};
  const Answer loud = command(cut, m_folder.path());
  RS_DONE(loud);
  QVERIFY2(loud.err.startsWith("rankscope-cli: note: ") && loud.err.count('\n') == 1, qPrintable(loud.log()));
  const Answer quiet = command(QStringList(cut) << "--quiet"
                                                << "--json",
                               m_folder.path());
  RS_DONE(quiet);
  QVERIFY(quiet.err.isEmpty());
  QCOMPARE(quiet.json()["notices"].toArray().size(), 1);  // in JSON it stays
}

void TstUsage::standardOutputThatIsFullIsAnOutputError() {
  QProcess process;
  process.setProcessEnvironment(bareEnvironment());
  process.setWorkingDirectory(m_folder.path());
  process.setStandardOutputFile("/dev/full");
  process.start(commandPath(), {"info", "a.npy"});
  const Answer answer = finish(process);
  QVERIFY2(answer.code == 5 && answer.err.count('\n') == 1, qPrintable(answer.log()));
}

void TstUsage::missingValuesAreRefusedWithCountAndPlace() {
  // info counts them, its other numbers are of the finite entries; computing refuses; --nan replaces them.
  const Answer info = commandJson({"info", "nan.npy"}, m_folder.path());
  RS_DONE(info);
  QCOMPARE(info.json()["nonfinite"].toInt(), 2);
  QCOMPARE(info.json()["max"].toDouble(), 4.0);
  QCOMPARE(info.json()["mean"].toDouble(), 2.5);
  const Answer replaced = commandJson({"spectrum", "nan.npy", "--nan", "zero"}, m_folder.path());
  RS_DONE(replaced);
  QCOMPARE(replaced.json()["singular_values"].toArray()[0].toDouble(), 4.0);  // diag(1, 4)
}

void TstUsage::memoryBudgetIsCheckedBeforeComputing() {
  const Answer answer =
      command({"approx", "gallery:gaussian,n=4000,m=4000", "--method", "svd", "--rank", "5", "--max-memory", "1M"});
  QVERIFY2(answer.code == 4 && answer.err.count('\n') == 1 && answer.out.isEmpty(), qPrintable(answer.log()));
}

void TstUsage::plotsAreListed() {
  for (const char* name : {"approx", "spectrum"}) {
    const Answer answer = commandJson({name, "--plot", "list"});
    RS_DONE(answer);
    const QJsonArray plots = answer.json()["plots"].toArray();
    QVERIFY2(!plots.isEmpty() && plots[0].toObject()["name"].toString() == "spectrum", qPrintable(answer.log()));
  }
}

QTEST_GUILESS_MAIN(TstUsage)
#include "tst_usage.moc"
