"""Components: what those of well-known themes become; all others are told by their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from hanpan.labels import Labels
from hanpan.source.liquid.marks import BREAK
from hanpan.source.liquid.tags.players import player, tweet
from hanpan.source.liquid.tags.standins import attribute, figure, link, stand_in

Attributes = Mapping[str, str | None]


class ShownPart(NamedTuple):
    """What stands in front of a component's content, and behind; whether it is a block."""

    before: str
    after: str = ""
    is_block: bool = True


Component = Callable[[str, Attributes, Labels], ShownPart]

KINDS = {
    "note": "info", "info": "info", "tip": "success", "success": "success", "hint": "success",
    "warning": "warning", "caution": "warning", "important": "primary", "danger": "danger",
    "error": "danger", "check": "success", "question": "info", "example": "info", "quote": "info",
    "abstract": "info", "todo": "info", "bug": "danger", "failure": "danger", "secondary": "info",
    "details": "info", "default": "info",
}  # fmt: skip


_WORDS = ("title", "label", "text", "caption", "alt", "description", "name")
_ADDRESSES = ("url", "href", "link", "to", "src")
_REMOTE = re.compile(r"https?://[^\s<>\"]{1,2000}\Z")


def callout(kind: str, title: str) -> ShownPart:
    """Return a callout, with its title as its first paragraph."""
    named = KINDS.get(kind.lower(), "info")
    first = f'<div class="notice--{named}">\n'
    return ShownPart(first + (f"\n**{title}**\n" if title else ""), "\n</div>")


def _text(attributes: Attributes, *names: str) -> str:
    return next((value for name in names if (value := attributes.get(name))), "")


def unknown(name: str, attributes: Attributes, labels: Labels) -> tuple[str, str]:
    """Return what stands for a component without content that nobody knows, and says so.

    What it leads to stays a link: most that take an address are previews of a page.
    """
    words = ", ".join(filter(None, map(attributes.get, _WORDS)))
    address = _text(attributes, *_ADDRESSES)
    if _REMOTE.match(address):
        return link(address, words or address), "a link takes its place"
    return stand_in(name, words, labels), "a note takes its place"


def _callout(name: str, attributes: Attributes, labels: Labels) -> ShownPart:
    kind = _text(attributes, "type", "kind", "variant", "intent", "status") or name
    return callout(kind, _text(attributes, "title", "heading"))


def _picture(name: str, attributes: Attributes, labels: Labels) -> ShownPart:
    address = _text(attributes, "src", "url", "image", "source", "light")
    alt = attributes.get("alt")
    caption = _text(attributes, "caption", "title")
    if caption or name.lower() == "figure":
        shown = figure([(address, alt or re.sub(r"[*_`]", "", caption))], caption)
        return ShownPart(shown.replace(BREAK, "\n").strip("\n"))
    sizes = "".join(
        f' {key}="{attribute(value)}"'
        for key in ("width", "height")
        if (value := attributes.get(key)) and value.isdigit()
    )
    words = f' alt="{attribute(alt)}"' if alt is not None else ""
    return ShownPart(f'<img src="{attribute(address)}"{words}{sizes}>', is_block=False)


def _named_part(name: str, attributes: Attributes, labels: Labels) -> ShownPart:
    label = _text(attributes, "label", "title", "name", "value", "summary")
    return ShownPart(f"**{label}**\n" if label else "")


def _details(name: str, attributes: Attributes, labels: Labels) -> ShownPart:
    label = _text(attributes, "summary", "title", "label", "header") or labels.details
    return ShownPart(f"<details>\n<summary>{label}</summary>\n", "\n</details>")


def _link(name: str, attributes: Attributes, labels: Labels) -> ShownPart:
    address = _text(attributes, "href", "to", "url", "link")
    return ShownPart(f'<a href="{attribute(address)}">', "</a>", is_block=False)


def _card(name: str, attributes: Attributes, labels: Labels) -> ShownPart:
    title, address = _text(attributes, "title", "label"), _text(attributes, "href", "to", "url")
    heading = link(address, title) if address else title
    about = _text(attributes, "description")
    return ShownPart(
        "\n".join(part + "\n" for part in (f"**{heading}**" if heading else "", about) if part)
    )


def _player(name: str, attributes: Attributes, labels: Labels) -> ShownPart:
    named = {key: value for key, value in attributes.items() if value}
    for key in ("videoId", "videoid", "video", "uid"):
        if key in named:
            named.setdefault("id", named[key])
    provider = name.lower().removesuffix("player").removesuffix("embed")
    return ShownPart(player(provider, named).replace(BREAK, "\n").strip("\n"))


def _tweet(name: str, attributes: Attributes, labels: Labels) -> ShownPart:
    named = {key: value for key, value in attributes.items() if value}
    named.setdefault("id", named.get("tweetId") or named.get("tweetLink") or "")
    return ShownPart(tweet([named["id"]] if "/" in named["id"] else [], named))


def _code(name: str, attributes: Attributes, labels: Labels) -> ShownPart:
    code = _text(attributes, "code", "chart", "value")
    longest = max((len(run) for run in re.findall("`{3,}", code)), default=2)
    fence = "`" * (longest + 1)
    language = "mermaid" if name == "Mermaid" else _text(attributes, "lang", "language")
    title = _text(attributes, "title")
    info = f'{language} title="{title}"' if title and language else language
    if code:
        return ShownPart(f"{fence}{info}\n{code.strip(chr(10))}\n{fence}")
    return ShownPart(f"{fence}{info}", fence)


def _content(name: str, attributes: Attributes, labels: Labels) -> ShownPart:
    return ShownPart("")


def _words(name: str, attributes: Attributes, labels: Labels) -> ShownPart:
    return ShownPart(_text(attributes, "text", "label", "children"), is_block=False)


def _nothing(name: str, attributes: Attributes, labels: Labels) -> ShownPart:
    return ShownPart("", is_block=False)


_NAMES: dict[Component, str] = {
    _callout: "Admonition Callout Note Tip Info Warning Caution Danger Important Aside Alert "
    "Notice Hint Check Success Error",
    _picture: "Image Img Picture Figure NextImage StaticImage ThemedImage Zoom ZoomImage BlurImage "
    "ImageZoom Screenshot",
    _named_part: "TabItem Tab Step TabPanel TabsContent TabsTrigger CodeTab",
    _details: "Details Accordion AccordionItem Collapse Collapsible Toggle Expandable Spoiler",
    _link: "Link NextLink A Anchor Button LinkButton ExternalLink DocsLink",
    _card: "Card LinkCard DocCard",
    _player: "YouTube Youtube YoutubeEmbed YouTubeEmbed LiteYouTubeEmbed YouTubePlayer Vimeo "
    "VimeoEmbed CodePen Bilibili Spotify Video Audio",
    _tweet: "Tweet TweetEmbed Twitter",
    _code: "Code CodeBlock Mermaid",
    _content: "Tabs TabGroup TabsList CodeGroup CodeTabs Steps Cards CardGrid CardGroup Columns "
    "Column "
    "Row Col Grid Center Fragment Wrapper Container Box Flex Stack BrowserOnly Section Frame "
    "FileTree Accordions AccordionGroup React.Fragment Tabs.Tab Prose Steps.Step",
    _words: "Badge Highlight Kbd Tooltip Abbr Term Mark Text",
    _nothing: "Head Script Comments TOC TOCInline Toc Seo SEO NewsletterForm BlogNewsletterForm "
    "Giscus DocCardList Icon",
}  # fmt: skip
COMPONENTS: dict[str, Component] = {
    name: component for component, names in _NAMES.items() for name in names.split()
}
