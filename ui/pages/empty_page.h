// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;

namespace rankscope::ui {

/// What the room shows before anything is open: drop here, open, a sample, the gallery. Also the loading state.
class EmptyPage : public QFrame {
  Q_OBJECT

 public:
  explicit EmptyPage(const QStringList& samples, QWidget* parent);
  /// While an input is read: its name instead of the invitation; empty for the invitation.
  void setLoading(const QString& what);

 signals:
  void openWanted();
  void galleryWanted();
  void sampleWanted(const QString& name);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QWidget* m_invitation;
  QLabel* m_title;
  QLabel* m_hint;
};

}  // namespace rankscope::ui
