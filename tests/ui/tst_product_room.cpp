// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/product_page.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <cmath>
#include <limits>

#include "tests/support/support.h"
#include "ui/pages/product_controller.h"
#include "ui/theme/theme.h"
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
};

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
    for (const char* form : {"identity", "gram"}) {
      room.controller().setForm(form);
      QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
      QVERIFY(room.page.command().isEmpty());
    }
    QCOMPARE(room.controller().analysis()->product->rows(), Index{48});
  }

  void sidesThatDoNotMatchAreToldAndMended() {
    Room room;
    room.controller().openSample();
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    room.controller().swapSides();
    QTRY_VERIFY_WITH_TIMEOUT(room.controller().failure().has_value(), kPatience);
    room.controller().swapSides();
    QTRY_VERIFY_WITH_TIMEOUT(room.ready(), kPatience);
    QVERIFY(!room.controller().failure());
  }
};

QTEST_MAIN(TstProductRoom)
#include "tst_product_room.moc"
