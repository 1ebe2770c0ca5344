// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <vector>

#include "core/compute/compare.h"

namespace rankscope::ui {

class MatrixRoomController;

/// What was run on the input on screen since the window was opened, so that methods can be seen side by side without
/// pinning each. What is optimal at every rank is left out: it is the floor. The oldest of kMost runs is forgotten.
class RunBook {
 public:
  static constexpr std::size_t kMost = 500;

  explicit RunBook(const MatrixRoomController& controller) : m_controller(controller) {}
  /// Remembers what is shown, once it is measured.
  void take();
  /// Of the input on screen, as it is cut now.
  std::vector<CompareRow> rows() const;

 private:
  struct Run {
    Fingerprint input;
    bool perChannel = false;
    ParamValues params;
    std::uint64_t seed = 0;
    CompareRow row;
  };

  const MatrixRoomController& m_controller;
  std::deque<Run> m_runs;
};

}  // namespace rankscope::ui
