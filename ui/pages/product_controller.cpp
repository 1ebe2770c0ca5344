// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/product_controller.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <utility>

#include "core/methods/cr.h"
#include "core/methods/product.h"
#include "ui/pages/matrix_controller.h"

namespace rankscope::ui {
namespace {

constexpr Index kCurvePoints = 40;
constexpr double kLeastShare = 1e-4, kLargestShare = 0.95;  // of a bar: a pair that weighs must be drawable

bool sameWish(const AnalysisRequest& a, const AnalysisRequest& b) {
  return a.problem.X == b.problem.X && a.problem.Y == b.problem.Y && a.method == b.method && a.params == b.params &&
         a.budget == b.budget && a.seed == b.seed && a.precision == b.precision && a.trials == b.trials;
}

bool hasText(const ParamValues& params, const char* name, const char* value) {
  const auto found = params.find(name);
  return found != params.end() && found->second == ParamValue{std::string(value)};
}

std::vector<double> ownOf(const ParamValues& params) {
  const auto own = params.find("probabilities");
  if (own == params.end() || !hasText(params, "scheme", "own")) return {};
  return std::get<std::vector<double>>(own->second);
}

/// Some forty sizes from 1 to `most`, evenly on a logarithmic axis.
std::vector<Index> sizesTo(Index most) {
  std::vector<Index> sizes;
  for (Index i = 0; i < kCurvePoints; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(kCurvePoints - 1);
    const auto r = std::max<Index>(1, std::llround(std::pow(static_cast<double>(most), share)));
    if (sizes.empty() || r > sizes.back()) sizes.push_back(r);
  }
  return sizes;
}

int place(SessionState& state, const char* location) {
  const InputSpec spec{.location = location, .view = {}};
  const auto found = std::find(state.inputs.begin(), state.inputs.end(), spec);
  const auto index = static_cast<int>(found - state.inputs.begin());
  if (found == state.inputs.end()) state.inputs.push_back(spec);
  return index;
}

}  // namespace

ProductController::ProductController(Session& session, ComputeService& service, QObject* parent)
    : QObject(parent), m_session(session), m_service(service) {
  connect(&session, &Session::stateChanged, this, &ProductController::sync);
  connect(&session, &Session::inputLoaded, this, &ProductController::sync);
  connect(&service, &ComputeService::loaded, this,
          [this](const InputSpec& spec, const Loaded& result, const QStringList&) {
            if (m_loading.erase(spec) > 0) m_session.setLoaded(spec, result);
          });
  connect(&service, &ComputeService::loadFailed, this, [this](const InputSpec& spec, const Error& error) {
    if (m_loading.erase(spec) == 0) return;
    m_unreadable.insert(spec);
    if (uses(spec)) fail(error);
  });
  connect(&service, &ComputeService::loadsCancelled, this, [this] {
    m_stopped.insert(m_loading.begin(), m_loading.end());
    m_loading.clear();
    emit changed();
  });
  connect(&service, &ComputeService::surveysCancelled, this, &ProductController::stopSurveys);
  connect(&service, &ComputeService::analysed, this, &ProductController::accept);
  connect(&service, &ComputeService::analysisFailed, this, [this](quint64 generation, const Error& error) {
    if (m_pending && generation == m_asked) fail(error);
  });
  sync();
}

ProductController::~ProductController() { stopSurveys(); }

bool ProductController::uses(const InputSpec& input) const {
  const InputSpec *X = spec(false), *Y = m_session.state().product.form == "product" ? spec(true) : nullptr;
  return (X && input == *X) || (Y && input == *Y);
}

const InputSpec* ProductController::spec(bool ofY) const {
  const SessionState& state = m_session.state();
  const int index = ofY ? state.product.y : state.product.x;
  if (index < 0 || index >= static_cast<int>(state.inputs.size())) return nullptr;
  return &state.inputs[static_cast<std::size_t>(index)];
}

bool ProductController::isComplete() const {
  return spec(false) && (m_session.state().product.form != "product" || spec(true));
}

bool ProductController::answersWish() const {
  return m_analysis && m_analysis->complete && m_wish && sameWish(m_analysis->request, *m_wish);
}

Stage ProductController::stage() const {
  if (!isComplete()) return Stage::Empty;
  if (std::any_of(m_loading.begin(), m_loading.end(), [this](const InputSpec& input) { return uses(input); }))
    return Stage::Loading;
  if (m_failure) return Stage::Failed;
  if (m_preparation) return Stage::Computing;
  if (m_pending) return m_analysis ? Stage::Updating : Stage::Computing;
  if (!answersWish()) return Stage::Offer;
  return m_drawing ? Stage::Updating : Stage::Ready;
}

const Probabilities* ProductController::probabilities() const {
  if (!m_analysis || m_analysis->parts.empty()) return nullptr;
  if (m_failure || (!m_pending && !answersWish())) return nullptr;  // of another wish, which is not on its way
  return find<Probabilities>(*m_analysis->parts.front());
}

Index ProductController::pairs() const { return probabilities() ? m_analysis->parts.front()->dial : 0; }

std::optional<double> ProductController::beside(const std::string& scheme) const {
  if (m_besidePairs != pairs()) return std::nullopt;
  const auto found =
      std::find_if(m_beside.begin(), m_beside.end(), [&](const Curve& curve) { return curve.scheme == scheme; });
  return found == m_beside.end() ? std::nullopt : std::optional<double>(found->relative(0));
}

double ProductController::productNorm() const {
  return m_analysis && m_analysis->product ? m_analysis->product->summary().fro : 0;
}

Index ProductController::maxPairs() const {
  const Method* method = findMethod(m_session.state().product.method, Kind::Product);
  return m_problem.X && method ? maxDial(*method, m_problem, m_session.state().product.params) : 1;
}

bool ProductController::isSettled() const { return !m_pending && !m_preparation && !m_drawing && m_loading.empty(); }

void ProductController::edit(const QString& label, const std::function<void(ProductRoom&)>& change) {
  m_session.edit(label, m_gesture, [&](SessionState& state) { change(state.product); });
}

void ProductController::beginGesture() { m_gesture = m_session.newGesture(); }
void ProductController::endGesture() { m_gesture = 0; }

void ProductController::setForm(const std::string& form) {
  edit(tr("Form of the product"), [&](ProductRoom& room) {
    if (room.form == form) return;
    room.form = form;
    dropOwn(room);
  });
}

void ProductController::setSide(bool y, int input) {
  edit(y ? tr("Choose Y") : tr("Choose X"), [&](ProductRoom& room) {
    int& side = y ? room.y : room.x;
    if (side == input) return;
    side = input;
    dropOwn(room);
  });
}

void ProductController::swapSides() {
  edit(tr("Swap X and Y"), [](ProductRoom& room) {
    std::swap(room.x, room.y);
    dropOwn(room);
  });
}

void ProductController::setPairs(Index pairs) {
  const Index least = std::max<Index>(1, pairs);
  const Index bounded = m_problem.X ? std::min(least, maxPairs()) : least;  // how many there are is not known before
  edit(tr("Pairs"), [&](ProductRoom& room) { room.pairs = bounded; });
}

void ProductController::setTrials(Index trials) {
  edit(tr("Trials"), [&](ProductRoom& room) { room.trials = trials; });
}

void ProductController::setSeed(std::uint64_t seed) {
  edit(tr("Seed"), [&](ProductRoom& room) { room.seed = seed; });
}

void ProductController::setParam(const std::string& name, const std::string& value) {
  const Probabilities* shown = probabilities();
  const Index count = shown ? shown->p.size() : m_problem.X ? m_problem.X->cols() : 0;
  edit(tr("Parameter"), [&](ProductRoom& room) {
    if (name == "replacement" && value == "without") {  // known for equal weights only
      dropOwn(room);
      room.params["scheme"] = std::string("uniform");
    }
    room.params[name] = value;
    if (name != "scheme") return;
    room.params.erase("probabilities");
    if (value == "own" && count > 0) {
      Vector<double> p = Vector<double>::Constant(count, 1 / static_cast<double>(count));
      if (shown && shown->p.sum() > 0) p = shown->p / shown->p.sum();
      p = p.cwiseMax(kLeastShare / static_cast<double>(count));
      room.params["probabilities"] = std::vector<double>(p.begin(), p.end());
    }
    if (value == "top" || (value != "uniform" && hasText(room.params, "replacement", "without")))
      room.params.erase("replacement");
  });
}

void ProductController::setShare(Index pair, double share) {
  const Probabilities* shown = probabilities();
  if (!shown || pair < 0 || pair >= shown->p.size() || !(shown->p.sum() > 0)) return;
  const ParamValues& given = m_session.state().product.params;
  const auto own = given.find("probabilities");
  Vector<double> p = shown->p;
  if (own != given.end()) {
    const auto& list = std::get<std::vector<double>>(own->second);
    if (static_cast<Index>(list.size()) == p.size()) p = Eigen::Map<const Vector<double>>(list.data(), p.size());
  }
  p /= p.sum();
  const double wanted = std::clamp(share, kLeastShare, kLargestShare), rest = 1 - p(pair);
  if (rest > 0) {
    p *= (1 - wanted) / rest;
  }
  p(pair) = wanted;
  p = p.cwiseMax(kLeastShare / static_cast<double>(p.size()));
  edit(tr("Probability"), [&](ProductRoom& room) {
    room.params["scheme"] = std::string("own");
    room.params["probabilities"] = std::vector<double>(p.begin(), p.end());
    room.params.erase("replacement");  // only drawing with it goes by these
  });
}

void ProductController::openSample() {
  m_session.edit(tr("Open the sample product"), 0, [](SessionState& state) {
    state.product = {};
    state.product.x = place(state, "gallery:gaussian,n=40,m=48,spread=1,seed=1");
    state.product.y = place(state, "gallery:gaussian,n=48,m=36,seed=2");
    if (state.matrix.input < 0) state.matrix.input = state.product.x;
  });
}

void ProductController::cancel() {
  stopSurveys();
  m_service.cancelAnalysis();
  m_pending = false;
  emit changed();
}

void ProductController::retry() {
  m_unreadable.clear();
  m_stopped.clear();
  m_source = {};
  setProblem({});
  sync();
}

void ProductController::fail(const Error& error) {
  m_pending = false;
  m_failure = error;
  emit failed(error);
  emit changed();
}

const Loaded* ProductController::loaded(const InputSpec& spec) {
  if (const Loaded* there = m_session.loaded(spec)) return there;
  if (!m_loading.contains(spec) && !m_unreadable.contains(spec) && !m_stopped.contains(spec)) {
    m_loading.insert(spec);
    m_service.load(spec);
  }
  return nullptr;
}

void ProductController::stopSurveys() {
  for (Stopper* slot : {&m_preparation, &m_drawing}) {
    if (*slot) (*slot)->stop();
    slot->reset();
  }
}

void ProductController::run(Stopper ProductController::*slot, std::function<std::optional<Error>(const Context&)> work,
                            std::function<void()> done) {
  const auto source = std::make_shared<CancelSource>();
  const auto wrong = std::make_shared<std::optional<Error>>();
  this->*slot = source;
  m_service.survey(
      this,
      [source, wrong, work = std::move(work)](const Context& context) {
        Context own = context;
        own.cancel = source->token();
        try {
          *wrong = work(own);
        } catch (const Cancelled&) {
          // Only this job: the lane has others' work to do.
        } catch (const std::exception& problem) {
          *wrong = computeError("the product", text("{1}", problem.what()));
        }
        context.checkpoint();
      },
      [this, slot, source, wrong, done = std::move(done)] {
        if (this->*slot != source) return;
        (this->*slot).reset();
        if (*wrong) {
          fail(**wrong);
        } else {
          done();
        }
      });
}

/// What was known of another problem goes with it.
void ProductController::setProblem(const Problem& problem) {
  stopSurveys();
  if (m_pending) m_service.cancelAnalysis();
  m_pending = false;
  m_problem = problem;
  m_wish.reset();
  m_analysis.reset();
  m_sizes.clear();
  m_curves.clear();
  m_curvesOwn.clear();
  m_besidePairs = 0;
  m_beside.clear();
  m_failure.reset();
}

void ProductController::prepareProblem() {
  const ProductForm form = m_source.form == "identity" ? ProductForm::Identity : ProductForm::Gram;
  const auto made = std::make_shared<Problem>();
  run(
      &ProductController::m_preparation,
      [M = m_source.X, form, made](const Context& context) -> std::optional<Error> {
        const auto problem = productOf(M, form, context);
        if (!problem) return problem.error();
        *made = *problem;
        return std::nullopt;
      },
      [this, made] {
        m_problem = *made;
        sync();
      });
}

AnalysisRequest ProductController::wish() const {
  const SessionState& state = m_session.state();
  AnalysisRequest request;
  request.problem = m_problem;
  request.problem.product = {};
  request.method = state.product.method;
  request.params = state.product.params;
  request.budget = ByDial{state.product.pairs};
  request.seed = state.product.seed;
  request.precision = state.precision;
  request.threads = m_service.threads();
  const bool top = hasText(request.params, "scheme", "top");
  request.trials = top ? 0 : state.product.trials;  // nothing is drawn
  request.preview = false;
  return request;
}

void ProductController::sync() {
  const SessionState& state = m_session.state();
  if (state.room != "product") {  // another room computes: ask anew when this one is back
    m_pending = false;
    m_wish.reset();
    if (m_failure) m_source = {};
    return;
  }
  const bool two = state.product.form == "product";
  const Loaded *X = nullptr, *Y = nullptr;
  if (isComplete()) {
    X = loaded(*spec(false));
    if (two) Y = loaded(*spec(true));
  } else {
    m_failure.reset();
  }
  const bool known = X && (Y || !two);
  Source source;
  if (known) source = {.form = state.product.form, .X = X->matrix, .Y = Y ? Y->matrix : nullptr};
  if (source != m_source) {
    m_source = source;
    setProblem(two ? Problem{.X = source.X, .Y = source.Y, .product = {}} : Problem{});
    if (known && !two) prepareProblem();
  }
  if (m_problem.X) {
    const AnalysisRequest now = wish();
    if (!m_wish || !sameWish(*m_wish, now)) {
      m_failure.reset();
      m_wish = now;
      m_pending = true;
      m_asked = m_service.analyse(now);
    }
  }
  emit changed();
}

void ProductController::accept(quint64 generation, const AnalysisPtr& analysis) {
  const Problem& of = analysis->request.problem;
  if (!of.Y || of.X != m_problem.X || of.Y != m_problem.Y) return;
  m_analysis = analysis;
  if (generation == m_asked && analysis->complete) m_pending = false;
  requestCurves();
  emit changed();
}

void ProductController::requestCurves() {
  const double norm = productNorm();
  const Index r = pairs(), count = m_problem.X->cols();
  if (m_drawing || norm == 0 || r == 0) return;
  Index most = count;
  while (most < r) most *= 2;  // drawing with replacement may take more than there are
  const std::vector<double> own = ownOf(m_analysis->request.params);
  const bool others = m_sizes.empty() || m_sizes.back() != most, ownToo = others || own != m_curvesOwn;
  const bool numbers = m_besidePairs != r;
  if (!others && !ownToo && !numbers) return;
  Problem problem = m_problem;
  problem.product = m_analysis->product;
  const std::vector<Index> sizes = others ? sizesTo(most) : m_sizes;
  struct Answer {
    std::vector<Curve> curves, own, beside;
  };
  const auto answer = std::make_shared<Answer>();
  run(
      &ProductController::m_drawing,
      [=](const Context& context) -> std::optional<Error> {
        const auto add = [&](std::vector<Curve>& to, const ParamValues& params, const std::vector<Index>& at) {
          const auto squares = crErrorCurve(problem, params, at, context);
          if (!squares) return;  // the analysis says why
          to.push_back({.scheme = std::get<std::string>(params.at("scheme")),
                        .relative = squares->cwiseMax(0).cwiseSqrt() / norm});
        };
        if (numbers) {
          for (const char* scheme : {"uniform", "top"}) add(answer->beside, {{"scheme", std::string(scheme)}}, {r});
        }
        if (ownToo && !own.empty()) add(answer->own, {{"scheme", std::string("own")}, {"probabilities", own}}, sizes);
        if (others) {
          for (const char* scheme : {"norm", "uniform", "leverage", "top"})
            add(answer->curves, {{"scheme", std::string(scheme)}}, sizes);
        }
        return std::nullopt;
      },
      [=, this] {
        if (numbers) {
          m_besidePairs = r;
          m_beside = answer->beside;
        }
        if (others) {
          m_sizes = sizes;
          m_curves = std::move(answer->curves);
        }
        if (ownToo) {
          std::erase_if(m_curves, [](const Curve& curve) { return curve.scheme == "own"; });
          m_curves.insert(m_curves.end(), answer->own.begin(), answer->own.end());
          m_curvesOwn = own;
        }
        requestCurves();  // what was asked for meanwhile
        emit changed();
      });
}

}  // namespace rankscope::ui
