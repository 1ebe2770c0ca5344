// SPDX-License-Identifier: GPL-3.0-or-later
// Block Krylov and the randomized SVD with their defaults beside scikit-learn's randomized_svd with its own, on one
// matrix in one run: bench_krylov [size [rank]]. CPU time of one thread each. Without scikit-learn (PYTHON names the
// interpreter, else python3) only the own ones.
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "core/linalg/lapack.h"
#include "core/methods/krylov.h"
#include "core/methods/rsvd.h"
#include "core/methods/spectrum.h"

using namespace rankscope;

namespace {

constexpr int kRuns = 7;

const char* const kScript = R"(
import sys, time
import numpy as np
try:
    from sklearn import __version__
    from sklearn.utils.extmath import randomized_svd
except ImportError:
    sys.exit(1)
file, n, r, dtype, optimum, runs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], float(sys.argv[5]), int(sys.argv[6])
A = np.fromfile(file).reshape(n, n).astype(dtype)
times = []
for run in range(runs + 1):
    start = time.process_time()
    U, s, Vt = randomized_svd(A, r, random_state=0)
    times.append(1e3 * (time.process_time() - start))
error = np.linalg.norm(A.astype(float) - (U * s).astype(float) @ Vt.astype(float))
print(__version__, *times[1:], 100 * (error / optimum - 1))
)";

double cpuSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

struct Times {
  std::vector<double> ms;
  double excess = 0;  // of the error over the optimum, per cent

  double median() const {
    std::vector<double> sorted = ms;
    std::sort(sorted.begin(), sorted.end());
    return sorted[sorted.size() / 2];
  }
  double least() const { return *std::min_element(ms.begin(), ms.end()); }
  double most() const { return *std::max_element(ms.begin(), ms.end()); }
};

Times timed(const std::function<void()>& work) {
  Times out;
  work();
  for (int i = 0; i < kRuns; ++i) {
    const double start = cpuSeconds();
    work();
    out.ms.push_back(1e3 * (cpuSeconds() - start));
  }
  return out;
}

// σ_i = 1/i + 1e-3 (1 − i/n), as in the comparison that set the targets.
Vector<double> slowDecay(Index n) {
  return Vector<double>::NullaryExpr(n, [n](Index i) {
    const double at = static_cast<double>(i + 1);
    return 1 / at + 1e-3 * (1 - at / static_cast<double>(n));
  });
}

Matrix<double> orthogonal(Index n, const char* stream) {
  Random draw(1, stream);
  Matrix<double> Q = Matrix<double>::NullaryExpr(n, n, [&] { return draw.normal(); });
  linalg::householderQ(Q);
  return Q;
}

// scikit-learn's times on the matrix in `file`, or none.
Times scikitLearn(const std::filesystem::path& folder, Index n, Index r, const char* type, double optimum) {
  const char* python = std::getenv("PYTHON");
  const std::string command = "OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 " + std::string(python ? python : "python3") +
                              " '" + (folder / "run.py").string() + "' '" + (folder / "matrix").string() + "' " +
                              std::to_string(n) + " " + std::to_string(r) + " " + type + " " + std::to_string(optimum) +
                              " " + std::to_string(kRuns);
  Times out;
  std::FILE* answer = popen(command.c_str(), "r");
  if (!answer) return out;
  char version[64] = {};
  double value = 0;
  if (std::fscanf(answer, "%63s", version) == 1) {
    while (std::fscanf(answer, "%lf", &value) == 1) out.ms.push_back(value);
  }
  if (pclose(answer) != 0 || out.ms.size() < 2) return {};
  out.excess = out.ms.back();
  out.ms.pop_back();
  std::printf("scikit-learn %s\n", version);
  return out;
}

void line(const char* what, const char* type, Index n, Index r, const Times& times, const Times* than) {
  std::printf("%-34s %-6s %5td r=%td  median %8.1f ms (%.1f to %.1f), excess %.3f %%", what, type, n, r, times.median(),
              times.least(), times.most(), times.excess);
  if (than && !than->ms.empty()) std::printf(", %.2f x", than->median() / times.median());
  std::printf("\n");
}

template <class T>
void run(const char* type, const Matrix<double>& exact, double optimum, Index r, const std::filesystem::path& folder) {
  const Index n = exact.rows();
  const MatrixPtr X = makeMatrix(Matrix<T>(exact.cast<T>()));
  const auto excess = [&](const linalg::Svd<T>& svd) {
    const Matrix<double> made = (svd.U * svd.s.asDiagonal() * svd.Vt).template cast<double>();
    return 100 * ((exact - made).norm() / optimum - 1);
  };
  const Times theirs = scikitLearn(folder, n, r, std::is_same_v<T, float> ? "float32" : "float64", optimum);
  if (theirs.ms.empty()) {
    std::printf("no scikit-learn here: PYTHON can name an interpreter that has it\n");
  } else {
    line("scikit-learn randomized_svd", type, n, r, theirs, nullptr);
  }
  const KrylovSize size = krylovSize(n, n, r, 3);
  linalg::Svd<T> made;
  Times ours = timed([&] {
    const RandomColumns<T> omega = [&](Index first, Index count) {
      return gaussianSketch<T>(n, count, {}, "omega", first);
    };
    made = krylov<T>(*X, omega, size.block, size.power, r, {})->svd;
  });
  ours.excess = excess(made);
  line(("krylov q=" + std::to_string(size.power) + " b=" + std::to_string(size.block)).c_str(), type, n, r, ours,
       &theirs);
  ours = timed([&] { made = *rsvd<T>(*X, gaussianSketch<T>(n, r + 10, {}), r, 2, {}); });
  ours.excess = excess(made);
  line("rsvd q=2 p=10", type, n, r, ours, &theirs);
}

}  // namespace

int main(int argc, char** argv) {
  const Index n = argc > 1 ? std::atol(argv[1]) : 2048, r = argc > 2 ? std::atol(argv[2]) : 50;
  std::string place = (std::filesystem::temp_directory_path() / ("bench_krylov." + std::string(6, 'X'))).string();
  if (n < 2 || r < 1 || r > n || !mkdtemp(place.data())) {
    std::fprintf(stderr, "bench_krylov: a size of at least 2, a rank up to it and a folder to write in are needed\n");
    return 2;
  }
  const std::filesystem::path folder = place;
  std::printf("%s, compiler %s, one thread\n", linalg::blasName().c_str(), __VERSION__);
  const Vector<double> sigma = slowDecay(n);
  const Matrix<double> M = linalg::multiply<double>(orthogonal(n, "left") * sigma.asDiagonal(), orthogonal(n, "right"),
                                                    linalg::Op::None, linalg::Op::Adjoint);
  const double optimum = errorCurves(sigma).fro(r);
  const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> rows = M;
  std::ofstream(folder / "matrix", std::ios::binary)
      .write(reinterpret_cast<const char*>(rows.data()), static_cast<std::streamsize>(rows.size() * 8));
  std::ofstream(folder / "run.py") << kScript;
  run<double>("double", M, optimum, r, folder);
  run<float>("float", M, optimum, r, folder);
  std::filesystem::remove_all(folder);
  return 0;
}
