// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/compute/analysis.h"
#include "core/linalg/lapack.h"
#include "core/linalg/sparse_matrix.h"
#include "tests/support/support.h"

using namespace rankscope;
using namespace rankscope::test;

namespace {

Matrix<double> decaying(Index n, Index m, std::uint64_t seed) {
  Matrix<double> M = Matrix<double>::Zero(n, m);
  for (Index i = 0; i < 12; ++i) {
    M += std::pow(0.6, static_cast<double>(i)) * gaussian(n, 1, seed + static_cast<std::uint64_t>(i)) *
         gaussian(1, m, seed + 100 + static_cast<std::uint64_t>(i));
  }
  return M + 1e-3 * gaussian(n, m, seed + 500);
}

AnalysisRequest wish(MatrixPtr X, Budget budget = ByDial{5}, const char* method = "svd") {
  AnalysisRequest request;
  request.problem.X = std::move(X);
  request.method = method;
  request.budget = budget;
  return request;
}

}  // namespace

class TstAnalysis : public QObject {
  Q_OBJECT

 private slots:
  void stagesComeCheapestFirstAndTheLastIsWhatIsReturned() {
    ResultCache cache(1 << 26);
    std::vector<AnalysisPtr> stages;
    const auto answer =
        analyse(wish(makeMatrix(decaying(80, 60, 1))), cache, {}, [&](AnalysisPtr stage) { stages.push_back(stage); });
    QVERIFY(answer.has_value());
    QVERIFY(stages.size() >= 3);
    QVERIFY(stages.front()->quality == Quality::Preview);
    QVERIFY(stages.front()->singlePrecisionPreview);
    QVERIFY(stages.front()->floors.empty());
    QVERIFY(stages[1]->quality == Quality::Exact && !stages[1]->errors.fro && !stages[1]->complete);
    QVERIFY(stages.back()->complete && stages.back()->errors.fro.has_value());
    QCOMPARE(*stages.back()->errors.fro, *(*answer)->errors.fro);
    RS_NEAR(*(*answer)->errors.excess, 0.0, 1e-9);
    // The preview is near the optimum already: q = 1, p = r on a decaying spectrum.
    Matrix<double> preview, exact;
    reconstruct<double>(*stages[0]->parts[0], {.dial = 5, .muted = {}}, {0, 0, 80, 60}, preview);
    reconstruct<double>(*stages[1]->parts[0], {.dial = 5, .muted = {}}, {0, 0, 80, 60}, exact);
    RS_AT_MOST((preview - exact).norm(), 1e-3 * exact.norm());
  }

  void aPreviewDoesNotWaitForTheThreadsOfAnAbandonedDecomposition() {
    const linalg::WideBlas abandoned(2, {});
    CancelSource source;
    Context context;
    context.cancel = source.token();
    AnalysisRequest request = wish(makeMatrix(gaussian(1024, 1024, 8)));  // large enough for a decomposition's threads
    request.threads = 2;
    ResultCache cache(1 << 26);
    int previews = 0;
    const auto run = [&] {
      (void)analyse(request, cache, context, [&](AnalysisPtr stage) {
        previews += stage->quality == Quality::Preview;
        source.stop();
      });
    };
    QVERIFY_EXCEPTION_THROWN(run(), Cancelled);
    QCOMPARE(previews, 1);
  }

  void anotherRankOfTheSameSvdComputesNothing() {
    ResultCache cache(1 << 26);
    const MatrixPtr X = makeMatrix(decaying(50, 50, 2));
    const auto first = analyse(wish(X, ByDial{5}), cache, {});
    int stages = 0;
    const auto second = analyse(wish(X, ByDial{9}), cache, {}, [&](AnalysisPtr stage) {
      ++stages;
      QVERIFY(stage->quality == Quality::Exact);  // no preview of what is known
    });
    QVERIFY(stages >= 1);
    QCOMPARE((*first)->parts[0].get(), (*second)->parts[0].get());
    QCOMPARE((*second)->dials[0], Index{9});
    QVERIFY(*(*second)->errors.fro < *(*first)->errors.fro);
  }

  void randomMethodsAreKeyedBySeedAndRank() {
    ResultCache cache(1 << 26);
    const MatrixPtr X = makeMatrix(decaying(50, 40, 3));
    AnalysisRequest request = wish(X, ByDial{6}, "rsvd");
    const auto a = analyse(request, cache, {});
    QVERIFY(a.has_value());
    QVERIFY(analyse(request, cache, {}).value()->parts[0] == (*a)->parts[0]);
    request.seed = 1;
    QVERIFY(analyse(request, cache, {}).value()->parts[0] != (*a)->parts[0]);
    QVERIFY((*a)->errors.excess.has_value() && *(*a)->errors.excess >= -1e-12);
    QCOMPARE((*a)->dials[0], (*a)->parts[0]->maxDial);
  }

