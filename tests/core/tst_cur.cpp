// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/cur.h"

#include <Eigen/LU>

#include "core/methods/column_draws.h"
#include "tests/support/columns.h"

using namespace rankscope;
using namespace rankscope::test;

namespace {

constexpr const char* kRules[] = {"deim", "leverage", "uniform"};

Approximation cur(const Matrix<double>& M, Index r, const char* rule, const char* u = "optimal",
                  const Context& context = {}) {
  return runMethod("cur", M, r, {{"rule", word(rule)}, {"u", word(u)}}, context);
}

struct Bases {
  Matrix<double> U, V;
  Vector<double> sigma;
};
Bases bases(const Matrix<double>& M) {
  const auto svd = linalg::exactSvd<double>(M, linalg::Job::Thin, {});
  return {svd->U, svd->Vt.transpose(), svd->s};
}

// The definition, one small system a step; the program goes by elimination.
std::vector<Index> deimByDefinition(const Matrix<double>& U) {
  std::vector<Index> p;
  for (Index j = 0; j < U.cols(); ++j) {
    Vector<double> residual = U.col(j);
    if (j > 0) {
      const Matrix<double> inverse = rowsAt(U.leftCols(j), p).inverse();
      residual -= U.leftCols(j) * (inverse * rowsAt(U.col(j), p));
    }
    Index place = 0;
    residual.cwiseAbs().maxCoeff(&place);
    p.push_back(place);
  }
  return p;
}

}  // namespace

class TstCur : public QObject {
  Q_OBJECT

 private slots:
  void referenceVectorsAgree() {
    for (const auto& reference : referenceCases("id_cur")) {
      const Matrix<double> M = reference.input("M");
      const Index r = reference.integer("r");
      const Approximation optimal = cur(M, r, "deim"), cross = cur(M, r, "deim", "cross");
      const auto& chosen = *diagnostic<Selection>(optimal);
      QCOMPARE(chosen.rows, indicesOf(reference.expected("deim_rows")));
      QCOMPARE(chosen.columns, indicesOf(reference.expected("deim_cols")));
      const Bounds& bounds = *diagnostic<Bounds>(optimal);
      RS_NEAR(bounds.values(0), reference.number("eta_rows"), 1e-8 * reference.number("eta_rows"));
      RS_NEAR(bounds.values(1), reference.number("eta_cols"), 1e-8 * reference.number("eta_cols"));
      RS_NEAR((M - productOf(optimal)).norm(), reference.number("cur_err_fro"), 1e-8 * M.norm());
      RS_NEAR((M - productOf(cross)).norm(), reference.number("cross_err_fro"), 1e-8 * M.norm());
    }
  }

