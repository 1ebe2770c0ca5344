#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists for the translators what the window shows and lupdate cannot see: texts made without tr(), most of them in the core.

Writes ui/theme/core_texts.h; the target update_translations runs it in the top folder. A text is a string with a word of
two small letters and a space, or a capitalised word: some that are never shown are listed too.
"""
import glob
import re

PLACES = ["core/**/*.cpp", "core/**/*.h", "ui/media/*.cpp", "ui/document/*.cpp", "ui/compute/*.cpp", "ui/pages/*.cpp",
          "ui/plots/*.cpp", "ui/window/*.cpp"]
STRING = r'"(?:[^"\\\n]|\\.)*"'
COMMENT_OR_STRING = re.compile(r"//[^\n]*|^\s*#[^\n]*|'\\?.'|" + STRING, re.M)
# What lupdate reads itself, what is told to callers only, names of streams, and sources in the literature.
SKIPPED = re.compile(r"\b(?:tr|translate|QT_TRANSLATE_NOOP|QStringLiteral|QLatin1String)\(\s*(?:" + STRING + r"[\s,]*)+"
                     r"|\b(?:expects|printf|Random|drawn)\((?:" + STRING + r"|[^\";])*;|\breference = " + STRING)
SHOWN = re.compile(r"(?=.*[a-z]{2})(?=\S.* .*\S$)(?![;,'])|[A-Z][a-z]{2,}|To")
NOT_SHOWN = re.compile(r"rankscope: |font-family|True$|False$|Rankscope $|approx INPUT|a part of the|a layer below|a figure with|.*: .* must|.*shapes do|AnyMatrix::|a complex approximation is|\{'descr")


def texts(source):
    source = COMMENT_OR_STRING.sub(lambda m: m.group() if m.group()[0] == '"' else " ", source)
    for match in re.finditer(f"(?:{STRING}\\s*)+", SKIPPED.sub("", source)):
        yield "".join(part[1:-1] for part in re.findall(STRING, match.group()))


def is_shown(text):
    found = SHOWN.match(text)
    return found and found.end() in (0, len(text)) and not NOT_SHOWN.match(text)


def main():
    names = sorted(name for place in PLACES for name in glob.glob(place, recursive=True))
    found = {text for name in names for text in texts(open(name, encoding="utf-8").read()) if is_shown(text)}
    with open("ui/theme/core_texts.h", "w", encoding="utf-8") as out:
        out.write("// SPDX-License-Identifier: GPL-3.0-or-later\n// Made by tools/core_texts.py.\n// clang-format off\n"
                  "#pragma once\n\n#include <QtGlobal>\n\nnamespace rankscope::ui {\n\n"
                  "/// The texts that translated() looks up, for lupdate.\ninline constexpr const char* kCoreTexts[] = {\n")
        out.writelines(f'    QT_TRANSLATE_NOOP("core", "{text}"),\n' for text in sorted(found))
        out.write("};\n\n}  // namespace rankscope::ui\n")


main()
