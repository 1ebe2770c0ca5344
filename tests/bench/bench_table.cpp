// SPDX-License-Identifier: GPL-3.0-or-later
// How fast tables of text are read: bench_table [megabytes]. One thread, process CPU time.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "core/base/random.h"
#include "core/io/table.h"

using namespace rankscope;

int main(int argc, char** argv) {
  const double megabytes = argc > 1 ? std::max(1.0, std::atof(argv[1])) : 20;
  std::string text;
  Random random(1, "table");
  while (static_cast<double>(text.size()) < megabytes * 1e6) {
    for (int j = 0; j < 9; ++j) text += exact(random.uniform()) + ",";
    text += exact(random.uniform()) + "\n";
  }
  std::array<double, 6> seconds{};
  double sum = 0;
  for (double& one : seconds) {  // the first does not count
    const std::clock_t start = std::clock();
    const auto table = table::parse(text, "bench", {});
    one = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    if (!table) return 1;
    sum = table->values.mean();
  }
  std::sort(seconds.begin() + 1, seconds.end());
  std::printf("csv, 10 columns of double, %.0f MB, one thread | median %.0f ms (%.0f to %.0f), %.0f MB/s | mean %.4f\n",
              megabytes, 1e3 * seconds[3], 1e3 * seconds[1], 1e3 * seconds[5], megabytes / seconds[3], sum);
  return 0;
}
