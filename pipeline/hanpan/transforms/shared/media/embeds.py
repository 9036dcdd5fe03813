"""Embeds: frames, players, gists and posts of other sites become cards: links that print as well.

A card is `<p class="embed"><a href="PAGE">Name: title</a></p>`. Where a frame shows it,
`data-embed` has the frame's address and `data-shape` its proportions: the HTML edition folds the
frame into the card.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from lxml import etree

from hanpan import tree
from hanpan.assets.disk import is_on_disk, public_name
from hanpan.transforms.shared.context import Context
from hanpan.transforms.shared.media.embed_kinds import Embed, card_text, embed_of
from hanpan.tree import HEADINGS, Element

_GIST = re.compile(r"(?:https?:)?//gist\.github\.com/([\w./-]+?)(?:\.js)?(?:\?.*)?\Z")
_PLAYED = re.compile(r"\.(?:pdf|swf|mp[34]|m4[av]|ogg|og[av]|wav|webm|mov|avi)(?:[?#]|\Z)", re.I)
_BESIDE = re.compile(r"(?![/?#\\]|www\.|[a-z][\w+.-]*+:)[^\s]", re.IGNORECASE)
_PHRASING = frozenset((*HEADINGS, *"p span a em strong b i u dt summary".split()))
# scripts that turn a quote or a paragraph into what these transforms make a card of
_LOADERS = re.compile(
    r"(?:https?:)?//(?:platform\.(?:twitter|x)\.com/widgets|(?:www\.)?instagram\.com/embed"
    r"|(?:static|assets|production-assets|cpwebassets|public)\.codepen\.io/)",
    re.IGNORECASE,
)
# class of the quote -> whose post it is, and what its address looks like
_QUOTED = {
    "twitter-tweet": (
        "X",
        re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/.+/status/"),
    ),
    "twitter-video": (
        "X",
        re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/.+/status/"),
    ),
    "instagram-media": ("Instagram", re.compile(r"https?://(?:www\.)?instagram\.com/")),
}
_LONGEST_ALT = 1_000  # characters
_NUMBER = re.compile(r"\s*+(\d{2,4})(?:px)?\s*+\Z")


def embeds(root: Element, context: Context) -> None:
    """Replace frames, players, embedded objects, gists, pens and tweets by cards."""
    for quote in list(root.iter("blockquote")):
        _replace_quote(quote, context)
    for pen in list(root.iter("p", "div")):
        if "codepen" in tree.classes(pen) and pen.get("data-slug-hash"):
            _replace_pen(pen, context)
    for element in list(root.iter("iframe", "video", "audio", "embed", "object", "script")):
        if element.getparent() is None:
            continue
        if any(outer.tag in ("svg", "object") for outer in element.iterancestors()):
            continue
        _replace_by_card(element, context)


def _replace_by_card(element: Element, context: Context) -> None:
    """Replace one element by its card, or drop it and report that."""
    address = _address(element)
    is_file = element.tag == "embed" and address and not element.get("type")
    if is_file and not _PLAYED.search(address):
        _as_picture(element, context)
        return
    gist = _GIST.match(address)
    if element.tag == "script":
        if gist:
            url = f"https://gist.github.com/{gist[1]}"
            _report_card(context, element, url, address)
            _put(element, Embed(url, f"GitHub Gist: {gist[1]}"), "")
        elif _LOADERS.match(address):
            tree.remove(element)
        return
    embed = None if is_on_disk(address) else embed_of(_whole(address, context), context.site_url)
    if gist:
        embed = Embed(f"https://gist.github.com/{gist[1]}", f"GitHub Gist: {gist[1]}")
    if embed is None:
        _drop_without_address(element, address, context)
        return
    _report_card(context, element, embed.page, address)
    _put(element, embed, element.get("title") or "")


def _whole(address: str, context: Context) -> str:
    """Return the address of what lies beside the post's page: `video.mp4` in a folder of assets."""
    is_relative = bool(_BESIDE.match(address)) and bool(context.site_url)
    return urljoin(context.address, address) if is_relative and context.address else address


def _report_card(context: Context, element: Element, url: str, address: str) -> None:
    message = f"<{element.tag}> was replaced by a link to {url}"
    context.report("embed", "info", message, context.place_of(element, address))


