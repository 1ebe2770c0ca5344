// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/inverse_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <atomic>
#include <cmath>

#include "core/base/text.h"
#include "ui/pages/matrix_controller.h"
#include "ui/plots/figures.h"
#include "ui/plots/plot_view.h"
#include "ui/theme/theme.h"
#include "ui/theme/translated.h"
#include "ui/widgets/parts.h"

namespace rankscope::ui {
namespace {

constexpr const char* kPlots[] = {"spectra", "ridge", "norm"};
constexpr const char* kFigures[] = {"inverse", "ridge", "norm"};
constexpr int kSettleMs = 150;
constexpr int kSideWidth = 224, kNarrow = 480, kPlotHeight = 190, kBelow = 48;  // pixels
constexpr double kMostResidual = 30;  // docs/mathematics.md: what rounding alone explains
const QString kCut = QStringLiteral("cut"), kRidge = QStringLiteral("ridge");

std::optional<double> numberFrom(const QLineEdit& edit) {
  bool ok = false;
  QString text = edit.text().simplified();
  const double value = QLocale::c().toDouble(text.replace(u'−', u'-'), &ok);
  return ok && std::isfinite(value) && value >= 0 ? std::optional(value) : std::nullopt;
}

/// A step of a tenth of a decade, or of a whole one.
double moved(double value, int steps) { return value * std::pow(10.0, steps / 10.0); }

}  // namespace

InversePanel::InversePanel(MatrixRoomController& controller, Session& session, QWidget* parent)
    : QWidget(parent),
      m_controller(controller),
      m_session(session),
      m_newest(std::make_shared<std::atomic<quint64>>(0)) {
  setObjectName(QStringLiteral("inversePanel"));
  m_settle.setSingleShot(true);
  connect(&m_settle, &QTimer::timeout, this, &InversePanel::request);
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 6, 0, 0);
  QScrollArea* scroll = makeScroll(this);
  whole->addWidget(scroll);
  auto* page = new QWidget(scroll);
  page->setProperty("panel", true);
  m_box = new QBoxLayout(QBoxLayout::LeftToRight, page);
  m_box->setContentsMargins(0, 0, 0, 0);
  m_box->setSpacing(12);
  scroll->setWidget(page);
  m_plot = new PlotView(page);
  m_plot->setObjectName(QStringLiteral("inversePlot"));
  m_plot->setAccessibleName(tr("Pseudo-inverse; the cut-off is the line"));
  m_box->addWidget(m_plot, 1);
  m_side = new QWidget(page);
  m_side->setProperty("panel", true);
  auto* column = new QVBoxLayout(m_side);
  column->setContentsMargins(0, 0, 8, 0);
  column->setSpacing(4);
  m_which = new QComboBox(m_side);
  m_which->setObjectName(QStringLiteral("inverseCombo"));
  m_which->setAccessibleName(tr("Plot of the pseudo-inverse"));
  m_which->addItems({tr("Spectra, mirrored"), tr("Ridge path"), tr("Norm against the smallest σ")});
  m_which->setMinimumContentsLength(8);
  m_which->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  column->addWidget(m_which);
  const auto addEdit = [&](const QString& text, const char* name, const QString& accessible, const QString& tip) {
    auto* line = new QHBoxLayout;
    auto* label = makeNote(text, m_side);
    label->setWordWrap(false);
    auto* edit = new QLineEdit(m_side);
    edit->setObjectName(QString::fromLatin1(name));
    edit->setAccessibleName(accessible);
    edit->setToolTip(tip);
    edit->setAlignment(Qt::AlignRight);
    edit->setFixedWidth(96);
    label->setBuddy(edit);
    line->addWidget(label);
    line->addStretch(1);
    line->addWidget(edit);
    column->addLayout(line);
    return edit;
  };
  m_rcond = addEdit(tr("Cut-off / σ₁"), "rcondEdit", tr("Cut-off relative to the largest singular value"),
                    tr("Singular values up to this share of the largest count as zero"));
  m_ridge = addEdit(tr("Ridge λ"), "ridgeEdit", tr("Ridge"), tr("(AᵀA + λI)⁻¹Aᵀ in place of a cut-off; 0 for none"));
  m_default = makeLink(tr("Default cut-off"), m_side);
  m_default->setObjectName(QStringLiteral("defaultCutLink"));
  m_default->setToolTip(tr("max(n, m) times the rounding of a number, no ridge"));
  m_export = makeLink(tr("Export A⁺…"), m_side);
  m_export->setObjectName(QStringLiteral("exportInverseLink"));
  m_export->setToolTip(tr("Write the inverse to a file"));
  auto* links = new QHBoxLayout;
  links->setSpacing(2);
  links->addWidget(m_default);
  links->addStretch(1);
  links->addWidget(m_export);
  column->addLayout(links);
  column->addWidget(makeDivider(m_side));
  const auto addRow = [&](const QString& label, const char* name) {
    auto* made = new NumberRow(label, QString::fromLatin1(name), m_side);
    column->addWidget(made);
    return made;
  };
  m_rank = addRow(tr("Rank"), "inverseRank");
  m_cut = addRow(tr("Cut-off"), "inverseCut");
  m_norm = addRow(tr("‖A⁺‖₂"), "inverseNorm");
  column->addWidget(makeSectionLabel(tr("Penrose, in units of rounding"), m_side));
  const QString equations[] = {QStringLiteral("A X A = A"), QStringLiteral("X A X = X"), QStringLiteral("(A X)ᴴ = A X"),
                               QStringLiteral("(X A)ᴴ = X A")};
  for (std::size_t i = 0; i < 4; ++i) {
    m_penrose[i] = addRow(equations[i], (std::string("penrose") + std::to_string(i + 1)).c_str());
  }
  m_note = makeNote({}, m_side);
  m_note->setObjectName(QStringLiteral("inverseNote"));
  column->addWidget(m_note);
  column->addStretch(1);
  m_side->setFixedWidth(kSideWidth);
  m_box->addWidget(m_side);
  setFocusProxy(m_plot);

