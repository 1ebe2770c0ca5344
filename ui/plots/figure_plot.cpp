// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/figure_plot.h"

#include <qcustomplot.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace rankscope::ui {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kLineWidth = 1.7;
constexpr int kDotsUpTo = 64;             // a short series shows that it is made of points
constexpr qsizetype kSampleFrom = 12000;  // points; fewer are drawn as they are, which is smoother
constexpr double kDotAir = 7;             // pixels beside points, which would be cut at the edge
constexpr double kZeroSpacing = 7;        // pixels between hollow points
constexpr double kRowHeight = 16;         // of the rules' labels
constexpr int kRuleRows = 3;
constexpr int kXGap = 46, kYGap = 34;  // pixels between ticks

/// Ticks that were worked out elsewhere.
class GivenTicks : public QCPAxisTickerText {
 public:
  explicit GivenTicks(const std::vector<Tick>& ticks) {
    for (const Tick& tick : ticks) addTick(tick.t, tick.label);
  }
};

void setTicks(QCPAxis* axis, const std::vector<Tick>& ticks) {
  axis->setTicker(QSharedPointer<GivenTicks>::create(ticks));
}

QCPScatterStyle marker(int index, const QColor& colour, const QColor& ground) {
  static const std::array<QCPScatterStyle::ScatterShape, 5> shapes{
      QCPScatterStyle::ssCircle, QCPScatterStyle::ssSquare, QCPScatterStyle::ssDiamond, QCPScatterStyle::ssTriangle,
      QCPScatterStyle::ssTriangleInverted};
  const std::size_t place = static_cast<std::size_t>(std::max(index, 0)) % shapes.size();
  return {shapes[place], QPen(ground, 1.2), QBrush(colour), 9};
}

/// Whether the points themselves are marked.
bool showsDots(const Series& series) {
  if (series.look == Series::Points || series.x.size() == 1) return true;
  return (series.look == Series::Line || series.look == Series::Area) && series.x.size() <= kDotsUpTo && !series.dashed;
}

bool hasData(const Series& series) {
  const qsizetype count = std::min(series.x.size(), series.y.size());
  for (qsizetype i = 0; i < count; ++i) {
    if (std::isfinite(series.x[i]) && std::isfinite(series.y[i])) return true;
  }
  return false;
}

/// A polyline with at most four points a pixel column: first, lowest, highest, last.
QPolygonF thinned(const QPolygonF& line) {
  if (line.size() < 64) return line;
  QPolygonF kept;
  for (qsizetype i = 0; i < line.size();) {
    const double column = std::floor(line[i].x());
    qsizetype end = i, low = i, high = i;
    for (; end < line.size() && std::floor(line[end].x()) == column; ++end) {
      if (line[end].y() < line[low].y()) low = end;
      if (line[end].y() > line[high].y()) high = end;
    }
    std::array<qsizetype, 4> picks{i, std::min(low, high), std::max(low, high), end - 1};
    for (std::size_t k = 0; k < picks.size(); ++k) {
      if (k == 0 || picks[k] != picks[k - 1]) kept << line[picks[k]];
    }
    i = end;
  }
  return kept;
}

double heightOn(const QPolygonF& trace, double x) {
  const auto after =
      std::lower_bound(trace.begin(), trace.end(), x, [](const QPointF& p, double v) { return p.x() < v; });
  if (after == trace.end()) return trace.last().y();
  if (after == trace.begin()) return after->y();
  const auto before = after - 1;
  const double width = after->x() - before->x();
  return width <= 0 ? after->y() : before->y() + (after->y() - before->y()) * (x - before->x()) / width;
}

}  // namespace

FigurePlot::FigurePlot(QCustomPlot& plot) : m_plot(plot) {
  m_plot.setNoAntialiasingOnDrag(false);
  m_plot.setAntialiasedElements(QCP::aeAll);
  m_plot.setNotAntialiasedElements(QCP::aeAxes | QCP::aeGrid);
  // One buffer: the moving parts are painted by us, not by a layer.
  m_plot.layer(QStringLiteral("overlay"))->setMode(QCPLayer::lmLogical);
  for (QCPAxis* axis : {m_plot.xAxis, m_plot.yAxis, m_plot.yAxis2}) {
    axis->setBasePen(Qt::NoPen);
    axis->setTickPen(QPen(QColor(0, 0, 0, 0)));  // with NoPen an SVG gets dots, with setTicks(false) the labels go too
    axis->setSubTicks(false);
    axis->setTickLength(0, 0);
    axis->setTickLabelPadding(7);
    axis->setLabelPadding(5);
    axis->setNumberFormat(QStringLiteral("g"));
    axis->grid()->setZeroLinePen(Qt::NoPen);
  }
  m_plot.yAxis2->grid()->setVisible(false);
}

