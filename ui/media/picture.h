// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>
#include <string>
#include <variant>

#include "core/io/input.h"
#include "ui/media/pnm.h"

namespace rankscope::media {

/// A decoded picture: samples as the file has them, and what they mean.
struct Picture {
  std::variant<QImage, AnyMap> samples;  ///< QImage: Grayscale8, Grayscale16, RGBA8888, RGBA64 or RGBA32FPx4
  Index rows = 0, cols = 0;              ///< upright: EXIF's orientation is applied
  Index colours = 3;                     ///< 1 grey (the red samples where there are four), 3 red green blue
  bool alpha = false;
  bool inexactUnderAlpha = false;  ///< the reader knows the colours only blended with alpha
  std::string dtype;               ///< "uint8", "uint16", "float32"
};

/// True when the bytes begin as a picture whose format cannot be mistaken for a text file.
bool beginsAsPicture(std::span<const std::byte> head);

/// Decodes a picture file's bytes (the first picture of several). Sizes are checked against context.memory before
/// decoding; pictures cut short are refused (Input), although Qt would show what there is of some.
Result<Picture> decodePicture(const QByteArray& bytes, const std::string& source, const Context& context);
/// An image of any format as a Picture; no pixel is lost.
Picture pictureOf(QImage image);

/// The channels that view.channel names, on the [0,1] scale as double: code / 255, code / 65535, floats as they are.
/// n×m, or n×3m for rgb of a colour picture.
Result<MatrixPtr> matrixOf(const Picture& picture, const ViewOptions& view, const std::string& source,
                           const Context& context, std::vector<Text>& notices);

}  // namespace rankscope::media
