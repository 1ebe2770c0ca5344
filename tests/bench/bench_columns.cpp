// SPDX-License-Identifier: GPL-3.0-or-later
// The randomized interpolative decomposition against pivoted QR of everything (LAPACK's geqp3) and the own one stopped
// at r: bench_columns [size]…. Process CPU time, one thread.
#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <vector>

#include "core/linalg/lapack.h"
#include "core/methods/id.h"
#include "core/methods/rsvd.h"

#define lapack_complex_float std::complex<float>
#define lapack_complex_double std::complex<double>
#include <lapacke.h>

using namespace rankscope;

namespace {

constexpr Index kRank = 50;

double cpuSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

struct Times {
  double median = 0, lowest = 0, highest = 0;  // milliseconds
};

Times timed(int times, const std::function<void()>& work) {
  std::vector<double> all;
  for (int i = 0; i <= times; ++i) {
    const double start = cpuSeconds();
    work();
    if (i > 0) all.push_back(1e3 * (cpuSeconds() - start));
  }
  std::sort(all.begin(), all.end());
  return {all[all.size() / 2], all.front(), all.back()};
}

// σ_i = 1/i + 1e-3 (1 − i/n) between random orthogonal matrices: no row or column is special, as on a matrix of
// reflectors it would be, where any interpolative decomposition looks optimal.
Matrix<double> slowDecay(Index n, Vector<double>& sigma) {
  Random draw(1, "bench");
  const auto gauss = [&] { return draw.normal(); };
  Matrix<double> U = Matrix<double>::NullaryExpr(n, n, gauss), V = Matrix<double>::NullaryExpr(n, n, gauss);
  linalg::householderQ(U);
  linalg::householderQ(V);
  sigma.resize(n);
  for (Index i = 0; i < n; ++i) {
    const double place = static_cast<double>(i + 1);
    sigma(i) = 1 / place + 1e-3 * (1 - place / static_cast<double>(n));
  }
  return linalg::multiply<double>(U * sigma.asDiagonal(), V, linalg::Op::None, linalg::Op::Adjoint);
}

void geqp3(Matrix<float>& A, std::vector<lapack_int>& pivots, Vector<float>& tau) {
  const auto n = static_cast<lapack_int>(A.rows()), m = static_cast<lapack_int>(A.cols());
  if (LAPACKE_sgeqp3(LAPACK_COL_MAJOR, n, m, A.data(), n, pivots.data(), tau.data()) != 0) std::abort();
}
void geqp3(Matrix<double>& A, std::vector<lapack_int>& pivots, Vector<double>& tau) {
  const auto n = static_cast<lapack_int>(A.rows()), m = static_cast<lapack_int>(A.cols());
  if (LAPACKE_dgeqp3(LAPACK_COL_MAJOR, n, m, A.data(), n, pivots.data(), tau.data()) != 0) std::abort();
}

template <class T>
void run(const char* type, const Matrix<double>& M, double optimum) {
  const Index n = M.rows();
  const MatrixPtr X = makeMatrix(Matrix<T>(M.cast<T>()));
  const auto values = X->entries<T>({});
  (void)X->summary();

  Matrix<T> R;
  std::vector<lapack_int> pivots;
  Vector<T> tau(n);
  const Times whole = timed(n > 2048 ? 2 : 5, [&] {
    R = **values;
    pivots.assign(static_cast<std::size_t>(n), 0);
    geqp3(R, pivots, tau);
  });
  double squares = 0;
  for (Index j = kRank; j < n; ++j)
    squares += R.col(j).segment(kRank, j - kRank + 1).template cast<double>().squaredNorm();
  const double wholeError = std::sqrt(squares);

  std::optional<ColumnBasis<T>> basis;
  const Times partial = timed(5, [&] { basis.emplace(pivotedQr<T>(**values, kRank, n, {})); });
  Index same = 0;
  for (const Index j : basis->columns())
    same += std::count(pivots.begin(), pivots.begin() + kRank, static_cast<lapack_int>(j + 1));

  const auto errorOf = [&](const std::vector<Index>& J, const Matrix<T>& Z) {
    return distance<double>(M, columnsOf<double>(M, J), Z.template cast<double>(), {});
  };
  std::printf("%-6s %5td, r = %td, one thread\n", type, n, kRank);
  const auto line = [&](const char* what, const Times& t, double e) {
    std::printf("  %-34s %9.2f ms (%.2f to %.2f), %6.1f x, error / optimum %.3f, error / geqp3's %.4f\n", what,
                t.median, t.lowest, t.highest, whole.median / t.median, e / optimum, e / wholeError);
  };
  line("geqp3 of everything", whole, wholeError);
  line("pivoted QR stopped at r", partial, errorOf(basis->columns(), interpolation(*basis)));
  for (const Coefficients kind : {Coefficients::OfMatrix, Coefficients::OfSketch}) {
    Interpolative<T> made;
    const Times sketch =
        timed(9, [&] { made = *randomizedId<T>(*X, gaussianSketch<T>(n, kRank + 10, {.seed = 1}), kRank, kind, {}); });
    line(kind == Coefficients::OfMatrix ? "randomized, coefficients of M" : "randomized, of the sketch alone", sketch,
         errorOf(made.columns, made.Z));
  }
  std::printf("  %td of %td pivots as geqp3's\n", same, kRank);
}

}  // namespace

int main(int argc, char** argv) {
  std::printf("%s, compiler %s\n", linalg::blasName().c_str(), __VERSION__);
  std::vector<Index> sizes;
  for (int i = 1; i < argc; ++i) sizes.push_back(std::atol(argv[i]));
  if (sizes.empty()) sizes = {2048, 4096};
  for (const Index n : sizes) {
    Vector<double> sigma;
    const Matrix<double> M = slowDecay(n, sigma);
    const double optimum = sigma.tail(n - kRank).norm();
    run<double>("double", M, optimum);
    run<float>("float", M, optimum);
  }
  return 0;
}
