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
  /// Log leaves a gap where a value is not positive. Symlog is logarithmic too, and what is zero stands at the foot of
  /// the axis as a hollow point beside the tick `zeroLabel`: nothing is dropped.
  enum Scale { Linear, Log, Symlog } scale = Linear;
  std::optional<double> min, max;  ///< otherwise from the data
  bool percent = false;            ///< a share, shown as 0 … 100 %
  bool whole = false;              ///< counts: no tick between two of them
  QStringList categories;          ///< names of the values 1, 2, …, which then stand for nothing else
  double zeroBelow = 0;            ///< Symlog: values up to this count as zero
  QString zeroLabel = QStringLiteral("0");

  bool operator==(const FigureAxis&) const = default;
};

struct Series {
  QString id, name;  ///< name: the direct label
  /// Line and Area join the points; Area is lightly filled below, up to the draggable marker where there is one.
  enum Look { Line, Points, Bars, Area, Step } look = Line;
  QVector<double> x, y;
  int colour = 0;           ///< seriesColour index
  bool secondAxis = false;  ///< the right axis
  bool dashed = false;

  bool operator==(const Series&) const = default;
};

/// A vertical line. The draggable one is the rank; the others are labelled above the plot.
struct Marker {
  QString id, label;
  double x = 0;
  bool draggable = false;

  bool operator==(const Marker&) const = default;
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
/// The table as text: ',' gives csv (RFC 4180 quoting, LF), '\t' what spreadsheets paste.
QString textOf(const FigureTable&, QChar separator = u',');

}  // namespace rankscope::ui
