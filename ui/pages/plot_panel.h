// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "ui/document/session.h"
#include "ui/pages/run_book.h"
#include "ui/plots/figure.h"
#include "ui/plots/figures.h"

class QComboBox;
class QStackedWidget;
class QTabBar;
class QToolButton;
class QHBoxLayout;

namespace rankscope::ui {

class CompareBook;
class ConvergencePanel;
class ErrorTab;
class InversePanel;
class LayersPanel;
class MatrixRoomController;
class PinBook;
class PlotView;
class StructurePanel;

/// The card below the panes: the spectrum with the rank line on it, the error against the budget, the rank-one layers.
class PlotPanel : public QFrame {
  Q_OBJECT

 public:
  PlotPanel(MatrixRoomController& controller, Session& session, PinBook& pins, CompareBook& compared, QWidget* parent);
  /// The figure of the tab in front, as it is shown.
  Figure currentFigure() const;
  /// Its table: of the comparison where there is one, else of the figure.
  FigureTable currentTable() const;
  /// The sheet that chooses what to compare; the tab of the errors comes to the front when it is accepted.
  void openComparison();
  LayersPanel* layers() const { return m_layers; }
  InversePanel* inverse() const { return m_inverse; }
  StructurePanel* structure() const { return m_structure; }

 signals:
  void exportWanted();
  void copyTableWanted();
  void tableWanted();
  void copyComparisonWanted();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void showTools();
  void buildTools(QHBoxLayout* row);
  void connectPlot(PlotView* plot);
  void showState();
  void showSpectrum();
  void showError();
  void showRank();
  void showTabs();
  static QStringList tabNames(bool brief);
  void fitTabs();
  BudgetAxis budgetAxis() const;
  double errorPlace(Index rank) const;  ///< x of a rank on the error plot's axis

  MatrixRoomController& m_controller;
  Session& m_session;
  PinBook& m_pins;
  CompareBook& m_compared;
  RunBook m_runs;
  QTabBar* m_tabs;
  QStackedWidget* m_stack;
  PlotView* m_spectrum;
  ErrorTab* m_errors;
  PlotView* m_error;
  LayersPanel* m_layers;
  StructurePanel* m_structure;
  ConvergencePanel* m_convergence;
  InversePanel* m_inverse;
  QComboBox* m_axes;
  QComboBox* m_budget;
  QToolButton* m_more;
  std::string m_tab, m_axesShown, m_budgetShown, m_referenceShown, m_energyShown, m_rulesShown;
};

}  // namespace rankscope::ui
