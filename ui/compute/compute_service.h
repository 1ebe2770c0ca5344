// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <functional>
#include <memory>

#include "core/compute/analysis.h"
#include "core/compute/drawing.h"
#include "core/io/input.h"

namespace rankscope::ui {

/// Pictures of one frame: what the three panes show of one analysis at one rank.
struct FrameRequest {
  std::shared_ptr<const Pyramid> original;
  std::shared_ptr<const Drawing> drawing;  ///< null: made from `analysis`, once for all frames of its parts
  AnalysisPtr analysis;                    ///< null too: only the original
  std::vector<Terms> terms;                ///< one for each part, or one for all
  Tile visible;                            ///< empty: base only
  int level = 0;                           ///< of the visible part
  bool wantResidual = true;
};
/// Pictures that did not change since the frame before are the same objects. A detail is null when the base shows the
/// visible part as well.
struct Frame {
  FrameRequest request;
  PicturePtr originalBase, originalDetail, approximationBase, approximationDetail, residualBase, residualDetail;
  bool complete = true;  ///< false: at half size, because the whole takes longer than a frame; the whole follows
};
using FramePtr = std::shared_ptr<const Frame>;

/// Runs everything off the UI thread, in lanes: load (queue), analysis, picture (latest wins), survey (queue, low
/// priority: thumbnails, export previews), save (queue). Results come as signals on the UI thread, with the generation
/// that the call returned; generations grow, and a superseded request may still deliver. No call blocks. The destructor
/// cancels what runs and joins; a write in progress is given half a second.
class ComputeService : public QObject {
  Q_OBJECT

 public:
  /// memory: bytes a computation may add to what is loaded; a quarter of it is for cached results.
  ComputeService(Formats formats, int threads, std::size_t memory, QObject* parent = nullptr);
  ~ComputeService() override;

  const Formats& formats() const;
  int threads() const;
  ResultCache& cache();  ///< thread-safe: for work on the survey lane

  /// The summary and the fingerprint of the matrix are there when it arrives. One load after the other.
  void load(const InputSpec& spec);
  void cancelLoads();
  quint64 analyse(const AnalysisRequest& request);
  /// Nothing more comes for the requests made so far.
  void cancelAnalysis();
  quint64 draw(const FrameRequest& request);
  /// Any small job on the survey lane: `work` off the UI thread, `done` on it (not when the work was cancelled or
  /// failed, nor once `owner` or the service is gone). `work` outlives the owner: it holds what it uses.
  void survey(QObject* owner, std::function<void(const Context&)> work, std::function<void()> done);
  void cancelSurveys();
  /// A write on the save lane, each in its turn.
  void save(const QString& what, std::function<Result<Done>(const Context&)> work);
  bool busy() const;  ///< some answer is still to come
  bool isSaving() const;

 signals:
  void loaded(const rankscope::InputSpec& spec, const rankscope::Loaded& result, const QStringList& notices);
  void loadFailed(const rankscope::InputSpec& spec, const rankscope::Error& error);
  void loadsCancelled();  ///< nothing comes for what was being read: whoever waits for it asks again, or no more
  void analysed(quint64 generation, const rankscope::AnalysisPtr& analysis);
  void analysisFailed(quint64 generation, const rankscope::Error& error);
  void drawn(quint64 generation, const rankscope::ui::FramePtr& frame);
  void drawFailed(quint64 generation, const rankscope::Error& error);
  void surveyFailed(const rankscope::Error& error);
  void surveysCancelled();  ///< also at the end: whoever gave its work a token of its own stops it too
  void saved(const QString& what);
  void saveFailed(const QString& what, const rankscope::Error& error);
  /// At most 20 times a second. `what`: a few words for the status bar; `fraction`: negative when unknown.
  void busyChanged(bool busy, const QString& what, double fraction);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace rankscope::ui
