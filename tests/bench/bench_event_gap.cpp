// SPDX-License-Identifier: GPL-3.0-or-later
// How long the window leaves its event loop alone while both cores compute. The real window reads two 1080p colour
// pictures one after the other, and the rank line is dragged during the exact computation and after it. For each phase:
// the longest gap between two rounds of the event loop (wall), the window's own share of it (CPU time of its thread,
// which busy cores do not lengthen), and the slowest handlers by that measure. Argument: how many runs (default 3);
// QT_QPA_PLATFORM and --gl or --no-gl choose what draws.
#include <sys/resource.h>

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QImage>
#include <QImageReader>
#include <QMouseEvent>
#include <QSettings>
#include <QStandardPaths>
#include <QStyleFactory>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <vector>

#include "core/base/random.h"
#include "core/linalg/lapack.h"
#include "ui/canvas/canvas.h"
#include "ui/media/media.h"
#include "ui/pages/matrix_controller.h"
#include "ui/pages/matrix_page.h"
#include "ui/plots/plot_view.h"
#include "ui/theme/theme.h"
#include "ui/window/input_opener.h"
#include "ui/window/main_window.h"

using namespace rankscope;
using namespace rankscope::ui;

namespace {

constexpr int kRows = 1080, kCols = 1920;
constexpr std::size_t kMemory = std::size_t{3} << 30;
constexpr std::size_t kShownHandlers = 4;
constexpr double kWorthShowing = 2;  // milliseconds

double milliseconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

/// What the window's thread has used: since its start, or between two moments.
struct Use {
  double wall = 0, cpu = 0;
  long waits = 0, thrown = 0, faults = 0;  // gave up the core by itself, was thrown off it, touched fresh pages

  static Use now() {
    rusage use{};
    getrusage(RUSAGE_THREAD, &use);
    return {milliseconds(CLOCK_MONOTONIC), milliseconds(CLOCK_THREAD_CPUTIME_ID), use.ru_nvcsw, use.ru_nivcsw,
            use.ru_minflt};
  }
  Use since(const Use& before) const {
    return {wall - before.wall, cpu - before.cpu, waits - before.waits, thrown - before.thrown, faults - before.faults};
  }
  void print() const {
    std::printf("%6.1f wall %6.1f CPU, %3ld waits, %3ld thrown off, %5ld pages", wall, cpu, waits, thrown, faults);
  }
};

struct Handler {
  QString what;
  Use use;
};

/// Times every handler of the window's thread that is not inside another, and every round of the event loop.
class Meter : public QApplication {
 public:
  using QApplication::QApplication;

  bool notify(QObject* receiver, QEvent* event) override {
    if (m_depth > 0) return QApplication::notify(receiver, event);
    Handler handler{.what = QStringLiteral("%1 %2, event %3")
                                .arg(QString::fromLatin1(receiver->metaObject()->className()), receiver->objectName())
                                .arg(event->type())};
    const Use before = Use::now();
    ++m_depth;
    const bool handled = QApplication::notify(receiver, event);
    --m_depth;
    handler.use = Use::now().since(before);
    m_handlers.push_back(std::move(handler));
    return handled;
  }

  /// One round of the event loop is over.
  void tick() {
    const Use now = Use::now(), round = now.since(m_last);
    m_last = now;
    m_busiest = std::max(m_busiest, round.cpu);
    if (round.wall > m_longest.wall) {
      m_longest = round;
      m_handlersOfLongest.assign(m_handlers.begin() + static_cast<std::ptrdiff_t>(m_roundBegins), m_handlers.end());
    }
    m_roundBegins = m_handlers.size();
  }

  void start() {
    m_handlers.clear();
    m_handlersOfLongest.clear();
    m_roundBegins = 0;
    m_longest = {};
    m_busiest = 0;
    m_last = Use::now();
  }

  void report(const char* phase) {
    std::printf("  %-32s", phase);
    m_longest.print();
    std::printf("; most CPU in a gap %.1f\n", m_busiest);
    show("in the longest gap", m_handlersOfLongest, [](const Handler& handler) { return handler.use.wall; });
    show("most CPU time", m_handlers, [](const Handler& handler) { return handler.use.cpu; });
    std::fflush(stdout);
  }

 private:
  static void show(const char* title, std::vector<Handler> handlers, double (*key)(const Handler&)) {
    std::sort(handlers.begin(), handlers.end(), [key](const auto& a, const auto& b) { return key(a) > key(b); });
    handlers.resize(std::min(handlers.size(), kShownHandlers));
    for (const Handler& handler : handlers) {
      if (key(handler) < kWorthShowing) continue;
      std::printf("      %-20s ", title);
      handler.use.print();
      std::printf("  %s\n", qPrintable(handler.what));
    }
  }

  int m_depth = 0;
  std::vector<Handler> m_handlers, m_handlersOfLongest;
  std::size_t m_roundBegins = 0;
  Use m_last, m_longest;
  double m_busiest = 0;
};

/// A spectrum that falls like a photograph's: smooth waves of amplitude 1/frequency, edges, and the noise of a sensor.
QImage photograph(std::uint64_t seed) {
  Random draw(seed, "photograph");
  struct Wave {
    double x, y, phase, size;
  };
  std::vector<Wave> waves;
  for (int i = 0; i < 48; ++i) {
    const double frequency = std::exp(4 * draw.uniform()), angle = 6.28318 * draw.uniform();
    waves.push_back({frequency * std::cos(angle) / kCols * 6.28, frequency * std::sin(angle) / kRows * 6.28,
                     6.28318 * draw.uniform(), 60 / (1 + frequency)});
  }
  QImage image(kCols, kRows, QImage::Format_RGB32);
  for (int row = 0; row < kRows; ++row) {
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(row));
    for (int col = 0; col < kCols; ++col) {
      double value = 128;
      for (const Wave& wave : waves) value += wave.size * std::sin(wave.x * col + wave.y * row + wave.phase);
      if (std::hypot(row - 500.0, col - 700.0) < 300) value = 230 - value / 2;
      const auto channel = [&](double tint) {
        return static_cast<int>(std::clamp(tint * value + 6 * (draw.uniform() - 0.5), 0.0, 255.0));
      };
      line[col] = qRgb(channel(1), channel(0.8), channel(0.6));
    }
  }
  return image;
}

