// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/support/support.h"
#include "ui/plots/axis_scale.h"
#include "ui/plots/figures.h"
#include "ui/theme/theme.h"

using namespace rankscope;
using namespace rankscope::ui;

namespace {

std::shared_ptr<const Spectrum> spectrumOf(const std::vector<double>& sigma, Index rows, Index cols) {
  auto s = std::make_shared<Spectrum>();
  s->sigma = Eigen::Map<const Vector<double>>(sigma.data(), static_cast<Index>(sigma.size()));
  s->fro = s->sigma.norm();
  s->rows = rows;
  s->cols = cols;
  s->exact = s->complete = true;
  s->ranks = rankStatistics(s->sigma, rows, cols);
  return s;
}

/// An approximation of rank `dial` with made-up factors: entry (i, j) of both is i + 100 j.
ApproximationPtr partOf(const Spectrum& s, Index dial) {
  auto part = std::make_shared<Approximation>();
  const auto entry = [](Index i, Index j) { return static_cast<double>(i + 100 * j); };
  part->rows = s.rows;
  part->cols = s.cols;
  part->dial = dial;
  part->maxDial = s.sigma.size();
  part->nested = true;
  part->parameters = static_cast<double>(part->maxDial * (s.rows + s.cols));
  part->form = LowRank{.left = Matrix<double>(Matrix<double>::NullaryExpr(s.rows, part->maxDial, entry)),
                       .weights = s.sigma,
                       .right = Matrix<double>(Matrix<double>::NullaryExpr(
                           part->maxDial, s.cols, [&](Index i, Index j) { return entry(j, i); }))};
  return part;
}

Analysis analysisOf(const std::vector<std::shared_ptr<const Spectrum>>& floors, const std::vector<Index>& dials) {
  Analysis analysis;
  analysis.quality = Quality::Exact;
  analysis.floors = floors;
  analysis.dials = dials;
  for (std::size_t i = 0; i < floors.size(); ++i) analysis.parts.push_back(partOf(*floors[i], dials[i]));
  return analysis;
}

Analysis channels() {
  Analysis analysis =
      analysisOf({spectrumOf({4, 2, 1}, 3, 5), spectrumOf({3, 2, 1}, 3, 5), spectrumOf({5, 1, 1}, 3, 5)}, {1, 2, 2});
  analysis.request.problem.perChannel = true;
  analysis.request.problem.X = makeMatrix(Matrix<double>(Matrix<double>::Ones(3, 15)), {{"red"}, {"green"}, {"blue"}});
  return analysis;
}

const Series* find(const Figure& figure, const QString& id) {
  for (const Series& series : figure.series) {
    if (series.id == id) return &series;
  }
  return nullptr;
}

const Marker* marker(const Figure& figure, const QString& id) {
  for (const Marker& m : figure.markers) {
    if (m.id == id) return &m;
  }
  return nullptr;
}

}  // namespace

class TstFigures : public QObject {
  Q_OBJECT

 private slots:
  void theSpectrumHoldsEveryValueAndTheShareOfEnergy() {
    const Analysis analysis = analysisOf({spectrumOf({4, 2, 2, 1}, 4, 6)}, {2});
    const Figure figure = spectrumFigure(analysis, SpectrumAxes::LogLog, {});
    const Series* sigma = find(figure, "sigma");
    QVERIFY(sigma);
    QCOMPARE(sigma->x, QVector<double>({1, 2, 3, 4}));
    QCOMPARE(sigma->y, QVector<double>({4, 2, 2, 1}));
    QCOMPARE(sigma->look, Series::Area);
    QCOMPARE(figure.x.scale, FigureAxis::Log);
    QCOMPARE(figure.y.scale, FigureAxis::Log);
    const Series* energy = find(figure, "energy");
    QVERIFY(energy && energy->secondAxis && energy->dashed);
    QCOMPARE(energy->y.size(), 4);
    // 16, 20, 24, 25 of 25; each step rounds a square, a sum and a quotient: a few ε.
    const double expected[] = {16. / 25, 20. / 25, 24. / 25, 1};
    for (int i = 0; i < 4; ++i) RS_NEAR(energy->y[i], expected[i], 16 * 0x1p-52);
    const Marker* rank = marker(figure, "rank");
    QVERIFY(rank && rank->draggable);
    QCOMPARE(rank->x, 2.0);
    QCOMPARE(rank->label, QString("rank 2"));
  }

