// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/matrix_controller.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/pages/picture_quality.h"

namespace rankscope::ui {

MatrixRoomController::MatrixRoomController(Session& session, ComputeService& service, QObject* parent)
    : QObject(parent), m_session(session), m_service(service) {
  m_settle.setSingleShot(true);
  m_settle.setInterval(kSettleMs);
  connect(&m_settle, &QTimer::timeout, this, &MatrixRoomController::onSettled);
  connect(&m_session, &Session::stateChanged, this, &MatrixRoomController::sync);
  connect(&m_session, &Session::inputLoaded, this, &MatrixRoomController::sync);
  connect(&m_service, &ComputeService::loaded, this,
          [this](const InputSpec& spec, const Loaded& result, const QStringList&) {
            if (m_loading.erase(spec) > 0) m_session.setLoaded(spec, result);
          });
  connect(&m_service, &ComputeService::loadFailed, this, [this](const InputSpec& spec, const Error& error) {
    if (m_loading.erase(spec) == 0) return;
    m_unreadable.insert(spec);
    emit inputFailed(spec, error);
    emit stageChanged();
  });
  connect(&m_service, &ComputeService::loadsCancelled, this, [this] {
    const std::set<InputSpec> dropped = std::exchange(m_loading, {});
    // Another room in front: read when this one is back.
    if (dropped.empty() || m_session.state().room != "matrix") return;
    m_unreadable.insert(dropped.begin(), dropped.end());  // until it is asked for again
    emit failed(inputError("the input", "reading it was cancelled"));
    emit stageChanged();
  });
  connect(&m_service, &ComputeService::analysed, this, &MatrixRoomController::acceptAnalysis);
  connect(&m_service, &ComputeService::analysisFailed, this, [this](quint64 generation, const Error& error) {
    if (generation != m_asked) return;
    m_pending = false;
    m_failure = error;
    emit failed(error);
    emit stageChanged();
  });
  connect(&m_service, &ComputeService::drawn, this, &MatrixRoomController::acceptFrame);
  sync();
}

const InputSpec* MatrixRoomController::spec() const {
  const SessionState& state = m_session.state();
  const int index = state.matrix.input;
  if (index < 0 || index >= static_cast<int>(state.inputs.size())) return nullptr;
  return &state.inputs[static_cast<std::size_t>(index)];
}

const Loaded* MatrixRoomController::input() const { return m_input ? &*m_input : nullptr; }

bool MatrixRoomController::isPicture() const { return m_input && !m_input->matrix->channels().empty(); }
bool MatrixRoomController::isOptimal() const {
  const Method* method = findMethod(m_session.state().matrix.method);
  return method && method->spectrumToo;
}

const Dial& MatrixRoomController::dial() const {
  static const Dial kRank;
  const Method* method = findMethod(m_session.state().matrix.method);
  return method ? method->dial : kRank;
}

bool MatrixRoomController::findsItsRank() const {
  const MatrixRoom& room = m_session.state().matrix;
  const Method* method = findMethod(room.method);
  return method && method->ownTolerance && std::holds_alternative<ByTolerance>(room.budget);
}

std::vector<Index> MatrixRoomController::equalRanks() const {
  std::vector<Index> equal;
  if (!m_analysis) return equal;
  const std::vector<Index> drawn = drawnRanks();
  for (std::size_t i = 0; i < m_analysis->parts.size(); ++i) {
    equal.push_back(rankBeside(*m_analysis->parts[i], drawn[i]));
  }
  return equal;
}

ErrorNow MatrixRoomController::error() const {
  if (!m_analysis || m_analysis->parts.empty()) return {};
  if (isMeasured()) return {ErrorNow::Equal, *m_analysis->errors.froRelative};
  const std::vector<Index>& muted = m_session.state().matrix.muted;
  const bool exact = m_curves.exact() && m_analysis->quality == Quality::Exact;
  if (m_analysis->quality == Quality::Preview || (isOptimal() && m_curves.known())) {
    if (!m_curves.known()) return {};
    return {exact ? ErrorNow::Equal : ErrorNow::About, m_curves.froRelative(ranks(), muted)};
  }
  if (!dial().isRank || !muted.empty()) return {};
  const Approximation& only = *m_analysis->parts.front();
  if (answersWish() && m_analysis->parts.size() == 1 && only.errorEstimate && m_analysis->dials == ranks())
    return {ErrorNow::About, *only.errorEstimate};
  if (!exact) return {};
  return {ErrorNow::AtLeast, m_curves.froRelative(ranks())};
}

Index MatrixRoomController::channelCount() const {
  return m_input ? std::max<Index>(1, static_cast<Index>(m_input->matrix->channels().size())) : 0;
}

bool MatrixRoomController::answersWish() const { return m_analysis && matchesWish(m_analysis->request); }

Stage MatrixRoomController::stage() const {
  const InputSpec* chosen = spec();
  if (!chosen) return Stage::Empty;
  if (m_loading.contains(*chosen)) return Stage::Loading;
  if (m_unreadable.contains(*chosen)) return Stage::Failed;
  if (!m_input) return Stage::Loading;
  if (m_unusable) return Stage::Unusable;
  if (m_failure) return Stage::Failed;
  const bool coming = m_pending || m_settle.isActive();
  if (!m_analysis || m_analysis->parts.empty()) return coming ? Stage::Computing : Stage::Offer;
  if (!answersWish()) return coming ? Stage::Updating : Stage::Offer;
  if (m_analysis->quality == Quality::Preview) return m_pending ? Stage::Preview : Stage::Offer;
  // A rank that the method found for another tolerance is no answer to this one.
  const bool otherTolerance = findsItsRank() && m_analysis->request.budget != m_session.state().matrix.budget;
  if (!otherTolerance && drawnRanks() == ranks()) return Stage::Ready;
  return coming ? Stage::Updating : Stage::Offer;
}

std::vector<Index> MatrixRoomController::ranks() const {
  const Budget& budget = m_session.state().matrix.budget;
  // What a method other than the SVD came to: by a tolerance of its own, or less than asked for because there is no
  // more in the matrix.
  if (!isOptimal() && answersWish() && m_analysis->quality == Quality::Exact && !m_analysis->parts.empty() &&
      m_analysis->dials.size() == m_analysis->parts.size() && m_analysis->request.budget == budget)
    return m_analysis->dials;
  if (dial().isRank && m_curves.known()) return m_curves.ranksFor(budget);
  const auto* byDial = std::get_if<ByDial>(&budget);
  const Index wanted = byDial ? byDial->value : 1;
  const bool apart = m_input && spec() && spec()->view.perChannel;
  return std::vector<Index>(static_cast<std::size_t>(apart && !dial().isRank ? channelCount() : 1),
                            m_input ? std::min(wanted, std::max<Index>(1, maxRank())) : wanted);
}

Index MatrixRoomController::rank() const { return ranks().front(); }

Index MatrixRoomController::maxRank() const {
  if (!m_input) return 0;
  const Index columns =
      spec() && spec()->view.perChannel ? m_input->matrix->cols() / channelCount() : m_input->matrix->cols();
  const Method* method = findMethod(m_session.state().matrix.method);
  if (method && method->dial.max) {
    return method->dial.max(m_input->matrix->rows(), columns, m_session.state().matrix.params);
  }
  return std::min(m_input->matrix->rows(), columns);
}

std::vector<Index> MatrixRoomController::drawnRanks() const {
  std::vector<Index> drawn;
  if (!m_analysis) return drawn;
  const std::vector<Index> wanted = ranks();
  for (std::size_t i = 0; i < m_analysis->parts.size(); ++i) {
    const ApproximationPtr& part = m_analysis->parts[i];
    const Index rank = wanted[std::min(i, wanted.size() - 1)];
    // A method that is not nested is cut too while its own answer for this rank is on the way; stage() says Updating.
    drawn.push_back(std::min(rank, part->nested ? part->maxDial : part->dial));
  }
  return drawn;
}

bool MatrixRoomController::isMeasured() const {
  return answersWish() && m_analysis->errors.froRelative && m_analysis->dials == ranks() &&
         m_session.state().matrix.muted.empty();
}

const PictureQuality* MatrixRoomController::quality() const {
  return m_quality && m_analysis && m_quality->of == m_analysis.get() && m_quality->ranks == ranks() ? &*m_quality
                                                                                                     : nullptr;
}

bool MatrixRoomController::isSettled() const {
  const Stage now = stage();
  if (now == Stage::Empty) return true;
  if (now == Stage::Loading || now == Stage::Computing || now == Stage::Updating) return false;
  if (m_frameShown != m_frameAsked || (m_frame && !m_frame->complete)) return false;
  return !m_pending && !m_settle.isActive() && !m_qualityPending && m_loading.empty();
}

void MatrixRoomController::showMatrix(const Loaded* loaded) {
  const MatrixPtr before = m_input ? m_input->matrix : nullptr;
  if (loaded) {
    m_input = *loaded;
  } else {
    m_input.reset();
  }
  if (before == (m_input ? m_input->matrix : nullptr)) return;
  m_service.cancelAnalysis();
  m_pending = false;
  m_wish.reset();
  m_analysis.reset();
  m_curves = RankCurves();
  m_frame.reset();
  m_quality.reset();
  m_failure.reset();
  m_exactEvenIfLong = false;
  m_visible = {};
  m_level = 0;
  m_pyramid = m_input ? std::make_shared<const Pyramid>(m_input->matrix) : nullptr;
  m_unusable = m_input && refuseUnusable(*m_input->matrix, m_input->title).has_value();
  emit inputChanged();
  emit analysisChanged();
  if (m_input) requestFrame();
}

void MatrixRoomController::sync() {
  if (m_session.state().room != "matrix") {  // another room computes: ask anew when this one is back
    m_settle.stop();
    m_pending = false;
    m_wish.reset();
    return;
  }
  const InputSpec* chosen = spec();
  if (!chosen) {
    if (m_input) showMatrix(nullptr);
    emit stageChanged();
    return;
  }
  const Loaded* loaded = m_session.loaded(*chosen);
  if (!loaded && chosen->view.channel == "rgb") {
    // Joint or per channel is a way to compute, not to read: the same matrix serves both.
    InputSpec other = *chosen;
    other.view.perChannel = !other.view.perChannel;
    if (const Loaded* same = m_session.loaded(other)) {
      m_session.setLoaded(*chosen, Loaded(*same));
      return;  // inputLoaded has brought us here again
    }
  }
  if (!loaded) {
    if (!m_loading.contains(*chosen) && !m_unreadable.contains(*chosen)) {
      m_loading.insert(*chosen);
      m_service.load(*chosen);
    }
    emit stageChanged();
    return;
  }
  m_unreadable.erase(*chosen);  // it was opened anew
  showMatrix(loaded);
  if (m_unusable) {
    if (m_frameShown != m_frameAsked) requestFrame();  // it may have given way to a frame of another room
    emit stageChanged();
    return;
  }
  const MatrixRoom& room = m_session.state().matrix;
  if (!m_wish || !matchesWish(*m_wish)) {
    m_exactEvenIfLong = false;
    m_budget = room.budget;
    m_muted = room.muted;
    submit(true);
    emit rankMoved();
    if (m_analysis) requestFrame();
  } else if (!(room.budget == m_budget)) {
    m_budget = room.budget;
    onBudgetChanged();
  }
  if (room.muted != m_muted) {
    m_muted = room.muted;
    requestFrame();
    requestQuality();
    emit rankMoved();
  }
  emit stageChanged();
}

AnalysisRequest MatrixRoomController::wish(bool measured) const {
  const SessionState& state = m_session.state();
  AnalysisRequest request;
  request.problem.X = m_input->matrix;
  request.problem.perChannel = spec()->view.perChannel && m_input->matrix->channels().size() > 1;
  request.method = state.matrix.method;
  request.params = state.matrix.params;
  request.budget = state.matrix.budget;
  request.seed = state.matrix.seed;
  request.precision = state.precision;
  request.threads = m_service.threads();
  request.measured = measured;
  request.exactEvenIfLong = m_exactEvenIfLong;
  request.reference = viewValue(state, "reference") == "shuffled";
  return request;
}

bool MatrixRoomController::matchesWish(const AnalysisRequest& request) const {
  if (!m_input || !spec()) return false;
  const AnalysisRequest now = wish(true);
  return request.problem.X == now.problem.X && request.problem.perChannel == now.problem.perChannel &&
         request.method == now.method && request.params == now.params && request.seed == now.seed &&
         request.precision == now.precision && request.exactEvenIfLong == now.exactEvenIfLong &&
         request.reference == now.reference;
}

void MatrixRoomController::submit(bool measured) {
  m_settle.stop();
  m_failure.reset();
  m_wish = wish(measured);
  m_pending = true;
  m_asked = m_service.analyse(*m_wish);
  emit stageChanged();
}

void MatrixRoomController::onBudgetChanged() {
  emit rankMoved();
  requestFrame();
  const Method* method = findMethod(m_session.state().matrix.method);
  const bool nested = method && method->spectrumToo;
  // An exact nested answer on its way serves every rank: asking anew would only throw it away.
  if (nested && m_pending && !(answersWish() && m_analysis->quality == Quality::Exact)) return;
  if (!nested) submit(false);
  m_settle.start();
}

void MatrixRoomController::onSettled() {
  if (!m_input || m_unusable || stage() == Stage::Offer || m_session.state().room != "matrix") return;
  if (!isMeasured() && m_session.state().matrix.muted.empty()) {
    submit(true);
  } else {
    requestQuality();
  }
}

void MatrixRoomController::acceptAnalysis(quint64 generation, const AnalysisPtr& analysis) {
  if (!m_input || analysis->request.problem.Y || analysis->request.problem.X != m_input->matrix || generation < m_shown)
    return;
  if (!matchesWish(analysis->request) && answersWish()) return;
  // From one exact answer of a method to the next no preview of another is shown in between: steps would flicker.
  if (analysis->quality == Quality::Preview && !analysis->complete && m_analysis && !isOptimal() &&
      m_analysis->quality == Quality::Exact && m_analysis->request.method == analysis->request.method &&
      m_analysis->request.problem.perChannel == analysis->request.problem.perChannel)
    return;
  m_shown = generation;
  const bool otherParts = !m_analysis || m_analysis->parts != analysis->parts;
  const bool otherSpectra = otherParts || m_analysis->floors != analysis->floors;
  const std::vector<Index> before = ranks();
  m_analysis = analysis;
  if (otherSpectra) m_curves = RankCurves(*analysis);
  if (generation == m_asked && analysis->complete) m_pending = false;
  emit analysisChanged();
  if (ranks() != before) emit rankMoved();
  if (otherParts || ranks() != before) requestFrame();
  if (!m_pending) {
    if (answersWish() && m_analysis->quality == Quality::Exact && !isMeasured()) {
      m_settle.start();
    } else {
      requestQuality();
    }
  }
  emit stageChanged();
}

void MatrixRoomController::requestFrame() {
  if (!m_pyramid) return;
  FrameRequest request;
  request.original = m_pyramid;
  if (m_analysis && !m_analysis->parts.empty()) {
    request.analysis = m_analysis;
    request.terms = shownTerms();
  }
  request.visible = m_visible;
  request.level = m_level;
  m_frameAsked = m_service.draw(request);
}

// Only a sum of rank-one terms has some that can be left out.
std::vector<Terms> MatrixRoomController::shownTerms() const {
  std::vector<Terms> terms;
  const std::vector<Index> drawn = drawnRanks();
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const bool sum = m_analysis->parts[i]->lowRank() != nullptr;
    terms.push_back({drawn[i], sum ? m_session.state().matrix.muted : std::vector<Index>{}});
  }
  return terms;
}

