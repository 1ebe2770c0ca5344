// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/quiet_libraries.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

namespace rankscope::cli {

QuietLibraries::QuietLibraries() {
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere < 0) return;
  std::fflush(stderr);
  m_saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (m_saved >= 0) dup2(nowhere, STDERR_FILENO);
  close(nowhere);
}

QuietLibraries::~QuietLibraries() {
  if (m_saved < 0) return;
  std::fflush(stderr);
  dup2(m_saved, STDERR_FILENO);
  close(m_saved);
}

}  // namespace rankscope::cli
