// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pin_book.h"

#include <algorithm>

#include "ui/pages/matrix_controller.h"
#include "ui/theme/theme.h"

namespace rankscope::ui {

PinBook::PinBook(MatrixRoomController& controller, Session& session, ComputeService& service, QObject* parent)
    : QObject(parent), m_controller(controller), m_session(session), m_service(service) {
  connect(&session, &Session::stateChanged, this, &PinBook::sync);
  connect(&session, &Session::inputLoaded, this, &PinBook::sync);
  sync();
}

AnalysisPtr PinBook::analysis(std::size_t pin) const { return pin < m_known.size() ? m_known[pin].analysis : nullptr; }

int PinBook::colour(std::size_t pin) const {
  if (pin >= m_known.size()) return 1;
  // The method's colour, and for further pins of the same method the next ones that no method has.
  const std::string& method = m_known[pin].pin.what.method;
  const auto before = std::count_if(m_known.begin(), m_known.begin() + static_cast<std::ptrdiff_t>(pin),
                                    [&](const Known& known) { return known.pin.what.method == method; });
  return before == 0 ? methodColour(method) : 2 + static_cast<int>(methods().size()) + static_cast<int>(before);
}

std::vector<PinnedCurve> PinBook::curves() const {
  std::vector<PinnedCurve> curves;
  const Loaded* input = m_controller.input();
  for (std::size_t i = 0; i < m_known.size(); ++i) {
    const AnalysisPtr& analysis = m_known[i].analysis;
    if (!input || !analysis || analysis->request.problem.X != input->matrix) continue;
    curves.push_back(
        {.label = QString::fromStdString(m_known[i].pin.label), .colour = colour(i), .analysis = analysis});
  }
  return curves;
}

std::vector<PinnedCurve> PinBook::spectra() const {
  std::vector<PinnedCurve> curves;
  const AnalysisPtr now = m_controller.analysis();
  for (std::size_t i = 0; i < m_known.size(); ++i) {
    const AnalysisPtr& analysis = m_known[i].analysis;
    if (!analysis || !now || analysis->floors == now->floors) continue;
    if (analysis->request.problem.X == now->request.problem.X &&
        analysis->request.problem.perChannel == now->request.problem.perChannel) {
      continue;
    }
    const bool shownBefore = std::any_of(curves.begin(), curves.end(), [&](const PinnedCurve& curve) {
      return curve.analysis->floors == analysis->floors;
    });
    if (shownBefore) continue;
    curves.push_back(
        {.label = QString::fromStdString(m_known[i].pin.label), .colour = colour(i), .analysis = analysis});
  }
  return curves;
}

void PinBook::pinCurrent() {
  const SessionState& state = m_session.state();
  const AnalysisPtr analysis = m_controller.analysis();
  const Method* method = findMethod(state.matrix.method);
  if (!analysis || !method || !m_controller.spec()) return;
  Pin pin;
  pin.what = state.matrix;
  pin.label = QStringLiteral("%1 · %2")
                  .arg(QString::fromStdString(method->id).toUpper())
                  .arg(m_controller.rank())
                  .toStdString();
  if (std::find(state.pins.begin(), state.pins.end(), pin) != state.pins.end()) return;
  if (m_controller.isMeasured()) {
    m_known.push_back({.pin = pin, .input = *m_controller.spec(), .analysis = analysis, .asked = true});
  }
  m_session.edit(tr("Pin result"), 0, [&](SessionState& now) { now.pins.push_back(pin); });
}

void PinBook::remove(int index) {
  m_session.edit(tr("Remove pin"), 0, [&](SessionState& state) {
    if (index >= 0 && index < static_cast<int>(state.pins.size())) state.pins.erase(state.pins.begin() + index);
  });
}

void PinBook::restore(int index) {
  m_session.edit(tr("Show pinned result"), 0, [&](SessionState& state) {
    if (index >= 0 && index < static_cast<int>(state.pins.size())) {
      state.matrix = state.pins[static_cast<std::size_t>(index)].what;
    }
  });
}

void PinBook::sync() {
  const SessionState& state = m_session.state();
  std::vector<Known> known;
  const bool different = state.pins != m_listed;
  m_listed = state.pins;
  for (std::size_t i = 0; i < state.pins.size(); ++i) {
    const Pin& pin = state.pins[i];
    const int input = pin.what.input;
    if (input < 0 || input >= static_cast<int>(state.inputs.size())) continue;
    const InputSpec& spec = state.inputs[static_cast<std::size_t>(input)];
    const auto sameWish = [&](const Known& k) {
      MatrixRoom was = k.pin.what;
      was.input = pin.what.input;  // reordering inputs changes no result
      return was == pin.what && k.input == spec;
    };
    const auto before = std::find_if(m_known.begin(), m_known.end(), sameWish);
    Known now{.pin = pin, .input = spec, .analysis = nullptr, .asked = false};
    if (before != m_known.end()) {
      now.analysis = before->analysis;
      now.asked = before->asked;
    }
    known.push_back(now);
  }
  m_known = std::move(known);
  for (Known& pin : m_known) {
    const Loaded* loaded = m_session.loaded(pin.input);
    if (pin.asked || !loaded) continue;
    pin.asked = true;
    AnalysisRequest request;
    request.problem = {.X = loaded->matrix,
                       .perChannel = pin.input.view.perChannel && loaded->matrix->channels().size() > 1};
    request.method = pin.pin.what.method;
    request.params = pin.pin.what.params;
    request.budget = pin.pin.what.budget;
    request.seed = pin.pin.what.seed;
    request.precision = state.precision;
    request.threads = m_service.threads();
    request.preview = false;
    auto answer = std::make_shared<AnalysisPtr>();
    m_service.survey(
        this,
        [request, answer, &cache = m_service.cache()](const Context& context) {
          Context own = context;
          own.seed = request.seed;
          own.precision = request.precision;
          if (const auto result = analyse(request, cache, own)) *answer = *result;
        },
        [this, answer, wish = pin.pin.what, input = pin.input] {
          for (Known& found : m_known) {
            if (found.pin.what == wish && found.input == input) found.analysis = *answer;
          }
          emit changed();
        });
  }
  if (different) emit changed();
}

}  // namespace rankscope::ui
