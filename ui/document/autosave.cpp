// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/autosave.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QStandardPaths>
#include <QTimer>
#include <QUuid>
#include <algorithm>
#include <map>

#include "core/base/json.h"
#include "core/compute/lane.h"
#include "ui/document/session.h"
#include "ui/document/session_file.h"

namespace rankscope::ui {

namespace {

constexpr int kDelayMs = 1000;  // from the first change after a write, however many follow
const QString kLockEnding = QStringLiteral(".lock");

QString defaultFolder() { return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + "/autosave"; }

std::unique_ptr<QLockFile> lockFor(const QString& copy) {
  auto lock = std::make_unique<QLockFile>(copy + kLockEnding);
  lock->setStaleLockTime(0);  // never by age, only when its process is gone
  return lock;
}

// A copy is a session with one key more: where it came from.
constexpr const char* kAboutKey = "autosave";

QByteArray copyOf(const Session& session) {
  Json json = toJson(session.state(), QDir::rootPath().toStdString(), contentsOf(session));
  QString title = sessionTitle(session);
  title.chop(3);
  json[kAboutKey] = {{"title", title.toStdString()}, {"file", session.filePath().toStdString()}};
  return QByteArray::fromStdString(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

struct Copy {
  SessionState state;
  QString title, filePath;
};

Result<Copy> readCopy(const QString& path) {
  const Result<QByteArray> content = readSmallFile(path, kMostSessionBytes);
  if (!content) return content.error();
  std::vector<Text> notices;
  Result<SessionState> state = sessionFromJson(content->toStdString(), QDir::rootPath().toStdString(), notices);
  if (!state) return state.error();
  Copy copy;
  if (const auto about = state->unknown.find(std::string("/") + kAboutKey); about != state->unknown.end()) {
    const Json json = Json::parse(about->second, nullptr, false);
    const auto text = [&](const char* key) {
      const bool there = json.is_object() && json.contains(key) && json[key].is_string();
      return there ? QString::fromStdString(json[key].get<std::string>()) : QString();
    };
    copy.title = text("title");
    copy.filePath = text("file");
    state->unknown.erase(about);
  }
  copy.state = std::move(*state);
  return copy;
}

}  // namespace

struct Autosave::Impl {
  Session& session;
  const QString folder, copy;  // copy: this instance's
  std::unique_ptr<QLockFile> lock = lockFor(copy);
  std::map<QString, std::unique_ptr<QLockFile>> claimed;  // lost copies, by id
  QTimer timer;
  bool failing = false;
  std::unique_ptr<Lane<QByteArray>> writes;  // the disk may be slow: not on the UI thread

  Impl(Session& document, const QString& where)
      : session(document),
        folder(where),
        copy(where + "/" + QUuid::createUuid().toString(QUuid::WithoutBraces) + sessionEnding()) {}

  QString pathOf(const QString& id) const { return folder + "/" + id + sessionEnding(); }
};

Autosave::Autosave(Session& session, const QString& folder, QObject* parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(session, folder.isEmpty() ? defaultFolder() : folder)) {
  QDir().mkpath(m_impl->folder);
  m_impl->lock->tryLock(0);
  m_impl->writes = std::make_unique<Lane<QByteArray>>(
      Pending::Replace, [this, copy = m_impl->copy](const QByteArray& content, const CancelToken&, std::uint64_t) {
        const Result<Done> written = writeFileAtomically(copy, content);
        const auto report = [this, written] {
          const bool wasFailing = std::exchange(m_impl->failing, !written);
          if (!written && !wasFailing) emit failed(written.error());
        };
        QMetaObject::invokeMethod(this, report, Qt::QueuedConnection);
      });
  m_impl->timer.setSingleShot(true);
  m_impl->timer.setInterval(kDelayMs);
  connect(&m_impl->timer, &QTimer::timeout, this, [this] { m_impl->writes->submit(copyOf(m_impl->session)); });
  connect(&session, &Session::fileChanged, this,
          [this] {  // comes with every change, and after saving under another name
            if (!m_impl->timer.isActive()) m_impl->timer.start();
          });
}

Autosave::~Autosave() {
  m_impl->timer.stop();
  m_impl->writes.reset();  // joins: nothing is written after the copy is removed
  QFile::remove(m_impl->copy);
}

std::vector<LostSession> Autosave::lost() {
  std::vector<LostSession> found;
  const QDir folder(m_impl->folder);
  for (const QFileInfo& file : folder.entryInfoList({"*" + sessionEnding()}, QDir::Files, QDir::Time)) {
    const QString id = file.completeBaseName();
    if (file.absoluteFilePath() == QFileInfo(m_impl->copy).absoluteFilePath()) continue;
    if (!m_impl->claimed.contains(id)) {
      auto lock = lockFor(m_impl->pathOf(id));
      if (!lock->tryLock(0)) continue;  // its program lives, or another instance is offering it
      m_impl->claimed[id] = std::move(lock);
    }
    const Result<Copy> copy = readCopy(file.filePath());
    if (!copy || copy->state.inputs.empty()) continue;
    found.push_back({.id = id, .title = copy->title, .filePath = copy->filePath, .savedAt = file.lastModified()});
  }
  return found;
}

Result<Done> Autosave::recover(const QString& id) {
  if (!m_impl->claimed.contains(id)) return inputError(id.toStdString(), "this session is no longer there");
  Result<Copy> copy = readCopy(m_impl->pathOf(id));
  if (!copy) return copy.error();
  m_impl->session.reset(std::move(copy->state), copy->filePath, true);
  const Result<Done> written = writeFileAtomically(m_impl->copy, copyOf(m_impl->session));
  if (!written) return written.error();  // the old copy stays
  discard(id);
  return Done{};
}

void Autosave::discard(const QString& id) {
  if (!m_impl->claimed.contains(id)) return;
  QFile::remove(m_impl->pathOf(id));
  m_impl->claimed.erase(id);  // the lock goes with it
}

}  // namespace rankscope::ui
