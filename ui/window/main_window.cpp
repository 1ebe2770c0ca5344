// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/linalg/lapack.h"
#include "ui/document/autosave.h"
#include "ui/document/recent.h"
#include "ui/document/session_file.h"
#include "ui/pages/compare_book.h"
#include "ui/pages/empty_page.h"
#include "ui/pages/exporter.h"
#include "ui/pages/inverse_panel.h"
#include "ui/pages/matrix_controller.h"
#include "ui/pages/matrix_page.h"
#include "ui/pages/pane_group.h"
#include "ui/pages/pin_book.h"
#include "ui/pages/plot_panel.h"
#include "ui/pages/product_controller.h"
#include "ui/pages/product_page.h"
#include "ui/pages/product_strip.h"
#include "ui/pages/side_panel.h"
#include "ui/theme/icons.h"
#include "ui/theme/translated.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/parts.h"
#include "ui/window/bars.h"
#include "ui/window/input_opener.h"
#include "ui/window/language.h"
#include "ui/window/window_style.h"

namespace rankscope::ui {
namespace {
constexpr int kBusyDelayMs = 200;
constexpr int kRebuildRetryMs = 50;
}  // namespace

MainWindow::MainWindow(Formats formats, int threads, std::size_t memory, const WindowOptions& options)
    : m_options(options),
      m_session(std::make_unique<Session>()),
      m_service(std::make_unique<ComputeService>(std::move(formats), threads, memory)) {
  setObjectName(QStringLiteral("mainWindow"));
  setAcceptDrops(true);
  setStyleSheet(windowStyle(theme()));
  m_recent = new RecentFiles(options.remember, this);
  buildRoom();
  connectAll();
  if (options.autosave) {
    m_autosave = std::make_unique<Autosave>(*m_session, options.autosaveFolder);
    connect(m_autosave.get(), &Autosave::failed, this,
            [this](const Error& error) { report(error, QStringLiteral("autosave")); });
    QTimer::singleShot(0, this, &MainWindow::offerRecovery);
  }
  if (options.remember) {
    QSettings settings;
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    m_page->restoreLayout(settings.value(QStringLiteral("window/layout")).toByteArray());
  }
  showSubject();
  showStatus();
  updateActions();
}

MainWindow::~MainWindow() {
  m_autosave.reset();
  // The page observes session and service: it goes first.
  delete takeCentralWidget();
}

void MainWindow::buildRoom() {
  auto* centre = new QWidget(this);
  auto* column = new QVBoxLayout(centre);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  m_page = new MatrixPage(*m_session, *m_service, centre);
  m_exporter = new Exporter(m_page->controller(), *m_session, *m_service, m_page);
  auto* told = new QWidget(centre);  // takes no room while there is nothing to tell
  auto* toldRow = new QHBoxLayout(told);
  toldRow->setContentsMargins(12, 12, 12, 8);
  m_banner = new Banner(told);
  toldRow->addWidget(m_banner);
  told->hide();
  connect(m_banner, &Banner::shown, told, &QWidget::setVisible);
  m_opener = new InputOpener(*m_session, *m_service, *m_recent, *m_banner, m_page);
  createActions();
  m_top = new TopBar(command(QStringLiteral("open")), command(QStringLiteral("undo")), command(QStringLiteral("redo")),
                     makeGalleryMenu(), makeMoreMenu(), makeExportMenu(), centre);
  m_status = new StatusStrip(tr("%n threads · %1", nullptr, m_service->threads())
                                 .arg(QString::fromStdString(linalg::blasName()).section(QLatin1Char(' '), 0, 0)),
                             rendererName(), centre);
  auto* middle = new QHBoxLayout;
  middle->setSpacing(0);
  auto* rail = new QFrame(centre);
  rail->setObjectName(QStringLiteral("rail"));
  rail->setProperty("rail", true);
  rail->setFixedWidth(56);
  auto* rooms = new QVBoxLayout(rail);
  rooms->setContentsMargins(4, 10, 4, 10);
  m_toMatrix = makeRoomButton(QStringLiteral("Matrix"), tr("Matrix"), tr("Matrix room"), rail);
  m_toProduct = makeRoomButton(QStringLiteral("Product"), tr("Product"), tr("Product room"), rail);
  rooms->addWidget(m_toMatrix, 0, Qt::AlignHCenter);
  rooms->addWidget(m_toProduct, 0, Qt::AlignHCenter);
  rooms->addStretch(1);
  middle->addWidget(rail);
  m_rooms = new QStackedWidget(centre);
  m_rooms->addWidget(m_page);
  m_product = new ProductPage(*m_session, *m_service, m_rooms);
  m_rooms->addWidget(m_product);
  auto* room = new QVBoxLayout;
  room->setSpacing(0);
  room->addWidget(told);
  room->addWidget(m_rooms, 1);
  middle->addLayout(room, 1);
  column->addWidget(m_top);
  column->addLayout(middle, 1);
  column->addWidget(m_status);
  setCentralWidget(centre);
  m_dropHint = new QLabel(tr("Drop to open"), this);
  m_dropHint->setObjectName(QStringLiteral("dropHint"));
  static_cast<QLabel*>(m_dropHint)->setAlignment(Qt::AlignCenter);
  m_dropHint->hide();
  setMinimumSize(900, 560);
  showRoom();
}

QToolButton* MainWindow::makeRoomButton(const QString& id, const QString& text, const QString& name, QWidget* rail) {
  auto* room = new QToolButton(rail);
  room->setObjectName(QStringLiteral("room") + id);
  room->setText(text);
  room->setAccessibleName(name);
  room->setToolTip(name);
  room->setIcon(icon(id.toLower(), IconTone::Muted));
  room->setIconSize({20, 20});
  room->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
  room->setCheckable(true);
  room->setAutoExclusive(true);
  room->setFixedSize(48, 50);
  connect(room, &QToolButton::clicked, this, [this, room = id.toLower().toStdString()] { chooseRoom(room); });
  return room;
}

void MainWindow::chooseRoom(const std::string& room) {
  m_session->edit(tr("Room"), 0, [&](SessionState& state) { state.room = room; });
}

void MainWindow::showRoom() {
  // What one room has to tell of its computation is out of place in the other, and told again on the way back.
  m_banner->clear(isProduct() ? kTopicMatrix : kTopicProduct);
  m_rooms->setCurrentWidget(isProduct() ? static_cast<QWidget*>(m_product) : m_page);
  (isProduct() ? m_toProduct : m_toMatrix)->setChecked(true);
}

Figure MainWindow::currentFigure() const {
  return isProduct() ? m_product->currentFigure() : m_page->plots()->currentFigure();
}

FigureTable MainWindow::currentTable() const {
  return isProduct() ? tableOf(m_product->currentFigure()) : m_page->plots()->currentTable();
}

QString MainWindow::suggestedName(const QString& ending) const {
  if (!isProduct()) return m_exporter->suggestedName(ending);
  return Exporter::fileName(m_product->subject(), QStringLiteral("pairs%1").arg(m_product->controller().pairs()),
                            ending);
}

void MainWindow::connectAll() {
  MatrixRoomController& controller = m_page->controller();
  m_busyDelay.setSingleShot(true);
  m_busyDelay.setInterval(kBusyDelayMs);
  connect(&m_busyDelay, &QTimer::timeout, this, [this] {
    m_busy = m_service->busy();
    showStatus();
  });
  connect(m_session.get(), &Session::stateChanged, this, [this] {
    showRoom();
    showStatus();
    showSubject();
    updateActions();
  });
  connect(m_session.get(), &Session::fileChanged, this, &MainWindow::showSubject);
  connect(m_session.get(), &Session::inputDiffers, this, [this](const InputSpec& spec) {
    m_banner->post(Banner::Tone::Notice, tr("%1 is not what this session was saved with").arg(inputTitle(spec)), {},
                   {});
  });
  connect(&controller, &MatrixRoomController::inputChanged, this, &MainWindow::showSubject);
  connect(&controller, &MatrixRoomController::analysisChanged, this, &MainWindow::updateActions);
  connect(&controller, &MatrixRoomController::stageChanged, this, [this] {
    showStatus();
    updateActions();
  });
  connect(&controller, &MatrixRoomController::failed, this, [this](const Error& error) {
    m_failure = error;
    report(error, kTopicMatrix, {{tr("Try again"), [this] { m_page->controller().retry(); }}});
  });
  connect(&controller, &MatrixRoomController::inputFailed, this, [this](const InputSpec& spec, const Error& error) {
    m_failure = error;
    report(error, QStringLiteral("input"),
           {{tr("Find the file…"),
             [this, spec] {
               const QStringList paths = askOpenPaths(tr("Find %1").arg(inputTitle(spec)), tr("All files (*)"), false);
               if (paths.isEmpty()) return;
               m_page->controller().changeInput(
                   tr("Find input"), [&](InputSpec& input) { input.location = paths.front().toStdString(); });
             }},
            {tr("Remove it"), [this] { m_page->controller().removeInput(m_session->state().matrix.input); }}});
  });
  connect(m_opener, &InputOpener::openFailed, this, [this](const Error& error) { m_failure = error; });
  connect(m_opener, &InputOpener::chooseAnother, this, &MainWindow::openFiles);
  connect(m_opener, &InputOpener::sessionWanted, this, &MainWindow::openSession);
  connect(m_page->emptyPage(), &EmptyPage::openWanted, this, &MainWindow::openFiles);
  connect(m_page->emptyPage(), &EmptyPage::galleryWanted, this, [this] { browseGallery(); });
  connect(m_page->emptyPage(), &EmptyPage::sampleWanted, this,
          [this](const QString& name) { m_opener->open(QStringList{QStringLiteral("sample:") + name}); });
  connect(m_product, &ProductPage::inspected, m_status, &StatusStrip::setInspected);
  connect(m_product, &ProductPage::openWanted, this, &MainWindow::openFiles);
  connect(m_product, &ProductPage::galleryWanted, this, [this] { browseGallery(); });
  connect(m_product, &ProductPage::copyCommandWanted, this, &MainWindow::copyCommand);
  connect(m_product->strip(), &ProductStrip::copyPictureWanted, this, &MainWindow::copyPicture);
  connect(&m_product->controller(), &ProductController::changed, this, [this] {
    if (!m_product->controller().failure()) m_banner->clear(kTopicProduct);
    showStatus();
    updateActions();
  });
  connect(&m_product->controller(), &ProductController::failed, this, [this](const Error& error) {
    m_failure = error;
    report(error, kTopicProduct, {{tr("Try again"), [this] { m_product->controller().retry(); }}});
  });
  connect(m_page, &MatrixPage::inspected, m_status, &StatusStrip::setInspected);
  connect(m_page->side(), &SidePanel::copyCommandWanted, this, &MainWindow::copyCommand);
  connect(m_page->side(), &SidePanel::pinWanted, &m_page->pins(), &PinBook::pinCurrent);
  connect(m_page->side(), &SidePanel::explainWanted, this, &MainWindow::explain);
  connect(m_page->panes(), &PaneGroup::copyPictureWanted, this, &MainWindow::copyPicture);
  connect(m_page->panes(), &PaneGroup::copyValuesWanted, this, &MainWindow::copyValues);
  connect(m_page->plots()->inverse(), &InversePanel::exportInverseWanted, this, &MainWindow::exportInverse);
  connect(m_page->plots()->inverse(), &InversePanel::answered, this, &MainWindow::updateActions);
  connect(m_page->plots(), &PlotPanel::exportWanted, this, &MainWindow::exportPlot);
  connect(m_page->plots(), &PlotPanel::copyTableWanted, this, &MainWindow::copyTable);
  connect(m_page->plots(), &PlotPanel::tableWanted, this, &MainWindow::showTable);
  connect(m_page->plots(), &PlotPanel::copyComparisonWanted, this, &MainWindow::copyComparison);
  connect(&m_page->compared(), &CompareBook::changed, this, &MainWindow::updateActions);
  connect(m_status, &StatusStrip::cancelWanted, this, [this] {
    m_service->cancelLoads();
    m_page->controller().cancel();
    m_product->controller().cancel();
  });
  connect(m_service.get(), &ComputeService::busyChanged, this, [this](bool busy, const QString& what, double fraction) {
    m_busyWith = what;
    m_fraction = fraction;
    if (!busy) {
      m_busyDelay.stop();
      m_busy = false;
    } else if (!m_busy && !m_busyDelay.isActive()) {
      m_busyDelay.start();
    }
    showStatus();
  });
  connect(m_service.get(), &ComputeService::saved, this,
          [this](const QString& what) { say(tr("Saved %1").arg(what)); });
  connect(m_service.get(), &ComputeService::saveFailed, this,
          [this](const QString&, const Error& error) { report(error, QStringLiteral("save")); });
  connect(m_service.get(), &ComputeService::surveyFailed, this,
          [this](const Error& error) { report(error, QStringLiteral("survey")); });
  connect(m_service.get(), &ComputeService::drawFailed, this,
          [this](quint64, const Error& error) { report(error, QStringLiteral("draw")); });
}

void MainWindow::start(const SessionState& state) {
  SessionState wish = state;
  wish.inputs.clear();
  wish.matrix.input = -1;
  m_session->reset(wish);
  if (state.inputs.empty()) return;
  const QString location = QString::fromStdString(state.inputs.front().location);
  if (isSessionFile(location)) {
    openSession(location);
  } else {
    m_opener->open(state.inputs.front());
  }
}

bool MainWindow::isSettled() const {
  return !m_opener->isBusy() && (isProduct() ? m_product->isSettled() : m_page->isSettled()) && !m_service->busy();
}

void MainWindow::showSubject() {
  setWindowModified(m_session->isModified());
  setWindowTitle(tr("%1 — Rankscope").arg(sessionTitle(*m_session)));
  const MatrixRoomController& controller = m_page->controller();
  if (isProduct()) {
    m_top->setSubject(m_product->subject());
    return;
  }
  const Loaded* input = controller.input();
  if (!input) {
    m_top->setSubject({});
    return;
  }
  QStringList sizes;
  for (const Index size : input->storedShape) sizes << showCount(size);
  const bool colour = controller.channelCount() > 1;
  if (input->kind == DatasetKind::Image && input->storedShape.size() == 3 && input->storedShape.back() == 1) {
    sizes.removeLast();
  }
  if (colour && sizes.size() == 2) sizes << QStringLiteral("3");
  QStringList words = {QString::fromStdString(input->title), sizes.join(QStringLiteral(" × "))};
  if (colour) words << (controller.spec() && controller.spec()->view.perChannel ? tr("per channel") : tr("joint RGB"));
  if (input->matrix->isComplex()) words << tr("complex");
  m_top->setSubject(words.join(QStringLiteral(" · ")));
}

void MainWindow::showStatus() {
  const MatrixRoomController& controller = m_page->controller();
  const Stage stage = isProduct() ? m_product->controller().stage() : controller.stage();
  m_status->setProgress(m_busy ? m_fraction : 2);
  m_status->setCancellable(m_busy && (stage == Stage::Preview || stage == Stage::Computing ||
                                      stage == Stage::Updating || stage == Stage::Loading));
  if (m_busy && !m_busyWith.isEmpty()) {
    m_status->setState(StatusStrip::State::Busy, m_busyWith);
  } else if (stage == Stage::Failed) {
    m_status->setState(StatusStrip::State::Error, tr("Failed"));
  } else if (stage == Stage::Unusable) {
    m_status->setState(StatusStrip::State::Warning, tr("Needs a choice"));
  } else if (stage == Stage::Offer) {
    m_status->setState(StatusStrip::State::Warning, isProduct() ? tr("Not computed") : tr("Preview shown"));
  } else if (m_said.isEmpty()) {
    m_status->setState(StatusStrip::State::Ready, tr("Ready"));
  } else {
    m_status->setState(StatusStrip::State::Ready, m_said);
  }
}

void MainWindow::say(const QString& text) {
  m_said = text;
  showStatus();
  QTimer::singleShot(4000, this, [this, text] {
    if (m_said != text) return;
    m_said.clear();
    showStatus();
  });
}

void MainWindow::report(const Error& error, const QString& topic, std::vector<BannerChoice> choices) {
  Error line = error;
  line.hint = {};
  m_banner->post(Banner::Tone::Error, translated(line), translated(error.hint), std::move(choices), topic);
}

void MainWindow::chooseTheme(ThemeChoice choice) {
  applyTheme(*qApp, choice);
  setStyleSheet(windowStyle(theme()));
  showStatus();
  if (m_options.remember) QSettings().setValue(QStringLiteral("window/theme"), static_cast<int>(choice));
}

void MainWindow::chooseLanguage(const QString& id) {
  if (m_options.remember) QSettings().setValue(QStringLiteral("window/language"), id);
  if (id == currentLanguage()) return;
  applyLanguage(id);
  // Not from within the menu that is about to go.
  QTimer::singleShot(0, this, &MainWindow::rebuild);
}

/// Everything shown follows from session and service, which stay: the content is made anew, in the language of now.
void MainWindow::rebuild() {
  if (m_opener->isBusy()) {  // what is being opened would be forgotten
    QTimer::singleShot(kRebuildRetryMs, this, &MainWindow::rebuild);
    return;
  }
  const QByteArray layout = m_page->saveLayout();
  const bool offering = m_banner->topic() == kTopicRecover;
  m_session->disconnect(this);
  m_service->disconnect(this);
  m_busyDelay.disconnect(this);
  delete takeCentralWidget();
  delete m_dropHint;
  qDeleteAll(findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly));
  qDeleteAll(m_commands);
  m_commands.clear();
  m_said.clear();
  m_failure.reset();
  buildRoom();
  connectAll();
  m_dropHint->setGeometry(rect());
  m_page->restoreLayout(layout);
  showSubject();
  showStatus();
  updateActions();
  if (offering) offerRecovery();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (!maySessionGo()) {
    event->ignore();
    return;
  }
  if (m_options.remember) {
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/layout"), m_page->saveLayout());
  }
  event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (!InputOpener::canOpen(event->mimeData())) return;
  event->acceptProposedAction();
  m_dropHint->setGeometry(rect().adjusted(12, 12, -12, -12));
  m_dropHint->raise();
  m_dropHint->show();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*) { m_dropHint->hide(); }

void MainWindow::dropEvent(QDropEvent* event) {
  m_dropHint->hide();
  event->acceptProposedAction();
  m_opener->open(event->mimeData());
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  m_dropHint->setGeometry(rect().adjusted(12, 12, -12, -12));
}

}  // namespace rankscope::ui
