// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <vector>

#include "core/compute/compare.h"
#include "ui/compute/compute_service.h"
#include "ui/document/session.h"

namespace rankscope::ui {

class MatrixRoomController;

/// Runs the session's comparison on the input on screen, cell by cell on the survey lane, so that thumbnails and pins
/// come in between. What is known stays known: another grid computes only what is new. Nothing runs unasked: a
/// comparison that was opened with a session or came back by undo waits for run().
class CompareBook : public QObject {
  Q_OBJECT

 public:
  CompareBook(MatrixRoomController& controller, Session& session, ComputeService& service, QObject* parent);
  ~CompareBook() override;

  /// Makes this the session's comparison and brings the errors to the front, one undo step, and runs it.
  void start(const Comparison& wish);
  /// Computes what is not known yet.
  void run();
  /// Stops; what is known stays.
  void cancel();
  void clear();

  bool hasWish() const;
  bool isRunning() const { return m_running; }
  std::size_t total() const;  ///< cells of the comparison
  std::size_t known() const;  ///< of those the ones that are there
  /// The rows that are there, in the order of methods and ranks.
  std::vector<CompareRow> rows() const;

 signals:
  void changed();

 private:
  using Key = std::tuple<Fingerprint, bool, std::string, std::string, Index, std::uint64_t, Precision>;
  struct Cell {
    ComparedMethod method;
    Index rank = 0;
  };
  /// What rows() goes by, as changed() told last.
  struct Told {
    Comparison wish;
    MatrixPtr X;
    bool perChannel = false;
    std::uint64_t seed = 0;
    Precision precision = Precision::Double;
    bool operator==(const Told&) const = default;
  };
  std::vector<Cell> cells() const;
  static std::optional<Key> keyOf(const Cell& cell, const CompareRequest& all);  ///< nothing without an input
  CompareRequest request() const;
  void next();
  void sync();

  MatrixRoomController& m_controller;
  Session& m_session;
  ComputeService& m_service;
  std::map<Key, CompareRow> m_known;
  std::shared_ptr<CancelSource> m_source;  ///< of the cell that runs
  bool m_running = false;
  Told m_told;
};

}  // namespace rankscope::ui
