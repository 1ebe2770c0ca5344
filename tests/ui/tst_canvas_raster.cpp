// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <cmath>
#include <limits>

#include "tests/support/support.h"
#include "ui/canvas/colour_bar.h"
#include "ui/canvas/colour_maps.h"
#include "ui/canvas/raster_canvas.h"
#include "ui/canvas/shading.h"
#include "ui/theme/theme.h"

using namespace rankscope;
using namespace rankscope::ui;

namespace {

PicturePtr picture(Index rows, Index cols, std::vector<std::vector<float>> planes, int level = 0, Tile region = {}) {
  auto made = std::make_shared<Picture>();
  made->rows = rows;
  made->cols = cols;
  made->planes = std::move(planes);
  made->level = level;
  made->region = region.rows > 0 ? region : Tile{0, 0, rows << level, cols << level};
  return made;
}

PicturePtr ramp(Index rows, Index cols) {
  std::vector<float> values(static_cast<std::size_t>(rows * cols));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i);
  return picture(rows, cols, {values});
}

Look lookOf(const char* map, double lo, double hi, ValueScale scale = ValueScale::Linear) {
  Look look;
  look.map = QString::fromLatin1(map);
  look.scale = scale;
  look.lo = lo;
  look.hi = hi;
  return look;
}

void turnWheel(QWidget& widget, QPointF at, int eighths) {
  QWheelEvent event(at, widget.mapToGlobal(at), {}, QPoint(0, eighths), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                    false);
  QApplication::sendEvent(&widget, &event);
}

// QTest::mouseMove without a button only moves the cursor, which a hidden widget does not hear of.
void hoverAt(QWidget& widget, QPointF at) {
  QMouseEvent event(QEvent::MouseMove, at, widget.mapToGlobal(at), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
  QApplication::sendEvent(&widget, &event);
}

}  // namespace

class TstCanvasRaster : public QObject {
  Q_OBJECT

 private slots:
  void eachEntryIsASquareOfItsOwnColour() {
    RasterCanvas canvas;
    canvas.resize(60, 40);
    canvas.setMatrixSize(4, 6);
    canvas.setPictures(ramp(4, 6), nullptr);
    canvas.setLook(lookOf("grey", 0, 23));
    const QImage image = canvas.grabPixels();
    QCOMPARE(image.size(), QSize(60, 40));
    for (int y = 0; y < 40; ++y) {
      for (int x = 0; x < 60; ++x) {
        const int value = y / 10 * 6 + x / 10;
        // Through a table of 1025 steps: at most half of one off, and then the rounding of a level.
        RS_NEAR(qRed(image.pixel(x, y)), value * 255.0 / 23, 0.5 + 255.0 / 2048);
      }
    }
  }

  void outsideTheMatrixIsTheCanvasColour() {
    RasterCanvas canvas;
    canvas.resize(100, 40);
    canvas.setMatrixSize(4, 4);
    canvas.setPictures(ramp(4, 4), nullptr);
    canvas.setLook(lookOf("grey", 0, 15));
    const QImage image = canvas.grabPixels();
    QCOMPARE(image.pixel(29, 20), theme().canvas.rgb());
    QVERIFY(image.pixel(30, 20) != theme().canvas.rgb());
    QVERIFY(image.pixel(69, 20) != theme().canvas.rgb());
    QCOMPARE(image.pixel(70, 20), theme().canvas.rgb());
  }

  void colourPicturesKeepTheirColours() {
    RasterCanvas canvas;
    canvas.resize(30, 10);
    canvas.setMatrixSize(1, 3);
    canvas.setPictures(picture(1, 3, {{1, 0, 0.2F}, {0, 0.5F, 2}, {0, 1, -1}}), nullptr);
    Look look = lookOf("viridis", 0, 1, ValueScale::Log);  // neither map nor scale touches a colour picture
    look.colour = true;
    canvas.setLook(look);
    const QImage image = canvas.grabPixels();
    QCOMPARE(image.pixel(5, 5), qRgb(255, 0, 0));
    QCOMPARE(image.pixel(15, 5), qRgb(0, 128, 255));
    QCOMPARE(image.pixel(25, 5), qRgb(51, 255, 0));
    look.colour = false;
    look.map = "grey";
    look.scale = ValueScale::Linear;
    canvas.setLook(look);
    RS_NEAR(qRed(canvas.grabPixels().pixel(5, 5)), 255 * 0.2126, 1);
  }

