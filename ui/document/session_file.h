// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include "core/session/state.h"

namespace rankscope::ui {

class Session;

/// ".rankscope", and the filter of file dialogs.
QString sessionEnding();
QString sessionFilter();
bool isSessionFile(const QString& path);

struct OpenedSession {
  SessionState state;
  InputContents contents;  ///< what its inputs held when it was saved: for Session::expectContents
  QStringList notices;
};
/// Reads and checks a session file; an Error (Input) names the file. Missing inputs are no error here: their loads fail
/// later, one by one.
Result<OpenedSession> openSessionFile(const QString& path);
/// Writes atomically: the file is the old one or the new one, also after a kill. Paths below its folder become
/// relative.
Result<Done> saveSessionFile(const QString& path, const SessionState& state, const InputContents& contents);
/// What the loaded inputs of a session hold now.
InputContents contentsOf(const Session& session);
/// For the window's title, with Qt's place for the mark of changes: "photo.rankscope[*]", "chelsea.png[*]",
/// "Untitled[*]".
QString sessionTitle(const Session& session);
/// The short name of an input: the file's name with its entry, the generator as typed, the sample's name.
QString inputTitle(const InputSpec& spec);

/// The text of a file, at most `most` bytes; and the way back, atomically, with the folder made where it is missing.
Result<QByteArray> readSmallFile(const QString& path, std::size_t most);
Result<Done> writeFileAtomically(const QString& path, const QByteArray& content);

}  // namespace rankscope::ui
