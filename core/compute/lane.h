// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "core/base/cancel.h"

namespace rankscope {

enum class Pending { Replace, Queue };  ///< the latest wins, or each in its turn

/// One thread that does one kind of work. With Pending::Replace a superseded job may live `patience` longer, so that a
/// drag still delivers; then its token says cancelled. Destruction stops the job and joins: the job must watch its
/// token. The job runs on the lane's thread and may throw Cancelled; any other exception is the job's own to catch.
template <class Request>
class Lane {
 public:
  using Job = std::function<void(const Request&, const CancelToken&, std::uint64_t generation)>;

  Lane(Pending pending, Job job, std::chrono::milliseconds patience = std::chrono::milliseconds(250))
      : m_pending(pending),
        m_patience(patience),
        m_job(std::move(job)),
        m_thread([this](std::stop_token stop) { work(stop); }) {}

  ~Lane() {
    m_thread.request_stop();
    cancel();
    m_wake.notify_all();
  }

  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  /// Returns the request's generation: 1, 2, …
  std::uint64_t submit(Request request) {
    std::uint64_t generation = 0;
    {
      const std::lock_guard lock(m_mutex);
      generation = ++m_generation;
      if (m_pending == Pending::Replace) {
        m_queue.clear();
        m_running.supersede(m_patience);
      }
      m_queue.emplace_back(generation, std::move(request));
    }
    m_wake.notify_one();
    return generation;
  }

  /// Stops what runs and drops what waits.
  void cancel() {
    const std::lock_guard lock(m_mutex);
    m_queue.clear();
    m_running.stop();
  }

  bool idle() const {
    const std::lock_guard lock(m_mutex);
    return m_queue.empty() && !m_busy;
  }

 private:
  void work(const std::stop_token& stop) {
    while (true) {
      std::pair<std::uint64_t, Request> next;
      CancelToken token;
      {
        std::unique_lock lock(m_mutex);
        m_busy = false;
        m_wake.wait(lock, [&] { return stop.stop_requested() || !m_queue.empty(); });
        if (stop.stop_requested()) return;
        next = std::move(m_queue.front());
        m_queue.pop_front();
        m_running = CancelSource();
        token = m_running.token();
        m_busy = true;
      }
      try {
        m_job(next.second, token, next.first);
      } catch (const Cancelled&) {
        // asked for: nothing to say
      }
    }
  }

  const Pending m_pending;
  const std::chrono::milliseconds m_patience;
  const Job m_job;
  mutable std::mutex m_mutex;  // guards the five below
  std::condition_variable m_wake;
  std::deque<std::pair<std::uint64_t, Request>> m_queue;
  CancelSource m_running;
  std::uint64_t m_generation = 0;
  bool m_busy = false;
  std::jthread m_thread;  // last: everything it uses is there before it starts
};

}  // namespace rankscope