  void nanAndInfinityHaveColoursOfTheirOwn() {
    const float nan = std::nanf(""), inf = std::numeric_limits<float>::infinity();
    RasterCanvas canvas;
    canvas.resize(40, 10);
    canvas.setMatrixSize(1, 4);
    canvas.setPictures(picture(1, 4, {{nan, inf, -inf, 1}}), nullptr);
    for (const ValueScale scale : {ValueScale::Linear, ValueScale::Log, ValueScale::Symlog, ValueScale::Arcsinh}) {
      canvas.setLook(lookOf("grey", 0.1, 1, scale));
      const QImage image = canvas.grabPixels();
      QCOMPARE(image.pixel(5, 5), kNaNColour);
      QCOMPARE(image.pixel(15, 5), kInfinityColour);
      QCOMPARE(image.pixel(25, 5), kInfinityColour);
      QCOMPARE(image.pixel(35, 5), qRgb(255, 255, 255));
    }
    canvas.setPictures(picture(1, 4, {{0, 0, 0, 0}, {nan, inf, 0, 0}, {inf, 0, 0, 0}}), nullptr);
    Look look;
    look.colour = true;
    canvas.setLook(look);
    QCOMPARE(canvas.grabPixels().pixel(5, 5), kNaNColour);
    QCOMPARE(canvas.grabPixels().pixel(15, 5), kInfinityColour);
    QCOMPARE(canvas.grabPixels().pixel(25, 5), qRgb(0, 0, 0));
  }

  void scalesFollowTheirFormulas_data() {
    QTest::addColumn<int>("scale");
    QTest::addColumn<double>("lo");
    QTest::addColumn<double>("hi");
    QTest::newRow("linear") << static_cast<int>(ValueScale::Linear) << -2.0 << 6.0;
    QTest::newRow("linear, small range on a large value") << static_cast<int>(ValueScale::Linear) << 1000.0 << 1000.5;
    QTest::newRow("log") << static_cast<int>(ValueScale::Log) << 1e-4 << 10.0;
    QTest::newRow("log from zero") << static_cast<int>(ValueScale::Log) << 0.0 << 10.0;
    QTest::newRow("symlog") << static_cast<int>(ValueScale::Symlog) << -5.0 << 5.0;
    QTest::newRow("arcsinh") << static_cast<int>(ValueScale::Arcsinh) << -1.0 << 8.0;
  }
  void scalesFollowTheirFormulas() {
    QFETCH(int, scale);
    QFETCH(double, lo);
    QFETCH(double, hi);
    const auto kind = static_cast<ValueScale>(scale);
    const double largest = std::max(std::abs(lo), std::abs(hi));
    const auto shape = [&](double v) {
      switch (kind) {
        case ValueScale::Linear:
          return v;
        case ValueScale::Log: {
          const double floor = lo > 0 ? lo : hi * 1e-6;
          return std::log(std::max(v, floor) / floor);
        }
        case ValueScale::Symlog:
          return std::copysign(std::log1p(std::abs(v) / (largest * 1e-3)), v);
        case ValueScale::Arcsinh:
          return std::asinh(v / (largest * 0.1));
      }
      return v;
    };
    const Shade shade = shadeOf(lookOf("grey", lo, hi, kind));
    for (int i = -5; i <= 105; ++i) {
      const auto v = static_cast<float>(lo + i / 100.0 * (hi - lo));
      int place = 0;
      tablePlaces(shade, &v, 1, &place);
      const double t = std::clamp((shape(static_cast<double>(v)) - shape(lo)) / (shape(hi) - shape(lo)), 0.0, 1.0);
      // Half a step of rounding, and as much for float: log₂ to 2e-6 of at most 20 is far below.
      RS_NEAR(place, t * (kTableSize - 1), 1.0);
    }
  }

  void aRangeThatIsNoneShowsTheMiddle() {
    for (const double hi : {3.0, 2.0, std::nan("")}) {
      const float v = 3;
      int place = 0;
      tablePlaces(shadeOf(lookOf("grey", 3, hi)), &v, 1, &place);
      QCOMPARE(place, (kTableSize - 1) / 2);
    }
  }

