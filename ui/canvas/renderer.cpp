// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>

#include "ui/canvas/canvas.h"
#include "ui/canvas/raster_canvas.h"

namespace rankscope::ui {

void setRenderer(Renderer) {}
Renderer rendererInUse() { return Renderer::Raster; }
QString rendererName() { return QCoreApplication::translate("Canvas", "software"); }
Canvas* makeCanvas(QWidget* parent) { return new RasterCanvas(parent); }

}  // namespace rankscope::ui
