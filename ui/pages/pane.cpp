// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pane.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/parts.h"

namespace rankscope::ui {

Pane::Pane(const QString& title, const QString& objectName, QWidget* parent) : QFrame(parent) {
  setObjectName(objectName);
  setProperty("card", true);
  m_column = new QVBoxLayout(this);
  m_column->setContentsMargins(1, 1, 1, 1);
  m_column->setSpacing(0);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(10, 3, 4, 3);
  head->setSpacing(6);
  m_title = new ElidedLabel(this, Qt::ElideRight);
  m_title->setFullText(title);
  m_title->setFont(sizedFont(13, QFont::DemiBold));
  m_title->setProperty("role", "strong");
  m_remark = new ElidedLabel(this, Qt::ElideNone);  // "400 …" would say nothing
  m_remark->setProperty("role", "muted");
  m_remark->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // the title comes first
  m_remark->setFont(sizedFont(12));
  m_remark->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  m_button = new QToolButton(this);
  m_button->setObjectName(objectName + QStringLiteral("Menu"));
  m_button->setIcon(icon(QStringLiteral("sliders"), IconTone::Muted));
  m_button->setIconSize({16, 16});
  m_button->setPopupMode(QToolButton::InstantPopup);
  m_button->setFocusPolicy(Qt::TabFocus);
  m_button->setAccessibleName(tr("How %1 is shown").arg(title));
  m_button->setToolTip(tr("Colours, scale, range, copy"));
  m_menu = new QMenu(this);
  m_button->setMenu(m_menu);
  head->addWidget(m_title);
  head->addWidget(m_remark, 1);
  head->addWidget(m_button);
  m_column->addLayout(head);
  m_canvas = makeCanvas(this);
  m_canvas->setObjectName(objectName + QStringLiteral("Canvas"));
  m_canvas->setAccessibleName(title);
  m_canvas->setFocusPolicy(Qt::StrongFocus);
  m_canvas->setMinimumSize(80, 60);
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Expanding);  // panes share the room evenly
  setMinimumWidth(120);
  m_column->addWidget(m_canvas, 1);
}

void Pane::setTitle(const QString& title) {
  m_title->setFullText(title);
  m_canvas->setAccessibleName(title);
}

void Pane::setRemark(const QString& remark) {
  m_remark->setFullText(remark);
  m_canvas->setAccessibleDescription(remark);
}

QString Pane::title() const { return m_title->fullText(); }
QString Pane::remark() const { return m_remark->fullText(); }

void Pane::setFooter(QWidget* footer) { m_column->addWidget(footer); }

}  // namespace rankscope::ui
