// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/matrix_controller.h"

#include <QSignalSpy>
#include <cmath>

#include "tests/support/support.h"
#include "ui/pages/looks.h"

using namespace rankscope;
using namespace rankscope::ui;

namespace {

constexpr int kPatience = 30000;  // ms

/// A session with one loaded matrix, without any window.
struct Room {
  Session session;
  ComputeService service{coreFormats(), 2, std::size_t{1} << 30};
  MatrixRoomController controller{session, service};

  void show(const InputSpec& spec, MatrixPtr matrix) {
    session.setLoaded(spec, {.matrix = std::move(matrix), .title = spec.location, .dtype = "float64"});
    session.edit("open", 0, [&](SessionState& state) {
      state.inputs = {spec};
      state.matrix.input = 0;
    });
  }
};

/// diag(σ) of size 40 × 30 with σᵢ = 2⁻ⁱ: every error has a closed form.
Matrix<double> graded() {
  Matrix<double> M = Matrix<double>::Zero(40, 30);
  for (Index i = 0; i < 30; ++i) M(i, i) = std::pow(2.0, -static_cast<double>(i));
  return M;
}

/// √(4⁻ʳ + … + 4⁻²⁹)
double tail(Index rank) {
  double sum = 0;
  for (Index i = 29; i >= rank; --i) sum += std::pow(4.0, -static_cast<double>(i));
  return std::sqrt(sum);
}

const InputSpec kGraded{.location = "test:graded", .view = {}};

}  // namespace

class TstMatrixController : public QObject {
  Q_OBJECT

 private slots:
  void anEmptyRoomIsSettled();
  void curvesAreTheClosedForm();
  void perChannelCurvesAddUp();
  void theAnswerIsMeasuredAtRest();
  void aDragOfTheRankNeedsNoNewAnswer();
  void everyBudgetFindsItsRank();
  void anotherMatrixDropsTheOldAnswer();
  void cancelledReadingIsToldAndTriedAgain();
  void nanIsShownAndNotComputed();
  void removingAnInputKeepsPinsOfTheOthers();
  void rangesRoundUp();
};

void TstMatrixController::anEmptyRoomIsSettled() {
  Room room;
  QCOMPARE(room.controller.stage(), Stage::Empty);
  QVERIFY(room.controller.isSettled());
  room.controller.stepRank(1);  // nothing to step
  QCOMPARE(room.session.undoStack().count(), 0);
}

void TstMatrixController::curvesAreTheClosedForm() {
  Room room;
  room.show(kGraded, makeMatrix(graded()));
  QTRY_COMPARE_WITH_TIMEOUT(room.controller.stage(), Stage::Ready, kPatience);
  const RankCurves& curves = room.controller.curves();
  QVERIFY(curves.exact());
  for (const Index rank : {0, 1, 7, 30}) {
    // Singular values carry an error of ε‖M‖ each (docs/mathematics.md); 30 of them.
    RS_NEAR(curves.fro({rank}), tail(rank), 30 * 0x1p-52 * tail(0));
    RS_NEAR(curves.energy({rank}), 1 - std::pow(tail(rank) / tail(0), 2), 60 * 0x1p-52);
  }
  RS_NEAR(curves.fro({4}, {1}), std::hypot(tail(4), 0.5), 30 * 0x1p-52 * tail(0));
  RS_NEAR(curves.spectral({4}, {}), 1.0 / 16, 30 * 0x1p-52);
  RS_NEAR(curves.spectral({4}, {1}), 0.5, 30 * 0x1p-52);
  RS_NEAR(curves.spectral({4}, {9}), 1.0 / 16, 30 * 0x1p-52);  // muting what is not there changes nothing
}

