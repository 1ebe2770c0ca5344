// SPDX-License-Identifier: GPL-3.0-or-later
#include <zlib.h>

#include <QBuffer>
#include <QColor>
#include <QImageReader>
#include <QImageWriter>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include "tests/support/expected.h"
#include "ui/media/media.h"
#include "ui/media/picture.h"

using namespace rankscope;

namespace {

Formats allFormats() {
  Formats formats = coreFormats();
  media::addPictures(formats);
  return formats;
}

std::span<const std::byte> bytesOf(const QByteArray& bytes) {
  return std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

// Colours that differ at every pixel and in every channel.
QImage testImage(int width, int height, QImage::Format format) {
  QImage image(width, height, QImage::Format_RGBA64);
  Random random(5, "image");
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const auto draw = [&] { return static_cast<quint16>(random.bits() & 0xffff); };
      image.setPixelColor(x, y, QColor::fromRgba64(draw(), draw(), draw(), draw()));
    }
  }
  return image.convertToFormat(format);
}

QByteArray encoded(const QImage& image, const char* format) {
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  QImageWriter writer(&buffer, format);
  writer.write(image);
  return buffer.data();
}

}  // namespace

class TstPictures : public QObject {
  Q_OBJECT

  Formats m_formats;
  std::vector<Text> m_notices;
  QTemporaryDir m_folder;

  Result<Loaded> loadFrom(const QString& path, const ViewOptions& view = {}, const Context& context = {}) {
    m_notices.clear();
    return load({.location = path.toStdString(), .view = view}, m_formats, context, m_notices);
  }
  Result<Loaded> loadBytes(const QByteArray& bytes, const QString& name, const ViewOptions& view = {},
                           const Context& context = {}) {
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
      return inputError("test", "cannot write");
    file.close();
    return loadFrom(file.fileName(), view, context);
  }

 private slots:
  void initTestCase() { m_formats = allFormats(); }

  void filesAgreeWithPillow_data() {
    test::listFolder("images");
    const QDir photos(QString::fromStdString(test::dataPath("photos")));
    for (const QString& name : photos.entryList(QDir::Files)) QTest::newRow(qPrintable(name)) << "photos/" + name;
  }
  void filesAgreeWithPillow() {
    QFETCH(QString, file);
    const QJsonObject expected = test::expectedOf(file);
    QVERIFY2(!expected.isEmpty(), "no expectation for this file");
    const QString path = QString::fromStdString(test::dataPath(file.toStdString()));
    const auto loaded = loadFrom(path);
    const QString status = expected["status"].toString();
    if (status == "error" || (status == "either" && !loaded)) {
      QVERIFY(!loaded);
      QCOMPARE(loaded.error().kind, ErrorKind::Input);
      QVERIFY(QString::fromStdString(loaded.error().message()).startsWith(path + ": "));
      return;
    }
    QVERIFY2(bool(loaded), loaded ? "" : loaded.error().message().c_str());
    QCOMPARE(loaded->kind, DatasetKind::Image);
    const bool wide = expected["matrix"].toObject()["max"].toDouble() > 255;
    const double top = wide ? 65535 : expected["matrix"].toObject()["max"].toDouble() == 1 ? 1 : 255;
    QCOMPARE(QString::fromStdString(loaded->dtype), QString(wide ? "uint16" : "uint8"));
    const auto height = Index(expected["height"].toInteger()), width = Index(expected["width"].toInteger());
    QCOMPARE(loaded->storedShape[0], height);
    QCOMPARE(loaded->storedShape[1], width);
    if (expected.contains("matrix")) {  // grey
      const QString wrong = test::differences(*loaded->matrix, expected["matrix"].toObject(), 1 / top);
      QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
      QCOMPARE(loaded->matrix->channels().size(), std::size_t(1));
      QCOMPARE(loaded->matrix->channels()[0].name, std::string("grey"));
      return;
    }
    QCOMPARE(loaded->matrix->rows(), height);
    QCOMPARE(loaded->matrix->cols(), 3 * width);
    const QJsonObject decoded = expected["decoded"].toObject();
    const QJsonArray means = decoded["channel_means"].toArray();
    const bool lossy = file.endsWith(".jpg");  // decoders differ by a level here and there, their means by far less
    for (Index c = 0; c < 3; ++c) {
      const double mean = loaded->matrix->channel(c)->summary().mean * 255;
      RS_NEAR(mean, means[c].toDouble(), lossy ? 0.25 : 1e-9);
    }
    // Pillow's luma is rounded to whole levels, so its mean may differ by half a level and its norm by √(nm)/2.
    const auto luma = loadFrom(path, {.channel = "luma"});
    QVERIFY(bool(luma));
    QCOMPARE(luma->matrix->channels()[0].name, std::string("luma"));
    const QJsonObject grey = expected["luma_rec601_8bit"].toObject();
    RS_NEAR(luma->matrix->summary().mean * 255, grey["mean"].toDouble(), 0.5 + (lossy ? 0.25 : 0));
    RS_NEAR(luma->matrix->summary().fro * 255, grey["frobenius"].toDouble(),
            (0.5 + (lossy ? 0.5 : 0)) * std::sqrt(static_cast<double>(width * height)));
  }

