"""Link targets: ids that exist once, and addresses that are valid URLs or no link at all."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urljoin, urlsplit

from lxml import etree

from pipeline.transforms.inline_svg import is_foreign
from pipeline.transforms.word_set import word_set
from pipeline.tree import Element, unwrap

# What posts link to, of IANA's registry; EPUBCheck warns of schemes that are not in it.
_SCHEMES = word_set("http https mailto tel ftp")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_\-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_\-]*[a-z0-9_])?)*\.?\Z")
_PORT_MOST = 65535
# RFC 3986: what may stand unescaped; `%` too, where it already escapes
_PATH_SAFE = "/:@!$&'()*+,;=~%"
_QUERY_SAFE = _PATH_SAFE + "?"
_PLAIN_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*\Z")


def sound_ids(root: Element) -> None:
    """Keep the first of equal ids; give ids that are not plain ASCII a name that is.

    Some reading systems do not decode fragments, so Hangul ids become `id-1`, `id-2` ... and the
    links to them follow.
    """
    elements = [e for e in root.iter(etree.Element) if e.get("id") is not None]
    elements = [e for e in elements if not is_foreign(e)]
    taken = {element.get("id", "") for element in elements}
    renamed: dict[str, str] = {}
    seen: set[str] = set()
    number = 0
    for element in elements:
        identity = element.get("id", "")
        if identity in seen:
            del element.attrib["id"]
            continue
        seen.add(identity)
        if not _PLAIN_ID.match(identity):
            number += 1
            while f"id-{number}" in taken:
                number += 1
            renamed[identity] = f"id-{number}"
            element.set("id", renamed[identity])
    for link in root.iter("a"):
        for target in _fragments(link.get("href") or ""):
            if target in renamed:
                link.set("href", f"#{renamed[target]}")
                break


def _fragments(href: str) -> tuple[str, ...]:
    """Return what a link into the page may mean: its fragment as typed, and decoded."""
    if not href.startswith("#"):
        return ()
    return href[1:], unquote(href[1:])


def sound_links(root: Element, base: str) -> None:
    """Make every address absolute and valid; unwrap links that lead nowhere."""
    ids = {element.get("id") for element in root.iter(etree.Element)}
    for link in list(root.iter("a")):
        href = link.get("href")
        if href is None or is_foreign(link):
            continue
        target = _target(href.strip(), base, ids)
        if target is not None:
            link.set("href", target)
        elif link.get("id"):
            link.tag = "span"
            for name in ("href", "hreflang"):
                link.attrib.pop(name, "")
        else:
            unwrap(link)


def _target(href: str, base: str, ids: set[str | None]) -> str | None:
    """Return where a link leads, or None where it leads nowhere."""
    if href.startswith("#"):
        return next((f"#{name}" for name in _fragments(href) if name in ids), None)
    if not href:
        return None
    if not _SCHEME.match(href) and not href.startswith("//"):
        if re.match(r"www\.[\w\-]+\.", href):
            href = f"https://{href}"
        elif not base:
            return None
    address = href.replace("\\", "/")
    try:
        address = urljoin(base or "https:", address) if not _SCHEME.match(address) else address
    except ValueError:
        return None
    return valid_address(address)


def valid_address(address: str) -> str | None:
    """Return an absolute URL with everything escaped that RFC 3986 wants escaped, or None."""
    address = re.sub(r"[\x00-\x20]+", lambda found: "%20" if " " in found[0] else "", address)
    scheme = _SCHEME.match(address)
    if scheme is None or scheme[1].lower() not in _SCHEMES:
        return None
    name = scheme[1].lower()
    if name in ("mailto", "tel"):
        rest = _escape(address[scheme.end() :], _QUERY_SAFE)
        return f"{name}:{rest}" if rest and not rest.startswith("/") else None
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    host = _ascii_host(host)
    if not host or (port is not None and not 0 < port <= _PORT_MOST):
        return None
    user, at, _ = parts.netloc.rpartition("@")
    place = f"{_escape(user, _PATH_SAFE)}{at}{host}{f':{port}' if port else ''}"
    query = f"?{_escape(parts.query, _QUERY_SAFE)}" if parts.query else ""
    fragment = f"#{_escape(parts.fragment, _QUERY_SAFE)}" if parts.fragment else ""
    return f"{name}://{place}{_escape(parts.path, _PATH_SAFE)}{query}{fragment}"


def _ascii_host(host: str) -> str:
    """Return a host in ASCII (IDNA), "" where it is none."""
    try:
        plain = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return plain if _HOST.match(plain.lower()) else ""


def _escape(text: str, safe: str) -> str:
    """Percent-encode, also each `%` that escapes nothing."""
    return quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text), safe=safe)
