// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <map>

#include "ui/compute/compute_service.h"
#include "ui/document/session.h"
#include "ui/plots/figure.h"

class QListWidget;
class QPushButton;

namespace rankscope::ui {

class MatrixRoomController;
class PlotView;

/// The rank-one terms σᵢuᵢvᵢᵀ: a row of thumbnails, made when they come into sight, each with a box to mute it; and uᵢ,
/// vᵢ of the chosen one as lines.
class LayersPanel : public QWidget {
  Q_OBJECT

 public:
  LayersPanel(MatrixRoomController& controller, Session& session, QWidget* parent);
  /// Thumbnails are made only while the panel is in front.
  void setActive(bool active);
  void setService(ComputeService* service) { m_service = service; }
  Figure figure() const;
  bool isComplete() const { return m_pending == 0; }

 private:
  void rebuild();
  void showMuted();
  void showChosen();
  void requestVisible();

  MatrixRoomController& m_controller;
  Session& m_session;
  ComputeService* m_service = nullptr;
  QListWidget* m_list;
  PlotView* m_plot;
  QPushButton* m_unmute;
  bool m_active = false;
  std::vector<ApproximationPtr> m_parts;  ///< whose layers are listed
  std::shared_ptr<std::shared_ptr<const Drawing>> m_drawing;
  std::map<int, bool> m_asked;
  quint64 m_generation = 0;
  int m_pending = 0;
};

}  // namespace rankscope::ui
