"""Elements: only those that HTML has and a document may hold, under today's names."""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.select import html_elements
from hanpan.transforms.shared.context import Context
from hanpan.tree import HEADINGS, Element

BLOCKS = frozenset(
    (*HEADINGS, *"p div section ul ol dl pre blockquote figure table hr details".split())
)
PARTS = frozenset(
    "li dt dd caption colgroup col thead tbody tfoot tr th td figcaption summary rt rp".split()
)
PHRASING = frozenset(
    """a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q ruby s samp small span strong
    sub sup time u var wbr svg math""".split()
)
# obsolete name (HTML Standard, 16.2), or one that needs more around it than a post -> name of
# today, the class and the style that say what it looked like
_NOW: dict[str, tuple[str, str, str]] = {
    "center": ("div", "", "text-align: center"),
    "font": ("span", "", ""),
    "big": ("span", "", "font-size: 1.17em"),
    "tt": ("code", "", ""),
    "strike": ("del", "", ""),
    "acronym": ("abbr", "", ""),
    "dir": ("ul", "", ""),
    "menu": ("ul", "", ""),
    "aside": ("div", "notice", ""),  # Notion's export writes its callouts so
    # one in a page, or landmarks: a post is a part of a page
    **dict.fromkeys(
        "main header footer article hgroup nav address search form fieldset legend".split(),
        ("div", "", ""),
    ),
}
# left out with all they hold: they run, fetch, restyle the page, or wait for input
_DROPPED = frozenset(
    """script style link meta base basefont title head template noframes frame frameset applet param
    source track input select option optgroup datalist dialog area bgsound keygen""".split()
)
_REPORTED = frozenset("script style link base meta applet input select".split())


def elements(root: Element, context: Context) -> None:
    """Rename or drop what HTML does not have, or a post may not hold; unknown names become spans.

    What is inside a `<button>` or a `<canvas>` is kept: it is there for readers without them.
    """
    for element in html_elements(root):
        tag = str(element.tag)
        if element.getparent() is None:
            continue
        if tag in _NOW:
            element.tag, name, look = _NOW[tag]
            if name:
                tree.add_class(element, name)
            if look:
                element.set("style", f"{look}; {element.get('style', '')}")
        elif tag in _DROPPED:
            tree.remove(element)
            if tag in _REPORTED:
                context.leave_out(f"<{tag}>", _words_of(element))
                context.replaced.append(tree.text_of(element))
        elif tag not in BLOCKS and tag not in PARTS and tag not in PHRASING:
            element.tag = "span"


def _words_of(element: Element) -> str:
    """Return words by which the author finds an element: there may be other scripts above it."""
    first = (element.text or "").strip().partition("\n")[0]
    return element.get("src") or first[:60] or f"<{element.tag}"
