"""Permalinks: the address of a post below the site's, as Jekyll, Hexo or hanpan itself gives it.

Jekyll's manual, "Permalinks", says what the placeholders and the named styles mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath

from hanpan.source.front_matter.categories import categories_of
from hanpan.source.front_matter.collections import collection_of, path_in
from hanpan.source.slugs import slug_of, split_date
from hanpan.source.walk import is_page

_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_ENDINGS = {"pretty": "/"}  # of a collection's documents, by the site's style
_PLACEHOLDER = re.compile(r":([a-z_]+)")
_NOT_PRETTY = re.compile(r"[^\w._~!$&'()+,;=@]+")


def permalink(
    path: str, front: Mapping[str, object], date: datetime, config: Mapping[str, object] | None
) -> str:
    """Return a post's address, beginning with /.

    `path` is relative to the site's root, `config` what `_config.yml` says, None where there is
    none: then a post is at /SLUG/, hanpan's own default.
    """
    own = _text(front.get("permalink"))
    if own and ":" not in own:
        return f"/{own.lstrip('/')}"
    if config is None:
        return f"/{slug_of(path)}/"
    collection = collection_of(path, config)
    values = _values(path, front, date)
    if not collection and is_page(path):
        form = own or _default_of_page(path, config)
        values = _values_of_page(path)
    else:
        form = own or _default(path, config)
    if collection:
        values |= _values_of_document(path, collection[0])
    address = _PLACEHOLDER.sub(
        lambda placeholder: _longest(placeholder[1], values), _STYLES.get(form, form)
    )
    return re.sub(r"/{2,}", "/", f"/{address}")


def _longest(name: str, values: dict[str, str]) -> str:
    """Return the value of the placeholder that `name` begins with (`:title_x` is title, `_x`)."""
    for end in range(len(name), 0, -1):
        if name[:end] in values:
            return values[name[:end]] + name[end:]
    return f":{name}"


def _default(path: str, config: Mapping[str, object]) -> str:
    """Return the site's form: of its posts, of `defaults` that hold for the path, or of all."""
    collection = collection_of(path, config)
    label, settings = collection or ("posts", _settings_of_posts(config))
    form = _text(settings.get("permalink"))
    defaults = config.get("defaults")
    for item in defaults if isinstance(defaults, list) else []:
        if not isinstance(item, Mapping):
            continue
        scope, values = item.get("scope") or {}, item.get("values") or {}
        if isinstance(scope, Mapping) and isinstance(values, Mapping):
            below = _text(scope.get("path")).strip("/")
            kind = _text(scope.get("type")) or label
            holds = kind == label and (not below or path.startswith(f"{below}/"))
            form = _text(values.get("permalink")) or form if holds else form
    if form or not collection:
        return form or _text(config.get("permalink")) or "date"
    return f"/:collection/:path{_ending(config)}"


def _default_of_page(path: str, config: Mapping[str, object]) -> str:
    """Return the form of the address of a page that names none (lib/jekyll/page.rb of 4.3)."""
    stem = PurePosixPath(path).stem
    return "/:path/" if stem == "index" else f"/:path/:basename{_ending(config)}"


def _ending(config: Mapping[str, object]) -> str:
    """Return how addresses end that are not those of posts, by the site's style.

    As Utils.add_permalink_suffix of Jekyll.
    """
    style = _text(config.get("permalink")) or "date"
    if style in _STYLES:
        return _ENDINGS.get(style, ":output_ext")
    return next((end for end in ("/", ":output_ext") if style.endswith(end)), "")


def _settings_of_posts(config: Mapping[str, object]) -> Mapping[object, object]:
    collections = config.get("collections")
    posts = collections.get("posts") if isinstance(collections, Mapping) else None
    return posts if isinstance(posts, Mapping) else {}


def _values(path: str, front: Mapping[str, object], date: datetime) -> dict[str, str]:
    _, name = split_date(unicodedata.normalize("NFC", PurePosixPath(path).stem))
    title = _text(front.get("slug")) or name
    pretty = _NOT_PRETTY.sub("-", title).strip("-")
    return {
        "title": pretty,
        "name": pretty,
        "slug": re.sub(r"[\W_]+", "-", title).strip("-").lower(),
        "categories": "/".join(_categories(path, front)),
        "year": f"{date.year:04}",
        "short_year": f"{date.year % 100:02}",
        "month": f"{date.month:02}",
        "i_month": str(date.month),
        "day": f"{date.day:02}",
        "i_day": str(date.day),
        "y_day": f"{date.timetuple().tm_yday:03}",
        "week": f"{date.isocalendar().week:02}",
        "short_day": "Mon Tue Wed Thu Fri Sat Sun".split()[date.weekday()],
        "hour": f"{date.hour:02}",
        "minute": f"{date.minute:02}",
        "second": f"{date.second:02}",
        "output_ext": ".html",
        "collection": "posts",
        "path": str(PurePosixPath(path).with_suffix("")),
    }


def _values_of_document(path: str, label: str) -> dict[str, str]:
    """Return what placeholders stand for in a collection, where that is not as for posts."""
    path = unicodedata.normalize("NFC", path)
    name = re.sub(r"[\W_]+", "-", PurePosixPath(path).stem).strip("-").lower()
    return {"collection": label, "path": path_in(path, label), "name": name}


def _values_of_page(path: str) -> dict[str, str]:
    """Return what placeholders stand for in the address of a page."""
    place = PurePosixPath(unicodedata.normalize("NFC", path))
    above = place.parent.as_posix()
    return {"path": above if above != "." else "", "basename": place.stem, "output_ext": ".html"}


def _categories(path: str, front: Mapping[str, object]) -> list[str]:
    """Return the categories as Jekyll writes them in addresses."""
    return list(dict.fromkeys(name.lower() for name in categories_of(path, front)))


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, (str, int)) else ""
