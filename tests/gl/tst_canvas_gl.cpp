// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QProcess>
#include <QSurfaceFormat>
#include <QTest>
#include <QVBoxLayout>
#include <cmath>
#include <limits>

#include "tests/support/support.h"
#include "ui/canvas/gl_canvas.h"
#include "ui/canvas/raster_canvas.h"
#include "ui/canvas/shading.h"

using namespace rankscope;
using namespace rankscope::ui;

namespace {

PicturePtr picture(Index rows, Index cols, int planes, int level, Tile region, std::uint64_t seed) {
  auto made = std::make_shared<Picture>();
  made->rows = rows;
  made->cols = cols;
  made->level = level;
  made->region = region;
  for (int plane = 0; plane < planes; ++plane) {
    const Matrix<float> values = test::gaussian(rows, cols, seed + static_cast<std::uint64_t>(plane)).cast<float>();
    made->planes.emplace_back(values.data(), values.data() + values.size());
  }
  made->planes.front()[3] = std::nanf("");
  made->planes.back()[static_cast<std::size_t>(cols)] = std::numeric_limits<float>::infinity();
  return made;
}

int worstChannel(const QImage& a, const QImage& b) {
  int worst = 0;
  for (int y = 0; y < a.height(); ++y) {
    for (int x = 0; x < a.width(); ++x) {
      const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
      worst = std::max(
          {worst, std::abs(qRed(p) - qRed(q)), std::abs(qGreen(p) - qGreen(q)), std::abs(qBlue(p) - qBlue(q))});
    }
  }
  return worst;
}

struct Pair {
  QWidget window;
  GlCanvas* gl = nullptr;
  RasterCanvas raster;

  explicit Pair(QSize size) {
    gl = new GlCanvas(&window);
    gl->setGeometry(QRect({0, 0}, size));
    window.resize(size);
    raster.resize(size);
    window.show();
  }
  template <class F>
  void both(F&& f) {
    f(static_cast<Canvas&>(*gl));
    f(static_cast<Canvas&>(raster));
  }
};

}  // namespace

