// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <cmath>

#include "tests/support/support.h"
#include "ui/pages/compare_book.h"
#include "ui/pages/compare_dialog.h"
#include "ui/pages/error_tab.h"
#include "ui/pages/matrix_controller.h"
#include "ui/plots/figures.h"
#include "ui/plots/plot_view.h"

using namespace rankscope;
using namespace rankscope::ui;

namespace {

constexpr int kPatience = 60000;  // ms

/// A session with a loaded matrix and a comparison's book, without any window.
struct Room {
  Session session;
  ComputeService service{coreFormats(), 2, std::size_t{1} << 30};
  MatrixRoomController controller{session, service};
  CompareBook book{controller, session, service, nullptr};

  explicit Room(Matrix<double> values = test::gaussian(40, 30, 1)) { open("test:first", std::move(values)); }
  void open(const char* location, Matrix<double> values) {
    const InputSpec spec{.location = location, .view = {}};
    const MatrixPtr matrix = makeMatrix(std::move(values));
    session.setLoaded(spec, {.matrix = matrix, .title = location, .dtype = "float64"});
    session.edit("open", 0, [&](SessionState& state) {
      state.inputs.push_back(spec);
      state.matrix.input = static_cast<int>(state.inputs.size()) - 1;
    });
  }
};

const Comparison kWish{.methods = {{"svd", {}}, {"rsvd", {{"power", Index{0}}}}}, .ranks = {1, 2, 4}};

}  // namespace

class TstCompare : public QObject {
  Q_OBJECT

 private slots:
  void everyCellArrivesWithoutBeingAskedTwice() {
    Room room;
    QTRY_VERIFY_WITH_TIMEOUT(room.controller.isSettled(), kPatience);
    std::vector<std::size_t> known;
    connect(&room.book, &CompareBook::changed, this, [&] { known.push_back(room.book.known()); });
    room.book.start(kWish);
    QVERIFY(room.book.isRunning());
    QTRY_VERIFY_WITH_TIMEOUT(!room.book.isRunning(), kPatience);
    // The wish, the start, and then each answer is a new one.
    QCOMPARE(known, std::vector<std::size_t>({0, 0, 1, 2, 3, 4, 5, 6}));
    const auto rows = room.book.rows();
    QCOMPARE(rows.size(), std::size_t{6});
    for (std::size_t i = 0; i < 6; ++i) {
      QCOMPARE(rows[i].method, i < 3 ? std::string("svd") : std::string("rsvd"));
      QVERIFY(rows[i].errors.froRelative.has_value());
      if (i >= 3) RS_AT_MOST(*rows[i - 3].errors.froRelative, *rows[i].errors.froRelative * (1 + 1e-12));
    }
  }

  void aDraggedRankKeepsTheResults() {
    Room room;
    room.book.start(kWish);
    QTRY_VERIFY_WITH_TIMEOUT(!room.book.isRunning(), kPatience);
    QSignalSpy changed(&room.book, &CompareBook::changed);
    room.controller.setRank(7);
    room.controller.setMethod("rsvd");
    QCOMPARE(room.book.known(), std::size_t{6});
    QTRY_VERIFY_WITH_TIMEOUT(room.controller.isSettled(), kPatience);
    QCOMPARE(room.book.known(), std::size_t{6});
    QCOMPARE(changed.count(), 0);  // table and plot stay as they are
    room.session.edit("seed", 0, [](SessionState& state) { state.matrix.seed = 5; });
    QCOMPARE(changed.count(), 1);
    QCOMPARE(room.book.known(), std::size_t{3});  // what draws has another answer
  }

  void anotherGridComputesOnlyWhatIsNew() {
    Room room;
    room.book.start(kWish);
    QTRY_VERIFY_WITH_TIMEOUT(!room.book.isRunning(), kPatience);
    Comparison wider = kWish;
    wider.ranks = {2, 4, 8};
    room.book.start(wider);
    QCOMPARE(room.book.known(), std::size_t{4});  // at once
    QTRY_COMPARE_WITH_TIMEOUT(room.book.known(), std::size_t{6}, kPatience);
    // And back: nothing is left to compute.
    room.book.start(kWish);
    QVERIFY(!room.book.isRunning());
    QCOMPARE(room.book.known(), std::size_t{6});
  }

