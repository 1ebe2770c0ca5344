// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>
#include <QToolButton>
#include <cmath>
#include <complex>

#include "tests/support/support.h"
#include "ui/canvas/canvas.h"
#include "ui/document/session_file.h"
#include "ui/media/media.h"
#include "ui/pages/compare_book.h"
#include "ui/pages/exporter.h"
#include "ui/pages/matrix_controller.h"
#include "ui/pages/matrix_page.h"
#include "ui/pages/pin_book.h"
#include "ui/pages/product_controller.h"
#include "ui/pages/product_page.h"
#include "ui/plots/plot_view.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/command_palette.h"
#include "ui/window/input_opener.h"

using namespace rankscope;
using namespace rankscope::ui;

namespace {

constexpr int kPatience = 30000;  // ms; generous, a busy machine is not a failure
constexpr std::size_t kMemory = std::size_t{1} << 30;

/// Analytic: the 64 × 64 Hilbert matrix has a numerical rank far below 64, so every rule has something to say.
const QString kHilbert = QStringLiteral("gallery:hilbert,n=64");

template <class T>
T* child(QWidget& window, const char* name) {
  return window.findChild<T*>(QString::fromLatin1(name));
}

}  // namespace

class TstMainWindow : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase();
  void init();
  void cleanup();
  void startsEmptyAndInvites();
  void opensAMatrixAndShowsItsError();
  void draggingTheLineIsOneUndoStep();
  void aDragBackToItsStartLeavesNoStep();
  void keysAndWheelMoveTheRank();
  void energyAndRankFollowEachOther();
  void undoAndRedoRestoreTheState();
  void aBadFileIsToldAndChangesNothing();
  void missingValuesAskForAChoice();
  void threeAxesAskForAChoice();
  void coloursCanBeReadEachByItself();
  void anotherMethodAnswersToo();
  void mutingALayerRaisesTheErrorByItsSigma();
  void pinsKeepTheirErrors();
  void complexNumbersAreShownAndCopiedWhole();
  void flipIsAKeyAway();
  void theCommandCopiedReadsBackAsTheState();
  void pastedNumbersBecomeAnInput();
  void droppedFilesOpen();
  void aChangedFileIsOfferedForReload();
  void cancellingLeavesAWayOn();
  void factorsAndTablesLeave();
  void anInverseIsExportedThoughTheMethodFails();
  void anotherLanguageWhileAComparisonRuns();
  void sessionsComeBack();
  void theBannerIsAboveEveryRoom();
  void openingInTheProductRoomLeavesTheOther();
  void tablesAreOfTheRoomInFront();
  void commandsOfTheMatrixWaitInTheProductRoom();
  void thePaletteFindsEveryCommand();
  void everyControlHasAName();
  void everyControlShowsItsFocus();
  void menusReadFromLeftToRight();
  void noButtonIsCutInASmallWindow();
  void theProductRoomFitsASmallWindow();
  void aCancelledProductIsOfferedAgain();

 private:
  void open(const QString& location);
  MatrixRoomController& controller() { return m_window->matrixPage().controller(); }
  QString bannerLine() { return m_window->banner()->line(); }
  void settle() { QTRY_VERIFY_WITH_TIMEOUT(m_window->isSettled(), kPatience); }
  void press(const QString& text);
  void showProduct();
  /// `look` at every tab of the Matrix room, then at the Product room.
  void everywhere(const std::function<void()>& look);

  QTemporaryDir m_folder;
  std::unique_ptr<MainWindow> m_window;
};

void TstMainWindow::initTestCase() {
  QVERIFY(m_folder.isValid());
  QStandardPaths::setTestModeEnabled(true);
  QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
  QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
  loadFonts();
  applyTheme(*qApp, ThemeChoice::Light);
}

