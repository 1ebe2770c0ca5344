// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "core/linalg/lapack.h"
#include "core/methods/als.h"
#include "core/methods/measure.h"
#include "core/methods/spectrum.h"
#include "tests/support/columns.h"
#include "tests/support/support.h"
#include "tests/support/vectors.h"

using namespace rankscope;
using namespace rankscope::test;

namespace {

Approximation run(const Matrix<double>& M, Index rank, Index sweeps, Precision precision = Precision::Double) {
  auto made = findMethod("als")->run({.X = makeMatrix(M)}, rank, {{"iterations", sweeps}}, {.precision = precision});
  if (!made) throw std::runtime_error(made.error().message());
  return std::move(*made);
}

}  // namespace

class TstAls : public QObject {
  Q_OBJECT

 private slots:
  void referenceVectorsAgree() {
    for (const auto& reference : referenceCases("als")) {
      const Matrix<double> M = reference.input("M"), errors = reference.expected("errors");
      const auto made = als<double>(M, reference.input("A0"), reference.integer("sweeps"), {});
      QVERIFY(made.has_value());
      QCOMPARE(static_cast<Index>(made->errors.size()), errors.size());
      for (Index i = 0; i < errors.size(); ++i)
        RS_NEAR(made->errors[static_cast<std::size_t>(i)], errors(i), 1e-9 * errors.norm());
      const Matrix<double> product = reference.expected("product");
      RS_AT_MOST((made->A * made->B - product).norm(), 1e-9 * product.norm());
    }
  }

  void thePathHasTwoValuesForEachOfTheSweepsItCounts() {
    const Approximation made = run(gaussian(40, 25, 3), 6, 5);
    const auto* path = std::get_if<Convergence>(&made.diagnostics.front());
    QVERIFY(path);
    QCOMPARE(path->values.size(), std::size_t{10});
    QCOMPARE(path->perIteration, Index{2});
    const auto& params = findMethod("als")->params;
    QVERIFY(std::any_of(params.begin(), params.end(), [&](const ParamSpec& p) { return p.name == path->counter; }));
  }

  void errorsNeverRise() {
    const Matrix<double> M = gaussian(40, 25, 3);
    const auto made = als<double>(M, gaussian(40, 6, 4), 30, {});
    for (std::size_t i = 1; i < made->errors.size(); ++i)
      RS_AT_MOST(made->errors[i], made->errors[i - 1] + 30 * 0x1p-52 * M.norm());
    const Vector<double> sigma = linalg::exactSvd<double>(M, linalg::Job::Values, {})->s;
    RS_AT_MOST(errorCurves(sigma).fro(6), made->errors.back() + 30 * 25 * 0x1p-52 * M.norm());
  }

  // The excess over the optimum shrinks by (σ_{r+1}/σ_r)⁴ a sweep.
  void theExcessShrinksAsPredicted() {
    const double ratio = 0.8;
    const Vector<double> sigma = geometric(20, ratio);
    const Matrix<double> M = withSpectrum(30, 20, sigma, 7);
    const auto made = als<double>(M, gaussian(30, 4, 8), 40, {});
    const double optimum = errorCurves(sigma).fro(4), floor = 1e-10 * M.squaredNorm();
    double measured = 0;
    for (std::size_t i = 3; i < made->errors.size(); i += 2) {
      const double before = std::pow(made->errors[i - 2], 2) - optimum * optimum,
                   after = std::pow(made->errors[i], 2) - optimum * optimum;
      if (after < floor) break;
      measured = after / before;
    }
    RS_NEAR(measured, std::pow(ratio, 4), 0.1 * std::pow(ratio, 4));
  }

  void itEndsAtTheTruncatedSvd() {
    const Vector<double> sigma = geometric(12, 0.3);
    const Matrix<double> M = withSpectrum(25, 15, sigma, 11);
    const Approximation made = run(M, 3, 200);
    QVERIFY(made.status == SolveStatus::Converged && made.notices.empty());
    const Approximation early = run(M, 3, 1);
    QVERIFY(early.status == SolveStatus::NotConverged && early.notices.size() == 1);
    const auto svd = linalg::exactSvd<double>(M, linalg::Job::Thin, {});
    const Matrix<double> best = svd->U.leftCols(3) * svd->s.head(3).asDiagonal() * svd->Vt.topRows(3);
    // It stops at a gain of 1e-12 of the norm, when the squared angle, and with it the excess, is of that size.
    RS_AT_MOST((productOf(made) - best).norm(), 1e-5 * M.norm());
    RS_NEAR((M - productOf(made)).norm(), errorCurves(sigma).fro(3), 1e-11 * M.norm());
  }

  // A start without any part of u₁ never finds it: a saddle. Entries are chosen so that the products are exact.
  void aStartAcrossStaysAcross() {
    Matrix<double> M = Matrix<double>::Zero(4, 3), A0 = Matrix<double>::Zero(4, 1);
    M.diagonal() << 8, 4, 2;
    A0 << 0, 1, 1, 0;
    const auto made = als<double>(M, A0, 50, {});
    QVERIFY(made->A.row(0).isZero(0));
    RS_NEAR(made->errors.back(), std::sqrt(64.0 + 4.0), 1e-6);
  }

  void edgesAreDefined_data() { addEdgeRows(); }
  void edgesAreDefined() {
    QFETCH(int, n);
    QFETCH(int, m);
    QFETCH(int, rankOfM);
    QFETCH(int, r);
    QFETCH(double, scale);
    const Matrix<double> M = edgeMatrix(n, m, rankOfM, scale);
    const Approximation made = run(M, r, 20);
    QCOMPARE(made.maxDial, Index{std::min(rankOfM, r)});
    QVERIFY(made.status == (rankOfM < r ? SolveStatus::RankDeficient : SolveStatus::Converged));
    // M has at most rank r: exact, to the rounding of a product of a few factors.
    RS_AT_MOST(((productOf(made) - M) / scale).norm(), 100 * 0x1p-52 * std::max(n, m) * (M / scale).norm());
  }

  void floatIsCloseAndSeedsRepeat() {
    const Matrix<double> M = gaussian(30, 20, 5);
    const Matrix<double> a = productOf(run(M, 4, 10)), b = productOf(run(M, 4, 10));
    QVERIFY(a == b);
    const Matrix<double> single = productOf(run(M, 4, 10, Precision::Float));
    // Ten sweeps amplify float's rounding by no more than the inverse gaps of a Gaussian matrix, some hundreds.
    RS_AT_MOST((single - a).norm(), 1000 * 0x1p-23 * M.norm());
  }
};

QTEST_GUILESS_MAIN(TstAls)
#include "tst_als.moc"
