// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/product_page.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "core/compute/stored.h"
#include "ui/document/session_file.h"
#include "ui/pages/matrix_controller.h"
#include "ui/pages/product_controller.h"
#include "ui/pages/product_strip.h"
#include "ui/plots/figures.h"
#include "ui/plots/plot_view.h"
#include "ui/plots/product_figures.h"
#include "ui/theme/theme.h"
#include "ui/theme/translated.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/probability_bars.h"

namespace rankscope::ui {
namespace {

constexpr int kFallMs = 90;  // between two draws
constexpr int kNarrowestPlot = 120;
constexpr int kTitleWidth = 134;  // of an input, beside the arrow of its list

QString dash() { return QStringLiteral("–"); }

QString textParam(const ParamValues& params, const char* name, const char* fallback) {
  const auto found = params.find(name);
  return QString::fromStdString(found == params.end() ? fallback : std::get<std::string>(found->second));
}

QFrame* card(QWidget* parent, QWidget* content) {
  auto* frame = new QFrame(parent);
  frame->setProperty("card", true);
  auto* column = new QVBoxLayout(frame);
  column->setContentsMargins(10, 8, 10, 8);
  column->addWidget(content);
  return frame;
}

void choose(QComboBox* combo, const QString& value) { combo->setCurrentIndex(combo->findData(value)); }

/// What the parameter may be, by the words of `titles` where they have some.
void fill(QComboBox* combo, const char* param, const std::map<std::string, QString>& titles) {
  const Method* method = findMethod("cr", Kind::Product);
  const auto spec = std::find_if(method->params.begin(), method->params.end(),
                                 [&](const ParamSpec& one) { return one.name == param; });
  for (const std::string& choice : spec->choices) {
    const auto title = titles.find(choice);
    combo->addItem(title == titles.end() ? QString::fromStdString(choice) : title->second,
                   QString::fromStdString(choice));
  }
}

}  // namespace

ProductPage::ProductPage(Session& session, ComputeService& service, QWidget* parent)
    : QWidget(parent), m_session(session), m_service(service) {
  setObjectName(QStringLiteral("productPage"));
  m_controller = new ProductController(session, service, this);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  row->addWidget(buildFactors());
  auto* middle = new QWidget(this);
  auto* column = new QVBoxLayout(middle);
  column->setContentsMargins(12, 12, 12, 12);
  column->setSpacing(8);
  m_stack = new QStackedWidget(middle);
  column->addWidget(m_stack, 1);
  m_stack->addWidget(buildInvitation());
  m_stack->addWidget(buildViews());
  row->addWidget(middle, 1);
  row->addWidget(buildProperties());
  m_play.setInterval(kFallMs);
  connect(&m_play, &QTimer::timeout, this, [this] {
    const Probabilities* shown = m_controller->probabilities();
    if (!shown || ++m_fallen >= static_cast<Index>(shown->draws.size())) m_play.stop();
    if (shown) showDraws(*shown);
    if (!m_play.isActive()) showPlaying();
  });
  connect(m_controller, &ProductController::changed, this, &ProductPage::refresh);
  m_used = m_schemes;
  for (QWidget* view :
       {static_cast<QWidget*>(m_schemes), static_cast<QWidget*>(m_lower), static_cast<QWidget*>(m_bars)})
    view->installEventFilter(this);
  refresh();
}

QWidget* ProductPage::buildFactors() {
  auto* panel = new QFrame(this);
  panel->setProperty("panel", true);
  panel->setFixedWidth(208);
  auto* column = new QVBoxLayout(panel);
  column->setContentsMargins(12, 12, 12, 12);
  column->setSpacing(6);
  column->addWidget(makeSectionLabel(tr("Factors"), panel));
  const auto combo = [&](const char* name, const QString& accessible) {
    auto* box = new QComboBox(panel);
    box->setObjectName(QString::fromLatin1(name));
    box->setAccessibleName(accessible);
    box->setMinimumContentsLength(10);
    box->setPlaceholderText(tr("choose"));
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    return box;
  };
  m_form = combo("productForm", tr("Form of the product"));
  m_form->addItem(tr("X · Y"), QStringLiteral("product"));
  m_form->addItem(tr("M · I"), QStringLiteral("identity"));
  m_form->addItem(tr("Mᵀ · M"), QStringLiteral("gram"));
  column->addWidget(m_form);
  m_x = combo("productX", tr("Left factor"));
  m_xNote = makeNote({}, panel);
  m_yLabel = new QLabel(tr("Y"), panel);
  m_y = combo("productY", tr("Right factor"));
  m_yNote = makeNote({}, panel);
  m_xLabel = new QLabel(panel);
  column->addWidget(m_xLabel);
  column->addWidget(m_x);
  column->addWidget(m_xNote);
  column->addWidget(m_yLabel);
  column->addWidget(m_y);
  column->addWidget(m_yNote);
  m_swap = new QPushButton(tr("Swap X and Y"), panel);
  m_swap->setObjectName(QStringLiteral("productSwap"));
  column->addWidget(m_swap);
  column->addSpacing(8);
  auto* open = new QPushButton(tr("Open…"), panel);
  open->setObjectName(QStringLiteral("productOpen"));
  auto* gallery = new QPushButton(tr("Gallery…"), panel);
  gallery->setObjectName(QStringLiteral("productGallery"));
  column->addWidget(open);
  column->addWidget(gallery);
  column->addStretch(1);
  for (QPushButton* button : {m_swap, open, gallery}) button->setAccessibleName(button->text());
  connect(open, &QPushButton::clicked, this, &ProductPage::openWanted);
  connect(gallery, &QPushButton::clicked, this, &ProductPage::galleryWanted);
  connect(m_swap, &QPushButton::clicked, m_controller, &ProductController::swapSides);
  connect(m_form, &QComboBox::activated, this,
          [this](int index) { m_controller->setForm(m_form->itemData(index).toString().toStdString()); });
  connect(m_x, &QComboBox::activated, this, [this](int index) { m_controller->setSide(false, index); });
  connect(m_y, &QComboBox::activated, this, [this](int index) { m_controller->setSide(true, index); });
  return panel;
}

QWidget* ProductPage::buildInvitation() {
  auto* page = new QWidget(m_stack);
  auto* column = new QVBoxLayout(page);
  column->addStretch(2);
  m_message = new QLabel(page);
  m_message->setFont(sizedFont(20, QFont::DemiBold));
  m_message->setAlignment(Qt::AlignCenter);
  m_message->setWordWrap(true);
  column->addWidget(m_message);
  m_wait = makeNote({}, page);
  m_wait->setAlignment(Qt::AlignCenter);
  column->addWidget(m_wait);
  m_sample = new QPushButton(tr("Show the sample product"), page);
  m_sample->setObjectName(QStringLiteral("productSample"));
  m_compute = new QPushButton(tr("Compute"), page);
  m_compute->setObjectName(QStringLiteral("productCompute"));
  column->addSpacing(12);
  for (QPushButton* button : {m_compute, m_sample}) {
    button->setAccessibleName(button->text());
    column->addWidget(button, 0, Qt::AlignHCenter);
  }
  column->addStretch(3);
  connect(m_sample, &QPushButton::clicked, m_controller, &ProductController::openSample);
  connect(m_compute, &QPushButton::clicked, m_controller, &ProductController::retry);
  return page;
}

QWidget* ProductPage::buildViews() {
  auto* page = new QWidget(m_stack);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  m_strip = new ProductStrip(*m_controller, m_session, m_service, page);
  column->addWidget(m_strip, 4);
  m_bars = new ProbabilityBars(page);
  m_bars->setObjectName(QStringLiteral("probabilityBars"));
  column->addWidget(card(page, m_bars), 4);
  auto* lower = new QHBoxLayout;
  lower->setSpacing(8);
  auto* left = new QWidget(page);
  auto* leftColumn = new QVBoxLayout(left);
  leftColumn->setContentsMargins(0, 0, 0, 0);
  m_tabs = new QTabBar(left);
  m_tabs->setObjectName(QStringLiteral("productTabs"));
  m_tabs->setAccessibleName(tr("Plot of the trials"));
  m_tabs->addTab(tr("Spread"));
  m_tabs->addTab(tr("Mean"));
  m_tabs->setTabToolTip(0, tr("Spread of the error"));
  m_tabs->setTabToolTip(1, tr("Running mean"));
  m_tabs->setDrawBase(false);
  m_lower = new PlotView(left);
  m_lower->setObjectName(QStringLiteral("trialsPlot"));
  leftColumn->addWidget(m_tabs);
  leftColumn->addWidget(m_lower, 1);
  m_schemes = new PlotView(page);
  m_schemes->setObjectName(QStringLiteral("schemesPlot"));
  for (PlotView* plot : {m_lower, m_schemes}) plot->setMinimumWidth(kNarrowestPlot);  // they stand side by side
  lower->addWidget(card(page, left), 1);
  lower->addWidget(card(page, m_schemes), 1);
  column->addLayout(lower, 5);
  m_remark = new QLabel(page);
  m_remark->setObjectName(QStringLiteral("productRemark"));
  m_remark->setWordWrap(true);
  column->addWidget(card(page, m_remark));
  connect(m_bars, &ProbabilityBars::pressed, m_controller, &ProductController::beginGesture);
  connect(m_bars, &ProbabilityBars::released, m_controller, &ProductController::endGesture);
  connect(m_bars, &ProbabilityBars::dragged, m_controller,
          [this](qint64 pair, double share) { m_controller->setShare(static_cast<Index>(pair), share); });
  connect(m_bars, &ProbabilityBars::hovered, this, &ProductPage::inspected);
  connect(m_strip, &ProductStrip::inspected, this, &ProductPage::inspected);
  connect(m_tabs, &QTabBar::tabBarClicked, m_lower, [this] { m_used = m_lower; });
  connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
    m_session.edit(tr("Plot of the trials"), 0,
                   [&](SessionState& state) { state.view["trials-plot"] = tab == 1 ? "mean" : "spread"; });
  });
  connect(m_schemes, &PlotView::markerPressed, m_controller, &ProductController::beginGesture);
  connect(m_schemes, &PlotView::markerReleased, m_controller, &ProductController::endGesture);
  const auto toPairs = [this](double x) { m_controller->setPairs(std::llround(x)); };
  connect(m_schemes, &PlotView::markerDragged, this, [toPairs](const QString&, double x) { toPairs(x); });
  connect(m_schemes, &PlotView::clicked, this, toPairs);
  connect(m_schemes, &PlotView::stepped, this,
          [this](int steps) { m_controller->setPairs(m_session.state().product.pairs + steps); });
  connect(m_schemes, &PlotView::jumped, this,
          [this](bool toEnd) { m_controller->setPairs(toEnd ? m_controller->maxPairs() : 1); });
  return page;
}

