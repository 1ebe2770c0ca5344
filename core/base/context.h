// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "core/base/cancel.h"
#include "core/base/random.h"
#include "core/base/result.h"

namespace rankscope {

enum class Precision { Double, Float };

/// Everything a computation may ask of the world. Made by a lane or by main and passed down; there are no globals.
struct Context {
  std::uint64_t seed = 0;
  Precision precision = Precision::Double;
  int threads = 1;
  std::size_t memory = std::size_t{4} << 30;  ///< bytes the computation may add to what is loaded
  CancelToken cancel;
  std::function<void(double fraction, const Text& what)> progress;  ///< may be empty; may be called from any thread

  /// Throws Cancelled when the token says so. Called at least every 50 ms of work.
  void checkpoint() const {
    if (cancel.cancelled()) throw Cancelled{};
  }
  void report(double fraction, const Text& what) const {
    if (progress) progress(fraction, what);
  }
  /// The stream of one draw: context.random("omega"), context.random("trial", 17).
  Random random(std::string_view draw, std::uint64_t index = 0) const { return {seed, draw, index}; }

  /// An Error (kind Compute) naming `what` when `bytes` do not fit the budget; ask before allocating.
  std::optional<Error> refuseMemory(const Text& what, double bytes, const Text& hint = {}) const;
};

/// Memory that is free on this machine now, in bytes (MemAvailable; a cgroup limit counts), and its customary budget:
/// three quarters of it.
std::size_t freeMemory();
std::size_t defaultMemoryBudget();
/// Cores this process may use.
int availableCores();

/// body(0) … body(count − 1) on context.threads threads, in any order: the one way to use several cores.
/// An exception of a body is rethrown after the loop; a cancel skips what is left and throws Cancelled. A call inside a
/// body runs serially. OpenMP (schedule dynamic), or std::jthread when built with RANKSCOPE_OPENMP=OFF.
void parallelFor(const Context& context, Index count, const std::function<void(Index)>& body);

/// Flushes denormal floats to zero in this thread while it lives: float drawing and float training only, where a
/// denormal costs up to 200 times. Restores the thread's setting.
class FlushDenormals {
 public:
  FlushDenormals();
  ~FlushDenormals();
  FlushDenormals(const FlushDenormals&) = delete;
  FlushDenormals& operator=(const FlushDenormals&) = delete;

 private:
  unsigned m_saved = 0;
};

}  // namespace rankscope
