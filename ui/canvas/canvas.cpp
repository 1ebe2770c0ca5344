// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/canvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <optional>

#include "ui/canvas/overlay.h"
#include "ui/canvas/shading.h"
#include "ui/theme/theme.h"

namespace rankscope::ui {

namespace {

constexpr double kLargestCell = 256;     // logical pixels of an entry at the closest view
constexpr double kSmallestShare = 0.25;  // of the fitting scale at the farthest
constexpr double kWheelStep = 1.25, kKeyStep = 1.25;
constexpr double kPanShare = 0.1;    // of the pane, for one arrow key
constexpr double kDividerReach = 6;  // logical pixels
constexpr double kDividerStep = 0.02;

}  // namespace

struct Canvas::State {
  Content first, second;
  Compare compare = Compare::None;
  double wipeAt = 0.5;
  Look look;
  View view;
  Index rows = 0, cols = 0;
  QString title, hint;
  std::vector<AxisMark> rowMarks, columnMarks;

  enum class Drag { None, Pan, Divider } drag = Drag::None;
  QPointF dragFrom;
  View dragView;
  std::optional<std::pair<Tile, int>> asked;
  std::pair<Index, Index> hoveredAt{-1, -1};
};

Canvas::Canvas(QWidget* parent) : QWidget(parent), m(std::make_unique<State>()) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setAttribute(Qt::WA_OpaquePaintEvent);
}

Canvas::~Canvas() = default;

void Canvas::setMarks(std::vector<AxisMark> rows, std::vector<AxisMark> columns) {
  if (rows == m->rowMarks && columns == m->columnMarks) return;
  m->rowMarks = std::move(rows);
  m->columnMarks = std::move(columns);
  contentChanged();
}

void Canvas::setPictures(PicturePtr base, PicturePtr detail) {
  m->first = {std::move(base), std::move(detail)};
  contentChanged();
}

void Canvas::setSecond(PicturePtr base, PicturePtr detail) {
  m->second = {std::move(base), std::move(detail)};
  contentChanged();
}

void Canvas::setCompare(Compare mode, double wipeAt) {
  m->compare = mode;
  m->wipeAt = std::clamp(wipeAt, 0.0, 1.0);
  contentChanged();
}

void Canvas::setLook(const Look& look) {
  if (look == m->look) return;
  m->look = look;
  contentChanged();
}

const Look& Canvas::look() const { return m->look; }

void Canvas::setMatrixSize(Index rows, Index cols) {
  if (rows == m->rows && cols == m->cols) return;
  m->rows = rows;
  m->cols = cols;
  m->asked.reset();
  applyView(m->view, false);
}

const View& Canvas::view() const { return m->view; }

void Canvas::setView(const View& view) { applyView(view, false); }

void Canvas::zoomToFit() {
  View view = m->view;
  view.fit = true;
  applyView(view, true);
}

void Canvas::zoomOneToOne() { zoomBy(1 / (devicePixelRatioF() * m->view.scale), QRectF(rect()).center()); }

void Canvas::zoomBy(double factor, QPointF at) {
  View view = m->view;
  const QPointF kept = entryAt(at), fromCentre = at - QRectF(rect()).center();
  view.fit = false;
  view.scale *= factor;
  view.scale = bounded(view).scale;
  view.centre = kept - fromCentre / view.scale;
  applyView(view, true);
}

QPointF Canvas::entryAt(QPointF point) const {
  return m->view.centre + (point - QRectF(rect()).center()) / m->view.scale;
}

QPointF Canvas::pointAt(QPointF entry) const {
  return (entry - m->view.centre) * m->view.scale + QRectF(rect()).center();
}

void Canvas::setPlaceholder(const QString& title, const QString& hint) {
  m->title = title;
  m->hint = hint;
  contentChanged();
}

QSize Canvas::sizeHint() const { return {320, 240}; }
QSize Canvas::minimumSizeHint() const { return {48, 48}; }

// A view within reason: some of the matrix stays in sight, and cells neither vanish nor fill the pane.
View Canvas::bounded(View view) const {
  const double rows = static_cast<double>(std::max<Index>(m->rows, 1));
  const double cols = static_cast<double>(std::max<Index>(m->cols, 1));
  const double fitting = std::max(1e-9, std::min(width() / cols, height() / rows));
  if (view.fit) return {QPointF(cols / 2, rows / 2), fitting, true};
  const double smallest = std::min(kSmallestShare * fitting, 1 / devicePixelRatioF());
  view.scale = std::clamp(view.scale, smallest, std::max(kLargestCell, fitting));
  view.centre.setX(std::clamp(view.centre.x(), 0.0, cols));
  view.centre.setY(std::clamp(view.centre.y(), 0.0, rows));
  return view;
}

void Canvas::applyView(View view, bool byUser) {
  view = bounded(view);
  const bool changed = !(view == m->view);
  m->view = view;
  contentChanged();
  askForPictures();
  if (byUser && changed) emit viewChanged(m->view);
}

void Canvas::askForPictures() {
  if (m->rows == 0 || m->cols == 0) return;
  const QPointF first = entryAt(QPointF(0, 0)), last = entryAt(QPointF(width(), height()));
  const auto inside = [](double entry, Index end) {
    return static_cast<Index>(std::clamp(entry, 0.0, static_cast<double>(end)));
  };
  Tile visible{inside(std::floor(first.y()), m->rows), inside(std::floor(first.x()), m->cols), 0, 0};
  visible.rows = inside(std::ceil(last.y()), m->rows) - visible.row;
  visible.cols = inside(std::ceil(last.x()), m->cols) - visible.col;
  const std::pair<Tile, int> wish{visible, levelFor(m->view.scale, devicePixelRatioF())};
  if (m->asked == wish) return;
  m->asked = wish;
  emit wanted(wish.first, wish.second);
}

