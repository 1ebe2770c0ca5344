// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabBar>
#include <QTemporaryDir>
#include <QToolButton>
#include <QUndoStack>
#include <cmath>

#include "core/methods/pinv.h"
#include "tests/support/support.h"
#include "ui/pages/convergence_panel.h"
#include "ui/pages/exporter.h"
#include "ui/pages/inverse_panel.h"
#include "ui/pages/matrix_controller.h"
#include "ui/pages/matrix_page.h"
#include "ui/pages/plot_panel.h"
#include "ui/plots/figures.h"
#include "ui/plots/plot_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/parts.h"

using namespace rankscope;
using namespace rankscope::ui;

namespace {

constexpr int kPatience = 30000;  // ms; generous, a busy machine is not a failure

const Series* find(const Figure& figure, const char* id) {
  for (const Series& series : figure.series) {
    if (series.id == QLatin1String(id)) return &series;
  }
  return nullptr;
}

const Marker* markerOf(const Figure& figure, const char* id) {
  for (const Marker& marker : figure.markers) {
    if (marker.id == QLatin1String(id)) return &marker;
  }
  return nullptr;
}

/// diag(1, ½, ¼ …) of size 12 × 10.
Matrix<double> graded() {
  Matrix<double> M = Matrix<double>::Zero(12, 10);
  for (Index i = 0; i < 10; ++i) M(i, i) = std::pow(2.0, -static_cast<double>(i));
  return M;
}

}  // namespace

/// The tabs below the pictures, in the Matrix room without its window.
class TstPlotTabs : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase();
  void init();
  void cleanup();
  void aTabIsThereForWhatTheAnswerHolds();
  void whatWasRunStaysOnTheErrorPlot();
  void anEmptyTabSaysWhatToDo();
  void convergenceShowsOptimumAndSlope();
  void convergenceIsDrawnOnceItIsInFront();
  void stepsChangeTheIterationsAndUndoBringsThemBack();
  void aWholePlayIsOneUndoStep();
  void aPathWithoutACountIsLookedAtStepByStep();
  void theCutOffIsDraggedAsOneStep();
  void aDragIsComputedOnceItRests();
  void theRidgeReplacesTheCutOff();
  void penroseNumbersAreThoseOfTheInverse();
  void anInverseIsThereThoughTheMethodFails();
  void theInversesPlotIsSeenWholeInASmallWindow();
  void theInverseLeavesAsAFile();
  void anotherMethodSaysWhatIsTrueOfIt();

 private:
  template <class T>
  T* child(const char* name) {
    return m_page->findChild<T*>(QString::fromLatin1(name));
  }
  void show(MatrixPtr matrix) {
    const InputSpec spec{.location = "test:matrix", .view = {}};
    m_session->setLoaded(spec, {.matrix = std::move(matrix), .title = "matrix", .dtype = "float64"});
    m_session->edit("open", 0, [&](SessionState& state) {
      state.inputs = {spec};
      state.matrix.input = 0;
      state.matrix.budget = ByDial{3};
    });
  }
  void choose(const char* tab) { m_page->controller().setView("tab", tab, QStringLiteral("Tab")); }
  void settle() { QTRY_VERIFY_WITH_TIMEOUT(m_page->isSettled(), kPatience); }
  QString row(const char* name) {
    const auto* value = child<NumberRow>(name);
    return value ? value->value() : QStringLiteral("no such row");
  }

  QTemporaryDir m_folder;
  std::unique_ptr<ComputeService> m_service;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<MatrixPage> m_page;
};

void TstPlotTabs::initTestCase() {
  QStandardPaths::setTestModeEnabled(true);
  loadFonts();
  applyTheme(*qApp, ThemeChoice::Light);
}

void TstPlotTabs::init() {
  m_service = std::make_unique<ComputeService>(coreFormats(), 2, std::size_t{1} << 30);
  m_session = std::make_unique<Session>();
  m_page = std::make_unique<MatrixPage>(*m_session, *m_service, nullptr);
  m_page->resize(1200, 800);
  m_page->show();
}

void TstPlotTabs::cleanup() {
  m_page.reset();
  m_service.reset();
  m_session.reset();
}

