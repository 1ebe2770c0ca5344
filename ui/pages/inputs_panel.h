// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QImage>
#include <map>

#include "ui/compute/compute_service.h"
#include "ui/document/session.h"

class QLabel;
class QListWidget;

namespace rankscope::ui {

class MatrixRoomController;
class PinBook;

/// The left panel: the session's matrices with thumbnails, and the pinned results with their errors.
class InputsPanel : public QFrame {
  Q_OBJECT

 public:
  InputsPanel(MatrixRoomController& controller, Session& session, ComputeService& service, PinBook& pins,
              QWidget* parent);
  bool isComplete() const { return m_pending == 0; }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void showInputs();
  void showPins();
  void inputMenu(const QPoint& at);
  void pinMenu(const QPoint& at);
  void moveInput(int by);
  QString subtitleOf(const InputSpec& spec) const;
  QString titleOf(const InputSpec& spec) const;
  void requestThumbnail(const InputSpec& spec);

  MatrixRoomController& m_controller;
  Session& m_session;
  ComputeService& m_service;
  PinBook& m_pins;
  QListWidget* m_inputs;
  QLabel* m_noInputs;
  QListWidget* m_pinned;
  QLabel* m_noPins;
  std::map<InputSpec, QImage> m_thumbnails;
  int m_pending = 0;
  bool m_showing = false;
};

}  // namespace rankscope::ui
