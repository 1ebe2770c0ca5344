// SPDX-License-Identifier: GPL-3.0-or-later
// The changes of state that the Matrix room offers: each one edit of the session.
#include <algorithm>

#include "ui/pages/matrix_controller.h"

namespace rankscope::ui {

void MatrixRoomController::edit(const QString& label, const std::function<void(MatrixRoom&)>& change) {
  m_session.edit(label, m_gesture, [&](SessionState& state) { change(state.matrix); });
}

void MatrixRoomController::beginGesture() { m_gesture = m_session.newGesture(); }

void MatrixRoomController::endGesture() { m_gesture = 0; }

void MatrixRoomController::setRank(Index rank) {
  const Index bounded = std::clamp<Index>(rank, 1, std::max<Index>(1, maxRank()));
  edit(tr("Rank"), [&](MatrixRoom& room) { room.budget = ByDial{bounded}; });
}

void MatrixRoomController::stepRank(Index by) {
  if (m_input) setRank(rank() + by);
}

void MatrixRoomController::jumpRank(bool toEnd) {
  if (m_input) setRank(toEnd ? maxRank() : 1);
}

void MatrixRoomController::setEnergy(double share) {
  edit(tr("Energy"), [&](MatrixRoom& room) { room.budget = ByEnergy{std::clamp(share, 1e-6, 1.0)}; });
}

void MatrixRoomController::setTolerance(double relative) {
  edit(tr("Error"), [&](MatrixRoom& room) { room.budget = ByTolerance{std::clamp(relative, 0.0, 1.0)}; });
}

void MatrixRoomController::setRule(RankRule rule) {
  edit(tr("Rank rule"), [&](MatrixRoom& room) { room.budget = ByRule{rule}; });
}

void MatrixRoomController::setMethod(const std::string& id) {
  edit(tr("Method"), [&](MatrixRoom& room) {
    const Method* method = findMethod(id);
    if (room.method == id || !method) return;
    const bool wasRank = dial().isRank;
    const std::vector<Index> equal = equalRanks();
    room.method = id;
    room.params.clear();
    // A size of another kind starts from its own default, and a rank from as many numbers as that size had.
    if (!method->dial.isRank) {
      room.budget = ByDial{method->dial.fallback.value_or(1)};
      room.muted.clear();
    } else if (!wasRank) {
      room.budget = ByDial{std::max<Index>(1, equal.empty() ? 1 : equal.front())};
    }
  });
}

void MatrixRoomController::setParams(const ParamValues& params) {
  edit(tr("Parameter"), [&](MatrixRoom& room) { room.params = params; });
}

void MatrixRoomController::setSeed(std::uint64_t seed) {
  edit(tr("Seed"), [&](MatrixRoom& room) { room.seed = seed; });
}

void MatrixRoomController::setMuted(Index layer, bool muted) {
  edit(muted ? tr("Mute layer") : tr("Unmute layer"), [&](MatrixRoom& room) {
    const auto place = std::lower_bound(room.muted.begin(), room.muted.end(), layer);
    const bool there = place != room.muted.end() && *place == layer;
    if (muted && !there) room.muted.insert(place, layer);
    if (!muted && there) room.muted.erase(place);
  });
}

void MatrixRoomController::unmuteAll() {
  edit(tr("Unmute layers"), [](MatrixRoom& room) { room.muted.clear(); });
}

void MatrixRoomController::selectInput(int index) {
  edit(tr("Choose input"), [&](MatrixRoom& room) {
    if (room.input == index) return;
    room.input = index;
    room.muted.clear();
  });
}

void MatrixRoomController::removeInput(int index) {
  m_session.edit(tr("Remove input"), 0, [&](SessionState& state) {
    if (index < 0 || index >= static_cast<int>(state.inputs.size())) return;
    state.inputs.erase(state.inputs.begin() + index);
    // A pin of what goes has nothing left to point to; the others move up.
    std::erase_if(state.pins, [&](const Pin& pin) { return pin.what.input == index; });
    for (Pin& pin : state.pins) pin.what.input -= pin.what.input > index ? 1 : 0;
    const int last = static_cast<int>(state.inputs.size()) - 1;
    if (state.matrix.input > index || state.matrix.input > last) --state.matrix.input;
    if (state.matrix.input < 0 && last >= 0) state.matrix.input = 0;
    if (state.product.x == index || state.product.y == index) dropOwn(state.product);
    for (int* side : {&state.product.x, &state.product.y})
      *side = *side == index ? -1 : *side - (*side > index ? 1 : 0);
  });
}

void MatrixRoomController::reorderInputs(const std::vector<int>& order) {
  m_session.edit(tr("Reorder inputs"), 0, [&](SessionState& state) {
    if (order.size() != state.inputs.size()) return;
    const auto placeOf = [&](int before) {
      const auto found = std::find(order.begin(), order.end(), before);
      return found == order.end() ? -1 : static_cast<int>(found - order.begin());
    };
    std::vector<InputSpec> inputs;
    for (const int before : order) inputs.push_back(state.inputs[static_cast<std::size_t>(before)]);
    state.inputs = std::move(inputs);
    state.matrix.input = placeOf(state.matrix.input);
    for (Pin& pin : state.pins) pin.what.input = placeOf(pin.what.input);
    for (int* side : {&state.product.x, &state.product.y}) *side = placeOf(*side);
  });
}

void MatrixRoomController::changeInput(const QString& label, const std::function<void(InputSpec&)>& change) {
  const int index = m_session.state().matrix.input;
  if (!spec()) return;
  m_session.edit(label, 0, [&](SessionState& state) { change(state.inputs[static_cast<std::size_t>(index)]); });
}

void MatrixRoomController::setView(const std::string& key, const std::string& value, const QString& label) {
  m_session.edit(label, 0, [&](SessionState& state) { state.view[key] = value; });
}

void MatrixRoomController::computeExactly() {
  if (!m_input || m_unusable) return;
  m_exactEvenIfLong = true;
  submit(true);
}

void MatrixRoomController::cancel() {
  m_service.cancelAnalysis();
  m_pending = false;
  m_settle.stop();
  emit stageChanged();
}

void MatrixRoomController::retry() {
  m_unreadable.clear();
  m_failure.reset();
  m_wish.reset();
  sync();
}

}  // namespace rankscope::ui
