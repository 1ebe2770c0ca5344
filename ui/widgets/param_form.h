// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>
#include <vector>

#include "core/methods/params.h"

class QLabel;
class QVBoxLayout;

namespace rankscope::ui {

/// The form of a list of parameter specifications: one row a knob, by its type. Only what the user sets is kept; a knob
/// left alone follows its default, which the editor shows. Rows that do not apply are hidden.
class ParamForm : public QWidget {
  Q_OBJECT

 public:
  explicit ParamForm(QWidget* parent = nullptr);
  /// `scope` serves the defaults that are rules. Rows are built anew only when the specs are others.
  void setParams(const std::vector<ParamSpec>& specs, const ParamValues& given, const ParamScope& scope);
  const ParamValues& values() const { return m_given; }

 signals:
  /// A knob was set; values() has it.
  void edited(const QString& name);

 private:
  struct Row {
    ParamSpec spec;
    QWidget* widget = nullptr;
    QLabel* problem = nullptr;
    std::function<void(const ParamValue&)> display;
  };
  void build();
  Row makeRow(const ParamSpec& spec);
  void refresh();
  void set(const ParamSpec& spec, ParamValue value);
  void setTyped(const std::string& name, const QString& typed);
  ParamValue valueOf(const ParamSpec& spec) const;

  std::vector<ParamSpec> m_specs;
  std::vector<Row> m_rows;
  ParamValues m_given;
  ParamScope m_scope;
  QVBoxLayout* m_layout;
  bool m_refreshing = false;
};

}  // namespace rankscope::ui
