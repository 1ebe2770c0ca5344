// SPDX-License-Identifier: GPL-3.0-or-later
// From a changed rank to float pictures: Drawing::picture (wall median, least, least CPU time of all threads), its
// correction by one rank, residualOf, and residualOf reduced by 4 to the largest entries (least wall), and one plain
// product of the same depth on one thread (least CPU; ratio of CPU times). Milliseconds; the target is for two threads
// on quiet cores.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>

#include "core/base/random.h"
#include "core/compute/drawing.h"
#include "core/linalg/lapack.h"

using namespace rankscope;

namespace {

// Milliseconds of several runs. On busy cores only the least CPU time says something.
struct Times {
  double median = 0, least = 0, leastCpu = 0;
};

Times measure(int runs, const std::function<void()>& work) {
  std::vector<double> wall, cpu;
  work();
  for (int i = 0; i < runs; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t used = std::clock();
    work();
    cpu.push_back(1e3 * static_cast<double>(std::clock() - used) / CLOCKS_PER_SEC);
    wall.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  std::sort(wall.begin(), wall.end());
  return {wall[wall.size() / 2], wall.front(), *std::min_element(cpu.begin(), cpu.end())};
}

ApproximationPtr random(Index rows, Index cols, Index dial) {
  Random draw(1, "bench");
  const auto normal = [&] { return static_cast<float>(draw.normal()); };
  auto made = std::make_shared<Approximation>();
  made->rows = rows;
  made->cols = cols;
  made->dial = made->maxDial = dial;
  const Matrix<float> left = Matrix<float>::NullaryExpr(rows, dial, normal);
  const Matrix<float> right = Matrix<float>::NullaryExpr(dial, cols, normal);
  made->form = LowRank{.left = left, .weights = Vector<double>::LinSpaced(dial, 1, 0.01), .right = right};
  return made;
}

void table(const char* title, Index rows, Index cols, Index channels, double target100, double target300) {
  constexpr Index kMost = 512;
  const ApproximationPtr part = random(rows, cols * channels, kMost);
  const Tile all{0, 0, rows, cols};
  std::printf("\n%s\n%8s %6s | %8s %8s %8s %8s | %8s %8s %8s | %8s %8s\n", title, "threads", "rank", "median", "least",
              "cpu", "target", "+1 rank", "residual", "reduced", "one gemm", "ratio");
  for (const int threads : {1, 2}) {
    Context context;
    context.threads = threads;
    const Drawing drawing({part}, channels, context);
    const PicturePtr original = drawing.picture({{.dial = kMost, .muted = {}}}, all, 0, context);
    const auto& left = std::get<Matrix<float>>(part->lowRank()->left);
    const auto& right = std::get<Matrix<float>>(part->lowRank()->right);
    Matrix<float> product(cols * channels, rows);
    for (const Index dial : {1, 10, 50, 100, 300}) {
      const std::vector<Terms> terms{{.dial = dial, .muted = {}}}, next{{.dial = dial + 1, .muted = {}}};
      PicturePtr shown, moved, residual;
      const Times whole = measure(15, [&] { shown = drawing.picture(terms, all, 0, context); });
      const Times step = measure(9, [&] { moved = drawing.picture(next, all, 0, context, shown.get(), &terms); });
      const Times rest = measure(9, [&] { residual = residualOf(*original, *shown, context); });
      const Times reduced = measure(9, [&] { residual = residualOf(*original, *shown, 2, context); });
      const Times plain = measure(9, [&] {
        linalg::gemm<float>(linalg::Op::Adjoint, linalg::Op::Adjoint, 1, right.topRows(dial), left.leftCols(dial), 0,
                            product);
      });
      std::printf("%8d %6td | %8.2f %8.2f %8.2f %8.0f | %8.2f %8.2f %8.2f | %8.2f %8.2f\n", threads, dial, whole.median,
                  whole.least, whole.leastCpu, dial <= 100 ? target100 : target300, step.least, rest.least,
                  reduced.least, plain.leastCpu, whole.leastCpu / plain.leastCpu);
    }
  }
}

}  // namespace

int main() {
  std::printf("drawing: %s, compiler %s, %d cores\n", linalg::blasName().c_str(), __VERSION__, availableCores());
  table("1080 x 1920 x 3 (joint colour)", 1080, 1920, 3, 8, 16);
  table("2048 x 2048", 2048, 2048, 1, 8, 16);
}