void TstMainWindow::init() {
  Formats formats = coreFormats();
  media::addPictures(formats);
  m_window = std::make_unique<MainWindow>(std::move(formats), 2, kMemory,
                                          WindowOptions{.remember = false, .autosave = false, .autosaveFolder = {}});
  m_window->opener().setPasteFolder(m_folder.filePath(QStringLiteral("pasted")));
  m_window->resize(1440, 900);
  m_window->show();
  m_window->activateWindow();
  QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TstMainWindow::cleanup() { m_window.reset(); }

void TstMainWindow::open(const QString& location) {
  m_window->opener().open(QStringList{location});
  settle();
}

void TstMainWindow::press(const QString& text) {
  for (QPushButton* button : m_window->banner()->findChildren<QPushButton*>()) {
    if (button->text() == text) {
      QTest::mouseClick(button, Qt::LeftButton);
      return;
    }
  }
  QFAIL(qPrintable(QStringLiteral("no button \"%1\"").arg(text)));
}

void TstMainWindow::showProduct() {
  m_window->command(QStringLiteral("roomProduct"))->trigger();
  m_window->productPage().controller().openSample();
  settle();
  QVERIFY(m_window->productPage().controller().probabilities());
}

void TstMainWindow::everywhere(const std::function<void()>& look) {
  open(QStringLiteral("sample:chelsea"));
  controller().setMethod("als");  // it has a tab for its sweeps
  for (const char* tab : {"spectrum", "error", "layers", "convergence", "inverse"}) {
    controller().setView("tab", tab, QStringLiteral("Tab"));
    settle();
    look();
  }
  m_window->command(QStringLiteral("roomProduct"))->trigger();
  settle();
  look();  // with the invitation
  showProduct();
  look();
}

void TstMainWindow::startsEmptyAndInvites() {
  settle();
  QVERIFY(child<QWidget>(*m_window, "emptyPage")->isVisible());
  QVERIFY(!child<QPushButton>(*m_window, "exportButton")->isEnabled());
  QVERIFY(m_window->findChild<QPushButton*>(QStringLiteral("sample_chelsea")));
  QTest::mouseClick(m_window->findChild<QPushButton*>(QStringLiteral("sample_chelsea")), Qt::LeftButton);
  settle();
  QVERIFY(!child<QWidget>(*m_window, "emptyPage")->isVisible());
  QCOMPARE(controller().stage(), Stage::Ready);
}

void TstMainWindow::opensAMatrixAndShowsItsError() {
  open(kHilbert);
  QCOMPARE(controller().stage(), Stage::Ready);
  controller().setRank(5);
  settle();
  QVERIFY(controller().isMeasured());
  // The best rank-5 error of the Hilbert matrix by its own curve: both routes agree.
  const double measured = *controller().analysis()->errors.froRelative;
  RS_NEAR(measured, controller().curves().froRelative({5}), 1e-12);
  QCOMPARE(child<QLabel>(*m_window, "errorLabel")->text(), showPercent(measured));
  QCOMPARE(child<QSpinBox>(*m_window, "rankSpin")->value(), 5);
}

void TstMainWindow::draggingTheLineIsOneUndoStep() {
  open(kHilbert);
  controller().setRank(2);
  settle();
  auto* plot = child<PlotView>(*m_window, "spectrumPlot");
  const int before = m_window->session().undoStack().count();
  const QPoint grip = plot->gripBox().center().toPoint();
  const int right = static_cast<int>(plot->plotArea().right());
  QTest::mousePress(plot, Qt::LeftButton, {}, grip);
  for (int step = 1; step <= 4; ++step) {
    QTest::mouseMove(plot, QPoint(grip.x() + (right - grip.x()) * step / 5, grip.y()));
    QVERIFY(controller().rank() >= 2);
  }
  const Index during = controller().rank();
  QVERIFY(during > 2);
  // The numbers follow without waiting for an answer.
  QCOMPARE(child<QSpinBox>(*m_window, "rankSpin")->value(), static_cast<int>(during));
  QTest::mouseRelease(plot, Qt::LeftButton, {}, QPoint(grip.x() + (right - grip.x()) * 4 / 5, grip.y()));
  QCOMPARE(m_window->session().undoStack().count(), before + 1);
  m_window->session().undoStack().undo();
  QCOMPARE(controller().rank(), Index{2});
  m_window->session().undoStack().redo();
  QCOMPARE(controller().rank(), during);
  settle();
  QVERIFY(controller().isMeasured());
}

void TstMainWindow::aDragBackToItsStartLeavesNoStep() {
  open(kHilbert);
  const int before = m_window->session().undoStack().count();
  const Index rank = controller().rank();
  controller().beginGesture();
  controller().setRank(rank + 3);
  controller().setRank(rank);
  controller().endGesture();
  QCOMPARE(m_window->session().undoStack().count(), before);
}

void TstMainWindow::keysAndWheelMoveTheRank() {
  open(kHilbert);
  controller().setRank(20);
  auto* plot = child<PlotView>(*m_window, "spectrumPlot");
  QTest::keyClick(plot, Qt::Key_Right);
  QCOMPARE(controller().rank(), Index{21});
  QTest::keyClick(plot, Qt::Key_Left);
  QTest::keyClick(plot, Qt::Key_PageUp);
  const Index afterPage = controller().rank();
  QCOMPARE(std::abs(afterPage - 20), Index{10});
  QTest::keyClick(plot, Qt::Key_Home);
  QCOMPARE(controller().rank(), Index{1});
  QTest::keyClick(plot, Qt::Key_End);
  QCOMPARE(controller().rank(), Index{64});
  controller().stepRank(5);
  QCOMPARE(controller().rank(), Index{64});
}

void TstMainWindow::energyAndRankFollowEachOther() {
  open(kHilbert);
  auto* energy = child<QLineEdit>(*m_window, "energyEdit");
  energy->setFocus();
  energy->selectAll();
  QTest::keyClicks(energy, QStringLiteral("99.9"));
  QTest::keyClick(energy, Qt::Key_Return);
  const Index byEnergy = controller().rank();
  QCOMPARE(byEnergy, controller().curves().ranksFor(ByEnergy{0.999}).front());
  QCOMPARE(child<QSpinBox>(*m_window, "rankSpin")->value(), static_cast<int>(byEnergy));
  auto* tolerance = child<QLineEdit>(*m_window, "toleranceEdit");
  tolerance->setFocus();
  tolerance->selectAll();
  QTest::keyClicks(tolerance, QStringLiteral("0.01"));
  QTest::keyClick(tolerance, Qt::Key_Return);
  QCOMPARE(controller().rank(), controller().curves().ranksFor(ByTolerance{1e-4}).front());
  QVERIFY(controller().rank() > byEnergy);
  controller().setRule(RankRule::Numerical);
  QCOMPARE(controller().rank(), controller().curves().ruleRank(RankRule::Numerical));
}

void TstMainWindow::undoAndRedoRestoreTheState() {
  open(kHilbert);
  const SessionState first = m_window->session().state();
  controller().setRank(7);
  controller().setView("tab", "error", QStringLiteral("Tab"));
  controller().setMethod("rsvd");
  const SessionState last = m_window->session().state();
  for (int i = 0; i < 3; ++i) m_window->session().undoStack().undo();
  QVERIFY(withPanAndZoomOf(m_window->session().state(), first) == first);
  for (int i = 0; i < 3; ++i) m_window->session().undoStack().redo();
  QVERIFY(withPanAndZoomOf(m_window->session().state(), last) == last);
  settle();
}

void TstMainWindow::aBadFileIsToldAndChangesNothing() {
  open(kHilbert);
  const SessionState before = m_window->session().state();
  const QString path = m_folder.filePath(QStringLiteral("broken.npy"));
  QFile file(path);
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write("\x93NUMPY\x01\x00 not a header");
  file.close();
  open(path);
  QVERIFY2(bannerLine().contains(QStringLiteral("broken.npy")), qPrintable(bannerLine()));
  QVERIFY(!bannerLine().contains(QLatin1Char('\n')));
  QVERIFY(m_window->session().state() == before);
  QCOMPARE(controller().stage(), Stage::Ready);
  QTest::mouseClick(child<QPushButton>(*m_window->banner(), "bannerDismiss"), Qt::LeftButton);
  QVERIFY(!m_window->banner()->isVisible());
}

void TstMainWindow::missingValuesAskForAChoice() {
  const QString path = m_folder.filePath(QStringLiteral("gaps.csv"));
  QFile file(path);
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write("1,2,3\n4,,6\n7,8,10\n");
  file.close();
  open(path);
  QCOMPARE(controller().stage(), Stage::Unusable);
  QVERIFY(m_window->banner()->isVisible());
  press(QStringLiteral("Replace by zero"));
  settle();
  QCOMPARE(controller().stage(), Stage::Ready);
  QCOMPARE(controller().input()->matrix->at(1, 1), 0.0);
  m_window->session().undoStack().undo();
  settle();
  QCOMPARE(controller().stage(), Stage::Unusable);
}

void TstMainWindow::threeAxesAskForAChoice() {
  const std::string path = m_folder.filePath(QStringLiteral("cube.npy")).toStdString();
  const Values values = Matrix<double>(test::gaussian(2, 12, 3).reshaped(24, 1));
  const NamedArray array{.name = "cube", .shape = {2, 3, 4}, .values = &values};
  const Formats formats = coreFormats();
  const auto writer = writerFor(path, formats);
  QVERIFY(writer);
  QVERIFY((*writer)->write(path, std::span(&array, 1), {}));
  open(QString::fromStdString(path));
  QVERIFY(!controller().input());
  press(QStringLiteral("Keep the first axis"));
  settle();
  QVERIFY(controller().input());
  QCOMPARE(controller().input()->matrix->rows(), Index{2});
  QCOMPARE(controller().input()->matrix->cols(), Index{12});
}

void TstMainWindow::coloursCanBeReadEachByItself() {
  open(QStringLiteral("sample:chelsea"));
  QCOMPARE(controller().analysis()->parts.size(), std::size_t{1});
  controller().changeInput(QStringLiteral("per channel"), [](InputSpec& spec) { spec.view.perChannel = true; });
  settle();
  QCOMPARE(controller().stage(), Stage::Ready);
  QCOMPARE(controller().analysis()->parts.size(), std::size_t{3});
  controller().setEnergy(0.99);
  settle();
  QCOMPARE(controller().ranks().size(), std::size_t{3});
  QVERIFY(controller().isMeasured());
  RS_NEAR(*controller().analysis()->errors.froRelative, controller().curves().froRelative(controller().ranks()), 1e-10);
  QVERIFY(controller().quality() && controller().quality()->psnr && controller().quality()->ssim);
}

void TstMainWindow::anotherMethodAnswersToo() {
  open(kHilbert);
  controller().setRank(4);
  controller().setMethod("rsvd");
  settle();
  QCOMPARE(controller().stage(), Stage::Ready);
  QVERIFY(controller().isMeasured());
  QVERIFY(*controller().analysis()->errors.froRelative >=
          *controller().analysis()->errors.optimalFroRelative * (1 - 1e-12));
  QVERIFY(child<QWidget>(*m_window, "optimumRow")->isVisible());
  controller().setRank(6);
  settle();
  QCOMPARE(controller().analysis()->dials.front(), Index{6});
}

void TstMainWindow::mutingALayerRaisesTheErrorByItsSigma() {
  open(kHilbert);
  controller().setRank(5);
  settle();
  const RankCurves& curves = controller().curves();
  const double before = curves.fro({5});
  controller().setMuted(1, true);
  const double after = curves.fro({5}, m_window->session().state().matrix.muted);
  RS_NEAR(after, std::hypot(before, curves.sigma(0, 1)), 1e-14 * curves.froNorm());
  QVERIFY(!controller().isMeasured());
  settle();
  m_window->session().undoStack().undo();
  settle();
  QVERIFY(controller().isMeasured());
}

void TstMainWindow::complexNumbersAreShownAndCopiedWhole() {
  // The 4 × 4 unitary Fourier matrix: entry (1, 1) is −i/2.
  open(QStringLiteral("gallery:dft,n=4,part=complex"));
  QCOMPARE(controller().stage(), Stage::Ready);
  QVERIFY(controller().input()->matrix->isComplex());
  controller().setRank(4);
  settle();
  auto* canvas = child<Canvas>(*m_window, "paneOriginalCanvas");
  emit canvas->hovered(1, 1);
  const QString inspected = child<QLabel>(*m_window, "inspectorLabel")->accessibleName();
  QVERIFY2(inspected.contains(QStringLiteral("− 0.5i")), qPrintable(inspected));
  QVERIFY2(inspected.contains(QStringLiteral("M̂")), qPrintable(inspected));
  Exporter exporter(controller(), m_window->session(), m_window->service(), nullptr);
  for (const int which : {0, 1, 2}) {
    const auto text = exporter.values(which, Tile{1, 1, 1, 1});
    QVERIFY(text);
    std::complex<double> read;
    QVERIFY2(text->endsWith(QStringLiteral("j\n")), qPrintable(*text));
    const auto sign = text->lastIndexOf(QRegularExpression(QStringLiteral("[0-9.][+-]"))) + 1;
    read = {text->left(sign).toDouble(), text->mid(sign, text->size() - sign - 2).toDouble()};
    const std::complex<double> expected = which == 2 ? 0.0 : std::complex<double>(0, -0.5);
    // Unitary: a backward stable factorisation leaves a few eps · n.
    QVERIFY2(std::abs(read - expected) < 1e-14, qPrintable(*text));
  }
}

void TstMainWindow::pinsKeepTheirErrors() {
  open(kHilbert);
  controller().setRank(3);
  settle();
  m_window->matrixPage().pins().pinCurrent();
  auto* list = child<QListWidget>(*m_window, "pinsList");
  QCOMPARE(list->count(), 1);
  controller().setRank(9);
  settle();
  const AnalysisPtr pinned = m_window->matrixPage().pins().analysis(0);
  QVERIFY(pinned && pinned->errors.froRelative);
  QCOMPARE(pinned->dials.front(), Index{3});
  m_window->matrixPage().pins().restore(0);
  QCOMPARE(controller().rank(), Index{3});
  m_window->matrixPage().pins().remove(0);
  QCOMPARE(list->count(), 0);
}

void TstMainWindow::flipIsAKeyAway() {
  open(kHilbert);
  controller().setView("layout", "flip", QStringLiteral("Layout"));
  auto* canvas = child<QWidget>(*m_window, "paneApproximationCanvas");
  canvas->setFocus();
  QCOMPARE(viewValue(m_window->session().state(), "pane"), std::string("approximation"));
  QTest::keyClick(canvas, Qt::Key_Space);
  QCOMPARE(viewValue(m_window->session().state(), "pane"), std::string("original"));
  QTest::keyClick(canvas, Qt::Key_Space);
  QCOMPARE(viewValue(m_window->session().state(), "pane"), std::string("approximation"));
}

void TstMainWindow::theCommandCopiedReadsBackAsTheState() {
  open(kHilbert);
  controller().setRank(11);
  m_window->command(QStringLiteral("copyCommand"))->trigger();
  const QString command = QApplication::clipboard()->text();
  QVERIFY2(command.startsWith(QStringLiteral("rankscope-cli approx ")), qPrintable(command));
  QVERIFY(command.contains(QStringLiteral("gallery:hilbert,n=64")));
  QVERIFY(command.contains(QStringLiteral("--rank 11")));
  const auto state = fromArguments(toArguments(m_window->session().state()));
  QVERIFY(state);
  QVERIFY(state->matrix.budget == Budget(ByDial{11}));
}

void TstMainWindow::pastedNumbersBecomeAnInput() {
  QApplication::clipboard()->setText(QStringLiteral("1\t2\n3\t4\n5\t7\n"));
  m_window->command(QStringLiteral("paste"))->trigger();
  settle();
  QVERIFY(controller().input());
  QCOMPARE(controller().input()->matrix->rows(), Index{3});
  QCOMPARE(controller().input()->matrix->at(2, 1), 7.0);
  QImage image(20, 12, QImage::Format_RGB32);
  image.fill(QColor(10, 200, 30));
  QApplication::clipboard()->setImage(image);
  m_window->command(QStringLiteral("paste"))->trigger();
  settle();
  QCOMPARE(controller().input()->matrix->rows(), Index{12});
  QVERIFY(controller().isPicture());
}

void TstMainWindow::droppedFilesOpen() {
  QMimeData mime;
  QList<QUrl> urls;
  for (const int size : {2, 3}) {
    const QString path = m_folder.filePath(QStringLiteral("drop%1.csv").arg(size));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (int i = 0; i < size; ++i) file.write("1,2\n");
    urls << QUrl::fromLocalFile(path);
  }
  mime.setUrls(urls);
  QDragEnterEvent enter(QPoint(400, 300), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(m_window.get(), &enter);
  QVERIFY(enter.isAccepted());
  QVERIFY(child<QLabel>(*m_window, "dropHint")->isVisible());
  QDropEvent drop(QPointF(400, 300), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(m_window.get(), &drop);
  QVERIFY(!child<QLabel>(*m_window, "dropHint")->isVisible());
  settle();
  QCOMPARE(m_window->session().state().inputs.size(), std::size_t{2});
  QCOMPARE(controller().input()->matrix->rows(), Index{3});
  QCOMPARE(child<QListWidget>(*m_window, "inputsList")->count(), 2);
}

void TstMainWindow::aChangedFileIsOfferedForReload() {
  const QString path = m_folder.filePath(QStringLiteral("watched.csv"));
  const auto write = [&](const char* text) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
  };
  write("1,2\n3,4\n");
  open(path);
  write("1,2\n3,5\n6,7\n");
  QTRY_VERIFY_WITH_TIMEOUT(bannerLine().contains(QStringLiteral("watched.csv")), kPatience);
  QCOMPARE(controller().input()->matrix->rows(), Index{2});
  press(QStringLiteral("Reload"));
  settle();
  QCOMPARE(controller().input()->matrix->rows(), Index{3});
  QCOMPARE(controller().stage(), Stage::Ready);
}

void TstMainWindow::cancellingLeavesAWayOn() {
  m_window->opener().open(QStringList{QStringLiteral("gallery:gaussian,n=1500,m=1500")});
  QTRY_VERIFY_WITH_TIMEOUT(controller().input() != nullptr, kPatience);
  controller().cancel();
  settle();
  QCOMPARE(controller().stage(), Stage::Offer);
  auto* button = child<QPushButton>(*m_window, "exactButton");
  QVERIFY(button->isVisible());
  QTest::mouseClick(button, Qt::LeftButton);
  QTRY_COMPARE_WITH_TIMEOUT(controller().stage(), Stage::Ready, 4 * kPatience);
}

void TstMainWindow::factorsAndTablesLeave() {
  open(kHilbert);
  controller().setRank(4);
  settle();
  Exporter exporter(controller(), m_window->session(), m_window->service(), nullptr);
  const QString path = m_folder.filePath(QStringLiteral("factors.npz"));
  exporter.saveFactors(path);
  QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(path), kPatience);
  settle();
  std::vector<Text> notices;
  const auto U =
      load({.location = path.toStdString() + "::U", .view = {}}, m_window->service().formats(), Context{}, notices);
  QVERIFY2(U, U ? "" : U.error().message().c_str());
  QCOMPARE(U->matrix->rows(), Index{64});
  QCOMPARE(U->matrix->cols(), Index{4});
  // A container is one file, about which the dialog asks; files of their own must be asked about by name.
  QVERIFY(exporter.replacedBySaveFactors(path).isEmpty());
  const QString apart = m_folder.filePath(QStringLiteral("apart.csv"));
  QVERIFY(exporter.replacedBySaveFactors(apart).isEmpty());
  exporter.saveFactors(apart);
  QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(m_folder.filePath(QStringLiteral("apart-Vt.csv"))), kPatience);
  settle();
  QCOMPARE(exporter.replacedBySaveFactors(apart), QStringList({"apart-U.csv", "apart-s.csv", "apart-Vt.csv"}));
  const QString plot = m_folder.filePath(QStringLiteral("spectrum.svg"));
  const auto done = exporter.savePlot(plot, child<PlotView>(*m_window, "spectrumPlot")->figure());
  QVERIFY(done);
  QVERIFY(QFileInfo(plot).size() > 0);
  const QString table = m_folder.filePath(QStringLiteral("spectrum.csv"));
  exporter.saveTable(table, tableOf(child<PlotView>(*m_window, "spectrumPlot")->figure()));
  QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(table), kPatience);
}

