"""The page's web fonts: one woff2 subset for each face that the page's characters need.

A page has two families of its own, "post-body" and "post-code", in the weights 400 and 700. What
the first family of the settings lacks (hanja, old Hangul, symbols) comes from the next one, by
`unicode-range`. Formulas have a third family, "post-maths". Emoji, and what no face has, are left
to the reader's system.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator

from hanpan.assets.fonts import Face, coverage, role_faces, role_families, subset
from hanpan.assets.scripts import cjk_family, family_of, is_shapeless, script_face, unusual
from hanpan.editions.font_use import Use, characters
from hanpan.editions.html.maths_font import FAMILY as MATHS
from hanpan.editions.html.maths_font import maths_face, maths_text
from hanpan.files import Files
from hanpan.transforms.languages import languages_of
from hanpan.tree import Element

_ASCII = frozenset(map(chr, range(0x20, 0x7F)))
# Conjoining jamo of one syllable must come from one font, or they stand side by side.
_JAMO = re.compile("[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\u302e\u302f]")
LARGEST = 200_000  # bytes of a page's subsets of hanja; more is for the system's fonts
_SYSTEM = {
    "Noto Sans JP": ("Hiragino Sans", "Yu Gothic", "Noto Sans JP", "Noto Sans CJK JP"),
    "Noto Sans SC": ("PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC"),
    "Noto Sans TC": ("PingFang TC", "Microsoft JhengHei", "Noto Sans TC", "Noto Sans CJK TC"),
}
GENERIC = {
    "body": '"Apple SD Gothic Neo", "Malgun Gothic", sans-serif',
    "code": "Menlo, Consolas, monospace",
}


def font_css(parts: tuple[Element, ...], css: str, files: Files, lang: str) -> str:
    """Return the `@font-face` rules for all text of `parts` and for what `css` generates.

    `lang` is the language of the page.
    """
    formulas = maths_text(parts)
    maths = maths_face(files) if formulas else None
    used = characters(parts, lang, coverage(maths) if maths else frozenset())
    generated = {char for char in css if char > "\x7f"}  # `content: "..."`
    rules = []
    for use in sorted(used):
        role, weight, family = use
        if family:
            continue
        text = used[use] | _ASCII | (generated if role == "body" else set())
        shares = _shares(role_faces(files, role, weight), text)
        for place, (face, share) in enumerate(shares):
            rules.append(_rule(f"post-{role}", weight, face, share, has_range=place > 0))
        for face, share in _of_scripts(text, weight, lang, files):
            rules.append(_rule(f"post-{role}", weight, face, share, has_range=True))
    rules += _of_hanja(used, files)
    if maths:
        share = {char for char in formulas if ord(char) in coverage(maths)}
        rules.append(_rule(MATHS, 400, maths, share, has_range=False))
    stacks = "".join(
        f'--font-{role}: "post-{role}", {", ".join(map(quote_family, families))}, {GENERIC[role]};'
        for role, families in role_families(files).items()
    )
    return "\n".join([*rules, f":root {{ {stacks} }}", *_of_languages(parts, lang)])


def _of_scripts(
    text: set[str], weight: int, lang: str, files: Files
) -> Iterator[tuple[Face, set[str]]]:
    """Yield the faces of other scripts with the characters that the page's own fonts lack."""
    shares: dict[str, set[str]] = {}
    special = unusual("".join(sorted(text)), files)
    for cluster in sorted(text):
        if not special.isdisjoint(cluster) and (family := family_of(cluster, files, lang)):
            shares.setdefault(family, set()).add(cluster)
    for family in sorted(shares):
        face = script_face(family, weight, files)
        if face:
            yield face, shares[family]