bool FigurePlot::setFigure(const Figure& figure) {
  const bool same = figure.series == m_figure.series && figure.x == m_figure.x && figure.y == m_figure.y &&
                    figure.y2 == m_figure.y2 && figure.emptyText == m_figure.emptyText && !m_drawn.empty();
  // The rules' labels take room above the plot.
  const auto rulesOf = [](const Figure& f) {
    std::vector<Marker> rules;
    for (const Marker& m : f.markers) {
      if (!m.draggable) rules.push_back(m);
    }
    return rules;
  };
  const bool sameRules = rulesOf(figure) == rulesOf(m_figure);
  m_figure = figure;
  if (!same) rebuild();
  return !same || !sameRules;
}

void FigurePlot::rebuild() {
  m_plot.clearPlottables();
  m_drawn.clear();
  m_labels.clear();
  std::vector<const QVector<double>*> xs, ys, y2s;
  m_empty = true;
  m_hasSecond = false;
  m_hasDots = false;
  for (const Series& series : m_figure.series) {
    if (!hasData(series)) continue;
    m_empty = false;
    xs.push_back(&series.x);
    (series.secondAxis ? y2s : ys).push_back(&series.y);
    m_hasSecond = m_hasSecond || series.secondAxis;
  }
  m_x = fitScale(m_figure.x, xs, false);
  m_y = fitScale(m_figure.y, ys, true);
  m_y2 = fitScale(m_figure.y2, y2s, true);

  for (const Series& series : m_figure.series) {
    Drawn drawn;
    const AxisScale& scale = series.secondAxis ? m_y2 : m_y;
    QCPAxis* values = series.secondAxis ? m_plot.yAxis2 : m_plot.yAxis;
    const qsizetype count = std::min(series.x.size(), series.y.size());
    bool zeros = false;
    for (qsizetype i = 0; i < count; ++i) {
      const double key = m_x.forward(series.x[i]);
      if (std::isnan(key)) continue;
      drawn.keys << key;
      drawn.values << scale.forward(series.y[i]);
      zeros = zeros || scale.isZero(series.y[i]);
    }
    const bool sorted = std::is_sorted(drawn.keys.begin(), drawn.keys.end());
    QVector<double> joined = drawn.values;
    if (zeros) {
      for (double& value : joined) {
        if (value == scale.zeroAt) value = kNaN;
      }
      drawn.zeros = m_plot.addGraph(m_plot.xAxis, values);
      drawn.zeros->setLineStyle(QCPGraph::lsNone);
      drawn.zeros->setAdaptiveSampling(false);
    }
    if (series.look == Series::Bars) {
      auto* bars = new QCPBars(m_plot.xAxis, values);
      bars->setData(drawn.keys, joined, sorted);
      bars->setBaseValue(scale.kind == FigureAxis::Linear ? 0 : scale.low);
      double width = drawn.keys.size() > 1 ? std::numeric_limits<double>::infinity() : 1;
      for (qsizetype i = 1; i < drawn.keys.size(); ++i)
        width = std::min(width, std::abs(drawn.keys[i] - drawn.keys[i - 1]));
      bars->setWidth(0.8 * width);
      drawn.plottable = bars;
    } else {
      QCPGraph* graph = m_plot.addGraph(m_plot.xAxis, values);
      graph->setData(drawn.keys, joined, sorted);
      graph->setAdaptiveSampling(drawn.keys.size() >= kSampleFrom);
      graph->setLineStyle(series.look == Series::Points ? QCPGraph::lsNone
                          : series.look == Series::Step ? QCPGraph::lsStepLeft
                                                        : QCPGraph::lsLine);
      drawn.plottable = graph;
    }
    m_hasDots = m_hasDots || zeros || showsDots(series) || series.look == Series::Bars;
    m_drawn.push_back(std::move(drawn));
  }
  setTheme(m_theme);
}