void TstPlotTabs::aTabIsThereForWhatTheAnswerHolds() {
  show(makeMatrix(graded()));
  settle();
  const auto* tabs = child<QTabBar>("plotTabs");
  constexpr int kLayers = 2, kStructure = 3, kConvergence = 4, kInverse = 5;
  QVERIFY(tabs->isTabVisible(kLayers));
  QVERIFY(!tabs->isTabVisible(kStructure));
  QVERIFY(!tabs->isTabVisible(kConvergence));
  QVERIFY(tabs->isTabVisible(kInverse));
  m_page->controller().setMethod("als");
  settle();
  QVERIFY(tabs->isTabVisible(kConvergence));
  QVERIFY(!tabs->isTabVisible(kStructure));
  m_page->controller().setMethod("cur");
  settle();
  QVERIFY(tabs->isTabVisible(kStructure));
  QVERIFY(!tabs->isTabVisible(kConvergence));
}

void TstPlotTabs::whatWasRunStaysOnTheErrorPlot() {
  show(makeMatrix(graded()));
  choose("error");
  settle();
  MatrixRoomController& controller = m_page->controller();
  controller.setMethod("cur");
  settle();
  QTRY_VERIFY_WITH_TIMEOUT(controller.isMeasured(), kPatience);
  const double cur = *controller.analysis()->errors.froRelative;
  controller.setRank(4);
  QTRY_VERIFY_WITH_TIMEOUT(m_page->isSettled() && controller.isMeasured(), kPatience);
  const Figure shown = m_page->plots()->currentFigure();
  QCOMPARE(find(shown, "run-cur")->x, QVector<double>{3});  // rank 4 is shown itself
  controller.setMethod("svd");
  QTRY_VERIFY_WITH_TIMEOUT(m_page->isSettled() && controller.isMeasured(), kPatience);
  const Figure figure = m_page->plots()->currentFigure();
  const Series* run = find(figure, "run-cur");
  QVERIFY(run);
  QCOMPARE(run->look, Series::Points);
  QCOMPARE(run->x, (QVector<double>{3, 4}));
  QCOMPARE(run->y.front(), cur);
  QVERIFY(!find(figure, "run-svd"));  // that is the floor
  // Another matrix begins without.
  show(makeMatrix(Matrix<double>(graded().transpose())));
  QTRY_VERIFY_WITH_TIMEOUT(m_page->isSettled(), kPatience);
  QVERIFY(!find(m_page->plots()->currentFigure(), "run-cur"));
}

void TstPlotTabs::anEmptyTabSaysWhatToDo() {
  auto* convergence = child<ConvergencePanel>("convergencePanel");
  auto* inverse = child<InversePanel>("inversePanel");
  choose("convergence");
  QVERIFY(!convergence->figure().emptyText.isEmpty());
  choose("inverse");
  QCOMPARE(inverse->figure().emptyText, QString("Open a matrix to see its pseudo-inverse"));
  show(makeMatrix(Matrix<double>(Matrix<double>::Zero(4, 3))));
  settle();
  QVERIFY(!inverse->figure().emptyText.isEmpty());
  QVERIFY(inverse->figure().series.empty());
}

void TstPlotTabs::convergenceShowsOptimumAndSlope() {
  show(makeMatrix(graded()));
  m_page->controller().setMethod("als");
  choose("convergence");
  settle();
  const AnalysisPtr analysis = m_page->controller().analysis();
  const Figure error = convergenceFigure(*analysis, 0, ConvergenceAxis::Value);
  double tail = 0, all = 0;
  for (int i = 9; i >= 0; --i) (i >= 3 ? tail : all) += std::pow(4.0, -i);
  RS_NEAR(find(error, "optimum")->y.front(), std::sqrt(tail / (tail + all)), 1e-14);
  // No step is below the optimum, but for rounding.
  for (const double value : find(error, "values")->y) QVERIFY(value >= find(error, "optimum")->y.front() * (1 - 1e-12));
  // σ₄/σ₃ = ½: the squared excess shrinks by 1/16 a sweep.
  const Figure excess = convergenceFigure(*analysis, 0, ConvergenceAxis::Excess);
  const Series* slope = find(excess, "predicted");
  QVERIFY(slope && slope->y.size() > 2);
  RS_NEAR(slope->y[2] / slope->y[0], 1.0 / 16, 1e-12);
  // And it does: where both are drawn they agree to a factor of two.
  const Series* seen = find(excess, "values");
  for (qsizetype i = 0; i < slope->x.size(); ++i) {
    const double measured = seen->y[seen->x.indexOf(slope->x[i])];
    QVERIFY(measured < 2 * slope->y[i] && slope->y[i] < 2 * measured);
  }
}

