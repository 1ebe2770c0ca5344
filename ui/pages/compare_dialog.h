// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <optional>
#include <vector>

#include "core/session/state.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace rankscope::ui {

/// The sheet that says which methods and ranks to compare. The room's method comes with its parameters, the others with
/// those they had in the comparison before, or their defaults.
class CompareDialog : public QDialog {
  Q_OBJECT

 public:
  CompareDialog(const SessionState& state, const AnyMatrix& X, Index maxRank, QWidget* parent);
  /// Nothing while something is wrong, which the sheet says.
  std::optional<Comparison> comparison() const { return m_wish; }

 private:
  void check();

  std::vector<ComparedMethod> m_methods;
  std::vector<QCheckBox*> m_boxes;
  QLineEdit* m_ranks;
  QLabel* m_note;
  QPushButton* m_compare;
  std::optional<Comparison> m_wish;
};

/// 1, 2, 4 … up to `most`, and at most `most` itself.
std::vector<Index> doublingRanks(Index most);

}  // namespace rankscope::ui
