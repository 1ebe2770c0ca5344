// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/product_pictures.h"

#include <algorithm>

#include "ui/compute/frame_maker.h"
#include "ui/pages/product_controller.h"

namespace rankscope::ui {
namespace {

constexpr Index kMostCopied = Index{1} << 20;  // numbers of an estimate that are copied for each draw that falls

}  // namespace

ProductPictures::ProductPictures(ProductController& controller, Session& session, ComputeService& service,
                                 QObject* parent)
    : QObject(parent), m_controller(controller), m_session(session), m_service(service) {
  connect(&controller, &ProductController::changed, this, &ProductPictures::sync);
  connect(&service, &ComputeService::drawn, this, &ProductPictures::acceptWhole);
  connect(&service, &ComputeService::drawFailed, this, [this](quint64 generation) {
    if (generation == m_asked) m_pictures[Whole].pending = false;
  });
  connect(&service, &ComputeService::surveyFailed, this, [this] {  // of whom it does not say; the window tells it
    for (const Which which : {Left, Right}) m_pictures[which].pending = false;
  });
  connect(&service, &ComputeService::surveysCancelled, this, [this] {
    for (const Which which : {Left, Right}) {
      m_pictures[which].stale |= m_pictures[which].pending;
      m_pictures[which].pending = false;
    }
  });
}

ProductPictures::~ProductPictures() = default;

Index ProductPictures::channels(Which which) const {
  const MatrixPtr& matrix = m_pictures[which].matrix;
  return matrix ? std::max<Index>(1, static_cast<Index>(matrix->channels().size())) : 0;
}

Index ProductPictures::draws() const { return m_analysis ? m_analysis->parts.front()->maxDial : 0; }

Index ProductPictures::drawsInFrame() const {
  const FramePtr& frame = m_pictures[Whole].frame;
  return frame && !frame->request.terms.empty() ? frame->request.terms.front().dial : 0;
}

double ProductPictures::estimateAt(Index row, Index col) const {
  const FrameRequest& shown = m_pictures[Whole].frame->request;
  Matrix<double> entry;
  reconstruct<double>(*shown.analysis->parts.front(), shown.terms.front(), Tile{row, col, 1, 1}, entry);
  return entry(0, 0);
}

bool ProductPictures::followsDraws() const {
  const ParamValues& params = m_analysis->request.params;
  const auto is = [&params](const char* name, const char* value) {
    const auto found = params.find(name);
    return found != params.end() && found->second == ParamValue{std::string(value)};
  };
  if (is("scheme", "top") || is("replacement", "poisson") || is("replacement", "wta")) return false;
  const Approximation& estimate = *m_analysis->parts.front();
  return estimate.lowRank() && (estimate.rows + estimate.cols) * estimate.maxDial <= kMostCopied;
}

/// The same with the first draws alone, as an estimate of their own.
AnalysisPtr ProductPictures::analysisOf(Index count) const {
  if (count == draws()) return m_analysis;
  const Approximation& all = *m_analysis->parts.front();
  const LowRank& form = *all.lowRank();
  auto part = std::make_shared<Approximation>();
  part->rows = all.rows;
  part->cols = all.cols;
  part->dial = part->maxDial = count;
  LowRank first;
  std::visit([&](const auto& left) { first.left = std::decay_t<decltype(left)>(left.leftCols(count)); }, form.left);
  std::visit([&](const auto& right) { first.right = std::decay_t<decltype(right)>(right.topRows(count)); }, form.right);
  const double scale = count > 0 ? static_cast<double>(draws()) / static_cast<double>(count) : 1;
  first.weights = scale * form.weights.head(count);
  part->form = std::move(first);
  auto out = std::make_shared<Analysis>(*m_analysis);
  out->parts = {std::move(part)};
  return out;
}

bool ProductPictures::isSettled() const {
  return std::none_of(m_pictures.begin(), m_pictures.end(),
                      [](const Picture& picture) { return picture.pending || (picture.shown && picture.stale); });
}

void ProductPictures::forget() {
  m_analysis.reset();
  m_fallen = 0;
  for (const Which which : kAll) {
    Picture& picture = m_pictures[which];
    if (!picture.matrix) continue;
    const bool shown = picture.shown;
    picture = {};
    picture.shown = shown;
    emit matrixChanged(which);
  }
}

void ProductPictures::sync() {
  Picture& whole = m_pictures[Whole];
  if (m_session.state().room != "product") {  // the frame of another room takes the place of what was asked for
    whole.stale |= whole.pending;
    whole.pending = false;
    return;
  }
  if (!m_controller.probabilities()) return forget();
  const AnalysisPtr analysis = m_controller.analysis();
  const std::array<MatrixPtr, 3> now = {analysis->request.problem.X, analysis->request.problem.Y, analysis->product};
  const bool otherEstimate = !m_analysis || m_analysis->parts.front() != analysis->parts.front();
  m_analysis = analysis;
  if (otherEstimate) {
    m_fallen = draws();
    whole.stale = true;
    whole.pending = false;  // of the estimate before
  }
  for (const Which which : kAll) {
    Picture& picture = m_pictures[which];
    if (picture.matrix == now[which]) continue;
    const bool shown = picture.shown;
    picture = {};
    picture.matrix = now[which];
    picture.pyramid = std::make_shared<const Pyramid>(now[which]);
    if (which != Whole) picture.maker = std::make_shared<FrameMaker>();
    picture.shown = shown;
    picture.stale = true;
    emit matrixChanged(which);
  }
  for (const Which which : kAll) request(which);
}

void ProductPictures::setShown(bool left, bool right, bool whole, bool residual) {
  m_pictures[Left].shown = left;
  m_pictures[Right].shown = right;
  m_pictures[Whole].shown = whole;
  m_pictures[Whole].stale |= residual && !m_residual;
  m_residual = residual;
  for (const Which which : kAll) request(which);
}

void ProductPictures::setVisible(Which which, const Tile& visible, int level) {
  Picture& picture = m_pictures[which];
  if (picture.visible == visible && picture.level == level) return;
  picture.visible = visible;
  picture.level = level;
  picture.stale = true;
  request(which);
}

void ProductPictures::showDraws(Index fallen) {
  if (!m_analysis) return;
  const Index shown = followsDraws() ? std::min(fallen, draws()) : draws();
  if (shown == m_fallen) return;
  m_fallen = shown;
  m_pictures[Whole].stale = true;
  if (!m_pictures[Whole].pending) request(Whole);
}

void ProductPictures::request(Which which) {
  Picture& picture = m_pictures[which];
  if (!picture.shown || !picture.stale || !picture.pyramid || m_session.state().room != "product") return;
  if (which == Whole) {
    requestWhole();
  } else if (!picture.pending) {
    requestFactor(which);
  }
}

void ProductPictures::requestFactor(Which which) {
  Picture& picture = m_pictures[which];
  picture.stale = false;
  picture.pending = true;
  FrameRequest wish;
  wish.original = picture.pyramid;
  wish.visible = picture.visible;
  wish.level = picture.level;
  const auto answer = std::make_shared<FramePtr>();
  m_service.survey(
      this,
      [maker = picture.maker, matrix = picture.matrix, wish, answer](const Context& context) {
        matrix->summary(context);  // its range: not on the UI thread
        *answer = maker->make(wish, context, [](const FramePtr&) {});
      },
      [this, which, answer] {
        Picture& now = m_pictures[which];
        if (now.pyramid != (*answer)->request.original) return;
        now.pending = false;
        now.frame = *answer;
        emit frameChanged(which);
        request(which);
      });
}

void ProductPictures::requestWhole() {
  Picture& picture = m_pictures[Whole];
  FrameRequest wish;
  wish.original = picture.pyramid;
  wish.analysis = analysisOf(m_fallen);
  wish.terms = {Terms{m_fallen, {}}};
  wish.visible = picture.visible;
  wish.level = picture.level;
  wish.wantResidual = m_residual;
  picture.stale = false;
  picture.pending = true;
  m_asked = m_service.draw(wish);
}

void ProductPictures::acceptWhole(quint64 generation, const FramePtr& frame) {
  Picture& picture = m_pictures[Whole];
  if (!picture.pending || generation != m_asked) return;
  picture.frame = frame;
  picture.pending = !frame->complete;
  emit frameChanged(Whole);
  if (!picture.pending) request(Whole);
}

}  // namespace rankscope::ui