void TstMainWindow::anInverseIsExportedThoughTheMethodFails() {
  controller().setMethod("als");  // works on real numbers only
  open(QStringLiteral("gallery:dft,n=4,part=complex"));
  const auto enabled = [this](const char* id) { return m_window->command(QString::fromLatin1(id))->isEnabled(); };
  QVERIFY(!enabled("exportPlot"));
  controller().setView("tab", "inverse", QStringLiteral("Tab"));
  settle();
  for (const char* id : {"exportPlot", "exportTable", "showTable", "copyTable", "copyCommand"})
    QVERIFY2(enabled(id), id);
  for (const char* id : {"exportFactors", "exportPicture", "pin"}) QVERIFY2(!enabled(id), id);
}

void TstMainWindow::anotherLanguageWhileAComparisonRuns() {
  open(QStringLiteral("gallery:gaussian,n=500,m=400"));
  // Cells of many seconds if nothing stopped them: the first one is under way when the page goes.
  CompareBook& book = m_window->matrixPage().compared();
  book.start({.methods = {{"als", {{"iterations", Index{100000}}}}}, .ranks = {100, 200}});
  QVERIFY(book.isRunning());
  const QPointer<MatrixPage> before = &m_window->matrixPage();
  m_window->command(QStringLiteral("language_zh_CN"))->trigger();
  QTRY_VERIFY_WITH_TIMEOUT(!before, kPatience);
  settle();  // what the old page asked for comes back to nobody
  QVERIFY(m_window->matrixPage().compared().hasWish());
  QVERIFY(!m_window->matrixPage().compared().isRunning());
  m_window->command(QStringLiteral("language_en"))->trigger();
  QTRY_COMPARE_WITH_TIMEOUT(m_window->command(QStringLiteral("open"))->text(), QStringLiteral("Open…"), kPatience);
  settle();
}

