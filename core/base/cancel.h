// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>

namespace rankscope {

/// Thrown by Context::checkpoint() and caught by the lane or by main: stopping on request is never a failure.
struct Cancelled {};

namespace detail {
struct CancelState {
  std::atomic<bool> stopped{false};
  std::atomic<std::int64_t> patienceEnds{0};  // steady-clock nanoseconds; 0: not superseded
};
}  // namespace detail

/// Asks "should this work stop?". Stopped at once by stop(); a superseded job may live on until its patience ends,
/// so that a drag still delivers pictures. A default token never stops. Cheap to copy; safe from any thread.
class CancelToken {
 public:
  CancelToken() = default;
  bool cancelled() const {
    if (!m_state) return false;
    if (m_state->stopped.load(std::memory_order_relaxed)) return true;
    const std::int64_t ends = m_state->patienceEnds.load(std::memory_order_relaxed);
    return ends != 0 && std::chrono::steady_clock::now().time_since_epoch().count() >= ends;
  }
  /// True from the moment a newer request exists, patience or not.
  bool superseded() const {
    return m_state && (m_state->stopped.load(std::memory_order_relaxed) ||
                       m_state->patienceEnds.load(std::memory_order_relaxed) != 0);
  }

 private:
  friend class CancelSource;
  explicit CancelToken(std::shared_ptr<const detail::CancelState> state) : m_state(std::move(state)) {}
  std::shared_ptr<const detail::CancelState> m_state;
};

/// The other end of a token.
class CancelSource {
 public:
  CancelToken token() const { return CancelToken(m_state); }
  /// Stops now. One relaxed store, so a signal handler may call it.
  void stop() { m_state->stopped.store(true, std::memory_order_relaxed); }
  /// Stops once `patience` has passed since now; later calls do not move the end.
  void supersede(std::chrono::nanoseconds patience) {
    std::int64_t none = 0;
    const auto ends = (std::chrono::steady_clock::now() + patience).time_since_epoch().count();
    m_state->patienceEnds.compare_exchange_strong(none, ends, std::memory_order_relaxed);
  }

 private:
  std::shared_ptr<detail::CancelState> m_state = std::make_shared<detail::CancelState>();
};

}  // namespace rankscope
