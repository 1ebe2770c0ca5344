// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/context.h"

#include <sched.h>
#include <unistd.h>

#include <atomic>
#include <exception>
#include <fstream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace rankscope {

std::optional<Error> Context::refuseMemory(const Text& what, double bytes, const Text& hint) const {
  if (bytes <= static_cast<double>(memory)) return std::nullopt;
  return computeError(
      what,
      text("this needs {1} of memory and {2} are allowed", showBytes(bytes), showBytes(static_cast<double>(memory))),
      hint.empty() ? Text("raise --max-memory or choose a smaller rank") : hint);
}

std::size_t freeMemory() {
  std::size_t available = std::size_t{2} << 30;  // a guess for a system without /proc
  if (std::ifstream info("/proc/meminfo"); info) {
    std::string key;
    std::size_t kib = 0;
    std::string unit;
    while (info >> key >> kib) {
      std::getline(info, unit);
      if (key == "MemAvailable:") available = kib * 1024;
    }
  }
  std::size_t limit = 0, used = 0;
  if (std::ifstream max("/sys/fs/cgroup/memory.max"); max >> limit) {  // "max" does not parse: no limit
    if (std::ifstream now("/sys/fs/cgroup/memory.current"); now >> used && used < limit) {
      available = std::min(available, limit - used);
    }
  }
  return available;
}

std::size_t defaultMemoryBudget() { return freeMemory() / 4 * 3; }

int availableCores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof(set), &set) == 0) return std::max(1, CPU_COUNT(&set));
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

namespace {

thread_local bool insideParallelFor = false;

// What the bodies of one loop share: the first exception, and whether to go on.
class LoopState {
 public:
  explicit LoopState(const Context& context) : m_context(context) {}

  void run(Index i, const std::function<void(Index)>& body) {
    if (m_stop.load(std::memory_order_relaxed)) return;
    const bool outer = insideParallelFor;
    insideParallelFor = true;
    try {
      m_context.checkpoint();
      body(i);
    } catch (...) {
      const std::lock_guard lock(m_mutex);
      if (!m_error) m_error = std::current_exception();
      m_stop.store(true, std::memory_order_relaxed);
    }
    insideParallelFor = outer;
  }

  void finish() {
    if (m_error) std::rethrow_exception(m_error);
  }

 private:
  const Context& m_context;
  std::atomic<bool> m_stop{false};
  std::mutex m_mutex;
  std::exception_ptr m_error;
};

}  // namespace

void parallelFor(const Context& context, Index count, const std::function<void(Index)>& body) {
  if (count <= 0) return;
  LoopState state(context);
  const int threads = static_cast<int>(std::min<Index>(context.threads, count));
  if (threads <= 1 || insideParallelFor) {
    for (Index i = 0; i < count; ++i) state.run(i, body);
    state.finish();
    return;
  }
#if defined(RANKSCOPE_OPENMP)
#pragma omp parallel for schedule(dynamic) num_threads(threads)
  for (Index i = 0; i < count; ++i) state.run(i, body);
#else
  {
    std::atomic<Index> next{0};
    std::vector<std::jthread> workers;
    for (int t = 0; t < threads; ++t) {
      workers.emplace_back([&] {
        for (Index i = next.fetch_add(1); i < count; i = next.fetch_add(1)) state.run(i, body);
      });
    }
  }
#endif
  state.finish();
}

#if defined(__SSE2__)
FlushDenormals::FlushDenormals() : m_saved(_mm_getcsr()) { _mm_setcsr(m_saved | 0x8040u); }  // FTZ | DAZ
FlushDenormals::~FlushDenormals() { _mm_setcsr(m_saved); }
#else
FlushDenormals::FlushDenormals() = default;
FlushDenormals::~FlushDenormals() = default;
#endif

}  // namespace rankscope