  void everyDepthKeepsItsValues_data() {
    QTest::addColumn<int>("format");
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("dtype");
    const auto add = [](const char* name, QImage::Format format, const char* file, const char* dtype) {
      QTest::newRow(name) << int(format) << QByteArray(file) << QString(dtype);
    };
    add("png_rgb", QImage::Format_RGB32, "png", "uint8");
    add("png_rgba", QImage::Format_ARGB32, "png", "uint8");
    add("png_grey", QImage::Format_Grayscale8, "png", "uint8");
    add("png_grey_16", QImage::Format_Grayscale16, "png", "uint16");
    add("png_rgba_16", QImage::Format_RGBA64, "png", "uint16");
    add("png_bits", QImage::Format_Mono, "png", "uint8");
    add("tiff_rgb", QImage::Format_RGB32, "tiff", "uint8");
    add("tiff_grey_16", QImage::Format_Grayscale16, "tiff", "uint16");
    add("tiff_rgba_16", QImage::Format_RGBA64, "tiff", "uint16");
    add("bmp_rgb", QImage::Format_RGB32, "bmp", "uint8");
  }
  void everyDepthKeepsItsValues() {
    QFETCH(int, format);
    QFETCH(QByteArray, file);
    QFETCH(QString, dtype);
    const QImage image = testImage(37, 23, static_cast<QImage::Format>(format));
    const auto loaded = loadBytes(encoded(image, file), "picture." + file);
    QVERIFY2(bool(loaded), loaded ? "" : loaded.error().message().c_str());
    QCOMPARE(QString::fromStdString(loaded->dtype), dtype);
    const AnyMatrix& matrix = *loaded->matrix;
    const bool grey = matrix.channels().size() == 1;
    QCOMPARE(matrix.cols(), Index(grey ? 37 : 111));
    QCOMPARE(loaded->storedShape[2], Index((grey ? 1 : 3) + (image.hasAlphaChannel() ? 1 : 0)));
    const double top = dtype == "uint8" ? 255 : 65535;
    for (int y = 0; y < 23; ++y) {
      for (int x = 0; x < 37; ++x) {
        const QRgba64 pixel = image.pixelColor(x, y).rgba64();
        const double codes[3] = {double(pixel.red()), double(pixel.green()), double(pixel.blue())};
        for (int c = 0; c < (grey ? 1 : 3); ++c) {
          const double value = matrix.at(y, c * 37 + x);
          // 8-bit codes come out of QColor as 257 times themselves.
          QCOMPARE(value, (dtype == "uint8" ? codes[c] / 257 : codes[c]) / top);
        }
      }
    }
  }

