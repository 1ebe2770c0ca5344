// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/product_controller.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "core/methods/cr.h"
#include "core/methods/product.h"

namespace rankscope::ui {
namespace {

constexpr Index kCurvePoints = 40;
constexpr double kLeastShare = 1e-4, kLargestShare = 0.95;  // of a bar: a pair that weighs must be drawable

bool sameWish(const AnalysisRequest& a, const AnalysisRequest& b) {
  return a.problem.X == b.problem.X && a.problem.Y == b.problem.Y && a.method == b.method && a.params == b.params &&
         a.budget == b.budget && a.seed == b.seed && a.precision == b.precision && a.trials == b.trials;
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
    fail(error);
  });
  connect(&service, &ComputeService::analysed, this, &ProductController::accept);
  connect(&service, &ComputeService::analysisFailed, this, [this](quint64 generation, const Error& error) {
    if (m_pending && generation == m_asked) fail(error);
  });
  sync();
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

const Probabilities* ProductController::probabilities() const {
  if (!m_analysis || m_analysis->parts.empty()) return nullptr;
  for (const Diagnostic& diagnostic : m_analysis->parts.front()->diagnostics) {
    if (const auto* found = std::get_if<Probabilities>(&diagnostic)) return found;
  }
  return nullptr;
}

double ProductController::productNorm() const {
  return m_analysis && m_analysis->product ? m_analysis->product->summary().fro : 0;
}

Index ProductController::maxPairs() const {
  const Method* method = findMethod(m_session.state().product.method, Kind::Product);
  return m_problem.X && method ? maxDial(*method, m_problem, m_session.state().product.params) : 1;
}

bool ProductController::isSettled() const {
  return !m_pending && !m_preparing && !m_drawingCurves && m_loading.empty();
}

void ProductController::edit(const QString& label, const std::function<void(ProductRoom&)>& change) {
  m_session.edit(label, m_gesture, [&](SessionState& state) { change(state.product); });
}

void ProductController::beginGesture() { m_gesture = m_session.newGesture(); }
void ProductController::endGesture() { m_gesture = 0; }

void ProductController::setForm(const std::string& form) {
  edit(tr("Form of the product"), [&](ProductRoom& room) {
    if (room.form == form) return;
    room.form = form;
    room.params.erase("probabilities");  // of other pairs
    if (const auto scheme = room.params.find("scheme");
        scheme != room.params.end() && scheme->second == ParamValue{std::string("own")})
      room.params.erase(scheme);
  });
}

void ProductController::setSide(bool y, int input) {
  edit(y ? tr("Choose Y") : tr("Choose X"), [&](ProductRoom& room) { (y ? room.y : room.x) = input; });
}

void ProductController::swapSides() {
  edit(tr("Swap X and Y"), [](ProductRoom& room) { std::swap(room.x, room.y); });
}

void ProductController::setPairs(Index pairs) {
  const Index bounded = std::clamp<Index>(pairs, 1, std::max<Index>(1, maxPairs()));
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
  edit(tr("Parameter"), [&](ProductRoom& room) {
    room.params[name] = value;
    if (name != "scheme") return;
    room.params.erase("probabilities");
    if (value == "own" && shown && shown->p.sum() > 0) {
      const Vector<double> p = (shown->p / shown->p.sum()).cwiseMax(kLeastShare / static_cast<double>(shown->p.size()));
      room.params["probabilities"] = std::vector<double>(p.begin(), p.end());
    }
    const auto replacement = room.params.find("replacement");
    const bool without = replacement != room.params.end() && replacement->second == ParamValue{std::string("without")};
    if (value == "top" || (without && value != "uniform")) room.params.erase("replacement");
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
    const auto replacement = room.params.find("replacement");
    if (replacement != room.params.end() && replacement->second == ParamValue{std::string("without")})
      room.params.erase(replacement);
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
  m_service.cancelAnalysis();
  m_pending = false;
  emit changed();
}

void ProductController::retry() {
  m_unreadable.clear();
  m_failure.reset();
  m_wish.reset();
  m_problem = {};
  sync();
}

void ProductController::fail(const Error& error) {
  m_pending = m_preparing = false;
  m_failure = error;
  emit failed(error);
  emit changed();
}

const Loaded* ProductController::loaded(const InputSpec& spec) {
  if (const Loaded* there = m_session.loaded(spec)) return there;
  if (!m_loading.contains(spec) && !m_unreadable.contains(spec)) {
    m_loading.insert(spec);
    m_service.load(spec);
  }
  return nullptr;
}

void ProductController::prepareProblem(const MatrixPtr& M, const std::string& form) {
  if (m_preparing || (m_source == M && m_formOf == form)) return;
  m_preparing = true;
  auto made = std::make_shared<std::optional<Result<Problem>>>();
  m_service.survey(
      this,
      [M, form, made](const Context& context) {
        *made = productOf(M, form == "identity" ? ProductForm::Identity : ProductForm::Gram, context);
      },
      [this, M, form, made] {
        m_preparing = false;
        m_source = M;
        m_formOf = form;
        if (!**made) {
          m_problem = {};
          fail((*made)->error());
          return;
        }
        m_problem = ***made;
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
  const auto scheme = request.params.find("scheme");
  const bool top = scheme != request.params.end() && scheme->second == ParamValue{std::string("top")};
  request.trials = top ? 0 : state.product.trials;  // nothing is drawn
  request.preview = false;
  return request;
}

void ProductController::sync() {
  const SessionState& state = m_session.state();
  if (state.room != "product") {
    m_pending = false;
    m_wish.reset();
    return;
  }
  if (!isComplete()) {
    if (m_pending) m_service.cancelAnalysis();
    m_pending = false;
    m_wish.reset();
    m_problem = {};
    m_source = {};
    m_formOf.clear();
    m_analysis.reset();
    m_curves.clear();
    m_failure.reset();
    emit changed();
    return;
  }
  const Loaded* X = loaded(*spec(false));
  const bool two = state.product.form == "product";
  const Loaded* Y = two ? loaded(*spec(true)) : X;
  if (!X || !Y) {
    emit changed();
    return;
  }
  if (two) {
    m_source = {};
    m_formOf.clear();
    if (m_problem.X != X->matrix || m_problem.Y != Y->matrix) {
      m_problem = {.X = X->matrix, .Y = Y->matrix};
      m_analysis.reset();
    }
  } else if (m_source != X->matrix || m_formOf != state.product.form) {
    prepareProblem(X->matrix, state.product.form);
    emit changed();
    return;
  }
  if (!m_problem.X) {
    emit changed();
    return;
  }
  AnalysisRequest now = wish();
  if (!m_wish || !sameWish(*m_wish, now)) {
    m_failure.reset();
    m_wish = now;
    m_pending = true;
    m_asked = m_service.analyse(now);
  }
  emit changed();
}

void ProductController::accept(quint64 generation, const AnalysisPtr& analysis) {
  if (!analysis->request.problem.Y || analysis->request.problem.X != m_problem.X ||
      analysis->request.problem.Y != m_problem.Y)
    return;
  m_analysis = analysis;
  if (generation == m_asked && analysis->complete) m_pending = false;
  requestCurves();
  emit changed();
}

void ProductController::requestCurves() {
  const ParamValues& params = m_session.state().product.params;
  const Index pairs = m_session.state().product.pairs;
  const bool same =
      m_curvesOf.X == m_problem.X && m_curvesOf.Y == m_problem.Y && m_curvesFor == params && m_curvesPairs == pairs;
  const double norm = productNorm();
  if (m_drawingCurves || same || norm == 0 || !m_analysis) return;
  m_curvesOf = m_problem;
  m_curvesFor = params;
  m_curvesPairs = pairs;
  const Index k = m_problem.X->cols();
  std::vector<Index> sizes;
  for (Index i = 0; i < kCurvePoints; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(kCurvePoints - 1);
    const auto r = std::max<Index>(1, std::llround(std::pow(static_cast<double>(k), share)));
    if (sizes.empty() || r > sizes.back()) sizes.push_back(r);
  }
  if (const auto place = std::lower_bound(sizes.begin(), sizes.end(), pairs); place == sizes.end() || *place != pairs) {
    sizes.insert(place, pairs);  // whose numbers stand beside the plot
  }
  Problem problem = m_problem;
  problem.product = m_analysis->product;
  auto curves = std::make_shared<std::vector<Curve>>();
  m_drawingCurves = true;
  m_service.survey(
      this,
      [problem, params, sizes, curves, norm](const Context& context) {
        std::vector<ParamValues> wanted;
        for (const char* scheme : {"norm", "uniform", "leverage", "top"})
          wanted.push_back({{"scheme", std::string(scheme)}});
        const auto scheme = params.find("scheme");
        if (scheme != params.end() && scheme->second == ParamValue{std::string("own")}) wanted.push_back(params);
        for (const ParamValues& each : wanted) {
          const auto squares = crErrorCurve(problem, each, sizes, context);
          if (!squares) continue;  // the analysis says why
          curves->push_back({.scheme = std::get<std::string>(each.at("scheme")),
                             .relative = squares->cwiseMax(0).cwiseSqrt() / norm});
        }
      },
      [this, sizes, curves] {
        m_drawingCurves = false;
        m_sizes = sizes;
        m_curves = *curves;
        requestCurves();  // what was asked for meanwhile
        emit changed();
      });
}

}  // namespace rankscope::ui
