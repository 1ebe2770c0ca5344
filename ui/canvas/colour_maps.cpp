// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/colour_maps.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace rankscope::ui {

namespace {

// A few evenly spaced colours of each map; between them a Catmull–Rom curve in sRGB. The perceptual maps follow the
// public domain originals (viridis, magma, inferno: S. van der Walt and N. Smith; cividis: Nuñez, Anderton and Renslow
// 2018) to a few grey levels; diverging runs from the negative to the positive colour of the style through white.
struct Map {
  const char* name;
  std::vector<QRgb> points;
};

const std::vector<Map>& maps() {
  static const std::vector<Map> all{
      {"grey", {0x000000, 0xffffff}},
      {"viridis", {0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30, 0xfde725}},
      {"cividis", {0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173, 0x8a8678, 0xa59c74, 0xc3b369, 0xe1cc55, 0xfee838}},
      {"magma", {0x000004, 0x1d1147, 0x51127c, 0x832681, 0xb73779, 0xe75263, 0xfc8961, 0xfec488, 0xfcfdbf}},
      {"inferno", {0x000004, 0x210c4a, 0x57106e, 0x8a226a, 0xbc3754, 0xe45a31, 0xf98e09, 0xf9cb35, 0xfcffa4}},
      {"diverging", {0x2166ac, 0x4f93c4, 0x92c2de, 0xd2e4f0, 0xffffff, 0xfbdccb, 0xf2a888, 0xd6614f, 0xb2182b}},
  };
  return all;
}

int channelOf(QRgb colour, int shift) { return static_cast<int>((colour >> shift) & 0xffU); }

// The channel at t in [0, 1]: the cubic through the two points around t with the slopes their neighbours give.
int curve(const std::vector<QRgb>& points, int shift, double t) {
  const int last = static_cast<int>(points.size()) - 1;
  const double place = t * last;
  const int i = std::min(static_cast<int>(place), last - 1);
  const double x = place - i;
  const auto at = [&](int index) {
    return static_cast<double>(channelOf(points[static_cast<std::size_t>(std::clamp(index, 0, last))], shift));
  };
  const double p = at(i), q = at(i + 1);
  const double slopeP = i > 0 ? (q - at(i - 1)) / 2 : q - p, slopeQ = i + 1 < last ? (at(i + 2) - p) / 2 : q - p;
  const double value = p + x * (slopeP + x * (3 * (q - p) - 2 * slopeP - slopeQ + x * (2 * (p - q) + slopeP + slopeQ)));
  return std::clamp(static_cast<int>(std::lround(value)), 0, 255);
}

std::vector<QRgb> tableOf(const Map& map) {
  std::vector<QRgb> table;
  for (int i = 0; i < kTableSize; ++i) {
    const double t = static_cast<double>(i) / (kTableSize - 1);
    table.push_back(qRgb(curve(map.points, 16, t), curve(map.points, 8, t), curve(map.points, 0, t)));
  }
  table.push_back(kNaNColour);
  table.push_back(kInfinityColour);
  return table;
}

}  // namespace

QStringList colourMaps() {
  QStringList names;
  for (const Map& map : maps()) names << QString::fromLatin1(map.name);
  return names;
}

const std::vector<QRgb>& colourTable(const QString& map) {
  static const std::vector<std::vector<QRgb>> tables = [] {
    std::vector<std::vector<QRgb>> made;
    for (const Map& one : maps()) made.push_back(tableOf(one));
    return made;
  }();
  const auto index = static_cast<std::size_t>(std::max<qsizetype>(0, colourMaps().indexOf(map)));
  return tables[index];
}

}  // namespace rankscope::ui
