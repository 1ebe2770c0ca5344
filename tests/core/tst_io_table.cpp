// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include "core/io/table.h"
#include "tests/support/expected.h"

using namespace rankscope;

namespace {

QJsonObject readJson(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

// A cell of a quirk's expectation: a number, "inf", "-inf", or null for a missing one.
bool agrees(double value, const QJsonValue& expected) {
  if (expected.isNull()) return std::isnan(value);
  if (expected.isString()) return std::isinf(value) && (value < 0) == (expected.toString() == "-inf");
  return value == expected.toDouble();
}

std::string joined(const std::vector<Text>& notices) {
  std::string out;
  for (const Text& notice : notices) out += notice.str() + "\n";
  return out;
}

}  // namespace

class TstIoTable : public QObject {
  Q_OBJECT
 private slots:
  void filesAgreeWithNumpy_data() { test::listFolder("csv"); }
  void filesAgreeWithNumpy() {
    QFETCH(QString, file);
    const QJsonObject expected = test::expectedOf(file);
    QVERIFY2(!expected.isEmpty(), "no expectation for this file");
    std::vector<Text> notices;
    const auto loaded = load({.location = test::dataPath(file.toStdString())}, coreFormats(), {}, notices);
    QVERIFY2(bool(loaded), loaded ? "" : loaded.error().message().c_str());
    const QString wrong = test::differences(*loaded->matrix, expected.value("numeric_matrix").toObject());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    QCOMPARE(loaded->matrix->summary().nonFinite, Index(expected.value("missing_in_numeric").toInteger()));
    for (const QJsonValue& column : expected.value("text_columns").toArray()) {
      QVERIFY(QString::fromStdString(joined(notices)).contains(column.toString()));
    }
    QCOMPARE(notices.empty(), expected.value("text_columns").toArray().isEmpty());
  }

  void quirksAreReadOrRefusedAsDescribed_data() {
    QTest::addColumn<QString>("file");
    const QDir folder(QString::fromStdString(test::dataPath("tables")));
    for (const QString& name : folder.entryList(QDir::Files, QDir::Name)) {
      if (!name.endsWith(".json")) QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }
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
    const QJsonArray rows = expected["rows"].toArray();
    QCOMPARE(loaded->matrix->rows(), Index(rows.size()));
    for (qsizetype i = 0; i < rows.size(); ++i) {
      const QJsonArray row = rows[i].toArray();
      QCOMPARE(loaded->matrix->cols(), Index(row.size()));
      for (qsizetype j = 0; j < row.size(); ++j) {
        const double value = loaded->matrix->at(i, j);
        QVERIFY2(agrees(value, row[j]),
                 qPrintable(QString("row %1 column %2 is %3").arg(i).arg(j).arg(value, 0, 'g', 17)));
      }
    }
    const std::string all = joined(notices);
    QVERIFY2(all.find(expected["notice"].toString().toStdString()) != std::string::npos, all.c_str());
    QVERIFY2(notices.empty() == !expected.contains("notice"), all.c_str());
  }

