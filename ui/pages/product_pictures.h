// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <array>
#include <memory>

#include "ui/compute/compute_service.h"
#include "ui/document/session.h"

namespace rankscope::ui {

class FrameMaker;
class ProductController;

/// The pictures of the Product room, made off the UI thread: the factors on the survey lane, the product, its estimate
/// and the residual on the picture lane. Knows no widget. Nothing is made of what is not shown.
class ProductPictures : public QObject {
  Q_OBJECT

 public:
  enum Which { Left, Right, Whole };
  static constexpr std::array<Which, 3> kAll = {Left, Right, Whole};

  ProductPictures(ProductController& controller, Session& session, ComputeService& service, QObject* parent);
  ~ProductPictures() override;

  const MatrixPtr& matrix(Which which) const { return m_pictures[which].matrix; }
  /// A factor is the original of its frame; null while there is none.
  const FramePtr& frame(Which which) const { return m_pictures[which].frame; }
  Index channels(Which which) const;
  /// One entry of the estimate in frame(Whole), which must be there.
  double estimateAt(Index row, Index col) const;
  Index drawsInFrame() const;  ///< how many draws that estimate is of
  bool isSettled() const;

  void setShown(bool left, bool right, bool whole, bool residual);
  void setVisible(Which which, const Tile& visible, int level);
  /// The first `fallen` draws have been played. The estimate on screen follows where the first t of r draws are an
  /// estimate themselves, r/t times their sum (drawn with replacement, or all alike without), and cheap. A frame that
  /// is not ready when the next draw falls is waited for.
  void showDraws(Index fallen);

 signals:
  void matrixChanged(int which);  ///< another one, or none
  void frameChanged(int which);

 private:
  struct Picture {
    MatrixPtr matrix;
    std::shared_ptr<const Pyramid> pyramid;
    std::shared_ptr<FrameMaker> maker;  ///< of a factor
    Tile visible;
    int level = 0;
    bool shown = false, stale = false, pending = false;
    FramePtr frame;
  };

  void sync();
  void forget();
  void request(Which which);
  void requestFactor(Which which);
  void requestWhole();
  void acceptWhole(quint64 generation, const FramePtr& frame);
  Index draws() const;  ///< of the estimate, 0 without one
  bool followsDraws() const;
  AnalysisPtr analysisOf(Index count) const;

  ProductController& m_controller;
  Session& m_session;
  ComputeService& m_service;
  std::array<Picture, 3> m_pictures;
  AnalysisPtr m_analysis;  ///< whose estimate is to be shown
  Index m_fallen = 0;
  bool m_residual = false;
  quint64 m_asked = 0;
};

}  // namespace rankscope::ui
