// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/application.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QIcon>
#include <QImageReader>
#include <QScreen>
#include <QSettings>
#include <QStyleFactory>
#include <QSurfaceFormat>
#include <QSysInfo>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <optional>

#include "core/base/exit_code.h"
#include "core/linalg/lapack.h"
#include "ui/canvas/canvas.h"
#include "ui/media/media.h"
#include "ui/theme/theme.h"
#include "ui/theme/translated.h"
#include "ui/window/language.h"
#include "ui/window/main_window.h"

namespace rankscope::ui {
namespace {

constexpr int kPictureMemoryMiB = 2048;  // Qt's default of 128 MiB refuses a photograph of 8192 × 8192
constexpr const char* kBudgets[] = {"rank", "energy", "tol", "rule"};
constexpr int kQuietFrames = 3;  // polls in a row that find the window at rest

struct Launch {
  SessionState state;
  ThemeChoice theme = ThemeChoice::System;
  bool themeGiven = false;
  QString language;  ///< empty: not given
  QSize size{1440, 900};
  bool sizeGiven = false;
  Renderer renderer = Renderer::Auto;
  QString screenshot;
};

int fail(const QString& line, int code) {
  std::fprintf(stderr, "rankscope: %s\n", line.toUtf8().constData());
  return code;
}

int fail(const Error& error) { return fail(translated(error), exitCode(error.kind)); }

void describe(QCommandLineParser& parser) {
  parser.setApplicationDescription(QApplication::translate("rankscope", "See low-rank matrix approximation."));
  parser.addPositionalArgument(
      QStringLiteral("input"),
      QApplication::translate("rankscope", "A picture, a matrix file, gallery:NAME,… or sample:NAME."),
      QStringLiteral("[INPUT]"));
  const auto option = [&](const char* name, const char* help, const char* value = nullptr) {
    parser.addOption({QString::fromLatin1(name), QApplication::translate("rankscope", help),
                      value ? QString::fromLatin1(value) : QString()});
  };
  option("room", QT_TRANSLATE_NOOP("rankscope", "The room to open: matrix or product."), "ROOM");
  option("method", QT_TRANSLATE_NOOP("rankscope", "The method, by id."), "ID");
  option("rank", QT_TRANSLATE_NOOP("rankscope", "The rank."), "R");
  option("energy", QT_TRANSLATE_NOOP("rankscope", "The share of energy to keep."), "E");
  option("tol", QT_TRANSLATE_NOOP("rankscope", "The relative error to stay within."), "T");
  option("rule", QT_TRANSLATE_NOOP("rankscope", "The rank rule: gavish-donoho, elbow or numerical."), "NAME");
  option("param", QT_TRANSLATE_NOOP("rankscope", "A parameter of the method, name=value; may be repeated."),
         "NAME=VALUE");
  option("seed", QT_TRANSLATE_NOOP("rankscope", "The seed of random methods."), "S");
  option("precision", QT_TRANSLATE_NOOP("rankscope", "double or float."), "P");
  option("channel", QT_TRANSLATE_NOOP("rankscope", "rgb, luma, red, green, blue or alpha."), "C");
  option("per-channel", QT_TRANSLATE_NOOP("rankscope", "Each colour channel by itself."));
  option("reshape", QT_TRANSLATE_NOOP("rankscope", "keep-first, keep-last or N,M for more than two axes."), "HOW");
  option("complex", QT_TRANSLATE_NOOP("rankscope", "abs, real, imag or stack."), "HOW");
  option("nan", QT_TRANSLATE_NOOP("rankscope", "zero or mean."), "HOW");
  option("theme", QT_TRANSLATE_NOOP("rankscope", "light or dark; otherwise the system's."), "THEME");
  option("language", QT_TRANSLATE_NOOP("rankscope", "en or zh_CN; otherwise what was chosen last, or the system's."),
         "ID");
  option("size", QT_TRANSLATE_NOOP("rankscope", "Size of the window."), "WxH");
  option("gl", QT_TRANSLATE_NOOP("rankscope", "Draw with OpenGL."));
  option("no-gl", QT_TRANSLATE_NOOP("rankscope", "Draw without OpenGL."));
  option("screenshot", QT_TRANSLATE_NOOP("rankscope", "Write the finished window to a picture and end."), "FILE.png");
  parser.addHelpOption();
  parser.addVersionOption();
}

/// The part of the arguments that the command line shares, read by the same function as there.
Result<SessionState> stateFrom(const QCommandLineParser& parser) {
  std::vector<std::string> arguments = {"approx"};
  for (const char* name : {"method", "rank", "energy", "tol", "rule", "param", "seed", "precision", "channel",
                           "reshape", "complex", "nan"}) {
    for (const QString& value : parser.values(QString::fromLatin1(name))) {
      arguments.push_back(std::string("--") + name);
      arguments.push_back(value.toStdString());
    }
  }
  const bool budget = std::any_of(std::begin(kBudgets), std::end(kBudgets),
                                  [&](const char* name) { return parser.isSet(QString::fromLatin1(name)); });
  const Method* method = findMethod(parser.value(QStringLiteral("method")).toStdString());
  if (!budget && (!method || method->dial.isRank))
    arguments.insert(arguments.end(), {"--rank", std::to_string(std::get<ByDial>(MatrixRoom{}.budget).value)});
  if (parser.isSet(QStringLiteral("per-channel"))) arguments.emplace_back("--per-channel");
  const bool input = !parser.positionalArguments().isEmpty();
  // Without an input the rest of the wish still holds for what is opened first.
  arguments.push_back(input ? parser.positionalArguments().front().toStdString() : "sample:none");
  auto state = fromArguments(arguments);
  if (state && !input) {
    state->inputs.clear();
    state->matrix.input = -1;
  }
  return state;
}

Result<Launch> launchFrom(const QCommandLineParser& parser) {
  Launch launch;
  if (parser.positionalArguments().size() > 1) {
    return usageError("arguments", "one input at a time can be named", "open further ones in the window");
  }
  const QString room = parser.value(QStringLiteral("room"));
  if (!room.isEmpty() && room != QStringLiteral("matrix") && room != QStringLiteral("product")) {
    return usageError("--room", text("there is no room {1}", room.toStdString()), "matrix or product");
  }
  auto state = stateFrom(parser);
  if (!state) return state.error();
  launch.state = std::move(*state);
  if (!room.isEmpty()) launch.state.room = room.toStdString();
  const QString theme = parser.value(QStringLiteral("theme"));
  launch.themeGiven = !theme.isEmpty();
  if (theme == QStringLiteral("light")) {
    launch.theme = ThemeChoice::Light;
  } else if (theme == QStringLiteral("dark")) {
    launch.theme = ThemeChoice::Dark;
  } else if (!theme.isEmpty()) {
    return usageError("--theme", text("there is no theme {1}", theme.toStdString()), "light or dark");
  }
  launch.language = parser.value(QStringLiteral("language"));
  const auto isWanted = [&](const auto& language) { return language.first == launch.language; };
  if (!launch.language.isEmpty() && std::none_of(languages().begin(), languages().end(), isWanted)) {
    return usageError("--language", text("there is no language {1}", launch.language.toStdString()), "en or zh_CN");
  }
  if (parser.isSet(QStringLiteral("size"))) {
    const QStringList sides = parser.value(QStringLiteral("size")).split(QLatin1Char('x'));
    bool okWidth = false, okHeight = false;
    launch.size = {sides.value(0).toInt(&okWidth), sides.value(1).toInt(&okHeight)};
    launch.sizeGiven = true;
    if (sides.size() != 2 || !okWidth || !okHeight || launch.size.width() < 200 || launch.size.width() > 16384 ||
        launch.size.height() < 200 || launch.size.height() > 16384) {
      return usageError("--size", "two numbers from 200 to 16384 are needed", "1440x900");
    }
  }
  if (parser.isSet(QStringLiteral("gl"))) launch.renderer = Renderer::Gl;
  if (parser.isSet(QStringLiteral("no-gl"))) launch.renderer = Renderer::Raster;
  launch.screenshot = parser.value(QStringLiteral("screenshot"));
  return launch;
}

/// The window as it is on the screen: with OpenGL inside only the screen has it all.
QImage grabWindow(MainWindow& window) {
  if (rendererInUse() == Renderer::Gl && window.screen()) {
    return window.screen()->grabWindow(window.winId()).toImage();
  }
  return window.grab().toImage();
}

/// Polls until the window is final, writes it, and ends the event loop with the exit code.
void takeScreenshot(MainWindow& window, const QString& path) {
  auto* poll = new QTimer(&window);
  auto quiet = std::make_shared<int>(0);
  QObject::connect(poll, &QTimer::timeout, &window, [&window, path, poll, quiet] {
    *quiet = window.isSettled() ? *quiet + 1 : 0;
    if (*quiet < kQuietFrames) return;
    poll->stop();
    const auto written = media::savePicture(grabWindow(window), path);
    int code = 0;
    if (window.failure()) code = fail(*window.failure());
    if (!written) code = fail(written.error());
    QApplication::exit(code);
  });
  poll->start(60);
}

int runWindow(QApplication& app, const Launch& launch) {
  loadFonts();
  setRenderer(launch.renderer);
  const bool shot = !launch.screenshot.isEmpty();
  ThemeChoice themeChoice = launch.theme;
  if (!launch.themeGiven) {
    themeChoice = shot ? ThemeChoice::Light
                       : static_cast<ThemeChoice>(QSettings().value(QStringLiteral("window/theme"), 0).toInt());
  }
  applyTheme(app, themeChoice);
  if (!launch.language.isEmpty() || shot) applyLanguage(shot && launch.language.isEmpty() ? "en" : launch.language);
  Formats formats = coreFormats();
  media::addPictures(formats);
  WindowOptions options;
  options.remember = !shot;
  options.autosave = !shot;
  MainWindow window(std::move(formats), availableCores(), defaultMemoryBudget(), options);
  if (launch.sizeGiven || shot || !window.testAttribute(Qt::WA_Resized)) window.resize(launch.size);
  window.show();
  window.activateWindow();
  window.start(launch.state);
  if (shot) takeScreenshot(window, launch.screenshot);
  return QApplication::exec();
}

/// Qt ends the process when it finds no display. Without one only what draws no window can be done, offscreen.
bool canStart(int argc, char** argv) {
  if (QSysInfo::kernelType() != QStringLiteral("linux")) return true;
  for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
    if (!qEnvironmentVariableIsEmpty(name)) return true;
  }
  qputenv("QT_QPA_PLATFORM", "offscreen");
  return std::any_of(argv + 1, argv + argc, [](const char* argument) {
    const QByteArray text = QByteArray(argument).split('=').front();
    return QByteArrayList{"--screenshot", "--help", "-h", "--version", "-v", "-platform"}.contains(text);
  });
}

}  // namespace

