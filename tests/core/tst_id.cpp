// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/id.h"
#include "core/methods/rsvd.h"
#include "tests/support/columns.h"

using namespace rankscope;
using namespace rankscope::test;

namespace {

ColumnBasis<double> pivoted(const Matrix<double>& M, Index r) {
  return pivotedQr<double>(M, r, std::max(M.rows(), M.cols()), {});
}

// Kahan's: pivoted QR keeps the columns in place, and its coefficients grow like 2^r. The diagonal falls a little
// faster than rounding could upset.
Matrix<double> kahan(Index n, double cosine) {
  const double sine = std::sqrt(1 - cosine * cosine);
  Matrix<double> K = Matrix<double>::Identity(n, n);
  for (Index j = 1; j < n; ++j) K.col(j).head(j).setConstant(-cosine);
  for (Index i = 0; i < n; ++i) K.row(i) *= std::pow(sine, static_cast<double>(i));
  for (Index j = 0; j < n; ++j) K.col(j) *= std::pow(1 - 1e-7, static_cast<double>(j));
  return K;
}

double volume(const Matrix<double>& C) {
  return singularValues(C).array().log().sum();  // its logarithm
}

}  // namespace

class TstId : public QObject {
  Q_OBJECT

 private slots:
  void referenceVectorsAgree() {
    for (const auto& reference : referenceCases("id_cur")) {
      const Matrix<double> M = reference.input("M"), diagonal = reference.expected("cpqr_absdiagR");
      const Index r = reference.integer("r");
      const auto basis = pivoted(M, r);
      QCOMPARE(basis.columns(), indicesOf(reference.expected("cpqr_cols")));
      for (Index i = 0; i < r; ++i) RS_NEAR(basis.triangle()(i, i), diagonal(i), 1e-8 * diagonal(i));
      RS_NEAR(basis.error(), reference.number("cpqr_err_fro"), 1e-8 * reference.number("cpqr_err_fro"));
      RS_NEAR(interpolation(basis).cwiseAbs().maxCoeff(), reference.number("cpqr_maxabs_Z"),
              1e-8 * reference.number("cpqr_maxabs_Z"));
      const Approximation made = runMethod("id", M, r, {});
      QCOMPARE(diagnostic<Selection>(made)->columns, basis.columns());
      RS_NEAR((M - productOf(made)).norm(), reference.number("cpqr_err_fro"), 1e-8 * M.norm());
    }
  }

  void theIdentitiesHold() {
    const Matrix<double> M = withSpectrum(40, 30, geometric(30, 0.8), 3);
    for (const char* variant : {"cpqr", "strong", "random"}) {
      for (const Index r : {1, 6, 29, 30}) {
        const Approximation made = runMethod("id", M, r, {{"variant", word(variant)}});
        const auto& J = diagnostic<Selection>(made)->columns;
        QCOMPARE(static_cast<Index>(J.size()), r);
        QVERIFY(distinct(J));
        const Matrix<double> Z = factor(made, 1), product = productOf(made);
        QVERIFY(columnsAt(Z, J) == Matrix<double>::Identity(r, r));
        QVERIFY(factor(made, 0) == columnsAt(M, J));
        QVERIFY(columnsAt(product, J) == columnsAt(M, J));  // x·1 + y·0 rounds nothing
        RS_AT_MOST(optimum(M, r), (M - product).norm() + 30 * 40 * 0x1p-52 * M.norm());
        QCOMPARE(made.parameters, static_cast<double>(r * (40 + 30 - r)));
        if (std::string(variant) == "random") continue;
        // ‖R₂₂‖ is the error, and that of least squares in these columns.
        RS_NEAR((M - product).norm(), *made.errorEstimate * M.norm(), 30 * 40 * 0x1p-52 * M.norm());
        RS_NEAR((M - product).norm(), projectionError(M, J), 30 * 40 * 0x1p-52 * M.norm());
      }
    }
  }

