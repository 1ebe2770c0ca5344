// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <memory>
#include <optional>
#include <set>

#include "ui/compute/compute_service.h"
#include "ui/document/session.h"

namespace rankscope::ui {

enum class Stage;

/// Turns the session's state into requests and the answers into what the Product room shows. Knows no widget. Works
/// only while its room is in front.
class ProductController : public QObject {
  Q_OBJECT

 public:
  /// The expected relative error of drawing with replacement over the number of pairs, for one scheme; of `top` the
  /// error itself.
  struct Curve {
    std::string scheme;
    Vector<double> relative;
  };

  ProductController(Session& session, ComputeService& service, QObject* parent = nullptr);
  ~ProductController() override;

  const InputSpec* spec(bool ofY) const;  ///< the chosen input, or null
  bool isComplete() const;                ///< all the inputs that the form needs are chosen
  AnalysisPtr analysis() const { return m_analysis; }
  /// Offer: cancelled, and nothing that is known answers the wish.
  Stage stage() const;
  const Probabilities* probabilities() const;  ///< of the estimate shown, or null where none is
  Index pairs() const;                         ///< of the estimate shown, 0 where none is
  double productNorm() const;                  ///< ‖XY‖_F, 0 while unknown
  /// The relative error with as many pairs as the estimate shown has, of a scheme of curves(); nothing while unknown.
  std::optional<double> beside(const std::string& scheme) const;
  const std::vector<Index>& sizes() const { return m_sizes; }
  const std::vector<Curve>& curves() const { return m_curves; }
  const std::optional<Error>& failure() const { return m_failure; }
  Index maxPairs() const;
  bool isSettled() const;

  // Wishes. Each is one undo step; those between beginGesture and endGesture are one together.
  void beginGesture();
  void endGesture();
  void setForm(const std::string& form);
  void setSide(bool y, int input);
  void swapSides();
  void setPairs(Index pairs);
  void setTrials(Index trials);
  void setSeed(std::uint64_t seed);
  void setParam(const std::string& name, const std::string& value);
  /// The probability of one pair; the others keep their proportions. Turns the scheme to `own`.
  void setShare(Index pair, double share);
  void openSample();
  void cancel();
  void retry();

 signals:
  void changed();  ///< anything that is shown
  void failed(const rankscope::Error& error);

 private:
  /// What a problem is made of.
  struct Source {
    std::string form;
    MatrixPtr X, Y;  ///< Y of two inputs only
    bool operator==(const Source&) const = default;
  };
  using Stopper = std::shared_ptr<CancelSource>;

  void sync();
  bool uses(const InputSpec& input) const;
  const Loaded* loaded(const InputSpec& spec);
  void accept(quint64 generation, const AnalysisPtr& analysis);
  void fail(const Error& error);
  void setProblem(const Problem& problem);
  void prepareProblem();
  void requestCurves();
  /// `work` on the survey lane and `done` after it, unless the slot was stopped or taken by the next meanwhile. What
  /// goes wrong is told as a failure of the product.
  void run(Stopper ProductController::*slot, std::function<std::optional<Error>(const Context&)> work,
           std::function<void()> done);
  void stopSurveys();
  AnalysisRequest wish() const;
  bool answersWish() const;
  void edit(const QString& label, const std::function<void(ProductRoom&)>& change);

  Session& m_session;
  ComputeService& m_service;
  quint64 m_gesture = 0;
  Problem m_problem;                 ///< of the wish; empty until its inputs are read and it is made of them
  Source m_source;                   ///< what m_problem is made of, or could not be
  Stopper m_preparation, m_drawing;  ///< of m_problem and of the curves, while they run
  std::optional<AnalysisRequest> m_wish;
  quint64 m_asked = 0;
  bool m_pending = false;
  AnalysisPtr m_analysis;
  std::vector<Index> m_sizes;       ///< of all curves
  std::vector<Curve> m_curves;      ///< of the schemes that need only the problem, then of own probabilities
  std::vector<double> m_curvesOwn;  ///< those
  Index m_besidePairs = 0;
  std::vector<Curve> m_beside;  ///< at m_besidePairs alone
  std::optional<Error> m_failure;
  std::set<InputSpec> m_loading, m_unreadable, m_stopped;  ///< m_stopped: reading was cancelled
};

}  // namespace rankscope::ui
