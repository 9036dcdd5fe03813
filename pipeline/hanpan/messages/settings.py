"""What settings are about, from settings.toml, for the schemas that editors read."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

_TABLE = Path(__file__).with_name("settings.toml")
_SAME = {  # tables whose keys mean what those of another one do
    "book.part.": "book.",
    "crosspost:NAME.": "crosspost.NAME.",
}
POST = "post"  # the table with the keys of front matter


@lru_cache(maxsize=2)
def setting_texts(lang: str) -> dict[str, str]:
    """Return what each setting is about, by its table's name and its own; `lang` is ko or en."""
    rows = tomllib.loads(_TABLE.read_text("utf-8"))
    post = rows.pop(POST)
    texts = {key: row[lang] for key, row in rows.items()}
    for own, of in _SAME.items():
        same = {key.replace(of, own, 1): text for key, text in texts.items() if key.startswith(of)}
        texts = same | texts
    of_post = {key.partition(".")[2]: row[lang] for key, row in post.items() if "." in key}
    return texts | {f"crosspost:NAME.{key}": text for key, text in of_post.items()}


@lru_cache(maxsize=2)
def post_texts(lang: str) -> dict[str, str]:
    """Return what keys of front matter are about in a language, ko or en."""
    rows = tomllib.loads(_TABLE.read_text("utf-8"))[POST]
    return {key: row[lang] for key, row in rows.items() if "." not in key}
