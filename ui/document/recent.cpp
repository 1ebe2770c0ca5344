// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/recent.h"

#include <QFileInfo>
#include <QSettings>
#include <algorithm>

namespace rankscope::ui {

namespace {

const QString kKey = QStringLiteral("recent/files");

bool isGenerated(const QString& location) {
  return location.startsWith(QStringLiteral("gallery:")) || location.startsWith(QStringLiteral("sample:"));
}

// The file of FILE::ENTRY; both may hold "::" themselves.
bool exists(const QString& location) {
  if (isGenerated(location) || QFileInfo::exists(location)) return true;
  for (auto at = location.indexOf(QStringLiteral("::")); at >= 0; at = location.indexOf(QStringLiteral("::"), at + 1)) {
    if (QFileInfo::exists(location.left(at))) return true;
  }
  return false;
}

}  // namespace

QStringList RecentFiles::files() {
  QSettings settings;
  const QStringList stored = settings.value(kKey).toStringList();
  QStringList there;
  std::copy_if(stored.begin(), stored.end(), std::back_inserter(there), exists);
  if (there != stored) settings.setValue(kKey, there);
  return there;
}

void RecentFiles::add(const QString& location) {
  if (location.isEmpty()) return;
  QString absolute = location;
  if (!isGenerated(location)) absolute = QFileInfo(location).absoluteFilePath();
  QSettings settings;
  QStringList list = settings.value(kKey).toStringList();
  list.removeAll(absolute);
  list.prepend(absolute);
  settings.setValue(kKey, list.mid(0, kMost));
  emit changed();
}

void RecentFiles::clear() {
  QSettings().remove(kKey);
  emit changed();
}

}  // namespace rankscope::ui
