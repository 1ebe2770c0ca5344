// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/product_strip.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QResizeEvent>
#include <QTabBar>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "core/base/text.h"
#include "ui/canvas/colour_bar.h"
#include "ui/pages/looks.h"
#include "ui/pages/product_controller.h"
#include "ui/pages/view_choices.h"
#include "ui/theme/theme.h"

namespace rankscope::ui {
namespace {

constexpr int kNarrow = 560;  // below it four panes would be too small to see anything in
constexpr const char* kPrefix = "product-";
constexpr const char* kPictures[] = {"left", "right", "estimate", "beside"};

/// The view keys of this room under the names that looks go by.
SessionState choicesOf(const SessionState& state, std::initializer_list<const char*> keys) {
  SessionState out;
  for (const char* key : keys) out.view[key] = viewValue(state, kPrefix + std::string(key));
  return out;
}

ProductPictures::Which pictureOf(ProductStrip::Which which) {
  return which == ProductStrip::Left    ? ProductPictures::Left
         : which == ProductStrip::Right ? ProductPictures::Right
                                        : ProductPictures::Whole;
}

}  // namespace

ProductStrip::ProductStrip(ProductController& controller, Session& session, ComputeService& service, QWidget* parent)
    : QWidget(parent),
      m_controller(controller),
      m_session(session),
      m_pictures(new ProductPictures(controller, session, service, this)) {
  setObjectName(QStringLiteral("productStrip"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  m_tabs = new QTabBar(this);
  m_tabs->setObjectName(QStringLiteral("pictureTabs"));
  m_tabs->setAccessibleName(tr("Picture"));
  m_tabs->setDrawBase(false);
  for (std::size_t i = 0; i < kAll.size(); ++i) m_tabs->addTab(QString());
  column->addWidget(m_tabs);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  column->addLayout(row, 1);
  m_panes = {new Pane(tr("X"), QStringLiteral("paneLeft"), this), new Pane(tr("Y"), QStringLiteral("paneRight"), this),
             new Pane(tr("Estimate"), QStringLiteral("paneEstimate"), this),
             new Pane(tr("Residual"), QStringLiteral("paneBeside"), this)};
  for (const Which which : kAll) {
    row->addWidget(m_panes[which], 1);
    buildMenu(which);
    Canvas* canvas = m_panes[which]->canvas();
    connect(canvas, &Canvas::wanted, this, [this, which](const Tile& visible, int level) {
      if (!m_panes[which]->isHidden()) m_pictures->setVisible(pictureOf(which), visible, level);
    });
    connect(canvas, &Canvas::hovered, this, [this, which](Index r, Index c) { inspect(which, r, c); });
    if (which != Estimate && which != Beside) continue;
    connect(canvas, &Canvas::viewChanged, this, [this, canvas](const View& view) {
      applyView(view, canvas);
      keepView(m_session, kPrefix, view);
    });
    ColourBar*& bar = m_bars[which - Estimate];
    bar = new ColourBar(m_panes[which]);
    bar->setObjectName(m_panes[which]->objectName() + QStringLiteral("Bar"));
    m_panes[which]->setFooter(bar);
    connect(bar, &ColourBar::rangeChanged, this, &ProductStrip::setOwnRange);
  }
  m_ranges.setSingleShot(true);
  m_ranges.setInterval(80);
  connect(&m_ranges, &QTimer::timeout, this, &ProductStrip::showRanges);
  connect(m_pictures, &ProductPictures::matrixChanged, this, &ProductStrip::showMatrix);
  connect(m_pictures, &ProductPictures::frameChanged, this, &ProductStrip::showFrame);
  connect(&controller, &ProductController::changed, this, &ProductStrip::showTexts);
  connect(&session, &Session::stateChanged, this, &ProductStrip::showLayout);
  connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
    m_session.edit(tr("Picture"), 0, [&](SessionState& state) { state.view["product-picture"] = kPictures[tab]; });
  });
  showLayout();
  showTexts();
}

void ProductStrip::buildMenu(Which which) {
  QMenu* menu = m_panes[which]->menu();
  Canvas* canvas = m_panes[which]->canvas();
  const bool whole = which == Estimate || which == Beside;
  if (whole) addViewChoices(menu, m_session, tr("Beside the estimate"), "product-beside");
  addViewChoices(menu, m_session, tr("Colours"), "product-map");
  addViewChoices(menu, m_session, tr("Scale"), "product-scale");
  if (whole) addViewChoices(menu, m_session, tr("Range"), "product-range");
  menu->addSeparator();
  menu->addAction(tr("Fit"), canvas, &Canvas::zoomToFit);
  menu->addAction(tr("One entry a pixel"), canvas, &Canvas::zoomOneToOne);
  menu->addSeparator();
  menu->addAction(tr("Copy picture"), this, [this, which] { emit copyPictureWanted(which); });
}

bool ProductStrip::isFolded() const { return width() < kNarrow; }
bool ProductStrip::showsProduct() const { return viewValue(m_session.state(), "product-beside") == "product"; }

ProductStrip::Which ProductStrip::front() const {
  for (const Which which : kAll) {
    if (m_panes[which]->isVisible() && m_panes[which]->canvas()->hasFocus()) return which;
  }
  for (const Which which : {Estimate, Left, Right}) {
    if (!m_panes[which]->isHidden()) return which;
  }
  return Beside;
}

void ProductStrip::showMatrix(int which) {
  const auto of = static_cast<ProductPictures::Which>(which);
  const MatrixPtr& matrix = m_pictures->matrix(of);
  for (const Which each : kAll) {
    if (pictureOf(each) != of) continue;
    Canvas* canvas = m_panes[each]->canvas();
    canvas->setPictures(nullptr, nullptr);
    canvas->setMatrixSize(0, 0);
    if (!matrix) continue;
    canvas->setMatrixSize(matrix->rows(), matrix->cols() / m_pictures->channels(of));
    const View kept = of == ProductPictures::Whole ? keptView(m_session.state(), kPrefix) : View{};
    canvas->setView(kept);
  }
  showTexts();
}

void ProductStrip::showFrame(int which) {
  const auto of = static_cast<ProductPictures::Which>(which);
  const FramePtr frame = m_pictures->frame(of);
  if (of == ProductPictures::Whole) {
    m_panes[Estimate]->canvas()->setPictures(frame->approximationBase, frame->approximationDetail);
    if (showsProduct()) {
      m_panes[Beside]->canvas()->setPictures(frame->originalBase, frame->originalDetail);
    } else {
      m_panes[Beside]->canvas()->setPictures(frame->residualBase, frame->residualDetail);
    }
    showTexts();
  } else {
    m_panes[which]->canvas()->setPictures(frame->originalBase, frame->originalDetail);
  }
  if (!m_ranges.isActive()) m_ranges.start();
}

/// The estimate, the product and the residual have one scale: that of the product.
void ProductStrip::showRanges() {
  const auto rangeOf = [this](ProductPictures::Which of) {
    const Summary& summary = m_pictures->matrix(of)->summary();
    return ValueRange{summary.min, summary.max};
  };
  for (const Which which : {Left, Right}) {
    const ProductPictures::Which of = pictureOf(which);
    const FramePtr& frame = m_pictures->frame(of);
    if (!frame) continue;
    const bool picture = !m_pictures->matrix(of)->channels().empty();
    m_panes[which]->canvas()->setLook(
        contentLook(choicesOf(m_session.state(), {"map", "scale"}), *frame->originalBase, picture, rangeOf(of)));
  }
  const FramePtr& frame = m_pictures->frame(ProductPictures::Whole);
  if (!frame) return;
  const ValueRange whole = rangeOf(ProductPictures::Whole);
  const SessionState choices = choicesOf(m_session.state(), {"map", "scale", "range", "lo", "hi"});
  Look look = contentLook(choices, *frame->originalBase, false, whole);
  const auto show = [&](Which which, const PicturePtr& picture, double lo, double hi) {
    ColourBar* bar = m_bars[which - Estimate];
    m_panes[which]->canvas()->setLook(look);
    bar->setLook(look);
    bar->setWholeRange(lo, hi);
    if (picture) bar->setHistogram(histogramOf(thinned(*picture)));
  };
  show(Estimate, frame->approximationBase, whole.lo, whole.hi);
  if (!showsProduct() && look.lo >= 0 && viewValue(m_session.state(), "product-map") == "auto") {
    look.map = QStringLiteral("diverging");  // a residual has both signs though the product has one
    look.lo = -look.hi;
  }
  const double end = std::max(std::abs(whole.lo), std::abs(whole.hi));
  show(Beside, showsProduct() ? frame->originalBase : frame->residualBase, showsProduct() ? whole.lo : -end,
       showsProduct() ? whole.hi : end);
}

void ProductStrip::setOwnRange(double lo, double hi, bool finished) {
  if (m_rangeGesture == 0) m_rangeGesture = m_session.newGesture();
  m_session.edit(tr("Range"), m_rangeGesture, [&](SessionState& state) {
    state.view["product-range"] = "own";
    state.view["product-lo"] = exact(lo);
    state.view["product-hi"] = exact(hi);
  });
  if (finished) m_rangeGesture = 0;
  showRanges();
}

void ProductStrip::showDraws(const Probabilities& probabilities, Index fallen) {
  const auto count = std::clamp<Index>(fallen, 0, static_cast<Index>(probabilities.draws.size()));
  const MatrixPtr& X = m_pictures->matrix(ProductPictures::Left);
  const Index channels = m_pictures->channels(ProductPictures::Left);
  std::vector<AxisMark> columns, rows;
  std::set<Index> seen;  // a pair may be drawn again
  for (Index t = 0; t < count; ++t) {
    const Index pair = probabilities.draws[static_cast<std::size_t>(t)];
    if (!X || !seen.insert(pair).second) continue;
    const Index width = X->cols() / channels;
    columns.push_back({pair % width, channels > 1 ? static_cast<int>(pair / width) : -1});
    rows.push_back({pair, -1});
  }
  m_panes[Left]->canvas()->setMarks({}, std::move(columns));
  m_panes[Right]->canvas()->setMarks(std::move(rows), {});
  m_pictures->showDraws(fallen);
  showTexts();
}

void ProductStrip::showTexts() {
  const std::string& form = m_session.state().product.form;
  const QString left = form == "product" ? tr("X") : form == "gram" ? tr("Mᵀ") : tr("M");
  const QString right = form == "product" ? tr("Y") : form == "gram" ? tr("M") : tr("I");
  m_product = tr("%1 · %2").arg(left, right);
  const QString beside = showsProduct() ? m_product : tr("Residual");
  const std::array<QString, 4> titles = {left, right, tr("Estimate"), beside};
  for (const Which which : kAll) {
    m_panes[which]->setTitle(titles[which]);
    m_tabs->setTabText(which, titles[which]);
    const MatrixPtr& matrix = m_pictures->matrix(pictureOf(which));
    if (which == Estimate || !matrix) continue;
    m_panes[which]->setRemark(tr("%1 × %2").arg(showCount(matrix->rows()), showCount(matrix->cols())));
  }
  const Index drawn = m_pictures->drawsInFrame(), all = m_controller.pairs();
  const bool some = m_pictures->frame(ProductPictures::Whole) && drawn < all;
  m_panes[Estimate]->setRemark(some ? tr("%1 of %2 drawn").arg(showCount(drawn), showCount(all))
                                    : tr("r = %1").arg(showCount(all)));
  if (showsProduct()) return;
  const AnalysisPtr analysis = m_controller.analysis();
  const bool known = !some && analysis && analysis->errors.froRelative;
  m_panes[Beside]->setRemark(known ? showPercent(*analysis->errors.froRelative) : QString());
}

void ProductStrip::showLayout() {
  const std::string chosen = viewValue(m_session.state(), "product-picture");
  const bool folded = isFolded();
  for (const Which which : kAll) {
    const bool front = chosen == kPictures[which];
    m_panes[which]->setVisible(!folded || front);
    if (!front) continue;
    const QSignalBlocker blocked(m_tabs);
    m_tabs->setCurrentIndex(which);
  }
  m_tabs->setVisible(folded);
  for (ColourBar* bar : m_bars) bar->setVisible(!folded);  // the picture needs the height more
  const auto shown = [this](Which which) { return isVisible() && !m_panes[which]->isHidden(); };
  m_pictures->setShown(shown(Left), shown(Right), shown(Estimate) || shown(Beside), shown(Beside) && !showsProduct());
  if (std::exchange(m_showsProduct, showsProduct()) != showsProduct()) {
    if (m_pictures->frame(ProductPictures::Whole)) showFrame(ProductPictures::Whole);
    showTexts();
  }
  if (!m_ranges.isActive()) m_ranges.start();
}

void ProductStrip::applyView(const View& view, Canvas* source) {
  for (const Which which : {Estimate, Beside}) {
    if (m_panes[which]->canvas() != source) m_panes[which]->canvas()->setView(view);
  }
}

void ProductStrip::inspect(Which which, Index row, Index col) {
  const ProductPictures::Which of = pictureOf(which);
  const MatrixPtr& matrix = m_pictures->matrix(of);
  const FramePtr& frame = m_pictures->frame(of);
  if (!matrix || !frame || row < 0 || col < 0) {
    emit inspected({});
    return;
  }
  const Index channels = m_pictures->channels(of), width = matrix->cols() / channels;
  QStringList values;
  for (Index c = 0; c < channels; ++c) values << showNumber(matrix->at(row, c * width + col));
  QString text =
      tr("row %1, column %2 · %3 = %4")
          .arg(showCount(row), showCount(col), of == ProductPictures::Whole ? m_product : m_panes[which]->title(),
               values.join(QStringLiteral("  ")));
  if (of == ProductPictures::Whole && channels == 1) {
    const double estimate = m_pictures->estimateAt(row, col);
    text += tr(" · estimate %1 · residual %2").arg(showNumber(estimate), showNumber(matrix->at(row, col) - estimate));
  }
  emit inspected(text);
}

void ProductStrip::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  if ((event->oldSize().width() < kNarrow) != isFolded() || !event->oldSize().isValid()) showLayout();
}

void ProductStrip::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  showLayout();
}

void ProductStrip::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  showLayout();
}

}  // namespace rankscope::ui
