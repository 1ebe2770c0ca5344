// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QFileDialog>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>

#include "tests/support/support.h"
#include "ui/document/autosave.h"
#include "ui/document/recent.h"
#include "ui/document/session_file.h"
#include "ui/media/media.h"
#include "ui/pages/matrix_controller.h"
#include "ui/pages/matrix_page.h"
#include "ui/widgets/banner.h"
#include "ui/window/input_opener.h"
#include "ui/window/main_window.h"

using namespace rankscope;
using namespace rankscope::ui;

namespace {

constexpr int kPatience = 30000;  // ms; generous, a busy machine is not a failure
constexpr std::size_t kMemory = std::size_t{1} << 30;

/// Acts on the next dialog of this kind, however long it takes to come up; `seen` tells whether one did.
template <class Dialog>
void onDialog(std::function<void(Dialog&)> act, int* seen) {
  auto* poll = new QTimer(qApp);
  QObject::connect(poll, &QTimer::timeout, poll, [poll, act = std::move(act), seen] {
    auto* dialog = qobject_cast<Dialog*>(QApplication::activeModalWidget());
    if (!dialog) return;
    poll->stop();
    poll->deleteLater();
    ++*seen;
    act(*dialog);
  });
  poll->start(10);
}

/// The bytes of the file, empty when there is none.
QByteArray contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString& path, const QByteArray& content) {
  QFile file(path);
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write(content);
}

}  // namespace

class TstWindowFiles : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase();
  void init();
  void cleanup();
  void severalFilesOpenFromTheDialog();
  void cancellingTheDialogChangesNothing();
  void theSaveDialogStartsWhereFilesAreAndOffersTheFittingType();
  void aNameWithoutEndingGetsThatOfTheChosenType();
  void anExistingFileIsNotReplacedUnasked();
  void anArrayOfSeveralIsChosenWithItsShape();
  void recentInputsComeBackNewestFirst();
  void anAmpersandInANameIsNotAShortcut();
  void recentFilesAreLimitedAndForgetWhatIsGone();
  void aWindowThatDoesNotRememberLeavesNoTrace();
  void discardingALostSessionKeepsTheOthers();
  void aMessageKeepsRoomForItsWords();
  void commandsThatCannotDoAnythingAreOff();

 private:
  void open(const QString& location);
  MatrixRoomController& controller() { return m_window->matrixPage().controller(); }
  Banner* banner() { return m_window->banner(); }
  void settle() { QTRY_VERIFY_WITH_TIMEOUT(m_window->isSettled(), kPatience); }
  QPushButton* bannerButton(const QString& text);
  QMenu* recentMenu();
  QString inFolder(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }

  std::unique_ptr<QTemporaryDir> m_folder;
  QString m_started;
  std::unique_ptr<MainWindow> m_window;
};

void TstWindowFiles::initTestCase() {
  QStandardPaths::setTestModeEnabled(true);
  QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
  loadFonts();
  applyTheme(*qApp, ThemeChoice::Light);
}

void TstWindowFiles::init() {
  m_folder = std::make_unique<QTemporaryDir>();
  QVERIFY(m_folder->isValid());
  QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder->path());
  m_started = QDir::currentPath();
  QDir::setCurrent(m_folder->path());
  Formats formats = coreFormats();
  media::addPictures(formats);
  m_window = std::make_unique<MainWindow>(std::move(formats), 2, kMemory,
                                          WindowOptions{.remember = false, .autosave = false, .autosaveFolder = {}});
  m_window->resize(1440, 900);
  m_window->show();
  m_window->activateWindow();
  QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TstWindowFiles::cleanup() {
  m_window.reset();
  QDir::setCurrent(m_started);
}

void TstWindowFiles::open(const QString& location) {
  m_window->opener().open(QStringList{location});
  settle();
}

QPushButton* TstWindowFiles::bannerButton(const QString& text) {
  for (QPushButton* button : banner()->findChildren<QPushButton*>()) {
    if (button->text() == text && !button->isHidden()) return button;
  }
  return nullptr;
}

QMenu* TstWindowFiles::recentMenu() {
  auto* more = m_window->findChild<QMenu*>(QStringLiteral("moreMenu"));
  for (QAction* action : more->actions()) {
    if (!action->menu() || action->text() != QStringLiteral("Recent")) continue;
    emit action->menu()->aboutToShow();
    return action->menu();
  }
  return nullptr;
}

