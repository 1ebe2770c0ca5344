// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/session.h"

#include <QSignalSpy>
#include <QTest>

#include "tests/support/support.h"

using namespace rankscope;
using namespace rankscope::ui;

namespace {

auto rankOf(Index rank) {
  return [rank](SessionState& state) { state.matrix.budget = ByDial{rank}; };
}

Loaded loadedFrom(Matrix<double> values) {
  Loaded loaded;
  loaded.matrix = makeMatrix(std::move(values));
  return loaded;
}

const SessionState& stateOf(const QList<QVariant>& signal, int argument) {
  return *static_cast<const SessionState*>(signal.at(argument).constData());
}

}  // namespace

class TstSession : public QObject {
  Q_OBJECT

 private slots:
  void anEditEmitsBeforeAndAfter();
  void anEditThatChangesNothingIsNoStep();
  void oneDragIsOneStep();
  void aNewPressIsANewStep();
  void draggedBackToTheStartLeavesNoStep();
  void aDragGoesOnAfterPassingItsStart();
  void undoRestoresEquality();
  void panAndZoomAreSavedButAreNoSteps();
  void aViewMayEditInAnswer();
  void resetClearsTheStack();
  void modifiedIsAgainstTheFile();
  void matricesStayWhileAStepNamesThem();
  void aChangedInputIsReported();
};

void TstSession::anEditEmitsBeforeAndAfter() {
  Session session;
  QSignalSpy spy(&session, &Session::stateChanged);
  session.edit("Rank", 0, rankOf(7));
  QCOMPARE(spy.count(), 1);
  QVERIFY(stateOf(spy[0], 0).matrix.budget == Budget(ByDial{20}));
  QVERIFY(stateOf(spy[0], 1).matrix.budget == Budget(ByDial{7}));
  QVERIFY(session.state().matrix.budget == Budget(ByDial{7}));
  QCOMPARE(session.undoStack().undoText(), QString("Rank"));
  session.undoStack().undo();
  QCOMPARE(spy.count(), 2);
  QVERIFY(stateOf(spy[1], 0).matrix.budget == Budget(ByDial{7}));
  QVERIFY(stateOf(spy[1], 1).matrix.budget == Budget(ByDial{20}));
  session.undoStack().redo();
  QCOMPARE(spy.count(), 3);
  QVERIFY(stateOf(spy[2], 1).matrix.budget == Budget(ByDial{7}));
}

void TstSession::anEditThatChangesNothingIsNoStep() {
  Session session;
  QSignalSpy spy(&session, &Session::stateChanged);
  session.edit("Rank", 0, rankOf(20));
  QCOMPARE(spy.count(), 0);
  QCOMPARE(session.undoStack().count(), 0);
}

void TstSession::oneDragIsOneStep() {
  Session session;
  QSignalSpy spy(&session, &Session::stateChanged);
  const quint64 gesture = session.newGesture();
  for (Index rank = 21; rank <= 300; ++rank) session.edit("Rank", gesture, rankOf(rank));
  QCOMPARE(spy.count(), 280);  // every place of the drag is shown
  QCOMPARE(session.undoStack().count(), 1);
  session.undoStack().undo();
  QVERIFY(session.state().matrix.budget == Budget(ByDial{20}));
  session.undoStack().redo();
  QVERIFY(session.state().matrix.budget == Budget(ByDial{300}));
}

void TstSession::aNewPressIsANewStep() {
  Session session;
  const quint64 first = session.newGesture(), second = session.newGesture();
  QVERIFY(first != 0 && second != 0 && first != second);
  session.edit("Rank", first, rankOf(30));
  session.edit("Rank", first, rankOf(31));
  session.edit("Rank", second, rankOf(40));
  session.edit("Rank", 0, rankOf(41));
  session.edit("Rank", 0, rankOf(42));  // no gesture: each by itself
  QCOMPARE(session.undoStack().count(), 4);
  session.undoStack().undo();
  session.undoStack().undo();
  session.undoStack().undo();
  QVERIFY(session.state().matrix.budget == Budget(ByDial{31}));
}