QWidget* ProductPage::buildProperties() {
  QScrollArea* scroll = makeScroll(this);
  scroll->setProperty("panel", true);
  scroll->setFixedWidth(296);
  auto* panel = new QFrame(scroll);
  panel->setProperty("panel", true);
  scroll->setWidget(panel);
  auto* column = new QVBoxLayout(panel);
  column->setContentsMargins(12, 12, 12, 12);
  column->setSpacing(6);
  column->addWidget(makeSectionLabel(tr("Scheme"), panel));
  const auto combo = [&](const char* name, const QString& accessible) {
    auto* box = new QComboBox(panel);
    box->setObjectName(QString::fromLatin1(name));
    box->setAccessibleName(accessible);
    column->addWidget(box);
    return box;
  };
  m_scheme = combo("schemeCombo", tr("Probabilities"));
  fill(m_scheme, "scheme",
       {{"norm", tr("Norm product")},
        {"uniform", tr("Uniform")},
        {"leverage", tr("Leverage")},
        {"own", tr("Own")},
        {"top", tr("Largest r, for sure")}});
  m_replacement = combo("replacementCombo", tr("Drawing"));
  fill(m_replacement, "replacement",
       {{"with", tr("With replacement")},
        {"without", tr("Without (uniform)")},
        {"poisson", tr("Each pair by itself (Poisson)")},
        {"wta", tr("Winner takes all")}});
  const auto spin = [&](const char* name, const QString& text, int least, int most, QLabel** labelled = nullptr) {
    auto* line = new QHBoxLayout;
    auto* label = new QLabel(text, panel);
    if (labelled) *labelled = label;
    auto* box = new QSpinBox(panel);
    box->setObjectName(QString::fromLatin1(name));
    box->setAccessibleName(text);
    box->setRange(least, most);
    box->setKeyboardTracking(false);
    box->setAlignment(Qt::AlignRight);
    box->setFixedWidth(104);
    label->setBuddy(box);
    line->addWidget(label);
    line->addStretch(1);
    line->addWidget(box);
    column->addLayout(line);
    return box;
  };
  m_pairs = spin("pairsSpin", tr("Pairs r"), 1, 1);
  m_trials = spin("trialsSpin", tr("Trials"), 0, 100000, &m_trialsLabel);
  m_seed = spin("productSeed", tr("Seed"), 0, 999999999, &m_seedLabel);
  m_playButton = new QPushButton(panel);
  m_playButton->setObjectName(QStringLiteral("playDraws"));
  column->addWidget(m_playButton);
  column->addWidget(makeDivider(panel));
  column->addWidget(makeSectionLabel(tr("Expected"), panel));
  m_big = new QLabel(panel);
  m_big->setObjectName(QStringLiteral("expectedError"));
  m_big->setProperty("role", "big");
  m_big->setFont(bigNumberFont());
  column->addWidget(m_big);
  m_note = makeNote(tr("root mean square error, relative to ‖XY‖"), panel);
  column->addWidget(m_note);
  const auto number = [&](const QString& label, const char* name) {
    auto* one = new NumberRow(label, QString::fromLatin1(name), panel);
    column->addWidget(one);
    return one;
  };
  m_minimal = number(tr("Least, with replacement"), "minimalRow");
  m_uniform = number(tr("Uniform, with replacement"), "uniformRow");
  m_top = number(tr("Largest r, for sure"), "topRow");
  m_floor = number(tr("SVD, optimum"), "floorRow");
  column->addWidget(makeDivider(panel));
  column->addWidget(makeSectionLabel(tr("Measured"), panel));
  m_measured = number(tr("This estimate"), "estimateRow");
  m_rms = number(tr("Root mean square of the trials"), "rmsRow");
  m_mean = number(tr("Error of their mean"), "meanRow");
  m_copy = makeLink(tr("Copy as command"), panel);
  m_copy->setObjectName(QStringLiteral("productCopyCommand"));
  column->addWidget(m_copy, 0, Qt::AlignLeft);
  column->addStretch(1);
  connect(m_scheme, &QComboBox::activated, this,
          [this](int i) { m_controller->setParam("scheme", m_scheme->itemData(i).toString().toStdString()); });
  connect(m_replacement, &QComboBox::activated, this, [this](int i) {
    m_controller->setParam("replacement", m_replacement->itemData(i).toString().toStdString());
  });
  connect(m_pairs, &QSpinBox::valueChanged, this, [this](int pairs) { m_controller->setPairs(pairs); });
  connect(m_trials, &QSpinBox::valueChanged, this, [this](int trials) { m_controller->setTrials(trials); });
  connect(m_seed, &QSpinBox::valueChanged, this,
          [this](int seed) { m_controller->setSeed(static_cast<std::uint64_t>(seed)); });
  connect(m_playButton, &QPushButton::clicked, this, &ProductPage::playOrStop);
  connect(m_copy, &QPushButton::clicked, this, &ProductPage::copyCommandWanted);
  return scroll;
}

