// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <QTimer>
#include <optional>

#include "ui/compute/compute_service.h"
#include "ui/document/session.h"
#include "ui/plots/figure.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"

class QMenu;
class QStackedWidget;
class QToolButton;

namespace rankscope::ui {

class Autosave;
class Exporter;
class InputOpener;
class MatrixPage;
class ProductPage;
class RecentFiles;
class StatusStrip;
class TopBar;

struct WindowOptions {
  bool remember = true;    ///< geometry, recent files; off for screenshots and tests
  bool autosave = true;    ///< keep a copy of the session, and offer those of programs that died
  QString autosaveFolder;  ///< empty: the user's
};

/// The program's window: bars, rail and the room in front. Owns the session and everything that works on it.
class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  MainWindow(Formats formats, int threads, std::size_t memory, const WindowOptions& options);
  ~MainWindow() override;

  Session& session() { return *m_session; }
  ComputeService& service() { return *m_service; }
  MatrixPage& matrixPage() { return *m_page; }
  ProductPage& productPage() { return *m_product; }
  InputOpener& opener() { return *m_opener; }
  Banner* banner() const { return m_banner; }
  /// All commands, in the order of palette and shortcut sheet; each has the property "group".
  const QList<QAction*>& commands() const { return m_commands; }
  QAction* command(const QString& id) const;

  /// A wish from the command line: the session as it describes it; its input is opened.
  void start(const SessionState& state);
  /// What is on screen is final (screenshots).
  bool isSettled() const;
  /// The first failure since start(), if any.
  const std::optional<Error>& failure() const { return m_failure; }

 protected:
  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dragLeaveEvent(QDragLeaveEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  // window_actions.cpp
  QAction* add(const QString& id, const QString& group, const QString& text, const QKeySequence& keys,
               std::function<void()> run, const QString& iconName = {});
  /// A command that works on the matrix in front, and waits while another room is.
  QAction* addOfMatrix(const QString& id, const QString& group, const QString& text, const QKeySequence& keys,
                       std::function<void()> run, const QString& iconName = {});
  QAction* addOfProduct(const QString& id, const QString& group, const QString& text, std::function<void()> run);
  void createActions();
  void createViewActions();
  void createRankActions();
  QMenu* makeGalleryMenu();
  QMenu* makeMoreMenu();
  QMenu* makeExportMenu();
  void updateActions();
  void showPalette();
  void showShortcuts();
  void explain();
  void about();
  // window_files.cpp
  void openFiles();
  void browseGallery(const QString& id = {});
  void openSession(const QString& path);
  void newSession();
  bool saveSession(bool as);
  bool maySessionGo();
  void offerRecovery();
  void exportFactors();
  void exportEstimate();
  void exportInverse();
  void exportPicture();
  void exportPlot();
  void exportTable();
  void copyPicture(int which);
  void copyValues(int which);
  void copyTable();
  void copyCommand();
  void copyComparison();
  void showTable();
  void fillRecent(QMenu* menu);
  QStringList askOpenPaths(const QString& title, const QString& filter, bool several);
  QString askSavePath(const QString& title, const QString& filter, const QString& name);
  void keepFolder(const QString& path);

  void buildRoom();
  QToolButton* makeRoomButton(const QString& id, const QString& text, const QString& name, QWidget* rail);
  void chooseRoom(const std::string& room);
  void showRoom();
  bool isProduct() const { return m_session->state().room == "product"; }
  Figure currentFigure() const;
  FigureTable currentTable() const;
  QString suggestedName(const QString& ending) const;
  void connectAll();
  void showSubject();
  void showStatus();
  /// An error in the banner, with these ways on.
  void report(const Error& error, const QString& topic, std::vector<BannerChoice> choices = {});
  void say(const QString& text);
  void chooseTheme(ThemeChoice choice);
  void chooseLanguage(const QString& id);
  void rebuild();

  WindowOptions m_options;
  QList<QAction*> m_commands;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<ComputeService> m_service;
  std::unique_ptr<Autosave> m_autosave;
  RecentFiles* m_recent = nullptr;
  MatrixPage* m_page = nullptr;
  ProductPage* m_product = nullptr;
  Banner* m_banner = nullptr;  ///< above whichever room is in front
  QStackedWidget* m_rooms = nullptr;
  QToolButton *m_toMatrix = nullptr, *m_toProduct = nullptr;
  TopBar* m_top = nullptr;
  StatusStrip* m_status = nullptr;
  InputOpener* m_opener = nullptr;
  Exporter* m_exporter = nullptr;
  QWidget* m_dropHint = nullptr;
  QString m_busyWith;
  QTimer m_busyDelay;  ///< what is done at once is not worth a word
  bool m_busy = false;
  double m_fraction = -1;
  inline static const QString kTopicRecover = QStringLiteral("recover"), kTopicMatrix = QStringLiteral("compute"),
                              kTopicProduct = QStringLiteral("product");
  QString m_said;  ///< a short confirmation in the status bar
  std::optional<Error> m_failure;
};

}  // namespace rankscope::ui
