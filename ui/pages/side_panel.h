// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

#include "ui/document/session.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace rankscope::ui {

class MatrixRoomController;
class ParamForm;
class PercentEdit;
class RankSlider;

/// The right panel: method and its parameters, the rank in its four ways, the result card, the input card, and links.
class SidePanel : public QScrollArea {
  Q_OBJECT

 public:
  SidePanel(MatrixRoomController& controller, Session& session, QWidget* parent);

 signals:
  void copyCommandWanted();
  void pinWanted();
  void explainWanted();

 private:
  void buildMethod(QVBoxLayout* column);
  void buildDial(QVBoxLayout* column);
  void buildLinks(QVBoxLayout* column);
  void showMethod();
  void showRank();
  void fitRule();
  void showRules();

  MatrixRoomController& m_controller;
  Session& m_session;
  bool m_showing = false;
  QComboBox* m_method = nullptr;
  ParamForm* m_form = nullptr;
  QWidget* m_seedRow = nullptr;
  QSpinBox* m_seed = nullptr;
  QLabel* m_dialLabel = nullptr;
  QLabel* m_channelRanks = nullptr;
  QSpinBox* m_rank = nullptr;
  RankSlider* m_slider = nullptr;
  QWidget* m_rankWays = nullptr;  ///< energy, tolerance and rule: of a rank only
  PercentEdit* m_energy = nullptr;
  PercentEdit* m_tolerance = nullptr;
  QComboBox* m_rule = nullptr;
  QWidget* m_ofInput = nullptr;  ///< result card, input card and links: what needs an input
  QWidget* m_links = nullptr;
};

}  // namespace rankscope::ui
