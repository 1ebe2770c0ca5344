// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/monarch.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <numeric>

#include "core/linalg/lapack.h"
#include "core/linalg/slices.h"
#include "core/methods/monarch_form.h"

namespace rankscope {

namespace {

std::vector<Index> divisorsOf(Index n) {
  std::vector<Index> small, large;
  for (Index d = 1; d * d <= n; ++d) {
    if (n % d != 0) continue;
    small.push_back(d);
    if (d * d != n) large.push_back(n / d);
  }
  small.insert(small.end(), large.rbegin(), large.rend());
  return small;
}

// √n is no rounded half, so two divisors are never equally near it.
Index divisorNearRoot(Index n) {
  const double root = std::sqrt(static_cast<double>(n));
  const auto divisors = divisorsOf(n);
  return *std::min_element(divisors.begin(), divisors.end(), [&](Index a, Index b) {
    return std::abs(static_cast<double>(a) - root) < std::abs(static_cast<double>(b) - root);
  });
}

// "4, 8": the divisors of n next to `wanted`, below and above.
std::string nearestDivisors(Index n, Index wanted) {
  const auto divisors = divisorsOf(n);
  const auto above = std::lower_bound(divisors.begin(), divisors.end(), wanted);
  if (above == divisors.begin()) return show(*above);
  if (above == divisors.end()) return show(divisors.back());
  return show(*std::prev(above)) + ", " + show(*above);
}

const std::vector<Index>* pairOf(const ParamValues& params, const char* name) {
  const auto found = params.find(name);
  return found == params.end() ? nullptr : &std::get<std::vector<Index>>(found->second);
}

Index blocksOf(const ParamValues& params) {
  const auto found = params.find("blocks");
  return found == params.end() ? 0 : std::get<Index>(found->second);
}

// What `rows` (outer I, inner J) or `cols` (K, S) ask of a side; inner is the second number of rows, the first of cols.
std::optional<Error> refusePair(const char* name, const char* letters, const std::vector<Index>& pair, Index side,
                                std::size_t counted) {
  if (pair.size() != 2) {
    return usageError(text("parameter {1}", name), text("it has {1} numbers", static_cast<Index>(pair.size())),
                      text("two are wanted, {1}, whose product is {2}", letters, side));
  }
  if (pair[0] >= 1 && pair[1] >= 1 && side % pair[0] == 0 && side / pair[0] == pair[1]) return std::nullopt;
  return usageError(text("parameter {1}", name),
                    text("the product of {1} and {2} is not {3}, the matrix's side", pair[0], pair[1], side),
                    text("divisors nearest {1}: {2}", pair[counted], nearestDivisors(side, pair[counted])));
}

// The default of `rows` and `cols`: what `blocks` comes to where it is given, whole or not.
std::vector<Index> pairFor(const ParamScope& p, bool rows) {
  const Index side = std::max<Index>(1, rows ? p.rows : p.cols), b = p.given ? blocksOf(*p.given) : 0;
  if (b > 0) return {side / b, b};
  const Index counted = divisorNearRoot(side);
  return rows ? std::vector<Index>{side / counted, counted} : std::vector<Index>{counted, side / counted};
}

// What a projection fills, tile by tile; safe for different tiles at once.
template <class T>
struct Parts {
  MonarchShape shape;
  Index rho;
  Matrix<T> L, R;
  Matrix<double> sigma1, sigma2, left;  // left (ρ × tiles): what a tile leaves out at each block rank

