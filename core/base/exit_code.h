// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>

#include "core/base/result.h"

namespace rankscope {

/// With which code a program ends over a failure of this kind; 0 is success, 130 an interruption.
constexpr int exitCode(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Usage:
      return 2;
    case ErrorKind::Input:
      return 3;
    case ErrorKind::Compute:
      return 4;
    case ErrorKind::Output:
      return 5;
  }
  std::abort();
}

}  // namespace rankscope