void TstMainWindow::sessionsComeBack() {
  open(kHilbert);
  controller().setRank(6);
  controller().setView("axes", "linear", QStringLiteral("Axes"));
  settle();
  m_window->matrixPage().pins().pinCurrent();
  const SessionState before = m_window->session().state();
  const QString path = m_folder.filePath(QStringLiteral("kept.rankscope"));
  QVERIFY(saveSessionFile(path, before, contentsOf(m_window->session())));
  m_window->session().reset(SessionState{});
  settle();
  QVERIFY(!controller().input());
  m_window->opener().open(QStringList{path});
  settle();
  QVERIFY(withPanAndZoomOf(m_window->session().state(), before) == before);
  QCOMPARE(controller().rank(), Index{6});
  QTRY_VERIFY_WITH_TIMEOUT(m_window->matrixPage().pins().analysis(0) != nullptr, kPatience);
}

void TstMainWindow::theBannerIsAboveEveryRoom() {
  showProduct();
  ProductController& product = m_window->productPage().controller();
  QVERIFY(!m_window->banner()->isVisible());
  product.swapSides();  // 48 × 36 times 40 × 48
  settle();
  QCOMPARE(product.stage(), Stage::Failed);
  QVERIFY(m_window->banner()->isVisible());
  const QString told = bannerLine();
  m_window->command(QStringLiteral("roomMatrix"))->trigger();
  settle();
  QVERIFY(!m_window->banner()->isVisible());
  m_window->command(QStringLiteral("roomProduct"))->trigger();
  settle();
  QVERIFY(m_window->banner()->isVisible());
  QCOMPARE(bannerLine(), told);
  press(QStringLiteral("Try again"));
  settle();
  QVERIFY(m_window->banner()->isVisible());
  product.swapSides();
  settle();
  QVERIFY(!m_window->banner()->isVisible());
  // What the opener has to say comes with its ways on.
  open(m_folder.filePath(QStringLiteral("nowhere.npy")));
  QVERIFY2(m_window->banner()->isVisible() && bannerLine().contains(QStringLiteral("nowhere.npy")),
           qPrintable(bannerLine()));
  const auto buttons = m_window->banner()->findChildren<QPushButton*>();
  QVERIFY(std::any_of(buttons.begin(), buttons.end(), [](const QPushButton* button) {
    return button->isVisible() && button->text() == QStringLiteral("Choose another file…");
  }));
}