void FigurePlot::setTheme(const Theme& theme) {
  m_theme = theme;
  m_plot.setBackground(QBrush(theme.panel));
  const QFont small = sizedFont(11);
  for (QCPAxis* axis : {m_plot.xAxis, m_plot.yAxis, m_plot.yAxis2}) {
    axis->setTickLabelColor(theme.muted);
    axis->setTickLabelFont(small);
    axis->setLabelColor(theme.muted);
    axis->setLabelFont(small);
    axis->grid()->setPen(QPen(theme.grid, 1));
  }
  for (std::size_t i = 0; i < m_drawn.size(); ++i) {
    const Series& series = m_figure.series[i];
    const QColor colour = seriesColour(series.colour, theme);
    QPen pen(colour, kLineWidth);
    pen.setJoinStyle(Qt::RoundJoin);
    if (series.dashed || seriesPen(series.colour) != Qt::SolidLine) pen.setDashPattern({3.2, 2.2});
    if (series.look == Series::Bars) {
      m_drawn[i].plottable->setPen(Qt::NoPen);
      m_drawn[i].plottable->setBrush(mixed(theme.panel, colour, 0.75));
      continue;
    }
    auto* graph = qobject_cast<QCPGraph*>(m_drawn[i].plottable);
    graph->setPen(pen);
    if (series.look == Series::Points && series.x.size() > kDotsUpTo) {
      // Close together the outlines in the ground's colour would hide one another.
      graph->setScatterStyle({QCPScatterStyle::ssDisc, colour, 3});
    } else if (series.look == Series::Points) {
      graph->setScatterStyle(marker(series.colour, colour, theme.panel));
    } else if (series.x.size() == 1) {
      graph->setScatterStyle({QCPScatterStyle::ssDisc, colour, 6});
    } else if (showsDots(series)) {
      graph->setScatterStyle({QCPScatterStyle::ssDisc, colour, 4.5});
    }
    if (m_drawn[i].zeros) {
      m_drawn[i].zeros->setScatterStyle({QCPScatterStyle::ssCircle, QPen(colour, 1.3), QBrush(theme.panel), 5.5});
    }
  }
}

void FigurePlot::arrange(const QSize& size, const QRectF& view) {
  for (QCPAxis* axis : {m_plot.xAxis, m_plot.yAxis, m_plot.yAxis2}) axis->setVisible(!m_empty);
  m_plot.yAxis2->setVisible(!m_empty && m_hasSecond);
  m_plot.xAxis->setLabel(m_hint.isEmpty() || !draggable() ? m_figure.x.title
                                                          : m_figure.x.title + QStringLiteral(" — ") + m_hint);
  m_plot.yAxis->setLabel(m_figure.y.title);
  m_plot.yAxis2->setLabel(m_figure.y2.title);
  // The margins follow the tick labels; an estimate of what they leave is enough here.
  const double width = std::max(60, size.width() - (m_hasSecond ? 130 : 84));
  QRectF shown = view.isNull() ? fullView() : view;
  if (view.isNull() && m_hasDots) {
    const double air = kDotAir / width * shown.width();
    shown.adjust(-air, 0, air, 0);
  }
  m_plot.xAxis->setRange(shown.left(), shown.right());
  m_plot.yAxis->setRange(shown.top(), shown.bottom());
  m_plot.yAxis2->setRange(m_y2.low, m_y2.high);

  arrangeRules(size);
  double rows = 0;
  for (const Rule& rule : m_rules) rows = std::max(rows, rule.box.bottom());
  auto* rect = m_plot.axisRect();
  rect->setMinimumMargins(QMargins(8, 8 + static_cast<int>(rows), m_hasSecond ? 8 : 16, 8));
  const double height = std::max(40.0, size.height() - 58 - rows);
  setTicks(m_plot.xAxis, ticksOf(m_x, shown.left(), shown.right(), width, kXGap));
  setTicks(m_plot.yAxis, ticksOf(m_y, shown.top(), shown.bottom(), height, kYGap));
  setTicks(m_plot.yAxis2, ticksOf(m_y2, m_y2.low, m_y2.high, height, kYGap));

  for (const Drawn& drawn : m_drawn) {
    if (!drawn.zeros) continue;
    const double spacing = kZeroSpacing * (shown.right() - shown.left()) / width;
    const double foot = m_y.zeroAt;
    QVector<double> keys, values;
    for (qsizetype i = 0; i < drawn.keys.size(); ++i) {
      if (drawn.values[i] != foot || (!keys.isEmpty() && drawn.keys[i] - keys.last() < spacing)) continue;
      keys << drawn.keys[i];
      values << foot;
    }
    drawn.zeros->setData(keys, values, true);
  }
}

