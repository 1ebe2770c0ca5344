// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <functional>
#include <vector>

class QBoxLayout;
class QHBoxLayout;
class QLabel;
class QPushButton;

namespace rankscope::ui {

/// A way on that a banner offers, as a button.
struct BannerChoice {
  QString text;
  std::function<void()> chosen;
};

/// One clear line above the room with a way on: a failure, a choice that an input asks for, a file that changed.
class Banner : public QFrame {
  Q_OBJECT

 public:
  enum class Tone { Error, Question, Notice };
  using Choice = BannerChoice;

  explicit Banner(QWidget* parent = nullptr);
  /// Shows the line (and the hint, smaller) with these buttons and Dismiss. A new message replaces the old one.
  /// Where the buttons would leave the words too little room they stand below them. `topic` lets whoever asked take it
  /// back with clear(topic).
  void post(Tone tone, const QString& line, const QString& hint, std::vector<Choice> choices,
            const QString& topic = {});
  void clear(const QString& topic = {});
  QString line() const;
  const QString& topic() const { return m_topic; }

 signals:
  void shown(bool is);  ///< by post and clear: for the room around it

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void arrange();

  QBoxLayout* m_row;
  QLabel* m_line;
  QLabel* m_hint;
  QWidget* m_actions;
  QHBoxLayout* m_buttons;
  QPushButton* m_dismiss;
  QString m_topic;
};

}  // namespace rankscope::ui
