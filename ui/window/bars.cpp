// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/bars.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/parts.h"

namespace rankscope::ui {
namespace {

QToolButton* makeActionButton(QAction* action, const QString& name, QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setObjectName(name);
  button->setDefaultAction(action);
  button->setIconSize({18, 18});
  button->setAccessibleName(action->text().remove(QLatin1Char('&')));
  button->setFocusPolicy(Qt::TabFocus);
  return button;
}

QPushButton* makeMenuButton(const QString& text, const QString& name, QMenu* menu, bool primary, QWidget* parent) {
  auto* button = new QPushButton(text, parent);
  button->setObjectName(name);
  button->setMenu(menu);
  button->setAccessibleName(text);
  button->setProperty("menu", true);
  button->setProperty("primary", primary);
  // The arrow stands behind the word, as in a combo box.
  button->setIcon(icon(QStringLiteral("chevron-down"), primary ? IconTone::OnAccent : IconTone::Muted));
  button->setIconSize({12, 12});
  button->setLayoutDirection(Qt::RightToLeft);
  menu->setLayoutDirection(Qt::LeftToRight);  // or it would take its button's
  return button;
}

QFrame* makeStatusDivider(QWidget* parent) {
  auto* line = new QFrame(parent);
  line->setProperty("role", "divider");
  line->setFixedSize(1, 12);
  return line;
}

}  // namespace

TopBar::TopBar(QAction* open, QAction* undo, QAction* redo, QMenu* gallery, QMenu* more, QMenu* exports,
               QWidget* parent)
    : QFrame(parent) {
  setObjectName(QStringLiteral("topBar"));
  setFixedHeight(44);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(14, 0, 12, 0);
  row->setSpacing(8);
  auto* wordmark = new QLabel(QStringLiteral("Rankscope"), this);
  wordmark->setFont(sizedFont(15, QFont::DemiBold));
  row->addWidget(wordmark);
  row->addSpacing(4);
  auto* openButton = new QPushButton(tr("Open…"), this);
  openButton->setObjectName(QStringLiteral("openButton"));
  openButton->setAccessibleName(tr("Open a file"));
  openButton->setToolTip(open->toolTip());
  connect(openButton, &QPushButton::clicked, open, &QAction::trigger);
  row->addWidget(openButton);
  row->addWidget(makeMenuButton(tr("Gallery"), QStringLiteral("galleryButton"), gallery, false, this));
  row->addWidget(makeActionButton(undo, QStringLiteral("undoButton"), this));
  row->addWidget(makeActionButton(redo, QStringLiteral("redoButton"), this));
  m_subject = new ElidedLabel(this);
  m_subject->setObjectName(QStringLiteral("subjectLabel"));
  m_subject->setAlignment(Qt::AlignCenter);
  m_subject->setProperty("role", "muted");
  m_subject->setFont(sizedFont(12));
  row->addWidget(m_subject, 1);
  auto* moreButton = new QToolButton(this);
  moreButton->setObjectName(QStringLiteral("moreButton"));
  moreButton->setIcon(icon(QStringLiteral("settings")));
  moreButton->setIconSize({18, 18});
  moreButton->setMenu(more);
  moreButton->setPopupMode(QToolButton::InstantPopup);
  moreButton->setAccessibleName(tr("Session, view and help"));
  moreButton->setToolTip(tr("Session, view and help"));
  moreButton->setFocusPolicy(Qt::TabFocus);
  row->addWidget(moreButton);
  m_export = makeMenuButton(tr("Export"), QStringLiteral("exportButton"), exports, true, this);
  row->addWidget(m_export);
}

void TopBar::setSubject(const QString& subject) { m_subject->setFullText(subject); }
QString TopBar::subject() const { return m_subject->fullText(); }
void TopBar::setExportEnabled(bool enabled) { m_export->setEnabled(enabled); }

StatusStrip::StatusStrip(const QString& machine, const QString& renderer, QWidget* parent) : QFrame(parent) {
  setObjectName(QStringLiteral("statusStrip"));
  setFixedHeight(26);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(14, 0, 14, 0);
  row->setSpacing(8);
  const QFont small = sizedFont(11);
  const auto label = [&](const QString& text, const char* name) {
    auto* made = new QLabel(text, this);
    made->setObjectName(QString::fromLatin1(name));
    made->setFont(small);
    made->setProperty("role", "muted");
    row->addWidget(made);
    return made;
  };
  m_dot = label(QStringLiteral("●"), "statusDot");
  m_what = label({}, "statusText");
  m_progress = new QProgressBar(this);
  m_progress->setFixedWidth(90);
  m_progress->setTextVisible(false);
  m_progress->setAccessibleName(tr("Progress"));
  m_progress->hide();
  row->addWidget(m_progress);
  m_cancel = new QToolButton(this);
  m_cancel->setObjectName(QStringLiteral("cancelButton"));
  m_cancel->setText(tr("Cancel"));
  m_cancel->setFont(small);
  m_cancel->setAccessibleName(tr("Cancel the computation"));
  m_cancel->setFixedHeight(20);
  m_cancel->hide();
  row->addWidget(m_cancel);
  connect(m_cancel, &QToolButton::clicked, this, &StatusStrip::cancelWanted);
  row->addWidget(makeStatusDivider(this));
  label(machine, "machineLabel");
  row->addWidget(makeStatusDivider(this));
  label(renderer, "rendererLabel");
  row->addStretch(1);
  m_inspected = new ElidedLabel(this, Qt::ElideLeft);
  m_inspected->setObjectName(QStringLiteral("inspectorLabel"));
  m_inspected->setFont(small);
  m_inspected->setProperty("role", "muted");
  m_inspected->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  row->addWidget(m_inspected, 4);
  setState(State::Ready, tr("Ready"));
}

void StatusStrip::setState(State state, const QString& what) {
  m_what->setText(what);
  const Theme& colours = theme();
  const QColor colour = state == State::Ready     ? colours.muted
                        : state == State::Busy    ? colours.accent
                        : state == State::Warning ? colours.warm
                                                  : colours.positive;
  QPalette palette = m_dot->palette();
  if (m_dot->property("tone") != static_cast<int>(state) || palette.color(QPalette::WindowText) != colour) {
    m_dot->setProperty("tone", static_cast<int>(state));
    m_dot->setStyleSheet(QStringLiteral("color: %1").arg(colour.name()));
  }
}

void StatusStrip::setProgress(double fraction) {
  m_progress->setVisible(fraction >= 0 && fraction <= 1);
  m_progress->setRange(0, 100);
  if (fraction >= 0 && fraction <= 1) m_progress->setValue(static_cast<int>(fraction * 100));
}

void StatusStrip::setCancellable(bool cancellable) { m_cancel->setVisible(cancellable); }
void StatusStrip::setInspected(const QString& text) { m_inspected->setFullText(text); }
QString StatusStrip::text() const { return m_what->text(); }
QString StatusStrip::inspected() const { return m_inspected->fullText(); }

}  // namespace rankscope::ui
