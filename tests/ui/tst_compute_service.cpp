// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compute/compute_service.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <new>

#include "tests/support/support.h"

using namespace rankscope;
using namespace rankscope::ui;

namespace {

constexpr int kWait = 120000;  // a bound for a hung service: the machine may be busy, and sanitizers slow
constexpr std::size_t kMemory = std::size_t{1} << 30;

AnalysisRequest requestFor(MatrixPtr matrix, Index rank) {
  AnalysisRequest request;
  request.problem.X = std::move(matrix);
  request.budget = ByDial{rank};
  return request;
}

FrameRequest frameOf(const std::shared_ptr<const Pyramid>& original, const AnalysisPtr& analysis, Index rank) {
  FrameRequest request;
  request.original = original;
  request.analysis = analysis;
  request.terms = {Terms{.dial = rank, .muted = {}}};
  request.visible = {.row = 0, .col = 0, .rows = original->rows(), .cols = original->cols()};
  return request;
}

// Everything a service says, with the check that it is said on this thread.
class Ear : public QObject {
 public:
  explicit Ear(ComputeService& service) {
    connect(&service, &ComputeService::loaded, this,
            [this](const InputSpec&, const Loaded& result, const QStringList&) {
              note();
              loaded.push_back(result);
            });
    connect(&service, &ComputeService::loadFailed, this,
            [this](const InputSpec&, const Error& error) { noteError(error); });
    connect(&service, &ComputeService::analysed, this, [this](quint64 generation, const AnalysisPtr& analysis) {
      note();
      generations.push_back(generation);
      analyses.push_back(analysis);
    });
    connect(&service, &ComputeService::analysisFailed, this, [this](quint64, const Error& error) { noteError(error); });
    connect(&service, &ComputeService::drawn, this, [this](quint64 generation, const FramePtr& frame) {
      note();
      drawn.push_back(generation);
      frames.push_back(frame);
    });
    connect(&service, &ComputeService::drawFailed, this, [this](quint64, const Error& error) { noteError(error); });
    connect(&service, &ComputeService::surveyFailed, this, [this](const Error& error) { noteError(error); });
    connect(&service, &ComputeService::saveFailed, this,
            [this](const QString&, const Error& error) { noteError(error); });
  }

  bool complete() const { return !analyses.empty() && analyses.back()->complete; }

  std::vector<Loaded> loaded;
  std::vector<quint64> generations, drawn;
  std::vector<AnalysisPtr> analyses;
  std::vector<FramePtr> frames;
  std::vector<Error> errors;
  bool elsewhere = false;

 private:
  void note() { elsewhere = elsewhere || QThread::currentThread() != thread(); }
  void noteError(const Error& error) {
    note();
    errors.push_back(error);
  }
};

}  // namespace

class TstComputeService : public QObject {
  Q_OBJECT

 private slots:
  void loadedAnalysedAndDrawnArriveOnTheUiThread();
  void errorsArrive();
  void exceptionsOfAJobBecomeErrors_data();
  void exceptionsOfAJobBecomeErrors();
  void theLastOfManyFramesAlwaysArrives();
  void whatDidNotChangeIsShared();
  void aReducedResidualShowsTheLargestEntries();
  void theDetailShowsTheVisiblePart();
  void aDragDoesNotRestartADecomposition();
  void cancelledAnalysesStaySilent();
  void busyEndsWithTheLastAnswer();
  void surveysComeInOrder();
  void anOwnerThatIsGoneHearsNothing();
  void destructionWhileBusyIsQuick();
  void destructionLetsAWriteFinish();
};

