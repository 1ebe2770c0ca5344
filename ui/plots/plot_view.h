// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>

#include "core/base/result.h"
#include "ui/plots/figure.h"

namespace rankscope::ui {

/// Draws any Figure. Replots are queued; only what changed is set anew (moving a marker touches no data).
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

 signals:
  void markerPressed(const QString& id);
  void markerDragged(const QString& id, double x);  ///< in data units, unrounded
  void markerReleased(const QString& id);
  void clicked(double x);   ///< on the plot area, away from the marker
  void stepped(int steps);  ///< wheel or keys: ±1, ±10
  void jumped(bool toEnd);  ///< Home, End
  void hovered(double x, double y);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

/// Writes .svg, .pdf or .png (by ending), atomically, in the light theme unless told otherwise. Needs a QApplication
/// (any platform, offscreen too). Size in pixels at 96 dpi; png at twice that.
Result<Done> saveFigure(const Figure& figure, const QString& path, bool dark = false, QSize size = {800, 500});

}  // namespace rankscope::ui
