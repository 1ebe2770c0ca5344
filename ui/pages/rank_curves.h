// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/compute/analysis.h"

namespace rankscope::ui {

/// Error and energy of an analysis at every rank, at once: what the panels say while the rank is dragged. One curve a
/// part (the matrix, or each colour channel). From exact spectra these are the Eckart–Young values; from a sketch's
/// leading values they are estimates. Cost of building: O(k) a part; of a question: O(1), O(muted) with muted layers.
class RankCurves {
 public:
  RankCurves() = default;
  explicit RankCurves(const Analysis& analysis);

  bool known() const { return !m_parts.empty(); }
  bool exact() const { return m_exact; }
  std::size_t parts() const { return m_parts.size(); }
  Index maxRank() const;                          ///< min(n, m) of a part
  double sigma(std::size_t part, Index i) const;  ///< σ_{i+1}; 0 beyond what is known
  Index sigmaCount(std::size_t part) const;

  /// The rank of each part that a budget stands for.
  std::vector<Index> ranksFor(const Budget& budget) const;
  Index ruleRank(RankRule rule) const;                   ///< of the first part
  double energy(const std::vector<Index>& ranks) const;  ///< share of Σσ² kept by the whole
  double fro(const std::vector<Index>& ranks, const std::vector<Index>& muted = {}) const;
  double froRelative(const std::vector<Index>& ranks, const std::vector<Index>& muted = {}) const;
  /// Of one part: σ_{r+1}, or the largest muted value.
  double spectral(const std::vector<Index>& ranks, const std::vector<Index>& muted = {}) const;
  double froNorm() const { return m_fro; }

 private:
  struct Part {
    std::shared_ptr<const Spectrum> spectrum;
    Vector<double> tail;  ///< error after r terms, r = 0 … known values
  };
  double tailAt(const Part& part, Index rank) const;

  std::vector<Part> m_parts;
  double m_fro = 0;
  bool m_exact = false;
};

}  // namespace rankscope::ui