  void axesFollowTheWish() {
    const Analysis analysis = analysisOf({spectrumOf({4, 2, 2, 1}, 4, 6)}, {2});
    const Figure semi = spectrumFigure(analysis, SpectrumAxes::SemiLog, {});
    QCOMPARE(semi.x.scale, FigureAxis::Linear);
    QCOMPARE(semi.y.scale, FigureAxis::Log);
    QCOMPARE(spectrumFigure(analysis, SpectrumAxes::Linear, {}).y.scale, FigureAxis::Linear);
  }

  void zerosStandAtTheFootAndAreNotDropped() {
    const Figure exact = spectrumFigure(analysisOf({spectrumOf({4, 2, 0, 0}, 4, 4)}, {2}), SpectrumAxes::LogLog, {});
    QCOMPARE(exact.y.scale, FigureAxis::Symlog);
    QCOMPARE(exact.y.zeroLabel, QString("0"));
    QCOMPARE(find(exact, "sigma")->y.size(), 4);
    // Below max(n,m)·ε·σ₁ it is rounding; the number itself stays in the data.
    const Figure rounding =
        spectrumFigure(analysisOf({spectrumOf({4, 2, 1e-16}, 4, 3)}, {2}), SpectrumAxes::LogLog, {});
    QCOMPARE(rounding.y.zeroLabel, QString("≈ 0"));
    RS_NEAR(rounding.y.zeroBelow, 4 * 0x1p-52 * 4, 1e-20);
    QCOMPARE(find(rounding, "sigma")->y.last(), 1e-16);
    const Figure nothing = spectrumFigure(analysisOf({spectrumOf({0, 0}, 2, 2)}, {0}), SpectrumAxes::LogLog, {});
    QCOMPARE(nothing.y.scale, FigureAxis::Linear);
    QCOMPARE(find(nothing, "energy")->y, QVector<double>({1, 1}));
  }

  void rulesAreMarkedWithTheirRank() {
    std::vector<double> sigma;
    for (int i = 0; i < 40; ++i) sigma.push_back(i < 5 ? 100.0 / (i + 1) : 1.0 - 0.02 * i);
    const auto spectrum = spectrumOf(sigma, 40, 60);
    const Figure figure = spectrumFigure(analysisOf({spectrum}, {3}), SpectrumAxes::LogLog, {});
    const Marker* rule = marker(figure, "gavish-donoho");
    QVERIFY(rule && !rule->draggable);
    QCOMPARE(rule->x, static_cast<double>(rankByGavishDonoho(*spectrum)));
    QVERIFY(rule->label.endsWith(QString::number(rankByGavishDonoho(*spectrum))));
    QCOMPARE(marker(figure, "energy-90")->x, static_cast<double>(rankByEnergy(*spectrum, 0.9)));
    QVERIFY(!marker(figure, "numerical"));  // full rank says nothing
    const Series* edge = find(figure, "edge");
    QVERIFY(edge && edge->y[0] == *marchenkoPasturEdge(*spectrum));
  }

  void aSketchHasNoRulesAndSaysThatItIsAnEstimate() {
    Analysis analysis = analysisOf({spectrumOf({4, 2, 1}, 8, 9)}, {2});
    auto part = std::make_shared<Approximation>(*analysis.parts[0]);
    Spectrum estimate = *analysis.floors[0];
    estimate.exact = estimate.complete = false;
    estimate.fro = 6;  // there is more than was seen
    part->diagnostics = {estimate};
    analysis.parts = {part};
    analysis.floors.clear();
    const Figure figure = spectrumFigure(analysis, SpectrumAxes::LogLog, {});
    QVERIFY(find(figure, "sigma")->name.contains("estimated"));
    QCOMPARE(figure.markers.size(), std::size_t{1});
    RS_NEAR(find(figure, "energy")->y.last(), 21.0 / 36, 16 * 0x1p-52);
    QVERIFY(errorFigure(analysis, BudgetAxis::Rank, {}).series.empty());
  }

