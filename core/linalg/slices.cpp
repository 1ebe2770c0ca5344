// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/linalg/slices.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/linalg/kernels/slices.h"
#include "core/linalg/thin.h"

namespace rankscope::linalg {

namespace {

template <class T>
const kernels::SliceKernels<T>& kernelsToUse() {
  static const kernels::SliceKernels<T> chosen = [] {
#ifdef RANKSCOPE_AVX512_KERNELS
    if (thinKernels()) return kernels::sliceKernels512<T>();
#endif
    return kernels::sliceKernels<T>();
  }();
  return chosen;
}

}  // namespace

template <class T>
LaneTerms<T>::LaneTerms(Index rows, Index cols)
    : m_rows(rows),
      m_padded((rows + kernels::kSliceRows - 1) / kernels::kSliceRows * kernels::kSliceRows),
      m_cols(cols),
      m_exponents(static_cast<std::size_t>(kLanes), 0),
      m_sigma(static_cast<std::size_t>(kLanes), 0),
      m_rest(static_cast<std::size_t>(kLanes), 0) {
  expects(cols >= 1 && rows >= cols, "LaneTerms: rows ≥ cols ≥ 1");
  const Index steps = std::min<Index>(cols, kernels::kMostSliceSteps);
  const Index tiles = m_padded * cols, work = cols * (steps + 1);
  const Index numbers = (tiles + work + cols + m_padded + 1) * kLanes;
  m_memory.assign(static_cast<std::size_t>(numbers + kLanes), T(0));
  void* begin = m_memory.data();
  std::size_t space = m_memory.size() * sizeof(T);
  m_tiles = static_cast<T*>(std::align(64, static_cast<std::size_t>(numbers) * sizeof(T), begin, space));
  m_work = m_tiles + tiles * kLanes;
  m_right = m_work + work * kLanes;
  m_left = m_right + cols * kLanes;
  m_lanes = m_left + m_padded * kLanes;
  // The same numbers for every matrix and every seed: any start that is not special does.
  Random draw(0, "slices");
  for (Index q = 0; q < cols; ++q) m_start.push_back(static_cast<T>(draw.normal()));
}

template <class T>
void LaneTerms<T>::begin() {
  // Sums of squares of entries within these powers of two are exact enough and in range.
  constexpr int kInRange = sizeof(T) == 4 ? 15 : 200;
  const auto& use = kernelsToUse<T>();
  use.largest(m_tiles, m_rows * m_cols, m_lanes);
  bool any = false;
  for (Index lane = 0; lane < kLanes; ++lane) {
    int& exponent = m_exponents[static_cast<std::size_t>(lane)];
    exponent = m_lanes[lane] > 0 ? std::ilogb(m_lanes[lane]) : 0;
    if (std::abs(exponent) <= kInRange) exponent = 0;
    any = any || exponent != 0;
  }
  if (!any) return;
  // In two factors: 2^-e of the smallest numbers is itself out of range.
  for (const bool second : {false, true}) {
    for (Index lane = 0; lane < kLanes; ++lane) {
      const int exponent = m_exponents[static_cast<std::size_t>(lane)], half = exponent / 2;
      m_lanes[lane] = std::ldexp(T(1), -(second ? exponent - half : half));
    }
    use.scale(m_tiles, m_rows * m_cols, m_lanes);
  }
}

template <class T>
void LaneTerms<T>::next(Index steps) {
  const Index most = std::min<Index>({steps, m_cols, kernels::kMostSliceSteps});
  kernelsToUse<T>().topTerm(m_tiles, m_padded, m_cols, most, m_start.data(), m_work, m_right, m_left);
  for (Index lane = 0; lane < kLanes; ++lane) {
    double squares = 0;
    for (Index p = 0; p < m_rows; ++p)
      squares += static_cast<double>(m_left[p * kLanes + lane]) * static_cast<double>(m_left[p * kLanes + lane]);
    const double sigma = std::sqrt(squares);
    m_sigma[static_cast<std::size_t>(lane)] = std::ldexp(sigma, m_exponents[static_cast<std::size_t>(lane)]);
    m_lanes[lane] = sigma > 0 ? static_cast<T>(1 / sigma) : T(0);
  }
  kernelsToUse<T>().scale(m_left, m_rows, m_lanes);
}

template <class T>
void LaneTerms<T>::subtract() {
  const auto& use = kernelsToUse<T>();
  for (Index lane = 0; lane < kLanes; ++lane) {
    const auto at = static_cast<std::size_t>(lane);
    m_lanes[lane] = static_cast<T>(std::ldexp(m_sigma[at], -m_exponents[at]));
  }
  use.scale(m_left, m_rows, m_lanes);
  use.subtract(m_tiles, m_rows, m_cols, m_left, m_right, m_lanes);
  for (Index lane = 0; lane < kLanes; ++lane) {
    const auto at = static_cast<std::size_t>(lane);
    m_rest[at] = std::ldexp(std::sqrt(static_cast<double>(m_lanes[lane])), m_exponents[at]);
  }
}

template class LaneTerms<float>;
template class LaneTerms<double>;

}  // namespace rankscope::linalg
