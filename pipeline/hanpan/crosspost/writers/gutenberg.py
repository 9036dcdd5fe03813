"""Block markup of WordPress (Gutenberg): plain blocks where the editor has one, else `wp:html`.

A block's markup must be what the editor itself would save, or it offers to "recover" it: so blocks
that the editor knows have no styles of ours, and whatever needs them is an HTML block. HTML blocks
also keep wpautop away from line ends (WordPress 6.1 and 6.7).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import deepcopy
from html import escape

from lxml import etree

from hanpan import tree
from hanpan.crosspost.blocks import Node, add_copies, has_blocks, nodes, paragraph_of, runs
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element

_PLAIN_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img",
    "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time",
    "u", "var", "wbr",
))  # fmt: skip
# WordPress reads these in any text, code too: a shortcode of its own, an address alone on its line
_SHORTCODE = re.compile(
    r"\[(?=\[?/?(?:wp_caption|caption|gallery|playlist|audio|video|embed)(?![\w-]))"
)
_EMBED = re.compile(r'(?mi)^([^\S\n]*https?:)//(?=[^\s<>"]+[^\S\n]*$)')


def write_gutenberg(root: Element, lowering: Lowering) -> str:
    """Return the body as block markup."""
    text = "\n\n".join(_block(run) for run in runs(root)) + "\n"
    # kses removes one escape too many from numbers: `&amp;#8211;` in code would be a dash (6.5)
    text = text.replace("&amp;#", "&amp;&#35;")
    return _EMBED.sub(r"\1&#47;/", _SHORTCODE.sub("&#91;", text))


def _block(run: Element | list[Node]) -> str:
    if isinstance(run, list):
        return _paragraph(paragraph_of(run))
    write = _NATIVE.get(str(run.tag))
    return (write(run) if write else "") or _html(run)


def _wrap(name: str, html: str, attributes: dict[str, object] | None = None) -> str:
    settings = (
        f" {json.dumps(attributes, ensure_ascii=False, separators=(',', ':'))}"
        if attributes
        else ""
    )
    return f"<!-- wp:{name}{settings} -->\n{html}\n<!-- /wp:{name} -->"


def _html(element: Element) -> str:
    copy = deepcopy(element)
    copy.tail = None
    return _wrap("html", etree.tostring(copy, encoding="unicode", method="html"))


def _bare(element: Element) -> str:
    """Return the contents of an element without the styles that themes have."""
    copy = deepcopy(element)
    for inner in copy.iter():
        if inner is copy or inner.tag in ("span", "mark"):
            continue
        if "vertical-align" not in (inner.get("style") or ""):  # of a formula in a line
            inner.attrib.pop("style", "")
    return tree.inner_html(copy).strip()


def _only_inline(element: Element) -> bool:
    return all(inner.tag in _PLAIN_INLINE for inner in element.iterdescendants())


def _paragraph(element: Element) -> str:
    if not _only_inline(element):
        return ""
    if len(element) == 1 and element[0].tag == "img" and not tree.text_of(element).strip():
        return _image(element[0])
    if not tree.text_of(element).strip() and not len(element):
        return _html(element)
    if element.get("id"):  # a paragraph block has no field for it, an HTML block has
        return ""
    return _wrap("paragraph", f"<p>{_bare(element)}</p>")


def _heading(element: Element) -> str:
    if not _only_inline(element):
        return ""
    level = int(str(element.tag)[1])
    name = element.get("id")
    anchor = f' id="{_attribute(name)}"' if name else ""
    html = f'<{element.tag} class="wp-block-heading"{anchor}>{_bare(element)}</{element.tag}>'
    return _wrap("heading", html, {"level": level} if level != 2 else None)


def _attribute(text: str) -> str:
    """Return text for an attribute in double quotes."""
    # `<` as well: WordPress takes the comment of a block for one even within quotes
    return escape(text, quote=False).replace('"', "&quot;")


def _list(element: Element) -> str:
    """Return a list block with its items as inner blocks, "" where an item is more than a line."""
    html = _list_block(element)
    return html if html else ""


def _list_block(element: Element) -> str:
    items = []
    for item in element:
        if item.tag != "li":
            return ""
        inside = _item(item)
        if inside is None:
            return ""
        items.append(_wrap("list-item", f"<li>{inside}</li>"))
    attributes: dict[str, object] = {}
    start = element.get("start") or ""
    opening = "<ul>"
    if element.tag == "ol":
        attributes["ordered"] = True
        opening = "<ol>"
        if start.isdigit() and start != "1":
            attributes["start"] = int(start)
            opening = f'<ol start="{start}">'
    opening = opening.replace(">", ' class="wp-block-list">')
    html = f"{opening}{''.join(items)}</{element.tag}>"
    return _wrap("list", html, attributes)


def _item(item: Element) -> str | None:
    """Return the contents of a list item, None where a list block cannot contain them."""
    if item.get("id"):
        return None
    line, lists = etree.Element("li"), ""
    parts = list(runs(item))
    for part in parts:
        if isinstance(part, list):
            inline = part
        elif part.tag in ("ul", "ol"):
            inner = _list_block(part)
            if not inner:
                return None
            lists += inner
            continue
        elif part.tag == "p" and part is parts[0] and _only_inline(part):
            inline = nodes(part)
        else:
            return None
        if lists or len(line) or line.text:
            return None  # text after an inner list, or a second paragraph
        add_copies(line, inline)
    return _bare(line) + lists if _only_inline(line) else None


def _quote(element: Element) -> str:
    inside = "\n\n".join(_block(run) for run in runs(element))
    return _wrap("quote", f'<blockquote class="wp-block-quote">{inside}</blockquote>')


def _rule(element: Element) -> str:
    return _wrap("separator", '<hr class="wp-block-separator has-alpha-channel-opacity"/>')


def _image(element: Element, caption: str = "") -> str:
    source, alt = (_attribute(element.get(name) or "") for name in ("src", "alt"))
    below = f'<figcaption class="wp-element-caption">{caption}</figcaption>' if caption else ""
    return _wrap(
        "image", f'<figure class="wp-block-image"><img src="{source}" alt="{alt}"/>{below}</figure>'
    )


def _figure(element: Element) -> str:
    pictures, captions = list(element.iter("img")), list(element.iter("figcaption"))
    others = [e for e in element.iterdescendants() if e.tag in ("a", "table", "pre", "video")]
    if len(pictures) != 1 or len(captions) > 1 or others:
        return ""
    caption = captions[0] if captions else None
    inside = tree.text_of(caption) if caption is not None else ""
    if tree.text_of(element).strip() != inside.strip():
        return ""
    if caption is not None and has_blocks(caption):
        return ""
    return _image(pictures[0], _bare(caption) if caption is not None else "")


_NATIVE: dict[str, Callable[[Element], str]] = {
    "p": _paragraph,
    "h2": _heading,
    "h3": _heading,
    "h4": _heading,
    "h5": _heading,
    "h6": _heading,
    "ul": _list,
    "ol": _list,
    "blockquote": _quote,
    "hr": _rule,
    "figure": _figure,
}
