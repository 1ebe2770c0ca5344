// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/error_tab.h"

#include <QApplication>
#include <QClipboard>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QTableWidget>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/pages/compare_book.h"
#include "ui/plots/figures.h"
#include "ui/plots/plot_view.h"
#include "ui/theme/theme.h"
#include "ui/theme/translated.h"
#include "ui/widgets/parts.h"

namespace rankscope::ui {
namespace {

constexpr int kWide = 700;  // pixels, from where plot and table stand side by side

/// Sorts by the number behind its text, and what has none last.
class NumberItem : public QTableWidgetItem {
 public:
  NumberItem(const QString& text, const std::optional<double>& value)
      : QTableWidgetItem(text), m_value(value.value_or(std::numeric_limits<double>::infinity())) {
    setData(Qt::UserRole, value ? QString::fromStdString(exact(*value)) : QString());
    setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
  }
  bool operator<(const QTableWidgetItem& other) const override {
    const auto* number = dynamic_cast<const NumberItem*>(&other);
    return number ? m_value < number->m_value : QTableWidgetItem::operator<(other);
  }

 private:
  double m_value;
};

const QString kNothing = QStringLiteral("–");

QString percentOf(const std::optional<double>& share) { return share ? showPercent(*share) : kNothing; }

/// Rounding is no excess, and a hair's breadth needs no digits.
QString excessOf(const std::optional<double>& excess) {
  constexpr double kRounding = 1e-9, kHair = 5e-5;
  if (!excess) return kNothing;
  if (std::abs(*excess) < kRounding) return showPercent(0);
  return std::abs(*excess) < kHair ? QStringLiteral("≈ %1").arg(showPercent(0)) : showPercent(*excess, 3);
}

}  // namespace

ErrorTab::ErrorTab(CompareBook& book, QWidget* parent) : QWidget(parent), m_book(book) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 4, 0, 0);
  column->setSpacing(2);
  auto* strip = new QHBoxLayout;
  strip->setSpacing(10);
  auto* compare = makeLink(tr("Compare methods…"), this);
  compare->setObjectName(QStringLiteral("compareMethods"));
  m_state = new QLabel(this);
  m_state->setObjectName(QStringLiteral("compareState"));
  m_state->setProperty("role", "muted");
  m_progress = new QProgressBar(this);
  m_progress->setObjectName(QStringLiteral("compareProgress"));
  m_progress->setAccessibleName(tr("Progress of the comparison"));
  m_progress->setTextVisible(false);
  m_progress->setFixedWidth(80);
  const auto link = [this](const QString& text, const char* name) {
    QPushButton* button = makeLink(text, this);
    button->setObjectName(QString::fromLatin1(name));
    return button;
  };
  m_stop = link(tr("Cancel"), "compareCancel");
  m_run = link(tr("Compute"), "compareRun");
  m_remove = link(tr("Remove"), "compareRemove");
  m_swap = link(tr("Table"), "compareSwap");
  m_swap->setCheckable(true);
  strip->addWidget(compare);
  strip->addWidget(m_state);
  strip->addWidget(m_progress);
  strip->addWidget(m_stop);
  strip->addWidget(m_run);
  strip->addStretch(1);
  strip->addWidget(m_swap);
  strip->addWidget(m_remove);
  column->addLayout(strip);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  m_plot = new PlotView(this);
  m_plot->setObjectName(QStringLiteral("errorPlot"));
  m_plot->setAccessibleName(tr("Error against budget"));
  row->addWidget(m_plot, 1);
  buildTable();
  row->addWidget(m_table);
  column->addLayout(row, 1);

  connect(compare, &QPushButton::clicked, this, &ErrorTab::compareWanted);
  connect(m_stop, &QPushButton::clicked, &book, &CompareBook::cancel);
  connect(m_run, &QPushButton::clicked, &book, &CompareBook::run);
  connect(m_remove, &QPushButton::clicked, &book, &CompareBook::clear);
  connect(m_swap, &QPushButton::toggled, this, &ErrorTab::arrange);
  connect(&book, &CompareBook::changed, this, &ErrorTab::refresh);
  connect(m_plot, &PlotView::hovered, this, [this](double x, double) {
    if (m_book.known() > 0) QToolTip::showText(QCursor::pos() + QPoint(12, 8), reading(x), m_plot);
  });
  refresh();
}

