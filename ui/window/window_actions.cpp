// SPDX-License-Identifier: GPL-3.0-or-later
// The window's commands: one list for menus, shortcuts, the palette and the shortcut sheet.
#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QMessageBox>
#include <QRegularExpression>
#include <algorithm>

#include "core/gallery/gallery.h"
#include "ui/document/recent.h"
#include "ui/pages/compare_book.h"
#include "ui/pages/exporter.h"
#include "ui/pages/matrix_controller.h"
#include "ui/pages/matrix_page.h"
#include "ui/pages/pane_group.h"
#include "ui/pages/pin_book.h"
#include "ui/pages/plot_panel.h"
#include "ui/pages/product_controller.h"
#include "ui/pages/product_page.h"
#include "ui/theme/icons.h"
#include "ui/theme/translated.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/shortcut_sheet.h"
#include "ui/window/bars.h"
#include "ui/window/input_opener.h"
#include "ui/window/language.h"
#include "ui/window/main_window.h"

namespace rankscope::ui {
namespace {

/// What works on the matrix in front, and waits while another room is.
bool isOfMatrixRoom(const QAction& action) {
  static const QRegularExpression ids(QStringLiteral(
      "^action_(reload|removeInput|copyPicture|copyValues|flip|fit|oneToOne|zoom.*|exportFactors|exportPicture|pin|"
      "explain|layout.*|tab.*|axes.*|leftPanel|rightPanel|rank.*|rule.*|method_.*|jointRgb|perChannel|computeExactly|"
      "compare.*)$"));
  return ids.match(action.objectName()).hasMatch();
}

}  // namespace

QAction* MainWindow::add(const QString& id, const QString& group, const QString& text, const QKeySequence& keys,
                         std::function<void()> run, const QString& iconName) {
  auto* action = new QAction(text, this);
  action->setObjectName(QStringLiteral("action_") + id);
  action->setProperty("group", group);
  action->setShortcut(keys);
  if (!iconName.isEmpty()) action->setIcon(icon(iconName));
  QString tip = text;
  tip.remove(QLatin1Char('&'));
  if (!keys.isEmpty()) tip += QStringLiteral(" (%1)").arg(keys.toString(QKeySequence::NativeText));
  action->setToolTip(tip);
  connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
  addAction(action);
  m_commands.append(action);
  return action;
}

QAction* MainWindow::command(const QString& id) const {
  const auto found = std::find_if(m_commands.begin(), m_commands.end(), [&](const QAction* action) {
    return action->objectName() == QStringLiteral("action_") + id;
  });
  return found == m_commands.end() ? nullptr : *found;
}

void MainWindow::createActions() {
  const QString file = tr("File"), edit = tr("Edit"), exports = tr("Export"), help = tr("Help");
  add(
      "open", file, tr("Open…"), QKeySequence(QStringLiteral("Ctrl+O")), [this] { openFiles(); }, "open");
  add(
      "gallery", file, tr("Browse the gallery…"), QKeySequence(QStringLiteral("Ctrl+G")), [this] { browseGallery(); },
      "gallery");
  add("paste", file, tr("Paste picture or numbers"), QKeySequence(QStringLiteral("Ctrl+V")),
      [this] { m_opener->open(QApplication::clipboard()->mimeData()); });
  for (const auto& sample : m_service->formats().samples) {
    const QString name = QString::fromStdString(sample.first);
    add(QStringLiteral("sample_") + name, file, tr("Open sample %1").arg(name), {},
        [this, name] { m_opener->open(QStringList{QStringLiteral("sample:") + name}); });
  }
  add("reload", file, tr("Reload input"), QKeySequence(QStringLiteral("F5")), [this] {
    if (const InputSpec* spec = m_page->controller().spec()) m_opener->reload(*spec);
  });
  add("new", file, tr("New session"), QKeySequence(QStringLiteral("Ctrl+N")), [this] { newSession(); });
  add(
      "save", file, tr("Save session"), QKeySequence(QStringLiteral("Ctrl+S")), [this] { saveSession(false); }, "save");
  add("saveAs", file, tr("Save session as…"), QKeySequence(QStringLiteral("Ctrl+Shift+S")),
      [this] { saveSession(true); });
  add("removeInput", file, tr("Remove input"), {},
      [this] { m_page->controller().removeInput(m_session->state().matrix.input); });
  add("quit", file, tr("Quit"), QKeySequence(QStringLiteral("Ctrl+Q")), [this] { close(); });

  add(
      "undo", edit, tr("Undo"), QKeySequence(QStringLiteral("Ctrl+Z")), [this] { m_session->undoStack().undo(); },
      "undo");
  add(
      "redo", edit, tr("Redo"), QKeySequence(QStringLiteral("Ctrl+Shift+Z")), [this] { m_session->undoStack().redo(); },
      "redo");
  add(
      "copyPicture", edit, tr("Copy picture"), QKeySequence(QStringLiteral("Ctrl+C")),
      [this] { copyPicture(m_page->panes()->front()); }, "copy");
  add("copyValues", edit, tr("Copy values in view"), QKeySequence(QStringLiteral("Ctrl+Shift+C")),
      [this] { copyValues(m_page->panes()->front()); });
  add(
      "copyTable", edit, tr("Copy the plot's table"), {}, [this] { copyTable(); }, "table");
  add(
      "copyCommand", edit, tr("Copy as command"), QKeySequence(QStringLiteral("Ctrl+Alt+C")), [this] { copyCommand(); },
      "command");
  add(
      "pin", edit, tr("Pin result"), QKeySequence(QStringLiteral("Ctrl+D")), [this] { m_page->pins().pinCurrent(); },
      "pin");

  add("compare", edit, tr("Compare methods…"), QKeySequence(QStringLiteral("Ctrl+M")),
      [this] { m_page->plots()->openComparison(); });
  add("copyComparison", edit, tr("Copy the comparison as command"), {}, [this] { copyComparison(); });
  add("cancelComparison", edit, tr("Cancel the comparison"), {}, [this] { m_page->compared().cancel(); });

  add("exportFactors", exports, tr("Factors…"), QKeySequence(QStringLiteral("Ctrl+E")), [this] { exportFactors(); });
  add("exportPicture", exports, tr("Approximation as picture…"), {}, [this] { exportPicture(); });
  add("exportPlot", exports, tr("Plot…"), {}, [this] { exportPlot(); });
  add("exportTable", exports, tr("Table of the plot…"), {}, [this] { exportTable(); });
  add("showTable", exports, tr("Show the plot as table…"), {}, [this] { showTable(); });

  createViewActions();
  createRankActions();

  add(
      "palette", help, tr("Command palette"), QKeySequence(QStringLiteral("Ctrl+K")), [this] { showPalette(); },
      "command");
  add(
      "shortcuts", help, tr("Keyboard shortcuts"), QKeySequence(QStringLiteral("?")), [this] { showShortcuts(); },
      "keyboard");
  add(
      "explain", help, tr("Explain the method and the numbers"), QKeySequence(QStringLiteral("F1")),
      [this] { explain(); }, "help");
  add(
      "about", help, tr("About Rankscope"), {}, [this] { about(); }, "info");
}

void MainWindow::createViewActions() {
  const QString view = tr("View");
  const auto choose = [this](const char* key, const char* value, const QString& label) {
    return [this, key, value, label] { m_page->controller().setView(key, value, label); };
  };
  add("roomMatrix", view, tr("Matrix room"), QKeySequence(QStringLiteral("Ctrl+Alt+1")),
      [this] { chooseRoom("matrix"); });
  add("roomProduct", view, tr("Product room"), QKeySequence(QStringLiteral("Ctrl+Alt+2")),
      [this] { chooseRoom("product"); });
  add("layoutThree", view, tr("Three panes"), QKeySequence(QStringLiteral("Ctrl+1")),
      choose("layout", "three", tr("Layout")), "panes");
  add("layoutWipe", view, tr("Wipe"), QKeySequence(QStringLiteral("Ctrl+2")), choose("layout", "wipe", tr("Layout")),
      "wipe");
  add("layoutFlip", view, tr("Flip"), QKeySequence(QStringLiteral("Ctrl+3")), choose("layout", "flip", tr("Layout")),
      "flip");
  add("layoutSingle", view, tr("Single pane"), QKeySequence(QStringLiteral("Ctrl+4")),
      choose("layout", "single", tr("Layout")), "single");
  add("flip", view, tr("Flip between original and approximation"), {}, [this] { m_page->panes()->flip(); });
  add(
      "fit", view, tr("Fit"), QKeySequence(QStringLiteral("Ctrl+0")), [this] { m_page->panes()->zoomToFit(); }, "fit");
  add(
      "oneToOne", view, tr("One entry a pixel"), QKeySequence(QStringLiteral("Ctrl+9")),
      [this] { m_page->panes()->zoomOneToOne(); }, "one-to-one");
  add("zoomIn", view, tr("Zoom in"), QKeySequence(QStringLiteral("Ctrl++")), [this] { m_page->panes()->zoomBy(1.5); });
  add("zoomOut", view, tr("Zoom out"), QKeySequence(QStringLiteral("Ctrl+-")),
      [this] { m_page->panes()->zoomBy(1 / 1.5); });
  add("tabSpectrum", view, tr("Spectrum"), QKeySequence(QStringLiteral("Alt+1")), choose("tab", "spectrum", tr("Tab")),
      "spectrum");
  add("tabError", view, tr("Error against budget"), QKeySequence(QStringLiteral("Alt+2")),
      choose("tab", "error", tr("Tab")));
  add("tabLayers", view, tr("Rank-1 layers"), QKeySequence(QStringLiteral("Alt+3")), choose("tab", "layers", tr("Tab")),
      "layers");
  add("tabConvergence", view, tr("Convergence"), QKeySequence(QStringLiteral("Alt+4")),
      choose("tab", "convergence", tr("Tab")));
  add("tabInverse", view, tr("Inverse"), QKeySequence(QStringLiteral("Alt+5")), choose("tab", "inverse", tr("Tab")));
  add("errorOverRank", view, tr("Error over rank"), {}, choose("error-axis", "rank", tr("Budget")));
  add("errorOverNumbers", view, tr("Error over numbers kept"), {}, choose("error-axis", "parameters", tr("Budget")));
  add("errorOverFlops", view, tr("Error over flops to apply"), {}, choose("error-axis", "flops", tr("Budget")));
  add("axesLogLog", view, tr("Spectrum on log–log axes"), {}, choose("axes", "loglog", tr("Axes")));
  add("axesSemiLog", view, tr("Spectrum on semi-log axes"), {}, choose("axes", "semilog", tr("Axes")));
  add("axesLinear", view, tr("Spectrum on linear axes"), {}, choose("axes", "linear", tr("Axes")));
  add("leftPanel", view, tr("Show or hide the left panel"), QKeySequence(QStringLiteral("F7")),
      [this] { m_page->toggleLeft(); });
  add("rightPanel", view, tr("Show or hide the right panel"), QKeySequence(QStringLiteral("F8")),
      [this] { m_page->toggleRight(); });
  add(
      "themeSystem", view, tr("Theme of the system"), {}, [this] { chooseTheme(ThemeChoice::System); }, "theme");
  add(
      "themeLight", view, tr("Light theme"), {}, [this] { chooseTheme(ThemeChoice::Light); }, "sun");
  add(
      "themeDark", view, tr("Dark theme"), {}, [this] { chooseTheme(ThemeChoice::Dark); }, "moon");
  for (const auto& language : languages()) {
    add(QStringLiteral("language_") + language.first, tr("Language"), language.second, {},
        [this, id = language.first] { chooseLanguage(id); });
  }
}

void MainWindow::createRankActions() {
  const QString rank = tr("Rank");
  MatrixRoomController* controller = &m_page->controller();
  const auto step = [controller](Index by) { return [controller, by] { controller->stepRank(by); }; };
  add("rankUp", rank, tr("Rank up by one"), QKeySequence(QStringLiteral("Alt+Right")), step(1));
  add("rankDown", rank, tr("Rank down by one"), QKeySequence(QStringLiteral("Alt+Left")), step(-1));
  add("rankUpTen", rank, tr("Rank up by ten"), QKeySequence(QStringLiteral("Alt+PgUp")), step(10));
  add("rankDownTen", rank, tr("Rank down by ten"), QKeySequence(QStringLiteral("Alt+PgDown")), step(-10));
  add("ruleGavishDonoho", rank, tr("Rank by Gavish–Donoho"), {},
      [controller] { controller->setRule(RankRule::GavishDonoho); });
  add("ruleElbow", rank, tr("Rank at the elbow"), {}, [controller] { controller->setRule(RankRule::Elbow); });
  add("ruleNumerical", rank, tr("Numerical rank"), {}, [controller] { controller->setRule(RankRule::Numerical); });
  for (const Method& method : methods()) {
    if (method.kind != Kind::Matrix) continue;
    add(QStringLiteral("method_") + QString::fromStdString(method.id), tr("Method"), translated(Text(method.title)), {},
        [controller, id = method.id] { controller->setMethod(id); });
  }
  const auto reading = [controller](const QString& label, bool perChannel) {
    return [controller, label, perChannel] {
      controller->changeInput(label, [&](InputSpec& spec) {
        spec.view.channel = "rgb";
        spec.view.perChannel = perChannel;
      });
    };
  };
  add("jointRgb", tr("Input"), tr("Colours as one matrix"), {}, reading(tr("Joint RGB"), false));
  add("perChannel", tr("Input"), tr("Each colour channel by itself"), {}, reading(tr("Per channel"), true));
  add("computeExactly", rank, tr("Compute exactly"), {}, [controller] { controller->computeExactly(); });
  add("cancel", rank, tr("Cancel the computation"), QKeySequence(QStringLiteral("Ctrl+.")), [this, controller] {
    m_service->cancelLoads();
    controller->cancel();
    m_product->controller().cancel();
  });
}

QMenu* MainWindow::makeGalleryMenu() {
  auto* menu = new QMenu(this);
  menu->setObjectName(QStringLiteral("galleryMenu"));
  menu->addAction(command(QStringLiteral("gallery")));
  menu->addSeparator();
  for (QAction* action : m_commands) {
    if (action->objectName().startsWith(QStringLiteral("action_sample_"))) menu->addAction(action);
  }
  menu->addSeparator();
  // The first few; the browser has them all.
  int shown = 0;
  for (const Generator& generator : generators()) {
    if (++shown > 8) break;
    const QString id = QString::fromStdString(generator.id);
    QAction* action = menu->addAction(translated(Text(generator.title)), this, [this, id] { browseGallery(id); });
    action->setToolTip(translated(Text(generator.help)));
  }
  menu->setToolTipsVisible(true);
  return menu;
}

QMenu* MainWindow::makeMoreMenu() {
  auto* menu = new QMenu(this);
  menu->setObjectName(QStringLiteral("moreMenu"));
  const auto use = [&](QMenu* into, std::initializer_list<const char*> ids) {
    for (const char* id : ids) into->addAction(command(QString::fromLatin1(id)));
  };
  use(menu, {"new", "open"});
  QMenu* recent = menu->addMenu(tr("Recent"));
  connect(recent, &QMenu::aboutToShow, this, [this, recent] { fillRecent(recent); });
  use(menu, {"paste", "reload"});
  menu->addSeparator();
  use(menu, {"save", "saveAs"});
  menu->addSeparator();
  QMenu* layout = menu->addMenu(tr("Layout"));
  use(layout, {"layoutThree", "layoutWipe", "layoutFlip", "layoutSingle"});
  layout->addSeparator();
  use(layout, {"fit", "oneToOne", "zoomIn", "zoomOut"});
  layout->addSeparator();
  use(layout, {"leftPanel", "rightPanel"});
  QMenu* themes = menu->addMenu(tr("Theme"));
  use(themes, {"themeSystem", "themeLight", "themeDark"});
  QMenu* spoken = menu->addMenu(tr("Language"));
  use(spoken, {"language_en", "language_zh_CN"});
  menu->addSeparator();
  use(menu, {"palette", "shortcuts", "explain", "about"});
  menu->addSeparator();
  use(menu, {"quit"});
  return menu;
}

QMenu* MainWindow::makeExportMenu() {
  auto* menu = new QMenu(this);
  menu->setObjectName(QStringLiteral("exportMenu"));
  const auto use = [&](std::initializer_list<const char*> ids) {
    for (const char* id : ids) menu->addAction(command(QString::fromLatin1(id)));
  };
  use({"exportFactors", "exportPicture", "exportPlot", "exportTable"});
  menu->addSeparator();
  use({"copyPicture", "copyValues", "copyTable", "copyCommand"});
  menu->addSeparator();
  use({"save", "saveAs"});
  return menu;
}

void MainWindow::updateActions() {
  for (QAction* action : m_commands) {
    if (isOfMatrixRoom(*action)) action->setEnabled(!isProduct());
  }
  const bool input = m_page->controller().input() != nullptr;
  const bool result = m_exporter->hasResult();
  command(QStringLiteral("undo"))->setEnabled(m_session->undoStack().canUndo());
  command(QStringLiteral("redo"))->setEnabled(m_session->undoStack().canRedo());
  const QString undo = m_session->undoStack().undoText(), redo = m_session->undoStack().redoText();
  command(QStringLiteral("undo"))->setToolTip(undo.isEmpty() ? tr("Undo (Ctrl+Z)") : tr("Undo %1 (Ctrl+Z)").arg(undo));
  command(QStringLiteral("redo"))
      ->setToolTip(redo.isEmpty() ? tr("Redo (Ctrl+Shift+Z)") : tr("Redo %1 (Ctrl+Shift+Z)").arg(redo));
  for (const char* id : {"compare", "reload", "removeInput", "copyPicture", "copyValues", "rankUp", "rankDown",
                         "rankUpTen", "rankDownTen", "flip", "fit", "oneToOne", "zoomIn", "zoomOut"}) {
    command(QString::fromLatin1(id))->setEnabled(input);
  }
  const Loaded* loaded = m_page->controller().input();
  const bool colour = loaded && loaded->kind == DatasetKind::Image &&
                      (loaded->matrix->channels().size() > 1 || m_page->controller().spec()->view.channel != "rgb");
  command(QStringLiteral("jointRgb"))->setEnabled(colour);
  command(QStringLiteral("perChannel"))->setEnabled(colour);
  command(QStringLiteral("copyComparison"))->setEnabled(input && m_page->compared().hasWish());
  command(QStringLiteral("cancelComparison"))->setEnabled(m_page->compared().isRunning());
  command(QStringLiteral("computeExactly"))->setEnabled(m_page->controller().stage() == Stage::Offer);
  for (const char* id : {"exportFactors", "exportPicture", "pin", "ruleGavishDonoho", "ruleElbow", "ruleNumerical"}) {
    command(QString::fromLatin1(id))->setEnabled(result);
  }
  // The pseudo-inverse has its plot though the method failed.
  const bool plotted = !currentFigure().series.empty();
  for (const char* id : {"exportPlot", "exportTable", "showTable", "copyTable"})
    command(QString::fromLatin1(id))->setEnabled(plotted);
  command(QStringLiteral("copyCommand"))->setEnabled(!m_exporter->command().isEmpty());
  m_top->setExportEnabled(input);
  if (!isProduct()) return;
  for (QAction* action : m_commands) {
    if (isOfMatrixRoom(*action)) action->setEnabled(false);
  }
  const bool shown = m_product->controller().probabilities() != nullptr;
  for (const char* id : {"exportPlot", "exportTable", "showTable", "copyTable"})
    command(QString::fromLatin1(id))->setEnabled(shown);
  command(QStringLiteral("copyCommand"))->setEnabled(!m_product->command().isEmpty());
  m_top->setExportEnabled(shown);
}

void MainWindow::showPalette() {
  QList<QAction*> actions;
  for (QAction* action : m_commands) {
    if (action->objectName() != QStringLiteral("action_palette")) actions << action;
  }
  auto* palette = new CommandPalette(actions, this);
  palette->setAttribute(Qt::WA_DeleteOnClose);
  palette->open();
}

void MainWindow::showShortcuts() {
  auto* sheet = new ShortcutSheet(m_commands, this);
  sheet->setAttribute(Qt::WA_DeleteOnClose);
  sheet->open();
}

void MainWindow::explain() {
  const Method* method = findMethod(m_session->state().matrix.method);
  if (!method) return;
  const auto sentence = [](QString text) {  // core's help lines begin small, as a list wants them
    if (!text.isEmpty()) text[0] = text[0].toUpper();
    return text.toHtmlEscaped();
  };
  auto* box = new QMessageBox(QMessageBox::NoIcon, tr("Explain"), {}, QMessageBox::Close, this);
  box->setAttribute(Qt::WA_DeleteOnClose);
  box->setObjectName(QStringLiteral("explainBox"));
  box->setTextFormat(Qt::RichText);
  box->setText(QStringLiteral("<b>%1</b>").arg(translated(Text(method->title)).toHtmlEscaped()));
  box->setInformativeText(
      tr("<p>%1</p><p>M̂ is the approximation: the sum of the first r terms σᵢuᵢvᵢᵀ. Its relative Frobenius error is "
         "‖M − M̂‖ / ‖M‖, measured on the matrix itself. No matrix of rank r is nearer to M than "
         "√(σ²ᵣ₊₁ + σ²ᵣ₊₂ + …): that is the optimum beside every error.</p>"
         "<p>Energy is the share of Σσ² that is kept; numbers kept are those one must store to apply M̂, r(n + m) for a "
         "product of two factors.</p><p>Source: %2</p>")
          .arg(sentence(translated(Text(method->help))), QString::fromStdString(method->reference).toHtmlEscaped()));
  box->open();
}

void MainWindow::about() {
  QMessageBox::about(this, tr("About Rankscope"),
                     tr("<b>Rankscope %1</b><p>See low-rank and structured matrix approximation.</p>"
                        "<p>Free software under the GNU General Public License, version 3 or later.</p>")
                         .arg(QStringLiteral(RANKSCOPE_VERSION)));
}

}  // namespace rankscope::ui
