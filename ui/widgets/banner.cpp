// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/banner.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/widgets/parts.h"

namespace rankscope::ui {

Banner::Banner(QWidget* parent) : QFrame(parent) {
  setObjectName(QStringLiteral("banner"));
  m_row = new QHBoxLayout(this);
  m_row->setContentsMargins(12, 8, 8, 8);
  m_row->setSpacing(8);
  auto* words = new QVBoxLayout;
  words->setSpacing(1);
  m_line = new QLabel(this);
  m_line->setObjectName(QStringLiteral("bannerLine"));
  m_line->setWordWrap(true);
  m_line->setTextFormat(Qt::PlainText);
  m_hint = makeNote({}, this);
  m_hint->setTextFormat(Qt::PlainText);
  words->addWidget(m_line);
  words->addWidget(m_hint);
  m_row->addLayout(words, 1);
  m_actions = new QWidget(this);
  auto* actions = new QHBoxLayout(m_actions);
  actions->setContentsMargins(0, 0, 0, 0);
  actions->setSpacing(8);
  m_buttons = new QHBoxLayout;
  m_buttons->setSpacing(8);
  actions->addLayout(m_buttons);
  m_dismiss = new QPushButton(tr("Dismiss"), m_actions);
  m_dismiss->setObjectName(QStringLiteral("bannerDismiss"));
  m_dismiss->setAccessibleName(tr("Dismiss this message"));
  actions->addWidget(m_dismiss);
  m_row->addWidget(m_actions);
  connect(m_dismiss, &QPushButton::clicked, this, [this] { clear(); });
  hide();
}

void Banner::post(Tone tone, const QString& line, const QString& hint, std::vector<Choice> choices,
                  const QString& topic) {
  while (QLayoutItem* item = m_buttons->takeAt(0)) {
    if (QWidget* old = item->widget()) {
      old->hide();  // it may be the one that is being clicked
      old->deleteLater();
    }
    delete item;
  }
  m_topic = topic;
  m_line->setText(line);
  m_hint->setText(hint);
  m_hint->setVisible(!hint.isEmpty());
  for (Choice& choice : choices) {
    auto* button = new QPushButton(choice.text, m_actions);
    button->setAccessibleName(choice.text);
    connect(button, &QPushButton::clicked, this, [this, chosen = std::move(choice.chosen)] {
      clear();
      chosen();
    });
    m_buttons->addWidget(button);
  }
  // The way on comes before the way out.
  QWidget* before = nullptr;
  for (int i = 0; i < m_buttons->count(); ++i) {
    QWidget* button = m_buttons->itemAt(i)->widget();
    if (before) setTabOrder(before, button);
    before = button;
  }
  if (before) setTabOrder(before, m_dismiss);
  static constexpr const char* kTones[] = {"error", "question", "notice"};
  setProperty("tone", kTones[static_cast<int>(tone)]);
  style()->unpolish(this);
  style()->polish(this);
  setAccessibleName(line);
  show();
  emit shown(true);
  arrange();
}

void Banner::arrange() {
  constexpr int kFewestWords = 260;  // pixels; narrower than that a sentence becomes a column of words
  const QMargins margins = m_row->contentsMargins();
  const int left = width() - margins.left() - margins.right() - m_row->spacing() - m_actions->sizeHint().width();
  const int wanted = std::max(m_line->fontMetrics().horizontalAdvance(m_line->text()),
                              m_hint->fontMetrics().horizontalAdvance(m_hint->text()));
  const bool beside = left >= std::min(wanted, kFewestWords);
  m_row->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
  m_row->setAlignment(m_actions, beside ? Qt::Alignment() : Qt::AlignLeft);
}

void Banner::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  arrange();
}

void Banner::clear(const QString& topic) {
  if (!topic.isEmpty() && topic != m_topic) return;
  m_topic.clear();
  m_line->clear();
  hide();
  emit shown(false);
}

QString Banner::line() const { return m_line->text(); }

void Banner::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    clear();
  } else {
    QFrame::keyPressEvent(event);
  }
}

}  // namespace rankscope::ui