  void budgetsBecomeRanks() {
    ResultCache cache(1 << 26);
    const MatrixPtr X = makeMatrix(decaying(60, 45, 4));
    const Spectrum floor = *spectrum(*X, {});
    for (const char* method : {"svd", "rsvd"}) {
      QCOMPARE(analyse(wish(X, ByEnergy{0.95}, method), cache, {}).value()->dials[0], rankByEnergy(floor, 0.95));
      const auto within = analyse(wish(X, ByTolerance{0.05}, method), cache, {}).value();
      QCOMPARE(within->dials[0], rankByTolerance(floor, 0.05));
      QCOMPARE(analyse(wish(X, ByRule{RankRule::Elbow}, method), cache, {}).value()->dials[0], rankByElbow(floor));
    }
    RS_AT_MOST(*analyse(wish(X, ByTolerance{0.05}), cache, {}).value()->errors.froRelative, 0.05);
  }

  void aRankBeyondTheMatrixIsCutWithANotice() {
    ResultCache cache(1 << 26);
    const auto answer = analyse(wish(makeMatrix(gaussian(7, 9, 5)), ByDial{50}), cache, {});
    QCOMPARE((*answer)->dials[0], Index{7});
    QCOMPARE((*answer)->notices.size(), std::size_t{1});
    RS_AT_MOST(*(*answer)->errors.froRelative, 30 * 0x1p-52 * 9);
    QVERIFY(analyse(wish(makeMatrix(gaussian(7, 9, 5)), ByDial{0}), cache, {}).error().kind == ErrorKind::Usage);
  }

  void channelsHaveTheirOwnRanksWhereEnergyDecides() {
    ResultCache cache(1 << 26);
    Matrix<double> rgb(40, 90);
    rgb << gaussian(40, 2, 6) * gaussian(2, 30, 7), gaussian(40, 8, 8) * gaussian(8, 30, 9), gaussian(40, 30, 10);
    const MatrixPtr X = makeMatrix(rgb, {{"red"}, {"green"}, {"blue"}});
    AnalysisRequest request = wish(X, ByEnergy{1.0});
    request.problem.perChannel = true;
    const auto answer = analyse(request, cache, {}).value();
    QCOMPARE(answer->dials, (std::vector<Index>{2, 8, 30}));
    QCOMPARE(answer->parameters(), (2 + 8 + 30) * 70.0);
    QCOMPARE(answer->floors.size(), std::size_t{3});
    RS_AT_MOST(*answer->errors.froRelative, 1e-13);
    request.budget = ByDial{4};
    QCOMPARE(analyse(request, cache, {}).value()->dials, (std::vector<Index>{4, 4, 4}));
  }

  void theZeroMatrixHasRankZeroByEveryRule() {
    ResultCache cache(1 << 26);
    const MatrixPtr X = makeMatrix(Matrix<double>(Matrix<double>::Zero(6, 5)));
    for (const Budget& budget :
         {Budget(ByEnergy{0.9}), Budget(ByTolerance{0.1}), Budget(ByRule{RankRule::GavishDonoho})}) {
      const auto answer = analyse(wish(X, budget), cache, {});
      QVERIFY(answer.has_value());
      QCOMPARE((*answer)->dials[0], Index{0});
      QCOMPARE(*(*answer)->errors.fro, 0.0);
      QCOMPARE((*answer)->parameters(), 0.0);
    }
  }

  void aRuleThatKeepsNothingSaysThatRankOneIsShownInstead() {
    ResultCache cache(1 << 26);
    const MatrixPtr noise = makeMatrix(gaussian(60, 80, 31));  // nothing stands out of white noise
    for (const Budget& budget :
         {Budget(ByTolerance{1}), Budget(ByTolerance{7}), Budget(ByRule{RankRule::GavishDonoho})}) {
      const auto answer = analyse(wish(noise, budget), cache, {}).value();
      QCOMPARE(answer->dials[0], Index{1});
      QCOMPARE(answer->notices.size(), std::size_t{1});
      QVERIFY(answer->notices[0].str().find("rank 1") != std::string::npos);
    }
    // A first layer that is worth keeping needs no word, nor does a rank that was typed.
    const MatrixPtr one =
        makeMatrix(Matrix<double>(gaussian(60, 1, 32) * gaussian(1, 80, 33) + 1e-6 * gaussian(60, 80, 34)));
    QCOMPARE(analyse(wish(one, ByRule{RankRule::GavishDonoho}), cache, {}).value()->notices.size(), std::size_t{0});
    QCOMPARE(analyse(wish(noise, ByDial{1}), cache, {}).value()->notices.size(), std::size_t{0});
  }

  void aCutBetweenEqualSingularValuesIsNamed() {
    ResultCache cache(1 << 26);
    Matrix<double> Q = gaussian(12, 5, 41);
    linalg::householderQ(Q);
    Vector<double> sigma(5);
    sigma << 3, 2, 2, 1, 0;
    Matrix<double> V = gaussian(9, 5, 42);
    linalg::householderQ(V);
    const MatrixPtr X = makeMatrix(Matrix<double>(Q * sigma.asDiagonal() * V.transpose()));
    for (Index r = 1; r <= 6; ++r) {
      const auto notices = analyse(wish(X, ByDial{r}), cache, {}).value()->notices;
      QCOMPARE(notices.size(), std::size_t{r == 2 ? 1u : 0u});  // what is zero up to rounding is equal without a word
      if (r == 2) QVERIFY(notices[0].str().find("values 2 and 3 are equal") != std::string::npos);
    }
  }

