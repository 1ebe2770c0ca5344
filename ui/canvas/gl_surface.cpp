// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/gl_surface.h"

#include <QFile>
#include <QOpenGLContext>
#include <QOpenGLPaintDevice>
#include <QPainter>
#include <algorithm>

#include "ui/canvas/colour_maps.h"

namespace rankscope::ui {

namespace {

constexpr int kTile = 1024;        // as in matrix.frag
constexpr int kTileRounding = 64;  // pictures of nearly the same size share an allocation

QByteArray sourceOf(const QString& name, bool es) {
  QFile file(QStringLiteral(":/shaders/") + name);
  if (!file.open(QIODevice::ReadOnly)) return {};
  QByteArray head = es ? QByteArray(
                             "#version 300 es\nprecision highp float;\nprecision highp int;\n"
                             "precision highp sampler2DArray;\nprecision highp isampler2D;\n")
                       : QByteArray("#version 330 core\n");
  const auto constant = [&](const char* id, float value) {
    head += QByteArray("const float ") + id + " = " + QByteArray::number(static_cast<double>(value), 'f', 6) + ";\n";
  };
  constant("LUMA_RED", kLumaRed);
  constant("LUMA_GREEN", kLumaGreen);
  constant("LUMA_BLUE", kLumaBlue);
  return head + file.readAll();
}

int rounded(Index length) {
  return static_cast<int>(std::min<Index>(kTile, (length + kTileRounding - 1) / kTileRounding * kTileRounding));
}

QVector4D vectorOf(const Shade& shade) { return {shade.inverseSoftening, shade.zero, shade.slope, shade.base}; }

}  // namespace

QSurfaceFormat glFormat() {
  QSurfaceFormat format = QSurfaceFormat::defaultFormat();
  if (QOpenGLContext::openGLModuleType() == QOpenGLContext::LibGLES) {
    format.setVersion(3, 0);
  } else {
    format.setVersion(3, 3);
    format.setProfile(QSurfaceFormat::CoreProfile);
  }
  return format;
}

GlSurface::GlSurface(QWidget* parent, std::function<Scene()> scene, std::function<void(QPainter&)> overlay,
                     std::function<void()> failed)
    : QOpenGLWidget(parent), m_scene(std::move(scene)), m_overlay(std::move(overlay)), m_failed(std::move(failed)) {
  setFormat(glFormat());
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setFocusPolicy(Qt::NoFocus);
}

GlSurface::~GlSurface() { release(); }

void GlSurface::initializeGL() {
  initializeOpenGLFunctions();
  // The context goes away when the pane moves to another window; what lives in it goes first.
  connect(context(), &QOpenGLContext::aboutToBeDestroyed, this, &GlSurface::release, Qt::UniqueConnection);
  const bool es = context()->isOpenGLES();
  m_program = std::make_unique<QOpenGLShaderProgram>();
  m_ready = m_program->addShaderFromSourceCode(QOpenGLShader::Vertex, sourceOf(QStringLiteral("matrix.vert"), es)) &&
            m_program->addShaderFromSourceCode(QOpenGLShader::Fragment, sourceOf(QStringLiteral("matrix.frag"), es)) &&
            m_program->link() && m_array.create();
  if (!m_ready) {
    // Not from within the first frame: the surface will be hidden.
    QMetaObject::invokeMethod(
        this, [this] { m_failed(); }, Qt::QueuedConnection);
    return;
  }
  std::array<unsigned, 7> names{};
  glGenTextures(static_cast<int>(names.size()), names.data());
  for (std::size_t i = 0; i < m_tiles.size(); ++i) m_tiles[i].texture = names[i];
  m_columns = names[4];
  m_rows = names[5];
  m_table = names[6];
}

void GlSurface::release() {
  if (!m_program) return;
  makeCurrent();
  std::array<unsigned, 7> names{
      m_tiles[0].texture, m_tiles[1].texture, m_tiles[2].texture, m_tiles[3].texture, m_columns, m_rows, m_table};
  if (m_ready) glDeleteTextures(static_cast<int>(names.size()), names.data());
  m_array.destroy();
  m_program.reset();
  m_tiles = {};
  m_tableName.clear();
  m_ready = false;
  doneCurrent();
}

QImage GlSurface::grabScene() {
  m_bare = true;
  QImage image = grabFramebuffer();
  m_bare = false;
  return image.convertToFormat(QImage::Format_RGB32);
}

void GlSurface::upload(Tiles& tiles, const PicturePtr& picture) {
  if (tiles.picture == picture) return;
  tiles.picture = picture;
  if (!picture || picture->planes.empty() || picture->rows == 0 || picture->cols == 0) return;
  glBindTexture(GL_TEXTURE_2D_ARRAY, tiles.texture);
  tiles.across = static_cast<int>((picture->cols + kTile - 1) / kTile);
  tiles.down = static_cast<int>((picture->rows + kTile - 1) / kTile);
  const int width = rounded(picture->cols), height = rounded(picture->rows);
  const int layers = tiles.across * tiles.down * static_cast<int>(picture->planes.size());
  if (width != tiles.width || height != tiles.height || layers > tiles.layers) {
    tiles.width = width;
    tiles.height = height;
    tiles.layers = layers;
    glTexImage3D(GL_TEXTURE_2D_ARRAY, 0, GL_R32F, width, height, layers, 0, GL_RED, GL_FLOAT, nullptr);
    for (const unsigned filter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER}) {
      glTexParameteri(GL_TEXTURE_2D_ARRAY, filter, GL_NEAREST);
    }
  }
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, static_cast<int>(picture->cols));
  int layer = 0;
  for (const auto& plane : picture->planes) {
    for (Index row = 0; row < picture->rows; row += kTile) {
      for (Index col = 0; col < picture->cols; col += kTile) {
        glTexSubImage3D(GL_TEXTURE_2D_ARRAY, 0, 0, 0, layer++,
                        static_cast<int>(std::min<Index>(kTile, picture->cols - col)),
                        static_cast<int>(std::min<Index>(kTile, picture->rows - row)), 1, GL_RED, GL_FLOAT,
                        plane.data() + row * picture->cols + col);
      }
    }
  }
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
}

