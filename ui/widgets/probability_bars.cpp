// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/probability_bars.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/theme/theme.h"

namespace rankscope::ui {
namespace {
constexpr double kHeadroom = 1.35;  // above the highest bar: for the draws, and to drag into
constexpr double kDot = 5;
constexpr int kLines = 4;         // of the grid above its foot
constexpr double kNarrowest = 3;  // bars with less room for each are drawn by columns of a pixel

/// The least value from `least` on whose kLines parts are round.
double roundAbove(double least) {
  const double part = least / kLines, decade = std::pow(10.0, std::floor(std::log10(part)));
  for (const double round : {1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.5}) {
    if (part <= round * decade) return kLines * round * decade;
  }
  return kLines * 10 * decade;
}
}  // namespace

ProbabilityBars::ProbabilityBars(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setAccessibleName(tr("Probability of each pair"));
}

void ProbabilityBars::setProbabilities(const Probabilities& probabilities, Index shownDraws) {
  const double sum = probabilities.p.sum(), total = probabilities.weights.sum();
  m_p = sum > 0 ? Vector<double>(probabilities.p / sum) : probabilities.p;
  m_norm = total > 0 ? Vector<double>(probabilities.weights / total) : Vector<double>();
  const auto count = std::min(static_cast<std::size_t>(std::max<Index>(0, shownDraws)), probabilities.draws.size());
  m_draws.assign(probabilities.draws.begin(), probabilities.draws.begin() + static_cast<std::ptrdiff_t>(count));
  if (!m_dragging && m_p.size() > 0) {  // the scale holds still under the pointer
    const double highest = kHeadroom * std::max(m_p.maxCoeff(), m_norm.size() > 0 ? m_norm.maxCoeff() : 0.0);
    m_top = highest > 0 ? roundAbove(highest) : 1;
  }
  if (m_chosen >= m_p.size()) m_chosen = -1;
  if (m_chosen >= 0) setAccessibleDescription(describe(m_chosen));
  update();
}

QRectF ProbabilityBars::area() const { return QRectF(rect()).adjusted(60, 12, -8, -34); }

QRectF ProbabilityBars::barBox(Index pair) const {
  const QRectF a = area();
  const double step = a.width() / static_cast<double>(std::max<Index>(1, m_p.size()));
  const double gap = step > 3 ? 0.15 * step : 0, top = heightOf(m_p(pair));
  return {a.left() + static_cast<double>(pair) * step + gap / 2, top, step - gap, a.bottom() - top};
}

double ProbabilityBars::heightOf(double share) const {
  const QRectF a = area();
  return a.bottom() - a.height() * std::clamp(share / m_top, 0.0, 1.0);
}

double ProbabilityBars::shareAt(double y) const {
  const QRectF a = area();
  return m_top * std::clamp((a.bottom() - y) / a.height(), 0.0, 1.0);
}

Index ProbabilityBars::pairAt(double x) const {
  const QRectF a = area();
  if (m_p.size() == 0 || x < a.left() || x > a.right()) return -1;
  const double share = (x - a.left()) / a.width();
  if (isNarrow()) return largestAt(std::min(columns() - 1, static_cast<Index>(x - a.left())));
  return std::min(m_p.size() - 1, static_cast<Index>(share * static_cast<double>(m_p.size())));
}

QString ProbabilityBars::describe(Index pair) const {
  QString text = tr("pair %1 · p = %2").arg(showCount(pair + 1), showNumber(m_p(pair)));
  if (m_norm.size() == m_p.size()) text += tr(" · norm product %1").arg(showNumber(m_norm(pair)));
  const auto times = std::count(m_draws.begin(), m_draws.end(), pair);
  return text + tr(" · drawn %1 ×").arg(showCount(times));
}

void ProbabilityBars::choose(Index pair) {
  m_chosen = pair;
  const QString text = pair >= 0 ? describe(pair) : QString();
  setAccessibleDescription(text);
  emit hovered(text);
  update();
}

bool ProbabilityBars::isNarrow() const { return area().width() < kNarrowest * static_cast<double>(m_p.size()); }

Index ProbabilityBars::columns() const { return std::max<Index>(1, static_cast<Index>(area().width())); }

Index ProbabilityBars::largestAt(Index column) const {
  const Index first = column * m_p.size() / columns(), last = (column + 1) * m_p.size() / columns();
  Index largest = 0;
  m_p.segment(first, std::max<Index>(1, last - first)).maxCoeff(&largest);
  return first + largest;
}

void ProbabilityBars::paintColumns(QPainter& painter, const std::function<QColor(Index)>& colourOf) const {
  const QRectF a = area();
  for (Index column = 0; column < columns(); ++column) {
    const Index pair = largestAt(column);
    const double top = heightOf(m_p(pair));
    painter.fillRect(QRectF(a.left() + static_cast<double>(column), top, 1, a.bottom() - top), colourOf(pair));
  }
}

void ProbabilityBars::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& t = theme();
  const QRectF a = area();
  painter.setFont(sizedFont(11));
  for (int i = 0; i <= kLines; ++i) {
    const double share = m_top * i / kLines, y = heightOf(share);
    painter.setPen(t.grid);
    painter.drawLine(QPointF(a.left(), y), QPointF(a.right(), y));
    painter.setPen(t.muted);
    painter.drawText(QRectF(0, y - 8, a.left() - 7, 16), Qt::AlignRight | Qt::AlignVCenter, showNumber(share, 2));
  }
  std::vector<int> times(static_cast<std::size_t>(m_p.size()), 0);
  for (const Index pair : m_draws) ++times[static_cast<std::size_t>(pair)];
  const auto colourOf = [&](Index pair) {
    const QColor colour = times[static_cast<std::size_t>(pair)] > 0 ? t.accent : mixed(t.panel, t.accent, 0.4);
    return pair == m_chosen ? mixed(colour, t.text, 0.35) : colour;
  };
  painter.setPen(Qt::NoPen);
  const bool narrow = isNarrow();
  if (narrow) {
    paintColumns(painter, colourOf);
  } else {
    for (Index i = 0; i < m_p.size(); ++i) painter.fillRect(barBox(i), colourOf(i));
  }
  if (!narrow && m_norm.size() == m_p.size()) {
    painter.setPen(QPen(t.muted, 1.4, Qt::DashLine));
    for (Index i = 0; i < m_p.size(); ++i) {
      const QRectF box = barBox(i);
      const double y = heightOf(m_norm(i));
      painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y));
    }
  }
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.warm);
  for (Index i = 0; i < m_p.size(); ++i) {
    if (times[static_cast<std::size_t>(i)] == 0) continue;
    const QRectF box = barBox(i);
    for (int n = 0; n < times[static_cast<std::size_t>(i)]; ++n) {
      const double y = box.top() - (n + 1) * (kDot + 2);
      if (y < a.top()) break;
      painter.drawEllipse(QPointF(box.center().x(), y), kDot / 2, kDot / 2);
    }
  }
  painter.setPen(t.muted);
  const Index count = m_p.size(), step = std::max<Index>(1, (count + 7) / 8);
  for (Index i = 0; i < count; i += step) {
    painter.drawText(QRectF(barBox(i).center().x() - 24, a.bottom() + 3, 48, 14), Qt::AlignCenter, showCount(i + 1));
  }
  painter.save();
  painter.translate(9, a.center().y());
  painter.rotate(-90);
  painter.drawText(QRectF(-a.height() / 2, -8, a.height(), 16), Qt::AlignCenter, tr("probability"));
  painter.restore();
  const QString words = narrow ? tr("pair i — the largest of those at each place · dots: drawn")
                               : tr("pair i — drag a bar to set its probability · dashes: norm product · dots: drawn");
  painter.drawText(QRectF(a.left(), a.bottom() + 17, a.width(), 15), Qt::AlignCenter,
                   painter.fontMetrics().elidedText(words, Qt::ElideRight, static_cast<int>(a.width())));
  if (hasFocus()) {
    painter.setPen(QPen(t.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
  }
}

void ProbabilityBars::mousePressEvent(QMouseEvent* event) {
  const Index pair = pairAt(event->position().x());
  if (event->button() != Qt::LeftButton || pair < 0) return;
  m_dragging = true;
  choose(pair);
  emit pressed();
}

void ProbabilityBars::mouseMoveEvent(QMouseEvent* event) {
  if (m_dragging) {
    emit dragged(m_chosen, shareAt(event->position().y()));
    return;
  }
  const Index pair = pairAt(event->position().x());
  setCursor(pair >= 0 ? Qt::SizeVerCursor : Qt::ArrowCursor);
  emit hovered(pair >= 0 ? describe(pair) : QString());
}

void ProbabilityBars::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || !m_dragging) return;
  m_dragging = false;
  emit released();
}

void ProbabilityBars::keyPressEvent(QKeyEvent* event) {
  const Index last = m_p.size() - 1;
  if (last < 0) return QWidget::keyPressEvent(event);
  switch (event->key()) {
    case Qt::Key_Left:
      return choose(std::max<Index>(0, m_chosen - 1));
    case Qt::Key_Right:
      return choose(std::min(last, m_chosen + 1));
    case Qt::Key_Home:
      return choose(0);
    case Qt::Key_End:
      return choose(last);
    case Qt::Key_Up:
    case Qt::Key_Down:
      if (m_chosen < 0) return choose(0);
      emit dragged(m_chosen, event->key() == Qt::Key_Up ? m_p(m_chosen) * 1.1 : m_p(m_chosen) / 1.1);
      return;
    default:
      QWidget::keyPressEvent(event);
  }
}

void ProbabilityBars::leaveEvent(QEvent*) { emit hovered({}); }

}  // namespace rankscope::ui