void TstPlotTabs::convergenceIsDrawnOnceItIsInFront() {
  show(makeMatrix(graded()));
  m_page->controller().setMethod("als");
  settle();
  auto* panel = child<ConvergencePanel>("convergencePanel");
  QVERIFY(panel->figure().series.empty());
  choose("convergence");
  QVERIFY(find(panel->figure(), "values"));
}

void TstPlotTabs::stepsChangeTheIterationsAndUndoBringsThemBack() {
  show(makeMatrix(graded()));
  m_page->controller().setMethod("als");
  choose("convergence");
  settle();
  const auto params = [&] { return m_session->state().matrix.params; };
  const auto steps = [&] {
    const auto& path = std::get<Convergence>(m_page->controller().analysis()->parts.front()->diagnostics.front());
    return static_cast<Index>(path.values.size()) / 2;  // a sweep solves twice
  };
  const Index made = steps();
  child<QToolButton>("convergenceBack")->click();
  settle();
  QCOMPARE(std::get<Index>(params().at("iterations")), made - 1);
  QCOMPARE(steps(), made - 1);
  // What comes after it stays in sight.
  QCOMPARE(find(child<ConvergencePanel>("convergencePanel")->figure(), "values")->x.size(), 2 * made);
  QCOMPARE(markerOf(child<ConvergencePanel>("convergencePanel")->figure(), "step")->x, double(made - 1));
  m_session->undoStack().undo();
  QVERIFY(params().empty());
}

void TstPlotTabs::aWholePlayIsOneUndoStep() {
  show(makeMatrix(graded()));
  // At once: a longer run seen before would be played to its end.
  m_session->edit("choose", 0, [](SessionState& state) {
    state.matrix.method = "als";
    state.matrix.params = {{"iterations", Index{4}}};
  });
  choose("convergence");
  settle();
  const int before = m_session->undoStack().count();
  auto* panel = child<ConvergencePanel>("convergencePanel");
  std::vector<Index> seen;
  connect(m_session.get(), &Session::stateChanged, this, [&](const SessionState&, const SessionState& after) {
    seen.push_back(std::get<Index>(after.matrix.params.at("iterations")));
  });
  child<QToolButton>("convergencePlay")->click();
  QVERIFY(panel->isPlaying());
  QTRY_VERIFY_WITH_TIMEOUT(!panel->isPlaying(), kPatience);
  QCOMPARE(seen, std::vector<Index>({1, 2, 3, 4}));
  // It ends where it began: nothing is left to undo. Stopped half way it is one step.
  QCOMPARE(m_session->undoStack().count(), before);
  child<QToolButton>("convergencePlay")->click();
  QTRY_VERIFY_WITH_TIMEOUT(seen.back() == 2, kPatience);
  child<QToolButton>("convergencePlay")->click();
  QVERIFY(!panel->isPlaying());
  QCOMPARE(m_session->undoStack().count(), before + 1);
  m_session->undoStack().undo();
  QCOMPARE(std::get<Index>(m_session->state().matrix.params.at("iterations")), Index{4});
}

