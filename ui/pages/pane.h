// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "ui/canvas/canvas.h"

class QHBoxLayout;
class QLabel;
class QMenu;
class QToolButton;
class QVBoxLayout;

namespace rankscope::ui {

class ElidedLabel;

/// A card with a picture: title and remark above, the canvas, and room below for a colour bar.
class Pane : public QFrame {
  Q_OBJECT

 public:
  Pane(const QString& title, const QString& objectName, QWidget* parent);
  Canvas* canvas() const { return m_canvas; }
  void setTitle(const QString& title);
  void setRemark(const QString& remark);
  QString title() const;
  QString remark() const;
  /// The menu of the button in the header; owned by the pane.
  QMenu* menu() const { return m_menu; }
  void setFooter(QWidget* footer);

 private:
  ElidedLabel* m_title;
  ElidedLabel* m_remark;
  QToolButton* m_button;
  QMenu* m_menu;
  Canvas* m_canvas;
  QVBoxLayout* m_column;
};

}  // namespace rankscope::ui
