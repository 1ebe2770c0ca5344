// SPDX-License-Identifier: GPL-3.0-or-later
// Repeated estimates of a product from its column–row pairs: bench_product [size] [pairs] [trials]. Wall time, median
// and spread of five runs after one that does not count.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "core/compute/analysis.h"
#include "core/methods/cr.h"
#include "core/methods/product.h"

using namespace rankscope;

namespace {

struct Spread {
  double least = 0, median = 0, most = 0;
};

Spread milliseconds(const std::function<void()>& work) {
  using Clock = std::chrono::steady_clock;
  work();
  std::vector<double> runs;
  for (int i = 0; i < 5; ++i) {
    const auto start = Clock::now();
    work();
    runs.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  std::sort(runs.begin(), runs.end());
  return {runs.front(), runs[2], runs.back()};
}

Matrix<double> gauss(Index rows, Index cols, std::uint64_t seed) {
  Random draw(seed, "bench");
  return Matrix<double>::NullaryExpr(rows, cols, [&] { return draw.normal(); });
}

}  // namespace

int main(int argc, char** argv) {
  const Index n = argc > 1 ? std::atol(argv[1]) : 512, r = argc > 2 ? std::atol(argv[2]) : 64,
              trials = argc > 3 ? std::atol(argv[3]) : 1000;
  const Problem problem{.X = makeMatrix(gauss(n, n, 1)), .Y = makeMatrix(gauss(n, n, 2))};
  std::printf("%s, compiler %s\n", linalg::blasName().c_str(), __VERSION__);
  for (const int threads : {1, 2}) {
    const Context context{.threads = threads};
    const Spread product = milliseconds([&] { (void)multiplied(*problem.X, *problem.Y, context); });
    std::printf("product %td x %td x %td, double, %d threads: %7.1f ms (%.1f to %.1f), %.1f Gflop/s\n", n, n, n,
                threads, product.median, product.least, product.most, 2e-6 * std::pow(n, 3) / product.median);
    for (const char* replacement : {"with", "poisson", "wta"}) {
      Trials made;
      int published = 0;
      const Method& cr = *findMethod("cr", Kind::Product);
      const ParamValues params{{"scheme", std::string("norm")}, {"replacement", std::string(replacement)}};
      const Spread spread = milliseconds([&] {
        published = 0;
        made = *cr.trials(problem, r, params, trials, context, [&](const Trials&) { ++published; });
      });
      std::printf(
          "cr %-8s %td x %td x %td, r = %td, %td trials, double, %d threads: %7.1f ms (%.1f to %.1f), published %d "
          "times; "
          "mean squared error %.4f of the expected\n",
          replacement, n, n, n, r, trials, threads, spread.median, spread.least, spread.most, published,
          made.squaredErrors.mean() / made.expectedSquaredError);
    }
  }
  return 0;
}
