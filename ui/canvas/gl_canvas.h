// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/canvas/canvas.h"

namespace rankscope::ui {

class GlSurface;

/// Draws with OpenGL 3.3 or ES 3.0: values are uploaded once as float tiles, and Look, view and wipe are uniforms of a
/// fragment shader. Where the context or the shader turns out not to work it paints like RasterCanvas instead.
/// Constructing one where there is no OpenGL at all crashes inside Qt: only makeCanvas() makes them, after a probe.
class GlCanvas : public Canvas {
  Q_OBJECT

 public:
  explicit GlCanvas(QWidget* parent = nullptr);
  ~GlCanvas() override;
  QImage grabPixels() override;
  bool usesGl() const { return m_usesGl; }

 protected:
  void contentChanged() override;
  void resizeEvent(QResizeEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  friend class GlSurface;
  void fallBack();

  GlSurface* m_surface = nullptr;
  bool m_usesGl = true;
};

}  // namespace rankscope::ui
