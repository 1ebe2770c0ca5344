// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <optional>

#include <nlohmann/json.hpp>

#include "core/base/types.h"

namespace rankscope {

/// Keys keep the order in which they were written.
using Json = nlohmann::ordered_json;

/// A number for JSON: null where it does not exist, never NaN or Infinity. Every double on its way into JSON comes
/// here.
inline Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
inline Json number(const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); }
inline Json numbers(const Vector<double>& values) {
  Json out = Json::array();
  for (Index i = 0; i < values.size(); ++i) out.push_back(number(values(i)));
  return out;
}

}  // namespace rankscope
