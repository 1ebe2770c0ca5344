// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

#include "core/base/types.h"

namespace rankscope::ui {

/// A picture of J × K tiles, one of which is chosen: by a click, or with the arrow keys.
class TileMap : public QWidget {
  Q_OBJECT

 public:
  explicit TileMap(QWidget* parent = nullptr);
  /// `image` covers all the tiles; null for none.
  void setTiles(const QImage& image, Index rows, Index cols);
  /// Column −1: the whole row of tiles.
  void setChosen(Index row, Index col);
  QRectF area() const;  ///< of the picture on the widget

  QSize sizeHint() const override { return {130, 130}; }
  QSize minimumSizeHint() const override { return {72, 72}; }

 signals:
  void chosen(qint64 row, qint64 col);
  void hovered(qint64 row, qint64 col);  ///< −1, −1 outside

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  bool tileAt(QPointF point, Index& row, Index& col) const;

  QImage m_image;
  Index m_rows = 0, m_cols = 0, m_row = -1, m_col = -1;
};

}  // namespace rankscope::ui
