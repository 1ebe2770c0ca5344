// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/linalg/thin.h"

#include "core/linalg/kernels/thin.h"

namespace rankscope::linalg {

namespace {

/// Below so many entries of A the packing costs more than the kernel saves.
constexpr Index kLeastEntries = 128 * 128;

template <class T>
using RowMajor = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

}  // namespace

bool thinKernels() {
#ifdef RANKSCOPE_AVX512_KERNELS
  static const bool supported = [] {
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
  }();
  return supported;
#else
  return false;
#endif
}

template <class T>
void thinProduct(Op op, const ConstRef<T>& A, const ConstRef<T>& X, Matrix<T>& Y, const Context& context) {
  const bool adjoint = op == Op::Adjoint;
  const Index n = A.rows(), m = A.cols(), l = X.cols(), rows = adjoint ? m : n;
  expects(X.rows() == (adjoint ? n : m), "thinProduct: shapes do not agree");
  Y.resize(rows, l);
  if (!thinKernels() || l > kThinColumns || l == 0 || A.size() < kLeastEntries) {
    gemm<T>(op, Op::None, T(1), A, X, T(0), Y);
    return;
  }
#ifdef RANKSCOPE_AVX512_KERNELS
  const Index width = (l + kernels::kLanes<T> - 1) / kernels::kLanes<T> * kernels::kLanes<T>;
  RowMajor<T> x(X.rows(), width);
  x.leftCols(l) = X;
  x.rightCols(width - l).setZero();
  const Index panels = (rows + kernels::kPanel - 1) / kernels::kPanel;
  parallelFor(context, panels, [&](Index p) {
    const Index first = p * kernels::kPanel, count = std::min<Index>(kernels::kPanel, rows - first);
    RowMajor<T> out((count + kernels::kGroup - 1) / kernels::kGroup * kernels::kGroup, width);
    if (adjoint) {
      kernels::thinAdjoint(A.data() + first * A.outerStride(), A.outerStride(), n, count, x.data(), width, out.data());
    } else {
      kernels::thinPlain(A.data() + first, A.outerStride(), count, m, x.data(), width, out.data());
    }
    Y.middleRows(first, count) = out.topLeftCorner(count, l);
  });
#endif
}

template void thinProduct<float>(Op, const ConstRef<float>&, const ConstRef<float>&, Matrix<float>&, const Context&);
template void thinProduct<double>(Op, const ConstRef<double>&, const ConstRef<double>&, Matrix<double>&,
                                  const Context&);

}  // namespace rankscope::linalg
