// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/plot_view.h"

#include <qcustomplot.h>

#include <QMouseEvent>
#include <QPainter>
#include <QTimer>
#include <algorithm>
#include <cmath>

#include "ui/plots/figure_plot.h"

namespace rankscope::ui {
namespace {

constexpr double kReach = 8;     // pixels within which the marker is taken
constexpr double kDragFrom = 4;  // pixels after which a press is a drag
constexpr double kZoomStep = 0.8;
constexpr double kSmallestZoom = 1e-3;  // of the full range

/// Above the plot, transparent: repainted at every step of a drag while the plot below is only copied.
class Overlay : public QWidget {
 public:
  Overlay(QWidget* parent, std::function<void(QPainter&)> paint) : QWidget(parent), m_paint(std::move(paint)) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    m_paint(painter);
  }

 private:
  std::function<void(QPainter&)> m_paint;
};

}  // namespace

struct PlotView::Impl {
  explicit Impl(PlotView& owner)
      : self(owner),
        plot(new QCustomPlot(&owner)),
        content(*plot),
        overlay(new Overlay(&owner, [this](QPainter& painter) { paint(painter); })) {}

  PlotView& self;
  QCustomPlot* plot;
  FigurePlot content;
  Overlay* overlay;
  std::optional<MarkerNote> note;
  QString noteMarker;
  QString named;  // the accessible name, where the figure gave it
  MarkerLook look;
  bool zoomable = false;
  QRectF view;  // zoomed part, in axis coordinates; null: all
  enum class Press { None, Marker, Beside, Zoom } press = Press::None;
  QPointF pressedAt, pointer;
  int wheel = 0;
  QTimer replotting;  // once for all that changed, and apart from what changed it: a replot takes some milliseconds
  bool stale = true;

  void paint(QPainter& painter) {
    content.paint(painter, shownNote(), look);
    if (press == Press::Zoom && QLineF(pressedAt, pointer).length() > kDragFrom) {
      painter.setPen(QPen(theme().accent, 1));
      QColor fill = theme().accent;
      fill.setAlphaF(0.12F);
      painter.setBrush(fill);
      painter.drawRect(zoomBox());
    }
    if (look.focused && !content.draggable()) {
      painter.setPen(QPen(theme().accent, 2));
      painter.setBrush(Qt::NoBrush);
      painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6);
    }
  }

  std::optional<MarkerNote> shownNote() const {
    const Marker* marker = content.draggable();
    return marker && marker->id == noteMarker ? note : std::nullopt;
  }

  QRectF zoomBox() const { return QRectF(pressedAt, pointer).normalized().intersected(content.area()); }

  void rearrange() {
    content.arrange(self.size(), view);
    overlay->update();
    stale = true;
    if (self.isVisible()) replotting.start();
  }

  bool nearMarker(const QPointF& at) const {
    const std::optional<QRectF> grip = content.gripBox();
    if (!grip) return false;
    const QRectF area = content.area();
    return std::abs(at.x() - grip->center().x()) <= kReach && at.y() >= area.top() && at.y() <= area.bottom();
  }

  void setHovered(bool hovered) {
    if (hovered != look.hovered) {
      look.hovered = hovered;
      overlay->update();
    }
    self.setCursor(hovered ? Qt::SizeHorCursor : Qt::ArrowCursor);
  }

  void zoomTo(QRectF wanted) {
    const QRectF full = content.fullView();
    wanted = wanted.normalized().intersected(full);
    if (wanted.width() < kSmallestZoom * full.width() || wanted.height() < kSmallestZoom * full.height()) return;
    view = wanted == full ? QRectF() : wanted;
    rearrange();
  }

  void describe() {
    const Figure& f = content.figure();
    // A name that the owner gave says more: what the line is for.
    if (self.accessibleName() == named) self.setAccessibleName(named = f.title);
    if (content.isEmpty()) {
      self.setAccessibleDescription(f.emptyText);
      return;
    }
    QStringList parts{PlotView::tr("Plot of %1 over %2.").arg(f.y.title, f.x.title)};
    for (const Series& series : f.series) {
      if (!series.name.isEmpty())
        parts << PlotView::tr("%1: %n points.", nullptr, static_cast<int>(series.x.size())).arg(series.name);
    }
    for (const Marker& marker : f.markers) {
      if (!marker.draggable) parts << PlotView::tr("Mark %1 at %2.").arg(marker.label, showNumber(marker.x));
    }
    if (const Marker* marker = content.draggable()) {
      parts << PlotView::tr("The line stands at %1; arrow keys move it.").arg(showNumber(marker->x));
    }
    if (const auto shown = shownNote()) parts << shown->first << shown->second;
    self.setAccessibleDescription(parts.join(u' '));
  }
};

