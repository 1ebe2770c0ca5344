// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/targets.h"

#include <unistd.h>

#include <QImageWriter>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "app/cli/options.h"
#include "app/cli/quiet_libraries.h"
#include "ui/media/media.h"

namespace rankscope::cli {

namespace {

std::string endingOf(const std::string& path) {
  std::string ending = std::filesystem::path(path).extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return ending;
}

std::vector<std::string> pictureEndings() {
  std::vector<std::string> endings;
  for (const QByteArray& format : QImageWriter::supportedImageFormats()) {
    endings.push_back("." + format.toLower().toStdString());
  }
  return endings;
}

Error wrongEnding(const std::string& path, const std::vector<std::string>& allowed) {
  const std::string ending = endingOf(path);
  return usageError(
      path,
      ending.empty() ? Text("the name has no ending to tell the format by") : text("{1} can't be written", ending),
      text("allowed: {1}", listed(allowed)));
}

}  // namespace

Result<Done> checkTarget(const std::string& path) {
  std::error_code problem;
  const std::filesystem::path target(path);
  if (std::filesystem::is_directory(target, problem)) return outputError(path, "this is a folder", "name a file in it");
  const std::filesystem::path folder = target.has_parent_path() ? target.parent_path() : std::filesystem::path(".");
  if (!std::filesystem::is_directory(folder, problem)) {
    return outputError(path, text("there is no folder {1}", folder.string()), "make it first");
  }
  if (access(folder.c_str(), W_OK | X_OK) != 0) {
    return outputError(path, text("the folder takes no files: {1}", std::strerror(errno)));
  }
  return Done{};
}

Result<const Writer*> arrayTarget(const std::string& path, bool several, const Formats& formats) {
  const auto writer = writerFor(path, formats);
  std::vector<std::string> allowed;
  for (const Writer& one : formats.writers) {
    if (one.several || !several) allowed.insert(allowed.end(), one.endings.begin(), one.endings.end());
  }
  if (!writer) return wrongEnding(path, allowed);
  if (several && !(*writer)->several) {
    return usageError(path, text("{1} holds one array and there are several factors", endingOf(path)),
                      text("allowed: {1}", listed(allowed)));
  }
  if (const auto place = checkTarget(path); !place) return place.error();
  return *writer;
}

bool hasPictureEnding(const std::string& path) {
  const std::vector<std::string> endings = pictureEndings();
  return std::find(endings.begin(), endings.end(), endingOf(path)) != endings.end();
}

Result<Done> pictureTarget(const std::string& path) {
  if (!hasPictureEnding(path)) return wrongEnding(path, pictureEndings());
  return checkTarget(path);
}

Result<Done> figureTarget(const std::string& path) {
  const std::vector<std::string> endings = {".svg", ".pdf", ".png"};
  if (std::find(endings.begin(), endings.end(), endingOf(path)) == endings.end()) return wrongEnding(path, endings);
  return checkTarget(path);
}

Result<Done> writePicture(const std::string& path, const Matrix<double>& values, Index channels, double low,
                          double high) {
  if (!values.allFinite()) {
    return inputError(path, "a picture can't show NaN or infinity", "--nan zero or --nan mean replaces them");
  }
  const QString target = QString::fromStdString(path);
  const QuietLibraries quiet;
  if (channels > 0) return media::savePicture(media::toImage(values, channels), target);
  // Divided before subtracting, so that a range of ±1e308 does not overflow.
  const double scale = std::max({std::abs(low), std::abs(high), std::numeric_limits<double>::min()});
  const double range = high / scale - low / scale;
  if (!(range > 0))
    return media::savePicture(media::toImage(Matrix<double>::Constant(values.rows(), values.cols(), 0.5), 1), target);
  return media::savePicture(media::toImage(((values.array() / scale - low / scale) / range).matrix(), 1), target);
}

}  // namespace rankscope::cli