bool ProductPage::isSettled() const {
  return m_controller->isSettled() && m_strip->pictures().isSettled() && !m_play.isActive();
}

bool ProductPage::isTop() const {
  return textParam(m_session.state().product.params, "scheme", "norm") == QStringLiteral("top");
}

void ProductPage::playOrStop() {
  const Probabilities* shown = m_controller->probabilities();
  if (!shown) return;
  if (m_play.isActive()) {
    m_play.stop();
    m_fallen = static_cast<Index>(shown->draws.size());
  } else {
    m_play.start();
    m_fallen = 0;
  }
  showDraws(*shown);
  showPlaying();
}

void ProductPage::showDraws(const Probabilities& probabilities) {
  m_bars->setProbabilities(probabilities, m_fallen);
  m_strip->showDraws(probabilities, m_fallen);
}

void ProductPage::showPlaying() {
  m_playButton->setText(m_play.isActive() ? tr("Stop") : tr("Play the draws"));
  m_playButton->setAccessibleName(m_play.isActive() ? tr("Stop playing") : tr("Play the draws"));
  m_playButton->setEnabled(m_controller->probabilities() != nullptr);
}

void ProductPage::refresh() {
  if (m_session.state().room != "product") return;
  const Probabilities* shown = m_controller->probabilities();
  if (!shown) m_play.stop();
  showFactors();
  showProperties();
  m_stack->setCurrentIndex(shown ? 1 : 0);
  if (!shown) {
    const Stage stage = m_controller->stage();
    m_message->setText(stage == Stage::Empty     ? tr("Choose two matrices whose inner sides match")
                       : stage == Stage::Failed  ? tr("This product cannot be shown")
                       : stage == Stage::Offer   ? tr("Not computed")
                       : stage == Stage::Loading ? tr("Reading…")
                                                 : tr("Multiplying…"));
    m_wait->setText(stage == Stage::Empty ? tr("Open, drop or paste them, or take one with itself: M · I, Mᵀ · M")
                                          : QString());
    m_compute->setVisible(stage == Stage::Offer);
    m_sample->setVisible(stage == Stage::Empty);
  } else {
    if (!m_play.isActive()) m_fallen = static_cast<Index>(shown->draws.size());
    showDraws(*shown);
    showPlots();
  }
  showNumbers();
}

