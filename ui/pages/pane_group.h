// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <array>

#include "ui/document/session.h"
#include "ui/pages/pane.h"

class QMenu;
class QSplitter;

namespace rankscope::ui {

class ColourBar;
class MatrixRoomController;

/// Original, approximation and residual: three linked panes, a wipe, a flip, or one alone. Pan and zoom are one for
/// all.
class PaneGroup : public QWidget {
  Q_OBJECT

 public:
  enum Which { Original, Approximation, Residual };

  PaneGroup(MatrixRoomController& controller, Session& session, QWidget* parent);
  Pane* pane(Which which) const { return m_panes[which]; }
  void zoomToFit();
  void zoomOneToOne();
  void zoomBy(double factor);
  /// The other side of a flip, or the next of the single panes.
  void flip();
  /// The pane under the pointer or focus, else the approximation.
  Which front() const;

  /// Marks only the first `count` of the chosen rows and columns; −1: all.
  void showChoices(qint64 count);

 signals:
  void hovered(Index row, Index col);
  void copyPictureWanted(int which);
  void copyValuesWanted(int which);

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void buildMenu(Which which);
  void showInput();
  void showFrame();
  void showTexts();
  void showMarks();
  void showLayout();
  void showLooks();
  void showRanges();
  void setOwnRange(bool residual, double lo, double hi, bool finished);
  void applyView(const View& view, Canvas* source);

  MatrixRoomController& m_controller;
  Session& m_session;
  QSplitter* m_splitter;
  std::array<Pane*, 3> m_panes{};
  std::array<ColourBar*, 3> m_bars{};
  QTimer m_ranges;       ///< histograms and ranges are counted at most every 80 ms
  PicturePtr m_counted;  ///< the original whose histogram the bars show
  quint64 m_rangeGesture = 0;
  std::string m_layout, m_front;
  Index m_choices = -1;  ///< marked
  bool m_applying = false;
  quint64 m_flips = 0;  ///< flips in a row are one undo step
};

}  // namespace rankscope::ui
