// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/linalg/any_matrix.h"
#include "core/methods/params.h"

namespace rankscope {

/// A generated matrix: one entry of the gallery.
struct Generator {
  std::string id, title;
  std::string help;  ///< one line: why it is interesting
  std::vector<ParamSpec> params;
  /// params are resolved; sizes are bounded by the specs and checked against context.memory by the caller.
  std::function<Result<MatrixPtr>(const ParamValues& params, const Context& context)> make;
};

const std::vector<Generator>& generators();
const Generator* findGenerator(std::string_view id);

/// "hilbert,n=20" → the matrix. The seed is the parameter `seed` of the generators that draw.
Result<MatrixPtr> generate(const std::string& spec, const Context& context);
/// "hilbert,n=20" → id and values, or an Error (Usage) that lists what exists.
struct GallerySpec {
  std::string id;
  ParamValues values;
};
Result<GallerySpec> parseGallerySpec(const std::string& spec);
std::string formatGallerySpec(const GallerySpec&);
Json galleryJson();

}  // namespace rankscope
