// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <numbers>

#include "core/gallery/family.h"

namespace rankscope::gallery {

namespace {

constexpr double kPi = std::numbers::pi;

/// The i-th of `count` equally spaced points from a to b; a when there is only one.
double spaced(double a, double b, Index i, Index count) {
  return count == 1 ? a : a + (b - a) * (static_cast<double>(i) / static_cast<double>(count - 1));
}

Result<MatrixPtr> hilbert(const ParamValues& params, const Context& context) {
  return makeMatrix(filled(integer(params, "n"), integer(params, "m"), context,
                           [](Index i, Index j) { return 1 / static_cast<double>(i + j + 1); }));
}

Result<MatrixPtr> cauchy(const ParamValues& params, const Context& context) {
  const Index n = integer(params, "n"), m = integer(params, "m");
  const double gap = real(params, "gap");
  return makeMatrix(filled(n, m, context, [&](Index i, Index j) {
    return 1 / (gap + spaced(0, 1, i, n) + spaced(0, 1, j, m));  // points −x in [−1, 0] and gap + y in [gap, gap + 1]
  }));
}

Result<MatrixPtr> vandermonde(const ParamValues& params, const Context& context) {
  const Index n = integer(params, "n"), m = integer(params, "m");
  const bool chebyshev = choice(params, "points") == "chebyshev";
  return makeMatrix(filled(n, m, context, [&](Index i, Index j) {
    const double x = chebyshev ? std::cos(kPi * (2 * static_cast<double>(i) + 1) / (2 * static_cast<double>(n)))
                               : spaced(-1, 1, i, n);
    return std::pow(x, static_cast<double>(j));
  }));
}

Result<MatrixPtr> toeplitz(const ParamValues& params, const Context& context) {
  const Index n = integer(params, "n"), m = integer(params, "m");
  const std::string& kind = choice(params, "kind");
  const auto diagonal = [&](Index distance) {
    const auto d = static_cast<double>(distance);
    if (kind == "decay") return std::pow(real(params, "rho"), d);
    if (kind == "difference") return distance == 0 ? 2.0 : distance == 1 ? -1.0 : 0.0;
    const double width = real(params, "bandwidth");
    return distance == 0 ? 2 * width : std::sin(2 * kPi * width * d) / (kPi * d);
  };
  const Vector<double> values = Vector<double>::NullaryExpr(std::max(n, m), diagonal);
  return makeMatrix(filled(n, m, context, [&](Index i, Index j) { return values(std::abs(i - j)); }));
}

Result<MatrixPtr> circulant(const ParamValues& params, const Context& context) {
  const Index n = integer(params, "n");
  Vector<double> first(n);
  if (choice(params, "kind") == "blur") {
    const double width = real(params, "width");
    first = Vector<double>::NullaryExpr(n, [&](Index d) {
      const double z = static_cast<double>(std::min(d, n - d)) / width;
      return std::exp(-z * z / 2);
    });
    first /= first.sum();
  } else {
    first = gaussian(n, 1, seedOf(params), "gallery:circulant", context);
  }
  return makeMatrix(filled(n, n, context, [&](Index i, Index j) { return first(i >= j ? i - j : i - j + n); }));
}

Result<MatrixPtr> kahan(const ParamValues& params, const Context& context) {
  const double theta = real(params, "theta");
  const double s = std::sin(theta), c = std::cos(theta);
  return makeMatrix(filled(integer(params, "n"), integer(params, "m"), context, [&](Index i, Index j) {
    if (i > j) return 0.0;
    return std::pow(s, static_cast<double>(i)) * (i == j ? 1.0 : -c);
  }));
}

Result<MatrixPtr> graded(const ParamValues& params, const Context& context) {
  const Index n = integer(params, "n"), m = integer(params, "m");
  const double decades = real(params, "decades");
  const std::string& sides = choice(params, "sides");
  Matrix<double> out = gaussian(n, m, seedOf(params), "gallery:graded", context);
  parallelFor(context, m, [&](Index j) {
    for (Index i = 0; i < n; ++i) {
      double exponent = 0;
      if (sides != "columns") exponent += spaced(0, decades, i, n);
      if (sides != "rows") exponent += spaced(0, decades, j, m);
      out(i, j) *= std::pow(10, -exponent);
    }
  });
  return makeMatrix(std::move(out));
}

}  // namespace

std::vector<Generator> classicFamily() {
  return {
      {.id = "hilbert",
       .title = "Hilbert",
       .help = "entry 1/(i+j-1): full rank on paper, 16 of 64 on a computer: the textbook example of ill-conditioning",
       .params = {rowsSpec(64), colsSpec(64)},
       .bytes = denseBytes,
       .make = hilbert},
      {.id = "cauchy",
       .title = "Cauchy",
       .help = "entry 1/(x - y) between two groups of points: the further apart they are, the lower the rank it needs",
       .params = {rowsSpec(), colsSpec(),
                  numberSpec("gap", "Gap", "distance between the two groups, each of length 1", 0.1, 1e-6, 1000)},
       .bytes = denseBytes,
       .make = cauchy},
      {.id = "vandermonde",
       .title = "Vandermonde",
       .help = "powers of points: monomials of high degree look alike, so columns are nearly dependent",
       .params = {rowsSpec(64), colsSpec(64),
                  choiceSpec("points", "Points", "where the powers are taken, in [-1, 1]",
                             {"equispaced", "chebyshev"})},
       .bytes = denseBytes,
       .make = vandermonde},
      {.id = "toeplitz",
       .title = "Toeplitz",
       .help = "constant along diagonals: a filter; its spectrum is the filter's frequency response",
       .params = {rowsSpec(), colsSpec(),
                  choiceSpec("kind", "Diagonals",
                             "decay: rho^d; band: the ideal low-pass filter; difference: -1, 2, -1",
                             {"decay", "band", "difference"}),
                  onlyIf(numberSpec("rho", "Correlation", "of neighbours", 0.9, -1, 1), "kind", {"decay"}),
                  onlyIf(numberSpec("bandwidth", "Bandwidth",
                                    "half the share of frequencies kept: about 2 n times this values are near 1", 0.1,
                                    0.001, 0.5),
                         "kind", {"band"})},
       .bytes = denseBytes,
       .make = toeplitz},
      {.id = "circulant",
       .title = "Circulant",
       .help = "each row is the one above, shifted: the Fourier basis diagonalises it, singular vectors come in pairs",
       .params = {orderSpec(),
                  choiceSpec("kind", "First column", "blur: a Gaussian bell of sum 1; random: Gaussian numbers",
                             {"blur", "random"}),
                  onlyIf(numberSpec("width", "Width", "standard deviation of the bell, in entries", 2, 0.1, 4096),
                         "kind", {"blur"}),
                  onlyIf(seedSpec(), "kind", {"random"})},
       .bytes = denseBytes,
       .make = circulant},
      {.id = "kahan",
       .title = "Kahan",
       .help = "nearly singular, yet pivoted QR sees no small pivot: greedy choice of columns is not the SVD",
       .params = {rowsSpec(64), colsSpec(64),
                  numberSpec("theta", "Angle", "in radians; the sine is the ratio of neighbouring diagonal entries",
                             1.2, 0.01, 1.57)},
       .bytes = denseBytes,
       .make = kahan},
      {.id = "graded",
       .title = "Graded",
       .help = "rows of very different size: what is small is not noise, but an absolute tolerance drops it",
       .params = {rowsSpec(), colsSpec(),
                  numberSpec("decades", "Decades", "powers of ten from the first row to the last", 8, 0, 100),
                  choiceSpec("sides", "Sides", "what shrinks", {"rows", "columns", "both"}), seedSpec()},
       .bytes = denseBytes,
       .make = graded},
  };
}

}  // namespace rankscope::gallery
