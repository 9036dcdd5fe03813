"""kramdown's attribute lists, carried here as marks by the dialect, given to their elements."""

from __future__ import annotations

import re

from hanpan import tree
from hanpan.transforms.select import with_attribute
from hanpan.transforms.shared.context import Context
from hanpan.tree import HEADINGS, Element

_PAIR = re.compile(r"""(?<![\w-])([A-Za-z][\w-]*+)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"',]+))""")
_ESCAPED = re.compile(r"(?<!\\)\\++([_*`~|<>\"'])")
_NAME = re.compile(r"([.#])([^\s.#=\"',{}]+)")
_BLOCKS = frozenset((*HEADINGS, *"p li dt dd td th figcaption blockquote div".split()))
_SHORT = {"w": "width", "h": "height"}  # as Chirpy writes them
_OF_PICTURES = frozenset({"width", "height", "alt", "style", "loading"})


def attribute_lists(root: Element, context: Context) -> None:
    """Give each element what its `{: ...}` names; lists marked `{:toc}` go."""
    for mark in with_attribute(root, "data-ial"):
        text, side = mark.get("data-ial") or "", mark.get("data-side") or ""
        target = _target(mark, side)
        tree.remove(mark)
        if target is not None and target is not root:
            if re.match(r"toc\b", text) and target.tag in ("ul", "ol"):
                tree.remove(target)  # every edition makes its own list of contents
                context.wants_contents = True
            else:
                _give(target, text)


def _target(mark: Element, side: str) -> Element | None:
    """Return the element that a mark belongs to."""
    if side == "next":
        following = mark.getnext()
        return following if following is not None else mark.getprevious()
    if side == "quote":
        return next((item for item in mark.iterancestors() if item.tag == "blockquote"), None)
    if side == "previous":
        before, parent = mark.getprevious(), mark.getparent()
        return parent if before is None and parent is not None and parent.tag == "li" else before
    before = mark.getprevious()
    if side != "block" and before is not None and not (before.tail or "").strip():
        return before
    block = next((item for item in mark.iterancestors() if item.tag in _BLOCKS), None)
    return block.getparent() if block is not None and block.tag in ("dt", "dd") else block


def _give(target: Element, text: str) -> None:
    pairs = {pair[1].lower(): _value(pair) for pair in _PAIR.finditer(text)}
    for kind, name in _NAME.findall(_PAIR.sub(" ", text)):
        if kind == ".":
            tree.add_class(target, name)
        else:
            target.set("id", name)
    for name in (pairs.pop("class", None) or "").split():
        tree.add_class(target, name)
    picture = _only_picture(target)
    for name, value in pairs.items():
        name = _SHORT.get(name, name)
        owner = picture if picture is not None and name in _OF_PICTURES else target
        if re.fullmatch(r"[a-z][\w-]*", name):
            owner.set(name, value)


def _value(pair: re.Match[str]) -> str:
    value = next((group for group in pair.groups()[1:] if group is not None), "")
    return _ESCAPED.sub(r"\1", value)  # `{:target="\\_blank"}`


def _only_picture(block: Element) -> Element | None:
    """Return the picture that a paragraph consists of."""
    alone = block.tag == "p" and len(block) == 1 and not tree.text_of(block).strip()
    return block[0] if alone and block[0].tag == "img" else None
