// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/compute/analysis.h"
#include "core/compute/compare.h"
#include "ui/plots/figure.h"

namespace rankscope::ui {

enum class SpectrumAxes { LogLog, SemiLog, Linear };

/// A curve that stays while others come: a pinned result.
struct PinnedCurve {
  QString label;
  int colour = 1;
  AnalysisPtr analysis;
};

/// σᵢ over i, cumulative energy on the right axis, markers of the rank rules, the rank as the draggable marker "rank",
/// Marchenko–Pastur edge or shuffled reference, pinned spectra. Per channel the channels' spectra are overlaid, without
/// rules. Values up to max(n,m)·ε·σ₁ are rounding and stand at the axis' foot. Series: "sigma" (or "sigma-red" …),
/// "energy", "edge", "reference", "pin1" …. Cost: as the rules, a few passes over the singular values.
Figure spectrumFigure(const Analysis&, SpectrumAxes axes, const std::vector<PinnedCurve>& pinned);
/// One method of a comparison: its rows, in any order.
struct ComparedCurve {
  QString id, label;
  int colour = 1;
  std::vector<CompareRow> rows;
};
/// A curve for each method of the rows, in their order, by its id and in its own colour.
std::vector<ComparedCurve> curvesOf(const std::vector<CompareRow>& rows);

/// Relative Frobenius error over the budget for what was run, pinned and compared, with the Eckart–Young floor; x: rank
/// (of a size that is no rank: the rank with as many numbers), numbers kept, or flops to apply M̂ to a vector. Series:
/// "floor" (r = 0 … k; per channel the same r in each), "compared-svd" …, "run-cur" … (points: what was run before),
/// "pin1" …, "current".
enum class BudgetAxis { Rank, Parameters, Flops };
Figure errorFigure(const Analysis&, BudgetAxis axis, const std::vector<PinnedCurve>& pinned,
                   const std::vector<ComparedCurve>& compared = {}, const std::vector<ComparedCurve>& runs = {});
/// The same of a comparison alone. Its id is the axis: "rank", "parameters", "flops".
Figure comparisonFigure(const std::vector<CompareRow>& rows, BudgetAxis axis);

/// What a budget buys: of each series that can be had for it the largest size that does not exceed it.
struct BudgetReading {
  QString name;
  int colour = 0;
  double at = 0, error = 0;
};
/// Of the series of an errorFigure at x, in their order. Nothing is interpolated: these are sizes that were measured.
std::vector<BudgetReading> equalBudget(const Figure& figure, double x);

/// uᵢ and vᵢ of one rank-one term (0-based, below the part's maxDial) as lines; moduli for complex input.
Figure layerFigure(const Analysis&, int part, Index layer);
/// What a method chose, in order. Nothing for a Spectrum and a Convergence, which have figures of their own.
std::optional<Figure> diagnosticFigure(const Diagnostic&);
/// How the iteration of a part came along: its values over the step ("values"; none gives no series) with the optimum
/// of the rank ("optimum") where the exact spectrum is known, or what they exceed it by, squared, with the slope that
/// theory gives that excess where it does ("predicted"). The step reached is the draggable marker "step".
enum class ConvergenceAxis { Value, Excess };
Figure convergenceFigure(const Analysis&, std::size_t part, ConvergenceAxis axis);
/// The place of each of the values on the axis of the steps: 1, 2, …; ½, 1, … where each iteration gives two.
QVector<double> stepsOf(const Convergence&);
/// The spectra of A and A⁺, mirrored about 1, with the cut-off as the draggable marker "cut" ("inverse"); the distance
/// of the ridge path, with λ as the marker "ridge" when it is above 0 ("ridge"); and ‖A⁺‖₂ over the smallest singular
/// value, were it another, the others as they are ("norm"). Parts that have no numbers to show are left out.
std::vector<Figure> inverseFigures(const Inverse&, double ridge = 0);

/// What --plot NAME=FILE can name for an analysis or a spectrum (an analysis without parts), in order, by id: spectrum,
/// error, layer (layer-2 … for more channels), then those of the diagnostics. Their captions are captionOf without an
/// input.
std::vector<Figure> figuresOf(const Analysis&);
/// "SVD · rank 24 of chelsea.png · error 13.66 % (optimum) · seed 0 · Rankscope 0.1.0"
QString captionOf(const Analysis&, const QString& input);

}  // namespace rankscope::ui
