// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compute/bin.h"

#include <QTest>
#include <atomic>
#include <optional>

using namespace rankscope::ui;

namespace {

/// Notes where it is freed.
struct Heavy {
  std::atomic<std::thread::id>& freedOn;
  std::shared_ptr<const Heavy> part;
  ~Heavy() { freedOn = std::this_thread::get_id(); }
};

std::shared_ptr<const Heavy> heavy(std::atomic<std::thread::id>& freedOn, std::shared_ptr<const Heavy> part = {}) {
  return std::shared_ptr<const Heavy>(new Heavy{freedOn, std::move(part)});
}

}  // namespace

class TstBin : public QObject {
  Q_OBJECT

 private slots:
  void theLastOwnerDoesNotFree() {
    std::atomic<std::thread::id> outer, inner;
    {
      const Bin bin;
      auto object = bin.guard(heavy(outer, bin.guard(heavy(inner))));
      const auto other = object;
      object.reset();
      QCOMPARE(other->part->part, nullptr);  // still alive
      QVERIFY(outer.load() == std::thread::id());
    }
    // The bin has waited for its thread. What `outer` held may have come after it closed, never onto this thread.
    QVERIFY(outer.load() != std::thread::id() && outer.load() != std::this_thread::get_id());
    QVERIFY(inner.load() != std::thread::id() && inner.load() != std::this_thread::get_id());
  }

  void theSameObjectComesBack() {
    std::atomic<std::thread::id> freedOn;
    const Bin bin;
    const auto object = heavy(freedOn);
    QVERIFY(bin.guard(object) == object);
  }

  void afterTheBinThingsAreFreedInPlace() {
    std::atomic<std::thread::id> freedOn;
    std::optional<Bin> bin(std::in_place);
    auto object = bin->guard(heavy(freedOn));
    bin.reset();
    QVERIFY(freedOn.load() == std::thread::id());
    object.reset();
    QVERIFY(freedOn.load() == std::this_thread::get_id());
  }
};

QTEST_GUILESS_MAIN(TstBin)
#include "tst_bin.moc"
