// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QRectF>

#include "ui/canvas/shading.h"

class QPainter;

namespace rankscope::ui {

constexpr double kGridCell = 12, kNumberCell = 48;  ///< logical pixels of an entry

/// What stands over the pixels of a pane: grid, numbers in the cells, the divider of a wipe and the label of reduced
/// pictures. The same code for both canvases.
class Overlay {
 public:
  Overlay(const Scene& scene, QSizeF size, const QFont& font);
  void paint(QPainter& painter) const;

 private:
  void paintGrid(QPainter& painter) const;
  void paintNumbers(QPainter& painter) const;
  void paintMarks(QPainter& painter) const;
  void paintDivider(QPainter& painter) const;
  void paintReduction(QPainter& painter) const;
  double xOf(double col) const { return (col - m_scene.view.centre.x()) * m_scene.view.scale + m_size.width() / 2; }
  double yOf(double row) const { return (row - m_scene.view.centre.y()) * m_scene.view.scale + m_size.height() / 2; }

  Scene m_scene;
  QSizeF m_size;
  QFont m_font;
  int m_wanted = 0;
  Tile m_visible;  ///< entries at least partly in sight
};

void paintPlaceholder(QPainter& painter, const QRectF& area, const QString& title, const QString& hint);
void paintFocusRing(QPainter& painter, const QRectF& area);

}  // namespace rankscope::ui
