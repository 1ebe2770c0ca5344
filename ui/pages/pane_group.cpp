// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pane_group.h"

#include <QKeyEvent>
#include <QMenu>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <span>

#include "core/base/text.h"
#include "ui/canvas/colour_bar.h"
#include "ui/pages/looks.h"
#include "ui/pages/matrix_controller.h"
#include "ui/pages/result_card.h"
#include "ui/pages/view_choices.h"
#include "ui/theme/theme.h"
#include "ui/theme/translated.h"

namespace rankscope::ui {
namespace {

constexpr const char* kPaneNames[] = {"original", "approximation", "residual"};

}  // namespace

PaneGroup::PaneGroup(MatrixRoomController& controller, Session& session, QWidget* parent)
    : QWidget(parent), m_controller(controller), m_session(session) {
  setObjectName(QStringLiteral("panes"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  m_splitter = new QSplitter(this);
  m_splitter->setChildrenCollapsible(false);
  m_splitter->setHandleWidth(8);
  column->addWidget(m_splitter);
  m_panes = {new Pane(tr("Original"), QStringLiteral("paneOriginal"), m_splitter),
             new Pane(tr("Approximation"), QStringLiteral("paneApproximation"), m_splitter),
             new Pane(tr("Residual"), QStringLiteral("paneResidual"), m_splitter)};
  for (const Which which : {Original, Approximation, Residual}) {
    m_splitter->addWidget(m_panes[which]);
    m_splitter->setStretchFactor(which, 1);
    buildMenu(which);
    m_bars[which] = new ColourBar(m_panes[which]);
    m_bars[which]->setObjectName(m_panes[which]->objectName() + QStringLiteral("Bar"));
    m_panes[which]->setFooter(m_bars[which]);
    connect(m_bars[which], &ColourBar::rangeChanged, this,
            [this, which](double lo, double hi, bool finished) { setOwnRange(which == Residual, lo, hi, finished); });
    Canvas* canvas = m_panes[which]->canvas();
    connect(canvas, &Canvas::viewChanged, this, [this, canvas](const View& view) {
      applyView(view, canvas);
      keepView(m_session, "", view);
    });
    connect(canvas, &Canvas::hovered, this, &PaneGroup::hovered);
    connect(canvas, &Canvas::wanted, this,
            [this](const Tile& visible, int level) { m_controller.setVisible(visible, level); });
    connect(canvas, &Canvas::wipeMoved, this,
            [this](double at) { m_session.adjustView([&](SessionState& state) { state.view["wipe"] = exact(at); }); });
  }
  m_ranges.setSingleShot(true);
  m_ranges.setInterval(80);
  connect(&m_ranges, &QTimer::timeout, this, &PaneGroup::showRanges);
  connect(&controller, &MatrixRoomController::inputChanged, this, &PaneGroup::showInput);
  connect(&controller, &MatrixRoomController::frameChanged, this, &PaneGroup::showFrame);
  connect(&controller, &MatrixRoomController::rankMoved, this, &PaneGroup::showTexts);
  connect(&controller, &MatrixRoomController::analysisChanged, this, &PaneGroup::showTexts);
  connect(&controller, &MatrixRoomController::analysisChanged, this, &PaneGroup::showMarks);
  connect(&controller, &MatrixRoomController::stageChanged, this, &PaneGroup::showTexts);
  connect(&session, &Session::stateChanged, this, &PaneGroup::showLayout);
  showInput();
  showLayout();
}

void PaneGroup::buildMenu(Which which) {
  QMenu* menu = m_panes[which]->menu();
  const std::string prefix = which == Residual ? "residual-" : "";
  addViewChoices(menu, m_session, tr("Colours"), prefix + "map");
  if (which != Residual) addViewChoices(menu, m_session, tr("Scale"), "scale");
  addViewChoices(menu, m_session, tr("Range"), prefix + "range");
  addViewChoices(menu, m_session, tr("Layout"), "layout");
  menu->addSeparator();
  menu->addAction(tr("Fit"), this, &PaneGroup::zoomToFit);
  menu->addAction(tr("One entry a pixel"), this, &PaneGroup::zoomOneToOne);
  menu->addSeparator();
  menu->addAction(tr("Copy picture"), this, [this, which] { emit copyPictureWanted(which); });
  menu->addAction(tr("Copy values in view"), this, [this, which] { emit copyValuesWanted(which); });
}

void PaneGroup::showInput() {
  const Loaded* input = m_controller.input();
  for (Pane* pane : m_panes) {
    if (input) {
      pane->canvas()->setPlaceholder({}, {});
      pane->canvas()->setMatrixSize(input->matrix->rows(), input->matrix->cols() / m_controller.channelCount());
    } else {
      pane->canvas()->setPictures(nullptr, nullptr);
      pane->canvas()->setSecond(nullptr, nullptr);
      pane->canvas()->setMatrixSize(0, 0);
    }
  }
  const View view = keptView(m_session.state(), "");
  if (!view.fit) {
    applyView(view, nullptr);
  } else {
    zoomToFit();
  }
  showTexts();
}

/// The rows and columns that the approximation on screen is made of, on the margins of the original.
void PaneGroup::showChoices(qint64 count) {
  m_choices = count;
  showMarks();
}

void PaneGroup::showMarks() {
  std::vector<AxisMark> rows, columns;
  const AnalysisPtr analysis = m_controller.analysis();
  const bool apart = analysis && analysis->parts.size() > 1;
  const Index channels = m_controller.channelCount();
  const Index width = analysis ? analysis->request.problem.X->cols() / std::max<Index>(1, channels) : 0;
  for (std::size_t p = 0; analysis && p < analysis->parts.size(); ++p) {
    for (const Diagnostic& diagnostic : analysis->parts[p]->diagnostics) {
      const auto* selection = std::get_if<Selection>(&diagnostic);
      if (!selection) continue;
      const auto first = [&](const std::vector<Index>& chosen) {
        return std::span(chosen).first(m_choices < 0 ? chosen.size()
                                                     : std::min(chosen.size(), static_cast<std::size_t>(m_choices)));
      };
      for (const Index row : first(selection->rows)) rows.push_back({row, apart ? static_cast<int>(p) : -1});
      for (const Index column : first(selection->columns)) {
        const Index channel = apart ? static_cast<Index>(p) : width > 0 ? column / width : 0;
        columns.push_back({width > 0 ? column % width : column, channels > 1 ? static_cast<int>(channel) : -1});
      }
    }
  }
  m_panes[Original]->canvas()->setMarks(std::move(rows), std::move(columns));
}

void PaneGroup::showFrame() {
  const FramePtr frame = m_controller.frame();
  if (!frame) return;
  Canvas* middle = m_panes[Approximation]->canvas();
  m_panes[Original]->canvas()->setPictures(frame->originalBase, frame->originalDetail);
  m_panes[Residual]->canvas()->setPictures(frame->residualBase, frame->residualDetail);
  if (m_layout == "wipe") {
    middle->setPictures(frame->originalBase, frame->originalDetail);
    middle->setSecond(frame->approximationBase, frame->approximationDetail);
  } else if (m_layout == "flip" && m_front == "original") {
    middle->setPictures(frame->originalBase, frame->originalDetail);
  } else {
    middle->setPictures(frame->approximationBase, frame->approximationDetail);
  }
  if (m_layout != "wipe") middle->setSecond(nullptr, nullptr);
  showLooks();
  showTexts();
}

void PaneGroup::showLooks() {
  const FramePtr frame = m_controller.frame();
  if (!frame || !frame->originalBase) return;
  const bool first = m_counted != frame->originalBase;
  if (first) {
    showRanges();
  } else if (!m_ranges.isActive()) {
    m_ranges.start();
  }
}

void PaneGroup::showRanges() {
  const FramePtr frame = m_controller.frame();
  if (!frame || !frame->originalBase) return;
  const SessionState& state = m_session.state();
  const Summary& summary = m_controller.input()->matrix->summary();
  const ValueRange whole{summary.min, summary.max};
  const Look content = contentLook(state, *frame->originalBase, m_controller.isPicture(), whole);
  for (const Which which : {Original, Approximation}) {
    m_panes[which]->canvas()->setLook(content);
    m_bars[which]->setLook(content);
  }
  if (m_counted != frame->originalBase) {
    m_counted = frame->originalBase;
    m_bars[Original]->setHistogram(histogramOf(thinned(*frame->originalBase)));
    for (const Which which : {Original, Approximation}) {
      if (m_controller.isPicture()) {
        m_bars[which]->setWholeRange(0, 1);
      } else {
        m_bars[which]->setWholeRange(whole.lo, whole.hi);
      }
    }
  }
  if (frame->approximationBase) {
    m_bars[Approximation]->setHistogram(histogramOf(thinned(*frame->approximationBase)));
  }
  if (frame->residualBase) {
    const Picture thin = thinned(*frame->residualBase);
    const Look residual = residualLook(state, thin, std::max(std::abs(whole.lo), std::abs(whole.hi)));
    const Histogram histogram = histogramOf(thin);
    const double end = roundUp(std::max(std::abs(histogram.lo), std::abs(histogram.hi)));
    m_panes[Residual]->canvas()->setLook(residual);
    m_bars[Residual]->setLook(residual);
    m_bars[Residual]->setWholeRange(-end, end);
    m_bars[Residual]->setHistogram(histogram);
  }
}

void PaneGroup::setOwnRange(bool residual, double lo, double hi, bool finished) {
  if (m_rangeGesture == 0) m_rangeGesture = m_session.newGesture();
  const std::string prefix = residual ? "residual-" : "";
  m_session.edit(tr("Range"), m_rangeGesture, [&](SessionState& state) {
    state.view[prefix + "range"] = "own";
    state.view[prefix + "lo"] = exact(lo);
    state.view[prefix + "hi"] = exact(hi);
  });
  if (finished) m_rangeGesture = 0;
  showRanges();
}

void PaneGroup::showTexts() {
  const Loaded* input = m_controller.input();
  Pane* middle = m_panes[Approximation];
  if (!input) {
    for (Pane* pane : m_panes) pane->setRemark({});
    return;
  }
  const bool drawn = m_controller.frame() && m_controller.frame()->approximationBase;
  const Stage stage = m_controller.stage();
  const QString instead = drawn                      ? QString()
                          : stage == Stage::Unusable ? tr("Not computed")
                          : stage == Stage::Failed   ? tr("The computation failed")
                          : stage == Stage::Offer    ? tr("Not computed yet")
                                                     : tr("Computing…");
  for (const Which which : {Approximation, Residual}) {
    const bool original =
        which == Approximation && (m_layout == "wipe" || (m_layout == "flip" && m_front == "original"));
    m_panes[which]->canvas()->setPlaceholder(original ? QString() : instead, {});
  }
  const bool complex = input->matrix->isComplex();
  QString shape = tr("%1 × %2").arg(showCount(input->matrix->rows()), showCount(input->matrix->cols()));
  if (complex) shape += tr(" · modulus");
  m_panes[Original]->setRemark(shape);
  const std::vector<Index> ranks = m_controller.ranks();
  QStringList each;
  for (const Index rank : ranks) each << showCount(rank);
  const bool same = std::adjacent_find(ranks.begin(), ranks.end(), std::not_equal_to<>()) == ranks.end();
  const QString size = same ? each.front() : each.join(QStringLiteral(" · "));
  const QString title = m_controller.dial().isRank ? tr("Rank %1").arg(size)
                                                   : tr("%1 %2").arg(translated(Text(m_controller.dial().title)), size);
  if (m_layout == "wipe") {
    middle->setTitle(tr("Original | %1").arg(title));
  } else if (m_layout == "flip" && m_front == "original") {
    middle->setTitle(tr("Original"));
  } else {
    middle->setTitle(title);
  }
  middle->setRemark(badgeText(m_controller, m_session));
  const ErrorNow error = m_controller.error();
  const bool known = error.sign != ErrorNow::Unknown;
  m_panes[Residual]->setRemark(known ? QStringLiteral("‖M − M̂‖ ") + showError(error, 3, true) : QString());
}

void PaneGroup::showLayout() {
  const SessionState& state = m_session.state();
  const std::string layout = viewValue(state, "layout"), front = viewValue(state, "pane");
  if (layout != m_layout || front != m_front) {
    if (layout != m_layout) m_flips = 0;
    m_layout = layout;
    m_front = front;
    const bool three = layout == "three", single = layout == "single";
    for (const Which which : {Original, Approximation, Residual}) {
      m_panes[which]->setVisible(three || (single ? front == kPaneNames[which] : which == Approximation));
    }
    Canvas* middle = m_panes[Approximation]->canvas();
    middle->setCompare(layout == "wipe" ? Compare::Wipe : Compare::None, viewNumber(state, "wipe"));
    showFrame();
    showTexts();
  }
  showLooks();
}

void PaneGroup::applyView(const View& view, Canvas* source) {
  if (m_applying) return;
  m_applying = true;
  for (Pane* pane : m_panes) {
    if (pane->canvas() != source) pane->canvas()->setView(view);
  }
  m_applying = false;
}

void PaneGroup::zoomToFit() {
  for (Pane* pane : m_panes) pane->canvas()->zoomToFit();
}

void PaneGroup::zoomOneToOne() {
  for (Pane* pane : m_panes) pane->canvas()->zoomOneToOne();
}

void PaneGroup::zoomBy(double factor) {
  Canvas* canvas = m_panes[front()]->canvas();
  canvas->zoomBy(factor, QRectF(canvas->rect()).center());
}

PaneGroup::Which PaneGroup::front() const {
  for (const Which which : {Original, Approximation, Residual}) {
    if (m_panes[which]->isVisible() && m_panes[which]->canvas()->hasFocus()) return which;
  }
  if (m_layout == "flip") return m_front == "original" ? Original : Approximation;
  for (const Which which : {Approximation, Original, Residual}) {
    if (m_panes[which]->isVisible()) return which;
  }
  return Approximation;
}

void PaneGroup::flip() {
  if (m_layout != "flip" && m_layout != "single") {
    m_controller.setView("layout", "flip", tr("Layout"));
    return;
  }
  std::string next = m_front == "approximation" ? "original" : "approximation";
  if (m_layout == "single") {
    next = m_front == "original" ? "approximation" : m_front == "approximation" ? "residual" : "original";
  }
  if (m_flips == 0) m_flips = m_session.newGesture();
  m_session.edit(tr("Flip"), m_flips, [&](SessionState& state) { state.view["pane"] = next; });
}

void PaneGroup::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) {
    flip();
  } else {
    QWidget::keyPressEvent(event);
  }
}

}  // namespace rankscope::ui
