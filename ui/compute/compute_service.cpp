// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compute/compute_service.h"

#include <QPointer>
#include <QTimer>
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <thread>

#if defined(__linux__)
#include <sys/resource.h>
#include <unistd.h>
#endif

#include "core/compute/lane.h"
#include "core/linalg/file_matrix.h"
#include "ui/compute/bin.h"
#include "ui/compute/frame_maker.h"
#include "ui/theme/translated.h"

namespace rankscope::ui {

namespace {

using namespace std::chrono_literals;

enum LaneId { LoadLane, SaveLane, AnalysisLane, SurveyLane, PictureLane, LaneCount };  // in the order of the status bar

constexpr auto kStatusInterval = 50ms;
constexpr auto kTimeToSave = 500ms;
// With both cores busy a niced worker shortens the longest gap of the event loop; pictures stay at the window's
// priority.
constexpr int kAnalysisNiceness = 5;
constexpr int kSurveyNiceness = 10;

// Lowers the calling thread's priority; the threads that it starts inherit it.
void setNiceness([[maybe_unused]] int niceness) {
#if defined(__linux__)
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), niceness);
#endif
}

struct AnalysisJob {
  AnalysisRequest request;
  quint64 generation = 0;
};
struct SurveyJob {
  std::function<void(const Context&)> work;
  std::function<void()> done;
};
struct SaveJob {
  QString what;
  std::function<Result<Done>(const Context&)> work;
};

// What a lane is at, written by its worker and read by the status timer.
class Progress {
 public:
  void set(double fraction, Text what) {
    const std::lock_guard lock(m_mutex);
    m_fraction = fraction;
    m_what = std::move(what);
  }
  std::pair<double, Text> read() const {
    const std::lock_guard lock(m_mutex);
    return {m_fraction, m_what};
  }

 private:
  mutable std::mutex m_mutex;
  double m_fraction = -1;
  Text m_what;
};

// Whether what `running` is at answers `next` too, but for the dial: its decomposition holds every rank.
bool decomposesFor(const AnalysisRequest& running, const AnalysisRequest& next) {
  const Method* method = findMethod(running.method);
  return method && method->spectrumToo && running.problem.X == next.problem.X &&
         running.problem.perChannel == next.problem.perChannel && running.method == next.method &&
         running.params == next.params && running.precision == next.precision &&
         running.exactEvenIfLong == next.exactEvenIfLong;
}

using Deliver = std::function<void()>;                 // runs on the UI thread
using OnError = std::function<Deliver(const Error&)>;  // what to deliver instead of an answer

}  // namespace

struct ComputeService::Impl {
  // What the UI thread knows of a lane.
  struct Account {
    quint64 submitted = 0, finished = 0, dropped = 0;  // generations
    bool busy() const { return finished < submitted; }
  };

  Impl(ComputeService* owner, Formats givenFormats, int threadCount, std::size_t memoryBudget)
      : service(owner),
        formats(std::move(givenFormats)),
        threads(threadCount),
        memory(memoryBudget),
        cache(memoryBudget / 4),
        loads(Pending::Queue,
              [this](const InputSpec& spec, const CancelToken& token, quint64 generation) {
                work(
                    LoadLane, token, generation, [&](Context& context) { return load(spec, context); },
                    failedLoad(spec));
              }),
        analyses(Pending::Replace,
                 [this](const AnalysisJob& job, const CancelToken& token, quint64) {
                   work(
                       AnalysisLane, token, job.generation,
                       [&](Context& context) { return analyse(job.request, context, job.generation); },
                       failed(&ComputeService::analysisFailed, job.generation));
                 }),
        pictures(Pending::Replace,
                 [this](const FrameRequest& request, const CancelToken& token, quint64 generation) {
                   work(
                       PictureLane, token, generation,
                       [&](Context& context) { return draw(request, context, generation); },
                       failed(&ComputeService::drawFailed, generation));
                 }),
        surveys(Pending::Queue,
                [this](const SurveyJob& job, const CancelToken& token, quint64 generation) {
                  work(
                      SurveyLane, token, generation, [&](Context& context) { return survey(job, context); },
                      failedSurvey());
                }),
        saves(Pending::Queue, [this](const SaveJob& job, const CancelToken& token, quint64 generation) {
          work(
              SaveLane, token, generation, [&](Context& context) { return save(job, context); }, failedSave(job.what));
        }) {}

