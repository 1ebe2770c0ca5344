// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

namespace rankscope::cli {

namespace {
constexpr int kBarWidth = 30;
constexpr std::chrono::milliseconds kInterval{100};
}  // namespace

Progress::Progress(bool quiet)
    : m_enabled(!quiet && isatty(STDERR_FILENO) != 0), m_last(std::chrono::steady_clock::now()) {}

void Progress::report(double fraction, const Text& what) {
  const std::lock_guard lock(m_mutex);
  const auto now = std::chrono::steady_clock::now();
  if (!m_enabled || now - m_last < kInterval) return;
  m_last = now;
  m_drawn = true;
  const double share = std::clamp(std::isfinite(fraction) ? fraction : 0.0, 0.0, 1.0);
  const auto filled = static_cast<std::size_t>(std::lround(share * kBarWidth));
  const std::string bar = std::string(filled, '#') + std::string(kBarWidth - filled, '.');
  std::fprintf(stderr, "\r\033[K[%s] %3.0f %%  %s", bar.c_str(), 100 * share, what.str().c_str());
  std::fflush(stderr);
}

void Progress::clear() {
  const std::lock_guard lock(m_mutex);
  if (!m_drawn) return;
  std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
  m_drawn = false;
}

}  // namespace rankscope::cli
