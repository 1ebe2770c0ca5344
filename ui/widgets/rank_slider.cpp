// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/rank_slider.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/theme/theme.h"

namespace rankscope::ui {
namespace {
constexpr double kKnob = 6;  // radius of the knob
}

RankSlider::RankSlider(QWidget* parent) : QAbstractSlider(parent) {
  setOrientation(Qt::Horizontal);
  setFocusPolicy(Qt::StrongFocus);
  setRange(1, 1);
  setSingleStep(1);
  setPageStep(10);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize RankSlider::sizeHint() const { return {160, 20}; }

double RankSlider::share() const {
  if (maximum() <= minimum()) return 0;
  const double span = std::log(static_cast<double>(maximum() - minimum() + 1));
  return std::log(static_cast<double>(value() - minimum() + 1)) / span;
}

int RankSlider::valueAt(double x) const {
  const double share = std::clamp((x - kKnob - 1) / std::max(1.0, width() - 2 * kKnob - 2), 0.0, 1.0);
  const double span = std::log(static_cast<double>(maximum() - minimum() + 1));
  return minimum() + static_cast<int>(std::lround(std::exp(share * span) - 1));
}

void RankSlider::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& colours = theme();
  const double middle = height() / 2.0;
  const double from = kKnob + 1, to = width() - kKnob - 1;
  const double at = from + share() * (to - from);
  const QColor accent = isEnabled() ? colours.accent : colours.muted;
  painter.setPen(Qt::NoPen);
  painter.setBrush(colours.line);
  painter.drawRoundedRect(QRectF(from, middle - 2, to - from, 4), 2, 2);
  painter.setBrush(accent);
  painter.drawRoundedRect(QRectF(from, middle - 2, at - from, 4), 2, 2);
  if (hasFocus()) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colours.accent, 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
  }
  painter.setBrush(isSliderDown() ? accent : colours.panel);
  painter.setPen(QPen(accent, 2));
  painter.drawEllipse(QPointF(at, middle), kKnob, kKnob);
}

void RankSlider::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  setSliderDown(true);
  setSliderPosition(valueAt(event->position().x()));
}

void RankSlider::mouseMoveEvent(QMouseEvent* event) {
  if (isSliderDown()) setSliderPosition(valueAt(event->position().x()));
}

void RankSlider::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton && isSliderDown()) setSliderDown(false);
}

void RankSlider::wheelEvent(QWheelEvent* event) {
  const int notches = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
  if (notches == 0) return;
  const bool large = (event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier)) != 0;
  setValue(value() + (notches > 0 ? 1 : -1) * (large ? pageStep() : singleStep()));
  event->accept();
}

void RankSlider::sliderChange(SliderChange change) {
  QAbstractSlider::sliderChange(change);
  update();
}

}  // namespace rankscope::ui
