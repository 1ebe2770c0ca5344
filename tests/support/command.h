// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

/// The real rankscope-cli as a process.
namespace rankscope::test {

struct Answer {
  int code = -1;  ///< exit code; −1 when it did not end by itself
  QByteArray out, err;

  /// What --json printed. An invalid document (NaN is one) is an empty object.
  QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
  /// Everything there is to know, for a failing test's log.
  QString log() const {
    return QString("exit %1\nstdout: %2\nstderr: %3").arg(code).arg(QString(out.left(2000)), QString(err.left(2000)));
  }
};

inline QString commandPath() { return QString(RANKSCOPE_BIN_DIR) + "/rankscope-cli"; }

inline Answer finish(QProcess& process, int milliseconds = 120000) {
  Answer answer;
  if (!process.waitForFinished(milliseconds)) process.kill();
  process.waitForFinished(5000);
  if (process.exitStatus() == QProcess::NormalExit) answer.code = process.exitCode();
  answer.out = process.readAllStandardOutput();
  answer.err = process.readAllStandardError();
  return answer;
}

/// Without a display, in a locale with a decimal comma where there is one: neither may matter.
inline QProcessEnvironment bareEnvironment() {
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) environment.remove(name);
  environment.insert("LC_ALL", "de_DE.UTF-8");
  return environment;
}

inline Answer command(const QStringList& arguments, const QString& folder = {}) {
  QProcess process;
  process.setProcessEnvironment(bareEnvironment());
  if (!folder.isEmpty()) process.setWorkingDirectory(folder);
  process.start(commandPath(), arguments);
  return finish(process);
}

inline Answer commandJson(QStringList arguments, const QString& folder = {}) {
  return command(arguments << "--json", folder);
}

inline QString sampleFile(const QString& name) { return QString(RANKSCOPE_TEST_DATA) + "/cli/" + name; }

inline QByteArray contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline bool writeFile(const QString& path, const QByteArray& content) {
  QFile file(path);
  return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

/// A little-endian .npy (version 1) of doubles in C order.
inline QByteArray npyBytes(const QByteArray& shape, const QVector<double>& values) {
  QByteArray header = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + shape + "), }";
  while ((10 + header.size() + 1) % 64 != 0) header += ' ';
  header += '\n';
  QByteArray out("\x93NUMPY\x01\x00", 8);
  out += static_cast<char>(header.size() & 0xff);
  out += static_cast<char>(header.size() >> 8);
  out += header;
  out += QByteArray(reinterpret_cast<const char*>(values.constData()),
                    values.size() * static_cast<qsizetype>(sizeof(double)));
  return out;
}

}  // namespace rankscope::test

#define RS_DONE(answer) QVERIFY2((answer).code == 0, qPrintable((answer).log()))
