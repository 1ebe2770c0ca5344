// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/figure.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/text.h"

namespace rankscope::ui {

FigureTable tableOf(const Figure& figure) {
  FigureTable table;
  table.header << figure.x.title;
  std::map<double, QStringList> rows;
  const qsizetype columns = static_cast<qsizetype>(figure.series.size());
  for (qsizetype column = 0; column < columns; ++column) {
    const Series& series = figure.series[static_cast<std::size_t>(column)];
    table.header << (series.name.isEmpty() ? series.id : series.name);
    for (qsizetype i = 0; i < std::min(series.x.size(), series.y.size()); ++i) {
      if (std::isnan(series.x[i])) continue;
      QStringList& row = rows[series.x[i]];
      if (row.isEmpty()) row = QStringList(columns);
      if (!std::isnan(series.y[i])) row[column] = QString::fromStdString(exact(series.y[i]));
    }
  }
  for (const auto& entry : rows) {
    const auto category = static_cast<qsizetype>(entry.first) - 1;
    const bool named = category >= 0 && category < figure.x.categories.size();
    const QString x = named ? figure.x.categories[category] : QString::fromStdString(exact(entry.first));
    table.rows.push_back(QStringList{x} + entry.second);
  }
  return table;
}

QString textOf(const FigureTable& table, QChar separator) {
  QString text;
  const auto add = [&](const QStringList& cells) {
    for (qsizetype i = 0; i < cells.size(); ++i) {
      if (i > 0) text += separator;
      QString cell = cells[i];
      if (cell.contains(separator) || cell.contains(u'"') || cell.contains(u'\n')) {
        cell = u'"' + cell.replace(u'"', QStringLiteral("\"\"")) + u'"';
      }
      text += cell;
    }
    text += u'\n';
  };
  add(table.header);
  for (const QStringList& row : table.rows) add(row);
  return text;
}

}  // namespace rankscope::ui
