// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "core/methods/cr.h"
#include "core/methods/product.h"
#include "tests/support/support.h"
#include "tests/support/vectors.h"

using namespace rankscope;
using namespace rankscope::test;

namespace {

Problem problemOf(const Matrix<double>& X, const Matrix<double>& Y) { return {.X = makeMatrix(X), .Y = makeMatrix(Y)}; }

Pairs pairsOf(const Matrix<double>& X, const Matrix<double>& Y) {
  auto made = rankscope::pairsOf(problemOf(X, Y), {});
  if (!made) throw std::runtime_error(made.error().message());
  return std::move(*made);
}

CrPlan plan(const Pairs& pairs, CrScheme scheme, CrReplacement replacement, Index r, const Vector<double>& own = {}) {
  auto made = planOf(pairs, scheme, replacement, r, own, {});
  if (!made) throw std::runtime_error(made.error().message());
  return std::move(*made);
}

/// The squared error that is expected, of the product as it is.
double expected(const Pairs& pairs, CrScheme scheme, CrReplacement replacement, Index r,
                const Vector<double>& own = {}) {
  return std::ldexp(expectedSquaredError(pairs, plan(pairs, scheme, replacement, r, own), {}), 2 * pairs.exponent());
}

}  // namespace

class TstCr : public QObject {
  Q_OBJECT

 private slots:
  void referenceVectorsAgree() {
    for (const auto& reference : referenceCases("cr")) {
      const Matrix<double> X = reference.input("X"), Y = reference.input("Y"), T = X * Y;
      const Index r = reference.integer("r");
      const Pairs pairs = pairsOf(X, Y);
      const double tolerance = 1e-9 * T.squaredNorm(), unit = std::ldexp(1.0, pairs.exponent());
      const auto near = [&](const Vector<double>& made, const std::string& name) {
        return (made - reference.expected(name).col(0)).norm() <= 1e-9 * reference.expected(name).norm();
      };
      QVERIFY(near(pairs.weights * unit, "weights"));
      QVERIFY(near(plan(pairs, CrScheme::Norm, CrReplacement::With, r).p, "p_opt"));
      RS_NEAR(expected(pairs, CrScheme::Norm, CrReplacement::With, r), reference.number("Esq_opt"), tolerance);
      RS_NEAR(minimalSquaredError(pairs, r) * unit * unit, reference.number("Esq_opt"), tolerance);
      RS_NEAR(expected(pairs, CrScheme::Uniform, CrReplacement::With, r), reference.number("Esq_uniform"), tolerance);
      RS_NEAR(expected(pairs, CrScheme::Uniform, CrReplacement::Without, r), reference.number("Esq_srswor"), tolerance);
      QVERIFY(near(plan(pairs, CrScheme::Norm, CrReplacement::Poisson, r).p, "poisson_q"));
      RS_NEAR(expected(pairs, CrScheme::Norm, CrReplacement::Poisson, r), reference.number("Esq_poisson"), tolerance);
      QCOMPARE(winners(pairs.weights, r), static_cast<Index>(reference.number("wta_c")));
      RS_NEAR(expected(pairs, CrScheme::Norm, CrReplacement::Wta, r), reference.number("Esq_wta"), tolerance);

      std::vector<Index> top = plan(pairs, CrScheme::Top, CrReplacement::With, r).kept;
      std::sort(top.begin(), top.end());
      const Matrix<double> set = reference.expected("top_set");
      QCOMPARE(static_cast<Index>(top.size()), set.size());
      for (Index i = 0; i < set.size(); ++i) QCOMPARE(top[static_cast<std::size_t>(i)], static_cast<Index>(set(i)));
      RS_NEAR(expected(pairs, CrScheme::Top, CrReplacement::With, r), reference.number("top_err_sq"), tolerance);
      const auto weights = leastSquaresWeights(pairs, top, {});
      QVERIFY(weights.has_value());
      RS_NEAR(weights->squaredError * unit * unit, reference.number("reweight_err_sq"), tolerance);
      if (reference.has("reweight_lambda")) QVERIFY(near(weights->lambda, "reweight_lambda"));
      const auto core = denseCore(pairs, top, {});
      QVERIFY(core.has_value());
      RS_NEAR(core->squaredError * unit * unit, reference.number("clr_err_sq"), tolerance);
    }
  }
};

QTEST_GUILESS_MAIN(TstCr)
#include "tst_cr.moc"
