// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/methods/als.h"
#include "core/methods/cr.h"
#include "core/methods/css.h"
#include "core/methods/cur.h"
#include "core/methods/id.h"
#include "core/methods/krylov.h"
#include "core/methods/lanczos.h"
#include "core/methods/method.h"
#include "core/methods/monarch.h"
#include "core/methods/product.h"
#include "core/methods/qb.h"
#include "core/methods/rsvd.h"
#include "core/methods/stream.h"
#include "core/methods/svd.h"

namespace rankscope {

const std::vector<Method>& methods() {
  static const std::vector<Method> kMethods = {
      svdMethod(), rsvdMethod(), qbMethod(),  krylovMethod(),  lanczosMethod(), streamMethod(),     alsMethod(),
      idMethod(),  cssMethod(),  curMethod(), monarchMethod(), crMethod(),      productSvdMethod(),
  };
  return kMethods;
}

const Method* findMethod(std::string_view id, Kind kind) {
  const auto& all = methods();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Method& m) { return m.id == id && m.kind == kind; });
  return found == all.end() ? nullptr : &*found;
}

Index maxDial(const Method& method, const Problem& problem, const ParamValues& params) {
  const AnyMatrix& X = *problem.X;
  if (!problem.Y) return method.dial.max(X.rows(), X.cols(), params);
  return method.dial.max(X.cols(), std::min(X.rows(), problem.Y->cols()), params);
}

std::vector<std::string> methodIds(Kind kind) {
  std::vector<std::string> ids;
  for (const Method& method : methods()) {
    if (method.kind == kind) ids.push_back(method.id);
  }
  return ids;
}

bool draws(const Method& method, const ParamValues& params) {
  if (!method.random || !method.randomOnlyIf) return method.random;
  const auto given = params.find(method.randomOnlyIf->param);
  const auto spec = std::find_if(method.params.begin(), method.params.end(),
                                 [&](const ParamSpec& one) { return one.name == method.randomOnlyIf->param; });
  expects(spec != method.params.end(), "randomOnlyIf names a parameter of the method");
  const ParamValue& value = given != params.end() ? given->second : std::get<ParamValue>(spec->fallback);
  const auto& values = method.randomOnlyIf->values;
  return std::find(values.begin(), values.end(), std::get<std::string>(value)) != values.end();
}

std::string name(Kind kind) {
  switch (kind) {
    case Kind::Matrix:
      return "matrix";
    case Kind::Product:
      return "product";
  }
  return {};
}

Json methodsJson() {
  Json list = Json::array();
  for (const Method& method : methods()) {
    list.push_back({{"id", method.id},
                    {"title", method.title},
                    {"kind", name(method.kind)},
                    {"help", method.help},
                    {"dial", method.dial.name},
                    {"params", toJson(method.params)},
                    {"complex", method.complex},
                    {"random", method.random},
                    {"reference", method.reference}});
  }
  return {{"methods", list}};
}

}  // namespace rankscope
