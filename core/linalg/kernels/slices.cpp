// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/linalg/kernels/slices.h"

#include "core/linalg/kernels/slices_lanes.h"

namespace rankscope::linalg::kernels {

template <>
SliceKernels<float> sliceKernels<float>() {
  return kernelsHere<float>();
}
template <>
SliceKernels<double> sliceKernels<double>() {
  return kernelsHere<double>();
}

}  // namespace rankscope::linalg::kernels
