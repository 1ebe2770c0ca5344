// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/gallery/family.h"
#include "core/linalg/lapack.h"

namespace rankscope::gallery {

namespace {

/// A random orthogonal n×n matrix that multiplies a vector in O(n log n): two rounds of random signs, a random
/// permutation, and a butterfly of reflections by 45° over the strides 1, 2, 4, … That is the randomised Hadamard
/// transform where n is a power of two; for other n, entries without a partner wait for the next stride. A QR of
/// Gaussians would be as exact, but costs n³, too long for a gallery at n = 4096.
class FastOrthogonal {
 public:
  FastOrthogonal(Index n, std::uint64_t seed, const std::string& draw) : m_n(n) {
    for (std::size_t round = 0; round < kRounds; ++round) {
      m_order[round] = randomPermutation(n, Random(seed, draw + ":order", round));
      Random stream(seed, draw + ":signs", round);
      m_signs[round] = Vector<double>::NullaryExpr(n, [&] { return (stream.bits() & 1) != 0 ? 1.0 : -1.0; });
    }
  }

  /// x = Q x
  void apply(Vector<double>& x) const {
    Vector<double> shuffled(m_n);
    for (std::size_t round = 0; round < kRounds; ++round) {
      for (Index i = 0; i < m_n; ++i) shuffled(i) = m_signs[round](i) * x(m_order[round][static_cast<std::size_t>(i)]);
      for (Index stride = 1; stride < m_n; stride *= 2) butterfly(shuffled, stride);
      x.swap(shuffled);
    }
  }

  /// x = Qᵀ x: the same steps backwards, each being its own transpose but for the permutation.
  void applyTransposed(Vector<double>& x) const {
    Index top = 1;
    while (2 * top < m_n) top *= 2;
    Vector<double> shuffled(m_n);
    for (std::size_t round = kRounds; round-- > 0;) {
      for (Index stride = m_n > 1 ? top : 0; stride > 0; stride /= 2) butterfly(x, stride);
      for (Index i = 0; i < m_n; ++i) shuffled(m_order[round][static_cast<std::size_t>(i)]) = m_signs[round](i) * x(i);
      x.swap(shuffled);
    }
  }

 private:
  static constexpr std::size_t kRounds = 2;

  void butterfly(Vector<double>& x, Index stride) const {
    for (Index start = 0; start + stride < m_n; start += 2 * stride) {
      const Index pairs = std::min(stride, m_n - start - stride);
      for (Index i = start; i < start + pairs; ++i) {
        const double a = x(i), b = x(i + stride);
        x(i) = (a + b) * (std::numbers::sqrt2 / 2);
        x(i + stride) = (a - b) * (std::numbers::sqrt2 / 2);
      }
    }
  }

