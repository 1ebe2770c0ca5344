// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <array>
#include <atomic>
#include <optional>

#include "core/compute/inverse.h"
#include "ui/compute/compute_service.h"
#include "ui/document/session.h"
#include "ui/plots/figure.h"

class QBoxLayout;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace rankscope::ui {

class MatrixRoomController;
class NumberRow;
class PlotView;

/// The pseudo-inverse of the input: its spectrum mirrored, a cut-off and a ridge that can be dragged, the norm against
/// the smallest singular value, and the four Penrose equations. Rank, norm and curves follow a drag at once; the
/// inverse itself and the residuals are computed when it rests.
class InversePanel : public QWidget {
  Q_OBJECT

 public:
  InversePanel(MatrixRoomController& controller, Session& session, QWidget* parent);
  /// Computes only while it is in front.
  void setActive(bool active);
  void setService(ComputeService* service) { m_service = service; }
  Figure figure() const;
  /// What is shown belongs to what is wished for.
  bool isComplete() const;
  /// The answer to what is wished for, or null until it is there.
  InverseAnswerPtr answer() const;

 signals:
  void exportInverseWanted();
  void answered();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  std::optional<InverseRequest> wish() const;
  void setCut(double absolute);
  void setRcond(double rcond, quint64 gesture);
  void setRidge(double ridge, quint64 gesture);
  void readCut();
  void readRidge();
  void request();
  void refresh();
  void showNumbers(const Inverse& about, bool settled);

  MatrixRoomController& m_controller;
  Session& m_session;
  ComputeService* m_service = nullptr;
  bool m_active = false;
  QTimer m_settle;
  quint64 m_gesture = 0, m_asked = 0;
  std::shared_ptr<std::atomic<quint64>> m_newest;  ///< what waits in the lane looks whether it is still wanted
  std::optional<InverseRequest> m_askedFor;        ///< on its way
  InverseAnswerPtr m_answer;
  std::optional<InverseRequest> m_failedFor;
  QString m_failure;

  QComboBox* m_which;
  PlotView* m_plot;
  QWidget* m_side;
  QBoxLayout* m_box;
  QLineEdit *m_rcond, *m_ridge;
  QPushButton *m_default, *m_export;
  NumberRow *m_rank, *m_cut, *m_norm;
  std::array<NumberRow*, 4> m_penrose{};
  QLabel* m_note;
};

}  // namespace rankscope::ui