  void theShuffledCopyTakesThePlaceOfTheEdge() {
    Analysis analysis = analysisOf({spectrumOf({9, 2, 1.5, 1}, 4, 6)}, {1});
    analysis.reference = spectrumOf({3, 2.5, 2, 1.5}, 4, 6);
    const Figure figure = spectrumFigure(analysis, SpectrumAxes::LogLog, {});
    QVERIFY(!find(figure, "edge"));
    QCOMPARE(find(figure, "reference")->y, QVector<double>({3, 2.5, 2, 1.5}));
  }

  void channelsAreOverlaidInTheirColours() {
    const Analysis analysis = channels();
    const Figure figure = spectrumFigure(analysis, SpectrumAxes::LogLog, {});
    QCOMPARE(find(figure, "sigma-red")->colour, 9);
    QCOMPARE(find(figure, "sigma-green")->colour, 6);
    QCOMPARE(find(figure, "sigma-blue")->y, QVector<double>({5, 1, 1}));
    QCOMPARE(marker(figure, "rank")->x, 2.0);
    QCOMPARE(marker(figure, "rank-0")->label, QString("red 1"));
    // 16 + 9 + 25 of 21 + 14 + 27.
    RS_NEAR(find(figure, "energy")->y[0], 50.0 / 62, 16 * 0x1p-52);
  }

  void pinnedSpectraAreAddedOnceAndOnlyWhenOther() {
    const auto same = spectrumOf({4, 2, 2, 1}, 4, 6);
    const Analysis analysis = analysisOf({same}, {2});
    const auto pin = std::make_shared<Analysis>(analysisOf({same}, {3}));
    const auto other = std::make_shared<Analysis>(analysisOf({spectrumOf({7, 1}, 2, 6)}, {1}));
    const Figure figure =
        spectrumFigure(analysis, SpectrumAxes::LogLog, {{"SVD · 3", 2, pin}, {"other", 4, other}, {"none", 5, {}}});
    QVERIFY(!find(figure, "pin1"));
    QCOMPARE(find(figure, "pin2")->y, QVector<double>({7, 1}));
    QCOMPARE(find(figure, "pin2")->colour, 4);
    QVERIFY(!find(figure, "pin3"));
  }

  void withoutDataAFigureSaysSo() {
    const Figure spectrum = spectrumFigure(Analysis{}, SpectrumAxes::LogLog, {});
    QVERIFY(spectrum.series.empty());
    QVERIFY(!spectrum.emptyText.isEmpty());
    QVERIFY(!errorFigure(Analysis{}, BudgetAxis::Rank, {}).emptyText.isEmpty());
    QVERIFY(figuresOf(Analysis{}).empty());
  }

  void theFloorIsTheOptimumForEveryRank() {
    Analysis analysis = analysisOf({spectrumOf({4, 2, 2, 1}, 4, 6)}, {2});
    analysis.errors.froRelative = 0.5;
    const Figure figure = errorFigure(analysis, BudgetAxis::Rank, {});
    const Series* floor = find(figure, "floor");
    QVERIFY(floor);
    QCOMPARE(floor->colour, 0);
    QCOMPARE(floor->x, QVector<double>({0, 1, 2, 3, 4}));
    const double expected[] = {1, 3. / 5, std::sqrt(5.) / 5, 1. / 5, 0};
    for (int r = 0; r <= 4; ++r) RS_NEAR(floor->y[r], expected[r], 16 * 0x1p-52);
    QCOMPARE(figure.y.scale, FigureAxis::Symlog);  // the last error is zero
    const Series* current = find(figure, "current");
    QCOMPARE(current->x, QVector<double>({2}));
    QCOMPARE(current->y, QVector<double>({0.5}));
    QCOMPARE(current->name, QString("SVD · 2"));
    QCOMPARE(current->colour, methodColour("svd"));
    QVERIFY(marker(figure, "rank")->draggable);
  }

