// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <array>

#include "core/methods/diagnostics.h"
#include "ui/document/session.h"
#include "ui/pages/pane.h"
#include "ui/pages/product_pictures.h"

class QTabBar;

namespace rankscope::ui {

class ColourBar;
class ProductController;

/// The pictures of a product in a row: X, Y, the estimate, and beside it the residual or the product itself, on one
/// scale and linked. The pairs drawn are marked on the columns of X and on the rows of Y. In a narrow room one picture
/// is shown, with tabs to choose it.
class ProductStrip : public QWidget {
  Q_OBJECT

 public:
  enum Which { Left, Right, Estimate, Beside };
  static constexpr std::array<Which, 4> kAll = {Left, Right, Estimate, Beside};

  ProductStrip(ProductController& controller, Session& session, ComputeService& service, QWidget* parent);
  Pane* pane(Which which) const { return m_panes[which]; }
  const ProductPictures& pictures() const { return *m_pictures; }
  /// The first `fallen` of the draws: their marks, and the estimate of them where there is one.
  void showDraws(const Probabilities& probabilities, Index fallen);
  Which front() const;  ///< the pane with the focus, else the estimate or the only one

 signals:
  void inspected(const QString& text);
  void copyPictureWanted(int which);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  void buildMenu(Which which);
  void showMatrix(int which);
  void showFrame(int which);
  void showTexts();
  void showLayout();
  void showRanges();
  void setOwnRange(double lo, double hi, bool finished);
  void applyView(const View& view, Canvas* source);
  void inspect(Which which, Index row, Index col);
  bool isFolded() const;
  bool showsProduct() const;

  ProductController& m_controller;
  Session& m_session;
  ProductPictures* m_pictures;
  QTabBar* m_tabs;
  std::array<Pane*, 4> m_panes{};
  std::array<ColourBar*, 2> m_bars{};  ///< of the last two panes
  QTimer m_ranges;                     ///< histograms and ranges are counted at most every 80 ms
  quint64 m_rangeGesture = 0;
  QString m_product;            ///< "X · Y"
  bool m_showsProduct = false;  ///< beside the estimate
};

}  // namespace rankscope::ui
