// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_dialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/theme/theme.h"
#include "ui/theme/translated.h"
#include "ui/widgets/parts.h"

namespace rankscope::ui {
namespace {

constexpr std::size_t kMostRanks = 100;

QString listOf(const std::vector<Index>& ranks) {
  QStringList texts;
  for (const Index rank : ranks) texts << QString::number(rank);
  return texts.join(QStringLiteral(", "));
}

}  // namespace

std::vector<Index> doublingRanks(Index most) {
  std::vector<Index> ranks;
  for (Index rank = 1; rank <= most; rank *= 2) ranks.push_back(rank);
  return ranks;
}

CompareDialog::CompareDialog(const SessionState& state, const AnyMatrix& X, Index maxRank, QWidget* parent)
    : QDialog(parent) {
  setObjectName(QStringLiteral("compareDialog"));
  setWindowTitle(tr("Compare methods"));
  setAccessibleName(windowTitle());
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 16, 16, 12);
  column->setSpacing(8);
  column->addWidget(makeSectionLabel(tr("Methods"), this));
  QScrollArea* scroll = makeScroll(this);
  auto* holder = new QWidget(scroll);
  auto* list = new QVBoxLayout(holder);
  list->setContentsMargins(0, 0, 8, 0);
  list->setSpacing(4);
  const std::vector<ComparedMethod>& before = state.comparison.methods;
  for (const Method& method : methods()) {
    if (method.kind != Kind::Matrix) continue;
    const auto wished =
        std::find_if(before.begin(), before.end(), [&](const ComparedMethod& one) { return one.id == method.id; });
    ComparedMethod compared{.id = method.id, .params = {}};
    if (wished != before.end()) compared.params = wished->params;
    if (state.matrix.method == method.id) compared.params = state.matrix.params;
    QString text = translated(Text(method.title));
    QStringList set;
    for (const auto& [name, value] : compared.params) {
      set << QStringLiteral("%1 = %2").arg(QString::fromStdString(name), QString::fromStdString(showValue(value)));
    }
    if (!set.isEmpty()) text += QStringLiteral("  (%1)").arg(set.join(QStringLiteral(", ")));
    auto* box = new QCheckBox(text.replace(u'&', QStringLiteral("&&")), holder);
    box->setObjectName(QStringLiteral("compare_%1").arg(QString::fromStdString(method.id)));
    const bool able = method.complex || !X.isComplex();
    box->setEnabled(able);
    box->setToolTip(able ? translated(Text(method.help)) : tr("It works on real matrices."));
    const bool first =
        before.empty() && (method.id == "svd" || method.id == "rsvd" || method.id == state.matrix.method);
    box->setChecked(able && (first || wished != before.end()));
    connect(box, &QCheckBox::toggled, this, &CompareDialog::check);
    list->addWidget(box);
    m_methods.push_back(compared);
    m_boxes.push_back(box);
  }
  list->addStretch(1);
  scroll->setWidget(holder);
  column->addWidget(scroll, 1);
  column->addWidget(makeSectionLabel(tr("Ranks"), this));
  m_ranks =
      new QLineEdit(listOf(state.comparison.ranks.empty() ? doublingRanks(maxRank) : state.comparison.ranks), this);
  m_ranks->setObjectName(QStringLiteral("compareRanks"));
  m_ranks->setAccessibleName(tr("Ranks to compare at"));
  column->addWidget(m_ranks);
  m_note = makeNote({}, this);
  m_note->setObjectName(QStringLiteral("compareNote"));
  m_note->setMinimumHeight(2 * fontMetrics().height());
  m_note->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  column->addWidget(m_note);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  m_compare = addPrimary(buttons, tr("Compare"), QStringLiteral("compareStart"));
  column->addWidget(buttons);
  connect(m_ranks, &QLineEdit::textChanged, this, &CompareDialog::check);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  resize(440, 420);
  check();
}

void CompareDialog::check() {
  m_wish.reset();
  Comparison wish;
  for (std::size_t i = 0; i < m_boxes.size(); ++i) {
    if (m_boxes[i]->isChecked()) wish.methods.push_back(m_methods[i]);
  }
  QString problem;
  static const QRegularExpression kBetween(QStringLiteral("[,;\\s]+"));
  for (const QString& typed : m_ranks->text().split(kBetween, Qt::SkipEmptyParts)) {
    bool whole = false;
    const qlonglong rank = typed.toLongLong(&whole);
    if (!whole || rank < 1) problem = tr("“%1” is no rank: whole numbers from 1, such as 1, 2, 4, 8").arg(typed);
    wish.ranks.push_back(static_cast<Index>(rank));
  }
  if (problem.isEmpty() && wish.methods.empty()) problem = tr("Tick at least one method.");
  if (problem.isEmpty() && wish.ranks.empty()) problem = tr("Give at least one rank, such as 1, 2, 4, 8.");
  if (problem.isEmpty() && wish.ranks.size() > kMostRanks)
    problem = tr("At most %1 ranks.").arg(showCount(static_cast<qlonglong>(kMostRanks)));
  if (problem.isEmpty()) {
    if (const auto refused = refuseComparison(wish.methods, wish.ranks)) problem = translated(*refused);
  }
  if (problem.isEmpty()) m_wish = wish;
  m_note->setText(!problem.isEmpty()
                      ? problem
                      : tr("%n results. A method whose size is no rank gets the largest with as few numbers.", nullptr,
                           static_cast<int>(wish.methods.size() * wish.ranks.size())));
  m_compare->setEnabled(m_wish.has_value());
}

}  // namespace rankscope::ui