  void againstNumbersKeptEveryStepCostsBothSides() {
    Analysis analysis = analysisOf({spectrumOf({4, 2, 2, 1}, 4, 6)}, {2});
    analysis.errors.froRelative = 0.5;
    auto pin = std::make_shared<Analysis>(analysis);
    pin->dials = {1};
    pin->errors.froRelative = 0.7;
    const Figure figure = errorFigure(analysis, BudgetAxis::Parameters, {{"SVD · 1", 3, pin}});
    QCOMPARE(find(figure, "floor")->x, QVector<double>({0, 10, 20, 30, 40}));
    QCOMPARE(find(figure, "current")->x[0], analysis.parameters());
    QCOMPARE(find(figure, "pin1")->y[0], 0.7);
    QCOMPARE(marker(figure, "whole")->x, 24.0);
    QVERIFY(!marker(figure, "rank"));
  }

  void theFloorOfChannelsAddsTheirSquares() {
    const Figure figure = errorFigure(channels(), BudgetAxis::Parameters, {});
    const Series* floor = find(figure, "floor");
    QCOMPARE(floor->x, QVector<double>({0, 24, 48, 72}));
    RS_NEAR(floor->y[1], std::sqrt((5. + 5. + 2.) / 62.), 16 * 0x1p-52);
  }

  void aLayerIsAColumnOfUAndARowOfV() {
    const Analysis analysis = analysisOf({spectrumOf({4, 2, 1}, 3, 5)}, {2});
    const Figure figure = layerFigure(analysis, 0, 2);
    QCOMPARE(find(figure, "u")->y, QVector<double>({200, 201, 202}));
    QCOMPARE(find(figure, "v")->y, QVector<double>({200, 201, 202, 203, 204}));
    QCOMPARE(find(figure, "u")->name, QString("u₃"));
    QVERIFY_EXCEPTION_THROWN(layerFigure(analysis, 0, 3), std::invalid_argument);
    QVERIFY_EXCEPTION_THROWN(layerFigure(analysis, 1, 0), std::invalid_argument);
  }

  void complexLayersShowModuli() {
    Analysis analysis = analysisOf({spectrumOf({4}, 1, 1)}, {1});
    auto part = std::make_shared<Approximation>(*analysis.parts[0]);
    part->form = LowRank{.left = Matrix<Complex>(Matrix<Complex>::Constant(1, 1, Complex(3, 4))),
                         .weights = part->lowRank()->weights,
                         .right = Matrix<Complex>(Matrix<Complex>::Constant(1, 1, Complex(0, -2)))};
    analysis.parts = {part};
    const Figure figure = layerFigure(analysis, 0, 0);
    QCOMPARE(find(figure, "u")->y[0], 5.0);
    QCOMPARE(find(figure, "v")->y[0], 2.0);
    QCOMPARE(find(figure, "u")->name, QString("|u₁|"));
  }

  void convergenceGoesByWhatTheMethodSaysOfIt() {
    Convergence path{.quantity = "relative error", .values = {0.5, 0.4, 0.3, 0.28}, .perIteration = 2, .counter = {}};
    QCOMPARE(stepsOf(path), QVector<double>({0.5, 1, 1.5, 2}));
    Analysis analysis = analysisOf({spectrumOf({4, 2, 1, 0.5}, 4, 6)}, {2});
    const auto excess = [&] {
      Approximation part = *analysis.parts.front();
      part.diagnostics = {path};
      analysis.parts = {std::make_shared<const Approximation>(part)};
      return convergenceFigure(analysis, 0, ConvergenceAxis::Excess);
    };
    QVERIFY(!find(excess(), "predicted"));  // no theory
    path.excessPower = 4;
    const Figure figure = excess();
    const Series* predicted = find(figure, "predicted");
    QVERIFY(predicted);
    QCOMPARE(predicted->x, QVector<double>({1, 1.5, 2}));
    RS_NEAR(predicted->y[2] / predicted->y[0], 1.0 / 16, 1e-14);  // (σ₃/σ₂)⁴ from one iteration to the next
    path.perIteration = 1;
    QCOMPARE(stepsOf(path), QVector<double>({1, 2, 3, 4}));
  }

