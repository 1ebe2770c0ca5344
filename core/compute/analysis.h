// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/compute/cache.h"
#include "core/methods/measure.h"
#include "core/methods/method.h"
#include "core/methods/spectrum.h"

namespace rankscope {

enum class Quality { Preview, Exact };

/// The whole wish of a room. View state is never part of it.
struct AnalysisRequest {
  Problem problem;
  std::string method = "svd";
  ParamValues params;
  Budget budget = ByDial{20};
  std::uint64_t seed = 0;
  Precision precision = Precision::Double;
  int threads = 1;
  Index trials = 0;              ///< how often a random product method is repeated
  bool preview = true;           ///< publish a randomized preview first (the window)
  bool measured = true;          ///< measure the errors; without, floors come only where method or budget need them
  bool exactEvenIfLong = false;  ///< compute also what is expected to take over a minute
  bool reference = false;        ///< also the spectrum of a randomly shuffled copy, as a random reference
};

/// Immutable; carries the request that made it, so the screen labels what it shows.
struct Analysis {
  AnalysisRequest request;
  Quality quality = Quality::Preview;
  bool singlePrecisionPreview = false;
  std::vector<std::shared_ptr<const Spectrum>> floors;  ///< exact spectra, one or one a channel; empty until known
  std::vector<ApproximationPtr> parts;                  ///< one, or one a channel
  std::vector<Index> dials;                             ///< what the budget came to, for each part
  ErrorReport errors;                                   ///< measured; empty until measured
  MatrixPtr product;                                    ///< X·Y of a product: what floors, parts and errors are of
  std::shared_ptr<const Trials> trials;                 ///< of a product, growing; empty until the first are there
  std::shared_ptr<const Spectrum> reference;
  double expectedSeconds = 0;  ///< of the exact stage, when it was not started because it is long
  std::vector<Text> notices;
  bool complete = false;  ///< nothing more will come for this request

  double parameters() const;  ///< numbers kept, summed over parts
  double seconds() const;     ///< of the factorisations, summed
};
using AnalysisPtr = std::shared_ptr<const Analysis>;

template <class T>
using Publish = std::function<void(std::shared_ptr<const T>)>;

/// Answers a request, cheapest first: preview (rsvd r = 50, q = 1, p = r, float) → spectrum → approximation → errors.
/// Of a product X·Y: the product → approximation → spectrum of the product → errors → trials, as they grow; `method`
/// names one of Kind::Product, and a draw that has more or fewer terms than asked for has its own number as its dial.
/// Each stage is memoised under a key of all its inputs and, when `partial` is set, published as it is ready. The
/// command line calls the same function with an empty `partial`. In the window a request waits 120 ms without a newer
/// one before errors are measured, so that a drag has all cores for pixels. Throws Cancelled.
Result<AnalysisPtr> analyse(const AnalysisRequest& request, ResultCache& cache, const Context& context,
                            const Publish<Analysis>& partial = {});

/// Seconds the exact stage would take on this machine's class, from flops (rates measured once; an estimate).
/// withOptimum: the exact spectrum beside the method's own work.
double expectedSeconds(const AnalysisRequest& request, bool withOptimum = true);

}  // namespace rankscope
