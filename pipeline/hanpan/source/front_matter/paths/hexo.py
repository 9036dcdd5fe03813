"""Hexo: the address under which it shows a post (hexo 8, plugins/filter/post_permalink)."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath

from hanpan.source.walk import is_page

_TOKEN = re.compile(r":(\w*[^_\W])")
_SPECIAL = re.compile(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'<>,.?/]+")
_CONTROL = re.compile(r"[\x00-\x1f]")
_SEGMENTS = {
    "year": r"(\d{4})", "month": r"(\d{2})", "day": r"(\d{2})", "i_month": r"(\d{1,2})",
    "i_day": r"(\d{1,2})", "hash": "([0-9a-f]{12})",
}  # fmt: skip
_LONGEST = 200  # characters of a form
_MOST = 12  # parts of a form of names: each may be of any length


def hexo_path(
    path: str, front: Mapping[str, object], date: datetime, config: Mapping[str, object]
) -> str:
    """Return a post's address, beginning with /, not escaped. `path` is below the site's root."""
    own = _text(front.get("permalink"))
    if is_page(path):
        return _shown(_address_of_page(path, own, config), config)
    if own:
        return _shown(f"/{own.lstrip('/')}", config)
    named = _parts_of_name(path, config)
    slug = named.get("title") or slugized(_below_posts(path))
    values = {
        "title": slug,
        "name": slug.rpartition("/")[2],
        "post_title": slugized(_text(front.get("title"))).lower(),
        "year": f"{date.year:04}",
        "month": f"{date.month:02}",
        "day": f"{date.day:02}",
        "hour": f"{date.hour:02}",
        "minute": f"{date.minute:02}",
        "second": f"{date.second:02}",
        "i_month": str(date.month),
        "i_day": str(date.day),
        "timestamp": str(int(date.timestamp())),
        "hash": _hash(slug, date),
        "category": _category(front, config),
        "id": _text(front.get("id")),
    }
    defaults = config.get("permalink_defaults")
    others = (named, front, defaults if isinstance(defaults, Mapping) else {})
    form = _text(config.get("permalink"))[:_LONGEST] or ":year/:month/:day/:title/"

    def value(token: re.Match[str]) -> str:
        texts = (values.get(token[1]), *(_text(other.get(token[1])) for other in others))
        return next((text for text in texts if text), "undefined")

    address = _TOKEN.sub(value, form)
    if config.get("post_asset_folder") and not address.endswith(("/", ".html")):
        address += "/"
    return _shown(f"/{address.lstrip('/')}", config)


def _address_of_page(path: str, own: str, config: Mapping[str, object]) -> str:
    """Return where a page is: its path below the source folder, or what it says (processor/asset).

    A page at `/about/` is the file `about/index.html` to Hexo.
    """
    above = f"{_text(config.get('source_dir')) or 'source'}/"
    inner = unicodedata.normalize("NFC", path).removeprefix(above)
    address = own or str(PurePosixPath(inner).with_suffix(""))
    address = f"{address}index" if address.endswith("/") else address
    has_ending = bool(own and PurePosixPath(address).suffix)
    return f"/{address.lstrip('/')}{'' if has_ending else '.html'}"


def _shown(address: str, config: Mapping[str, object]) -> str:
    """Return an address without the endings that `pretty_urls` takes off."""
    pretty = config.get("pretty_urls")
    if isinstance(pretty, Mapping):
        if pretty.get("trailing_index") is False:
            address = re.sub(r"/index\.html\Z", "/", address)
        if pretty.get("trailing_html") is False and not address.endswith("/index.html"):
            address = address.removesuffix(".html")
    return address


def _below_posts(path: str) -> str:
    """Return a path below `_posts`, without its ending."""
    path = unicodedata.normalize("NFC", path)
    inner = f"/{path}".partition("/_posts/")[2] or f"/{path}".partition("/_drafts/")[2] or path
    return str(PurePosixPath(inner).with_suffix(""))


def _parts_of_name(path: str, config: Mapping[str, object]) -> dict[str, str]:
    """Return what `new_post_name` says of a file's name: title, year, lang; {} for nothing."""
    form = (_text(config.get("new_post_name")) or ":title.md")[:_LONGEST]
    form = str(PurePosixPath(form).with_suffix(""))
    names = _TOKEN.findall(form)
    if len(names) > _MOST or len(set(names)) < len(names):
        return {}
    parts = _TOKEN.split(form)
    pattern = "".join(
        _SEGMENTS.get(part, "([^/]+?)" if part != "title" else "(.+?)")
        if at % 2
        else re.escape(part)
        for at, part in enumerate(parts)
    )
    match = re.fullmatch(pattern, _below_posts(path))
    return dict(zip(names, match.groups(), strict=True)) if match else {}


def _category(front: Mapping[str, object], config: Mapping[str, object]) -> str:
    """Return the last category with those above it, as Hexo writes it in addresses."""
    named = front.get("categories") or front.get("category")
    last = named
    while isinstance(last, list) and last and isinstance(last[-1], list):
        last = last[-1]
    names = [_text(name) for name in (last if isinstance(last, list) else [last])]
    names = [name for name in names if name]
    if not names:
        return _text(config.get("default_category")) or "uncategorized"
    mapped = config.get("category_map")
    mapped = mapped if isinstance(mapped, Mapping) else {}
    slugs = [slugized(_text(mapped.get(name)) or name) for name in names]
    case = str(config.get("filename_case") or 0)
    slug = "/".join(slugs)
    return slug.lower() if case == "1" else slug.upper() if case == "2" else slug


def _hash(slug: str, date: datetime) -> str:
    text = f"{slug}{int(date.timestamp())}"
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:12]


def slugized(text: str) -> str:
    """Return text as Hexo writes names in addresses: hyphens for marks, Latin without accents."""
    plain = "".join(map(_without_accent, _CONTROL.sub("", text)))
    return _SPECIAL.sub("-", plain).strip("-")


def _without_accent(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() and base.isalpha() else letter


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, (str, int)) and value is not True else ""
