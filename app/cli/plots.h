// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/cli/run.h"
#include "core/compute/analysis.h"
#include "ui/plots/figure.h"

namespace rankscope::cli {

/// "Rankscope 0.1.0", for what is written into files.
std::string programName();

/// A plot's name (as in --plot NAME=FILE) and title.
using PlotName = std::pair<std::string, std::string>;
/// Of the command `approx`: those of a tiny analysis with this method (svd where it is not known), as the names do not
/// depend on the matrix.
Result<std::vector<PlotName>> approxPlotNames(const std::string& method, bool perChannel);
std::vector<PlotName> spectrumPlotNames();
ui::Figure spectrumPlot(const Analysis& analysis);

/// The answer to --plot list.
Result<Done> listPlots(Run& run, const std::vector<PlotName>& names);
/// Names and targets of all --plot flags, before anything is computed.
Result<Done> checkPlots(const Options& options, const std::vector<PlotName>& names);
/// Writes what was asked for, under `caption`. Error (Usage) with `hint` when this analysis has no such figure.
Result<Done> savePlots(const Run& run, const std::vector<ui::Figure>& figures, const std::string& caption,
                       const Text& hint = "--no-measure leaves out the exact spectrum, and with it the optimum");

}  // namespace rankscope::cli