void TstComputeService::loadedAnalysedAndDrawnArriveOnTheUiThread() {
  ComputeService service(coreFormats(), 2, kMemory);
  Ear ear(service);
  service.load({.location = "gallery:hilbert,n=60", .view = {}});
  QTRY_COMPARE_WITH_TIMEOUT(ear.loaded.size(), std::size_t{1}, kWait);
  const MatrixPtr matrix = ear.loaded[0].matrix;
  QCOMPARE(matrix->rows(), Index{60});
  const quint64 generation = service.analyse(requestFor(matrix, 5));
  QTRY_VERIFY_WITH_TIMEOUT(ear.complete(), kWait);
  QCOMPARE(ear.generations.back(), generation);
  QVERIFY(ear.analyses.front()->quality == Quality::Preview || ear.analyses.front()->quality == Quality::Exact);
  const AnalysisPtr analysis = ear.analyses.back();
  QVERIFY(analysis->quality == Quality::Exact);
  QVERIFY(analysis->errors.froRelative);
  const auto pyramid = std::make_shared<const Pyramid>(matrix);
  service.draw(frameOf(pyramid, analysis, 5));
  QTRY_COMPARE_WITH_TIMEOUT(ear.frames.size(), std::size_t{1}, kWait);
  const FramePtr frame = ear.frames[0];
  QVERIFY(frame->complete);
  QVERIFY(frame->request.drawing);
  QVERIFY(frame->originalBase && frame->approximationBase && frame->residualBase);
  QVERIFY(!frame->originalDetail);  // the base shows all of a small matrix
  double sum = 0;
  for (const float r : frame->residualBase->planes[0]) sum += static_cast<double>(r) * static_cast<double>(r);
  // Drawn in float: each of the 60·60 residuals is off by at most a few float roundings of entries up to 1.
  RS_NEAR(std::sqrt(sum), *analysis->errors.fro, 60 * 8 * 0x1p-23);
  QVERIFY(!ear.elsewhere);
  QVERIFY(ear.errors.empty());
}

void TstComputeService::errorsArrive() {
  ComputeService service(coreFormats(), 1, kMemory);
  Ear ear(service);
  service.load({.location = "/no/such/file.npy", .view = {}});
  QTRY_COMPARE_WITH_TIMEOUT(ear.errors.size(), std::size_t{1}, kWait);
  QVERIFY(ear.errors[0].kind == ErrorKind::Input);
  QVERIFY(QString::fromStdString(ear.errors[0].message()).contains("/no/such/file.npy"));
  Matrix<double> values = test::gaussian(4, 4, 1);
  values(2, 1) = std::numeric_limits<double>::quiet_NaN();
  service.analyse(requestFor(makeMatrix(values), 2));
  QTRY_COMPARE_WITH_TIMEOUT(ear.errors.size(), std::size_t{2}, kWait);
  QVERIFY(ear.errors[1].kind == ErrorKind::Input);
  service.save("factors", [](const Context&) -> Result<Done> { return outputError("/x", "the disk is full"); });
  QTRY_COMPARE_WITH_TIMEOUT(ear.errors.size(), std::size_t{3}, kWait);
  QVERIFY(ear.errors[2].kind == ErrorKind::Output);
  QVERIFY(!ear.elsewhere);
  service.analyse(requestFor(makeMatrix(test::gaussian(4, 4, 1)), 2));  // and the lanes go on
  QTRY_VERIFY_WITH_TIMEOUT(ear.complete(), kWait);
}

void TstComputeService::exceptionsOfAJobBecomeErrors_data() {
  QTest::addColumn<int>("kind");
  QTest::addColumn<QString>("says");
  QTest::newRow("memory") << 0 << "memory";
  QTest::newRow("defect") << 1 << "a sharp edge";
  QTest::newRow("cancelled") << 2 << "";
}

void TstComputeService::exceptionsOfAJobBecomeErrors() {
  QFETCH(int, kind);
  QFETCH(QString, says);
  ComputeService service(coreFormats(), 1, kMemory);
  Ear ear(service);
  bool done = false, next = false;
  service.survey(
      this,
      [kind](const Context&) {
        if (kind == 0) throw std::bad_alloc();
        if (kind == 1) throw std::invalid_argument("a sharp edge");
        throw Cancelled{};
      },
      [&] { done = true; });
  service.survey(
      this, [](const Context&) {}, [&] { next = true; });
  QTRY_VERIFY_WITH_TIMEOUT(next, kWait);
  QVERIFY(!done);
  QCOMPARE(ear.errors.size(), says.isEmpty() ? std::size_t{0} : std::size_t{1});
  if (says.isEmpty()) return;
  QVERIFY(ear.errors[0].kind == ErrorKind::Compute);
  QVERIFY(QString::fromStdString(ear.errors[0].message()).contains(says));
}

