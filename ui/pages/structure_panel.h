// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <memory>

#include "core/compute/analysis.h"
#include "ui/document/session.h"
#include "ui/plots/figure.h"
#include "ui/widgets/monarch_chain.h"

class QBoxLayout;
class QComboBox;
class QLabel;
class QSplitter;
class QStackedWidget;

namespace rankscope::ui {

class ComputeService;
class ElidedLabel;
class MatrixRoomController;
class Player;
class PlotView;
class TileMap;

/// What the method chose: the factors and tiles of a Monarch matrix, with the way of its rows through them; or rows and
/// columns in the order chosen beside the probabilities they were drawn with. Play, step and back change nothing that
/// is saved: they show again how it came about.
class StructurePanel : public QWidget {
  Q_OBJECT

 public:
  StructurePanel(MatrixRoomController& controller, Session& session, QWidget* parent);
  /// Works only while it is in front.
  void setActive(bool active);
  void setService(ComputeService* service) { m_service = service; }
  Figure figure() const;
  bool isComplete() const { return m_pending == 0; }
  /// Whether what is shown chose something that can be seen.
  static bool hasSomething(const Analysis* analysis);

 signals:
  /// How many of the choices are shown, in their order; −1: all.
  void choicesShown(qint64 count);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  QWidget* makeBlocks(QWidget* parent);
  QWidget* makeChoices(QWidget* parent);
  void refresh();
  void showBlocks();
  void showChoices();
  void showTile(Index j, Index k);
  void describeTile(Index j, Index k);
  void showPlayer();
  void askForPictures();
  void step(int by);
  void togglePlay();
  void stopPlay();
  void tick();
  const Approximation* part() const;
  bool hasBlocks() const;
  Index choices() const;  ///< how many there are

  MatrixRoomController& m_controller;
  Session& m_session;
  ComputeService* m_service = nullptr;
  QComboBox* m_channel;
  Player* m_player;
  QLabel* m_note;
  QStackedWidget* m_stack;
  MonarchChain* m_chain;
  TileMap* m_ratios;
  TileMap* m_entries;
  QBoxLayout* m_blocks;  ///< the factors above the tiles where there is room, else beside them
  ElidedLabel *m_ratioTitle, *m_entryTitle;
  QLabel* m_tile;
  QSplitter* m_plots;
  PlotView* m_order;
  PlotView* m_probabilities;
  QWidget* m_front = nullptr;  ///< the plot used last
  QTimer m_play;
  AnalysisPtr m_analysis;
  Index m_rank = 0;    ///< the block rank shown
  Index m_shown = -1;  ///< choices; −1: all
  Index m_j = 0, m_k = -1;
  bool m_active = false;
  quint64 m_generation = 0;
  int m_pending = 0;
};

}  // namespace rankscope::ui
