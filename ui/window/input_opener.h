// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <map>

#include "ui/compute/compute_service.h"
#include "ui/document/session.h"

class QMimeData;

namespace rankscope::ui {

class Banner;
class RecentFiles;

/// Brings inputs into the session: files, drops, the clipboard, the gallery, samples. The state changes only when an
/// input has been read; what cannot be read is told in the banner, with a way on. Watches the files of the session.
class InputOpener : public QObject {
  Q_OBJECT

 public:
  InputOpener(Session& session, ComputeService& service, RecentFiles& recent, Banner& banner, QObject* parent);

  void open(const QStringList& locations);
  void open(const InputSpec& spec);
  /// Whether open(mime) would find something.
  static bool canOpen(const QMimeData* mime);
  void open(const QMimeData* mime);
  void reload(const InputSpec& spec);
  bool isBusy() const { return !m_opening.empty() || m_preparing > 0; }
  /// Where pasted pictures and tables are kept, so that a session can refer to them.
  void setPasteFolder(const QString& folder) { m_pasteFolder = folder; }

 signals:
  void sessionWanted(const QString& path);
  void chooseAnother();
  void opened(const rankscope::InputSpec& spec);
  void openFailed(const rankscope::Error& error);

 private:
  void accept(const InputSpec& spec, const Loaded& loaded, const QStringList& notices);
  void explain(const InputSpec& spec, const Error& error);
  void checkUsable();
  void chooseEntry(const InputSpec& spec);
  void changeView(const InputSpec& spec, const std::function<void(ViewOptions&)>& change);
  void paste(const QImage& image);
  void paste(const QString& text);
  void watch();

  enum class Why { Open, Reload };
  Session& m_session;
  ComputeService& m_service;
  RecentFiles& m_recent;
  Banner& m_banner;
  QFileSystemWatcher m_watcher;
  QString m_pasteFolder;
  std::map<InputSpec, Why> m_opening;
  int m_preparing = 0;
};

}  // namespace rankscope::ui
