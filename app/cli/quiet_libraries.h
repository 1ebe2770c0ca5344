// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace rankscope::cli {

/// While it lives, what libraries print on standard error goes nowhere: libpng reports a damaged file there itself, and
/// Qt leaves no way to stop it, but a failure is one line of ours.
class QuietLibraries {
 public:
  QuietLibraries();
  ~QuietLibraries();
  QuietLibraries(const QuietLibraries&) = delete;
  QuietLibraries& operator=(const QuietLibraries&) = delete;

 private:
  int m_saved = -1;  // standard error as it was; −1: not redirected
};

}  // namespace rankscope::cli
