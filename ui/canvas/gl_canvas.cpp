// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/gl_canvas.h"

#include <QPainter>

#include "ui/canvas/gl_surface.h"
#include "ui/canvas/shading.h"

namespace rankscope::ui {

GlCanvas::GlCanvas(QWidget* parent) : Canvas(parent) {
  m_surface = new GlSurface(
      this, [this] { return scene(); }, [this](QPainter& painter) { paintOverlay(painter); }, [this] { fallBack(); });
}

// The surface asks for the scene while it is drawn: it must go before this does.
GlCanvas::~GlCanvas() { delete m_surface; }

QImage GlCanvas::grabPixels() {
  if (m_usesGl && m_surface->isValid()) return m_surface->grabScene();
  return renderRaster(scene());
}

void GlCanvas::contentChanged() {
  if (m_usesGl) m_surface->update();
  update();
}

void GlCanvas::resizeEvent(QResizeEvent* event) {
  m_surface->setGeometry(rect());
  Canvas::resizeEvent(event);
}

void GlCanvas::fallBack() {
  m_usesGl = false;
  m_surface->hide();
  update();
}

void GlCanvas::paintEvent(QPaintEvent*) {
  if (m_usesGl && m_surface->isValid()) return;  // the surface covers everything
  QPainter painter(this);
  painter.drawImage(QPointF(0, 0), renderRaster(scene()));
  paintOverlay(painter);
}

}  // namespace rankscope::ui