  // 1, 2 and 4 bits a pixel, and one level declared transparent: chunks that Qt's writer does not make.
  void greyPngsOfAnyDepthAreOneChannel_data() {
    QTest::addColumn<int>("bits");
    QTest::addColumn<bool>("transparent");
    for (const int bits : {1, 2, 4, 8}) {
      QTest::addRow("%d bits", bits) << bits << false;
      QTest::addRow("%d bits, one level transparent", bits) << bits << true;
    }
  }
  void greyPngsOfAnyDepthAreOneChannel() {
    QFETCH(int, bits);
    QFETCH(bool, transparent);
    const auto big = [](quint32 value) {
      QByteArray out(4, '\0');
      qToBigEndian(value, out.data());
      return out;
    };
    const auto chunk = [&](const QByteArray& content) {
      const auto sum = crc32(0, reinterpret_cast<const Bytef*>(content.constData()), static_cast<uInt>(content.size()));
      return big(static_cast<quint32>(content.size() - 4)) + content + big(static_cast<quint32>(sum));
    };
    // Two rows of a byte each: 0b00011011 and its complement.
    const QByteArray rows("\0\x1b\0\xe4", 4);
    const int width = 8 / bits;
    QByteArray file =
        QByteArray("\x89PNG\r\n\x1a\n") + chunk("IHDR" + big(static_cast<quint32>(width)) + big(2) +
                                                QByteArray(1, static_cast<char>(bits)) + QByteArray(4, '\0'));
    if (transparent) file += chunk(QByteArray("tRNS\0\1", 6));
    file += chunk("IDAT" + qCompress(rows).mid(4)) + chunk("IEND");
    const auto loaded = loadBytes(file, "picture.png");
    QVERIFY2(bool(loaded), loaded ? "" : loaded.error().message().c_str());
    QCOMPARE(loaded->matrix->channels().size(), std::size_t{1});
    QCOMPARE(loaded->matrix->cols(), Index(width));
    const int top = (1 << bits) - 1;
    for (int r = 0; r < 2; ++r) {
      for (int c = 0; c < width; ++c) {
        const int code = ((r == 0 ? 0x1b : 0xe4) >> (8 - bits * (c + 1))) & top;
        QCOMPARE(loaded->matrix->at(r, c), double(code) / top);
      }
    }
  }

  void aPaletteOfGreysIsOneChannel() {
    QImage image(5, 4, QImage::Format_Indexed8);
    image.setColorTable({qRgb(9, 9, 9), qRgb(250, 250, 250), qRgb(70, 70, 70)});
    for (int i = 0; i < 20; ++i) image.setPixel(i % 5, i / 5, static_cast<uint>(i % 3));
    const auto grey = loadBytes(encoded(image, "png"), "picture.png");
    QVERIFY(bool(grey));
    QCOMPARE(grey->matrix->channels().size(), std::size_t{1});
    QCOMPARE(grey->matrix->at(0, 2), 70 / 255.0);
    image.setColor(2, qRgb(70, 70, 71));
    const auto colour = loadBytes(encoded(image, "png"), "picture.png");
    QVERIFY(bool(colour));
    QCOMPARE(colour->matrix->channels().size(), std::size_t{3});
  }

  void coloursThatATransparentTiffLosesAreAnnounced() {
    for (const char* file : {"tiff", "png"}) {
      const bool loses = QByteArray(file) == "tiff";
      const QByteArray bytes = encoded(testImage(9, 7, QImage::Format_ARGB32), file);
      QVERIFY(bool(loadBytes(bytes, "picture." + QByteArray(file))));
      QCOMPARE(m_notices.size(), std::size_t(loses ? 1 : 0));
      QVERIFY(bool(loadBytes(encoded(testImage(9, 7, QImage::Format_RGB32), file), "picture." + QByteArray(file))));
      QVERIFY(m_notices.empty());
    }
  }

  void floatsAreKeptAsTheyAre() {
    QImage image(7, 5, QImage::Format_RGBX32FPx4);
    const auto value = [](Index row, Index col, Index c) {
      return static_cast<float>(3 * row - col) / 7 + 0.01f * static_cast<float>(c);
    };
    for (int y = 0; y < 5; ++y) {
      auto* line = reinterpret_cast<float*>(image.scanLine(y));
      for (int x = 0; x < 7; ++x) {
        for (int c = 0; c < 4; ++c) line[4 * x + c] = c == 3 ? 1 : value(y, x, c);
      }
    }
    const auto loaded =
        loadBytes(encoded(image, "tiff"), "floats.tiff");  // negative values and values above 1 included
    QVERIFY2(bool(loaded), loaded ? "" : loaded.error().message().c_str());
    QCOMPARE(QString::fromStdString(loaded->dtype), QString("float32"));
    for (Index row = 0; row < 5; ++row) {
      for (Index col = 0; col < 21; ++col)
        QCOMPARE(loaded->matrix->at(row, col), static_cast<double>(value(row, col % 7, col / 7)));
    }
  }

