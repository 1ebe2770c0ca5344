// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/monarch_chain.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/canvas/shading.h"
#include "ui/theme/theme.h"

namespace rankscope::ui {
namespace {

constexpr int kTitle = 20, kFoot = 18;  // pixels above and below the factors
constexpr double kGap = 8;
constexpr Index kMostWires = 160;  // of the quiet ones: more would be one grey area
constexpr Index kMostTraced = 48;  // of those that are traced
constexpr int kMostPixels = 256;   // a side of a block's picture

double realOf(float value) { return static_cast<double>(value); }
double realOf(double value) { return value; }
double realOf(const Complex& value) { return value.real(); }

/// The end of a scale symmetric about zero, from at most 2¹⁷ of the numbers.
template <class T>
double endOf(const Matrix<T>& values) {
  std::vector<double> sample;
  const Index step = std::max<Index>(1, values.size() >> 17);
  for (Index i = 0; i < values.size(); i += step) {
    const double modulus = std::abs(realOf(values.data()[i]));
    if (std::isfinite(modulus)) sample.push_back(modulus);
  }
  if (sample.empty()) return 1;
  const auto place = sample.begin() + static_cast<std::ptrdiff_t>(0.998 * static_cast<double>(sample.size() - 1));
  std::nth_element(sample.begin(), place, sample.end());
  return *place > 0 ? *place : 1;
}

/// rows × cols numbers as a picture of at most kMostPixels a side.
template <class At>
QImage blockImage(Index rows, Index cols, double end, At&& at) {
  Look look;
  look.map = QStringLiteral("diverging");
  look.lo = -end;
  look.hi = end;
  const int height = static_cast<int>(std::min<Index>(rows, kMostPixels));
  const int width = static_cast<int>(std::min<Index>(cols, kMostPixels));
  QImage image(width, height, QImage::Format_RGB32);
  for (int y = 0; y < height; ++y) {
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
    for (int x = 0; x < width; ++x) line[x] = colourOf(at(y * rows / height, x * cols / width), look);
  }
  return image;
}

/// At most `most` of 0 … count − 1; for a round count not all of one residue.
std::vector<Index> someOf(Index count, Index most) {
  std::vector<Index> some(static_cast<std::size_t>(std::min(count, most)));
  std::iota(some.begin(), some.end(), Index{0});
  if (count <= most) return some;
  for (Index& i : some) i = (i * 2654435761) % count;
  return some;
}

QPointF onWire(QPointF from, QPointF to, double share) {
  const double smooth = share * share * (3 - 2 * share);
  return {from.x() + (to.x() - from.x()) * share, from.y() + (to.y() - from.y()) * smooth};
}

QPainterPath wire(QPointF from, QPointF to) {
  QPainterPath path(from);
  const double third = (to.x() - from.x()) / 2.2;
  path.cubicTo(QPointF(from.x() + third, from.y()), QPointF(to.x() - third, to.y()), to);
  return path;
}

}  // namespace

MonarchPicture pictureOf(const Monarch& monarch, Index blockRank) {
  const Index rho = std::clamp<Index>(blockRank, 1, std::max<Index>(1, monarch.blockRank)), stored = monarch.blockRank;
  MonarchPicture out{.I = monarch.I,
                     .J = monarch.J,
                     .K = monarch.K,
                     .S = monarch.S,
                     .blockRank = rho,
                     .columns = monarch.columns,
                     .L = {},
                     .R = {},
                     .realParts = std::holds_alternative<Matrix<Complex>>(monarch.L)};
  std::visit(
      [&](const auto& L) {
        const double end = endOf(L);
        for (Index j = 0; j < monarch.J; ++j) {
          out.L.push_back(blockImage(monarch.I, monarch.K * rho, end, [&](Index i, Index q) {
            return realOf(L(i, (j * monarch.K + q / rho) * stored + q % rho));
          }));
        }
      },
      monarch.L);
  std::visit(
      [&](const auto& R) {
        const double end = endOf(R);
        for (Index k = 0; k < monarch.K; ++k) {
          out.R.push_back(blockImage(monarch.J * rho, monarch.S, end, [&](Index q, Index l) {
            return realOf(R((q / rho) * stored + q % rho, k * monarch.S + l));
          }));
        }
      },
      monarch.R);
  return out;
}

/// Where everything stands. Places along the height are shares of it.
struct MonarchChain::Layout {
  QRectF first, L, middle, R, last;  // last is empty where the columns are as they are

  double y(double share) const { return L.top() + L.height() * share; }
};

MonarchChain::MonarchChain(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("M = P L P R, the rows of one residue traced"));
}

void MonarchChain::setPicture(std::shared_ptr<const MonarchPicture> picture) {
  m_picture = std::move(picture);
  if (m_picture && (m_j >= m_picture->J || m_k >= m_picture->K)) {
    m_j = 0;
    m_k = -1;
  }
  update();
}

