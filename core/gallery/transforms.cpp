// SPDX-License-Identifier: GPL-3.0-or-later
#include <bit>
#include <cmath>
#include <numbers>

#include "core/gallery/family.h"

namespace rankscope::gallery {

namespace {

constexpr double kPi = std::numbers::pi;

std::optional<Error> refuseOddSize(Index n) {
  if (std::has_single_bit(static_cast<std::size_t>(n))) return std::nullopt;
  return refuseParam("n", n, "a power of two: 1, 2, 4, 8, …");
}

Result<MatrixPtr> dft(const ParamValues& params, const Context& context) {
  const Index n = integer(params, "n");
  // exp(−2πi jk/n)/√n from a table over jk mod n: the product itself would cost digits in the angle.
  const double scale = 1 / std::sqrt(static_cast<double>(n));
  const Vector<Complex> roots = Vector<Complex>::NullaryExpr(
      n, [&](Index t) { return std::polar(scale, -2 * kPi * static_cast<double>(t) / static_cast<double>(n)); });
  const std::string& part = choice(params, "part");
  if (part == "real") {
    return makeMatrix(filled(n, n, context, [&](Index i, Index j) { return roots(i * j % n).real(); }));
  }
  if (part == "imag") {
    return makeMatrix(filled(n, n, context, [&](Index i, Index j) { return roots(i * j % n).imag(); }));
  }
  Matrix<Complex> out(n, n);
  parallelFor(context, n, [&](Index j) {
    for (Index i = 0; i < n; ++i) out(i, j) = roots(i * j % n);
  });
  return makeMatrix(std::move(out));
}

Result<MatrixPtr> dct(const ParamValues& params, const Context& context) {
  const Index n = integer(params, "n");
  const Vector<double> cosines = Vector<double>::NullaryExpr(4 * n, [&](Index t) {
    return std::sqrt(2 / static_cast<double>(n)) *
           std::cos(kPi * static_cast<double>(t) / (2 * static_cast<double>(n)));
  });
  return makeMatrix(filled(n, n, context, [&](Index i, Index j) {
    return i == 0 ? 1 / std::sqrt(static_cast<double>(n)) : cosines(i * (2 * j + 1) % (4 * n));
  }));
}

Result<MatrixPtr> hadamard(const ParamValues& params, const Context& context) {
  const Index n = integer(params, "n");
  if (auto refused = refuseOddSize(n)) return *refused;
  return makeMatrix(filled(n, n, context, [](Index i, Index j) {
    return std::popcount(static_cast<std::size_t>(i & j)) % 2 == 0 ? 1.0 : -1.0;
  }));
}

Result<MatrixPtr> haar(const ParamValues& params, const Context& context) {
  const Index n = integer(params, "n");
  if (auto refused = refuseOddSize(n)) return *refused;
  return makeMatrix(filled(n, n, context, [&](Index i, Index j) {
    if (i == 0) return 1 / std::sqrt(static_cast<double>(n));
    const auto scale = static_cast<Index>(std::bit_floor(static_cast<std::size_t>(i)));  // wavelets of this width
    const Index width = n / scale, start = (i - scale) * width;
    if (j < start || j >= start + width) return 0.0;
    return (j < start + width / 2 ? 1.0 : -1.0) * std::sqrt(static_cast<double>(scale) / static_cast<double>(n));
  }));
}

}  // namespace

std::vector<Generator> transformFamily() {
  return {
      {.id = "dft",
       .title = "Discrete Fourier transform",
       .help = "unitary, so no rank is better than another; its real and imaginary parts have half the rank each",
       .params = {orderSpec(64),
                  choiceSpec("part", "Part", "of exp(-2 pi i jk/n)/sqrt(n)", {"real", "imag", "complex"})},
       .bytes = [](const ParamValues& p) { return denseBytes(p) * (choice(p, "part") == "complex" ? 2 : 1); },
       .make = dft},
      {.id = "dct",
       .title = "Discrete cosine transform",
       .help = "the orthogonal basis of JPEG: rows are cosines of rising frequency",
       .params = {orderSpec(64)},
       .bytes = denseBytes,
       .make = dct},
      {.id = "hadamard",
       .title = "Hadamard",
       .help = "orthogonal rows of +1 and -1: as far from low rank as a matrix of signs can be",
       .params = {integerSpec("n", "Size", "number of rows and columns, a power of two", 64, 1, kMaxSize)},
       .bytes = denseBytes,
       .make = hadamard},
      {.id = "haar",
       .title = "Haar wavelets",
       .help = "orthogonal and sparse: each row looks at one place at one scale",
       .params = {integerSpec("n", "Size", "number of rows and columns, a power of two", 64, 1, kMaxSize)},
       .bytes = denseBytes,
       .make = haar},
  };
}

}  // namespace rankscope::gallery