  // Posts to the UI thread. The service outlives its lanes, and what is still posted when it dies is never run.
  void post(Deliver deliver) { QMetaObject::invokeMethod(service, std::move(deliver), Qt::QueuedConnection); }

  // A result of a generation that was cancelled after it was posted is dropped.
  void postResult(LaneId lane, quint64 generation, Deliver deliver) {
    post([this, lane, generation, deliver = std::move(deliver)] {
      if (generation > accounts[lane].dropped) deliver();
    });
  }

  // The outermost frame of every job: nothing but Cancelled leaves it, and the lane's account is closed in the same
  // event that delivers the answer, so that busy() is false when the last answer arrives.
  template <class Job>
  void work(LaneId lane, const CancelToken& token, quint64 generation, Job job, const OnError& onError) {
    if (lane == AnalysisLane) setNiceness(kAnalysisNiceness);
    if (lane == SurveyLane) setNiceness(kSurveyNiceness);
    progress[lane].set(-1, {});
    Context context;
    context.threads = threads;
    context.memory = memory;
    context.cancel = token;
    context.progress = [this, lane](double fraction, const Text& what) { progress[lane].set(fraction, what); };
    Deliver deliver;
    try {
      deliver = job(context);
    } catch (const Cancelled&) {
      // asked for: only the account is closed
    } catch (const ReadFailure& failure) {
      deliver = onError(failure.error());
    } catch (const std::bad_alloc&) {
      deliver = onError(computeError("Out of memory", "this needs more memory than the computer has free",
                                     "choose a smaller rank or a smaller input, or close other programs"));
    } catch (const std::exception& problem) {
      deliver = onError(computeError("Internal problem", text("{1}", problem.what()),
                                     "please report it with the steps that led here"));
    }
    post([this, lane, generation, deliver = std::move(deliver)] {
      Account& account = accounts[lane];
      account.finished = std::max(account.finished, generation);
      if (lane == AnalysisLane) decompositionEnded(generation);
      if (deliver && generation > account.dropped) deliver();
    });
  }

  OnError failed(void (ComputeService::*signal)(quint64, const Error&), quint64 generation) {
    return [this, signal, generation](const Error& error) -> Deliver {
      return [this, signal, generation, error] { emit(service->*signal)(generation, error); };
    };
  }
  OnError failedLoad(const InputSpec& spec) {
    return [this, spec](const Error& error) -> Deliver {
      return [this, spec, error] { emit service->loadFailed(spec, error); };
    };
  }
  OnError failedSave(const QString& what) {
    return [this, what](const Error& error) -> Deliver {
      return [this, what, error] { emit service->saveFailed(what, error); };
    };
  }
  OnError failedSurvey() {
    return [this](const Error& error) -> Deliver { return [this, error] { emit service->surveyFailed(error); }; };
  }

  // The jobs, on their lanes' threads. Each returns what the UI thread is to do with the answer.
  Deliver load(const InputSpec& spec, const Context& context) {
    std::vector<Text> notices;
    Result<Loaded> result = rankscope::load(spec, formats, context, notices);
    if (!result) return failedLoad(spec)(result.error());
    result->matrix = bin.guard(std::move(result->matrix));
    const AnyMatrix& X = *result->matrix;
    const double bytes = 8.0 * static_cast<double>(X.rows()) * static_cast<double>(X.cols());
    if (X.cheapest() == Access::OnePass && bytes > kReadUnasked) {
      return failedLoad(spec)(
          computeError(result->title,
                       text("it does not fit into memory, and its {1} GiB are more than the window reads through",
                            static_cast<Index>(bytes / 0x1p30)),
                       "rankscope-cli approx --method stream passes over it once"));
    }
    result->matrix->summary();  // one pass over the data each: not on the UI thread
    result->matrix->fingerprint();
    context.checkpoint();
    return [this, spec, loaded = *result, notices] { emit service->loaded(spec, loaded, translated(notices)); };
  }