void TstPlotTabs::aPathWithoutACountIsLookedAtStepByStep() {
  show(makeMatrix(graded()));
  m_page->controller().setMethod("lanczos");
  choose("convergence");
  settle();
  const Figure whole = m_page->plots()->currentFigure();
  const int steps = m_session->undoStack().count();
  const double last = markerOf(whole, "step")->x;
  QVERIFY(last > 2);
  QCOMPARE(find(whole, "values")->y.size(), static_cast<qsizetype>(last));
  child<QToolButton>("convergenceBack")->click();
  const Figure before = m_page->plots()->currentFigure();
  QCOMPARE(markerOf(before, "step")->x, last - 1);
  QCOMPARE(find(before, "values")->y, find(whole, "values")->y);  // the way beyond stays in sight
  QCOMPARE(child<QLabel>("stepLabel")->text(), QStringLiteral("step %1 of %2").arg(last - 1).arg(last));
  child<QToolButton>("convergencePlay")->click();
  QCOMPARE(markerOf(m_page->plots()->currentFigure(), "step")->x, 1.0);
  QTRY_VERIFY_WITH_TIMEOUT(!child<ConvergencePanel>("convergencePanel")->isPlaying(), kPatience);
  QCOMPARE(markerOf(m_page->plots()->currentFigure(), "step")->x, last);
  QCOMPARE(m_session->undoStack().count(), steps);  // looking changes nothing
}

void TstPlotTabs::theCutOffIsDraggedAsOneStep() {
  show(makeMatrix(graded()));
  choose("inverse");
  settle();
  QCOMPARE(row("inverseRank"), QString("10 of 10"));
  auto* plot = child<PlotView>("inversePlot");
  const int before = m_session->undoStack().count();
  emit plot->markerPressed("cut");
  emit plot->markerDragged("cut", 0.01);
  emit plot->markerDragged("cut", 0.1);
  QCOMPARE(row("inverseRank"), QString("4 of 10"));  // at once: 1, ½, ¼, ⅛ are above
  emit plot->markerReleased("cut");
  QCOMPARE(m_session->undoStack().count(), before + 1);
  settle();
  QCOMPARE(row("inverseNorm"), QString("8"));
  QCOMPARE(viewValue(m_session->state(), "inverse-rcond"), std::string("0.1"));
  m_session->undoStack().undo();
  settle();
  QCOMPARE(row("inverseRank"), QString("10 of 10"));
}

void TstPlotTabs::aDragIsComputedOnceItRests() {
  show(makeMatrix(graded()));
  choose("inverse");
  settle();
  auto* plot = child<PlotView>("inversePlot");
  const auto idle = [this] { return m_page->isSettled() && !m_service->busy(); };
  QTRY_VERIFY_WITH_TIMEOUT(idle(), kPatience);
  const std::size_t before = m_service->cache().bytes();
  emit plot->markerPressed("cut");
  emit plot->markerDragged("cut", 0.3);
  emit plot->markerReleased("cut");
  QTRY_VERIFY_WITH_TIMEOUT(idle(), kPatience);
  const std::size_t one = m_service->cache().bytes() - before;  // what an inverse of this size takes there
  QVERIFY(one > 0);
  emit plot->markerPressed("cut");
  emit plot->markerDragged("cut", 0.01);
  QCoreApplication::processEvents();
  QVERIFY(!m_service->busy());  // the line has not come to rest
  emit plot->markerDragged("cut", 0.1);
  QCoreApplication::processEvents();
  QVERIFY(!m_service->busy());
  emit plot->markerReleased("cut");
  QTRY_VERIFY_WITH_TIMEOUT(idle(), kPatience);
  QCOMPARE(*child<InversePanel>("inversePanel")->answer()->request.rcond, 0.1);
  QCOMPARE(m_service->cache().bytes(), before + 2 * one);
}

void TstPlotTabs::theRidgeReplacesTheCutOff() {
  show(makeMatrix(graded()));
  choose("inverse");
  settle();
  auto* cut = child<QLineEdit>("rcondEdit");
  auto* ridge = child<QLineEdit>("ridgeEdit");
  const auto type = [](QLineEdit* edit, const QString& text) {
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, text);
    QTest::keyClick(edit, Qt::Key_Return);
  };
  type(cut, "0.1");
  QCOMPARE(viewNumber(m_session->state(), "inverse-rcond"), 0.1);
  type(ridge, "0.25");
  QCOMPARE(viewNumber(m_session->state(), "inverse-ridge"), 0.25);
  QVERIFY(!m_session->state().view.contains("inverse-rcond"));
  settle();
  QCOMPARE(row("inverseNorm"), QString("1"));  // σ/(σ²+λ) at σ = ½ = √λ is 1/(2√λ)
  m_page->controller().setView("inverse-plot", "ridge", "Plot");
  QCOMPARE(markerOf(child<InversePanel>("inversePanel")->figure(), "ridge")->x, 0.25);
  type(ridge, "a word");  // is no number: what was there stays
  QCOMPARE(viewNumber(m_session->state(), "inverse-ridge"), 0.25);
}

