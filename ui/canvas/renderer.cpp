// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QGuiApplication>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <optional>

#include "ui/canvas/canvas.h"
#include "ui/canvas/gl_canvas.h"
#include "ui/canvas/gl_surface.h"
#include "ui/canvas/raster_canvas.h"

namespace rankscope::ui {

namespace {

// What OpenGL there is, found without a widget: showing a QOpenGLWidget where there is none crashes.
struct Probe {
  bool usable = false, software = false;
  QString name;
};

Probe lookForGl() {
  const QString platform = QGuiApplication::platformName();
  const bool hasWindows = platform == QLatin1String("xcb") || platform.startsWith(QLatin1String("wayland")) ||
                          platform == QLatin1String("windows") || platform == QLatin1String("cocoa");
  Probe probe;
  if (!hasWindows) return probe;
  QOpenGLContext context;
  context.setFormat(glFormat());
  if (!context.create()) return probe;
  QOffscreenSurface surface;
  surface.setFormat(context.format());
  surface.create();
  if (!surface.isValid() || !context.makeCurrent(&surface)) return probe;
  const QString renderer =
      QString::fromLatin1(reinterpret_cast<const char*>(context.functions()->glGetString(GL_RENDERER)));
  probe.software = renderer.contains(QLatin1String("llvmpipe")) || renderer.contains(QLatin1String("softpipe")) ||
                   renderer.contains(QLatin1String("swrast"));
  const auto version = context.format().version();
  probe.usable = version >= (context.isOpenGLES() ? qMakePair(3, 0) : qMakePair(3, 3));
  probe.name = QStringLiteral("%1 %2.%3")
                   .arg(context.isOpenGLES() ? QStringLiteral("OpenGL ES") : QStringLiteral("OpenGL"))
                   .arg(version.first)
                   .arg(version.second);
  context.doneCurrent();
  return probe;
}

// Once: a probe makes a context, which takes some 50 ms.
const Probe& probed() {
  static const Probe probe = lookForGl();
  return probe;
}

Renderer chosen = Renderer::Auto;

}  // namespace

void setRenderer(Renderer choice) { chosen = choice; }

// A software renderer slows down every repaint of the window it is in, so it is not chosen unasked.
Renderer rendererInUse() {
  if (chosen == Renderer::Raster || !probed().usable) return Renderer::Raster;
  return chosen == Renderer::Gl || !probed().software ? Renderer::Gl : Renderer::Raster;
}

QString rendererName() {
  return rendererInUse() == Renderer::Gl ? probed().name : QCoreApplication::translate("Canvas", "software");
}

Canvas* makeCanvas(QWidget* parent) {
  if (rendererInUse() == Renderer::Gl) return new GlCanvas(parent);
  return new RasterCanvas(parent);
}

}  // namespace rankscope::ui
