// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/media/picture.h"

#include <zlib.h>
#include <QBuffer>
#include <QImageReader>
#include <QPixelFormat>

#include <algorithm>
#include <array>

#include "core/io/arrange.h"

namespace rankscope::media {

namespace {

std::span<const std::byte> asBytes(const QByteArray& bytes) {
  return std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

// Decoders follow damaged offsets; QBuffer would warn about each.
class QuietBuffer final : public QBuffer {
 public:
  explicit QuietBuffer(const QByteArray& bytes) {
    setData(bytes);
    open(QIODevice::ReadOnly);
  }
  bool seek(qint64 place) override { return place >= 0 && place <= size() && QBuffer::seek(place); }
};

QByteArray formatOf(const QByteArray& bytes) {
  QuietBuffer buffer(bytes);
  return QImageReader::imageFormat(&buffer);
}

std::size_t number(const QByteArray& bytes, qsizetype at, int count, bool bigEndian = false) {
  std::size_t value = 0;
  for (int i = 0; i < count; ++i) {
    const int shift = 8 * (bigEndian ? count - 1 - i : i);
    value |= static_cast<std::size_t>(static_cast<unsigned char>(bytes[at + i])) << shift;
  }
  return value;
}

// JPEG: after the first scan an end marker must come; inside compressed data 0xff is always followed by 0 or a restart.
// An embedded preview has an end marker of its own, so segments are stepped over by their lengths.
bool isWholeJpeg(const QByteArray& bytes) {
  constexpr unsigned char kScan = 0xda;
  qsizetype at = 2;
  while (at + 4 <= bytes.size()) {
    if (static_cast<unsigned char>(bytes[at]) != 0xff) return false;
    const auto marker = static_cast<unsigned char>(bytes[at + 1]);
    if (marker == 0xff) {  // a fill byte
      ++at;
      continue;
    }
    if (marker == kScan) return bytes.indexOf(QByteArrayLiteral("\xff\xd9"), at) >= 0;
    at += 2 + static_cast<qsizetype>(number(bytes, at + 2, 2, true));
  }
  return false;
}

// PNG: chunks with right checksums up to the end chunk. libpng would find the same, but tells it to standard error.
bool isWholePng(const QByteArray& bytes) {
  constexpr qsizetype kSignature = 8, kFrame = 12;  // length, type, checksum
  for (qsizetype at = kSignature; at + kFrame <= bytes.size();) {
    const auto length = static_cast<qsizetype>(number(bytes, at, 4, true));
    if (length > bytes.size() - at - kFrame) return false;
    const auto* const content = reinterpret_cast<const Bytef*>(bytes.constData() + at + 4);
    if (crc32(0, content, static_cast<uInt>(length + 4)) != number(bytes, at + 8 + length, 4, true)) return false;
    if (bytes.mid(at + 4, 4) == "IEND") return true;
    at += kFrame + length;
  }
  return false;
}

// GIF: blocks up to the end of the first picture, the only one that is read.
bool isWholeGif(const QByteArray& bytes) {
  constexpr qsizetype kScreen = 13, kPicture = 10;
  constexpr char kExtension = '!', kSeparator = ',';
  const auto tableBytes = [](char flags) { return flags & 0x80 ? qsizetype{3} * (2 << (flags & 7)) : qsizetype{0}; };
  if (bytes.size() < kScreen) return false;
  qsizetype at = kScreen + tableBytes(bytes[10]);
  const auto passData = [&] {
    while (at < bytes.size()) {
      const auto length = static_cast<unsigned char>(bytes[at]);
      at += 1 + length;
      if (length == 0) return true;
    }
    return false;
  };
  while (at + kPicture < bytes.size()) {
    if (bytes[at] == kSeparator) {
      at += kPicture + tableBytes(bytes[at + kPicture - 1]) + 1;  // and the size of its codes
      return passData();
    }
    if (bytes[at] != kExtension) return false;
    at += 2;
    if (!passData()) return false;
  }
  return false;
}

// BMP and WebP: the size that the header demands.
bool isWholeBitmap(const QByteArray& bytes) {
  if (bytes.size() < 54) return false;
  const std::size_t start = number(bytes, 10, 4), width = number(bytes, 18, 4), bits = number(bytes, 28, 2);
  const auto height =
      static_cast<std::size_t>(std::abs(static_cast<qint64>(static_cast<qint32>(number(bytes, 22, 4)))));
  const std::size_t compression = number(bytes, 30, 4);
  const bool plain = compression == 0 || compression == 3;
  if (number(bytes, 14, 4) < 40 || !plain) return static_cast<std::size_t>(bytes.size()) >= number(bytes, 2, 4);
  if (width > (1u << 30) || height > (1u << 30)) return false;
  return static_cast<std::size_t>(bytes.size()) >= start + (width * bits + 31) / 32 * 4 * height;
}
bool isWholeWebp(const QByteArray& bytes) { return static_cast<std::size_t>(bytes.size()) >= number(bytes, 4, 4) + 8; }

// Qt shows what there is of most of these formats when a file was cut, and reports nothing.
bool isWhole(const QByteArray& bytes, const QByteArray& format) {
  if (format == "jpeg" || format == "jpg") return isWholeJpeg(bytes);
  if (format == "png") return isWholePng(bytes);
  if (format == "gif") return isWholeGif(bytes);
  if (format == "bmp") return isWholeBitmap(bytes);
  if (format == "webp") return isWholeWebp(bytes);
  return true;
}

// PNG stores grey, also with alpha or one transparent level, as such; Qt hands some of it out as colour.
bool isGreyPng(const QByteArray& bytes, const QByteArray& format) {
  constexpr qsizetype kColourType = 25;
  return format == "png" && bytes.size() > kColourType && (bytes[kColourType] == 0 || bytes[kColourType] == 4);
}

// Of a grey PNG the index is the level; Qt's table has black where a level is transparent, and alpha is to be left out.
void restoreTransparentLevel(QImage& image) {
  const int levels = image.colorCount();
  for (int i = 0; i < levels; ++i) {
    const int level = i * 255 / std::max(1, levels - 1);
    image.setColor(i, qRgba(level, level, level, qAlpha(image.color(i))));
  }
}

bool isFloat(QImage::Format format) {
  return QImage::toPixelFormat(format).typeInterpretation() == QPixelFormat::FloatingPoint;
}

Picture fromAnyMap(AnyMap map) {
  Picture picture;
  picture.rows = map.rows;
  picture.cols = map.cols;
  picture.colours = map.channels;
  picture.dtype = !map.reals.empty() ? "float32" : map.maximum > 255 ? "uint16" : "uint8";
  picture.samples = std::move(map);
  return picture;
}

// Fills out(row, offset + col) with value(row, col); bands of rows keep a cache line of every column at hand.
template <class F>
void fill(Matrix<double>& out, Index offset, Index cols, const Context& context, F value) {
  constexpr Index kBand = 64;
  parallelFor(context, (out.rows() + kBand - 1) / kBand, [&](Index band) {
    const Index first = band * kBand, last = std::min(first + kBand, out.rows());
    for (Index col = 0; col < cols; ++col) {
      for (Index row = first; row < last; ++row) out(row, offset + col) = value(row, col);
    }
  });
}

// sample(row, col, channel) → the matrix of the chosen channels.
template <class Sample>
Matrix<double> chosen(const Picture& picture, const std::string& channel, const Context& context, Sample sample) {
  const bool colour = picture.colours == 3;
  const bool three = colour && channel == "rgb";
  Matrix<double> out(picture.rows, three ? 3 * picture.cols : picture.cols);
  if (three) {
    for (Index c = 0; c < 3; ++c) {
      fill(out, c * picture.cols, picture.cols, context, [&, c](Index row, Index col) { return sample(row, col, c); });
    }
  } else if (colour && channel == "luma") {
    fill(out, 0, picture.cols, context, [&](Index row, Index col) {
      return 0.299 * sample(row, col, 0) + 0.587 * sample(row, col, 1) + 0.114 * sample(row, col, 2);
    });
  } else {
    const Index c = channel == "alpha" ? 3 : channel == "green" ? 1 : channel == "blue" ? 2 : 0;
    fill(out, 0, picture.cols, context, [&, c](Index row, Index col) { return sample(row, col, c); });
  }
  return out;
}

template <class T>
Matrix<double> chosenOf(const Picture& picture, const QImage& image, Index channels, double scale,
                        const std::string& channel, const Context& context) {
  const uchar* const bits = image.constBits();
  const auto stride = static_cast<Index>(image.bytesPerLine());
  return chosen(picture, channel, context, [=](Index row, Index col, Index c) {
    const T* const line = reinterpret_cast<const T*>(bits + row * stride);
    return static_cast<double>(line[col * channels + c]) / scale;
  });
}

Matrix<double> chosenOf(const Picture& picture, const std::string& channel, const Context& context) {
  if (const auto* map = std::get_if<AnyMap>(&picture.samples)) {
    const auto place = [map](Index row, Index col, Index c) {
      return static_cast<std::size_t>((row * map->cols + col) * map->channels + c);
    };
    if (!map->reals.empty()) {
      return chosen(picture, channel, context,
                    [&](Index row, Index col, Index c) { return static_cast<double>(map->reals[place(row, col, c)]); });
    }
    return chosen(picture, channel, context,
                  [&](Index row, Index col, Index c) { return map->codes[place(row, col, c)] / map->maximum; });
  }
  const QImage& image = std::get<QImage>(picture.samples);
  switch (image.format()) {
    case QImage::Format_Grayscale8:
      return chosenOf<quint8>(picture, image, 1, 255, channel, context);
    case QImage::Format_Grayscale16:
      return chosenOf<quint16>(picture, image, 1, 65535, channel, context);
    case QImage::Format_RGBA64:
      return chosenOf<quint16>(picture, image, 4, 65535, channel, context);
    case QImage::Format_RGBA32FPx4:
      return chosenOf<float>(picture, image, 4, 1, channel, context);
    default:
      return chosenOf<quint8>(picture, image, 4, 255, channel, context);
  }
}

}  // namespace

bool beginsAsPicture(std::span<const std::byte> head) {
  if (beginsAsAnyMap(head)) return true;
  // These begin like text, or with next to nothing that could not be other data: their endings tell them.
  static constexpr std::array kWeak = {"pbm", "pgm", "ppm", "tga", "wbmp", "xbm", "xpm"};
  const QByteArray bytes(reinterpret_cast<const char*>(head.data()), static_cast<qsizetype>(head.size()));
  const QByteArray format = formatOf(bytes);
  return !format.isEmpty() &&
         std::none_of(kWeak.begin(), kWeak.end(), [&](const char* weak) { return format == weak; });
}

Picture pictureOf(QImage image) {
  Picture picture;
  picture.rows = image.height();
  picture.cols = image.width();
  picture.alpha = image.hasAlphaChannel();
  const QImage::Format format = image.format();
  const bool greyPalette = image.colorCount() > 0 && image.allGray() && !picture.alpha;
  const bool grey = format == QImage::Format_Grayscale8 || format == QImage::Format_Grayscale16;
  picture.colours = grey || greyPalette ? 1 : 3;
  if (isFloat(format)) {
    picture.dtype = "float32";
    image.convertTo(QImage::Format_RGBA32FPx4);
  } else if (format == QImage::Format_Grayscale16) {
    picture.dtype = "uint16";
  } else if (QImage::toPixelFormat(format).redSize() > 8) {
    picture.dtype = "uint16";
    image.convertTo(QImage::Format_RGBA64);
  } else {
    picture.dtype = "uint8";
    if (!grey) image.convertTo(QImage::Format_RGBA8888);
  }
  picture.samples = std::move(image);
  return picture;
}

Result<Picture> decodePicture(const QByteArray& bytes, const std::string& source, const Context& context) {
  if (beginsAsAnyMap(asBytes(bytes))) {
    auto map = readAnyMap(asBytes(bytes), source, context);
    if (!map) return map.error();
    return fromAnyMap(std::move(*map));
  }
  const QByteArray found = formatOf(bytes);
  if (!isWhole(bytes, found)) return inputError(source, "the picture is cut short or damaged");
  const std::size_t dot = source.rfind('.');
  const QByteArray format = !found.isEmpty()           ? found
                            : dot == std::string::npos ? QByteArray()
                                                       : QByteArray::fromStdString(source.substr(dot + 1)).toLower();
  QuietBuffer buffer(bytes);
  QImageReader reader(&buffer, format);
  reader.setAutoTransform(true);
  if (!reader.canRead()) {
    return inputError(source, "it cannot be read as a picture",
                      "its content is damaged or of a format that is not known");
  }
  if (const QSize size = reader.size(); size.isValid()) {
    // The decoded picture and the copy that turns it upright or into a plainer format; 16 bytes a pixel at most.
    const int depth = reader.imageFormat() == QImage::Format_Invalid
                          ? 64
                          : QImage::toPixelFormat(reader.imageFormat()).bitsPerPixel();
    const double needed = static_cast<double>(size.width()) * size.height() * std::max(32, depth) / 8 * 2;
    if (auto refused = context.refuseMemory(source, needed, "raise --max-memory or make the picture smaller"))
      return *refused;
  }
  context.checkpoint();
  QImage image = reader.read();
  if (image.isNull()) {
    return inputError(source, text("it cannot be read as a picture: {1}", reader.errorString().toStdString()));
  }
  const bool grey = isGreyPng(bytes, format);
  if (grey && image.format() == QImage::Format_Indexed8) restoreTransparentLevel(image);
  Picture picture = pictureOf(std::move(image));
  if (grey) picture.colours = 1;
  // Qt reads these through libtiff's blended form and divides again: what was under alpha has lost digits.
  picture.inexactUnderAlpha = format.startsWith("tif") && picture.alpha && picture.dtype == "uint8";
  return picture;
}

Result<MatrixPtr> matrixOf(const Picture& picture, const ViewOptions& view, const std::string& source,
                           const Context& context, std::vector<Text>& notices) {
  const std::string& channel = view.channel;
  const bool grey = picture.colours == 1;
  if (channel == "alpha" && !picture.alpha) return inputError(source, "the picture has no alpha channel");
  if (grey && (channel == "red" || channel == "green" || channel == "blue")) {
    return inputError(source, text("the picture is grey and has no channel \"{1}\"", channel),
                      "choose --channel rgb or luma");
  }
  if (!view.reshape.empty()) return inputError(source, "a picture cannot be reshaped", "leave --reshape out");
  const Index planes = !grey && channel == "rgb" ? 3 : 1;
  const double bytes = static_cast<double>(picture.rows) * static_cast<double>(picture.cols) *
                       static_cast<double>(planes) * sizeof(double);
  if (auto refused = context.refuseMemory(source, bytes, "raise --max-memory or make the picture smaller"))
    return *refused;
  std::vector<Channel> names = {{channel}};
  if (planes == 3) names = {{"red"}, {"green"}, {"blue"}};
  if (grey && channel != "alpha") names = {{"grey"}};
  if (picture.inexactUnderAlpha && channel != "alpha") {
    notices.push_back(text("where this 8-bit TIFF is transparent its colours are inexact (saved as PNG they are not)"));
  }
  return finishMatrix(chosenOf(picture, channel, context), std::move(names), view, source, context, notices);
}

}  // namespace rankscope::media
