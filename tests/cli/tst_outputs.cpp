// SPDX-License-Identifier: GPL-3.0-or-later
#include <csignal>

#include <QElapsedTimer>
#include <QTemporaryDir>

#include "tests/support/command.h"

using namespace rankscope::test;

namespace {

const QByteArray kOld = "what was here before";

QStringList filesIn(const QTemporaryDir& folder) {
  return QDir(folder.path()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
}

void start(QProcess& process, const QStringList& arguments) {
  process.setProcessEnvironment(bareEnvironment());
  process.start(commandPath(), arguments);
  process.waitForStarted();
}

void signalTo(const QProcess& process, int number) { kill(static_cast<pid_t>(process.processId()), number); }

/// Until the write has begun: a second file appears beside the target.
bool waitForTemporary(QProcess& process, const QTemporaryDir& folder) {
  QElapsedTimer clock;
  clock.start();
  while (clock.elapsed() < 60000 && process.state() == QProcess::Running) {
    if (filesIn(folder).size() > 1) return true;
    process.waitForFinished(1);
  }
  return false;
}

}  // namespace

/// Whatever happens to the process, the target is the old file or the whole new one.
class TstOutputs : public QObject {
  Q_OBJECT

 private slots:
  void interruptWhileComputingEndsCleanly_data();
  void interruptWhileComputingEndsCleanly();
  void interruptWhileWritingLeavesNothingHalf();
  void killWhileWritingKeepsTheOldFile();
  void fullDiskIsAnOutputError();
  void outputsAreWhole();
};

void TstOutputs::interruptWhileComputingEndsCleanly_data() {
  QTest::addColumn<int>("number");
  QTest::newRow("interrupt") << SIGINT;
  QTest::newRow("terminate") << SIGTERM;
}

void TstOutputs::interruptWhileComputingEndsCleanly() {
  QFETCH(int, number);
  QTemporaryDir folder;
  const QString target = folder.filePath("factors.npz");
  QVERIFY(writeFile(target, kOld));
  QProcess process;
  // An SVD of many seconds, most of it inside one LAPACK call that can't be interrupted.
  start(process,
        {"approx", "gallery:gaussian,n=3000,m=3000", "--method", "svd", "--rank", "5", "--out", target, "--json"});
  QVERIFY(!process.waitForFinished(3000));
  QElapsedTimer clock;
  clock.start();
  signalTo(process, number);
  const Answer answer = finish(process, 60000);
  QVERIFY2(answer.code == 130, qPrintable(answer.log()));
  QVERIFY2(clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed()) + " ms"));
  QVERIFY2(answer.out.isEmpty() && answer.err.count('\n') == 1, qPrintable(answer.log()));
  QCOMPARE(contentOf(target), kOld);
  QCOMPARE(filesIn(folder), QStringList{"factors.npz"});
}

void TstOutputs::interruptWhileWritingLeavesNothingHalf() {
  QTemporaryDir folder;
  const QString target = folder.filePath("big.npy");
  QVERIFY(writeFile(target, kOld));
  QProcess process;
  start(process, {"convert", "gallery:hilbert,n=4000", target});
  QVERIFY(waitForTemporary(process, folder));
  signalTo(process, SIGINT);
  const Answer answer = finish(process);
  QVERIFY2(answer.code == 130, qPrintable(answer.log()));
  QCOMPARE(filesIn(folder), QStringList{"big.npy"});
  const qint64 whole = 4000LL * 4000 * 8;
  const qint64 size = QFileInfo(target).size();
  QVERIFY2(size == kOld.size() || size > whole, qPrintable(QString::number(size)));
}

void TstOutputs::killWhileWritingKeepsTheOldFile() {
  QTemporaryDir folder;
  const QString target = folder.filePath("big.npy");
  QVERIFY(writeFile(target, kOld));
  QProcess process;
  start(process, {"convert", "gallery:hilbert,n=4000", target});
  QVERIFY(waitForTemporary(process, folder));
  signalTo(process, SIGKILL);
  process.waitForFinished();
  QCOMPARE(contentOf(target), kOld);
}

void TstOutputs::fullDiskIsAnOutputError() {
  QTemporaryDir folder;
  const QString target = folder.filePath("big.npy");
  QVERIFY(writeFile(target, kOld));
  for (const QString arguments :
       {"convert gallery:hilbert,n=500 big.npy", "approx gallery:hilbert,n=500 --method svd --rank 400 --out big.npz",
        "approx gallery:gaussian,n=500,m=500 --method svd --rank 5 --image big.png"}) {
    QProcess process;
    process.setWorkingDirectory(folder.path());
    // No file may grow beyond 32 blocks (16 or 32 KiB): the write fails half-way as on a full disk.
    process.start("sh", {"-c", "ulimit -f 32; exec \"$0\" " + arguments, commandPath()});
    const Answer answer = finish(process);
    QVERIFY2(answer.code == 5 && answer.err.count('\n') == 1 && answer.out.isEmpty(), qPrintable(answer.log()));
    QVERIFY2(answer.err.contains("big."), qPrintable(answer.log()));
    QCOMPARE(contentOf(target), kOld);
    QCOMPARE(filesIn(folder), QStringList{"big.npy"});
  }
}

void TstOutputs::outputsAreWhole() {
  QTemporaryDir folder;
  const QString file = folder.filePath("values.npz");
  RS_DONE(command({"spectrum", "gallery:hilbert,n=8", "--out", file}));
  const Answer info = commandJson({"info", file + "::singular_values"});
  RS_DONE(info);
  QCOMPARE(info.json()["shape"].toArray(), QJsonArray({8, 1}));
  QCOMPARE(info.json()["dtype"].toString(), "float64");
  for (const char* name : {"values.csv", "values.npy"}) {
    RS_DONE(command({"spectrum", "gallery:hilbert,n=8", "--out", folder.filePath(name), "-k", "3"}));
    const Answer few = commandJson({"info", folder.filePath(name)});
    RS_DONE(few);
    QCOMPARE(few.json()["shape"].toArray(), QJsonArray({3, 1}));
  }
  // Arrays of any shape keep it on the way.
  const QString cube = folder.filePath("cube.npy"), copy = folder.filePath("copy.npz");
  QVERIFY(writeFile(cube, npyBytes("2, 3, 2", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})));
  RS_DONE(command({"convert", cube, copy}));
  const QString back = folder.filePath("back.npy");
  RS_DONE(command({"convert", copy, back}));
  QCOMPARE(commandJson({"info", back}).json()["shape"].toArray(), QJsonArray({2, 3, 2}));
  QCOMPARE(contentOf(back).right(12 * 8), contentOf(cube).right(12 * 8));
}

QTEST_GUILESS_MAIN(TstOutputs)
#include "tst_outputs.moc"
