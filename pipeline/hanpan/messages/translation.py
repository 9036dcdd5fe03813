"""Translation: what the code says in English, as problems.toml and help.toml say it in Korean.

Problems are made, kept and compared in English: by workers, in traces, caches and build.json. They
are translated where a person reads them, so that what is kept is of no language, and a build in
another one builds nothing again. A message is recognised by its template, with whatever is in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from hanpan.language import is_korean
from hanpan.messages.particles import with_particles
from hanpan.problems import Problem

_TABLES = ("problems.toml", "help.toml")
_FIELD = re.compile(r"\{(\w+)(!?)\}")
_KEY = 3  # letters at the beginning by which templates are found
_DEPTH = 6  # words within words
# fields that hold a number, whatever else is in them: no blank
_NUMBERS = frozenset(
    "number kinds most least size seconds minutes limit line status port scans width height".split()
)
_NUMBER = re.compile(r"\S*\d\S*")


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """A message in both languages: the texts between its fields, and the fields' names.

    `inner` are the fields whose words are translated as well.
    """

    texts: tuple[str, ...]
    names: tuple[str, ...]
    inner: frozenset[str]
    korean: str

    @property
    def size(self) -> int:
        """Return how many letters are given: of templates that match, the longest is meant."""
        return sum(map(len, self.texts))

    def match(self, text: str) -> dict[str, str] | None:
        """Return what stands in the fields, None for another message.

        A field takes as little as it can, the last one as much: that finds a way if there is one.
        """
        first, *rest = self.texts
        if not text.startswith(first):
            return None
        if not rest:
            return {} if text == first else None
        last = rest.pop()
        if not text.endswith(last):
            return None
        at, end = len(first), len(text) - len(last)
        values = []
        for literal in rest:
            place = text.find(literal, at + 1, end)
            if place < 0:
                return None
            values.append(text[at:place])
            at = place + len(literal)
        if at >= end:
            return None
        values.append(text[at:end])
        fields = dict(zip(self.names, values, strict=True))
        is_fit = all(_NUMBER.fullmatch(fields[name]) for name in _NUMBERS.intersection(fields))
        return fields if is_fit else None


def template(english: str, korean: str) -> MessageTemplate:
    """Read a row of the table."""
    fields = list(_FIELD.finditer(english))
    texts = _FIELD.sub("\0", english).split("\0")
    inner = frozenset(field[1] for field in fields if field[2])
    return MessageTemplate(tuple(texts), tuple(field[1] for field in fields), inner, korean)


class MessageTable:
    """The rows of the tables, by the beginnings of their messages."""

    def __init__(self, rows: dict[str, str]) -> None:
        self._by_start: dict[str, list[MessageTemplate]] = {}
        self._others: list[MessageTemplate] = []
        for english, korean in rows.items():
            row = template(english, korean)
            if len(row.texts[0]) >= _KEY:
                self._by_start.setdefault(row.texts[0][:_KEY], []).append(row)
            else:
                self._others.append(row)

    def korean(self, english: str, depth: int = _DEPTH) -> str | None:
        """Return a message in Korean; None where the table does not have it."""
        rows = (*self._by_start.get(english[:_KEY], ()), *self._others)
        matches = ((row, row.match(english)) for row in rows)
        best = max(
            ((row, values) for row, values in matches if values is not None),
            key=lambda match: match[0].size,
            default=None,
        )
        if best is None:
            return None
        row, values = best
        for name in row.inner if depth else ():
            values[name] = self.korean(values[name], depth - 1) or values[name]
        return _filled(row.korean, values)


def _filled(korean: str, values: dict[str, str]) -> str:
    """Return a Korean text with its fields filled in, and with the particles that they ask for."""
    filled = ""
    for number, part in enumerate(_FIELD.split(korean)):
        if number % 3 == 0:
            filled += with_particles(part, filled)
        elif number % 3 == 1:
            filled += values[part]
    return filled


@lru_cache(maxsize=1)
def translation() -> MessageTable:
    """Return the translation that the tables give."""
    return MessageTable(table_rows())


def table_rows() -> dict[str, str]:
    """Return the rows of both tables: English, Korean."""
    import tomllib  # only who reads Korean needs it

    rows: dict[str, str] = {}
    for name in _TABLES:
        rows |= tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))
    return rows


def translated(text: str, lang: str) -> str:
    """Return a message, remedy or reason in a language; as it is where it is not known."""
    if not text or not is_korean(lang):
        return text
    return _korean(text)


@lru_cache(maxsize=4096)
def _korean(text: str) -> str:
    return translation().korean(text) or text


def problem_in(problem: Problem, lang: str) -> Problem:
    """Return a problem in a language."""
    if not is_korean(lang):
        return problem
    message, remedy = (translated(text, lang) for text in (problem.message, problem.remedy))
    return replace(problem, message=message, remedy=remedy)