void TstMatrixController::perChannelCurvesAddUp() {
  Matrix<double> picture(40, 90);
  picture << graded(), 2 * graded(), 3 * graded();
  Room room;
  InputSpec spec = kGraded;
  spec.view.perChannel = true;
  room.show(spec, makeMatrix(picture, {{"red"}, {"green"}, {"blue"}}));
  QTRY_COMPARE_WITH_TIMEOUT(room.controller.stage(), Stage::Ready, kPatience);
  const RankCurves& curves = room.controller.curves();
  QCOMPARE(curves.parts(), std::size_t{3});
  QCOMPARE(curves.maxRank(), Index{30});
  RS_NEAR(curves.fro({5, 5, 5}), std::sqrt(1.0 + 4 + 9) * tail(5), 1e-13);
  RS_NEAR(curves.froRelative({5, 5, 5}), tail(5) / tail(0), 1e-13);
  QCOMPARE(room.controller.ranks().size(), std::size_t{3});
}

void TstMatrixController::theAnswerIsMeasuredAtRest() {
  Room room;
  room.show(kGraded, makeMatrix(graded()));
  QTRY_VERIFY_WITH_TIMEOUT(room.controller.isMeasured(), kPatience);
  room.controller.setRank(3);
  QVERIFY(!room.controller.isMeasured());
  QTRY_VERIFY_WITH_TIMEOUT(room.controller.isMeasured(), kPatience);
  RS_NEAR(*room.controller.analysis()->errors.fro, tail(3), 30 * 0x1p-52 * tail(0));
  QTRY_VERIFY_WITH_TIMEOUT(room.controller.isSettled(), kPatience);
  QCOMPARE(room.controller.frame()->request.terms.front().dial, Index{3});
}

void TstMatrixController::aDragOfTheRankNeedsNoNewAnswer() {
  Room room;
  room.show(kGraded, makeMatrix(graded()));
  QTRY_VERIFY_WITH_TIMEOUT(room.controller.isSettled(), kPatience);
  const auto parts = room.controller.analysis()->parts;
  QSignalSpy frames(&room.controller, &MatrixRoomController::frameChanged);
  room.controller.beginGesture();
  for (Index rank = 1; rank <= 30; ++rank) {
    room.controller.setRank(rank);
    QCOMPARE(room.controller.rank(), rank);
    QCOMPARE(room.controller.drawnRanks().front(), rank);  // from the factors at hand
    QCOMPARE(room.controller.stage(), Stage::Ready);
  }
  room.controller.endGesture();
  QTRY_VERIFY_WITH_TIMEOUT(room.controller.isSettled(), kPatience);
  QVERIFY(frames.count() >= 1);
  QVERIFY(room.controller.analysis()->parts == parts);  // the decomposition was not computed again
  QCOMPARE(room.session.undoStack().count(), 2);        // open, drag
}

void TstMatrixController::everyBudgetFindsItsRank() {
  Room room;
  room.show(kGraded, makeMatrix(graded()));
  QTRY_COMPARE_WITH_TIMEOUT(room.controller.stage(), Stage::Ready, kPatience);
  // Kept energy 1 − 4⁻ʳ (to 4⁻³⁰): 0.99 needs r = 4, as 1 − 4⁻³ = 0.984 and 1 − 4⁻⁴ = 0.996.
  room.controller.setEnergy(0.99);
  QCOMPARE(room.controller.rank(), Index{4});
  // Relative error 2⁻ʳ: 0.3 needs r = 2.
  room.controller.setTolerance(0.3);
  QCOMPARE(room.controller.rank(), Index{2});
  room.controller.setRule(RankRule::Numerical);
  QCOMPARE(room.controller.rank(), Index{30});
  room.controller.setRank(1000);
  QCOMPARE(room.controller.rank(), Index{30});
  room.controller.setRank(-5);
  QCOMPARE(room.controller.rank(), Index{1});
}

