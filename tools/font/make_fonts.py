#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes resources/fonts from Debian's fonts-inter: make_fonts.py /usr/share/fonts/opentype/inter resources/fonts

Needs python3-fonttools. Qt 6.4 cannot switch on an OpenType feature, so the tabular figures become the default ones; the
raised T and H of matrix notation, which the family lacks, are made from its own capitals. The result is a modified version
under the OFL and carries another name.
"""
import sys

from fontTools import subset
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

FAMILY = "Rankscope Sans"
WEIGHTS = {"Regular": "Medium", "Medium": "SemiBold", "SemiBold": "Bold"}  # whose capitals, scaled down, match in weight
DIGITS = [ord(c) for c in "0123456789"]
RAISED = {0x1D40: "T", 0x1D34: "H"}
RANGES = [(0x20, 0x250), (0x2B0, 0x460), (0x1D00, 0x1DC0), (0x1E00, 0x1F00), (0x2000, 0x2300), (0x25A0, 0x2600)]


def tabular(font):
    """Glyph → its tabular form."""
    gsub, found = font["GSUB"].table, {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[index].SubTable:
                    found.update(getattr(table, "ExtSubTable", table).mapping)
    return found


def bake_digits(font):
    forms, metrics, glyph_of = tabular(font), font["hmtx"].metrics, font.getBestCmap()
    chosen = {code: forms[glyph_of[code]] for code in DIGITS}
    width = metrics[chosen[ord("0")]][0]
    for code, glyph in chosen.items():
        metrics[glyph] = (width, metrics[glyph][1])
        for table in font["cmap"].tables:
            if code in table.cmap:
                table.cmap[code] = glyph


def add_raised(font, heavier):
    """Capitals at 0.6 of their size, standing on 0.4 of the cap height."""
    top, glyphs = font["CFF "].cff.topDictIndex[0], heavier.getGlyphSet()
    for code, letter in RAISED.items():
        source, name = heavier.getBestCmap()[ord(letter)], f"uni{code:04X}"
        width = round(0.6 * glyphs[source].width)
        pen = T2CharStringPen(width, None)
        glyphs[source].draw(TransformPen(pen, (0.6, 0, 0, 0.6, 0, 0.4 * font["OS/2"].sCapHeight)))
        charstring = pen.getCharString(private=top.Private, globalSubrs=font["CFF "].cff.GlobalSubrs)
        top.CharStrings.charStringsIndex.append(charstring)
        top.CharStrings.charStrings[name] = len(top.CharStrings.charStringsIndex) - 1
        top.charset.append(name)
        font["hmtx"].metrics[name] = (width, 0)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = name
    font.setGlyphOrder(list(top.charset))


def rename(font, weight):
    names = font["name"]
    for record in list(names.names):
        if record.nameID == 1:
            record.string = FAMILY if weight == "Regular" else f"{FAMILY} {weight}"
        elif record.nameID == 16:
            record.string = FAMILY
        elif record.nameID == 4:
            record.string = f"{FAMILY} {weight}"
        elif record.nameID == 6:
            record.string = f"{FAMILY.replace(' ', '')}-{weight}"
        elif record.nameID == 3:
            record.string = f"{FAMILY} {weight}, made from {names.getDebugName(5)} of Inter"
        elif record.nameID > 17:
            names.names.remove(record)
    cff = font["CFF "].cff
    cff.fontNames[0] = f"{FAMILY.replace(' ', '')}-{weight}"
    cff.topDictIndex[0].FamilyName, cff.topDictIndex[0].FullName = FAMILY, f"{FAMILY} {weight}"


def main(source, target):
    for weight, heavier in WEIGHTS.items():
        font = TTFont(f"{source}/Inter-{weight}.otf")
        bake_digits(font)
        options = subset.Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl"], hinting=True,
                                 name_IDs=["*"], notdef_outline=True)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=[code for first, end in RANGES for code in range(first, end)])
        subsetter.subset(font)
        add_raised(font, TTFont(f"{source}/Inter-{heavier}.otf"))
        rename(font, weight)
        font.save(f"{target}/RankscopeSans-{weight}.otf")


main(*sys.argv[1:])
