"""Languages: which one a post is in by its path, and which posts are its translations."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hanpan.language import canonical_tag

Languages = Sequence[tuple[str, str]]  # codes and folders of a site, its own language first

# folders that are languages where a site names none: only beside another one of these
_FREQUENT = frozenset(
    """
    ko kr en ja jp zh cn tw fr de es pt it ru vi id th tr pl uk ar nl
    ko-kr en-us en-gb ja-jp zh-cn zh-tw zh-hk zh-hans zh-hant pt-br pt-pt es-es fr-fr de-de
    ko_kr en_us ja_jp zh_cn zh_tw
    """.split()
)
_CODES = {"kr": "ko", "jp": "ja", "cn": "zh-CN", "tw": "zh-TW"}  # countries, written for languages
_ENDING = re.compile(r"(?P<stem>.*[^/.])\.(?P<code>[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)\Z")


class PathLanguage(NamedTuple):
    """A post's path taken apart: its language as the path writes it, and the path with `*` there.

    `lang` is "" where the path names none; then it is that of the site.
    """

    lang: str
    form: str


def place_of(path: str, languages: Languages = ()) -> PathLanguage:
    """Return which language the path of a post names.

    `languages` are those that the site's settings name; without any, a folder such as `ko` may be
    one, but needs a translation beside it to be it.
    """
    folders = path.split("/")[:-1]
    for code, folder in languages:
        if folder and f"{path}/".startswith(f"{folder}/"):
            return PathLanguage(code, f"*{path[len(folder) :]}")
    codes = {code.casefold(): code for code, _ in languages}
    for at, name in enumerate(folders):
        key = name.casefold()
        if key in codes or (not languages and key in _FREQUENT):
            form = "/".join(["*" if n == at else part for n, part in enumerate(path.split("/"))])
            return PathLanguage(codes.get(key, name), form)
    stem, ending = posixpath.splitext(path)
    named = _ENDING.match(stem) if languages else None
    if named and named["code"].casefold() in codes:
        return PathLanguage(codes[named["code"].casefold()], f"{named['stem']}.*{ending}")
    return PathLanguage("", f"{stem}.*{ending}") if languages else PathLanguage("", "")


def tag_of(code: str) -> str:
    """Return the language tag of a code that a path or a setting names."""
    return canonical_tag(_CODES.get(code.casefold(), code))


def code_of(path: str, front: Mapping[str, object], languages: Languages) -> str:
    """Return which of the site's languages a post is in, "" where the site has but one."""
    own = tag_of(str(front.get("lang") or front.get("locale") or ""))
    named = (code for code, _ in languages if own and tag_of(code) == own)
    return next(named, "") or place_of(path, languages).lang if languages else ""


def without_language(path: str, languages: Languages) -> str:
    """Return a path without the language at the end of its name: `x.en.md` is `x.md`."""
    place = place_of(path, languages)
    stem, ending = posixpath.splitext(path)
    is_ending = place.lang and place.form.endswith(f".*{ending}")
    return f"{stem.rpartition('.')[0]}{ending}" if is_ending else path


def frequent_codes(names: Sequence[str]) -> list[str]:
    """Return those of the names of folders that are languages."""
    return [name for name in names if name.casefold() in _FREQUENT]
