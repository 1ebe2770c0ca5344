// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>

#include "core/io/input.h"

namespace rankscope::media {

/// Adds the picture reader (Qt's image formats, and PNM/PFM by our own, which keep 16 bits) and the bundled samples.
/// Needs a QCoreApplication.
void addPictures(Formats& formats);

/// n×m (grey) or n×3m values on the [0,1] scale → 8-bit picture, clipped and rounded only here. `channels`: 1 or 3.
QImage toImage(const Matrix<double>& values, Index channels);
/// Writes by ending, atomically.
Result<Done> savePicture(const QImage& image, const QString& path);
/// An in-memory picture (pasted) as a matrix, by the same rules as a file.
Result<MatrixPtr> fromImage(const QImage& image, const ViewOptions& view);

}  // namespace rankscope::media