void FigurePlot::arrangeRules(const QSize& size) {
  m_rules.clear();
  if (m_empty) return;
  for (std::size_t i = 0; i < m_figure.markers.size(); ++i) {
    const Marker& m = m_figure.markers[i];
    if (m.draggable || std::isnan(m_x.forward(m.x))) continue;
    // Rules that agree share one line.
    const auto same = std::find_if(m_rules.begin(), m_rules.end(),
                                   [&](const Rule& r) { return m_figure.markers[r.marker].x == m.x; });
    if (same != m_rules.end()) {
      same->text += QStringLiteral(", ") + m.label;
    } else {
      m_rules.push_back({i, {}, m.label});
    }
  }
  std::stable_sort(m_rules.begin(), m_rules.end(), [&](const Rule& a, const Rule& b) {
    return m_figure.markers[a.marker].x < m_figure.markers[b.marker].x;
  });
  const QFontMetricsF metrics(sizedFont(11));
  const double left = 56, width = std::max(60, size.width() - (m_hasSecond ? 120 : 80));
  std::array<double, kRuleRows> free{};
  for (Rule& rule : m_rules) {
    const double share =
        (m_x.forward(m_figure.markers[rule.marker].x) - m_plot.xAxis->range().lower) / m_plot.xAxis->range().size();
    if (share < -1e-9 || share > 1 + 1e-9) continue;  // outside the zoomed part
    const double extent = metrics.horizontalAdvance(rule.text);
    const double at = std::clamp(left + share * width - extent / 2, 4.0, std::max(4.0, size.width() - extent - 8.0));
    for (int row = 0; row < kRuleRows; ++row) {
      double& end = free[static_cast<std::size_t>(row)];
      if (at < end) continue;
      rule.box = QRectF(at, 4 + row * kRowHeight, extent, kRowHeight - 2);
      end = at + extent + 10;
      break;
    }
  }
}

void FigurePlot::measure() {
  m_area = QRectF(m_plot.axisRect()->rect());
  m_fill = {};
  for (std::size_t i = 0; i < m_drawn.size(); ++i) {
    Drawn& drawn = m_drawn[i];
    QCPAxis* values = m_figure.series[i].secondAxis ? m_plot.yAxis2 : m_plot.yAxis;
    QPolygonF line;
    line.reserve(drawn.keys.size());
    for (qsizetype k = 0; k < drawn.keys.size(); ++k) {
      if (std::isnan(drawn.values[k])) continue;
      line << QPointF(m_plot.xAxis->coordToPixel(drawn.keys[k]), values->coordToPixel(drawn.values[k]));
    }
    const auto byX = [](const QPointF& a, const QPointF& b) { return a.x() < b.x(); };
    if (!std::is_sorted(line.begin(), line.end(), byX)) std::stable_sort(line.begin(), line.end(), byX);
    drawn.trace = thinned(line);
  }
  placeLabels();
}

double FigurePlot::costOf(const QRectF& box, const std::vector<QRectF>& taken) const {
  if (!m_area.contains(box)) return 1e6;
  double cost = 0;
  for (const QRectF& other : taken) {
    if (other.intersects(box)) cost += 500;
  }
  const QRectF wide = box.adjusted(-3, -2, 3, 2);
  for (std::size_t i = 0; i < m_drawn.size(); ++i) {
    const QPolygonF& trace = m_drawn[i].trace;
    if (trace.isEmpty()) continue;
    if (m_figure.series[i].look == Series::Points) {
      for (const QPointF& p : trace) cost += wide.contains(p) ? 40 : 0;
      continue;
    }
    for (double x = wide.left(); x <= wide.right(); x += 4) {
      if (x < trace.first().x() || x > trace.last().x()) continue;
      const double y = heightOn(trace, x);
      if (y > wide.top() && y < wide.bottom()) cost += 12;
    }
  }
  for (const Rule& rule : m_rules) {
    const double x = pixelOf(m_figure.markers[rule.marker].x);
    if (x > wide.left() && x < wide.right()) cost += 8;
  }
  if (const Marker* moving = draggable()) {
    const double x = pixelOf(moving->x);
    if (x > wide.left() && x < wide.right()) cost += 8;
  }
  if (box.top() < m_area.top() + 56) cost += 4;  // where the rank's note stands
  return cost;
}

