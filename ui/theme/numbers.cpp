// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "ui/theme/theme.h"

namespace rankscope::ui {
namespace {

constexpr QChar kThinSpace(0x2009), kNoBreakSpace(0x00A0), kMinus(0x2212), kTimes(0x00D7);

QString grouped(QString digits) {
  for (qsizetype at = digits.size() - 3; at > 0; at -= 3) digits.insert(at, kThinSpace);
  return digits;
}

QString withUnit(const QString& number, const char* unit) { return number + kNoBreakSpace + QLatin1String(unit); }

/// Without zeros at the end of the fraction.
QString trimmed(QString text) {
  if (!text.contains(QLatin1Char('.'))) return text;
  while (text.endsWith(QLatin1Char('0'))) text.chop(1);
  if (text.endsWith(QLatin1Char('.'))) text.chop(1);
  return text;
}

/// `value` with `decimals` decimals, grouped; zeros at the end go when they say nothing.
QString plain(double value, int decimals) {
  QString text = QString::number(value, 'f', std::max(0, decimals));
  const QString shorter = trimmed(text);
  const double difference = std::abs(shorter.toDouble() - value);
  if (difference <= 1e-12 * std::abs(value)) text = shorter;
  const qsizetype point = text.indexOf(QLatin1Char('.'));
  return point < 0 ? grouped(text) : grouped(text.left(point)) + text.mid(point);
}

QString shifted(qlonglong value, const char16_t* digits, char16_t minus) {
  QString text;
  for (const QChar c : QString::number(value))
    text += c == QLatin1Char('-') ? QChar(minus) : QChar(digits[c.digitValue()]);
  return text;
}

}  // namespace

QString subscript(qlonglong value) { return shifted(value, u"₀₁₂₃₄₅₆₇₈₉", u'₋'); }

QString superscript(qlonglong value) { return shifted(value, u"⁰¹²³⁴⁵⁶⁷⁸⁹", u'⁻'); }

QString showNumber(double value, int digits) {
  if (std::isnan(value)) return QStringLiteral("NaN");
  const QString sign = value < 0 ? QString(kMinus) : QString();
  const double size = std::abs(value);
  if (std::isinf(value)) return sign + QChar(0x221E);
  if (value == 0) return QStringLiteral("0");
  // Rounded first, so that 9.9996 counts as 10.
  const QString rounded = QString::number(size, 'e', digits - 1);
  const qsizetype e = rounded.indexOf(QLatin1Char('e'));
  const int exponent = rounded.mid(e + 1).toInt();
  if (exponent >= -4 && exponent <= 5) {
    const double cut = exponent >= digits ? rounded.toDouble() : size;  // no more digits than asked for
    return sign + plain(cut, digits - 1 - exponent);
  }
  QString mantissa = rounded.left(e);
  const QString shorter = trimmed(mantissa);
  const double exact = QString(shorter + rounded.mid(e)).toDouble();
  if (std::abs(exact - size) <= 1e-12 * size) mantissa = shorter;
  return sign + mantissa + kThinSpace + kTimes + kThinSpace + QStringLiteral("10") + superscript(exponent);
}

QString showCount(qlonglong value) {
  const QString digits = QString::number(value);
  return value < 0 ? kMinus + grouped(digits.mid(1)) : grouped(digits);
}

QString showPercent(double share, int digits) {
  // Nearly all is not all.
  const double most = 100 - std::pow(10.0, 2 - digits);
  if (share < 1 && 100 * share > most) return withUnit(QStringLiteral("> ") + plain(most, digits - 2), "%");
  return withUnit(showNumber(100 * share, digits), "%");
}

QString showSeconds(double seconds) {
  if (!(seconds >= 0)) return QStringLiteral("–");
  if (seconds < 1e-3) return withUnit(QStringLiteral("< 1"), "ms");
  if (seconds < 0.9995) return withUnit(QString::number(std::lround(seconds * 1e3)), "ms");
  if (seconds < 9.95) return withUnit(QString::number(seconds, 'f', 1), "s");
  if (seconds < 119.5) return withUnit(QString::number(std::lround(seconds)), "s");
  const long minutes = std::lround(seconds / 60);
  if (minutes < 120) return withUnit(QString::number(minutes), "min");
  const long hours = minutes / 60, rest = minutes % 60;
  const QString whole = withUnit(showCount(hours), "h");
  return rest == 0 ? whole : whole + kNoBreakSpace + withUnit(QString::number(rest), "min");
}

}  // namespace rankscope::ui
