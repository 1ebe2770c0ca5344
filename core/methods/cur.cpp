// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/cur.h"

#include <cmath>
#include <limits>

#include "core/linalg/lapack.h"
#include "core/methods/aside.h"
#include "core/methods/column_draws.h"
#include "core/methods/css.h"
#include "core/methods/low_rank.h"
#include "core/methods/spectrum.h"

namespace rankscope {

template <class T>
Result<Cur<T>> curOf(const ConstRef<T>& M, const std::vector<Index>& I, const std::vector<Index>& J, Middle middle,
                     const Context& context) {
  using linalg::multiply;
  using linalg::Op;
  expects(I.size() == J.size(), "curOf: as many rows as columns");
  const Index longest = std::max(M.rows(), M.cols());
  const Matrix<T> C = columnsOf<T>(M, J), R = rowsOf<T>(M, I);
  Cur<T> out;
  if (middle == Middle::Cross) {
    const auto crossing = smallInverse<T>(columnsOf<T>(R, J), longest, context);
    if (!crossing) return crossing.error();
    out.U = crossing->X;
    out.rank = crossing->rank;
    out.left = multiply<T>(C, out.U);
    return out;
  }
  Matrix<T> Qc = C, Qr = R.transpose(), Rc, Rr;
  linalg::householderQ(Qc, &Rc);
  linalg::householderQ(Qr, &Rr);
  context.checkpoint();
  const Matrix<T> core = multiply<T>(multiply<T>(Qc, M, Op::Adjoint), Qr);  // QcᵀMQr
  const auto fromC = smallInverse<T>(Rc, longest, context);
  if (!fromC) return fromC.error();
  const auto fromR = smallInverse<T>(Rr, longest, context);
  if (!fromR) return fromR.error();
  // What is within rounding of the columns' or the rows' span does not count: P_C = Qc (Rc Rc⁺) Qcᵀ.
  const Matrix<T> inR = multiply<T>(core, fromR->X, Op::None, Op::Adjoint);
  out.U = multiply<T>(fromC->X, inR);
  out.rank = std::min(fromC->rank, fromR->rank);
  out.left = multiply<T>(Qc, fromC->rank == Rc.rows() ? inR : multiply<T>(Rc, out.U));
  return out;
}

#define RANKSCOPE_INSTANTIATE(T)                                                                                     \
  template Result<Cur<T>> curOf<T>(const ConstRef<T>&, const std::vector<Index>&, const std::vector<Index>&, Middle, \
                                   const Context&);
RANKSCOPE_INSTANTIATE(float)
RANKSCOPE_INSTANTIATE(double)
#undef RANKSCOPE_INSTANTIATE

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

struct Choice {
  std::vector<Index> rows, columns;
  std::optional<Probabilities> probabilities;    // of the columns
  std::optional<std::pair<double, double>> eta;  // of rows and columns
  double next = 0;                               // σ_{r+1}
};

template <class T>
Result<Choice> bySvd(const ConstRef<T>& M, Index rank, bool leverage, const Context& context) {
  const auto svd = linalg::exactSvd<T>(M, linalg::Job::Thin, context);
  if (!svd) return svd.error();
  const Vector<double> sigma = svd->s.template cast<double>();
  const double tolerance = defaultTolerance(sigma, M.rows(), M.cols(), kUnitOf<T>);
  Index r = 0;
  while (r < std::min(rank, sigma.size()) && sigma(r) > tolerance) ++r;
  const Matrix<T> U = svd->U.leftCols(r), V = svd->Vt.topRows(r).transpose();
  Choice out;
  out.next = r < sigma.size() ? sigma(r) : 0;
  if (leverage) {
    const Vector<double> scores = leverageScores<T>(V);
    out.columns = weightedDraws(scores, r, context.random("cur", 0));
    out.rows = weightedDraws(leverageScores<T>(U), r, context.random("cur", 1));
    out.probabilities = Probabilities{};
    out.probabilities->columns = true;
    out.probabilities->weight = "leverage score";
    out.probabilities->weights = scores;
    out.probabilities->p = r > 0 ? Vector<double>(scores / scores.sum()) : scores;
    return out;
  }
  out.rows = deim<T>(U);
  out.columns = deim<T>(V);
  const auto rowSide = smallInverse<T>(rowsOf<T>(U, out.rows), 0, context);
  const auto columnSide = smallInverse<T>(rowsOf<T>(V, out.columns), 0, context);
  if (!rowSide) return rowSide.error();
  if (!columnSide) return columnSide.error();
  if (r > 0) out.eta = std::pair(rowSide->norm, columnSide->norm);
  return out;
}

template <class T>
Result<Choice> choose(const ConstRef<T>& M, Index rank, const std::string& rule, const Context& context) {
  if (rule != "uniform") return bySvd<T>(M, rank, rule == "leverage", context);
  Choice out;
  auto columns = withinRank<T>(M, uniformDraws(M.cols(), rank, context.random("cur", 0)), context);
  if (!columns) return columns.error();
  out.columns = std::move(*columns);
  const Matrix<T> Mt = M.transpose();
  auto rows = withinRank<T>(Mt, uniformDraws(M.rows(), rank, context.random("cur", 1)), context);
  if (!rows) return rows.error();
  out.rows = std::move(*rows);
  // Both find the rank of M, which rounding may see differently from either side.
  const std::size_t k = std::min(out.rows.size(), out.columns.size());
  out.rows.resize(k);
  out.columns.resize(k);
  out.probabilities = Probabilities{};
  out.probabilities->columns = true;
  out.probabilities->weight = "all alike";
  out.probabilities->weights = Vector<double>::Ones(M.cols());
  out.probabilities->p = out.probabilities->weights / static_cast<double>(M.cols());
  return out;
}

template <class T>
Bounds boundsOf(const Choice& choice, const Unscaled<T>& M, const Matrix<T>& left, const Matrix<T>& R, Middle middle,
                const Context& context) {
  Bounds out;
  out.names = {"η of the rows", "η of the columns"};
  std::vector<double> values{choice.eta->first, choice.eta->second}, measured{kUnknown, kUnknown};
  if (middle == Middle::Optimal) {
    const auto pair = spectralPair<T>(M.scaled(), left, R, context);
    out.names.push_back("spectral error, at most the sum of both η times σ of r + 1");
    values.push_back(std::ldexp((choice.eta->first + choice.eta->second) * choice.next, M.exponent()));
    measured.push_back(pair ? std::ldexp(pair->error, M.exponent()) : kUnknown);
  }
  out.values = Eigen::Map<const Vector<double>>(values.data(), static_cast<Index>(values.size()));
  out.measured = Eigen::Map<const Vector<double>>(measured.data(), static_cast<Index>(measured.size()));
  return out;
}

template <class T>
Result<Approximation> run(const AnyMatrix& X, Index rank, const std::string& rule, Middle middle,
                          const Context& context) {
  const auto sides = static_cast<double>(X.rows() + X.cols()), asked = static_cast<double>(rank);
  // Drawn rows are told apart from dependent ones on a transposed copy.
  const double copy = rule == "uniform" ? static_cast<double>(X.rows()) * static_cast<double>(X.cols()) : 0;
  if (auto refused = context.refuseMemory("cur", (copy + 4 * asked * sides) * sizeof(T))) return *refused;
  const auto M = Unscaled<T>::of(X, context);
  if (!M) return M.error();
  auto choice = choose<T>(M->scaled(), rank, rule, context);
  if (!choice) return choice.error();
  auto made = curOf<T>(M->scaled(), choice->rows, choice->columns, middle, context);
  if (!made) return made.error();
  const auto k = static_cast<Index>(choice->columns.size());
  const auto r = static_cast<double>(k);
  Approximation out;
  out.rows = X.rows();
  out.cols = X.cols();
  out.dial = out.maxDial = k;
  out.parameters = r * sides + r * r;
  out.status = made->rank < rank ? SolveStatus::RankDeficient : SolveStatus::Converged;
  out.diagnostics.push_back(Selection{.rows = choice->rows, .columns = choice->columns});
  if (choice->probabilities) {
    choice->probabilities->draws = choice->columns;
    choice->probabilities->expectedSquaredError = choice->probabilities->minimalSquaredError = kUnknown;
    out.diagnostics.push_back(std::move(*choice->probabilities));
  }
  if (choice->eta) {
    const Aside aside(out.aside);
    const Matrix<T> scaledR = rowsOf<T>(M->scaled(), choice->rows);
    out.diagnostics.push_back(boundsOf<T>(*choice, *M, made->left, scaledR, middle, context));
  }
  Matrix<T> U = timesPowerOfTwo<T>(made->U, -M->exponent()), R = rowsOf<T>(M->original(), choice->rows);
  if (!U.allFinite()) return beyondRange("cur");
  out.factors =
      factorList(Factor{.name = "C", .shape = {out.rows, k}, .values = columnsOf<T>(M->original(), choice->columns)},
                 Factor{.name = "U", .shape = {k, k}, .values = std::move(U)},
                 Factor{.name = "R", .shape = {k, out.cols}, .values = R});
  out.form = LowRank{.left = std::move(made->left), .weights = Vector<double>::Ones(k), .right = std::move(R)};
  return out;
}

}  // namespace

