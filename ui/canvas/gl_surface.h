// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QOpenGLExtraFunctions>
#include <QOpenGLShaderProgram>
#include <QOpenGLVertexArrayObject>
#include <QOpenGLWidget>
#include <QSurfaceFormat>
#include <array>
#include <functional>
#include <memory>

#include "ui/canvas/shading.h"

class QPainter;

namespace rankscope::ui {

/// What both the probe and the surface ask for: 3.3 core, or ES 3.0 where Qt has only that.
QSurfaceFormat glFormat();

/// The OpenGL part of a GlCanvas: a child that fills it, lets the mouse through and draws the scene it is given.
class GlSurface : public QOpenGLWidget, private QOpenGLExtraFunctions {
  Q_OBJECT

 public:
  /// scene: what to draw, asked at each frame. overlay: what is painted over it. failed: called when OpenGL does not
  /// work.
  GlSurface(QWidget* parent, std::function<Scene()> scene, std::function<void(QPainter&)> overlay,
            std::function<void()> failed);
  ~GlSurface() override;

  /// The frame without its overlay.
  QImage grabScene();

 protected:
  void initializeGL() override;
  void paintGL() override;

 private:
  // One picture in a texture array of tiles, plane after plane; kept while the picture stays the same.
  struct Tiles {
    unsigned texture = 0;
    PicturePtr picture;
    int width = 0, height = 0, layers = 0;  // as allocated
    int across = 0, down = 0;
  };

  void release();
  void upload(Tiles& tiles, const PicturePtr& picture);
  void uploadAxis(unsigned texture, const std::vector<int>& map);
  void uploadTable(const QString& map);
  void setTexture(int unit, unsigned target, unsigned texture, const char* uniform);
  void setUniforms(const Scene& scene);

  std::function<Scene()> m_scene;
  std::function<void(QPainter&)> m_overlay;
  std::function<void()> m_failed;
  std::unique_ptr<QOpenGLShaderProgram> m_program;
  QOpenGLVertexArrayObject m_array;
  std::array<Tiles, 4> m_tiles;  // first detail, first base, second detail, second base
  unsigned m_columns = 0, m_rows = 0, m_table = 0;
  QString m_tableName;
  bool m_ready = false, m_bare = false;
};

}  // namespace rankscope::ui