void ErrorTab::buildTable() {
  m_table = new QTableWidget(0, 7, this);
  m_table->setObjectName(QStringLiteral("compareTable"));
  m_table->setAccessibleName(tr("The comparison as a table"));
  m_table->setHorizontalHeaderLabels(
      {tr("Method"), tr("Rank"), tr("Size"), tr("Numbers"), tr("Error"), tr("Excess"), tr("Time")});
  m_table->horizontalHeaderItem(1)->setToolTip(tr("the budget: as many numbers as this rank has, r(n + m)"));
  m_table->horizontalHeaderItem(2)->setToolTip(tr("the size of the method itself: rank, block rank"));
  m_table->horizontalHeaderItem(5)->setToolTip(tr("over the best possible with as many numbers"));
  m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->setShowGrid(false);
  m_table->verticalHeader()->hide();
  m_table->verticalHeader()->setDefaultSectionSize(22);
  m_table->horizontalHeader()->setHighlightSections(false);
  m_table->horizontalHeader()->setMinimumSectionSize(30);
  m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
  m_table->horizontalHeaderItem(0)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  m_table->setFont(sizedFont(11));
  m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
  m_table->setSortingEnabled(true);
  m_table->setContextMenuPolicy(Qt::CustomContextMenu);
  m_table->installEventFilter(this);
  connect(m_table, &QWidget::customContextMenuRequested, this, &ErrorTab::showMenu);
}

void ErrorTab::refresh() {
  const bool wish = m_book.hasWish(), running = m_book.isRunning();
  const auto known = static_cast<int>(m_book.known()), total = static_cast<int>(m_book.total());
  m_state->setText(!wish            ? tr("several methods over a grid of ranks")
                   : known == total ? tr("%n results", nullptr, known)
                                    : tr("%1 of %2").arg(showCount(known), showCount(total)));
  m_progress->setRange(0, std::max(1, total));
  m_progress->setValue(known);
  m_progress->setVisible(running);
  m_stop->setVisible(running);
  m_run->setVisible(wish && !running && known < total);
  m_remove->setVisible(wish && !running);
  m_table->setSortingEnabled(false);
  const std::vector<CompareRow> rows = m_book.rows();
  m_table->setRowCount(static_cast<int>(rows.size()));
  int place = 0;
  for (const CompareRow& row : rows) {
    QStringList about;
    for (const Text& notice : row.notices) about << translated(notice);
    if (row.failure) about << translated(*row.failure);
    auto* method = new QTableWidgetItem(QString::fromStdString(row.method).toUpper());
    method->setForeground(seriesColour(methodColour(row.method), theme()));
    const std::optional<double> dial = row.dial ? std::optional<double>(static_cast<double>(*row.dial)) : std::nullopt;
    const std::optional<double> error = row.errors.froRelative;
    const std::vector<QTableWidgetItem*> items = {
        method,
        new NumberItem(showCount(row.rank), static_cast<double>(row.rank)),
        new NumberItem(row.dial ? showCount(*row.dial) : kNothing, dial),
        new NumberItem(row.parameters ? showCount(static_cast<qlonglong>(*row.parameters)) : kNothing, row.parameters),
        new NumberItem(row.failure ? tr("failed") : percentOf(error), error),
        new NumberItem(excessOf(row.errors.excess), row.errors.excess),
        new NumberItem(row.seconds ? showSeconds(*row.seconds) : kNothing, row.seconds)};
    for (std::size_t c = 0; c < items.size(); ++c) {
      items[c]->setToolTip(about.join(u'\n'));
      m_table->setItem(place, static_cast<int>(c), items[c]);
    }
    ++place;
  }
  m_table->setSortingEnabled(true);
  // A size that is the rank says nothing twice.
  const bool sizes =
      std::any_of(rows.begin(), rows.end(), [](const CompareRow& r) { return r.dial && *r.dial != r.rank; });
  m_table->setColumnHidden(2, !sizes);
  // By hand: the header's own hint keeps room for a sort arrow in every column.
  const QFontMetrics head(sizedFont(11, QFont::DemiBold)), cell(m_table->font());
  for (int c = 0; c < m_table->columnCount(); ++c) {
    int widest = head.horizontalAdvance(m_table->horizontalHeaderItem(c)->text());
    for (int r = 0; r < m_table->rowCount(); ++r)
      widest = std::max(widest, cell.horizontalAdvance(m_table->item(r, c)->text()));
    m_table->setColumnWidth(c, widest + 20);
  }
  arrange();
}

