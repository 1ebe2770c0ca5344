// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/run_book.h"

#include <algorithm>

#include "ui/pages/matrix_controller.h"

namespace rankscope::ui {

void RunBook::take() {
  const AnalysisPtr analysis = m_controller.analysis();
  if (!analysis || analysis->quality != Quality::Exact || !analysis->errors.froRelative || analysis->dials.empty())
    return;
  const Method* method = findMethod(analysis->request.method);
  if (!method || method->spectrumToo) return;
  const AnalysisRequest& request = analysis->request;
  Run run{.input = request.problem.X->fingerprint(),
          .perChannel = request.problem.perChannel,
          .params = request.params,
          .seed = request.seed,
          .row = rowOf(*analysis)};
  run.row.floors.clear();  // large, and known to whoever shows this
  // The same again says nothing new.
  std::erase_if(m_runs, [&](const Run& other) {
    return other.input == run.input && other.perChannel == run.perChannel && other.params == run.params &&
           other.seed == run.seed && other.row.method == run.row.method && other.row.dial == run.row.dial;
  });
  m_runs.push_back(std::move(run));
  if (m_runs.size() > kMost) m_runs.pop_front();
}

std::vector<CompareRow> RunBook::rows() const {
  std::vector<CompareRow> rows;
  const AnalysisPtr analysis = m_controller.analysis();
  if (!analysis) return rows;
  const Problem& now = analysis->request.problem;
  for (const Run& run : m_runs) {
    if (run.perChannel == now.perChannel && run.input == now.X->fingerprint()) rows.push_back(run.row);
  }
  return rows;
}

}  // namespace rankscope::ui