void MatrixRoomController::acceptFrame(quint64 generation, const FramePtr& frame) {
  if (frame->request.original != m_pyramid || generation < m_frameShown) return;
  m_frameShown = generation;
  m_frame = frame;
  emit frameChanged();
}

void MatrixRoomController::setVisible(const Tile& visible, int level) {
  if (visible == m_visible && level == m_level) return;
  m_visible = visible;
  m_level = level;
  requestFrame();
}

void MatrixRoomController::requestQuality() {
  if (!isPicture() || !m_analysis || m_analysis->parts.empty() || m_input->matrix->isComplex()) return;
  auto result = std::make_shared<PictureQuality>();
  result->of = m_analysis.get();
  result->ranks = ranks();
  const AnalysisPtr analysis = m_analysis;
  const std::vector<Terms> terms = shownTerms();
  const quint64 ticket = ++m_qualityAsked;
  m_qualityPending = true;
  m_service.survey(
      this,
      [analysis, terms, result](const Context& context) {
        if (const auto measured = measureQuality(*analysis, terms, context)) {
          result->psnr = measured->psnr;
          result->ssim = measured->ssim;
        }
      },
      [this, result, ticket] {
        if (ticket != m_qualityAsked) return;
        m_qualityPending = false;
        m_quality = *result;
        emit qualityChanged();
      });
}

}  // namespace rankscope::ui