  void whatCannotBeComputedIsRefusedWithItsReason() {
    ResultCache cache(1 << 26);
    Matrix<double> bad = gaussian(5, 5, 11);
    bad(1, 2) = NAN;
    const auto nan = analyse(wish(makeMatrix(bad)), cache, {});
    QVERIFY(nan.error().kind == ErrorKind::Input);
    QVERIFY(nan.error().message().find("row 2, column 3") != std::string::npos);
    const MatrixPtr complex = makeMatrix(Matrix<Complex>(gaussian(5, 5, 12).cast<Complex>()));
    QVERIFY(analyse(wish(complex, ByDial{2}, "rsvd"), cache, {}).error().kind == ErrorKind::Input);
    QVERIFY(analyse(wish(complex, ByDial{2}, "svd"), cache, {}).has_value());
    QVERIFY(analyse(wish(complex, ByDial{2}, "none"), cache, {}).error().kind == ErrorKind::Usage);
    QVERIFY(!analyse(wish(nullptr), cache, {}).has_value());
    Context tight;
    tight.memory = 1000;
    const auto tooLarge = analyse(wish(makeMatrix(gaussian(60, 60, 13))), cache, tight);
    QVERIFY(tooLarge.error().kind == ErrorKind::Compute);
  }

  void wildScalesAreAnalysedLikeAnyOther() {
    for (const double scale : {1e-300, 1e300}) {
      ResultCache cache(1 << 26);
      const auto answer =
          analyse(wish(makeMatrix(Matrix<double>(decaying(30, 30, 14) * scale))), cache, {}, [](AnalysisPtr) {});
      QVERIFY(answer.has_value());
      RS_NEAR(*(*answer)->errors.excess, 0.0, 1e-9);
      QVERIFY((*answer)->floors[0]->ranks.stable >= 1);
    }
  }

  void aShuffledCopyIsTheReference() {
    ResultCache cache(1 << 26);
    AnalysisRequest request = wish(makeMatrix(decaying(40, 30, 15)));
    request.reference = true;
    const auto answer = analyse(request, cache, {}).value();
    QVERIFY(answer->reference);
    // The same entries, so the same norm; their structure is gone, so the first value is smaller.
    RS_NEAR(answer->reference->sigma.norm(), answer->floors[0]->sigma.norm(), 1e-11 * answer->floors[0]->fro);
    QVERIFY(answer->reference->sigma(0) < answer->floors[0]->sigma(0));
  }

  void aCancelledRequestThrowsAndLeavesTheCacheSound() {
    ResultCache cache(1 << 26);
    CancelSource source;
    Context context;
    context.cancel = source.token();
    const MatrixPtr X = makeMatrix(decaying(60, 60, 16));
    bool cancelled = false;
    try {
      (void)analyse(wish(X), cache, context, [&](AnalysisPtr) { source.stop(); });
    } catch (const Cancelled&) {
      cancelled = true;
    }
    QVERIFY(cancelled);
    QVERIFY(analyse(wish(X), cache, {}).has_value());
  }

  void whatTakesLongIsOfferedNotStarted() {
    // 20000 × 20000 float entries are not needed to know that it is long: the estimate comes from the shape.
    AnalysisRequest request = wish(makeMatrix(Matrix<float>(Matrix<float>::Ones(6000, 6000))));
    const double seconds = expectedSeconds(request);
    QVERIFY(seconds > 60 && seconds < 600);
    request.precision = Precision::Float;
    QVERIFY(expectedSeconds(request) < seconds);
    request.method = "rsvd";
    request.budget = ByDial{10};
    QVERIFY(expectedSeconds(request) < seconds / 2);
  }

  void ofASparseMatrixOnlyWhatIsKeptTakesTime() {
    Sparse wide(200000, 200000);
    wide.insert(7, 8) = 1;
    AnalysisRequest request = wish(makeMatrix(wide));
    request.method = "rsvd";
    request.budget = ByDial{8};
    request.measured = false;
    QVERIFY(expectedSeconds(request, false) < 1);
    QVERIFY(expectedSeconds(request) > 60);  // its exact spectrum
    ResultCache cache(1 << 20);
    Context context;
    context.memory = std::size_t{1} << 30;  // not enough to lay it out: there is no optimum, nor time for one
    const auto answer = analyse(request, cache, context);
    QVERIFY(bool(answer) && (*answer)->quality == Quality::Exact && (*answer)->expectedSeconds < 1);
  }
};

QTEST_GUILESS_MAIN(TstAnalysis)
#include "tst_analysis.moc"
