"""Links: addresses that are valid, lead out of the page by themselves, and arrive within it."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote, urlsplit

from pipeline.transforms.context import Context
from pipeline.transforms.headings import heading_id
from pipeline.transforms.ids import clean_id
from pipeline.transforms.select import drop, with_attribute
from pipeline.tree import Element

_SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp", "sms", "irc", "git", "ssh"})
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WITHOUT_SCHEME = re.compile(r"(?:www\.|[a-z0-9-]+\.(?:com|org|net|io|kr|dev)(?:/|\Z))", re.I)
# RFC 3986, section 2.2 and 2.3, and what is escaped already
_SAFE = "/?#:@!$&'()*+,;=~-._%"


def links(root: Element, context: Context) -> None:
    """Check and mend the address of every link; one that leads nowhere keeps its text only."""
    known = {element.get("id") or "" for element in with_attribute(root, "id")}
    loose = {_loosely(name): name for name in sorted(known, reverse=True)}
    for anchor in list(root.iter("a")):
        written = anchor.get("href")
        if written is None:
            drop(anchor, "target")
            continue
        href = written.strip()
        if href.startswith("#"):
            _within(anchor, href, known, loose, context)
        else:
            _outward(anchor, href, context)


def _within(
    anchor: Element, href: str, known: set[str], loose: dict[str, str], context: Context
) -> None:
    """Point a link at the id it means: authors write the text of a heading in many ways."""
    name = clean_id(unquote(href[1:]))
    drop(anchor, "target")
    if name not in known:
        name = loose.get(_loosely(name), "")
    if name:
        anchor.set("href", f"#{name}")
    elif href == "#" or _loosely(href) == "top":
        del anchor.attrib["href"]
    else:
        said = f"no heading or note here has the id that `{unquote(href)}` links to"
        remedy = "Write the heading's text in lower case, with hyphens for blanks."
        line = context.line_of(href, unquote(href))
        context.say("link-fragment", "warning", said, line, remedy)
        del anchor.attrib["href"]


def _loosely(name: str) -> str:
    """Return an id less all in which authors and generators differ."""
    return re.sub(r"[\W_]+", "", heading_id(unicodedata.normalize("NFC", name)))


def _outward(anchor: Element, href: str, context: Context) -> None:
    scheme = _SCHEME.match(href)
    url = ""
    if href.startswith("//"):
        url = f"https:{href}"
    elif scheme and scheme[1].lower() in _SCHEMES:
        url = href
    elif _WITHOUT_SCHEME.match(href) and not scheme:
        url = f"https://{href}"
    elif not scheme and href and context.site_url:
        url = f"{context.site_url}/{href.lstrip('./')}"
    valid = address(url) if url else ""
    if valid:
        anchor.set("href", valid)
        if anchor.get("target") == "_blank":
            anchor.set("rel", "noopener")
        elif anchor.get("target"):
            del anchor.attrib["target"]
        return
    drop(anchor, "href", "target", "rel")
    line = context.line_of(href, unquote(href)) if href else context.line_of("]()", 'href=""')
    if url or scheme or not href:
        said, remedy = f"`{href}` is no address that can be linked to", "Mend the link."
    else:
        said = f"`{unquote(href)}` leads to the site, whose address is not known"
        remedy = 'Write `url = "https://..."` in site.toml, or link with the whole address.'
    rule = "link-broken" if url or scheme or not href else "link-relative"
    context.say(rule, "warning", f"{said}; the text stays without a link", line, remedy)


def address(url: str) -> str:
    """Return `url` with Hangul, blanks and brackets percent-encoded; "" where it is no address."""
    # a colon that an author's editor wrote in full width, and escapes that are none
    url = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", unicodedata.normalize("NFC", url.strip()))
    try:
        parts = urlsplit(url)
        if parts.scheme.lower() in ("http", "https", "ftp"):
            host = parts.hostname or ""
            _ = parts.port
            if not host or re.search(r"[\s\"<>\\^`{|}\[\]()%]", host.strip("[]")):
                return ""
            netloc = parts.netloc if host.isascii() else _idna(parts.netloc, host)
            rest = url.split("//", 1)[1][len(parts.netloc) :]
            rest, hash_mark, fragment = rest.partition("#")
            tail = quote(fragment.replace("#", "%23"), safe=_SAFE)
            return f"{parts.scheme.lower()}://{netloc}{quote(rest, safe=_SAFE)}{hash_mark}{tail}"
    except (ValueError, UnicodeError):
        return ""
    return quote(url, safe=_SAFE) if len(url) > len(parts.scheme) + 1 else ""


def _idna(netloc: str, host: str) -> str:
    """Return a host with Hangul in it as the network writes it. Raises UnicodeError."""
    return netloc.lower().replace(host, host.encode("idna").decode("ascii"))
