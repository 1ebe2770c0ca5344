// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/inputs_panel.h"

#include <QEvent>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QSignalBlocker>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/pages/matrix_controller.h"
#include "ui/pages/pin_book.h"
#include "ui/pages/thumbnails.h"
#include "ui/theme/theme.h"
#include "ui/widgets/parts.h"

namespace rankscope::ui {
namespace {

enum Role { SubtitleRole = Qt::UserRole + 1, ImageRole, OrderRole, ColourRole };
constexpr int kThumbWidth = 40, kThumbHeight = 30;

void paintBack(QPainter* painter, const QStyleOptionViewItem& option) {
  const Theme& colours = theme();
  const QRectF box = QRectF(option.rect).adjusted(0.5, 1.5, -0.5, -1.5);
  painter->setPen(Qt::NoPen);
  if (option.state & QStyle::State_Selected) {
    painter->setBrush(colours.dark ? mixed(colours.panel, colours.text, 0.09) : colours.background);
    painter->drawRoundedRect(box, 6, 6);
  } else if (option.state & QStyle::State_MouseOver) {
    painter->setBrush(mixed(colours.panel, colours.text, 0.04));
    painter->drawRoundedRect(box, 6, 6);
  }
  if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_Selected)) {
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(colours.accent, 2));
    painter->drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6);
  }
}

/// Thumbnail, title, and a muted line below it.
class InputDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {120, 46}; }
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintBack(painter, option);
    const Theme& colours = theme();
    const QRect box = option.rect.adjusted(7, 0, -7, 0);
    const QRect thumb(box.left(), box.center().y() - kThumbHeight / 2 + 1, kThumbWidth, kThumbHeight);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colours.canvas);
    painter->drawRoundedRect(thumb, 3, 3);
    const QImage image = index.data(ImageRole).value<QImage>();
    if (!image.isNull()) {
      painter->setRenderHint(QPainter::SmoothPixmapTransform);
      const QSize fit = image.size().scaled(thumb.size(), Qt::KeepAspectRatio);
      painter->drawImage(QRect(thumb.center() - QPoint(fit.width() / 2 - 1, fit.height() / 2 - 1), fit), image);
    }
    const QRect words = box.adjusted(kThumbWidth + 9, 0, 0, 0);
    painter->setPen(colours.text);
    painter->setFont(uiFont());
    const QFontMetrics metrics(uiFont());
    painter->drawText(words.adjusted(0, 6, 0, -22), Qt::AlignVCenter,
                      metrics.elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideMiddle, words.width()));
    painter->setPen(colours.muted);
    const QFont small = sizedFont(11);
    painter->setFont(small);
    painter->drawText(
        words.adjusted(0, 24, 0, -5), Qt::AlignVCenter,
        QFontMetrics(small).elidedText(index.data(SubtitleRole).toString(), Qt::ElideRight, words.width()));
    painter->restore();
  }
};

/// Colour dot, label, error.
class PinDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {120, 28}; }
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintBack(painter, option);
    const Theme& colours = theme();
    const QRect box = option.rect.adjusted(8, 0, -8, 0);
    painter->setPen(Qt::NoPen);
    painter->setBrush(seriesColour(index.data(ColourRole).toInt(), colours));
    painter->drawEllipse(QPointF(box.left() + 4, box.center().y() + 0.5), 4, 4);
    const QFont small = sizedFont(11);
    const QString error = index.data(SubtitleRole).toString();
    painter->setFont(small);
    painter->setPen(colours.muted);
    painter->drawText(box, Qt::AlignRight | Qt::AlignVCenter, error);
    const int room = box.width() - 20 - QFontMetrics(small).horizontalAdvance(error) - 6;
    painter->setFont(uiFont());
    painter->setPen(colours.text);
    painter->drawText(box.adjusted(18, 0, 0, 0), Qt::AlignVCenter,
                      QFontMetrics(uiFont()).elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideMiddle, room));
    painter->restore();
  }
};

QListWidget* makeList(const QString& name, const QString& accessible, QWidget* parent) {
  auto* list = new QListWidget(parent);
  list->setObjectName(name);
  list->setAccessibleName(accessible);
  list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list->setContextMenuPolicy(Qt::CustomContextMenu);
  list->setMouseTracking(true);
  return list;
}

}  // namespace

