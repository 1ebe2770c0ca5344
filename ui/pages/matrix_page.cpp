// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/matrix_page.h"

#include <QDataStream>
#include <QFileInfo>
#include <QIODevice>
#include <QResizeEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/linalg/file_matrix.h"
#include "ui/pages/compare_book.h"
#include "ui/pages/empty_page.h"
#include "ui/pages/inputs_panel.h"
#include "ui/pages/inverse_panel.h"
#include "ui/pages/layers_panel.h"
#include "ui/pages/matrix_controller.h"
#include "ui/pages/pane_group.h"
#include "ui/pages/pin_book.h"
#include "ui/pages/plot_panel.h"
#include "ui/pages/side_panel.h"
#include "ui/pages/structure_panel.h"
#include "ui/theme/theme.h"

namespace rankscope::ui {
namespace {

constexpr int kNarrow = 1100;  // pixels

/// "0.12 − 0.5i".
QString showComplex(const Complex& value, int digits) {
  const bool negative = std::signbit(value.imag());
  return showNumber(value.real(), digits) + (negative ? QStringLiteral(" − ") : QStringLiteral(" + ")) +
         showNumber(std::abs(value.imag()), digits) + QLatin1Char('i');
}

QStringList sampleNames(const Formats& formats) {
  QStringList names;
  for (const auto& sample : formats.samples) names << QString::fromStdString(sample.first);
  return names;
}

}  // namespace

MatrixPage::MatrixPage(Session& session, ComputeService& service, QWidget* parent)
    : QWidget(parent), m_session(session) {
  setObjectName(QStringLiteral("matrixPage"));
  m_controller = new MatrixRoomController(session, service, this);
  m_pins = new PinBook(*m_controller, session, service, this);
  m_compared = new CompareBook(*m_controller, session, service, this);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  m_across = new QSplitter(Qt::Horizontal, this);
  m_across->setObjectName(QStringLiteral("acrossSplitter"));
  m_across->setHandleWidth(1);
  row->addWidget(m_across);
  m_inputs = new InputsPanel(*m_controller, session, service, *m_pins, m_across);

  auto* middle = new QWidget(m_across);
  auto* column = new QVBoxLayout(middle);
  column->setContentsMargins(12, 12, 12, 12);
  column->setSpacing(8);
  m_stack = new QStackedWidget(middle);
  column->addWidget(m_stack, 1);
  m_empty = new EmptyPage(sampleNames(service.formats()), m_stack);
  m_down = new QSplitter(Qt::Vertical, m_stack);
  m_down->setObjectName(QStringLiteral("downSplitter"));
  m_down->setHandleWidth(10);
  m_down->setChildrenCollapsible(false);
  m_panes = new PaneGroup(*m_controller, session, m_down);
  m_plots = new PlotPanel(*m_controller, session, *m_pins, *m_compared, m_down);
  m_plots->layers()->setService(&service);
  m_plots->inverse()->setService(&service);
  m_plots->structure()->setService(&service);
  connect(m_plots->structure(), &StructurePanel::choicesShown, m_panes, &PaneGroup::showChoices);
  m_down->addWidget(m_panes);
  m_down->addWidget(m_plots);
  m_down->setSizes({350, 430});
  m_down->setStretchFactor(0, 4);
  m_down->setStretchFactor(1, 5);
  m_stack->addWidget(m_empty);
  m_stack->addWidget(m_down);

  m_side = new SidePanel(*m_controller, session, m_across);
  m_across->addWidget(m_inputs);
  m_across->addWidget(middle);
  m_across->addWidget(m_side);
  m_inputs->setMinimumWidth(150);
  m_side->setMinimumWidth(272);
  middle->setMinimumWidth(420);
  m_across->setCollapsible(1, false);
  m_across->setStretchFactor(1, 1);
  m_across->setSizes({208, 880, 296});

  connect(m_panes, &PaneGroup::hovered, this, &MatrixPage::inspect);
  connect(m_controller, &MatrixRoomController::frameChanged, this, [this] { inspect(m_row, m_col); });
  connect(m_controller, &MatrixRoomController::stageChanged, this, &MatrixPage::showStage);
  connect(m_controller, &MatrixRoomController::inputChanged, this, &MatrixPage::showStage);
  showStage();
}

void MatrixPage::showStage() {
  const bool shown = m_controller->input() != nullptr;
  const bool first = shown && m_stack->currentWidget() == m_empty;
  m_stack->setCurrentWidget(shown ? static_cast<QWidget*>(m_down) : m_empty);
  if (first) m_plots->setFocus();  // the arrow keys move the rank at once
  if (!shown) {
    const InputSpec* spec = m_controller->spec();
    const bool loading = m_controller->stage() == Stage::Loading;
    m_empty->setLoading(loading && spec ? QFileInfo(QString::fromStdString(spec->location)).fileName() : QString());
  }
}

bool MatrixPage::isSettled() const {
  return m_controller->isSettled() && m_inputs->isComplete() && m_plots->layers()->isComplete() &&
         m_plots->inverse()->isComplete() && m_plots->structure()->isComplete() && !m_compared->isRunning();
}

void MatrixPage::inspect(Index row, Index col) {
  m_row = row;
  m_col = col;
  const Loaded* input = m_controller->input();
  if (!input || row < 0 || col < 0) {
    emit inspected({});
    return;
  }
  const AnyMatrix& X = *input->matrix;
  const Index channels = m_controller->channelCount(), width = X.cols() / channels;
  if (row >= X.rows() || col >= width) {
    emit inspected({});
    return;
  }
  try {
    emit inspected(entryText(X, row, col));
  } catch (const ReadFailure&) {  // said where the file is read for more than a hint
    emit inspected({});
  }
}

QString MatrixPage::entryText(const AnyMatrix& X, Index row, Index col) const {
  const Index channels = m_controller->channelCount(), width = X.cols() / channels;
  QStringList values, approximations, residuals;
  const AnalysisPtr analysis = m_controller->analysis();
  const std::vector<Index> drawn = m_controller->drawnRanks();
  const int digits = channels > 1 || X.isComplex() ? 3 : 4;
  const std::vector<Index>& muted = m_session.state().matrix.muted;
  if (X.isComplex()) {
    const Complex value = X.block<Complex>(row, col, 1, 1)(0, 0);
    values << showComplex(value, digits);
    if (analysis && !analysis->parts.empty()) {
      Matrix<Complex> entry;
      reconstruct<Complex>(*analysis->parts[0], {drawn[0], muted}, Tile{row, col, 1, 1}, entry);
      approximations << showComplex(entry(0, 0), digits);
      residuals << showComplex(value - entry(0, 0), digits);
    }
  }
  for (Index c = 0; c < channels && !X.isComplex(); ++c) {
    const double value = X.at(row, c * width + col);
    values << showNumber(value, digits);
    if (!analysis || analysis->parts.empty()) continue;
    const bool apart = analysis->parts.size() > 1;
    const auto p = static_cast<std::size_t>(apart ? c : 0);
    const Terms terms{drawn[p], muted};
    Matrix<double> entry;
    reconstruct<double>(*analysis->parts[p], terms, Tile{row, apart ? col : c * width + col, 1, 1}, entry);
    approximations << showNumber(entry(0, 0), digits);
    residuals << showNumber(value - entry(0, 0), digits);
  }
  QString text =
      tr("row %1, column %2 · M = %3").arg(showCount(row), showCount(col), values.join(QStringLiteral("  ")));
  if (!approximations.isEmpty()) {
    text += tr(" · M̂ = %1 · residual %2")
                .arg(approximations.join(QStringLiteral("  ")), residuals.join(QStringLiteral("  ")));
  }
  return text;
}

void MatrixPage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  // In a narrow window the pictures need the room more than the list does.
  if (width() < kNarrow && event->oldSize().width() != width() && m_inputs->width() > m_inputs->minimumWidth()) {
    const int left = m_inputs->minimumWidth(), right = m_side->minimumWidth();
    m_across->setSizes({left, width() - left - right, right});
  }
}

void MatrixPage::toggleLeft() { m_inputs->setVisible(!m_inputs->isVisible()); }
void MatrixPage::toggleRight() { m_side->setVisible(!m_side->isVisible()); }

QByteArray MatrixPage::saveLayout() const {
  QByteArray bytes;
  QDataStream stream(&bytes, QIODevice::WriteOnly);
  stream << m_across->saveState() << m_down->saveState() << !m_inputs->isHidden() << !m_side->isHidden();
  return bytes;
}

void MatrixPage::restoreLayout(const QByteArray& layout) {
  QByteArray across, down;
  bool left = true, right = true;
  QDataStream stream(layout);
  stream >> across >> down >> left >> right;
  if (stream.status() != QDataStream::Ok || across.isEmpty()) return;
  m_across->restoreState(across);
  m_down->restoreState(down);
  m_inputs->setVisible(left);
  m_side->setVisible(right);
}

}  // namespace rankscope::ui
