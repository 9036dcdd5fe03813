"""Generators: whose settings a site may have, and what all of them come to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from hanpan.problems import Problem
from hanpan.site.checks import wrong_value
from hanpan.site.tables import Publication

# folders of posts, beside which others have pages
POST_SECTIONS = ("post", "posts", "blog", "articles", "article", "news", "writing", "til", "diary")
JEKYLL, HEXO, HUGO, OBSIDIAN = "jekyll", "hexo", "hugo", "obsidian"


@dataclass(frozen=True, slots=True)
class GeneratorSettings:
    """What a generator's own settings say, as the tables of site.toml would."""

    publication: Publication = field(default_factory=Publication)
    identity: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, Any] = field(default_factory=dict)
    collections: tuple[str, ...] = ()  # folders of those that the site shows
    problems: tuple[tuple[str, Problem], ...] = ()  # with the key that site.toml has for it, or ""


def take_wrong_values(
    settings: dict[str, Any], named: Mapping[str, str], files: Iterable[tuple[str, str]]
) -> list[tuple[str, Problem]]:
    """Take out of the identity of a site what cannot be used; return what is to be told of it.

    `named` has the generator's own names of keys; `files` are its files and their texts.
    """
    problems = []
    for key in ("url", "timezone"):
        problem = wrong_value(key, settings[key]) if settings.get(key) else None
        if problem:
            del settings[key]
            path, line = _place(named.get(key, key), files)
            problems.append((key, replace(problem, severity="warning", path=path, line=line)))
    return problems


def _place(key: str, files: Iterable[tuple[str, str]]) -> tuple[str, int | None]:
    """Return the file and line of a key, in YAML, TOML or JSON; the first file without a line."""
    sign = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*[:=]""", re.IGNORECASE)
    first = ""
    for path, text in files:
        first = first or path
        for number, line in enumerate(text.splitlines(), 1):
            if sign.match(line):
                return path, number
    return first, None


def broken_settings(path: str, reason: str, line: int | None) -> tuple[str, Problem]:
    """Return the problem of a settings file of a generator that cannot be parsed."""
    message = f"the settings cannot be read, so title, address and language are unknown: {reason}"
    remedy = "Correct the line: the site's generator cannot read it either."
    return "", Problem("site-syntax", "warning", message, path, line, remedy)
