// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/compute/analysis.h"
#include "core/linalg/lapack.h"
#include "core/methods/cr.h"
#include "core/methods/product.h"
#include "tests/support/support.h"

using namespace rankscope;
using namespace rankscope::test;

namespace {

AnalysisRequest wish(const Matrix<double>& X, const Matrix<double>& Y, Index r, const std::string& method = "cr",
                     const ParamValues& params = {}) {
  AnalysisRequest request;
  request.problem = {.X = makeMatrix(X), .Y = makeMatrix(Y), .product = {}};
  request.method = method;
  request.params = params;
  request.budget = ByDial{r};
  return request;
}

AnalysisPtr answerTo(const AnalysisRequest& request, const Context& context = {}) {
  ResultCache cache(1 << 26);
  auto made = analyse(request, cache, context);
  if (!made) throw std::runtime_error(made.error().message());
  return *made;
}

Matrix<double> entriesOf(const MatrixPtr& matrix) { return **matrix->entries<double>({}); }

Matrix<double> estimateOf(const Analysis& analysis) {
  const Approximation& part = *analysis.parts.front();
  Matrix<double> out;
  reconstruct<double>(part, {.dial = analysis.dials.front(), .muted = {}}, {0, 0, part.rows, part.cols}, out);
  return out;
}

ParamValues drawn(const std::string& scheme, const std::string& replacement) {
  return {{"scheme", scheme}, {"replacement", replacement}};
}

const Probabilities& theoryOf(const Analysis& analysis) {
  return std::get<Probabilities>(analysis.parts.front()->diagnostics.front());
}

}  // namespace

class TstProduct : public QObject {
  Q_OBJECT

 private slots:
  // Poisson draws for two sizes may have as many terms, but other multipliers: no error may stand in for another.
  void aCacheTellsDrawsOfTwoSizesApart() {
    const Matrix<double> X = gaussian(20, 30, 41), Y = gaussian(30, 15, 42);
    ResultCache cache(1 << 26);
    int alike = 0;
    Index before = -1;
    for (Index r = 4; r <= 16; ++r) {
      const auto made = analyse(wish(X, Y, r, "cr", drawn("norm", "poisson")), cache, {});
      QVERIFY(made.has_value());
      const Analysis& answer = **made;
      const double error = (X * Y - estimateOf(answer)).norm();
      RS_NEAR(*answer.errors.fro, error, 1e-10 * error);
      alike += answer.dials.front() == before;
      before = answer.dials.front();
    }
    QVERIFY(alike > 0);  // else the test has nothing to tell apart
  }

  void panelsMultiplyLikeOneProduct() {
    const Matrix<double> A = gaussian(50, 300, 1), B = gaussian(50, 290, 2);
    const Matrix<double> one = multiplyWide(A, B, {.threads = 1}, linalg::Op::Adjoint),
                         two = multiplyWide(A, B, {.threads = 2}, linalg::Op::Adjoint);
    QVERIFY(one == two);
    const Matrix<double> plain = A.transpose() * B;
    // A product of two: their norms in the denominator.
    RS_AT_MOST((one - plain).norm(), 30 * 0x1p-52 * 300 * A.norm() * B.norm());
    const Matrix<double> C = gaussian(40, 50, 3);
    RS_AT_MOST((multiplyWide(C, A.transpose(), {}, linalg::Op::None, linalg::Op::Adjoint) - C * A).norm(),
               30 * 0x1p-52 * 300 * C.norm() * A.norm());
  }

  void errorsAreMeasuredAgainstTheProduct() {
    const Matrix<double> X = gaussian(20, 35, 1), Y = gaussian(35, 15, 2), T = X * Y;
    for (const char* replacement : {"with", "poisson", "wta"}) {
      const AnalysisPtr made = answerTo(wish(X, Y, 12, "cr", drawn("norm", replacement)));
      QVERIFY(made->complete && !made->trials);
      RS_AT_MOST(ratio(entriesOf(made->product) - T, T), 30);
      const double error = (estimateOf(*made) - T).norm();
      RS_NEAR(*made->errors.fro, error, 1e-12 * (error + T.norm()));
      const auto sigma = linalg::exactSvd<double>(T, linalg::Job::Values, {})->s;
      RS_AT_MOST((made->floors.front()->sigma - sigma).norm(), 30 * 0x1p-52 * 20 * sigma(0));
      // All terms of the draw count, however many a Poisson draw came to.
      QCOMPARE(made->dials.front(), static_cast<Index>(theoryOf(*made).draws.size()));
      QCOMPARE(made->parameters(), static_cast<double>(made->dials.front() * 35));
      QCOMPARE(made->parts.front()->dial, Index{12});
    }
  }

