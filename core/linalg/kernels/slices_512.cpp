// SPDX-License-Identifier: GPL-3.0-or-later
#ifdef RANKSCOPE_AVX512_KERNELS
#include "core/linalg/kernels/slices.h"

#include "core/linalg/kernels/slices_lanes.h"

namespace rankscope::linalg::kernels {

template <>
SliceKernels<float> sliceKernels512<float>() {
  return kernelsHere<float>();
}
template <>
SliceKernels<double> sliceKernels512<double>() {
  return kernelsHere<double>();
}

}  // namespace rankscope::linalg::kernels
#endif