void TstSession::draggedBackToTheStartLeavesNoStep() {
  Session session;
  session.edit("Method", 0, [](SessionState& state) { state.matrix.method = "rsvd"; });
  QSignalSpy spy(&session, &Session::stateChanged);
  const quint64 gesture = session.newGesture();
  for (const Index rank : {30, 40, 25, 20}) session.edit("Rank", gesture, rankOf(rank));
  QCOMPARE(session.undoStack().count(), 1);
  QCOMPARE(session.undoStack().undoText(), QString("Method"));
  QCOMPARE(spy.count(), 4);
  QVERIFY(session.state().matrix.budget == Budget(ByDial{20}));
}

void TstSession::aDragGoesOnAfterPassingItsStart() {
  Session session;
  const quint64 gesture = session.newGesture();
  for (const Index rank : {30, 20, 10, 5}) session.edit("Rank", gesture, rankOf(rank));
  QCOMPARE(session.undoStack().count(), 1);
  session.undoStack().undo();
  QVERIFY(session.state().matrix.budget == Budget(ByDial{20}));
}

void TstSession::undoRestoresEquality() {
  Session session;
  std::vector<SessionState> states = {session.state()};
  const auto edit = [&](const char* label, const std::function<void(SessionState&)>& change) {
    session.edit(label, 0, change);
    states.push_back(session.state());
  };
  edit("Open", [](SessionState& s) {
    s.inputs.push_back({.location = "gallery:hilbert,n=20", .view = {}});
    s.matrix.input = 0;
  });
  edit("Method", [](SessionState& s) { s.matrix.method = "rsvd"; });
  edit("Power", [](SessionState& s) { s.matrix.params["power"] = Index{3}; });
  edit("Energy", [](SessionState& s) { s.matrix.budget = ByEnergy{0.95}; });
  edit("Mute", [](SessionState& s) { s.matrix.muted = {0, 3}; });
  edit("Pin", [](SessionState& s) { s.pins.push_back({.what = s.matrix, .label = "first"}); });
  edit("Axes", [](SessionState& s) { s.view["axes"] = "linear"; });
  edit("Precision", [](SessionState& s) { s.precision = Precision::Float; });
  QCOMPARE(session.undoStack().count(), static_cast<int>(states.size()) - 1);
  for (std::size_t i = states.size() - 1; i > 0; --i) {
    QVERIFY(session.state() == states[i]);
    session.undoStack().undo();
    QVERIFY(session.state() == states[i - 1]);
  }
  for (std::size_t i = 1; i < states.size(); ++i) {
    session.undoStack().redo();
    QVERIFY(session.state() == states[i]);
  }
}

void TstSession::panAndZoomAreSavedButAreNoSteps() {
  Session session;
  session.edit("Rank", 0, rankOf(30));
  session.setSaved("/tmp/a.rankscope");
  QSignalSpy spy(&session, &Session::stateChanged);
  session.adjustView([](SessionState& state) {
    state.view["zoom"] = "4";
    state.view["axes"] = "linear";  // a step, so not by this way
    state.matrix.budget = ByDial{99};
  });
  QCOMPARE(spy.count(), 1);
  QCOMPARE(session.undoStack().count(), 1);
  QCOMPARE(viewValue(session.state(), "zoom"), std::string("4"));
  QCOMPARE(viewValue(session.state(), "axes"), std::string("loglog"));
  QVERIFY(session.state().matrix.budget == Budget(ByDial{30}));
  QVERIFY(!session.isModified());
  session.undoStack().undo();
  QCOMPARE(viewValue(session.state(), "zoom"), std::string("4"));  // undo does not move the picture
  QVERIFY(session.state().matrix.budget == Budget(ByDial{20}));
}

