// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QToolButton>
#include <QUndoStack>
#include <cmath>

#include "tests/support/support.h"
#include "ui/canvas/shading.h"
#include "ui/pages/matrix_controller.h"
#include "ui/pages/matrix_page.h"
#include "ui/pages/plot_panel.h"
#include "ui/pages/structure_panel.h"
#include "ui/plots/plot_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/monarch_chain.h"
#include "ui/widgets/tile_map.h"

using namespace rankscope;
using namespace rankscope::ui;

namespace {

constexpr int kPatience = 30000;  // ms; generous, a busy machine is not a failure

/// I = 2, J = 3, K = 2, S = 2, ρ = 1, columns as they are; entry (i, q) of L is 1 + i + 10 q, R all ones but one.
Monarch small() {
  Matrix<double> L(2, 6), R = Matrix<double>::Ones(3, 4);
  for (Index i = 0; i < 2; ++i) {
    for (Index q = 0; q < 6; ++q) L(i, q) = static_cast<double>(1 + i + 10 * q);
  }
  R(2, 3) = -1;
  return {.I = 2, .J = 3, .K = 2, .S = 2, .blockRank = 1, .L = L, .R = R, .columns = {0, 1, 2, 3}};
}

const Series* seriesOf(const Figure& figure, const char* id) {
  for (const Series& series : figure.series) {
    if (series.id == QLatin1String(id)) return &series;
  }
  return nullptr;
}

}  // namespace

