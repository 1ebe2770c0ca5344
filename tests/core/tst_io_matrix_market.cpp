// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include "core/linalg/sparse_matrix.h"
#include "tests/support/expected.h"

using namespace rankscope;

namespace {

QJsonObject readJson(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

// An entry of an expectation: a number, "inf", "-inf", null for NaN, or [real, imaginary].
bool agrees(const Complex& value, const QJsonValue& expected) {
  if (expected.isNull()) return std::isnan(value.real());
  if (expected.isString()) return std::isinf(value.real()) && (value.real() < 0) == (expected.toString() == "-inf");
  if (expected.isArray()) return value == Complex(expected.toArray()[0].toDouble(), expected.toArray()[1].toDouble());
  return value == Complex(expected.toDouble(), 0);
}

}  // namespace

class TstIoMatrixMarket : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::vector<Text> m_notices;

  Result<Loaded> loadText(const QByteArray& content, const Context& context = {}, const ViewOptions& view = {}) {
    QFile file(m_folder.filePath("matrix.mtx"));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
      return inputError("test", "cannot write");
    file.close();
    m_notices.clear();
    return load({.location = file.fileName().toStdString(), .view = view}, coreFormats(), context, m_notices);
  }

 private slots:
  void filesAgreeWithTheirReferences_data() { test::listFolder("mtx"); }
  void filesAgreeWithTheirReferences() {
    QFETCH(QString, file);
    const QJsonObject expected = test::expectedOf(file);
    QVERIFY2(!expected.isEmpty(), "no expectation for this file");
    const auto loaded = load({.location = test::dataPath(file.toStdString())}, coreFormats(), {}, m_notices);
    if (expected["status"] == "error") {
      QVERIFY(!loaded);
      QCOMPARE(loaded.error().kind, ErrorKind::Input);
      QCOMPARE(loaded.error().line, Index{1});
      return;
    }
    QVERIFY2(bool(loaded), loaded ? "" : loaded.error().message().c_str());
    const QString wrong = test::differences(*loaded->matrix, expected);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    const Sparse* sparse = sparseOf(*loaded->matrix);
    QCOMPARE(sparse != nullptr, expected["format"] == "coordinate");
    if (sparse) QVERIFY(sparse->nonZeros() <= expected["stored_after_symmetry"].toInt());  // less the zeros in it
  }

  void quirksAreReadOrRefusedAsDescribed_data() {
    QTest::addColumn<QString>("file");
    const QDir folder(QString::fromStdString(test::dataPath("mtx_quirks")));
    for (const QString& name : folder.entryList({"*.mtx"}, QDir::Files, QDir::Name))
      QTest::newRow(qPrintable(name)) << folder.filePath(name);
  }
  void quirksAreReadOrRefusedAsDescribed() {
    QFETCH(QString, file);
    const QJsonObject expected = readJson(file + ".json");
    QVERIFY2(expected.contains("rows") || expected.contains("error"), "no expectation beside this file");
    std::vector<Text> notices;
    const auto loaded = load({.location = file.toStdString()}, coreFormats(), {}, notices);
    if (expected.contains("error")) {
      QVERIFY(!loaded);
      const Error& error = loaded.error();
      QVERIFY2(error.message().find(expected["error"].toString().toStdString()) != std::string::npos,
               error.message().c_str());
      QCOMPARE(error.kind, ErrorKind::Input);
      QCOMPARE(error.line, Index(expected["line"].toInteger()));
      QCOMPARE(error.column, Index(expected["column"].toInteger()));
      return;
    }
    QVERIFY2(bool(loaded), loaded ? "" : loaded.error().message().c_str());
    const AnyMatrix& matrix = *loaded->matrix;
    QCOMPARE(sparseOf(matrix) != nullptr, expected["sparse"].toBool());
    const QJsonArray rows = expected["rows"].toArray();
    const Index cols = rows.first().toArray().size();
    QCOMPARE(matrix.rows(), Index(rows.size()));
    QCOMPARE(matrix.cols(), cols);
    const Matrix<Complex> values = matrix.block<Complex>(0, 0, matrix.rows(), cols);
    for (Index i = 0; i < matrix.rows(); ++i) {
      for (Index j = 0; j < cols; ++j) {
        QVERIFY2(agrees(values(i, j), rows[i].toArray()[j]),
                 qPrintable(QString("row %1 column %2 is %3").arg(i).arg(j).arg(values(i, j).real(), 0, 'g', 17)));
      }
    }
    std::string all;
    for (const Text& notice : notices) all += notice.str() + "\n";
    QVERIFY2(all.find(expected["notice"].toString().toStdString()) != std::string::npos, all.c_str());
    QVERIFY2(notices.empty() == !expected.contains("notice"), all.c_str());
  }

  void sizesAreCheckedBeforeMemoryIsTaken() {
    Context little;
    little.memory = std::size_t{1} << 20;
    // Where the columns of a sparse matrix begin would take 8 GiB; a dense complex one 64 GiB.
    for (const char* content : {"%%MatrixMarket matrix coordinate real general\n1 2000000000 1\n1 1 1\n",
                                "%%MatrixMarket matrix coordinate complex general\n65536 65536 1\n1 1 1 1\n"}) {
      const auto refused = loadText(content, little);
      QVERIFY(!refused);
      QCOMPARE(refused.error().kind, ErrorKind::Compute);
    }
    // What is sparse does not care how large it would be dense.
    QVERIFY(bool(loadText("%%MatrixMarket matrix coordinate real general\n10000 10000 1\n10000 10000 2\n", little)));
  }

  void theContentDecidesNotTheEnding() {
    const auto loaded = loadText("%%MatrixMarket matrix array real general\n1 1\n2\n");
    QVERIFY(bool(loaded));
    const QString other = m_folder.filePath("matrix.txt");
    QVERIFY(QFile::copy(m_folder.filePath("matrix.mtx"), other));
    const auto same = load({.location = other.toStdString()}, coreFormats(), {}, m_notices);
    QVERIFY(bool(same));
    QCOMPARE(same->matrix->rows(), Index{1});  // a table would have found three lines of text
    QCOMPARE(same->dtype, std::string("float64"));
  }

  void viewsKeepItSparse() {
    const QByteArray content = "%%MatrixMarket matrix coordinate real general\n2 3 3\n1 1 1\n2 3 nan\n1 2 4\n";
    const auto reshaped = loadText(content, {}, {.reshape = "3,2", .nan = "zero"});
    QVERIFY2(bool(reshaped), reshaped ? "" : reshaped.error().message().c_str());
    QVERIFY(sparseOf(*reshaped->matrix) != nullptr);
    Matrix<double> expected(3, 2);
    expected << 1, 4, 0, 0, 0, 0;
    QVERIFY(reshaped->matrix->block<double>(0, 0, 3, 2) == expected);
    const auto byMean = loadText(content, {}, {.nan = "mean"});  // of the five finite entries
    QVERIFY(bool(byMean));
    RS_NEAR(byMean->matrix->at(1, 2), 1.0, 1e-15);
    const auto real =
        loadText("%%MatrixMarket matrix coordinate complex general\n1 1 1\n1 1 3 4\n", {}, {.complex = "abs"});
    QVERIFY(bool(real) && !real->matrix->isComplex());
    QCOMPARE(real->matrix->at(0, 0), 5.0);
  }
};

QTEST_GUILESS_MAIN(TstIoMatrixMarket)
#include "tst_io_matrix_market.moc"
