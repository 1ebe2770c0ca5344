// SPDX-License-Identifier: GPL-3.0-or-later
// The projection onto Monarch matrices, beside the batched SVD of torch where Debian's python3-torch is there, and the
// product with one, beside OpenBLAS with the dense matrix: bench_monarch [side]…, a square number each. Process CPU
// time, one thread, float.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "core/linalg/lapack.h"
#include "core/methods/monarch.h"
#include "core/methods/monarch_form.h"

using namespace rankscope;

namespace {

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

// Milliseconds that torch takes for the SVD of b² Gaussian b × b matrices, or 0 where there is no torch. One thread is
// asked of the environment too: by its own setting alone torch was found two to six times slower.
double torchBatched(Index b) {
  const std::string script =
      "import time, torch; torch.set_num_threads(1); A = torch.randn(" + std::to_string(b * b) + ", " +
      std::to_string(b) + ", " + std::to_string(b) +
      ")\nall = []\nfor i in range(4):\n  s = time.process_time(); torch.linalg.svd(A, full_matrices=False); "
      "all.append(time.process_time() - s)\nprint(1e3 * sorted(all[1:])[1])";
  std::FILE* pipe = ::popen(
      ("OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 /usr/bin/python3 -c '" + script + "' 2>/dev/null").c_str(), "r");
  if (!pipe) return 0;
  double milliseconds = 0;
  if (std::fscanf(pipe, "%lf", &milliseconds) != 1) milliseconds = 0;
  ::pclose(pipe);
  return milliseconds;
}

void line(const char* what, Index n, const Times& t, double against, const char* other) {
  std::printf("%-34s %6td  float  1 thread  %9.3f ms (%.3f to %.3f)", what, n, t.median, t.lowest, t.highest);
  if (against > 0) std::printf("  %.1f times %s", against / t.median, other);
}

void run(Index b) {
  const Index n = b * b;
  const MonarchShape shape{.I = b, .J = b, .K = b, .S = b};
  const auto columns = *monarchColumns("identity", shape);
  Random draw(1, "bench");
  const Matrix<float> M = Matrix<float>::NullaryExpr(n, n, [&] { return static_cast<float>(draw.normal()); });
  const auto project = [&](Slices slices) { return *monarchProjection<float>(M, shape, columns, 1, {}, slices); };
  const double torch = torchBatched(b), norm = static_cast<double>(M.norm());
  MonarchProjection fast, exact;
  const Times fastTimes = timed(5, [&] { fast = project(Slices::Fast); });
  const Times exactTimes = timed(5, [&] { exact = project(Slices::Exact); });
  const auto found = [&](const MonarchProjection& made) {
    Matrix<float> P;
    monarchTile<float>(made.form, 1, {0, 0, n, n}, P);
    const double error = static_cast<double>((M - P).norm());
    return norm * norm - error * error;
  };
  line("projection, slices=fast", n, fastTimes, torch, "torch");
  std::printf("  %.5f of the energy of slices=exact\n", found(fast) / found(exact));
  line("projection, slices=exact", n, exactTimes, torch, "torch");
  std::printf("\n");
  for (const Index batch : {Index{1}, Index{64}}) {
    const Matrix<float> x = Matrix<float>::NullaryExpr(n, batch, [&] { return static_cast<float>(draw.normal()); });
    Matrix<float> y, dense;
    Matrix<float> P;
    monarchTile<float>(fast.form, 1, {0, 0, n, n}, P);
    const int times = 51;
    const Times denseTimes = timed(5, [&] {
      if (batch == 1) {
        dense.resize(n, 1);
        linalg::gemv<float>(P, x.data(), dense.data());
      } else {
        dense = linalg::multiply<float>(P, x);
      }
    });
    const Times quick = timed(times, [&] { y = monarchTimes<float>(fast.form, 1, x); });
    line(batch == 1 ? "product with 1 column" : "product with 64 columns", n, quick, denseTimes.median, "the dense");
    std::printf("  error %.1e\n", static_cast<double>((y - dense).norm() / dense.norm()));
  }
}

}  // namespace

int main(int argc, char** argv) {
  linalg::initialiseBlas();
  std::vector<Index> sides;
  for (int i = 1; i < argc; ++i) sides.push_back(std::atol(argv[i]));
  if (sides.empty()) sides = {1024, 4096};
  for (const Index n : sides) run(static_cast<Index>(std::lround(std::sqrt(static_cast<double>(n)))));
  return 0;
}
