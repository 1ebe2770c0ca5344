// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/document/session.h"

class QLabel;
class QPushButton;

namespace rankscope::ui {

class MatrixRoomController;
class NumberRow;
struct ErrorNow;

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

/// "13.66 %", "≈ 13.7 %", "≥ 13.6 %" or a dash; `equals`: with a sign before the first too.
QString showError(const ErrorNow& error, int digits = 4, bool equals = false);
/// One or two words on where the answer stands: "SVD, optimal", "preview (randomized)".
QString badgeText(const MatrixRoomController& controller, const Session& session);

}  // namespace rankscope::ui
