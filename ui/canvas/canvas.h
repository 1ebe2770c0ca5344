// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QString>
#include <QWidget>

#include "core/picture/plane.h"

namespace rankscope::ui {

enum class ValueScale { Linear, Log, Symlog, Arcsinh };

/// How values become colours. Changing it costs no upload and no computation.
struct Look {
  bool colour = false;                   ///< three planes in their own colours
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

enum class Compare { None, Wipe, Flip };

/// One pane. Two implementations, equal within two grey levels: GL (a fragment shader does Look and grid) and raster
/// (QImage). Magnification is nearest; NaN and infinity have a colour of their own; at high zoom values stand in the
/// cells.
class Canvas : public QWidget {
  Q_OBJECT

 public:
  explicit Canvas(QWidget* parent = nullptr);
  ~Canvas() override;

  /// Whole matrix at some level (never null after the first); and a finer picture of the visible part, or null.
  virtual void setPictures(PicturePtr base, PicturePtr detail) = 0;
  /// Second content for wipe and flip; null for none.
  virtual void setSecond(PicturePtr base, PicturePtr detail) = 0;
  virtual void setCompare(Compare mode, double wipeAt) = 0;
  virtual void setLook(const Look& look) = 0;
  virtual QImage grabPixels() = 0;  ///< what is shown, in device pixels, without overlays

  void setMatrixSize(Index rows, Index cols);  ///< of one channel, in entries
  void setView(const View& view);
  const View& view() const;
  void zoomToFit();
  void zoomOneToOne();
  void zoomBy(double factor, QPointF at);
  /// Text of the state that replaces the picture ("Drop a picture or a matrix here"), empty for none.
  void setPlaceholder(const QString& title, const QString& hint);

 signals:
  void viewChanged(const View& view);  ///< by the user; linked panes follow
  void hovered(Index row, Index col);  ///< −1, −1 when outside
  void wanted(const Tile& visible,
              int level);     ///< the visible part and the level at which a value covers about a pixel
  void wipeMoved(double at);  ///< 0…1 across the pane
};

/// GL where it works in hardware, raster otherwise; `Force` by --gl and --no-gl. Never constructs a QOpenGLWidget where
/// that would crash.
enum class Renderer { Auto, Gl, Raster };
void setRenderer(Renderer choice);
Renderer rendererInUse();
QString rendererName();  ///< "OpenGL 4.5", "software"
Canvas* makeCanvas(QWidget* parent);

}  // namespace rankscope::ui
