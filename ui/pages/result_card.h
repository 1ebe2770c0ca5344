// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/document/session.h"

class QLabel;
class QPushButton;

namespace rankscope::ui {

class MatrixRoomController;
class NumberRow;

/// The numbers of the result: while the rank moves those of the error curve, at rest the measured ones.
class ResultCard : public QWidget {
  Q_OBJECT

 public:
  ResultCard(MatrixRoomController& controller, Session& session, QWidget* parent);

 private:
  void refresh();
  void showErrors();
  void showCosts();
  QString stageText() const;

  MatrixRoomController& m_controller;
  Session& m_session;
  QLabel* m_stage;
  QLabel* m_big;
  QLabel* m_note;
  QPushButton* m_exact;
  NumberRow *m_spectral, *m_optimum, *m_excess, *m_psnr, *m_ssim, *m_kept, *m_compression, *m_time;
};

/// One or two words on where the answer stands: "SVD, optimal", "preview (randomized)".
QString badgeText(const MatrixRoomController& controller, const Session& session);

}  // namespace rankscope::ui