void ErrorTab::arrange() {
  const bool wish = m_book.hasWish(), wide = width() >= kWide;
  m_swap->setVisible(wish && !wide);
  const bool tableAlone = wish && !wide && m_swap->isChecked();
  m_table->setVisible(wish && (wide || tableAlone));
  m_plot->setVisible(!tableAlone);
  // As wide as its columns, and little more than the plot.
  constexpr int kScrollBar = 16;
  const int room = std::min(m_table->horizontalHeader()->length() + kScrollBar, width() * 11 / 20);
  m_table->setMinimumWidth(wide ? room : 0);
  m_table->setMaximumWidth(wide ? room : QWIDGETSIZE_MAX);
}

void ErrorTab::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange();
}

FigureTable ErrorTab::table() const {
  FigureTable table;
  if (m_table->rowCount() == 0) return table;
  for (int c = 0; c < m_table->columnCount(); ++c) table.header << m_table->horizontalHeaderItem(c)->text();
  for (int r = 0; r < m_table->rowCount(); ++r) {
    QStringList cells = {m_table->item(r, 0)->text()};
    for (int c = 1; c < m_table->columnCount(); ++c) cells << m_table->item(r, c)->data(Qt::UserRole).toString();
    table.rows.push_back(cells);
  }
  return table;
}

QString ErrorTab::reading(double x) const {
  const Figure& figure = m_plot->figure();
  x = std::round(x);  // ranks, numbers and flops are counted
  QString text = QStringLiteral("<b>%1 %2</b><table>").arg(figure.x.title.toHtmlEscaped(), showCount(std::llround(x)));
  for (const BudgetReading& one : equalBudget(figure, x)) {
    text += QStringLiteral("<tr><td style='color:%1'>%2</td><td align='right'>&nbsp; %3</td><td>&nbsp; %4</td></tr>")
                .arg(seriesColour(one.colour, theme()).name(), one.name.toHtmlEscaped(), showPercent(one.error),
                     tr("at %1").arg(showCount(std::llround(one.at))));
  }
  return text + QStringLiteral("</table>");
}

void ErrorTab::showMenu(const QPoint& at) {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const auto copy = [this](QChar separator) { QApplication::clipboard()->setText(textOf(table(), separator)); };
  menu->addAction(tr("Copy table"), this, [copy] { copy(u'\t'); });
  menu->addAction(tr("Copy as CSV"), this, [copy] { copy(u','); });
  menu->addAction(tr("Copy the comparison as command"), this, &ErrorTab::copyCommandWanted);
  menu->popup(m_table->viewport()->mapToGlobal(at));
}

// Ctrl+C copies the table while it has the focus, and not the picture.
bool ErrorTab::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_table && (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress)) {
    auto* key = static_cast<QKeyEvent*>(event);
    if (key->matches(QKeySequence::Copy)) {
      if (event->type() == QEvent::KeyPress) QApplication::clipboard()->setText(textOf(table(), u'\t'));
      event->accept();
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace rankscope::ui
