// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>
#include <unistd.h>

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include "core/io/file.h"
#include "core/linalg/sparse_matrix.h"
#include "tests/support/expected.h"

using namespace rankscope;

namespace {

QByteArray contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

void put(const QString& path, const QByteArray& content) {
  QFile file(path);
  QVERIFY(file.open(QIODevice::WriteOnly));
  QCOMPARE(file.write(content), content.size());
}

QStringList namesIn(const QTemporaryDir& folder) {
  return QDir(folder.path())
      .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDir::Name);
}

}  // namespace

class TstIoFormats : public QObject {
  Q_OBJECT

  const Formats m_formats = coreFormats();

  Result<Loaded> loadFrom(const QString& location, const ViewOptions& view = {}) {
    m_notices.clear();
    return load({.location = location.toStdString(), .view = view}, m_formats, {}, m_notices);
  }
  QString reasonOf(const QString& location, const ViewOptions& view = {}) {
    const auto loaded = loadFrom(location, view);
    if (loaded) return "it was read";
    m_kind = loaded.error().kind;
    const QString message = QString::fromStdString(loaded.error().message());
    return message.contains('\n') ? "more than one line" : message;
  }
  std::vector<Text> m_notices;
  ErrorKind m_kind = ErrorKind::Usage;

 private slots:
  void archivesAgreeWithNumpy_data() { test::listFolder("npz"); }
  void archivesAgreeWithNumpy() {
    QFETCH(QString, file);
    const QJsonObject members = test::expectedOf(file).value("members").toObject();
    QVERIFY(!members.isEmpty());
    const QString path = QString::fromStdString(test::dataPath(file.toStdString()));
    const auto dataset = openDataset(path.toStdString(), m_formats, {});
    QVERIFY2(bool(dataset), dataset ? "" : dataset.error().message().c_str());
    QCOMPARE((*dataset)->kind(), DatasetKind::Container);
    QCOMPARE((*dataset)->entries().size(), static_cast<std::size_t>(members.size()));
    for (const QString& name : members.keys()) {
      const auto loaded = loadFrom(path + "::" + name);
      QVERIFY2(bool(loaded), loaded ? "" : loaded.error().message().c_str());
      const QString wrong = test::differences(*loaded->matrix, members[name].toObject());
      QVERIFY2(wrong.isEmpty(), qPrintable(name + ": " + wrong));
      QCOMPARE(QString::fromStdString(loaded->title), QFileInfo(path).fileName() + "::" + name);
    }
  }
  void aContainerNeedsAnEntryUnlessOneIsTheOnlyMatrix() {
    const QString several = QString::fromStdString(test::dataPath("npz/carex_15_data.npz"));
    const QString reason = reasonOf(several);
    QVERIFY2(reason.contains("A (39 × 39)") && reason.contains("B (39 × 20)"), qPrintable(reason));
    QCOMPARE(m_kind, ErrorKind::Input);
    QVERIFY(reasonOf(several + "::Z").contains("no entry \"Z\""));
    // two_members.npz holds one column and one matrix of two dimensions.
    QTemporaryDir folder;
    Matrix<double> square = Matrix<double>::Identity(3, 3), line = Matrix<double>::Ones(4, 1);
    const Values a = square, b = line;
    const std::vector<NamedArray> arrays = {{.name = "square", .shape = {3, 3}, .values = &a},
                                            {.name = "line", .shape = {4}, .values = &b}};
    const QString path = folder.filePath("one.npz");
    QVERIFY(bool((*writerFor(path.toStdString(), m_formats))->write(path.toStdString(), arrays, {})));
    const auto loaded = loadFrom(path);
    QVERIFY(bool(loaded));
    QCOMPARE(loaded->matrix->rows(), Index(3));
    QCOMPARE(loaded->matrix->cols(), Index(3));
  }

