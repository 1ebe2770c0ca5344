// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>

#include "core/methods/diagnostics.h"

namespace rankscope::ui {

/// Bars of the probabilities pᵢ over the pairs, the norm product as a line behind, a dot for each time a pair was
/// drawn. A bar is dragged with the mouse; left and right choose one, up and down change it by a tenth.
class ProbabilityBars : public QWidget {
  Q_OBJECT

 public:
  explicit ProbabilityBars(QWidget* parent = nullptr);
  /// `shownDraws`: how many of the draws have fallen.
  void setProbabilities(const Probabilities& probabilities, Index shownDraws);
  Index chosen() const { return m_chosen; }
  QRectF barBox(Index pair) const;      ///< on the widget
  double heightOf(double share) const;  ///< y of a share of all on the widget

  QSize sizeHint() const override { return {600, 220}; }
  QSize minimumSizeHint() const override { return {240, 120}; }

 signals:
  void pressed();
  void dragged(qint64 pair, double share);
  void released();
  void hovered(const QString& text);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  QRectF area() const;
  // With too many pairs for a bar each, a column of pixels is of the largest of its pairs.
  bool isNarrow() const;
  Index columns() const;
  Index largestAt(Index column) const;
  void paintColumns(QPainter& painter, const std::function<QColor(Index)>& colourOf) const;
  Index pairAt(double x) const;
  double shareAt(double y) const;
  void choose(Index pair);
  QString describe(Index pair) const;

  Vector<double> m_p, m_norm;  ///< shares of all
  std::vector<Index> m_draws;
  double m_top = 1;
  Index m_chosen = -1;
  bool m_dragging = false;
};

}  // namespace rankscope::ui