  Deliver analyse(const AnalysisRequest& request, Context& context, quint64 generation) {
    context.seed = request.seed;
    context.precision = request.precision;
    context.threads = std::min(threads, request.threads);
    const auto publish = [&](AnalysisPtr part) {
      if (part->complete) return;  // it is returned as well, and delivered with the end of the job
      postResult(AnalysisLane, generation, [this, generation, part = bin.guard(std::move(part))] {
        emit service->analysed(generation, part);
        if (part->quality == Quality::Exact) decompositionEnded(generation);
      });
    };
    const Result<AnalysisPtr> result = rankscope::analyse(request, cache, context, publish);
    if (!result) return failed(&ComputeService::analysisFailed, generation)(result.error());
    return [this, generation, analysis = bin.guard(*result)] { emit service->analysed(generation, analysis); };
  }

  Deliver draw(const FrameRequest& request, const Context& context, quint64 generation) {
    const auto preview = [&](FramePtr made) {
      postResult(PictureLane, generation,
                 [this, generation, frame = bin.guard(std::move(made))] { emit service->drawn(generation, frame); });
    };
    const FramePtr frame = bin.guard(frames.make(request, context, preview));
    return [this, generation, frame] { emit service->drawn(generation, frame); };
  }

  Deliver survey(const SurveyJob& job, const Context& context) {
    job.work(context);
    context.checkpoint();
    return job.done;
  }

  Deliver save(const SaveJob& job, const Context& context) {
    const Result<Done> result = job.work(context);
    if (!result) return failedSave(job.what)(result.error());
    return [this, what = job.what] { emit service->saved(what); };
  }

  // UI thread.

  // A rank that changes while a decomposition for all ranks runs must not start it again: the newest such wish waits
  // for it.
  quint64 request(const AnalysisRequest& wish) {
    const AnalysisJob job{.request = wish, .generation = accounts[AnalysisLane].submitted + 1};
    if (decomposing && decomposesFor(decomposing->request, wish)) {
      waiting = job;
    } else {
      start(job);
    }
    return submitted(AnalysisLane, job.generation);
  }
  void start(const AnalysisJob& job) {
    waiting.reset();
    decomposing = job;
    analyses.submit(job);
  }
  void decompositionEnded(quint64 generation) {
    if (!decomposing || decomposing->generation != generation) return;
    decomposing.reset();
    if (waiting) start(AnalysisJob(*waiting));
  }

  quint64 submitted(LaneId lane, quint64 generation) {
    accounts[lane].submitted = generation;
    if (!statusTimer->isActive()) statusTimer->start();
    return generation;
  }
  void dropped(LaneId lane) {
    Account& account = accounts[lane];
    account.dropped = account.finished = account.submitted;
  }
  bool busy() const {
    return std::any_of(accounts.begin(), accounts.end(), [](const Account& account) { return account.busy(); });
  }

  QString idleText(LaneId lane) const {
    switch (lane) {
      case LoadLane:
        return tr("Reading");
      case SaveLane:
        return tr("Saving");
      case AnalysisLane:
        return tr("Computing");
      case SurveyLane:
        return tr("Preparing previews");
      case PictureLane:
        return tr("Drawing");
      case LaneCount:
        break;
    }
    return {};
  }

