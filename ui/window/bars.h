// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QAction;
class QLabel;
class QMenu;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace rankscope::ui {

class ElidedLabel;

/// The bar on top: wordmark, opening and history on the left, what is open in the middle, export on the right.
class TopBar : public QFrame {
  Q_OBJECT

 public:
  TopBar(QAction* open, QAction* undo, QAction* redo, QMenu* gallery, QMenu* more, QMenu* exports, QWidget* parent);
  void setSubject(const QString& subject);
  QString subject() const;
  void setExportEnabled(bool enabled);

 private:
  ElidedLabel* m_subject;
  QPushButton* m_export;
};

/// The line below: what runs and how far it is, threads, renderer, and the value under the pointer.
class StatusStrip : public QFrame {
  Q_OBJECT

 public:
  StatusStrip(const QString& machine, const QString& renderer, QWidget* parent);
  enum class State { Ready, Busy, Warning, Error };
  void setState(State state, const QString& what);
  /// Negative: unknown; above 1: nothing runs.
  void setProgress(double fraction);
  void setCancellable(bool cancellable);
  void setInspected(const QString& text);
  QString text() const;
  QString inspected() const;

 signals:
  void cancelWanted();

 private:
  QLabel* m_dot;
  QLabel* m_what;
  QProgressBar* m_progress;
  QToolButton* m_cancel;
  ElidedLabel* m_inspected;
};

}  // namespace rankscope::ui
