// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/colour_bar.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/canvas/colour_maps.h"
#include "ui/canvas/shading.h"
#include "ui/theme/theme.h"

namespace rankscope::ui {

namespace {

constexpr double kBarHeight = 8, kHistogramHeight = 14, kReach = 9;
constexpr double kGap = 8;
constexpr double kLeastGradient = 56;
constexpr double kLabelStep = 14;     // label room grows in steps, so that the bar stands still while an end is dragged
constexpr double kLeastShare = 1e-3;  // the ends stay this share of the bar apart
constexpr double kStep = 0.01, kBigStep = 0.1;

QString label(double value) { return std::isfinite(value) ? showNumber(value, 3) : QString(QChar(0x2013)); }

bool isUsable(double lo, double hi) { return std::isfinite(lo) && std::isfinite(hi) && hi > lo; }

}  // namespace

ColourBar::ColourBar(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::TabFocus);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setAccessibleName(tr("Colour range"));
  setAccessibleDescription(
      tr("Left and Right move the upper end, with Shift the lower end; Delete goes back to the whole range"));
  setToolTip(tr("Drag the ends to change the range, double-click for the whole range"));
}

void ColourBar::setLook(const Look& look) {
  if (look == m_look) return;
  m_look = look;
  fitLabels();
  describe();
  update();
}

void ColourBar::setHistogram(const Histogram& histogram) {
  m_histogram = histogram;
  update();
}

void ColourBar::setWholeRange(double lo, double hi) {
  m_lo = lo;
  m_hi = hi;
  fitLabels();
  update();
}

QSize ColourBar::sizeHint() const { return {240, 32}; }
QSize ColourBar::minimumSizeHint() const { return {120, 32}; }

// While an end is dragged the gradient stays where it is.
void ColourBar::fitLabels() {
  if (m_dragged != End::None) return;
  const QFontMetricsF metrics(sizedFont(11));
  double wanted = 0;
  for (const double value : {m_look.lo, m_look.hi, m_lo, m_hi}) {
    wanted = std::max(wanted, metrics.horizontalAdvance(label(value)));
  }
  m_labelWidth = kLabelStep * std::ceil((wanted + kGap) / kLabelStep);
}

// In a narrow pane the gradient and its ends come first; a wider one brings the labels back.
bool ColourBar::hasRoomForLabels() const { return width() - 2 * (m_labelWidth + kGap) >= kLeastGradient; }

QRectF ColourBar::gradientArea() const {
  const double margin = (hasRoomForLabels() ? m_labelWidth : 0) + kGap;
  return {margin, height() - kBarHeight - 6, std::max(1.0, width() - 2 * margin), kBarHeight};
}

double ColourBar::spanLo() const {
  if (m_dragged != End::None) return m_dragLo;
  return isUsable(m_lo, m_hi) ? std::min(m_lo, m_look.lo) : m_look.lo;
}

double ColourBar::spanHi() const {
  if (m_dragged != End::None) return m_dragHi;
  return isUsable(m_lo, m_hi) ? std::max(m_hi, m_look.hi) : m_look.hi;
}

double ColourBar::xOf(double value) const {
  const double lo = spanLo(), hi = spanHi();
  const QRectF area = bar();
  if (!isUsable(lo, hi)) return area.center().x();
  return area.left() + (std::clamp(value, lo, hi) - lo) / (hi - lo) * area.width();
}

double ColourBar::valueAt(double x) const {
  const QRectF area = bar();
  const double share = std::clamp((x - area.left()) / area.width(), 0.0, 1.0);
  return spanLo() + share * (spanHi() - spanLo());
}

ColourBar::End ColourBar::endAt(double x) const {
  if (!isUsable(m_look.lo, m_look.hi)) return End::None;
  const double toLower = std::abs(x - xOf(m_look.lo)), toUpper = std::abs(x - xOf(m_look.hi));
  if (std::min(toLower, toUpper) > kReach) return End::None;
  return toLower < toUpper ? End::Lower : End::Upper;
}

void ColourBar::moveEnd(End end, double value, bool finished) {
  const double least = kLeastShare * (spanHi() - spanLo());
  double lo = m_look.lo, hi = m_look.hi;
  if (m_look.map == QLatin1String("diverging") && !m_look.colour && lo < 0 && hi > 0) {
    hi = std::max(least / 2, end == End::Upper ? value : -value);
    lo = -hi;
  } else if (end == End::Lower) {
    lo = std::min(value, hi - least);
  } else {
    hi = std::max(value, lo + least);
  }
  if (lo == m_look.lo && hi == m_look.hi && !finished) return;
  m_moved = true;
  m_look.lo = lo;
  m_look.hi = hi;
  describe();
  update();
  emit rangeChanged(lo, hi, finished);
}

void ColourBar::reset() {
  if (!isUsable(m_lo, m_hi)) return;
  m_look.lo = m_lo;
  m_look.hi = m_hi;
  describe();
  update();
  emit rangeChanged(m_lo, m_hi, true);
}

void ColourBar::describe() {
  setAccessibleName(tr("Colour range from %1 to %2").arg(showNumber(m_look.lo), showNumber(m_look.hi)));
}