void TstWindowFiles::severalFilesOpenFromTheDialog() {
  write(inFolder("two.csv"), "1,2\n3,5\n");
  write(inFolder("three.csv"), "1,2,3\n3,5,9\n");
  int seen = 0;
  onDialog<QFileDialog>(
      [this](QFileDialog& dialog) {
        QCOMPARE(dialog.directory().absolutePath(), QDir(m_folder->path()).absolutePath());
        dialog.findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))
            ->setText(QStringLiteral("\"two.csv\" \"three.csv\""));
        static_cast<QDialog&>(dialog).accept();
      },
      &seen);
  m_window->command(QStringLiteral("open"))->trigger();
  QCOMPARE(seen, 1);
  settle();
  QCOMPARE(m_window->session().state().inputs.size(), std::size_t{2});
  QCOMPARE(controller().input()->matrix->cols(), Index{3});
}

void TstWindowFiles::cancellingTheDialogChangesNothing() {
  open(QStringLiteral("gallery:hilbert,n=8"));
  const SessionState before = m_window->session().state();
  for (const char* id : {"open", "saveAs", "exportFactors", "exportPicture", "exportPlot", "exportTable"}) {
    int seen = 0;
    onDialog<QFileDialog>([](QFileDialog& dialog) { dialog.reject(); }, &seen);
    m_window->command(QString::fromLatin1(id))->trigger();
    QCOMPARE(seen, 1);
  }
  QVERIFY(m_window->session().state() == before);
  QVERIFY(!banner()->isVisible());
  QVERIFY(QDir(m_folder->path())
              .entryList({QStringLiteral("*.*")}, QDir::Files)
              .filter(QStringLiteral("hilbert"))
              .isEmpty());
}

void TstWindowFiles::theSaveDialogStartsWhereFilesAreAndOffersTheFittingType() {
  open(QStringLiteral("gallery:hilbert,n=8"));
  const std::vector<std::pair<const char*, const char*>> wanted = {
      {"exportFactors", "*.npz"}, {"exportPicture", "*.png"}, {"exportPlot", "*.svg"}, {"exportTable", "*.csv"}};
  for (const auto& [id, pattern] : wanted) {
    int seen = 0;
    QString folder, filter, name;
    onDialog<QFileDialog>(
        [&](QFileDialog& dialog) {
          folder = dialog.directory().absolutePath();
          filter = dialog.selectedNameFilter();
          name = dialog.findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->text();
          dialog.reject();
        },
        &seen);
    m_window->command(QString::fromLatin1(id))->trigger();
    QCOMPARE(seen, 1);
    QCOMPARE(folder, QDir(m_folder->path()).absolutePath());
    QVERIFY2(filter.contains(QString::fromLatin1(pattern)), qPrintable(filter));
    QVERIFY2(name.endsWith(QString::fromLatin1(pattern).mid(1)), qPrintable(name));
  }
}

void TstWindowFiles::aNameWithoutEndingGetsThatOfTheChosenType() {
  open(QStringLiteral("gallery:hilbert,n=8"));
  int seen = 0;
  onDialog<QFileDialog>(
      [](QFileDialog& dialog) {
        auto* types = dialog.findChild<QComboBox*>(QStringLiteral("fileTypeCombo"));
        const int tsv = types->findText(QStringLiteral("TSV"), Qt::MatchStartsWith);
        QVERIFY(tsv >= 0);
        while (types->currentIndex() < tsv) QTest::keyClick(types, Qt::Key_Down);
        dialog.findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(QStringLiteral("numbers"));
        static_cast<QDialog&>(dialog).accept();
      },
      &seen);
  m_window->command(QStringLiteral("exportTable"))->trigger();
  QCOMPARE(seen, 1);
  QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(inFolder("numbers.tsv")), kPatience);
  settle();
  QVERIFY(contentOf(inFolder("numbers.tsv")).contains('\t'));
  QVERIFY(!QFileInfo::exists(inFolder("numbers")));
}

void TstWindowFiles::anExistingFileIsNotReplacedUnasked() {
  open(QStringLiteral("gallery:hilbert,n=8"));
  write(inFolder("kept.csv"), "mine");
  int seen = 0, asked = 0;
  onDialog<QFileDialog>(
      [&asked](QFileDialog& dialog) {
        dialog.findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(QStringLiteral("kept"));
        onDialog<QMessageBox>([](QMessageBox& box) { box.button(QMessageBox::No)->click(); }, &asked);
        static_cast<QDialog&>(dialog).accept();
        dialog.reject();
      },
      &seen);
  m_window->command(QStringLiteral("exportTable"))->trigger();
  QCOMPARE(seen, 1);
  QCOMPARE(asked, 1);
  settle();
  QCOMPARE(contentOf(inFolder("kept.csv")), QByteArray("mine"));
}

