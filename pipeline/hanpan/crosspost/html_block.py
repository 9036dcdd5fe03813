"""HTML in Markdown: an element as one block of plain HTML, which no blank line ends."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from hanpan import tree
from hanpan.crosspost.code_titles import write_titles
from hanpan.transforms.element_numbers import strip_numbers
from hanpan.transforms.maths_svg import tex_of
from hanpan.tree import Element

_KEPT = frozenset((
    "href", "src", "alt", "title", "width", "height", "colspan", "rowspan", "start", "type",
    "value", "reversed", "datetime", "id", "open", "align",
))  # fmt: skip
_TAG = re.compile(r"(<[^<>]*>)")


def html_block(element: Element, escaped: str = "") -> str:
    """Return an element as HTML without classes, styles and blank lines.

    `escaped`: characters of its text that are written as references.
    """
    box = etree.Element("div")
    box.append(deepcopy(element))
    box[0].tail = None
    strip_numbers(box)
    write_titles(box)  # which attributes hold, and those go
    for inner in box.iter():
        if not _is_drawn(inner):
            _strip(inner)
    html = tree.inner_html(box)
    parts = _TAG.split(re.sub(r"(?s)<pre\b.*?</pre>", _on_one_line, html))
    signs = re.compile(f"[{re.escape(escaped)}]") if escaped else None
    texts = [
        signs.sub(lambda m: f"&#{ord(m[0])};", part) if signs and not part.startswith("<") else part
        for part in parts
    ]
    return re.sub(r"\s*\n\s*", "\n", "".join(texts)).strip()


def formulas_in(element: Element, pair: tuple[str, ...]) -> None:
    """Replace each `<math>` below an element by its TeX between two signs."""
    for formula in list(element.iter("math")):
        span = etree.Element("span")
        span.text = pair[0] + " ".join(tex_of(formula).split()) + pair[1]
        tree.replace(formula, span)


def _is_drawn(element: Element) -> bool:
    """Tell whether an element is part of a formula or a drawing, where attributes matter."""
    return element.tag in ("math", "svg") or any(
        outer.tag in ("math", "svg") for outer in element.iterancestors()
    )


def _strip(element: Element) -> None:
    language = next((n for n in tree.classes(element) if n.startswith("language-")), "")
    for name in list(element.attrib):
        if name not in _KEPT:
            del element.attrib[name]
    if language:
        element.set("class", language)


def _on_one_line(match: re.Match[str]) -> str:
    return match[0].replace("\n", "&#10;")
