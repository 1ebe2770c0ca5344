// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/session_file.h"

#include <QDir>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/support.h"
#include "ui/document/recent.h"
#include "ui/document/session.h"

using namespace rankscope;
using namespace rankscope::ui;

namespace {

void touch(const QString& path) {
  QFile file(path);
  QVERIFY(file.open(QIODevice::WriteOnly));
}

}  // namespace

class TstSessionFile : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase();
  void savedAndOpenedIsTheSame();
  void aMovedFolderStillOpens();
  void whatCanNotBeOpenedIsNamed_data();
  void whatCanNotBeOpenedIsNamed();
  void whatCanNotBeWrittenIsAnOutputError();
  void noticesComeWithTheState();
  void titles();
  void recentFilesKeepTheNewestFirst();
  void recentFilesDropTheMissing();

 private:
  QTemporaryDir m_folder;
};

void TstSessionFile::initTestCase() {
  QVERIFY(m_folder.isValid());
  QCoreApplication::setOrganizationName("rankscope-test");
  QCoreApplication::setApplicationName("tst_session_file");
  QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
}

void TstSessionFile::savedAndOpenedIsTheSame() {
  const QString path = m_folder.filePath("new folder/ünï.rankscope");
  const InputSpec input{.location = m_folder.filePath("new folder/a.npy").toStdString(), .view = {.channel = "luma"}};
  Session session;
  session.edit("Open", 0, [&](SessionState& state) {
    state.inputs = {input};
    state.matrix.input = 0;
    state.matrix.budget = ByEnergy{0.95};
    state.view["zoom"] = std::string("3");  // assigning a literal: GCC 12 warns of an overlap
  });
  Loaded loaded;
  loaded.matrix = makeMatrix(test::gaussian(4, 3, 1));
  session.setLoaded(input, loaded);
  QVERIFY(saveSessionFile(path, session.state(), contentsOf(session)));
  const auto opened = openSessionFile(path);
  QVERIFY2(opened, opened ? "" : qPrintable(QString::fromStdString(opened.error().message())));
  QVERIFY(opened->state == session.state());
  QVERIFY(opened->notices.isEmpty());
  QCOMPARE(opened->contents.size(), std::size_t{1});
  QVERIFY(opened->contents.at(input) == loaded.matrix->fingerprint());
  QCOMPARE(QDir(m_folder.filePath("new folder")).entryList(QDir::Files),
           QStringList{"ünï.rankscope"});  // nothing beside it
}

void TstSessionFile::aMovedFolderStillOpens() {
  QVERIFY(QDir().mkpath(m_folder.filePath("here")));
  QVERIFY(QDir().mkpath(m_folder.filePath("there")));
  SessionState state;
  state.inputs = {{.location = m_folder.filePath("here/data/a.npy").toStdString(), .view = {}}};
  QVERIFY(saveSessionFile(m_folder.filePath("here/s.rankscope"), state, {}));
  QVERIFY(QFile::copy(m_folder.filePath("here/s.rankscope"), m_folder.filePath("there/s.rankscope")));
  const auto opened = openSessionFile(m_folder.filePath("there/s.rankscope"));
  QVERIFY(opened);
  QCOMPARE(opened->state.inputs[0].location, m_folder.filePath("there/data/a.npy").toStdString());
}

void TstSessionFile::whatCanNotBeOpenedIsNamed_data() {
  QTest::addColumn<QString>("name");
  QTest::addColumn<QByteArray>("content");
  QTest::newRow("missing") << "missing.rankscope" << QByteArray();
  QTest::newRow("folder") << "." << QByteArray();
  QTest::newRow("empty") << "empty.rankscope" << QByteArray("");
  QTest::newRow("not json") << "text.rankscope" << QByteArray("hello");
  QTest::newRow("newer") << "newer.rankscope" << QByteArray(R"({"format":"rankscope-session","version":99})");
}

