"""Filters of markup: Markdown, HTML, addresses, slugs, and characters that are escaped."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Callable
from urllib.parse import quote, quote_plus, unquote, unquote_plus

from liquid.exceptions import FilterArgumentError

from hanpan.source.characters import plain_characters
from hanpan.source.front_matter.plain import plain
from hanpan.source.liquid.filters.texts import on_text
from hanpan.source.liquid.marks import BREAK, SITE
from hanpan.source.liquid.ruby import inspect, to_s
from hanpan.source.liquid.values import Markdown, is_nothing

_BLOCK = re.compile(r"\s*(?:#{1,6}\s|[-*+]\s|\d+[.)]\s|>|\||```|~~~|<(?:p|div|ul|ol|table|pre)\b)")
_XML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
_HTML = {**_XML, "'": "&#39;"}
_ONCE = re.compile(r"""["'<>]|&(?!(?:[a-zA-Z]{1,32}|#\d{1,8});)""")
_REMOVED = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))
_IN_ADDRESS = "!#$&'()*+,/:;=?@[]~" + SITE
_LATIN = {
    "ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D",
    "ł": "l", "Ł": "L", "þ": "th", "Þ": "Th", "œ": "oe", "Œ": "OE", "ı": "i", "ħ": "h", "Ħ": "H",
    "×": "x", "ŋ": "ng", "Ŋ": "NG",
}  # fmt: skip
# emphasis before a particle, `*강조*가`, which a title has not
_STARS = re.compile(r"(?<![\\*])\*(?![\s*])([^*\n]{1,300})(?<![\s\\])\*(?!\*)")
_PRETTY = frozenset("._~!$&'()+,;=@")
_PAIRS = {'"': "“”", "'": "‘’"}
_SIGNS = (
    ("---", "—"), ("--", "–"), ("...", "…"), ("<< ", "«\u00a0"), (" >>", "\u00a0»"), ("<<", "«"),
    (">>", "»"),
)  # fmt: skip


def markdownify(value: object) -> str:
    """Return Markdown as it stands: within a line, or apart from what is around it."""
    text = to_s(value).strip("\n \t")
    if "\n" in text or _BLOCK.match(text):
        lines = BREAK.join(line.rstrip() for line in text.split("\n"))
        return Markdown(f"{BREAK}{BREAK}{lines}{BREAK}{BREAK}")
    return Markdown(text)


def strip_html(value: object) -> str:
    """Return text without tags, scripts and comments; of Markdown, without its marks."""
    if isinstance(value, Markdown):
        return plain(_STARS.sub(r"\1", value.replace(BREAK, "\n")))
    text = to_s(value)
    for opening, closing in _REMOVED:
        text = _without(text, opening, closing)
    return re.sub(r"<[^<>]*+>", "", text)


def _without(text: str, opening: str, closing: str) -> str:
    """Return text without the stretches between two marks."""
    kept, at = [], 0
    while (start := text.find(opening, at)) >= 0 and (end := text.find(closing, start)) >= 0:
        kept.append(text[at:start])
        at = end + len(closing)
    return "".join((*kept, text[at:]))


def relative_url(value: object) -> object:
    """Return the path of a page or picture below the site's address."""
    if is_nothing(value):
        return None
    path = to_s(value)
    if path.startswith(SITE) or re.match(r"[a-z][a-z0-9+.-]*:|//", path, re.IGNORECASE):
        return path
    return path if path.startswith("/") else f"/{path}"


def absolute_url(value: object) -> object:
    """Return the whole address of a page or picture of the site."""
    path = relative_url(value)
    if not isinstance(path, str):
        return None
    return f"{SITE}{path}" if path.startswith("/") and not path.startswith("//") else path