void ProductPage::showFactors() {
  const SessionState& state = m_session.state();
  const bool two = state.product.form == "product";
  choose(m_form, QString::fromStdString(state.product.form));
  const auto fill = [&](QComboBox* combo, QLabel* note, bool y) {
    if (m_listed != state.inputs) {  // an open list stays open while trials come in
      combo->clear();
      for (const InputSpec& input : state.inputs) {
        combo->addItem(fontMetrics().elidedText(inputTitle(input), Qt::ElideMiddle, kTitleWidth));
        combo->setItemData(combo->count() - 1, QString::fromStdString(input.location), Qt::ToolTipRole);
      }
    }
    combo->setCurrentIndex(y ? state.product.y : state.product.x);
    combo->setEnabled(!state.inputs.empty());
    combo->setToolTip(combo->currentData(Qt::ToolTipRole).toString());
    const InputSpec* spec = m_controller->spec(y);
    const Loaded* loaded = spec ? m_session.loaded(*spec) : nullptr;
    note->setText(loaded ? tr("%1 × %2").arg(showCount(loaded->matrix->rows()), showCount(loaded->matrix->cols()))
                         : QString());
  };
  fill(m_x, m_xNote, false);
  fill(m_y, m_yNote, true);
  m_listed = state.inputs;
  m_xLabel->setText(two ? tr("X") : tr("M"));
  m_x->setAccessibleName(two ? tr("Left factor") : tr("Matrix"));
  for (QWidget* widget : {static_cast<QWidget*>(m_yLabel), static_cast<QWidget*>(m_y), static_cast<QWidget*>(m_yNote),
                          static_cast<QWidget*>(m_swap)})
    widget->setVisible(two);
  m_swap->setEnabled(m_controller->isComplete());
}

