// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/structure_panel.h"

#include <QApplication>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/canvas/shading.h"
#include "ui/compute/compute_service.h"
#include "ui/pages/matrix_controller.h"
#include "ui/pages/thumbnails.h"
#include "ui/plots/figure_parts.h"
#include "ui/plots/figures.h"
#include "ui/plots/plot_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/player.h"
#include "ui/widgets/tile_map.h"

namespace rankscope::ui {
namespace {

constexpr int kFrameMs = 33, kStepMs = 220;
constexpr double kPhasePerFrame = 0.03;  // a factor or a permutation takes about a second
constexpr Index kMostPixels = 512;       // a side of the picture of the entries

/// σ₂/σ₁ of the tiles; a zero tile has rank 0 and counts as 0.
double ratioOf(const BlockStructure& blocks, Index j, Index k) {
  return blocks.sigma1(j, k) > 0 ? blocks.sigma2(j, k) / blocks.sigma1(j, k) : 0;
}

Look ratioLook() {
  Look look;
  look.map = QStringLiteral("viridis");
  return look;  // 0 … 1
}

QImage ratioImage(const BlockStructure& blocks) {
  const Index rows = blocks.sigma1.rows(), cols = blocks.sigma1.cols();
  QImage image(static_cast<int>(cols), static_cast<int>(rows), QImage::Format_RGB32);
  for (Index j = 0; j < rows; ++j) {
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(static_cast<int>(j)));
    for (Index k = 0; k < cols; ++k) line[k] = colourOf(ratioOf(blocks, j, k), ratioLook());
  }
  return image;
}

/// M with the rows of one residue together and its columns in the order taken, so that each tile is a rectangle; of
/// large tiles some rows and columns. Cost: the columns shown, read once.
Picture tiledPicture(const AnyMatrix& X, const Monarch& m, const Context& context) {
  const Index rows = std::clamp<Index>(kMostPixels / m.J, 1, m.I), cols = std::clamp<Index>(kMostPixels / m.K, 1, m.S);
  const Index tileRows = std::min(m.J, kMostPixels), tileCols = std::min(m.K, kMostPixels);
  Picture out;
  out.rows = tileRows * rows;
  out.cols = tileCols * cols;
  out.region = {0, 0, out.rows, out.cols};
  out.planes.assign(1, std::vector<float>(static_cast<std::size_t>(out.rows * out.cols)));
  const auto fill = [&](const auto& column, Index x) {
    for (Index y = 0; y < out.rows; ++y) {
      const Index j = y / rows * m.J / tileRows, i = y % rows * m.I / rows;
      out.planes[0][static_cast<std::size_t>(y * out.cols + x)] = static_cast<float>(std::real(column(i * m.J + j, 0)));
    }
  };
  for (Index x = 0; x < out.cols; ++x) {
    context.checkpoint();
    const Index k = x / cols * m.K / tileCols, l = x % cols * m.S / cols;
    const Index column = m.columns[static_cast<std::size_t>(k * m.S + l)];
    if (X.isComplex()) {
      fill(X.block<Complex>(0, column, X.rows(), 1), x);
    } else {
      fill(X.block<double>(0, column, X.rows(), 1), x);
    }
  }
  return out;
}

QImage entriesImage(const Picture& picture) {
  const auto [least, most] = std::minmax_element(picture.planes[0].begin(), picture.planes[0].end());
  Look look;
  const double end = std::max({std::abs(static_cast<double>(*least)), std::abs(static_cast<double>(*most)), 1e-300});
  look.map = *least < 0 ? QStringLiteral("diverging") : QStringLiteral("grey");
  look.lo = *least < 0 ? -end : 0;
  look.hi = end;
  return imageOf(picture, look);
}

/// QWidget has a find() of its own, which would hide it.
template <class D>
const D* chosenIn(const Approximation* part) {
  return part ? rankscope::find<D>(*part) : nullptr;
}

Selection firstOf(Selection selection, Index count) {
  const auto cut = [&](std::vector<Index>& list) {
    list.resize(std::min(list.size(), static_cast<std::size_t>(std::max<Index>(0, count))));
  };
  cut(selection.rows);
  cut(selection.columns);
  return selection;
}

}  // namespace

