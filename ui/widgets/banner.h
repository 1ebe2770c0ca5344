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

/// One clear line above the room with a way on: a failure, a choice that an input asks for, a file that changed.
class Banner : public QFrame {
  Q_OBJECT

 public:
  enum class Tone { Error, Question, Notice };
  struct Choice {
    QString text;
    std::function<void()> chosen;
  };

  explicit Banner(QWidget* parent = nullptr);
  /// Shows the line (and the hint, smaller) with these buttons and Dismiss. A new message replaces the old one.
  /// Where the buttons would leave the words too little room they stand below them. `topic` lets whoever asked take it
  /// back with clear(topic).
  void post(Tone tone, const QString& line, const QString& hint, std::vector<Choice> choices,
            const QString& topic = {});
  void clear(const QString& topic = {});
  QString line() const;
  const QString& topic() const { return m_topic; }

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
