// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <bit>
#include <cstring>

#include "core/io/npy.h"
#include "tests/support/expected.h"

using namespace rankscope;

namespace {

// An .npy file in memory, with whatever header is asked for.
std::string npyFile(int version, const std::string& dictionary, const std::string& data) {
  std::string out = "\x93NUMPY";
  out += static_cast<char>(version);
  out += '\0';
  const auto length = dictionary.size();
  out += static_cast<char>(length & 0xff);
  out += static_cast<char>(length >> 8 & 0xff);
  if (version > 1) out += std::string(2, '\0');
  return out + dictionary + data;
}

std::string dictionary(const std::string& descr, const std::string& shape, bool fortran = false) {
  return "{'descr': '" + descr + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': " + shape +
         ", }\n";
}

template <class T>
std::string bytesOf(const std::vector<T>& values, bool bigEndian = false) {
  std::string out;
  for (const T& value : values) {
    std::string bytes(sizeof(T), '\0');
    std::memcpy(bytes.data(), &value, sizeof(T));
    if (bigEndian) std::reverse(bytes.begin(), bytes.end());
    out += bytes;
  }
  return out;
}

std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

class TstIoNpy : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_folder;

  Result<MatrixPtr> openBytes(const std::string& bytes, const ViewOptions& view = {}, const Context& context = {}) {
    const QString path = m_folder.filePath("array.npy");
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), static_cast<qint64>(bytes.size())) < 0) {
      return inputError("test", "cannot write");
    }
    file.close();
    const auto dataset = openDataset(path.toStdString(), coreFormats(), context);
    if (!dataset) return dataset.error();
    notices.clear();
    return (*dataset)->open("", view, context, notices);
  }
  std::vector<Text> notices;

 private slots:
  void filesAgreeWithNumpy_data() { test::listFolder("npy"); }
  void filesAgreeWithNumpy() {
    QFETCH(QString, file);
    const QJsonObject expected = test::expectedOf(file);
    QVERIFY2(!expected.isEmpty(), "no expectation for this file");
    const auto dataset = openDataset(test::dataPath(file.toStdString()), coreFormats(), {});
    if (expected.value("status") == "error") {
      QVERIFY(!dataset);
      QCOMPARE(dataset.error().kind, ErrorKind::Input);
      QVERIFY(QString::fromStdString(dataset.error().message()).contains(file.section('/', 1)));
      return;
    }
    QVERIFY2(bool(dataset), dataset ? "" : dataset.error().message().c_str());
    const auto matrix = (*dataset)->open("", {}, {}, notices);
    QVERIFY2(bool(matrix), matrix ? "" : matrix.error().message().c_str());
    const QString wrong = test::differences(**matrix, expected);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
  }

  void everyTypeIsReadInBothByteOrders_data() {
    QTest::addColumn<QByteArray>("descr");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<bool>("narrow");
    const auto add = [](const char* type, const std::string& little, const std::string& big, bool narrow) {
      const auto row = [&](const char* order, const std::string& data) {
        QTest::addRow("%s%s", order, type) << QByteArray(order) + type << QByteArray::fromStdString(data) << narrow;
      };
      row("<", little);
      row(">", big);
    };
    const auto addType = [&]<class T>(const char* type, T, bool narrow) {
      const std::vector<T> values = {T(0), T(1), T(2), T(3), T(100), T(127)};
      add(type, bytesOf(values), bytesOf(values, true), narrow);
    };
    addType("i1", std::int8_t{}, true);
    addType("i2", std::int16_t{}, true);
    addType("i4", std::int32_t{}, false);
    addType("i8", std::int64_t{}, false);
    addType("u1", std::uint8_t{}, true);
    addType("u2", std::uint16_t{}, true);
    addType("u4", std::uint32_t{}, false);
    addType("u8", std::uint64_t{}, false);
    addType("f4", float{}, true);
    addType("f8", double{}, false);
    const std::vector<std::uint16_t> halves = {0x0000, 0x3c00, 0x4000, 0x4200, 0x5640, 0x57f0};  // 0 1 2 3 100 127
    add("f2", bytesOf(halves), bytesOf(halves, true), true);
  }
  void everyTypeIsReadInBothByteOrders() {
    QFETCH(QByteArray, descr);
    QFETCH(QByteArray, data);
    QFETCH(bool, narrow);
    for (const int version : {1, 2, 3}) {
      for (const bool fortran : {false, true}) {
        const auto matrix =
            openBytes(npyFile(version, dictionary(descr.toStdString(), "(2, 3)", fortran), data.toStdString()));
        QVERIFY2(bool(matrix), matrix ? "" : matrix.error().message().c_str());
        QCOMPARE((*matrix)->rows(), Index(2));
        QCOMPARE((*matrix)->cols(), Index(3));
        QCOMPARE((*matrix)->isFloat(), narrow);
        const double stored[6] = {0, 1, 2, 3, 100, 127};
        for (Index i = 0; i < 2; ++i) {
          for (Index j = 0; j < 3; ++j) QCOMPARE((*matrix)->at(i, j), stored[fortran ? i + 2 * j : 3 * i + j]);
        }
        QVERIFY(notices.empty());
      }
    }
  }
  void booleansAreZeroAndOne() {
    const auto matrix = openBytes(npyFile(1, dictionary("|b1", "(1, 3)"), std::string("\0\1\1", 3)));
    QVERIFY(bool(matrix));
    QCOMPARE((*matrix)->at(0, 0), 0.0);
    QCOMPARE((*matrix)->at(0, 2), 1.0);
  }
  void complexStaysComplexOrTurnsReal() {
    const auto file = npyFile(1, dictionary("<c8", "(2,)"), bytesOf<float>({3, 4, 0, -1}));
    const auto complex = openBytes(file);
    QVERIFY(bool(complex) && (*complex)->isComplex());
    QCOMPARE((*complex)->rows(), Index(2));
    const auto modulus = openBytes(file, {.complex = "abs"});
    QVERIFY(bool(modulus) && !(*modulus)->isComplex());
    QCOMPARE((*modulus)->at(0, 0), 5.0);
    const auto stacked = openBytes(file, {.complex = "stack"});
    QVERIFY(bool(stacked));
    QCOMPARE((*stacked)->rows(), Index(4));
    QCOMPARE((*stacked)->at(3, 0), -1.0);
    const auto big =
        openBytes(npyFile(1, dictionary(">c16", "(1,)"), bytesOf<double>({3, 4}, true)), {.complex = "imag"});
    QVERIFY(bool(big));
    QCOMPARE((*big)->at(0, 0), 4.0);
  }
  void integersBeyondTwoTo53AreNoticed() {
    const std::int64_t edge = std::int64_t{1} << 53;
    const auto exact = openBytes(npyFile(1, dictionary("<i8", "(3,)"), bytesOf<std::int64_t>({edge, -edge, edge * 2})));
    QVERIFY(bool(exact) && notices.empty());
    const auto rounded =
        openBytes(npyFile(1, dictionary("<i8", "(4,)"), bytesOf<std::int64_t>({edge + 1, -edge - 1, INT64_MIN, 5})));
    QVERIFY(bool(rounded));
    QCOMPARE(notices.size(), std::size_t(1));
    QCOMPARE(QString::fromStdString(notices[0].args[0]), QString("2"));  // INT64_MIN is a power of two
    const auto wide = openBytes(npyFile(1, dictionary(">u8", "(1,)"), bytesOf<std::uint64_t>({UINT64_MAX}, true)));
    QVERIFY(bool(wide));
    QCOMPARE(notices.size(), std::size_t(1));
  }
  void halfInfinityAndSubnormalsAreExact() {
    const auto matrix =
        openBytes(npyFile(1, dictionary("<f2", "(4,)"), bytesOf<std::uint16_t>({0x7c00, 0xfc00, 0x0001, 0x7bff})));
    QVERIFY(bool(matrix));
    QVERIFY(std::isinf((*matrix)->at(0, 0)) && (*matrix)->at(1, 0) < 0);
    QCOMPARE((*matrix)->at(2, 0), 0x1p-24);
    QCOMPARE((*matrix)->at(3, 0), 65504.0);
  }

  void dimensionsAreArranged() {
    std::vector<double> values(24);
    for (std::size_t i = 0; i < 24; ++i) values[i] = static_cast<double>(i);  // C order: entry = 12 i + 4 j + k
    const auto cube = npyFile(1, dictionary("<f8", "(2, 3, 4)"), bytesOf(values));
    const auto refused = openBytes(cube);
    QVERIFY(!refused);
    QVERIFY(refused.error().message().find("2 × 3 × 4") != std::string::npos);
    const auto first = openBytes(cube, {.reshape = "keep-first"});
    QVERIFY(bool(first));
    QCOMPARE((*first)->rows(), Index(2));
    QCOMPARE((*first)->at(1, 5), 17.0);
    const auto last = openBytes(cube, {.reshape = "keep-last"});
    QVERIFY(bool(last));
    QCOMPARE((*last)->cols(), Index(4));
    QCOMPARE((*last)->at(5, 3), 23.0);
    const auto given = openBytes(cube, {.reshape = "8,3"});
    QVERIFY(bool(given));
    QCOMPARE((*given)->at(7, 0), 21.0);
    QVERIFY(!openBytes(cube, {.reshape = "5,5"}));
    // The same array in Fortran order: entry (i, j, k) lies at i + 2 j + 6 k.
    std::vector<double> fortran(24);
    for (std::size_t i = 0; i < 2; ++i) {
      for (std::size_t j = 0; j < 3; ++j) {
        for (std::size_t k = 0; k < 4; ++k) fortran[i + 2 * j + 6 * k] = static_cast<double>(12 * i + 4 * j + k);
      }
    }
    const auto same = openBytes(npyFile(1, dictionary("<f8", "(2, 3, 4)", true), bytesOf(fortran)), {.reshape = "8,3"});
    QVERIFY(bool(same));
    for (Index i = 0; i < 8; ++i) {
      for (Index j = 0; j < 3; ++j) QCOMPARE((*same)->at(i, j), static_cast<double>(3 * i + j));
    }
    const auto number = openBytes(npyFile(1, dictionary("<f8", "()"), bytesOf<double>({7})));
    QVERIFY(bool(number));
    QCOMPARE((*number)->at(0, 0), 7.0);
    const auto column = openBytes(npyFile(1, dictionary("<f8", "(3,)"), bytesOf<double>({1, 2, 3})));
    QVERIFY(bool(column));
    QCOMPARE((*column)->rows(), Index(3));
  }
  void largeArraysCrossTheChunksOfTheReader_data() {
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("cols");
    QTest::newRow("tall") << 300000 << 2;
    QTest::newRow("wide") << 2 << 300000;
    QTest::newRow("square") << 700 << 901;
    QTest::newRow("row") << 1 << 400000;
  }
  void largeArraysCrossTheChunksOfTheReader() {
    QFETCH(int, rows);
    QFETCH(int, cols);
    std::vector<float> values(static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols));
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i);
    const std::string shape = "(" + std::to_string(rows) + ", " + std::to_string(cols) + ")";
    for (const bool fortran : {false, true}) {
      const auto matrix = openBytes(npyFile(1, dictionary("<f4", shape, fortran), bytesOf(values)));
      QVERIFY(bool(matrix));
      const auto entries = (*matrix)->entries<float>({});
      QVERIFY(bool(entries));
      for (Index j = 0; j < cols; ++j) {
        for (Index i = 0; i < rows; ++i) {
          const auto place = static_cast<std::size_t>(fortran ? i + rows * j : i * cols + j);
          if ((**entries)(i, j) != values[place]) QFAIL("an entry is out of place");
        }
      }
    }
  }

  void whatIsNoPlainArrayIsRefused_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("reason");
    const auto add = [](const char* name, const std::string& bytes, const char* reason) {
      QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString(reason);
    };
    const std::string eight(8, '\0');
    add("objects", npyFile(1, dictionary("|O", "(1,)"), eight), "never unpickled");
    add("records", npyFile(1, "{'descr': [('x', '<f8')], 'fortran_order': False, 'shape': (1,), }\n", eight),
        "records");
    add("text", npyFile(1, dictionary("<U2", "(1,)"), eight), "text");
    add("bytes", npyFile(1, dictionary("|V8", "(1,)"), eight), "raw bytes");
    add("time", npyFile(1, dictionary("<M8[ns]", "(1,)"), eight), "dates");
    add("long_double", npyFile(1, dictionary("<f16", "(1,)"), eight + eight), "long double");
    add("unknown_type", npyFile(1, dictionary("<q7", "(1,)"), eight), "unknown");
    add("no_type", npyFile(1, dictionary("", "(1,)"), eight), "unknown");
    add("cut", npyFile(1, dictionary("<f8", "(2,)"), eight), "16 bytes of data and there are 8");
    add("huge", npyFile(1, dictionary("<f8", "(4000000000, 4000000000)"), eight), "more than");
    add("negative", npyFile(1, dictionary("<f8", "(-1,)"), eight), "sizes");
    add("overflowing_size", npyFile(1, dictionary("<f8", "(99999999999999999999,)"), eight), "sizes");
    add("many_dimensions", npyFile(1, dictionary("<f8", "(" + repeated("1, ", 65) + ")"), eight), "sizes");
    add("most_dimensions", npyFile(1, dictionary("<f8", "(" + repeated("1, ", 64) + ")"), eight), "has 64 dimensions");
    add("empty", npyFile(1, dictionary("<f8", "(0, 5)"), ""), "no entries");
    add("empty_beside_huge_sizes", npyFile(1, dictionary("<f8", "(4000000000, 4000000000, 0)"), ""), "no entries");
    add("version_9", npyFile(9, dictionary("<f8", "(1,)"), eight), "version 9");
    add("long_header", "\x93NUMPY\x01" + std::string("\0\xff\xff", 3) + dictionary("<f8", "(1,)"),
        "claims 65535 bytes");
    add("short", "\x93NUMPY\x01", "too short");
    add("no_dictionary", npyFile(1, "x" + std::string(60, ' '), eight), "not a dictionary");
    add("unclosed", npyFile(1, "{'descr': '<f8'", eight), "damaged");
    add("no_shape", npyFile(1, "{'descr': '<f8', 'fortran_order': False}", eight), "incomplete");
    add("unknown_key", npyFile(1, "{'descr': '<f8', 'x': 1}", eight), "unknown entry");
    add("other", std::string("not an array at all"), "does not begin");
  }
  void whatIsNoPlainArrayIsRefused() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, reason);
    const auto matrix = openBytes(bytes.toStdString());
    QVERIFY(!matrix);
    QCOMPARE(matrix.error().kind, ErrorKind::Input);
    const QString message = QString::fromStdString(matrix.error().message());
    QVERIFY2(message.contains(reason), qPrintable(message));
    QVERIFY2(message.contains("array.npy: "), qPrintable(message));
  }
  void memoryIsAskedForBeforeItIsTaken() {
    Context context;
    context.memory = 1000;
    const auto matrix =
        openBytes(npyFile(1, dictionary("<f8", "(200,)"), bytesOf(std::vector<double>(200))), {}, context);
    QVERIFY(bool(matrix));  // what does not fit stays in its file, until all of it is asked for
    QCOMPARE((*matrix)->cheapest(), Access::OnePass);
    const auto entries = (*matrix)->entries<double>(context);
    QVERIFY(!entries);
    QCOMPARE(entries.error().kind, ErrorKind::Compute);
  }
  void bytesAfterTheArrayAreNoticed() {
    QVERIFY(bool(openBytes(npyFile(1, dictionary("<f8", "(1,)"), bytesOf<double>({1, 2})))));
    QCOMPARE(notices.size(), std::size_t(1));
  }
  void nonFiniteEntriesAreReplacedWhenAsked() {
    const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
    const auto file = npyFile(1, dictionary("<f8", "(4,)"), bytesOf<double>({1, nan, 3, inf}));
    const auto kept = openBytes(file);
    QVERIFY(bool(kept));
    QCOMPARE((*kept)->summary().nonFinite, Index(2));
    const auto mean = openBytes(file, {.nan = "mean"});
    QVERIFY(bool(mean));
    QCOMPARE((*mean)->at(1, 0), 2.0);
    QCOMPARE((*mean)->at(3, 0), 2.0);
    QCOMPARE(notices.size(), std::size_t(1));
    const auto zero = openBytes(file, {.nan = "zero"});
    QVERIFY(bool(zero));
    QCOMPARE((*zero)->at(3, 0), 0.0);
  }
};

QTEST_GUILESS_MAIN(TstIoNpy)
#include "tst_io_npy.moc"