bool StructurePanel::hasSomething(const Analysis* analysis) {
  if (!analysis || analysis->parts.empty() || analysis->quality != Quality::Exact) return false;
  const Approximation& part = *analysis->parts.front();
  return chosenIn<BlockStructure>(&part) || chosenIn<Selection>(&part) || chosenIn<Probabilities>(&part);
}

StructurePanel::StructurePanel(MatrixRoomController& controller, Session& session, QWidget* parent)
    : QWidget(parent), m_controller(controller), m_session(session) {
  setObjectName(QStringLiteral("structurePanel"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 4, 0, 0);
  column->setSpacing(2);
  auto* head = new QHBoxLayout;
  head->setSpacing(2);
  m_player = new Player(QStringLiteral("structure"), this);
  connect(m_player, &Player::stepped, this, &StructurePanel::step);
  connect(m_player, &Player::playToggled, this, &StructurePanel::togglePlay);
  head->addWidget(m_player);
  head->addSpacing(4);
  m_note = makeNote({}, this);
  m_note->setObjectName(QStringLiteral("structureNote"));
  head->addWidget(m_note, 1);
  m_channel = new QComboBox(this);
  m_channel->setObjectName(QStringLiteral("structureChannel"));
  m_channel->setAccessibleName(tr("Channel"));
  m_channel->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  head->addWidget(m_channel);
  column->addLayout(head);
  m_stack = new QStackedWidget(this);
  m_stack->addWidget(makeChoices(m_stack));
  m_stack->addWidget(makeBlocks(m_stack));
  column->addWidget(m_stack, 1);

  connect(&m_play, &QTimer::timeout, this, &StructurePanel::tick);
  connect(m_channel, &QComboBox::activated, this, [this] {
    stopPlay();
    m_shown = -1;
    emit choicesShown(-1);
    askForPictures();
    showBlocks();
    showChoices();
  });
  connect(&controller, &MatrixRoomController::analysisChanged, this, &StructurePanel::refresh);
  connect(&controller, &MatrixRoomController::rankMoved, this, &StructurePanel::refresh);
  connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
    if (now == m_order || now == m_probabilities) m_front = now;
  });
}

QWidget* StructurePanel::makeChoices(QWidget* parent) {
  m_plots = new QSplitter(Qt::Horizontal, parent);
  m_plots->setChildrenCollapsible(false);
  m_order = new PlotView(m_plots);
  m_order->setObjectName(QStringLiteral("choicePlot"));
  m_order->setAccessibleName(tr("Rows and columns in the order chosen"));
  m_probabilities = new PlotView(m_plots);
  m_probabilities->setObjectName(QStringLiteral("probabilityPlot"));
  m_probabilities->setAccessibleName(tr("Probabilities of the choices"));
  return m_plots;
}

