// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>

class QAction;
class QLineEdit;
class QListWidget;

namespace rankscope::ui {

/// How well `typed` fits `text` as a subsequence: higher is better, negative is not at all. Starts of words and runs
/// count.
int fuzzyScore(const QString& typed, const QString& text);

/// Every action by name: type a few letters, Enter runs it.
class CommandPalette : public QDialog {
  Q_OBJECT

 public:
  CommandPalette(const QList<QAction*>& actions, QWidget* parent);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void filter();
  void run();

  QList<QAction*> m_actions;
  QLineEdit* m_edit;
  QListWidget* m_list;
};

}  // namespace rankscope::ui