void TstSession::aViewMayEditInAnswer() {
  Session session;
  connect(&session, &Session::stateChanged, &session, [&](const SessionState&, const SessionState& after) {
    if (after.matrix.method == "rsvd" && after.matrix.seed == 0) {
      session.edit("Seed", 0, [](SessionState& state) { state.matrix.seed = 7; });
    }
  });
  session.edit("Method", 0, [](SessionState& state) { state.matrix.method = "rsvd"; });
  QCOMPARE(session.state().matrix.seed, std::uint64_t{7});
  QCOMPARE(session.undoStack().count(), 2);
}

void TstSession::resetClearsTheStack() {
  Session session;
  session.edit("Rank", 0, rankOf(30));
  QSignalSpy spy(&session, &Session::stateChanged);
  SessionState other;
  other.matrix.method = "rsvd";
  session.reset(other, "/tmp/b.rankscope");
  QCOMPARE(spy.count(), 1);
  QVERIFY(stateOf(spy[0], 0).matrix.budget == Budget(ByDial{30}));
  QVERIFY(stateOf(spy[0], 1) == other);
  QCOMPARE(session.undoStack().count(), 0);
  QCOMPARE(session.filePath(), QString("/tmp/b.rankscope"));
  QVERIFY(!session.isModified());
  session.reset(other, "/tmp/b.rankscope", true);
  QVERIFY(session.isModified());
}

void TstSession::modifiedIsAgainstTheFile() {
  Session session;
  QSignalSpy spy(&session, &Session::fileChanged);
  QVERIFY(!session.isModified());
  session.edit("Rank", 0, rankOf(30));
  QVERIFY(session.isModified());
  QCOMPARE(spy.count(), 1);
  session.setSaved("/tmp/c.rankscope");
  QVERIFY(!session.isModified());
  QCOMPARE(spy.count(), 2);
  session.undoStack().undo();
  QVERIFY(session.isModified());
  session.undoStack().redo();
  QVERIFY(!session.isModified());
}

void TstSession::matricesStayWhileAStepNamesThem() {
  Session session;
  QSignalSpy spy(&session, &Session::inputLoaded);
  const InputSpec a{.location = "a.npy", .view = {}}, b{.location = "b.npy", .view = {}};
  const auto open = [](const InputSpec& spec) {
    return [spec](SessionState& state) {
      state.inputs = {spec};
      state.matrix.input = 0;
    };
  };
  QVERIFY(!session.loaded(a));
  session.setLoaded(a, loadedFrom(test::gaussian(3, 4, 1)));
  QCOMPARE(spy.count(), 1);
  session.edit("Open", 0, open(a));
  session.edit("Open", 0, open(b));
  session.setLoaded(b, loadedFrom(test::gaussian(5, 6, 2)));
  QVERIFY(session.loaded(a));  // undo leads back to it
  QCOMPARE(session.loaded(a)->matrix->rows(), Index{3});
  QCOMPARE(session.loaded(b)->matrix->rows(), Index{5});
  const std::weak_ptr<const AnyMatrix> gone = session.loaded(a)->matrix;
  SessionState next;
  next.inputs = {b};
  session.reset(next);
  QVERIFY(!session.loaded(a));
  QVERIFY(gone.expired());
  QVERIFY(session.loaded(b));
}

void TstSession::aChangedInputIsReported() {
  Session session;
  const InputSpec a{.location = "a.npy", .view = {}}, b{.location = "b.npy", .view = {}};
  SessionState state;
  state.inputs = {a, b};
  session.reset(state);
  const Loaded before = loadedFrom(test::gaussian(3, 4, 1));
  session.expectContents({{a, before.matrix->fingerprint()}, {b, before.matrix->fingerprint()}});
  QSignalSpy spy(&session, &Session::inputDiffers);
  session.setLoaded(a, before);
  QCOMPARE(spy.count(), 0);
  session.setLoaded(b, loadedFrom(test::gaussian(3, 4, 2)));
  QCOMPARE(spy.count(), 1);
  session.setLoaded(b, loadedFrom(test::gaussian(3, 4, 3)));  // said once: reloading is the user's own doing
  QCOMPARE(spy.count(), 1);
}

QTEST_GUILESS_MAIN(TstSession)
#include "tst_session.moc"
