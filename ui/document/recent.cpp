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

RecentFiles::RecentFiles(bool remember, QObject* parent) : QObject(parent), m_remember(remember) {}

QStringList RecentFiles::stored() const { return m_remember ? QSettings().value(kKey).toStringList() : m_list; }

void RecentFiles::store(const QStringList& list) {
  if (m_remember) {
    QSettings().setValue(kKey, list);
  } else {
    m_list = list;
  }
}

QStringList RecentFiles::files() {
  const QStringList known = stored();
  QStringList there;
  std::copy_if(known.begin(), known.end(), std::back_inserter(there), exists);
  if (there != known) store(there);
  return there;
}

void RecentFiles::add(const QString& location) {
  if (location.isEmpty()) return;
  const QString absolute = isGenerated(location) ? location : QFileInfo(location).absoluteFilePath();
  QStringList list = stored();
  list.removeAll(absolute);
  list.prepend(absolute);
  store(list.mid(0, kMost));
  emit changed();
}

void RecentFiles::clear() {
  store({});
  emit changed();
}

}  // namespace rankscope::ui