void ProductPage::showProperties() {
  const ProductRoom& room = m_session.state().product;
  choose(m_scheme, textParam(room.params, "scheme", "norm"));
  const QString drawing = textParam(room.params, "replacement", "with");
  choose(m_replacement, drawing);
  const bool byNorm = !isTop() && (drawing == QStringLiteral("poisson") || drawing == QStringLiteral("wta"));
  m_scheme->setEnabled(!byNorm);
  m_scheme->setToolTip(byNorm ? tr("This way of drawing goes by the norms of the pairs, whatever the scheme")
                              : QString());
  // The largest pairs are the same every time: nothing to draw, to repeat or to play.
  const bool drawn = !isTop();
  for (QWidget* widget :
       {static_cast<QWidget*>(m_replacement), static_cast<QWidget*>(m_trials), static_cast<QWidget*>(m_trialsLabel),
        static_cast<QWidget*>(m_seed), static_cast<QWidget*>(m_seedLabel), static_cast<QWidget*>(m_playButton),
        static_cast<QWidget*>(m_rms), static_cast<QWidget*>(m_mean)})
    widget->setVisible(drawn);
  const auto set = [](QSpinBox* box, qint64 value) {
    const QSignalBlocker blocked(box);
    box->setValue(static_cast<int>(std::min<qint64>(value, box->maximum())));
  };
  {
    const QSignalBlocker blocked(m_pairs);
    m_pairs->setMaximum(static_cast<int>(std::max<Index>(room.pairs, m_controller->maxPairs())));
  }
  set(m_pairs, room.pairs);
  set(m_trials, room.trials);
  set(m_seed, static_cast<qint64>(std::min<std::uint64_t>(room.seed, 999999999)));
  showPlaying();
  m_copy->setEnabled(!command().isEmpty());
}