void GlSurface::uploadAxis(unsigned texture, const std::vector<int>& map) {
  glBindTexture(GL_TEXTURE_2D, texture);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_R32I, static_cast<int>(map.size()), 1, 0, GL_RED_INTEGER, GL_INT, map.data());
}

void GlSurface::uploadTable(const QString& map) {
  if (map == m_tableName) return;
  m_tableName = map;
  std::vector<std::uint8_t> bytes;
  for (const QRgb colour : colourTable(map)) {
    for (const int part : {qRed(colour), qGreen(colour), qBlue(colour), 255})
      bytes.push_back(static_cast<std::uint8_t>(part));
  }
  glBindTexture(GL_TEXTURE_2D, m_table);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, static_cast<int>(bytes.size() / 4), 1, 0, GL_RGBA, GL_UNSIGNED_BYTE,
               bytes.data());
}

void GlSurface::setTexture(int unit, unsigned target, unsigned texture, const char* uniform) {
  glActiveTexture(GL_TEXTURE0 + static_cast<unsigned>(unit));
  glBindTexture(target, texture);
  m_program->setUniformValue(uniform, unit);
}

void GlSurface::setUniforms(const Scene& scene) {
  std::array<int, 16> regions{}, shapes{};
  for (std::size_t i = 0; i < m_tiles.size(); ++i) {
    const Tiles& tiles = m_tiles[i];
    setTexture(static_cast<int>(i), GL_TEXTURE_2D_ARRAY, tiles.texture, ("uTiles" + std::to_string(i)).c_str());
    if (!tiles.picture) continue;
    const Picture& picture = *tiles.picture;
    const std::array<Index, 4> region{picture.region.row, picture.region.col, picture.region.rows, picture.region.cols};
    const std::array<Index, 4> shape{picture.level, static_cast<Index>(picture.planes.size()), tiles.across,
                                     tiles.down};
    for (std::size_t k = 0; k < 4; ++k) {
      regions[4 * i + k] = static_cast<int>(region[k]);
      shapes[4 * i + k] = static_cast<int>(shape[k]);
    }
  }
  glUniform4iv(m_program->uniformLocation("uRegion"), 4, regions.data());
  glUniform4iv(m_program->uniformLocation("uShape"), 4, shapes.data());
  setTexture(4, GL_TEXTURE_2D, m_columns, "uColumns");
  setTexture(5, GL_TEXTURE_2D, m_rows, "uRows");
  setTexture(6, GL_TEXTURE_2D, m_table, "uTable");
  glActiveTexture(GL_TEXTURE0);

  Look linear = scene.look;
  linear.scale = ValueScale::Linear;
  const auto part = [](int value) { return static_cast<float>(value) / 255; };
  const QRgb back = scene.background;
  m_program->setUniformValue("uHeight", scene.pixels.height());
  m_program->setUniformValue("uWipe", scene.wipeColumn());
  m_program->setUniformValue("uSteps", kTableSize - 1);
  m_program->setUniformValue("uColour", scene.look.colour);
  m_program->setUniformValue("uScale", static_cast<int>(scene.look.scale));
  m_program->setUniformValue("uShade", vectorOf(shadeOf(scene.look)));
  m_program->setUniformValue("uColourShade", vectorOf(shadeOf(linear)));
  m_program->setUniformValue("uBackground", QVector3D(part(qRed(back)), part(qGreen(back)), part(qBlue(back))));
}

void GlSurface::paintGL() {
  if (!m_ready) return;
  const Scene scene = m_scene();
  // QPainter and other panes leave their own state behind.
  glDisable(GL_BLEND);
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_SCISSOR_TEST);
  glDisable(GL_CULL_FACE);
  glViewport(0, 0, scene.pixels.width(), scene.pixels.height());
  glActiveTexture(GL_TEXTURE0);
  const int wanted = levelFor(scene.view.scale, scene.dpr);
  const auto content = [&](const Content& shown, std::size_t at) {
    upload(m_tiles[at], detailWins(shown, wanted) ? shown.detail : nullptr);
    upload(m_tiles[at + 1], shown.base);
  };
  content(scene.first, 0);
  content(scene.second, 2);
  uploadAxis(m_columns, axisMap(scene.pixels.width(), scene.dpr, scene.view.centre.x(), scene.view.scale, scene.cols));
  uploadAxis(m_rows, axisMap(scene.pixels.height(), scene.dpr, scene.view.centre.y(), scene.view.scale, scene.rows));
  uploadTable(scene.look.map);
  m_program->bind();
  setUniforms(scene);
  m_array.bind();
  glDrawArrays(GL_TRIANGLES, 0, 3);
  m_array.release();
  m_program->release();
  if (m_bare) return;
  QOpenGLPaintDevice device(scene.pixels);  // a painter on the widget itself is missing from grabs
  device.setDevicePixelRatio(scene.dpr);
  QPainter painter(&device);
  m_overlay(painter);
}

}  // namespace rankscope::ui
