"""What a payload keeps of its document; what its report tells is not looked for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape, unescape
from typing import Any

from hanpan import tree
from hanpan.conservation import Fault, Inventory, Passage, Shown, find_faults, shown_in, without
from hanpan.crosspost.losses import Loss
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.payload import WrittenPayload
from hanpan.transforms.element_numbers import NUMBER
from hanpan.tree import Element

# a loss -> the elements that it takes or writes in another form
_TAKEN: dict[str, tuple[str, ...]] = {
    "code-picture": ("pre",),
    "table-picture": ("table",),
    "drawing-picture": ("svg",),
    "formula-letters": ("math",),
    "formula-picture": ("math",),
    "formula-tex": ("math",),
    "maths": ("math",),
    "pictures-left-out": ("figure", "img", "svg"),
}
_ALL = ("drawing-picture", "pictures-left-out")  # losses that are of all such elements
_BEGINNING = "share"  # the loss of a payload that is the beginning of a post alone
_NO_TABLES = ("table-list", "table-picture")
_HTML = frozenset(("gutenberg", "html", "page"))  # writers
_WHOLE = frozenset(("html", "page"))  # those that write the tree as it is
_APART = "\u2060"
_JSON, _MARKDOWN = "lexical", "markdown"
_FENCE = re.compile(r"[ >\t]*(?:(?:[-*+]|\d{1,9}[.)])[ ]+)?(`{3,}|~{3,})")
_LONGEST_LABEL = 2_000  # characters
_NO_FORMULA = re.compile(r"\n|</[a-z]")  # between two prices: `$100</strong>, $20`
_START = re.compile(
    r"(?P<mark>`+|\$\$?)|\\.|<!--"
    r"|</?[A-Za-z][\w-]*(?:[\s/][^<>]*)?>"
    r"|\]\((?>(?:[^()\s\\]|\\.|\([^()\s]*\))*)(?:[ ]\"[^\"\n]*\")?\)"
)


def faults_of_payload(
    body: Element, inventory: Inventory, payload: WrittenPayload, lowering: Lowering
) -> tuple[Fault, ...]:
    """Return what of a document's body is missing from its payload, and in no report.

    `inventory` was taken of `body`, whose elements are numbered.
    """
    losses = lowering.lost()
    if any(loss.name == _BEGINNING for loss in losses):
        return ()
    elements = list(body.iter())
    kept = without(inventory, _places_taken(elements, losses))
    formulas = tuple(Passage(place, tex) for place, tex in kept.formulas)
    passages = tuple(sorted((*kept.passages, *formulas), key=lambda one: one.place))
    kept = replace(kept, passages=passages)
    writers = dict(lowering.platform.body.files)
    name, text = next(iter(payload.texts.items()))
    is_root = writers[name] in _WHOLE and name not in lowering.platform.body.without
    shown = shown_in(payload.root) if is_root else _shown(writers[name], text)
    if any(loss.name in _NO_TABLES for loss in losses):
        shown = replace(shown, tables=None)
    pictures = sum(1 for place in kept.pictures if _is_shown(elements[place], text, lowering))
    text = shown.text.replace(_APART, "")  # a dialect may put one into headings (losses: liquid)
    shown = replace(shown, text=text, pictures=pictures, formulas=None)
    return find_faults(kept, shown)


def _places_taken(elements: list[Element], losses: Sequence[Loss]) -> list[range]:
    """Return the places of what losses say is there in another form, or not."""
    if not any(loss.name in _TAKEN for loss in losses):
        return []
    places = {element: place for place, element in enumerate(elements)}
    numbered = {one.get(NUMBER): one for one in elements}
    taken = []
    for loss in losses:
        for element in _elements_of(loss, elements[0], numbered):
            start = places[element]
            taken.append(range(start, start + sum(1 for _ in element.iter())))
    return taken


def _elements_of(
    loss: Loss, body: Element, numbered: Mapping[str | None, Element]
) -> Iterable[Element]:
    """Return the elements that a loss is about; all of their kind where it does not say which."""
    tags = _TAKEN.get(loss.name, ())
    if not tags:
        return ()
    elements = []
    for number in loss.elements:
        near = numbered.get(str(number))
        around = [] if near is None else [near, *near.iterancestors()]
        elements += [one for one in around if one.tag in tags][-1:]  # the outermost
    is_known = len(elements) == loss.count and loss.name not in _ALL
    return elements if is_known else body.iter(*tags)


def _is_shown(element: Element, text: str, lowering: Lowering) -> bool:
    """Tell whether a picture's address, file or mark stands in a payload's text."""
    picture = lowering.pictures.get((element.get("src") or "").removeprefix("asset:"))
    if picture is None:
        return False
    for name in (picture.url, picture.placeholder, f"images/{picture.file}"):
        if name and (name in text or ("&" in name and escape(name) in text)):
            return True
    return False


def _shown(writer: str, text: str) -> Shown:
    """Return what a writer's text shows; Markdown's tables are not counted."""
    if writer in _HTML:
        return shown_in(tree.parse(text))
    if writer == _JSON:
        return Shown("\n".join(map(_unmarked, _strings(json.loads(text)))))
    return Shown(_unmarked(text) if writer == _MARKDOWN else text)


def _unmarked(markdown: str) -> str:
    """Return Markdown without tags and addresses; code and formulas stay as they are."""
    pieces: list[str] = []
    text: list[str] = []  # lines that are no code
    closing = ""
    for line in markdown.split("\n"):
        fence = _FENCE.match(line)
        if closing:
            pieces.append(line)
            if fence and fence[1].startswith(closing):
                closing = ""
        elif fence:
            pieces += [_text_unmarked("\n".join(text)), line]
            text.clear()
            closing = fence[1]
        else:
            text.append(line)
    return "\n".join([*pieces, _text_unmarked("\n".join(text))])


def _text_unmarked(text: str) -> str:
    pieces: list[str] = []
    at = 0
    unclosed: set[str] = set()  # marks that have no second one behind here
    while match := _START.search(text, at):
        pieces.append(unescape(text[at : match.start()]))
        at = match.end()
        mark = "-->" if match[0] == "<!--" else match["mark"]
        if match[0][0] == "\\":
            pieces.append(match[0][1])
        elif match[0][0] == "]" and _is_escaped(text, match.start()):
            pieces.append(match[0])
        elif mark and mark not in unclosed:
            end = text.find(mark, at)
            if end < 0:
                unclosed.add(mark)
            elif mark != "$" or not _NO_FORMULA.search(text, at, end):
                inside = unescape(text[at:end]) if mark == "$" else text[at:end]  # or two prices
                pieces.append(inside if match["mark"] else "")
                at = end + len(mark)
    return "".join((*pieces, unescape(text[at:])))


def _is_escaped(text: str, at: int) -> bool:
    """Tell whether the bracket that would begin a link, which ends at `at`, is text."""
    start = max(0, at - _LONGEST_LABEL)
    return text.rfind("&#91;", start, at) > text.rfind("[", start, at)


def _strings(value: Any) -> Iterator[str]:
    """Yield the texts in the cards of a body in JSON, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)
