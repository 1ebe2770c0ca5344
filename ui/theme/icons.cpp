// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include "core/base/result.h"
#include "ui/theme/theme.h"

namespace rankscope::ui {
namespace {

class LineIcon : public QIconEngine {
 public:
  LineIcon(QString name, QByteArray svg, IconTone tone)
      : m_name(std::move(name)), m_svg(std::move(svg)), m_tone(tone) {}

  QIconEngine* clone() const override { return new LineIcon(m_name, m_svg, m_tone); }
  QString iconName() override { return m_name; }
  bool isNull() override { return false; }

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
    QByteArray svg = m_svg;
    svg.replace("currentColor", colour(mode, state).name().toLatin1());
    QSvgRenderer renderer(svg);
    const int side = qMin(rect.width(), rect.height());
    QRect square(0, 0, side, side);
    square.moveCenter(rect.center());
    painter->setRenderHint(QPainter::Antialiasing);
    renderer.render(painter, square);
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    const QString key = QStringLiteral("rankscope:%1:%2:%3:%4")
                            .arg(m_name)
                            .arg(size.width())
                            .arg(size.height())
                            .arg(colour(mode, state).name());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) return pixmap;
    pixmap = QPixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint(&painter, QRect(QPoint(), size), mode, state);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
  }

 private:
  QColor colour(QIcon::Mode mode, QIcon::State state) const {
    const Theme& t = theme();
    if (mode == QIcon::Disabled) return mixed(t.panel, t.muted, 0.55);
    switch (m_tone) {
      case IconTone::OnAccent:
        return t.dark ? t.canvas : t.panel;
      case IconTone::Accent:
        return t.accent;
      case IconTone::Muted:
        if (state == QIcon::On) return t.accent;
        return mode == QIcon::Active ? t.text : t.muted;
      case IconTone::Text:
        break;
    }
    return state == QIcon::On ? t.accent : t.text;
  }

  QString m_name;
  QByteArray m_svg;
  IconTone m_tone;
};

}  // namespace

QIcon icon(const QString& name, IconTone tone) {
  QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
  expects(file.open(QIODevice::ReadOnly), "an icon of resources/icons");
  return QIcon(new LineIcon(name, file.readAll(), tone));
}

}  // namespace rankscope::ui
