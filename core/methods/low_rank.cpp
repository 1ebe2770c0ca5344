// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/low_rank.h"

#include <cmath>

#include "core/methods/spectrum.h"

namespace rankscope {

Dial rankDial() {
  return {.name = "rank", .title = "Rank", .fallback = {}, .max = [](Index rows, Index cols, const ParamValues&) {
            return std::min(rows, cols);
          }};
}

namespace {

template <class T>
void canonicalSigns(linalg::Svd<T>& svd) {
  for (Index c = 0; c < svd.U.cols(); ++c) {
    Index place = 0;
    svd.U.col(c).cwiseAbs().maxCoeff(&place);  // the lowest index in exact ties
    const T entry = svd.U(place, c);
    if (entry == T(0)) continue;
    if constexpr (Eigen::NumTraits<T>::IsComplex) {
      const T turn = std::conj(entry) / std::abs(entry);  // makes the entry real and positive
      svd.U.col(c) *= turn;
      svd.Vt.row(c) *= std::conj(turn);
    } else if (entry < 0) {
      svd.U.col(c) = -svd.U.col(c);
      svd.Vt.row(c) = -svd.Vt.row(c);
    }
  }
}

}  // namespace

template <class T>
Approximation approximationFrom(linalg::Svd<T> svd, const AnyMatrix& X, SvdForm form) {
  const Index rows = X.rows(), cols = X.cols();
  canonicalSigns(svd);
  const Index rank = svd.s.size();
  Spectrum spectrum;
  spectrum.sigma = svd.s.template cast<double>();
  spectrum.rows = rows;
  spectrum.cols = cols;
  spectrum.exact = form.exact;
  spectrum.complete = rank == std::min(rows, cols);
  spectrum.singlePrecision = std::is_same_v<T, float>;
  spectrum.fro = X.summary().fro;
  if (spectrum.complete) {
    spectrum.ranks = rankStatistics(spectrum.sigma, rows, cols, spectrum.singlePrecision ? 0x1p-23 : 0x1p-52);
  } else if (rank > 0 && spectrum.sigma(0) > 0) {
    spectrum.ranks.stable = (spectrum.fro / spectrum.sigma(0)) * (spectrum.fro / spectrum.sigma(0));
  }

  Approximation out;
  out.rows = rows;
  out.cols = cols;
  out.dial = out.maxDial = rank;
  out.nested = form.nested;
  out.parameters = static_cast<double>(rank * (rows + cols));
  const Matrix<RealOf<T>> column = svd.s;
  out.factors = factorList(Factor{.name = "U", .shape = {rows, rank}, .values = svd.U},
                           Factor{.name = "s", .shape = {rank}, .values = column},
                           Factor{.name = "Vt", .shape = {rank, cols}, .values = svd.Vt});
  out.form = LowRank{.left = std::move(svd.U), .weights = spectrum.sigma, .right = std::move(svd.Vt)};
  out.diagnostics = {std::move(spectrum)};
  return out;
}

double remainderOf(double kept, double norm) {
  return kept < norm ? std::sqrt(1 - kept / norm) * std::sqrt(1 + kept / norm) : 0;
}

template Approximation approximationFrom(linalg::Svd<float>, const AnyMatrix&, SvdForm);
template Approximation approximationFrom(linalg::Svd<double>, const AnyMatrix&, SvdForm);
template Approximation approximationFrom(linalg::Svd<Complex>, const AnyMatrix&, SvdForm);

}  // namespace rankscope