def slugify(value: object, mode: object = "default") -> object:
    """Return text as part of an address; Hangul stays, but for the modes ascii and latin."""
    if is_nothing(value):
        return None
    text = unicodedata.normalize("NFC", to_s(value))
    mode = "default" if is_nothing(mode) else mode
    if mode == "raw":
        return re.sub(r"\A-|-\Z", "", re.sub(r"\s+", "-", text)).lower()
    if mode == "latin":
        text = "".join(map(_as_latin, text))
    if mode in ("default", "latin", "pretty", "ascii"):
        kept = _PRETTY if mode == "pretty" else frozenset()
        text = "".join(
            sign if sign in kept or _is_word(sign, only_ascii=mode == "ascii") else "-"
            for sign in text
        )
        text = re.sub(r"-{2,}", "-", text).strip("-")
    return text.lower()


def _is_word(sign: str, *, only_ascii: bool) -> bool:
    if sign.isascii():
        return sign.isalnum()
    kind = unicodedata.category(sign)
    return not only_ascii and (kind[0] in "LM" or kind == "Nd")


def _as_latin(sign: str) -> str:
    """Return a letter without its accent, a hyphen for one that is not Latin."""
    if sign.isascii():
        return sign
    bare = unicodedata.normalize("NFKD", sign)[:1]
    return _LATIN.get(sign) or (bare if bare.isascii() else "-")


def smartify(value: object) -> str:
    """Return text with the quotation marks and dashes of print."""
    text = to_s(value)
    for typed, sign in _SIGNS:
        text = text.replace(typed, sign)
    shown: list[str] = []
    for at, sign in enumerate(text):
        if sign in _PAIRS:
            opens = (at == 0 or text[at - 1] in " \t\n([{-–—“‘«") and text[at + 1 : at + 2].strip()
            sign = _PAIRS[sign][0 if opens else 1]
        shown.append(sign)
    return "".join(shown)


def _escaped(table: dict[str, str], value: str) -> str:
    return "".join(table.get(sign, sign) for sign in value)


def _in_uri(text: str) -> str:
    """Return an address with what it cannot hold escaped, and nothing escaped twice."""
    return quote(unicodedata.normalize("NFC", unquote(text)), safe=_IN_ADDRESS)


def _cgi(text: str) -> str:
    return quote_plus(text, safe="~")


def _encode(alphabet: Callable[[bytes], bytes]) -> Callable[[str], str]:
    return lambda text: alphabet(text.encode("utf-8", "replace")).decode("ascii")


def _decode(text: str, signs: bytes | None) -> str:
    """Return what Base64 stands for. Raises FilterArgumentError."""
    try:
        data = text.encode("ascii")
        if signs:  # the padding may be left out
            data += b"=" * (-len(data) % 4)
        decoded = base64.b64decode(data, altchars=signs, validate=True)
    except (binascii.Error, ValueError):
        raise FilterArgumentError("it is no Base64", token=None) from None
    return plain_characters(decoded.decode("utf-8", "replace"))


def _unless_nothing(change: Callable[[str], str]) -> Callable[[object], object]:
    return lambda value: None if is_nothing(value) else change(to_s(value))


MARKUP_FILTERS: dict[str, Callable[..., object]] = {
    "markdownify": markdownify,
    "strip_html": strip_html,
    "smartify": smartify,
    "relative_url": relative_url,
    "absolute_url": absolute_url,
    "strip_index": _unless_nothing(lambda text: re.sub(r"/index\.html?\Z", "/", text)),
    "slugify": slugify,
    "escape": _unless_nothing(lambda text: _escaped(_HTML, text)),
    "h": _unless_nothing(lambda text: _escaped(_HTML, text)),
    "escape_once": on_text(lambda text: _ONCE.sub(lambda sign: _HTML[sign[0]], text)),
    "xml_escape": on_text(lambda text: _escaped(_XML, text)),
    "inspect": lambda value: _escaped(_XML, inspect(value)),
    "cgi_escape": on_text(_cgi),
    "url_encode": _unless_nothing(_cgi),
    "url_decode": _unless_nothing(lambda text: plain_characters(unquote_plus(text))),
    "uri_escape": on_text(_in_uri),
    "base64_encode": on_text(_encode(base64.b64encode)),
    "base64_decode": on_text(lambda text: _decode(text, None)),
    "base64_url_safe_encode": on_text(_encode(base64.urlsafe_b64encode)),
    "base64_url_safe_decode": on_text(lambda text: _decode(text, b"-_")),
}