QRectF FigurePlot::roomFor(const QSizeF& size, const Drawn& drawn, bool points,
                           const std::vector<QRectF>& taken) const {
  QRectF best;
  double least = 1e5;
  const auto consider = [&](double x, double y, double bias) {
    const QRectF box(x, y, size.width(), size.height());
    const double cost = costOf(box, taken) + bias;
    if (cost < least) {
      least = cost;
      best = box;
    }
  };
  if (points) {
    const QPointF p = drawn.trace.first();
    const double w = size.width(), h = size.height();
    // Beside, above and below, then the corners.
    const std::array<QPointF, 8> corners{QPointF(9, -h / 2), QPointF(-9 - w, -h / 2), QPointF(-w / 2, -8 - h),
                                         QPointF(-w / 2, 8), QPointF(7, -5 - h),      QPointF(7, 5),
                                         QPointF(-7 - w, 5), QPointF(-7 - w, -5 - h)};
    double bias = 0;
    for (const QPointF& corner : corners) consider(p.x() + corner.x(), p.y() + corner.y(), bias += 0.1);
    return best;
  }
  const double from = std::max(drawn.trace.first().x(), m_area.left());
  const double width = std::min(drawn.trace.last().x(), m_area.right()) - from;
  static const std::array<double, 15> places{0.80, 0.74, 0.86, 0.68, 0.62, 0.92, 0.56, 0.5,
                                             0.44, 0.38, 0.32, 0.26, 0.2,  0.14, 0.08};
  for (std::size_t i = 0; i < places.size(); ++i) {
    const double x = from + places[i] * width - size.width() / 2;
    const double first = heightOn(drawn.trace, x), last = heightOn(drawn.trace, x + size.width());
    consider(x, std::min(first, last) - size.height() - 5, 0.3 * static_cast<double>(i));
    consider(x, std::max(first, last) + 5, 0.3 * static_cast<double>(i) + 0.2);
    // Beside a steep line.
    const double middle = heightOn(drawn.trace, x + size.width() / 2);
    consider(x + size.width() / 2 + 8, middle - size.height() / 2, 0.3 * static_cast<double>(i) + 1);
  }
  return best;
}

void FigurePlot::placeLabels() {
  m_labels.clear();
  std::vector<QRectF> taken;
  const QFontMetricsF metrics(sizedFont(11, QFont::Medium));
  for (std::size_t i = 0; i < m_drawn.size(); ++i) {
    const Series& series = m_figure.series[i];
    if (series.name.isEmpty() || m_drawn[i].trace.isEmpty() || series.look == Series::Bars) continue;
    const QSizeF size(metrics.horizontalAdvance(series.name) + 2, metrics.height());
    const QRectF box = roomFor(size, m_drawn[i], series.look == Series::Points || m_drawn[i].trace.size() == 1, taken);
    if (box.isNull()) continue;
    taken.push_back(box);
    m_labels.push_back({box, series.name, series.colour});
  }
}

const Marker* FigurePlot::draggable() const {
  for (const Marker& m : m_figure.markers) {
    if (m.draggable) return &m;
  }
  return nullptr;
}

bool FigurePlot::setMarker(const QString& id, double x) {
  for (Marker& m : m_figure.markers) {
    if (m.id != id) continue;
    m.x = x;
    return true;
  }
  return false;
}

double FigurePlot::pixelOf(double x) const {
  const double t = m_x.forward(x);
  return std::isnan(t) ? m_area.left() : std::clamp(m_plot.xAxis->coordToPixel(t), m_area.left(), m_area.right());
}

double FigurePlot::valueAt(double pixel) const {
  return m_x.inverse(m_plot.xAxis->pixelToCoord(std::clamp(pixel, m_area.left(), m_area.right())));
}

double FigurePlot::heightAt(double pixel) const { return m_y.inverse(m_plot.yAxis->pixelToCoord(pixel)); }

QPointF FigurePlot::axisCoordinates(const QPointF& pixel) const {
  return {m_plot.xAxis->pixelToCoord(pixel.x()), m_plot.yAxis->pixelToCoord(pixel.y())};
}

QRectF FigurePlot::fullView() const { return {m_x.low, m_y.low, m_x.high - m_x.low, m_y.high - m_y.low}; }

std::optional<QRectF> FigurePlot::gripBox() const {
  const Marker* m = draggable();
  if (!m || m_empty) return {};
  QRectF box(0, 0, 18, 32);
  box.moveCenter({pixelOf(m->x), m_area.center().y()});
  return box;
}

