// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>
#include <memory>
#include <vector>

#include "core/methods/approximation.h"

namespace rankscope::ui {

/// What is drawn of a Monarch matrix: the shapes, and a small picture of each block.
struct MonarchPicture {
  Index I = 0, J = 0, K = 0, S = 0, blockRank = 0;
  std::vector<Index> columns;  ///< as in Monarch
  std::vector<QImage> L, R;    ///< J blocks I × Kρ, K blocks Jρ × S
  bool realParts = false;      ///< of complex blocks
};
/// Zero is white, and all blocks of a factor have one scale. `blockRank` counts the terms shown. Not for the UI thread:
/// it looks at every number of the factors.
MonarchPicture pictureOf(const Monarch& monarch, Index blockRank);

/// M = P L P R in one row: wires for the permutations, pictures for the blocks. One residue j of the rows is traced
/// from left to right through block j of L into all blocks of R; `phase` moves its dots along: 0 … 1 through the first
/// P, then L, P, R and, where the columns are taken in another order, that.
class MonarchChain : public QWidget {
  Q_OBJECT

 public:
  explicit MonarchChain(QWidget* parent = nullptr);
  void setPicture(std::shared_ptr<const MonarchPicture> picture);
  /// The tile that is traced: its row residue, and its column block or −1.
  void setTile(Index j, Index k);
  Index tileRow() const { return m_j; }
  /// Where the dots are, 0 … lastPhase(); negative: none.
  void setPhase(double phase);
  double phase() const { return m_phase; }
  double lastPhase() const;

  QSize sizeHint() const override { return {560, 220}; }
  QSize minimumSizeHint() const override { return {260, 110}; }

 signals:
  void rowChosen(qint64 j);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  struct Layout;
  Layout layoutNow() const;

  std::shared_ptr<const MonarchPicture> m_picture;
  Index m_j = 0, m_k = -1;
  double m_phase = -1;
};

}  // namespace rankscope::ui
