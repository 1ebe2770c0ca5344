// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compute/frame_maker.h"

#include <algorithm>
#include <set>
#include <utility>

namespace rankscope::ui {

namespace {

// Products of about this many flops fit into a display interval of 16 ms on two cores.
constexpr double kFlopsPerFrame = 4e9;
// Each correction of a float picture adds its rounding (about 1e-7 of the value); a fresh one now and then keeps the
// sum below a grey level by far.
constexpr int kMostCorrections = 64;
// A base that shows everything by itself may be as large as a display.
constexpr Index kLargestBase = 2048;
// Values at full size that are held for a residual (32 MiB each of original and approximation); more are made band by
// band.
constexpr Index kMostEntries = Index{1} << 23;
// Of more entries than this, which a sparse matrix may have, the residual is that of the means: some seconds of
// reading.
constexpr double kMostInBands = 0x1p31;

// What is to be drawn of one request: a base of the whole, and a detail where the base is too coarse.
struct Plan {
  Tile whole, detail;
  int baseLevel = 0, detailLevel = 0;
  bool wantsDetail = false;
};

Index sizeAt(Index entries, int level) { return (entries + (Index{1} << level) - 1) >> level; }

Plan planOf(const FrameRequest& request, int coarser) {
  const Pyramid& original = *request.original;
  const int level = request.level + coarser;
  const Tile& seen = request.visible;
  Plan plan;
  plan.whole = {.row = 0, .col = 0, .rows = original.rows(), .cols = original.cols()};
  plan.baseLevel = original.topLevel();
  if (seen.rows <= 0 || seen.cols <= 0) return plan;
  const bool seesAll = seen.row <= 0 && seen.col <= 0 && seen.row + seen.rows >= plan.whole.rows &&
                       seen.col + seen.cols >= plan.whole.cols;
  if (seesAll && sizeAt(std::max(plan.whole.rows, plan.whole.cols), level) <= kLargestBase) {
    plan.baseLevel = level;
  } else if (level < plan.baseLevel) {
    plan.wantsDetail = true;
    plan.detail = seen;
    plan.detailLevel = level;
  }
  return plan;
}

bool samePlace(const PicturePtr& a, const PicturePtr& b) {
  return a && b && a->region == b->region && a->level == b->level;
}

// Terms that one request has and the other has not, over all parts.
Index termsBetween(const std::vector<Terms>& a, const std::vector<Terms>& b) {
  if (a.size() != b.size()) return -1;
  Index differ = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::set<Index> muted;  // muted in one of the two only
    std::set_symmetric_difference(a[i].muted.begin(), a[i].muted.end(), b[i].muted.begin(), b[i].muted.end(),
                                  std::inserter(muted, muted.end()));
    differ = std::max(differ, std::abs(a[i].dial - b[i].dial) + static_cast<Index>(muted.size()));
  }
  return differ;
}

// How many rows of a place are made at once for its residual: whole blocks.
Index rowsAtOnce(const Tile& place, Index channels, int level) {
  const Index fitting = kMostEntries / std::max<Index>(1, place.cols * channels);
  return std::max<Index>(1, fitting >> level) << level;
}

bool tooManyEntries(const Tile& place) {
  return static_cast<double>(place.rows) * static_cast<double>(place.cols) > kMostInBands;
}

Index largestDial(const std::vector<Terms>& terms) {
  Index largest = 0;
  for (const Terms& t : terms) largest = std::max(largest, t.dial);
  return largest;
}

}  // namespace

double FrameMaker::flopsOf(const FrameRequest& request) const {
  const Plan plan = planOf(request, 0);
  const auto count = [](const Tile& tile, int level) {
    return static_cast<double>(sizeAt(tile.rows, level)) * static_cast<double>(sizeAt(tile.cols, level));
  };
  double values = count(plan.whole, plan.baseLevel), inBands = 0;
  if (plan.wantsDetail) values += count(plan.detail, plan.detailLevel);
  const auto addEntries = [&](const Tile& place, int level) {
    if (level == 0 || !request.wantResidual || tooManyEntries(place)) return;
    const bool held = rowsAtOnce(place, request.original->channels(), level) >= place.rows;
    (held ? values : inBands) += count(place, 0);
  };
  if (plan.wantsDetail) {
    addEntries(plan.detail, plan.detailLevel);
  } else {
    addEntries(plan.whole, plan.baseLevel);
  }
  const Index all = largestDial(request.terms);
  Index terms = all;
  if (m_last && m_last->request.drawing == request.drawing && m_last->request.level == request.level &&
      m_last->request.visible == request.visible) {
    const Index step = termsBetween(m_last->request.terms, request.terms);
    if (step >= 0) terms = std::min(terms, step);
  }
  return 2 * static_cast<double>(request.original->channels()) *
         (values * static_cast<double>(terms) + inBands * static_cast<double>(all));
}

