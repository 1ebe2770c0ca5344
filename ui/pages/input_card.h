// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/document/session.h"

class QComboBox;

namespace rankscope::ui {

class MatrixRoomController;
class NumberRow;

/// What the input is: how it is read, its shape, type, norms, ranks and condition.
class InputCard : public QWidget {
  Q_OBJECT

 public:
  InputCard(MatrixRoomController& controller, Session& session, QWidget* parent);

 private:
  void refresh();
  void showReading();

  MatrixRoomController& m_controller;
  Session& m_session;
  QWidget* m_channelRow;
  QComboBox* m_channel;
  QWidget* m_complexRow;
  QComboBox* m_complex;
  NumberRow *m_shape, *m_type, *m_range, *m_fro, *m_spectral, *m_numerical, *m_stable, *m_effective, *m_condition;
};

}  // namespace rankscope::ui
