// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/shading.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "ui/canvas/colour_maps.h"

namespace rankscope::ui {

namespace {

// log₂ of a positive normal float to 2e-6: the exponent, and for the mantissa m in [1, 2) the first terms of
// ln m = 2 artanh((m − 1)/(m + 1)). Plain arithmetic, so that a loop over it becomes vector instructions, which a
// library call would not: some 10 ms a full-screen frame.
inline float fastLog2(float x) {
  constexpr float kTwoOverLn2 = 2.88539008F;
  const auto bits = std::bit_cast<std::uint32_t>(x);
  const auto exponent = static_cast<float>(static_cast<int>(bits >> 23) - 127);
  const float m = std::bit_cast<float>((bits & 0x007fffffU) | 0x3f800000U);
  const float z = (m - 1) / (m + 1), q = z * z;
  return exponent + kTwoOverLn2 * z * (1 + q * (1 / 3.0F + q * (1 / 5.0F + q * (1 / 7.0F + q * (1 / 9.0F)))));
}

inline unsigned notFinite(float v) { return (std::bit_cast<std::uint32_t>(v) & 0x7f800000U) == 0x7f800000U ? 1U : 0U; }

template <ValueScale scale>
inline float shape(float v, float inverseSoftening) {
  if constexpr (scale == ValueScale::Linear) {
    return v;
  } else {
    const float x = v * inverseSoftening;
    if constexpr (scale == ValueScale::Log) return fastLog2(x > 1 ? x : 1);
    const float size = x < 0 ? -x : x;
    const float inside = scale == ValueScale::Symlog ? 1 + size : size + std::sqrt(size * size + 1);
    const float s = fastLog2(inside);
    return x < 0 ? -s : s;
  }
}

// Conditional expressions on values only: they vectorise, and NaN becomes 0 before it is converted.
inline int placeOf(float s, const Shade& shade, int steps) {
  const float t = (s - shade.zero) * shade.slope + shade.base;
  const float above = t > 0 ? t : 0;
  const float inside = above < 1 ? above : 1;
  return static_cast<int>(inside * static_cast<float>(steps) + 0.5F);
}

template <ValueScale scale>
void placesIn(const Shade& shade, const float* __restrict values, Index count, int* __restrict places) {
  const Shade by = shade;
  for (Index i = 0; i < count; ++i) {
    const float v = values[i];
    const int place = placeOf(shape<scale>(v, by.inverseSoftening), by, kTableSize - 1);
    const int special = v != v ? kNaNIndex : kInfinityIndex;
    places[i] = notFinite(v) == 0 ? place : special;
  }
}

float shapeOf(ValueScale scale, float v, float inverseSoftening) {
  switch (scale) {
    case ValueScale::Linear:
      return shape<ValueScale::Linear>(v, inverseSoftening);
    case ValueScale::Log:
      return shape<ValueScale::Log>(v, inverseSoftening);
    case ValueScale::Symlog:
      return shape<ValueScale::Symlog>(v, inverseSoftening);
    case ValueScale::Arcsinh:
      return shape<ValueScale::Arcsinh>(v, inverseSoftening);
  }
  return v;
}

// The colours of a colour picture, always linear. Whether a value of the three is not finite comes back.
unsigned colours(const Shade& shade, const float* __restrict r, const float* __restrict g, const float* __restrict b,
                 Index count, QRgb* __restrict out) {
  const Shade by = shade;
  unsigned special = 0;
  for (Index i = 0; i < count; ++i) {
    const int red = placeOf(r[i], by, 255), green = placeOf(g[i], by, 255), blue = placeOf(b[i], by, 255);
    out[i] = static_cast<QRgb>(static_cast<int>(0xff000000U) | (red << 16) | (green << 8) | blue);
    special |= notFinite(r[i]) | notFinite(g[i]) | notFinite(b[i]);
  }
  return special;
}

Look linear(const Look& look) {
  Look out = look;
  out.scale = ValueScale::Linear;
  return out;
}

// Draws the part of one row of device pixels that one picture covers. Buffers live as long as the frame.
class RowPainter {
 public:
  RowPainter(const Look& look, int width)
      : m_look(look),
        m_shade(shadeOf(look)),
        m_colourShade(shadeOf(linear(look))),
        m_table(colourTable(look.map)),
        m_values(3, std::vector<float>(static_cast<std::size_t>(width))),
        m_places(static_cast<std::size_t>(width)) {}