FramePtr FrameMaker::make(const FrameRequest& wish, const Context& context,
                          const std::function<void(FramePtr)>& preview) {
  FrameRequest request = wish;
  if (!request.drawing && request.analysis && !request.analysis->parts.empty()) {
    const bool sameParts = m_last && m_last->request.drawing && m_last->request.analysis &&
                           m_last->request.analysis->parts == request.analysis->parts;
    request.drawing =
        sameParts ? m_last->request.drawing
                  : std::make_shared<const Drawing>(request.analysis->parts, request.original->channels(), context);
  }
  if (request.drawing && flopsOf(request) > kFlopsPerFrame) {
    FramePtr half = frameAt(request, 1, context);
    preview(std::move(half));
    if (context.cancel.superseded()) throw Cancelled{};
  }
  m_last = frameAt(request, 0, context);
  return m_last;
}

PicturePtr FrameMaker::reducedResidual(const FrameRequest& request, const Picture& place, Entries& entries,
                                       const Context& context) {
  const Tile& region = place.region;
  const Index step = rowsAtOnce(region, request.original->channels(), place.level);
  if (step >= region.rows) {
    const bool here = entries.of == request.original && entries.original && entries.original->region == region;
    const bool near = here && entries.drawing == request.drawing && entries.terms.size() == request.terms.size() &&
                      entries.corrections < kMostCorrections;
    const Entries before = std::exchange(entries, {});
    Entries now;
    now.of = request.original;
    now.drawing = request.drawing;
    now.terms = request.terms;
    now.original = here ? before.original : request.original->picture(region, 0, context);
    now.approximation = request.drawing->picture(
        request.terms, region, 0, context, near ? before.approximation.get() : nullptr, near ? &before.terms : nullptr);
    now.corrections = near ? before.corrections + 1 : 0;
    entries = std::move(now);
    return residualOf(*entries.original, *entries.approximation, place.level, context);
  }
  entries = {};
  auto residual = newPicture(region, place.level, 1);
  residual->largest = true;
  for (Index first = 0; first < region.rows; first += step) {
    context.checkpoint();
    const Tile band{region.row + first, region.col, std::min(step, region.rows - first), region.cols};
    const PicturePtr part =
        residualOf(*request.original->picture(band, 0, context),
                   *request.drawing->picture(request.terms, band, 0, context), place.level, context);
    std::copy(part->planes.front().begin(), part->planes.front().end(),
              residual->planes.front().begin() + (first >> place.level) * residual->cols);
  }
  return residual;
}

FramePtr FrameMaker::frameAt(const FrameRequest& request, int coarser, const Context& context) {
  const Plan plan = planOf(request, coarser);
  const Frame* last = m_last && coarser == 0 ? m_last.get() : nullptr;
  const bool sameOriginal = m_last && m_last->request.original == request.original;
  const bool sameDrawing = last && sameOriginal && request.drawing && last->request.drawing == request.drawing;
  const bool mayCorrect =
      sameDrawing && last->request.terms.size() == request.terms.size() && m_corrections < kMostCorrections;
  bool corrected = false;

  const Plan planBefore = sameOriginal ? planOf(m_last->request, 0) : Plan{};
  const bool sameBase = sameOriginal && planBefore.baseLevel == plan.baseLevel;
  const bool sameDetail = sameOriginal && planBefore.wantsDetail && planBefore.detailLevel == plan.detailLevel &&
                          planBefore.detail == plan.detail;

  const auto approximation = [&](const PicturePtr& like, const PicturePtr& before) -> PicturePtr {
    if (!like || !request.drawing) return nullptr;
    const bool here = samePlace(like, before);
    if (sameDrawing && here && last->request.terms == request.terms) return before;
    context.checkpoint();
    const bool near = mayCorrect && here;
    corrected |= near;
    return request.drawing->picture(request.terms, like->region, like->level, context, near ? before.get() : nullptr,
                                    near ? &last->request.terms : nullptr);
  };
  const auto residual = [&](const PicturePtr& from, const PicturePtr& made, const PicturePtr& madeBefore,
                            const PicturePtr& before, Entries& entries) -> PicturePtr {
    if (!made || !request.wantResidual) return nullptr;
    if (before && made == madeBefore) return before;
    context.checkpoint();
    // A base behind a detail is hardly seen.
    const bool quick = coarser > 0 || (plan.wantsDetail && &entries == &m_base);
    if (from->level == 0 || quick || tooManyEntries(from->region)) return residualOf(*from, *made, context);
    return reducedResidual(request, *from, entries, context);
  };

  const Frame nothing;
  const Frame& old = last ? *last : nothing;
  auto frame = std::make_shared<Frame>();
  frame->request = request;
  frame->complete = coarser == 0;
  frame->originalBase =
      sameBase ? m_last->originalBase : request.original->picture(plan.whole, plan.baseLevel, context);
  if (plan.wantsDetail) {
    frame->originalDetail =
        sameDetail ? m_last->originalDetail : request.original->picture(plan.detail, plan.detailLevel, context);
  }
  frame->approximationBase = approximation(frame->originalBase, old.approximationBase);
  frame->approximationDetail = approximation(frame->originalDetail, old.approximationDetail);
  frame->residualBase =
      residual(frame->originalBase, frame->approximationBase, old.approximationBase, old.residualBase, m_base);
  frame->residualDetail = residual(frame->originalDetail, frame->approximationDetail, old.approximationDetail,
                                   old.residualDetail, m_detail);
  if (coarser == 0) m_corrections = corrected ? m_corrections + 1 : 0;
  return frame;
}

}  // namespace rankscope::ui