  void undoTakesTheComparisonBackAndRedoOffersIt() {
    Room room;
    room.book.start(kWish);
    QCOMPARE(viewValue(room.session.state(), "tab"), std::string("error"));
    room.session.undoStack().undo();
    QVERIFY(!room.book.hasWish());
    QVERIFY(!room.book.isRunning());
    room.session.undoStack().redo();
    QVERIFY(room.book.hasWish());
    QVERIFY(!room.book.isRunning());  // offered: nothing runs unasked
    room.book.run();
    QTRY_COMPARE_WITH_TIMEOUT(room.book.known(), std::size_t{6}, kPatience);
  }

  void anotherMatrixHasItsOwnResults() {
    Room room;
    room.book.start(kWish);
    QTRY_COMPARE_WITH_TIMEOUT(room.book.known(), std::size_t{6}, kPatience);
    room.open("test:second", test::gaussian(20, 50, 2));
    QTRY_COMPARE_WITH_TIMEOUT(room.book.known(), std::size_t{0}, kPatience);
    QVERIFY(!room.book.isRunning());
    room.controller.selectInput(0);
    QTRY_COMPARE_WITH_TIMEOUT(room.book.known(), std::size_t{6}, kPatience);
  }

  void cancelKeepsWhatIsKnownAndRunGoesOn() {
    Room room(test::gaussian(300, 260, 3));
    Comparison wish = kWish;
    wish.methods.push_back({"als", {}});
    wish.ranks = {1, 2, 4, 8, 16, 32, 64};
    room.book.start(wish);
    QTRY_VERIFY_WITH_TIMEOUT(room.book.known() >= 2, kPatience);
    room.book.cancel();
    QVERIFY(!room.book.isRunning());
    QVERIFY(room.book.known() >= 2 && room.book.known() < 21);
    room.book.run();
    QTRY_COMPARE_WITH_TIMEOUT(room.book.known(), std::size_t{21}, kPatience);
  }

  void closingStopsTheCell() {
    // The destructors must not wait for a sweep over many seconds of work.
    auto room = std::make_unique<Room>(test::gaussian(900, 800, 4));
    Comparison wish{.methods = {{"als", {{"iterations", Index{100000}}}}}, .ranks = {200, 400}};
    QTRY_VERIFY_WITH_TIMEOUT(room->controller.isSettled() && !room->service.busy(), kPatience);
    QSignalSpy status(&room->service, &ComputeService::busyChanged);
    room->book.start(wish);
    // Busy with the sweeps themselves.
    QTRY_VERIFY_WITH_TIMEOUT(!status.isEmpty() && status.last().at(1).toString() == "alternating least squares",
                             kPatience);
    QVERIFY(room->book.isRunning());
    room.reset();
  }

  void theSheetComesWithTheRoomsParametersAndDoublingRanks() {
    SessionState state;
    state.matrix.method = "rsvd";
    state.matrix.params = {{"power", Index{3}}};
    const MatrixPtr X = makeMatrix(test::gaussian(40, 30, 1));
    CompareDialog sheet(state, *X, 30, nullptr);
    QVERIFY(sheet.comparison().has_value());
    QVERIFY(sheet.comparison()->ranks == std::vector<Index>({1, 2, 4, 8, 16}));
    QCOMPARE(sheet.comparison()->methods.size(), std::size_t{2});
    QVERIFY(sheet.comparison()->methods[1].params == state.matrix.params);
    auto* ranks = sheet.findChild<QLineEdit*>("compareRanks");
    auto* start = sheet.findChild<QPushButton*>("compareStart");
    for (const char* wrong : {"", "0", "1, x", "3, 3", "-2", "1.5"}) {
      ranks->setText(wrong);
      QVERIFY2(!sheet.comparison() && !start->isEnabled(), wrong);
    }
    ranks->setText("5 10;20");
    QVERIFY(sheet.comparison()->ranks == std::vector<Index>({5, 10, 20}));
    for (auto* box : sheet.findChildren<QCheckBox*>()) box->setChecked(false);
    QVERIFY(!sheet.comparison());
    sheet.findChild<QCheckBox*>("compare_als")->setChecked(true);
    QCOMPARE(sheet.comparison()->methods.front().id, std::string("als"));
  }

