// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include "core/base/random.h"
#include "tests/support/support.h"
#include "ui/media/media.h"

using namespace rankscope;

namespace {

constexpr std::size_t kMemory = std::size_t{64} << 20;  // what a reader may take for a file of some kilobytes
constexpr int kSlow = 3000;                             // milliseconds; a reader takes a few, also under a sanitizer

// One small, spiteful change: what broken disks, broken writers and attackers do to a file.
QByteArray mutated(QByteArray bytes, Random& draw) {
  const auto place = [&] {
    // Headers decide sizes and offsets: half of all changes go there.
    const auto size = static_cast<std::uint64_t>(std::max<qsizetype>(1, bytes.size()));
    return static_cast<qsizetype>(draw.below(draw.below(2) == 0 ? std::min<std::uint64_t>(size, 128) : size));
  };
  for (std::uint64_t changes = 1 + draw.below(3); changes > 0 && !bytes.isEmpty(); --changes) {
    const qsizetype at = place();
    switch (draw.below(7)) {
      case 0:
        bytes[at] = static_cast<char>(bytes.at(at) ^ (1 << draw.below(8)));
        break;
      case 1:
        bytes[at] = static_cast<char>(draw.below(256));
        break;
      case 2:  // a size that became enormous, or negative
        for (qsizetype i = at; i < std::min(at + 4, bytes.size()); ++i) bytes[i] = static_cast<char>(0xff);
        break;
      case 3:
        bytes.truncate(at);
        break;
      case 4:
        bytes.insert(at, bytes.mid(place(), static_cast<qsizetype>(1 + draw.below(64))));
        break;
      case 5:
        bytes.remove(at, static_cast<qsizetype>(1 + draw.below(64)));
        break;
      default:  // in text: longer numbers, other separators, quotes without an end
        bytes.insert(at, QByteArrayList{"9", "99999999999", "\"", ",", "\n", "-", "(", "\0"}.at(
                             static_cast<qsizetype>(draw.below(8))));
    }
  }
  return bytes;
}

}  // namespace

/// Every reader, on thousands of files that are almost right: each is read or refused with one line, quickly, within
/// the memory allowed, and nothing is thrown.
class TstReaders : public QObject {
  Q_OBJECT

 private slots:
  void brokenFilesAreReadOrRefused_data() {
    QTest::addColumn<QString>("path");
    const QString root = QString::fromStdString(test::dataPath(""));
    QStringList paths;
    for (QDirIterator it(root, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
      const QFileInfo file(it.next());
      // The vectors are many and alike: a handful stands for them.
      if (file.size() > 65536 || (file.path().contains("vectors") && !file.fileName().startsWith("svd__5x8"))) continue;
      if (file.suffix() != "md" && file.suffix() != "json") paths << file.filePath();
    }
    paths.sort();
    for (const QString& path : paths) QTest::newRow(qPrintable(path.mid(root.size()))) << path;
    QVERIFY(!paths.isEmpty());
  }

  void brokenFilesAreReadOrRefused() {
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray original = file.readAll();
    const QTemporaryDir folder;
    const std::string target = folder.filePath(QStringLiteral("case.%1").arg(QFileInfo(path).suffix())).toStdString();
    Formats formats = coreFormats();
    media::addPictures(formats);

    bool given = false;
    const int rounds = qEnvironmentVariableIntValue("RANKSCOPE_FUZZ_ROUNDS", &given);
    const int cases = given ? rounds : 60;
    for (int i = 0; i < cases; ++i) {
      Random draw(2718, "fuzz " + QFileInfo(path).fileName().toStdString(), static_cast<std::uint64_t>(i));
      const QByteArray bytes = mutated(original, draw);
      QFile broken(QString::fromStdString(target));
      QVERIFY(broken.open(QIODevice::WriteOnly | QIODevice::Truncate));
      broken.write(bytes);
      broken.close();
      const QString label = QStringLiteral("case %1 of %2").arg(i).arg(path);

      QElapsedTimer clock;
      clock.start();
      try {
        read(target, formats, label);
      } catch (const std::exception& thrown) {
        QFAIL(qPrintable(QStringLiteral("%1: threw %2").arg(label, thrown.what())));
      }
      QVERIFY2(clock.elapsed() < kSlow, qPrintable(QStringLiteral("%1 took %2 ms").arg(label).arg(clock.elapsed())));
      if (QTest::currentTestFailed()) return;
    }
  }

 private:
  // Every entry of the file: a container's error must not hide the next entry.
  void read(const std::string& target, const Formats& formats, const QString& label) {
    Context context;
    context.memory = kMemory;
    const auto dataset = openDataset(target, formats, context);
    if (!dataset) return explained(dataset.error(), label);
    for (const EntryInfo& entry : (*dataset)->entries()) {
      std::vector<Text> notices;
      const auto matrix = (*dataset)->open(entry.name, {}, context, notices);
      if (!matrix) {
        explained(matrix.error(), label);
        continue;
      }
      QVERIFY2((*matrix)->bytes() <= kMemory, qPrintable(label));
      QVERIFY2((*matrix)->summary().nonFinite <= (*matrix)->rows() * (*matrix)->cols(), qPrintable(label));
    }
  }

  void explained(const Error& error, const QString& label) {
    const QString line = QString::fromStdString(error.message());
    QVERIFY2(error.kind == ErrorKind::Input || error.kind == ErrorKind::Compute, qPrintable(label + ": " + line));
    QVERIFY2(line.size() > 10 && !line.contains('\n'), qPrintable(label + ": \"" + line + '"'));
  }
};

QTEST_GUILESS_MAIN(TstReaders)
#include "tst_readers.moc"