  void mapsAreMonotoneInLumaAndDivergingIsWhiteInTheMiddle() {
    for (const QString& map : colourMaps()) {
      const std::vector<QRgb>& table = colourTable(map);
      QCOMPARE(table.size(), static_cast<std::size_t>(kTableSize + 2));
      const auto luma = [&](int i) {
        const QRgb c = table[static_cast<std::size_t>(i)];
        return 0.2126 * qRed(c) + 0.7152 * qGreen(c) + 0.0722 * qBlue(c);
      };
      const bool diverging = map == "diverging";
      for (int i = 1; i < kTableSize; ++i) {
        const bool rising = !diverging || i <= (kTableSize - 1) / 2;
        const double step = rising ? luma(i) - luma(i - 1) : luma(i - 1) - luma(i);
        QVERIFY2(step > -1.01, qPrintable(map));  // a level of rounding
        // Neighbours are so close that a renderer one place off still is within two grey levels.
        QVERIFY(std::abs(qRed(table[static_cast<std::size_t>(i)]) - qRed(table[static_cast<std::size_t>(i - 1)])) <= 2);
      }
    }
    QCOMPARE(colourTable("diverging")[(kTableSize - 1) / 2], qRgb(255, 255, 255));
    QCOMPARE(colourTable("diverging").front(), qRgb(0x21, 0x66, 0xac));
    QCOMPARE(colourTable("diverging")[kTableSize - 1], qRgb(0xb2, 0x18, 0x2b));
    QCOMPARE(colourTable("no such map"), colourTable("grey"));
  }

  void aDetailLiesOverTheBaseWhereItIsFiner() {
    RasterCanvas canvas;
    canvas.resize(80, 80);
    canvas.setMatrixSize(8, 8);
    const PicturePtr base = picture(2, 2, {{0, 0, 0, 0}}, 2);
    const PicturePtr detail = picture(2, 2, {{1, 1, 1, 1}}, 0, {2, 4, 2, 2});
    canvas.setLook(lookOf("grey", 0, 1));
    canvas.setPictures(base, detail);
    const QImage image = canvas.grabPixels();
    QCOMPARE(qRed(image.pixel(45, 25)), 255);
    QCOMPARE(qRed(image.pixel(59, 39)), 255);
    QCOMPARE(qRed(image.pixel(39, 25)), 0);
    QCOMPARE(qRed(image.pixel(61, 25)), 0);
    // One that is coarser than both the base and the screen is a leftover of another view.
    const PicturePtr fine = ramp(8, 8);
    canvas.setPictures(fine, picture(2, 2, {{63, 63, 63, 63}}, 2));
    canvas.setLook(lookOf("grey", 0, 63));
    QCOMPARE(qRed(canvas.grabPixels().pixel(1, 1)), 0);
  }