  Index m_n;
  std::array<std::vector<Index>, kRounds> m_order;
  std::array<Vector<double>, kRounds> m_signs;
};

Result<MatrixPtr> lowRank(const ParamValues& params, const Context& context) {
  const Index n = integer(params, "n"), m = integer(params, "m"), rank = integer(params, "rank");
  if (rank > std::min(n, m)) return refuseParam("rank", rank, text("at most min(n, m) = {1}", std::min(n, m)));
  const std::uint64_t seed = seedOf(params);
  const double noise = real(params, "noise");
  const Matrix<double> left = gaussian(n, rank, seed, "gallery:lowrank:left", context);
  const Matrix<double> right = gaussian(rank, m, seed, "gallery:lowrank:right", context);
  Matrix<double> out(n, m);
  constexpr Index kBlock = 64;  // columns at a time: enough for a fast product, few enough to stop soon
  parallelFor(context, (m + kBlock - 1) / kBlock, [&](Index block) {
    const Index first = block * kBlock, count = std::min(kBlock, m - first);
    linalg::gemm<double>(linalg::Op::None, linalg::Op::None, 1 / std::sqrt(static_cast<double>(rank)), left,
                         right.middleCols(first, count), 0, out.middleCols(first, count));
    if (noise == 0) return;
    for (Index j = first; j < first + count; ++j) {
      Random stream(seed, "gallery:lowrank:noise", static_cast<std::uint64_t>(j));
      for (Index i = 0; i < n; ++i) out(i, j) += noise * stream.normal();
    }
  });
  return makeMatrix(std::move(out));
}

/// The singular values that the parameters state: s(0) = 1, descending.
Vector<double> prescribed(const ParamValues& params, Index count) {
  const std::string& kind = choice(params, "kind");
  return Vector<double>::NullaryExpr(count, [&](Index i) {
    const auto x = static_cast<double>(i);
    if (kind == "power") return std::pow(x + 1, -real(params, "exponent"));
    if (kind == "exponential") return std::exp(-real(params, "rate") * x);
    return i < integer(params, "rank") ? 1.0 : real(params, "floor");
  });
}

Result<MatrixPtr> withSpectrum(const ParamValues& params, const Context& context) {
  const Index n = integer(params, "n"), m = integer(params, "m"), k = std::min(n, m);
  if (params.contains("rank") && integer(params, "rank") > k) {
    return refuseParam("rank", integer(params, "rank"), text("at most min(n, m) = {1}", k));
  }
  const Vector<double> sigma = prescribed(params, k);
  const FastOrthogonal U(n, seedOf(params), "gallery:spectrum:left");
  const FastOrthogonal V(m, seedOf(params), "gallery:spectrum:right");
  Matrix<double> out(n, m);
  parallelFor(context, m, [&](Index j) {
    Vector<double> v = Vector<double>::Unit(m, j);
    V.applyTransposed(v);  // row j of V
    Vector<double> u = Vector<double>::Zero(n);
    u.head(k) = sigma.cwiseProduct(v.head(k));
    U.apply(u);  // column j of U diag(s) Vᵀ
    out.col(j) = u;
  });
  return makeMatrix(std::move(out));
}

Result<MatrixPtr> uniform(const ParamValues& params, const Context& context) {
  const double low = real(params, "low"), high = real(params, "high");
  if (low > high) return usageError("parameter high", "it is below low", text("at least low = {1}", low));
  return makeMatrix(drawn(integer(params, "n"), integer(params, "m"), seedOf(params), "gallery:uniform", context,
                          [&](Random& stream) { return low + (high - low) * stream.uniform(); }));
}

Result<MatrixPtr> sparse(const ParamValues& params, const Context& context) {
  const double density = real(params, "density");
  return makeMatrix(drawn(integer(params, "n"), integer(params, "m"), seedOf(params), "gallery:sparse", context,
                          [&](Random& stream) { return stream.uniform() < density ? stream.normal() : 0.0; }));
}

Result<MatrixPtr> orthogonal(const ParamValues& params, const Context& context) {
  const Index n = integer(params, "n");
  Matrix<double> Q = gaussian(n, n, seedOf(params), "gallery:orthogonal", context), R;
  linalg::householderQ(Q, &R);
  // With the diagonal of R positive the factorisation is unique, and Q as uniform as the Gaussian is (Stewart 1980).
  for (Index j = 0; j < n; ++j) {
    if (R(j, j) < 0) Q.col(j) = -Q.col(j);
  }
  return makeMatrix(std::move(Q));
}

}  // namespace

std::vector<Generator> randomFamily() {
  return {
      {.id = "lowrank",
       .title = "Low rank plus noise",
       .help = "a few strong directions under noise: the spectrum drops after the rank, and rules should find it",
       .params = {rowsSpec(), colsSpec(),
                  integerSpec("rank", "Rank", "rank of the part without noise", 10, 1, kMaxSize),
                  numberSpec("noise", "Noise", "standard deviation of the noise; the signal's entries have 1", 0.01, 0,
                             1000),
                  seedSpec()},
       .bytes =
           [](const ParamValues& p) {
             return denseBytes(p) + 8.0 * static_cast<double>(integer(p, "rank")) *
                                        static_cast<double>(integer(p, "n") + integer(p, "m"));
           },
       .make = lowRank},
      {.id = "spectrum",
       .title = "Prescribed spectrum",
       .help = "singular values known beforehand, so that every error can be checked against the truth",
       .params = {rowsSpec(), colsSpec(),
                  choiceSpec("kind", "Decay", "how the singular values fall from 1", {"power", "exponential", "step"}),
                  onlyIf(numberSpec("exponent", "Exponent", "value i is i to minus this power, i from 1", 1, 0, 20),
                         "kind", {"power"}),
                  onlyIf(numberSpec("rate", "Rate", "each value is exp(-rate) times the one before", 0.1, 0, 50),
                         "kind", {"exponential"}),
                  onlyIf(integerSpec("rank", "Rank", "how many values are 1", 10, 1, kMaxSize), "kind", {"step"}),
                  onlyIf(numberSpec("floor", "Floor", "what the other values are", 0.01, 0, 1), "kind", {"step"}),
                  seedSpec()},
       .bytes = denseBytes,
       .make = withSpectrum},
      {.id = "gaussian",
       .title = "Gaussian",
       .help = "white noise: no direction is worth more than another, and the spectrum follows Marchenko and Pastur",
       .params = {rowsSpec(), colsSpec(),
                  numberSpec("spread", "Spread of the columns",
                             "each column is scaled by a log-normal factor of this width; 0: alike", 0, 0, 10),
                  seedSpec()},
       .bytes = denseBytes,
       .make = [](const ParamValues& p, const Context& context) -> Result<MatrixPtr> {
         Matrix<double> M = gaussian(integer(p, "n"), integer(p, "m"), seedOf(p), "gallery:gaussian", context);
         if (const double spread = real(p, "spread"); spread > 0) {
           // From another stream, so that the entries below are those of spread 0.
           Random widths(seedOf(p), "gallery:gaussian:spread");
           for (Index j = 0; j < M.cols(); ++j) M.col(j) *= std::exp(spread * widths.normal());
         }
         return makeMatrix(std::move(M));
       }},
      {.id = "uniform",
       .title = "Uniform",
       .help = "noise with a mean: one huge singular value for the mean, the rest as for white noise",
       .params = {rowsSpec(), colsSpec(), numberSpec("low", "From", "least entry", 0, -1e6, 1e6),
                  numberSpec("high", "To", "bound of the entries", 1, -1e6, 1e6), seedSpec()},
       .bytes = denseBytes,
       .make = uniform},
      {.id = "sparse",
       .title = "Sparse",
       .help = "few entries, yet of full rank: numbers kept by a list of entries and by factors are different budgets",
       .params = {rowsSpec(), colsSpec(),
                  numberSpec("density", "Density", "share of the entries that are not 0", 0.05, 0, 1), seedSpec()},
       .bytes = denseBytes,
       .make = sparse},
      {.id = "orthogonal",
       .title = "Random orthogonal",
       .help = "all singular values are 1: the worst case, where rank r keeps exactly the share r/n of the energy",
       .params = {orderSpec(256, 2048), seedSpec()},
       .bytes = [](const ParamValues& p) { return 3 * denseBytes(p); },
       .make = orthogonal},
  };
}

}  // namespace rankscope::gallery
