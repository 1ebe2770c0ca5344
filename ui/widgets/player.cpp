// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/player.h"

#include <QHBoxLayout>
#include <QToolButton>

#include "ui/theme/icons.h"

namespace rankscope::ui {

Player::Player(const QString& prefix, QWidget* parent) : QWidget(parent) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(2);
  const auto button = [&](const char* name, const char* picture, const QString& text) {
    auto* made = new QToolButton(this);
    made->setObjectName(prefix + QString::fromLatin1(name));
    made->setIcon(icon(QString::fromLatin1(picture), IconTone::Muted));
    made->setIconSize({16, 16});
    made->setFocusPolicy(Qt::TabFocus);
    made->setAccessibleName(text);
    made->setToolTip(text);
    row->addWidget(made);
    return made;
  };
  m_back = button("Back", "chevron-left", tr("One step back"));
  m_play = button("Play", "play", tr("Play"));
  m_forward = button("Forward", "chevron-right", tr("One step on"));
  connect(m_back, &QToolButton::clicked, this, [this] { emit stepped(-1); });
  connect(m_play, &QToolButton::clicked, this, &Player::playToggled);
  connect(m_forward, &QToolButton::clicked, this, [this] { emit stepped(1); });
}

void Player::setPlaying(bool playing, const QString& playText) {
  const QString text = playing ? tr("Stop") : playText;
  m_play->setIcon(icon(playing ? QStringLiteral("stop") : QStringLiteral("play"), IconTone::Muted));
  m_play->setAccessibleName(text);
  m_play->setToolTip(text);
}

void Player::setPossible(bool back, bool play, bool forward) {
  m_back->setEnabled(back);
  m_play->setEnabled(play);
  m_forward->setEnabled(forward);
}

}  // namespace rankscope::ui
