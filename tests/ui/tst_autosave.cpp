// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/autosave.h"

#include <signal.h>

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/support.h"
#include "ui/document/session.h"

using namespace rankscope;
using namespace rankscope::ui;

namespace {

void openHilbert(Session& session, Index rank) {
  session.edit("Open", 0, [rank](SessionState& state) {
    state.inputs = {{.location = "gallery:hilbert,n=20", .view = {}}};
    state.matrix.input = 0;
    state.matrix.budget = ByDial{rank};
  });
}

QStringList copiesIn(const QString& folder) { return QDir(folder).entryList({"*.rankscope"}, QDir::Files); }

constexpr auto kCrash = "--crash";  // this program as the one that dies: works until its copy is there, then is killed
int crash(const QString& folder, Index rank) {
  Session session;
  Autosave autosave(session, folder);
  const auto others = copiesIn(folder).size();
  openHilbert(session, rank);
  session.setSaved("/work.rankscope");
  while (copiesIn(folder).size() == others) QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
  return ::raise(SIGKILL);
}

// True when the child was killed, not when it ended.
bool crashIn(const QString& folder, Index rank) {
  QProcess child;
  child.start(QCoreApplication::applicationFilePath(), {kCrash, folder, QString::number(rank)});
  return child.waitForFinished(60000) && child.exitStatus() == QProcess::CrashExit;
}

}  // namespace

class TstAutosave : public QObject {
  Q_OBJECT

 private slots:
  void aChangeIsOnDiskWithinTwoSeconds();
  void aCleanCloseLeavesNothing();
  void aKilledSessionIsOfferedBack();
  void aRecoveredSessionIsNotOfferedAgain();
  void discardedIsGone();
  void severalLostSessionsComeNewestFirst();
  void aRunningInstanceIsLeftAlone();
  void anOfferIsMadeOnce();
  void whatIsNoSessionIsNotOffered();
  void aFolderThatCanNotBeWrittenIsReportedOnce();
};

void TstAutosave::aChangeIsOnDiskWithinTwoSeconds() {
  QTemporaryDir folder;
  Session session;
  Autosave autosave(session, folder.path());
  QVERIFY(copiesIn(folder.path()).isEmpty());
  openHilbert(session, 7);
  // The promise is two seconds; the rest is for a busy machine.
  QTRY_COMPARE_WITH_TIMEOUT(copiesIn(folder.path()).size(), 1, 20000);
  const QString copy = folder.filePath(copiesIn(folder.path()).first());
  const auto holds = [&](const char* text) {
    QFile file(copy);
    return file.open(QIODevice::ReadOnly) && file.readAll().contains(text);
  };
  QVERIFY(holds("\"rank\":7"));
  const quint64 gesture = session.newGesture();
  for (Index rank = 8; rank <= 300; ++rank) {
    session.edit("Rank", gesture, [rank](SessionState& state) { state.matrix.budget = ByDial{rank}; });
  }
  QTRY_VERIFY_WITH_TIMEOUT(holds("\"rank\":300"), 20000);
}

void TstAutosave::aCleanCloseLeavesNothing() {
  QTemporaryDir folder;
  {
    Session session;
    Autosave autosave(session, folder.path());
    openHilbert(session, 7);
    QTRY_COMPARE_WITH_TIMEOUT(copiesIn(folder.path()).size(), 1, 20000);
    openHilbert(session, 8);  // closed with a write still to come
  }
  QVERIFY(QDir(folder.path()).isEmpty());
  Session next;
  QVERIFY(Autosave(next, folder.path()).lost().empty());
}

void TstAutosave::aKilledSessionIsOfferedBack() {
  QTemporaryDir folder;
  QVERIFY(crashIn(folder.path(), 42));
  Session session;
  Autosave autosave(session, folder.path());
  const auto lost = autosave.lost();
  QCOMPARE(lost.size(), std::size_t{1});
  QCOMPARE(lost[0].title, QString("work.rankscope"));
  QCOMPARE(lost[0].filePath, QString("/work.rankscope"));
  QVERIFY(lost[0].savedAt.isValid());
  QVERIFY(autosave.recover(lost[0].id));
  QVERIFY(session.state().matrix.budget == Budget(ByDial{42}));
  QCOMPARE(session.state().inputs.at(0).location, std::string("gallery:hilbert,n=20"));
  QVERIFY(session.state().unknown.empty());
  QVERIFY(session.isModified());
  QCOMPARE(session.filePath(), QString("/work.rankscope"));
  QCOMPARE(copiesIn(folder.path()).size(), 1);  // this instance's own, written before the other went
  QVERIFY(autosave.lost().empty());
}