  void numpyReadsWhatIsWritten() {
    QTemporaryDir folder;
    const Values real = test::gaussian(5, 3, 1);
    const Values narrow = Matrix<float>(test::gaussian(4, 6, 2).cast<float>());
    Matrix<Complex> z(2, 2);
    z << Complex(1, 2), Complex(3, 4), Complex(5, 6), Complex(7, 8);
    const Values complex = z;
    Matrix<double> line = Matrix<double>::Ones(7, 1);
    line(3) = 0.1;
    const Values column = line;
    Matrix<double> flat(2, 6);  // shape 2 × 3 × 2 in C order
    for (Index i = 0; i < 2; ++i) {
      for (Index j = 0; j < 6; ++j) flat(i, j) = static_cast<double>(6 * i + j);
    }
    const Values cube = flat;
    const std::vector<NamedArray> arrays = {{.name = "real", .shape = {5, 3}, .values = &real},
                                            {.name = "layers.0/q", .shape = {4, 6}, .values = &narrow},
                                            {.name = "complex", .shape = {2, 2}, .values = &complex},
                                            {.name = "column", .shape = {7}, .values = &column},
                                            {.name = "cube", .shape = {2, 3, 2}, .values = &cube}};
    const QString path = folder.filePath("all.npz");
    const Writer& npz = **writerFor(path.toStdString(), m_formats);
    QVERIFY(npz.several);
    QVERIFY(bool(npz.write(path.toStdString(), arrays, {{"method", "svd"}, {"note", "a \"b\""}})));
    const QString single = folder.filePath("one.npy");
    QVERIFY(bool((*writerFor(single.toStdString(), m_formats))->write(single.toStdString(), {arrays.data(), 1}, {})));

    // Our own reader first: exactly the same numbers.
    const auto back = loadFrom(path + "::layers.0/q");
    QVERIFY2(bool(back), back ? "" : back.error().message().c_str());
    QVERIFY(back->matrix->isFloat());
    QCOMPARE(back->matrix->at(3, 5), static_cast<double>(std::get<Matrix<float>>(narrow)(3, 5)));
    const auto one = loadFrom(single);
    QVERIFY(bool(one));
    QVERIFY((**one->matrix->entries<double>({})).isApprox(std::get<Matrix<double>>(real), 0));
    // The layout byte for byte, as numpy's format description has it.
    const QByteArray bytes = contentOf(single);
    QVERIFY(bytes.startsWith(QByteArray("\x93NUMPY\x01\x00\x76\x00", 10) +
                             "{'descr': '<f8', 'fortran_order': True, 'shape': (5, 3), } "));
    QCOMPARE(bytes.size(), qsizetype(128 + 5 * 3 * 8));
    QCOMPARE(bytes[127], '\n');
    // Equal arrays give equal files.
    const QString again = folder.filePath("again.npz");
    QVERIFY(bool(npz.write(again.toStdString(), arrays, {{"method", "svd"}, {"note", "a \"b\""}})));
    QCOMPARE(contentOf(again), contentOf(path));
    QVERIFY(contentOf(path).endsWith("{\"method\":\"svd\",\"note\":\"a \\\"b\\\"\"}"));
  }

  void sparseArchivesAreOneSparseMatrix_data() { test::listFolder("npz_sparse"); }
  void sparseArchivesAreOneSparseMatrix() {
    QFETCH(QString, file);
    const QString path = QString::fromStdString(test::dataPath(file.toStdString()));
    if (file.contains("must_refuse")) {
      const QString reason = reasonOf(path);
      const QString expected =
          file.contains("format_dia")   ? "format dia, which is not read (save it as csr, csc or coo)"
          : file.contains("format_bsr") ? "format bsr, which is not read (save it as csr, csc or coo)"
          : file.contains("too_many")   ? "2147483648 entries are too many"
          : file.contains("enormous")   ? "two sizes"
                                        : "contradict each other";
      QVERIFY2(reason.contains(expected), qPrintable(reason));
      QCOMPARE(m_kind, ErrorKind::Input);
      return;
    }
    const auto loaded = loadFrom(path);
    QVERIFY2(bool(loaded), loaded ? "" : loaded.error().message().c_str());
    QCOMPARE(loaded->kind, DatasetKind::Matrix);
    QCOMPARE(loaded->storedShape, (std::vector<Index>{loaded->matrix->rows(), loaded->matrix->cols()}));
    if (loaded->matrix->isComplex()) {
      QCOMPARE(loaded->matrix->at(0, 0), 0.0);
      QVERIFY(loaded->matrix->block<Complex>(0, 1, 1, 1)(0, 0) == Complex(1, 2));
      return;
    }
    QVERIFY(sparseOf(*loaded->matrix) != nullptr);
    Matrix<double> expected(3, 4);
    expected << 0, 2, 0, 0, 1.5, 0, 0, -3, 0, 0, 0, 4;
    if (file.contains("without_entries")) expected.setZero();
    QVERIFY(loaded->matrix->block<double>(0, 0, 3, 4) == expected);
    const auto member = loadFrom(path + "::shape");  // its arrays are still there
    QVERIFY(bool(member));
    QCOMPARE(member->matrix->at(1, 0), 4.0);
  }

