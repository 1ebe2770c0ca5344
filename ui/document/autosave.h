// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QObject>
#include <QString>
#include <memory>
#include <vector>

#include "core/base/result.h"

namespace rankscope::ui {

class Session;

/// A session whose program ended without closing it.
struct LostSession {
  QString id;
  QString title;     ///< "photo.rankscope", "chelsea.png"
  QString filePath;  ///< of the session file it belonged to, if any
  QDateTime savedAt;
};

/// Keeps a copy of the session on disk, at most two seconds behind, for as long as the program runs. A lock beside the
/// copy tells whether its program still lives: copies of dead ones are offered, those of other running instances are
/// left alone, and closing (destruction) removes one's own.
class Autosave : public QObject {
  Q_OBJECT

 public:
  /// folder: created when missing; empty for the user's application data.
  explicit Autosave(Session& session, const QString& folder = {}, QObject* parent = nullptr);
  ~Autosave() override;

  /// Newest first. They are this instance's to offer until it ends: a second one that starts now does not see them.
  std::vector<LostSession> lost();
  /// Resets the session to the copy, marked as modified; the copy goes once the session's own is written.
  Result<Done> recover(const QString& id);
  void discard(const QString& id);

 signals:
  void failed(const rankscope::Error& error);  ///< the copy can't be written; once, until a write succeeds again

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace rankscope::ui
