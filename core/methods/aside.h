// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace rankscope {

/// While it lives, the time goes to what a method tells about its answer, which Approximation::seconds leaves out.
class Aside {
 public:
  explicit Aside(double& seconds) : m_seconds(seconds) {}
  ~Aside() { m_seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count(); }
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;

 private:
  double& m_seconds;
  const std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

}  // namespace rankscope
