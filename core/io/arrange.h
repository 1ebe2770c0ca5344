// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/input.h"

namespace rankscope {

/// "2 × 3 × 4"; "a single number" for no dimensions.
std::string showShape(std::span<const Index> shape);

/// The rows and columns under which an array is read.
struct Extent {
  Index rows = 0, cols = 0;
};

/// 0-D is 1×1, 1-D a column, 2-D itself; more dimensions by view.reshape (entries in row-major order, as numpy's
/// reshape): keep-first is shape[0] × rest, keep-last rest × shape[-1], "N,M" is N × M. Error (Input) when there is no
/// entry, when the counts disagree, or when three or more dimensions come without a reshape.
Result<Extent> extentOf(std::span<const Index> shape, const ViewOptions& view, const std::string& source);

/// What ViewOptions may say; of complex and nan nothing as well.
inline constexpr std::array<std::string_view, 6> kChannels = {"rgb", "luma", "red", "green", "blue", "alpha"};
inline constexpr std::array<std::string_view, 4> kComplexViews = {"abs", "real", "imag", "stack"};
inline constexpr std::array<std::string_view, 2> kNanViews = {"zero", "mean"};

/// An Error (Usage) for a value of channel, reshape, complex or nan that does not exist.
std::optional<Error> refuseView(const ViewOptions& view);

/// Says how many entries a NaN policy replaced.
Text noticeOfReplaced(Index count, bool byMean);

/// The end of every reader: complex and NaN policy, then the matrix. Values already have their extent.
Result<MatrixPtr> finishMatrix(Values values, std::vector<Channel> channels, const ViewOptions& view,
                               const std::string& source, const Context& context, std::vector<Text>& notices);

/// Reshape, complex and NaN policy on a matrix that exists; the same pointer when none of them is asked for. A sparse
/// one stays sparse.
Result<MatrixPtr> arrange(const MatrixPtr& matrix, const ViewOptions& view, const std::string& source,
                          const Context& context, std::vector<Text>& notices);

}  // namespace rankscope