Scene Canvas::scene() const {
  Scene scene;
  scene.first = m->first;
  scene.second = m->second;
  scene.compare = m->compare;
  scene.wipeAt = m->wipeAt;
  scene.look = m->look;
  scene.view = m->view;
  scene.rows = m->rows;
  scene.cols = m->cols;
  scene.dpr = devicePixelRatioF();
  scene.pixels = (QSizeF(size()) * scene.dpr).toSize();
  scene.rowMarks = m->rowMarks;
  scene.columnMarks = m->columnMarks;
  scene.background = theme().canvas.rgb() | 0xff000000U;
  if (!m->title.isEmpty()) {
    scene.first = {};
    scene.second = {};
  }
  return scene;
}

void Canvas::paintOverlay(QPainter& painter) const {
  if (m->title.isEmpty()) {
    Overlay(scene(), QSizeF(size()), font()).paint(painter);
  } else {
    paintPlaceholder(painter, QRectF(rect()), m->title, m->hint);
  }
  if (hasFocus()) paintFocusRing(painter, QRectF(rect()));
}

void Canvas::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  applyView(m->view, false);
}

// The pixel ratio is known for certain only now.
void Canvas::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  applyView(m->view, false);
}

void Canvas::wheelEvent(QWheelEvent* event) {
  const double steps = event->angleDelta().y() / 120.0;
  if (steps != 0) zoomBy(std::pow(kWheelStep, steps), event->position());
  event->accept();
}

bool Canvas::nearDivider(QPointF point) const {
  return m->compare == Compare::Wipe && m->second.base && std::abs(point.x() - m->wipeAt * width()) <= kDividerReach;
}

void Canvas::moveDivider(double at) {
  const double inside = std::clamp(at, 0.0, 1.0);
  if (inside == m->wipeAt) return;
  m->wipeAt = inside;
  contentChanged();
  emit wipeMoved(inside);
}

void Canvas::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return event->ignore();
  m->drag =
      nearDivider(event->position()) && event->button() == Qt::LeftButton ? State::Drag::Divider : State::Drag::Pan;
  m->dragFrom = event->position();
  m->dragView = m->view;
}

void Canvas::mouseMoveEvent(QMouseEvent* event) {
  const QPointF at = event->position();
  hover(at);
  switch (m->drag) {
    case State::Drag::None: {
      if (nearDivider(at)) {
        setCursor(Qt::SplitHCursor);
      } else {
        unsetCursor();
      }
      break;
    }
    case State::Drag::Divider:
      moveDivider(at.x() / std::max(1, width()));
      break;
    case State::Drag::Pan: {
      // A click with an unsteady hand is not a pan: it must not end the fitting.
      if (m->view.fit && (at - m->dragFrom).manhattanLength() < 3) break;
      setCursor(Qt::ClosedHandCursor);
      View view = m->dragView;
      view.fit = false;
      view.centre = m->dragView.centre - (at - m->dragFrom) / m->dragView.scale;
      applyView(view, true);
      break;
    }
  }
}

void Canvas::mouseReleaseEvent(QMouseEvent* event) {
  m->drag = State::Drag::None;
  unsetCursor();
  event->accept();
}

void Canvas::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  zoomToFit();
}

void Canvas::hover(QPointF point) {
  const QPointF entry = entryAt(point);
  std::pair<Index, Index> at{static_cast<Index>(std::floor(entry.y())), static_cast<Index>(std::floor(entry.x()))};
  const bool inside = at.first >= 0 && at.first < m->rows && at.second >= 0 && at.second < m->cols;
  if (!inside || !m->title.isEmpty()) at = {-1, -1};
  if (at == m->hoveredAt) return;
  m->hoveredAt = at;
  emit hovered(at.first, at.second);
}

void Canvas::leaveEvent(QEvent* event) {
  QWidget::leaveEvent(event);
  if (m->hoveredAt == std::pair<Index, Index>(-1, -1)) return;
  m->hoveredAt = {-1, -1};
  emit hovered(-1, -1);
}

void Canvas::keyPressEvent(QKeyEvent* event) {
  const QPointF middle = QRectF(rect()).center();
  const bool shifted = (event->modifiers() & Qt::ShiftModifier) != 0;
  const auto pan = [&](double x, double y) {
    View view = m->view;
    view.fit = false;
    view.centre += QPointF(x * width(), y * height()) * (kPanShare / view.scale);
    applyView(view, true);
  };
  const bool divides = shifted && m->compare == Compare::Wipe;
  switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoomBy(kKeyStep, middle);
    case Qt::Key_Minus:
    case Qt::Key_Underscore:
      return zoomBy(1 / kKeyStep, middle);
    case Qt::Key_0:
      return zoomToFit();
    case Qt::Key_1:
      return zoomOneToOne();
    case Qt::Key_Left:
      return divides ? moveDivider(m->wipeAt - kDividerStep) : pan(-1, 0);
    case Qt::Key_Right:
      return divides ? moveDivider(m->wipeAt + kDividerStep) : pan(1, 0);
    case Qt::Key_Up:
      return pan(0, -1);
    case Qt::Key_Down:
      return pan(0, 1);
    default:
      QWidget::keyPressEvent(event);
  }
}

void Canvas::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) contentChanged();
}

void Canvas::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  contentChanged();
}

void Canvas::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  contentChanged();
}

}  // namespace rankscope::ui
