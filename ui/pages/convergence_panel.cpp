// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/convergence_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/pages/matrix_controller.h"
#include "ui/plots/figures.h"
#include "ui/plots/plot_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/player.h"

namespace rankscope::ui {
namespace {

constexpr int kStepMs = 280;
const QString kStep = QStringLiteral("step");

const Convergence* pathOf(const Analysis& analysis) {
  if (analysis.parts.empty() || analysis.quality != Quality::Exact) return nullptr;
  const auto* path = rankscope::find<Convergence>(*analysis.parts.front());
  return path && !path->values.empty() ? path : nullptr;
}

/// The same run, but for how far it went.
bool sameRun(const AnalysisRequest& a, const AnalysisRequest& b, const std::string& counter) {
  ParamValues x = a.params, y = b.params;
  x.erase(counter);
  y.erase(counter);
  return a.problem.X == b.problem.X && a.problem.perChannel == b.problem.perChannel && a.method == b.method && x == y &&
         a.budget == b.budget && a.seed == b.seed && a.precision == b.precision;
}

/// The count of iterations that a path has reached.
Index reachedBy(const Convergence& path) { return static_cast<Index>(std::ceil(stepsOf(path).back())); }

}  // namespace

bool ConvergencePanel::hasSomething(const Analysis* analysis) { return analysis && pathOf(*analysis); }

ConvergencePanel::ConvergencePanel(MatrixRoomController& controller, Session& session, QWidget* parent)
    : QWidget(parent), m_controller(controller), m_session(session) {
  setObjectName(QStringLiteral("convergencePanel"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 4, 0, 0);
  column->setSpacing(2);
  auto* head = new QHBoxLayout;
  head->setSpacing(4);
  m_player = new Player(QStringLiteral("convergence"), this);
  connect(m_player, &Player::stepped, this, [this](int by) { step(by); });
  connect(m_player, &Player::playToggled, this, &ConvergencePanel::togglePlay);
  head->addWidget(m_player);
  m_step = makeNote({}, this);
  m_step->setObjectName(QStringLiteral("stepLabel"));
  m_step->setWordWrap(false);
  head->addWidget(m_step);
  m_note = makeNote({}, this);
  m_note->setObjectName(QStringLiteral("convergenceNote"));
  head->addWidget(m_note, 1);
  m_axis = new QComboBox(this);
  m_axis->setObjectName(QStringLiteral("convergenceAxis"));
  m_axis->setAccessibleName(tr("What stands over the steps"));
  m_axis->addItems({tr("error"), tr("squared excess")});
  m_axis->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  head->addWidget(m_axis);
  column->addLayout(head);
  m_plot = new PlotView(this);
  m_plot->setObjectName(QStringLiteral("convergencePlot"));
  m_plot->setAccessibleName(tr("Convergence; the step is the line"));
  column->addWidget(m_plot, 1);
  setFocusProxy(m_plot);
  m_play.setInterval(kStepMs);

  connect(m_axis, &QComboBox::activated, this,
          [this](int index) { m_controller.setView("convergence-axis", index == 0 ? "error" : "excess", tr("Axes")); });
  connect(&m_play, &QTimer::timeout, this, &ConvergencePanel::tick);
  connect(m_plot, &PlotView::markerPressed, this, [this] {
    stopPlay();
    m_gesture = m_session.newGesture();
  });
  connect(m_plot, &PlotView::markerReleased, this, [this] { m_gesture = 0; });
  const auto at = [this](double x) { setCount(static_cast<Index>(std::lround(x)), m_gesture); };
  connect(m_plot, &PlotView::markerDragged, this, [at](const QString&, double x) { at(x); });
  connect(m_plot, &PlotView::clicked, this, at);
  connect(m_plot, &PlotView::stepped, this, [this](int by) { step(by); });
  connect(m_plot, &PlotView::jumped, this, [this](bool toEnd) {
    stopPlay();
    const Convergence* path = m_longest ? pathOf(*m_longest) : nullptr;
    if (path) setCount(toEnd ? reachedBy(*path) : 0, 0);
  });
  connect(&controller, &MatrixRoomController::analysisChanged, this, &ConvergencePanel::refresh);
  connect(&controller, &MatrixRoomController::stageChanged, this, &ConvergencePanel::refresh);
  connect(&session, &Session::stateChanged, this, [this](const SessionState& before, const SessionState& after) {
    // Another choice of the user ends the play.
    if (!m_stepping && isPlaying() && !(before.matrix == after.matrix)) stopPlay();
    refresh();
  });
  refresh();
}

void ConvergencePanel::setActive(bool active) {
  if (active == m_active) return;
  m_active = active;
  refresh();
}

Figure ConvergencePanel::figure() const { return m_plot->figure(); }

const ParamSpec* ConvergencePanel::counter() const {
  const Method* method = findMethod(m_session.state().matrix.method);
  const Convergence* path = m_longest ? pathOf(*m_longest) : nullptr;
  if (!method || !path || m_longest->request.method != method->id) return nullptr;
  for (const ParamSpec& spec : method->params) {
    const auto* fixed = std::get_if<ParamValue>(&spec.fallback);
    if (spec.name == path->counter && fixed && std::holds_alternative<Index>(*fixed)) return &spec;
  }
  return nullptr;
}

Index ConvergencePanel::first() const { return counter() ? static_cast<Index>(counter()->min) : 1; }

Index ConvergencePanel::last() const {
  if (const ParamSpec* spec = counter()) return static_cast<Index>(std::min(spec->max, 1e9));
  const Convergence* path = m_longest ? pathOf(*m_longest) : nullptr;
  return path ? reachedBy(*path) : 0;
}

Index ConvergencePanel::count() const {
  const ParamSpec* spec = counter();
  if (!spec) return m_at < 0 ? last() : std::min(m_at, last());
  const ParamValues& params = m_session.state().matrix.params;
  const auto set = params.find(spec->name);
  return std::get<Index>(set == params.end() ? std::get<ParamValue>(spec->fallback) : set->second);
}

void ConvergencePanel::setCount(Index count, quint64 gesture) {
  const Index bounded = std::clamp(count, first(), std::max(first(), last()));
  const ParamSpec* spec = counter();
  if (!spec) {
    m_at = bounded;
    return refresh();
  }
  m_stepping = true;
  m_session.edit(tr("Step"), gesture, [&](SessionState& state) { state.matrix.params[spec->name] = bounded; });
  m_stepping = false;
}

void ConvergencePanel::step(Index by) {
  stopPlay();
  const AnalysisPtr analysis = m_controller.analysis();
  const Convergence* path = analysis ? pathOf(*analysis) : nullptr;
  // A run that had settled made fewer steps than were allowed: back goes from the last one made.
  const Index made = path && counter() ? reachedBy(*path) : count();
  setCount((by < 0 ? std::min(made, count()) : count()) + by, 0);
}

void ConvergencePanel::togglePlay() {
  if (isPlaying()) return stopPlay();
  const Convergence* path = m_longest ? pathOf(*m_longest) : nullptr;
  if (!path) return;
  m_playTo = reachedBy(*path);  // a run that settled ends there, not at the most steps allowed
  m_gesture = m_session.newGesture();
  setCount(first(), m_gesture);
  m_play.start();
  refresh();
}

void ConvergencePanel::stopPlay() {
  if (!isPlaying()) return;
  m_play.stop();
  m_gesture = 0;
  refresh();
}

void ConvergencePanel::tick() {
  const Stage stage = m_controller.stage();
  if (stage == Stage::Failed || stage == Stage::Empty || stage == Stage::Offer) return stopPlay();
  if (stage != Stage::Ready) return;  // each step is seen before the next
  if (count() >= m_playTo) return stopPlay();
  setCount(count() + 1, m_gesture);
}

void ConvergencePanel::refresh() {
  const AnalysisPtr analysis = m_controller.analysis();
  const Convergence* path = analysis ? pathOf(*analysis) : nullptr;
  if (path) {
    const bool same = m_longest && sameRun(m_longest->request, analysis->request, path->counter);
    if (!same) m_at = -1;
    if (!same || pathOf(*m_longest)->values.size() <= path->values.size()) m_longest = analysis;
  }
  if (!m_active) return;
  const ParamSpec* spec = counter();
  const bool excess = viewValue(m_session.state(), "convergence-axis") == "excess";
  {
    const QSignalBlocker block(m_axis);
    m_axis->setCurrentIndex(excess ? 1 : 0);
  }
  m_player->setVisible(path != nullptr);
  m_step->setVisible(path != nullptr);
  m_axis->setEnabled(path != nullptr);
  // While the next step of the same run is on its way the one before stays.
  if (!path && m_longest && analysis && analysis->quality == Quality::Preview &&
      sameRun(m_longest->request, analysis->request, spec ? spec->name : std::string()))
    return;
  if (!path) {
    m_note->clear();
    m_plot->setHint({});
    Figure empty;
    empty.id = QStringLiteral("convergence");
    empty.emptyText = !m_controller.input() ? tr("Open a matrix, and choose a method that iterates")
                      : m_controller.isSettled()
                          ? tr("This method does not iterate: choose alternating least squares, for one")
                          : tr("The steps stand here as soon as they are made");
    m_plot->setFigure(empty);
    return;
  }
  const ConvergenceAxis axis = excess ? ConvergenceAxis::Excess : ConvergenceAxis::Value;
  // The whole way known, with the step shown as the line on it.
  Figure figure = convergenceFigure(*m_longest, 0, axis);
  const Index reached = spec ? reachedBy(*path) : count();
  for (Marker& marker : figure.markers) {
    if (marker.id != kStep) continue;
    marker.x = static_cast<double>(reached);
    marker.draggable = true;
    marker.label = tr("step %1").arg(showCount(reached));
  }
  m_plot->setHint(tr("drag the line to choose the step"));
  m_plot->setFigure(figure);
  m_plot->moveMarker(kStep, static_cast<double>(reached));
  const bool share = path->quantity == "relative error";
  const QVector<double> steps = stepsOf(*path);
  const auto at = std::upper_bound(steps.begin(), steps.end(), static_cast<double>(reached)) - steps.begin();
  const double value = path->values[static_cast<std::size_t>(std::max<qsizetype>(0, at - 1))];
  m_plot->setMarkerNote(kStep, tr("step %1").arg(showCount(reached)), share ? showPercent(value) : showNumber(value));
  m_player->setPlaying(isPlaying(), tr("Play the steps from the first"));
  m_player->setPossible(reached > first(), true, count() < last());
  m_step->setText(reached < count()
                      ? tr("step %1, settled").arg(showCount(reached))
                      : tr("step %1 of %2").arg(showCount(reached), showCount(reachedBy(*pathOf(*m_longest)))));
  const bool several = analysis->parts.size() > 1;
  m_note->setText(several ? tr("of the first colour channel") : QString());
}

}  // namespace rankscope::ui
