// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/layers_panel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/pages/looks.h"
#include "ui/pages/matrix_controller.h"
#include "ui/pages/thumbnails.h"
#include "ui/plots/figure_parts.h"
#include "ui/plots/figures.h"
#include "ui/plots/plot_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/parts.h"

namespace rankscope::ui {
namespace {

constexpr int kThumbnail = 96;    // pixels a side
constexpr int kMostLayers = 400;  // listed; what lies beyond is noise to the eye

constexpr int kTileWidth = kThumbnail + 16, kTileHeight = kThumbnail + 36, kBox = 14;

/// A tile: the layer's picture, and below it the box that leaves it out beside its singular value.
class TileDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {kTileWidth, kTileHeight}; }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const Theme& colours = theme();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF tile = QRectF(option.rect).adjusted(1, 1, -1, -1);
    if (option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) {
      painter->setPen(Qt::NoPen);
      painter->setBrush(mixed(colours.panel, colours.text, option.state & QStyle::State_Selected ? 0.08 : 0.04));
      painter->drawRoundedRect(tile, 6, 6);
    }
    const bool on = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    const QPixmap picture = index.data(Qt::DecorationRole).value<QIcon>().pixmap(kThumbnail, kThumbnail);
    painter->setOpacity(on ? 1 : 0.3);
    painter->drawPixmap(option.rect.left() + (kTileWidth - kThumbnail) / 2, option.rect.top() + 8, picture);
    painter->setOpacity(1);
    QStyleOptionViewItem box = option;
    box.rect = boxOf(option.rect);
    box.state = QStyle::State_Enabled | (on ? QStyle::State_On : QStyle::State_Off);
    const QWidget* list = option.widget;
    if (list) list->style()->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &box, painter, list);
    const QVariant ink = index.data(Qt::ForegroundRole);
    painter->setPen(ink.canConvert<QBrush>() && ink.value<QBrush>().style() != Qt::NoBrush ? ink.value<QBrush>().color()
                                                                                           : colours.text);
    painter->setFont(sizedFont(12));
    const QRect words(box.rect.right() + 7, box.rect.top() - 4, option.rect.right() - box.rect.right() - 9, kBox + 8);
    painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeft, index.data().toString());
    if ((option.state & QStyle::State_HasFocus) && list && list->hasFocus()) {
      painter->setPen(QPen(colours.accent, 2));
      painter->setBrush(Qt::NoBrush);
      painter->drawRoundedRect(tile, 6, 6);
    }
    painter->restore();
  }

  bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override {
    const auto type = event->type();
    if (type == QEvent::MouseButtonRelease || type == QEvent::MouseButtonDblClick || type == QEvent::MouseButtonPress) {
      const auto* mouse = static_cast<QMouseEvent*>(event);
      const QRect target = boxOf(option.rect).adjusted(-5, -5, 5, 5);
      if (mouse->button() != Qt::LeftButton || !target.contains(mouse->position().toPoint())) return false;
      if (type != QEvent::MouseButtonRelease) return true;
    } else if (type != QEvent::KeyPress || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Space) {
      return false;
    }
    const bool on = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    return model->setData(index, on ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
  }

 private:
  static QRect boxOf(const QRect& tile) { return {tile.left() + 9, tile.top() + kThumbnail + 14, kBox, kBox}; }
};

/// ‖w a bᵀ‖_F of one term.
double normOfTerm(const Approximation& part, Index term) {
  const LowRank& form = *part.lowRank();
  const auto norm = [](const auto& vector) { return static_cast<double>(vector.norm()); };
  const double left = std::visit([&](const auto& m) { return norm(m.col(term)); }, form.left);
  const double right = std::visit([&](const auto& m) { return norm(m.row(term)); }, form.right);
  return std::abs(form.weights(term)) * left * right;
}