void TstPlotTabs::penroseNumbersAreThoseOfTheInverse() {
  const MatrixPtr A = makeMatrix(test::gaussian(20, 12, 3));
  show(A);
  choose("inverse");
  settle();
  const auto made = pinv<double>(*A, {}, 0, Context{});
  QVERIFY(made);
  const InverseAnswerPtr answer = child<InversePanel>("inversePanel")->answer();
  QVERIFY(answer);
  for (std::size_t i = 0; i < 4; ++i) {
    QVERIFY(made->about.penrose[i] <= 30);    // docs/mathematics.md
    QVERIFY(answer->about.penrose[i] <= 30);  // with other threads: rounding differs
    QCOMPARE(row(("penrose" + std::to_string(i + 1)).c_str()), showNumber(answer->about.penrose[i], 3));
  }
}

void TstPlotTabs::anInverseIsThereThoughTheMethodFails() {
  const Matrix<Complex> A = Matrix<Complex>::Identity(4, 4) * Complex(0, 2);
  show(makeMatrix(A));
  m_page->controller().setMethod("als");  // works on real numbers only
  choose("inverse");
  QTRY_VERIFY_WITH_TIMEOUT(child<InversePanel>("inversePanel")->answer(), kPatience);
  QCOMPARE(row("inverseNorm"), QString("0.5"));
}

void TstPlotTabs::theInversesPlotIsSeenWholeInASmallWindow() {
  show(makeMatrix(graded()));
  choose("inverse");
  settle();
  const auto* panel = child<InversePanel>("inversePanel");
  const auto* plot = child<PlotView>("inversePlot");
  const auto* which = child<QComboBox>("inverseCombo");
  const auto place = [&](const QWidget* part) { return QRect(part->mapTo(panel, QPoint()), part->size()); };
  QVERIFY(place(which).left() > place(plot).right());
  for (const int height : {700, 900}) {
    m_page->resize(850, height);
    // The numbers stand below, and the first of them says so.
    QTRY_VERIFY(place(which).top() > place(plot).bottom());
    QTRY_VERIFY(panel->rect().contains(place(plot)));
    QTRY_VERIFY(place(which).top() < panel->height());
  }
}

void TstPlotTabs::theInverseLeavesAsAFile() {
  show(makeMatrix(Matrix<double>(2 * Matrix<double>::Identity(3, 3))));
  choose("inverse");
  settle();
  Exporter exporter(m_page->controller(), *m_session, *m_service, nullptr);
  QCOMPARE(exporter.command(), QString("rankscope-cli pinv test:matrix"));
  const QString path = m_folder.filePath("inverse.npy");
  QSignalSpy saved(m_service.get(), &ComputeService::saved);
  exporter.saveInverse(path, child<InversePanel>("inversePanel")->answer());
  QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kPatience);
  std::vector<Text> notices;
  const auto back =
      rankscope::load({.location = path.toStdString(), .view = {}}, m_service->formats(), Context{}, notices);
  QVERIFY(back);
  QCOMPARE(back->matrix->at(1, 1), 0.5);
}

// The best possible is said to be the best possible, and not what the method reaches.
void TstPlotTabs::anotherMethodSaysWhatIsTrueOfIt() {
  show(makeMatrix(graded()));
  m_page->controller().setMethod("als");
  settle();
  QCOMPARE(m_page->controller().error().sign, ErrorNow::Equal);
  m_page->controller().setRank(4);
  const ErrorNow moving = m_page->controller().error();
  QVERIFY(moving.sign == ErrorNow::AtLeast || moving.sign == ErrorNow::Unknown);
  settle();
  QCOMPARE(m_page->controller().error().sign, ErrorNow::Equal);
}

QTEST_MAIN(TstPlotTabs)
#include "tst_plot_tabs.moc"
