// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/picture/plane.h"
#include "ui/canvas/canvas.h"

namespace rankscope::ui {

/// The key to a pane's colours: the gradient of its Look between the numbers at its ends, the histogram of its values
/// above, and two ends that can be dragged. A diverging map keeps its ends symmetric about zero. Mouse: drag an end;
/// double click goes back to the whole range. Keys: Left/Right move the upper end, with Shift the lower one, by a
/// hundredth of the bar (Ctrl: by a tenth); Delete or Backspace go back.
class ColourBar : public QWidget {
  Q_OBJECT

 public:
  explicit ColourBar(QWidget* parent = nullptr);

  void setLook(const Look& look);
  const Look& look() const { return m_look; }
  /// Of the values in the pane; no counts for no histogram. A colour picture's covers its three planes.
  void setHistogram(const Histogram& histogram);
  /// What the bar spans at least and goes back to: the range of the values, or 0 … 1 for pictures.
  void setWholeRange(double lo, double hi);
  QRectF gradientArea() const;  ///< on the widget; the numbers stand left and right of it
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 signals:
  /// While an end is dragged `finished` is false, and true once it is let go (one undo step).
  void rangeChanged(double lo, double hi, bool finished);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  enum class End { None, Lower, Upper };

  void fitLabels();
  QRectF bar() const { return gradientArea(); }
  bool hasRoomForLabels() const;
  double spanLo() const;
  double spanHi() const;
  double xOf(double value) const;
  double valueAt(double x) const;
  End endAt(double x) const;
  void moveEnd(End end, double value, bool finished);
  void reset();
  void describe();

  Look m_look;
  Histogram m_histogram;
  double m_lo = 0, m_hi = 1;  // the whole range
  double m_labelWidth = 14;
  End m_dragged = End::None;
  bool m_moved = false;
  double m_grab = 0;                  // from the end to where it was taken
  double m_dragLo = 0, m_dragHi = 0;  // what the bar spans while an end is dragged
};

}  // namespace rankscope::ui