def _replace_quote(quote: Element, context: Context) -> None:
    """Make a card below a quoted post; the words that are quoted stay as a quote."""
    kind = next((_QUOTED[name] for name in tree.classes(quote) if name in _QUOTED), None)
    if kind is None:
        return
    name, pattern = kind
    links = [link for link in quote.iter("a") if pattern.match(link.get("href") or "")]
    url = quote.get("data-instgrm-permalink") or (links[-1].get("href") if links else "") or ""
    if not url:
        return
    author = re.search(r"(?:twitter|x)\.com/(\w+)/status/", url)
    card = _card(Embed(url.split("?")[0], f"{name}: @{author[1]}" if author else name), "")
    words = " ".join(tree.text_of(quote).split())
    if len(words) - sum(len(tree.text_of(link)) for link in links) < 5 or name != "X":
        context.replaced.append(tree.text_of(quote))
        tree.replace(quote, card)
    else:
        quote.attrib.clear()
        card.tail, quote.tail = quote.tail, None
        quote.addnext(card)


def _replace_pen(pen: Element, context: Context) -> None:
    """Make a card of the paragraph that CodePen's script turns into a frame."""
    user, name = pen.get("data-user") or "anon", pen.get("data-slug-hash") or ""
    embed = embed_of(f"https://codepen.io/{user}/embed/{name}")
    if embed:
        title = pen.get("data-pen-title") or ""
        context.replaced.append(tree.text_of(pen))
        tree.replace(pen, _card(embed, title, pen.get("data-height") or ""))


def _as_picture(element: Element, context: Context) -> None:
    """Make an `<img>` of what pandoc took for another kind of file by its name (`gif.latex`).

    pandoc has dropped what stands for the picture.
    """
    element.tag = "img"
    if element.get("alt") is None:
        text = context.source.text
        end = text.find(f"]({element.get('src') or ''}")
        start = text.rfind("![", max(0, end - _LONGEST_ALT), end) if end >= 0 else -1
        written = text[start + 2 : end] if start >= 0 else ""
        element.set("alt", " ".join(written.split()) or element.get("title") or "")


def _address(element: Element) -> str:
    """Return where an embedded thing lies."""
    address = element.get("src") or element.get("data") or element.get("data-src") or ""
    if not address:
        source = element.find(".//source")
        address = (source.get("src") or "") if source is not None else ""
    return address.strip()


def _drop_without_address(element: Element, address: str, context: Context) -> None:
    """Take out what leads nowhere, keeping the words inside that are there for this case."""
    name = public_name(address) or "none"
    message = f"<{element.tag}> has no address to link to ({name}) and was left out"
    remedy = "Give it an https address, or use a link instead."
    place = context.place_of(element, address or f"<{element.tag}")
    context.report("embed", "warning", message, place, remedy)
    tree.remove(element)


def _card(embed: Embed, title: str, height: str = "", width: str = "") -> Element:
    """Return a card as a block."""
    card = etree.Element("p", {"class": "embed"})
    etree.SubElement(card, "a", {"href": embed.page}).text = card_text(embed.name, title)
    if embed.frame.startswith("https://"):
        card.set("data-embed", embed.frame)
        tall, wide = _NUMBER.match(height), _NUMBER.match(width)
        if tall:
            card.set("data-shape", f"{wide[1]}/{tall[1]}" if wide else tall[1])
    return card


def _put(element: Element, embed: Embed, title: str) -> None:
    """Put the card in the element's place; bare, as a link, where no block may stand."""
    is_frame = element.tag == "iframe"
    shown = embed if is_frame else Embed(embed.page, embed.name)
    card = _card(shown, title, element.get("height") or "", element.get("width") or "")
    parent = element.getparent()
    if parent is None or parent.tag not in _PHRASING:
        tree.replace(element, card)
        return
    if parent.tag == "p" and not _has_words(parent):
        _replace_paragraph(element, parent, card)
        return
    link = card[0]
    link.set("class", "embed")
    tree.replace(element, link)


def _has_words(paragraph: Element) -> bool:
    """Tell whether a paragraph holds more than embeds and line breaks."""
    others = any(
        child.tag not in ("br", "iframe", "video", "audio", "embed", "object", "script")
        and "embed" not in tree.classes(child)
        for child in paragraph
    )
    text = (paragraph.text or "") + "".join(child.tail or "" for child in paragraph)
    return others or bool(text.strip())


def _replace_paragraph(element: Element, paragraph: Element, card: Element) -> None:
    """Put a card in the place of the paragraph that holds nothing else, or in front of it."""
    identity = paragraph.get("id")
    tree.remove(element)
    paragraph.addprevious(card)
    if not any(child.tag != "br" for child in paragraph):
        if identity:
            card.set("id", identity)
        tree.remove(paragraph)