  void theIdentitiesHold() {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      const Matrix<double> M = withSpectrum(40, 30, geometric(30, 0.8), 40 + seed);
      for (const char* rule : kRules) {
        const Approximation made = cur(M, 6, rule, "optimal", {.seed = seed});
        const auto& chosen = *diagnostic<Selection>(made);
        QVERIFY(distinct(chosen.rows) && distinct(chosen.columns));
        QVERIFY(chosen.rows.size() == 6 && chosen.columns.size() == 6);
        const Matrix<double> C = factor(made, 0), U = factor(made, 1), R = factor(made, 2), product = productOf(made);
        QVERIFY(C == columnsAt(M, chosen.columns) && R == rowsAt(M, chosen.rows));
        const double scale = C.norm() * U.norm() * R.norm(), unit = 30 * 40 * 0x1p-52 * scale;
        RS_AT_MOST((C * U * R - product).norm(), unit);
        // M − P_C M P_R with projectors found in another way.
        Matrix<double> Qc = C, Qr = R.transpose();
        linalg::householderQ(Qc);
        linalg::householderQ(Qr);
        RS_AT_MOST((Qc * (Qc.transpose() * M * Qr) * Qr.transpose() - product).norm(), unit);
        const double error = (M - product).norm();
        const double ofC = projectionError(M, chosen.columns), ofR = projectionError(M.transpose(), chosen.rows);
        RS_AT_MOST(error * error, (ofC * ofC + ofR * ofR) * (1 + 1e-12));
        RS_AT_MOST(std::max(ofC, ofR), error * (1 + 1e-12));
        // The same rows and columns: only U differs.
        const Approximation cross = cur(M, 6, rule, "cross", {.seed = seed});
        QCOMPARE(diagnostic<Selection>(cross)->rows, chosen.rows);
        RS_AT_MOST(error, (M - productOf(cross)).norm());
        QCOMPARE(made.parameters, 6.0 * (40 + 30) + 36);
      }
    }
  }

  // The best middle of all: no change of U makes it better.
  void theOptimalMiddleIsOptimal() {
    const Matrix<double> M = withSpectrum(20, 15, geometric(15, 0.7), 3);
    const Approximation made = cur(M, 4, "deim");
    const Matrix<double> C = factor(made, 0), U = factor(made, 1), R = factor(made, 2);
    const double error = (M - C * U * R).norm();
    RS_AT_MOST((C.transpose() * (M - C * U * R) * R.transpose()).norm(), 1e-12 * C.norm() * M.norm() * R.norm());
    for (std::uint64_t seed = 0; seed < 20; ++seed)
      RS_AT_MOST(error, (M - C * (U + 1e-3 * U.norm() * gaussian(4, 4, seed)) * R).norm());
  }

  void deimFollowsItsDefinition() {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      Matrix<double> U = gaussian(30, 9, seed);
      linalg::householderQ(U);
      const auto p = deim<double>(U);
      QCOMPARE(p, deimByDefinition(U));
      QVERIFY(distinct(p));
      // Signs of singular vectors are arbitrary.
      Matrix<double> turned = U;
      turned.col(0) *= -1;
      turned.col(5) *= -1;
      QCOMPARE(deim<double>(turned), p);
    }
    // All entries of the first column have one modulus up to rounding: the first row.
    Matrix<double> equal = Matrix<double>::Constant(6, 1, 1 / std::sqrt(6.0));
    equal(4, 0) = std::nextafter(equal(4, 0), 1.0);
    QCOMPARE(deim<double>(equal), (std::vector<Index>{0}));
  }

  // ‖M − CUR‖₂ ≤ (η_p + η_q) σ_{r+1}, best below all, cross above the optimal middle.
  void theAcceptanceOrderingsHold() {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      const Matrix<double> M = withSpectrum(40, 30, geometric(30, 0.8), 200 + seed);
      const Approximation made = cur(M, 6, "deim");
      const auto& chosen = *diagnostic<Selection>(made);
      const Bases svd = bases(M);
      const auto eta = [](const Matrix<double>& rows) { return 1 / singularValues(rows)(5); };
      const double rows = eta(rowsAt(svd.U.leftCols(6), chosen.rows)),
                   columns = eta(rowsAt(svd.V.leftCols(6), chosen.columns));
      const Bounds& bounds = *diagnostic<Bounds>(made);
      RS_NEAR(bounds.values(0), rows, 1e-10 * rows);
      RS_NEAR(bounds.values(1), columns, 1e-10 * columns);
      RS_NEAR(bounds.values(2), (rows + columns) * svd.sigma(6), 1e-9 * bounds.values(2));
      const double spectral = singularValues(M - productOf(made))(0);
      RS_NEAR(bounds.measured(2), spectral, 1e-10);
      RS_AT_MOST(spectral, bounds.values(2));
      RS_AT_MOST(svd.sigma(6), spectral);
      const double cross = (M - productOf(cur(M, 6, "deim", "cross"))).norm();
      QVERIFY(optimum(M, 6) < (M - productOf(made)).norm() && (M - productOf(made)).norm() < cross);
    }
  }

  // The crossing has the rank of M: exact; a singular crossing is not, whatever C and R hold.
  void crossIsExactOnlyWhereTheCrossingHasTheRank() {
    const Matrix<double> low = gaussian(20, 4, 1) * gaussian(4, 15, 2);
    RS_AT_MOST(ratio(low - productOf(cur(low, 4, "deim", "cross")), low), 1000);
    Matrix<double> M = Matrix<double>::Zero(4, 4);
    M(0, 1) = M(1, 0) = 1;
    const auto made = curOf<double>(M, {0}, {0}, Middle::Cross, {});
    QVERIFY(made.has_value());
    QCOMPARE(made->rank, Index{0});
    QVERIFY(made->left.isZero(0));  // so the whole of M is left, though C and R hold all of it
    const auto both = curOf<double>(M, {0, 1}, {0, 1}, Middle::Cross, {});
    RS_AT_MOST((both->left * M.topRows(2) - M).norm(), 1e-15);
  }

  void leverageDrawsFromBothSides() {
    const Matrix<double> M = withSpectrum(40, 30, geometric(30, 0.8), 7);
    const Approximation made = cur(M, 5, "leverage");
    const Probabilities& drawn = *diagnostic<Probabilities>(made);
    QCOMPARE(drawn.draws, diagnostic<Selection>(made)->columns);
    RS_NEAR(drawn.weights.sum(), 5, 1e-12);
    RS_NEAR(drawn.p.sum(), 1, 1e-12);
    QVERIFY(!diagnostic<Probabilities>(cur(M, 5, "deim")));
    QVERIFY(diagnostic<Selection>(made)->rows !=
            diagnostic<Selection>(cur(M, 5, "leverage", "optimal", {.seed = 1}))->rows);
    // Rows that the leading left vectors do not see have score 0 and are never drawn.
    Matrix<double> seen = Matrix<double>::Zero(40, 30);
    seen.topRows(6) = gaussian(6, 30, 8);
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      const Approximation sparse = cur(seen, 5, "leverage", "optimal", {.seed = seed});
      for (const Index i : diagnostic<Selection>(sparse)->rows) QVERIFY(i < 6);
    }
  }

  void edgesAreDefined_data() { addEdgeRows(); }
  void edgesAreDefined() {
    QFETCH(int, n);
    QFETCH(int, m);
    QFETCH(int, rankOfM);
    QFETCH(int, r);
    QFETCH(double, scale);
    const Matrix<double> M = edgeMatrix(n, m, rankOfM, scale);
    for (const char* rule : kRules) {
      for (const char* u : {"optimal", "cross"}) {
        const Approximation made = cur(M, r, rule, u);
        QCOMPARE(made.maxDial, Index{std::min(rankOfM, r)});
        QVERIFY(made.status == (rankOfM < r ? SolveStatus::RankDeficient : SolveStatus::Converged));
        QVERIFY(factor(made, 1).allFinite());
        // The rank within the crossing: exact, to the square of a condition number of some hundreds.
        RS_AT_MOST(((productOf(made) - M) / scale).norm(), 1e5 * 0x1p-52 * std::max(n, m) * (M / scale).norm());
      }
    }
  }

  // 1/M is beyond the range: said, not infinite.
  void aMiddleBeyondTheRangeIsRefused() {
    const auto made = tryRun("cur", makeMatrix(Matrix<double>(gaussian(4, 4, 1) * 1e-310)), 2, {});
    QVERIFY(!made && made.error().message().find("power of ten") != std::string::npos);
  }

  void floatIsCloseAndSeedsRepeat() {
    const Matrix<double> M = withSpectrum(50, 40, geometric(40, 0.7), 9);
    for (const char* rule : kRules) {
      const Context seven{.seed = 7}, single{.seed = 7, .precision = Precision::Float};
      const Approximation once = cur(M, 6, rule, "optimal", seven), one = cur(M, 6, rule, "optimal", single);
      QVERIFY(productOf(once) == productOf(cur(M, 6, rule, "optimal", seven)));
      QVERIFY(std::holds_alternative<Matrix<float>>(one.lowRank()->left));
      QCOMPARE(diagnostic<Selection>(one)->columns, diagnostic<Selection>(once)->columns);
      QCOMPARE(diagnostic<Selection>(one)->rows, diagnostic<Selection>(once)->rows);
      // Uniform rows may be badly conditioned: some hundreds.
      RS_AT_MOST((productOf(one) - productOf(once)).norm(), 1e4 * 0x1p-23 * M.norm());
    }
  }

  void wrongParametersAreRefusedByName() {
    const auto M = makeMatrix(gaussian(4, 4, 1));
    const auto rule = tryRun("cur", M, 2, {{"rule", word("greedy")}});
    QVERIFY(!rule && rule.error().message().find("deim") != std::string::npos);
    const auto u = tryRun("cur", M, 2, {{"u", word("best")}});
    QVERIFY(!u && u.error().message().find("cross") != std::string::npos);
  }
};

QTEST_GUILESS_MAIN(TstCur)
#include "tst_cur.moc"
