// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compute/inverse.h"

#include <algorithm>
#include <variant>

#include "core/io/input.h"
#include "core/methods/access.h"

namespace rankscope {

Result<InverseAnswerPtr> inverseOf(const InverseRequest& request, ResultCache& cache, const Context& context) {
  if (!request.X) return inputError("the input", "there is none", "open a matrix first");
  const AnyMatrix& X = *request.X;
  if (const auto refused = refuseInput(X, "the matrix", Access::Entries, "the pseudo-inverse", context))
    return *refused;
  const std::string cut = request.rcond ? exact(*request.rcond) : "default";
  const Fingerprint key =
      combine(X.fingerprint(), fingerprintOf("inverse|" + cut + "|" + exact(request.ridge) + "|" +
                                             show(int(request.precision)) + "|" + show(request.threads)));
  if (const auto hit = cache.find<InverseAnswer>(key)) return hit;
  Context own = context;
  own.precision = request.precision;
  own.threads = request.threads;
  auto answer = inPrecision(own, X, [&]<class T>() -> Result<InverseAnswer> {
    auto made = pinv<T>(X, {.rcond = request.rcond, .absolute = {}}, request.ridge, own);
    if (!made) return made.error();
    return InverseAnswer{.request = request, .about = std::move(made->about), .X = std::move(made->X)};
  });
  if (!answer) return answer.error();
  addRidgePath(answer->about, kRidgePoints);
  const std::size_t bytes =
      1024 + std::visit([](const auto& m) { return sizeof(*m.data()) * std::size_t(m.size()); }, answer->X);
  InverseAnswerPtr shared = std::make_shared<const InverseAnswer>(std::move(*answer));
  cache.store<InverseAnswer>(key, shared, bytes);
  return shared;
}

Inverse withCut(const InverseAnswer& answer, const std::optional<double>& rcond, double ridge) {
  Inverse about = answer.about;
  const InverseRequest& before = answer.request;
  const double first = about.sigma(0);
  if (rcond != before.rcond) {
    const double epsilon = std::holds_alternative<Matrix<float>>(answer.X) ? 0x1p-23 : 0x1p-52;
    const auto most = static_cast<double>(std::max(before.X->rows(), before.X->cols()));
    about.cut = (rcond ? *rcond : most * epsilon) * first;
  }
  about.rank = 0;
  about.inverseSigma.setZero();
  for (Index i = 0; i < about.sigma.size() && about.sigma(i) > about.cut; ++i) {
    about.inverseSigma(i) = 1 / about.sigma(i);
    about.rank = i + 1;
  }
  about.norm = about.inverseSigma.maxCoeff();
  if (ridge > 0) {
    about.norm = 0;
    for (const double sigma : about.sigma) {
      if (sigma > 0) about.norm = std::max(about.norm, 1 / (sigma + ridge / sigma));
    }
  }
  addRidgePath(about, kRidgePoints);
  return about;
}

}  // namespace rankscope
