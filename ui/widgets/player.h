// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;

namespace rankscope::ui {

/// Three buttons: one step back, play or stop, one step on. It keeps no time: who owns it does.
class Player : public QWidget {
  Q_OBJECT

 public:
  /// The buttons are named `prefix`Back, `prefix`Play and `prefix`Forward.
  Player(const QString& prefix, QWidget* parent);
  /// `playText`: what a press plays, while nothing plays.
  void setPlaying(bool playing, const QString& playText);
  void setPossible(bool back, bool play, bool forward);

 signals:
  void stepped(int by);  ///< −1 or 1
  void playToggled();

 private:
  QToolButton *m_back, *m_play, *m_forward;
};

}  // namespace rankscope::ui
