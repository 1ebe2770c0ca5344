// SPDX-License-Identifier: GPL-3.0-or-later
// Times of the decompositions as ratios within one run: bench_svd [size]. Least of several, process CPU time, one
// thread.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>

#include "core/compute/analysis.h"
#include "core/linalg/lapack.h"
#include "core/methods/rsvd.h"
#include "core/methods/spectrum.h"

using namespace rankscope;

namespace {

double cpuSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double least(int times, const std::function<void()>& work) {
  double best = 1e300;
  for (int i = 0; i < times; ++i) {
    const double start = cpuSeconds();
    work();
    best = std::min(best, cpuSeconds() - start);
  }
  return best * 1e3;
}

// σ_i = 1/i + 1e-3 (1 − i/n), as in the comparison that set the targets.
Matrix<double> slowDecay(Index n) {
  Random draw(1, "bench");
  const auto gauss = [&](Index rows, Index cols) -> Matrix<double> {
    return Matrix<double>::NullaryExpr(rows, cols, [&] { return draw.normal(); });
  };
  Matrix<double> U = gauss(n, n), V = gauss(n, n);
  linalg::householderQ(U);
  linalg::householderQ(V);
  Vector<double> s(n);
  for (Index i = 0; i < n; ++i) {
    s(i) = 1.0 / static_cast<double>(i + 1) + 1e-3 * (1 - static_cast<double>(i + 1) / static_cast<double>(n));
  }
  return linalg::multiply<double>(U * s.asDiagonal(), V, linalg::Op::None, linalg::Op::Adjoint);
}

template <class T>
void run(const char* type, const MatrixPtr& X, const Vector<double>& sigma, Index r) {
  const auto values = X->entries<T>({});
  const double full = least(2, [&] { (void)linalg::exactSvd<T>(**values, linalg::Job::Thin, {}); });
  const double only = least(2, [&] { (void)linalg::exactSvd<T>(**values, linalg::Job::Values, {}); });
  linalg::Svd<T> made;
  const double sketch = least(5, [&] { made = *rsvd<T>(*X, gaussianSketch<T>(X->cols(), r + 10, {}), r, 2, {}); });
  const double preview = least(5, [&] { (void)rsvd<T>(*X, gaussianSketch<T>(X->cols(), 2 * r, {}), r, 1, {}); });
  const Matrix<double> product = (made.U * made.s.asDiagonal() * made.Vt).template cast<double>();
  const auto exact = X->entries<double>({});
  const double excess = (**exact - product).norm() / errorCurves(sigma).fro(r) - 1;
  std::printf(
      "%-6s %5td | gesdd %8.1f ms, values %8.1f ms | rsvd r=%td q=2 %7.1f ms (%.1f x), excess %.2f %% | preview %7.1f "
      "ms (%.1f x)\n",
      type, X->rows(), full, only, r, sketch, full / sketch, 100 * excess, preview, full / preview);
}

}  // namespace

int main(int argc, char** argv) {
  const Index n = argc > 1 ? std::atol(argv[1]) : 1024;
  std::printf("%s, compiler %s, one thread\n", linalg::blasName().c_str(), __VERSION__);
  const Matrix<double> M = slowDecay(n);
  const auto sigma = linalg::exactSvd<double>(M, linalg::Job::Values, {});
  run<double>("double", makeMatrix(M), sigma->s, 50);
  run<float>("float", makeMatrix(Matrix<float>(M.cast<float>())), sigma->s, 50);
  return 0;
}
