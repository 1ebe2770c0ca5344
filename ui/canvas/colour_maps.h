// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRgb>
#include <QString>
#include <QStringList>
#include <vector>

namespace rankscope::ui {

/// A colour table: kTableSize colours from the least value to the greatest (an odd number, so that the middle of a
/// diverging map is one of them: white), then the colours of NaN and of infinity.
constexpr int kTableSize = 1025;
constexpr int kNaNIndex = kTableSize, kInfinityIndex = kTableSize + 1;
constexpr QRgb kNaNColour = 0xffff00d4, kInfinityColour = 0xff00d9ff;

/// grey viridis cividis magma inferno diverging
QStringList colourMaps();
/// kTableSize + 2 colours, opaque; an unknown name gives grey.
const std::vector<QRgb>& colourTable(const QString& map);

}  // namespace rankscope::ui