void TstAutosave::aRecoveredSessionIsNotOfferedAgain() {
  QTemporaryDir folder;
  QVERIFY(crashIn(folder.path(), 42));
  {
    Session session;
    Autosave autosave(session, folder.path());
    QCOMPARE(autosave.lost().size(), std::size_t{1});
    QVERIFY(autosave.recover(autosave.lost()[0].id));
  }
  Session next;
  QVERIFY(Autosave(next, folder.path()).lost().empty());
}

void TstAutosave::discardedIsGone() {
  QTemporaryDir folder;
  QVERIFY(crashIn(folder.path(), 42));
  Session session;
  Autosave autosave(session, folder.path());
  autosave.discard(autosave.lost().at(0).id);
  QVERIFY(autosave.lost().empty());
  QVERIFY(copiesIn(folder.path()).isEmpty());
  QVERIFY(!autosave.recover("no such session"));
}

void TstAutosave::severalLostSessionsComeNewestFirst() {
  QTemporaryDir folder;
  QVERIFY(crashIn(folder.path(), 11));
  QTest::qSleep(20);  // times of files are no finer than a few milliseconds
  QVERIFY(crashIn(folder.path(), 12));
  Session session;
  Autosave autosave(session, folder.path());
  const auto lost = autosave.lost();
  QCOMPARE(lost.size(), std::size_t{2});
  QVERIFY(lost[0].savedAt >= lost[1].savedAt);
  QVERIFY(autosave.recover(lost[0].id));
  QVERIFY(session.state().matrix.budget == Budget(ByDial{12}));
  QCOMPARE(autosave.lost().size(), std::size_t{1});
}

void TstAutosave::aRunningInstanceIsLeftAlone() {
  QTemporaryDir folder;
  Session first, second;
  Autosave running(first, folder.path());
  openHilbert(first, 7);
  QTRY_COMPARE_WITH_TIMEOUT(copiesIn(folder.path()).size(), 1, 20000);
  Autosave starting(second, folder.path());
  QVERIFY(starting.lost().empty());
  openHilbert(second, 8);
  QTRY_COMPARE_WITH_TIMEOUT(copiesIn(folder.path()).size(), 2, 20000);
}

void TstAutosave::anOfferIsMadeOnce() {
  QTemporaryDir folder;
  QVERIFY(crashIn(folder.path(), 42));
  Session first, second;
  {
    Autosave asking(first, folder.path());
    QCOMPARE(asking.lost().size(), std::size_t{1});
    Autosave starting(second, folder.path());
    QVERIFY(starting.lost().empty());
  }
  Autosave later(second, folder.path());  // the first ended without an answer: it is offered again
  QCOMPARE(later.lost().size(), std::size_t{1});
}

void TstAutosave::whatIsNoSessionIsNotOffered() {
  QTemporaryDir folder;
  for (const char* content : {"", "hello", R"({"format":"rankscope-session","version":1})"}) {
    QFile file(folder.filePath(QString("x%1.rankscope").arg(qstrlen(content))));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
  }
  Session session;
  Autosave autosave(session, folder.path());
  QVERIFY(autosave.lost().empty());
}

void TstAutosave::aFolderThatCanNotBeWrittenIsReportedOnce() {
  QTemporaryDir folder;
  QFile file(folder.filePath("file"));
  QVERIFY(file.open(QIODevice::WriteOnly));
  Session session;
  Autosave autosave(session, folder.filePath("file/below"));
  QSignalSpy spy(&autosave, &Autosave::failed);
  openHilbert(session, 7);
  QTRY_COMPARE_WITH_TIMEOUT(spy.count(), 1, 20000);
  openHilbert(session, 8);
  QVERIFY(file.remove());  // now it can be made
  QTRY_COMPARE_WITH_TIMEOUT(copiesIn(folder.filePath("file/below")).size(), 1, 20000);
  QCOMPARE(spy.count(), 1);
}

int main(int argc, char** argv) {
  QCoreApplication app(argc, argv);
  const QStringList arguments = QCoreApplication::arguments();
  if (arguments.size() == 4 && arguments[1] == kCrash) return crash(arguments[2], arguments[3].toLongLong());
  TstAutosave test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_autosave.moc"
