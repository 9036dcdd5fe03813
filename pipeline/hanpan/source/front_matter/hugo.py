"""Hugo: what its front matter means here, and the address under which it shows a page.

https://gohugo.io/content-management/urls/; letters are kept as UnicodeSanitize does (Hugo 0.111,
helpers/path.go).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from hanpan.site import Publication
from hanpan.source.languages import code_of, place_of, without_language
from hanpan.source.post import Post
from hanpan.source.slugs import split_date

# as hanpan knows the keys that Hugo reads in any case, and by other names
_KEYS = {
    "publishdate": "publishDate", "pubdate": "publishDate", "expirydate": "expiryDate",
    "unpublishdate": "expiryDate", "linktitle": "linkTitle", "translationkey": "translationKey",
}  # fmt: skip
_DATES = ("publishDate", "published", "lastmod", "modified")  # what `date` falls back to
_TOKEN = re.compile(r":([a-z]+)(?:\[([^\[\]]*)\])?")
_ALLOWED = frozenset("./\\_#+~-@")
_SECTION = re.compile(r"_index\.(?:[\w-]+\.)?(?:md|markdown|html)\Z")
_HEX = re.compile("%[0-9A-Fa-f]{2}")
_NAMED = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")  # an ending, as of `/글.html`


def with_hugo_keys(post: Post) -> Post:
    """Return a post with the keys of its front matter as hanpan knows them."""
    front: dict[str, object] = {}
    for key, value in post.front.items():
        low = key.lower()
        front[_KEYS.get(low, low if low != key else key)] = value
    dates = (front[key] for key in _DATES if isinstance(front.get(key), str))
    date = front.get("date") or next(dates, None)
    if date:
        front["date"] = date
    return replace(post, front=front)


def hugo_path(
    path: str,
    front: Mapping[str, object],
    date: datetime,
    publication: Publication,
    names: Callable[[str], Collection[str]],
) -> str:
    """Return a page's address, beginning with /, not escaped. `path` is below the site's root.

    `names` returns the names in a folder: one with an `_index.md` is a section.
    """
    languages = publication.languages
    code = code_of(path, front, languages) or (languages[0][0] if languages else "")
    is_shown = publication.own_language_in_addresses or (code and code != languages[0][0])
    prefix = f"/{code}" if code and is_shown else ""
    url = _text(front.get("url"))
    if url:
        front_of = "" if url.startswith("/") else prefix
        is_file = _NAMED.search(url) and not url.endswith("/")
        return _joined(front_of, url if is_file else f"{url}/")
    *sections, name = _below_content(path, publication, code).split("/")
    stem = name.rpartition(".")[0]
    page = _Page(sections, stem, front, date, publication)
    if any(":sections" in form for _, form in publication.permalinks):
        folder = path.rpartition("/")[0]
        page.sections_with_pages(folder, names)
    address = page.address()
    if publication.ugly and not page.is_section and address.endswith("/") and address != "/":
        address = f"{address.rstrip('/')}.html"
    return _joined(prefix, address)


def needs_date(path: str, publication: Publication) -> bool:
    """Tell whether a page is a post; others, such as those of a manual, need no date."""
    inner = _below_content(path, publication, place_of(path, publication.languages).lang)
    section, slash, name = inner.partition("/")
    return bool(slash) and section in publication.main_sections and not name.startswith("_index.")


def _below_content(path: str, publication: Publication, code: str) -> str:
    """Return a path below the folder of pages, without the language at the end of its name."""
    path = unicodedata.normalize("NFC", without_language(path, publication.languages))
    folders = [folder for own, folder in publication.languages if own == code and folder]
    for folder in (*folders, publication.content):
        if folder and path.startswith(f"{folder}/"):
            return path[len(folder) + 1 :]
    return path


class _Page:
    """What an address is made of."""

    def __init__(
        self,
        sections: list[str],
        stem: str,
        front: Mapping[str, object],
        date: datetime,
        publication: Publication,
    ) -> None:
        self.is_section = stem == "_index"
        self._is_bundle = stem in ("index", "_index") and bool(sections)
        self._name = sections[-1] if self._is_bundle else stem
        self._sections = sections[:-1] if self._is_bundle and not self.is_section else sections
        self._front = front
        self._date = date
        self._publication = publication
        self._named_sections = self._sections
        dated, rest = split_date(self._name)
        if publication.dates_in_names and dated and rest:
            self._name = rest

    def sections_with_pages(self, folder: str, names: Callable[[str], Collection[str]]) -> None:
        """Let `:sections` be those folders that are sections: the first, and with `_index.md`."""
        above = folder.split("/")
        if self._is_bundle and not self.is_section:
            above.pop()
        first = len(above) - len(self._sections)
        self._named_sections = [
            section
            for at, section in enumerate(self._sections)
            if at == 0 or any(map(_SECTION.match, names("/".join(above[: first + at + 1]))))
        ]

    def address(self) -> str:
        forms = dict(self._publication.permalinks)
        section = self._sections[0].lower() if self._sections else "/"
        kind = f"section:{section}" if self.is_section else section
        form = forms.get(kind) or (forms.get("") if section == "/" else None)
        if form and not (self.is_section and not self._sections):
            address = _TOKEN.sub(self._value, form)
            return address if _NAMED.search(address) else f"{address}/"
        if self.is_section:
            return f"/{'/'.join(map(self._urlize, self._sections))}/"
        name = "" if self._name == "index" and not self._sections else self._slug_or_name()
        return f"/{'/'.join([*map(self._urlize, self._sections), name])}/"

    def _slug_or_name(self) -> str:
        slug = _text(self._front.get("slug"))
        return self._urlize(slug or self._name)

    def _value(self, token: re.Match[str]) -> str:
        name, chosen = token[1], token[2]
        if name == "sections":
            return "/".join(map(self._urlize, _chosen(self._named_sections, chosen)))
        if name in ("sectionslug", "sectionslugs"):
            return "/".join(map(self._urlize, self._sections[: 1 if name[-1] == "g" else None]))
        title, slug = _text(self._front.get("title")), _text(self._front.get("slug"))
        texts = {
            "section": self._sections[0] if self._sections else "",
            "title": title,
            "slug": slug or title or self._name,
            "filename": self._name,
            "contentbasename": self._name,
            "slugorfilename": slug or self._name,
            "slugorcontentbasename": slug or self._name,
        }
        if name in texts:
            return self._urlize(texts[name])
        date = self._date
        numbers = {
            "year": f"{date.year:04}",
            "month": f"{date.month:02}",
            "monthname": date.strftime("%B"),
            "day": f"{date.day:02}",
            "weekday": str((date.weekday() + 1) % 7),
            "weekdayname": date.strftime("%A"),
            "yearday": str(date.timetuple().tm_yday),
        }
        return self._urlize(numbers.get(name, token[0]))

    def _urlize(self, text: str) -> str:
        return sanitized(text) if self._publication.keeps_case else sanitized(text).lower()


def _chosen(sections: Sequence[str], chosen: str | None) -> Sequence[str]:
    """Return the sections that `[1:]`, `[last]` or `[0]` names."""
    if chosen is None:
        return sections
    places = chosen.replace("last", str(len(sections) - 1)).split(":")
    if not all(re.fullmatch(r"\d{0,3}", place) for place in places) or len(places) > 2:
        return sections
    start = int(places[0] or 0)
    if len(places) == 1:
        return sections[start : start + 1]
    return sections[start : int(places[1]) if places[1] else None]


def sanitized(text: str) -> str:
    """Return text as Hugo writes it in addresses: letters of any script, hyphens for blanks."""
    kept: list[str] = []
    is_blank_before = was_hyphen = False
    for at, sign in enumerate(text):
        if sign in _ALLOWED or unicodedata.category(sign)[0] in "LM" or _is_digit(text, at):
            was_hyphen = sign == "-"
            if is_blank_before and not was_hyphen:
                kept.append("-")
            is_blank_before = False
            kept.append(sign)
        elif kept and not was_hyphen and sign.isspace():
            is_blank_before = True
    return "".join(kept)


def _is_digit(text: str, at: int) -> bool:
    return unicodedata.category(text[at]) == "Nd" or bool(_HEX.match(text, at))


def _joined(*parts: str) -> str:
    return re.sub(r"/{2,}", "/", "/" + "/".join(parts))


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, (str, int)) else ""
