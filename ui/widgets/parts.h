// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialogButtonBox>
#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

namespace rankscope::ui {

/// 11 px semibold muted heading of a group.
QLabel* makeSectionLabel(const QString& text, QWidget* parent);
/// Muted small print that wraps.
QLabel* makeNote(const QString& text, QWidget* parent);
/// A 1 px line across a panel.
QFrame* makeDivider(QWidget* parent);
/// A button that looks like a quiet link.
QPushButton* makeLink(const QString& text, QWidget* parent);
/// A panel that scrolls up and down where its content does not fit, without a frame and a focus of its own.
QScrollArea* makeScroll(QWidget* parent);
/// The button that accepts a dialog: the coloured one, that Enter presses.
QPushButton* addPrimary(QDialogButtonBox* buttons, const QString& text, const QString& objectName);

/// Text that is cut with an ellipsis where the room ends, or with Qt::ElideNone left out as a whole; the tooltip has
/// it.
class ElidedLabel : public QLabel {
  Q_OBJECT

 public:
  explicit ElidedLabel(QWidget* parent = nullptr, Qt::TextElideMode mode = Qt::ElideMiddle);
  void setFullText(const QString& text);
  const QString& fullText() const { return m_full; }
  QSize minimumSizeHint() const override;
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QString m_full;
  Qt::TextElideMode m_mode;
};

/// "PSNR        25.0 dB": a label and a number at the right edge.
class NumberRow : public QWidget {
  Q_OBJECT

 public:
  NumberRow(const QString& label, const QString& objectName, QWidget* parent);
  void setValue(const QString& value, const QString& tip = {});
  QString value() const;

 private:
  QLabel* m_label;
  QLabel* m_value;
};

}  // namespace rankscope::ui
