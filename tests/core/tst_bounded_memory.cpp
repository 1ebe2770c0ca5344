// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTemporaryDir>

#include "core/compute/analysis.h"
#include "core/io/input.h"
#include "tests/support/support.h"

// The address sanitizer keeps what is freed; here what is in use is measured. Without it nothing calls this.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() { return "quarantine_size_mb=1"; }

using namespace rankscope;

namespace {

constexpr Index kRows = 8256, kCols = 8192;
constexpr double kFileMiB = 258;  // kRows·kCols floats
constexpr double kMostMiB = 128;  // what passing over it may add; 20 at most, several times that under a sanitizer

// The most memory this process has had since the last resetPeak(), in MiB.
double peakMiB() {
  QFile status("/proc/self/status");
  if (!status.open(QIODevice::ReadOnly)) return -1;
  for (const QByteArray& line : status.readAll().split('\n')) {
    if (line.startsWith("VmHWM:")) return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
  }
  return -1;
}

void resetPeak() {
  QFile file("/proc/self/clear_refs");
  if (file.open(QIODevice::WriteOnly)) file.write("5");
}

}  // namespace

/// A file that does not fit is worked on in a fraction of its size.
class TstBoundedMemory : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::string m_path;

  Result<MatrixPtr> open(const Context& context, const ViewOptions& view = {}) const {
    std::vector<Text> notices;
    const auto loaded = load({.location = m_path, .view = view}, coreFormats(), context, notices);
    if (!loaded) return loaded.error();
    return loaded->matrix;
  }

 private slots:
  // Zeros are a hole in the file; every 64th row has numbers: the outer product of two vectors.
  void initTestCase() {
    QFile file(m_folder.filePath("large.npy"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QByteArray header = "{'descr': '<f4', 'fortran_order': False, 'shape': (8256, 8192), }";
    header = header.leftJustified(117, ' ') + '\n';
    file.write(QByteArray("\x93NUMPY\x01\x00\x76\x00", 10) + header);
    QCOMPARE(file.pos(), qint64(128));
    QVERIFY(file.resize(128 + 4 * kRows * kCols));
    std::vector<float> row(kCols);
    for (Index i = 0; i < kRows; i += 64) {
      for (Index j = 0; j < kCols; ++j)
        row[static_cast<std::size_t>(j)] = static_cast<float>((1 + i / 64) * (1 + j % 5));
      QVERIFY(file.seek(128 + 4 * i * kCols));
      file.write(reinterpret_cast<const char*>(row.data()), 4 * kCols);
    }
    m_path = file.fileName().toStdString();
  }

  void methodsThatPassOverAFile_data() {
    QTest::addColumn<QString>("method");
    QTest::newRow("randomized SVD") << "rsvd";
    QTest::newRow("single pass") << "stream";
  }
  void methodsThatPassOverAFile() {
    QFETCH(QString, method);
    Context context;
    context.memory = std::size_t{32} << 20;
    resetPeak();
    const double before = peakMiB();
    QVERIFY(before > 0);
    const auto matrix = open(context);
    QVERIFY2(bool(matrix), matrix ? "" : matrix.error().message().c_str());
    AnalysisRequest request;
    request.problem.X = *matrix;
    request.method = method.toStdString();
    request.budget = ByDial{2};
    request.preview = false;
    ResultCache cache(1 << 20);
    const auto answer = analyse(request, cache, context, {});
    QVERIFY2(bool(answer), answer ? "" : answer.error().message().c_str());
    const double added = peakMiB() - before;
    QVERIFY2(added < kMostMiB, qPrintable(QString("%1 MiB of %2 were added").arg(added).arg(kFileMiB)));
    // Its rank is 1: rounding of float sums of kRows·kCols terms at most.
    RS_AT_MOST(*(*answer)->errors.froRelative, 1e-6);
  }

  // It would fit: who only passes over it leaves it where it is all the same.
  void whatIsOnlyPassedOverStaysInItsFile() {
    const auto matrix = open({}, {.passes = true});
    QVERIFY(bool(matrix));
    QCOMPARE((*matrix)->cheapest(), Access::OnePass);
  }
};

QTEST_GUILESS_MAIN(TstBoundedMemory)
#include "tst_bounded_memory.moc"