void TstWindowFiles::anArrayOfSeveralIsChosenWithItsShape() {
  const Values first = Matrix<double>(test::gaussian(6, 1, 1)), second = Matrix<double>(test::gaussian(2, 3, 2));
  const std::vector<NamedArray> arrays = {{.name = "left", .shape = {6, 1}, .values = &first},
                                          {.name = "right", .shape = {2, 3}, .values = &second}};
  const std::string path = inFolder("pair.npz").toStdString();
  const Formats formats = coreFormats();
  const auto writer = writerFor(path, formats);
  QVERIFY(writer);
  QVERIFY((*writer)->write(path, arrays, {}));
  open(QString::fromStdString(path));
  QVERIFY(!controller().input());
  QCOMPARE(banner()->property("tone").toString(), QStringLiteral("question"));  // nothing has failed

  int seen = 0;
  QStringList offered;
  const auto choose = [&](bool accept) {
    onDialog<QInputDialog>(
        [&offered, accept](QInputDialog& dialog) {
          offered = dialog.comboBoxItems();
          dialog.setTextValue(offered.filter(QStringLiteral("right")).value(0));
          dialog.done(accept ? QDialog::Accepted : QDialog::Rejected);
        },
        &seen);
    QTest::mouseClick(bannerButton(QStringLiteral("Choose an array…")), Qt::LeftButton);
  };
  choose(false);
  QTRY_COMPARE_WITH_TIMEOUT(seen, 1, kPatience);
  settle();
  QVERIFY(!controller().input());
  open(QString::fromStdString(path));
  choose(true);
  QTRY_COMPARE_WITH_TIMEOUT(seen, 2, kPatience);
  settle();
  QCOMPARE(offered, (QStringList{QStringLiteral("left (6 × 1)"), QStringLiteral("right (2 × 3)")}));
  QVERIFY(controller().input());
  QCOMPARE(controller().input()->matrix->rows(), Index{2});
  QCOMPARE(controller().input()->matrix->cols(), Index{3});
  QCOMPARE(m_window->session().state().inputs.front().location, path + "::right");
}

void TstWindowFiles::recentInputsComeBackNewestFirst() {
  QVERIFY(recentMenu());
  QCOMPARE(recentMenu()->actions().size(), 1);
  QVERIFY(!recentMenu()->actions().front()->isEnabled());
  write(inFolder("first.csv"), "1,2\n3,5\n");
  write(inFolder("second.csv"), "1,2,3\n3,5,9\n");
  open(inFolder("first.csv"));
  open(inFolder("second.csv"));
  open(QStringLiteral("gallery:hilbert,n=8"));
  const auto titles = [this] {
    QStringList all;
    for (const QAction* action : recentMenu()->actions()) all << action->text();
    return all;
  };
  QVERIFY2(titles().value(0).contains(QStringLiteral("hilbert")), qPrintable(titles().join(u'|')));
  QVERIFY2(titles().value(1).startsWith(QStringLiteral("second")), qPrintable(titles().join(u'|')));
  QVERIFY2(titles().value(2).startsWith(QStringLiteral("first")), qPrintable(titles().join(u'|')));
  recentMenu()->actions().at(2)->trigger();
  settle();
  QCOMPARE(controller().input()->matrix->cols(), Index{2});
  QVERIFY(titles().value(0).startsWith(QStringLiteral("first")));
  QVERIFY(QFile::remove(inFolder("second.csv")));
  QVERIFY(titles().filter(QStringLiteral("second")).isEmpty());
  for (QAction* action : recentMenu()->actions()) {
    if (action->text() == QStringLiteral("Forget these")) {
      action->trigger();
      break;
    }
  }
  QCOMPARE(recentMenu()->actions().size(), 1);
}

void TstWindowFiles::anAmpersandInANameIsNotAShortcut() {
  write(inFolder("a&b.csv"), "1,2\n3,5\n");
  open(inFolder("a&b.csv"));
  const QString shown = recentMenu()->actions().front()->text();
  QVERIFY2(shown.contains(QStringLiteral("a&&b")), qPrintable(shown));
}

