// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "core/gallery/family.h"

namespace rankscope::gallery {

namespace {

constexpr Index kMaxFactor = 128;  // a Kronecker product of two such has kMaxSize rows

Result<MatrixPtr> identity(const ParamValues& params, const Context& context) {
  return makeMatrix(
      filled(integer(params, "n"), integer(params, "m"), context, [](Index i, Index j) { return i == j ? 1.0 : 0.0; }));
}

Result<MatrixPtr> permutation(const ParamValues& params, const Context& context) {
  const Index n = integer(params, "n");
  const std::vector<Index> order = randomPermutation(n, Random(seedOf(params), "gallery:permutation"));
  return makeMatrix(
      filled(n, n, context, [&](Index i, Index j) { return order[static_cast<std::size_t>(j)] == i ? 1.0 : 0.0; }));
}

Result<MatrixPtr> blocks(const ParamValues& params, const Context& context) {
  const Index n = integer(params, "n"), m = integer(params, "m"), count = integer(params, "blocks");
  if (count > std::min(n, m)) return refuseParam("blocks", count, text("at most min(n, m) = {1}", std::min(n, m)));
  const double noise = real(params, "noise");
  Matrix<double> out(n, m);
  parallelFor(context, m, [&](Index j) {
    Random stream(seedOf(params), "gallery:block", static_cast<std::uint64_t>(j));
    for (Index i = 0; i < n; ++i) {
      const double inside = i * count / n == j * count / m ? 1.0 : 0.0;
      out(i, j) = noise == 0 ? inside : inside + noise * stream.normal();
    }
  });
  return makeMatrix(std::move(out));
}

Result<MatrixPtr> kronecker(const ParamValues& params, const Context& context) {
  const Index outer = integer(params, "outer"), inner = integer(params, "inner");
  const Matrix<double> A = gaussian(outer, outer, seedOf(params), "gallery:kronecker:outer", context);
  const Matrix<double> B = gaussian(inner, inner, seedOf(params), "gallery:kronecker:inner", context);
  return makeMatrix(filled(outer * inner, outer * inner, context,
                           [&](Index i, Index j) { return A(i / inner, j / inner) * B(i % inner, j % inner); }));
}

Result<MatrixPtr> kernel(const ParamValues& params, const Context& context) {
  const Index n = integer(params, "n"), dimension = integer(params, "dimension");
  const double length = real(params, "length");
  const std::string& kind = choice(params, "kind");
  const Matrix<double> points =
      drawn(dimension, n, seedOf(params), "gallery:kernel", context, [](Random& stream) { return stream.uniform(); });
  return makeMatrix(filled(n, n, context, [&](Index i, Index j) {
    const double squared = (points.col(i) - points.col(j)).squaredNorm() / (length * length);
    if (kind == "rbf") return std::exp(-squared / 2);
    if (kind == "laplacian") return std::exp(-std::sqrt(squared));
    return 1 / std::sqrt(1 + squared);
  }));
}

}  // namespace

std::vector<Generator> structuredFamily() {
  return {
      {.id = "identity",
       .title = "Identity",
       .help = "simple to write, yet every direction counts the same: low rank is not the same as simple",
       .params = {rowsSpec(64), colsSpec(64)},
       .bytes = denseBytes,
       .make = identity},
      {.id = "permutation",
       .title = "Permutation",
       .help = "n numbers say all of it, but no low rank does: structure that the SVD cannot see",
       .params = {orderSpec(64), seedSpec()},
       .bytes = denseBytes,
       .make = permutation},
      {.id = "block",
       .title = "Blocks",
       .help = "groups that belong together, as in a network with communities: one singular value for each group",
       .params = {rowsSpec(), colsSpec(), integerSpec("blocks", "Blocks", "along the diagonal", 4, 1, kMaxSize),
                  numberSpec("noise", "Noise", "standard deviation; the blocks are 1 on 0", 0.1, 0, 1000), seedSpec()},
       .bytes = denseBytes,
       .make = blocks},
      {.id = "kronecker",
       .title = "Kronecker product",
       .help = "two small matrices make a large one of full rank; its singular values are all products of theirs",
       .params = {integerSpec("outer", "Outer size", "rows and columns of the first factor", 16, 1, kMaxFactor),
                  integerSpec("inner", "Inner size", "rows and columns of the second factor", 16, 1, kMaxFactor),
                  seedSpec()},
       .bytes =
           [](const ParamValues& p) {
             const double n = static_cast<double>(integer(p, "outer") * integer(p, "inner"));
             return 8 * n * n;
           },
       .make = kronecker},
      {.id = "kernel",
       .title = "Kernel matrix",
       .help = "likeness of random points: the smoother the kernel and the fewer the dimensions, the lower the rank",
       .params = {orderSpec(),
                  choiceSpec("kind", "Kernel", "of the distance d in lengths: exp(-d^2/2), exp(-d) or 1/sqrt(1+d^2)",
                             {"rbf", "laplacian", "inverse-multiquadric"}),
                  numberSpec("length", "Length", "distance over which points are alike; they lie in the unit cube", 0.2,
                             1e-3, 1000),
                  integerSpec("dimension", "Dimensions", "of the space of the points", 2, 1, 64), seedSpec()},
       .bytes =
           [](const ParamValues& p) {
             return denseBytes(p) +
                    8.0 * static_cast<double>(integer(p, "dimension")) * static_cast<double>(integer(p, "n"));
           },
       .make = kernel},
  };
}

}  // namespace rankscope::gallery
