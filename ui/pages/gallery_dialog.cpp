// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/gallery_dialog.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/gallery/gallery.h"
#include "ui/pages/thumbnails.h"
#include "ui/theme/theme.h"
#include "ui/theme/translated.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/param_form.h"
#include "ui/widgets/parts.h"

namespace rankscope::ui {
namespace {

constexpr int kPicture = 220;  // pixels a side
constexpr int kPatienceMs = 150;

}  // namespace

GalleryDialog::GalleryDialog(ComputeService& service, QWidget* parent) : QDialog(parent), m_service(service) {
  setObjectName(QStringLiteral("galleryDialog"));
  setWindowTitle(tr("Gallery"));
  setAccessibleName(windowTitle());
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 16, 16, 12);
  column->setSpacing(12);
  auto* row = new QHBoxLayout;
  row->setSpacing(18);
  auto* left = new QVBoxLayout;
  m_search = new QLineEdit(this);
  m_search->setObjectName(QStringLiteral("gallerySearch"));
  m_search->setPlaceholderText(tr("Search"));
  m_search->setAccessibleName(tr("Search the gallery"));
  m_search->setClearButtonEnabled(true);
  m_list = new QListWidget(this);
  m_list->setObjectName(QStringLiteral("galleryList"));
  m_list->setAccessibleName(tr("Generated matrices"));
  for (const Generator& generator : generators()) {
    auto* item = new QListWidgetItem(translated(Text(generator.title)), m_list);
    item->setData(Qt::UserRole, QString::fromStdString(generator.id));
    item->setToolTip(translated(Text(generator.help)));
  }
  left->addWidget(m_search);
  left->addWidget(m_list, 1);
  row->addLayout(left, 2);

  auto* right = new QVBoxLayout;
  right->setSpacing(8);
  m_title = new QLabel(this);
  m_title->setProperty("role", "title");
  m_help = makeNote({}, this);
  m_help->setFont(uiFont());
  m_help->setMinimumHeight(2 * fontMetrics().height());
  m_help->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  m_picture = new QLabel(this);
  m_picture->setObjectName(QStringLiteral("galleryPicture"));
  m_picture->setFixedSize(kPicture, kPicture);
  m_picture->setAlignment(Qt::AlignCenter);
  m_note = makeNote({}, this);
  m_note->setObjectName(QStringLiteral("galleryNote"));
  m_note->setAlignment(Qt::AlignCenter);
  QScrollArea* scroll = makeScroll(this);
  auto* holder = new QWidget(scroll);
  auto* formColumn = new QVBoxLayout(holder);
  formColumn->setContentsMargins(0, 0, 8, 0);
  m_form = new ParamForm(holder);
  formColumn->addWidget(m_form);
  formColumn->addStretch(1);
  scroll->setWidget(holder);
  right->addWidget(m_title);
  right->addWidget(m_help);
  right->addWidget(m_picture, 0, Qt::AlignHCenter);
  right->addWidget(m_note);
  right->addWidget(scroll, 1);
  row->addLayout(right, 3);
  column->addLayout(row, 1);

  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  m_open = addPrimary(buttons, tr("Open"), QStringLiteral("galleryOpen"));
  column->addWidget(buttons);
  resize(720, 600);

  m_wait.setSingleShot(true);
  m_wait.setInterval(kPatienceMs);
  connect(&m_wait, &QTimer::timeout, this, &GalleryDialog::requestThumbnail);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(m_search, &QLineEdit::textChanged, this, &GalleryDialog::filter);
  connect(m_list, &QListWidget::currentRowChanged, this, &GalleryDialog::showChosen);
  connect(m_list, &QListWidget::itemDoubleClicked, this, &QDialog::accept);
  connect(m_form, &ParamForm::edited, this, [this] { m_wait.start(); });
  m_list->setCurrentRow(0);
}

void GalleryDialog::filter(const QString& typed) {
  int firstShown = -1;
  for (int i = 0; i < m_list->count(); ++i) {
    QListWidgetItem* item = m_list->item(i);
    const bool fits = item->text().contains(typed, Qt::CaseInsensitive) ||
                      item->toolTip().contains(typed, Qt::CaseInsensitive) || fuzzyScore(typed, item->text()) >= 0;
    item->setHidden(!fits);
    if (fits && firstShown < 0) firstShown = i;
  }
  if (firstShown >= 0 && m_list->currentItem() && m_list->currentItem()->isHidden()) m_list->setCurrentRow(firstShown);
}

void GalleryDialog::choose(const QString& id) {
  for (int i = 0; i < m_list->count(); ++i) {
    if (m_list->item(i)->data(Qt::UserRole).toString() == id) m_list->setCurrentRow(i);
  }
}

void GalleryDialog::showChosen() {
  const QListWidgetItem* item = m_list->currentItem();
  const Generator* generator = item ? findGenerator(item->data(Qt::UserRole).toString().toStdString()) : nullptr;
  m_open->setEnabled(generator != nullptr);
  if (!generator) return;
  m_title->setText(translated(Text(generator->title)));
  m_help->setText(translated(Text(generator->help)));
  m_form->setParams(generator->params, {}, ParamScope{});
  requestThumbnail();
}

QString GalleryDialog::location() const {
  const QListWidgetItem* item = m_list->currentItem();
  if (!item) return {};
  const GallerySpec spec{.id = item->data(Qt::UserRole).toString().toStdString(), .values = m_form->values()};
  return QStringLiteral("gallery:") + QString::fromStdString(formatGallerySpec(spec));
}

void GalleryDialog::requestThumbnail() {
  const QString spec = location().mid(QStringLiteral("gallery:").size());
  if (spec.isEmpty()) return;
  struct Answer {
    QImage image;
    QString note;
    bool usable = false;
  };
  auto answer = std::make_shared<Answer>();
  const quint64 generation = ++m_generation;
  m_pending = true;
  m_service.survey(
      this,
      [spec = spec.toStdString(), answer](const Context& context) {
        const auto made = generate(spec, context);
        if (!made) {
          answer->note = translated(made.error());
          return;
        }
        answer->usable = true;
        answer->image = thumbnailOf(*made, kPicture, context);
        answer->note = tr("%1 × %2").arg(showCount((*made)->rows()), showCount((*made)->cols()));
        if ((*made)->isComplex()) answer->note += tr(" · complex, modulus shown");
      },
      [this, answer, generation] {
        if (generation != m_generation) return;
        m_pending = false;
        m_note->setText(answer->note);
        m_open->setEnabled(answer->usable);
        QImage image = answer->image;
        if (!image.isNull() && image.width() < kPicture && image.height() < kPicture) {
          image = image.scaled(kPicture, kPicture, Qt::KeepAspectRatio, Qt::FastTransformation);
        }
        m_picture->setPixmap(QPixmap::fromImage(image));
      });
}

}  // namespace rankscope::ui