PlotView::PlotView(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>(*this)) {
  Impl& d = *m_impl;
  d.plot->setAttribute(Qt::WA_TransparentForMouseEvents);
  d.plot->setFocusPolicy(Qt::NoFocus);
  d.plot->setPlottingHint(QCP::phImmediateRefresh, false);  // painted with the rest of the window
  d.replotting.setSingleShot(true);
  d.replotting.setInterval(0);
  connect(&d.replotting, &QTimer::timeout, this, [this] {
    if (m_impl->stale) m_impl->plot->replot(QCustomPlot::rpQueuedRefresh);
  });
  d.overlay->raise();
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setMinimumSize(minimumSizeHint());
  connect(d.plot, &QCustomPlot::afterReplot, this, [this] {
    m_impl->stale = false;
    m_impl->content.measure();
    m_impl->overlay->update();
  });
}

PlotView::~PlotView() {
  // The plot replots once more while it is taken down; what listens goes first.
  disconnect(m_impl->plot, nullptr, this, nullptr);
}

void PlotView::setFigure(const Figure& figure) {
  Impl& d = *m_impl;
  const bool other = figure.id != d.content.figure().id || !(figure.x == d.content.figure().x);
  if (other) d.view = {};
  if (d.content.setFigure(figure)) {
    d.rearrange();
  } else {
    d.overlay->update();
  }
  d.describe();
}

const Figure& PlotView::figure() const { return m_impl->content.figure(); }

void PlotView::moveMarker(const QString& id, double x) {
  if (!m_impl->content.setMarker(id, x)) return;
  m_impl->overlay->update();
  m_impl->describe();
}

void PlotView::setMarkerNote(const QString& id, const QString& first, const QString& second) {
  m_impl->noteMarker = id;
  m_impl->note = first.isEmpty() ? std::nullopt : std::optional(MarkerNote{first, second});
  m_impl->overlay->update();
  m_impl->describe();
}

void PlotView::setZoomable(bool zoomable) { m_impl->zoomable = zoomable; }

void PlotView::setHint(const QString& hint) {
  m_impl->content.setHint(hint);
  m_impl->rearrange();
}

QSize PlotView::sizeHint() const { return {720, 320}; }
QSize PlotView::minimumSizeHint() const { return {220, 140}; }

QRectF PlotView::plotArea() const { return m_impl->content.area(); }
QRectF PlotView::gripBox() const { return m_impl->content.gripBox().value_or(QRectF()); }
std::vector<QRectF> PlotView::labelBoxes() const { return m_impl->content.labelBoxes(); }

QRectF PlotView::noteBox() const {
  const auto note = m_impl->shownNote();
  const auto grip = m_impl->content.gripBox();
  return note && grip ? m_impl->content.noteBox(grip->center().x(), *note) : QRectF();
}

void PlotView::resizeEvent(QResizeEvent*) {
  Impl& d = *m_impl;
  d.content.arrange(size(), d.view);
  d.plot->setGeometry(rect());  // replots at once when its size changes
  d.overlay->setGeometry(rect());
}

void PlotView::showEvent(QShowEvent* event) {
  if (m_impl->stale) m_impl->replotting.start();
  QWidget::showEvent(event);
}

void PlotView::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
    m_impl->content.setTheme(theme());
    m_impl->rearrange();
  }
  QWidget::changeEvent(event);
}

void PlotView::mousePressEvent(QMouseEvent* event) {
  Impl& d = *m_impl;
  const QPointF at = event->position();
  d.pressedAt = d.pointer = at;
  if (event->button() == Qt::RightButton) {
    if (d.zoomable && d.content.area().contains(at)) d.press = Impl::Press::Zoom;
    return;
  }
  if (event->button() != Qt::LeftButton || d.content.isEmpty()) return;
  if (const Marker* rule = d.content.ruleAt(at)) {
    emit clicked(rule->x);
  } else if (d.nearMarker(at)) {
    d.press = Impl::Press::Marker;
    d.look.pressed = true;
    d.overlay->update();
    emit markerPressed(d.content.draggable()->id);
  } else if (d.content.area().contains(at)) {
    d.press = Impl::Press::Beside;
  }
}