  void headersNameTheColumns() {
    const auto table = table::parse("name,\"a \"\"b\"\"\",c\nx,1,2\n", "test", {});
    QVERIFY(bool(table));
    QCOMPARE(table->names, (std::vector<std::string>{"a \"b\"", "c"}));
    const auto bare = table::parse("1,2\n3,4\n", "test", {});
    QVERIFY(bool(bare) && bare->names.empty());
  }
  void aHeaderThatMayBeNumbersIsNamed_data() {
    QTest::addColumn<QString>("first");
    QTest::addColumn<bool>("doubtful");
    for (const char* cell : {"1+2i", "10%", "0x10", "1 000", "\u22121", "-3 m"})
      QTest::newRow(cell) << QString(cell) << true;
    for (const char* cell : {"x", "a1", "-", "n.1"}) QTest::newRow(cell) << QString(cell) << false;
  }
  void aHeaderThatMayBeNumbersIsNamed() {
    QFETCH(QString, first);
    QFETCH(bool, doubtful);
    const auto table = table::parse((first + ",7\n1,2\n3,4\n").toStdString(), "test", {});
    QVERIFY(bool(table));
    QCOMPARE(table->values.rows(), Index(2));
    const bool named = joined(table->notices).find("because of " + first.toStdString()) != std::string::npos;
    QCOMPARE(named, doubtful);
    QCOMPARE(table->notices.empty(), !doubtful);
  }
  void integersThatNoDoubleIsAreCounted() {
    const auto table = table::parse(
        "9007199254740993,-9007199254740995\n009007199254740992,1152921504606846976\n"
        "1234567890.1234567890,12345678901234567e3\n\"18446744073709551615\",2\n",
        "test", {});
    QVERIFY(bool(table));
    QCOMPARE(joined(table->notices), std::string("3 integers beyond 2⁵³ were rounded to the nearest double\n"));
  }
  void aRowOfCommasIsRefusedBeforeItsCellsFillTheMemory() {
    // 16 bytes a number would fit four times over; the 200 a cell that a row takes while it is read do not.
    Context context;
    context.memory = std::size_t{80} << 20;
    for (const std::string& before : {std::string(), std::string("1,2\n")}) {
      const auto table = table::parse(before + std::string(1'000'000, ','), "test", context);
      QVERIFY(!table);
      QVERIFY2(table.error().kind == ErrorKind::Compute, table.error().message().c_str());
    }
    // The same cells in short rows are no trouble.
    std::string rows;
    for (int i = 0; i < 100'000; ++i) rows += "1,2,3,4,5,6,7,8,9,10\n";
    QVERIFY(bool(table::parse(std::move(rows), "test", context)));
  }
  void endingsOfFilesMayBeInCapitals() {
    QTemporaryDir folder;
    const std::string path = folder.filePath("A.TSV").toStdString();
    const Values stored = Matrix<double>(Matrix<double>::Ones(1, 2));
    const NamedArray array{.name = "M", .shape = {1, 2}, .values = &stored};
    const Formats formats = coreFormats();
    QVERIFY(bool((*writerFor(path, formats))->write(path, {&array, 1}, {})));
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("1\t1\n"));
  }
  void memoryIsAskedForBeforeItIsTaken() {
    Context context;
    context.memory = 4096;
    std::string text;
    for (int i = 0; i < 500; ++i) text += "1,2,3\n";
    const auto table = table::parse(text, "test", context);
    QVERIFY(!table);
    QCOMPARE(table.error().kind, ErrorKind::Compute);
  }
  void aCancelStopsReading() {
    CancelSource source;
    source.stop();
    Context context;
    context.cancel = source.token();
    QVERIFY_EXCEPTION_THROWN((void)table::parse("1,2\n3,4\n", "test", context), Cancelled);
  }
  void whatIsWrittenReadsBackExactly_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"a.csv", "a.tsv", "a.txt"}) QTest::newRow(name) << QString(name);
  }
  void whatIsWrittenReadsBackExactly() {
    QFETCH(QString, name);
    QTemporaryDir folder;
    const std::string path = folder.filePath(name).toStdString();
    Matrix<double> values = test::gaussian(40, 7, 3);
    values(0, 0) = 1e308;
    values(1, 0) = -5e-324;
    values(2, 0) = 3;
    values(3, 0) = 0.1;
    values(4, 0) = std::numeric_limits<double>::quiet_NaN();
    values(5, 0) = -std::numeric_limits<double>::infinity();
    const Values stored = values;
    const NamedArray array{.name = "M", .shape = {40, 7}, .values = &stored};
    const Formats formats = coreFormats();
    const auto writer = writerFor(path, formats);
    QVERIFY(bool(writer));
    QVERIFY(bool((*writer)->write(path, {&array, 1}, {})));
    std::vector<Text> notices;
    const auto loaded = load({.location = path}, coreFormats(), {}, notices);
    QVERIFY2(bool(loaded), loaded ? "" : loaded.error().message().c_str());
    for (Index i = 0; i < 40; ++i) {
      for (Index j = 0; j < 7; ++j) {
        const double a = values(i, j), b = loaded->matrix->at(i, j);
        QVERIFY(a == b || (std::isnan(a) && std::isnan(b)));
      }
    }
  }
  void integersAreWrittenAsIntegers() {
    QTemporaryDir folder;
    const QString path = folder.filePath("i.csv");
    Matrix<float> values(1, 3);
    values << 1, -20, 0.1f;
    const Values stored = values;
    const NamedArray array{.name = "M", .shape = {1, 3}, .values = &stored};
    const auto formats = coreFormats();
    QVERIFY(bool((*writerFor(path.toStdString(), formats))->write(path.toStdString(), {&array, 1}, {})));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("1,-20,0.1\n"));
  }
  // Far more than the sample by which the delimiter is found, and than the pieces between two looks at the token.
  void aLargeTableIsReadToItsLastCell() {
    constexpr Index kRows = 20'000, kCols = 10;
    std::string text;
    Random written(1, "table"), expected(1, "table");
    for (Index i = 0; i < kRows; ++i) {
      for (Index j = 0; j < kCols; ++j) text += exact(written.uniform()) + (j + 1 < kCols ? "," : "\n");
    }
    const auto table = table::parse(std::move(text), "test", {});
    QVERIFY(bool(table));
    QCOMPARE(table->values.rows(), kRows);
    QCOMPARE(table->values.cols(), kCols);
    for (Index i = 0; i < kRows; ++i) {
      for (Index j = 0; j < kCols; ++j) QVERIFY(table->values(i, j) == expected.uniform());
    }
    CancelSource source;
    source.stop();
    Context cancelled;
    cancelled.cancel = source.token();
    QVERIFY_EXCEPTION_THROWN((void)table::parse("1,2\n3,4\n", "test", cancelled), Cancelled);
  }
};

QTEST_GUILESS_MAIN(TstIoTable)
#include "tst_io_table.moc"
