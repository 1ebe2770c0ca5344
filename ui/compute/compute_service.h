// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>
#include <memory>

#include "core/compute/analysis.h"
#include "core/compute/drawing.h"
#include "core/io/input.h"

namespace rankscope::ui {

/// Pictures of one frame: what the three panes show of one analysis at one rank.
struct FrameRequest {
  std::shared_ptr<const Pyramid> original;
  std::shared_ptr<const Drawing> drawing;  ///< null: only the original
  std::vector<Terms> terms;
  Tile visible;   ///< empty: base only
  int level = 0;  ///< of the visible part
  bool wantResidual = true;
};
struct Frame {
  FrameRequest request;
  PicturePtr originalBase, originalDetail, approximationBase, approximationDetail, residualBase, residualDetail;
};
using FramePtr = std::shared_ptr<const Frame>;

/// Runs everything off the UI thread, in lanes: load (queue), analysis, picture (latest wins), survey (thumbnails,
/// reference), save (queue). Results are posted to the UI thread by signals; a result newer than the one shown is
/// accepted.
class ComputeService : public QObject {
  Q_OBJECT

 public:
  ComputeService(Formats formats, int threads, std::size_t memory, QObject* parent = nullptr);
  ~ComputeService() override;

  const Formats& formats() const;
  int threads() const;

  void load(const InputSpec& spec);
  quint64 analyse(const AnalysisRequest& request);
  void cancelAnalysis();
  quint64 draw(const FrameRequest& request);
  /// Any small job on the survey lane: `work` off the UI thread, `done` on it (never called after destruction).
  void survey(std::function<void(const Context&)> work, std::function<void()> done);
  /// A write on the save lane.
  void save(const QString& what, std::function<Result<Done>(const Context&)> work);
  bool busy() const;

 signals:
  void loaded(const rankscope::InputSpec& spec, const rankscope::Loaded& result, const QStringList& notices);
  void loadFailed(const rankscope::InputSpec& spec, const rankscope::Error& error);
  void analysed(quint64 generation, const rankscope::AnalysisPtr& analysis);
  void analysisFailed(quint64 generation, const rankscope::Error& error);
  void drawn(quint64 generation, const rankscope::ui::FramePtr& frame);
  void saved(const QString& what);
  void saveFailed(const QString& what, const rankscope::Error& error);
  void busyChanged(bool busy, const QString& what, double fraction);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace rankscope::ui
