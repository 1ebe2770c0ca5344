// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compute/analysis.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <thread>

#include "core/linalg/file_matrix.h"
#include "core/linalg/lapack.h"
#include "core/linalg/sparse_matrix.h"
#include "core/methods/access.h"
#include "core/methods/product.h"

namespace rankscope {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::size_t bytesOf(const Values& values) {
  return std::visit([](const auto& m) { return static_cast<std::size_t>(m.size()) * sizeof(*m.data()); }, values);
}

std::size_t bytesOf(const Approximation& approximation) {
  std::size_t bytes = 1024;
  if (const LowRank* form = approximation.lowRank()) bytes += bytesOf(form->left) + bytesOf(form->right);
  if (const Monarch* form = approximation.monarch()) bytes += bytesOf(form->L) + bytesOf(form->R);
  for (const Factor& factor : approximation.factors) bytes += bytesOf(factor.values);
  return bytes;
}

// One request on its way: what the stages share.
class Run {
 public:
  Run(const AnalysisRequest& request, ResultCache& cache, const Context& context, const Publish<Analysis>& partial)
      : m_request(request), m_cache(cache), m_context(context), m_partial(partial) {
    m_context.seed = request.seed;
    m_context.precision = request.precision;
    m_context.threads = request.threads;
  }

  Result<AnalysisPtr> answer();

 private:
  // The stages. Each looks into the cache first and returns an Error or nothing.
  std::optional<Error> prepare();
  std::optional<Error> resolveParams(Index dial);
  std::optional<Error> multiply();
  std::optional<Error> preview();
  std::optional<Error> approximate();
  std::optional<Error> findFloors();
  std::optional<Error> chooseDials();
  std::optional<Error> measureErrors();
  std::optional<Error> addReference();
  std::optional<Error> repeat();

  Fingerprint key(const char* stage, const Fingerprint& of, const std::string& rest) const {
    return combine(of, fingerprintOf(std::string(stage) + "|" + rest + "|" + show(int(m_request.precision)) + "|" +
                                     show(m_request.threads)));
  }
  bool isProduct() const { return m_request.problem.Y != nullptr; }
  // What errors are measured against: the matrix, or the product.
  const AnyMatrix& whole() const { return isProduct() ? *m_out.product : *m_request.problem.X; }
  // What a method is run on: one of m_matrices, or the two factors of the product, which stands there.
  Problem problemOf(const MatrixPtr& matrix) const {
    if (!isProduct()) return {.X = matrix};
    return {.X = m_request.problem.X, .Y = m_request.problem.Y, .product = matrix};
  }
  Fingerprint problemKey(const AnyMatrix& matrix) const {
    if (!isProduct()) return matrix.fingerprint();
    return combine(m_request.problem.X->fingerprint(), m_request.problem.Y->fingerprint());
  }
  std::string paramsKey() const {
    std::string out = m_method->id;
    for (const auto& [name, value] : m_params) out += ";" + name + "=" + showValue(value);
    return out;
  }
  // The method's answer for one part at one dial, from the cache when a nested one reaches at least as far.
  Result<ApproximationPtr> runMethod(const MatrixPtr& X, Index dial);
  Result<std::shared_ptr<const Spectrum>> floorOf(const AnyMatrix& X);
  // Says it when the rule or the tolerance keeps no layer and the least rank stands in its place.
  void addNoticeOfRankZero(const Spectrum& floor) {
    Text notice;
    if (const auto* rule = std::get_if<ByRule>(&m_request.budget); rule && rankByRule(floor, rule->rule) == 0)
      notice = text("the rule {1} keeps nothing of this matrix: rank 1 is shown, the least there is", name(rule->rule));
    if (const auto* wish = std::get_if<ByTolerance>(&m_request.budget);
        wish && rankByTolerance(floor, wish->relative) == 0)
      notice = "the tolerance asks for nothing of this matrix: rank 1 is shown, the least there is";
    if (!notice.empty()) addNotice(notice);
  }
  // Where the cut falls between equal singular values the answer is one of many, and a drag or another machine may show
  // another one.
  void addNoticeOfTie(const Spectrum& floor, Index rank) {
    const Vector<double>& sigma = floor.sigma;
    if (rank < 1 || rank >= sigma.size()) return;
    const double rounding = defaultTolerance(sigma, floor.rows, floor.cols, floor.singlePrecision ? 0x1p-23 : 0x1p-52);
    if (sigma(rank) <= rounding || sigma(rank - 1) - sigma(rank) > rounding) return;
    addNotice(text("singular values {1} and {2} are equal: other matrices of rank {1} are as near as this one", rank,
                   rank + 1));
  }
  void addNotice(const Text& notice) {
    const auto& all = m_out.notices;
    if (std::find(all.begin(), all.end(), notice) == all.end()) m_out.notices.push_back(notice);
  }
  Index maxDial(const MatrixPtr& X) const { return rankscope::maxDial(*m_method, problemOf(X), m_params); }
  bool findsItsRank() const { return m_method->ownTolerance && std::holds_alternative<ByTolerance>(m_request.budget); }
  bool tooLong() const {
    return !m_request.exactEvenIfLong && m_request.preview && m_out.expectedSeconds > kLongSeconds;
  }
  void publish() {
    m_context.checkpoint();
    if (m_partial) m_partial(std::make_shared<const Analysis>(m_out));
  }

