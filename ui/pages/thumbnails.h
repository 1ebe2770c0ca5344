// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

#include "ui/canvas/canvas.h"

namespace rankscope::ui {

/// A small picture by the rules of the canvas; for thumbnails (cost: one look-up a value).
QImage imageOf(const Picture& picture, const Look& look);
/// The level of an n×m matrix at which neither side has more than `most` values.
int thumbnailLevel(Index rows, Index cols, int most);
/// A thumbnail of a loaded input, no side above `most` pixels. Not for the UI thread: the first call reads the matrix.
QImage thumbnailOf(const MatrixPtr& matrix, int most, const Context& context);
/// The same of a pyramid that may already be there.
QImage thumbnailOf(const Pyramid& pyramid, bool picture, int most, const Context& context);

}  // namespace rankscope::ui