  connect(m_which, &QComboBox::activated, this,
          [this](int index) { m_controller.setView("inverse-plot", kPlots[index], tr("Plot")); });
  connect(m_rcond, &QLineEdit::editingFinished, this, &InversePanel::readCut);
  connect(m_ridge, &QLineEdit::editingFinished, this, &InversePanel::readRidge);
  connect(m_default, &QPushButton::clicked, this, [this] { setRcond(-1, 0); });
  connect(m_export, &QPushButton::clicked, this, &InversePanel::exportInverseWanted);
  connect(m_plot, &PlotView::markerPressed, this, [this] { m_gesture = m_session.newGesture(); });
  connect(m_plot, &PlotView::markerReleased, this, [this] { m_gesture = 0; });
  const auto at = [this](double x) {
    if (viewValue(m_session.state(), "inverse-plot") == "ridge") {
      setRidge(x, m_gesture);
    } else {
      setCut(x);
    }
  };
  connect(m_plot, &PlotView::markerDragged, this, [at](const QString&, double x) { at(x); });
  connect(m_plot, &PlotView::clicked, this, at);
  connect(m_plot, &PlotView::stepped, this, [this, at](int steps) {
    for (const Marker& marker : m_plot->figure().markers) {
      if (marker.draggable) return at(moved(marker.x, steps));
    }
  });
  connect(m_plot, &PlotView::jumped, this, [this, at](bool toEnd) {
    if (!m_answer) return;
    const Inverse& about = m_answer->about;
    const bool path = viewValue(m_session.state(), "inverse-plot") == "ridge";
    if (path && about.ridge.size() > 0) at(toEnd ? about.ridge(about.ridge.size() - 1) : about.ridge(0));
    if (!path) toEnd ? at(about.sigma(0)) : setRcond(-1, 0);
  });
  connect(&controller, &MatrixRoomController::inputChanged, this, [this] {
    m_answer.reset();
    m_failedFor.reset();
    refresh();
  });
  connect(&controller, &MatrixRoomController::stageChanged, this, &InversePanel::refresh);
  connect(&session, &Session::stateChanged, this, &InversePanel::refresh);
  refresh();
}

void InversePanel::setActive(bool active) {
  if (active == m_active) return;
  m_active = active;
  refresh();
}

/// In a narrow window the numbers stand below the plot, which leaves the first of them in sight.
void InversePanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const bool narrow = width() < kNarrow;
  m_box->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
  m_plot->setMinimumHeight(narrow ? kPlotHeight : m_plot->minimumSizeHint().height());
  m_plot->setMaximumHeight(narrow ? std::max(kPlotHeight, height() - kBelow) : QWIDGETSIZE_MAX);
  m_side->setMinimumWidth(narrow ? 0 : kSideWidth);
  m_side->setMaximumWidth(narrow ? QWIDGETSIZE_MAX : kSideWidth);
}

Figure InversePanel::figure() const { return m_plot->figure(); }