  void theProductIsThereFirstAndTrialsGrow() {
    AnalysisRequest request = wish(gaussian(60, 200, 1), gaussian(200, 50, 2), 30);
    request.trials = 3000;
    ResultCache cache(1 << 26);
    std::vector<AnalysisPtr> stages;
    const auto made = analyse(request, cache, {}, [&](AnalysisPtr stage) { stages.push_back(std::move(stage)); });
    QVERIFY(made.has_value());
    Index before = 0;
    for (const AnalysisPtr& stage : stages) {
      QVERIFY(stage->product && stage->quality == Quality::Exact);
      if (!stage->trials) continue;
      QVERIFY(stage->errors.fro.has_value() && stage->trials->squaredErrors.size() >= before);
      before = stage->trials->squaredErrors.size();
      QCOMPARE(stage->trials->meanError.size(), before);
      QCOMPARE(stage->trials->planned, Index{3000});
    }
    QCOMPARE(before, Index{3000});
    QVERIFY((*made)->complete);
    // Once more: nothing is drawn again.
    QCOMPARE(analyse(request, cache, {}).value()->trials.get(), (*made)->trials.get());
    request.seed = 1;
    QVERIFY(analyse(request, cache, {}).value()->trials->squaredErrors != (*made)->trials->squaredErrors);
  }

  void trialsCanBeCancelled() {
    CancelSource source;
    Context context;
    context.cancel = source.token();
    AnalysisRequest request = wish(gaussian(60, 300, 1), gaussian(300, 50, 2), 100);
    request.trials = 1000000;
    ResultCache cache(1 << 26);
    const auto run = [&] {
      (void)analyse(request, cache, context, [&](AnalysisPtr stage) {
        if (stage->trials) source.stop();
      });
    };
    QVERIFY_EXCEPTION_THROWN(run(), Cancelled);
  }

  void theSvdOfTheProductIsTheFloor() {
    const Matrix<double> X = gaussian(14, 9, 1), Y = gaussian(9, 12, 2);
    for (const Index r : {Index{1}, Index{5}, Index{8}}) {
      const AnalysisPtr best = answerTo(wish(X, Y, r, "svd"));
      QCOMPARE(best->dials.front(), r);
      RS_NEAR(*best->errors.froRelative, *best->errors.optimalFroRelative, 1e-13);
      for (const char* scheme : {"norm", "uniform", "leverage", "top"}) {
        const AnalysisPtr other = answerTo(wish(X, Y, r, "cr", {{"scheme", std::string(scheme)}}));
        QVERIFY(*other->errors.froRelative >= *best->errors.froRelative);
      }
    }
    // No rank above the inner side: the product has no more.
    const AnalysisPtr whole = answerTo(wish(X, Y, 50, "svd"));
    QCOMPARE(whole->dials.front(), Index{9});
    QCOMPARE(whole->notices.size(), std::size_t{1});
    RS_AT_MOST(*whole->errors.froRelative, 30 * 0x1p-52 * 14);
  }

  void moreAndMorePairsAreCutWhereTheyEnd() {
    const Matrix<double> X = gaussian(6, 8, 1), Y = gaussian(8, 5, 2);
    const auto dial = [&](const ParamValues& params, Index r) {
      return answerTo(wish(X, Y, r, "cr", params))->parts.front()->dial;
    };
    QCOMPARE(dial({{"scheme", std::string("top")}}, 20), Index{8});
    QCOMPARE(dial(drawn("norm", "poisson"), 20), Index{8});
    QCOMPARE(dial(drawn("norm", "wta"), 20), Index{8});
    QCOMPARE(dial(drawn("uniform", "without"), 20), Index{8});
    QCOMPARE(dial(drawn("norm", "with"), 20), Index{20});
    QCOMPARE(dial(drawn("norm", "with"), 5000), Index{800});
  }

  // METHODS 3.1: M·I keeps columns, p ∝ their norms; MᵀM sums over rows, p = ‖row‖²/‖M‖².
  void oneMatrixIsAProductToo() {
    const Matrix<double> M = gaussian(12, 9, 3);
    const MatrixPtr matrix = makeMatrix(M);
    AnalysisRequest request = wish(M, M.transpose(), 4);
    request.problem = productOf(matrix, ProductForm::Identity, {}).value();
    const AnalysisPtr columns = answerTo(request);
    QVERIFY(columns->product == matrix);
    const double norms = M.colwise().norm().sum(), square = M.squaredNorm();
    RS_NEAR(theoryOf(*columns).expectedSquaredError, (norms * norms - square) / 4, 1e-12 * square);
    request.params = {{"scheme", std::string("top")}};
    const AnalysisPtr kept = answerTo(request);
    Matrix<double> zeroed = Matrix<double>::Zero(12, 9);
    for (const Index j : theoryOf(*kept).draws) zeroed.col(j) = M.col(j);
    QVERIFY(estimateOf(*kept) == zeroed);
    QCOMPARE(theoryOf(*kept).draws.size(), std::size_t{4});

    request.params = {};
    request.problem = productOf(matrix, ProductForm::Gram, {}).value();
    const AnalysisPtr rows = answerTo(request);
    RS_AT_MOST(ratio(entriesOf(rows->product) - M.transpose() * M, Matrix<double>(M.transpose() * M)), 30);
    const Vector<double> p = M.rowwise().squaredNorm() / square;
    RS_AT_MOST((theoryOf(*rows).p - p).norm(), 1e-14);
    RS_NEAR(theoryOf(*rows).expectedSquaredError, (square * square - (M.transpose() * M).squaredNorm()) / 4,
            1e-12 * square * square);
  }

