// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/quality.h"

#include <array>
#include <cmath>
#include <numeric>
#include <vector>

namespace rankscope {

namespace {

constexpr Index kWindow = 11;
constexpr double kSd = 1.5, kRange = 1;
constexpr double kC1 = (0.01 * kRange) * (0.01 * kRange), kC2 = (0.03 * kRange) * (0.03 * kRange);
constexpr Index kBand = 64;  // output columns of one piece of work; each repeats ten columns of its neighbour

using Window = std::array<double, kWindow>;

Window gaussianWindow() {
  Window w{};
  for (Index t = 0; t < kWindow; ++t) {
    const double z = static_cast<double>(t - kWindow / 2) / kSd;
    w[static_cast<std::size_t>(t)] = std::exp(-z * z / 2);
  }
  const double sum = std::accumulate(w.begin(), w.end(), 0.0);
  for (double& value : w) value /= sum;
  return w;
}

/// Weighted means of x, y, x², y², xy, one field a column.
using Moments = Eigen::Array<double, Eigen::Dynamic, 5>;

/// The moments of one column of pixels under the vertical window.
Moments filterColumn(const Eigen::Ref<const Eigen::ArrayXd>& x, const Eigen::Ref<const Eigen::ArrayXd>& y,
                     const Window& w) {
  Moments fields(x.size(), 5);
  fields << x, y, x.square(), y.square(), x * y;
  const Index valid = x.size() - kWindow + 1;
  Moments out = Moments::Zero(valid, 5);
  for (Index t = 0; t < kWindow; ++t) out += w[static_cast<std::size_t>(t)] * fields.middleRows(t, valid);
  return out;
}

double sumOfIndex(const Moments& m) {
  const auto mx = m.col(0), my = m.col(1);
  const Eigen::ArrayXd cross = mx * my, squares = mx.square() + my.square();
  const Eigen::ArrayXd variances = m.col(2) + m.col(3) - squares, covariance = m.col(4) - cross;
  return ((2 * cross + kC1) * (2 * covariance + kC2) / ((squares + kC1) * (variances + kC2))).sum();
}

}  // namespace

std::optional<double> psnr(const ConstRef<double>& original, const ConstRef<double>& approximation) {
  expects(original.rows() == approximation.rows() && original.cols() == approximation.cols(),
          "psnr: shapes do not agree");
  const double meanSquare = (original - approximation).squaredNorm() / static_cast<double>(original.size());
  if (meanSquare == 0) return std::nullopt;
  return -10 * std::log10(meanSquare);
}

std::optional<double> ssim(const ConstRef<double>& original, const ConstRef<double>& approximation, Index channels,
                           const Context& context) {
  const Index rows = original.rows(), cols = original.cols() / channels;
  expects(rows == approximation.rows() && original.cols() == approximation.cols() && cols * channels == original.cols(),
          "ssim: shapes do not agree");
  if (rows < kWindow || cols < kWindow) return std::nullopt;
  const Window w = gaussianWindow();
  const Index validCols = cols - kWindow + 1, bands = (validCols + kBand - 1) / kBand;
  std::vector<double> sums(static_cast<std::size_t>(channels * bands), 0.0);
  parallelFor(context, channels * bands, [&](Index piece) {
    const Index channel = piece / bands, first = piece % bands * kBand;
    const Index last = std::min(first + kBand, validCols);
    std::array<Moments, kWindow> recent;  // of the columns under the window; column c lies at c mod 11
    for (Index c = first; c < last + kWindow - 1; ++c) {
      recent[static_cast<std::size_t>(c % kWindow)] =
          filterColumn(original.col(channel * cols + c).array(), approximation.col(channel * cols + c).array(), w);
      const Index j = c - kWindow + 1;  // the output column whose window ends here
      if (j < first) continue;
      Moments moments = Moments::Zero(rows - kWindow + 1, 5);
      for (Index t = 0; t < kWindow; ++t) {
        moments += w[static_cast<std::size_t>(t)] * recent[static_cast<std::size_t>((j + t) % kWindow)];
      }
      sums[static_cast<std::size_t>(piece)] += sumOfIndex(moments);
    }
  });
  // Channels are of equal size, so the mean of their means is the mean over all; the order of the sum is fixed.
  const double count = static_cast<double>(channels * validCols * (rows - kWindow + 1));
  return std::accumulate(sums.begin(), sums.end(), 0.0) / count;
}

Matrix<double> luma(const ConstRef<double>& rgb) {
  expects(rgb.cols() % 3 == 0, "luma: not three channels");
  const Index cols = rgb.cols() / 3;
  return 0.299 * rgb.leftCols(cols) + 0.587 * rgb.middleCols(cols, cols) + 0.114 * rgb.rightCols(cols);
}

}  // namespace rankscope