  static constexpr double kLongSeconds = 60;

  const AnalysisRequest& m_request;
  ResultCache& m_cache;
  Context m_context;
  const Publish<Analysis>& m_partial;
  const Method* m_method = nullptr;
  ParamValues m_given;                // the request's, and what the budget adds to them
  ParamValues m_params;               // resolved
  std::vector<MatrixPtr> m_matrices;  // the joint one, or the channels
  Analysis m_out;
};

std::optional<Error> Run::prepare() {
  m_out.request = m_request;
  if (!m_request.problem.X) return inputError("the input", "there is none", "open a matrix first");
  const AnyMatrix& X = *m_request.problem.X;
  m_method = findMethod(m_request.method, isProduct() ? Kind::Product : Kind::Matrix);
  if (!m_method) {
    return usageError(text("method {1}", m_request.method),
                      isProduct() ? "there is no such method for a product" : "there is no such method",
                      "methods lists them");
  }
  if (m_method->access == Access::Entries) {  // first: what follows passes over a file that may be enormous
    for (const AnyMatrix* matrix : {&X, static_cast<const AnyMatrix*>(m_request.problem.Y.get())}) {
      if (!matrix) continue;
      if (auto refused = refuseEntries(*matrix, m_method->id, m_context, m_method->kind)) return refused;
    }
  }
  if (isProduct()) {
    if (m_request.problem.perChannel)
      return usageError("a product per channel", "a product is of whole matrices", "take the channels jointly");
    if (auto unusable = refuseProduct(X, *m_request.problem.Y)) return unusable;
  } else if (auto unusable = refuseUnusable(X, "the matrix")) {
    return unusable;
  }
  if (m_request.trials > 0 && !m_method->trials)
    return usageError("trials", text("{1} draws nothing that could be repeated", m_method->id), "they are for cr");
  if (X.isComplex() && !m_method->complex) {
    return inputError("the matrix", text("its entries are complex and {1} works on real ones", m_method->id),
                      "turn it real with --complex abs, real, imag or stack, or use svd");
  }
  if (m_request.problem.perChannel && X.channels().size() > 1) {
    for (Index c = 0; c < static_cast<Index>(X.channels().size()); ++c) m_matrices.push_back(X.channel(c));
  } else {
    m_matrices.push_back(m_request.problem.X);
  }
  Index dial = 1;
  ParamValues& given = m_given;
  given = m_request.params;
  if (const auto* byDial = std::get_if<ByDial>(&m_request.budget)) {
    if (byDial->value < 1)
      return usageError(text("{1} {2}", m_method->dial.name, byDial->value), "it must be at least 1");
    dial = byDial->value;
  } else if (!m_method->dial.isRank) {
    return usageError(text("{1} takes no energy, tolerance or rank rule", m_method->id),
                      text("its size is its {1}", m_method->dial.name));
  } else if (X.cheapest() == Access::OnePass && !findsItsRank()) {
    return computeError(m_method->id,
                        "an energy, a tolerance or a rule needs the exact spectrum, which a matrix that "
                        "stays in its file does not give",
                        "give --rank, or raise --max-memory");
  } else if (findsItsRank()) {
    dial = std::min(X.rows(), X.cols());
  }
  if (const auto* byTolerance = std::get_if<ByTolerance>(&m_request.budget); byTolerance && findsItsRank()) {
    given["tol"] = byTolerance->relative;
  } else if (m_method->ownTolerance) {
    given.emplace("tol", 0.0);  // any other budget comes to a rank, and that many layers are meant
  }
  if (auto refused = resolveParams(dial)) return refused;
  m_out.expectedSeconds = expectedSeconds(m_request, !refuseEntries(X, m_method->id, m_context));
  return std::nullopt;
}

std::optional<Error> Run::resolveParams(Index dial) {
  const AnyMatrix& X = *m_request.problem.X;
  auto params = resolve(m_method->params, m_given,
                        {.rows = X.rows(),
                         .cols = isProduct() ? m_request.problem.Y->cols() : m_matrices.front()->cols(),
                         .inner = isProduct() ? X.cols() : 0,
                         .dial = dial,
                         .precision = m_request.precision});
  if (!params) return params.error();
  m_params = std::move(*params);
  return std::nullopt;
}

// X·Y, once for all that is asked about it.
std::optional<Error> Run::multiply() {
  if (!isProduct()) return std::nullopt;
  const Problem& problem = m_request.problem;
  MatrixPtr T = problem.product;
  if (!T) {
    const auto cacheKey = key("product", problemKey(*problem.X), "");
    T = m_cache.find<AnyMatrix>(cacheKey);
    if (!T) {
      m_context.report(0, "the product");
      auto made = multiplied(*problem.X, *problem.Y, m_context);
      if (!made) return made.error();
      T = *made;
      m_cache.store<AnyMatrix>(cacheKey, T, T->bytes());
    }
  }
  m_out.product = T;
  m_matrices = {T};
  return std::nullopt;
}

// r = 50 (less where the matrix is smaller), one power step, as much oversampling as rank, in float: a few per cent of
// the exact one's time.
std::optional<Error> Run::preview() {
  // A product of two thin factors says nothing about a method of another form.
  if (!m_request.preview || !m_method->dial.isRank || isProduct() || m_request.problem.X->isComplex())
    return std::nullopt;
  const Method* rsvd = findMethod("rsvd");
  Context context = m_context;
  context.precision = Precision::Float;
  // A decomposition that was abandoned may have the threads for a minute; a preview is not to wait for it.
  if (linalg::WideBlas::taken()) context.threads = 1;
  std::vector<ApproximationPtr> parts;
  std::vector<Index> dials;
  for (const MatrixPtr& X : m_matrices) {
    // Beyond what a float squares safely a preview would show noise; the exact stage copes.
    const double fro = X->summary().fro;
    if (fro > 1e18 || fro < 1e-18) return std::nullopt;
    const Index rank = std::min<Index>(50, std::min(X->rows(), X->cols()));
    const auto cacheKey = key("preview", X->fingerprint(), show(static_cast<long>(m_request.seed)));
    auto part = m_cache.find<Approximation>(cacheKey);
    if (!part) {
      const auto start = Clock::now();
      auto made = rsvd->run({.X = X}, rank, {{"oversampling", rank}, {"power", Index{1}}}, context);
      if (!made) return std::nullopt;  // the exact stage will say why
      made->seconds = secondsSince(start);
      made->nested = true;  // for drawing: cutting a preview is as good a preview
      part = std::make_shared<const Approximation>(std::move(*made));
      m_cache.store<Approximation>(cacheKey, part, bytesOf(*part));
    }
    const auto* byDial = std::get_if<ByDial>(&m_request.budget);
    parts.push_back(part);
    dials.push_back(byDial ? std::min(byDial->value, part->maxDial) : part->maxDial);
  }
  m_out.quality = Quality::Preview;
  m_out.singlePrecisionPreview = true;
  m_out.parts = std::move(parts);
  m_out.dials = std::move(dials);
  publish();
  return std::nullopt;
}

Result<ApproximationPtr> Run::runMethod(const MatrixPtr& X, Index dial) {
  const bool wholeSvd = m_method->spectrumToo;  // computes all ranks whatever the dial
  const Index asked = wholeSvd ? maxDial(X) : dial;
  const std::string rest =
      paramsKey() + ";" + show(asked) + (draws(*m_method, m_params) ? ";" + show(m_request.seed) : std::string());
  const auto cacheKey = key("method", problemKey(*X), rest);
  if (auto hit = m_cache.find<Approximation>(cacheKey)) return hit;
  m_context.checkpoint();
  m_context.report(0, m_method->title);
  const auto start = Clock::now();
  auto made = m_method->run(problemOf(X), asked, m_params, m_context);
  if (!made) return made.error();
  made->seconds = std::max(0.0, secondsSince(start) - made->aside);
  auto shared = std::make_shared<const Approximation>(std::move(*made));
  m_cache.store<Approximation>(cacheKey, shared, bytesOf(*shared));
  return ApproximationPtr(shared);
}

Result<std::shared_ptr<const Spectrum>> Run::floorOf(const AnyMatrix& X) {
  const auto cacheKey = key("spectrum", X.fingerprint(), "");
  if (auto hit = m_cache.find<Spectrum>(cacheKey)) return hit;
  m_context.report(0, "exact spectrum");
  auto made = spectrum(X, m_context);
  if (!made) return made.error();
  auto shared = std::make_shared<const Spectrum>(std::move(*made));
  m_cache.store<Spectrum>(cacheKey, shared, 1024 + static_cast<std::size_t>(shared->sigma.size()) * sizeof(double));
  return std::shared_ptr<const Spectrum>(shared);
}

// svd gives spectrum and approximation at once; other methods wait for the spectrum only where the budget needs it.
std::optional<Error> Run::findFloors() {
  m_out.floors.clear();
  for (const MatrixPtr& X : m_matrices) {
    if (m_method->spectrumToo) {
      const auto part = runMethod(X, maxDial(X));
      if (!part) return part.error();
      m_out.floors.push_back(std::make_shared<const Spectrum>(std::get<Spectrum>((*part)->diagnostics.front())));
    } else {
      auto floor = floorOf(*X);
      if (!floor) return floor.error();
      m_out.floors.push_back(*floor);
    }
  }
  return std::nullopt;
}

std::optional<Error> Run::chooseDials() {
  std::vector<Index> dials;
  m_out.notices.clear();
  for (std::size_t p = 0; p < m_matrices.size(); ++p) {
    const Index most = maxDial(m_matrices[p]);
    if (const auto* byDial = std::get_if<ByDial>(&m_request.budget)) {
      if (byDial->value > most && p == 0) {
        m_out.notices.push_back(
            m_method->dial.isRank
                ? text("{1} {2} is cut to {3}, the smaller side of the matrix: the approximation is exact",
                       m_method->dial.name, byDial->value, most)
                : text("{1} {2} is cut to {3}, the largest there is", m_method->dial.name, byDial->value, most));
      }
      dials.push_back(std::min(byDial->value, most));
    } else if (findsItsRank()) {
      dials.push_back(most);
    } else {
      const Spectrum& floor = *m_out.floors[p];
      dials.push_back(rankFor(m_request.budget, floor));
      // Rank 0 is for the zero matrix alone. It is said, since rank 1 is not what was asked for.
      if (dials.back() == 1) addNoticeOfRankZero(floor);
    }
  }
  m_out.dials = std::move(dials);
  return std::nullopt;
}

std::optional<Error> Run::approximate() {
  const bool needsFloor =
      m_method->spectrumToo || (!std::holds_alternative<ByDial>(m_request.budget) && !findsItsRank());
  if (needsFloor) {
    if (auto error = findFloors()) return error;
  }
  if (auto error = chooseDials()) return error;
  // Defaults may depend on the rank, which an energy, a tolerance or a rule has told only now.
  if (!std::holds_alternative<ByDial>(m_request.budget)) {
    if (auto refused = resolveParams(std::max<Index>(1, m_out.dials.front()))) return refused;
  }
  std::vector<ApproximationPtr> parts;
  for (std::size_t p = 0; p < m_matrices.size(); ++p) {
    const Index dial = m_out.dials[p];
    if (p > 0 && !std::holds_alternative<ByDial>(m_request.budget)) {  // each channel has its own rank and defaults
      if (auto refused = resolveParams(std::max<Index>(1, dial))) return refused;
    }
    // A rule may answer rank 0 (the zero matrix): the zero approximation, which a rank-1 run cut to 0 is.
    auto part = runMethod(m_matrices[p], std::max<Index>(1, dial));
    if (!part) return part.error();
    // A draw has as many terms as it came to; what is cut elsewhere would be a wrong estimate here.
    const bool asDrawn = isProduct() && !(*part)->nested;
    m_out.dials[p] = asDrawn ? (*part)->maxDial : std::min(dial, (*part)->maxDial);
    for (const Text& notice : (*part)->notices) m_out.notices.push_back(notice);
    if (m_method->spectrumToo) addNoticeOfTie(*m_out.floors[p], m_out.dials[p]);
    parts.push_back(*part);
  }
  m_out.parts = std::move(parts);
  m_out.quality = Quality::Exact;
  m_out.singlePrecisionPreview = false;
  publish();
  // The optimum stands beside measured errors; without them an exact spectrum would cost more than the method itself.
  // A matrix that stays in its file has none.
  if (!needsFloor && m_request.measured && whole().cheapest() != Access::OnePass) {
    if (auto error = findFloors()) {
      // Without the optimum the method's own answer still stands.
      m_out.floors.clear();
      m_out.notices.push_back(text("the optimum is not known: {1}", error->message()));
    }
    publish();
  }
  if (m_request.measured && whole().cheapest() == Access::OnePass)
    addNotice("no optimum and no spectral error: they take more than a pass over the matrix, which stays in its file");
  return std::nullopt;
}

std::optional<Error> Run::measureErrors() {
  if (!m_request.measured) return std::nullopt;
  if (m_partial && m_request.preview) {
    // In the window: a drag keeps all cores for pixels until it has rested for 120 ms.
    const auto until = Clock::now() + std::chrono::milliseconds(120);
    while (Clock::now() < until) {
      if (m_context.cancel.superseded()) throw Cancelled{};
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  m_context.report(0.5, "measuring the error");
  std::string rest = paramsKey() + (draws(*m_method, m_params) ? ";" + show(m_request.seed) : std::string());
  // Both the size asked for and the terms it came to: Poisson draws of two sizes may have as many terms.
  for (std::size_t p = 0; p < m_out.parts.size(); ++p)
    rest += ";" + show(m_out.parts[p]->dial) + "/" + show(m_out.dials[p]);
  rest += m_out.floors.empty() ? ";no floor" : "";
  rest += m_matrices.size() > 1 ? ";per channel" : "";
  const auto cacheKey = key("errors", problemKey(*m_request.problem.X), rest);
  if (const auto hit = m_cache.find<ErrorReport>(cacheKey)) {
    m_out.errors = *hit;
    return std::nullopt;
  }
  std::vector<Spectrum> floors;
  for (const auto& floor : m_out.floors) floors.push_back(*floor);
  auto report = measureParts(whole(), m_out.parts, m_out.dials, floors, m_context);
  if (!report) return report.error();
  m_out.errors = *report;
  m_cache.store<ErrorReport>(cacheKey, std::make_shared<const ErrorReport>(*report), 256);
  return std::nullopt;
}

// The spectrum of the same entries in random places: what structure the matrix has beyond its histogram.
std::optional<Error> Run::addReference() {
  if (!m_request.reference || m_request.problem.X->isComplex()) return std::nullopt;
  const AnyMatrix& X = whole();
  // The method's own answer stands without it.
  if (refuseEntries(X, "a shuffled copy", m_context)) return std::nullopt;
  const auto cacheKey = key("reference", X.fingerprint(), show(m_request.seed));
  m_out.reference = m_cache.find<Spectrum>(cacheKey);
  if (m_out.reference) return std::nullopt;
  m_context.report(0.8, "spectrum of a shuffled copy");
  const auto values = X.entries<double>(m_context);
  if (!values) return values.error();
  if (auto refused = m_context.refuseMemory("a shuffled copy", static_cast<double>((*values)->size()) * 8))
    return refused;
  Matrix<double> shuffled = **values;
  Random draw = m_context.random("shuffle");
  for (Index i = shuffled.size() - 1; i > 0; --i) {  // Fisher–Yates
    std::swap(shuffled.data()[i], shuffled.data()[static_cast<Index>(draw.below(static_cast<std::uint64_t>(i) + 1))]);
  }
  const MatrixPtr other = makeMatrix(std::move(shuffled));
  auto made = spectrum(*other, m_context);
  if (!made) return made.error();
  auto shared = std::make_shared<const Spectrum>(std::move(*made));
  m_cache.store<Spectrum>(cacheKey, shared, 1024 + static_cast<std::size_t>(shared->sigma.size()) * sizeof(double));
  m_out.reference = shared;
  return std::nullopt;
}

std::optional<Error> Run::repeat() {
  if (m_request.trials < 1) return std::nullopt;
  const Index dial = m_out.parts.front()->dial, n = m_request.trials;
  const std::string rest = paramsKey() + ";" + show(dial) + ";" + show(n) + ";" + show(m_request.seed);
  const auto cacheKey = key("trials", problemKey(*m_request.problem.X), rest);
  m_out.trials = m_cache.find<Trials>(cacheKey);
  if (m_out.trials) return std::nullopt;
  std::function<void(const Trials&)> soFar;
  if (m_partial) {
    soFar = [this](const Trials& trials) {
      m_out.trials = std::make_shared<const Trials>(trials);
      publish();
    };
  }
  auto made = m_method->trials(problemOf(m_out.product), dial, m_params, n, m_context, soFar);
  if (!made) return made.error();
  m_out.trials = std::make_shared<const Trials>(std::move(*made));
  m_cache.store<Trials>(cacheKey, m_out.trials, 1024 + 16 * static_cast<std::size_t>(n));
  return std::nullopt;
}

Result<AnalysisPtr> Run::answer() {
  if (auto error = prepare()) return *error;
  if (auto error = multiply()) return *error;
  // What is in the cache already needs no preview.
  if (m_partial) {
    bool known = true;
    for (const MatrixPtr& X : m_matrices) {
      const std::string rest = paramsKey() + ";" + show(maxDial(X));
      known = known && m_method->spectrumToo && m_cache.find<Approximation>(key("method", problemKey(*X), rest));
    }
    if (!known) {
      if (auto error = preview()) return *error;
    }
  }
  if (tooLong()) {
    m_out.complete = true;
    publish();
    return std::make_shared<const Analysis>(m_out);
  }
  if (auto error = approximate()) return *error;
  if (auto error = measureErrors()) return *error;
  if (m_request.reference) publish();
  if (auto error = addReference()) return *error;
  if (auto error = repeat()) return *error;
  m_out.complete = true;
  publish();
  return std::make_shared<const Analysis>(std::move(m_out));
}

}  // namespace

double Analysis::parameters() const {
  double sum = 0;
  for (std::size_t p = 0; p < parts.size(); ++p) sum += costOf(*parts[p], dials[p]).parameters;
  return sum;
}

double Analysis::seconds() const {
  return std::accumulate(parts.begin(), parts.end(), 0.0,
                         [](double sum, const auto& part) { return sum + part->seconds; });
}

double expectedSeconds(const AnalysisRequest& request, bool withOptimum) {
  const AnyMatrix* Y = request.problem.Y.get();
  const Method* method = findMethod(request.method, Y ? Kind::Product : Kind::Matrix);
  if (!method || !request.problem.X) return 0;
  const AnyMatrix& X = *request.problem.X;
  const bool perChannel = request.problem.perChannel && X.channels().size() > 1;
  const auto count = perChannel ? static_cast<Index>(X.channels().size()) : Index{1};
  const auto* byDial = std::get_if<ByDial>(&request.budget);
  const ParamScope scope{.rows = X.rows(),
                         .cols = Y ? Y->cols() : X.cols() / count,
                         .inner = Y ? X.cols() : 0,
                         .dial = byDial ? byDial->value : 1,
                         .precision = request.precision,
                         .given = &request.params};
  double flops = method->cost(scope).flops;
  if (const Sparse* sparse = sparseOf(X); sparse && method->access != Access::Entries) {
    // Products take the entries that are kept; orthogonalising what they give takes all rows, some times the rank.
    const double rows = static_cast<double>(X.rows()), cols = static_cast<double>(X.cols());
    const double kept = static_cast<double>(sparse->nonZeros()) / (rows * cols);
    flops *= std::min(1.0, kept + 4 * static_cast<double>(scope.dial) / std::min(rows, cols));
    if (request.measured) flops += 2 * rows * cols * static_cast<double>(scope.dial);  // the residual has all entries
  }
  if (!method->spectrumToo && withOptimum) flops += linalg::svdFlops(scope.rows, scope.cols, linalg::Job::Values);
  // gesdd ran at about 57 Gflop/s on one AVX2 core (1024², double) by this count of flops; twice that in float, four
  // times slower in complex. An estimate, and shown as one.
  double rate = 50e9;
  if (request.precision == Precision::Float) rate *= 1.8;
  if (X.isComplex()) rate /= 4;
  return flops * static_cast<double>(count) / rate;
}

Result<AnalysisPtr> analyse(const AnalysisRequest& request, ResultCache& cache, const Context& context,
                            const Publish<Analysis>& partial) {
  try {
    return Run(request, cache, context, partial).answer();
  } catch (const ReadFailure& failure) {
    return failure.error();
  }
}

}  // namespace rankscope
