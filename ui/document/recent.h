// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

namespace rankscope::ui {

/// The inputs and sessions opened last, newest first, kept in the user's settings.
class RecentFiles : public QObject {
  Q_OBJECT

 public:
  static constexpr int kMost = 12;

  using QObject::QObject;
  /// Locations as for opening: a path, FILE::ENTRY, gallery:…, sample:…. Files that are gone are dropped.
  QStringList files();
  void add(const QString& location);
  void clear();

 signals:
  void changed();
};

}  // namespace rankscope::ui
