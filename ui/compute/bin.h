// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <thread>
#include <utility>

namespace rankscope::ui {

/// Frees large objects on a thread of its own, since giving memory back to the system takes a millisecond for some 15
/// MB: too long for the window's thread, which is often the last to let go. Destruction waits for what is being freed;
/// what is let go of later is freed where that happens.
class Bin {
 public:
  Bin();
  ~Bin();

  /// The same object, freed in the bin whoever lets go of it last. Thread-safe.
  template <class T>
  std::shared_ptr<const T> guard(std::shared_ptr<const T> object) const {
    const T* address = object.get();
    return {address,
            [state = m_state, object = std::move(object)](const T*) mutable { put(*state, std::move(object)); }};
  }

 private:
  struct State;
  static void put(State& state, std::shared_ptr<const void> object);

  std::shared_ptr<State> m_state;
  std::thread m_thread;
};

}  // namespace rankscope::ui
