"""Clean: nothing in the body runs, loads or restyles the page; one warning says what went."""

from __future__ import annotations

import re
from collections import Counter

from pipeline import tree
from pipeline.transforms.context import Context
from pipeline.transforms.select import attributes
from pipeline.transforms.styles import safe_style
from pipeline.tree import Element

# left out with all they hold
_DROPPED = frozenset(
    """script style link meta base title head template noframes frame frameset applet param
    source track input select option optgroup datalist dialog""".split()
)
# left out, but for their contents
_UNWRAPPED = frozenset(
    """html body noscript form fieldset label legend button textarea canvas output meter progress
    map area slot menu picture search object embed iframe video audio main header footer nav article
    hgroup""".split()
)
_KEPT = frozenset(
    """a abbr address aside b bdi bdo blockquote br caption cite code col colgroup data dd del
    details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p
    pre q rp rt ruby s samp section small span strong sub summary sup table tbody td tfoot th
    thead time tr u ul var wbr svg math""".split()
)
_ATTRIBUTES = frozenset(
    """id class title lang dir role style href src alt width height colspan rowspan scope headers
    start reversed value type cite datetime open target rel loading""".split()
)
_ONLY_ON = {
    "href": ("a",),
    "src": ("img",),
    "width": ("img",),
    "height": ("img",),
    "type": ("ol",),
    "value": ("li", "data"),
    "target": ("a",),
    "rel": ("a",),
    "loading": ("img",),
    "open": ("details",),
}
_RUNS = re.compile(r"[\s\x00-\x20]*(?:javascript|vbscript|data|file)\s*:", re.IGNORECASE)
_NOISE = frozenset({"uri", "email", "emoji", "math", "inline", "display"})  # pandoc's own classes


def clean(root: Element, context: Context) -> None:
    """Leave in the tree what a document may hold, and tell of what could have done something."""
    left_out: Counter[str] = Counter()
    first: list[str] = []
    for element in list(root.iter()):
        if element is root or _is_drawn(element):
            continue
        tag = str(element.tag)
        if tag in ("svg", "math"):
            _clean_drawing(element, left_out)
            continue
        elif tag in _DROPPED:
            if element.getparent() is not None:
                tree.remove(element)
            if tag in ("script", "style", "link", "base", "meta", "applet", "input", "select"):
                left_out[f"<{tag}>"] += 1
                first.append(f"<{tag}")
            continue
        elif tag not in _KEPT:
            tree.unwrap(element)
            continue
        _clean_attributes(element, left_out, first)
    for span in list(root.iter("span", "p")):
        if _is_idle(span):
            tree.unwrap(span)
    if left_out:
        said = ", ".join(f"{count} {what}" for what, count in sorted(left_out.items()))
        lines = [line for name in first if (line := context.source.find(name))]
        context.say(
            "unsafe-html",
            "warning",
            f"left out, because a post must not run or load anything: {said}",
            min(lines, default=context.post.body_line),
            "Take it out of the post, or show it as a code block.",
        )


def _is_drawn(element: Element) -> bool:
    return any(outer.tag in ("svg", "math") for outer in element.iterancestors())


def _is_idle(element: Element) -> bool:
    """Tell whether a span says nothing, or a paragraph is the empty half of a repaired one."""
    if element.tag == "p":
        return not len(element) and not (element.text or "").strip() and not element.attrib
    return not element.attrib


def _clean_attributes(element: Element, left_out: Counter[str], first: list[str]) -> None:
    for name, value in attributes(element):
        allowed = name in _ATTRIBUTES or name.startswith(("aria-", "data-"))
        if name in _ONLY_ON and element.tag not in _ONLY_ON[name]:
            allowed = False
        if name == "href" and _RUNS.match(value):
            allowed = False
            left_out["link that runs a script"] += 1
            first.append(value[:20])
        if name.startswith("on"):
            left_out[f"{name} handler"] += 1
            first.append(f"{name}=")
        if name == "style":
            value = safe_style(value)
            element.set("style", value)
            allowed = bool(value)
        if name == "class":
            value = " ".join(item for item in value.split() if item not in _NOISE)
            element.set("class", value)
            allowed = bool(value)
        if not allowed or name in ("data-emoji", "data-tag"):
            del element.attrib[name]


def _clean_drawing(drawing: Element, left_out: Counter[str]) -> None:
    """Take out of SVG or MathML what runs or leads elsewhere."""
    for element in list(drawing.iter()):
        if element.tag in ("script", "foreignObject", "foreignobject", "iframe", "annotation-xml"):
            left_out[f"<{element.tag}>"] += 1
            tree.remove(element)
            continue
        for name, value in attributes(element):
            if name.startswith("on"):
                left_out[f"{name} handler"] += 1
                del element.attrib[name]
            elif name.endswith("href") and not value.strip().startswith("#"):
                del element.attrib[name]
            elif name == "style" or "url(" in value:
                element.set(name, re.sub(r"url\(\s*(?!['\"]?#)[^)]*\)|@import", "", value))