  void diagnosticsOfEveryTypeAreKnown() {
    QVERIFY(!diagnosticFigure(*spectrumOf({1}, 1, 1)));
    const auto selection = diagnosticFigure(Selection{{4, 0}, {2}});
    QCOMPARE(find(*selection, "rows")->y, QVector<double>({5, 1}));
    QVERIFY(!diagnosticFigure(Convergence{.quantity = "relative error", .values = {1, 0.5}, .counter = {}}));
    Probabilities probabilities;
    probabilities.weights = Vector<double>::LinSpaced(3, 1, 3);
    probabilities.p = Vector<double>::Constant(3, 1.0 / 3);
    const auto bars = diagnosticFigure(probabilities);
    QCOMPARE(find(*bars, "weights")->y[2], 0.5);  // 3 of 1 + 2 + 3
    QCOMPARE(find(*bars, "p")->look, Series::Bars);
    BlockStructure blocks;
    blocks.sigma1 = (Matrix<double>(1, 2) << 1, 4).finished();
    blocks.sigma2 = (Matrix<double>(1, 2) << 0.5, 0).finished();
    const auto tiles = diagnosticFigure(blocks);
    QCOMPARE(find(*tiles, "sigma1")->y, QVector<double>({4, 1}));
    QCOMPARE(find(*tiles, "sigma2")->y, QVector<double>({0, 0.5}));
    Trials trials;
    trials.meanError = Vector<double>::Constant(4, 1);
    trials.expectedSquaredError = 4;
    QCOMPARE(find(*diagnosticFigure(trials), "predicted")->y[3], 1.0);  // √(4/4)
    Inverse inverse;
    QVERIFY(!diagnosticFigure(inverse));
    inverse.sigma = (Vector<double>(2) << 2, 1e-20).finished();
    inverse.inverseSigma = (Vector<double>(2) << 0.5, 0).finished();
    inverse.cut = 1e-15;
    inverse.rank = 1;
    const auto mirror = diagnosticFigure(inverse);
    QCOMPARE(find(*mirror, "sigma")->x, QVector<double>({2}));
    QCOMPARE(find(*mirror, "inverse")->x, QVector<double>({0.5}));
    QCOMPARE(find(*mirror, "dropped")->x, QVector<double>({1e-20}));
    QCOMPARE(mirror->markers.front().x, 1e-15);
    RS_NEAR(*mirror->x.min * *mirror->x.max, 1, 4 * 0x1p-52);  // a mirror about 1
    // Just above the cut-off ‖A⁺‖ is at its highest, below it that of the others.
    const Figure norm = inverseFigures(inverse).back();
    QCOMPARE(find(norm, "above")->y.front(), 1 / 1e-15);
    QCOMPARE(find(norm, "below")->y.back(), 0.5);
  }

  void figuresHaveDistinctNamesAndACaption() {
    Analysis analysis = channels();
    analysis.errors.froRelative = 0.3;
    QStringList ids;
    for (const Figure& figure : figuresOf(analysis)) {
      ids << figure.id;
      QVERIFY(!figure.title.isEmpty());
      QVERIFY(!figure.caption.isEmpty());
    }
    QCOMPARE(ids, QStringList({"spectrum", "error", "layer", "layer-2", "layer-3"}));
  }

