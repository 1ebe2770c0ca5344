// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/raster_canvas.h"

#include <QPainter>

#include "ui/canvas/shading.h"

namespace rankscope::ui {

RasterCanvas::RasterCanvas(QWidget* parent) : Canvas(parent) {}

QImage RasterCanvas::grabPixels() { return renderRaster(scene()); }

void RasterCanvas::contentChanged() {
  m_image = {};
  update();
}

void RasterCanvas::paintEvent(QPaintEvent*) {
  const Scene now = scene();
  if (m_image.isNull() || m_image.size() != now.pixels || m_image.devicePixelRatio() != now.dpr) {
    m_image = renderRaster(now);
  }
  QPainter painter(this);
  painter.drawImage(QPointF(0, 0), m_image);
  paintOverlay(painter);
}

}  // namespace rankscope::ui