std::optional<InverseRequest> InversePanel::wish() const {
  const Loaded* input = m_controller.input();
  if (!input || !m_service || m_controller.stage() == Stage::Unusable) return std::nullopt;
  const SessionState& state = m_session.state();
  const double rcond = viewNumber(state, "inverse-rcond"), ridge = viewNumber(state, "inverse-ridge");
  InverseRequest wish;
  wish.X = input->matrix;
  wish.ridge = ridge;
  // A ridge stands in place of a cut-off.
  if (ridge <= 0 && rcond >= 0) wish.rcond = rcond;
  wish.precision = state.precision;
  wish.threads = m_service->threads();
  return wish;
}

InverseAnswerPtr InversePanel::answer() const {
  const auto wanted = wish();
  return m_answer && wanted && m_answer->request == *wanted ? m_answer : nullptr;
}

bool InversePanel::isComplete() const {
  if (!m_active) return true;
  const auto wanted = wish();
  return !wanted || answer() || (m_failedFor && *m_failedFor == *wanted);
}

void InversePanel::setCut(double absolute) {
  if (!m_answer) return;
  const double first = m_answer->about.sigma(0);
  if (first > 0) setRcond(std::clamp(absolute / first, 0.0, 1.0), m_gesture);
}

void InversePanel::setRcond(double rcond, quint64 gesture) {
  m_session.edit(tr("Cut-off"), gesture, [&](SessionState& state) {
    state.view["inverse-rcond"] = exact(rcond);
    state.view.erase("inverse-ridge");
    if (rcond < 0) state.view.erase("inverse-rcond");
  });
}

void InversePanel::setRidge(double ridge, quint64 gesture) {
  m_session.edit(tr("Ridge"), gesture, [&](SessionState& state) {
    state.view["inverse-ridge"] = exact(std::clamp(ridge, 0.0, 1e300));
    state.view.erase("inverse-rcond");
    if (ridge <= 0) state.view.erase("inverse-ridge");
  });
}

void InversePanel::readCut() {
  if (!m_rcond->isModified()) return;
  m_rcond->setModified(false);
  const auto value = numberFrom(*m_rcond);
  if (value && *value <= 1) {
    setRcond(*value, 0);
  } else if (m_rcond->text().trimmed().isEmpty()) {
    setRcond(-1, 0);
  }
  refresh();
}

void InversePanel::readRidge() {
  if (!m_ridge->isModified()) return;
  m_ridge->setModified(false);
  const auto value = numberFrom(*m_ridge);
  if (value) setRidge(*value, 0);
  refresh();
}

void InversePanel::request() {
  const auto wanted = wish();
  if (!wanted || !m_active || isComplete() || m_askedFor == wanted) return;
  m_askedFor = wanted;
  const quint64 ticket = ++m_asked;
  m_newest->store(ticket);
  struct Outcome {
    InverseAnswerPtr answer;
    std::optional<Error> error;
  };
  auto outcome = std::make_shared<Outcome>();
  ResultCache* cache = &m_service->cache();
  m_service->survey(
      this,
      [wanted, outcome, cache, ticket, newest = m_newest](const Context& context) {
        if (newest->load() != ticket) return;  // another one waits behind
        auto made = inverseOf(*wanted, *cache, context);
        if (made) {
          outcome->answer = *made;
        } else {
          outcome->error = made.error();
        }
      },
      [this, outcome, ticket, wanted] {
        if (ticket != m_asked) return;
        m_askedFor.reset();
        if (!m_controller.input() || m_controller.input()->matrix != wanted->X) return;
        if (outcome->answer) {
          m_answer = outcome->answer;
          m_failedFor.reset();
        } else if (outcome->error) {
          m_failedFor = *wanted;
          m_failure = translated(*outcome->error);
        }
        refresh();
        emit answered();
      });
}