  void refusalsSayWhatFits() {
    const Matrix<double> X = gaussian(4, 6, 1), Y = gaussian(6, 3, 2);
    ResultCache cache(1 << 20);
    const auto refused = [&](const AnalysisRequest& request, ErrorKind kind, const char* part) {
      const auto made = analyse(request, cache, {});
      return !made && made.error().kind == kind && made.error().message().find(part) != std::string::npos;
    };
    QVERIFY(refused(wish(X, gaussian(5, 3, 2), 2), ErrorKind::Input, "4 x 6 times 5 x 3 does not fit"));
    Matrix<double> holes = Y;
    holes(1, 2) = std::nan("");
    QVERIFY(refused(wish(X, holes, 2), ErrorKind::Input, "the right matrix"));
    AnalysisRequest complex = wish(X, Y, 2);
    complex.problem.Y = makeMatrix(Matrix<Complex>(Y.cast<Complex>()));
    QVERIFY(refused(complex, ErrorKind::Input, "--complex"));
    QVERIFY(refused(wish(X, Y, 2, "als"), ErrorKind::Usage, "no such method for a product"));
    QVERIFY(refused(wish(X, Y, 0), ErrorKind::Usage, "at least 1"));
    AnalysisRequest byEnergy = wish(X, Y, 2);
    byEnergy.budget = ByEnergy{0.9};
    QVERIFY(refused(byEnergy, ErrorKind::Usage, "pairs"));
    AnalysisRequest repeated = wish(X, Y, 2, "svd");
    repeated.trials = 5;
    QVERIFY(refused(repeated, ErrorKind::Usage, "draws nothing"));
    AnalysisRequest perChannel = wish(X, Y, 2);
    perChannel.problem.perChannel = true;
    QVERIFY(refused(perChannel, ErrorKind::Usage, "whole matrices"));
    QVERIFY(refused(wish(X * 1e200, Y * 1e200, 2), ErrorKind::Input, "beyond the range of double"));
    QVERIFY(refused(wish(X * 1e-200, Y * 1e-200, 2), ErrorKind::Input, "below the range of double"));
    const auto small = analyse(wish(gaussian(200, 3, 1), gaussian(3, 200, 2), 2), cache, {.memory = 100000});
    QVERIFY(!small && small.error().kind == ErrorKind::Compute);
  }

  // The exhibit's shapes, sizes and kind of norms: the formula and the mean of 4000 draws agree, and sampling by norms
  // stands between uniform sampling, worse by a multiple, and the largest 20, better by one.
  void theExhibitHolds() {
    const auto norms = [](std::uint64_t seed) -> Vector<double> {
      return (0.8 * gaussian(200, 1, seed)).array().exp();
    };
    const Matrix<double> X = gaussian(40, 200, 1) * norms(3).asDiagonal(),
                         Y = norms(4).asDiagonal() * gaussian(200, 30, 2);
    const auto relative = [&](const std::string& scheme) {
      AnalysisRequest request = wish(X, Y, 20, "cr", {{"scheme", scheme}});
      request.trials = scheme == "top" ? 0 : 4000;
      const AnalysisPtr made = answerTo(request);
      const double expected = theoryOf(*made).expectedSquaredError;
      if (made->trials) {
        const Vector<double>& errors = made->trials->squaredErrors;
        const double spread = std::sqrt((errors.array() - errors.mean()).square().sum() / 3999.0);
        if (std::abs(errors.mean() - expected) > 5 * spread / std::sqrt(4000.0)) return -1.0;
        // Right on average, poor each time: the mean is far nearer than any single estimate.
        if (made->trials->meanError(3999) > 0.1 * std::sqrt(errors.minCoeff())) return -2.0;
      }
      return std::sqrt(expected) / made->product->summary().fro;
    };
    const double best = relative("norm"), uniform = relative("uniform"), top = relative("top");
    const double floor = *answerTo(wish(X, Y, 20, "svd"))->errors.froRelative;
    qInfo("norm %.3f, uniform %.3f, top %.3f, SVD %.3f", best, uniform, top, floor);
    QVERIFY(best > 1 && uniform > 1.3 * best);
    QVERIFY(top > 0 && top < 0.5 * best && floor < top);
  }
};

QTEST_GUILESS_MAIN(TstProduct)
#include "tst_product.moc"
