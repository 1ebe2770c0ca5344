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
/// Marchenko–Pastur edge or shuffled reference, pinned spectra. One figure a channel's spectrum overlaid when per
/// channel.
Figure spectrumFigure(const Analysis&, SpectrumAxes axes, const std::vector<PinnedCurve>& pinned);
/// Error over rank for what was run and pinned, with the Eckart–Young floor; x: rank or numbers kept.
enum class BudgetAxis { Rank, Parameters };
Figure errorFigure(const Analysis&, BudgetAxis axis, const std::vector<PinnedCurve>& pinned);
/// uᵢ and vᵢ of one rank-one term as lines.
Figure layerFigure(const Analysis&, int part, Index layer);

/// What --plot NAME=FILE can name for an analysis or a spectrum, in order.
std::vector<Figure> figuresOf(const Analysis&);
/// "SVD · rank 24 of chelsea.png · error 13.66 % (optimum) · seed 0 · Rankscope 0.1.0"
QString captionOf(const Analysis&, const QString& input);

}  // namespace rankscope::ui