  void theCaptionSaysWhatWasDone() {
    Analysis analysis = analysisOf({spectrumOf({4, 2, 2, 1}, 4, 6)}, {24});
    analysis.request.seed = 7;
    const QString end = QStringLiteral(" · seed 7 · Rankscope " RANKSCOPE_VERSION);
    QCOMPARE(captionOf(analysis, "chelsea.png"), "SVD · rank 24 of chelsea.png" + end);
    analysis.errors.froRelative = analysis.errors.optimalFroRelative = 0.136612;
    QCOMPARE(captionOf(analysis, "chelsea.png"), "SVD · rank 24 of chelsea.png · error 13.66\u00a0% (optimum)" + end);
    analysis.errors.optimalFroRelative = 0.13;
    analysis.request.method = "rsvd";
    QCOMPARE(captionOf(analysis, {}), "RSVD · rank 24 · error 13.66\u00a0% (optimum 13\u00a0%)" + end);
    analysis.quality = Quality::Preview;
    QVERIFY(captionOf(analysis, {}).contains("preview"));
    QVERIFY(captionOf(channels(), {}).startsWith("SVD · ranks 1, 2, 2 · "));
  }

  void aTableHasAColumnForEachSeriesAndARowForEachX() {
    Figure figure;
    figure.x.title = "index";
    figure.series.push_back({.id = "a", .name = "first, quoted \"a\"", .x = {2, 1}, .y = {0.1, 1}});
    figure.series.push_back({.id = "b", .name = {}, .x = {1, 3}, .y = {std::nan(""), 5e-324}});
    const FigureTable table = tableOf(figure);
    QCOMPARE(table.header, QStringList({"index", "first, quoted \"a\"", "b"}));
    QCOMPARE(table.rows.size(), std::size_t{3});
    QCOMPARE(table.rows[0], QStringList({"1", "1", ""}));
    QCOMPARE(table.rows[1], QStringList({"2", "0.1", ""}));
    QCOMPARE(table.rows[2][2].toDouble(), 5e-324);
    QCOMPARE(textOf(table).section('\n', 0, 1), QString("index,\"first, quoted \"\"a\"\"\",b\n1,1,"));
    QVERIFY(textOf(table, u'\t').startsWith("index\t\"first, quoted \"\"a\"\"\"\tb\n"));
  }

  void scalesGoThereAndBack() {
    const QVector<double> values{0, 1e-3, 5, 2e4};
    FigureAxis axis;
    axis.scale = FigureAxis::Symlog;
    const AxisScale scale = fitScale(axis, {&values}, true);
    QVERIFY(scale.hasZero);
    QVERIFY(scale.forward(0) < scale.forward(1e-3));
    for (const double v : values) RS_NEAR(scale.inverse(scale.forward(v)), v, 1e-12 * v);
    axis.scale = FigureAxis::Log;
    const AxisScale log = fitScale(axis, {&values}, false);
    QVERIFY(std::isnan(log.forward(0)));  // a gap, not a line to the bottom
    QVERIFY(std::isnan(log.forward(std::numeric_limits<double>::infinity())));
    RS_NEAR(log.low, -3, 1e-12);
  }