def _of_hanja(used: dict[Use, set[str]], files: Files) -> list[str]:
    """Return the rules of Japanese and Chinese, as far as they are no larger than a page allows.

    Regular goes first; what finds no room is left to the system's fonts.
    """
    rules: list[str] = []
    room = LARGEST
    shares: dict[tuple[int, str], set[str]] = {}
    for (_, weight, family), chars in sorted(used.items()):
        if family:
            shares.setdefault((weight, family), set()).update(chars)
    for (weight, family), chars in sorted(shares.items()):
        face = script_face(family, weight, files)
        if face is None:
            continue
        own = {char for char in chars if coverage(face).issuperset(map(ord, char))}
        needed = [_rule(_hanja_name(family), weight, face, own or chars, has_range=False)]
        for other, share in _of_others(chars - own, weight, family, files):
            needed.append(_rule(_hanja_name(family), weight, other, share, has_range=True))
        for rule in needed:
            if len(rule) <= room:
                room -= len(rule)
                rules.append(rule)
    return rules


def _of_others(
    left: set[str], weight: int, family: str, files: Files
) -> Iterator[tuple[Face, set[str]]]:
    """Yield the faces of other languages with the characters that a language's own one lacks."""
    for name in _SYSTEM:
        face = script_face(name, weight, files) if left and name != family else None
        share = {char for char in left if face and coverage(face).issuperset(map(ord, char))}
        if face and share:
            left = left - share
            yield face, share
    rare: dict[str, set[str]] = {}
    for char in sorted(left):
        if name := family_of(char, files):
            rare.setdefault(name, set()).add(char)
    for name, share in rare.items():
        if face := script_face(name, weight, files):
            yield face, share


def _of_languages(parts: tuple[Element, ...], lang: str) -> list[str]:
    """Return which fonts hold for each language, where one has hanja of its own."""
    tags = dict.fromkeys(tag for part in parts for tag in languages_of(part, lang))
    if not any(map(cjk_family, tags)):
        return []
    rules = []
    for tag in tags:
        family = cjk_family(tag)
        names = [f'"{_hanja_name(family)}"'] if family else []
        system = [f'"{name}"' for name in _SYSTEM.get(family, ())]
        body = ", ".join([*names, '"post-body"', *system, GENERIC["body"]])
        code = ", ".join([*names, '"post-code"', *system, GENERIC["code"]])
        at = f'[lang="{re.sub(r"[^A-Za-z0-9-]", "", tag)}"]'
        rules.append(
            f"{at} {{ --font-body: {body}; --font-code: {code}; font-family: var(--font-body) }}"
        )
        within = ", ".join(f"{name}{at}, {name} {at}" for name in ("code", "kbd", "pre", "samp"))
        rules.append(f"{within} {{ font-family: var(--font-code) }}")
    return rules


def _hanja_name(family: str) -> str:
    return f"post-{family[-2:].lower()}"


def _shares(faces: tuple[Face, ...], text: set[str]) -> Iterator[tuple[Face, set[str]]]:
    """Yield each face with the characters that it sets: each goes to the first face that has it."""
    jamo = {char for char in text if len(char) == 1 and _JAMO.match(char)}
    left = set(text)
    for face in faces:
        covered = coverage(face)
        share = {part for part in left if covered.issuperset(_shaped(part))}
        if not all(ord(char) in covered for char in jamo):
            share -= jamo
        left -= share
        if share:
            yield face, share


def _shaped(cluster: str) -> Iterator[int]:
    """Yield what a font must have of a character, or of a letter with its marks."""
    return (ord(char) for char in cluster if len(cluster) == 1 or not is_shapeless(char))


def _rule(family: str, weight: int, face: Face, text: set[str], *, has_range: bool) -> str:
    text = set("".join(text))
    data = base64.b64encode(subset(face, "".join(text), "woff2")).decode("ascii")
    parts = f'font-family: "{family}"; font-weight: {weight}; font-display: swap;'
    parts += f" src: url(data:font/woff2;base64,{data}) format('woff2');"
    if has_range:
        parts += f" unicode-range: {unicode_ranges(text)};"
    return f"@font-face {{ {parts} }}"


def unicode_ranges(text: Iterable[str]) -> str:
    """Return CSS's `unicode-range` for the characters: `U+4E00, U+6F22-6F24`."""
    runs: list[list[int]] = []
    for code in sorted(map(ord, text)):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


def quote_family(family: str) -> str:
    """Return the name of a family as CSS wants it."""
    return '"' + family.replace("\\", "").replace('"', "") + '"'
