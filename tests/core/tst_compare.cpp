// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compute/compare.h"

#include <cmath>
#include <set>

#include "core/linalg/lapack.h"
#include "tests/support/support.h"

using namespace rankscope;
using namespace rankscope::test;

namespace {

/// Singular values 1, 1/2, 1/4 … in random directions: every rank has its own error.
Matrix<double> graded(Index n, Index m, std::uint64_t seed) {
  const Index k = std::min(n, m);
  Matrix<double> M = Matrix<double>::Zero(n, m);
  Matrix<double> U = gaussian(n, k, seed), V = gaussian(m, k, seed + 1);
  linalg::householderQ(U);
  linalg::householderQ(V);
  for (Index i = 0; i < k; ++i) M += std::pow(0.5, static_cast<double>(i)) * U.col(i) * V.col(i).transpose();
  return M;
}

CompareRequest wish(MatrixPtr X, std::vector<ComparedMethod> methods, std::vector<Index> ranks) {
  CompareRequest request;
  request.problem.X = std::move(X);
  request.methods = std::move(methods);
  request.ranks = std::move(ranks);
  return request;
}

/// A method whose size is no rank: d(n + m)/2 + 10 numbers, d up to 9.
Method blocks() {
  Method method;
  method.id = "blocks";
  method.dial.name = "block-rank";
  method.dial.isRank = false;
  method.dial.max = [](Index, Index, const ParamValues&) { return Index{9}; };
  method.cost = [](const ParamScope& p) {
    return Cost{.parameters = 0.5 * static_cast<double>(p.dial * (p.rows + p.cols)) + 10};
  };
  return method;
}

}  // namespace

class TstCompare : public QObject {
  Q_OBJECT

 private slots:
  void everyCellIsWhatTheMethodGivesAlone() {
    const MatrixPtr X = makeMatrix(graded(40, 30, 1));
    const CompareRequest request =
        wish(X, {{"svd", {}}, {"rsvd", {{"power", Index{0}}}}, {"als", {{"iterations", Index{3}}}}}, {5, 1, 12});
    ResultCache cache(1 << 26);
    const auto rows = compare(request, cache, {});
    QVERIFY(rows.has_value());
    QCOMPARE(rows->size(), std::size_t{9});
    std::size_t place = 0;
    for (const ComparedMethod& method : request.methods) {
      for (const Index rank : request.ranks) {
        const CompareRow& row = (*rows)[place++];
        QCOMPARE(row.method, method.id);
        QCOMPARE(row.rank, rank);
        QVERIFY2(!row.failure, row.failure ? row.failure->message().c_str() : "");
        AnalysisRequest alone;
        alone.problem.X = X;
        alone.method = method.id;
        alone.params = method.params;
        alone.budget = ByDial{rank};
        alone.preview = false;
        ResultCache own(1 << 26);
        const auto answer = analyse(alone, own, {});
        QVERIFY(answer.has_value());
        QCOMPARE(*row.errors.fro, *(*answer)->errors.fro);  // the same bits: the same computation
        QCOMPARE(*row.parameters, static_cast<double>(rank * 70));
        QCOMPARE(*row.applyFlops, static_cast<double>(2 * rank * 70));
        QCOMPARE(*row.dial, rank);
        // No method of rank r is below the Eckart–Young value, but for rounding (30 values of ε‖M‖ each).
        RS_AT_MOST(*row.errors.optimalFro, *row.errors.fro + 30 * 0x1p-52 * X->summary().fro);
      }
    }
  }

  void theOptimumIsTheClosedForm() {
    ResultCache cache(1 << 26);
    const auto rows = compare(wish(makeMatrix(graded(25, 35, 3)), {{"svd", {}}}, {1, 4, 10}), cache, {});
    QVERIFY(rows.has_value());
    for (const CompareRow& row : *rows) {
      double tail = 0, all = 0;
      for (Index i = 24; i >= 0; --i) {
        const double square = std::pow(0.25, static_cast<double>(i));
        all += square;
        if (i >= row.rank) tail += square;
      }
      // Each singular value carries an error of some ε‖M‖; 25 of them.
      RS_NEAR(*row.errors.froRelative, std::sqrt(tail / all), 100 * 0x1p-52);
      QCOMPARE(row.floors.size(), std::size_t{1});
      QCOMPARE(row.floors.front()->sigma.size(), Index{25});
    }
  }