QRectF FigurePlot::noteBox(double pixel, const MarkerNote& note) const {
  const QFontMetricsF strong(sizedFont(11, QFont::DemiBold)), plain(sizedFont(11));
  const double width = std::max(strong.horizontalAdvance(note.first), plain.horizontalAdvance(note.second)) + 20;
  const double height = (note.second.isEmpty() ? 1 : 2) * 17 + 10;
  constexpr double kGap = 14, kMargin = 4;
  const QRectF room = m_area.adjusted(kMargin, kMargin + 2, -kMargin, -kMargin);
  const auto at = [&](double left, double top) {
    left = std::max(room.left(), std::min(left, room.right() - width));
    return QRectF(left, top, width, height).intersected(m_area);
  };
  const double right = pixel + kGap, left = pixel - kGap - width, middle = m_area.center().y();
  const QRectF usual = at(right + width > room.right() ? left : right, room.top());
  // Beside the line, at the side and the height that leave the names of the curves to be read.
  for (const double top : {room.top(), room.top() + 24, room.top() + 48}) {
    for (const double x : {right, left}) {
      const bool fits = x >= room.left() && x + width <= room.right() && top + height <= middle - 16;
      const QRectF box = at(x, top);
      const auto hides = [&](const Label& label) { return label.box.intersects(box); };
      if (fits && std::none_of(m_labels.begin(), m_labels.end(), hides)) return box;
    }
  }
  return usual;
}

const Marker* FigurePlot::ruleAt(const QPointF& pixel) const {
  for (const Rule& rule : m_rules) {
    if (rule.box.adjusted(-3, -2, 3, 2).contains(pixel)) return &m_figure.markers[rule.marker];
  }
  return nullptr;
}

std::vector<QRectF> FigurePlot::labelBoxes() const {
  std::vector<QRectF> boxes;
  for (const Label& label : m_labels) boxes.push_back(label.box);
  for (const Rule& rule : m_rules) {
    if (!rule.box.isNull()) boxes.push_back(rule.box);
  }
  return boxes;
}

void FigurePlot::paint(QPainter& painter, const std::optional<MarkerNote>& note, const MarkerLook& look) const {
  painter.setRenderHint(QPainter::Antialiasing);
  if (m_empty) {
    painter.setFont(uiFont());
    painter.setPen(m_theme.muted);
    painter.drawText(QRectF(m_plot.viewport()).adjusted(24, 0, -24, 0), Qt::AlignCenter | Qt::TextWordWrap,
                     m_figure.emptyText);
    return;
  }
  const Marker* moving = draggable();
  paintFill(painter, moving ? pixelOf(moving->x) : m_area.right());
  paintRules(painter);
  painter.setFont(sizedFont(11, QFont::Medium));
  for (const Label& label : m_labels) {
    painter.setPen(seriesColour(label.colour, m_theme));
    painter.drawText(label.box, Qt::AlignCenter | Qt::TextDontClip, label.text);
  }
  if (!moving) return;
  const double at = pixelOf(moving->x);
  paintMarker(painter, at, look);
  if (note && !note->first.isEmpty()) paintNote(painter, at, *note);
}

