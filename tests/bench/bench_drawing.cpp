// SPDX-License-Identifier: GPL-3.0-or-later
// From a changed rank to float pictures: times of Drawing::picture, its correction by one rank, and residualOf, beside
// one plain product of the same depth. Times are wall medians in milliseconds; compare the ratios.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>

#include "core/base/random.h"
#include "core/compute/drawing.h"
#include "core/linalg/lapack.h"

using namespace rankscope;

namespace {

double median(int runs, const std::function<void()>& work) {
  std::vector<double> times;
  work();
  for (int i = 0; i < runs; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
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
  made->form.left = left;
  made->form.right = right;
  made->form.weights = Vector<double>::LinSpaced(dial, 1, 0.01);
  return made;
}

void table(const char* title, Index rows, Index cols, Index channels, double target100, double target300) {
  constexpr Index kMost = 512;
  const ApproximationPtr part = random(rows, cols * channels, kMost);
  const Tile all{0, 0, rows, cols};
  std::printf("\n%s\n%8s %6s %9s %9s %9s %10s %10s %8s\n", title, "threads", "rank", "picture", "+1 rank", "residual",
              "one gemm", "pic/gemm", "target");
  for (const int threads : {1, 2}) {
    Context context;
    context.threads = threads;
    const Drawing drawing({part}, channels, context);
    const PicturePtr original = drawing.picture({{.dial = kMost, .muted = {}}}, all, 0, context);
    const auto& left = std::get<Matrix<float>>(part->form.left);
    const auto& right = std::get<Matrix<float>>(part->form.right);
    Matrix<float> product(cols * channels, rows);
    for (const Index dial : {1, 10, 50, 100, 300}) {
      const std::vector<Terms> terms{{.dial = dial, .muted = {}}}, next{{.dial = dial + 1, .muted = {}}};
      PicturePtr shown, moved, residual;
      const double whole = median(9, [&] { shown = drawing.picture(terms, all, 0, context); });
      const double step = median(9, [&] { moved = drawing.picture(next, all, 0, context, shown.get(), &terms); });
      const double rest = median(9, [&] { residual = residualOf(*original, *shown, context); });
      const double plain = median(5, [&] {
        linalg::gemm<float>(linalg::Op::Adjoint, linalg::Op::Adjoint, 1, right.topRows(dial), left.leftCols(dial), 0,
                            product);
      });
      const double target = threads == 1 ? 0 : dial <= 100 ? target100 : target300;
      std::printf("%8d %6td %9.2f %9.2f %9.2f %10.2f %10.2f", threads, dial, whole, step, rest, plain, whole / plain);
      if (target > 0) {
        std::printf(" %8.0f\n", target);
      } else {
        std::printf(" %8s\n", "");
      }
    }
  }
}

}  // namespace

int main() {
  std::printf("drawing: %s, compiler %s, %d cores\n", linalg::blasName().c_str(), __VERSION__, availableCores());
  table("1080 x 1920 x 3 (joint colour)", 1080, 1920, 3, 8, 16);
  table("2048 x 2048", 2048, 2048, 1, 8, 16);
}