  // Norms that are only downdated lose their digits; at 1e-13 of the start these would have none.
  void residualNormsKeepTheirDigits() {
    const Matrix<double> M = withSpectrum(60, 50, geometric(50, 0.55), 5);
    for (Index r = 1; r <= 48; ++r) {
      const auto basis = pivoted(M, r);
      const Matrix<double> Q = basis.Q(), E = M - Q * basis.transposed().transpose();
      RS_AT_MOST(ratio(Q.transpose() * Q - Matrix<double>::Identity(r, r), Matrix<double>::Identity(r, r)), 30);
      RS_NEAR(basis.error(), E.norm(), 1e-6 * E.norm() + 50 * 0x1p-52 * M.norm());
    }
  }

  void tiesTakeTheLowestIndex() {
    const Index n = 8;
    QCOMPARE(pivoted(Matrix<double>::Identity(n, n), 3).columns(), (std::vector<Index>{0, 1, 2}));
    Matrix<double> hadamard = Matrix<double>::Ones(1, 1);
    while (hadamard.rows() < n) {
      const Matrix<double> h = hadamard;
      hadamard.resize(2 * h.rows(), 2 * h.rows());
      hadamard << h, h, h, -h;
    }
    // Not representable: every norm is the same number up to rounding only.
    QCOMPARE(pivoted(hadamard / std::sqrt(7.0), 4).columns(), (std::vector<Index>{0, 1, 2, 3}));
    Matrix<double> twice(5, 4);
    twice << gaussian(5, 2, 1), gaussian(5, 2, 1);
    const auto basis = pivoted(twice, 4);
    QCOMPARE(basis.size(), Index{2});
    for (const Index j : basis.columns()) QVERIFY(j < 2);
  }

  void columnsCanBeGivenBack() {
    const Matrix<double> M = gaussian(12, 10, 8);
    ColumnBasis<double> basis(M, 5, {});
    for (const Index j : {7, 2, 9, 4, 0}) basis.take(j);
    basis.drop(1);
    basis.drop(2);
    basis.take(3);
    QCOMPARE(basis.columns(), (std::vector<Index>{7, 9, 0, 3}));
    const Matrix<double> Q = basis.Q();
    const double unit = 30 * 0x1p-52 * 12 * M.norm();
    RS_AT_MOST((Q.transpose() * Q - Matrix<double>::Identity(4, 4)).norm(), 30 * 12 * 0x1p-52);
    RS_AT_MOST((columnsAt(M, basis.columns()) - Q * basis.triangle()).norm(), unit);
    RS_AT_MOST((M.transpose() * Q - basis.transposed()).norm(), unit);
    RS_NEAR(basis.error(), projectionError(M, basis.columns()), unit);
    QVERIFY_THROWS_EXCEPTION(std::invalid_argument, basis.take(9));
  }

  void strongSwapsWhatPivotingCannotSee() {
    const Index n = 30, r = 29;
    const Matrix<double> K = kahan(n, 0.6);
    const auto plain = pivoted(K, r);
    const double largest = interpolation(plain).cwiseAbs().maxCoeff();
    QVERIFY2(largest > 1000, qPrintable(QString::number(largest)));
    const auto strong = strongQr<double>(K, r, 2, {});
    RS_AT_MOST(interpolation(strong).cwiseAbs().maxCoeff(), 2 * (1 + 1e-9));
    QVERIFY(strong.error() < plain.error() / 2);
    RS_AT_MOST(strong.error(), std::sqrt(1 + 4.0 * r * (n - r)) * singularValues(K)(r) * (1 + 1e-9));
  }

