// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/product_page.h"

#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QTemporaryDir>
#include <cmath>
#include <limits>

#include "core/methods/cr.h"
#include "core/picture/plane.h"
#include "tests/support/support.h"
#include "ui/document/session_file.h"
#include "ui/pages/exporter.h"
#include "ui/pages/matrix_controller.h"
#include "ui/pages/product_controller.h"
#include "ui/pages/product_strip.h"
#include "ui/plots/plot_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/probability_bars.h"

using namespace rankscope;
using namespace rankscope::ui;

namespace {

constexpr int kPatience = 30000;  // ms

struct Room {
  Session session;
  ComputeService service{coreFormats(), 2, std::size_t{1} << 30};
  ProductPage page{session, service, nullptr};

  Room() {
    session.edit("room", 0, [](SessionState& state) { state.room = "product"; });
    page.resize(1200, 800);
    page.show();
  }
  ProductController& controller() { return page.controller(); }
  bool ready() { return controller().isSettled() && controller().probabilities() && controller().analysis()->complete; }
  double expected() { return controller().probabilities()->expectedSquaredError; }
  double minimal() { return controller().probabilities()->minimalSquaredError; }
  const ParamValues& params() { return session.state().product.params; }
  const AnyMatrix& input(bool y) { return *session.loaded(*controller().spec(y))->matrix; }
  QString expectedShown() { return page.findChild<QLabel*>("expectedError")->text(); }
  QString shown(const char* row) { return page.findChild<NumberRow*>(row)->value(); }
  QPushButton* button(const char* name) { return page.findChild<QPushButton*>(name); }

  ProductStrip& strip() { return *page.strip(); }
  Canvas& canvas(ProductStrip::Which which) { return *strip().pane(which)->canvas(); }
  const Frame& frame(ProductPictures::Which which) { return *strip().pictures().frame(which); }
  bool isDrawn() { return ready() && page.isSettled() && strip().pictures().frame(ProductPictures::Whole); }
  void showDraws(Index fallen) { strip().showDraws(*controller().probabilities(), fallen); }
  const Approximation& estimate() { return *controller().analysis()->parts.front(); }
};

Matrix<double> entriesOf(const AnyMatrix& matrix) { return **matrix.entries<double>(Context{}); }

Matrix<double> entriesOf(const PicturePtr& picture) {
  Matrix<double> out(picture->rows, picture->cols);
  for (Index i = 0; i < out.rows(); ++i) {
    for (Index j = 0; j < out.cols(); ++j)
      out(i, j) = static_cast<double>(picture->planes.front()[static_cast<std::size_t>(i * out.cols() + j)]);
  }
  return out;
}

/// Σ of the first `count` drawn pairs, as they are scaled in C and R.
Matrix<double> sumOf(const Approximation& estimate, Index count) {
  const LowRank& form = *estimate.lowRank();
  return std::get<Matrix<double>>(form.left).leftCols(count) * std::get<Matrix<double>>(form.right).topRows(count);
}

/// Where two pictures differ, on average.
QPointF centreOfChange(const QImage& a, const QImage& b) {
  QPointF sum;
  int count = 0;
  for (int y = 0; y < a.height(); ++y) {
    for (int x = 0; x < a.width(); ++x) {
      if (a.pixel(x, y) == b.pixel(x, y)) continue;
      sum += QPointF(x + 0.5, y + 0.5);
      ++count;
    }
  }
  return count > 0 ? sum / count : QPointF(-1, -1);
}

}  // namespace