void TstComputeService::theLastOfManyFramesAlwaysArrives() {
  ComputeService service(coreFormats(), 2, kMemory);
  Ear ear(service);
  const MatrixPtr matrix = makeMatrix(test::gaussian(300, 200, 3));
  service.analyse(requestFor(matrix, 100));
  QTRY_VERIFY_WITH_TIMEOUT(ear.complete(), kWait);
  const auto pyramid = std::make_shared<const Pyramid>(matrix);
  quint64 last = 0;
  for (Index rank = 1; rank <= 200; ++rank) {
    last = service.draw(frameOf(pyramid, ear.analyses.back(), rank));
    if (rank % 20 == 0) QCoreApplication::processEvents();
  }
  QTRY_VERIFY_WITH_TIMEOUT(!ear.drawn.empty() && ear.drawn.back() == last, kWait);
  QVERIFY(std::is_sorted(ear.drawn.begin(), ear.drawn.end()));
  QVERIFY(ear.frames.back()->complete);
  // All 200 terms, reached by corrections: the residual is rounding. 64 corrections and 200 terms of entries up to 5.
  for (const float r : ear.frames.back()->residualBase->planes[0]) RS_AT_MOST(std::abs(r), 264 * 5 * 0x1p-23);
}

void TstComputeService::whatDidNotChangeIsShared() {
  ComputeService service(coreFormats(), 1, kMemory);
  Ear ear(service);
  const MatrixPtr matrix = makeMatrix(test::gaussian(80, 60, 4));
  service.analyse(requestFor(matrix, 10));
  QTRY_VERIFY_WITH_TIMEOUT(ear.complete(), kWait);
  const auto pyramid = std::make_shared<const Pyramid>(matrix);
  for (const Index rank : {10, 10, 11}) {
    const std::size_t before = ear.frames.size();
    service.draw(frameOf(pyramid, ear.analyses.back(), rank));
    QTRY_COMPARE_WITH_TIMEOUT(ear.frames.size(), before + 1, kWait);
  }
  const auto& frames = ear.frames;
  QVERIFY(frames[0]->request.drawing == frames[2]->request.drawing);  // the factors are packed once
  QVERIFY(frames[0]->originalBase == frames[2]->originalBase);
  QVERIFY(frames[0]->approximationBase == frames[1]->approximationBase);
  QVERIFY(frames[0]->residualBase == frames[1]->residualBase);
  QVERIFY(frames[1]->approximationBase != frames[2]->approximationBase);
  QVERIFY(frames[1]->residualBase != frames[2]->residualBase);
}

void TstComputeService::aReducedResidualShowsTheLargestEntries() {
  ComputeService service(coreFormats(), 2, kMemory);
  Ear ear(service);
  const MatrixPtr matrix = makeMatrix(test::gaussian(90, 70, 4));
  service.analyse(requestFor(matrix, 20));
  QTRY_VERIFY_WITH_TIMEOUT(ear.complete(), kWait);
  const auto pyramid = std::make_shared<const Pyramid>(matrix);
  const auto draw = [&](Index rank, int level) {
    FrameRequest request = frameOf(pyramid, ear.analyses.back(), rank);
    request.visible = {.row = 0, .col = 0, .rows = 90, .cols = 70};
    request.level = level;
    const std::size_t before = ear.frames.size();
    service.draw(request);
    if (!QTest::qWaitFor([&] { return ear.frames.size() > before; }, kWait)) return FramePtr();
    return ear.frames.back();
  };
  for (const Index rank : {20, 21, 19}) {  // made anew, and corrected twice
    const FramePtr reduced = draw(rank, 2), whole = draw(rank, 0);
    QVERIFY(reduced && whole);
    QVERIFY(reduced->residualBase->largest && !whole->residualBase->largest);
    QCOMPARE(reduced->residualBase->level, 2);
    const Picture& fine = *whole->residualBase;
    for (Index row = 0; row < reduced->residualBase->rows; ++row) {
      for (Index col = 0; col < reduced->residualBase->cols; ++col) {
        float largest = 0;
        for (Index r = 4 * row; r < std::min<Index>(4 * row + 4, 90); ++r) {
          for (Index c = 4 * col; c < std::min<Index>(4 * col + 4, 70); ++c) {
            largest = std::max(largest, std::abs(fine.planes[0][static_cast<std::size_t>(r * 70 + c)]));
          }
        }
        const float shown =
            reduced->residualBase->planes[0][static_cast<std::size_t>(row * reduced->residualBase->cols + col)];
        // Two float products of 21 terms of entries up to 5, one of them corrected.
        RS_NEAR(std::abs(shown), largest, 2 * 23 * 5 * 0x1p-23);
      }
    }
  }
}