void TstMainWindow::openingInTheProductRoomLeavesTheOther() {
  open(kHilbert);
  controller().setRank(5);
  controller().setMuted(1, true);
  settle();
  showProduct();
  const SessionState before = m_window->session().state();
  m_window->productPage().controller().setShare(2, 0.4);
  open(QStringLiteral("gallery:gaussian,n=48,m=20,seed=9"));
  const SessionState& now = m_window->session().state();
  QVERIFY(now.matrix == before.matrix);
  QVERIFY(now.view == before.view);
  QCOMPARE(now.product.y, static_cast<int>(now.inputs.size()) - 1);
  QVERIFY(!now.product.params.contains("probabilities"));  // those were of another product
}

void TstMainWindow::tablesAreOfTheRoomInFront() {
  open(kHilbert);
  const auto copied = [this] {
    m_window->command(QStringLiteral("copyTable"))->trigger();
    return QApplication::clipboard()->text();
  };
  const QString ofMatrix = copied();
  showProduct();
  QCOMPARE(copied(), textOf(tableOf(m_window->productPage().currentFigure()), u'\t'));
  QVERIFY(QApplication::clipboard()->text() != ofMatrix);
  m_window->command(QStringLiteral("roomMatrix"))->trigger();
  settle();
  QCOMPARE(copied(), ofMatrix);
}