Method curMethod() {
  return {.id = "cur",
          .title = "CUR decomposition",
          .help = "columns and rows of the matrix itself, and a small matrix between them",
          .reference = "Mahoney & Drineas 2009; Sorensen & Embree 2016",
          .random = true,
          .randomOnlyIf = OnlyIf{"rule", {"leverage", "uniform"}},
          .dial = rankDial(),
          .params = {{.name = "rule",
                      .title = "Rule",
                      .help = "what rows and columns are chosen by; leverage and uniform draw by chance",
                      .fallback = ParamValue{std::string("deim")},
                      .choices = {"deim", "leverage", "uniform"}},
                     {.name = "u",
                      .title = "Middle factor",
                      .help = "the best one, or the inverse of where rows and columns cross",
                      .fallback = ParamValue{std::string("optimal")},
                      .choices = {"optimal", "cross"}}},
          .cost =
              [](const ParamScope& p) {
                const auto it = p.given ? p.given->find("rule") : ParamValues::const_iterator{};
                const bool svd = !(p.given && it != p.given->end() && std::get<std::string>(it->second) == "uniform");
                const double r = static_cast<double>(std::min(p.dial, std::min(p.rows, p.cols)));
                const double n = static_cast<double>(p.rows), m = static_cast<double>(p.cols), sides = n + m;
                const std::size_t scalar = p.precision == Precision::Float ? 4 : 8;
                return Cost{.parameters = r * sides + r * r,
                            .applyFlops = 2 * r * sides,
                            .flops = 4 * n * m * r + (svd ? linalg::svdFlops(p.rows, p.cols, linalg::Job::Thin) : 0),
                            .bytes = 4 * r * sides * static_cast<double>(scalar) +
                                     (svd ? linalg::svdBytes(p.rows, p.cols, linalg::Job::Thin, scalar)
                                          : n * m * static_cast<double>(scalar))};
              },
          .run = [](const Problem& problem, Index dial, const ParamValues& params,
                    const Context& context) -> Result<Approximation> {
            const std::string rule = std::get<std::string>(params.at("rule"));
            const Middle middle = std::get<std::string>(params.at("u")) == "cross" ? Middle::Cross : Middle::Optimal;
            return context.precision == Precision::Float ? run<float>(*problem.X, dial, rule, middle, context)
                                                         : run<double>(*problem.X, dial, rule, middle, context);
          }};
}

}  // namespace rankscope
