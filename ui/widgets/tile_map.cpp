// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tile_map.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "ui/theme/theme.h"

namespace rankscope::ui {
namespace {
constexpr double kGridFrom = 7;  // pixels a tile from which lines part them
}  // namespace

TileMap::TileMap(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
}

void TileMap::setTiles(const QImage& image, Index rows, Index cols) {
  m_image = image;
  m_rows = rows;
  m_cols = cols;
  if (m_row >= rows || m_col >= cols) m_row = m_col = -1;
  update();
}

void TileMap::setChosen(Index row, Index col) {
  m_row = row;
  m_col = col;
  update();
}

QRectF TileMap::area() const {
  // The tiles are drawn square unless there are far more of them one way.
  const double room = 2, w = width() - 2 * room, h = height() - 2 * room;
  const double ratio =
      std::clamp(m_rows > 0 ? static_cast<double>(m_cols) / static_cast<double>(m_rows) : 1.0, 0.5, 2.0);
  const double across = std::min(w, h * ratio), down = across / ratio;
  return {room + (w - across) / 2, room, across, down};
}

bool TileMap::tileAt(QPointF point, Index& row, Index& col) const {
  const QRectF a = area();
  if (m_image.isNull() || !a.contains(point)) return false;
  row = std::min(m_rows - 1, static_cast<Index>((point.y() - a.top()) / a.height() * static_cast<double>(m_rows)));
  col = std::min(m_cols - 1, static_cast<Index>((point.x() - a.left()) / a.width() * static_cast<double>(m_cols)));
  return true;
}

void TileMap::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const Theme& t = theme();
  const QRectF a = area();
  if (m_image.isNull()) {
    painter.fillRect(a, t.canvas);
    return;
  }
  painter.setRenderHint(QPainter::SmoothPixmapTransform, a.width() < m_image.width());
  painter.drawImage(a, m_image);
  const double w = a.width() / static_cast<double>(m_cols), h = a.height() / static_cast<double>(m_rows);
  if (w >= kGridFrom && h >= kGridFrom) {
    painter.setPen(QPen(t.panel, 1));
    for (Index k = 1; k < m_cols; ++k) {
      const double x = a.left() + static_cast<double>(k) * w;
      painter.drawLine(QPointF(x, a.top()), QPointF(x, a.bottom()));
    }
    for (Index j = 1; j < m_rows; ++j) {
      const double y = a.top() + static_cast<double>(j) * h;
      painter.drawLine(QPointF(a.left(), y), QPointF(a.right(), y));
    }
  }
  if (m_row >= 0) {
    const double x = m_col < 0 ? 0 : static_cast<double>(m_col) * w, across = m_col < 0 ? a.width() : w;
    const QRectF box(a.left() + x, a.top() + static_cast<double>(m_row) * h, across, h);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_col < 0 ? t.accent : t.warm, 2));
    painter.drawRect(box);
  }
  if (hasFocus()) {
    painter.setPen(QPen(t.accent, 1));
    painter.drawRect(a.adjusted(-1.5, -1.5, 1.5, 1.5));
  }
}

void TileMap::mousePressEvent(QMouseEvent* event) {
  Index row = -1, col = -1;
  if (!tileAt(event->position(), row, col)) return;
  if (row == m_row && col == m_col) col = -1;  // again: the whole row
  emit chosen(row, col);
}

void TileMap::mouseMoveEvent(QMouseEvent* event) {
  Index row = -1, col = -1;
  tileAt(event->position(), row, col);
  emit hovered(row, col);
}

void TileMap::leaveEvent(QEvent*) { emit hovered(-1, -1); }

void TileMap::keyPressEvent(QKeyEvent* event) {
  const int down = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
  const int right = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
  if (m_image.isNull() || (down == 0 && right == 0)) return QWidget::keyPressEvent(event);
  emit chosen(std::clamp<Index>(std::max<Index>(0, m_row) + down, 0, m_rows - 1),
              std::clamp<Index>(m_col + right, 0, m_cols - 1));
}

}  // namespace rankscope::ui
