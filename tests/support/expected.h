// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "core/io/input.h"
#include "tests/support/support.h"

namespace rankscope::test {

/// What independent readers find in the files below tests/data, by "folder/name".
inline QJsonObject expectedOf(const QString& file) {
  static const QJsonObject all = [] {
    QFile source(QString::fromStdString(dataPath("expected.json")));
    return source.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(source.readAll()).object() : QJsonObject();
  }();
  return all.value(file).toObject();
}

/// One row of the test for each file of a folder below tests/data: "folder/name". No file can be forgotten.
inline void listFolder(const QString& folder) {
  QTest::addColumn<QString>("file");
  const QDir dir(QString::fromStdString(dataPath(folder.toStdString())));
  for (const QString& name : dir.entryList(QDir::Files, QDir::Name)) {
    QTest::newRow(qPrintable(name)) << folder + "/" + name;
  }
}

/// Compares a matrix with {"shape","min","max","mean","frobenius"}; empty when they agree.
inline QString differences(const AnyMatrix& matrix, const QJsonObject& expected, double scale = 1) {
  const QJsonArray shape = expected.value("shape").toArray();
  const Index rows = shape.at(0).toInteger(), cols = shape.size() > 1 ? shape.at(1).toInteger() : 1;
  if (matrix.rows() != rows || matrix.cols() != cols) {
    return QString("shape %1 x %2, expected %3 x %4").arg(matrix.rows()).arg(matrix.cols()).arg(rows).arg(cols);
  }
  const Summary& found = matrix.summary();
  QString out;
  // Sums of n terms in another order differ by at most n ε times the sum of the moduli, which is ≤ √n ‖M‖_F.
  const double count = static_cast<double>(rows * cols);
  const double fro = expected.value("frobenius").toDouble() * scale;
  const auto compare = [&](const char* name, double value, double tolerance) {
    if (!expected.contains(name)) return;
    const double wanted = expected.value(name).toDouble() * scale;
    if (!(std::abs(value - wanted) <= tolerance)) {
      out += QString("%1 = %2, expected %3; ").arg(name).arg(value, 0, 'g', 17).arg(wanted, 0, 'g', 17);
    }
  };
  constexpr double kEpsilon = 0x1p-52;
  compare("min", found.min, 4 * kEpsilon * std::abs(found.min));
  compare("max", found.max, 4 * kEpsilon * std::abs(found.max));
  compare("mean", found.mean, count * kEpsilon * fro / std::sqrt(count) + 4 * kEpsilon * std::abs(found.mean));
  compare("frobenius", found.fro, count * kEpsilon * fro);
  return out;
}

}  // namespace rankscope::test
