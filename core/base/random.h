// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace rankscope {

/// Philox4x32-10, the counter-based generator: ten rounds of a keyed bijection of a 128-bit counter.
/// Source: Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

/// A place in a stream of random numbers. Streams are keyed by (seed, what is drawn, index), never by call order, so
/// that adding a draw, a thread or a plot changes no other. A value: copies go their own ways. The same on every
/// machine up to the last bit of the C library's log, cos and sin.
///
/// Key: seed and the FNV-1a hash of the draw's name, mixed by SplitMix64. Counter: (block number, index), 64 bits each.
class Random {
 public:
  Random(std::uint64_t seed, std::string_view draw, std::uint64_t index = 0);

  /// 64 fresh bits.
  std::uint64_t bits();
  /// Uniform on [0, 1) with 53 bits.
  double uniform();
  /// Standard normal by Box–Muller on 53-bit uniforms; one pair of uniforms gives two normals.
  double normal();
  /// Uniform integer in [0, bound), without bias (Lemire's method). bound ≥ 1.
  std::uint64_t below(std::uint64_t bound);

 private:
  std::array<std::uint32_t, 2> m_key{};
  std::uint64_t m_index = 0;
  std::uint64_t m_block = 0;
  std::array<std::uint64_t, 2> m_buffer{};
  int m_left = 0;
  double m_spare = 0;
  bool m_hasSpare = false;
};

}  // namespace rankscope
