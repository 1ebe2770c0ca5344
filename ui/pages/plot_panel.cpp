// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/plot_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <functional>

#include "ui/pages/compare_book.h"
#include "ui/pages/compare_dialog.h"
#include "ui/pages/convergence_panel.h"
#include "ui/pages/error_tab.h"
#include "ui/pages/inverse_panel.h"
#include "ui/pages/layers_panel.h"
#include "ui/pages/matrix_controller.h"
#include "ui/pages/pin_book.h"
#include "ui/pages/structure_panel.h"
#include "ui/plots/plot_view.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/parts.h"

namespace rankscope::ui {
namespace {

constexpr const char* kTabs[] = {"spectrum", "error", "layers", "structure", "convergence", "inverse"};
constexpr int kLayersTab = 2, kStructureTab = 3, kConvergenceTab = 4, kInverseTab = 5;
constexpr const char* kAxes[] = {"loglog", "semilog", "linear"};
constexpr const char* kBudgets[] = {"rank", "parameters", "flops"};  // as BudgetAxis
constexpr int kWide = 560;                                           // pixels
const QString kRank = QStringLiteral("rank");

QComboBox* makeChoice(const QString& name, const QString& accessible, QWidget* parent) {
  auto* combo = new QComboBox(parent);
  combo->setObjectName(name);
  combo->setAccessibleName(accessible);
  combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  return combo;
}

}  // namespace

PlotPanel::PlotPanel(MatrixRoomController& controller, Session& session, PinBook& pins, CompareBook& compared,
                     QWidget* parent)
    : QFrame(parent),
      m_controller(controller),
      m_session(session),
      m_pins(pins),
      m_compared(compared),
      m_runs(controller) {
  setObjectName(QStringLiteral("plotPanel"));
  setProperty("card", true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(12, 2, 8, 6);
  column->setSpacing(0);
  auto* head = new QHBoxLayout;
  head->setSpacing(6);
  m_tabs = new QTabBar(this);
  m_tabs->setObjectName(QStringLiteral("plotTabs"));
  m_tabs->setAccessibleName(tr("Plots"));
  m_tabs->setExpanding(false);
  m_tabs->setUsesScrollButtons(true);  // the narrowest window has no room even for the short names
  m_tabs->setElideMode(Qt::ElideNone);
  for (const QString& text : tabNames(false)) m_tabs->addTab(text);
  head->addWidget(m_tabs, 0, Qt::AlignBottom);
  head->addStretch(1);
  buildTools(head);
  column->addLayout(head);
  column->addWidget(makeDivider(this));
  m_stack = new QStackedWidget(this);
  m_spectrum = new PlotView(m_stack);
  m_spectrum->setObjectName(QStringLiteral("spectrumPlot"));
  m_spectrum->setAccessibleName(tr("Spectrum; the rank is the line"));
  m_spectrum->setHint(tr("drag the line to choose the rank"));
  m_errors = new ErrorTab(compared, m_stack);
  m_error = m_errors->plot();
  m_layers = new LayersPanel(controller, session, m_stack);
  for (PlotView* plot : {m_spectrum, m_error}) connectPlot(plot);
  m_stack->addWidget(m_spectrum);
  m_stack->addWidget(m_errors);
  m_stack->addWidget(m_layers);
  m_structure = new StructurePanel(controller, session, m_stack);
  m_stack->addWidget(m_structure);
  m_convergence = new ConvergencePanel(controller, session, m_stack);
  m_stack->addWidget(m_convergence);
  m_inverse = new InversePanel(controller, session, m_stack);
  m_stack->addWidget(m_inverse);
  column->addWidget(m_stack, 1);
  setFocusProxy(m_spectrum);

  connect(m_tabs, &QTabBar::currentChanged, this,
          [this](int tab) { m_controller.setView("tab", kTabs[tab], tr("Tab")); });
  connect(&controller, &MatrixRoomController::analysisChanged, this, [this] {
    m_runs.take();
    showSpectrum();
    showError();
  });
  connect(&controller, &MatrixRoomController::inputChanged, this, &PlotPanel::showSpectrum);
  connect(&controller, &MatrixRoomController::analysisChanged, this, &PlotPanel::showTabs);
  connect(&controller, &MatrixRoomController::rankMoved, this, &PlotPanel::showRank);
  connect(&pins, &PinBook::changed, this, [this] {
    showSpectrum();
    showError();
  });
  connect(&compared, &CompareBook::changed, this, &PlotPanel::showError);
  connect(m_errors, &ErrorTab::compareWanted, this, &PlotPanel::openComparison);
  connect(m_errors, &ErrorTab::copyCommandWanted, this, &PlotPanel::copyComparisonWanted);
  connect(&session, &Session::stateChanged, this, &PlotPanel::showState);
  showState();
}

void PlotPanel::buildTools(QHBoxLayout* row) {
  m_axes = makeChoice(QStringLiteral("axesCombo"), tr("Axes of the spectrum"), this);
  m_axes->addItems({tr("log–log"), tr("semi-log"), tr("linear")});
  connect(m_axes, &QComboBox::activated, this,
          [this](int index) { m_controller.setView("axes", kAxes[index], tr("Axes")); });
  m_budget = makeChoice(QStringLiteral("budgetCombo"), tr("Budget"), this);
  m_budget->addItems({tr("over rank"), tr("over numbers kept"), tr("over flops to apply")});
  connect(m_budget, &QComboBox::activated, this,
          [this](int index) { m_controller.setView("error-axis", kBudgets[index], tr("Budget")); });
  m_more = new QToolButton(this);
  m_more->setObjectName(QStringLiteral("plotMenu"));
  m_more->setIcon(icon(QStringLiteral("sliders"), IconTone::Muted));
  m_more->setIconSize({16, 16});
  m_more->setPopupMode(QToolButton::InstantPopup);
  m_more->setFocusPolicy(Qt::TabFocus);
  m_more->setAccessibleName(tr("Plot options"));
  m_more->setToolTip(tr("Reference, table, export"));
  auto* menu = new QMenu(m_more);
  const auto toggle = [&](const QString& text, const char* key, const char* on, const char* off) {
    QAction* action = menu->addAction(text);
    action->setCheckable(true);
    connect(action, &QAction::triggered, this,
            [this, key, on, off, text](bool checked) { m_controller.setView(key, checked ? on : off, text); });
    connect(menu, &QMenu::aboutToShow, action, [this, action, key, on] {
      action->setVisible(m_tab == "spectrum");
      action->setChecked(viewValue(m_session.state(), key) == on);
    });
  };
  toggle(tr("Cumulative energy"), "energy", "on", "off");
  toggle(tr("Rank rules"), "rules", "on", "off");
  toggle(tr("Spectrum of a shuffled copy"), "reference", "shuffled", "none");
  toggle(tr("Edge of white noise"), "reference", "edge", "none");
  menu->addSeparator();
  const auto choice = [&](const QString& text, const char* key, const char* value) {
    QAction* action = menu->addAction(text, this, [this, key, value, text] { m_controller.setView(key, value, text); });
    action->setCheckable(true);
    connect(menu, &QMenu::aboutToShow, action, [this, action, key, value] {
      action->setVisible(m_tab == (QLatin1String(key) == QLatin1String("axes") ? "spectrum" : "error"));
      action->setChecked(viewValue(m_session.state(), key) == value);
    });
  };
  choice(tr("Log–log axes"), "axes", "loglog");
  choice(tr("Semi-log axes"), "axes", "semilog");
  choice(tr("Linear axes"), "axes", "linear");
  choice(tr("Over rank"), "error-axis", "rank");
  choice(tr("Over numbers kept"), "error-axis", "parameters");
  choice(tr("Over flops to apply"), "error-axis", "flops");
  menu->addSeparator();
  menu->addAction(tr("Show as table…"), this, &PlotPanel::tableWanted);
  menu->addAction(tr("Copy table"), this, &PlotPanel::copyTableWanted);
  menu->addAction(tr("Export plot…"), this, &PlotPanel::exportWanted);
  m_more->setMenu(menu);
  row->addWidget(m_axes);
  row->addWidget(m_budget);
  row->addWidget(m_more);
}

void PlotPanel::connectPlot(PlotView* plot) {
  const bool overRank = plot == m_spectrum;
  const auto rankAt = [this, overRank](double x) {
    if (overRank || viewValue(m_session.state(), "error-axis") == "rank") return static_cast<Index>(std::lround(x));
    const double one = errorPlace(1);
    return one > 0 ? static_cast<Index>(std::lround(x / one)) : Index{1};
  };
  connect(plot, &PlotView::markerPressed, &m_controller, &MatrixRoomController::beginGesture);
  connect(plot, &PlotView::markerReleased, &m_controller, &MatrixRoomController::endGesture);
  connect(plot, &PlotView::markerDragged, this,
          [this, rankAt](const QString&, double x) { m_controller.setRank(rankAt(x)); });
  connect(plot, &PlotView::clicked, this, [this, rankAt](double x) {
    if (m_controller.dial().isRank) m_controller.setRank(rankAt(x));
  });
  connect(plot, &PlotView::stepped, &m_controller, [this](int steps) { m_controller.stepRank(steps); });
  connect(plot, &PlotView::jumped, &m_controller, &MatrixRoomController::jumpRank);
}

FigureTable PlotPanel::currentTable() const {
  FigureTable compared = m_tab == "error" ? m_errors->table() : FigureTable{};
  return compared.header.isEmpty() ? tableOf(currentFigure()) : compared;
}

void PlotPanel::openComparison() {
  const Loaded* input = m_controller.input();
  if (!input) return;
  const AnyMatrix& X = *input->matrix;
  auto* sheet = new CompareDialog(m_session.state(), X, std::min(X.rows(), X.cols()), window());
  sheet->setAttribute(Qt::WA_DeleteOnClose);
  connect(sheet, &QDialog::accepted, this, [this, sheet] {
    if (const auto wish = sheet->comparison()) m_compared.start(*wish);
  });
  sheet->open();
}

Figure PlotPanel::currentFigure() const {
  if (m_tab == "error") return m_error->figure();
  if (m_tab == "layers") return m_layers->figure();
  if (m_tab == "structure") return m_structure->figure();
  if (m_tab == "convergence") return m_convergence->figure();
  if (m_tab == "inverse") return m_inverse->figure();
  return m_spectrum->figure();
}

void PlotPanel::showState() {
  const SessionState& state = m_session.state();
  const std::string tab = viewValue(state, "tab"), axes = viewValue(state, "axes");
  const std::string budget = viewValue(state, "error-axis"), reference = viewValue(state, "reference");
  const std::string energy = viewValue(state, "energy"), rules = viewValue(state, "rules");
  if (tab != m_tab) {
    m_tab = tab;
    const auto* place = std::find(std::begin(kTabs), std::end(kTabs), tab);
    const int index = place == std::end(kTabs) ? 0 : static_cast<int>(place - std::begin(kTabs));
    const QSignalBlocker block(m_tabs);
    m_tabs->setCurrentIndex(index);
    m_stack->setCurrentIndex(index);
    showTabs();
    showTools();
    m_layers->setActive(index == kLayersTab);
    m_structure->setActive(index == kStructureTab);
    m_convergence->setActive(index == kConvergenceTab);
    m_inverse->setActive(index == kInverseTab);
  }
  if (axes != m_axesShown || reference != m_referenceShown || energy != m_energyShown || rules != m_rulesShown) {
    m_axesShown = axes;
    m_referenceShown = reference;
    m_energyShown = energy;
    m_rulesShown = rules;
    const auto* place = std::find(std::begin(kAxes), std::end(kAxes), axes);
    m_axes->setCurrentIndex(place == std::end(kAxes) ? 0 : static_cast<int>(place - std::begin(kAxes)));
    showSpectrum();
  }
  if (budget != m_budgetShown) {
    m_budgetShown = budget;
    m_budget->setCurrentIndex(static_cast<int>(budgetAxis()));
    showError();
  }
}

void PlotPanel::showSpectrum() {
  const AnalysisPtr analysis = m_controller.analysis();
  if (!analysis || !m_controller.curves().known()) {
    Figure empty;
    empty.id = QStringLiteral("spectrum");
    empty.emptyText = m_controller.stage() == Stage::Unusable ? tr("This input has no spectrum as it is")
                      : m_controller.input()                  ? tr("Computing the spectrum…")
                                                              : tr("The spectrum of what you open stands here");
    m_spectrum->setFigure(empty);
    return;
  }
  const auto* place = std::find(std::begin(kAxes), std::end(kAxes), m_axesShown);
  Figure figure = spectrumFigure(*analysis, static_cast<SpectrumAxes>(place - std::begin(kAxes)), m_pins.spectra());
  const auto without = [&](const char* id) {
    std::erase_if(figure.series, [&](const Series& s) { return s.id == QLatin1String(id); });
  };
  if (m_energyShown == "off") without("energy");
  if (m_referenceShown != "shuffled") without("reference");
  if (m_referenceShown != "edge") without("edge");
  std::erase_if(figure.markers, [&](const Marker& marker) {
    return m_rulesShown == "off" && !marker.draggable && !marker.id.startsWith(QLatin1String("rank"));
  });
  m_spectrum->setFigure(figure);
  showRank();
}

void PlotPanel::showError() {
  const AnalysisPtr analysis = m_controller.analysis();
  if (!analysis || !m_controller.curves().known()) {
    Figure empty;
    empty.id = QStringLiteral("error");
    empty.emptyText = tr("The error at every rank stands here as soon as the spectrum is known");
    m_error->setFigure(empty);
    return;
  }
  Figure figure =
      errorFigure(*analysis, budgetAxis(), m_pins.curves(), curvesOf(m_compared.rows()), curvesOf(m_runs.rows()));
  if (!m_controller.dial().isRank)
    std::erase_if(figure.markers, [](const Marker& marker) { return marker.id == kRank; });
  m_error->setFigure(figure);
  showRank();
}

/// A tab is there for what the answer holds; the one in front stays, and says what to do.
void PlotPanel::showTabs() {
  const AnalysisPtr analysis = m_controller.analysis();
  const bool known = analysis && !analysis->parts.empty();
  const bool layers = !known || analysis->parts.front()->lowRank() != nullptr;
  const QSignalBlocker block(m_tabs);
  m_tabs->setTabVisible(kLayersTab, layers || m_tab == "layers");
  m_tabs->setTabVisible(kStructureTab, StructurePanel::hasSomething(analysis.get()) || m_tab == "structure");
  m_tabs->setTabVisible(kConvergenceTab, ConvergencePanel::hasSomething(analysis.get()) || m_tab == "convergence");
  fitTabs();
}

QStringList PlotPanel::tabNames(bool brief) {
  return {tr("Spectrum"),
          brief ? tr("Error") : tr("Error against budget"),
          brief ? tr("Layers") : tr("Rank-1 layers"),
          tr("Structure"),
          tr("Convergence"),
          tr("Inverse")};
}

// The long names where they fit beside the tools, else the short ones.
void PlotPanel::fitTabs() {
  int tools = 0;
  for (const QWidget* tool :
       {static_cast<QWidget*>(m_axes), static_cast<QWidget*>(m_budget), static_cast<QWidget*>(m_more)}) {
    if (tool->isVisibleTo(this)) tools += tool->sizeHint().width() + 6;
  }
  const QSignalBlocker block(m_tabs);
  for (const bool brief : {false, true}) {
    const QStringList names = tabNames(brief);
    for (int i = 0; i < m_tabs->count(); ++i) m_tabs->setTabText(i, names[i]);
    if (m_tabs->sizeHint().width() + tools <= contentsRect().width() - 20) break;
  }
}

void PlotPanel::showTools() {
  // In a narrow window the tabs need the room; the menu has the same choices.
  const bool room = width() >= kWide;
  m_axes->setVisible(room && m_tab == "spectrum");
  m_budget->setVisible(room && m_tab == "error");
  fitTabs();
}

void PlotPanel::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  showTools();
}

BudgetAxis PlotPanel::budgetAxis() const {
  const auto* place = std::find(std::begin(kBudgets), std::end(kBudgets), m_budgetShown);
  return place == std::end(kBudgets) ? BudgetAxis::Rank : static_cast<BudgetAxis>(place - std::begin(kBudgets));
}

double PlotPanel::errorPlace(Index rank) const {
  const BudgetAxis axis = budgetAxis();
  if (axis == BudgetAxis::Rank) return static_cast<double>(rank);
  const AnalysisPtr analysis = m_controller.analysis();
  double kept = 0;
  if (analysis) {
    for (const ApproximationPtr& part : analysis->parts) {
      const Cost cost = costOf(*part, rank);
      kept += axis == BudgetAxis::Flops ? cost.applyFlops : cost.parameters;
    }
  }
  return kept;
}

void PlotPanel::showRank() {
  const RankCurves& curves = m_controller.curves();
  if (!curves.known()) return;
  const std::vector<Index> ranks = m_controller.ranks();
  const Index rank = ranks.front();
  const bool exact = curves.exact();
  const bool same = std::adjacent_find(ranks.begin(), ranks.end(), std::not_equal_to<>()) == ranks.end();
  const QString energy = (exact ? QStringLiteral("%1") : QStringLiteral("≈ %1")).arg(showPercent(curves.energy(ranks)));
  const bool isRank = m_controller.dial().isRank;
  m_spectrum->setHint(isRank ? tr("drag the line to choose the rank") : QString());
  if (!isRank) {  // no line to move: where the size stands among ranks is a mark of the figure
    m_spectrum->setMarkerNote(kRank, {}, {});
    m_error->setMarkerNote(kRank, {}, {});
    return;
  }
  const QString first = !same                      ? tr("these ranks keep %1 energy").arg(energy)
                        : m_controller.isOptimal() ? tr("rank %1 keeps %2 energy").arg(showCount(rank), energy)
                                                   : tr("rank %1 can keep %2 energy").arg(showCount(rank), energy);
  QString second;
  if (curves.parts() == 1) {
    second = tr("σ%1 = %2").arg(subscript(rank), showNumber(curves.sigma(0, rank - 1)));
    if (rank < curves.sigmaCount(0)) {
      second += tr("   σ%1 = %2").arg(subscript(rank + 1), showNumber(curves.sigma(0, rank)));
    }
  } else {
    QStringList each;
    for (const Index r : ranks) each << showCount(r);
    second = same ? tr("in each channel") : each.join(QStringLiteral(" · "));
  }
  m_spectrum->moveMarker(kRank, static_cast<double>(rank));
  m_spectrum->setMarkerNote(kRank, first, second);
  m_error->moveMarker(kRank, errorPlace(rank));
  const double error = curves.froRelative(ranks);
  m_error->setMarkerNote(kRank, tr("rank %1").arg(showCount(rank)),
                         exact ? tr("optimum %1").arg(showPercent(error)) : tr("about %1").arg(showPercent(error)));
}

}  // namespace rankscope::ui
