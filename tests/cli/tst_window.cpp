// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>

#include "core/base/exit_code.h"
#include "tests/support/command.h"

using namespace rankscope;
using namespace rankscope::test;

/// The window as a process, without a display: what --screenshot and each kind of failure end with.
class TstWindow : public QObject {
  Q_OBJECT

 private slots:
  void kindsOfFailureHaveTheirCodes() {
    QCOMPARE(exitCode(ErrorKind::Usage), 2);
    QCOMPARE(exitCode(ErrorKind::Input), 3);
    QCOMPARE(exitCode(ErrorKind::Compute), 4);
    QCOMPARE(exitCode(ErrorKind::Output), 5);
  }

  void screenshotsEndWithTheCodeOfWhatHappened_data() {
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("word");
    QTest::newRow("done") << "gallery:hilbert,n=8 --screenshot done.png" << 0 << "";
    QTest::newRow("a size that is no rank") << "gallery:hilbert,n=8 --method monarch --screenshot size.png" << 0 << "";
    QTest::newRow("wrong usage") << "--theme blue --screenshot usage.png" << 2 << "--theme";
    QTest::newRow("no such file") << "missing.npy --screenshot input.png" << 3 << "missing.npy";
    QTest::newRow("too large") << "huge.npy --screenshot memory.png" << 4 << "memory";
    QTest::newRow("no such folder") << "gallery:hilbert,n=8 --screenshot nowhere/output.png" << 5 << "nowhere";
  }

  void screenshotsEndWithTheCodeOfWhatHappened() {
    QFETCH(const QString, arguments);
    QFETCH(const int, code);
    QFETCH(const QString, word);
    const QTemporaryDir folder;
    // 2 TB, more than the memory of whoever runs this; a hole on the disk but for its header.
    constexpr qint64 kSide = 500000;
    const QByteArray header = npyBytes(QByteArray::number(kSide) + ", " + QByteArray::number(kSide), {});
    QVERIFY(writeFile(folder.filePath("huge.npy"), header));
    QVERIFY(QFile::resize(folder.filePath("huge.npy"), header.size() + 8 * kSide * kSide));
    QProcess process;
    process.setProcessEnvironment(bareEnvironment());
    process.setWorkingDirectory(folder.path());
    const QStringList words = arguments.split(' ');
    process.start(QString(RANKSCOPE_BIN_DIR) + "/rankscope", words);
    const Answer answer = finish(process);
    QVERIFY2(answer.code == code, qPrintable(answer.log()));
    if (code == 0) {
      QVERIFY2(answer.err.isEmpty(), qPrintable(answer.log()));
    } else {
      QVERIFY2(
          answer.err.startsWith("rankscope: ") && answer.err.count('\n') == 1 && answer.err.contains(word.toUtf8()),
          qPrintable(answer.log()));
    }
    // What is wrong with the input stands in the window, and its picture is written all the same.
    QCOMPARE(QFile::exists(folder.filePath(words.last())), code == 0 || code == 3 || code == 4);
  }
};

QTEST_GUILESS_MAIN(TstWindow)
#include "tst_window.moc"
