// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/css.h"

#include <cmath>
#include <limits>

#include "core/linalg/lapack.h"
#include "core/methods/aside.h"
#include "core/methods/column_draws.h"
#include "core/methods/low_rank.h"
#include "core/methods/spectrum.h"

namespace rankscope {

template <class T>
std::vector<Index> greedyColumns(const ConstRef<T>& M, Index r, const Context& context) {
  const Index n = M.rows(), m = M.cols();
  expects(r >= 0 && r <= std::min(n, m), "greedyColumns: more columns than the smaller side");
  const double noise = static_cast<double>(std::max(n, m)) * kUnitOf<T> * static_cast<double>(M.stableNorm());
  // A squared norm that has fallen by this since its column of EᵀE was formed costs that column its last digits.
  constexpr double kStale = std::is_same_v<T, float> ? 0x1p-4 : 0x1p-13;
  Matrix<T> E = M, Q(n, r);
  context.checkpoint();
  Matrix<T> G = linalg::multiply<T>(E, E, linalg::Op::Adjoint);
  Vector<double> formed = G.diagonal().template cast<double>();
  std::vector<Index> out;
  std::vector<char> over(static_cast<std::size_t>(m), 0);
  while (static_cast<Index>(out.size()) < r) {
    context.checkpoint();
    Vector<double> gains = Vector<double>::Zero(m);
    for (Index j = 0; j < m; ++j) {
      if (over[static_cast<std::size_t>(j)]) continue;
      const auto own = static_cast<double>(G(j, j));
      if (own > noise * noise) gains(j) = G.col(j).template cast<double>().squaredNorm() / own;
    }
    const Index j = firstLargest<T>(gains);
    if (j < 0) break;
    const Index k = static_cast<Index>(out.size());
    Vector<T> q = E.col(j);
    for (int pass = 0; pass < 2; ++pass) {
      const Vector<T> within = Q.leftCols(k).transpose() * q;
      q.noalias() -= Q.leftCols(k) * within;
    }
    q /= q.stableNorm();
    Q.col(k) = q;
    out.push_back(j);
    over[static_cast<std::size_t>(j)] = 1;
    const Vector<T> row = E.transpose() * q;
    E.noalias() -= q * row.transpose();
    E.col(j).setZero();
    G.noalias() -= row * row.transpose();
    G.row(j).setZero();
    G.col(j).setZero();
    std::vector<Index> stale;
    for (Index c = 0; c < m; ++c) {
      if (over[static_cast<std::size_t>(c)] || static_cast<double>(G(c, c)) >= kStale * formed(c)) continue;
      stale.push_back(c);
    }
    if (stale.empty()) continue;
    const Matrix<T> anew = linalg::multiply<T>(E, columnsOf<T>(E, stale), linalg::Op::Adjoint);
    for (std::size_t s = 0; s < stale.size(); ++s) {
      const Index c = stale[s];
      G.col(c) = anew.col(static_cast<Index>(s));
      G.row(c) = G.col(c).transpose();
      formed(c) = static_cast<double>(G(c, c));
      if (formed(c) <= noise * noise) over[static_cast<std::size_t>(c)] = 1;  // nothing but rounding from here on
    }
  }
  return out;
}

template <class T>
std::vector<Index> adaptiveColumns(const ConstRef<T>& M, Index r, Random draw, const Context& context) {
  ColumnBasis<T> basis(M, r, context);
  const double noise =
      static_cast<double>(std::max(M.rows(), M.cols())) * kUnitOf<T> * std::sqrt(basis.squares().sum());
  while (basis.size() < r) {
    const Vector<double> weights = basis.squares().unaryExpr([&](double x) { return x <= noise * noise ? 0.0 : x; });
    const Index j = weightedIndex(weights, draw.uniform());
    if (j < 0) break;
    basis.take(j);
  }
  return basis.columns();
}

template <class T>
Result<ColumnFit<T>> fitColumns(const ConstRef<T>& M, const std::vector<Index>& J, const Context& context) {
  const Index longest = std::max(M.rows(), M.cols());
  ColumnFit<T> out;
  out.Q = columnsOf<T>(M, J);
  linalg::householderQ(out.Q, &out.R);
  context.checkpoint();
  out.S = linalg::multiply<T>(out.Q, M, linalg::Op::Adjoint);
  context.checkpoint();
  const auto inverse = smallInverse<T>(out.R, longest, context);
  if (!inverse) return inverse.error();
  out.rank = inverse->rank;
  if (out.rank == out.R.rows()) {
    out.Z = out.S;
    if (out.rank > 0) out.R.template triangularView<Eigen::Upper>().solveInPlace(out.Z);
    for (Index i = 0; i < out.rank; ++i) out.Z.col(J[static_cast<std::size_t>(i)]) = Vector<T>::Unit(out.rank, i);
  } else {
    out.Z = linalg::multiply<T>(inverse->X, out.S);
  }
  return out;
}

template <class T>
Result<std::vector<Index>> withinRank(const ConstRef<T>& M, std::vector<Index> draws, const Context& context) {
  const Index longest = std::max(M.rows(), M.cols()), r = static_cast<Index>(draws.size());
  Matrix<T> C = columnsOf<T>(M, draws), R;
  linalg::householderQ(C, &R);
  const auto inverse = smallInverse<T>(R, longest, context);
  if (!inverse) return inverse.error();
  if (inverse->rank < r) draws.resize(static_cast<std::size_t>(pivotedQr<T>(M, r, longest, context).size()));
  return draws;
}

#define RANKSCOPE_INSTANTIATE(T)                                                                              \
  template std::vector<Index> greedyColumns<T>(const ConstRef<T>&, Index, const Context&);                    \
  template std::vector<Index> adaptiveColumns<T>(const ConstRef<T>&, Index, Random, const Context&);          \
  template Result<ColumnFit<T>> fitColumns<T>(const ConstRef<T>&, const std::vector<Index>&, const Context&); \
  template Result<std::vector<Index>> withinRank<T>(const ConstRef<T>&, std::vector<Index>, const Context&);
RANKSCOPE_INSTANTIATE(float)
RANKSCOPE_INSTANTIATE(double)
#undef RANKSCOPE_INSTANTIATE

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

struct Choice {
  std::vector<Index> columns;
  std::optional<Probabilities> probabilities;
  std::optional<Bounds> bounds;  // without what was measured
};

Probabilities probabilitiesOf(Text name, Vector<double> weights, Vector<double> p, const std::vector<Index>& draws) {
  Probabilities out;
  out.columns = true;
  out.weight = std::move(name);
  out.weights = std::move(weights);
  out.p = std::move(p);
  out.draws = draws;
  out.expectedSquaredError = out.minimalSquaredError = kUnknown;
  return out;
}

Vector<double> shares(const Vector<double>& weights) {
  const double sum = weights.sum();
  return sum > 0 ? Vector<double>(weights / sum) : weights;
}

// leverage and volume: from the singular vectors. 2^exponent brings errors back to the size of the input.
template <class T>
Result<Choice> bySvd(const ConstRef<T>& M, Index rank, bool volume, int exponent, const Context& context) {
  const auto svd = linalg::exactSvd<T>(M, linalg::Job::Thin, context);
  if (!svd) return svd.error();
  Vector<double> sigma = svd->s.template cast<double>();
  const double tolerance = defaultTolerance(sigma, M.rows(), M.cols(), kUnitOf<T>);
  Index k = 0;
  while (k < sigma.size() && sigma(k) > tolerance) ++k;
  const Index r = std::min(rank, k);
  const ErrorCurves optimum = errorCurves(sigma);
  sigma.conservativeResize(k);
  Choice out;
  if (!volume) {
    const Matrix<T> V = svd->Vt.topRows(r).transpose();
    const Vector<double> scores = leverageScores<T>(V);
    out.columns = weightedDraws(scores, r, context.random("css"));
    out.probabilities = probabilitiesOf("leverage score", scores, shares(scores), out.columns);
    return out;
  }
  const double table = 3 * 8 * static_cast<double>(k + 1) * static_cast<double>(r + 2);
  if (auto refused = context.refuseMemory("css", table)) return *refused;
  const Matrix<T> V = svd->Vt.topRows(k).transpose();
  out.columns = volumeDraw<T>(V, sigma, r, context.random("css"));
  const Vector<double> inclusion = volumeInclusion<T>(V, sigma, r);
  out.probabilities = probabilitiesOf(
      "norm of the column", M.colwise().norm().transpose().template cast<double>() * std::ldexp(1.0, exponent),
      inclusion, out.columns);
  const double mean = volumeExpectation(sigma, r);
  out.probabilities->expectedSquaredError = std::ldexp(mean, 2 * exponent);
  out.probabilities->minimalSquaredError = std::ldexp(optimum.fro(r) * optimum.fro(r), 2 * exponent);
  Bounds bounds;
  bounds.names = {"root of the mean squared error of volume sampling", "√(r + 1) times the optimum"};
  bounds.values.resize(2);
  bounds.values << std::sqrt(mean), std::sqrt(static_cast<double>(r + 1)) * optimum.fro(r);
  out.bounds = std::move(bounds);
  return out;
}

template <class T>
Result<Choice> choose(const ConstRef<T>& M, Index rank, const std::string& rule, int exponent, const Context& context) {
  if (rule == "leverage" || rule == "volume") return bySvd<T>(M, rank, rule == "volume", exponent, context);
  Choice out;
  if (rule == "greedy") {
    out.columns = greedyColumns<T>(M, rank, context);
  } else if (rule == "cpqr") {
    out.columns = pivotedQr<T>(M, rank, std::max(M.rows(), M.cols()), context).columns();
  } else if (rule == "adaptive") {
    out.columns = adaptiveColumns<T>(M, rank, context.random("css"), context);
    const Vector<double> squares = M.template cast<double>().colwise().squaredNorm().transpose();
    out.probabilities = probabilitiesOf("squared norm of the column", squares * std::ldexp(1.0, 2 * exponent),
                                        shares(squares), out.columns);
  } else {
    auto draws = withinRank<T>(M, uniformDraws(M.cols(), rank, context.random("css")), context);
    if (!draws) return draws.error();
    out.columns = std::move(*draws);
    const Vector<double> same = Vector<double>::Ones(M.cols());
    out.probabilities = probabilitiesOf("all alike", same, shares(same), out.columns);
  }
  return out;
}

template <class T>
Result<Approximation> run(const AnyMatrix& X, Index rank, const std::string& rule, const Context& context) {
  const double nm = static_cast<double>(X.rows()) * static_cast<double>(X.cols());
  const double sides = static_cast<double>(X.rows() + X.cols());
  const double most = rule == "greedy" ? nm + static_cast<double>(X.cols()) * static_cast<double>(X.cols()) : 0;
  if (auto refused = context.refuseMemory("css", (most + 4 * static_cast<double>(rank) * sides) * sizeof(T)))
    return *refused;
  const auto M = Unscaled<T>::of(X, context);
  if (!M) return M.error();
  auto choice = choose<T>(M->scaled(), rank, rule, M->exponent(), context);
  if (!choice) return choice.error();
  auto fit = fitColumns<T>(M->scaled(), choice->columns, context);
  if (!fit) return fit.error();
  const auto k = static_cast<Index>(choice->columns.size());
  Approximation out;
  out.rows = X.rows();
  out.cols = X.cols();
  out.dial = out.maxDial = k;
  out.parameters = static_cast<double>(k) * sides;
  out.status = fit->rank < rank ? SolveStatus::RankDeficient : SolveStatus::Converged;
  out.diagnostics.push_back(Selection{.rows = {}, .columns = choice->columns});
  if (choice->probabilities) out.diagnostics.push_back(std::move(*choice->probabilities));
  if (choice->bounds && k > 0) {
    const Aside aside(out.aside);
    const double error = distance<T>(M->scaled(), fit->Q, fit->S, context);
    choice->bounds->measured = Vector<double>::Constant(choice->bounds->values.size(), error);
    for (Vector<double>* values : {&choice->bounds->values, &choice->bounds->measured})
      *values = values->unaryExpr([&](double x) { return std::ldexp(x, M->exponent()); }).eval();
    out.diagnostics.push_back(std::move(*choice->bounds));
  }
  Matrix<T> C = columnsOf<T>(M->original(), choice->columns);
  out.factors = factorList(Factor{.name = "C", .shape = {out.rows, k}, .values = C},
                           Factor{.name = "Z", .shape = {k, out.cols}, .values = fit->Z});
  out.form = LowRank{.left = std::move(C), .weights = Vector<double>::Ones(k), .right = std::move(fit->Z)};
  return out;
}

}  // namespace