  // columns: the picture's own column for each of `count` pixels; one after the other if `adjacent`.
  void paint(const Picture& picture, Index row, const int* columns, Index count, bool adjacent, QRgb* out) {
    const std::size_t planes = picture.planes.size();
    std::array<const float*, 3> values{};
    for (std::size_t plane = 0; plane < planes; ++plane) {
      const float* source = picture.planes[plane].data() + row * picture.cols;
      float* gathered = m_values[plane].data();
      values[plane] = adjacent ? source + columns[0] : gathered;
      for (Index i = 0; i < (adjacent ? 0 : count); ++i) gathered[i] = source[columns[i]];
    }
    if (planes == 3 && m_look.colour) {
      const auto [r, g, b] = values;
      if (colours(m_colourShade, r, g, b, count, out) == 0) return;
      for (Index i = 0; i < count; ++i) {
        if ((notFinite(r[i]) | notFinite(g[i]) | notFinite(b[i])) == 0) continue;
        out[i] = std::isnan(r[i]) || std::isnan(g[i]) || std::isnan(b[i]) ? kNaNColour : kInfinityColour;
      }
      return;
    }
    if (planes == 3) {
      float* luma = m_values[0].data();
      for (Index i = 0; i < count; ++i) {
        luma[i] = kLumaRed * values[0][i] + kLumaGreen * values[1][i] + kLumaBlue * values[2][i];
      }
      values[0] = luma;
    }
    tablePlaces(m_shade, values[0], count, m_places.data());
    for (Index i = 0; i < count; ++i) out[i] = m_table[static_cast<std::size_t>(m_places[static_cast<std::size_t>(i)])];
  }

 private:
  Look m_look;
  Shade m_shade, m_colourShade;
  const std::vector<QRgb>& m_table;
  std::vector<std::vector<float>> m_values;
  std::vector<int> m_places;
};

// A picture's columns for the device columns [from, to) it covers.
struct Span {
  const Picture* picture = nullptr;
  int from = 0, to = 0;
  std::vector<int> columns;
  bool adjacent = true;  // one value a pixel

  Span(const Picture* shown, const std::vector<int>& entries, int first, int last) : picture(shown) {
    const auto inside = [&](int x) {
      const int entry = entries[static_cast<std::size_t>(x)];
      return entry >= shown->region.col && entry < shown->region.col + shown->region.cols;
    };
    from = first;
    while (from < last && !inside(from)) ++from;
    to = from;
    while (to < last && inside(to)) ++to;
    for (int x = from; x < to; ++x) {
      columns.push_back((entries[static_cast<std::size_t>(x)] - static_cast<int>(shown->region.col)) >> shown->level);
      adjacent = adjacent && columns.back() == columns.front() + x - from;
    }
  }