  void reducedValuesStandForTheirBlocks() {
    RasterCanvas canvas;
    canvas.resize(70, 50);  // 5 × 7 entries, blocks of 2: the last ones have fewer
    canvas.setMatrixSize(5, 7);
    canvas.setPictures(picture(3, 4, {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}}, 1, {0, 0, 5, 7}), nullptr);
    canvas.setLook(lookOf("grey", 0, 11));
    const QImage image = canvas.grabPixels();
    for (int row = 0; row < 5; ++row) {
      for (int col = 0; col < 7; ++col) {
        const double value = row / 2 * 4 + col / 2;
        RS_NEAR(qRed(image.pixel(col * 10 + 5, row * 10 + 5)), value * 255 / 11, 0.7);
      }
    }
  }

  void wipeAndFlipShowTheSecondContent() {
    RasterCanvas canvas;
    canvas.resize(100, 20);
    canvas.setMatrixSize(2, 10);
    canvas.setLook(lookOf("grey", 0, 1));
    canvas.setPictures(picture(2, 10, {std::vector<float>(20, 0)}), nullptr);
    canvas.setCompare(Compare::Wipe, 0.3);
    QCOMPARE(qRed(canvas.grabPixels().pixel(90, 10)), 0);  // nothing to compare with
    canvas.setSecond(picture(2, 10, {std::vector<float>(20, 1)}), nullptr);
    QCOMPARE(qRed(canvas.grabPixels().pixel(29, 10)), 0);
    QCOMPARE(qRed(canvas.grabPixels().pixel(30, 10)), 255);
    canvas.setCompare(Compare::Flip, 0.3);
    QCOMPARE(qRed(canvas.grabPixels().pixel(0, 10)), 255);
    canvas.setCompare(Compare::None, 0.3);
    QCOMPARE(qRed(canvas.grabPixels().pixel(99, 10)), 0);
  }

  void theDividerFollowsTheMouseAndTheKeys() {
    RasterCanvas canvas;
    canvas.resize(200, 100);
    canvas.setMatrixSize(10, 20);
    canvas.setPictures(ramp(10, 20), nullptr);
    canvas.setSecond(ramp(10, 20), nullptr);
    canvas.setCompare(Compare::Wipe, 0.5);
    QSignalSpy moved(&canvas, &Canvas::wipeMoved);
    QSignalSpy views(&canvas, &Canvas::viewChanged);
    QTest::mousePress(&canvas, Qt::LeftButton, {}, {102, 50});
    QTest::mouseMove(&canvas, {150, 50});
    QTest::mouseRelease(&canvas, Qt::LeftButton, {}, {150, 50});
    QCOMPARE(moved.last().first().toDouble(), 0.75);
    QTest::keyClick(&canvas, Qt::Key_Left, Qt::ShiftModifier);
    RS_NEAR(moved.last().first().toDouble(), 0.73, 1e-12);
    QCOMPARE(views.size(), 0);
  }

  void zoomKeepsThePointUnderTheCursor() {
    RasterCanvas canvas;
    canvas.resize(400, 300);
    canvas.setMatrixSize(600, 800);
    QSignalSpy views(&canvas, &Canvas::viewChanged);
    for (const QPointF at : {QPointF(37, 211), QPointF(399, 0), QPointF(200, 150)}) {
      const QPointF before = canvas.entryAt(at);
      turnWheel(canvas, at, 360);
      QVERIFY(!canvas.view().fit);
      RS_NEAR(canvas.entryAt(at).x(), before.x(), 1e-9);
      RS_NEAR(canvas.entryAt(at).y(), before.y(), 1e-9);
    }
    QCOMPARE(views.size(), 3);
    for (int i = 0; i < 100; ++i) turnWheel(canvas, {1, 1}, 1200);
    QCOMPARE(canvas.view().scale, 256.0);
    for (int i = 0; i < 100; ++i) turnWheel(canvas, {1, 1}, -1200);
    QCOMPARE(canvas.view().scale, 0.125);
  }

  void fitFollowsTheSizeUntilTheUserMoves() {
    RasterCanvas canvas;
    canvas.resize(400, 300);
    canvas.setMatrixSize(30, 80);
    QCOMPARE(canvas.view().scale, 5.0);
    QCOMPARE(canvas.view().centre, QPointF(40, 15));
    canvas.resize(800, 150);
    canvas.show();
    QCOMPARE(canvas.view().scale, 5.0);
    canvas.resize(800, 600);
    QTRY_COMPARE(canvas.view().scale, 10.0);
    QTest::keyClick(&canvas, Qt::Key_1);
    QCOMPARE(canvas.view().scale, 1 / canvas.devicePixelRatioF());
    QVERIFY(!canvas.view().fit);
    QTest::keyClick(&canvas, Qt::Key_Plus);
    QCOMPARE(canvas.view().scale, 1.25 / canvas.devicePixelRatioF());
    QTest::keyClick(&canvas, Qt::Key_Minus);
    QTest::mouseDClick(&canvas, Qt::LeftButton, {}, {5, 5});
    QVERIFY(canvas.view().fit);
    QTest::keyClick(&canvas, Qt::Key_Right);
    RS_NEAR(canvas.view().centre.x(), 48, 1e-9);
    QTest::keyClick(&canvas, Qt::Key_Up);
    RS_NEAR(canvas.view().centre.y(), 9, 1e-9);
    QTest::keyClick(&canvas, Qt::Key_0);
    QVERIFY(canvas.view().fit);
  }

  void draggingPansAndStaysInSight() {
    RasterCanvas canvas;
    canvas.resize(100, 100);
    canvas.setMatrixSize(10, 10);
    QTest::mousePress(&canvas, Qt::LeftButton, {}, {50, 50});
    QTest::mouseMove(&canvas, {51, 50});
    QVERIFY(canvas.view().fit);  // an unsteady click
    QTest::mouseMove(&canvas, {70, 40});
    QTest::mouseRelease(&canvas, Qt::LeftButton, {}, {70, 40});
    QCOMPARE(canvas.view().centre, QPointF(3, 6));
    View view = canvas.view();
    view.centre = QPointF(-500, 1e9);
    canvas.setView(view);
    QCOMPARE(canvas.view().centre, QPointF(0, 10));
  }

  void linkedViewsDoNotEcho() {
    RasterCanvas one, two;
    for (RasterCanvas* canvas : {&one, &two}) {
      canvas->resize(100, 100);
      canvas->setMatrixSize(50, 50);
    }
    connect(&one, &Canvas::viewChanged, &two, &Canvas::setView);
    connect(&two, &Canvas::viewChanged, &one, &Canvas::setView);
    QSignalSpy echo(&two, &Canvas::viewChanged);
    one.zoomBy(3, {10, 20});
    QCOMPARE(two.view(), one.view());
    QCOMPARE(echo.size(), 0);
  }

  void hoverNamesTheEntryUnderTheCursor() {
    RasterCanvas canvas;
    canvas.resize(100, 50);
    canvas.setMatrixSize(5, 5);
    QSignalSpy hovered(&canvas, &Canvas::hovered);
    hoverAt(canvas, {39, 21});
    QCOMPARE(hovered.last(), (QVariantList{2, 1}));
    hoverAt(canvas, {38, 22});  // the same entry: silence
    QCOMPARE(hovered.size(), 1);
    hoverAt(canvas, {10, 20});
    QCOMPARE(hovered.last(), (QVariantList{-1, -1}));
  }

  void wantedNamesWhatIsSeenAndItsLevel() {
    RasterCanvas canvas;
    canvas.resize(100, 100);
    QList<std::pair<Tile, int>> wishes;
    connect(&canvas, &Canvas::wanted, [&](const Tile& tile, int level) { wishes << std::pair(tile, level); });
    canvas.setMatrixSize(1600, 1600);
    QCOMPARE(wishes.last().first, (Tile{0, 0, 1600, 1600}));
    QCOMPARE(wishes.last().second, 4);
    const auto count = wishes.size();
    canvas.setView(canvas.view());
    QCOMPARE(wishes.size(), count);
    canvas.setView({QPointF(800, 400), 2, false});
    QCOMPARE(wishes.last().first, (Tile{375, 775, 50, 50}));
    QCOMPARE(wishes.last().second, 0);
  }

  void axisMapsAgreeWithEntriesAtEveryRatio() {
    for (const double dpr : {1.0, 1.25, 1.5, 2.0}) {
      const int pixels = 300;
      const std::vector<int> map = axisMap(pixels, dpr, 20, 5, 40);
      for (int p = 0; p < pixels; ++p) {
        const double entry = 20 + ((p + 0.5) / dpr - pixels / dpr / 2) / 5;
        const int expected = entry < 0 || entry >= 40 ? -1 : static_cast<int>(entry + 1e-7);
        QCOMPARE(map[static_cast<std::size_t>(p)], expected);
      }
    }
    // One to one, off by half an entry: no entry twice, none left out.
    const std::vector<int> map = axisMap(101, 1, 50, 1, 1000);
    for (std::size_t p = 1; p < map.size(); ++p) QCOMPARE(map[p], map[p - 1] + 1);
  }

  void placeholderAndNumbersPaint() {
    RasterCanvas canvas;
    canvas.resize(300, 200);
    canvas.setMatrixSize(2, 3);
    canvas.setLook(lookOf("grey", 0, 1));
    canvas.setPictures(picture(2, 3, {std::vector<float>(6, 0.5F)}), nullptr);
    const QImage numbers = canvas.grab().toImage().convertToFormat(QImage::Format_RGB32);
    QVERIFY(numbers != canvas.grabPixels());  // text stands over the cells
    canvas.setPlaceholder("Nothing here", "Drop something");
    const QImage empty = canvas.grab().toImage().convertToFormat(QImage::Format_RGB32);
    QCOMPARE(empty.pixel(2, 2), theme().canvas.rgb());
    QVERIFY(empty != numbers);
    QSignalSpy hovered(&canvas, &Canvas::hovered);
    hoverAt(canvas, {150, 100});
    QCOMPARE(hovered.size(), 0);
  }

  void emptyCanvasesAndPicturesAreHarmless() {
    RasterCanvas canvas;
    canvas.grab();
    canvas.setMatrixSize(0, 0);
    canvas.zoomBy(2, {3, 3});
    canvas.setPictures(picture(0, 0, {{}}), nullptr);
    canvas.grab();
    canvas.setMatrixSize(3, 3);
    canvas.setPictures(nullptr, nullptr);
    canvas.grab();
  }

  void withoutOpenGlTheFactoryMakesRasterCanvases() {
    // The offscreen platform has no OpenGL: a QOpenGLWidget would crash here.
    for (const Renderer choice : {Renderer::Gl, Renderer::Auto, Renderer::Raster}) {
      setRenderer(choice);
      QCOMPARE(rendererInUse(), Renderer::Raster);
      const std::unique_ptr<Canvas> canvas(makeCanvas(nullptr));
      QVERIFY(qobject_cast<RasterCanvas*>(canvas.get()) != nullptr);
      canvas->show();
    }
    QVERIFY(!rendererName().isEmpty());
  }

  void colourBarDragsItsEnds() {
    ColourBar bar;
    bar.resize(308, 32);
    bar.setWholeRange(0, 10);
    bar.setLook(lookOf("viridis", 0, 10));
    QSignalSpy changed(&bar, &ColourBar::rangeChanged);
    const QRectF area = bar.gradientArea();
    const auto at = [&](double value) {
      return QPoint(static_cast<int>(std::lround(area.left() + value / 10 * area.width())),
                    static_cast<int>(area.center().y()));
    };
    const double pixel = 10 / area.width();  // what rounding to a pixel may move an end by, at either end of the drag
    QTest::mousePress(&bar, Qt::LeftButton, {}, at(0));
    QTest::mouseMove(&bar, at(2.5));
    RS_NEAR(changed.last()[0].toDouble(), 2.5, 2 * pixel);
    QCOMPARE(changed.last()[2].toBool(), false);
    const double lo = changed.last()[0].toDouble();
    QTest::mouseRelease(&bar, Qt::LeftButton, {}, at(2.5));
    QCOMPARE(changed.last(), (QVariantList{lo, 10.0, true}));
    QCOMPARE(bar.gradientArea(), area);
    const auto count = changed.size();
    QTest::mouseClick(&bar, Qt::LeftButton, {}, at(2.5));  // no move, no change
    QCOMPARE(changed.size(), count);
    QTest::keyClick(&bar, Qt::Key_Left);
    QCOMPARE(changed.last(), (QVariantList{lo, 9.9, true}));
    QTest::keyClick(&bar, Qt::Key_Right, Qt::ShiftModifier);
    RS_NEAR(changed.last()[0].toDouble(), lo + 0.1, 1e-12);
    QTest::mouseDClick(&bar, Qt::LeftButton, {}, at(5));
    QCOMPARE(changed.last(), (QVariantList{0.0, 10.0, true}));
    QVERIFY(bar.accessibleName().contains("10"));
  }

  void divergingRangesStaySymmetric() {
    ColourBar bar;
    bar.resize(308, 32);
    bar.setWholeRange(-4, 4);
    bar.setLook(lookOf("diverging", -4, 4));
    QSignalSpy changed(&bar, &ColourBar::rangeChanged);
    QTest::keyClick(&bar, Qt::Key_Left, Qt::ControlModifier);
    RS_NEAR(changed.last()[0].toDouble(), -3.2, 1e-12);
    RS_NEAR(changed.last()[1].toDouble(), 3.2, 1e-12);
    bar.grab();
  }
};

QTEST_MAIN(TstCanvasRaster)
#include "tst_canvas_raster.moc"
