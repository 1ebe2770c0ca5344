// SPDX-License-Identifier: GPL-3.0-or-later
// The window's commands: one list for menus, shortcuts, the palette and the shortcut sheet.
#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QMessageBox>
#include <algorithm>
#include <map>

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
#include "ui/pages/product_strip.h"
#include "ui/theme/icons.h"
#include "ui/theme/translated.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/shortcut_sheet.h"
#include "ui/window/bars.h"
#include "ui/window/input_opener.h"
#include "ui/window/language.h"
#include "ui/window/main_window.h"

namespace rankscope::ui {
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

QAction* MainWindow::addOfMatrix(const QString& id, const QString& group, const QString& text, const QKeySequence& keys,
                                 std::function<void()> run, const QString& iconName) {
  QAction* action = add(id, group, text, keys, std::move(run), iconName);
  action->setProperty("room", QStringLiteral("matrix"));
  return action;
}

QAction* MainWindow::addOfProduct(const QString& id, const QString& group, const QString& text,
                                  std::function<void()> run) {
  QAction* action = add(id, group, text, {}, std::move(run));
  action->setProperty("room", QStringLiteral("product"));
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
  addOfMatrix("reload", file, tr("Reload input"), QKeySequence(QStringLiteral("F5")), [this] {
    if (const InputSpec* spec = m_page->controller().spec()) m_opener->reload(*spec);
  });
  add("new", file, tr("New session"), QKeySequence(QStringLiteral("Ctrl+N")), [this] { newSession(); });
  add(
      "save", file, tr("Save session"), QKeySequence(QStringLiteral("Ctrl+S")), [this] { saveSession(false); }, "save");
  add("saveAs", file, tr("Save session as…"), QKeySequence(QStringLiteral("Ctrl+Shift+S")),
      [this] { saveSession(true); });
  addOfMatrix("removeInput", file, tr("Remove input"), {},
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
      [this] { copyPicture(isProduct() ? m_product->strip()->front() : static_cast<int>(m_page->panes()->front())); },
      "copy");
  addOfMatrix("copyValues", edit, tr("Copy values in view"), QKeySequence(QStringLiteral("Ctrl+Shift+C")),
              [this] { copyValues(m_page->panes()->front()); });
  add(
      "copyTable", edit, tr("Copy the plot's table"), {}, [this] { copyTable(); }, "table");
  add(
      "copyCommand", edit, tr("Copy as command"), QKeySequence(QStringLiteral("Ctrl+Alt+C")), [this] { copyCommand(); },
      "command");
  addOfMatrix(
      "pin", edit, tr("Pin result"), QKeySequence(QStringLiteral("Ctrl+D")), [this] { m_page->pins().pinCurrent(); },
      "pin");

  addOfMatrix("compare", edit, tr("Compare methods…"), QKeySequence(QStringLiteral("Ctrl+M")),
              [this] { m_page->plots()->openComparison(); });
  addOfMatrix("copyComparison", edit, tr("Copy the comparison as command"), {}, [this] { copyComparison(); });
  addOfMatrix("cancelComparison", edit, tr("Cancel the comparison"), {}, [this] { m_page->compared().cancel(); });

  add("exportFactors", exports, tr("Factors…"), QKeySequence(QStringLiteral("Ctrl+E")), [this] { exportFactors(); });
  addOfProduct("exportEstimate", exports, tr("Estimate as matrix…"), [this] { exportEstimate(); });
  addOfMatrix("exportPicture", exports, tr("Approximation as picture…"), {}, [this] { exportPicture(); });
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
  addOfMatrix(
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
  addOfMatrix("layoutThree", view, tr("Three panes"), QKeySequence(QStringLiteral("Ctrl+1")),
              choose("layout", "three", tr("Layout")), "panes");
  addOfMatrix("layoutWipe", view, tr("Wipe"), QKeySequence(QStringLiteral("Ctrl+2")),
              choose("layout", "wipe", tr("Layout")), "wipe");
  addOfMatrix("layoutFlip", view, tr("Flip"), QKeySequence(QStringLiteral("Ctrl+3")),
              choose("layout", "flip", tr("Layout")), "flip");
  addOfMatrix("layoutSingle", view, tr("Single pane"), QKeySequence(QStringLiteral("Ctrl+4")),
              choose("layout", "single", tr("Layout")), "single");
  addOfMatrix("flip", view, tr("Flip between original and approximation"), {}, [this] { m_page->panes()->flip(); });
  addOfMatrix(
      "fit", view, tr("Fit"), QKeySequence(QStringLiteral("Ctrl+0")), [this] { m_page->panes()->zoomToFit(); }, "fit");
  addOfMatrix(
      "oneToOne", view, tr("One entry a pixel"), QKeySequence(QStringLiteral("Ctrl+9")),
      [this] { m_page->panes()->zoomOneToOne(); }, "one-to-one");
  addOfMatrix("zoomIn", view, tr("Zoom in"), QKeySequence(QStringLiteral("Ctrl++")),
              [this] { m_page->panes()->zoomBy(1.5); });
  addOfMatrix("zoomOut", view, tr("Zoom out"), QKeySequence(QStringLiteral("Ctrl+-")),
              [this] { m_page->panes()->zoomBy(1 / 1.5); });
  addOfMatrix("tabSpectrum", view, tr("Spectrum"), QKeySequence(QStringLiteral("Alt+1")),
              choose("tab", "spectrum", tr("Tab")), "spectrum");
  addOfMatrix("tabError", view, tr("Error against budget"), QKeySequence(QStringLiteral("Alt+2")),
              choose("tab", "error", tr("Tab")));
  addOfMatrix("tabLayers", view, tr("Rank-1 layers"), QKeySequence(QStringLiteral("Alt+3")),
              choose("tab", "layers", tr("Tab")), "layers");
  addOfMatrix("tabStructure", view, tr("Structure"), QKeySequence(QStringLiteral("Alt+4")),
              choose("tab", "structure", tr("Tab")));
  addOfMatrix("tabConvergence", view, tr("Convergence"), QKeySequence(QStringLiteral("Alt+5")),
              choose("tab", "convergence", tr("Tab")));
  addOfMatrix("tabInverse", view, tr("Inverse"), QKeySequence(QStringLiteral("Alt+6")),
              choose("tab", "inverse", tr("Tab")));
  addOfMatrix("errorOverRank", view, tr("Error over rank"), {}, choose("error-axis", "rank", tr("Budget")));
  addOfMatrix("errorOverNumbers", view, tr("Error over numbers kept"), {},
              choose("error-axis", "parameters", tr("Budget")));
  addOfMatrix("errorOverFlops", view, tr("Error over flops to apply"), {}, choose("error-axis", "flops", tr("Budget")));
  addOfMatrix("axesLogLog", view, tr("Spectrum on log–log axes"), {}, choose("axes", "loglog", tr("Axes")));
  addOfMatrix("axesSemiLog", view, tr("Spectrum on semi-log axes"), {}, choose("axes", "semilog", tr("Axes")));
  addOfMatrix("axesLinear", view, tr("Spectrum on linear axes"), {}, choose("axes", "linear", tr("Axes")));
  addOfMatrix("leftPanel", view, tr("Show or hide the left panel"), QKeySequence(QStringLiteral("F7")),
              [this] { m_page->toggleLeft(); });
  addOfMatrix("rightPanel", view, tr("Show or hide the right panel"), QKeySequence(QStringLiteral("F8")),
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
  addOfMatrix("rankUp", rank, tr("Rank up by one"), QKeySequence(QStringLiteral("Alt+Right")), step(1));
  addOfMatrix("rankDown", rank, tr("Rank down by one"), QKeySequence(QStringLiteral("Alt+Left")), step(-1));
  addOfMatrix("rankUpTen", rank, tr("Rank up by ten"), QKeySequence(QStringLiteral("Alt+PgUp")), step(10));
  addOfMatrix("rankDownTen", rank, tr("Rank down by ten"), QKeySequence(QStringLiteral("Alt+PgDown")), step(-10));
  addOfMatrix("ruleGavishDonoho", rank, tr("Rank by Gavish–Donoho"), {},
              [controller] { controller->setRule(RankRule::GavishDonoho); });
  addOfMatrix("ruleElbow", rank, tr("Rank at the elbow"), {}, [controller] { controller->setRule(RankRule::Elbow); });
  addOfMatrix("ruleNumerical", rank, tr("Numerical rank"), {},
              [controller] { controller->setRule(RankRule::Numerical); });
  for (const Method& method : methods()) {
    if (method.kind != Kind::Matrix) continue;
    addOfMatrix(QStringLiteral("method_") + QString::fromStdString(method.id), tr("Method"),
                translated(Text(method.title)), {}, [controller, id = method.id] { controller->setMethod(id); });
  }
  const auto reading = [controller](const QString& label, bool perChannel) {
    return [controller, label, perChannel] {
      controller->changeInput(label, [&](InputSpec& spec) {
        spec.view.channel = "rgb";
        spec.view.perChannel = perChannel;
      });
    };
  };
  addOfMatrix("jointRgb", tr("Input"), tr("Colours as one matrix"), {}, reading(tr("Joint RGB"), false));
  addOfMatrix("perChannel", tr("Input"), tr("Each colour channel by itself"), {}, reading(tr("Per channel"), true));
  addOfMatrix("computeExactly", rank, tr("Compute exactly"), {}, [controller] { controller->computeExactly(); });
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
  use({"exportFactors", "exportEstimate", "exportPicture", "exportPlot", "exportTable"});
  menu->addSeparator();
  use({"copyPicture", "copyValues", "copyTable", "copyCommand"});
  menu->addSeparator();
  use({"save", "saveAs"});
  return menu;
}

void MainWindow::updateActions() {
  std::map<QString, bool> enabled;  // what is not named here is whenever its room is in front
  const auto set = [&](std::initializer_list<const char*> ids, bool yes) {
    for (const char* id : ids) enabled[QStringLiteral("action_") + QString::fromLatin1(id)] = yes;
  };
  const MatrixRoomController& controller = m_page->controller();
  const Loaded* loaded = controller.input();
  const bool input = loaded != nullptr, result = m_exporter->hasResult();
  const bool colour = loaded && loaded->kind == DatasetKind::Image &&
                      (loaded->matrix->channels().size() > 1 || controller.spec()->view.channel != "rgb");
  const bool product = m_product->controller().probabilities() != nullptr;
  QUndoStack& steps = m_session->undoStack();
  set({"undo"}, steps.canUndo());
  set({"redo"}, steps.canRedo());
  set({"copyPicture"}, isProduct() ? product : input);
  set({"compare", "reload", "removeInput", "copyValues", "rankUp", "rankDown", "rankUpTen", "rankDownTen", "flip",
       "fit", "oneToOne", "zoomIn", "zoomOut"},
      input);
  set({"jointRgb", "perChannel"}, colour);
  set({"copyComparison"}, input && m_page->compared().hasWish());
  set({"cancelComparison"}, m_page->compared().isRunning());
  set({"computeExactly"}, controller.stage() == Stage::Offer);
  set({"exportFactors"}, isProduct() ? product : result);
  set({"exportEstimate"}, product);
  set({"exportPicture", "pin", "ruleGavishDonoho", "ruleElbow", "ruleNumerical"}, result);
  // The pseudo-inverse has its plot though the method failed.
  set({"exportPlot", "exportTable", "showTable", "copyTable"}, isProduct() ? product : !currentFigure().series.empty());
  set({"copyCommand"}, !(isProduct() ? m_product->command() : m_exporter->command()).isEmpty());
  for (QAction* action : m_commands) {
    const auto found = enabled.find(action->objectName());
    const QVariant room = action->property("room");
    const bool elsewhere = room.isValid() && room.toString() != QString::fromStdString(m_session->state().room);
    action->setEnabled(!elsewhere && (found == enabled.end() || found->second));
  }
  const QString undo = steps.undoText(), redo = steps.redoText();
  command(QStringLiteral("undo"))->setToolTip(undo.isEmpty() ? tr("Undo (Ctrl+Z)") : tr("Undo %1 (Ctrl+Z)").arg(undo));
  command(QStringLiteral("redo"))
      ->setToolTip(redo.isEmpty() ? tr("Redo (Ctrl+Shift+Z)") : tr("Redo %1 (Ctrl+Shift+Z)").arg(redo));
  m_top->setExportEnabled(isProduct() ? product : input);
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