void TstMainWindow::commandsOfTheMatrixWaitInTheProductRoom() {
  open(kHilbert);
  const auto isOn = [this](const char* id) { return m_window->command(QString::fromLatin1(id))->isEnabled(); };
  const std::vector<const char*> ofMatrix = {"errorOverRank", "errorOverNumbers", "errorOverFlops", "rankUp",
                                             "tabSpectrum",   "compare",          "flip",           "method_rsvd"};
  for (const char* id : ofMatrix) QVERIFY2(isOn(id), id);
  m_window->command(QStringLiteral("roomProduct"))->trigger();
  settle();
  for (const char* id : ofMatrix) QVERIFY2(!isOn(id), id);
  for (const char* id : {"copyComparison", "cancelComparison", "exportFactors", "exportPlot", "copyCommand"})
    QVERIFY2(!isOn(id), id);
  for (const char* id : {"open", "cancel", "roomMatrix", "themeDark"}) QVERIFY2(isOn(id), id);
  showProduct();
  for (const char* id : {"exportPlot", "exportTable", "showTable", "copyTable", "copyCommand", "exportFactors",
                         "exportEstimate", "copyPicture"})
    QVERIFY2(isOn(id), id);
  m_window->command(QStringLiteral("copyPicture"))->trigger();
  QVERIFY(!QApplication::clipboard()->image().isNull());
  m_window->command(QStringLiteral("copyCommand"))->trigger();
  QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("rankscope-cli product ")));
  m_window->command(QStringLiteral("roomMatrix"))->trigger();
  settle();
  for (const char* id : ofMatrix) QVERIFY2(isOn(id), id);
  QVERIFY(!isOn("exportEstimate"));
}

