// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/access.h"

namespace rankscope {

std::optional<Error> refuseEntries(const AnyMatrix& X, const Text& who, const Context& context, Kind kind) {
  if (X.cheapest() == Access::Entries) return std::nullopt;
  const double bytes = static_cast<double>(X.rows()) * static_cast<double>(X.cols()) *
                       static_cast<double>(X.isComplex()                           ? sizeof(Complex)
                                           : context.precision == Precision::Float ? sizeof(float)
                                                                                   : sizeof(double));
  const bool inFile = X.cheapest() == Access::OnePass;
  if (!inFile && bytes <= static_cast<double>(context.memory)) return std::nullopt;
  std::string others;
  for (const Method& method : methods()) {
    if (method.kind != kind || method.access == Access::Entries || (X.isComplex() && !method.complex)) continue;
    others += (others.empty() ? "" : ", ") + method.id;
  }
  const Text why = inFile ? text(
                                "it needs all entries at once, and the matrix, larger than the {1} of memory allowed, "
                                "stays in its file",
                                showBytes(static_cast<double>(context.memory)))
                          : text("it needs all entries of the sparse matrix, {1} of memory, and {2} are allowed",
                                 showBytes(bytes), showBytes(static_cast<double>(context.memory)));
  return computeError(who, why,
                      others.empty() ? Text("raise --max-memory")
                                     : text("these methods do without: {1}; or raise --max-memory", others));
}

std::optional<Error> refuseInput(const AnyMatrix& X, const std::string& name, Access access, const Text& who,
                                 const Context& context, Kind kind) {
  if (access == Access::Entries) {
    if (auto refused = refuseEntries(X, who, context, kind)) return refused;
  }
  return refuseUnusable(X, name);
}

}  // namespace rankscope