Method cssMethod() {
  return {.id = "css",
          .title = "Column subset",
          .help = "the matrix projected on some of its own columns, chosen by a rule or by chance",
          .reference = "Deshpande, Rademacher, Vempala & Wang 2006; Farahat, Ghodsi & Kamel 2011",
          .random = true,
          .randomOnlyIf = OnlyIf{"rule", {"leverage", "volume", "adaptive", "uniform"}},
          .dial = rankDial(),
          .params = {{.name = "rule",
                      .title = "Rule",
                      .help = "greedy and cpqr choose; leverage, volume, adaptive and uniform draw by chance",
                      .fallback = ParamValue{std::string("greedy")},
                      .choices = {"greedy", "cpqr", "leverage", "volume", "adaptive", "uniform"}}},
          .cost =
              [](const ParamScope& p) {
                const auto it = p.given ? p.given->find("rule") : ParamValues::const_iterator{};
                const std::string rule = p.given && it != p.given->end() ? std::get<std::string>(it->second) : "greedy";
                const double r = static_cast<double>(std::min(p.dial, std::min(p.rows, p.cols)));
                const double n = static_cast<double>(p.rows), m = static_cast<double>(p.cols), sides = n + m;
                const std::size_t scalar = p.precision == Precision::Float ? 4 : 8;
                const bool greedy = rule == "greedy", svd = rule == "leverage" || rule == "volume";
                const double select = greedy ? 2 * n * m * m + (4 * n * m + 4 * m * m) * r
                                      : svd  ? linalg::svdFlops(p.rows, p.cols, linalg::Job::Thin)
                                             : 2 * n * m * r;
                const double bytes = greedy ? (n * m + m * m) * static_cast<double>(scalar)
                                     : svd  ? linalg::svdBytes(p.rows, p.cols, linalg::Job::Thin, scalar)
                                            : 0;
                return Cost{.parameters = r * sides,
                            .applyFlops = 2 * r * sides,
                            .flops = select + 6 * n * m * r,
                            .bytes = bytes + 4 * r * sides * static_cast<double>(scalar)};
              },
          .run = [](const Problem& problem, Index dial, const ParamValues& params,
                    const Context& context) -> Result<Approximation> {
            const std::string rule = std::get<std::string>(params.at("rule"));
            return context.precision == Precision::Float ? run<float>(*problem.X, dial, rule, context)
                                                         : run<double>(*problem.X, dial, rule, context);
          }};
}

}  // namespace rankscope
