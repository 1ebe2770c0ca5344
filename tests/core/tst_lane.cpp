// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compute/lane.h"

#include <QTest>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

using namespace rankscope;
using namespace std::chrono_literals;

namespace {

constexpr auto kForever = 60s;  // a bound for a hung lane, never reached otherwise: the machine may be busy
constexpr auto kPatience = std::chrono::milliseconds(kForever);

// Values from the lane's thread, waited for by the test's.
class Log {
 public:
  void add(int value) {
    const std::lock_guard lock(m_mutex);
    m_values.push_back(value);
    m_changed.notify_all();
  }
  bool waitForCount(std::size_t count) {
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, kForever, [&] { return m_values.size() >= count; });
  }
  bool waitForLast(int value) {
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, kForever, [&] { return !m_values.empty() && m_values.back() == value; });
  }
  std::vector<int> values() const {
    const std::lock_guard lock(m_mutex);
    return m_values;
  }

 private:
  mutable std::mutex m_mutex;
  std::condition_variable m_changed;
  std::vector<int> m_values;
};

class Gate {
 public:
  void open() {
    const std::lock_guard lock(m_mutex);
    m_open = true;
    m_changed.notify_all();
  }
  bool wait() {
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, kForever, [&] { return m_open; });
  }

 private:
  std::mutex m_mutex;
  std::condition_variable m_changed;
  bool m_open = false;
};

// As a computation does: works until somebody says stop.
void workUntilCancelled(const CancelToken& token) {
  const auto end = std::chrono::steady_clock::now() + kForever;
  while (std::chrono::steady_clock::now() < end) {
    if (token.cancelled()) throw Cancelled{};
    std::this_thread::sleep_for(100us);
  }
}