  void theFormatIsToldByContentBeforeTheEnding() {
    QTemporaryDir folder;
    const QString disguised = folder.filePath("array.csv");
    QVERIFY(QFile::copy(QString::fromStdString(test::dataPath("npy/int32_2x3_fortran.npy")), disguised));
    const auto loaded = loadFrom(disguised);
    QVERIFY2(bool(loaded), loaded ? "" : loaded.error().message().c_str());
    QCOMPARE(QString::fromStdString(loaded->dtype), QString("int32"));
    QCOMPARE(loaded->storedShape, (std::vector<Index>{2, 3}));
    put(folder.filePath("table.NPY"), "1,2\n3,4\n5,6\n");
    QVERIFY(reasonOf(folder.filePath("table.NPY")).contains("does not begin as an .npy file"));
    put(folder.filePath("TABLE.CSV"), "1,2\n3,4\n");
    QVERIFY(bool(loadFrom(folder.filePath("TABLE.CSV"))));
    put(folder.filePath("x.dat"), "1,2\n3,4\n");
    const QString unknown = reasonOf(folder.filePath("x.dat"));
    QVERIFY2(unknown.contains("not recognised") && unknown.contains(".npy") && unknown.contains(".csv"),
             qPrintable(unknown));
    put(folder.filePath("zip.npz"), "PK\x03\x04 this is no archive");
    QVERIFY(reasonOf(folder.filePath("zip.npz")).contains("zip archive"));
  }
  void whatIsNoFileIsRefusedAtOnce() {
    QTemporaryDir folder;
    QVERIFY(reasonOf(folder.filePath("absent.npy")).contains("there is no such file"));
    QCOMPARE(m_kind, ErrorKind::Input);
    QVERIFY(reasonOf(folder.path()).contains("it is a folder"));
    put(folder.filePath("empty.npy"), "");
    QVERIFY(reasonOf(folder.filePath("empty.npy")).contains("it is empty"));
    QCOMPARE(::mkfifo(qPrintable(folder.filePath("pipe.csv")), 0600), 0);
    QVERIFY(reasonOf(folder.filePath("pipe.csv")).contains("a pipe or a device"));
    QVERIFY(reasonOf("/dev/zero").contains("a pipe or a device"));
    QVERIFY(reasonOf(folder.filePath("empty.npy/below.csv")).contains("cannot be opened"));
    QVERIFY(reasonOf("").contains("its name is empty"));
    QVERIFY(QFile::link("loop.npy", folder.filePath("loop.npy")));
    QVERIFY(reasonOf(folder.filePath("loop.npy")).contains("cannot be opened"));
    QVERIFY(!reasonOf(folder.filePath("a\nb.npy")).contains("more than one line"));
  }
  void entriesAreFoundBehindTheLastColonsThatWork() {
    QTemporaryDir folder;
    const QByteArray table = "1,2\n3,4\n";
    put(folder.filePath("a::b.csv"), table);
    QVERIFY(bool(loadFrom(folder.filePath("a::b.csv"))));
    QVERIFY(reasonOf(folder.filePath("a::b.csv::x")).contains("no entry \"x\""));
    QVERIFY(QFile::copy(QString::fromStdString(test::dataPath("npz/two_members.npz")), folder.filePath("c::d")));
    const auto loaded = loadFrom(folder.filePath("c::d::arr0"));
    QVERIFY2(bool(loaded), loaded ? "" : loaded.error().message().c_str());
    QVERIFY(reasonOf(folder.filePath("nothing::arr0")).contains("no such file"));
    std::string entry = "old";
    QVERIFY(bool(openDataset(folder.filePath("a::b.csv").toStdString(), m_formats, {}, &entry)));
    QVERIFY(entry.empty());
  }
  void galleryAndSamplesAreInputsToo() {
    const auto hilbert = loadFrom("gallery:hilbert,n=20");
    QVERIFY2(bool(hilbert), hilbert ? "" : hilbert.error().message().c_str());
    QCOMPARE(QString::fromStdString(hilbert->title), QString("hilbert n=20"));
    QCOMPARE(hilbert->matrix->rows(), Index(20));
    const auto reshaped = loadFrom("gallery:hilbert,n=4", {.reshape = "2,8"});
    QVERIFY(bool(reshaped));
    QCOMPARE(reshaped->matrix->at(0, 4), 0.5);  // the second row of the 4 × 4 follows the first
    QVERIFY(reasonOf("sample:nothing").contains("there is no such sample"));
    QCOMPARE(m_kind, ErrorKind::Usage);
  }
  void unknownViewsAreRefusedByName() {
    const QString file = QString::fromStdString(test::dataPath("npy/int32_2x3_fortran.npy"));
    QVERIFY(reasonOf(file, {.channel = "purple"}).contains("--channel"));
    QCOMPARE(m_kind, ErrorKind::Usage);
    QVERIFY(reasonOf(file, {.reshape = "3,"}).contains("--reshape"));
    QVERIFY(reasonOf(file, {.complex = "phase"}).contains("--complex"));
    QVERIFY(reasonOf(file, {.nan = "drop"}).contains("--nan"));
    QVERIFY(bool(loadFrom(file, {.reshape = "1,6", .complex = "abs", .nan = "mean"})));
  }

