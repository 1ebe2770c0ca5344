// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <utility>

namespace rankscope::ui {

/// The languages of the window: id ("en", "zh_CN") and name in that language.
const QList<std::pair<QString, QString>>& languages();
/// What was chosen last, else the language of the system, else English.
QString preferredLanguage();
/// Translates from now on, Qt's own texts too; widgets that exist keep their texts. `id` is one of languages().
void applyLanguage(const QString& id);
/// What applyLanguage() was last given; English before.
QString currentLanguage();

}  // namespace rankscope::ui