void ProductPage::showNumbers() {
  const Probabilities* shown = m_controller->probabilities();
  const double norm = m_controller->productNorm();
  for (NumberRow* row : {m_measured, m_minimal, m_uniform, m_top, m_floor, m_rms, m_mean}) row->setValue(dash());
  m_big->setText(dash());
  m_remark->clear();
  if (!shown || !(norm > 0)) return;
  const AnalysisPtr analysis = m_controller->analysis();
  // NaN where the squares are no numbers, as of an enormous product: showPercent says so.
  const auto relative = [&](double square) { return std::sqrt(square < 0 ? 0 : square) / norm; };
  const double expected = relative(shown->expectedSquaredError);
  m_big->setText(showPercent(expected));
  m_minimal->setValue(showPercent(relative(shown->minimalSquaredError)));
  // All numbers are of the estimate shown, which may be behind the number of pairs asked for.
  const Index pairs = m_controller->pairs();
  if (const auto beside = m_controller->beside("uniform")) m_uniform->setValue(showPercent(*beside));
  if (const auto beside = m_controller->beside("top")) m_top->setValue(showPercent(*beside));
  if (!analysis->floors.empty()) {
    const Spectrum& floor = *analysis->floors.front();
    const Index left = std::max<Index>(0, floor.sigma.size() - pairs);
    if (floor.fro > 0) m_floor->setValue(showPercent(floor.sigma.tail(left).stableNorm() / floor.fro));
  }
  const std::optional<double> one = analysis->errors.froRelative;
  if (one) m_measured->setValue(showPercent(*one));
  if (analysis->trials && analysis->trials->squaredErrors.size() > 0) {
    m_rms->setValue(showPercent(relative(analysis->trials->squaredErrors.mean())));
    m_mean->setValue(showPercent(analysis->trials->meanError.tail(1)(0) / norm));
  }
  if (isTop()) {
    m_remark->setText(
        tr("The largest pairs are the same every time: often nearer than any draw, but an average of them "
           "never comes nearer still."));
    return;
  }
  m_remark->setText(
      one && *one > 1
          ? tr("Unbiased is not accurate: the mean over draws tends to XY, yet this one estimate of %n pairs is "
               "further from XY than the zero matrix is.",
               nullptr, static_cast<int>(pairs))
          : tr("The mean over draws tends to XY. Drawn with replacement, no probabilities expect less error than the "
               "norm product."));
}