  void writingReplacesAtOnceOrNotAtAll() {
    QTemporaryDir folder;
    const QString path = folder.filePath("out.csv");
    put(path, "before");
    QCOMPARE(::chmod(qPrintable(path), 0640), 0);
    const auto failed = writeAtomically(path.toStdString(), [&](const std::string& temporary) -> Result<Done> {
      put(QString::fromStdString(temporary), "half");
      if (contentOf(path) != "before" || !QString::fromStdString(temporary).endsWith(".csv")) return Done{};
      return outputError(temporary, "the disk is full");
    });
    QVERIFY(!failed);
    QCOMPARE(failed.error().message(), path.toStdString() + ": the disk is full");
    QCOMPARE(contentOf(path), QByteArray("before"));
    QCOMPARE(namesIn(folder), QStringList{"out.csv"});
    QVERIFY_EXCEPTION_THROWN(
        (void)writeAtomically(path.toStdString(), [](const std::string&) -> Result<Done> { throw Cancelled{}; }),
        Cancelled);
    QCOMPARE(namesIn(folder), QStringList{"out.csv"});
    QVERIFY(bool(writeTextAtomically(path.toStdString(), "after")));
    QCOMPARE(contentOf(path), QByteArray("after"));
    struct stat status {};
    QCOMPARE(::stat(qPrintable(path), &status), 0);
    QCOMPARE(status.st_mode & 0777u, 0640u);
    QCOMPARE(namesIn(folder), QStringList{"out.csv"});
  }
  void newFilesFollowTheUmask() {
    QTemporaryDir folder;
    const mode_t before = ::umask(027);
    const QString path = folder.filePath("new.txt");
    const bool written = bool(writeTextAtomically(path.toStdString(), "x"));
    ::umask(before);
    QVERIFY(written);
    struct stat status {};
    QCOMPARE(::stat(qPrintable(path), &status), 0);
    QCOMPARE(status.st_mode & 0777u, 0640u);
  }
  void linksKeepPointingWhereTheyPoint() {
    QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir("deep"));
    const QString target = folder.filePath("deep/target.txt"), link = folder.filePath("link.txt");
    put(target, "before");
    QVERIFY(QFile::link("deep/target.txt", link));
    QVERIFY(bool(writeTextAtomically(link.toStdString(), "after")));
    QVERIFY(QFileInfo(link).isSymLink());
    QCOMPARE(contentOf(target), QByteArray("after"));
    QVERIFY(QFile::remove(target));
    QVERIFY(bool(writeTextAtomically(link.toStdString(), "anew")));  // it pointed to nothing
    QVERIFY(QFileInfo(link).isSymLink());
    QCOMPARE(contentOf(target), QByteArray("anew"));
  }
  void whatCannotBeWrittenSaysWhy() {
    QTemporaryDir folder;
    const auto reason = [&](const QString& path) {
      const auto done = writeTextAtomically(path.toStdString(), "x");
      return done ? QString("it was written") : QString::fromStdString(done.error().message());
    };
    QVERIFY(reason(folder.filePath("absent/x.csv")).contains("does not exist"));
    QVERIFY(reason(folder.path()).contains("it is a folder"));
    QVERIFY(reason("/dev/null").contains("a pipe or a device"));
    QVERIFY(reason("").contains("its name is empty"));
    QVERIFY(reason("/proc/x.csv").contains("/proc/x.csv: "));
    // A disk that fills up while writing.
    auto full = OutputFile::create("/dev/full");
    QVERIFY(bool(full));
    QVERIFY(bool(full->write("x")));  // still in the buffer
    const auto closed = full->close();
    QVERIFY(!closed);
    QCOMPARE(closed.error().kind, ErrorKind::Output);
    const auto writer = writerFor("a.xyz", m_formats);
    QVERIFY(!writer);
    QCOMPARE(writer.error().kind, ErrorKind::Output);
    QVERIFY(writer.error().message().find(".npz") != std::string::npos);
    const Values complex = Matrix<Complex>(Matrix<Complex>::Ones(1, 1));
    const NamedArray array{.name = "z", .shape = {1, 1}, .values = &complex};
    const std::string path = folder.filePath("z.csv").toStdString();
    QVERIFY(!(*writerFor(path, m_formats))->write(path, {&array, 1}, {}));
    QVERIFY(namesIn(folder).isEmpty());
  }
};

QTEST_GUILESS_MAIN(TstIoFormats)
#include "tst_io_formats.moc"
