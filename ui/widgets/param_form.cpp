// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/param_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <limits>

#include "ui/theme/translated.h"
#include "ui/widgets/parts.h"

namespace rankscope::ui {
namespace {

bool sameSpecs(const std::vector<ParamSpec>& a, const std::vector<ParamSpec>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const ParamSpec& x, const ParamSpec& y) {
    return x.name == y.name && x.title == y.title && x.min == y.min && x.max == y.max && x.choices == y.choices;
  });
}

}  // namespace

ParamForm::ParamForm(QWidget* parent) : QWidget(parent) {
  m_layout = new QVBoxLayout(this);
  m_layout->setContentsMargins(0, 0, 0, 0);
  m_layout->setSpacing(6);
}

void ParamForm::setParams(const std::vector<ParamSpec>& specs, const ParamValues& given, const ParamScope& scope) {
  const bool rebuild = !sameSpecs(specs, m_specs);
  m_given = given;
  m_scope = scope;
  m_scope.given = nullptr;
  if (rebuild) {
    m_specs = specs;
    build();
  }
  refresh();
}

void ParamForm::build() {
  for (Row& row : m_rows) row.widget->deleteLater();
  m_rows.clear();
  for (const ParamSpec& spec : m_specs) {
    m_rows.push_back(makeRow(spec));
    m_layout->addWidget(m_rows.back().widget);
  }
}

ParamValue ParamForm::valueOf(const ParamSpec& spec) const {
  const auto set = m_given.find(spec.name);
  if (set != m_given.end()) return set->second;
  if (const auto* fixed = std::get_if<ParamValue>(&spec.fallback)) return *fixed;
  ParamScope scope = m_scope;
  scope.given = &m_given;
  return std::get<Derived>(spec.fallback).value(scope);
}

ParamForm::Row ParamForm::makeRow(const ParamSpec& spec) {
  Row row;
  row.spec = spec;
  row.widget = new QWidget(this);
  auto* column = new QVBoxLayout(row.widget);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  auto* line = new QHBoxLayout;
  line->setSpacing(8);
  column->addLayout(line);
  const QString title = translated(Text(spec.title));
  const QString help = translated(Text(spec.help));
  auto* label = new QLabel(title, row.widget);
  label->setToolTip(help);
  line->addWidget(label);
  line->addStretch(1);
  row.problem = makeNote({}, row.widget);
  row.problem->setProperty("role", "error");
  row.problem->hide();

  QWidget* editor = nullptr;
  const ParamValue now = valueOf(spec);
  const double intMax = std::numeric_limits<int>::max();
  if (std::holds_alternative<bool>(now)) {
    auto* box = new QCheckBox(row.widget);
    row.display = [box](const ParamValue& value) { box->setChecked(std::get<bool>(value)); };
    connect(box, &QCheckBox::toggled, this, [this, spec](bool on) { set(spec, on); });
    editor = box;
  } else if (std::holds_alternative<Index>(now) && spec.min >= -intMax && spec.max <= intMax) {
    auto* spin = new QSpinBox(row.widget);
    spin->setRange(static_cast<int>(spec.min), static_cast<int>(spec.max));
    spin->setKeyboardTracking(false);
    spin->setAlignment(Qt::AlignRight);
    spin->setFixedWidth(96);
    if (spec.logarithmic) spin->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    row.display = [spin](const ParamValue& value) { spin->setValue(static_cast<int>(std::get<Index>(value))); };
    connect(spin, &QSpinBox::valueChanged, this, [this, spec](int value) { set(spec, Index{value}); });
    editor = spin;
  } else if (!spec.choices.empty()) {
    auto* combo = new QComboBox(row.widget);
    for (const std::string& choice : spec.choices) {
      combo->addItem(QString::fromStdString(choice), QString::fromStdString(choice));
    }
    row.display = [combo](const ParamValue& value) {
      if (const auto* text = std::get_if<std::string>(&value)) {
        combo->setCurrentIndex(combo->findData(QString::fromStdString(*text)));
      }
    };
    connect(combo, &QComboBox::currentIndexChanged, this,
            [this, spec, combo](int index) { set(spec, combo->itemData(index).toString().toStdString()); });
    editor = combo;
  } else {
    auto* edit = new QLineEdit(row.widget);
    edit->setAlignment(Qt::AlignRight);
    edit->setFixedWidth(96);
    row.display = [edit](const ParamValue& value) { edit->setText(QString::fromStdString(showValue(value))); };
    connect(edit, &QLineEdit::editingFinished, this,
            [this, name = spec.name, edit] { setTyped(name, edit->text().trimmed()); });
    editor = edit;
  }
  editor->setObjectName(QStringLiteral("param_%1").arg(QString::fromStdString(spec.name)));
  editor->setAccessibleName(title);
  editor->setToolTip(help);
  label->setBuddy(editor);
  line->addWidget(editor);
  column->addWidget(row.problem);
  return row;
}

void ParamForm::refresh() {
  m_refreshing = true;
  ParamScope scope = m_scope;
  scope.given = &m_given;
  const auto resolved = resolve(m_specs, m_given, scope);
  for (Row& row : m_rows) {
    row.display(valueOf(row.spec));
    row.widget->setVisible(!row.spec.onlyIf || (resolved && applies(row.spec, *resolved)));
  }
  m_refreshing = false;
}

void ParamForm::set(const ParamSpec& spec, ParamValue value) {
  if (m_refreshing || valueOf(spec) == value) return;
  m_given[spec.name] = std::move(value);
  // What no longer applies would be refused: it is dropped.
  for (const ParamSpec& other : m_specs) {
    if (!other.onlyIf || other.onlyIf->param != spec.name || !m_given.contains(other.name)) continue;
    const std::string chosen = showValue(m_given.at(spec.name));
    const auto& allowed = other.onlyIf->values;
    if (std::find(allowed.begin(), allowed.end(), chosen) == allowed.end()) m_given.erase(other.name);
  }
  refresh();
  emit edited(QString::fromStdString(spec.name));
}

void ParamForm::setTyped(const std::string& name, const QString& typed) {
  const auto row = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row& r) { return r.spec.name == name; });
  if (row == m_rows.end() || m_refreshing) return;
  if (typed == QString::fromStdString(showValue(valueOf(row->spec)))) {
    row->problem->hide();
    return;
  }
  const auto value = parseValue(row->spec, typed.toStdString());
  row->problem->setVisible(!value);
  if (!value) {
    row->problem->setText(translated(value.error().why));
    return;
  }
  set(row->spec, *value);
}

}  // namespace rankscope::ui
