// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/rank_curves.h"

#include <algorithm>
#include <cmath>

namespace rankscope::ui {
namespace {

/// The spectrum to judge part i by: the exact one, else the method's own estimate.
std::shared_ptr<const Spectrum> spectrumOf(const Analysis& analysis, std::size_t i) {
  if (i < analysis.floors.size() && analysis.floors[i]) return analysis.floors[i];
  if (i >= analysis.parts.size() || !analysis.parts[i]) return nullptr;
  for (const Diagnostic& diagnostic : analysis.parts[i]->diagnostics) {
    // A copy: it is small, and the factors are not kept for it.
    if (const auto* found = std::get_if<Spectrum>(&diagnostic)) return std::make_shared<const Spectrum>(*found);
  }
  return nullptr;
}

}  // namespace

RankCurves::RankCurves(const Analysis& analysis) {
  const std::size_t count = std::max(analysis.floors.size(), analysis.parts.size());
  m_exact = count > 0;
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    Part part{.spectrum = spectrumOf(analysis, i), .tail = {}};
    if (!part.spectrum) {
      *this = RankCurves();
      return;
    }
    const Vector<double>& sigma = part.spectrum->sigma;
    if (part.spectrum->complete) {
      part.tail = errorCurves(sigma).fro;
    } else {
      // Of a sketch only the leading values are known: what is left is the norm's rest, good enough for an estimate.
      const double scale = part.spectrum->fro > 0 ? part.spectrum->fro : 1;
      part.tail.resize(sigma.size() + 1);
      double kept = 0;
      for (Index r = 0; r <= sigma.size(); ++r) {
        part.tail(r) = scale * std::sqrt(std::max(0.0, 1 - kept));
        if (r < sigma.size()) kept += (sigma(r) / scale) * (sigma(r) / scale);
      }
    }
    m_exact = m_exact && part.spectrum->complete && part.spectrum->exact;
    sum = std::hypot(sum, part.spectrum->fro);
    m_parts.push_back(std::move(part));
  }
  m_fro = sum;
}

Index RankCurves::maxRank() const {
  return m_parts.empty() ? 0 : std::min(m_parts.front().spectrum->rows, m_parts.front().spectrum->cols);
}

double RankCurves::sigma(std::size_t part, Index i) const {
  if (part >= m_parts.size() || i < 0 || i >= m_parts[part].spectrum->sigma.size()) return 0;
  return m_parts[part].spectrum->sigma(i);
}

Index RankCurves::sigmaCount(std::size_t part) const {
  return part < m_parts.size() ? m_parts[part].spectrum->sigma.size() : 0;
}

double RankCurves::tailAt(const Part& part, Index rank) const {
  return part.tail(std::clamp<Index>(rank, 0, part.tail.size() - 1));
}

std::vector<Index> RankCurves::ranksFor(const Budget& budget) const {
  std::vector<Index> ranks;
  for (const Part& part : m_parts) {
    const Index most = std::min(part.spectrum->rows, part.spectrum->cols);
    if (const auto* dial = std::get_if<ByDial>(&budget)) {
      ranks.push_back(std::clamp<Index>(dial->value, 1, std::max<Index>(1, most)));
    } else if (part.spectrum->complete || std::holds_alternative<ByRule>(budget)) {
      ranks.push_back(rankFor(budget, *part.spectrum));
    } else {
      const double scale = part.spectrum->fro > 0 ? part.spectrum->fro : 1;
      const auto* energy = std::get_if<ByEnergy>(&budget);
      const double allowed =
          energy ? std::sqrt(std::max(0.0, 1 - energy->share)) : std::get<ByTolerance>(budget).relative;
      Index rank = 1;
      while (rank < part.tail.size() - 1 && part.tail(rank) > allowed * scale) ++rank;
      ranks.push_back(rank);
    }
  }
  return ranks;
}

Index RankCurves::ruleRank(RankRule rule) const {
  return m_parts.empty() ? 0 : rankByRule(*m_parts.front().spectrum, rule);
}

double RankCurves::energy(const std::vector<Index>& ranks) const {
  const double error = froRelative(ranks);
  return std::clamp(1 - error * error, 0.0, 1.0);
}

double RankCurves::fro(const std::vector<Index>& ranks, const std::vector<Index>& muted) const {
  double sum = 0;
  for (std::size_t i = 0; i < m_parts.size() && i < ranks.size(); ++i) {
    sum = std::hypot(sum, tailAt(m_parts[i], ranks[i]));
    for (const Index layer : muted) {
      if (layer < ranks[i]) sum = std::hypot(sum, sigma(i, layer));
    }
  }
  return sum;
}

double RankCurves::froRelative(const std::vector<Index>& ranks, const std::vector<Index>& muted) const {
  return m_fro > 0 ? fro(ranks, muted) / m_fro : 0;
}

double RankCurves::spectral(const std::vector<Index>& ranks, const std::vector<Index>& muted) const {
  double largest = ranks.empty() ? 0 : sigma(0, ranks.front());
  for (const Index layer : muted) {
    if (!ranks.empty() && layer < ranks.front()) largest = std::max(largest, sigma(0, layer));
  }
  return largest;
}

}  // namespace rankscope::ui