int runApplication(int argc, char** argv) {
  if (!canStart(argc, argv)) {
    return fail(QStringLiteral("window: there is no display (rankscope-cli needs none, nor does --screenshot)"),
                exitCode(ErrorKind::Output));
  }
  linalg::initialiseBlas();
  QSurfaceFormat format;
  format.setVersion(3, 3);
  format.setProfile(QSurfaceFormat::CoreProfile);
  format.setSwapInterval(1);
  QSurfaceFormat::setDefaultFormat(format);
  QApplication::setApplicationName(QStringLiteral("rankscope"));
  QApplication::setDesktopFileName(QStringLiteral("org.rankscope.Rankscope"));  // how Wayland finds the icon
  QApplication::setApplicationDisplayName(QStringLiteral("Rankscope"));
  QApplication::setOrganizationName(QStringLiteral("rankscope"));
  QApplication::setApplicationVersion(QStringLiteral(RANKSCOPE_VERSION));
  QApplication app(argc, argv);
  QApplication::setWindowIcon(QIcon(QStringLiteral(":/desktop/rankscope.svg")));
  QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
  QImageReader::setAllocationLimit(kPictureMemoryMiB);
  applyLanguage(preferredLanguage());
  QCommandLineParser parser;
  describe(parser);
  if (!parser.parse(QApplication::arguments())) {
    return fail(parser.errorText() + QStringLiteral(" (rankscope --help lists the options)"),
                exitCode(ErrorKind::Usage));
  }
  if (parser.isSet(QStringLiteral("help"))) {
    std::fputs(parser.helpText().toUtf8().constData(), stdout);
    return 0;
  }
  if (parser.isSet(QStringLiteral("version"))) {
    std::fputs("rankscope " RANKSCOPE_VERSION "\n", stdout);
    return 0;
  }
  const auto launch = launchFrom(parser);
  if (!launch) return fail(launch.error());
  return runWindow(app, *launch);
}

}  // namespace rankscope::ui
