// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/method.h"

namespace rankscope {

/// The exact SVD as a method: optimal in every unitarily invariant norm (Eckart & Young 1936; Mirsky 1960). Computes
/// all min(n, m) terms whatever the dial, so that every rank is there afterwards. Cost about 6nm² + 20m³ flops (n ≥ m).
Method svdMethod();

}  // namespace rankscope