class Bench {
 public:
  Bench(Meter& meter, const QStringList& pictures) : m_meter(meter), m_pictures(pictures) {
    Formats formats = coreFormats();
    media::addPictures(formats);
    m_window = std::make_unique<MainWindow>(std::move(formats), availableCores(), kMemory,
                                            WindowOptions{.remember = false, .autosave = false, .autosaveFolder = {}});
    m_window->resize(1440, 900);
    m_window->show();
    m_beat.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_beat, &QTimer::timeout, &m_meter, [this] { m_meter.tick(); });
    m_beat.start(1);
    runUntil([this] { return m_window->isSettled(); });
  }

  void run() {
    open("first picture, until its preview", m_pictures[0]);
    drag("drag while computing", 20);
    settle("exact result");
    drag("drag at rest", 60);
    settle("measuring");
    open("second picture, until its preview", m_pictures[1]);
    settle("exact result");
    measure("back to the first", [this] { m_window->matrixPage().controller().selectInput(0); });
    settle("exact result again");
    measure("closing both", [this] {
      m_window->matrixPage().controller().removeInput(1);
      m_window->matrixPage().controller().removeInput(0);
    });
    measure("letting go of both", [this] { m_window->session().reset({}, {}); });
  }

 private:
  void runUntil(const std::function<bool()>& done) {
    while (!done()) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
  }

  void runFor(int time) {
    QElapsedTimer clock;
    clock.start();
    runUntil([&] { return clock.elapsed() >= time; });
  }

  void open(const char* phase, const QString& path) {
    MatrixRoomController& controller = m_window->matrixPage().controller();
    const AnyMatrix* before = controller.input() ? controller.input()->matrix.get() : nullptr;
    m_meter.start();
    m_window->opener().open(QStringList{path});
    runUntil([&] {
      return controller.input() && controller.input()->matrix.get() != before && controller.frame() &&
             controller.frame()->approximationBase;
    });
    runFor(300);
    m_meter.report(phase);
  }

  void measure(const char* phase, const std::function<void()>& act) {
    m_meter.start();
    QTimer::singleShot(0, m_window.get(), act);
    runFor(400);
    m_meter.report(phase);
  }

  void settle(const char* phase) {
    m_meter.start();
    runUntil([this] { return m_window->isSettled(); });
    runFor(200);
    m_meter.report(phase);
  }

  void drag(const char* phase, int steps) {
    auto* plot = m_window->findChild<PlotView*>(QStringLiteral("spectrumPlot"));
    const auto send = [&](QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::MouseButtons buttons) {
      QMouseEvent event(type, at, plot->mapToGlobal(at), button, buttons, Qt::NoModifier);
      QCoreApplication::sendEvent(plot, &event);
    };
    m_meter.start();
    const QRectF area = plot->plotArea();
    const auto at = [&](int step) {
      return QPointF(area.left() + area.width() * (0.35 + 0.3 * std::sin(6.28 * step / 40)), area.center().y());
    };
    send(QEvent::MouseButtonPress, plot->gripBox().center(), Qt::LeftButton, Qt::LeftButton);
    for (int step = 0; step < steps; ++step) {
      send(QEvent::MouseMove, at(step), Qt::NoButton, Qt::LeftButton);
      runFor(16);
    }
    send(QEvent::MouseButtonRelease, at(steps), Qt::LeftButton, Qt::NoButton);
    m_meter.report(phase);
  }

  Meter& m_meter;
  QStringList m_pictures;
  std::unique_ptr<MainWindow> m_window;
  QTimer m_beat;
};

void measureAll(Meter& meter, int runs) {
  const QTemporaryDir folder;
  QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder.path());
  loadFonts();
  applyTheme(meter, ThemeChoice::Light);
  QStringList pictures;
  for (const std::uint64_t seed : {1, 2}) {
    pictures << folder.filePath(QStringLiteral("photograph %1.png").arg(seed));
    photograph(seed).save(pictures.back());
  }
  std::printf("event loop: %s, %d cores, platform %s, drawing by %s; milliseconds\n", linalg::blasName().c_str(),
              availableCores(), qPrintable(QGuiApplication::platformName()), qPrintable(rendererName()));
  for (int run = 1; run <= runs; ++run) {
    std::printf("run %d\n", run);
    Bench(meter, pictures).run();
  }
}

}  // namespace

int main(int argc, char** argv) {
  linalg::initialiseBlas();
  Meter meter(argc, argv);
  QStandardPaths::setTestModeEnabled(true);
  QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
  const QStringList arguments = QApplication::arguments();
  if (arguments.contains(QStringLiteral("--gl"))) setRenderer(Renderer::Gl);
  if (arguments.contains(QStringLiteral("--no-gl"))) setRenderer(Renderer::Raster);
  const int asked = arguments.size() > 1 ? arguments[1].toInt() : 0;
  measureAll(meter, asked > 0 ? asked : 3);
  // A decomposition that was left behind may still run in LAPACK: it must not meet destructors of statics.
  std::fflush(nullptr);
  std::quick_exit(0);
}
