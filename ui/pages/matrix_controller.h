// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ui/compute/compute_service.h"
#include "ui/document/session.h"
#include "ui/pages/rank_curves.h"

namespace rankscope::ui {

/// PSNR and SSIM of the picture shown, and for which ranks they were worked out.
struct PictureQuality {
  std::optional<double> psnr, ssim;
  std::vector<Index> ranks;
  const Analysis* of = nullptr;
};

/// The relative error of what is shown, as far as it is known.
struct ErrorNow {
  enum Sign {
    Unknown,
    Equal,    ///< measured, or by Eckart–Young of an exact spectrum
    About,    ///< estimated
    AtLeast,  ///< no matrix of this rank is nearer, and the method may be farther
  } sign = Unknown;
  double value = 0;
};

/// Where the answer stands.
enum class Stage {
  Empty,      ///< no input
  Loading,    ///< the input is being read
  Unusable,   ///< the input is shown, and cannot be computed with as it is
  Computing,  ///< nothing to show yet
  Preview,    ///< a randomized preview is shown, the exact answer is on its way
  Offer,  ///< a preview or less is shown; the exact answer would take long, or was cancelled, and waits to be asked for
  Updating,  ///< an older answer is shown, the new one is on its way
  Ready,     ///< what is shown is what was asked for
  Failed     ///< the computation failed; what was there before stays
};

/// Turns the session's state into requests and the answers into what the Matrix room shows. Knows no widget. Ranks move
/// without waiting: pictures come from the factors of the latest analysis, numbers from the error curves; the measured
/// errors are asked for when the rank has rested for kSettleMs.
class MatrixRoomController : public QObject {
  Q_OBJECT

 public:
  static constexpr int kSettleMs = 120;

  MatrixRoomController(Session& session, ComputeService& service, QObject* parent = nullptr);

  // What is shown.
  const InputSpec* spec() const;  ///< the chosen input, or null
  const Loaded* input() const;    ///< the input on screen (the one before, while the next is read), or null
  AnalysisPtr analysis() const { return m_analysis; }
  FramePtr frame() const { return m_frame; }
  const RankCurves& curves() const { return m_curves; }
  Stage stage() const;
  std::vector<Index> ranks() const;  ///< the dial asked for, of each part
  Index rank() const;                ///< of the first part
  Index maxRank() const;
  std::vector<Index> drawnRanks() const;  ///< what the pictures can show of it now
  bool isMeasured() const;                ///< analysis()->errors belong to what is asked for
  const PictureQuality* quality() const;  ///< of what is asked for, or null while unknown
  const std::optional<Error>& failure() const { return m_failure; }
  bool isPicture() const;
  bool isOptimal() const;    ///< the method asked for gives the best approximation of each rank
  const Dial& dial() const;  ///< of the method asked for
  /// The method works out itself how far a tolerance reaches, and one is asked for.
  bool findsItsRank() const;
  /// Of each part: the rank whose r(n + m) numbers are as many as are shown, rounded down; empty before an answer.
  std::vector<Index> equalRanks() const;
  ErrorNow error() const;
  Index channelCount() const;
  bool isSettled() const;  ///< everything on screen is final

  // Wishes. Each is one undo step; those between beginGesture and endGesture are one together.
  void beginGesture();
  void endGesture();
  void setRank(Index rank);
  void stepRank(Index by);
  void jumpRank(bool toEnd);
  void setEnergy(double share);
  void setTolerance(double relative);
  void setRule(RankRule rule);
  void setMethod(const std::string& id);
  void setParams(const ParamValues& params);
  void setSeed(std::uint64_t seed);
  void setMuted(Index layer, bool muted);
  void unmuteAll();
  void selectInput(int index);
  void removeInput(int index);
  void reorderInputs(const std::vector<int>& order);
  void changeInput(const QString& label, const std::function<void(InputSpec&)>& change);
  void setView(const std::string& key, const std::string& value, const QString& label);
  void computeExactly();
  void cancel();
  void retry();

  /// The part of the matrix the panes show and its level; drawn at once.
  void setVisible(const Tile& visible, int level);
  const Tile& visible() const { return m_visible; }

 signals:
  void inputChanged();     ///< another matrix, or none
  void analysisChanged();  ///< other spectra, factors or errors
  void rankMoved();        ///< the rank asked for
  void stageChanged();
  void frameChanged();
  void qualityChanged();
  void failed(const rankscope::Error& error);
  void inputFailed(const rankscope::InputSpec& spec, const rankscope::Error& error);

 private:
  void sync();
  void acceptAnalysis(quint64 generation, const AnalysisPtr& analysis);
  void acceptFrame(quint64 generation, const FramePtr& frame);
  void showMatrix(const Loaded* loaded);
  AnalysisRequest wish(bool measured) const;
  void submit(bool measured);
  void onBudgetChanged();
  void onSettled();
  void requestFrame();
  void requestQuality();
  std::vector<Terms> shownTerms() const;
  bool matchesWish(const AnalysisRequest& request) const;
  bool answersWish() const;  ///< m_analysis answers the wish, whatever its budget
  void edit(const QString& label, const std::function<void(MatrixRoom&)>& change);

  Session& m_session;
  ComputeService& m_service;
  QTimer m_settle;
  quint64 m_gesture = 0;

  std::optional<Loaded> m_input;
  std::shared_ptr<const Pyramid> m_pyramid;
  std::optional<AnalysisRequest> m_wish;  ///< the last one submitted
  Budget m_budget;                        ///< the last one acted on
  std::vector<Index> m_muted;
  bool m_exactEvenIfLong = false;
  AnalysisPtr m_analysis;
  RankCurves m_curves;
  quint64 m_asked = 0, m_shown = 0;  ///< generations of analyses
  bool m_pending = false;
  std::optional<Error> m_failure;
  bool m_unusable = false;

  Tile m_visible;
  int m_level = 0;
  FramePtr m_frame;
  quint64 m_frameAsked = 0, m_frameShown = 0;
  std::optional<PictureQuality> m_quality;
  quint64 m_qualityAsked = 0;
  bool m_qualityPending = false;
  std::set<InputSpec> m_loading, m_unreadable;
};

}  // namespace rankscope::ui