  void ticksAreFewAndRound_data() {
    QTest::addColumn<int>("scale");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<double>("pixels");
    QTest::addColumn<QStringList>("labels");
    QTest::newRow("1-2-5") << int(FigureAxis::Log) << 1.0 << 427.0 << 740.0
                           << QStringList({"1", "2", "5", "10", "20", "50", "100", "200"});
    QTest::newRow("decades") << int(FigureAxis::Log) << 0.04 << 600.0 << 300.0
                             << QStringList({"0.1", "1", "10", "100"});
    QTest::newRow("powers") << int(FigureAxis::Log) << 1e-12 << 1.0 << 300.0
                            << QStringList({"10⁻¹²", "10⁻¹⁰", "10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "1"});
    QTest::newRow("less than a decade") << int(FigureAxis::Log) << 0.8 << 1.0 << 300.0
                                        << QStringList({"0.80", "0.85", "0.90", "0.95", "1.00"});
    QTest::newRow("linear") << int(FigureAxis::Linear) << 0.0 << 560.0 << 300.0
                            << QStringList({"0", "100", "200", "300", "400", "500"});
    QTest::newRow("both signs") << int(FigureAxis::Linear) << -0.11 << 0.11 << 200.0
                                << QStringList({"−0.10", "−0.05", "0.00", "0.05", "0.10"});
  }
  void ticksAreFewAndRound() {
    QFETCH(int, scale);
    QFETCH(double, low);
    QFETCH(double, high);
    QFETCH(double, pixels);
    QFETCH(QStringList, labels);
    FigureAxis axis;
    axis.scale = static_cast<FigureAxis::Scale>(scale);
    const QVector<double> values{low, high};
    const AxisScale fitted = fitScale(axis, {&values}, false);
    QStringList found;
    for (const Tick& tick : ticksOf(fitted, fitted.low, fitted.high, pixels, 40)) {
      found << tick.label;
      QVERIFY(tick.t >= fitted.low - 1e-6 && tick.t <= fitted.high + 1e-6);
    }
    QCOMPARE(found, labels);
  }

  void aShareIsShownInPercent() {
    FigureAxis axis;
    axis.percent = true;
    const QVector<double> values{0, 1};
    const AxisScale scale = fitScale(axis, {&values}, false);
    const auto ticks = ticksOf(scale, scale.low, scale.high, 200, 40);
    QCOMPARE(ticks.front().label, QString("0\u00a0%"));
    QCOMPARE(ticks.back().label, QString("100\u00a0%"));
  }

  void countsHaveNoTicksBetweenThem() {
    for (const auto kind : {FigureAxis::Linear, FigureAxis::Log}) {
      for (const double last : {1.0, 2.0, 3.0, 7.0, 40.0, 900.0}) {
        FigureAxis axis;
        axis.scale = kind;
        axis.whole = true;
        const QVector<double> values{1, last};
        const AxisScale scale = fitScale(axis, {&values}, false);
        const auto ticks = ticksOf(scale, scale.low, scale.high, 700, 70);
        QVERIFY(!ticks.empty());
        for (const Tick& tick : ticks) {
          const double value = scale.inverse(tick.t);
          RS_NEAR(value, std::round(value), 1e-9 * last);
          QVERIFY2(!tick.label.contains(u'.'), qPrintable(tick.label));
        }
      }
    }
  }

  void categoriesAreNamedInTicksAndTable() {
    const Bounds bounds{.names = {"first", "second"},
                        .values = Vector<double>::Constant(2, 3),
                        .measured = Vector<double>::Constant(2, 2)};
    const auto figure = diagnosticFigure(bounds);
    QVERIFY(figure.has_value());
    const AxisScale scale = fitScale(figure->x, {}, false);
    QCOMPARE(scale.forward(2), 2.0);
    const std::vector<Tick> ticks = ticksOf(scale, scale.low, scale.high, 10, 60);  // however narrow
    QCOMPARE(ticks.size(), std::size_t{2});
    QCOMPARE(ticks[1].label, QString("second"));
    const FigureTable table = tableOf(*figure);
    QCOMPARE(table.rows[0], QStringList({"first", "3", "2"}));
  }

  void nothingButZerosStandsAtTheFootOfTheAxis() {
    FigureAxis axis;
    const QVector<double> values{0, 0, 0};
    const AxisScale scale = fitScale(axis, {&values}, true);
    QCOMPARE(scale.low, 0.0);
    QVERIFY(scale.high >= 1);
  }

  void oneValueStillHasAnAxis() {
    for (const auto kind : {FigureAxis::Linear, FigureAxis::Log, FigureAxis::Symlog}) {
      for (const double v : {1.0, 1e-300, 1e300}) {
        FigureAxis axis;
        axis.scale = kind;
        const QVector<double> values{v};
        const AxisScale scale = fitScale(axis, {&values}, true);
        QVERIFY(std::isfinite(scale.low) && std::isfinite(scale.high) && scale.high > scale.low);
        QVERIFY(ticksOf(scale, scale.low, scale.high, 300, 40).size() < 20);
      }
    }
  }
};

QTEST_MAIN(TstFigures)
#include "tst_figures.moc"
