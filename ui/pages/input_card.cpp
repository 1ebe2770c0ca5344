// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/input_card.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <cmath>

#include "core/linalg/sparse_matrix.h"
#include "ui/pages/matrix_controller.h"
#include "ui/theme/theme.h"
#include "ui/widgets/parts.h"

namespace rankscope::ui {
namespace {

QString dash() { return QStringLiteral("–"); }

QWidget* makeChoice(const QString& label, const QString& objectName, QComboBox** combo, QWidget* parent) {
  auto* widget = new QWidget(parent);
  auto* row = new QHBoxLayout(widget);
  row->setContentsMargins(0, 0, 0, 0);
  auto* words = new QLabel(label, widget);
  *combo = new QComboBox(widget);
  (*combo)->setObjectName(objectName);
  (*combo)->setAccessibleName(label);
  words->setBuddy(*combo);
  row->addWidget(words);
  row->addStretch(1);
  row->addWidget(*combo);
  return widget;
}

}  // namespace

InputCard::InputCard(MatrixRoomController& controller, Session& session, QWidget* parent)
    : QWidget(parent), m_controller(controller), m_session(session) {
  setObjectName(QStringLiteral("inputCard"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 2, 0, 2);
  column->setSpacing(6);
  column->addWidget(makeSectionLabel(tr("Input"), this));
  m_channelRow = makeChoice(tr("Colour as"), QStringLiteral("channelCombo"), &m_channel, this);
  m_channel->addItem(tr("joint RGB"), QStringLiteral("rgb"));
  m_channel->setItemData(0, tr("one matrix, the three channels side by side"), Qt::ToolTipRole);
  m_channel->addItem(tr("per channel"), QStringLiteral("rgb/each"));
  m_channel->setItemData(1, tr("three matrices, each with its own spectrum"), Qt::ToolTipRole);
  m_channel->addItem(tr("luma"), QStringLiteral("luma"));
  m_channel->addItem(tr("red"), QStringLiteral("red"));
  m_channel->addItem(tr("green"), QStringLiteral("green"));
  m_channel->addItem(tr("blue"), QStringLiteral("blue"));
  column->addWidget(m_channelRow);
  m_complexRow = makeChoice(tr("Complex as"), QStringLiteral("complexCombo"), &m_complex, this);
  m_complex->addItem(tr("complex"), QString());
  m_complex->addItem(tr("modulus"), QStringLiteral("abs"));
  m_complex->addItem(tr("real part"), QStringLiteral("real"));
  m_complex->addItem(tr("imaginary part"), QStringLiteral("imag"));
  m_complex->addItem(tr("real over imaginary"), QStringLiteral("stack"));
  column->addWidget(m_complexRow);
  const auto add = [&](const QString& label, const char* name) {
    auto* row = new NumberRow(label, QString::fromLatin1(name), this);
    column->addWidget(row);
    return row;
  };
  m_shape = add(tr("Matrix"), "shapeRow");
  m_type = add(tr("Type"), "typeRow");
  m_range = add(tr("Range"), "rangeRow");
  m_fro = add(tr("‖M‖ Frobenius"), "froRow");
  m_spectral = add(tr("‖M‖ spectral"), "normRow");
  m_numerical = add(tr("Numerical rank"), "numericalRow");
  m_stable = add(tr("Stable rank"), "stableRow");
  m_effective = add(tr("Effective rank"), "effectiveRow");
  m_condition = add(tr("Condition number"), "conditionRow");

  connect(m_channel, &QComboBox::activated, this, [this](int index) {
    const QString id = m_channel->itemData(index).toString();
    m_controller.changeInput(tr("Colour as"), [&](InputSpec& spec) {
      spec.view.perChannel = id == QStringLiteral("rgb/each");
      spec.view.channel = spec.view.perChannel ? "rgb" : id.toStdString();
    });
  });
  connect(m_complex, &QComboBox::activated, this, [this](int index) {
    const std::string id = m_complex->itemData(index).toString().toStdString();
    m_controller.changeInput(tr("Complex as"), [&](InputSpec& spec) { spec.view.complex = id; });
  });
  connect(&controller, &MatrixRoomController::inputChanged, this, &InputCard::refresh);
  connect(&controller, &MatrixRoomController::analysisChanged, this, &InputCard::refresh);
  connect(&session, &Session::stateChanged, this, &InputCard::showReading);
  refresh();
}

void InputCard::showReading() {
  const InputSpec* spec = m_controller.spec();
  const Loaded* input = m_controller.input();
  const QSignalBlocker blockChannel(m_channel), blockComplex(m_complex);
  const bool colour = input && input->kind == DatasetKind::Image &&
                      (input->matrix->channels().size() > 1 || (spec && spec->view.channel != "rgb"));
  m_channelRow->setVisible(colour);
  const bool complex = input && spec && (input->matrix->isComplex() || !spec->view.complex.empty());
  m_complexRow->setVisible(complex);
  if (!spec) return;
  m_channel->setCurrentIndex(m_channel->findData(spec->view.perChannel ? QStringLiteral("rgb/each")
                                                                       : QString::fromStdString(spec->view.channel)));
  m_complex->setCurrentIndex(m_complex->findData(QString::fromStdString(spec->view.complex)));
}

void InputCard::refresh() {
  showReading();
  const Loaded* input = m_controller.input();
  if (!input) {
    for (NumberRow* row :
         {m_shape, m_type, m_range, m_fro, m_spectral, m_numerical, m_stable, m_effective, m_condition}) {
      row->setValue(dash());
    }
    return;
  }
  const AnyMatrix& X = *input->matrix;
  const Summary& summary = X.summary();
  m_shape->setValue(tr("%1 × %2").arg(showCount(X.rows()), showCount(X.cols())));
  QString kept;
  if (const Sparse* sparse = sparseOf(X)) kept = tr("sparse, %1 entries kept").arg(showCount(sparse->nonZeros()));
  if (X.cheapest() == Access::OnePass) kept = tr("stays in its file");
  m_type->setValue(QString::fromStdString(input->dtype), kept);
  m_range->setValue(tr("%1 … %2").arg(showNumber(summary.min, 3), showNumber(summary.max, 3)),
                    X.isComplex() ? tr("of the moduli") : QString());
  m_fro->setValue(showNumber(summary.fro));
  const AnalysisPtr analysis = m_controller.analysis();
  const bool known = analysis && !analysis->floors.empty() && analysis->floors.front();
  const QString why = known ? QString() : tr("known when the exact spectrum is");
  for (NumberRow* row : {m_spectral, m_numerical, m_stable, m_effective, m_condition}) row->setValue(dash(), why);
  if (!known) return;
  const auto each = [&](auto value) {
    QStringList texts;
    for (const auto& floor : analysis->floors) {
      const double number = value(*floor);
      texts << (std::isfinite(number) ? showNumber(number, analysis->floors.size() > 1 ? 3 : 4) : QStringLiteral("∞"));
    }
    return texts.join(QStringLiteral(" · "));
  };
  m_spectral->setValue(each([](const Spectrum& s) { return s.sigma.size() > 0 ? s.sigma(0) : 0.0; }), tr("σ₁"));
  m_numerical->setValue(each([](const Spectrum& s) { return s.ranks.numerical; }),
                        tr("singular values above rounding"));
  m_stable->setValue(each([](const Spectrum& s) { return s.ranks.stable; }), tr("‖M‖²_F / σ₁²"));
  m_effective->setValue(each([](const Spectrum& s) { return s.ranks.effective; }), tr("exp of the entropy of σᵢ / Σσ"));
  m_condition->setValue(each([](const Spectrum& s) { return s.ranks.condition; }), tr("σ₁ / σₖ"));
}

}  // namespace rankscope::ui
