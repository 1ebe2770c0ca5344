// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/shortcut_sheet.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>
#include <map>
#include <utility>
#include <vector>

#include "ui/widgets/parts.h"

namespace rankscope::ui {
namespace {

using Lines = std::vector<std::pair<QString, QString>>;

QWidget* makeGroup(const QString& title, const Lines& lines, QWidget* parent) {
  auto* group = new QWidget(parent);
  auto* grid = new QGridLayout(group);
  grid->setContentsMargins(0, 0, 0, 8);
  grid->setHorizontalSpacing(24);
  grid->setVerticalSpacing(4);
  grid->addWidget(makeSectionLabel(title, group), 0, 0, 1, 2);
  int row = 1;
  for (const auto& line : lines) {
    grid->addWidget(new QLabel(line.first, group), row, 0);
    auto* keys = new QLabel(line.second, group);
    keys->setAlignment(Qt::AlignRight);
    keys->setProperty("role", "keys");
    grid->addWidget(keys, row, 1);
    ++row;
  }
  grid->setColumnStretch(0, 1);
  return group;
}

}  // namespace

ShortcutSheet::ShortcutSheet(const QList<QAction*>& actions, QWidget* parent) : QDialog(parent) {
  setObjectName(QStringLiteral("shortcutSheet"));
  setWindowTitle(tr("Keyboard shortcuts"));
  setAccessibleName(windowTitle());
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 16, 16, 12);
  auto* scroll = new QScrollArea(this);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setAccessibleName(windowTitle());
  auto* page = new QWidget(scroll);
  auto* halves = new QHBoxLayout(page);
  halves->setSpacing(32);
  halves->setContentsMargins(0, 0, 14, 0);
  auto* left = new QVBoxLayout;
  auto* right = new QVBoxLayout;
  halves->addLayout(left, 1);
  halves->addLayout(right, 1);

  left->addWidget(makeGroup(tr("On the spectrum and the rank slider"),
                            {{tr("Rank by one"), tr("← → or wheel")},
                             {tr("Rank by ten"), tr("Page keys, Shift + wheel")},
                             {tr("Least and greatest rank"), tr("Home, End")},
                             {tr("Choose a rank"), tr("Click, or drag the line")}},
                            page));
  left->addWidget(makeGroup(tr("On a picture"),
                            {{tr("Zoom at the cursor"), tr("Wheel")},
                             {tr("Move"), tr("Drag, or arrow keys")},
                             {tr("Fit"), tr("Double click")},
                             {tr("Flip between original and approximation"), tr("Space")}},
                            page));
  std::map<QString, Lines> groups;
  std::vector<QString> order;
  for (const QAction* action : actions) {
    if (action->shortcut().isEmpty()) continue;
    const QString group = action->property("group").toString();
    if (!groups.contains(group)) order.push_back(group);
    QString name = action->text();
    name.remove(QLatin1Char('&'));
    groups[group].emplace_back(name, action->shortcut().toString(QKeySequence::NativeText));
  }
  std::size_t leftLines = 10, rightLines = 0;
  for (const QString& group : order) {
    auto* half = leftLines <= rightLines ? left : right;
    (half == left ? leftLines : rightLines) += groups[group].size() + 2;
    half->addWidget(makeGroup(group, groups[group], page));
  }
  left->addStretch(1);
  right->addStretch(1);
  scroll->setWidget(page);
  column->addWidget(scroll, 1);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  column->addWidget(buttons);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  resize(860, 640);
}

}  // namespace rankscope::ui