class TstCanvasGl : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    setRenderer(Renderer::Gl);
    QCOMPARE(rendererInUse(), Renderer::Gl);
    QVERIFY(rendererName().startsWith("OpenGL"));
  }

  void softwareRenderersAreNotChosenUnasked() {
    setRenderer(Renderer::Auto);
    QCOMPARE(rendererInUse(), Renderer::Raster);  // this test runs on a software renderer
    setRenderer(Renderer::Raster);
    QVERIFY(qobject_cast<RasterCanvas*>(std::unique_ptr<Canvas>(makeCanvas(nullptr)).get()) != nullptr);
    setRenderer(Renderer::Gl);
    QVERIFY(qobject_cast<GlCanvas*>(std::unique_ptr<Canvas>(makeCanvas(nullptr)).get()) != nullptr);
  }

  void bothCanvasesAgree_data() {
    QTest::addColumn<QString>("map");
    QTest::addColumn<int>("scale");
    QTest::addColumn<bool>("colour");
    QTest::addColumn<int>("planes");
    QTest::newRow("grey") << "grey" << 0 << false << 1;
    QTest::newRow("viridis log") << "viridis" << 1 << false << 1;
    QTest::newRow("diverging symlog") << "diverging" << 2 << false << 1;
    QTest::newRow("inferno arcsinh") << "inferno" << 3 << false << 1;
    QTest::newRow("magma of a colour picture") << "magma" << 0 << false << 3;
    QTest::newRow("colour") << "grey" << 0 << true << 3;
  }
  void bothCanvasesAgree() {
    QFETCH(QString, map);
    QFETCH(int, scale);
    QFETCH(bool, colour);
    QFETCH(int, planes);
    Pair pair({400, 300});
    QVERIFY(QTest::qWaitForWindowExposed(&pair.window));
    Look look;
    look.map = map;
    look.scale = static_cast<ValueScale>(scale);
    look.colour = colour;
    look.lo = -2.5;
    look.hi = 2.5;
    // 1300 × 2200 entries at level 0: more than one tile either way; a base of level 2 and a second content
    const PicturePtr base = picture(325, 550, planes, 2, {0, 0, 1300, 2200}, 1);
    const PicturePtr detail = picture(1300, 1200, planes, 0, {0, 900, 1300, 1200}, 5);
    const PicturePtr second = picture(325, 550, planes, 2, {0, 0, 1300, 2200}, 9);
    pair.both([&](Canvas& canvas) {
      canvas.setMatrixSize(1300, 2200);
      canvas.setLook(look);
      canvas.setPictures(base, detail);
    });
    const auto agree = [&](const char* what) {
      const QImage gl = pair.gl->grabPixels(), raster = pair.raster.grabPixels();
      QCOMPARE(gl.size(), raster.size());
      const int worst = worstChannel(gl, raster);
      QVERIFY2(worst <= 2, qPrintable(QString("%1: off by %2").arg(what).arg(worst)));
      QVERIFY2(worstChannel(gl, QImage(gl.size(), QImage::Format_RGB32)) > 50, what);  // not an empty picture
    };
    agree("fit");
    for (const View& view : {View{QPointF(1030.3, 700.7), 1, false}, View{QPointF(905, 3), 17.3, false},
                             View{QPointF(2190, 1290), 0.77, false}, View{QPointF(1023, 1023), 60, false}}) {
      pair.both([&](Canvas& canvas) { canvas.setView(view); });
      agree("view");
    }
    pair.both([&](Canvas& canvas) {
      canvas.setView({QPointF(1100, 650), 0.9, false});
      canvas.setSecond(second, nullptr);
      canvas.setCompare(Compare::Wipe, 0.37);
    });
    agree("wipe");
    pair.both([&](Canvas& canvas) { canvas.setCompare(Compare::Flip, 0.37); });
    agree("flip");
    look.hi = look.lo;
    pair.both([&](Canvas& canvas) { canvas.setLook(look); });
    const QImage gl = pair.gl->grabPixels();
    QVERIFY(worstChannel(gl, pair.raster.grabPixels()) <= 2);
  }

  void bothCanvasesAgreeAtOtherPixelRatios() {
    // The ratio is fixed when the application starts: run the comparison above in another one.
    for (const char* factor : {"1.5", "2"}) {
      QProcess other;
      QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
      environment.insert("QT_SCALE_FACTOR", factor);
      other.setProcessEnvironment(environment);
      other.setProcessChannelMode(QProcess::MergedChannels);
      other.start(QCoreApplication::applicationFilePath(), {"bothCanvasesAgree"});
      QVERIFY(other.waitForFinished(120000));
      const QByteArray log = other.readAll();
      QVERIFY2(other.exitStatus() == QProcess::NormalExit && other.exitCode() == 0, log.constData());
      QVERIFY2(log.contains("8 passed"), log.constData());  // six rows, start and end
    }
  }

  void picturesOfAnotherShapeReplaceTheOld() {
    Pair pair({200, 200});
    QVERIFY(QTest::qWaitForWindowExposed(&pair.window));
    pair.both([](Canvas& canvas) { canvas.setLook({false, "viridis", ValueScale::Linear, -2, 2}); });
    for (const Index side : {1500, 7, 640, 65, 1024}) {
      const PicturePtr shown = picture(side, side, 1, 0, {0, 0, side, side}, 3);
      pair.both([&](Canvas& canvas) {
        canvas.setMatrixSize(side, side);
        canvas.setPictures(shown, nullptr);
      });
      QVERIFY(worstChannel(pair.gl->grabPixels(), pair.raster.grabPixels()) <= 2);
    }
    pair.both([](Canvas& canvas) { canvas.setPictures(nullptr, nullptr); });
    QVERIFY(worstChannel(pair.gl->grabPixels(), pair.raster.grabPixels()) == 0);
  }

  void overlaysAreInTheGrab() {
    Pair pair({300, 200});
    QVERIFY(QTest::qWaitForWindowExposed(&pair.window));
    pair.gl->setPlaceholder("Drop a picture or a matrix here", "or choose one");
    const QImage empty = pair.gl->grab().toImage().convertToFormat(QImage::Format_RGB32);
    QVERIFY(worstChannel(empty, pair.gl->grabPixels()) > 100);
  }

  void mouseReachesTheCanvasThroughTheSurface() {
    Pair pair({200, 200});
    QVERIFY(QTest::qWaitForWindowExposed(&pair.window));
    pair.gl->setMatrixSize(20, 20);
    QTest::mousePress(pair.window.windowHandle(), Qt::LeftButton, {}, {100, 100});
    QTest::mouseMove(pair.window.windowHandle(), {120, 100});
    QTest::mouseMove(pair.window.windowHandle(), {130, 100});
    QTest::mouseRelease(pair.window.windowHandle(), Qt::LeftButton, {}, {130, 100});
    QTRY_COMPARE(pair.gl->view().centre.x(), 7.0);
  }

  void canvasesMoveBetweenWindowsAndGo() {
    auto first = std::make_unique<QWidget>();
    QWidget second;
    auto* canvas = new GlCanvas(first.get());
    canvas->resize(150, 150);
    canvas->setMatrixSize(30, 30);
    canvas->setLook({false, "viridis", ValueScale::Linear, -2, 2});
    canvas->setPictures(picture(30, 30, 1, 0, {0, 0, 30, 30}, 3), nullptr);
    first->show();
    QVERIFY(QTest::qWaitForWindowExposed(first.get()));
    const QImage before = canvas->grabPixels();
    canvas->setParent(&second);
    canvas->show();
    second.show();
    QVERIFY(QTest::qWaitForWindowExposed(&second));
    QCOMPARE(worstChannel(canvas->grabPixels(), before), 0);
    first.reset();
    QCOMPARE(worstChannel(canvas->grabPixels(), before), 0);
    delete canvas;
    for (int i = 0; i < 3; ++i) {
      auto* passing = new GlCanvas(&second);
      passing->show();
      QCoreApplication::processEvents();
      delete passing;
    }
  }
};

int main(int argc, char** argv) {
  QSurfaceFormat format;
  format.setVersion(3, 3);
  format.setProfile(QSurfaceFormat::CoreProfile);
  QSurfaceFormat::setDefaultFormat(format);
  QApplication app(argc, argv);
  TstCanvasGl test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_canvas_gl.moc"
