// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <set>
#include <stdexcept>

#include "core/linalg/lapack.h"
#include "core/methods/approximation.h"
#include "core/methods/method.h"
#include "tests/support/support.h"
#include "tests/support/vectors.h"

/// For the methods that choose columns or rows.
namespace rankscope::test {

inline Matrix<double> withSpectrum(Index n, Index m, const Vector<double>& sigma, std::uint64_t seed) {
  Matrix<double> U = gaussian(n, sigma.size(), seed), V = gaussian(m, sigma.size(), seed + 1000);
  linalg::householderQ(U);
  linalg::householderQ(V);
  return U * sigma.asDiagonal() * V.transpose();
}

inline Vector<double> geometric(Index count, double ratio) {
  return Vector<double>::NullaryExpr(count, [&](Index i) { return std::pow(ratio, static_cast<double>(i)); });
}

inline Vector<double> singularValues(const Matrix<double>& M) {
  const auto svd = linalg::exactSvd<double>(M, linalg::Job::Values, {});
  if (!svd) throw std::runtime_error(svd.error().message());
  return svd->s;
}

/// The tail of the spectrum: what no approximation of rank r is below.
inline double optimum(const Matrix<double>& M, Index r) {
  const Vector<double> sigma = singularValues(M);
  return r < sigma.size() ? sigma.tail(sigma.size() - r).norm() : 0;
}

inline Result<Approximation> tryRun(const char* id, const MatrixPtr& M, Index rank, const ParamValues& given,
                                    const Context& context = {}) {
  const Method& method = *findMethod(id);
  const auto params = resolve(method.params, given, {.rows = M->rows(), .cols = M->cols(), .dial = rank});
  if (!params) return params.error();
  return method.run({.X = M}, rank, *params, context);
}

inline Approximation runMethod(const char* id, const Matrix<double>& M, Index rank, const ParamValues& given,
                               const Context& context = {}) {
  auto made = tryRun(id, makeMatrix(M), rank, given, context);
  if (!made) throw std::runtime_error(made.error().message());
  return std::move(*made);
}

inline ParamValue word(const char* text) { return ParamValue{std::string(text)}; }

inline Matrix<double> productOf(const Approximation& a) {
  Matrix<double> out;
  reconstruct<double>(a, {.dial = a.maxDial, .muted = {}}, {0, 0, a.rows, a.cols}, out);
  return out;
}

inline Matrix<double> factor(const Approximation& a, std::size_t i) {
  return std::visit(
      [](const auto& values) -> Matrix<double> {
        if constexpr (std::is_same_v<typename std::decay_t<decltype(values)>::Scalar, Complex>) {
          throw std::runtime_error("a complex factor");
        } else {
          return values.template cast<double>();
        }
      },
      a.factors.at(i).values);
}

template <class Wanted>
const Wanted* diagnostic(const Approximation& a) {
  for (const Diagnostic& each : a.diagnostics) {
    if (const auto* found = std::get_if<Wanted>(&each)) return found;
  }
  return nullptr;
}

inline Matrix<double> columnsAt(const Matrix<double>& M, const std::vector<Index>& J) {
  Matrix<double> out(M.rows(), static_cast<Index>(J.size()));
  for (Index c = 0; c < out.cols(); ++c) out.col(c) = M.col(J[static_cast<std::size_t>(c)]);
  return out;
}
inline Matrix<double> rowsAt(const Matrix<double>& M, const std::vector<Index>& I) {
  return columnsAt(M.transpose(), I).transpose();
}

inline bool distinct(const std::vector<Index>& indices) {
  return std::set<Index>(indices.begin(), indices.end()).size() == indices.size();
}

inline std::vector<Index> indicesOf(const Matrix<double>& column) {
  std::vector<Index> out;
  for (Index i = 0; i < column.size(); ++i) out.push_back(static_cast<Index>(column(i)));
  return out;
}

/// e(J) by an independent road: least squares with a QR of the columns.
inline double projectionError(const Matrix<double>& M, const std::vector<Index>& J) {
  Matrix<double> Q = columnsAt(M, J);
  linalg::householderQ(Q);
  return (M - Q * (Q.transpose() * M)).norm();
}

/// Rows for a table of edge cases; edgeMatrix makes the matrix.
inline void addEdgeRows() {
  QTest::addColumn<int>("n");
  QTest::addColumn<int>("m");
  QTest::addColumn<int>("rankOfM");
  QTest::addColumn<int>("r");
  QTest::addColumn<double>("scale");
  const auto row = [](int n, int m, int rank, int r, double scale) {
    QTest::addRow("%dx%d of rank %d, r %d, scale %g", n, m, rank, r, scale) << n << m << rank << r << scale;
  };
  row(1, 1, 1, 1, 1);
  row(1, 6, 1, 1, 1);
  row(6, 1, 1, 1, 1);
  row(7, 7, 7, 7, 1);
  row(6, 9, 6, 6, 1);
  row(9, 6, 6, 6, 1);
  row(9, 5, 2, 4, 1);
  row(12, 20, 3, 5, 1);
  row(5, 9, 2, 2, 1e300);
  row(5, 9, 2, 3, 1e-300);
  row(4, 6, 0, 2, 1);
}
inline Matrix<double> edgeMatrix(int n, int m, int rank, double scale) {
  if (rank == 0) return Matrix<double>::Zero(n, m);
  return gaussian(n, rank, 1) * gaussian(rank, m, 2) * scale;
}

}  // namespace rankscope::test
