// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/view_choices.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>
#include <map>

#include "core/base/text.h"

namespace rankscope::ui {
namespace {

/// What a choice of view is called on screen.
QString choiceText(const std::string& value) {
  static const std::map<std::string, const char*> names = {
      {"auto", QT_TRANSLATE_NOOP("rankscope::ui::PaneGroup", "Automatic")},
      {"grey", QT_TRANSLATE_NOOP("rankscope::ui::PaneGroup", "Grey")},
      {"viridis", QT_TRANSLATE_NOOP("rankscope::ui::PaneGroup", "Viridis")},
      {"cividis", QT_TRANSLATE_NOOP("rankscope::ui::PaneGroup", "Cividis")},
      {"magma", QT_TRANSLATE_NOOP("rankscope::ui::PaneGroup", "Magma")},
      {"inferno", QT_TRANSLATE_NOOP("rankscope::ui::PaneGroup", "Inferno")},
      {"diverging", QT_TRANSLATE_NOOP("rankscope::ui::PaneGroup", "Diverging about zero")},
      {"linear", QT_TRANSLATE_NOOP("rankscope::ui::PaneGroup", "Linear")},
      {"log", QT_TRANSLATE_NOOP("rankscope::ui::PaneGroup", "Logarithmic")},
      {"symlog", QT_TRANSLATE_NOOP("rankscope::ui::PaneGroup", "Logarithmic, both signs")},
      {"arcsinh", QT_TRANSLATE_NOOP("rankscope::ui::PaneGroup", "Arcsinh")},
      {"minmax", QT_TRANSLATE_NOOP("rankscope::ui::PaneGroup", "Least to greatest")},
      {"percentile", QT_TRANSLATE_NOOP("rankscope::ui::PaneGroup", "1 % to 99 %")},
      {"symmetric", QT_TRANSLATE_NOOP("rankscope::ui::PaneGroup", "Symmetric about zero")},
      {"own", QT_TRANSLATE_NOOP("rankscope::ui::PaneGroup", "As dragged on the colour bar")},
      {"residual", QT_TRANSLATE_NOOP("rankscope::ui::PaneGroup", "Residual")},
      {"product", QT_TRANSLATE_NOOP("rankscope::ui::PaneGroup", "The product itself")},
      {"three", QT_TRANSLATE_NOOP("rankscope::ui::PaneGroup", "Three panes")},
      {"wipe", QT_TRANSLATE_NOOP("rankscope::ui::PaneGroup", "Wipe")},
      {"flip", QT_TRANSLATE_NOOP("rankscope::ui::PaneGroup", "Flip")},
      {"single", QT_TRANSLATE_NOOP("rankscope::ui::PaneGroup", "Single pane")},
  };
  const auto found = names.find(value);
  return found == names.end() ? QString::fromStdString(value)
                              : QCoreApplication::translate("rankscope::ui::PaneGroup", found->second);
}

}  // namespace

void addViewChoices(QMenu* menu, Session& session, const QString& title, const std::string& key) {
  QMenu* choices = menu->addMenu(title);
  auto* group = new QActionGroup(choices);
  for (const ViewKey& known : viewKeys()) {
    if (known.name != key) continue;
    for (const std::string& value : known.choices) {
      QAction* action = choices->addAction(choiceText(value));
      action->setCheckable(true);
      action->setActionGroup(group);
      action->setData(QString::fromStdString(value));
      QObject::connect(action, &QAction::triggered, choices, [&session, key, value, title] {
        session.edit(title, 0, [&](SessionState& state) { state.view[key] = value; });
      });
    }
  }
  QObject::connect(choices, &QMenu::aboutToShow, choices, [&session, group, key] {
    const QString now = QString::fromStdString(viewValue(session.state(), key));
    for (QAction* action : group->actions()) action->setChecked(action->data().toString() == now);
  });
}

View keptView(const SessionState& state, const std::string& prefix) {
  const double zoom = viewNumber(state, prefix + "zoom");
  View view;
  view.fit = zoom <= 0;
  view.scale = zoom > 0 ? zoom : 1;
  view.centre = {viewNumber(state, prefix + "centre-x"), viewNumber(state, prefix + "centre-y")};
  return view;
}

void keepView(Session& session, const std::string& prefix, const View& view) {
  session.adjustView([&](SessionState& state) {
    state.view[prefix + "zoom"] = view.fit ? "0" : exact(view.scale);
    state.view[prefix + "centre-x"] = exact(view.centre.x());
    state.view[prefix + "centre-y"] = exact(view.centre.y());
  });
}

}  // namespace rankscope::ui