void ColourBar::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF area = bar();
  const double lo = spanLo(), hi = spanHi();

  // Histogram, its heights by square root so that rare values stay visible.
  const Index most =
      m_histogram.counts.empty() ? 0 : *std::max_element(m_histogram.counts.begin(), m_histogram.counts.end());
  if (most > 0 && isUsable(m_histogram.lo, m_histogram.hi) && isUsable(lo, hi)) {
    const double bins = static_cast<double>(m_histogram.counts.size());
    const double base = area.top() - 3;
    painter.setPen(Qt::NoPen);
    painter.setBrush(mixed(theme().panel, theme().muted, 0.55));
    painter.setClipRect(QRectF(area.left(), 0, area.width(), height()));
    for (std::size_t i = 0; i < m_histogram.counts.size(); ++i) {
      const auto edge = [&](double bin) {
        const double value = m_histogram.lo + bin / bins * (m_histogram.hi - m_histogram.lo);
        return area.left() + (value - lo) / (hi - lo) * area.width();
      };
      const double left = edge(static_cast<double>(i)), right = edge(static_cast<double>(i) + 1);
      const double share = std::sqrt(static_cast<double>(m_histogram.counts[i]) / static_cast<double>(most));
      painter.drawRect(
          QRectF(left, base - share * kHistogramHeight, std::max(right - left, 0.5), share * kHistogramHeight));
    }
    painter.setClipping(false);
  }

  // The gradient, column by column through the same function as the pane, so that scales and clipped ends show.
  Look shown = m_look;
  if (shown.colour) {
    shown.map = QStringLiteral("grey");
    shown.scale = ValueScale::Linear;
  }
  const int columns = std::max(1, static_cast<int>(std::lround(area.width() * devicePixelRatioF())));
  std::vector<float> values(static_cast<std::size_t>(columns));
  std::vector<int> places(static_cast<std::size_t>(columns));
  for (int i = 0; i < columns; ++i) {
    values[static_cast<std::size_t>(i)] = static_cast<float>(lo + (i + 0.5) / columns * (hi - lo));
  }
  tablePlaces(shadeOf(shown), values.data(), columns, places.data());
  QImage gradient(columns, 1, QImage::Format_RGB32);
  const std::vector<QRgb>& table = colourTable(shown.map);
  for (int i = 0; i < columns; ++i) {
    gradient.setPixel(i, 0, table[static_cast<std::size_t>(places[static_cast<std::size_t>(i)])]);
  }
  QPainterPath clip;
  clip.addRoundedRect(area, 2, 2);
  painter.setClipPath(clip);
  painter.drawImage(area, gradient);
  painter.setClipping(false);
  painter.setPen(QPen(theme().line, 1));
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(area.adjusted(-0.5, -0.5, 0.5, 0.5), 2, 2);

  // The two ends.
  if (isUsable(m_look.lo, m_look.hi)) {
    painter.setPen(QPen(hasFocus() ? theme().accent : theme().muted, hasFocus() ? 2 : 1.2));
    painter.setBrush(theme().panel);
    for (const double value : {m_look.lo, m_look.hi}) {
      painter.drawRoundedRect(QRectF(xOf(value) - 2.5, area.top() - 3, 5, area.height() + 6), 2, 2);
    }
  }

  painter.setFont(sizedFont(11));
  painter.setPen(theme().muted);
  if (!hasRoomForLabels()) return;
  const QRectF line(0, area.center().y() - 8, m_labelWidth, 16);
  painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, label(m_look.lo));
  painter.drawText(line.translated(width() - line.width(), 0), Qt::AlignLeft | Qt::AlignVCenter, label(m_look.hi));
}

void ColourBar::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  const End end = endAt(event->position().x());
  if (end == End::None) return;
  m_dragLo = spanLo();
  m_dragHi = spanHi();
  m_dragged = end;
  m_moved = false;
  m_grab = event->position().x() - xOf(end == End::Lower ? m_look.lo : m_look.hi);
}

void ColourBar::mouseMoveEvent(QMouseEvent* event) {
  const double x = event->position().x();
  if (m_dragged != End::None) return moveEnd(m_dragged, valueAt(x - m_grab), false);
  if (endAt(x) != End::None) {
    setCursor(Qt::SplitHCursor);
  } else {
    unsetCursor();
  }
}

void ColourBar::mouseReleaseEvent(QMouseEvent* event) {
  if (m_dragged == End::None || event->button() != Qt::LeftButton) return;
  if (m_moved) moveEnd(m_dragged, valueAt(event->position().x() - m_grab), true);
  m_dragged = End::None;
  update();
}

void ColourBar::mouseDoubleClickEvent(QMouseEvent*) {
  m_dragged = End::None;
  reset();
}

void ColourBar::keyPressEvent(QKeyEvent* event) {
  const bool lower = (event->modifiers() & Qt::ShiftModifier) != 0,
             big = (event->modifiers() & Qt::ControlModifier) != 0;
  const double step = (big ? kBigStep : kStep) * (spanHi() - spanLo());
  const auto move = [&](double by) {
    const double from = lower ? m_look.lo : m_look.hi;
    moveEnd(lower ? End::Lower : End::Upper, std::clamp(from + by, spanLo(), spanHi()), true);
  };
  switch (event->key()) {
    case Qt::Key_Left:
      return move(-step);
    case Qt::Key_Right:
      return move(step);
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
      return reset();
    default:
      QWidget::keyPressEvent(event);
  }
}

void ColourBar::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  update();
}

void ColourBar::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  update();
}

}  // namespace rankscope::ui
