// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QUndoStack>
#include <functional>
#include <memory>
#include <vector>

#include "core/session/state.h"

namespace rankscope::ui {

/// Owns the state and the undo stack; edit() is the only way to change it. Loaded matrices are kept by input.
class Session : public QObject {
  Q_OBJECT

 public:
  explicit Session(QObject* parent = nullptr);
  ~Session() override;

  const SessionState& state() const;
  QUndoStack& undoStack();
  /// One undoable step. Edits with the same non-zero gesture merge into one; back at its start a gesture leaves no
  /// step. A change that changes nothing is no step.
  void edit(const QString& label, quint64 gesture, const std::function<void(SessionState&)>& change);
  /// A change that is saved but is no undo step: the view keys that are no steps (pan, zoom). Undo leaves those alone.
  void adjustView(const std::function<void(SessionState&)>& change);
  quint64 newGesture();
  /// Replaces everything (open session, recover, new); clears the undo stack and the loaded matrices that are no longer
  /// used. `filePath`: the session file it belongs to, if any; `modified`: it differs from that file (recovered).
  void reset(SessionState state, const QString& filePath = {}, bool modified = false);

  /// What load() gave for an input of the state, or null. Stays as long as the state or an undo step names the input.
  const Loaded* loaded(const InputSpec& spec) const;
  void setLoaded(const InputSpec& spec, Loaded loaded);

  /// What the inputs held when the session was saved; setLoaded() reports those that differ, once.
  void expectContents(InputContents contents);

  bool isModified() const;  ///< against the file it was opened from or saved to; pan and zoom do not count
  QString filePath() const;
  /// The state has been written to this file.
  void setSaved(const QString& filePath);

 signals:
  void stateChanged(const rankscope::SessionState& before, const rankscope::SessionState& after);
  void inputLoaded(const rankscope::InputSpec& spec);
  void inputDiffers(const rankscope::InputSpec& spec);  ///< it is not what the session was saved with
  void fileChanged();                                   ///< filePath() or isModified() may have changed

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace rankscope::ui
