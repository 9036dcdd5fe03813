"""Abbreviations: `<abbr title>` around each of a post's, wherever text says it."""

from __future__ import annotations

import re

from lxml import etree

from hanpan import tree
from hanpan.transforms.select import with_attribute
from hanpan.transforms.shared.context import Context
from hanpan.tree import Element

_NOT_IN = frozenset("code pre kbd samp math svg abbr script style".split())
_MOST = 200  # abbreviations of one post


def abbreviations(root: Element, context: Context) -> None:
    """Explain abbreviations as kramdown does: whole words, but a Korean particle may follow."""
    titles: dict[str, str] = {}
    for definition in with_attribute(root, "data-abbr")[:_MOST]:
        titles[definition.get("data-abbr") or ""] = definition.get("title") or ""
        tree.remove(definition)
    if not titles:
        return
    either = "|".join(re.escape(name) for name in sorted(titles, key=len, reverse=True))
    words = re.compile(rf"(?<![A-Za-z0-9_])(?:{either})(?![A-Za-z0-9_])")
    for element in list(root.iter(etree.Element)):
        outer = (element, *element.iterancestors())
        if not any(item.tag in _NOT_IN for item in outer):
            _explain(element, None, words, titles)
        if element is not root and not any(item.tag in _NOT_IN for item in outer[1:]):
            _explain(outer[1], element, words, titles)


def _explain(
    parent: Element, behind: Element | None, words: re.Pattern[str], titles: dict[str, str]
) -> None:
    """Wrap the abbreviations in the text behind a child of `parent`, or at its beginning."""
    text = (parent.text if behind is None else behind.tail) or ""
    matches = list(words.finditer(text))
    if not matches:
        return
    before = text[: matches[0].start()]
    place = 0 if behind is None else parent.index(behind) + 1
    if behind is None:
        parent.text = before
    else:
        behind.tail = before
    for at, word in enumerate(matches):
        abbreviation = etree.Element("abbr")
        if titles[word[0]]:
            abbreviation.set("title", titles[word[0]])
        abbreviation.text = word[0]
        end = matches[at + 1].start() if at + 1 < len(matches) else len(text)
        abbreviation.tail = text[word.end() : end]
        parent.insert(place + at, abbreviation)
