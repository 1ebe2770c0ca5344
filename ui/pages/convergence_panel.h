// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "core/compute/analysis.h"
#include "ui/document/session.h"
#include "ui/plots/figure.h"

class QComboBox;
class QLabel;

namespace rankscope::ui {

class MatrixRoomController;
class Player;
class PlotView;

/// How the iteration of the method came along, with play, step and back: where the method has a count of iterations
/// they change that, so that the pictures follow each step and a whole play is one undo step; else they only move the
/// line along the path that is known.
class ConvergencePanel : public QWidget {
  Q_OBJECT

 public:
  ConvergencePanel(MatrixRoomController& controller, Session& session, QWidget* parent);
  /// Draws only while it is in front.
  void setActive(bool active);
  Figure figure() const;
  bool isPlaying() const { return m_play.isActive(); }
  /// Whether what is shown iterates.
  static bool hasSomething(const Analysis* analysis);

 private:
  /// The parameter that counts the iterations of the run seen last, or null where the method has none.
  const ParamSpec* counter() const;
  Index count() const;  ///< that parameter's value, or the step looked at
  Index first() const;
  Index last() const;
  void setCount(Index count, quint64 gesture);
  void refresh();
  void step(Index by);
  void togglePlay();
  void stopPlay();
  void tick();

  MatrixRoomController& m_controller;
  Session& m_session;
  PlotView* m_plot;
  QComboBox* m_axis;
  Player* m_player;
  QLabel* m_step;
  QLabel* m_note;
  QTimer m_play;
  quint64 m_gesture = 0;
  Index m_playTo = 0;
  Index m_at = -1;  ///< without such a parameter: the step looked at; −1: the last
  bool m_stepping = false, m_active = false;
  /// The longest path seen of this run: what comes after the step shown stays in sight.
  AnalysisPtr m_longest;
};

}  // namespace rankscope::ui