  void strongKeepsItsBoundsAndItsVolume() {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      const Matrix<double> M = withSpectrum(25, 18, geometric(18, 0.7), seed);
      for (const double f : {1.0, 1.2, 2.0}) {
        const Index r = 5;
        const auto basis = strongQr<double>(M, r, f, {});
        const Matrix<double> Z = interpolation(basis), C = columnsAt(M, basis.columns());
        RS_AT_MOST(Z.cwiseAbs().maxCoeff(), f * (1 + 1e-9));
        RS_AT_MOST(singularValues(M - C * Z)(0), std::sqrt(1 + f * f * r * (18 - r)) * singularValues(M)(r));
        RS_AT_MOST(volume(columnsAt(M, pivoted(M, r).columns())), volume(C) + 1e-9);
        // No exchange of one column for another gains more than f: what the swaps went after, by brute force.
        for (Index i = 0; i < r; ++i) {
          for (Index j = 0; j < 18; ++j) {
            auto other = basis.columns();
            other[static_cast<std::size_t>(i)] = j;
            if (distinct(other)) RS_AT_MOST(volume(columnsAt(M, other)), volume(C) + std::log(f) + 1e-9);
          }
        }
      }
    }
  }

  void theRandomizedOneUsesTheSketchAlone() {
    const Matrix<double> M = withSpectrum(80, 60, geometric(60, 0.8), 21);
    const Matrix<double> omega = gaussian(80, 18, 22);
    const auto made = randomizedId<double>(*makeMatrix(M), omega, 8, Coefficients::OfSketch, {});
    QVERIFY(made.has_value());
    const Matrix<double> S = omega.transpose() * M;
    const auto basis = pivotedQr<double>(S, 8, 80, {});
    QCOMPARE(made->columns, basis.columns());
    const Matrix<double> Z = interpolation(basis);
    RS_AT_MOST((made->Z - Z).norm(), 1e-10 * Z.norm());
    // What the sketch does not see: the error is that of M, above least squares in the same columns.
    const double error = (M - columnsAt(M, made->columns) * made->Z).norm();
    RS_AT_MOST(projectionError(M, made->columns), error);
    RS_AT_MOST(error, 10 * optimum(M, 8));
    // With one more pass the same columns give their least error.
    const auto fitted = randomizedId<double>(*makeMatrix(M), omega, 8, Coefficients::OfMatrix, {});
    QCOMPARE(fitted->columns, made->columns);
    QVERIFY(columnsAt(fitted->Z, fitted->columns) == Matrix<double>::Identity(8, 8));
    RS_NEAR((M - columnsAt(M, fitted->columns) * fitted->Z).norm(), projectionError(M, made->columns),
            30 * 80 * 0x1p-52 * M.norm());
    for (const double scale : {1e300, 1e-300}) {
      const auto far =
          randomizedId<double>(*makeMatrix(Matrix<double>(M * scale)), omega, 8, Coefficients::OfMatrix, {});
      QCOMPARE(far->columns, made->columns);
      RS_AT_MOST((far->Z - fitted->Z).norm(), 1e-10 * fitted->Z.norm());
    }
    // Rank within the sketch: exact.
    const Matrix<double> low = gaussian(80, 8, 23) * gaussian(8, 60, 24);
    const Approximation exact = runMethod("id", low, 8, {{"variant", word("random")}});
    RS_AT_MOST(ratio(low - productOf(exact), low), 1000);  // sketch and triangle each cost a condition number
  }

  void rowsAreReproducedToo() {
    const Matrix<double> M = withSpectrum(40, 30, geometric(30, 0.8), 3);
    for (const char* variant : {"cpqr", "strong", "random"}) {
      const Approximation made = runMethod("id", M, 7, {{"variant", word(variant)}, {"sides", word("two")}});
      const auto& chosen = *diagnostic<Selection>(made);
      QVERIFY(distinct(chosen.rows) && distinct(chosen.columns) && chosen.rows.size() == 7);
      const Matrix<double> C = factor(made, 0), U = factor(made, 1), R = factor(made, 2), product = productOf(made);
      QVERIFY(C == columnsAt(M, chosen.columns) && R == rowsAt(M, chosen.rows));
      QVERIFY(rowsAt(product, chosen.rows) == R);
      const Matrix<double> crossing = columnsAt(R, chosen.columns);
      const double condition = crossing.norm() * U.norm();
      RS_AT_MOST((crossing * U - Matrix<double>::Identity(7, 7)).norm(), 30 * 7 * 0x1p-52 * condition);
      RS_AT_MOST((C * U * R - product).norm(), 30 * 40 * 0x1p-52 * condition * M.norm());
      RS_AT_MOST((columnsAt(product, chosen.columns) - C).norm(), 30 * 40 * 0x1p-52 * condition * M.norm());
      QCOMPARE(made.parameters, 7.0 * (40 + 30) + 49);
      QCOMPARE(made.factors[1].name, std::string("U"));
    }
  }

  void boundsHold() {
    const Matrix<double> M = withSpectrum(40, 30, geometric(30, 0.8), 31) * 1e200;
    for (const char* variant : {"cpqr", "strong"}) {
      const Approximation made = runMethod("id", M, 6, {{"variant", word(variant)}});
      const Bounds& bounds = *diagnostic<Bounds>(made);
      QCOMPARE(static_cast<Index>(bounds.names.size()), Index{2});
      for (Index i = 0; i < 2; ++i) RS_AT_MOST(bounds.measured(i), bounds.values(i) * (1 + 1e-9));
      const double spectral = singularValues((M - productOf(made)) / 1e200)(0);
      RS_NEAR(bounds.measured(1) / 1e200, spectral, 30 * 40 * 0x1p-52);
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
    for (const char* variant : {"cpqr", "strong", "random"}) {
      for (const char* sides : {"one", "two"}) {
        const Approximation made = runMethod("id", M, r, {{"variant", word(variant)}, {"sides", word(sides)}});
        QCOMPARE(made.maxDial, Index{std::min(rankOfM, r)});
        QVERIFY(made.status == (rankOfM < r ? SolveStatus::RankDeficient : SolveStatus::Converged));
        RS_AT_MOST(((productOf(made) - M) / scale).norm(), 1000 * 0x1p-52 * std::max(n, m) * (M / scale).norm());
      }
    }
  }

  void floatIsCloseAndSeedsRepeat() {
    const Matrix<double> M = withSpectrum(50, 40, geometric(40, 0.7), 9);
    for (const char* variant : {"cpqr", "strong", "random"}) {
      const ParamValues given = {{"variant", word(variant)}};
      const Context seven{.seed = 7}, single{.seed = 7, .precision = Precision::Float};
      QVERIFY(productOf(runMethod("id", M, 6, given, seven)) == productOf(runMethod("id", M, 6, given, seven)));
      const Approximation one = runMethod("id", M, 6, given, single);
      QVERIFY(std::holds_alternative<Matrix<float>>(one.lowRank()->left));
      // The pivots' margins are wide here, so that the columns are the same.
      QCOMPARE(diagnostic<Selection>(one)->columns,
               diagnostic<Selection>(runMethod("id", M, 6, given, seven))->columns);
      RS_AT_MOST((productOf(one) - productOf(runMethod("id", M, 6, given, seven))).norm(), 1000 * 0x1p-23 * M.norm());
    }
  }

  void threadsChangeNothing() {
    const Matrix<double> M = gaussian(700, 900, 4);
    const auto one = pivotedQr<double>(M, 5, 900, {.threads = 1}), two = pivotedQr<double>(M, 5, 900, {.threads = 2});
    QVERIFY(one.columns() == two.columns() && one.transposed() == two.transposed());
  }

  void wrongParametersAreRefusedByName() {
    const auto M = makeMatrix(gaussian(4, 4, 1));
    const auto refusal = [&](const ParamValues& given) {
      const auto made = tryRun("id", M, 2, given);
      return made ? QString() : QString::fromStdString(made.error().message());
    };
    QVERIFY(refusal({{"variant", word("best")}}).contains("cpqr"));
    QVERIFY(refusal({{"f", 3.0}}).contains("strong"));
    QVERIFY(refusal({{"coefficients", word("matrix")}}).contains("random"));
    QVERIFY(refusal({{"variant", word("strong")}, {"f", 0.5}}).contains("1"));
    QVERIFY(refusal({{"variant", word("strong")}, {"f", 1.0}}).isEmpty());
  }
};

QTEST_GUILESS_MAIN(TstId)
#include "tst_id.moc"