void ProductPage::showPlots() {
  const AnalysisPtr analysis = m_controller->analysis();
  if (!analysis) return;
  const Trials trials = analysis->trials ? *analysis->trials : Trials{};
  {
    const QSignalBlocker blocked(m_tabs);
    m_tabs->setCurrentIndex(viewValue(m_session.state(), "trials-plot") == "mean" ? 1 : 0);
  }
  if (m_tabs->currentIndex() == 1 && trials.meanError.size() > 0) {
    m_lower->setFigure(*diagnosticFigure(trials));
  } else {
    Figure figure = trialsFigure(trials);
    if (isTop()) figure.emptyText = tr("Nothing is drawn, so there is nothing to repeat");
    m_lower->setFigure(figure);
  }
  std::vector<SchemeCurve> curves;
  for (const ProductController::Curve& curve : m_controller->curves()) {
    const int place = m_scheme->findData(QString::fromStdString(curve.scheme));
    curves.push_back({.id = QString::fromStdString(curve.scheme),
                      .name = m_scheme->itemText(place),
                      .relative = {curve.relative.begin(), curve.relative.end()},
                      .colour = curve.scheme == "uniform"    ? kMutedColour
                                : curve.scheme == "top"      ? kWarmColour
                                : curve.scheme == "leverage" ? 2
                                                             : place + 1,
                      .dashed = curve.scheme == "uniform"});
  }
  const Spectrum* floor = analysis->floors.empty() ? nullptr : analysis->floors.front().get();
  m_schemes->setFigure(schemesFigure(m_controller->sizes(), curves, floor, m_session.state().product.pairs));
}

QString ProductPage::command() const {
  const auto arguments = toArguments(m_session.state());
  return arguments.empty() ? QString()
                           : QStringLiteral("rankscope-cli ") + QString::fromStdString(shellQuoted(arguments));
}

std::string ProductPage::storedTitle() const {
  const std::string& form = m_session.state().product.form;
  const InputSpec *left = m_controller->spec(false), *right = m_controller->spec(true);
  return titleOfProduct(left ? left->location : std::string(), right ? right->location : std::string(), form);
}

QString ProductPage::subject() const {
  if (!m_controller->isComplete()) return {};
  const std::string& form = m_session.state().product.form;
  const QString X = inputTitle(*m_controller->spec(false));
  if (form == "identity") return tr("%1 · I").arg(X);
  if (form == "gram") return tr("%1ᵀ · %1").arg(X);
  return tr("%1 · %2").arg(X, inputTitle(*m_controller->spec(true)));
}

Figure ProductPage::currentFigure() const {
  const Probabilities* shown = m_controller->probabilities();
  std::optional<Figure> figure;
  if (m_used == m_bars && shown) figure = diagnosticFigure(*shown);
  if (!figure) figure = m_used == m_lower ? m_lower->figure() : m_schemes->figure();
  if (shown) figure->caption = captionOf(*m_controller->analysis(), subject());
  return *figure;
}

bool ProductPage::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::FocusIn || event->type() == QEvent::MouseButtonPress)
    m_used = static_cast<QWidget*>(watched);
  return QWidget::eventFilter(watched, event);
}

}  // namespace rankscope::ui
