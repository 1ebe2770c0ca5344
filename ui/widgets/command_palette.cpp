// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/command_palette.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/theme/theme.h"

namespace rankscope::ui {
namespace {

QString nameOf(const QAction* action) {
  QString name = action->text();
  name.remove(QLatin1Char('&'));
  const QString group = action->property("group").toString();
  return group.isEmpty() ? name : group + QStringLiteral(" › ") + name;
}

constexpr int kKeys = Qt::UserRole + 1;

/// The shortcut stands at the right edge.
class KeysDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    QStyledItemDelegate::paint(painter, option, index);
    painter->setPen(theme().muted);
    painter->drawText(option.rect.adjusted(0, 0, -8, 0), Qt::AlignRight | Qt::AlignVCenter,
                      index.data(kKeys).toString());
  }
};

}  // namespace

int fuzzyScore(const QString& typed, const QString& text) {
  int score = 0;
  qsizetype place = 0, last = -2;
  for (const QChar wanted : typed) {
    if (wanted.isSpace()) continue;
    const qsizetype found = text.indexOf(wanted, place, Qt::CaseInsensitive);
    if (found < 0) return -1;
    const bool wordStart = found == 0 || !text.at(found - 1).isLetterOrNumber();
    score += 1 + (found == last + 1 ? 4 : 0) + (wordStart ? 3 : 0);
    last = found;
    place = found + 1;
  }
  return score;
}

CommandPalette::CommandPalette(const QList<QAction*>& actions, QWidget* parent) : QDialog(parent), m_actions(actions) {
  setObjectName(QStringLiteral("commandPalette"));
  setWindowTitle(tr("Command palette"));
  setAccessibleName(windowTitle());
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(12, 12, 12, 12);
  column->setSpacing(8);
  m_edit = new QLineEdit(this);
  m_edit->setObjectName(QStringLiteral("paletteEdit"));
  m_edit->setPlaceholderText(tr("Type what to do"));
  m_edit->setAccessibleName(tr("Command"));
  m_list = new QListWidget(this);
  m_list->setObjectName(QStringLiteral("paletteList"));
  m_list->setAccessibleName(tr("Commands"));
  m_list->setFocusPolicy(Qt::NoFocus);
  m_list->setItemDelegate(new KeysDelegate(m_list));
  column->addWidget(m_edit);
  column->addWidget(m_list, 1);
  resize(480, 380);
  m_edit->installEventFilter(this);
  connect(m_edit, &QLineEdit::textChanged, this, &CommandPalette::filter);
  connect(m_edit, &QLineEdit::returnPressed, this, &CommandPalette::run);
  connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::run);
  filter();
}

void CommandPalette::filter() {
  std::vector<std::pair<int, qsizetype>> ranked;
  for (qsizetype i = 0; i < m_actions.size(); ++i) {
    const int score = fuzzyScore(m_edit->text(), nameOf(m_actions[i]));
    if (score >= 0) ranked.emplace_back(-score, i);
  }
  std::stable_sort(ranked.begin(), ranked.end());
  m_list->clear();
  for (const auto& entry : ranked) {
    const QAction* action = m_actions[entry.second];
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    auto* item = new QListWidgetItem(nameOf(action));
    item->setData(kKeys, keys);
    item->setData(Qt::UserRole, entry.second);
    if (!action->isEnabled()) item->setFlags(item->flags() & ~Qt::ItemIsEnabled);
    m_list->addItem(item);
  }
  m_list->setCurrentRow(0);
}

void CommandPalette::run() {
  const QListWidgetItem* item = m_list->currentItem();
  if (!item || !(item->flags() & Qt::ItemIsEnabled)) return;
  QAction* action = m_actions[item->data(Qt::UserRole).value<qsizetype>()];
  accept();
  // After the palette has gone, so that dialogs and focus belong to the window.
  QTimer::singleShot(0, action, [action] { action->trigger(); });
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_edit && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    const int step = key == Qt::Key_Down       ? 1
                     : key == Qt::Key_Up       ? -1
                     : key == Qt::Key_PageDown ? 8
                     : key == Qt::Key_PageUp   ? -8
                                               : 0;
    if (step != 0) {
      m_list->setCurrentRow(std::clamp(m_list->currentRow() + step, 0, std::max(0, m_list->count() - 1)));
      return true;
    }
  }
  return QDialog::eventFilter(watched, event);
}

}  // namespace rankscope::ui
