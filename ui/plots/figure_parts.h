// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <optional>
#include <vector>

#include "core/compute/analysis.h"
#include "ui/plots/figure.h"

namespace rankscope::ui {

/// The translation context of all figures.
struct FigureText {
  Q_DECLARE_TR_FUNCTIONS(rankscope::ui::FigureText)
};

/// The spectra of an analysis, one a part: the exact ones where known, else what the method estimates. None may be
/// null.
std::vector<const Spectrum*> spectraOf(const Analysis&);
/// What of a spectrum is rounding: max(n,m)·ε·σ₁ in the precision it was computed in.
double roundingOf(const Spectrum&);
/// "red" …, or empty for a joint analysis.
QString channelName(const Analysis&, std::size_t part);
int channelColour(const Analysis&, std::size_t part);
/// "SVD", "RSVD".
QString shortName(const Analysis&);
/// "24" or, per channel, "24, 22, 31" where they differ.
QString dialsOf(const Analysis&);
Index largestDial(const Analysis&);
/// The measure of size of the method; a rank where it is unknown.
const Dial& dialOf(const Analysis&);
/// The rank, at least 1, whose r(n + m) numbers are no more than the first part keeps; nothing where that is less.
std::optional<Index> equalRank(const Analysis&);
/// Its terms are σᵢuᵢvᵢᵀ with orthonormal vectors, going by how its factors are published.
bool hasSingularVectors(const Approximation&);
QVector<double> countFrom(Index first, Index count);
/// The dashed line of what theory says ("predicted"), without points yet.
Series predictedSeries(const QString& name);

}  // namespace rankscope::ui
