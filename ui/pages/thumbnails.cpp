// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/thumbnails.h"

#include <algorithm>

#include "ui/canvas/shading.h"
#include "ui/pages/looks.h"

namespace rankscope::ui {

QImage imageOf(const Picture& picture, const Look& look) {
  QImage image(static_cast<int>(picture.cols), static_cast<int>(picture.rows), QImage::Format_RGB32);
  for (Index row = 0; row < picture.rows; ++row) {
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(static_cast<int>(row)));
    for (Index col = 0; col < picture.cols; ++col) {
      line[col] = colourOf(picture, look, picture.region.row + (row << picture.level),
                           picture.region.col + (col << picture.level));
    }
  }
  return image;
}

int thumbnailLevel(Index rows, Index cols, int most) {
  int level = 0;
  while (valuesAt(std::max(rows, cols), level) > most) ++level;
  return level;
}

QImage thumbnailOf(const Pyramid& pyramid, bool picture, int most, const Context& context) {
  const Tile whole{0, 0, pyramid.rows(), pyramid.cols()};
  // One level finer than fits, and smoothed to the size: a clean small picture.
  const int level = std::max(0, thumbnailLevel(pyramid.rows(), pyramid.cols(), most) - 1);
  const PicturePtr values = pyramid.picture(whole, level, context);
  const QImage image = imageOf(*values, contentLook(SessionState{}, *values, picture));
  return image.width() > most || image.height() > most
             ? image.scaled(most, most, Qt::KeepAspectRatio, Qt::SmoothTransformation)
             : image;
}

QImage thumbnailOf(const MatrixPtr& matrix, int most, const Context& context) {
  return thumbnailOf(Pyramid(matrix), !matrix->channels().empty(), most, context);
}

}  // namespace rankscope::ui
