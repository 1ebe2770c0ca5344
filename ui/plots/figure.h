// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QVector>
#include <optional>
#include <vector>

namespace rankscope::ui {

struct FigureAxis {
  QString title;
  enum Scale { Linear, Log, Symlog } scale = Linear;
  std::optional<double> min, max;  ///< otherwise from the data
};

struct Series {
  QString id, name;  ///< name: the direct label and the legend
  enum Look { Line, Points, Bars, Area, Step } look = Line;
  QVector<double> x, y;
  int colour = 0;           ///< seriesColour index
  bool secondAxis = false;  ///< the right axis
  bool dashed = false;
};

/// A vertical line. The draggable one is the rank.
struct Marker {
  QString id, label;
  double x = 0;
  bool draggable = false;
};

/// A plot as plain data: drawn by PlotView, written by saveFigure, read out as a table.
struct Figure {
  QString id, title, caption;
  FigureAxis x, y, y2;
  std::vector<Series> series;
  std::vector<Marker> markers;
  QString emptyText;  ///< shown instead of axes when there is no data
};

/// The numbers of a figure: header and rows, one column for x and one for each series (union of the x values).
struct FigureTable {
  QStringList header;
  std::vector<QStringList> rows;
};
FigureTable tableOf(const Figure&);

}  // namespace rankscope::ui
