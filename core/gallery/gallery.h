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
  /// Memory that make() takes at its peak; the caller asks the context for it first, as generate() does.
  std::function<double(const ParamValues& params)> bytes;
  /// params are resolved, so sizes are within their specs. An Error (Usage) where two of them do not go together. Same
  /// params, same bits on any number of threads.
  std::function<Result<MatrixPtr>(const ParamValues& params, const Context& context)> make;
};

const std::vector<Generator>& generators();
const Generator* findGenerator(std::string_view id);

/// "hilbert,n=20" → the matrix. The seed is the parameter `seed` of the generators that draw.
Result<MatrixPtr> generate(const std::string& spec, const Context& context);
/// "hilbert,n=20" → id and the values typed, or an Error (Usage) that lists what exists or is allowed.
struct GallerySpec {
  std::string id;
  ParamValues values;
};
Result<GallerySpec> parseGallerySpec(const std::string& spec);
/// The other way round; parameters in the generator's order.
std::string formatGallerySpec(const GallerySpec&);
/// {"generators":[{"id","title","help","params":[…]}]} of the command line.
Json galleryJson();

}  // namespace rankscope