void MonarchChain::setTile(Index j, Index k) {
  if (!m_picture || j < 0 || j >= m_picture->J || k >= m_picture->K || (j == m_j && k == m_k)) return;
  m_j = j;
  m_k = k;
  setAccessibleDescription(tr("rows of residue %1").arg(showCount(j)));
  update();
}

void MonarchChain::setPhase(double phase) {
  m_phase = phase;
  update();
}

double MonarchChain::lastPhase() const {
  if (!m_picture) return 0;
  const auto& columns = m_picture->columns;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (columns[c] != static_cast<Index>(c)) return 5;
  }
  return 4;
}

MonarchChain::Layout MonarchChain::layoutNow() const {
  Layout out;
  const bool ordered = lastPhase() > 4;
  const double width = this->width() - 2.0, wires = ordered ? 3 : 2, gaps = (wires + 1) * kGap;
  const double room = height() - kTitle - kFoot - 2.0;
  // A permutation is given half the width of a factor.
  const double side = std::max(20.0, std::min(room, (width - gaps) / (2 + wires * 0.45)));
  const double across = std::clamp((width - gaps - 2 * side) / wires, 16.0, 0.7 * side);
  const double total = 2 * side + wires * across + gaps, top = kTitle + std::max(0.0, (room - side) / 2);
  double x = 1 + std::max(0.0, (width - total) / 2);
  const auto place = [&](double w) {
    const QRectF box(x, top, w, side);
    x += w + kGap;
    return box;
  };
  out.first = place(across);
  out.L = place(side);
  out.middle = place(across);
  out.R = place(side);
  if (ordered) out.last = place(across);
  return out;
}