  void rowsComeAsTheyAreReadySmallRanksFirst() {
    ResultCache cache(1 << 26);
    std::vector<std::pair<Index, std::string>> seen;
    std::vector<double> fractions;
    Context context;
    context.progress = [&](double fraction, const Text&) { fractions.push_back(fraction); };
    const auto rows = compare(wish(makeMatrix(graded(20, 20, 5)), {{"rsvd", {}}, {"svd", {}}}, {8, 2}), cache, context,
                              [&](const CompareRow& row) { seen.emplace_back(row.rank, row.method); });
    QVERIFY(rows.has_value());
    const std::vector<std::pair<Index, std::string>> expected = {{2, "rsvd"}, {2, "svd"}, {8, "rsvd"}, {8, "svd"}};
    QVERIFY(seen == expected);
    QVERIFY(!fractions.empty());
    QVERIFY(std::is_sorted(fractions.begin(), fractions.end(), [](double a, double b) { return b - a > 0.25; }));
    RS_AT_MOST(*std::max_element(fractions.begin(), fractions.end()), 1.0);
    // The answer is in the order that was asked for.
    QCOMPARE((*rows)[0].rank, Index{8});
    QCOMPARE((*rows)[2].method, std::string("svd"));
  }

  void aKnownCellComesFromTheCache() {
    ResultCache cache(1 << 26);
    const MatrixPtr X = makeMatrix(graded(60, 50, 7));
    const auto first = compare(wish(X, {{"rsvd", {}}}, {3, 6}), cache, {});
    const auto again = compare(wish(X, {{"rsvd", {}}, {"svd", {}}}, {6, 9}), cache, {});
    QVERIFY(first.has_value() && again.has_value());
    // The wall time is that of the one factorisation there was.
    QCOMPARE(*(*again)[0].seconds, *(*first)[1].seconds);
    QVERIFY((*again)[0].floors.front() == (*first)[0].floors.front());
  }

  void aRankBeyondTheMatrixIsCut() {
    ResultCache cache(1 << 26);
    const auto rows = compare(wish(makeMatrix(graded(9, 6, 9)), {{"svd", {}}, {"als", {}}}, {50}), cache, {});
    QVERIFY(rows.has_value());
    for (const CompareRow& row : *rows) {
      QCOMPARE(*row.dial, Index{6});
      QCOMPARE(*row.parameters, 90.0);
      QVERIFY(!row.notices.empty());
      RS_AT_MOST(*row.errors.froRelative, 30 * 0x1p-52 * 9);
    }
  }

  void channelsShareTheBudget() {
    ResultCache cache(1 << 26);
    CompareRequest request = wish(makeMatrix(graded(12, 24, 11), {{"red"}, {"green"}, {"blue"}}), {{"svd", {}}}, {2});
    request.problem.perChannel = true;
    const auto rows = compare(request, cache, {});
    QVERIFY(rows.has_value());
    QCOMPARE(*rows->front().parameters, 3.0 * 2 * (12 + 8));
    QCOMPARE(rows->front().floors.size(), std::size_t{3});
  }

  void aSizeThatIsNoRankIsTheLargestThatFits() {
    const Method method = blocks();
    const auto dialAt = [&](Index rank) { return dialForRank(method, {}, 60, 40, rank, Precision::Double); };
    // 50 d + 10 ≤ 100 r
    QCOMPARE(**dialAt(1), Index{1});
    QCOMPARE(**dialAt(2), Index{3});
    QCOMPARE(**dialAt(4), Index{7});
    QCOMPARE(**dialAt(5), Index{9});
    QCOMPARE(**dialAt(5000), Index{9});  // never beyond its largest
    // d(n + m)/2 + 10 > n + m for d = 1 when the matrix is 10×9.
    const auto none = dialForRank(method, {}, 10, 9, 1, Precision::Double);
    QVERIFY(none.has_value() && !*none);
    QVERIFY(!dialForRank(method, {{"x", true}}, 10, 9, 1, Precision::Double).has_value());
  }

