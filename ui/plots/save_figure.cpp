// SPDX-License-Identifier: GPL-3.0-or-later
#include <qcustomplot.h>

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QPageSize>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <cmath>

#include "core/io/input.h"
#include "ui/plots/figure_plot.h"
#include "ui/plots/plot_view.h"

namespace rankscope::ui {
namespace {

constexpr int kDpi = 96, kEdge = 16;
constexpr double kPngScale = 2;

/// The whole picture, title, plot and caption, on a device of `size` logical pixels.
void paintFigure(QCPPainter& painter, const Figure& figure, const Theme& theme, const QSize& size) {
  const QFont title = sizedFont(13, QFont::DemiBold), small = sizedFont(11);
  const int width = size.width() - 2 * kEdge;
  painter.fillRect(QRect(QPoint(), size), theme.panel);
  int top = 8, bottom = 8;
  if (!figure.title.isEmpty()) {
    const QRect line(kEdge, 12, width, QFontMetrics(title).height());
    painter.setFont(title);
    painter.setPen(theme.text);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, figure.title);
    top = line.bottom() + 6;
  }
  if (!figure.caption.isEmpty()) {
    const QRect room(kEdge, 0, width, size.height() / 3);
    const int height = QFontMetrics(small).boundingRect(room, Qt::TextWordWrap, figure.caption).height();
    painter.setFont(small);
    painter.setPen(theme.muted);
    painter.drawText(QRect(kEdge, size.height() - height - 12, width, height), Qt::TextWordWrap, figure.caption);
    bottom = height + 18;
  }
  const QSize inner(size.width(), size.height() - top - bottom);

  QCustomPlot plot;
  plot.resize(inner);
  FigurePlot content(plot);
  content.setFigure(figure);
  content.setTheme(theme);
  content.arrange(inner);
  plot.setViewport(QRect(QPoint(), inner));
  plot.replot(QCustomPlot::rpImmediateRefresh);
  painter.save();
  painter.translate(0, top);
  plot.toPainter(&painter, inner.width(), inner.height());
  painter.restore();
  content.measure();
  painter.save();
  painter.translate(0, top);
  std::optional<MarkerNote> note;
  if (const Marker* marker = content.draggable()) note = MarkerNote{marker->label, {}};
  content.paint(painter, note, {});
  painter.restore();
}

bool paintOn(QPaintDevice& device, bool vectors, const Figure& figure, const Theme& theme, const QSize& size) {
  QCPPainter painter;
  if (!painter.begin(&device)) return false;
  if (vectors) painter.setMode(QCPPainter::pmVectorized);
  painter.setMode(QCPPainter::pmNoCaching);
  paintFigure(painter, figure, theme, size);
  return painter.end();
}

bool write(const QString& path, const QString& ending, const Figure& figure, const Theme& theme, const QSize& size) {
  if (ending == QLatin1String("svg")) {
    QBuffer buffer;
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setSize(size);
    svg.setViewBox(QRect(QPoint(), size));
    svg.setResolution(kDpi);
    svg.setTitle(figure.title);
    svg.setDescription(figure.caption);
    if (!paintOn(svg, true, figure, theme, size)) return false;
    // Text stays text, so a reader without our font needs to know what comes next.
    QByteArray bytes = buffer.data();
    bytes.replace("font-family=\"Rankscope Sans\"", "font-family=\"Rankscope Sans, Inter, DejaVu Sans, sans-serif\"");
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.flush();
  }
  if (ending == QLatin1String("pdf")) {
    QPdfWriter pdf(path);
    pdf.setResolution(kDpi);
    pdf.setPageSize(QPageSize(QSizeF(size) * 72 / kDpi, QPageSize::Point, {}, QPageSize::ExactMatch));
    pdf.setPageMargins(QMarginsF());
    pdf.setTitle(figure.title);
    pdf.setCreator(QStringLiteral("Rankscope " RANKSCOPE_VERSION));
    return paintOn(pdf, true, figure, theme, size);
  }
  QImage image((QSizeF(size) * kPngScale).toSize(), QImage::Format_RGB32);
  image.setDevicePixelRatio(kPngScale);
  image.setDotsPerMeterX(qRound(kPngScale * kDpi / 0.0254));
  image.setDotsPerMeterY(qRound(kPngScale * kDpi / 0.0254));
  image.fill(theme.panel);
  image.setText(QStringLiteral("Description"), figure.caption);
  image.setText(QStringLiteral("Software"), QStringLiteral("Rankscope " RANKSCOPE_VERSION));
  return paintOn(image, false, figure, theme, size) && image.save(path, "png");
}

}  // namespace

Result<Done> saveFigure(const Figure& figure, const QString& path, bool dark, QSize size) {
  expects(size.width() > 0 && size.height() > 0, "a figure with a size");
  const QString ending = QFileInfo(path).suffix().toLower();
  const std::string target = path.toStdString();
  if (ending != QLatin1String("svg") && ending != QLatin1String("pdf") && ending != QLatin1String("png")) {
    return outputError(target, text("figures are written as .svg, .pdf or .png"));
  }
  loadFonts();
  return writeAtomically(target, [&](const std::string& temporary) -> Result<Done> {
    if (!write(QString::fromStdString(temporary), ending, figure, dark ? darkTheme() : lightTheme(), size)) {
      return outputError(target, text("the figure could not be written"));
    }
    return Done{};
  });
}

}  // namespace rankscope::ui
