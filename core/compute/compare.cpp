// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compute/compare.h"

#include <algorithm>
#include <new>
#include <numeric>

namespace rankscope {

namespace {

std::string allMethods() {
  std::string list;
  for (const std::string& id : methodIds(Kind::Matrix)) list += (list.empty() ? "" : ", ") + id;
  return list;
}

// Fills what is known of a row from its analysis.
void take(const Analysis& analysis, CompareRow& row) {
  double flops = 0;
  for (std::size_t p = 0; p < analysis.parts.size(); ++p)
    flops += costOf(*analysis.parts[p], analysis.dials[p]).applyFlops;
  row.dial = *std::max_element(analysis.dials.begin(), analysis.dials.end());
  row.parameters = analysis.parameters();
  row.applyFlops = flops;
  row.seconds = analysis.seconds();
  row.errors = analysis.errors;
  row.floors = analysis.floors;
  row.notices = analysis.notices;
}

}  // namespace

CompareRow rowOf(const Analysis& analysis) {
  CompareRow row;
  row.method = analysis.request.method;
  take(analysis, row);
  const Method* method = findMethod(row.method);
  double sides = 0;
  for (const ApproximationPtr& part : analysis.parts) sides += static_cast<double>(part->rows + part->cols);
  row.rank = !method || method->dial.isRank || sides == 0
                 ? *row.dial
                 : std::max<Index>(1, static_cast<Index>(analysis.parameters() / sides));
  return row;
}

std::optional<Error> refuseComparison(const std::vector<ComparedMethod>& compared, const std::vector<Index>& ranks) {
  if (compared.empty()) return usageError("methods", "there is none", text("one or more of {1}", allMethods()));
  if (ranks.empty()) return usageError("ranks", "there is none", "whole numbers from 1, such as 1,2,4,8");
  for (std::size_t i = 0; i < compared.size(); ++i) {
    const std::string& id = compared[i].id;
    const Method* method = findMethod(id);
    if (!method) return usageError("methods", text("\"{1}\" is not known", id), text("allowed: {1}", allMethods()));
    const auto same = [&id](const ComparedMethod& other) { return other.id == id; };
    if (std::any_of(compared.begin(), compared.begin() + static_cast<std::ptrdiff_t>(i), same))
      return usageError("methods", text("{1} is there twice", id), "name each method once");
    // Names and ranges do not depend on the matrix.
    const auto resolved = resolve(method->params, compared[i].params,
                                  {.rows = 1, .cols = 1, .dial = 1, .precision = {}, .task = {}, .given = nullptr});
    if (!resolved) return resolved.error();
  }
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    if (ranks[i] < 1) return usageError("ranks", text("{1} is not allowed", ranks[i]), "allowed: whole numbers from 1");
    if (std::find(ranks.begin(), ranks.begin() + static_cast<std::ptrdiff_t>(i), ranks[i]) !=
        ranks.begin() + static_cast<std::ptrdiff_t>(i))
      return usageError("ranks", text("{1} is there twice", ranks[i]), "name each rank once");
  }
  return std::nullopt;
}

Result<std::optional<Index>> dialForRank(const Method& method, const ParamValues& given, Index rows, Index cols,
                                         Index rank, Precision precision) {
  expects(rank >= 1, "dialForRank: ranks begin at 1");
  ParamScope scope{.rows = rows, .cols = cols, .dial = 1, .precision = precision, .task = {}, .given = nullptr};
  const auto params = resolve(method.params, given, scope);
  if (!params) return params.error();
  const Index most = method.dial.max(rows, cols, *params);
  if (method.dial.isRank) return std::optional<Index>(std::min(rank, most));
  const double budget = static_cast<double>(rank) * static_cast<double>(rows + cols);
  const auto fits = [&](Index dial) {
    scope.dial = dial;
    scope.given = &given;
    return method.cost(scope).parameters <= budget;
  };
  // A larger size never has fewer parameters: it is what the dial buys accuracy with.
  if (most < 1 || !fits(1)) return std::optional<Index>();
  Index fitting = 1, beyond = most + 1;
  while (beyond - fitting > 1) {
    const Index middle = fitting + (beyond - fitting) / 2;
    (fits(middle) ? fitting : beyond) = middle;
  }
  return std::optional<Index>(fitting);
}

CompareRow compareCell(const CompareRequest& request, const ComparedMethod& compared, Index rank, ResultCache& cache,
                       const Context& context) {
  CompareRow row;
  row.method = compared.id;
  row.rank = rank;
  const Method* method = findMethod(compared.id);
  expects(method != nullptr && request.problem.X != nullptr, "compareCell: a method and a matrix are needed");
  const AnyMatrix& X = *request.problem.X;
  const bool apart = request.problem.perChannel && X.channels().size() > 1;
  const Index cols = apart ? X.cols() / static_cast<Index>(X.channels().size()) : X.cols();
  try {
    AnalysisRequest wish;
    wish.problem = request.problem;
    wish.method = compared.id;
    wish.params = compared.params;
    wish.budget = ByDial{rank};  // analyse() itself says so when a rank is beyond the matrix
    if (!method->dial.isRank) {
      const auto dial = dialForRank(*method, compared.params, X.rows(), cols, rank, request.precision);
      if (!dial) {
        row.failure = dial.error();
        return row;
      }
      if (!*dial) {
        row.notices.push_back(text("no {1} of {2} has as few parameters as rank {3}, r(n + m) = {4}", method->dial.name,
                                   method->id, rank, rank * (X.rows() + cols)));
        return row;
      }
      wish.budget = ByDial{**dial};
    }
    wish.seed = request.seed;
    wish.precision = request.precision;
    wish.threads = request.threads;
    wish.preview = false;
    wish.exactEvenIfLong = true;
    const auto answer = analyse(wish, cache, context);
    if (answer) {
      take(**answer, row);
    } else {
      row.failure = answer.error();
    }
  } catch (const std::bad_alloc&) {
    // One cell that is too large leaves the others as they are.
    row.failure = computeError(text("{1} at rank {2}", compared.id, rank), "this needs more memory than there is",
                               "choose smaller ranks");
  }
  return row;
}

Result<std::vector<CompareRow>> compare(const CompareRequest& request, ResultCache& cache, const Context& context,
                                        const std::function<void(const CompareRow&)>& ready) {
  if (!request.problem.X) return inputError("the input", "there is none", "open a matrix first");
  if (auto refused = refuseComparison(request.methods, request.ranks)) return *refused;
  const std::size_t count = request.ranks.size();
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return request.ranks[a] < request.ranks[b]; });
  std::vector<CompareRow> rows(request.methods.size() * count);
  std::size_t done = 0;
  Context inner = context;
  inner.progress = [&](double fraction, const Text& what) {
    context.report((static_cast<double>(done) + fraction) / static_cast<double>(rows.size()), what);
  };
  for (const std::size_t r : order) {
    for (std::size_t m = 0; m < request.methods.size(); ++m) {
      context.checkpoint();
      CompareRow& row = rows[m * count + r];
      row = compareCell(request, request.methods[m], request.ranks[r], cache, inner);
      ++done;
      if (ready) ready(row);
    }
  }
  return rows;
}

}  // namespace rankscope
