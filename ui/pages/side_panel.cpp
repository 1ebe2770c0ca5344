// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/side_panel.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/pages/input_card.h"
#include "ui/pages/matrix_controller.h"
#include "ui/pages/result_card.h"
#include "ui/theme/theme.h"
#include "ui/theme/translated.h"
#include "ui/widgets/number_edit.h"
#include "ui/widgets/param_form.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/rank_slider.h"

namespace rankscope::ui {
namespace {

constexpr RankRule kRules[] = {RankRule::GavishDonoho, RankRule::Elbow, RankRule::Numerical};

QHBoxLayout* addRow(QVBoxLayout* column, const QString& label, QWidget* editor, QWidget* parent) {
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  auto* words = makeNote(label, parent);
  words->setWordWrap(false);
  words->setBuddy(editor);
  row->addWidget(words);
  row->addStretch(1);
  row->addWidget(editor);
  column->addLayout(row);
  return row;
}

}  // namespace

SidePanel::SidePanel(MatrixRoomController& controller, Session& session, QWidget* parent)
    : QScrollArea(parent), m_controller(controller), m_session(session) {
  setObjectName(QStringLiteral("sidePanel"));
  setFrameShape(QFrame::NoFrame);
  setWidgetResizable(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFocusPolicy(Qt::NoFocus);
  setProperty("panel", true);
  auto* page = new QFrame(this);
  page->setProperty("panel", true);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(14, 14, 14, 14);
  column->setSpacing(8);
  buildMethod(column);
  buildDial(column);
  // One widget around them: each that is shown by itself asks the display where the pointer is, and waits for the
  // answer.
  m_ofInput = new QWidget(page);
  auto* cards = new QVBoxLayout(m_ofInput);
  cards->setContentsMargins(0, 0, 0, 0);
  cards->setSpacing(column->spacing());
  cards->addWidget(makeDivider(m_ofInput));
  cards->addWidget(new ResultCard(controller, session, m_ofInput));
  cards->addWidget(makeDivider(m_ofInput));
  cards->addWidget(new InputCard(controller, session, m_ofInput));
  cards->addWidget(makeDivider(m_ofInput));
  buildLinks(cards);
  column->addWidget(m_ofInput);
  column->addStretch(1);
  setWidget(page);

  connect(&session, &Session::stateChanged, this, &SidePanel::showMethod);
  connect(&controller, &MatrixRoomController::inputChanged, this, &SidePanel::showMethod);
  connect(&controller, &MatrixRoomController::rankMoved, this, &SidePanel::showRank);
  connect(&controller, &MatrixRoomController::analysisChanged, this, [this] {
    showRules();
    showRank();
  });
  showMethod();
}

void SidePanel::buildMethod(QVBoxLayout* column) {
  QWidget* page = column->parentWidget();
  column->addWidget(makeSectionLabel(tr("Method"), page));
  m_method = new QComboBox(page);
  m_method->setObjectName(QStringLiteral("methodCombo"));
  m_method->setAccessibleName(tr("Method"));
  m_method->setMinimumContentsLength(12);
  m_method->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  for (const Method& method : methods()) {
    if (method.kind != Kind::Matrix) continue;
    m_method->addItem(translated(Text(method.title)), QString::fromStdString(method.id));
    m_method->setItemData(m_method->count() - 1, translated(Text(method.help)), Qt::ToolTipRole);
  }
  column->addWidget(m_method);
  connect(m_method, &QComboBox::activated, this,
          [this](int index) { m_controller.setMethod(m_method->itemData(index).toString().toStdString()); });
  m_form = new ParamForm(page);
  m_form->setObjectName(QStringLiteral("methodForm"));
  column->addWidget(m_form);
  connect(m_form, &ParamForm::edited, this, [this] { m_controller.setParams(m_form->values()); });
  m_seedRow = new QWidget(page);
  auto* row = new QHBoxLayout(m_seedRow);
  row->setContentsMargins(0, 0, 0, 0);
  auto* label = new QLabel(tr("Seed"), m_seedRow);
  m_seed = new QSpinBox(m_seedRow);
  m_seed->setObjectName(QStringLiteral("seedSpin"));
  m_seed->setAccessibleName(tr("Seed of the random numbers"));
  m_seed->setToolTip(tr("The same seed gives the same result, bit for bit"));
  m_seed->setRange(0, 999999999);
  m_seed->setKeyboardTracking(false);
  m_seed->setAlignment(Qt::AlignRight);
  m_seed->setFixedWidth(96);
  label->setBuddy(m_seed);
  row->addWidget(label);
  row->addStretch(1);
  row->addWidget(m_seed);
  column->addWidget(m_seedRow);
  connect(m_seed, &QSpinBox::valueChanged, this,
          [this](int seed) { m_controller.setSeed(static_cast<std::uint64_t>(seed)); });
}

void SidePanel::buildDial(QVBoxLayout* column) {
  QWidget* page = column->parentWidget();
  auto* row = new QHBoxLayout;
  m_dialLabel = new QLabel(tr("Rank"), page);
  m_rank = new QSpinBox(page);
  m_rank->setObjectName(QStringLiteral("rankSpin"));
  m_rank->setAccessibleName(tr("Rank"));
  m_rank->setAlignment(Qt::AlignRight);
  m_rank->setFixedWidth(96);
  m_rank->setKeyboardTracking(false);
  m_dialLabel->setBuddy(m_rank);
  row->addWidget(m_dialLabel);
  row->addStretch(1);
  row->addWidget(m_rank);
  column->addSpacing(4);
  column->addLayout(row);
  m_slider = new RankSlider(page);
  m_slider->setObjectName(QStringLiteral("rankSlider"));
  m_slider->setAccessibleName(tr("Rank"));
  column->addWidget(m_slider);
  m_channelRanks = makeNote({}, page);
  m_channelRanks->setObjectName(QStringLiteral("channelRanks"));
  column->addWidget(m_channelRanks);

  m_rankWays = new QWidget(page);
  auto* ways = new QVBoxLayout(m_rankWays);
  ways->setContentsMargins(0, 0, 0, 0);
  ways->setSpacing(column->spacing());
  m_energy = new PercentEdit(m_rankWays);
  m_energy->setObjectName(QStringLiteral("energyEdit"));
  m_energy->setAccessibleName(tr("Keep energy, per cent of the sum of squared singular values"));
  m_tolerance = new PercentEdit(m_rankWays);
  m_tolerance->setObjectName(QStringLiteral("toleranceEdit"));
  m_tolerance->setAccessibleName(tr("Stay within relative Frobenius error, per cent"));
  for (PercentEdit* edit : {m_energy, m_tolerance}) edit->setFixedWidth(96);
  m_rule = new QComboBox(m_rankWays);
  m_rule->setObjectName(QStringLiteral("ruleCombo"));
  m_rule->setAccessibleName(tr("Rank rule"));
  m_rule->setToolTip(
      tr("Gavish–Donoho: the optimal cut under white noise. Elbow: the bend of the spectrum. "
         "Numerical: all that is above rounding."));
  m_rule->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_rule->setProperty("role", "quiet");
  addRow(ways, tr("or keep energy"), m_energy, m_rankWays);
  addRow(ways, tr("or stay within error"), m_tolerance, m_rankWays);
  addRow(ways, tr("rule"), m_rule, m_rankWays);
  column->addWidget(m_rankWays);

  connect(m_rank, &QSpinBox::valueChanged, this, [this](int rank) { m_controller.setRank(rank); });
  connect(m_slider, &QAbstractSlider::sliderPressed, &m_controller, &MatrixRoomController::beginGesture);
  connect(m_slider, &QAbstractSlider::sliderReleased, &m_controller, &MatrixRoomController::endGesture);
  connect(m_slider, &QAbstractSlider::valueChanged, this, [this](int rank) { m_controller.setRank(rank); });
  connect(m_energy, &PercentEdit::committed, &m_controller, &MatrixRoomController::setEnergy);
  connect(m_tolerance, &PercentEdit::committed, &m_controller, &MatrixRoomController::setTolerance);
  connect(m_rule, &QComboBox::activated, this, [this](int index) {
    if (index == 0) {
      m_controller.setRank(m_controller.rank());
    } else {
      m_controller.setRule(kRules[index - 1]);
    }
  });
}

void SidePanel::buildLinks(QVBoxLayout* column) {
  m_links = new QWidget(column->parentWidget());
  auto* row = new QHBoxLayout(m_links);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(2);
  const auto add = [&](const QString& name, const QString& text, const QString& tip, void (SidePanel::*signal)()) {
    QPushButton* link = makeLink(text, m_links);
    link->setObjectName(name);
    link->setToolTip(tip);
    connect(link, &QPushButton::clicked, this, signal);
    row->addWidget(link);
  };
  add(QStringLiteral("copyCommandLink"), tr("Copy as command"), tr("The command line that computes this"),
      &SidePanel::copyCommandWanted);
  add(QStringLiteral("pinLink"), tr("Pin result"), tr("Keep this result to compare others with"),
      &SidePanel::pinWanted);
  add(QStringLiteral("explainLink"), tr("Explain"), tr("What the method does and what the numbers mean"),
      &SidePanel::explainWanted);
  row->addStretch(1);
  column->addWidget(m_links);
}

void SidePanel::showMethod() {
  const MatrixRoom& room = m_session.state().matrix;
  const Method* method = findMethod(room.method);
  const QSignalBlocker blockMethod(m_method), blockSeed(m_seed), blockForm(m_form);
  m_method->setCurrentIndex(m_method->findData(QString::fromStdString(room.method)));
  if (method) {
    m_method->setToolTip(translated(Text(method->help)));
    ParamScope scope{.rows = 1, .cols = 1, .precision = m_session.state().precision};
    if (m_controller.input()) {
      scope.rows = m_controller.input()->matrix->rows();
      scope.cols = m_controller.input()->matrix->cols();
      if (m_controller.spec() && m_controller.spec()->view.perChannel) scope.cols /= m_controller.channelCount();
    }
    scope.dial = m_controller.rank();
    // The tolerance of a method that finds its rank is the field below.
    std::vector<ParamSpec> params = method->params;
    if (method->ownTolerance) std::erase_if(params, [](const ParamSpec& p) { return p.name == "tol"; });
    m_form->setParams(params, room.params, scope);
  }
  const Dial& dial = m_controller.dial();
  const QString size = translated(Text(dial.title));
  m_dialLabel->setText(size);
  m_rank->setAccessibleName(size);
  m_slider->setAccessibleName(size);
  m_rankWays->setVisible(dial.isRank);
  const bool optimal = m_controller.isOptimal();
  const QString bySpectrum =
      tr("Turned into a rank by the exact spectrum; the method itself may keep less at that rank");
  m_energy->setToolTip(optimal ? QString() : bySpectrum);
  m_tolerance->setToolTip(optimal                          ? QString()
                          : method && method->ownTolerance ? tr("The method raises its rank until it is that near")
                                                           : bySpectrum);
  m_ofInput->setVisible(m_controller.input() != nullptr);
  m_form->setVisible(method && !method->params.empty());
  m_seedRow->setVisible(method && draws(*method, room.params));
  m_seed->setValue(static_cast<int>(std::min<std::uint64_t>(room.seed, 999999999)));
  showRules();
  showRank();
}

void SidePanel::showRules() {
  const QSignalBlocker block(m_rule);
  const RankCurves& curves = m_controller.curves();
  const QStringList names = {tr("Gavish–Donoho"), tr("Elbow"), tr("Numerical")};
  m_rule->clear();
  m_rule->addItem(tr("none"));
  for (int i = 0; i < names.size(); ++i) {
    m_rule->addItem(curves.known() && curves.exact()
                        ? tr("%1 → %2").arg(names[i], showCount(curves.ruleRank(kRules[i])))
                        : names[i]);
  }
  const auto* rule = std::get_if<ByRule>(&m_session.state().matrix.budget);
  const auto* place = rule ? std::find(std::begin(kRules), std::end(kRules), rule->rule) : std::end(kRules);
  m_rule->setCurrentIndex(place == std::end(kRules) ? 0 : static_cast<int>(place - std::begin(kRules)) + 1);
  fitRule();
}

/// As wide as what is chosen, so that it ends where the numbers above it end; the list is as wide as it needs.
void SidePanel::fitRule() {
  constexpr int kFrame = 52;  // arrow, paddings and border
  const QFontMetrics metrics(m_rule->font());
  m_rule->setFixedWidth(metrics.horizontalAdvance(m_rule->currentText()) + kFrame);
  int widest = 0;
  for (int i = 0; i < m_rule->count(); ++i) widest = std::max(widest, metrics.horizontalAdvance(m_rule->itemText(i)));
  m_rule->view()->setMinimumWidth(widest + kFrame);
}

void SidePanel::showRank() {
  const bool usable = m_controller.input() != nullptr && m_controller.stage() != Stage::Unusable;
  const QSignalBlocker blockRank(m_rank), blockSlider(m_slider), blockRule(m_rule);
  const std::vector<Index> ranks = m_controller.ranks();
  // Without an input the wish is shown, though it cannot be moved.
  const int most = static_cast<int>(std::max(ranks.front(), m_controller.maxRank()));
  m_rank->setRange(1, most);
  m_slider->setRange(1, m_controller.input() ? most : 1);
  m_rank->setValue(static_cast<int>(ranks.front()));
  m_slider->setValue(static_cast<int>(ranks.front()));
  for (QWidget* widget :
       {static_cast<QWidget*>(m_rank), static_cast<QWidget*>(m_slider), static_cast<QWidget*>(m_energy),
        static_cast<QWidget*>(m_tolerance), static_cast<QWidget*>(m_rule), m_links}) {
    widget->setEnabled(usable);
  }
  const bool differ =
      ranks.size() > 1 && std::any_of(ranks.begin(), ranks.end(), [&](Index r) { return r != ranks[0]; });
  m_channelRanks->setVisible(differ);
  if (differ && m_controller.input()) {
    QStringList each;
    for (std::size_t i = 0; i < ranks.size(); ++i) {
      const QString channel = QString::fromStdString(m_controller.input()->matrix->channels()[i].name);
      each << QStringLiteral("%1 %2").arg(channel, showCount(ranks[i]));
    }
    m_channelRanks->setText(tr("each its own: %1").arg(each.join(QStringLiteral(" · "))));
  }
  const RankCurves& curves = m_controller.curves();
  const Budget& budget = m_session.state().matrix.budget;
  if (curves.known()) {
    const auto* energy = std::get_if<ByEnergy>(&budget);
    const auto* tolerance = std::get_if<ByTolerance>(&budget);
    const bool optimal = m_controller.isOptimal();
    m_energy->setShare(energy ? energy->share : curves.energy(ranks), !energy && !(optimal && curves.exact()));
    const ErrorNow error = m_controller.error();
    const bool known = error.sign == ErrorNow::Equal || error.sign == ErrorNow::About;
    // Muted layers raise the error, and not the rank that a tolerance asks for.
    const double now = optimal ? curves.froRelative(ranks) : known ? error.value : -1;
    m_tolerance->setShare(tolerance ? tolerance->relative : now,
                          !tolerance && (optimal ? !curves.exact() : error.sign == ErrorNow::About));
  } else {
    m_energy->setShare(-1, false);
    m_tolerance->setShare(-1, false);
  }
  const auto* rule = std::get_if<ByRule>(&budget);
  if (!rule) m_rule->setCurrentIndex(0);
  fitRule();
}

}  // namespace rankscope::ui
