"""Build layouts/fonts/stix-two-math from npm's STIX Two Math: sh tools/maths_font/build.sh

Pages carry a subset of this font for their formulas. It is STIX Two Math without what MathML has no
use for (hints, stylistic sets, names of glyphs), and with what browsers need to stretch signs:

* Accents. MathML says `^`, `~`, `¯` and `―`, for which the font has one size. They have the shapes
  and the sizes of the combining accents, which browsers do not stretch or set beside the letter.
* Arrows. The head of `→` joins on the wrong side: browsers refuse the arrow, and those made of it.
* Long arrows and `=` are joined of the parts that the font has for others.
* Primes have the shape that they have as scripts, which is what they are in MathML: Chromium does
  not ask for it. Other letters keep one shape for all sizes, and pages half of their weight.

https://learn.microsoft.com/typography/opentype/spec/math
"""

from __future__ import annotations

import copy
import sys
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

FEATURES = ["ccmp", "kern", "dtls", "flac"]
SCRIPT_FEATURE = "ssty"
PRIMES = (*range(0x2032, 0x2038), 0x2057)
FAMILY = "Hanpan Maths"
# a sign -> what it looks like, in a width of its own
SHAPES = {0x5E: 0x02C6, 0x7E: 0x02DC, 0x2015: 0x203E}
# a sign -> that whose sizes it has
SIZES = {
    0x02C6: 0x0302,
    0x02DC: 0x0303,
    0x02C7: 0x030C,
    0xAF: 0x203E,
    0x27F5: 0x2190,
    0x27F6: 0x2192,
    0x27F7: 0x2194,
    0x27F8: 0x21D0,
    0x27F9: 0x21D2,
    0x27FA: 0x21D4,
    0x27FC: 0x21A6,
}
EQUALS, DOUBLE_ARROW, EXTENDER = 0x3D, 0x21D2, 1


def main() -> None:
    """Write the adapted font: build.py SOURCE TARGET."""
    source, target = map(Path, sys.argv[1:])
    font = TTFont(source, recalcTimestamp=False)
    glyph_of = font.getBestCmap()
    shapes = {sign: glyph_of[shape] for sign, shape in SHAPES.items()}
    shapes |= primes_as_scripts(font)
    for cmap in font["cmap"].tables:
        if cmap.isUnicode():
            cmap.cmap |= shapes
    options = Options(
        hinting=False, glyph_names=False, notdef_outline=True, layout_features=FEATURES
    )
    options.drop_tables += ["DSIG", "gasp"]
    options.name_IDs = ["*"]
    cutter = Subsetter(options)
    cutter.populate(unicodes=font.getBestCmap())
    cutter.subset(font)
    table = font["MATH"].table.MathVariants
    constructions = dict(
        zip(table.HorizGlyphCoverage.glyphs, table.HorizGlyphConstruction, strict=True)
    )
    mend_connectors(constructions)
    glyph_of = font.getBestCmap()  # by other names than before
    for sign, model in SIZES.items():
        constructions[glyph_of[sign]] = in_sizes(
            glyph_of[sign], constructions[glyph_of[model]], font
        )
    constructions[glyph_of[EQUALS]] = long_equals(
        glyph_of[EQUALS], constructions[glyph_of[DOUBLE_ARROW]], font
    )
    glyphs = sorted(constructions, key=font.getGlyphID)
    table.HorizGlyphCoverage.glyphs = glyphs
    table.HorizGlyphConstruction = [constructions[glyph] for glyph in glyphs]
    table.HorizGlyphCount = len(glyphs)
    rename(font)
    font.save(target)


def primes_as_scripts(font: TTFont) -> dict[int, str]:
    """Return, for each prime, its glyph in a script."""
    table = font["GSUB"].table
    lookups = {
        number
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == SCRIPT_FEATURE
        for number in record.Feature.LookupListIndex
    }
    scripts = {
        glyph: alternates[0]
        for number in sorted(lookups)
        for subtable in table.LookupList.Lookup[number].SubTable
        for glyph, alternates in subtable.alternates.items()
    }
    glyph_of = font.getBestCmap()
    return {prime: scripts[glyph_of[prime]] for prime in PRIMES if glyph_of[prime] in scripts}


def mend_connectors(constructions: dict[str, Any]) -> None:
    """Let the last part of each sign join what is before it, where it says it joins nothing."""
    for construction in constructions.values():
        parts = construction.GlyphAssembly.PartRecords if construction.GlyphAssembly else []
        if len(parts) > 1 and not parts[-1].StartConnectorLength:
            last = parts[-1]
            last.StartConnectorLength, last.EndConnectorLength = last.EndConnectorLength, 0


def in_sizes(glyph: str, model: Any, font: TTFont) -> Any:
    """Return the construction of a sign that stretches as another does."""
    construction = copy.deepcopy(model)
    if construction.MathGlyphVariantRecord:
        first = construction.MathGlyphVariantRecord[0]
        first.VariantGlyph, first.AdvanceMeasurement = glyph, font["hmtx"][glyph][0]
    return construction


def long_equals(glyph: str, arrow: Any, font: TTFont) -> Any:
    """Return the construction of `=`: the shaft of a double arrow, again and again."""
    construction = in_sizes(glyph, arrow, font)
    assembly: otTables.GlyphAssembly = construction.GlyphAssembly
    shaft = next(part for part in assembly.PartRecords if part.PartFlags & EXTENDER)
    fixed = copy.deepcopy(shaft)
    fixed.PartFlags = 0
    assembly.PartRecords = [fixed, shaft]
    assembly.PartCount = 2
    return construction


def rename(font: TTFont) -> None:
    """Give the font a name of its own: it is not what its makers made."""
    plain = FAMILY.replace(" ", "")
    names = {1: FAMILY, 2: "Regular", 3: plain, 4: FAMILY, 6: plain}
    kept = {number: font["name"].getDebugName(number) for number in (0, 13, 14)}
    font["name"].names = []
    for number, text in sorted((names | kept).items()):
        font["name"].setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    main()