  void channelsAreChosen() {
    QImage image(2, 1, QImage::Format_ARGB32);
    image.setPixel(0, 0, qRgba(255, 0, 51, 102));
    image.setPixel(1, 0, qRgba(0, 204, 0, 0));  // invisible, and read all the same
    const QByteArray png = encoded(image, "png");
    const auto value = [&](const char* channel, Index col) {
      const auto loaded = loadBytes(png, "alpha.png", {.channel = channel});
      return loaded ? loaded->matrix->at(0, col) : -1;
    };
    QCOMPARE(value("rgb", 0), 1.0);
    QCOMPARE(value("rgb", 3), 0.8);
    QCOMPARE(value("red", 0), 1.0);
    QCOMPARE(value("green", 1), 0.8);
    QCOMPARE(value("blue", 0), 0.2);
    QCOMPARE(value("alpha", 0), 0.4);
    QCOMPARE(value("alpha", 1), 0.0);
    QCOMPARE(value("luma", 0), 0.299 + 0.114 * 0.2);
    const auto rgb = loadBytes(png, "alpha.png");
    QVERIFY(bool(rgb));
    QCOMPARE(rgb->matrix->channels().size(), std::size_t(3));
    QCOMPARE(rgb->matrix->channels()[1].name, std::string("green"));
    QCOMPARE(rgb->storedShape, (std::vector<Index>{1, 2, 4}));

    const QByteArray grey = encoded(image.convertToFormat(QImage::Format_Grayscale8), "png");
    for (const char* channel : {"red", "alpha"}) {
      const auto refused = loadBytes(grey, "grey.png", {.channel = channel});
      QVERIFY(!refused);
      QCOMPARE(refused.error().kind, ErrorKind::Input);
    }
    QVERIFY(bool(loadBytes(grey, "grey.png", {.channel = "luma"})));
    QVERIFY(!loadBytes(grey, "grey.png", {.reshape = "1,2"}));
    QVERIFY(!loadFrom(m_folder.filePath("grey.png") + "::entry"));
  }
  void theOrientationOfACameraIsApplied() {
    // The right eye's side of the face is dark: after turning by 90° the sums of rows become those of columns.
    const QString path = QString::fromStdString(test::dataPath("images/exif_orientation_6.jpg"));
    QImageReader reader(path);
    reader.setAutoTransform(false);
    const QImage stored = reader.read();
    const auto loaded = loadFrom(path, {.channel = "red"});
    QVERIFY(bool(loaded));
    // Orientation 6: the stored picture is to be turned clockwise; its left lower corner comes to the left upper.
    for (int k = 0; k < 128; ++k) {
      QCOMPARE(loaded->matrix->at(k, 0), qRed(stored.pixel(k, 127)) / 255.0);
      QCOMPARE(loaded->matrix->at(0, k), qRed(stored.pixel(0, 127 - k)) / 255.0);
    }
  }

