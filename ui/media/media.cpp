// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/media/media.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QImageWriter>
#include <QLibrary>
#include <QLoggingCategory>
#include <algorithm>
#include <cmath>
#include <cstdarg>

#include "core/io/arrange.h"
#include "core/io/file.h"
#include "core/io/table.h"
#include "ui/media/picture.h"

namespace rankscope::media {

namespace {

constexpr const char* kResource = ":/";

class PictureDataset final : public Dataset {
 public:
  PictureDataset(std::string source, Picture picture) : m_source(std::move(source)), m_picture(std::move(picture)) {
    const Index channels = m_picture.colours + (m_picture.alpha ? 1 : 0);
    m_entry.dtype = m_picture.dtype;
    m_entry.shape = {m_picture.rows, m_picture.cols, channels};
    const int size = m_picture.dtype == "uint8" ? 1 : m_picture.dtype == "uint16" ? 2 : 4;
    m_entry.bytes = static_cast<std::uint64_t>(m_picture.rows * m_picture.cols * channels * size);
  }
  DatasetKind kind() const override { return DatasetKind::Image; }
  std::span<const EntryInfo> entries() const override { return {&m_entry, 1}; }
  Result<MatrixPtr> open(std::string_view entry, const ViewOptions& view, const Context& context,
                         std::vector<Text>& notices) const override {
    if (!entry.empty())
      return inputError(m_source, text("it is a picture and has no entry \"{1}\"", std::string(entry)));
    if (auto refused = refuseView(view)) return *refused;
    return matrixOf(m_picture, view, m_source, context, notices);
  }

 private:
  std::string m_source;
  Picture m_picture;
  EntryInfo m_entry;
};

Result<DatasetPtr> pictureFrom(const QByteArray& bytes, const std::string& source, const Context& context) {
  auto picture = decodePicture(bytes, source, context);
  if (!picture) return picture.error();
  return DatasetPtr(std::make_shared<PictureDataset>(source, std::move(*picture)));
}

Result<DatasetPtr> readPicture(const std::string& path, const Context& context) {
  const auto content = readWhole(path, context);
  if (!content) return content.error();
  return pictureFrom(QByteArray::fromRawData(content->data(), static_cast<qsizetype>(content->size())), path, context);
}

// Samples live inside the program: no file that core could open.
Result<DatasetPtr> readSample(const std::string& path, const Context& context) {
  QFile file(QString::fromStdString(path));
  if (!file.open(QIODevice::ReadOnly)) return inputError(path, "there is no such sample");
  const QByteArray bytes = file.readAll();
  if (path.ends_with(".csv")) return table::datasetFrom(bytes.toStdString(), path, context);
  return pictureFrom(bytes, path, context);
}

// libtiff, which Qt's plugin loads, writes to standard error unless its handlers are taken away; the plugin leaves
// them.
void silenceTiff() {
  constexpr int kVersion = 6;
  QLibrary tiff(QStringLiteral("tiff"), kVersion);
  using Handler = void (*)(const char*, const char*, va_list);
  using SetHandler = Handler (*)(Handler);
  for (const char* name : {"TIFFSetErrorHandler", "TIFFSetWarningHandler"}) {
    if (const auto set = reinterpret_cast<SetHandler>(tiff.resolve(name))) set(nullptr);
  }
}

std::vector<std::string> pictureEndings() {
  std::vector<std::string> endings = {".pnm", ".pfm"};
  for (const QByteArray& format : QImageReader::supportedImageFormats()) endings.push_back("." + format.toStdString());
  return endings;
}

QRgb pixel(double red, double green, double blue) {
  // Out of range is clipped; NaN is black.
  const auto code = [](double v) { return v > 0 ? static_cast<int>(std::lround(std::min(v, 1.0) * 255)) : 0; };
  return qRgb(code(red), code(green), code(blue));
}

}  // namespace

void addPictures(Formats& formats) {
  constexpr int kMebibytes = 2048;  // Qt's own limit is 128, too little for 8192 × 8192
  QImageReader::setAllocationLimit(kMebibytes);
  // What a picture's decoder has to say about a damaged file is part of our error, not a line of its own.
  QLoggingCategory::setFilterRules(QStringLiteral("qt.gui.imageio*=false\nqt.imageformats*=false"));
  silenceTiff();
  formats.readers.push_back({.id = "picture",
                             .title = "Picture",
                             .endings = pictureEndings(),
                             .byEndingOnly = false,
                             .recognises = beginsAsPicture,
                             .read = readPicture});
  formats.readers.push_back({.id = "sample",
                             .title = "Bundled sample",
                             .endings = {},
                             .byEndingOnly = true,
                             .recognises = {},
                             .read = readSample,
                             .prefix = kResource});
  const QDir samples(QStringLiteral(":/samples"));
  for (const QFileInfo& sample :
       samples.entryInfoList({QStringLiteral("*.png"), QStringLiteral("*.csv")}, QDir::Files)) {
    formats.samples[sample.completeBaseName().toStdString()] = sample.filePath().toStdString();
  }
}

QImage toImage(const Matrix<double>& values, Index channels) {
  expects(channels == 1 || channels == 3, "a picture has one channel or three");
  expects(values.cols() % channels == 0, "the channels stand side by side");
  const Index rows = values.rows(), cols = values.cols() / channels;
  QImage image(static_cast<int>(cols), static_cast<int>(rows),
               channels == 1 ? QImage::Format_Grayscale8 : QImage::Format_RGB32);
  for (Index row = 0; row < rows; ++row) {
    uchar* const line = image.scanLine(static_cast<int>(row));
    for (Index col = 0; col < cols; ++col) {
      if (channels == 1) {
        line[col] = static_cast<uchar>(qRed(pixel(values(row, col), 0, 0)));
      } else {
        reinterpret_cast<QRgb*>(line)[col] =
            pixel(values(row, col), values(row, cols + col), values(row, 2 * cols + col));
      }
    }
  }
  return image;
}

Result<Done> savePicture(const QImage& image, const QString& path) {
  const QByteArray format = QFileInfo(path).suffix().toLower().toLatin1();
  const QList<QByteArray> known = QImageWriter::supportedImageFormats();
  if (!known.contains(format)) {
    QByteArrayList endings;
    for (const QByteArray& one : known) endings.push_back("." + one);
    return outputError(path.toStdString(), "no picture format that can be written has this ending",
                       text("use one of {1}", endings.join(' ').toStdString()));
  }
  return writeAtomically(path.toStdString(), [&](const std::string& temporary) -> Result<Done> {
    QImageWriter writer(QString::fromStdString(temporary), format);
    constexpr int kJpeg = 95, kLossless = 100;
    if (format == "jpg" || format == "jpeg") writer.setQuality(kJpeg);
    if (format == "webp") writer.setQuality(kLossless);
    if (writer.write(image)) return Done{};
    return outputError(path.toStdString(), text("it cannot be written: {1}", writer.errorString().toStdString()));
  });
}

Result<MatrixPtr> fromImage(const QImage& image, const ViewOptions& view) {
  if (image.isNull()) return inputError("picture", "it is empty");
  if (auto refused = refuseView(view)) return *refused;
  std::vector<Text> notices;
  Context context;
  context.memory = defaultMemoryBudget();
  return matrixOf(pictureOf(image), view, "picture", context, notices);
}

}  // namespace rankscope::media