/// The diverging picture of a layer, symmetric about zero.
QImage layerImage(const Drawing& drawing, Index part, Index term, const Context& context) {
  const int level = std::max(0, thumbnailLevel(drawing.rows(), drawing.cols(), kThumbnail) - 1);
  const PicturePtr picture = drawing.layer(part, term, level, context);
  Look look;
  look.map = QStringLiteral("diverging");
  const double end =
      std::max({std::abs(percentileOf(*picture, 0.002)), std::abs(percentileOf(*picture, 0.998)), 1e-300});
  look.lo = -end;
  look.hi = end;
  if (picture->planes.size() == 3) {
    // Signed colour has no picture of its own: the channels' mean shows where the layer adds and where it takes away.
    Picture mean = *picture;
    mean.planes.resize(1);
    for (std::size_t i = 0; i < mean.planes[0].size(); ++i) {
      mean.planes[0][i] = (picture->planes[0][i] + picture->planes[1][i] + picture->planes[2][i]) / 3;
    }
    return imageOf(mean, look).scaled(kThumbnail, kThumbnail, Qt::KeepAspectRatio, Qt::SmoothTransformation);
  }
  const QImage image = imageOf(*picture, look);
  const auto mode =
      image.width() < kThumbnail && image.height() < kThumbnail ? Qt::FastTransformation : Qt::SmoothTransformation;
  return image.scaled(kThumbnail, kThumbnail, Qt::KeepAspectRatio, mode);
}

}  // namespace

LayersPanel::LayersPanel(MatrixRoomController& controller, Session& session, QWidget* parent)
    : QWidget(parent), m_controller(controller), m_session(session) {
  setObjectName(QStringLiteral("layersPanel"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 8, 0, 2);
  auto* splitter = new QSplitter(this);
  splitter->setChildrenCollapsible(false);
  auto* left = new QWidget(splitter);
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  auto* head = new QHBoxLayout;
  head->addWidget(makeNote(tr("Untick a layer to leave it out"), left), 1);
  m_unmute = new QPushButton(tr("All on"), left);
  m_unmute->setObjectName(QStringLiteral("unmuteButton"));
  m_unmute->setAccessibleName(tr("Turn all layers on"));
  head->addWidget(m_unmute);
  column->addLayout(head);
  m_list = new QListWidget(left);
  m_list->setObjectName(QStringLiteral("layersList"));
  m_list->setAccessibleName(tr("Rank-one layers"));
  m_list->setViewMode(QListView::IconMode);
  m_list->setMovement(QListView::Static);
  m_list->setResizeMode(QListView::Adjust);
  m_list->setIconSize({kThumbnail, kThumbnail});
  m_list->setItemDelegate(new TileDelegate(m_list));
  m_list->setMouseTracking(true);
  m_list->setSpacing(4);
  m_list->setUniformItemSizes(true);
  column->addWidget(m_list, 1);
  m_plot = new PlotView(splitter);
  m_plot->setObjectName(QStringLiteral("layerPlot"));
  m_plot->setAccessibleName(tr("Singular vectors of the chosen layer"));
  splitter->addWidget(left);
  splitter->addWidget(m_plot);
  splitter->setStretchFactor(0, 3);
  splitter->setStretchFactor(1, 2);
  splitter->setSizes({560, 360});
  row->addWidget(splitter);

  connect(m_unmute, &QPushButton::clicked, &controller, &MatrixRoomController::unmuteAll);
  connect(m_list, &QListWidget::itemChanged, this, [this](QListWidgetItem* item) {
    m_controller.setMuted(m_list->row(item), item->checkState() == Qt::Unchecked);
  });
  connect(m_list, &QListWidget::currentRowChanged, this, &LayersPanel::showChosen);
  connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, this, &LayersPanel::requestVisible);
  connect(&controller, &MatrixRoomController::analysisChanged, this, &LayersPanel::rebuild);
  connect(&controller, &MatrixRoomController::rankMoved, this, &LayersPanel::showMuted);
  connect(&session, &Session::stateChanged, this, &LayersPanel::showMuted);
}

void LayersPanel::setActive(bool active) {
  m_active = active;
  if (active) rebuild();
}

Figure LayersPanel::figure() const { return m_plot->figure(); }

