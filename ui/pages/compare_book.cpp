// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_book.h"

#include <algorithm>
#include <exception>

#include "ui/pages/matrix_controller.h"

namespace rankscope::ui {

CompareBook::CompareBook(MatrixRoomController& controller, Session& session, ComputeService& service, QObject* parent)
    : QObject(parent), m_controller(controller), m_session(session), m_service(service) {
  connect(&session, &Session::stateChanged, this, &CompareBook::sync);
  connect(&controller, &MatrixRoomController::inputChanged, this, &CompareBook::sync);
  connect(&service, &ComputeService::surveysCancelled, this, &CompareBook::cancel);
  sync();
}

CompareBook::~CompareBook() {
  if (m_source) m_source->stop();
}

bool CompareBook::hasWish() const { return !m_session.state().comparison.methods.empty(); }

std::vector<CompareBook::Cell> CompareBook::cells() const {
  std::vector<Cell> cells;
  for (const ComparedMethod& method : m_session.state().comparison.methods) {
    for (const Index rank : m_session.state().comparison.ranks) cells.push_back({.method = method, .rank = rank});
  }
  return cells;
}

std::size_t CompareBook::total() const {
  const Comparison& wish = m_session.state().comparison;
  return wish.methods.size() * wish.ranks.size();
}

std::size_t CompareBook::known() const { return rows().size(); }

CompareRequest CompareBook::request() const {
  const SessionState& state = m_session.state();
  CompareRequest request;
  if (const Loaded* input = m_controller.input()) {
    const bool apart = m_controller.spec() && m_controller.spec()->view.perChannel;
    request.problem = {.X = input->matrix, .Y = nullptr, .perChannel = apart && input->matrix->channels().size() > 1};
  }
  request.seed = state.matrix.seed;
  request.precision = state.precision;
  request.threads = m_service.threads();
  return request;
}

std::optional<CompareBook::Key> CompareBook::keyOf(const Cell& cell, const CompareRequest& all) {
  const Method* method = findMethod(cell.method.id);
  if (!all.problem.X || !method) return std::nullopt;
  std::string params;
  for (const auto& [name, value] : cell.method.params) params += name + "=" + showValue(value) + ";";
  return Key{all.problem.X->fingerprint(),
             all.problem.perChannel,
             cell.method.id,
             params,
             cell.rank,
             draws(*method, cell.method.params) ? all.seed : 0,
             all.precision};
}

std::vector<CompareRow> CompareBook::rows() const {
  std::vector<CompareRow> rows;
  const CompareRequest all = request();
  for (const Cell& cell : cells()) {
    const auto key = keyOf(cell, all);
    if (!key) continue;
    const auto found = m_known.find(*key);
    if (found != m_known.end()) rows.push_back(found->second);
  }
  return rows;
}

void CompareBook::start(const Comparison& wish) {
  m_session.edit(tr("Compare methods"), 0, [&](SessionState& state) {
    state.comparison = wish;
    state.view["tab"] = "error";
  });
  run();
}

void CompareBook::clear() {
  cancel();
  m_session.edit(tr("Remove the comparison"), 0, [](SessionState& state) { state.comparison = {}; });
}

void CompareBook::run() {
  if (m_running || !m_controller.input()) return;
  next();
  emit changed();
}

void CompareBook::cancel() {
  if (!m_running) return;
  m_source->stop();
  m_running = false;
  emit changed();
}

void CompareBook::next() {
  // Small ranks of all methods first, so that every curve grows.
  std::vector<Cell> left = cells();
  std::stable_sort(left.begin(), left.end(), [](const Cell& a, const Cell& b) { return a.rank < b.rank; });
  const CompareRequest all = request();
  const auto open = std::find_if(left.begin(), left.end(), [&](const Cell& cell) {
    const auto key = keyOf(cell, all);
    return key && m_known.find(*key) == m_known.end();
  });
  m_running = open != left.end();
  if (!m_running) return;
  const auto answer = std::make_shared<std::optional<CompareRow>>();
  const auto source = std::make_shared<CancelSource>();
  m_source = source;
  m_service.survey(
      this,
      [request = all, cell = *open, answer, source, &cache = m_service.cache()](const Context& context) {
        Context own = context;
        own.cancel = source->token();
        try {
          *answer = compareCell(request, cell.method, cell.rank, cache, own);
        } catch (const Cancelled&) {
          // Only this cell: the lane has others' work to do.
        } catch (const std::exception& problem) {
          CompareRow failed;
          failed.method = cell.method.id;
          failed.rank = cell.rank;
          failed.failure =
              computeError(text("{1} at rank {2}", cell.method.id, cell.rank), text("{1}", problem.what()));
          *answer = failed;
        }
        context.checkpoint();
      },
      [this, key = *keyOf(*open, all), answer, source] {
        if (*answer) m_known.insert_or_assign(key, std::move(**answer));
        if (source == m_source && m_running) next();
        emit changed();
      });
}

void CompareBook::sync() {
  const CompareRequest all = request();
  const Told now{.wish = m_session.state().comparison,
                 .X = all.problem.X,
                 .perChannel = all.problem.perChannel,
                 .seed = all.seed,
                 .precision = all.precision};
  if (now == m_told) return;
  // Another seed or precision has other cells; what runs finishes what it is at.
  const bool another = !(now.wish == m_told.wish) || now.X != m_told.X;
  m_told = now;
  if (m_running && another) {
    m_source->stop();
    m_running = false;
  }
  emit changed();
}

}  // namespace rankscope::ui
