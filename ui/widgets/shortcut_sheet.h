// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>

class QAction;

namespace rankscope::ui {

/// Every key on one page: the actions' shortcuts by group, and the keys of plot and canvas.
class ShortcutSheet : public QDialog {
  Q_OBJECT

 public:
  ShortcutSheet(const QList<QAction*>& actions, QWidget* parent);
};

}  // namespace rankscope::ui