void LayersPanel::rebuild() {
  const AnalysisPtr analysis = m_controller.analysis();
  if (!m_active) return;
  const std::vector<ApproximationPtr> parts = analysis ? analysis->parts : std::vector<ApproximationPtr>{};
  if (parts == m_parts && (parts.empty() || m_list->count() > 0)) return;
  m_parts = parts;
  ++m_generation;
  m_pending = 0;
  m_asked.clear();
  m_drawing = std::make_shared<std::shared_ptr<const Drawing>>();
  const int chosen = std::max(0, m_list->currentRow());
  const QSignalBlocker block(m_list);
  m_list->clear();
  if (!parts.empty()) {
    const Approximation& part = *parts.front();
    const bool singular = hasSingularVectors(part);
    const Index layers = part.lowRank() ? std::min<Index>(part.maxDial, kMostLayers) : 0;
    for (Index i = 0; i < layers; ++i) {
      const QString label = singular ? tr("σ%1 = %2").arg(subscript(i + 1), showNumber(part.lowRank()->weights(i), 3))
                                     : tr("term %1 · %2").arg(i + 1).arg(showNumber(normOfTerm(part, i), 3));
      auto* item = new QListWidgetItem(label, m_list);
      item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
      QPixmap blank(kThumbnail, kThumbnail);
      blank.fill(Qt::transparent);
      item->setIcon(QIcon(blank));
    }
    m_list->setCurrentRow(std::min(chosen, m_list->count() - 1));
  }
  showMuted();
  showChosen();
  QTimer::singleShot(0, this, &LayersPanel::requestVisible);
}

void LayersPanel::showMuted() {
  const QSignalBlocker block(m_list);
  const std::vector<Index>& muted = m_session.state().matrix.muted;
  const Index rank = m_controller.rank();
  const bool singular = !m_parts.empty() && hasSingularVectors(*m_parts.front());
  for (int i = 0; i < m_list->count(); ++i) {
    QListWidgetItem* item = m_list->item(i);
    const bool off = std::binary_search(muted.begin(), muted.end(), Index{i});
    const Qt::CheckState state = off ? Qt::Unchecked : Qt::Checked;
    if (item->checkState() != state) item->setCheckState(state);
    const QBrush text = i < rank ? QBrush() : QBrush(theme().muted);
    if (item->foreground() != text) item->setForeground(text);
    item->setToolTip(i >= rank  ? tr("beyond the chosen rank")
                     : singular ? QString()
                                : tr("Frobenius norm of this term"));
  }
  m_unmute->setEnabled(!muted.empty());
}

void LayersPanel::showChosen() {
  const AnalysisPtr analysis = m_controller.analysis();
  const int layer = m_list->currentRow();
  if (!analysis || layer < 0 || m_parts.empty() || analysis->parts != m_parts || layer >= m_parts.front()->maxDial ||
      !m_parts.front()->lowRank()) {
    Figure empty;
    empty.id = QStringLiteral("layer");
    const bool blocks = !m_parts.empty() && !m_parts.front()->lowRank();
    empty.emptyText = blocks ? tr("This method has no rank-one layers: choose another method to see some")
                             : tr("The vectors of the chosen layer stand here");
    m_plot->setFigure(empty);
    return;
  }
  m_plot->setFigure(layerFigure(*analysis, 0, layer));
}

void LayersPanel::requestVisible() {
  if (!m_service || !m_active || m_parts.empty()) return;
  const QRect visible = m_list->viewport()->rect().adjusted(0, -kThumbnail, 0, kThumbnail);
  for (int i = 0; i < m_list->count(); ++i) {
    if (m_asked[i] || !m_list->visualItemRect(m_list->item(i)).intersects(visible)) continue;
    m_asked[i] = true;
    ++m_pending;
    auto image = std::make_shared<QImage>();
    const Index channels = m_parts.size() > 1 ? static_cast<Index>(m_parts.size()) : m_controller.channelCount();
    m_service->survey(
        this,
        [parts = m_parts, channels, holder = m_drawing, image, i](const Context& context) {
          if (!*holder) *holder = std::make_shared<const Drawing>(parts, channels, context);
          *image = layerImage(**holder, 0, i, context);
        },
        [this, image, i, generation = m_generation] {
          if (generation != m_generation || i >= m_list->count()) return;
          --m_pending;
          const QSignalBlocker block(m_list);
          QPixmap square(kThumbnail, kThumbnail);
          square.fill(Qt::transparent);
          QPainter painter(&square);
          painter.drawImage((kThumbnail - image->width()) / 2, (kThumbnail - image->height()) / 2, *image);
          m_list->item(i)->setIcon(QIcon(square));
        });
  }
}

}  // namespace rankscope::ui
