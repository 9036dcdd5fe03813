"""Lexical, the format of Ghost's posts: a list of cards.

Prose goes into Markdown cards, pictures in a paragraph of their own into image cards. What Markdown
cannot express (formulas, callouts, folded text, merged cells) goes into HTML cards, which Ghost
leaves as they are. A bare `<math>` elsewhere is refused, and a bare `<svg>` disappears.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from lxml import etree

from hanpan import tree
from hanpan.crosspost.blocks import is_callout, paragraph_of, runs
from hanpan.crosspost.html_block import html_block
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.lowerings.embeds_as_players import video_of
from hanpan.crosspost.lowerings.styles_inline import styles_inline
from hanpan.crosspost.writers.markdown import write_markdown
from hanpan.crosspost.writers.picture_sizes import sizes_of
from hanpan.transforms.element_numbers import strip_numbers
from hanpan.tree import Element

_HTML_ONLY = ("math", "svg", "details", "dl", "figure", "caption", "video", "audio")
_BOXES = ("div", "section", "article")
_WIDE = ("table", "ul", "ol", "blockquote", "pre", "p", "details", "figure", "div")


def write_lexical(root: Element, lowering: Lowering) -> str:
    """Return the body as the JSON text for Ghost's field `lexical`."""
    prose = etree.Element("div")
    cards: list[dict[str, Any]] = []
    for block in _blocks(root):
        card = _card(block, lowering)
        if card is None:
            prose.append(block)
            continue
        cards += [*_markdown(prose, lowering), card]
        prose = etree.Element("div")
    cards += _markdown(prose, lowering)
    top = {"type": "root", "version": 1, "format": "", "indent": 0, "direction": None}
    return json.dumps({"root": {"children": cards, **top}}, ensure_ascii=False)


def _blocks(root: Element) -> Iterator[Element]:
    """Yield copies of the body's blocks, loose text as paragraphs, without meaningless boxes."""
    for run in runs(root):
        if isinstance(run, list):
            yield paragraph_of(run)
        elif run.tag in _BOXES and not (run.get("data-raw") or is_callout(run)):
            yield from _blocks(run)
        else:
            block = deepcopy(run)
            block.tail = None
            yield block


def _markdown(prose: Element, lowering: Lowering) -> list[dict[str, Any]]:
    text = write_markdown(prose, lowering).strip("\n")
    return [{"type": "markdown", "version": 1, "markdown": text}] if text else []


def _card(block: Element, lowering: Lowering) -> dict[str, Any] | None:
    """Return a block as a card of its own; None where a Markdown card can contain it."""
    if block.get("data-raw"):
        return _html(block.get("data-raw") or "")
    if "embed" in tree.classes(block):
        return _player(block)
    image = _image(block)
    if image is not None:
        return image
    if is_callout(block):
        box = etree.Element("div")
        box.append(block)
        styles_inline(box, lowering)
        strip_numbers(box)
        return _html(tree.inner_html(box))
    if block.tag in _HTML_ONLY or any(needs_html(e) for e in block.iterdescendants()):
        return _html(html_block(block))
    return None


def _html(html: str) -> dict[str, Any]:
    return {"type": "html", "version": 1, "html": html}


def needs_html(element: Element) -> bool:
    """Tell whether an element makes its block one that Markdown cannot express."""
    if element.tag in _HTML_ONLY or is_callout(element):
        return True
    if element.tag not in ("td", "th"):
        return False
    spans = {element.get("colspan", "1"), element.get("rowspan", "1")}
    return spans != {"1"} or any(inner.tag in _WIDE for inner in element.iterdescendants())


def _player(card: Element) -> dict[str, Any] | None:
    """Return a card of a video as a player; None for other sites, which have a link."""
    link = next(card.iter("a"), None)
    video = video_of(link.get("href") or "") if link is not None else ""
    if not video:
        return None
    frame = (
        f'<iframe width="200" height="113" src="https://www.youtube.com/embed/{video}?feature=oembed"'
        ' frameborder="0" allowfullscreen=""></iframe>'
    )
    url = f"https://www.youtube.com/watch?v={video}"
    return {
        "type": "embed", "version": 1, "url": url, "embedType": "video", "html": frame,
        "metadata": {}, "caption": "",
    }  # fmt: skip


def _image(block: Element) -> dict[str, Any] | None:
    """Return a picture in a paragraph of its own as an image card; None for anything else."""
    captions = block.findall("figcaption") if block.tag == "figure" else []
    images = list(block.iter("img"))
    if block.tag not in ("p", "figure") or len(images) != 1 or len(captions) > 1:
        return None
    caption = captions[0] if captions else None
    image = images[0]
    if caption is not None and (image in caption.iter() or _needs_words(caption)):
        return None
    words = tree.text_of(caption) if caption is not None else ""
    if tree.text_of(block).replace(words, "", 1).strip():
        return None
    link = image.getparent()
    href = link.get("href", "") if link is not None and link.tag == "a" else ""
    size = sizes_of(image)
    shown = html_block(caption) if caption is not None else ""
    return {
        "type": "image", "version": 1, "src": image.get("src") or "", "alt": image.get("alt") or "",
        "title": "", "caption": shown[len("<figcaption>") : -len("</figcaption>")].strip(),
        "cardWidth": "regular", "href": href, **size,
    }  # fmt: skip


def _needs_words(caption: Element) -> bool:
    """Tell whether a caption holds more than Ghost's field for it takes."""
    return any(e.tag in ("math", "svg", "p", "div", "ul", "ol") for e in caption.iterdescendants())
