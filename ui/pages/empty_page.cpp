// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/empty_page.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/theme/theme.h"
#include "ui/widgets/parts.h"

namespace rankscope::ui {

EmptyPage::EmptyPage(const QStringList& samples, QWidget* parent) : QFrame(parent) {
  setObjectName(QStringLiteral("emptyPage"));
  auto* column = new QVBoxLayout(this);
  column->addStretch(2);
  m_title = new QLabel(this);
  m_title->setObjectName(QStringLiteral("emptyTitle"));
  m_title->setFont(sizedFont(20, QFont::DemiBold));
  m_title->setAlignment(Qt::AlignCenter);
  column->addWidget(m_title);
  m_hint = new QLabel(this);
  m_hint->setAlignment(Qt::AlignCenter);
  m_hint->setWordWrap(true);
  m_hint->setProperty("role", "muted");
  m_hint->setFont(uiFont());
  column->addSpacing(2);
  column->addWidget(m_hint);
  column->addSpacing(14);
  m_invitation = new QWidget(this);
  auto* choices = new QVBoxLayout(m_invitation);
  choices->setSpacing(18);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  row->addStretch(1);
  auto* open = new QPushButton(tr("Open a file…"), m_invitation);
  open->setObjectName(QStringLiteral("emptyOpen"));
  open->setAccessibleName(open->text());
  auto* gallery = new QPushButton(tr("Choose from the gallery…"), m_invitation);
  gallery->setObjectName(QStringLiteral("emptyGallery"));
  gallery->setAccessibleName(gallery->text());
  row->addWidget(open);
  row->addWidget(gallery);
  row->addStretch(1);
  choices->addLayout(row);
  auto* sampleRow = new QHBoxLayout;
  sampleRow->setSpacing(2);
  sampleRow->addStretch(1);
  auto* words = new QLabel(tr("or start with"), m_invitation);
  words->setProperty("role", "muted");
  sampleRow->addWidget(words);
  for (const QString& sample : samples) {
    QPushButton* link = makeLink(sample, m_invitation);
    link->setObjectName(QStringLiteral("sample_%1").arg(sample));
    link->setAccessibleName(tr("Open the sample %1").arg(sample));
    connect(link, &QPushButton::clicked, this, [this, sample] { emit sampleWanted(sample); });
    sampleRow->addWidget(link);
  }
  sampleRow->addStretch(1);
  choices->addLayout(sampleRow);
  column->addWidget(m_invitation);
  column->addStretch(3);
  connect(open, &QPushButton::clicked, this, &EmptyPage::openWanted);
  connect(gallery, &QPushButton::clicked, this, &EmptyPage::galleryWanted);
  setLoading({});
}

void EmptyPage::setLoading(const QString& what) {
  m_invitation->setVisible(what.isEmpty());
  m_title->setText(what.isEmpty() ? tr("Drop a picture or a matrix here") : tr("Reading %1").arg(what));
  m_hint->setText(what.isEmpty() ? tr("PNG, JPEG, TIFF, NumPy arrays, tables of numbers — or paste with Ctrl+V")
                                 : tr("It appears as soon as its first numbers are there"));
}

void EmptyPage::paintEvent(QPaintEvent* event) {
  QFrame::paintEvent(event);
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& colours = theme();
  painter.setBrush(colours.panel);
  QPen pen(mixed(colours.line, colours.muted, 0.4), 1.5, Qt::DashLine);
  pen.setDashPattern({5, 5});
  painter.setPen(pen);
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 10, 10);
}

}  // namespace rankscope::ui