void TstSessionFile::whatCanNotBeOpenedIsNamed() {
  QFETCH(QString, name);
  QFETCH(QByteArray, content);
  const QString path = m_folder.filePath(name);
  if (!content.isNull()) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
  }
  const auto opened = openSessionFile(path);
  QVERIFY(!opened);
  const QString message = QString::fromStdString(opened.error().message());
  QVERIFY2(opened.error().kind == ErrorKind::Input && message.contains(path), qPrintable(message));
}

void TstSessionFile::whatCanNotBeWrittenIsAnOutputError() {
  touch(m_folder.filePath("file"));
  const auto written =
      saveSessionFile(m_folder.filePath("file/s.rankscope"), {}, {});  // below a file there is no folder
  QVERIFY(!written);
  QVERIFY(written.error().kind == ErrorKind::Output);
}

void TstSessionFile::noticesComeWithTheState() {
  const QString path = m_folder.filePath("later.rankscope");
  QVERIFY(writeFileAtomically(path, R"({"format":"rankscope-session","version":1,"hologram":true})"));
  const auto opened = openSessionFile(path);
  QVERIFY(opened);
  QCOMPARE(opened->notices.size(), 1);
  QVERIFY(opened->notices[0].contains("hologram"));
}

void TstSessionFile::titles() {
  Session session;
  QCOMPARE(sessionTitle(session), QString("Untitled[*]"));
  const auto open = [&](const char* location) {
    session.edit("Open", 0, [&](SessionState& state) {
      state.inputs = {{.location = location, .view = {}}};
      state.matrix.input = 0;
    });
  };
  open("/a/b/photo.png");
  QCOMPARE(sessionTitle(session), QString("photo.png[*]"));
  open("/a/b/w.npz::layers.0/q.weight");
  QCOMPARE(sessionTitle(session), QString("w.npz::layers.0/q.weight[*]"));
  open("gallery:hilbert,n=20");
  QCOMPARE(sessionTitle(session), QString("hilbert,n=20[*]"));
  session.setSaved("/c/d/work.rankscope");
  QCOMPARE(sessionTitle(session), QString("work.rankscope[*]"));
  QVERIFY(isSessionFile("/c/d/work.rankscope"));
  QVERIFY(!isSessionFile("/c/d/work.npy"));
}

void TstSessionFile::recentFilesKeepTheNewestFirst() {
  RecentFiles recent(true);
  QSignalSpy spy(&recent, &RecentFiles::changed);
  QVERIFY(recent.files().isEmpty());
  for (int i = 0; i < 15; ++i) {
    const QString path = m_folder.filePath(QString("recent%1.npy").arg(i));
    touch(path);
    recent.add(path);
  }
  recent.add("gallery:hilbert,n=20");
  recent.add(m_folder.filePath("recent9.npy"));  // again: moves to the front
  QCOMPARE(spy.count(), 17);
  const QStringList files = recent.files();
  QCOMPARE(files.size(), RecentFiles::kMost);
  QCOMPARE(files[0], m_folder.filePath("recent9.npy"));
  QCOMPARE(files[1], QString("gallery:hilbert,n=20"));
  QCOMPARE(files[2], m_folder.filePath("recent14.npy"));
  QCOMPARE(files.count(m_folder.filePath("recent9.npy")), 1);
  QCOMPARE(RecentFiles(true).files(), files);  // kept
}

void TstSessionFile::recentFilesDropTheMissing() {
  RecentFiles recent(true);
  recent.clear();
  touch(m_folder.filePath("stays.npz"));
  touch(m_folder.filePath("goes.npy"));
  recent.add(m_folder.filePath("stays.npz") + "::a/b");
  recent.add(m_folder.filePath("goes.npy"));
  QCOMPARE(recent.files().size(), 2);
  QVERIFY(QFile::remove(m_folder.filePath("goes.npy")));
  QCOMPARE(recent.files(), QStringList{m_folder.filePath("stays.npz") + "::a/b"});
}

QTEST_GUILESS_MAIN(TstSessionFile)
#include "tst_session_file.moc"
