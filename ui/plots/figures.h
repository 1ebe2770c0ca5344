// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/compute/analysis.h"
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
/// Relative Frobenius error over rank for what was run and pinned, with the Eckart–Young floor; x: rank or numbers
/// kept. Series: "floor" (r = 0 … k; per channel the same r in each), "current", "pin1" ….
enum class BudgetAxis { Rank, Parameters };
Figure errorFigure(const Analysis&, BudgetAxis axis, const std::vector<PinnedCurve>& pinned);
/// uᵢ and vᵢ of one rank-one term (0-based, below the part's maxDial) as lines; moduli for complex input.
Figure layerFigure(const Analysis&, int part, Index layer);
/// How an iteration came along; what a method chose, in order. Nothing for a Spectrum, which has its own figure.
std::optional<Figure> diagnosticFigure(const Diagnostic&);
/// Both spectra with the cut-off ("inverse"), and the distance of the ridge path where it is known ("ridge").
std::vector<Figure> inverseFigures(const Inverse&);

/// What --plot NAME=FILE can name for an analysis or a spectrum (an analysis without parts), in order, by id: spectrum,
/// error, layer (layer-2 … for more channels), then those of the diagnostics. Their captions are captionOf without an
/// input.
std::vector<Figure> figuresOf(const Analysis&);
/// "SVD · rank 24 of chelsea.png · error 13.66 % (optimum) · seed 0 · Rankscope 0.1.0"
QString captionOf(const Analysis&, const QString& input);

}  // namespace rankscope::ui
