// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPointF>
#include <QString>
#include <QWidget>
#include <memory>
#include <vector>

#include "core/picture/plane.h"

namespace rankscope::ui {

enum class ValueScale { Linear, Log, Symlog, Arcsinh };

/// How values become colours. Changing it costs no upload and no computation. Colour pictures (three planes) are shown
/// in their own colours when `colour` is set (lo … hi becomes 0 … 255; map and scale do not matter), else their luma is
/// mapped.
struct Look {
  bool colour = false;
  QString map = QStringLiteral("grey");  ///< grey viridis cividis magma inferno diverging
  ValueScale scale = ValueScale::Linear;
  double lo = 0, hi = 1;
  bool operator==(const Look&) const = default;
};

/// Which part of the matrix is seen: entry coordinates of the view's centre, and screen pixels (logical) an entry.
/// fit: follows the size of the widget until the user zooms.
struct View {
  QPointF centre;
  double scale = 1;
  bool fit = true;
  bool operator==(const View&) const = default;
};

/// A row or column that is marked at the picture's left or top edge, in the order of the list: earlier ones stand out
/// more. channel: its colour (0 red, 1 green, 2 blue), −1 for none.
struct AxisMark {
  Index place = 0;
  int channel = -1;
  bool operator==(const AxisMark&) const = default;
};

/// Wipe: the second content right of wipeAt (0 … 1 across the pane). Flip: the second content in place of the first.
enum class Compare { None, Wipe, Flip };

struct Content;
struct Scene;

/// One pane. Two implementations, equal within two grey levels: GL (a fragment shader does Look) and raster (QImage).
/// Magnification is nearest; NaN and infinity have a colour of their own; from 12 pixels a cell has a hairline grid,
/// from 48 its value stands in it; reduced pictures say so in a corner. Mouse: wheel zooms to the cursor, drag pans,
/// double click fits; in a wipe the divider is dragged. Keys: + − zoom, 0 fit, 1 one entry a device pixel, arrows pan,
/// Shift+Left/Right move the divider.
class Canvas : public QWidget {
  Q_OBJECT

 public:
  explicit Canvas(QWidget* parent = nullptr);
  ~Canvas() override;

  /// Whole matrix at some level (never null after the first); and a finer picture of the visible part, or null.
  void setPictures(PicturePtr base, PicturePtr detail);
  /// Second content for wipe and flip; null for none.
  void setSecond(PicturePtr base, PicturePtr detail);
  void setCompare(Compare mode, double wipeAt);
  void setLook(const Look& look);
  const Look& look() const;
  virtual QImage grabPixels() = 0;  ///< what is shown, in device pixels, without overlays

  void setMarks(std::vector<AxisMark> rows, std::vector<AxisMark> columns);
  void setMatrixSize(Index rows, Index cols);  ///< of one channel, in entries
  /// Does not emit viewChanged, so that linked panes can set each other's.
  void setView(const View& view);
  const View& view() const;  ///< with the centre and scale in force, also while it fits
  void zoomToFit();
  void zoomOneToOne();
  void zoomBy(double factor, QPointF at);
  /// Entry coordinates under a point of the widget, and the other way round.
  QPointF entryAt(QPointF point) const;
  QPointF pointAt(QPointF entry) const;
  /// Text of the state that replaces the picture ("Drop a picture or a matrix here"), empty for none.
  void setPlaceholder(const QString& title, const QString& hint);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 signals:
  void viewChanged(const rankscope::ui::View& view);  ///< by the user; linked panes follow
  void hovered(qlonglong row, qlonglong col);         ///< −1, −1 when outside
  /// The visible part and the level at which a value covers about a pixel.
  void wanted(const rankscope::Tile& visible, int level);
  void wipeMoved(double at);  ///< 0…1 across the pane

 protected:
  virtual void contentChanged() = 0;  ///< something that is drawn has changed: draw again
  Scene scene() const;
  /// Grid, numbers, labels, divider, placeholder, focus ring; painter in logical coordinates of the widget.
  void paintOverlay(QPainter& painter) const;

  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  void applyView(View view, bool byUser);
  View bounded(View view) const;
  void askForPictures();
  bool nearDivider(QPointF point) const;
  void moveDivider(double at);
  void hover(QPointF point);

  struct State;
  std::unique_ptr<State> m;
};

/// GL where it works in hardware, raster otherwise; `Force` by --gl and --no-gl. Never constructs a QOpenGLWidget where
/// that would crash.
enum class Renderer { Auto, Gl, Raster };
void setRenderer(Renderer choice);  ///< before the first canvas is made
Renderer rendererInUse();           ///< Gl or Raster
QString rendererName();             ///< "OpenGL 4.5", "software"
Canvas* makeCanvas(QWidget* parent);

}  // namespace rankscope::ui