  void everyMethodOfTheRegistryKeepsTheBudgetOrSaysWhy() {
    ResultCache cache(1 << 26);
    std::vector<ComparedMethod> all;
    for (const Method& method : methods()) {
      if (method.kind == Kind::Matrix) all.push_back({.id = method.id, .params = {}});
    }
    const auto rows = compare(wish(makeMatrix(graded(36, 24, 13)), all, {1, 4, 10}), cache, {});
    QVERIFY(rows.has_value());
    for (const CompareRow& row : *rows) {
      const QString log = QString("%1 at rank %2").arg(QString::fromStdString(row.method)).arg(row.rank);
      QVERIFY2(!row.failure, qPrintable(log + ": " + (row.failure ? row.failure->message().c_str() : "")));
      if (!row.dial) {
        QVERIFY2(!row.notices.empty() && !row.parameters && !row.errors.fro && !row.seconds, qPrintable(log));
        continue;
      }
      QVERIFY2(row.errors.fro && row.errors.optimalFro, qPrintable(log));
      if (!findMethod(row.method)->dial.isRank)
        QVERIFY2(*row.parameters <= static_cast<double>(row.rank * 60), qPrintable(log));
    }
  }

  void aFailingCellLeavesTheOthers() {
    ResultCache cache(1 << 26);
    // Beyond float's range: svd and rsvd refuse it in float, each in its own row.
    CompareRequest request = wish(makeMatrix(Matrix<double>(1e60 * graded(8, 8, 15))), {{"rsvd", {}}}, {2});
    request.precision = Precision::Float;
    const auto rows = compare(request, cache, {});
    QVERIFY(rows.has_value());
    QVERIFY(rows->front().failure.has_value());
    QVERIFY(!rows->front().dial && !rows->front().errors.fro);
    // Complex: svd can, rsvd can't.
    Matrix<Complex> M = Matrix<Complex>::Zero(6, 5);
    M(0, 0) = {3, 4};
    M(1, 1) = {0, 1};
    const auto mixed = compare(wish(makeMatrix(M), {{"rsvd", {}}, {"svd", {}}}, {1}), cache, {});
    QVERIFY(mixed.has_value());
    QVERIFY((*mixed)[0].failure.has_value());
    QVERIFY(!(*mixed)[1].failure);
    RS_NEAR(*(*mixed)[1].errors.fro, 1.0, 30 * 0x1p-52 * 5);
  }

  void theZeroMatrixHasNoRelativeErrorAndNoFailure() {
    ResultCache cache(1 << 26);
    const Matrix<double> zero = Matrix<double>::Zero(5, 4);
    const auto rows = compare(wish(makeMatrix(zero), {{"svd", {}}, {"rsvd", {}}}, {2}), cache, {});
    QVERIFY(rows.has_value());
    for (const CompareRow& row : *rows) {
      QVERIFY(!row.failure);
      QCOMPARE(*row.errors.fro, 0.0);
    }
  }

  void cancellingStopsBetweenAndInsideCells() {
    ResultCache cache(1 << 26);
    CancelSource source;
    Context context;
    context.cancel = source.token();
    int ready = 0;
    const CompareRequest request = wish(makeMatrix(graded(30, 30, 17)), {{"svd", {}}, {"rsvd", {}}}, {1, 2, 4});
    const auto run = [&] {
      (void)compare(request, cache, context, [&](const CompareRow&) {
        if (++ready == 2) source.stop();
      });
    };
    QVERIFY_EXCEPTION_THROWN(run(), Cancelled);
    QCOMPARE(ready, 2);
  }

  void aWrongWishIsRefusedByName() {
    const auto says = [](std::vector<ComparedMethod> methods, std::vector<Index> ranks, const char* word) {
      const auto refused = refuseComparison(methods, ranks);
      return refused && refused->kind == ErrorKind::Usage && QString::fromStdString(refused->message()).contains(word);
    };
    QVERIFY(says({}, {1}, "svd"));
    QVERIFY(says({{"svd", {}}}, {}, "ranks"));
    QVERIFY(says({{"nope", {}}}, {1}, "allowed: svd"));
    QVERIFY(says({{"svd", {}}, {"svd", {}}}, {1}, "twice"));
    QVERIFY(says({{"svd", {}}}, {3, 3}, "twice"));
    QVERIFY(says({{"svd", {}}}, {2, 0}, "from 1"));
    QVERIFY(says({{"svd", {}}}, {-4}, "from 1"));
    QVERIFY(says({{"rsvd", {{"power", Index{-1}}}}}, {1}, "power"));
    QVERIFY(says({{"rsvd", {{"sweeps", Index{1}}}}}, {1}, "sweeps"));
    QVERIFY(!refuseComparison({{"svd", {}}, {"rsvd", {{"power", Index{2}}}}}, {1, 2, 4}));
    ResultCache cache(1 << 20);
    QVERIFY(!compare(wish(nullptr, {{"svd", {}}}, {1}), cache, {}).has_value());
  }
};

QTEST_GUILESS_MAIN(TstCompare)
#include "tst_compare.moc"
