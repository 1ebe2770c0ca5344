// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/plots/figure.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QTableWidget;

namespace rankscope::ui {

class CompareBook;
class PlotView;

/// The error against the budget: the plot, above it what the comparison is at, beside it its table. In a narrow window
/// the table takes the plot's place.
class ErrorTab : public QWidget {
  Q_OBJECT

 public:
  ErrorTab(CompareBook& book, QWidget* parent);

  PlotView* plot() const { return m_plot; }
  /// The comparison as shown, all digits; without columns when there is none.
  FigureTable table() const;
  /// What each series of the plot buys for the budget x, as rich text: equal budgets side by side.
  QString reading(double x) const;

 signals:
  void compareWanted();
  void copyCommandWanted();

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void buildTable();
  void refresh();
  void arrange();
  void showMenu(const QPoint& at);

  CompareBook& m_book;
  PlotView* m_plot;
  QTableWidget* m_table;
  QLabel* m_state;
  QProgressBar* m_progress;
  QPushButton* m_stop;
  QPushButton* m_run;
  QPushButton* m_remove;
  QPushButton* m_swap;
};

}  // namespace rankscope::ui
