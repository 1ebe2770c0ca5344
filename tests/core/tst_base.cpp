// SPDX-License-Identifier: GPL-3.0-or-later
#include <atomic>
#include <cmath>
#include <vector>

#include "core/base/context.h"
#include "core/base/fingerprint.h"
#include "core/base/json.h"
#include "core/compute/cache.h"
#include "tests/support/support.h"

using namespace rankscope;

class TstBase : public QObject {
  Q_OBJECT

 private slots:
  void textFillsItsPlacesAndKeepsWhatHasNone() {
    QCOMPARE(text("{1} has {2} columns, {3}", "a.csv", 4).str(), std::string("a.csv has 4 columns, {3}"));
    QCOMPARE(Text("{1}", {"{1}"}).str(), std::string("{1}"));
    QCOMPARE(text("{1} {2}", 1, 2).fill("{2}:{1}"), std::string("2:1"));
  }

  void errorsAreOneLine() {
    const Error error = inputError("we\nird\tname.csv", "cell \x01 is bad", "look at it", 3, 7);
    QCOMPARE(error.message(), std::string("we\\nird\\tname.csv:3:7: cell ? is bad (look at it)"));
    QCOMPARE(usageError("--rank", "must be at least 1").message(), std::string("--rank: must be at least 1"));
  }

  void parallelForRunsEachIndexOnceOnAnyThreadCount() {
    for (int threads : {1, 2, 5}) {
      Context context;
      context.threads = threads;
      std::vector<std::atomic<int>> runs(100);
      parallelFor(context, 100, [&](Index i) { ++runs[static_cast<std::size_t>(i)]; });
      for (const auto& n : runs) QCOMPARE(n.load(), 1);
    }
  }

  void parallelForRethrowsTheBodysException() {
    Context context;
    context.threads = 3;
    std::string caught;
    try {
      parallelFor(context, 50, [](Index i) {
        if (i == 7) throw std::runtime_error("seven");
      });
    } catch (const std::runtime_error& error) {
      caught = error.what();
    }
    QCOMPARE(caught, std::string("seven"));
  }

  void parallelForStopsOnCancel() {
    CancelSource source;
    Context context;
    context.threads = 2;
    context.cancel = source.token();
    std::atomic<int> ran{0};
    bool cancelled = false;
    try {
      parallelFor(context, 100000, [&](Index) {
        if (++ran == 10) source.stop();
      });
    } catch (const Cancelled&) {
      cancelled = true;
    }
    QVERIFY(cancelled);
    QVERIFY(ran.load() < 100000);
  }

  void nestedParallelForIsSerial() {
    Context context;
    context.threads = 4;
    std::atomic<int> sum{0};
    parallelFor(context, 4, [&](Index) { parallelFor(context, 10, [&](Index i) { sum += static_cast<int>(i); }); });
    QCOMPARE(sum.load(), 4 * 45);
  }

  void aSupersededTokenLivesOutItsPatience() {
    CancelSource source;
    const CancelToken token = source.token();
    QVERIFY(!token.cancelled());
    source.supersede(std::chrono::hours(1));
    QVERIFY(!token.cancelled());
    QVERIFY(token.superseded());
    source.supersede(std::chrono::nanoseconds(0));  // the first end stands
    QVERIFY(!token.cancelled());
    source.stop();
    QVERIFY(token.cancelled());
    QVERIFY(!CancelToken().cancelled());
  }

  void memoryIsRefusedBeforeItIsTaken() {
    Context context;
    context.memory = 1000;
    QVERIFY(!context.refuseMemory("x", 1000));
    const auto refused = context.refuseMemory("the SVD", 2048);
    QVERIFY(refused.has_value());
    QVERIFY(refused->kind == ErrorKind::Compute);
    QCOMPARE(refused->message(), std::string("the SVD: this needs 2 KiB of memory and 1000 B are allowed (raise "
                                             "--max-memory or choose a smaller rank)"));
    QVERIFY(defaultMemoryBudget() > 0);
  }

  void fingerprintsTellContentApart() {
    const Fingerprint a = fingerprintOf("abc"), b = fingerprintOf("abd");
    QVERIFY(a != b);
    QVERIFY(a == fingerprintOf("abc"));
    QVERIFY(combine(a, b) != combine(b, a));
    QVERIFY(Fingerprint::fromHex(a.hex()) == a);
    QVERIFY(Fingerprint::fromHex("not a fingerprint") == Fingerprint{});
  }

  void jsonNeverHoldsNaN() {
    QCOMPARE(number(std::nan("")).dump(), std::string("null"));
    QCOMPARE(number(INFINITY).dump(), std::string("null"));
    QCOMPARE(number(0.1).dump(), std::string("0.1"));
  }

  void theCacheDropsTheLeastRecentlyUsed() {
    ResultCache cache(100);
    const auto key = [](const char* name) { return fingerprintOf(std::string_view(name)); };
    cache.store<int>(key("a"), std::make_shared<const int>(1), 40);
    cache.store<int>(key("b"), std::make_shared<const int>(2), 40);
    QVERIFY(cache.find<int>(key("a")));  // a is now the younger
    cache.store<int>(key("c"), std::make_shared<const int>(3), 40);
    QVERIFY(!cache.find<int>(key("b")));
    QCOMPARE(*cache.find<int>(key("a")), 1);
    QVERIFY(!cache.find<double>(key("a")));  // another type is a miss
    cache.store<int>(key("huge"), std::make_shared<const int>(4), 1000);
    QVERIFY(!cache.find<int>(key("huge")));
    QCOMPARE(cache.bytes(), std::size_t{80});
  }
};

QTEST_GUILESS_MAIN(TstBase)
#include "tst_base.moc"
