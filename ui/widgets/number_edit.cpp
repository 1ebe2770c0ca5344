// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/number_edit.h"

#include <QKeyEvent>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <optional>

#include "ui/theme/theme.h"

namespace rankscope::ui {
namespace {

/// "98.13", "98,13 %", "≈ 98.13 %" → 0.9813; nothing where no number is found or it is outside 0…100.
std::optional<double> shareFrom(QString text) {
  text.remove(QLatin1Char('%')).remove(QChar(0x2248)).replace(QLatin1Char(','), QLatin1Char('.'));
  bool ok = false;
  const double percent = QLocale::c().toDouble(text.simplified(), &ok);
  if (!ok || !std::isfinite(percent) || percent < 0 || percent > 100) return std::nullopt;
  return percent / 100;
}

}  // namespace

PercentEdit::PercentEdit(QWidget* parent) : QLineEdit(parent) {
  setAlignment(Qt::AlignRight);
  setProperty("role", "quiet");
  showRest();
  connect(this, &QLineEdit::returnPressed, this, &PercentEdit::commit);
}

void PercentEdit::setShare(double share, bool approximate) {
  m_share = share;
  m_approximate = approximate;
  if (!(hasFocus() && isModified())) showRest();
}

void PercentEdit::showRest() {
  const QString text = m_share < 0 ? QStringLiteral("–") : showPercent(m_share);
  setText(m_approximate && m_share >= 0 ? QStringLiteral("≈ ") + text : text);
  setModified(false);
}

void PercentEdit::commit() {
  if (!isModified()) return;
  const auto share = shareFrom(text());
  setModified(false);
  if (share) {
    emit committed(*share);
  } else {
    showRest();
  }
}

void PercentEdit::focusInEvent(QFocusEvent* event) {
  QLineEdit::focusInEvent(event);
  selectAll();
}

void PercentEdit::focusOutEvent(QFocusEvent* event) {
  commit();
  showRest();
  QLineEdit::focusOutEvent(event);
}

void PercentEdit::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    showRest();
    return;
  }
  if ((event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) && m_share >= 0) {
    emit committed(std::clamp(m_share + (event->key() == Qt::Key_Up ? 0.001 : -0.001), 0.0, 1.0));
    return;
  }
  QLineEdit::keyPressEvent(event);
}

}  // namespace rankscope::ui
