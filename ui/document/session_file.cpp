// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/session_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include "core/base/json.h"
#include "ui/document/session.h"
#include "ui/theme/translated.h"

namespace rankscope::ui {

QString sessionEnding() { return QStringLiteral(".rankscope"); }

QString sessionFilter() { return Session::tr("Rankscope sessions (*%1)").arg(sessionEnding()); }

bool isSessionFile(const QString& path) { return path.endsWith(sessionEnding(), Qt::CaseInsensitive); }

Result<QByteArray> readSmallFile(const QString& path, std::size_t most) {
  const std::string source = path.toStdString();
  if (QFileInfo(path).isDir()) return inputError(source, "this is a folder", "choose a file");
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly))
    return inputError(source, text("it can't be opened: {1}", file.errorString().toStdString()));
  const QByteArray content = file.read(static_cast<qint64>(most) + 1);
  if (file.error() != QFileDevice::NoError) {
    return inputError(source, text("it can't be read: {1}", file.errorString().toStdString()));
  }
  if (static_cast<std::size_t>(content.size()) > most) {
    return inputError(source, text("it is larger than {1}", showBytes(static_cast<double>(most))));
  }
  return content;
}

Result<Done> writeFileAtomically(const QString& path, const QByteArray& content) {
  QDir().mkpath(QFileInfo(path).absolutePath());
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit()) {
    return outputError(path.toStdString(), text("it can't be written: {1}", file.errorString().toStdString()));
  }
  return Done{};
}

Result<OpenedSession> openSessionFile(const QString& path) {
  const Result<QByteArray> content = readSmallFile(path, kMostSessionBytes);
  if (!content) return content.error();
  OpenedSession out;
  std::vector<Text> notices;
  const std::string folder = QFileInfo(path).absolutePath().toStdString();
  Result<SessionState> state = sessionFromJson(content->toStdString(), folder, notices, &out.contents);
  if (!state) {
    Error error = state.error();
    error.source = path.toStdString();
    return error;
  }
  out.state = std::move(*state);
  out.notices = translated(notices);
  return out;
}

Result<Done> saveSessionFile(const QString& path, const SessionState& state, const InputContents& contents) {
  const std::string folder = QFileInfo(path).absolutePath().toStdString();
  // File names may be no UTF-8; JSON has to be.
  const std::string json = toJson(state, folder, contents).dump(2, ' ', false, Json::error_handler_t::replace);
  return writeFileAtomically(path, QByteArray::fromStdString(json) + '\n');
}

InputContents contentsOf(const Session& session) {
  InputContents contents;
  for (const InputSpec& spec : session.state().inputs) {
    if (const Loaded* loaded = session.loaded(spec)) contents[spec] = loaded->matrix->fingerprint();
  }
  return contents;
}

QString inputTitle(const InputSpec& spec) {
  const QString location = QString::fromStdString(spec.location);
  for (const QString& scheme : {QStringLiteral("gallery:"), QStringLiteral("sample:")}) {
    if (location.startsWith(scheme)) return location.mid(scheme.size());
  }
  const auto entry = location.indexOf(QStringLiteral("::"));
  const auto slash = location.lastIndexOf('/', entry < 0 ? -1 : entry);
  return location.mid(slash + 1);
}

QString sessionTitle(const Session& session) {
  const SessionState& state = session.state();
  QString name = Session::tr("Untitled");
  if (!session.filePath().isEmpty()) {
    name = QFileInfo(session.filePath()).fileName();
  } else if (state.matrix.input >= 0 && state.matrix.input < static_cast<int>(state.inputs.size())) {
    name = inputTitle(state.inputs[static_cast<std::size_t>(state.matrix.input)]);
  }
  return name.replace(QStringLiteral("[*]"), QStringLiteral("[*][*]")) +
         QStringLiteral("[*]");  // doubled: a literal one
}

}  // namespace rankscope::ui
