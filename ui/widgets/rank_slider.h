// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractSlider>

namespace rankscope::ui {

/// The dial as a slider. Its track is logarithmic, as the spectrum is: small ranks, where pictures change most, get
/// most of the way. Keys and wheel move by 1, page keys by 10.
class RankSlider : public QAbstractSlider {
  Q_OBJECT

 public:
  explicit RankSlider(QWidget* parent = nullptr);
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void sliderChange(SliderChange change) override;

 private:
  double share() const;         ///< of the track that lies below the value
  int valueAt(double x) const;  ///< logical x → value
};

}  // namespace rankscope::ui
