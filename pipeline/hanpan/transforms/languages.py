"""Languages of runs that nobody has named: Japanese by its kana, Chinese by its letters.

Hanja have other forms in Japan, mainland China and Taiwan, and a font is chosen by `lang`. What the
author has given a `lang` stays as it is; hanja that tell nothing are Korean ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from hanpan import tree
from hanpan.language import canonical_tag, cjk_of, guessed_language
from hanpan.tree import Element

# fmt: off
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl",
    "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "li",
    "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
))
_SKIPPED = frozenset((
    "annotation", "math", "option", "script", "select", "style", "svg", "textarea", "title",
))
# fmt: on
_CODE = frozenset(("code", "kbd", "pre", "samp", "tt"))
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
# radicals, kana, bopomofo, hanja with all their extensions
_LETTER = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3040-\u30fa"
    "\u30fd-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff"
)
# full stops, brackets and other marks as wide as a letter
_MARK = (
    "\u3000-\u3004\u3008-\u3020\u302a-\u3030\u303d-\u303f\u30fb\u30fc"
    "\uff01-\uff0f\uff1a-\uff1f\uff3b-\uff3d\uff5b-\uff65"
)
_RUN = re.compile(f"[{_LETTER}{_MARK}]+")
_HAS_HANJA = re.compile(
    "[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_HAS_LETTER = re.compile(f"[{_LETTER}]")


@dataclass(slots=True)
class _Block:
    """The texts of one block, each with where it stands; those of blocks within are theirs."""

    lang: str
    places: list[tuple[Element, bool]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def mark_languages(root: Element, lang: str) -> None:
    """Put each run of Japanese or Chinese into a span of its `lang`; `lang` is the root's own.

    In a block without Hangul a word of kana tells the language of all its hanja. Code is set in a
    font of its own, so there the runs of a Japanese or Chinese text are marked as well. Idempotent.
    """
    if cjk_of(lang) is None and not guessed_language(tree.text_of(root)):
        return
    for block in list(_blocks(root, lang)):
        text = "".join(block.texts)
        guess = guessed_language(text)
        whole = "" if _HANGUL.search(text) else guess
        is_cjk = cjk_of(block.lang) is not None
        for (element, is_tail), part in zip(block.places, block.texts, strict=True):
            if is_cjk and _is_in_code(element, is_tail=is_tail):
                _mark(element, part, block.lang, "", is_tail=is_tail)
            elif guess:
                _mark(element, part, whole, block.lang, is_tail=is_tail)


def _is_in_code(element: Element, *, is_tail: bool) -> bool:
    """Tell whether a text is of code; highlighting nests a few elements, and no more."""
    outer = [] if is_tail else [element]
    return any(one.tag in _CODE for one in (*outer, *element.iterancestors()))


def _blocks(root: Element, lang: str) -> Iterator[_Block]:
    """Yield the blocks that have text of which nobody has spoken a language."""
    outer: list[tuple[_Block, bool]] = [(_Block(lang), False)]  # with: whether its lang is given
    done = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        is_block = tag in _BLOCKS
        if event == "start":
            block, is_given = outer[-1]
            own = element.get("lang") if element is not root else None
            if tag in _SKIPPED or not tag:
                walk.skip_subtree()
            elif is_block or own is not None:
                # an article of a book says its language for all of it, as a page does
                spoken = tag not in ("article", "section") and own is not None
                block = _Block(own or block.lang)
                outer.append((block, spoken or is_given))
                done.append(block) if not outer[-1][1] else None
            block, is_given = outer[-1]
            if element.text and tag and tag not in _SKIPPED and not is_given:
                block.places.append((element, False))
                block.texts.append(element.text)
        else:
            own = element.get("lang") if element is not root else None
            if tag and tag not in _SKIPPED and (is_block or own is not None):
                outer.pop()
            block, is_given = outer[-1]
            if element.tail and element is not root and not is_given:
                block.places.append((element, True))
                block.texts.append(element.tail)
    yield outer[0][0]
    yield from done


def _mark(element: Element, text: str, whole: str, lang: str, *, is_tail: bool) -> None:
    """Wrap the runs of one text; `whole` is the language of its block, "" where it is mixed."""
    spans: list[Element] = []
    rest, last = "", 0
    for run in _RUN.finditer(text):
        guess = guessed_language(run[0]) or whole
        if guess == "zh-Hant" and not whole:  # beside Hangul, hanja are Korean
            continue
        is_text = _HAS_LETTER.search(run[0]) is not None
        if not guess or not is_text or _is_same(guess, lang):
            continue
        if not whole and not _HAS_HANJA.search(run[0]):
            continue  # a word of kana in a Korean sentence is the same in every font
        between = text[last : run.start()]
        if spans:
            spans[-1].tail = between
        else:
            rest = between
        span = etree.Element("span", {"lang": guess})
        span.text = run[0]
        spans.append(span)
        last = run.end()
    if not spans:
        return
    spans[-1].tail = text[last:] or None
    if is_tail:
        tree.put_behind(element, rest, spans)
    else:
        element.text = rest or None
        element[0:0] = spans


def _is_same(guess: str, lang: str) -> bool:
    """Tell whether a language is what is spoken already: simplified letters may stand in Taiwan."""
    spoken = canonical_tag(lang).partition("-")[0]
    return cjk_of(lang) is not None and spoken == guess.partition("-")[0]


def languages_of(root: Element, lang: str) -> tuple[str, ...]:
    """Return the language tags in a tree, as they are written, that of the root first."""
    tags = dict.fromkeys([lang])
    tags.update(dict.fromkeys(element.get("lang", "") for element in root.iter("*")))
    return tuple(tag for tag in tags if tag)