/// The tab that shows what a method chose.
class TstStructure : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    loadFonts();
    applyTheme(*qApp, ThemeChoice::Light);
  }
  void init() {
    m_service = std::make_unique<ComputeService>(coreFormats(), 2, std::size_t{1} << 30);
    m_session = std::make_unique<Session>();
    m_page = std::make_unique<MatrixPage>(*m_session, *m_service, nullptr);
    m_page->resize(1200, 800);
    m_page->show();
  }
  void cleanup() {
    m_page.reset();
    m_service.reset();
    m_session.reset();
  }

  void blocksAreCutFromTheFactors() {
    const MonarchPicture picture = pictureOf(small(), 1);
    QCOMPARE(picture.L.size(), std::size_t{3});
    QCOMPARE(picture.R.size(), std::size_t{2});
    QCOMPARE(picture.L[0].size(), QSize(2, 2));  // I × Kρ
    QCOMPARE(picture.R[0].size(), QSize(2, 3));  // Jρ × S
    // The largest of L is red, and its least nearly white; the single −1 of R is blue, the others red.
    QVERIFY(qRed(picture.L[2].pixel(1, 1)) > qBlue(picture.L[2].pixel(1, 1)));
    QVERIFY(qBlue(picture.L[0].pixel(0, 0)) > 200 && qRed(picture.L[0].pixel(0, 0)) > 200);
    QVERIFY(qBlue(picture.R[1].pixel(1, 2)) > qRed(picture.R[1].pixel(1, 2)));
    QVERIFY(qRed(picture.R[1].pixel(0, 2)) > qBlue(picture.R[1].pixel(0, 2)));
  }

  void theWayThroughTheColumnOrderIsThereWhereThereIsOne() {
    MonarchChain chain;
    auto plain = std::make_shared<MonarchPicture>(pictureOf(small(), 1));
    chain.setPicture(plain);
    QCOMPARE(chain.lastPhase(), 4.0);
    auto ordered = std::make_shared<MonarchPicture>(*plain);
    ordered->columns = {0, 2, 1, 3};
    chain.setPicture(ordered);
    QCOMPARE(chain.lastPhase(), 5.0);
    chain.resize(600, 220);
    QSignalSpy chosen(&chain, &MonarchChain::rowChosen);
    QTest::keyClick(&chain, Qt::Key_Down);
    QCOMPARE(chosen.takeFirst().at(0).toLongLong(), 1);
    chain.setTile(7, 0);  // there is none
    QCOMPARE(chain.tileRow(), Index{0});
    // Every phase can be drawn, and moves the dots.
    chain.setPhase(-1);
    QImage before = chain.grab().toImage();
    for (const double phase : {0.5, 1.25, 1.75, 2.5, 3.25, 3.75, 4.5, 5.0}) {
      chain.setPhase(phase);
      const QImage now = chain.grab().toImage();
      QVERIFY(now != before);
      before = now;
    }
  }

  void aTileIsChosenWithMouseAndKeys() {
    TileMap map;
    map.resize(204, 104);
    QImage image(4, 2, QImage::Format_RGB32);
    image.fill(Qt::gray);
    map.setTiles(image, 2, 4);
    QSignalSpy chosen(&map, &TileMap::chosen);
    const QRectF area = map.area();
    QTest::mouseClick(&map, Qt::LeftButton, {},
                      (area.topLeft() + QPointF(area.width() * 0.6, area.height() * 0.8)).toPoint());
    QCOMPARE(chosen.takeFirst(), (QList<QVariant>{qlonglong{1}, qlonglong{2}}));
    map.setChosen(1, 2);
    QTest::keyClick(&map, Qt::Key_Left);
    QCOMPARE(chosen.takeFirst(), (QList<QVariant>{qlonglong{1}, qlonglong{1}}));
    QTest::keyClick(&map, Qt::Key_Down);  // there is no further row
    QCOMPARE(chosen.takeFirst(), (QList<QVariant>{qlonglong{1}, qlonglong{2}}));
  }

  void choicesFallOneByOne() {
    show(lowRank());
    m_page->controller().setMethod("cur");
    choose();
    settle();
    StructurePanel* panel = m_page->plots()->structure();
    QCOMPARE(seriesOf(panel->figure(), "columns")->x.size(), 3);
    QSignalSpy shown(panel, &StructurePanel::choicesShown);
    const int steps = m_session->undoStack().count();
    QTest::mouseClick(child<QToolButton>("structureBack"), Qt::LeftButton);
    QCOMPARE(shown.takeFirst().at(0).toLongLong(), 2);
    QCOMPARE(seriesOf(panel->figure(), "columns")->x.size(), 2);
    QCOMPARE(child<QLabel>("structureNote")->text(), QStringLiteral("2 of 3 chosen"));
    QTest::mouseClick(child<QToolButton>("structurePlay"), Qt::LeftButton);
    QCOMPARE(shown.takeFirst().at(0).toLongLong(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(child<QLabel>("structureNote")->text(), QStringLiteral("3 of 3 chosen"), kPatience);
    QCOMPARE(m_session->undoStack().count(), steps);  // looking changes nothing
  }

  void drawsStandBesideTheirProbabilities() {
    show(lowRank());
    m_page->controller().setMethod("css");
    m_page->controller().setParams({{"rule", std::string("leverage")}});
    choose();
    settle();
    const auto* plot = child<PlotView>("probabilityPlot");
    QVERIFY(plot->isVisible());
    QVERIFY(seriesOf(plot->figure(), "drawn"));
    QTest::mouseClick(child<QToolButton>("structurePlay"), Qt::LeftButton);
    QVERIFY(!seriesOf(plot->figure(), "drawn"));
    m_page->controller().setMethod("svd");
    settle();
    QVERIFY(!m_page->plots()->structure()->figure().emptyText.isEmpty());
  }

 private:
  template <class T>
  T* child(const char* name) {
    return m_page->findChild<T*>(QString::fromLatin1(name));
  }
  static MatrixPtr lowRank() {
    Matrix<double> M(12, 10);
    for (Index i = 0; i < 12; ++i) {
      for (Index j = 0; j < 10; ++j)
        M(i, j) = std::cos(static_cast<double>(i * i + i * j)) / static_cast<double>(1 + j);
    }
    return makeMatrix(M);
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
  void choose() { m_page->controller().setView("tab", "structure", QStringLiteral("Tab")); }
  void settle() { QTRY_VERIFY_WITH_TIMEOUT(m_page->isSettled(), kPatience); }

  std::unique_ptr<ComputeService> m_service;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<MatrixPage> m_page;
};

QTEST_MAIN(TstStructure)
#include "tst_structure.moc"
