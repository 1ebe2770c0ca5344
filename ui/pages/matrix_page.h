// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/compute/compute_service.h"
#include "ui/document/session.h"

class QSplitter;
class QStackedWidget;

namespace rankscope::ui {

class CompareBook;
class EmptyPage;
class InputsPanel;
class MatrixRoomController;
class PaneGroup;
class PinBook;
class PlotPanel;
class SidePanel;

/// The Matrix room: inputs on the left, pictures over plots in the middle, properties on the right.
class MatrixPage : public QWidget {
  Q_OBJECT

 public:
  MatrixPage(Session& session, ComputeService& service, QWidget* parent);

  MatrixRoomController& controller() { return *m_controller; }
  PinBook& pins() { return *m_pins; }
  CompareBook& compared() { return *m_compared; }
  PaneGroup* panes() const { return m_panes; }
  PlotPanel* plots() const { return m_plots; }
  SidePanel* side() const { return m_side; }
  EmptyPage* emptyPage() const { return m_empty; }
  /// Everything on screen is final, thumbnails too.
  bool isSettled() const;
  void toggleLeft();
  void toggleRight();
  QByteArray saveLayout() const;
  void restoreLayout(const QByteArray& layout);

 signals:
  /// "row 131, column 402 · M = 0.6431 · M̂ = 0.6107 · residual 0.0324", empty outside.
  void inspected(const QString& text);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void showStage();
  void inspect(Index row, Index col);
  QString entryText(const AnyMatrix& X, Index row, Index col) const;

  Session& m_session;
  MatrixRoomController* m_controller;
  PinBook* m_pins;
  CompareBook* m_compared;
  QSplitter* m_across;
  QSplitter* m_down;
  QStackedWidget* m_stack;
  EmptyPage* m_empty;
  InputsPanel* m_inputs;
  PaneGroup* m_panes;
  PlotPanel* m_plots;
  SidePanel* m_side;
  Index m_row = -1, m_col = -1;
};

}  // namespace rankscope::ui