void TstComputeService::theDetailShowsTheVisiblePart() {
  ComputeService service(coreFormats(), 2, kMemory);
  Ear ear(service);
  const MatrixPtr matrix = makeMatrix(test::gaussian(1500, 40, 5));
  const auto pyramid = std::make_shared<const Pyramid>(matrix);
  FrameRequest request;
  request.original = pyramid;
  request.visible = {.row = 600, .col = 0, .rows = 200, .cols = 40};
  service.draw(request);
  QTRY_COMPARE_WITH_TIMEOUT(ear.frames.size(), std::size_t{1}, kWait);
  const FramePtr frame = ear.frames[0];
  QCOMPARE(frame->originalBase->level, pyramid->topLevel());
  QVERIFY(frame->originalBase->reduced());
  QVERIFY(frame->originalDetail);
  QCOMPARE(frame->originalDetail->level, 0);
  QVERIFY(frame->originalDetail->region == request.visible);
  QCOMPARE(static_cast<double>(frame->originalDetail->planes[0][0]),
           static_cast<double>(static_cast<float>(matrix->at(600, 0))));
  QVERIFY(!frame->approximationBase && !frame->residualBase && !frame->approximationDetail);
}

void TstComputeService::aDragDoesNotRestartADecomposition() {
  ComputeService service(coreFormats(), 2, kMemory);
  Ear ear(service);
  const MatrixPtr matrix = makeMatrix(test::gaussian(1100, 1000, 6));  // longer than the patience with superseded work
  const quint64 first = service.analyse(requestFor(matrix, 5));
  quint64 last = first;
  for (Index rank = 6; rank <= 40; ++rank) {
    last = service.analyse(requestFor(matrix, rank));
    QTest::qSleep(10);
    QCoreApplication::processEvents();
  }
  QTRY_VERIFY_WITH_TIMEOUT(ear.complete() && ear.generations.back() == last, kWait);
  const auto exact = std::find_if(ear.analyses.begin(), ear.analyses.end(),
                                  [](const AnalysisPtr& a) { return a->quality == Quality::Exact; });
  QCOMPARE(ear.generations[static_cast<std::size_t>(exact - ear.analyses.begin())], first);  // the one that was running
  QVERIFY(std::is_sorted(ear.generations.begin(), ear.generations.end()));
  QCOMPARE(ear.analyses.back()->dials, std::vector<Index>{40});
  QVERIFY(ear.errors.empty());
  QVERIFY(!service.busy());
}

void TstComputeService::cancelledAnalysesStaySilent() {
  ComputeService service(coreFormats(), 1, kMemory);
  Ear ear(service);
  service.analyse(requestFor(makeMatrix(test::gaussian(900, 900, 7)), 5));
  service.cancelAnalysis();
  QVERIFY(!service.busy());
  const MatrixPtr other = makeMatrix(test::gaussian(20, 10, 8));
  const quint64 generation = service.analyse(requestFor(other, 3));
  QTRY_VERIFY_WITH_TIMEOUT(ear.complete(), kWait);
  for (std::size_t i = 0; i < ear.analyses.size(); ++i) {
    QVERIFY(ear.analyses[i]->request.problem.X == other);
    QCOMPARE(ear.generations[i], generation);
  }
  QVERIFY(ear.errors.empty());
}