bool becomesSuperseded(const CancelToken& token) {
  const auto end = std::chrono::steady_clock::now() + kForever;
  while (!token.superseded() && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(100us);
  return token.superseded();
}

bool becomesIdle(const auto& lane) {
  const auto end = std::chrono::steady_clock::now() + kForever;
  while (!lane.idle() && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(100us);
  return lane.idle();
}

}  // namespace

class TstLane : public QObject {
  Q_OBJECT

 private slots:
  void runsOnAThreadOfItsOwn();
  void theNewestWins();
  void aDragStillDelivers();
  void withoutPatienceTheSupersededIsCancelled();
  void aQueueKeepsItsOrder();
  void cancelDropsWhatRunsAndWaits();
  void cancelledIsSilent();
  void destructionStopsAndJoins();
  void destructionDropsWhatWaits();
  void generationsGrowUnderManySubmitters();
};

void TstLane::runsOnAThreadOfItsOwn() {
  std::atomic<bool> same{true};
  Log log;
  const auto here = std::this_thread::get_id();
  Lane<int> lane(Pending::Queue, [&](int value, const CancelToken&, std::uint64_t) {
    same = std::this_thread::get_id() == here;
    log.add(value);
  });
  QVERIFY(lane.idle());
  QCOMPARE(lane.submit(7), std::uint64_t{1});
  QVERIFY(log.waitForCount(1));
  QVERIFY(!same);
  QVERIFY(becomesIdle(lane));
}

void TstLane::theNewestWins() {
  Gate gate;
  Log started, done;
  Lane<int> lane(
      Pending::Replace,
      [&](int value, const CancelToken&, std::uint64_t generation) {
        started.add(value);
        if (generation == 1 && !gate.wait()) return;
        done.add(value);
      },
      kPatience);
  lane.submit(1);
  QVERIFY(started.waitForCount(1));
  for (int value = 2; value <= 100; ++value) lane.submit(value);
  gate.open();
  QVERIFY(done.waitForLast(100));
  QCOMPARE(done.values(), (std::vector<int>{1, 100}));  // what waited was replaced, what ran was let finish
}

// The drag at its worst: every job is superseded while it runs. With patience each still delivers.
void TstLane::aDragStillDelivers() {
  constexpr int kSteps = 40;
  Log started, done;
  Lane<int> lane(
      Pending::Replace,
      [&](int value, const CancelToken& token, std::uint64_t) {
        started.add(value);
        if (value < kSteps && !becomesSuperseded(token)) return;
        if (token.cancelled()) throw Cancelled{};
        done.add(value);
      },
      kPatience);
  for (int value = 1; value <= kSteps; ++value) {
    lane.submit(value);
    QVERIFY(started.waitForLast(value));
  }
  QVERIFY(done.waitForLast(kSteps));
  QCOMPARE(done.values().size(), std::size_t{kSteps});
}

void TstLane::withoutPatienceTheSupersededIsCancelled() {
  constexpr int kSteps = 20;
  Log started, done;
  Lane<int> lane(
      Pending::Replace,
      [&](int value, const CancelToken& token, std::uint64_t) {
        started.add(value);
        if (value < kSteps) workUntilCancelled(token);
        done.add(value);
      },
      0ms);
  for (int value = 1; value <= kSteps; ++value) {
    lane.submit(value);
    QVERIFY(started.waitForLast(value));
  }
  QVERIFY(done.waitForLast(kSteps));
  QCOMPARE(done.values(), std::vector<int>{kSteps});
}

void TstLane::aQueueKeepsItsOrder() {
  Log log;
  std::atomic<bool> superseded{false};
  Lane<int> lane(Pending::Queue, [&](int value, const CancelToken& token, std::uint64_t generation) {
    if (token.superseded() || generation != static_cast<std::uint64_t>(value)) superseded = true;
    log.add(value);
  });
  std::vector<int> expected;
  for (int value = 1; value <= 500; ++value) {
    lane.submit(value);
    expected.push_back(value);
  }
  QVERIFY(log.waitForCount(expected.size()));
  QCOMPARE(log.values(), expected);
  QVERIFY(!superseded);
}

void TstLane::cancelDropsWhatRunsAndWaits() {
  Log started, done;
  Lane<int> lane(Pending::Queue, [&](int value, const CancelToken& token, std::uint64_t) {
    started.add(value);
    if (value == 1) workUntilCancelled(token);
    done.add(value);
  });
  lane.submit(1);
  QVERIFY(started.waitForCount(1));
  for (int value = 2; value <= 5; ++value) lane.submit(value);
  lane.cancel();
  lane.submit(6);
  QVERIFY(done.waitForLast(6));
  QCOMPARE(started.values(), (std::vector<int>{1, 6}));
  QCOMPARE(done.values(), std::vector<int>{6});
}

void TstLane::cancelledIsSilent() {
  Log log;
  Lane<int> lane(Pending::Queue, [&](int value, const CancelToken&, std::uint64_t) {
    if (value < 0) throw Cancelled{};
    log.add(value);
  });
  lane.submit(-1);
  lane.submit(-1);
  lane.submit(3);
  QVERIFY(log.waitForCount(1));
  QCOMPARE(log.values(), std::vector<int>{3});
  QVERIFY(becomesIdle(lane));
}

void TstLane::destructionStopsAndJoins() {
  Log started;
  auto left = std::make_shared<std::atomic<bool>>(false);
  {
    Lane<int> lane(Pending::Replace, [&started, left](int value, const CancelToken& token, std::uint64_t) {
      started.add(value);
      try {
        workUntilCancelled(token);
      } catch (const Cancelled&) {
        *left = true;
        throw;
      }
    });
    lane.submit(1);
    QVERIFY(started.waitForCount(1));
  }
  QVERIFY(*left);  // stopped by the token, and the thread is gone: nothing else holds the job
  QCOMPARE(left.use_count(), 1L);
}

void TstLane::destructionDropsWhatWaits() {
  Log started;
  {
    Lane<int> lane(Pending::Queue, [&](int value, const CancelToken& token, std::uint64_t) {
      started.add(value);
      workUntilCancelled(token);
    });
    for (int value = 1; value <= 10; ++value) lane.submit(value);
    QVERIFY(started.waitForCount(1));
  }
  QCOMPARE(started.values(), std::vector<int>{1});
}

void TstLane::generationsGrowUnderManySubmitters() {
  constexpr int kThreads = 4, kEach = 500;
  std::atomic<std::uint64_t> last{0};
  std::atomic<bool> ordered{true};
  std::atomic<int> runs{0};
  Lane<int> lane(Pending::Replace, [&](int, const CancelToken& token, std::uint64_t generation) {
    if (generation <= last.exchange(generation)) ordered = false;
    ++runs;
    if (token.cancelled()) throw Cancelled{};
  });
  {
    std::vector<std::jthread> submitters;
    for (int t = 0; t < kThreads; ++t) {
      submitters.emplace_back([&] {
        for (int i = 0; i < kEach; ++i) lane.submit(i);
      });
    }
  }
  QVERIFY(becomesIdle(lane));
  QVERIFY(ordered);
  QVERIFY(runs <= kThreads * kEach);
  QCOMPARE(last.load(), std::uint64_t{kThreads * kEach});  // the newest always runs
}

QTEST_GUILESS_MAIN(TstLane)
#include "tst_lane.moc"