  void showStatus() {
    bool working = false;
    QString what;
    double fraction = -1;
    for (int lane = 0; lane < LaneCount && !working; ++lane) {
      if (!accounts[static_cast<std::size_t>(lane)].busy()) continue;
      working = true;
      const auto [done, doing] = progress[static_cast<std::size_t>(lane)].read();
      fraction = done;
      what = doing.empty() ? idleText(static_cast<LaneId>(lane)) : translated(doing);
    }
    if (!working) statusTimer->stop();
    if (working == shownBusy && what == shownWhat && fraction == shownFraction) return;
    shownBusy = working;
    shownWhat = what;
    shownFraction = fraction;
    emit service->busyChanged(working, what, fraction);
  }

  ComputeService* const service;
  const Formats formats;
  const int threads;
  const std::size_t memory;
  ResultCache cache;
  const Bin bin;
  FrameMaker frames;  // the picture lane's
  std::array<Progress, LaneCount> progress;
  std::array<Account, LaneCount> accounts;  // the UI thread's, as all below
  std::optional<AnalysisJob> decomposing;   // sent to the lane, and not yet exact
  std::optional<AnalysisJob> waiting;       // for that one
  QTimer* statusTimer = nullptr;
  bool shownBusy = false;
  QString shownWhat;
  double shownFraction = -1;
  // Last: they join before anything that their jobs use goes away.
  Lane<InputSpec> loads;
  Lane<AnalysisJob> analyses;
  Lane<FrameRequest> pictures;
  Lane<SurveyJob> surveys;
  Lane<SaveJob> saves;
};

ComputeService::ComputeService(Formats formats, int threads, std::size_t memory, QObject* parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(this, std::move(formats), threads, memory)) {
  m_impl->statusTimer = new QTimer(this);
  m_impl->statusTimer->setInterval(kStatusInterval);
  connect(m_impl->statusTimer, &QTimer::timeout, this, [this] { m_impl->showStatus(); });
}

ComputeService::~ComputeService() {
  m_impl->loads.cancel();
  m_impl->analyses.cancel();
  m_impl->pictures.cancel();
  cancelSurveys();
  const auto patienceEnds = std::chrono::steady_clock::now() + kTimeToSave;
  while (!m_impl->saves.idle() && std::chrono::steady_clock::now() < patienceEnds) std::this_thread::sleep_for(5ms);
  m_impl->saves.cancel();
  m_impl.reset();
}

const Formats& ComputeService::formats() const { return m_impl->formats; }
int ComputeService::threads() const { return m_impl->threads; }
ResultCache& ComputeService::cache() { return m_impl->cache; }

void ComputeService::load(const InputSpec& spec) { m_impl->submitted(LoadLane, m_impl->loads.submit(spec)); }

void ComputeService::cancelLoads() {
  m_impl->loads.cancel();
  m_impl->dropped(LoadLane);
  emit loadsCancelled();
}

quint64 ComputeService::analyse(const AnalysisRequest& request) { return m_impl->request(request); }

void ComputeService::cancelAnalysis() {
  m_impl->decomposing.reset();
  m_impl->waiting.reset();
  m_impl->analyses.cancel();
  m_impl->dropped(AnalysisLane);
}

quint64 ComputeService::draw(const FrameRequest& request) {
  return m_impl->submitted(PictureLane, m_impl->pictures.submit(request));
}

void ComputeService::survey(QObject* owner, std::function<void(const Context&)> work, std::function<void()> done) {
  auto whileThere = [owner = QPointer<QObject>(owner), done = std::move(done)] {
    if (owner) done();
  };
  m_impl->submitted(SurveyLane, m_impl->surveys.submit({.work = std::move(work), .done = std::move(whileThere)}));
}

void ComputeService::cancelSurveys() {
  m_impl->surveys.cancel();
  m_impl->dropped(SurveyLane);
  emit surveysCancelled();
}

void ComputeService::save(const QString& what, std::function<Result<Done>(const Context&)> work) {
  m_impl->submitted(SaveLane, m_impl->saves.submit({.what = what, .work = std::move(work)}));
}

bool ComputeService::busy() const { return m_impl->busy(); }
bool ComputeService::isSaving() const { return m_impl->accounts[SaveLane].busy(); }

}  // namespace rankscope::ui
