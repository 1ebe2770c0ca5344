// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <QApplication>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <new>

#include "app/cli/command_line.h"
#include "app/cli/progress.h"
#include "app/cli/quiet_libraries.h"
#include "core/base/exit_code.h"
#include "core/linalg/file_matrix.h"
#include "ui/media/media.h"
#include "ui/theme/theme.h"

namespace rankscope::cli {

namespace {

constexpr int kInterrupted = 130;

// What the signal handler stops; set before the handler is installed and never changed.
CancelSource* stopOnSignal = nullptr;

extern "C" void onSignal(int) { stopOnSignal->stop(); }

void stopCleanlyOnSignals(CancelSource& source) {
  stopOnSignal = &source;
  struct sigaction action {};
  action.sa_handler = onSignal;
  sigemptyset(&action.sa_mask);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaction(number, &action, nullptr);
  std::signal(SIGXFSZ, SIG_IGN);  // a file beyond the size allowed is a failed write, with its message
}

int fail(const Error& error) {
  std::fprintf(stderr, "rankscope-cli: %s\n", error.message().c_str());
  return exitCode(error.kind);
}

/// Pictures need Qt's core; figures need widgets, which draw without a display on the platform "offscreen".
std::unique_ptr<QCoreApplication> makeApplication(bool figures) {
  // Qt and its picture plugins report on standard error, where a failure is one line of ours.
  qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
  static int count = 1;
  static char name[] = "rankscope-cli";
  static char* arguments[] = {name, nullptr};
  std::unique_ptr<QCoreApplication> application;
  if (figures) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    application = std::make_unique<QApplication>(count, arguments);
    ui::loadFonts();
  } else {
    application = std::make_unique<QCoreApplication>(count, arguments);
  }
  std::setlocale(LC_NUMERIC, "C");  // Qt took the user's, whose decimal point may be a comma
  return application;
}

Formats allFormats() {
  Formats formats = coreFormats();
  media::addPictures(formats);
  for (Reader& reader : formats.readers) {
    if (reader.id != "picture") continue;
    reader.read = [read = reader.read](const std::string& path, const Context& context) {
      const QuietLibraries quiet;
      return read(path, context);
    };
  }
  return formats;
}

Result<Done> perform(const CommandLine& line, const CancelToken& cancel, Progress& progress) {
  const Options& options = *line.options;
  const auto application = makeApplication(options.figures);
  const Formats formats = allFormats();
  Context context;
  context.seed = options.seed;
  context.precision = options.precision;
  context.threads = options.threads > 0 ? options.threads : availableCores();
  context.memory = options.memory > 0 ? options.memory : defaultMemoryBudget();
  context.cancel = cancel;
  context.progress = [&progress](double fraction, const Text& what) { progress.report(fraction, what); };
  Run run{.options = options, .formats = formats, .context = context, .output = Output(options.json, options.quiet)};
  const auto done = line.action(run);
  progress.clear();
  if (!done) return done;
  context.checkpoint();
  return run.output.finish();
}

int runProgram(int argc, char** argv) {
  CancelSource stop;
  stopCleanlyOnSignals(stop);
  std::unique_ptr<Progress> progress;
  const auto failed = [&progress](const Error& error) {
    if (progress) progress->clear();
    return fail(error);
  };
  try {
    const CommandLine line = parseCommandLine(argc, argv);
    progress = std::make_unique<Progress>(line.options->quiet);
    if (line.text) {
      std::fputs(line.text->c_str(), stdout);
      return 0;
    }
    const auto done = perform(line, stop.token(), *progress);
    return done ? 0 : failed(done.error());
  } catch (const Refused& refused) {
    return failed(refused.error);
  } catch (const ReadFailure& failure) {
    return failed(failure.error());
  } catch (const Cancelled&) {
    return failed(computeError("interrupted", "stopped before the end, no output was changed half-way")), kInterrupted;
  } catch (const std::bad_alloc&) {
    return failed(computeError("out of memory", "the system refused an allocation",
                               "--max-memory sets what may be used; a smaller rank or input needs less"));
  } catch (const std::exception& defect) {
    return failed(computeError("defect", defect.what(), "please report the command that caused it"));
  }
}

}  // namespace

}  // namespace rankscope::cli

int main(int argc, char** argv) {
  const int code = rankscope::cli::runProgram(argc, argv);
  // No static destructors then: a LAPACK call that was left behind may still be running.
  if (code == rankscope::cli::kInterrupted) std::_Exit(code);
  return code;
}