InputsPanel::InputsPanel(MatrixRoomController& controller, Session& session, ComputeService& service, PinBook& pins,
                         QWidget* parent)
    : QFrame(parent), m_controller(controller), m_session(session), m_service(service), m_pins(pins) {
  setObjectName(QStringLiteral("inputsPanel"));
  setProperty("panel", true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(10, 14, 10, 10);
  column->setSpacing(6);
  column->addWidget(makeSectionLabel(tr("Matrices"), this));
  m_noInputs = makeNote(tr("Nothing open yet. Drop a picture or a matrix anywhere on the window."), this);
  column->addWidget(m_noInputs);
  m_inputs = makeList(QStringLiteral("inputsList"), tr("Matrices"), this);
  m_inputs->setItemDelegate(new InputDelegate(m_inputs));
  m_inputs->setDragDropMode(QAbstractItemView::InternalMove);
  m_inputs->setDefaultDropAction(Qt::MoveAction);
  column->addWidget(m_inputs, 3);
  column->addSpacing(6);
  column->addWidget(makeSectionLabel(tr("Pinned results"), this));
  m_noPins = makeNote(tr("Pin a result to compare others with it."), this);
  column->addWidget(m_noPins);
  m_pinned = makeList(QStringLiteral("pinsList"), tr("Pinned results"), this);
  m_pinned->setItemDelegate(new PinDelegate(m_pinned));
  column->addWidget(m_pinned, 2);
  column->addStretch(1);
  m_inputs->installEventFilter(this);
  m_pinned->installEventFilter(this);

  connect(m_inputs, &QListWidget::currentRowChanged, this, [this](int row) {
    if (!m_showing && row >= 0) m_controller.selectInput(row);
  });
  connect(m_inputs->model(), &QAbstractItemModel::rowsMoved, this, [this] {
    if (m_showing) return;
    std::vector<int> order;
    for (int i = 0; i < m_inputs->count(); ++i) order.push_back(m_inputs->item(i)->data(OrderRole).toInt());
    // The model is still in the middle of its move.
    QTimer::singleShot(0, this, [this, order] { m_controller.reorderInputs(order); });
  });
  connect(m_inputs, &QWidget::customContextMenuRequested, this, &InputsPanel::inputMenu);
  connect(m_pinned, &QWidget::customContextMenuRequested, this, &InputsPanel::pinMenu);
  connect(m_pinned, &QListWidget::itemActivated, this,
          [this](QListWidgetItem* item) { m_pins.restore(m_pinned->row(item)); });
  connect(&session, &Session::stateChanged, this, &InputsPanel::showInputs);
  connect(&session, &Session::inputLoaded, this, &InputsPanel::showInputs);
  connect(&pins, &PinBook::changed, this, &InputsPanel::showPins);
  showInputs();
  showPins();
}

QString InputsPanel::titleOf(const InputSpec& spec) const {
  if (const Loaded* loaded = m_session.loaded(spec)) return QString::fromStdString(loaded->title);
  return QFileInfo(QString::fromStdString(spec.location)).fileName();
}

QString InputsPanel::subtitleOf(const InputSpec& spec) const {
  const Loaded* loaded = m_session.loaded(spec);
  if (!loaded) return tr("not read yet");
  QStringList sizes;
  for (const Index size : loaded->storedShape) sizes << showCount(size);
  if (loaded->kind == DatasetKind::Image && loaded->storedShape.size() == 3 && loaded->storedShape.back() == 1) {
    sizes.removeLast();
  }
  const auto channels = loaded->matrix->channels().size();
  if (loaded->kind == DatasetKind::Image && channels == 3 && sizes.size() == 2) sizes << QStringLiteral("3");
  QString text = sizes.join(QStringLiteral(" × "));
  if (spec.view.channel != "rgb") text += QStringLiteral(" · ") + QString::fromStdString(spec.view.channel);
  return text;
}

void InputsPanel::requestThumbnail(const InputSpec& spec) {
  const Loaded* loaded = m_session.loaded(spec);
  if (!loaded || m_thumbnails.contains(spec)) return;
  m_thumbnails[spec] = QImage();
  ++m_pending;
  auto image = std::make_shared<QImage>();
  m_service.survey(
      this, [matrix = loaded->matrix, image](const Context& context) { *image = thumbnailOf(matrix, 96, context); },
      [this, spec, image] {
        --m_pending;
        m_thumbnails[spec] = *image;
        showInputs();
      });
}

void InputsPanel::showInputs() {
  const SessionState& state = m_session.state();
  m_showing = true;
  const QSignalBlocker block(m_inputs);
  const int count = static_cast<int>(state.inputs.size());
  while (m_inputs->count() > count) delete m_inputs->takeItem(m_inputs->count() - 1);
  while (m_inputs->count() < count) m_inputs->addItem(new QListWidgetItem);
  for (int i = 0; i < count; ++i) {
    const InputSpec& spec = state.inputs[static_cast<std::size_t>(i)];
    requestThumbnail(spec);
    QListWidgetItem* item = m_inputs->item(i);
    item->setText(titleOf(spec));
    item->setData(SubtitleRole, subtitleOf(spec));
    item->setData(OrderRole, i);
    item->setToolTip(QString::fromStdString(spec.location));
    const auto image = m_thumbnails.find(spec);
    item->setData(ImageRole, image == m_thumbnails.end() ? QImage() : image->second);
  }
  m_inputs->setCurrentRow(state.matrix.input);
  m_inputs->setVisible(count > 0);
  m_inputs->setMaximumHeight(std::max(1, count) * 46 + 2);
  m_noInputs->setVisible(count == 0);
  m_showing = false;
}

void InputsPanel::showPins() {
  const SessionState& state = m_session.state();
  const QSignalBlocker block(m_pinned);
  m_pinned->clear();
  for (std::size_t i = 0; i < state.pins.size(); ++i) {
    auto* item = new QListWidgetItem(QString::fromStdString(state.pins[i].label), m_pinned);
    const AnalysisPtr analysis = m_pins.analysis(i);
    item->setData(ColourRole, m_pins.colour(i));
    item->setData(SubtitleRole, analysis && analysis->errors.froRelative ? showPercent(*analysis->errors.froRelative, 3)
                                                                         : QStringLiteral("…"));
    const int input = state.pins[i].what.input;
    if (input >= 0 && input < static_cast<int>(state.inputs.size())) {
      item->setToolTip(
          tr("of %1; double click to show it").arg(titleOf(state.inputs[static_cast<std::size_t>(input)])));
    }
  }
  m_pinned->setVisible(!state.pins.empty());
  m_pinned->setMaximumHeight(static_cast<int>(std::max<std::size_t>(1, state.pins.size())) * 28 + 2);
  m_noPins->setVisible(state.pins.empty());
}

void InputsPanel::moveInput(int by) {
  const int row = m_inputs->currentRow(), to = row + by;
  if (row < 0 || to < 0 || to >= m_inputs->count()) return;
  std::vector<int> order(static_cast<std::size_t>(m_inputs->count()));
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
  std::swap(order[static_cast<std::size_t>(row)], order[static_cast<std::size_t>(to)]);
  m_controller.reorderInputs(order);
}

void InputsPanel::inputMenu(const QPoint& at) {
  const int row = m_inputs->row(m_inputs->itemAt(at));
  if (row < 0) return;
  QMenu menu(this);
  menu.addAction(tr("Move up"), this, [this] { moveInput(-1); })->setEnabled(row > 0);
  menu.addAction(tr("Move down"), this, [this] { moveInput(1); })->setEnabled(row + 1 < m_inputs->count());
  menu.addSeparator();
  menu.addAction(tr("Remove"), this, [this, row] { m_controller.removeInput(row); });
  menu.exec(m_inputs->viewport()->mapToGlobal(at));
}

void InputsPanel::pinMenu(const QPoint& at) {
  const int row = m_pinned->row(m_pinned->itemAt(at));
  if (row < 0) return;
  QMenu menu(this);
  menu.addAction(tr("Show"), this, [this, row] { m_pins.restore(row); });
  menu.addAction(tr("Remove"), this, [this, row] { m_pins.remove(row); });
  menu.exec(m_pinned->viewport()->mapToGlobal(at));
}

bool InputsPanel::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::FocusIn && watched == m_pinned && m_pinned->currentRow() < 0) {
    m_pinned->setCurrentRow(0);  // or nothing would show where the keys go
  }
  if (event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Delete) {
      if (watched == m_inputs && m_inputs->currentRow() >= 0) m_controller.removeInput(m_inputs->currentRow());
      if (watched == m_pinned && m_pinned->currentRow() >= 0) m_pins.remove(m_pinned->currentRow());
      return true;
    }
    if (watched == m_inputs && key->modifiers() == Qt::AltModifier &&
        (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)) {
      moveInput(key->key() == Qt::Key_Up ? -1 : 1);
      return true;
    }
  }
  return QFrame::eventFilter(watched, event);
}

void InputsPanel::changeEvent(QEvent* event) {
  QFrame::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) update();
}

}  // namespace rankscope::ui