class TstProductRoom : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    loadFonts();
    applyTheme(*qApp, ThemeChoice::Light);
  }

  void anEmptyRoomInvitesToASample() {
    Room room;
    QVERIFY(room.page.isSettled());
    room.page.findChild<QPushButton*>("productSample")->click();
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    QCOMPARE(room.controller().analysis()->trials->squaredErrors.size(), Index{1000});
    // The norm product is the least: equal but for the rounding of two sums of 48 terms.
    RS_NEAR(room.expected(), room.minimal(), 100 * std::numeric_limits<double>::epsilon() * room.expected());
    QVERIFY(room.page.command().contains("product gallery:gaussian"));
  }

  void draggingABarRaisesTheExpectedErrorInOneStep() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    const int steps = room.session.undoStack().count();
    const double before = room.expected();
    auto* bars = room.page.findChild<ProbabilityBars*>("probabilityBars");
    const QPoint foot = bars->barBox(5).center().toPoint();
    QTest::mousePress(bars, Qt::LeftButton, {}, foot);
    QTest::mouseMove(bars, {foot.x(), 40});
    QTest::mouseMove(bars, {foot.x(), 20});
    QTest::mouseRelease(bars, Qt::LeftButton, {}, {foot.x(), 20});
    QCOMPARE(room.session.undoStack().count(), steps + 1);
    QCOMPARE(std::get<std::string>(room.session.state().product.params.at("scheme")), std::string("own"));
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    QVERIFY(room.expected() > before);
    QVERIFY(room.expected() > room.minimal());
    room.session.undoStack().undo();
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    QCOMPARE(room.expected(), before);
  }

  void keysChooseAndMoveABar() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    auto* bars = room.page.findChild<ProbabilityBars*>("probabilityBars");
    QTest::keyClick(bars, Qt::Key_Home);
    QTest::keyClick(bars, Qt::Key_Right);
    QCOMPARE(bars->chosen(), Index{1});
    const double p = room.controller().probabilities()->p(1);
    QTest::keyClick(bars, Qt::Key_Up);
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    // A tenth more, as long as no pair is at the least share; that shifts the sum by less than 1e-4.
    RS_NEAR(room.controller().probabilities()->p(1), 1.1 * p, 2e-4 * p);
  }

  void oneMatrixCanBeAProduct() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    const Matrix<double> M = entriesOf(room.input(false));
    const Matrix<double> gram = M.transpose() * M;
    for (const auto& [form, expected] : {std::pair("identity", M), std::pair("gram", gram)}) {
      room.controller().setForm(form);
      QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
      const Matrix<double> product = entriesOf(*room.controller().analysis()->product);
      QCOMPARE(product.rows(), expected.rows());
      QCOMPARE(product.cols(), expected.cols());
      // Sums of n = 40 products: n·eps·‖M‖² in each of two ways to add them up.
      RS_AT_MOST((product - expected).norm(), 80 * std::numeric_limits<double>::epsilon() * M.squaredNorm());
      QVERIFY2(room.page.command().contains(QStringLiteral("--form %1").arg(form)), qPrintable(room.page.command()));
    }
    QCOMPARE(room.page.subject(), QStringLiteral("%1ᵀ · %1").arg(inputTitle(*room.controller().spec(false))));
  }

  void aMatrixWithItselfIsComputedAgain() {
    Room room;
    room.controller().openSample();
    for (const char* form : {"identity", "gram"}) {
      room.controller().setForm(form);
      QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
      const AnalysisPtr before = room.controller().analysis();
      room.controller().retry();
      QVERIFY(!room.controller().analysis());
      QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
      QCOMPARE(room.controller().analysis()->product->fingerprint(), before->product->fingerprint());
    }
  }

  void theFormComesBackWhileTheOtherIsPrepared() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    const double expected = room.expected();
    for (int i = 0; i < 3; ++i) {
      room.controller().setForm("gram");
      QCOMPARE(room.controller().stage(), Stage::Computing);
      if (i == 1) QTest::qWait(0);
      room.session.undoStack().undo();
      QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
      QCOMPARE(room.expected(), expected);
      QCOMPARE(room.controller().analysis()->product->cols(), Index{36});
    }
  }

  void anotherProblemTakesTheNumbersAway() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    QVERIFY(!room.controller().curves().empty());
    const double before = room.controller().curves().front().relative(0);
    room.controller().setForm("gram");
    QVERIFY(!room.controller().probabilities() && !room.controller().analysis());
    QVERIFY(room.controller().curves().empty() && room.controller().sizes().empty());
    QCOMPARE(room.expectedShown(), QStringLiteral("–"));
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    QVERIFY(room.controller().curves().front().relative(0) != before);
  }

  void cancellingOffersToCompute_data() {
    QTest::addColumn<QString>("what");
    for (const char* what : {"reading", "preparing", "multiplying"}) QTest::newRow(what) << QString::fromLatin1(what);
  }

  void cancellingOffersToCompute() {
    QFETCH(QString, what);
    Room room;
    room.controller().openSample();
    QCOMPARE(room.controller().stage(), Stage::Loading);
    if (what != QStringLiteral("reading")) {
      QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
      if (what == QStringLiteral("preparing")) {
        room.controller().setForm("gram");
      } else {
        room.controller().setPairs(30);
      }
    }
    room.service.cancelLoads();
    room.controller().cancel();
    QCOMPARE(room.controller().stage(), Stage::Offer);
    QVERIFY(room.controller().isSettled());
    QVERIFY(!room.controller().probabilities());  // those of another wish
    QVERIFY(room.button("productCompute")->isVisible());
    QVERIFY(!room.button("productSample")->isVisible());
    QTest::mouseClick(room.button("productCompute"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    QCOMPARE(room.controller().stage(), Stage::Ready);
    QCOMPARE(room.controller().pairs(), room.session.state().product.pairs);
  }

  void undoBringsBackWhatWasBeforeTheCancelledWish() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    const QString before = room.expectedShown();
    room.controller().setPairs(30);
    room.controller().cancel();
    room.session.undoStack().undo();
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    QCOMPARE(room.expectedShown(), before);
  }

  void allNumbersAreOfTheEstimateShown() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    const std::vector<const char*> rows = {"minimalRow", "uniformRow", "topRow", "floorRow", "estimateRow"};
    QStringList before(room.expectedShown());
    for (const char* row : rows) before << room.shown(row);
    const Index r = room.session.state().product.pairs + 20;
    room.controller().setPairs(r);
    QCOMPARE(room.controller().stage(), Stage::Updating);
    QStringList during(room.expectedShown());
    for (const char* row : rows) during << room.shown(row);
    QCOMPARE(during, before);  // the marker alone is ahead
    QCOMPARE(room.page.findChild<PlotView*>("schemesPlot")->figure().markers.front().x, static_cast<double>(r));
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    const Problem& problem = room.controller().analysis()->request.problem;
    const auto relative = [&](const char* scheme) {
      const std::vector<Index> at = {r};
      const auto square = crErrorCurve(problem, {{"scheme", std::string(scheme)}}, at, Context{});
      return showPercent(std::sqrt((*square)(0)) / room.controller().productNorm());
    };
    QCOMPARE(room.expectedShown(), relative("norm"));
    QCOMPARE(room.shown("uniformRow"), relative("uniform"));
    QCOMPARE(room.shown("topRow"), relative("top"));
  }

  void pairsAskedForBeforeTheInputsAreKnownStay() {
    Room room;
    room.controller().openSample();
    room.controller().setPairs(30);
    QCOMPARE(room.session.state().product.pairs, Index{30});
  }

  void drawingSaysWhichSchemesItTakes() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    auto* scheme = room.page.findChild<QComboBox*>("schemeCombo");
    for (const char* drawing : {"poisson", "wta"}) {
      room.controller().setParam("replacement", drawing);
      QVERIFY(!scheme->isEnabled() && !scheme->toolTip().isEmpty());
      QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    }
    room.controller().setShare(5, 0.3);  // probabilities of one's own are for drawing with replacement
    QVERIFY(!room.params().contains("replacement"));
    QVERIFY(scheme->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    RS_NEAR(room.controller().probabilities()->p(5), 0.3, 1e-3);  // but for the least share of the others
    room.controller().setParam("replacement", "without");
    QTRY_VERIFY_WITH_TIMEOUT(room.ready() || room.controller().failure(), kPatience);
    QVERIFY(!room.controller().failure());
    QCOMPARE(scheme->currentData().toString(), QStringLiteral("uniform"));
    QVERIFY(!room.params().contains("probabilities"));
    room.controller().setParam("scheme", "leverage");
    QTRY_VERIFY_WITH_TIMEOUT(room.ready() || room.controller().failure(), kPatience);
    QVERIFY(!room.controller().failure());
  }

  void theListsAreThoseOfTheMethod() {
    Room room;
    const Method* method = findMethod("cr", Kind::Product);
    for (const auto& [name, combo] :
         {std::pair{"scheme", "schemeCombo"}, std::pair{"replacement", "replacementCombo"}}) {
      const auto spec = std::find_if(method->params.begin(), method->params.end(),
                                     [wanted = name](const ParamSpec& one) { return one.name == wanted; });
      auto* box = room.page.findChild<QComboBox*>(combo);
      QCOMPARE(box->count(), static_cast<int>(spec->choices.size()));
      for (int i = 0; i < box->count(); ++i) {
        QCOMPARE(box->itemData(i).toString().toStdString(), spec->choices[static_cast<std::size_t>(i)]);
        QVERIFY2(box->itemText(i) != box->itemData(i).toString(), qPrintable(box->itemText(i)));  // has a title
      }
    }
  }

  void ownProbabilitiesAreOfOneProduct() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    const std::vector<std::function<void()>> changes = {[&] { room.controller().setForm("gram"); },
                                                        [&] { room.controller().setSide(true, 0); },
                                                        [&] { room.controller().swapSides(); }};
    for (const auto& change : changes) {
      room.controller().setShare(3, 0.5);
      QVERIFY(room.params().contains("probabilities"));
      change();
      QVERIFY(!room.params().contains("probabilities"));
      QVERIFY(!room.params().contains("scheme"));
      room.session.undoStack().undo();
      QVERIFY(room.params().contains("probabilities"));
      room.session.undoStack().undo();
      QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    }
  }

  void draggingABarComputesItsOwnCurveAlone() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    const auto& curves = room.controller().curves();
    QCOMPARE(curves.size(), std::size_t{4});
    const double* kept = curves.front().relative.data();
    room.controller().setShare(3, 0.5);
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    QCOMPARE(curves.size(), std::size_t{5});
    QCOMPARE(curves.back().scheme, std::string("own"));
    QCOMPARE(curves.front().relative.data(), kept);
  }

  void theChosenPlotIsPartOfTheSession() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    auto* tabs = room.page.findChild<QTabBar*>("productTabs");
    auto* plot = room.page.findChild<PlotView*>("trialsPlot");
    const QString spread = plot->figure().id;
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(1).center());
    QCOMPARE(viewValue(room.session.state(), "trials-plot"), std::string("mean"));
    QVERIFY(plot->figure().id != spread);
    room.session.undoStack().undo();
    QCOMPARE(tabs->currentIndex(), 0);
    QCOMPARE(plot->figure().id, spread);
  }

  void theFigureIsThatOfTheViewUsedLast() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    QCOMPARE(room.page.currentFigure().id, QStringLiteral("schemes"));
    auto* bars = room.page.findChild<ProbabilityBars*>("probabilityBars");
    auto* lower = room.page.findChild<PlotView*>("trialsPlot");
    QTest::mouseClick(bars, Qt::LeftButton, {}, {2, 2});
    room.button("productSwap")->setFocus();  // the way to a command is no other view
    QCOMPARE(room.page.currentFigure().id, QStringLiteral("probabilities"));
    QTest::mouseClick(lower, Qt::LeftButton, {}, lower->rect().center());
    QCOMPARE(room.page.currentFigure().id, QStringLiteral("trials"));
    const QString caption = room.page.currentFigure().caption;
    QVERIFY2(caption.contains(room.page.subject()) && room.page.subject().contains(QStringLiteral(" · ")),
             qPrintable(caption));
  }

  void playingDrawsStops() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    QPushButton* play = room.button("playDraws");
    QCOMPARE(play->text(), QStringLiteral("Play the draws"));
    play->click();
    QCOMPARE(play->text(), QStringLiteral("Stop"));
    QVERIFY(!room.page.isSettled());
    play->click();
    QCOMPARE(play->text(), QStringLiteral("Play the draws"));
    QTRY_VERIFY_WITH_TIMEOUT(room.page.isSettled(), kPatience);  // the estimate of all draws is drawn again
    play->click();
    QTRY_COMPARE_WITH_TIMEOUT(play->text(), QStringLiteral("Play the draws"), kPatience);  // by itself at the last draw
  }

  void theFactorsTheEstimateAndTheResidualAreSeen() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.isDrawn(), kPatience);
    const Matrix<double> product = entriesOf(*room.controller().analysis()->product);
    const Matrix<double> estimate = sumOf(room.estimate(), room.estimate().maxDial);
    const Frame& frame = room.frame(ProductPictures::Whole);
    QVERIFY(entriesOf(room.frame(ProductPictures::Left).originalBase) ==
            entriesOf(room.input(false)).cast<float>().cast<double>());
    QVERIFY(entriesOf(room.frame(ProductPictures::Right).originalBase) ==
            entriesOf(room.input(true)).cast<float>().cast<double>());
    // Float factors and float sums of r products: (r + 2)·eps of what is added up, which is at most ‖C‖‖R‖.
    const double rounding = (static_cast<double>(room.estimate().maxDial) + 2) *
                            static_cast<double>(std::numeric_limits<float>::epsilon()) *
                            std::get<Matrix<double>>(room.estimate().lowRank()->left).norm() *
                            std::get<Matrix<double>>(room.estimate().lowRank()->right).norm();
    RS_AT_MOST((entriesOf(frame.approximationBase) - estimate).norm(), rounding);
    RS_AT_MOST((entriesOf(frame.residualBase) - (product - estimate)).norm(), 2 * rounding);
    QVERIFY(room.canvas(ProductStrip::Estimate).look() == room.canvas(ProductStrip::Beside).look());  // one scale
  }

  void theEstimateFollowsThePlayOfDraws() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.isDrawn(), kPatience);
    const Index all = room.estimate().maxDial, some = 3;
    room.showDraws(some);
    QTRY_COMPARE_WITH_TIMEOUT(room.strip().pictures().drawsInFrame(), some, kPatience);
    const Matrix<double> first = sumOf(room.estimate(), some) * (static_cast<double>(all) / static_cast<double>(some));
    const Matrix<double> shown = entriesOf(room.frame(ProductPictures::Whole).approximationBase);
    // As above, with the sizes of the factors that are summed bounded by those of all.
    RS_AT_MOST((shown - first).norm(), 4 * static_cast<double>(all) *
                                           static_cast<double>(std::numeric_limits<float>::epsilon()) *
                                           std::get<Matrix<double>>(room.estimate().lowRank()->left).norm() *
                                           std::get<Matrix<double>>(room.estimate().lowRank()->right).norm());
    QCOMPARE(room.strip().pane(ProductStrip::Estimate)->remark(), QStringLiteral("3 of 12 drawn"));
    QVERIFY(room.strip().pane(ProductStrip::Beside)->remark().isEmpty());  // the error of these is not known
    room.showDraws(0);
    QTRY_COMPARE_WITH_TIMEOUT(room.strip().pictures().drawsInFrame(), Index{0}, kPatience);
    QVERIFY(entriesOf(room.frame(ProductPictures::Whole).approximationBase).isZero(0));
    // The first of such draws are no estimate of their own.
    room.controller().setParam("replacement", "poisson");
    QTRY_VERIFY_WITH_TIMEOUT(room.isDrawn(), kPatience);
    room.showDraws(1);
    QTRY_VERIFY_WITH_TIMEOUT(room.isDrawn(), kPatience);
    QCOMPARE(room.strip().pictures().drawsInFrame(), room.estimate().maxDial);
  }

  void playingGoesThroughTheEstimates() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.isDrawn(), kPatience);
    std::vector<Index> seen;
    connect(&room.strip().pictures(), &ProductPictures::frameChanged, &room.page,
            [&] { seen.push_back(room.strip().pictures().drawsInFrame()); });
    room.button("playDraws")->click();
    QTRY_VERIFY_WITH_TIMEOUT(room.page.isSettled(), kPatience);
    QVERIFY(seen.size() >= 3 && std::is_sorted(seen.begin(), seen.end()));
    QCOMPARE(seen.back(), room.estimate().maxDial);
    QVERIFY(seen.front() < seen.back());
  }

  void drawnPairsAreMarkedOnTheFactors() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.isDrawn(), kPatience);
    QTest::qWait(100);  // the colours are chosen at most every 80 ms
    room.showDraws(0);
    Canvas &X = room.canvas(ProductStrip::Left), &Y = room.canvas(ProductStrip::Right);
    const QImage plainX = X.grab().toImage(), plainY = Y.grab().toImage();
    room.showDraws(1);
    const auto first = static_cast<double>(room.controller().probabilities()->draws.front());
    // A wedge is alike on both sides of its column or row, but for the rounding to pixels.
    RS_NEAR(centreOfChange(plainX, X.grab().toImage()).x(), X.pointAt({first + 0.5, 0}).x(), 1);
    RS_NEAR(centreOfChange(plainY, Y.grab().toImage()).y(), Y.pointAt({0, first + 0.5}).y(), 1);
  }

  void theEstimateAndItsResidualMoveTogether() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.isDrawn(), kPatience);
    Canvas &estimate = room.canvas(ProductStrip::Estimate), &beside = room.canvas(ProductStrip::Beside);
    const View before = room.canvas(ProductStrip::Left).view();
    const int steps = room.session.undoStack().count();
    estimate.zoomBy(2, {20, 20});
    QCOMPARE(beside.view().scale, estimate.view().scale);
    QCOMPARE(beside.view().centre, estimate.view().centre);
    beside.zoomBy(2, {40, 40});
    QCOMPARE(estimate.view().centre, beside.view().centre);
    QCOMPARE(viewNumber(room.session.state(), "product-zoom"), estimate.view().scale);
    QVERIFY(room.canvas(ProductStrip::Left).view() == before);
    QCOMPARE(room.session.undoStack().count(), steps);  // saved, and no step
  }

  void theProductStandsBesideTheEstimateWhenAskedFor() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.isDrawn(), kPatience);
    QCOMPARE(room.strip().pane(ProductStrip::Beside)->title(), QStringLiteral("Residual"));
    QTest::qWait(100);
    const QImage residual = room.canvas(ProductStrip::Beside).grabPixels();
    room.session.edit("beside", 0, [](SessionState& state) { state.view["product-beside"] = "product"; });
    QCOMPARE(room.strip().pane(ProductStrip::Beside)->title(), QStringLiteral("X · Y"));
    QTest::qWait(100);
    QVERIFY(room.canvas(ProductStrip::Beside).grabPixels() != residual);
    room.session.undoStack().undo();
    QTest::qWait(100);
    QVERIFY(room.canvas(ProductStrip::Beside).grabPixels() == residual);
  }

  void aNarrowRoomShowsOnePicture() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.isDrawn(), kPatience);
    auto* tabs = room.page.findChild<QTabBar*>("pictureTabs");
    for (const auto which : ProductStrip::kAll) QVERIFY(room.strip().pane(which)->isVisible());
    QVERIFY(!tabs->isVisible());
    room.page.resize(1000, 640);
    QTRY_VERIFY(tabs->isVisible());
    for (const auto which : ProductStrip::kAll)
      QCOMPARE(room.strip().pane(which)->isVisible(), which == ProductStrip::Estimate);
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(ProductStrip::Left).center());
    for (const auto which : ProductStrip::kAll)
      QCOMPARE(room.strip().pane(which)->isVisible(), which == ProductStrip::Left);
    QCOMPARE(room.strip().front(), ProductStrip::Left);
    room.session.undoStack().undo();
    QVERIFY(room.strip().pane(ProductStrip::Estimate)->isVisible());
    room.page.resize(1200, 800);
    QTRY_VERIFY(!tabs->isVisible());
    QVERIFY(room.strip().pane(ProductStrip::Right)->isVisible());
  }

  void nothingIsDrawnWhileHidden() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.isDrawn(), kPatience);
    room.page.hide();
    QSignalSpy drawn(&room.service, &ComputeService::drawn);
    room.controller().setPairs(30);
    QTRY_VERIFY_WITH_TIMEOUT(room.ready() && room.controller().pairs() == 30, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!room.service.busy(), kPatience);
    QCOMPARE(drawn.count(), 0);
    room.page.show();
    QTRY_COMPARE_WITH_TIMEOUT(room.strip().pictures().drawsInFrame(), Index{30}, kPatience);
    QVERIFY(drawn.count() > 0);
  }

  void factorsAndEstimateAreSaved() {
    QTemporaryDir folder;
    Room room;
    MatrixRoomController matrix(room.session, room.service);
    Exporter exporter(matrix, room.session, room.service, nullptr);
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    QSignalSpy saved(&room.service, &ComputeService::saved);
    const QString file = folder.filePath("factors.npz"), one = folder.filePath("estimate.npy");
    exporter.saveFactors(file, room.controller().analysis(), room.page.storedTitle());
    exporter.saveEstimate(one, room.controller().analysis(), room.page.storedTitle());
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 2, kPatience);
    const auto read = [&](const QString& location) {
      std::vector<Text> notices;
      const auto loaded = load({.location = location.toStdString(), .view = {}}, coreFormats(), Context{}, notices);
      return loaded ? entriesOf(*loaded->matrix) : Matrix<double>();
    };
    const Matrix<double> C = read(file + "::C"), R = read(file + "::R");
    QVERIFY(C == std::get<Matrix<double>>(room.estimate().lowRank()->left));
    QVERIFY(R == std::get<Matrix<double>>(room.estimate().lowRank()->right));
    const Probabilities& drawn = *room.controller().probabilities();
    const auto list = [&](const char* name) {
      const Matrix<double> values = read(file + "::" + name);
      return std::vector<double>(values.data(), values.data() + values.size());
    };
    const std::vector<double> pairs(drawn.draws.begin(), drawn.draws.end());
    QCOMPARE(list("columns"), pairs);
    QCOMPARE(list("rows"), pairs);
    QCOMPARE(list("probabilities"), std::vector<double>(drawn.p.begin(), drawn.p.end()));
    QCOMPARE(list("weights"), std::vector<double>(drawn.weights.begin(), drawn.weights.end()));
    const Matrix<double> estimate = read(one);
    QCOMPARE(estimate.rows(), Index{40});
    // Two orders of summing r products.
    RS_AT_MOST((estimate - C * R).norm(),
               2 * static_cast<double>(C.cols()) * std::numeric_limits<double>::epsilon() * C.norm() * R.norm());
    QVERIFY(room.page.storedTitle().find(" times gallery:gaussian") != std::string::npos);
    // Each array in a file of its own: the dialog is told which ones would be replaced.
    QFile other(folder.filePath("a-R.npy"));
    QVERIFY(other.open(QIODevice::WriteOnly));
    QCOMPARE(exporter.replacedBySaveFactors(folder.filePath("a.npy"), *room.controller().analysis()),
             QStringList{"a-R.npy"});
  }

  void oneLargePairOfManyIsSeen() {
    constexpr Index kPairs = 50000, kLarge = 31234;
    Probabilities many;
    many.p = Vector<double>::Constant(kPairs, 1e-6);
    many.p(kLarge) = 1;
    many.weights = many.p;
    ProbabilityBars bars;
    bars.resize(668, 240);  // 600 columns of pixels
    bars.setProbabilities(many, 0);
    const QImage picture = bars.grab().toImage();
    const QRectF box = bars.barBox(kLarge);
    const int y = static_cast<int>(box.center().y());
    const QColor bar = mixed(theme().panel, theme().accent, 0.4);
    int seen = 0;
    for (int x = 0; x < picture.width(); ++x) seen += picture.pixelColor(x, y).rgb() == bar.rgb();
    QCOMPARE(seen, 1);
    QCOMPARE(picture.pixelColor(static_cast<int>(box.center().x()), y).rgb(), bar.rgb());
    // The mouse finds it there too.
    QTest::mousePress(&bars, Qt::LeftButton, {}, {static_cast<int>(box.center().x()), y});
    QCOMPARE(bars.chosen(), kLarge);
  }

  void sidesThatDoNotMatchAreToldAndMended() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    QSignalSpy failed(&room.controller(), &ProductController::failed);
    room.controller().swapSides();
    QTRY_VERIFY_WITH_TIMEOUT(room.controller().failure().has_value(), kPatience);
    QCOMPARE(failed.count(), 1);
    QCOMPARE(room.controller().stage(), Stage::Failed);
    QVERIFY(!room.controller().probabilities());
    room.controller().retry();
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 2, kPatience);  // an answer again, though the same
    room.controller().swapSides();
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    QVERIFY(!room.controller().failure());
  }
};

QTEST_MAIN(TstProductRoom)
#include "tst_product_room.moc"
