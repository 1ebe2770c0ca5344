// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/stream.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/methods/low_rank.h"

namespace rankscope {

using linalg::Op;

namespace {

constexpr Index kChunk = 4096;  // columns of a random matrix drawn at a time after the pass

template <class T>
Matrix<T> stacked(const Matrix<T>& a, const Matrix<T>& b, const Matrix<T>& c) {
  Matrix<T> out(a.rows() + b.rows() + c.rows(), a.cols());
  out << a, b, c;
  return out;
}

// A⁺ B for A with independent columns.
template <class T>
Matrix<T> leastSquares(Matrix<T> A, const Matrix<T>& B) {
  Matrix<T> R;
  linalg::householderQ(A, &R);
  Matrix<T> out = linalg::multiply<T>(A, B, Op::Adjoint);
  R.template triangularView<Eigen::Upper>().solveInPlace(out);
  return out;
}

// G A for a random G that is drawn a chunk of columns at a time.
template <class T>
Matrix<T> drawnTimes(const typename StreamDraws<T>::Columns& G, Index rows, const Matrix<T>& A,
                     const Context& context) {
  Matrix<T> out = Matrix<T>::Zero(rows, A.cols());
  for (Index first = 0; first < A.rows(); first += kChunk) {
    context.checkpoint();
    const Index count = std::min(kChunk, A.rows() - first);
    linalg::gemm<T>(Op::None, Op::None, T(1), G(first, count), A.middleRows(first, count), T(1), out);
  }
  return out;
}

}  // namespace

template <class T>
StreamSketch<T>::StreamSketch(Index rows, Index cols, StreamSizes sizes, StreamDraws<T> draws, int exponent,
                              double spare)
    : m_rows(rows),
      m_cols(cols),
      m_sizes(sizes),
      m_draws(std::move(draws)),
      m_before(static_cast<T>(std::ldexp(1.0, -(exponent / 2)))),
      m_after(static_cast<T>(std::ldexp(1.0, -(exponent - exponent / 2)))),
      m_spare(spare) {
  const auto [k, s, q] = sizes;
  expects(k >= 1 && k <= std::min(rows, cols) && s >= k && q >= 0, "StreamSketch: sizes do not suit the matrix");
  m_omega = m_draws.omega(0, cols);
  m_left = Matrix<T>::Zero(k + s + q, cols);
  m_right = Matrix<T>::Zero(rows, k);
}

template <class T>
const Matrix<T>& StreamSketch<T>::rowDraws(Index row, Index count, bool again) {
  const auto kept = m_kept.find(row);
  if (kept != m_kept.end() && kept->second.cols() == count) return kept->second;
  if (row == m_lastRow && m_last.cols() == count) return m_last;
  const Matrix<T> none(0, count);
  Matrix<T> made = stacked<T>(m_draws.upsilon(row, count), m_draws.phi(row, count),
                              m_sizes.checks > 0 ? m_draws.theta(row, count) : none);
  const double bytes = static_cast<double>(made.size()) * sizeof(T);
  if (again && bytes <= m_spare && kept == m_kept.end()) {
    m_spare -= bytes;
    return m_kept.emplace(row, std::move(made)).first->second;
  }
  m_lastRow = row;
  m_last = std::move(made);
  return m_last;
}

template <class T>
void StreamSketch<T>::add(Index row, Index col, const ConstRef<T>& block) {
  const Index height = block.rows(), width = block.cols();
  expects(row >= 0 && col >= 0 && row + height <= m_rows && col + width <= m_cols, "StreamSketch: outside the matrix");
  const Matrix<T> tile = (block * m_before) * m_after;
  linalg::gemm<T>(Op::None, Op::None, T(1), rowDraws(row, height, width < m_cols), tile, T(1),
                  m_left.middleCols(col, width));
  linalg::gemm<T>(Op::None, Op::Adjoint, T(1), tile, m_omega.middleCols(col, width), T(1),
                  m_right.middleRows(row, height));
}

template <class T>
Result<Streamed<T>> StreamSketch<T>::finish(Index rank, const Context& context) {
  const Index k = m_sizes.range, s = m_sizes.corange, q = m_sizes.checks;
  expects(rank >= 1 && rank <= k, "StreamSketch: the rank is within the range");
  m_kept.clear();
  m_last.resize(0, 0);
  m_omega.resize(0, 0);
  Matrix<T> Q = std::move(m_right);
  linalg::householderQ(Q);
  context.checkpoint();
  Matrix<T> P = m_left.topRows(k).adjoint();
  linalg::householderQ(P);
  Matrix<T> Z = Matrix<T>::Zero(s, s);
  for (Index first = 0; first < m_cols; first += kChunk) {
    context.checkpoint();
    const Index count = std::min(kChunk, m_cols - first);
    linalg::gemm<T>(Op::None, Op::Adjoint, T(1), m_left.block(k, first, s, count), m_draws.psi(first, count), T(1), Z);
  }
  // C = (ΦQ)⁺ Z ((ΨP)⁺)ᵀ, k×k
  const Matrix<T> half = leastSquares<T>(drawnTimes<T>(m_draws.phi, s, Q, context), Z);
  const Matrix<T> core = leastSquares<T>(drawnTimes<T>(m_draws.psi, s, P, context), half.adjoint()).adjoint();
  context.checkpoint();
  const auto small = linalg::exactSvd<T>(core, linalg::Job::Thin, context);
  if (!small) return small.error();
  Streamed<T> out;
  out.svd.s = small->s.head(rank);
  out.svd.U = linalg::multiply<T>(Q, small->U.leftCols(rank));
  out.svd.Vt = linalg::multiply<T>(small->Vt.topRows(rank), P, Op::None, Op::Adjoint);
  const T up = 1 / m_before, upAgain = 1 / m_after;
  if (q > 0) {
    Matrix<T> missed = m_left.bottomRows(q);  // Θ(M − M̂)
    const Matrix<T> seen = drawnTimes<T>(m_draws.theta, q, out.svd.U, context) * out.svd.s.asDiagonal();
    linalg::gemm<T>(Op::None, Op::None, T(-1), seen, out.svd.Vt, T(1), missed);
    out.estimate = missed.template cast<double>().norm() / std::sqrt(static_cast<double>(q)) * static_cast<double>(up) *
                   static_cast<double>(upAgain);
  }
  out.svd.s = (out.svd.s * up) * upAgain;
  return out;
}

template <class T>
double StreamSketch<T>::bytes(Index rows, Index cols, StreamSizes sizes, Index rank) {
  const double n = static_cast<double>(rows), m = static_cast<double>(cols), r = static_cast<double>(rank);
  const double k = static_cast<double>(sizes.range), s = static_cast<double>(sizes.corange),
               q = static_cast<double>(sizes.checks);
  const double chunk = static_cast<double>(std::min(kChunk, std::max(rows, cols)));
  // Sketches, with Ω in the pass and the basis of the rows in its place after it; the core, random columns of a chunk,
  // the factors and their published copy.
  return (n * k + m * (2 * k + s + q) + 2 * s * s + chunk * (k + s + q) + 2 * r * (n + m)) * sizeof(T);
}

template class StreamSketch<float>;
template class StreamSketch<double>;

namespace {

constexpr Index kChecks = 10;  // rows of Θ: a standard deviation of at most √(2/10)/2 = 22 % of the estimate
constexpr double kMostRows = 1e6;

Index defaultRange(const ParamScope& p) { return std::min(4 * p.dial + 1, std::min(p.rows, p.cols)); }

Index givenOr(const ParamScope& p, const char* name, Index fallback) {
  if (!p.given) return fallback;
  const auto found = p.given->find(name);
  return found == p.given->end() ? fallback : std::get<Index>(found->second);
}

StreamSizes sizesFor(const ParamScope& p) {
  const Index range = givenOr(p, "range", defaultRange(p));
  return {.range = range, .corange = givenOr(p, "corange", 2 * range + 1), .checks = kChecks};
}

std::optional<Error> refuseSizes(const StreamSizes& sizes, Index rank, Index most) {
  const auto refused = [](const char* name, Index value, Index from, Index to) {
    return usageError(text("parameter {1}", name), text("{1} is not allowed", value),
                      text("allowed here: a whole number from {1} to {2}", from, to));
  };
  if (sizes.range < rank || sizes.range > most) return refused("range", sizes.range, rank, most);
  if (sizes.corange < sizes.range) return refused("corange", sizes.corange, sizes.range, static_cast<Index>(kMostRows));
  return std::nullopt;
}

template <class T>
std::optional<Error> refuseSketchMemory(Index n, Index m, const StreamSizes& sizes, Index rank,
                                        const Context& context) {
  const double bytes = StreamSketch<T>::bytes(n, m, sizes, rank);
  Index fits = sizes.range;
  const auto needed = [&](Index range) {
    return StreamSketch<T>::bytes(n, m, {.range = range, .corange = 2 * range + 1, .checks = sizes.checks}, range);
  };
  while (fits > 0 && needed(fits) > static_cast<double>(context.memory)) fits = fits * 9 / 10;
  return context.refuseMemory(
      "stream", bytes,
      fits > 0 ? text("a range of {1}, for ranks up to that, would fit; or raise --max-memory", fits) : Text());
}

template <class T>
Result<Approximation> run(const AnyMatrix& X, Index rank, const StreamSizes& sizes, const Context& context) {
  const Index n = X.rows(), m = X.cols();
  if constexpr (std::is_same_v<T, float>) {
    if (auto refused = refuseBeyondFloat(X)) return *refused;
  }
  if (auto refused = refuseSketchMemory<T>(n, m, sizes, rank, context)) return *refused;
  const double spare =
      (static_cast<double>(context.memory) - StreamSketch<T>::bytes(n, m, sizes, rank)) / 2;  // tiles need room too
  const auto drawn = [&context](const char* name, Index rows) {
    return [&context, name, rows](Index first, Index count) {
      Matrix<T> out(rows, count);
      // A stream a column, so that neither tiles nor threads matter.
      parallelFor(context, count, [&](Index c) {
        Random draw = context.random(name, static_cast<std::uint64_t>(first + c));
        for (Index r = 0; r < rows; ++r) out(r, c) = static_cast<T>(draw.normal());
      });
      return out;
    };
  };
  const linalg::WideBlas wide(std::min(n, m) >= 1024 ? context.threads : 1, context.cancel);
  const double fro = X.summary(context).fro;
  StreamSketch<T> sketch(n, m, sizes,
                         {.upsilon = drawn("stream upsilon", sizes.range),
                          .omega = drawn("stream omega", sizes.range),
                          .phi = drawn("stream phi", sizes.corange),
                          .psi = drawn("stream psi", sizes.corange),
                          .theta = drawn("stream theta", sizes.checks)},
                         fro > 0 ? std::ilogb(fro) : 0, spare);
  double seen = 0;
  const double all = static_cast<double>(n) * static_cast<double>(m);
  X.forEachBlock<T>(context, [&](Index row, Index col, const ConstRef<T>& block) {
    sketch.add(row, col, block);
    seen += static_cast<double>(block.size());
    context.report(0.9 * seen / all, "the one pass");
  });
  auto made = sketch.finish(rank, context);
  if (!made) return made.error();
  Approximation out = approximationFrom(std::move(made->svd), X, {.exact = false, .nested = false});
  out.errorEstimate = fro > 0 ? made->estimate / fro : 0;
  if (sizes.corange < sizes.range + 2) {
    out.notices.push_back(
        text("the parameter corange, {1}, is below range + 2: the error may be of any size", sizes.corange));
  }
  return out;
}

}  // namespace

Method streamMethod() {
  return {.id = "stream",
          .title = "Single-pass sketch",
          .help = "each block of the matrix is seen once and forgotten: for what does not fit into memory",
          .reference = "Tropp, Yurtsever, Udell & Cevher 2019",
          .access = Access::OnePass,
          .random = true,
          .dial = rankDial(),
          .params = {{.name = "range",
                      .title = "Range sketch",
                      .help = "rows of the sketches that find range and co-range, from the rank to min(n, m)",
                      .fallback = Derived{"4·rank + 1, at most min(n, m)",
                                          [](const ParamScope& p) { return ParamValue{defaultRange(p)}; }},
                      .min = 1,
                      .max = kMostRows},
                     {.name = "corange",
                      .title = "Core sketch",
                      .help = "rows of the sketches that find the core between them, from range on",
                      .fallback =
                          Derived{"2·range + 1", [](const ParamScope& p) { return ParamValue{sizesFor(p).corange}; }},
                      .min = 1,
                      .max = kMostRows}},
          .cost =
              [](const ParamScope& p) {
                const StreamSizes sizes = sizesFor(p);
                const double n = static_cast<double>(p.rows), m = static_cast<double>(p.cols),
                             r = static_cast<double>(p.dial), k = static_cast<double>(sizes.range),
                             s = static_cast<double>(sizes.corange), q = static_cast<double>(sizes.checks);
                return Cost{.parameters = r * (n + m),
                            .applyFlops = 2 * r * (n + m),
                            .flops = 2 * n * m * (2 * k + s + q) + 2 * m * s * s + 2 * (n + m) * k * (s + 2 * k + r),
                            .bytes = p.precision == Precision::Float
                                         ? StreamSketch<float>::bytes(p.rows, p.cols, sizes, p.dial)
                                         : StreamSketch<double>::bytes(p.rows, p.cols, sizes, p.dial)};
              },
          .run = [](const Problem& problem, Index dial, const ParamValues& params,
                    const Context& context) -> Result<Approximation> {
            const AnyMatrix& X = *problem.X;
            const StreamSizes sizes{.range = std::get<Index>(params.at("range")),
                                    .corange = std::get<Index>(params.at("corange")),
                                    .checks = kChecks};
            if (auto refused = refuseSizes(sizes, dial, std::min(X.rows(), X.cols()))) return *refused;
            return context.precision == Precision::Float ? run<float>(X, dial, sizes, context)
                                                         : run<double>(X, dial, sizes, context);
          }};
}

}  // namespace rankscope