void TstComputeService::busyEndsWithTheLastAnswer() {
  ComputeService service(coreFormats(), 1, kMemory);
  QSignalSpy spy(&service, &ComputeService::busyChanged);
  bool busyAtTheEnd = true;
  QVERIFY(!service.busy());
  std::atomic<bool> release{false};
  service.survey(
      this,
      [&](const Context& context) {
        context.report(0.25, "thumbnails");
        while (!release) context.checkpoint();
      },
      [&] { busyAtTheEnd = service.busy(); });
  QVERIFY(service.busy());
  QTRY_VERIFY_WITH_TIMEOUT(!spy.isEmpty() && spy.last().at(2).toDouble() == 0.25, kWait);
  QCOMPARE(spy.last().at(0).toBool(), true);
  QCOMPARE(spy.last().at(1).toString(), QString("thumbnails"));
  release = true;
  QTRY_COMPARE_WITH_TIMEOUT(spy.last().at(0).toBool(), false, kWait);
  QVERIFY(!busyAtTheEnd);
  QVERIFY(!service.busy());
}

void TstComputeService::surveysComeInOrder() {
  ComputeService service(coreFormats(), 1, kMemory);
  std::vector<int> done;
  bool elsewhere = false;
  for (int i = 0; i < 50; ++i) {
    service.survey(
        this, [](const Context&) {},
        [&, i] {
          done.push_back(i);
          elsewhere = elsewhere || QThread::currentThread() != thread();
        });
  }
  QTRY_COMPARE_WITH_TIMEOUT(done.size(), std::size_t{50}, kWait);
  QVERIFY(std::is_sorted(done.begin(), done.end()));
  QVERIFY(!elsewhere);
}

void TstComputeService::anOwnerThatIsGoneHearsNothing() {
  ComputeService service(coreFormats(), 1, kMemory);
  auto owner = std::make_unique<QObject>();
  bool heard = false, next = false;
  service.survey(
      owner.get(), [](const Context&) {}, [&] { heard = true; });
  service.survey(
      this, [](const Context&) {}, [&] { next = true; });
  owner.reset();
  QTRY_VERIFY_WITH_TIMEOUT(next, kWait);
  QVERIFY(!heard);
}

void TstComputeService::destructionWhileBusyIsQuick() {
  std::atomic<bool> called{false}, surveying{false};
  QElapsedTimer clock;
  {
    ComputeService service(coreFormats(), 2, kMemory);
    Ear ear(service);
    service.analyse(requestFor(makeMatrix(test::gaussian(1600, 1600, 9)), 5));  // seconds of LAPACK
    for (int i = 0; i < 3; ++i) {
      service.survey(
          this,
          [&](const Context& context) {
            surveying = true;
            while (true) context.checkpoint();
          },
          [&] { called = true; });
    }
    QTRY_VERIFY_WITH_TIMEOUT(surveying && !ear.analyses.empty(),
                             kWait);  // the preview is there: now the exact one runs
    clock.start();
  }
  // Half a second, and as much again for a busy machine as a thread may wait for its turn.
  RS_AT_MOST(static_cast<double>(clock.elapsed()), 3000);
  QVERIFY(!called);
}

void TstComputeService::destructionLetsAWriteFinish() {
  std::atomic<int> written{0};
  {
    ComputeService service(coreFormats(), 1, kMemory);
    for (int i = 0; i < 3; ++i) {
      service.save("file", [&](const Context&) -> Result<Done> {
        QThread::msleep(20);
        ++written;
        return Done{};
      });
    }
    QVERIFY(service.isSaving());
  }
  QCOMPARE(written.load(), 3);
}

QTEST_GUILESS_MAIN(TstComputeService)
#include "tst_compute_service.moc"