  // The picture's row for an entry, −1 where it has none.
  Index rowFor(int entry) const {
    const Tile& region = picture->region;
    if (entry < region.row || entry >= region.row + region.rows) return -1;
    return (entry - region.row) >> picture->level;
  }
};

}  // namespace

int Scene::wipeColumn() const {
  if (!second.base || compare == Compare::None) return pixels.width();
  if (compare == Compare::Flip) return 0;
  return static_cast<int>(std::lround(std::clamp(wipeAt, 0.0, 1.0) * pixels.width()));
}

std::vector<int> axisMap(int pixels, double dpr, double centre, double scale, Index entries) {
  // An edge that falls on a pixel's centre must not be decided by rounding, pixel by pixel.
  constexpr double kNudge = 1e-7;
  std::vector<int> map(static_cast<std::size_t>(std::max(pixels, 0)), -1);
  for (int p = 0; p < pixels; ++p) {
    const double entry = std::floor(centre + ((p + 0.5) / dpr - pixels / dpr / 2) / scale + kNudge);
    if (entry >= 0 && entry < static_cast<double>(entries)) map[static_cast<std::size_t>(p)] = static_cast<int>(entry);
  }
  return map;
}

int levelFor(double scale, double dpr) {
  return std::max(0, static_cast<int>(std::ceil(-std::log2(scale * dpr) - 0.5)));
}

bool detailWins(const Content& content, int wantedLevel) {
  return content.detail && (!content.base || content.detail->level <= std::max(content.base->level, wantedLevel));
}

const Picture* pictureAt(const Content& content, int wantedLevel, Index row, Index col) {
  const auto covers = [&](const PicturePtr& picture) {
    if (!picture) return false;
    const Tile& region = picture->region;
    return row >= region.row && row < region.row + region.rows && col >= region.col && col < region.col + region.cols;
  };
  if (detailWins(content, wantedLevel) && covers(content.detail)) return content.detail.get();
  return covers(content.base) ? content.base.get() : nullptr;
}

Shade shadeOf(const Look& look) {
  const double lo = look.lo, hi = look.hi, largest = std::max(std::abs(lo), std::abs(hi));
  double softening = 1;
  if (look.scale == ValueScale::Log) softening = lo > 0 ? lo : hi * 1e-6;
  if (look.scale == ValueScale::Symlog) softening = largest * 1e-3;
  if (look.scale == ValueScale::Arcsinh) softening = largest * 1e-1;
  Shade shade;
  shade.scale = look.scale;
  shade.inverseSoftening = static_cast<float>(1 / softening);
  const float least = shapeOf(look.scale, static_cast<float>(lo), shade.inverseSoftening);
  const float most = shapeOf(look.scale, static_cast<float>(hi), shade.inverseSoftening);
  const bool usable =
      softening > 0 && hi > lo && std::isfinite(shade.inverseSoftening) && std::isfinite(1 / (most - least));
  if (!usable) {
    shade = {look.scale, 1, 0, 0, 0.5F};
    return shade;
  }
  shade.zero = least;
  shade.slope = 1 / (most - least);
  return shade;
}

void tablePlaces(const Shade& shade, const float* values, Index count, int* places) {
  switch (shade.scale) {
    case ValueScale::Linear:
      return placesIn<ValueScale::Linear>(shade, values, count, places);
    case ValueScale::Log:
      return placesIn<ValueScale::Log>(shade, values, count, places);
    case ValueScale::Symlog:
      return placesIn<ValueScale::Symlog>(shade, values, count, places);
    case ValueScale::Arcsinh:
      return placesIn<ValueScale::Arcsinh>(shade, values, count, places);
  }
}

QRgb colourOf(const Picture& picture, const Look& look, Index row, Index col) {
  RowPainter painter(look, 1);
  const int column = static_cast<int>((col - picture.region.col) >> picture.level);
  QRgb colour = 0;
  painter.paint(picture, (row - picture.region.row) >> picture.level, &column, 1, true, &colour);
  return colour;
}

QRgb colourOf(double value, const Look& look) {
  const auto v = static_cast<float>(value);
  int place = 0;
  tablePlaces(shadeOf(look), &v, 1, &place);
  return colourTable(look.map)[static_cast<std::size_t>(place)];
}

QImage renderRaster(const Scene& scene) {
  const int width = scene.pixels.width(), height = scene.pixels.height();
  QImage image(scene.pixels, QImage::Format_RGB32);
  image.setDevicePixelRatio(scene.dpr);
  if (width <= 0 || height <= 0) return image;
  const std::vector<int> columns = axisMap(width, scene.dpr, scene.view.centre.x(), scene.view.scale, scene.cols);
  const std::vector<int> rows = axisMap(height, scene.dpr, scene.view.centre.y(), scene.view.scale, scene.rows);
  const int wanted = levelFor(scene.view.scale, scene.dpr), wipe = scene.wipeColumn();

  std::vector<Span> spans;  // what comes later lies on top
  const auto add = [&](const Content& content, int from, int to) {
    if (content.base) spans.emplace_back(content.base.get(), columns, from, to);
    if (detailWins(content, wanted)) spans.emplace_back(content.detail.get(), columns, from, to);
  };
  add(scene.first, 0, wipe);
  add(scene.second, wipe, width);

  RowPainter painter(scene.look, width);
  std::vector<Index> sources(spans.size(), -1), before;
  for (int y = 0; y < height; ++y) {
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
    for (std::size_t i = 0; i < spans.size(); ++i) sources[i] = spans[i].rowFor(rows[static_cast<std::size_t>(y)]);
    if (y > 0 && sources == before) {  // magnified: the same row again
      std::copy_n(reinterpret_cast<const QRgb*>(image.constScanLine(y - 1)), width, line);
      continue;
    }
    before = sources;
    std::fill_n(line, width, scene.background);
    for (std::size_t i = 0; i < spans.size(); ++i) {
      const Span& span = spans[i];
      if (sources[i] < 0 || span.from == span.to) continue;
      const bool hidden =
          i + 1 < spans.size() && sources[i + 1] >= 0 && spans[i + 1].from <= span.from && spans[i + 1].to >= span.to;
      if (!hidden)
        painter.paint(*span.picture, sources[i], span.columns.data(), span.to - span.from, span.adjacent,
                      line + span.from);
    }
  }
  return image;
}

}  // namespace rankscope::ui