void TstMatrixController::anotherMatrixDropsTheOldAnswer() {
  Room room;
  room.show(kGraded, makeMatrix(graded()));
  QTRY_COMPARE_WITH_TIMEOUT(room.controller.stage(), Stage::Ready, kPatience);
  const InputSpec other{.location = "test:other", .view = {}};
  room.show(other, makeMatrix(Matrix<double>(test::gaussian(12, 9, 5))));
  QVERIFY(!room.controller.curves().known());
  QTRY_COMPARE_WITH_TIMEOUT(room.controller.stage(), Stage::Ready, kPatience);
  QCOMPARE(room.controller.maxRank(), Index{9});
  room.session.undoStack().undo();
  QTRY_COMPARE_WITH_TIMEOUT(room.controller.stage(), Stage::Ready, kPatience);
  QCOMPARE(room.controller.maxRank(), Index{30});
}

void TstMatrixController::cancelledReadingIsToldAndTriedAgain() {
  Room room;
  const InputSpec spec{.location = "gallery:hilbert,n=12", .view = {}};
  QSignalSpy failed(&room.controller, &MatrixRoomController::failed);
  const auto choose = [&spec](SessionState& state) {
    state.inputs = {spec};
    state.matrix.input = 0;
  };
  room.session.edit("open", 0, choose);
  QCOMPARE(room.controller.stage(), Stage::Loading);
  room.service.cancelLoads();
  QCOMPARE(room.controller.stage(), Stage::Failed);
  QVERIFY(room.controller.isSettled());
  QCOMPARE(failed.count(), 1);
  room.controller.retry();
  QTRY_COMPARE_WITH_TIMEOUT(room.controller.stage(), Stage::Ready, kPatience);
  // Opened by somebody else meanwhile, it is as good.
  Room other;
  other.session.edit("open", 0, choose);
  other.service.cancelLoads();
  other.session.setLoaded(spec, *room.session.loaded(spec));
  QTRY_COMPARE_WITH_TIMEOUT(other.controller.stage(), Stage::Ready, kPatience);
}

void TstMatrixController::nanIsShownAndNotComputed() {
  Matrix<double> M = graded();
  M(2, 3) = std::nan("");
  Room room;
  room.show(kGraded, makeMatrix(M));
  QCOMPARE(room.controller.stage(), Stage::Unusable);
  QTRY_VERIFY_WITH_TIMEOUT(room.controller.frame() && room.controller.frame()->originalBase, kPatience);
  QVERIFY(!room.controller.analysis());
  QVERIFY(room.controller.isSettled());
}

void TstMatrixController::removingAnInputKeepsPinsOfTheOthers() {
  Room room;
  room.session.edit("inputs", 0, [](SessionState& state) {
    for (const char* name : {"gallery:hilbert,n=8", "gallery:hilbert,n=9", "gallery:hilbert,n=10"}) {
      state.inputs.push_back({.location = name, .view = {}});
    }
    state.matrix.input = 2;
    for (const int input : {0, 1, 2}) {
      Pin pin;
      pin.what.input = input;
      state.pins.push_back(pin);
    }
  });
  room.controller.removeInput(1);
  const SessionState& state = room.session.state();
  QCOMPARE(state.inputs.size(), std::size_t{2});
  QCOMPARE(state.matrix.input, 1);
  QCOMPARE(state.pins.size(), std::size_t{2});
  QCOMPARE(state.pins[1].what.input, 1);
  room.controller.reorderInputs({1, 0});
  QCOMPARE(room.session.state().inputs.front().location, std::string("gallery:hilbert,n=10"));
  QCOMPARE(room.session.state().matrix.input, 0);
  QCOMPARE(room.session.state().pins[1].what.input, 0);
}

void TstMatrixController::rangesRoundUp() {
  RS_NEAR(roundUp(0.19), 0.2, 1e-15);
  RS_NEAR(roundUp(0.2), 0.2, 1e-15);
  RS_NEAR(roundUp(0.21), 0.5, 1e-15);
  RS_NEAR(roundUp(7), 10, 1e-14);
  QCOMPARE(roundUp(0), 1.0);
  QCOMPARE(roundUp(std::nan("")), 1.0);
}

QTEST_MAIN(TstMatrixController)
#include "tst_matrix_controller.moc"
