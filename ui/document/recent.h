// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

namespace rankscope::ui {

/// The inputs and sessions opened last, newest first; kept in the user's settings where the window remembers.
class RecentFiles : public QObject {
  Q_OBJECT

 public:
  static constexpr int kMost = 12;

  explicit RecentFiles(bool remember, QObject* parent = nullptr);
  /// Locations as for opening: a path, FILE::ENTRY, gallery:…, sample:…. Files that are gone are dropped.
  QStringList files();
  void add(const QString& location);
  void clear();

 signals:
  void changed();

 private:
  QStringList stored() const;
  void store(const QStringList& list);

  bool m_remember;
  QStringList m_list;  ///< of a window that does not remember
};

}  // namespace rankscope::ui
