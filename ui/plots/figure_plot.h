// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPolygonF>
#include <QRectF>
#include <QString>
#include <optional>
#include <vector>

#include "ui/plots/axis_scale.h"
#include "ui/plots/figure.h"
#include "ui/theme/theme.h"

class QCPAbstractPlottable;
class QCPGraph;
class QCustomPlot;
class QPainter;

namespace rankscope::ui {

/// The box beside the draggable marker.
struct MarkerNote {
  QString first, second;
};

/// What of a marker's state shows.
struct MarkerLook {
  bool hovered = false, pressed = false, focused = false;
};

/// Puts a figure on a QCustomPlot and paints over it what moves or must not be cut: labels, rules, the rank and its
/// note. Used by the window and by the files, so that both look the same. Order: setFigure, setTheme, arrange(size),
/// the plot's own replot, measure(), then paint as often as the marker moves.
class FigurePlot {
 public:
  explicit FigurePlot(QCustomPlot& plot);

  /// False when nothing but markers and texts differ from the figure before: then no replot is needed.
  bool setFigure(const Figure& figure);
  const Figure& figure() const { return m_figure; }
  void setTheme(const Theme& theme);
  void setHint(const QString& hint) { m_hint = hint; }  ///< after the title of the x axis
  /// Margins, ranges and ticks for a plot of this size. `view` is the zoomed part in axis coordinates; null: all.
  void arrange(const QSize& size, const QRectF& view = {});
  /// Reads places in pixels off the plot, which has been replotted, and finds room for the labels.
  void measure();
  bool isEmpty() const { return m_empty; }

  void paint(QPainter& painter, const std::optional<MarkerNote>& note, const MarkerLook& look) const;

  QRectF area() const { return m_area; }
  double pixelOf(double x) const;       ///< of a value of the x axis; clamped to the area
  double valueAt(double pixel) const;   ///< clamped to the axis
  double heightAt(double pixel) const;  ///< value of the left axis at a vertical place
  QPointF axisCoordinates(const QPointF& pixel) const;
  QRectF fullView() const;  ///< x and y ranges, in axis coordinates
  QRectF noteBox(double pixel, const MarkerNote& note) const;
  std::optional<QRectF> gripBox() const;  ///< of the draggable marker
  const Marker* draggable() const;
  bool setMarker(const QString& id, double x);
  /// The rule whose label is at this place, or null.
  const Marker* ruleAt(const QPointF& pixel) const;
  std::vector<QRectF> labelBoxes() const;  ///< of the direct labels and the rules, for tests of their placing

 private:
  struct Drawn {
    QCPAbstractPlottable* plottable = nullptr;
    QCPGraph* zeros = nullptr;     ///< hollow points at the foot
    QVector<double> keys, values;  ///< in axis coordinates
    QPolygonF trace;               ///< in pixels, at most a few points a column
  };
  struct Label {
    QRectF box;
    QString text;
    int colour = 0;
  };
  struct Rule {
    std::size_t marker = 0;
    QRectF box;  ///< null when its text found no room
    QString text;
  };

  void rebuild();
  void arrangeRules(const QSize& size);
  void placeLabels();
  QRectF roomFor(const QSizeF& size, const Drawn& drawn, bool points, const std::vector<QRectF>& taken) const;
  double costOf(const QRectF& box, const std::vector<QRectF>& taken) const;
  void paintFill(QPainter& painter, double upTo) const;
  void paintAreas(QPainter& painter, double upTo) const;
  void paintRules(QPainter& painter) const;
  void paintMarker(QPainter& painter, double at, const MarkerLook& look) const;
  void paintNote(QPainter& painter, double at, const MarkerNote& note) const;

  QCustomPlot& m_plot;
  Figure m_figure;
  Theme m_theme = theme();
  QString m_hint;
  AxisScale m_x, m_y, m_y2;
  std::vector<Drawn> m_drawn;
  std::vector<Label> m_labels;
  std::vector<Rule> m_rules;
  QRectF m_area;
  mutable QImage m_fill;  ///< what paintAreas() paints, for the screen; null: to be made
  bool m_empty = true, m_hasSecond = false, m_hasDots = false;
};

}  // namespace rankscope::ui
