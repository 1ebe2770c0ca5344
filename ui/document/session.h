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
  /// step.
  void edit(const QString& label, quint64 gesture, const std::function<void(SessionState&)>& change);
  /// A change that is saved but is no undo step: pan, zoom.
  void adjustView(const std::function<void(SessionState&)>& change);
  quint64 newGesture();
  /// Replaces everything (open session, recover); clears the undo stack.
  void reset(SessionState state);

  /// What load() gave for an input of the state, or null.
  const Loaded* loaded(const InputSpec& spec) const;
  void setLoaded(const InputSpec& spec, Loaded loaded);

  bool isModified() const;  ///< against the file it was opened from or saved to
  QString filePath() const;

 signals:
  void stateChanged(const SessionState& before, const SessionState& after);
  void inputLoaded(const InputSpec& spec);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace rankscope::ui
