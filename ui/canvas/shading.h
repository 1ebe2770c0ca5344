// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QSize>
#include <vector>

#include "ui/canvas/canvas.h"

/// How values become pixels, the part that both canvases share. The raster canvas does all of it here; the OpenGL
/// canvas takes AxisMap, Shade and the choice of pictures from here and does the rest, in the same steps, in its
/// shader.
namespace rankscope::ui {

/// What one side of a comparison shows.
struct Content {
  PicturePtr base, detail;
};

struct Scene {
  Content first, second;  ///< second.base null: no comparison
  Compare compare = Compare::None;
  double wipeAt = 0.5;
  Look look;
  View view;
  Index rows = 0, cols = 0;  ///< of the matrix, in entries
  QSize pixels;              ///< device pixels
  double dpr = 1;
  QRgb background = 0xff000000;
  std::vector<AxisMark> rowMarks, columnMarks;

  /// Device column from which the second content is shown.
  int wipeColumn() const;
};

/// For each device pixel along an axis the entry under its centre, −1 outside: floor(centre + ((p + ½)/dpr −
/// length/2)/scale). Worked out once a frame in double, so that both canvases sample alike to the last pixel.
std::vector<int> axisMap(int pixels, double dpr, double centre, double scale, Index entries);

/// The level at which a value covers about a device pixel (0.7 to 1.4 of them).
int levelFor(double scale, double dpr);
/// Whether the detail is worth more than the base where it lies: it is no coarser than the base, or than the screen.
bool detailWins(const Content& content, int wantedLevel);
/// The picture that stands at an entry, or null.
const Picture* pictureAt(const Content& content, int wantedLevel, Index row, Index col);

/// One normalisation for both canvases: t = (shape(v) − zero)·slope + base, clamped to [0, 1];
/// shape is v, log₂(max(v, s)/s), ±log₂(1 + |v|/s) or ±log₂(|v|/s + √((v/s)² + 1)), s the softening:
/// Log: lo when it is positive, else a millionth of hi. Symlog: a thousandth, Arcsinh: a tenth of the larger modulus.
/// Without a range (lo = hi, NaN) everything is ½.
struct Shade {
  ValueScale scale = ValueScale::Linear;
  float inverseSoftening = 1, zero = 0, slope = 1, base = 0;
};
Shade shadeOf(const Look& look);
/// Places of `count` values in the colour table of a map.
void tablePlaces(const Shade& shade, const float* values, Index count, int* places);
/// The colour of the values (one or three) at an entry.
QRgb colourOf(const Picture& picture, const Look& look, Index row, Index col);
/// The colour a map gives a value.
QRgb colourOf(double value, const Look& look);

/// A picture of one plane stays one; of three it is shown in colour when the look says so, else by their luma.
constexpr float kLumaRed = 0.2126F, kLumaGreen = 0.7152F, kLumaBlue = 0.0722F;

QImage renderRaster(const Scene& scene);

}  // namespace rankscope::ui