void TstMainWindow::thePaletteFindsEveryCommand() {
  m_window->command(QStringLiteral("palette"))->trigger();
  auto* palette = m_window->findChild<QDialog*>(QStringLiteral("commandPalette"));
  QVERIFY(palette);
  auto* list = palette->findChild<QListWidget*>(QStringLiteral("paletteList"));
  QCOMPARE(list->count(), static_cast<int>(m_window->commands().size()) - 1);  // all but the palette itself
  auto* edit = palette->findChild<QLineEdit*>(QStringLiteral("paletteEdit"));
  QTest::keyClicks(edit, QStringLiteral("dark theme"));
  QVERIFY(list->count() >= 1);
  QVERIFY(list->item(0)->text().contains(QStringLiteral("Dark theme")));
  QTest::keyClick(edit, Qt::Key_Return);
  QTRY_VERIFY(theme().dark);
  m_window->command(QStringLiteral("themeLight"))->trigger();
  QVERIFY(!theme().dark);
}

void TstMainWindow::menusReadFromLeftToRight() {
  open(QStringLiteral("gallery:hilbert,n=8"));
  for (const char* name : {"exportButton", "galleryButton"}) {
    auto* button = child<QPushButton>(*m_window, name);
    Qt::LayoutDirection seen = Qt::RightToLeft;
    QTimer::singleShot(0, button, [button, &seen] {
      seen = button->menu()->layoutDirection();
      button->menu()->close();
    });
    button->showMenu();
    QCOMPARE(seen, Qt::LeftToRight);
  }
}

