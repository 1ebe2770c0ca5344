// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace rankscope::ui {

/// A share shown as per cent that can be typed over: "98.13 %" at rest, plain digits while it is edited. Up and down
/// change it by a tenth of a per cent. Emits committed() with the share when Enter is pressed or focus leaves a change.
class PercentEdit : public QLineEdit {
  Q_OBJECT

 public:
  explicit PercentEdit(QWidget* parent = nullptr);
  /// Share in [0, 1], or negative for "not known". Ignored while the user types.
  void setShare(double share, bool approximate);
  double share() const { return m_share; }

 signals:
  void committed(double share);

 protected:
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void commit();
  void showRest();

  double m_share = -1;
  bool m_approximate = false;
};

}  // namespace rankscope::ui
