// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compute/bin.h"

#include <condition_variable>
#include <mutex>
#include <vector>

namespace rankscope::ui {

struct Bin::State {
  std::mutex mutex;  // guards the two below
  std::vector<std::shared_ptr<const void>> objects;
  bool closed = false;
  std::condition_variable changed;
};

Bin::Bin() : m_state(std::make_shared<State>()) {
  m_thread = std::thread([state = m_state] {
    std::unique_lock lock(state->mutex);
    while (true) {
      state->changed.wait(lock, [&] { return state->closed || !state->objects.empty(); });
      if (state->objects.empty()) return;
      auto objects = std::exchange(state->objects, {});
      lock.unlock();
      objects.clear();
      lock.lock();
    }
  });
}

Bin::~Bin() {
  {
    const std::lock_guard lock(m_state->mutex);
    m_state->closed = true;
  }
  m_state->changed.notify_one();
  m_thread.join();
}

void Bin::put(State& state, std::shared_ptr<const void> object) {
  {
    const std::lock_guard lock(state.mutex);
    if (state.closed) return;
    state.objects.push_back(std::move(object));
  }
  state.changed.notify_one();
}

}  // namespace rankscope::ui
