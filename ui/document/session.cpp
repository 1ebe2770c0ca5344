// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/session.h"

#include <QUndoCommand>
#include <map>
#include <set>
#include <utility>

namespace rankscope::ui {

namespace {

bool sameButPanAndZoom(const SessionState& a, const SessionState& b) { return a == withPanAndZoomOf(b, a); }

// The one command: the whole state before and after. It writes into the session's state; the session announces it.
class EditSession : public QUndoCommand {
 public:
  EditSession(const QString& label, quint64 gesture, SessionState before, SessionState after, SessionState* state)
      : QUndoCommand(label),
        m_gesture(gesture),
        m_before(std::move(before)),
        m_after(std::move(after)),
        m_state(state) {}

  void undo() override { *m_state = withPanAndZoomOf(m_before, *m_state); }
  void redo() override { *m_state = withPanAndZoomOf(m_after, *m_state); }
  int id() const override { return 1; }
  bool mergeWith(const QUndoCommand* other) override {
    const auto* next = static_cast<const EditSession*>(other);
    if (m_gesture == 0 || m_gesture != next->m_gesture) return false;  // a new press is a new step
    m_after = next->m_after;
    setObsolete(sameButPanAndZoom(m_before, m_after));  // dragged back: nothing happened
    return true;
  }
  void collectInputs(std::set<InputSpec>& inputs) const {
    inputs.insert(m_before.inputs.begin(), m_before.inputs.end());
    inputs.insert(m_after.inputs.begin(), m_after.inputs.end());
  }

 private:
  const quint64 m_gesture;
  const SessionState m_before;
  SessionState m_after;
  SessionState* const m_state;
};

constexpr int kUndoLimit = 500;

}  // namespace

struct Session::Impl {
  SessionState state;
  SessionState announced;  // what the last stateChanged said
  SessionState saved;      // what the file holds
  bool differsFromFile = false;
  QString filePath;
  QUndoStack undoStack;
  std::map<InputSpec, Loaded> loaded;
  InputContents expected;
  quint64 gestures = 0;

  void dropUnusedMatrices() {
    std::set<InputSpec> used(state.inputs.begin(), state.inputs.end());
    for (int i = 0; i < undoStack.count(); ++i)
      static_cast<const EditSession*>(undoStack.command(i))->collectInputs(used);
    std::erase_if(loaded, [&](const auto& entry) { return !used.contains(entry.first); });
  }

  // Announced after the undo stack is done with its step, so that a view may edit in answer.
  void announce(Session* session) {
    if (announced == state) return;
    const SessionState before = std::exchange(announced, state);
    const SessionState after = state;
    emit session->stateChanged(before, after);
    emit session->fileChanged();
  }
};

Session::Session(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>()) {
  m_impl->undoStack.setUndoLimit(kUndoLimit);
  connect(&m_impl->undoStack, &QUndoStack::indexChanged, this, [this] { m_impl->announce(this); });
}

Session::~Session() { disconnect(&m_impl->undoStack, nullptr, this, nullptr); }

const SessionState& Session::state() const { return m_impl->state; }
QUndoStack& Session::undoStack() { return m_impl->undoStack; }
quint64 Session::newGesture() { return ++m_impl->gestures; }

void Session::edit(const QString& label, quint64 gesture, const std::function<void(SessionState&)>& change) {
  SessionState after = m_impl->state;
  change(after);
  if (sameButPanAndZoom(m_impl->state, after)) return;
  m_impl->undoStack.push(new EditSession(label, gesture, m_impl->state, std::move(after), &m_impl->state));
  m_impl->announce(this);
}

void Session::adjustView(const std::function<void(SessionState&)>& change) {
  SessionState after = m_impl->state;
  change(after);
  m_impl->state = withPanAndZoomOf(m_impl->state, after);
  m_impl->announce(this);
}

void Session::reset(SessionState state, const QString& filePath, bool modified) {
  m_impl->state = std::move(state);
  m_impl->saved = m_impl->state;
  m_impl->differsFromFile = modified;
  m_impl->filePath = filePath;
  m_impl->expected.clear();
  const SessionState before = std::exchange(m_impl->announced, m_impl->state);
  m_impl->undoStack.clear();
  m_impl->dropUnusedMatrices();
  const SessionState after = m_impl->state;
  emit stateChanged(before, after);
  emit fileChanged();
}

const Loaded* Session::loaded(const InputSpec& spec) const {
  const auto found = m_impl->loaded.find(spec);
  return found == m_impl->loaded.end() ? nullptr : &found->second;
}

void Session::setLoaded(const InputSpec& spec, Loaded loaded) {
  m_impl->dropUnusedMatrices();
  m_impl->loaded.insert_or_assign(spec, std::move(loaded));
  const auto expected = m_impl->expected.extract(spec);
  emit inputLoaded(spec);
  const Loaded* now = this->loaded(spec);
  if (!expected.empty() && now && now->matrix->fingerprint() != expected.mapped()) emit inputDiffers(spec);
}

void Session::expectContents(InputContents contents) { m_impl->expected = std::move(contents); }

bool Session::isModified() const { return m_impl->differsFromFile || !sameButPanAndZoom(m_impl->saved, m_impl->state); }

QString Session::filePath() const { return m_impl->filePath; }

void Session::setSaved(const QString& filePath) {
  m_impl->saved = m_impl->state;
  m_impl->differsFromFile = false;
  m_impl->filePath = filePath;
  emit fileChanged();
}

}  // namespace rankscope::ui