  Parts(const MonarchShape& s, Index blockRank)
      : shape(s),
        rho(blockRank),
        L(s.I, s.J * s.K * blockRank),
        R(s.J * blockRank, s.K * s.S),
        sigma1(s.J, s.K),
        sigma2(Matrix<double>::Zero(s.J, s.K)),
        left(blockRank, s.J * s.K) {}
};

template <class T>
Matrix<T> tileOf(const ConstRef<T>& M, const MonarchShape& shape, const std::vector<Index>& columns, Index j, Index k) {
  Matrix<T> tile(shape.I, shape.S);
  for (Index l = 0; l < shape.S; ++l) {
    const Index column = columns[static_cast<std::size_t>(k * shape.S + l)];
    for (Index i = 0; i < shape.I; ++i) tile(i, l) = M(i * shape.J + j, column);
  }
  return tile;
}

template <class T>
std::optional<Error> projectExactly(const ConstRef<T>& M, const std::vector<Index>& columns, Parts<T>& parts,
                                    const Context& context) {
  const auto [I, J, K, S] = parts.shape;
  const Index rows = J, blocks = K, width = S, rho = parts.rho, most = parts.shape.largestBlockRank();
  std::vector<std::optional<Error>> failures(static_cast<std::size_t>(J * K));
  parallelFor(context, J * K, [&](Index index) {
    const Index j = index % rows, k = index / rows;
    const auto svd = linalg::sliceSvd<T>(tileOf<T>(M, parts.shape, columns, j, k), context);
    if (!svd) {
      failures[static_cast<std::size_t>(index)] = svd.error();
      return;
    }
    const Vector<double> sigma = svd->s.template cast<double>();
    for (Index t = 0; t < rho; ++t) {
      const T root = T(std::sqrt(svd->s(t)));
      parts.L.col((j * blocks + k) * rho + t) = svd->U.col(t) * root;
      parts.R.block(j * rho + t, k * width, 1, width) = svd->Vt.row(t) * root;
      parts.left(t, index) = t + 1 < most ? sigma.tail(most - t - 1).stableNorm() : 0;
    }
    parts.sigma1(j, k) = sigma(0);
    if (most > 1) parts.sigma2(j, k) = sigma(1);
  });
  for (const auto& failure : failures) {
    if (failure) return failure;
  }
  return std::nullopt;
}

// The tiles kJ + j = first, first + 1, …, one in each lane, as I × S or its transpose, whichever is not flat:
// neighbours in j are neighbours in memory, so that a lane's vector of entries is read as it lies.
template <class T>
void gather(const ConstRef<T>& M, const MonarchShape& shape, const std::vector<Index>& columns, Index first,
            Index count, linalg::LaneTerms<T>& lanes) {
  constexpr Index kLanes = linalg::LaneTerms<T>::kLanes;
  const auto [I, J, K, S] = shape;
  const bool transposed = I <= S;
  const auto entry = [&](Index i, Index l) { return transposed ? lanes.entry(l, i) : lanes.entry(i, l); };
  for (Index lane = 0, run = 0; lane < count; lane += run) {
    const Index j = (first + lane) % J, k = (first + lane) / J;
    run = std::min(J - j, count - lane);
    for (Index l = 0; l < S; ++l) {
      const T* from = M.data() + columns[static_cast<std::size_t>(k * S + l)] * M.outerStride() + j;
      // A column's pieces lie J apart, which no prefetcher follows.
      constexpr Index kAhead = 2;
      const T* ahead = l + kAhead < S
                           ? M.data() + columns[static_cast<std::size_t>(k * S + l + kAhead)] * M.outerStride() + j
                           : from;
      for (Index i = 0; i < I; ++i, from += J, ahead += J) {
        __builtin_prefetch(ahead);
        if (run == kLanes) {
          std::memcpy(entry(i, l), from, kLanes * sizeof(T));
        } else {
          std::copy_n(from, run, entry(i, l) + lane);
        }
      }
    }
  }
  for (Index l = 0; count < kLanes && l < S; ++l) {
    for (Index i = 0; i < I; ++i) std::fill(entry(i, l) + count, entry(i, l) + kLanes, T(0));
  }
}

// The terms that `lanes` found for the tiles first, first + 1, … become the terms t of the factors.
template <class T>
void scatter(const linalg::LaneTerms<T>& lanes, Index t, Index first, Index count, Parts<T>& parts) {
  const auto [I, J, K, S] = parts.shape;
  const bool transposed = I <= S;
  for (Index lane = 0; lane < count; ++lane) {
    const Index j = (first + lane) % J, k = (first + lane) / J;
    const double sigma = lanes.sigma(lane);
    const T root = static_cast<T>(std::sqrt(sigma));
    T* L = parts.L.data() + ((j * K + k) * parts.rho + t) * I;
    for (Index i = 0; i < I; ++i) L[i] = root * (transposed ? lanes.right(i, lane) : lanes.left(i, lane));
    T* R = parts.R.data() + k * S * parts.R.rows() + j * parts.rho + t;
    for (Index l = 0; l < S; ++l)
      R[l * parts.R.rows()] = root * (transposed ? lanes.left(l, lane) : lanes.right(l, lane));
    if (t == 0) parts.sigma1(j, k) = sigma;
    if (t == 1) parts.sigma2(j, k) = sigma;
  }
}

template <class T>
void projectFast(const ConstRef<T>& M, const std::vector<Index>& columns, Parts<T>& parts, const Context& context) {
  constexpr Index kLanes = linalg::LaneTerms<T>::kLanes, kGroupsAtOnce = 8, kStepsOfSecond = 6;
  const MonarchShape& shape = parts.shape;
  const Index tiles = shape.J * shape.K, groups = (tiles + kLanes - 1) / kLanes;
  parallelFor(context, (groups + kGroupsAtOnce - 1) / kGroupsAtOnce, [&](Index batch) {
    linalg::LaneTerms<T> lanes(std::max(shape.I, shape.S), std::min(shape.I, shape.S));
    const Index end = std::min(tiles, (batch + 1) * kGroupsAtOnce * kLanes);
    for (Index first = batch * kGroupsAtOnce * kLanes; first < end; first += kLanes) {
      context.checkpoint();
      const Index count = std::min(kLanes, end - first);
      gather<T>(M, shape, columns, first, count, lanes);
      lanes.begin();
      for (Index t = 0; t < parts.rho; ++t) {
        lanes.next(linalg::kSliceSteps);
        scatter<T>(lanes, t, first, count, parts);
        lanes.subtract();
        for (Index lane = 0; lane < count; ++lane) parts.left(t, first + lane) = lanes.rest(lane);
      }
      if (parts.rho > 1 || shape.largestBlockRank() == 1) continue;
      lanes.next(kStepsOfSecond);
      for (Index lane = 0; lane < count; ++lane) parts.sigma2.data()[first + lane] = lanes.sigma(lane);
    }
  });
}

}  // namespace

MonarchShape defaultMonarchShape(Index n, Index m) {
  expects(n >= 1 && m >= 1, "a Monarch matrix has at least one entry");
  const Index J = divisorNearRoot(n), K = divisorNearRoot(m);
  return {.I = n / J, .J = J, .K = K, .S = m / K};
}

Result<MonarchShape> monarchShape(Index n, Index m, const ParamValues& params) {
  MonarchShape shape = defaultMonarchShape(n, m);
  const auto* rows = pairOf(params, "rows");
  const auto* cols = pairOf(params, "cols");
  if (const Index b = blocksOf(params); b > 0) {
    if (n % b != 0 || m % b != 0) {
      const Index common = std::gcd(n, m);
      return usageError("parameter blocks", text("{1} does not divide both {2} and {3}", b, n, m),
                        text("common divisors nearest it: {1}", nearestDivisors(common, b)));
    }
    shape = {.I = n / b, .J = b, .K = m / b, .S = b};
    if ((rows && *rows != std::vector{shape.I, shape.J}) || (cols && *cols != std::vector{shape.K, shape.S})) {
      return usageError("parameter blocks", "rows or cols are given as well and say something else",
                        text("blocks={1} is rows={2},{1} and cols={3},{1}", b, shape.I, shape.K));
    }
    return shape;
  }
  if (rows) {
    if (auto refused = refusePair("rows", "I,J", *rows, n, 1)) return *refused;
    shape.I = (*rows)[0];
    shape.J = (*rows)[1];
  }
  if (cols) {
    if (auto refused = refusePair("cols", "K,S", *cols, m, 0)) return *refused;
    shape.K = (*cols)[0];
    shape.S = (*cols)[1];
  }
  return shape;
}

std::vector<Index> stridePermutation(Index p, Index q) {
  std::vector<Index> index(static_cast<std::size_t>(p * q));
  for (Index d = 0; d < q; ++d) {
    for (Index e = 0; e < p; ++e) index[static_cast<std::size_t>(d * p + e)] = e * q + d;
  }
  return index;
}

Result<std::vector<Index>> monarchColumns(std::string_view order, const MonarchShape& shape) {
  const Index m = shape.K * shape.S;
  std::vector<Index> columns = stridePermutation(shape.S, shape.K);
  if (order == "stride") return columns;
  if (order == "makhoul") {
    for (Index& column : columns) column = 2 * column < m ? 2 * column : 2 * (m - 1 - column) + 1;
    return columns;
  }
  const bool reversed = order == "bit-reversal";
  expects(reversed || order == "identity", "no such column order");
  if (reversed && !std::has_single_bit(static_cast<std::size_t>(m))) {
    return usageError("parameter columns", text("bit-reversal is for a power of two, and there are {1} columns", m),
                      "take identity, stride or makhoul");
  }
  for (Index c = 0; c < m; ++c) {
    Index to = c;
    if (reversed) {
      to = 0;
      for (Index bit = 1; bit < m; bit *= 2) to = 2 * to + ((c & bit) != 0 ? 1 : 0);
    }
    columns[static_cast<std::size_t>(c)] = to;
  }
  return columns;
}

template <class T>
Result<MonarchProjection> monarchProjection(const ConstRef<T>& M, const MonarchShape& shape,
                                            const std::vector<Index>& columns, Index blockRank, const Context& context,
                                            Slices slices) {
  const auto [I, J, K, S] = shape;
  expects(M.rows() == I * J && M.cols() == K * S && static_cast<Index>(columns.size()) == M.cols(),
          "monarchProjection: shapes do not agree");
  expects(blockRank >= 1 && blockRank <= shape.largestBlockRank(), "monarchProjection: block rank out of range");
  const Index tiles = J * K;
  // L and R and the copy that is published; the columns for the form, its diagnostic and among the factors.
  const double held = 2 * static_cast<double>(tiles) * static_cast<double>(blockRank) * static_cast<double>(I + S);
  const double indices = 3 * static_cast<double>(columns.size());
  const double atOnce = 64.0 * static_cast<double>(I) * static_cast<double>(S) * context.threads;
  if (auto refused = context.refuseMemory(
          "monarch", held * sizeof(T) +
                         8 * (static_cast<double>(tiles) * static_cast<double>(blockRank + 2) + indices) + atOnce)) {
    return *refused;
  }
  Parts<T> parts(shape, blockRank);
  context.report(0, "projection of the tiles");
  bool done = false;
  if constexpr (!std::is_same_v<T, Complex>) {
    if (slices == Slices::Fast && tiles >= linalg::LaneTerms<T>::kLanes) {
      projectFast<T>(M, columns, parts, context);
      done = true;
    }
  }
  if (!done) {
    if (auto failed = projectExactly<T>(M, columns, parts, context)) return *failed;
  }
  MonarchProjection out;
  out.form = {.I = I,
              .J = J,
              .K = K,
              .S = S,
              .blockRank = blockRank,
              .L = std::move(parts.L),
              .R = std::move(parts.R),
              .columns = columns};
  out.blocks = {.I = I,
                .J = J,
                .K = K,
                .S = S,
                .sigma1 = std::move(parts.sigma1),
                .sigma2 = std::move(parts.sigma2),
                .columns = columns};
  out.errors.resize(blockRank);
  for (Index t = 0; t < blockRank; ++t) out.errors(t) = parts.left.row(t).stableNorm();
  return out;
}

#define RANKSCOPE_INSTANTIATE(T)                                                                   \
  template Result<MonarchProjection> monarchProjection<T>(const ConstRef<T>&, const MonarchShape&, \
                                                          const std::vector<Index>&, Index, const Context&, Slices);
RANKSCOPE_INSTANTIATE(float)
RANKSCOPE_INSTANTIATE(double)
RANKSCOPE_INSTANTIATE(Complex)
#undef RANKSCOPE_INSTANTIATE

namespace {

double parametersOf(const MonarchShape& shape, Index blockRank) {
  return static_cast<double>(shape.J * shape.K) * static_cast<double>(blockRank) *
         static_cast<double>(shape.I + shape.S);
}

Result<Approximation> run(const Problem& problem, Index dial, const ParamValues& params, const Context& context) {
  const AnyMatrix& X = *problem.X;
  const auto shape = monarchShape(X.rows(), X.cols(), params);
  if (!shape) return shape.error();
  const auto columns = monarchColumns(std::get<std::string>(params.at("columns")), *shape);
  if (!columns) return columns.error();
  const Index rho = std::min(dial, shape->largestBlockRank());
  const Slices slices = std::get<std::string>(params.at("slices")) == "fast" ? Slices::Fast : Slices::Exact;
  auto made = inPrecision(context, X, [&]<class T>() -> Result<MonarchProjection> {
    const auto values = X.entries<T>(context);
    if (!values) return values.error();
    return monarchProjection<T>(**values, *shape, *columns, rho, context, slices);
  });
  if (!made) return made.error();
  Approximation out;
  out.rows = X.rows();
  out.cols = X.cols();
  out.dial = out.maxDial = rho;
  out.nested = true;
  out.parameters = parametersOf(*shape, rho);
  const double norm = X.summary().fro;
  out.errorEstimate = norm > 0 ? made->errors(rho - 1) / norm : 0;
  out.factors = monarchFactors(made->form, rho);
  out.form = std::move(made->form);
  out.diagnostics.push_back(std::move(made->blocks));
  if (slices == Slices::Fast && X.isComplex())
    out.notices.push_back("the tiles of a complex matrix are decomposed exactly");
  return out;
}

std::string usualSlices(const ParamScope& p) { return p.precision == Precision::Float ? "fast" : "exact"; }

Cost costFor(const ParamScope& p) {
  const Index n = std::max<Index>(1, p.rows), m = std::max<Index>(1, p.cols);
  const auto asked = p.given ? monarchShape(n, m, *p.given) : Result<MonarchShape>(defaultMonarchShape(n, m));
  const MonarchShape shape = asked ? *asked : defaultMonarchShape(n, m);  // a wrong one is refused by run
  const double parameters = parametersOf(shape, std::min(p.dial, shape.largestBlockRank()));
  const double tiles = static_cast<double>(shape.J * shape.K);
  const auto given = p.given ? p.given->find("slices") : ParamValues::const_iterator();
  const std::string slices = p.given && given != p.given->end() ? std::get<std::string>(given->second) : usualSlices(p);
  const double scalar = p.precision == Precision::Float ? 4 : 8;
  return {.parameters = parameters,
          .applyFlops = 2 * parameters,
          .flops = slices == "fast" ? 4.0 * linalg::kSliceSteps * static_cast<double>(n) * static_cast<double>(m) *
                                          static_cast<double>(std::min(p.dial, shape.largestBlockRank()))
                                    : tiles * linalg::svdFlops(shape.I, shape.S, linalg::Job::Thin),
          .bytes = scalar * (static_cast<double>(n) * static_cast<double>(m) + 2 * parameters)};
}

}  // namespace

Method monarchMethod() {
  constexpr double kLargestSide = 2147483647;
  return {.id = "monarch",
          .title = "Monarch",
          .help = "two block-diagonal factors between permutations: the SVD of each of J K interleaved tiles",
          .reference = "Dao et al. 2022, arXiv 2204.00595",
          .complex = true,
          .dial = {.name = "block-rank",
                   .title = "Block rank",
                   .fallback = 1,
                   .max =
                       [](Index rows, Index cols, const ParamValues& params) {
                         const auto shape = monarchShape(rows, cols, params);
                         return shape ? shape->largestBlockRank() : Index{1};  // a wrong one is refused by run
                       },
                   .isRank = false},
          .params = {{.name = "blocks",
                      .title = "Blocks",
                      .help = "b: J = S = b, which divides both sides; 0: as rows and cols say",
                      .fallback = ParamValue{Index{0}},
                      .min = 0,
                      .max = kLargestSide},
                     {.name = "rows",
                      .title = "Row tiles I, J",
                      .help = "I,J with IJ rows: row iJ + j is row i of the tiles of j",
                      .fallback = Derived{.text = "J the divisor nearest the root of the rows",
                                          .value = [](const ParamScope& p) { return ParamValue{pairFor(p, true)}; }},
                      .min = 1,
                      .max = kLargestSide},
                     {.name = "cols",
                      .title = "Column tiles K, S",
                      .help = "K,S with KS columns: column kS + l is column l of the tiles of k",
                      .fallback = Derived{.text = "K the divisor nearest the root of the columns",
                                          .value = [](const ParamScope& p) { return ParamValue{pairFor(p, false)}; }},
                      .min = 1,
                      .max = kLargestSide},
                     {.name = "columns",
                      .title = "Column order",
                      .help = "the order in which columns are taken; undone in the result, so it keeps no numbers",
                      .fallback = ParamValue{std::string("identity")},
                      .choices = {"identity", "stride", "bit-reversal", "makhoul"}},
                     {.name = "slices",
                      .title = "Tiles",
                      .help = "exact: the SVD of each tile; fast: 14 Lanczos steps for each term, many tiles at once",
                      .fallback = Derived{.text = "exact in double, fast in float",
                                          .value = [](const ParamScope& p) { return ParamValue{usualSlices(p)}; }},
                      .choices = {"exact", "fast"}}},
          .cost = costFor,
          .run = run};
}

}  // namespace rankscope
