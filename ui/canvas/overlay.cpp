// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/overlay.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>
#include <QVarLengthArray>
#include <algorithm>
#include <cmath>

#include "ui/theme/theme.h"

namespace rankscope::ui {

namespace {

constexpr double kCellPadding = 3;
constexpr double kMarkLength = 8;  // pixels
constexpr int kMarkNumber = 9, kNumbered = 24;
constexpr int kSmallestNumber = 7, kNumberSize = 11;  // pixels

// Black or white, whichever stands out against the cell.
QColor inkOn(QRgb cell) {
  const double luma = 0.2126 * qRed(cell) + 0.7152 * qGreen(cell) + 0.0722 * qBlue(cell);
  return luma > 128 ? QColor(0, 0, 0, 215) : QColor(255, 255, 255, 230);
}

}  // namespace

Overlay::Overlay(const Scene& scene, QSizeF size, const QFont& font)
    : m_scene(scene), m_size(size), m_font(font), m_wanted(levelFor(scene.view.scale, scene.dpr)) {
  const auto clip = [](double centre, double length, double scale, Index end) {
    const double first = std::clamp(std::floor(centre - length / 2 / scale), 0.0, static_cast<double>(end));
    const double last = std::clamp(std::ceil(centre + length / 2 / scale), 0.0, static_cast<double>(end));
    return std::pair(static_cast<Index>(first), static_cast<Index>(last - first));
  };
  const auto [row, rows] = clip(scene.view.centre.y(), size.height(), scene.view.scale, scene.rows);
  const auto [col, cols] = clip(scene.view.centre.x(), size.width(), scene.view.scale, scene.cols);
  m_visible = {row, col, rows, cols};
}

void Overlay::paint(QPainter& painter) const {
  if (m_scene.first.base && m_visible.rows > 0 && m_visible.cols > 0) {
    if (m_scene.view.scale >= kGridCell) paintGrid(painter);
    if (m_scene.view.scale >= kNumberCell) paintNumbers(painter);
    paintMarks(painter);
    paintReduction(painter);
  }
  if (m_scene.second.base && m_scene.compare == Compare::Wipe) paintDivider(painter);
}

/// Chosen rows and columns as wedges that point at them from the picture's left and top edge. They fade with the order
/// in which they were chosen; the first ones have their numbers where there is room.
void Overlay::paintMarks(QPainter& painter) const {
  const double left = std::max(0.0, xOf(0)), top = std::max(0.0, yOf(0));
  const QRgb channels[] = {0xffe5484d, 0xff30a46c, 0xff3e82f7};
  painter.setRenderHint(QPainter::Antialiasing);
  QFont small = m_font;
  small.setPixelSize(kMarkNumber);
  painter.setFont(small);
  const auto paintSide = [&](const std::vector<AxisMark>& marks, bool across) {
    // From the last to the first, so that the first stands on top.
    for (std::size_t i = marks.size(); i-- > 0;) {
      const double entry = static_cast<double>(marks[i].place) + 0.5;
      const double at = across ? xOf(entry) : yOf(entry);
      if (at < 0 || at > (across ? m_size.width() : m_size.height())) continue;
      const double share = marks.size() > 1 ? static_cast<double>(i) / static_cast<double>(marks.size() - 1) : 0;
      QColor colour = marks[i].channel >= 0 ? QColor::fromRgb(channels[marks[i].channel % 3]) : theme().warm;
      colour.setAlphaF(static_cast<float>(1 - 0.55 * share));
      const double half = std::clamp(m_scene.view.scale / 2, 2.0, kMarkLength / 2);
      // The wedge stands outside the picture where there is room, else on its edge.
      const double edge = across ? top : left, tip = edge >= kMarkLength ? edge : edge + kMarkLength;
      QPolygonF wedge;
      if (across) {
        wedge << QPointF(at, tip) << QPointF(at - half, tip - kMarkLength) << QPointF(at + half, tip - kMarkLength);
      } else {
        wedge << QPointF(tip, at) << QPointF(tip - kMarkLength, at - half) << QPointF(tip - kMarkLength, at + half);
      }
      painter.setPen(QPen(QColor(0, 0, 0, 110), 0.5));
      painter.setBrush(colour);
      painter.drawPolygon(wedge);
      if (static_cast<int>(i) < kNumbered && m_scene.view.scale >= kMarkNumber + 3 &&
          edge >= kMarkLength + kMarkNumber) {
        painter.setPen(theme().text);
        const QRectF box = across ? QRectF(at - 12, edge - kMarkLength - kMarkNumber - 3, 24, kMarkNumber + 2)
                                  : QRectF(edge - kMarkLength - 26, at - 8, 24, 16);
        painter.drawText(box, across ? Qt::AlignCenter : Qt::AlignRight | Qt::AlignVCenter, QString::number(i + 1));
      }
    }
  };
  paintSide(m_scene.columnMarks, true);
  paintSide(m_scene.rowMarks, false);
}

void Overlay::paintGrid(QPainter& painter) const {
  // A mid grey shows on light and on dark cells; it comes in gradually as the cells grow.
  const double share = std::clamp((m_scene.view.scale - kGridCell) / kGridCell, 0.25, 1.0);
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.setPen(QPen(QColor(128, 128, 128, static_cast<int>(110 * share)), 0));
  const double left = xOf(static_cast<double>(m_visible.col)), top = yOf(static_cast<double>(m_visible.row));
  const double right = xOf(static_cast<double>(m_visible.col + m_visible.cols));
  const double bottom = yOf(static_cast<double>(m_visible.row + m_visible.rows));
  QVector<QLineF> lines;
  for (Index c = m_visible.col; c <= m_visible.col + m_visible.cols; ++c) {
    const double x = xOf(static_cast<double>(c));
    lines << QLineF(x, top, x, bottom);
  }
  for (Index r = m_visible.row; r <= m_visible.row + m_visible.rows; ++r) {
    const double y = yOf(static_cast<double>(r));
    lines << QLineF(left, y, right, y);
  }
  painter.drawLines(lines);
}

void Overlay::paintNumbers(QPainter& painter) const {
  const double scale = m_scene.view.scale;
  const double wipe = m_scene.wipeColumn() / m_scene.dpr;
  painter.setRenderHint(QPainter::TextAntialiasing);
  QFont font = m_font;
  const auto fitting = [&](const QString& text, double height) {
    for (int pixels = kNumberSize; pixels > kSmallestNumber; --pixels) {
      font.setPixelSize(pixels);
      const QFontMetricsF metrics(font);
      if (metrics.horizontalAdvance(text) <= scale - 2 * kCellPadding && metrics.height() <= height) return pixels;
    }
    return kSmallestNumber;
  };
  for (Index row = m_visible.row; row < m_visible.row + m_visible.rows; ++row) {
    for (Index col = m_visible.col; col < m_visible.col + m_visible.cols; ++col) {
      const QRectF cell(xOf(static_cast<double>(col)), yOf(static_cast<double>(row)), scale, scale);
      const Content& content = cell.center().x() < wipe ? m_scene.first : m_scene.second;
      const Picture* picture = pictureAt(content, m_wanted, row, col);
      if (picture == nullptr || picture->level != 0) continue;
      painter.setPen(inkOn(colourOf(*picture, m_scene.look, row, col)));
      const auto at = static_cast<std::size_t>((row - picture->region.row) * picture->cols + col - picture->region.col);
      const auto planes = static_cast<int>(picture->planes.size());
      const double line = std::min<double>((scale - 2 * kCellPadding) / planes, kNumberSize + 4);
      double y = cell.center().y() - line * planes / 2;
      for (const auto& plane : picture->planes) {  // red, green, blue one below the other
        const QString text = showNumber(static_cast<double>(plane[at]));
        font.setPixelSize(fitting(text, line + 4));
        painter.setFont(font);
        painter.drawText(QRectF(cell.left(), y, cell.width(), line), Qt::AlignCenter | Qt::TextDontClip, text);
        y += line;
      }
    }
  }
}

void Overlay::paintDivider(QPainter& painter) const {
  const double x = std::round(m_scene.wipeAt * m_size.width()), middle = m_size.height() / 2;
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(QRectF(x - 1, 0, 2, m_size.height()), theme().accent);
  const QRectF grip(x - 7, middle - 12, 14, 24);
  painter.setPen(QPen(theme().accent, 1.5));
  painter.setBrush(theme().panel);
  painter.drawRoundedRect(grip, 4, 4);
  painter.drawLine(QPointF(x - 2, middle - 5), QPointF(x - 2, middle + 5));
  painter.drawLine(QPointF(x + 2, middle - 5), QPointF(x + 2, middle + 5));
}

// The coarsest level in sight, so that a reduction never passes for the matrix itself.
void Overlay::paintReduction(QPainter& painter) const {
  int level = 0;
  bool largest = false;
  const auto count = [&](const Picture& picture) {
    if (picture.level > level) largest = picture.largest;
    level = std::max(level, picture.level);
  };
  const auto look = [&](const Content& content) {
    if (!content.base) return;
    const Tile* detail = detailWins(content, m_wanted) ? &content.detail->region : nullptr;
    const bool covered = detail != nullptr && detail->row <= m_visible.row && detail->col <= m_visible.col &&
                         detail->row + detail->rows >= m_visible.row + m_visible.rows &&
                         detail->col + detail->cols >= m_visible.col + m_visible.cols;
    if (detail != nullptr) count(*content.detail);
    if (!covered) count(*content.base);
  };
  const int wipe = m_scene.wipeColumn();
  if (wipe > 0) look(m_scene.first);
  if (wipe < m_scene.pixels.width()) look(m_scene.second);
  if (level == 0) return;
  const QString text = (largest ? QCoreApplication::translate("Canvas", "reduced 1:%1, max")
                                : QCoreApplication::translate("Canvas", "reduced 1:%1"))
                           .arg(Index{1} << level);
  QFont font = m_font;
  font.setPixelSize(11);
  const QFontMetricsF metrics(font);
  const QRectF box(m_size.width() - metrics.horizontalAdvance(text) - 18, m_size.height() - metrics.height() - 10,
                   metrics.horizontalAdvance(text) + 12, metrics.height() + 4);
  QColor back = theme().panel;
  back.setAlpha(225);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(back);
  painter.drawRoundedRect(box, 4, 4);
  painter.setFont(font);
  painter.setPen(theme().muted);
  painter.drawText(box, Qt::AlignCenter, text);
}

void paintPlaceholder(QPainter& painter, const QRectF& area, const QString& title, const QString& hint) {
  painter.setRenderHint(QPainter::Antialiasing);
  // Opaque: a translucent stroke is filled by Qt's thread pool, which the window's thread would wait for.
  QPen pen(mixed(theme().canvas, theme().muted, 0.43), 1.2);
  pen.setDashPattern({5, 4});
  painter.setPen(pen);
  painter.setBrush(Qt::NoBrush);
  constexpr double kSmallHeight = 110;  // below it a frame and large words would not both fit
  const bool small = area.height() < kSmallHeight;
  const double edgeGap = small ? 6.5 : 12.5;
  painter.drawRoundedRect(area.adjusted(edgeGap, edgeGap, -edgeGap, -edgeGap), 8, 8);
  const QRectF inside = area.adjusted(2 * edgeGap, edgeGap + 4, -2 * edgeGap, -edgeGap - 4);
  const QFont titleFont = sizedFont(small ? 12 : 15, QFont::DemiBold), hintFont = sizedFont(small ? 11 : 13);
  const int flags = Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap;
  const QRectF titleBox = QFontMetricsF(titleFont).boundingRect(inside, flags, title);
  const QRectF hintBox = hint.isEmpty() ? QRectF() : QFontMetricsF(hintFont).boundingRect(inside, flags, hint);
  constexpr double kGap = 6;
  const double height = titleBox.height() + (hint.isEmpty() ? 0 : kGap + hintBox.height());
  double y = area.center().y() - height / 2;
  painter.setFont(titleFont);
  painter.setPen(theme().text);
  painter.drawText(QRectF(inside.left(), y, inside.width(), titleBox.height()), flags, title);
  y += titleBox.height() + kGap;
  painter.setFont(hintFont);
  painter.setPen(theme().muted);
  if (!hint.isEmpty()) painter.drawText(QRectF(inside.left(), y, inside.width(), hintBox.height()), flags, hint);
}

void paintFocusRing(QPainter& painter, const QRectF& area) {
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme().accent, 2));
  painter.drawRect(area.adjusted(1, 1, -1, -1));
}

}  // namespace rankscope::ui