// A translucent polygon is filled by Qt's thread pool, which the window's thread waits for: long, while both cores
// compute. So on the screen the fill is pixels made once, and a step of a drag copies some of them.
void FigurePlot::paintFill(QPainter& painter, double upTo) const {
  if (painter.device()->devType() != QInternal::Widget) return paintAreas(painter, upTo);
  const QRect place = m_area.toAlignedRect();
  const double ratio = painter.device()->devicePixelRatioF();
  if (m_fill.isNull() || m_fill.devicePixelRatio() != ratio) {
    m_fill = QImage((QSizeF(place.size()) * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
    if (m_fill.isNull()) return;
    m_fill.setDevicePixelRatio(ratio);
    m_fill.fill(Qt::transparent);
    QPainter pixels(&m_fill);
    pixels.setRenderHint(QPainter::Antialiasing);
    pixels.translate(-place.topLeft());
    const auto isArea = [](const Series& series) { return series.look == Series::Area; };
    // Nothing lies below the only one; replacing instead of blending keeps it on this thread.
    if (std::count_if(m_figure.series.begin(), m_figure.series.end(), isArea) == 1) {
      pixels.setCompositionMode(QPainter::CompositionMode_Source);
    }
    paintAreas(pixels, m_area.right());
  }
  const double width = std::round((upTo - place.left()) * ratio);
  if (width <= 0) return;
  painter.drawImage(QRectF(place.topLeft(), QSizeF(width / ratio, m_fill.height() / ratio)), m_fill,
                    QRectF(0, 0, width, m_fill.height()));
}

void FigurePlot::paintAreas(QPainter& painter, double upTo) const {
  for (std::size_t i = 0; i < m_drawn.size(); ++i) {
    const QPolygonF& trace = m_drawn[i].trace;
    if (m_figure.series[i].look != Series::Area || trace.size() < 2) continue;
    // Cut by hand at the edges of the plot: a clip would not reach an SVG.
    const double from = std::max(trace.first().x(), m_area.left());
    const double to = std::min({trace.last().x(), m_area.right(), upTo});
    if (to <= from) continue;
    const auto inside = [&](double y) { return std::clamp(y, m_area.top(), m_area.bottom()); };
    QPolygonF shape;
    shape << QPointF(from, m_area.bottom()) << QPointF(from, inside(heightOn(trace, from)));
    for (const QPointF& p : trace) {
      if (p.x() > from && p.x() < to) shape << QPointF(p.x(), inside(p.y()));
    }
    shape << QPointF(to, inside(heightOn(trace, to))) << QPointF(to, m_area.bottom());
    QColor fill = seriesColour(m_figure.series[i].colour, m_theme);
    fill.setAlphaF(m_theme.dark ? 0.2F : 0.15F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPolygon(shape);
  }
}

void FigurePlot::paintRules(QPainter& painter) const {
  painter.setFont(sizedFont(11));
  for (const Rule& rule : m_rules) {
    const double t = m_x.forward(m_figure.markers[rule.marker].x);
    if (t < m_plot.xAxis->range().lower - 1e-9 || t > m_plot.xAxis->range().upper + 1e-9) continue;
    const double x = std::round(m_plot.xAxis->coordToPixel(t)) + 0.5;
    QPen pen(mixed(m_theme.panel, m_theme.muted, 0.6), 1);
    pen.setDashPattern({1.5, 3});
    painter.setPen(pen);
    const double top = rule.box.isNull() ? m_area.top() : rule.box.bottom() + 1;
    painter.drawLine(QPointF(x, top), QPointF(x, m_area.bottom()));
    if (rule.box.isNull()) continue;
    painter.setPen(m_theme.muted);
    painter.drawText(rule.box, Qt::AlignCenter | Qt::TextDontClip, rule.text);
  }
}

void FigurePlot::paintMarker(QPainter& painter, double at, const MarkerLook& look) const {
  painter.setPen(QPen(m_theme.text, 1.7));
  painter.drawLine(QPointF(at, m_area.top()), QPointF(at, m_area.bottom()));
  const QRectF grip = *gripBox();
  if (look.focused) {
    painter.setPen(QPen(m_theme.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(grip.adjusted(-3.5, -3.5, 3.5, 3.5), 8, 8);
  }
  const bool live = look.hovered || look.pressed;
  painter.setPen(QPen(live ? m_theme.accent : m_theme.text, 1.4));
  painter.setBrush(look.pressed ? mixed(m_theme.panel, m_theme.accent, 0.18) : m_theme.panel);
  painter.drawRoundedRect(grip, 5, 5);
  painter.setPen(QPen(live ? m_theme.accent : m_theme.muted, 1.2));
  for (const double dx : {-2.0, 2.0}) {
    painter.drawLine(QPointF(at + dx, grip.center().y() - 6), QPointF(at + dx, grip.center().y() + 6));
  }
}

void FigurePlot::paintNote(QPainter& painter, double at, const MarkerNote& note) const {
  const QRectF box = noteBox(at, note);
  painter.setPen(QPen(m_theme.line, 1));
  painter.setBrush(m_theme.panel);
  painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
  const QRectF line(box.left() + 10, box.top() + 5, box.width() - 20, 17);
  painter.setPen(m_theme.text);
  painter.setFont(sizedFont(11, QFont::DemiBold));
  painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft, note.first);
  if (note.second.isEmpty()) return;
  painter.setPen(m_theme.muted);
  painter.setFont(sizedFont(11));
  painter.drawText(line.translated(0, 17), Qt::AlignVCenter | Qt::AlignLeft, note.second);
}

}  // namespace rankscope::ui
