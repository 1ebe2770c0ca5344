// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/compute/compute_service.h"
#include "ui/document/session.h"
#include "ui/plots/figure.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTabBar;
class QVBoxLayout;

namespace rankscope::ui {

class NumberRow;
class PlotView;
class ProbabilityBars;
class ProductController;
class ProductStrip;

/// The Product room: the factors on the left, probabilities over plots in the middle, properties on the right.
class ProductPage : public QWidget {
  Q_OBJECT

 public:
  ProductPage(Session& session, ComputeService& service, QWidget* parent);

  ProductController& controller() { return *m_controller; }
  bool isSettled() const;
  /// Of the view used last, with its caption.
  Figure currentFigure() const;
  QString subject() const;  ///< "a.npy · b.npy", "a.npyᵀ · a.npy", "a.npy · I"; empty while there is no product
  QString command() const;  ///< empty where the command line has none
  std::string storedTitle() const;  ///< what a file of the factors says it is of
  ProductStrip* strip() const { return m_strip; }

 signals:
  void openWanted();
  void galleryWanted();
  void copyCommandWanted();
  void inspected(const QString& text);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QWidget* buildFactors();
  QWidget* buildInvitation();
  QWidget* buildViews();
  QWidget* buildProperties();
  void refresh();
  void showFactors();
  void showProperties();
  void showNumbers();
  void showPlots();
  void playOrStop();
  void showDraws(const Probabilities& probabilities);  ///< those that have fallen
  void showPlaying();
  bool isTop() const;  ///< the largest pairs are taken, none is drawn
  Session& m_session;
  ComputeService& m_service;
  ProductController* m_controller;
  QTimer m_play;
  Index m_fallen = 0;               ///< draws shown
  std::vector<InputSpec> m_listed;  ///< what the two lists hold
  QStackedWidget* m_stack;
  QComboBox *m_form, *m_x, *m_y;
  QLabel *m_xNote, *m_yNote, *m_xLabel, *m_yLabel;
  QPushButton *m_swap, *m_sample, *m_compute, *m_playButton, *m_copy;
  ProductStrip* m_strip;
  ProbabilityBars* m_bars;
  QTabBar* m_tabs;
  PlotView *m_schemes, *m_lower;
  QWidget* m_used;  ///< the view used last
  QLabel *m_message, *m_wait, *m_remark, *m_big, *m_note;
  QComboBox *m_scheme, *m_replacement;
  QSpinBox *m_pairs, *m_trials, *m_seed;
  QLabel *m_trialsLabel, *m_seedLabel;
  NumberRow *m_measured, *m_minimal, *m_uniform, *m_top, *m_floor, *m_rms, *m_mean;
};

}  // namespace rankscope::ui