void MonarchChain::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const Theme& t = theme();
  if (hasFocus()) {
    painter.setPen(QPen(t.accent, 1));
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
  }
  if (!m_picture) return;
  const MonarchPicture& m = *m_picture;
  const Layout at = layoutNow();
  const Index n = m.I * m.J, inner = m.J * m.K * m.blockRank, width = m.K * m.S;
  const auto share = [](Index place, Index count) {
    return (static_cast<double>(place) + 0.5) / static_cast<double>(count);
  };

  painter.setFont(sizedFont(11));
  painter.setPen(t.muted);
  const auto words = [&](const QRectF& over, const QString& above, const QString& below) {
    const double x = over.center().x(), half = over.width() / 2 + kGap;
    painter.drawText(QRectF(x - half, over.top() - kTitle, 2 * half, kTitle - 3), Qt::AlignCenter, above);
    painter.drawText(QRectF(x - half, over.bottom() + 3, 2 * half, kFoot - 3), Qt::AlignCenter, below);
  };
  const auto blocks = [&](Index count, Index rows, Index cols) {
    return tr("%1 blocks %2 × %3").arg(showCount(count), showCount(rows), showCount(cols));
  };
  const bool roomy = at.L.width() > 96;
  words(at.first, QStringLiteral("P"), {});
  words(at.L, roomy ? tr("L, block diagonal") : QStringLiteral("L"),
        roomy ? blocks(m.J, m.I, m.K * m.blockRank) : QString());
  words(at.middle, QStringLiteral("P"), {});
  words(at.R, roomy ? tr("R, block diagonal") : QStringLiteral("R"),
        roomy ? blocks(m.K, m.J * m.blockRank, m.S) : QString());
  if (!at.last.isEmpty()) words(at.last, at.last.width() > 64 ? tr("column order") : tr("order"), {});

  // The blocks.
  painter.setRenderHint(QPainter::SmoothPixmapTransform, true);
  const auto factor = [&](const QRectF& box, const std::vector<QImage>& images, Index chosen) {
    painter.fillRect(box, t.canvas);
    const auto count = static_cast<double>(images.size());
    const double w = box.width() / count, h = box.height() / count;
    for (std::size_t b = 0; b < images.size(); ++b) {
      const auto place = static_cast<double>(b);
      const QRectF target(box.left() + place * w, box.top() + place * h, w, h);
      painter.setRenderHint(QPainter::SmoothPixmapTransform, w < images[b].width());
      painter.drawImage(target, images[b]);
      if (static_cast<Index>(b) == chosen) {
        painter.setPen(QPen(t.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(target.adjusted(-1, -1, 1, 1));
      }
    }
  };
  factor(at.L, m.L, m_j);
  factor(at.R, m.R, m_k);

  // The wires: where a place on the left of a permutation comes to stand on its right.
  painter.setRenderHint(QPainter::Antialiasing);
  const auto rowTo = [&](Index row) { return (row % m.J) * m.I + row / m.J; };
  const auto innerTo = [&](Index q) {  // (j, k, t) → (k, j, t)
    const Index j = q / (m.K * m.blockRank), k = q / m.blockRank % m.K;
    return (k * m.J + j) * m.blockRank + q % m.blockRank;
  };
  const auto columnTo = [&](Index c) { return m.columns[static_cast<std::size_t>(c)]; };
  const auto draw = [&](const QRectF& box, Index from, Index to, Index count, const QPen& pen) {
    painter.setPen(pen);
    painter.drawPath(wire({box.left(), at.y(share(from, count))}, {box.right(), at.y(share(to, count))}));
  };
  painter.setBrush(Qt::NoBrush);
  const QPen quiet(mixed(t.panel, t.muted, 0.28), 0.8), traced(t.accent, 1.3), warm(t.warm, 1.8);
  for (const Index row : someOf(n, kMostWires)) draw(at.first, row, rowTo(row), n, quiet);
  for (const Index q : someOf(inner, kMostWires)) draw(at.middle, q, innerTo(q), inner, quiet);
  if (!at.last.isEmpty()) {
    for (const Index c : someOf(width, kMostWires)) draw(at.last, c, columnTo(c), width, quiet);
  }
  const std::vector<Index> rows = someOf(m.I, kMostTraced), middle = someOf(m.K * m.blockRank, kMostTraced);
  for (const Index i : rows) draw(at.first, i * m.J + m_j, m_j * m.I + i, n, traced);
  for (const Index q : middle) {
    const Index from = m_j * m.K * m.blockRank + q;
    draw(at.middle, from, innerTo(from), inner, traced);
  }
  for (Index term = 0; m_k >= 0 && term < m.blockRank; ++term) {
    const Index from = (m_j * m.K + m_k) * m.blockRank + term;
    draw(at.middle, from, innerTo(from), inner, warm);
  }
  if (m_k >= 0 && !at.last.isEmpty()) {
    for (const Index l : someOf(m.S, kMostTraced)) {
      const Index c = m_k * m.S + l;
      draw(at.last, c, columnTo(c), width, warm);
    }
  }
  if (m_phase < 0) return;

  // The dots of the rows traced, on their way.
  painter.setPen(Qt::NoPen);
  const int leg = std::min(static_cast<int>(m_phase), static_cast<int>(lastPhase()) - 1);
  const double part = std::min(1.0, m_phase - leg);
  const auto dot = [&](QPointF place, double opacity) {
    QColor colour = t.warm;
    colour.setAlphaF(static_cast<float>(opacity));
    painter.setBrush(colour);
    painter.drawEllipse(place, 3, 3);
  };
  const auto along = [&](const QRectF& box, Index from, Index to, Index count) {
    dot(onWire({box.left(), at.y(share(from, count))}, {box.right(), at.y(share(to, count))}, part), 1);
  };
  // Through a factor each dot goes level to its block, and others leave it.
  const auto through = [&](const QRectF& box, double in, double out) {
    const double y = in + (out - in) * part;
    dot({box.left() + box.width() * part, y}, 0.35 + 0.65 * std::abs(2 * part - 1));
  };
  const std::vector<Index> ends = someOf(m.S, std::max<Index>(1, kMostTraced / std::max<Index>(1, m.K)));
  switch (leg) {
    case 0:
      for (const Index i : rows) along(at.first, i * m.J + m_j, m_j * m.I + i, n);
      break;
    case 1:
      for (const Index i : rows) {
        const double y = at.y(share(m_j * m.I + i, n));
        if (part < 0.5) through(at.L, y, y);
      }
      for (const Index q : middle) {
        const double y = at.y(share(m_j * m.K * m.blockRank + q, inner));
        if (part >= 0.5) through(at.L, y, y);
      }
      break;
    case 2:
      for (const Index q : middle) {
        const Index from = m_j * m.K * m.blockRank + q;
        along(at.middle, from, innerTo(from), inner);
      }
      break;
    case 3:
      for (const Index q : middle) {
        const double in = at.y(share(innerTo(m_j * m.K * m.blockRank + q), inner));
        if (part < 0.5) {
          through(at.R, in, in);
          continue;
        }
        const Index k = q / m.blockRank;
        for (const Index l : ends) {
          const double out = at.y(share(k * m.S + l, width));
          dot({at.R.left() + at.R.width() * part, in + (out - in) * (2 * part - 1)}, 0.35 + 0.65 * (2 * part - 1));
        }
      }
      break;
    default:
      for (const Index q : middle) {
        for (const Index l : ends) {
          const Index c = q / m.blockRank * m.S + l;
          along(at.last, c, columnTo(c), width);
        }
      }
  }
}

void MonarchChain::mousePressEvent(QMouseEvent* event) {
  if (!m_picture) return;
  const Layout at = layoutNow();
  const QPointF place = event->position();
  if (at.L.contains(place)) {
    emit rowChosen(std::min(m_picture->J - 1, static_cast<Index>((place.y() - at.L.top()) / at.L.height() *
                                                                 static_cast<double>(m_picture->J))));
  }
}

void MonarchChain::keyPressEvent(QKeyEvent* event) {
  const int by = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
  if (!m_picture || by == 0) return QWidget::keyPressEvent(event);
  emit rowChosen(std::clamp<Index>(m_j + by, 0, m_picture->J - 1));
}

}  // namespace rankscope::ui