QWidget* StructurePanel::makeBlocks(QWidget* parent) {
  auto* page = new QWidget(parent);
  m_blocks = new QBoxLayout(QBoxLayout::LeftToRight, page);
  m_blocks->setContentsMargins(0, 0, 4, 0);
  m_blocks->setSpacing(12);
  m_chain = new MonarchChain(page);
  m_chain->setObjectName(QStringLiteral("monarchChain"));
  m_blocks->addWidget(m_chain, 3);
  const auto column = [&](ElidedLabel*& title, TileMap*& map, const char* name, const QString& accessible) {
    auto* holder = new QVBoxLayout;
    holder->setSpacing(3);
    title = new ElidedLabel(page, Qt::ElideRight);
    title->setProperty("role", "muted");
    title->setAlignment(Qt::AlignCenter);
    holder->addWidget(title);
    map = new TileMap(page);
    map->setObjectName(QString::fromLatin1(name));
    map->setMaximumWidth(240);
    map->setAccessibleName(accessible);
    holder->addWidget(map, 1);
    connect(map, &TileMap::chosen, this, [this](qint64 j, qint64 k) { showTile(j, k); });
    connect(map, &TileMap::hovered, this,
            [this](qint64 j, qint64 k) { describeTile(j < 0 ? m_j : j, j < 0 ? m_k : k); });
    return holder;
  };
  auto* right = new QVBoxLayout;
  right->setSpacing(3);
  auto* maps = new QHBoxLayout;
  maps->setSpacing(12);
  maps->addLayout(
      column(m_ratioTitle, m_ratios, "ratioMap", tr("Ratio of the two largest singular values of each tile")), 6);
  maps->addLayout(column(m_entryTitle, m_entries, "entryMap", tr("The matrix, tile by tile")), 6);
  m_ratios->setToolTip(tr("Dark: the tile has rank one; bright: its second singular value is as large as its first"));
  maps->insertStretch(0, 1);
  maps->addStretch(1);
  right->addLayout(maps, 1);
  m_tile = makeNote({}, page);
  m_tile->setObjectName(QStringLiteral("tileNote"));
  m_tile->setTextInteractionFlags(Qt::TextSelectableByMouse);
  right->addWidget(m_tile);
  m_blocks->addLayout(right, 2);
  connect(m_chain, &MonarchChain::rowChosen, this, [this](qint64 j) { showTile(j, -1); });
  return page;
}

void StructurePanel::setActive(bool active) {
  if (active == m_active) return;
  m_active = active;
  if (!active) stopPlay();
  refresh();
}

const Approximation* StructurePanel::part() const {
  if (!hasSomething(m_analysis.get())) return nullptr;
  const auto chosen = static_cast<std::size_t>(std::max(0, m_channel->currentIndex()));
  return m_analysis->parts[std::min(chosen, m_analysis->parts.size() - 1)].get();
}

bool StructurePanel::hasBlocks() const {
  const Approximation* shown = part();
  return chosenIn<BlockStructure>(shown) && std::holds_alternative<Monarch>(shown->form);
}

Index StructurePanel::choices() const {
  const Approximation* shown = part();
  if (!shown) return 0;
  std::size_t count = 0;
  if (const auto* selection = chosenIn<Selection>(shown))
    count = std::max(selection->rows.size(), selection->columns.size());
  const auto* probabilities = chosenIn<Probabilities>(shown);
  if (count == 0 && probabilities) count = probabilities->draws.size();
  return static_cast<Index>(count);
}

Figure StructurePanel::figure() const {
  if (hasBlocks()) {
    if (const auto figure = diagnosticFigure(*chosenIn<BlockStructure>(part()))) return *figure;
  }
  if (m_order->isHidden()) return m_probabilities->figure();
  return m_front == m_probabilities && !m_probabilities->isHidden() ? m_probabilities->figure() : m_order->figure();
}

void StructurePanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  constexpr int kHigh = 300, kWide = 600;
  m_blocks->setDirection(height() >= kHigh && width() >= kWide ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void StructurePanel::refresh() {
  if (!m_active) return;
  const AnalysisPtr analysis = m_controller.analysis();
  const Index rank = m_controller.dial().isRank ? 0 : m_controller.rank();
  if (analysis == m_analysis && rank == m_rank) return;
  const bool sameParts = analysis && m_analysis && analysis->parts == m_analysis->parts;
  m_analysis = analysis;
  if (sameParts && rank == m_rank) return;  // only errors were measured
  m_rank = rank;
  stopPlay();
  if (!sameParts) {
    m_shown = -1;
    emit choicesShown(-1);
  }
  const std::size_t parts = analysis ? analysis->parts.size() : 0;
  if (static_cast<std::size_t>(m_channel->count()) != parts) {
    m_channel->clear();
    for (std::size_t p = 0; p < parts; ++p) m_channel->addItem(channelName(*analysis, p));
  }
  m_channel->setVisible(parts > 1);
  m_stack->setCurrentIndex(hasBlocks() ? 1 : 0);
  askForPictures();
  showBlocks();
  showChoices();
}

void StructurePanel::askForPictures() {
  if (!hasBlocks() || !m_service) return;
  const auto chosen = static_cast<std::size_t>(std::max(0, m_channel->currentIndex()));
  const ApproximationPtr shown = m_analysis->parts[std::min(chosen, m_analysis->parts.size() - 1)];
  const Problem& problem = m_analysis->request.problem;
  const MatrixPtr X = m_analysis->parts.size() > 1 ? problem.X->channel(static_cast<Index>(chosen)) : problem.X;
  auto picture = std::make_shared<MonarchPicture>();
  auto entries = std::make_shared<QImage>();
  ++m_pending;
  m_service->survey(
      this,
      [shown, X, picture, entries, rank = m_rank](const Context& context) {
        const Monarch& form = std::get<Monarch>(shown->form);
        *picture = pictureOf(form, rank);
        *entries = entriesImage(tiledPicture(*X, form, context));
      },
      [this, picture, entries, shown, generation = ++m_generation] {
        --m_pending;
        if (generation != m_generation) return;
        m_chain->setPicture(picture);
        m_entries->setTiles(*entries, picture->J, picture->K);
        showTile(std::min(m_j, picture->J - 1), m_k < picture->K ? m_k : -1);
      });
}

void StructurePanel::showBlocks() {
  if (!hasBlocks()) return showPlayer();
  const BlockStructure& blocks = *chosenIn<BlockStructure>(part());
  m_ratios->setTiles(ratioImage(blocks), blocks.sigma1.rows(), blocks.sigma1.cols());
  m_ratioTitle->setFullText(tr("σ₂/σ₁ by tile"));
  m_entryTitle->setFullText(m_analysis->request.problem.X->isComplex() ? tr("M by tiles, real part")
                                                                       : tr("M by tiles"));
  if (m_j >= blocks.sigma1.rows() || m_k >= blocks.sigma1.cols()) {
    m_j = 0;
    m_k = -1;
  }
  describeTile(m_j, m_k);
  showPlayer();
}

void StructurePanel::showTile(Index j, Index k) {
  m_j = j;
  m_k = k;
  m_chain->setTile(j, k);
  m_ratios->setChosen(j, k);
  m_entries->setChosen(j, k);
  describeTile(j, k);
}

void StructurePanel::describeTile(Index j, Index k) {
  if (!hasBlocks()) return;
  const BlockStructure& blocks = *chosenIn<BlockStructure>(part());
  if (j < 0 || j >= blocks.sigma1.rows() || k >= blocks.sigma1.cols()) return;
  if (k < 0) {
    const double least = blocks.sigma1.row(j).minCoeff(), most = blocks.sigma1.row(j).maxCoeff();
    m_tile->setText(tr("tiles (%1, ·): rows %1, %2, … · σ₁ from %3 to %4")
                        .arg(showCount(j), showCount(j + blocks.J), showNumber(least), showNumber(most)));
    return;
  }
  m_tile->setText(tr("tile (%1, %2): σ₁ = %3, σ₂ = %4, σ₂/σ₁ = %5")
                      .arg(showCount(j), showCount(k), showNumber(blocks.sigma1(j, k)), showNumber(blocks.sigma2(j, k)),
                           showNumber(ratioOf(blocks, j, k), 3)));
}

void StructurePanel::showChoices() {
  const Approximation* shown = part();
  if (hasBlocks()) return showPlayer();
  const auto* selection = chosenIn<Selection>(shown);
  const auto* probabilities = chosenIn<Probabilities>(shown);
  const Index count = m_shown < 0 ? choices() : m_shown;
  m_order->setVisible(selection || !probabilities);
  m_probabilities->setVisible(probabilities != nullptr);
  Figure empty;
  empty.id = QStringLiteral("selection");
  empty.emptyText =
      shown ? tr("None yet: play, or step on") : tr("What a method chose stands here: take id, css, cur or Monarch");
  if (selection || !probabilities) {
    const auto whole = selection ? diagnosticFigure(*selection) : std::nullopt;
    auto figure = selection ? diagnosticFigure(firstOf(*selection, count)) : std::nullopt;
    if (figure && whole) {  // the axes hold still while the choices fall
      figure->x.min = 0;
      figure->x.max = static_cast<double>(choices()) + 1;
      double most = 1;
      for (const Series& series : whole->series) {
        for (const double y : series.y) most = std::max(most, y);
      }
      figure->y.min = 0;
      figure->y.max = most * 1.05;
    }
    m_order->setFigure(figure.value_or(empty));
  }
  if (probabilities) {
    Probabilities some = *probabilities;
    some.draws.resize(std::min(some.draws.size(), static_cast<std::size_t>(count)));
    m_probabilities->setFigure(diagnosticFigure(some).value_or(empty));
  }
  showPlayer();
}

void StructurePanel::showPlayer() {
  const bool blocks = hasBlocks();
  const Index count = choices(), shown = m_shown < 0 ? count : m_shown;
  const bool some = blocks || count > 0;
  m_player->setPlaying(m_play.isActive(), blocks ? tr("Play P → L → P → R") : tr("Play the choices"));
  m_player->setPossible(blocks ? m_chain->phase() >= 0 : shown > 0, some,
                        blocks ? m_chain->phase() < m_chain->lastPhase() : shown < count);
  if (blocks) {
    const double phase = m_chain->phase();
    m_note->setText(phase < 0   ? tr("M = P L P R: rows of one residue share a block of L")
                    : phase < 1 ? tr("P brings the rows of one residue together")
                    : phase < 2 ? tr("a block of L mixes them, one output for each block of R")
                    : phase < 3 ? tr("P hands one output to each block of R")
                    : phase < 4 ? tr("each block of R spreads it over its columns")
                                : tr("and the columns go where they were taken from"));
  } else if (count > 0) {
    m_note->setText(tr("%1 of %2 chosen").arg(showCount(shown), showCount(count)));
  } else {
    m_note->clear();
  }
}

void StructurePanel::step(int by) {
  stopPlay();
  if (hasBlocks()) {
    const double phase = m_chain->phase();
    const double next = by > 0 ? std::floor(std::max(0.0, phase) + (phase < 0 ? 0 : 1)) : std::ceil(phase) - 1;
    m_chain->setPhase(std::min(next, m_chain->lastPhase()));
    return showPlayer();
  }
  m_shown = std::clamp<Index>((m_shown < 0 ? choices() : m_shown) + by, 0, choices());
  emit choicesShown(m_shown);
  showChoices();
}

void StructurePanel::togglePlay() {
  if (m_play.isActive()) return stopPlay();
  if (hasBlocks()) {
    m_chain->setPhase(0);
    m_play.start(kFrameMs);
    return showPlayer();
  }
  m_shown = 0;
  emit choicesShown(0);
  m_play.start(kStepMs);
  showChoices();
}

void StructurePanel::stopPlay() {
  if (!m_play.isActive()) return;
  m_play.stop();
  showPlayer();
}

void StructurePanel::tick() {
  if (hasBlocks()) {
    const double next = m_chain->phase() + kPhasePerFrame;
    if (next >= m_chain->lastPhase()) {
      m_play.stop();
      m_chain->setPhase(-1);
    } else {
      m_chain->setPhase(next);
    }
    return showPlayer();
  }
  if (m_shown + 1 >= choices()) m_play.stop();
  m_shown = std::min(m_shown + 1, choices());
  emit choicesShown(m_shown);
  showChoices();
}

}  // namespace rankscope::ui
