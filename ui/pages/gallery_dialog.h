// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QTimer>

#include "core/methods/params.h"
#include "ui/compute/compute_service.h"

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace rankscope::ui {

class ParamForm;

/// The gallery of generated matrices: what each is good for, its parameters, and a picture that follows them.
class GalleryDialog : public QDialog {
  Q_OBJECT

 public:
  GalleryDialog(ComputeService& service, QWidget* parent);
  /// "gallery:hilbert,n=20", of what is chosen.
  QString location() const;
  void choose(const QString& id);
  bool isComplete() const { return !m_pending && !m_wait.isActive(); }

 private:
  void filter(const QString& typed);
  void showChosen();
  void requestThumbnail();

  ComputeService& m_service;
  QLineEdit* m_search;
  QListWidget* m_list;
  QLabel* m_title;
  QLabel* m_help;
  QLabel* m_picture;
  QLabel* m_note;
  ParamForm* m_form;
  QPushButton* m_open;
  QTimer m_wait;
  quint64 m_generation = 0;
  bool m_pending = false;
};

}  // namespace rankscope::ui