  void anyMapsKeepTheirDepth_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<double>>("values");
    QTest::addColumn<QString>("dtype");
    const auto add = [](const char* name, const QByteArray& bytes, const QList<double>& values, const char* dtype) {
      QTest::newRow(name) << bytes << values << QString(dtype);
    };
    add("P1", "P1\n# a comment\n3 1\n1 0\n1\n", {0, 1, 0}, "uint8");
    add("P1_without_blanks", "P1 3 1 101", {0, 1, 0}, "uint8");
    add("P2", "P2 3 1 10 0 5 10", {0, 0.5, 1}, "uint8");
    add("P2_wide", "P2\n2 1\n1000\n500 1000\n", {0.5, 1}, "uint16");
    add("P3", "P3 1 1 255 255 0 51", {1, 0, 0.2}, "uint8");
    add("P4", QByteArray("P4 3 1\n\xa0", 8), {0, 1, 0}, "uint8");
    add("P5", QByteArray("P5 2 1 255\n\x00\x33", 13), {0, 0.2}, "uint8");
    add("P5_wide", QByteArray("P5 2 1 65535\n\xff\xff\x33\x33", 17), {1, 0.2}, "uint16");
    add("P6", QByteArray("P6 1 1 255\n\xff\x00\x33", 14), {1, 0, 0.2}, "uint8");
    add("Pf", QByteArray("Pf 1 2 -1.0\n\x00\x00\x80\x3f\x00\x00\x00\x40", 20), {2, 1},
        "float32");  // from the bottom up
    add("PF_big", QByteArray("PF 1 1 1\n\x3f\x80\x00\x00\xbf\x80\x00\x00\x40\x00\x00\x00", 21), {1, -1, 2}, "float32");
  }
  void anyMapsKeepTheirDepth() {
    QFETCH(QByteArray, bytes);
    QFETCH(QList<double>, values);
    QFETCH(QString, dtype);
    const auto loaded = loadBytes(bytes, "map.unknown");  // told by content
    QVERIFY2(bool(loaded), loaded ? "" : loaded.error().message().c_str());
    QCOMPARE(QString::fromStdString(loaded->dtype), dtype);
    QCOMPARE(loaded->matrix->rows() * loaded->matrix->cols(), Index(values.size()));
    for (Index i = 0; i < values.size(); ++i) {
      const AnyMatrix& m = *loaded->matrix;
      QCOMPARE(m.cols() == 1 ? m.at(i, 0) : m.at(0, i), values[i]);
    }
    if (bytes[1] >= '1' && bytes[1] <= '3') return;  // a shorter last number is a number too
    QVERIFY(!loadBytes(bytes.chopped(1), "map.unknown"));
  }
  void damagedAnyMapsAreRefused_data() {
    QTest::addColumn<QByteArray>("bytes");
    for (const char* bytes :
         {"P5 0 1 255\n\x01", "P5 -1 1 255\n1", "P5 1 1 0\n1", "P5 1 1 70000\n11", "P5 1 1 2\n\x03", "P2 1 1 5 6",
          "P5 99999999999999999999 1 255\n1", "P5 1000000 1000000 255\n1", "P6 1000000000 1000000000 65535\n1", "P5 1",
          "P5 1 1", "P5 1 1 255", "P5 1 1 1.5\n1", "Pf 1 1 0\n1111", "Pf 1 1 nan\n1111", "P2 1 1 255 -1"}) {
      QTest::newRow(qPrintable(QString(bytes).replace('\n', ' ').left(24))) << QByteArray(bytes);
    }
  }
  void damagedAnyMapsAreRefused() {
    QFETCH(QByteArray, bytes);
    const auto loaded = loadBytes(bytes, "map.pgm");
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().kind, ErrorKind::Input);
  }

  void picturesCutShortAreRefused_data() {
    QTest::addColumn<QByteArray>("format");
    for (const char* format : {"png", "jpeg", "bmp", "tiff", "webp", "pgm"})
      QTest::newRow(format) << QByteArray(format);
  }
  void picturesCutShortAreRefused() {
    QFETCH(QByteArray, format);
    const QByteArray whole =
        encoded(testImage(41, 29, format == "pgm" ? QImage::Format_Grayscale8 : QImage::Format_RGB32), format);
    QVERIFY(!whole.isEmpty());
    QVERIFY(bool(loadBytes(whole, "whole." + format)));
    const qsizetype step = std::max<qsizetype>(1, whole.size() / 60);
    for (qsizetype length = whole.size() - 1; length > 0; length -= step) {
      const auto loaded = loadBytes(whole.first(length), "cut." + format);
      QVERIFY2(!loaded, qPrintable(QString("read from %1 of %2 bytes").arg(length).arg(whole.size())));
      QCOMPARE(loaded.error().kind, ErrorKind::Input);
    }
  }
  void aGifCutInsideItsPictureIsRefused() {
    const QByteArray gif(
        "GIF89a\x01\0\x01\0\x80\0\0\xff\x33\0\0\0\0!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0;", 43);
    const auto whole = loadBytes(gif, "a.gif");
    QVERIFY2(bool(whole), whole ? "" : whole.error().message().c_str());
    QCOMPARE(whole->matrix->at(0, 0), 1.0);
    QCOMPARE(whole->matrix->at(0, 1), 0.2);
    QVERIFY(bool(loadBytes(gif.first(42), "a.gif")));  // only the trailer is missing, as some programs leave it
    for (qsizetype length = 41; length > 0; --length) QVERIFY(!loadBytes(gif.first(length), "a.gif"));
  }
  void memoryIsAskedForBeforeDecoding() {
    const QByteArray png = encoded(QImage(3000, 3000, QImage::Format_RGB32), "png");
    Context context;
    context.memory = 10'000'000;
    const auto refused = loadBytes(png, "large.png", {}, context);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Compute);
    // A header that claims 60000 × 60000 pixels in a few bytes.
    QByteArray bomb = png.first(100);
    bomb[18] = bomb[22] = char(0xea);
    bomb[19] = bomb[23] = 0x60;
    QVERIFY(!loadBytes(bomb, "bomb.png"));
    QVERIFY(!loadBytes("P6 60000 60000 255\n" + QByteArray(100, 'x'), "bomb.ppm"));
  }
  void aPictureIsKnownByItsContent() {
    const QByteArray png = encoded(testImage(5, 4, QImage::Format_RGB32), "png");
    const auto disguised = loadBytes(png, "picture.csv");
    QVERIFY2(bool(disguised), disguised ? "" : disguised.error().message().c_str());
    QCOMPARE(disguised->kind, DatasetKind::Image);
    const auto text = loadBytes("1,2\n3,4\n", "table.png");
    QVERIFY(!text);
    // Tables that begin like pictures of text formats stay tables.
    for (const char* table : {"P1 P2\n1 2\n3 4\n", "#define x\n1 2\n", "0 0 1\n2 2 2\n"}) {
      const auto loaded = loadBytes(table, "table.txt");
      QVERIFY2(bool(loaded), table);
      QCOMPARE(loaded->kind, DatasetKind::Matrix);
    }
    QVERIFY(!media::beginsAsPicture({}));
    QVERIFY(media::beginsAsPicture(bytesOf(png)));
  }
  void bundledSamplesAreThere() {
    for (const char* name : {"chelsea", "coffee", "camera", "digits"}) {
      const auto loaded = loadFrom(QString("sample:") + name);
      QVERIFY2(bool(loaded), loaded ? "" : loaded.error().message().c_str());
    }
    const auto chelsea = loadFrom("sample:chelsea");
    QCOMPARE(chelsea->storedShape, (std::vector<Index>{300, 451, 3}));
    QCOMPARE(chelsea->title, std::string("chelsea.png"));
    const auto digits = loadFrom("sample:digits");
    QCOMPARE(digits->matrix->rows(), Index(1797));
    QCOMPARE(digits->matrix->cols(), Index(65));
    const auto unknown = loadFrom("sample:dog");
    QVERIFY(!unknown);
    QVERIFY(unknown.error().message().find("camera, chelsea, coffee, digits") != std::string::npos);
  }

  void picturesAreWrittenAndReadBack_data() {
    QTest::addColumn<QString>("ending");
    for (const char* ending : {"png", "tif", "bmp", "webp", "PNG", "jpg"}) QTest::newRow(ending) << QString(ending);
  }
  void picturesAreWrittenAndReadBack() {
    QFETCH(QString, ending);
    const Matrix<double> values = (test::gaussian(20, 30, 4).array() * 0.1 + 0.5).matrix();  // some lie outside [0, 1]
    for (const Index channels : {1, 3}) {
      const QImage image = media::toImage(values, channels);
      QCOMPARE(image.width(), int(30 / channels));
      const QString path = m_folder.filePath("out." + ending);
      const auto saved = media::savePicture(image, path);
      QVERIFY2(bool(saved), saved ? "" : saved.error().message().c_str());
      const auto loaded = loadFrom(path);
      QVERIFY2(bool(loaded), loaded ? "" : loaded.error().message().c_str());
      if (ending == "jpg") continue;
      for (Index i = 0; i < 20; ++i) {
        for (Index j = 0; j < 30 / channels; ++j)
          RS_NEAR(loaded->matrix->at(i, j), std::clamp(values(i, j), 0.0, 1.0), 0.5 / 255 + 1e-12);
      }
    }
  }
  void valuesAreClippedAndRoundedOnlyInPictures() {
    Matrix<double> values(1, 6);
    values << -5, 0.5 / 255 + 1e-9, 2, std::numeric_limits<double>::quiet_NaN(), 1,
        std::numeric_limits<double>::infinity();
    const QImage grey = media::toImage(values, 1);
    const int codes[6] = {0, 1, 255, 0, 255, 255};
    for (int x = 0; x < 6; ++x) QCOMPARE(qRed(grey.pixel(x, 0)), codes[x]);
    const QImage colour = media::toImage(values, 3);
    QCOMPARE(colour.pixel(0, 0), qRgb(0, 255, 255));
    QCOMPARE(colour.pixel(1, 0), qRgb(1, 0, 255));
  }
  void whatCannotBeSavedSaysWhy() {
    const QImage image = testImage(4, 4, QImage::Format_RGB32);
    const auto unknown = media::savePicture(image, m_folder.filePath("a.xyz"));
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, ErrorKind::Output);
    QVERIFY(unknown.error().message().find(".png") != std::string::npos);
    QVERIFY(!media::savePicture(image, m_folder.filePath("absent/a.png")));
  }
  void pastedPicturesFollowTheSameRules() {
    const auto matrix = media::fromImage(testImage(6, 5, QImage::Format_ARGB32_Premultiplied), {});
    QVERIFY(bool(matrix));
    QCOMPARE((*matrix)->cols(), Index(18));
    QVERIFY(!media::fromImage({}, {}));
    QVERIFY(!media::fromImage(testImage(2, 2, QImage::Format_RGB32), {.channel = "alpha"}));
  }
};

QTEST_GUILESS_MAIN(TstPictures)
#include "tst_pictures.moc"
