// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <mutex>

#include "core/base/text.h"

namespace rankscope::cli {

/// A bar on standard error when that is a terminal; nothing otherwise. Thread-safe.
class Progress {
 public:
  explicit Progress(bool quiet);
  void report(double fraction, const Text& what);
  /// Wipes the bar; before anything else is printed.
  void clear();

 private:
  std::mutex m_mutex;  // guards all below
  bool m_enabled = false;
  bool m_drawn = false;
  std::chrono::steady_clock::time_point m_last;
};

}  // namespace rankscope::cli