  void theTableSortsByNumbersAndIsCopiedInFull() {
    Room room;
    ErrorTab tab(room.book, nullptr);
    tab.resize(1000, 300);
    tab.show();
    QVERIFY(tab.table().header.isEmpty());
    Comparison wish = kWish;
    wish.ranks = {2, 10, 1};
    room.book.start(wish);
    QTRY_COMPARE_WITH_TIMEOUT(room.book.known(), std::size_t{6}, kPatience);
    auto* table = tab.findChild<QTableWidget*>("compareTable");
    QVERIFY(table->isVisible());
    QCOMPARE(table->rowCount(), 6);
    table->sortItems(1);
    QStringList ranks;
    for (const QStringList& row : tab.table().rows) ranks << row[1];
    QCOMPARE(ranks, QStringList({"1", "1", "2", "2", "10", "10"}));  // not as text
    // All digits leave the window.
    double least = 1;
    for (const QStringList& row : tab.table().rows) least = std::min(least, row[4].toDouble());
    QCOMPARE(least, *room.book.rows()[1].errors.froRelative);
  }

  void aBudgetReadsEveryMethodAtTheSizeItBuys() {
    Room room;
    QTRY_VERIFY_WITH_TIMEOUT(room.controller.isSettled(), kPatience);
    room.book.start(kWish);
    QTRY_COMPARE_WITH_TIMEOUT(room.book.known(), std::size_t{6}, kPatience);
    const auto rows = room.book.rows();
    const Figure figure = errorFigure(*room.controller.analysis(), BudgetAxis::Parameters, {}, curvesOf(rows));
    // 250 numbers buy rank 3 of the optimum (210), and rank 2 of the grid (140).
    const auto readings = equalBudget(figure, 250);
    QCOMPARE(readings.size(), std::size_t{3});
    QCOMPARE(readings[0].at, 210.0);
    QCOMPARE(readings[1].at, 140.0);
    QCOMPARE(readings[1].error, *rows[1].errors.froRelative);
    QCOMPARE(readings[2].error, *rows[4].errors.froRelative);
    QVERIFY(equalBudget(figure, 60).size() == 1);  // only the optimum's rank 0
    const Figure flops = comparisonFigure(rows, BudgetAxis::Flops);
    QCOMPARE(flops.id, QString("flops"));
    QCOMPARE(flops.series.back().x, QVector<double>({140, 280, 560}));
    QCOMPARE(flops.series.front().x[3], 2.0 * 3 * 70);
  }

  void theWishTravelsInSessionsAndCommands() {
    SessionState state;
    state.inputs = {{.location = "gallery:hilbert,n=9", .view = {}}};
    state.matrix.input = 0;
    state.matrix.seed = 4;
    state.comparison = kWish;
    std::vector<Text> notices;
    const auto read = sessionFromJson(toJson(state).dump(), {}, notices);
    QVERIFY(read.has_value());
    QVERIFY(notices.empty());
    QVERIFY(read->comparison == kWish);
    QCOMPARE(shellQuoted(toCompareArguments(state)),
             std::string("compare gallery:hilbert,n=9 --methods svd,rsvd --ranks 1,2,4 --param rsvd.power=0 --seed 4"));
    QVERIFY(toCompareArguments(SessionState{}).empty());
    // What this version does not have is left out and said; what is broken is refused by its place.
    Json json = toJson(state);
    json["compare"]["methods"].push_back({{"method", "nope"}, {"params", Json::object()}});
    const auto without = sessionFromJson(json.dump(), {}, notices);
    QVERIFY(without.has_value() && without->comparison == kWish);
    QCOMPARE(notices.size(), std::size_t{1});
    json["compare"]["ranks"] = {0};
    const auto broken = sessionFromJson(json.dump(), {}, notices);
    QVERIFY(!broken.has_value());
    QVERIFY(QString::fromStdString(broken.error().message()).contains("compare.ranks"));
  }
};

QTEST_MAIN(TstCompare)
#include "tst_compare.moc"