void TstWindowFiles::recentFilesAreLimitedAndForgetWhatIsGone() {
  RecentFiles recent(true);
  for (int i = 0; i < RecentFiles::kMost + 3; ++i) recent.add(QStringLiteral("gallery:hilbert,n=%1").arg(i + 2));
  QCOMPARE(recent.files().size(), RecentFiles::kMost);
  QCOMPARE(recent.files().front(), QStringLiteral("gallery:hilbert,n=%1").arg(RecentFiles::kMost + 4));
  const QString path = inFolder("here.npz");
  write(path, "x");
  recent.add(path + QStringLiteral("::a::b"));
  RecentFiles other(true);  // another window reads the same settings
  QCOMPARE(other.files().front(), path + QStringLiteral("::a::b"));
  QVERIFY(QFile::remove(path));
  QVERIFY(!other.files().contains(path + QStringLiteral("::a::b")));
}

void TstWindowFiles::aWindowThatDoesNotRememberLeavesNoTrace() {
  open(QStringLiteral("gallery:hilbert,n=8"));
  QVERIFY(!recentMenu()->actions().front()->text().isEmpty());
  QVERIFY(m_window->close());
  QCOMPARE(QSettings().allKeys(), QStringList());
}

void TstWindowFiles::discardingALostSessionKeepsTheOthers() {
  const QString folder = inFolder("autosave");
  QVERIFY(QDir().mkpath(folder));
  for (const int n : {8, 9}) {
    SessionState state;
    state.inputs.push_back({.location = QStringLiteral("gallery:hilbert,n=%1").arg(n).toStdString(), .view = {}});
    state.matrix.input = 0;
    QVERIFY(saveSessionFile(QStringLiteral("%1/lost%2%3").arg(folder).arg(n).arg(sessionEnding()), state, {}));
  }
  m_window.reset();
  Formats formats = coreFormats();
  m_window = std::make_unique<MainWindow>(std::move(formats), 2, kMemory,
                                          WindowOptions{.remember = false, .autosave = true, .autosaveFolder = folder});
  m_window->show();
  QTRY_VERIFY_WITH_TIMEOUT(bannerButton(QStringLiteral("Discard")) && banner()->isVisible(), kPatience);
  const auto copies = [&] { return QDir(folder).entryList({QStringLiteral("lost*") + sessionEnding()}).size(); };
  QCOMPARE(copies(), 2);
  QTest::mouseClick(bannerButton(QStringLiteral("Discard")), Qt::LeftButton);
  QCOMPARE(copies(), 1);
  QTRY_VERIFY_WITH_TIMEOUT(banner()->isVisible(), kPatience);  // the other one is offered in its turn
  QTest::mouseClick(bannerButton(QStringLiteral("Recover")), Qt::LeftButton);
  settle();
  QVERIFY(controller().input());
  QCOMPARE(copies(), 0);
  QVERIFY(!banner()->isVisible());
}

void TstWindowFiles::aMessageKeepsRoomForItsWords() {
  write(inFolder("gaps.csv"), "1,2,3\n4,,6\n7,8,10\n");
  for (const QSize size : {QSize(1440, 900), QSize(1024, 700)}) {
    m_window->resize(size);
    open(inFolder("gaps.csv"));
    QTRY_VERIFY_WITH_TIMEOUT(banner()->isVisible(), kPatience);
    QCoreApplication::processEvents();
    const auto* line = banner()->findChild<QLabel*>(QStringLiteral("bannerLine"));
    QVERIFY2(line->width() >= 240, qPrintable(QString::number(line->width())));
    for (const QPushButton* button : banner()->findChildren<QPushButton*>()) {
      if (!button->isVisible()) continue;
      QVERIFY2(button->width() >= button->sizeHint().width(), qPrintable(button->text()));
      QVERIFY2(banner()->rect().contains(QRect(button->mapTo(banner(), QPoint()), button->size())),
               qPrintable(button->text()));
    }
  }
}

void TstWindowFiles::commandsThatCannotDoAnythingAreOff() {
  const auto isOn = [this](const char* id) { return m_window->command(QString::fromLatin1(id))->isEnabled(); };
  for (const char* id : {"fit", "zoomIn", "jointRgb", "perChannel", "computeExactly", "exportPlot"})
    QVERIFY2(!isOn(id), id);
  open(QStringLiteral("gallery:hilbert,n=8"));
  QVERIFY(isOn("fit"));
  QVERIFY(isOn("exportPlot"));
  for (const char* id : {"jointRgb", "perChannel", "computeExactly"}) QVERIFY2(!isOn(id), id);
  open(QStringLiteral("sample:chelsea"));
  QVERIFY(isOn("perChannel"));
  controller().changeInput(QStringLiteral("luma"), [](InputSpec& spec) { spec.view.channel = "luma"; });
  settle();
  QVERIFY(isOn("jointRgb"));  // the way back
}

QTEST_MAIN(TstWindowFiles)
#include "tst_window_files.moc"