void InversePanel::refresh() {
  const SessionState& state = m_session.state();
  const std::string which = viewValue(state, "inverse-plot");
  const auto* place = std::find(std::begin(kPlots), std::end(kPlots), which);
  const auto index = place - std::begin(kPlots);
  const QSignalBlocker block(m_which);
  m_which->setCurrentIndex(static_cast<int>(index));
  const auto wanted = wish();
  m_side->setEnabled(wanted.has_value());
  m_export->setEnabled(answer() != nullptr);
  if (!m_active) return;
  // The first one at once; while a line is dragged when it rests.
  if (wanted && !isComplete() && m_askedFor != wanted) m_settle.start(m_answer ? kSettleMs : 0);
  const bool failed = wanted && m_failedFor && *m_failedFor == *wanted;
  if (!wanted || !m_answer || m_answer->request.X != wanted->X || m_answer->request.precision != wanted->precision ||
      failed) {
    Figure empty;
    empty.id = QString::fromLatin1(kFigures[index]);
    empty.emptyText = failed                 ? m_failure
                      : wanted               ? tr("Computing the pseudo-inverse…")
                      : m_controller.input() ? tr("This input has no pseudo-inverse as it is")
                                             : tr("Open a matrix to see its pseudo-inverse");
    m_plot->setFigure(empty);
    m_plot->setHint({});
    for (NumberRow* row : {m_rank, m_cut, m_norm}) row->setValue(QStringLiteral("–"));
    for (NumberRow* row : m_penrose) row->setValue(QStringLiteral("–"));
    m_note->clear();
    return;
  }
  const bool settled = answer() != nullptr;
  const Inverse about = settled ? m_answer->about : withCut(*m_answer, wanted->rcond, wanted->ridge);
  Figure figure;
  figure.id = QString::fromLatin1(kFigures[index]);
  figure.emptyText = tr("Of a matrix of zeros, or of one this large or small, there is no such curve");
  for (Figure& made : inverseFigures(about, wanted->ridge)) {
    if (made.id == figure.id) figure = std::move(made);
  }
  figure.caption = tr("pseudo-inverse of %1 · rank %2 · cut-off %3 · Rankscope %4")
                       .arg(QString::fromStdString(m_controller.input()->title), showCount(about.rank),
                            showNumber(about.cut, 3), QStringLiteral(RANKSCOPE_VERSION));
  const bool path = which == "ridge";
  if (path && !figure.series.empty() && wanted->ridge <= 0) {
    // No ridge stands at the foot of the axis, where it can be taken from.
    figure.markers.push_back({kRidge, tr("no ridge"), about.ridge(0), true});
  }
  m_plot->setHint(path ? tr("drag the line to choose λ") : tr("drag the line to choose the cut-off"));
  m_plot->setFigure(figure);
  if (path && !figure.series.empty()) {
    m_plot->moveMarker(kRidge, wanted->ridge > 0 ? wanted->ridge : about.ridge(0));
    m_plot->setMarkerNote(kRidge, wanted->ridge > 0 ? tr("λ = %1").arg(showNumber(wanted->ridge, 3)) : tr("no ridge"),
                          tr("‖X‖₂ = %1").arg(showNumber(about.norm)));
  } else if (!figure.series.empty()) {
    for (const Marker& marker : figure.markers) {
      if (marker.id == kCut) m_plot->moveMarker(kCut, marker.x);
    }
    m_plot->setMarkerNote(kCut, tr("rank %1 above %2").arg(showCount(about.rank), showNumber(about.cut, 3)),
                          tr("‖A⁺‖₂ = %1").arg(showNumber(about.norm)));
  }
  showNumbers(about, settled);
}

void InversePanel::showNumbers(const Inverse& about, bool settled) {
  const auto wanted = wish();
  const bool ridge = wanted && wanted->ridge > 0;
  const double first = about.sigma(0);
  if (!m_rcond->isModified()) m_rcond->setText(first > 0 ? showNumber(about.cut / first, 3) : QStringLiteral("0"));
  if (!m_ridge->isModified()) m_ridge->setText(ridge ? showNumber(wanted->ridge, 3) : QStringLiteral("0"));
  m_rank->setValue(tr("%1 of %2").arg(showCount(about.rank), showCount(about.sigma.size())),
                   tr("singular values above the cut-off"));
  m_cut->setValue(showNumber(about.cut), tr("singular values up to this count as zero"));
  m_norm->setValue(showNumber(about.norm), ridge ? tr("of the regularised inverse") : tr("1 over the smallest kept σ"));
  bool hold = true;
  for (std::size_t i = 0; i < 4; ++i) {
    const double residual = about.penrose[i];
    hold = hold && residual <= kMostResidual;
    m_penrose[i]->setValue(
        settled ? showNumber(residual, 3) : QStringLiteral("…"),
        tr("‖difference‖ over rounding and the norms; a pseudo-inverse has at most %1").arg(showNumber(kMostResidual)));
  }
  QString note = !settled ? tr("computed when the line rests")
                 : ridge  ? tr("A ridge is no pseudo-inverse: the equations need not hold, and do as λ goes to 0")
                 : hold
                     ? tr("Each should be at most %1, and is").arg(showNumber(kMostResidual))
                     : tr("Each should be at most %1: what was cut off counts as well").arg(showNumber(kMostResidual));
  if (m_controller.spec() && m_controller.spec()->view.perChannel) note += tr(" · of the channels side by side");
  m_note->setText(note);
}

}  // namespace rankscope::ui
