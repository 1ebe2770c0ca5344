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
    table.rows.push_back(QStringList{QString::fromStdString(exact(entry.first))} + entry.second);
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
