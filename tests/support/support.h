// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <string>

#include "core/base/random.h"
#include "core/base/types.h"

namespace rankscope::test {

inline std::string dataPath(const std::string& name) { return std::string(RANKSCOPE_TEST_DATA) + "/" + name; }

/// LAPACK's test ratio ‖R‖_F / (ε max(n,m) ‖M‖_F), 0/0 = 0. Pass: ≤ 30 (docs/mathematics.md).
template <class DerivedR, class DerivedM>
double ratio(const Eigen::MatrixBase<DerivedR>& R, const Eigen::MatrixBase<DerivedM>& M, double epsilon = 0x1p-52) {
  const double above = static_cast<double>(R.norm());
  const double below = epsilon * static_cast<double>(std::max(M.rows(), M.cols())) * static_cast<double>(M.norm());
  return above == 0 ? 0 : above / below;
}

inline Matrix<double> gaussian(Index rows, Index cols, std::uint64_t seed) {
  Random draw(seed, "test");
  return Matrix<double>::NullaryExpr(rows, cols, [&] { return draw.normal(); });
}

}  // namespace rankscope::test

/// Fails with both values and the tolerance in the log.
#define RS_NEAR(actual, expected, tolerance)                                                                \
  do {                                                                                                      \
    const double rsA = static_cast<double>(actual), rsE = static_cast<double>(expected), rsT = (tolerance); \
    QVERIFY2(std::abs(rsA - rsE) <= rsT, qPrintable(QString("%1 = %2, expected %3 ± %4, off by %5")         \
                                                        .arg(#actual)                                       \
                                                        .arg(rsA, 0, 'g', 17)                               \
                                                        .arg(rsE, 0, 'g', 17)                               \
                                                        .arg(rsT, 0, 'g', 3)                                \
                                                        .arg(rsA - rsE, 0, 'g', 3)));                       \
  } while (false)
#define RS_AT_MOST(actual, bound)                                                                                     \
  do {                                                                                                                \
    const double rsA = static_cast<double>(actual), rsB = static_cast<double>(bound);                                 \
    QVERIFY2(rsA <= rsB, qPrintable(QString("%1 = %2 > %3").arg(#actual).arg(rsA, 0, 'g', 17).arg(rsB, 0, 'g', 17))); \
  } while (false)
