// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>

#include "core/io/input.h"

namespace rankscope::cli {

/// Where answers go is checked before anything is computed: an ending that suits (else kind Usage), a folder that takes
/// files (else kind Output).
Result<Done> checkTarget(const std::string& path);
/// The writer of arrays for `path`; `several`: it must hold several named arrays.
Result<const Writer*> arrayTarget(const std::string& path, bool several, const Formats& formats);
Result<Done> pictureTarget(const std::string& path);
bool hasPictureEnding(const std::string& path);
Result<Done> figureTarget(const std::string& path);

/// Values as a picture by savePicture, 8 bits a channel. channels 0: plain numbers, drawn grey with `low` black and
/// `high` white. Error (Input) when a value is not finite.
Result<Done> writePicture(const std::string& path, const Matrix<double>& values, Index channels, double low,
                          double high);

}  // namespace rankscope::cli
