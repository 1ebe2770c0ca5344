// SPDX-License-Identifier: GPL-3.0-or-later
// What comes into the window and what leaves it: files, sessions, the clipboard.
#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QImage>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QSettings>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/document/autosave.h"
#include "ui/document/recent.h"
#include "ui/document/session_file.h"
#include "ui/pages/exporter.h"
#include "ui/pages/gallery_dialog.h"
#include "ui/pages/inverse_panel.h"
#include "ui/pages/matrix_controller.h"
#include "ui/pages/matrix_page.h"
#include "ui/pages/pane_group.h"
#include "ui/pages/plot_panel.h"
#include "ui/pages/product_controller.h"
#include "ui/pages/product_page.h"
#include "ui/pages/product_strip.h"
#include "ui/plots/plot_view.h"
#include "ui/theme/translated.h"
#include "ui/widgets/banner.h"
#include "ui/window/input_opener.h"
#include "ui/window/language.h"
#include "ui/window/main_window.h"

namespace rankscope::ui {
namespace {

const QString kFolderKey = QStringLiteral("window/folder");

/// The folder used last, while it is there.
QString startFolder() {
  const QString last = QSettings().value(kFolderKey).toString();
  return !last.isEmpty() && QDir(last).exists() ? last : QDir::currentPath();
}

/// What all file dialogs of the window share.
void prepare(QFileDialog& dialog, QFileDialog::AcceptMode mode, QFileDialog::FileMode files) {
  dialog.setObjectName(QStringLiteral("fileDialog"));
  dialog.setOption(QFileDialog::DontUseNativeDialog, QApplication::testAttribute(Qt::AA_DontUseNativeDialogs));
  // All endings of all readers in one line would be cut; of what is written there are few.
  dialog.setOption(QFileDialog::HideNameFilterDetails, mode == QFileDialog::AcceptOpen);
  dialog.setAcceptMode(mode);
  dialog.setFileMode(files);
  dialog.resize(760, 480);
}

/// The endings, without the dot, of "NumPy archive (*.npz *.NPZ)".
QStringList endingsOf(const QString& filter) {
  QStringList endings = filter.section(QLatin1Char('('), -1).section(QLatin1Char(')'), 0, 0).split(QLatin1Char(' '));
  for (QString& ending : endings) ending = ending.section(QLatin1Char('.'), -1);
  return endings;
}

/// "NumPy arrays (*.npy *.npz);;…" of what can be read.
QString openFilter(const Formats& formats) {
  QStringList all, each;
  for (const Reader& reader : formats.readers) {
    QStringList patterns;
    for (const std::string& ending : reader.endings) patterns << QStringLiteral("*") + QString::fromStdString(ending);
    all << patterns;
    each << QStringLiteral("%1 (%2)").arg(translated(Text(reader.title)), patterns.join(QLatin1Char(' ')));
  }
  all << QStringLiteral("*") + sessionEnding();
  QStringList filters = {MainWindow::tr("All that can be opened (%1)").arg(all.join(QLatin1Char(' ')))};
  filters << each << sessionFilter() << MainWindow::tr("All files (*)");
  return filters.join(QStringLiteral(";;"));
}

QString writeFilter(const Formats& formats) {
  QStringList filters;
  for (const Writer& writer : formats.writers) {
    QStringList patterns;
    for (const std::string& ending : writer.endings) patterns << QStringLiteral("*") + QString::fromStdString(ending);
    filters << QStringLiteral("%1 (%2)").arg(translated(Text(writer.title)), patterns.join(QLatin1Char(' ')));
  }
  return filters.join(QStringLiteral(";;"));
}

}  // namespace

QStringList MainWindow::askOpenPaths(const QString& title, const QString& filter, bool several) {
  QFileDialog dialog(this, title, startFolder(), filter);
  prepare(dialog, QFileDialog::AcceptOpen, several ? QFileDialog::ExistingFiles : QFileDialog::ExistingFile);
  if (dialog.exec() != QDialog::Accepted) return {};
  const QStringList paths = dialog.selectedFiles();
  if (!paths.isEmpty()) keepFolder(paths.front());
  return paths;
}

QString MainWindow::askSavePath(const QString& title, const QString& filter, const QString& name) {
  QFileDialog dialog(this, title, startFolder(), filter);
  prepare(dialog, QFileDialog::AcceptSave, QFileDialog::AnyFile);
  dialog.selectFile(name);
  for (const QString& one : filter.split(QStringLiteral(";;"))) {
    if (endingsOf(one).contains(QFileInfo(name).suffix())) dialog.selectNameFilter(one);
  }
  // The dialog completes the name itself: it asks before a file of the whole name is replaced.
  const auto complete = [&dialog] { dialog.setDefaultSuffix(endingsOf(dialog.selectedNameFilter()).front()); };
  connect(&dialog, &QFileDialog::filterSelected, &dialog, complete);
  complete();
  if (dialog.exec() != QDialog::Accepted) return {};
  const QString path = dialog.selectedFiles().value(0);
  keepFolder(path);
  return path;
}

void MainWindow::keepFolder(const QString& path) {
  if (m_options.remember) QSettings().setValue(kFolderKey, QFileInfo(path).absolutePath());
}

void MainWindow::openFiles() {
  const QStringList paths = askOpenPaths(tr("Open"), openFilter(m_service->formats()), true);
  if (!paths.isEmpty()) m_opener->open(paths);
}

void MainWindow::browseGallery(const QString& id) {
  auto* dialog = new GalleryDialog(*m_service, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  if (!id.isEmpty()) dialog->choose(id);
  connect(dialog, &QDialog::accepted, this, [this, dialog] { m_opener->open(QStringList{dialog->location()}); });
  dialog->open();
}

void MainWindow::fillRecent(QMenu* menu) {
  menu->clear();
  const QStringList files = m_recent->files();
  for (const QString& location : files) {
    const QString title = isSessionFile(location)
                              ? QFileInfo(location).fileName()
                              : inputTitle(InputSpec{.location = location.toStdString(), .view = {}});
    QAction* action = menu->addAction(QString(title).replace(QLatin1Char('&'), QStringLiteral("&&")), this,
                                      [this, location] { m_opener->open(QStringList{location}); });
    action->setToolTip(location);
  }
  if (files.isEmpty()) {
    menu->addAction(tr("Nothing opened yet"))->setEnabled(false);
  } else {
    menu->addSeparator();
    menu->addAction(tr("Forget these"), this, [this] { m_recent->clear(); });
  }
  menu->setToolTipsVisible(true);
}

bool MainWindow::maySessionGo() {
  // Looking at a matrix leaves nothing to lose; a session of a file and pins do.
  const bool worth = !m_session->filePath().isEmpty() || !m_session->state().pins.empty();
  if (!worth || !m_session->isModified()) return true;
  const auto answer =
      QMessageBox::question(this, tr("Rankscope"), tr("Save the changes to this session?"),
                            QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Save);
  if (answer == QMessageBox::Save) return saveSession(false);
  return answer == QMessageBox::Discard;
}

void MainWindow::newSession() {
  if (maySessionGo()) m_session->reset(SessionState{});
}

void MainWindow::openSession(const QString& path) {
  if (!maySessionGo()) return;
  const auto opened = openSessionFile(path);
  if (!opened) {
    m_failure = opened.error();
    report(opened.error(), QStringLiteral("open"));
    return;
  }
  m_session->reset(opened->state, path);
  m_session->expectContents(opened->contents);
  m_recent->add(path);
  if (!opened->notices.isEmpty()) {
    m_banner->post(Banner::Tone::Notice, opened->notices.join(QStringLiteral(" · ")), {}, {});
  }
}

bool MainWindow::saveSession(bool as) {
  QString path = m_session->filePath();
  if (as || path.isEmpty()) {
    path = askSavePath(tr("Save session"), sessionFilter(),
                       path.isEmpty() ? tr("session") + sessionEnding() : QFileInfo(path).fileName());
  }
  if (path.isEmpty()) return false;
  // Small, and the window may be about to close: written here and now.
  const auto saved = saveSessionFile(path, m_session->state(), contentsOf(*m_session));
  if (!saved) {
    report(saved.error(), QStringLiteral("save"));
    return false;
  }
  m_session->setSaved(path);
  m_recent->add(path);
  say(tr("Saved %1").arg(QFileInfo(path).fileName()));
  return true;
}

void MainWindow::offerRecovery() {
  const std::vector<LostSession> lost = m_autosave->lost();
  if (lost.empty()) return;
  const LostSession newest = lost.front();
  m_banner->post(Banner::Tone::Question,
                 tr("“%1” was not closed properly (%2)")
                     .arg(newest.title, QLocale(currentLanguage()).toString(newest.savedAt, QLocale::ShortFormat)),
                 tr("It can be brought back as it was."),
                 {{tr("Recover"),
                   [this, id = newest.id] {
                     if (!maySessionGo()) {
                       offerRecovery();
                       return;
                     }
                     if (const auto done = m_autosave->recover(id); !done) report(done.error(), kTopicRecover);
                   }},
                  {tr("Discard"),
                   [this, id = newest.id] {
                     m_autosave->discard(id);
                     offerRecovery();  // another one may wait
                   }}},
                 kTopicRecover);
}

void MainWindow::exportFactors() {
  const AnalysisPtr product = isProduct() ? m_product->controller().analysis() : nullptr;
  const QString path =
      askSavePath(tr("Export factors"), writeFilter(m_service->formats()), suggestedName(QStringLiteral("npz")));
  if (path.isEmpty()) return;
  const QStringList replaced =
      product ? m_exporter->replacedBySaveFactors(path, *product) : m_exporter->replacedBySaveFactors(path);
  if (!replaced.isEmpty() &&
      QMessageBox::question(this, tr("Export factors"), tr("Replace %1?").arg(replaced.join(QStringLiteral(", "))),
                            QMessageBox::Yes | QMessageBox::No, QMessageBox::No) != QMessageBox::Yes) {
    return;
  }
  if (product) {
    m_exporter->saveFactors(path, product, m_product->storedTitle());
  } else {
    m_exporter->saveFactors(path);
  }
}

void MainWindow::exportEstimate() {
  const AnalysisPtr product = m_product->controller().analysis();
  const QString path =
      askSavePath(tr("Export the estimate"), writeFilter(m_service->formats()), suggestedName(QStringLiteral("npy")));
  if (!path.isEmpty()) m_exporter->saveEstimate(path, product, m_product->storedTitle());
}

void MainWindow::exportInverse() {
  const InverseAnswerPtr inverse = m_page->plots()->inverse()->answer();
  if (!inverse) return;
  const QString path = askSavePath(tr("Export the pseudo-inverse"), writeFilter(m_service->formats()),
                                   tr("inverse") + QStringLiteral(".npy"));
  if (!path.isEmpty()) m_exporter->saveInverse(path, inverse);
}

void MainWindow::exportPicture() {
  const QString path = askSavePath(tr("Export the approximation as a picture"),
                                   tr("PNG (*.png);;TIFF (*.tif);;JPEG (*.jpg);;WebP (*.webp);;BMP (*.bmp)"),
                                   m_exporter->suggestedName(QStringLiteral("png")));
  if (path.isEmpty()) return;
  m_exporter->savePicture(path, m_page->panes()->pane(PaneGroup::Approximation)->canvas()->grabPixels());
}

void MainWindow::exportPlot() {
  const QString path =
      askSavePath(tr("Export plot"), tr("SVG (*.svg);;PDF (*.pdf);;PNG (*.png)"), suggestedName(QStringLiteral("svg")));
  if (path.isEmpty()) return;
  const auto saved = isProduct() ? saveFigure(currentFigure(), path) : m_exporter->savePlot(path, currentFigure());
  if (saved) {
    say(tr("Saved %1").arg(QFileInfo(path).fileName()));
  } else {
    report(saved.error(), QStringLiteral("save"));
  }
}

void MainWindow::exportTable() {
  const QString path =
      askSavePath(tr("Export table"), tr("CSV (*.csv);;TSV (*.tsv)"), suggestedName(QStringLiteral("csv")));
  if (!path.isEmpty()) m_exporter->saveTable(path, currentTable());
}

void MainWindow::copyPicture(int which) {
  const Pane* pane = isProduct() ? m_product->strip()->pane(static_cast<ProductStrip::Which>(which))
                                 : m_page->panes()->pane(static_cast<PaneGroup::Which>(which));
  const QImage image = pane->canvas()->grabPixels();
  QApplication::clipboard()->setImage(image);
  say(tr("Picture copied"));
}

void MainWindow::copyValues(int which) {
  if (!m_page->controller().input()) return;
  const auto text = m_exporter->values(which, m_page->controller().visible());
  if (text) {
    QApplication::clipboard()->setText(*text);
    say(tr("Values copied"));
  } else {
    report(text.error(), QStringLiteral("copy"));
  }
}

void MainWindow::copyTable() {
  QApplication::clipboard()->setText(textOf(currentTable(), u'\t'));
  say(tr("Table copied"));
}

void MainWindow::copyCommand() {
  QApplication::clipboard()->setText(isProduct() ? m_product->command() : m_exporter->command());
  say(tr("Command copied"));
}

void MainWindow::copyComparison() {
  const QString command = m_exporter->comparisonCommand();
  if (command.isEmpty()) return;
  QApplication::clipboard()->setText(command);
  say(tr("Command copied"));
}

void MainWindow::showTable() {
  const Figure figure = currentFigure();
  const FigureTable table = currentTable();
  auto* dialog = new QDialog(this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setObjectName(QStringLiteral("tableDialog"));
  dialog->setWindowTitle(figure.title.isEmpty() ? tr("Table") : figure.title);
  auto* column = new QVBoxLayout(dialog);
  auto* widget = new QTableWidget(static_cast<int>(table.rows.size()), static_cast<int>(table.header.size()), dialog);
  widget->setAccessibleName(dialog->windowTitle());
  widget->setEditTriggers(QAbstractItemView::NoEditTriggers);
  widget->setHorizontalHeaderLabels(table.header);
  for (int row = 0; row < widget->rowCount(); ++row) {
    const QStringList& cells = table.rows[static_cast<std::size_t>(row)];
    for (int cell = 0; cell < cells.size(); ++cell) {
      auto* item = new QTableWidgetItem(cells[cell]);
      item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
      widget->setItem(row, cell, item);
    }
  }
  widget->resizeColumnsToContents();
  column->addWidget(widget);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
  connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
  column->addWidget(buttons);
  dialog->resize(560, 480);
  dialog->open();
}

}  // namespace rankscope::ui