void PlotView::mouseMoveEvent(QMouseEvent* event) {
  Impl& d = *m_impl;
  const QPointF at = event->position();
  d.pointer = at;
  const Marker* marker = d.content.draggable();
  if (d.press == Impl::Press::Beside && marker && QLineF(d.pressedAt, at).length() > kDragFrom) {
    d.press = Impl::Press::Marker;
    d.look.pressed = true;
    emit markerPressed(marker->id);
  }
  switch (d.press) {
    case Impl::Press::Marker:
      if (marker) emit markerDragged(marker->id, d.content.valueAt(at.x()));
      break;
    case Impl::Press::Zoom:
      d.overlay->update();
      break;
    case Impl::Press::Beside:
      break;
    case Impl::Press::None:
      d.setHovered(d.nearMarker(at));
      if (!d.content.isEmpty() && d.content.area().contains(at)) {
        emit hovered(d.content.valueAt(at.x()), d.content.heightAt(at.y()));
      }
  }
}

void PlotView::mouseReleaseEvent(QMouseEvent* event) {
  Impl& d = *m_impl;
  const Impl::Press press = std::exchange(d.press, Impl::Press::None);
  d.look.pressed = false;
  d.overlay->update();
  const QPointF at = event->position();
  if (press == Impl::Press::Marker && d.content.draggable()) {
    emit markerReleased(d.content.draggable()->id);
  } else if (press == Impl::Press::Beside) {
    emit clicked(d.content.valueAt(at.x()));
  } else if (press == Impl::Press::Zoom) {
    const QRectF box = QRectF(d.pressedAt, at).normalized().intersected(d.content.area());
    if (box.width() > kDragFrom && box.height() > kDragFrom) {
      d.zoomTo(QRectF(d.content.axisCoordinates(box.bottomLeft()), d.content.axisCoordinates(box.topRight())));
    }
  }
  d.setHovered(d.nearMarker(at));
}

void PlotView::mouseDoubleClickEvent(QMouseEvent* event) {
  Impl& d = *m_impl;
  if (!d.zoomable || d.view.isNull()) {
    mousePressEvent(event);
    return;
  }
  d.view = {};
  d.rearrange();
}

void PlotView::wheelEvent(QWheelEvent* event) {
  Impl& d = *m_impl;
  const QPoint angle = event->angleDelta();
  // Some systems turn Shift + wheel into a sideways one.
  d.wheel += angle.y() != 0 ? angle.y() : (event->modifiers() & Qt::ShiftModifier ? angle.x() : 0);
  const int steps = d.wheel / QWheelEvent::DefaultDeltasPerStep;
  d.wheel -= steps * QWheelEvent::DefaultDeltasPerStep;
  if (event->modifiers() & Qt::ControlModifier) {
    if (!d.zoomable || d.content.isEmpty()) return event->ignore();
    const double factor = std::pow(kZoomStep, steps);
    const QRectF full = d.content.fullView(), now = d.view.isNull() ? full : d.view;
    const QPointF fixed = d.content.axisCoordinates(event->position());
    const QRectF wanted(fixed.x() + factor * (now.left() - fixed.x()), fixed.y() + factor * (now.top() - fixed.y()),
                        factor * now.width(), factor * now.height());
    d.zoomTo(wanted);
  } else if (d.content.draggable() && !d.content.isEmpty()) {
    if (steps != 0) emit stepped(event->modifiers() & Qt::ShiftModifier ? 10 * steps : steps);
  } else {
    event->ignore();
  }
}

void PlotView::keyPressEvent(QKeyEvent* event) {
  if (!m_impl->content.draggable() || m_impl->content.isEmpty()) return QWidget::keyPressEvent(event);
  switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Up:
      emit stepped(1);
      break;
    case Qt::Key_Left:
    case Qt::Key_Down:
      emit stepped(-1);
      break;
    case Qt::Key_PageUp:
      emit stepped(10);
      break;
    case Qt::Key_PageDown:
      emit stepped(-10);
      break;
    case Qt::Key_Home:
      emit jumped(false);
      break;
    case Qt::Key_End:
      emit jumped(true);
      break;
    default:
      QWidget::keyPressEvent(event);
  }
}

void PlotView::focusInEvent(QFocusEvent* event) {
  m_impl->look.focused = true;
  m_impl->overlay->update();
  QWidget::focusInEvent(event);
}

void PlotView::focusOutEvent(QFocusEvent* event) {
  m_impl->look.focused = false;
  m_impl->overlay->update();
  QWidget::focusOutEvent(event);
}

void PlotView::leaveEvent(QEvent* event) {
  if (m_impl->press == Impl::Press::None) m_impl->setHovered(false);
  QWidget::leaveEvent(event);
}

}  // namespace rankscope::ui