void TstMainWindow::everyControlHasAName() {
  everywhere([this] {
    for (QWidget* widget : m_window->findChildren<QWidget*>()) {
      if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible()) continue;
      // The editor inside a spin box speaks through the box.
      if (qobject_cast<QAbstractSpinBox*>(widget->parentWidget())) continue;
      QVERIFY2(!widget->accessibleName().isEmpty(),
               qPrintable(QStringLiteral("%1 \"%2\"")
                              .arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName())));
    }
  });
}

void TstMainWindow::everyControlShowsItsFocus() {
  open(QStringLiteral("sample:chelsea"));
  m_window->matrixPage().pins().pinCurrent();
  m_window->activateWindow();
  QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
  auto* elsewhere = child<QWidget>(*m_window, "openButton");
  everywhere([this, elsewhere] {
    for (QWidget* widget : m_window->findChildren<QWidget*>()) {
      if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisible() || !widget->isEnabled()) continue;
      if (widget->focusProxy() || qobject_cast<QAbstractSpinBox*>(widget->parentWidget())) continue;
      (widget == elsewhere ? child<QWidget>(*m_window, "moreButton") : elsewhere)->setFocus(Qt::TabFocusReason);
      QCoreApplication::processEvents();
      const QImage without = widget->grab().toImage();
      widget->setFocus(Qt::TabFocusReason);
      QCoreApplication::processEvents();
      QVERIFY2(widget->hasFocus(), qPrintable(widget->objectName()));
      // A caret alone would not do: it is two pixels wide.
      const QImage with = widget->grab().toImage();
      int changed = 0;
      for (int y = 0; y < with.height(); ++y) {
        for (int x = 0; x < with.width(); ++x) changed += with.pixel(x, y) != without.pixel(x, y);
      }
      QVERIFY2(changed > 60,
               qPrintable(QStringLiteral("%1 \"%2\": %3 pixels")
                              .arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName())
                              .arg(changed)));
    }
  });
}

void TstMainWindow::noButtonIsCutInASmallWindow() {
  m_window->resize(1024, 700);
  open(QStringLiteral("sample:chelsea"));
  for (const char* tab : {"spectrum", "layers"}) {
    controller().setView("tab", tab, QStringLiteral("Tab"));
    settle();
    for (QAbstractButton* button : m_window->findChildren<QAbstractButton*>()) {
      if (!button->isVisible() || button->text().isEmpty()) continue;
      const auto* tool = qobject_cast<QToolButton*>(button);
      if (tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly && !tool->icon().isNull()) continue;
      const int text = button->fontMetrics().horizontalAdvance(button->text());
      QVERIFY2(button->width() >= std::min(text + 4, button->sizeHint().width()),
               qPrintable(QStringLiteral("%1: \"%2\" needs %3, has %4")
                              .arg(button->objectName(), button->text())
                              .arg(text)
                              .arg(button->width())));
      const QRect inWindow(button->mapTo(m_window.get(), QPoint(0, 0)), button->size());
      const bool scrolled = m_window->findChild<QWidget*>(QStringLiteral("sidePanel"))->isAncestorOf(button);
      QVERIFY2(scrolled || m_window->rect().contains(inWindow), qPrintable(button->objectName()));
    }
  }
}

void TstMainWindow::theProductRoomFitsASmallWindow() {
  m_window->resize(1024, 700);
  showProduct();
  auto* scheme = child<QWidget>(*m_window, "schemeCombo");
  const int panel = scheme->mapTo(m_window.get(), QPoint()).x() - 12;  // where the properties begin
  for (PlotView* plot : m_window->productPage().findChildren<PlotView*>()) {
    const QRect box(plot->mapTo(m_window.get(), QPoint()), plot->size());
    QVERIFY2(box.right() < panel && m_window->rect().contains(box), qPrintable(plot->objectName()));
  }
  for (QAbstractButton* button : m_window->productPage().findChildren<QAbstractButton*>()) {
    if (!button->isVisible() || button->text().isEmpty()) continue;
    QVERIFY2(button->width() >= button->fontMetrics().horizontalAdvance(button->text()) + 4,
             qPrintable(button->text()));
  }
}

void TstMainWindow::aCancelledProductIsOfferedAgain() {
  showProduct();
  ProductController& product = m_window->productPage().controller();
  product.setForm("gram");
  QCOMPARE(product.stage(), Stage::Computing);
  m_window->command(QStringLiteral("cancel"))->trigger();
  QCOMPARE(product.stage(), Stage::Offer);
  settle();
  QCOMPARE(child<QLabel>(*m_window, "statusText")->text(), QStringLiteral("Not computed"));
  QVERIFY(!child<QPushButton>(*m_window, "exportButton")->isEnabled());
  QTest::mouseClick(child<QPushButton>(*m_window, "productCompute"), Qt::LeftButton);
  settle();
  QCOMPARE(product.stage(), Stage::Ready);
}

QTEST_MAIN(TstMainWindow)
#include "tst_main_window.moc"
