// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <map>
#include <optional>
#include <set>

#include "ui/compute/compute_service.h"
#include "ui/document/session.h"

namespace rankscope::ui {

/// Turns the session's state into requests and the answers into what the Product room shows. Knows no widget. Works
/// only while its room is in front.
class ProductController : public QObject {
  Q_OBJECT

 public:
  /// The expected relative error over the number of pairs, for one scheme.
  struct Curve {
    std::string scheme;
    Vector<double> relative;
  };

  ProductController(Session& session, ComputeService& service, QObject* parent = nullptr);

  const InputSpec* spec(bool ofY) const;  ///< the chosen input, or null
  bool isComplete() const;                ///< all the inputs that the form needs are chosen
  AnalysisPtr analysis() const { return m_analysis; }
  const Probabilities* probabilities() const;  ///< of the estimate shown, or null
  double productNorm() const;                  ///< ‖XY‖_F, 0 while unknown
  const std::vector<Index>& sizes() const { return m_sizes; }
  const std::vector<Curve>& curves() const { return m_curves; }
  const std::optional<Error>& failure() const { return m_failure; }
  Index maxPairs() const;
  bool isPending() const { return m_pending; }
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
  void sync();
  const Loaded* loaded(const InputSpec& spec);
  void accept(quint64 generation, const AnalysisPtr& analysis);
  void fail(const Error& error);
  void prepareProblem(const MatrixPtr& M, const std::string& form);
  void requestCurves();
  AnalysisRequest wish() const;
  void edit(const QString& label, const std::function<void(ProductRoom&)>& change);

  Session& m_session;
  ComputeService& m_service;
  quint64 m_gesture = 0;
  Problem m_problem;     ///< of the wish; empty until its inputs are read
  MatrixPtr m_source;    ///< what m_problem was made of where that is one matrix
  std::string m_formOf;  ///< and how
  bool m_preparing = false;
  std::optional<AnalysisRequest> m_wish;
  quint64 m_asked = 0;
  bool m_pending = false;
  AnalysisPtr m_analysis;
  std::vector<Index> m_sizes;
  std::vector<Curve> m_curves;
  Problem m_curvesOf;
  ParamValues m_curvesFor;
  Index m_curvesPairs = 0;
  bool m_drawingCurves = false;
  std::optional<Error> m_failure;
  std::set<InputSpec> m_loading, m_unreadable;
};

}  // namespace rankscope::ui
