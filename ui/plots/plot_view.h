// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QWidget>
#include <memory>
#include <vector>

#include "core/base/result.h"
#include "ui/plots/figure.h"

namespace rankscope::ui {

/// Draws any Figure. Replots are queued, and wait until the view is shown; only what changed is set anew (moving a
/// marker touches no data).
///
/// The view moves nothing by itself: it says what the user wants, and its owner answers with moveMarker. A press beside
/// the marker that becomes a drag is a drag of the marker; one that does not is a click.
class PlotView : public QWidget {
  Q_OBJECT

 public:
  explicit PlotView(QWidget* parent = nullptr);
  ~PlotView() override;

  void setFigure(const Figure& figure);
  const Figure& figure() const;
  /// Moves one marker without touching data: what a rank drag does.
  void moveMarker(const QString& id, double x);
  /// Text shown in a small box beside the draggable marker ("rank 24 keeps 98.13 % energy"), two lines at most.
  void setMarkerNote(const QString& id, const QString& first, const QString& second);
  /// Lets the user zoom (wheel with Ctrl, drag with the right button) and get back (double click).
  void setZoomable(bool zoomable);
  /// Said after the title of the x axis on the screen, never in a file: "drag the line to choose the rank".
  void setHint(const QString& hint);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

  /// Places on the widget, for tests: the plot area, the marker's grip, its note (null when not shown), all labels.
  QRectF plotArea() const;
  QRectF gripBox() const;
  QRectF noteBox() const;
  std::vector<QRectF> labelBoxes() const;

 signals:
  void markerPressed(const QString& id);
  void markerDragged(const QString& id, double x);  ///< in data units, unrounded
  void markerReleased(const QString& id);
  void clicked(double x);   ///< on the plot area, away from the marker; the label of a rule gives the rule's x
  void stepped(int steps);  ///< wheel or keys: ±1, ±10 (Page keys, Shift with the wheel)
  void jumped(bool toEnd);  ///< Home, End
  void hovered(double x, double y);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void changeEvent(QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

/// Writes .svg, .pdf or .png (by ending), atomically, in the light theme unless told otherwise. Needs a QApplication
/// (any platform, offscreen too). Size in pixels at 96 dpi; png at twice that. The title stands above, the caption
/// below.
Result<Done> saveFigure(const Figure& figure, const QString& path, bool dark = false, QSize size = {800, 500});

}  // namespace rankscope::ui
