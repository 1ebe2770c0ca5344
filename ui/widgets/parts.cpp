// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/parts.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>

#include "ui/theme/theme.h"

namespace rankscope::ui {

QLabel* makeSectionLabel(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setFont(labelFont());
  label->setProperty("role", "section");
  return label;
}

QLabel* makeNote(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  QFont font = uiFont();
  font.setPixelSize(11);
  label->setFont(font);
  label->setWordWrap(true);
  label->setProperty("role", "muted");
  return label;
}

QFrame* makeDivider(QWidget* parent) {
  auto* line = new QFrame(parent);
  line->setProperty("role", "divider");
  line->setFixedHeight(1);
  return line;
}

QPushButton* makeLink(const QString& text, QWidget* parent) {
  auto* button = new QPushButton(text, parent);
  button->setFlat(true);
  button->setCursor(Qt::PointingHandCursor);
  button->setProperty("role", "link");
  button->setAccessibleName(text);
  return button;
}

QScrollArea* makeScroll(QWidget* parent) {
  auto* scroll = new QScrollArea(parent);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFocusPolicy(Qt::NoFocus);
  return scroll;
}

QPushButton* addPrimary(QDialogButtonBox* buttons, const QString& text, const QString& objectName) {
  QPushButton* button = buttons->addButton(text, QDialogButtonBox::AcceptRole);
  button->setObjectName(objectName);
  button->setProperty("primary", true);
  button->setDefault(true);
  button->style()->polish(button);
  return button;
}

ElidedLabel::ElidedLabel(QWidget* parent, Qt::TextElideMode mode) : QLabel(parent), m_mode(mode) {
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

void ElidedLabel::setFullText(const QString& text) {
  if (m_full == text) return;
  m_full = text;
  setText(text);
  setAccessibleName(text);
  updateGeometry();
}

QSize ElidedLabel::minimumSizeHint() const { return {24, QLabel::minimumSizeHint().height()}; }

QSize ElidedLabel::sizeHint() const { return {fontMetrics().horizontalAdvance(m_full) + 2, fontMetrics().height()}; }

void ElidedLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const bool fits = fontMetrics().horizontalAdvance(m_full) <= width();
  const QString fitting = fits                      ? m_full
                          : m_mode == Qt::ElideNone ? QString()
                                                    : fontMetrics().elidedText(m_full, m_mode, width());
  setToolTip(fitting == m_full ? QString() : m_full);
  style()->drawItemText(&painter, rect(), static_cast<int>(alignment()), palette(), isEnabled(), fitting,
                        QPalette::WindowText);
}

NumberRow::NumberRow(const QString& label, const QString& objectName, QWidget* parent) : QWidget(parent) {
  setObjectName(objectName);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  m_label = new QLabel(label, this);
  m_value = new QLabel(QStringLiteral("–"), this);
  QFont bold = uiFont();
  bold.setWeight(QFont::DemiBold);
  m_value->setFont(bold);
  m_value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  m_value->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_value->setFocusPolicy(Qt::NoFocus);
  m_value->setAccessibleName(label);
  row->addWidget(m_label);
  row->addStretch(1);
  row->addWidget(m_value);
}

void NumberRow::setValue(const QString& value, const QString& tip) {
  m_value->setText(value);
  m_value->setAccessibleDescription(value);
  setToolTip(tip);
}

QString NumberRow::value() const { return m_value->text(); }

}  // namespace rankscope::ui
