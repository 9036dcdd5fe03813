"""site.toml: its text -> the values of its tables, and every problem in it with its line."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from hanpan import toml_text
from hanpan.language import canonical_tag
from hanpan.problems import OFF, SEVERITIES, Problem
from hanpan.site.books import BookPlan, BookSettings, PartSettings
from hanpan.site.checks import BOOK, PART, PLATFORM, wrong_setting, wrong_value
from hanpan.site.crosspost import Platforms, PlatformSettings, platform_files, unknown_platform
from hanpan.site.tables import RULES, TABLES
from hanpan.site.toml_lines import line_of, line_of_header, line_of_item, line_of_value

_SEVERITIES = (OFF, *SEVERITIES)
_MOST = 50  # lines without quotes that are put right, to look at what is behind them
# `title = 한판 노트 # of the site`: a value that is neither a number nor a list
_BARE = re.compile(r"(\s*[\w.-]+\s*=\s*)([^\s\"'\[{#\d+-][^\"'#]*?)(\s*(?:#.*)?)")


class SiteToml:
    """The settings in a site.toml called `path`; `problems` grows as they are read.

    What is wrong is left out of what is returned.
    """

    def __init__(self, path: str, content: bytes) -> None:
        self.problems: list[Problem] = []
        self._path = path
        self._text = content.decode("utf-8-sig", errors="replace")
        self._data = self._parse()

    def _parse(self) -> dict[str, Any]:
        """Return the data; of a file that is no TOML that of the file with quotes, or nothing."""
        text = self._text
        for _ in range(_MOST):
            try:
                return toml_text.load(text)
            except toml_text.NotToml as error:
                match = re.search(r"line (\d+)", str(error))
                line = int(match[1]) if match else None
                lines = text.split("\n")
                is_in_text = line is not None and line <= len(lines)
                bare = (
                    _BARE.fullmatch(lines[line - 1].rstrip("\r")) if line and is_in_text else None
                )
                if not (line and bare):
                    self._report(
                        Problem("site-syntax", "error", f"{error}", remedy="Fix the TOML."), line
                    )
                    return {}
                quoted = bare[2].replace("\\", "\\\\")
                message = f"`{bare[1].strip(' =')}` lacks quotes around its value"
                remedy = f'Write it as `{bare[1].strip()} "{quoted}"`.'
                self._report(Problem("site-syntax", "error", message, remedy=remedy), line)
                lines[line - 1] = f'{bare[1]}"{quoted}"{bare[3]}'
                text = "\n".join(lines)
        return {}

    def _report(self, problem: Problem, line: int | None) -> None:
        self.problems.append(replace(problem, path=self._path, line=line))

    def tables(self) -> dict[str, dict[str, Any]]:
        """Return the values of all tables but those that `books` and `platforms` read."""
        tables: dict[str, dict[str, Any]] = {name: {} for name in (*TABLES, RULES)}
        for key, value in self._data.items():
            if isinstance(value, dict) and key == RULES:
                for rule, severity in value.items():
                    self._check_severity(rule, severity)
                tables[RULES] = value
            elif key == BOOK and isinstance(value, list):
                pass  # `books` does
            elif isinstance(value, dict) and key in TABLES:
                own = value.items()
                plain = {k: v for k, v in own if key != "crosspost" or not isinstance(v, dict)}
                tables[key] = self._table(key, plain)
            else:
                tables[""] |= self._table("", {key: value})
        return tables

    def books(self) -> tuple[BookPlan, ...]:
        """Return what the [[book]]s say."""
        books: list[BookPlan] = []
        tables = self._data.get(BOOK, [])
        tables = tables if isinstance(tables, list) else []
        for number, table in enumerate(table for table in tables if isinstance(table, dict)):
            start = line_of_item(self._text, BOOK, number)
            parts = _take_tables(table, "part")
            pdf = next(iter(_take_tables(table, "pdf")), {})
            if "name" not in table or any(table["name"] == book.settings.name for book in books):
                message = (
                    "a book has no name" if "name" not in table else "two books have the same name"
                )
                remedy = 'Write `name = "..."`: its folder in out/books/.'
                self._report(Problem("book-setting", "error", message, remedy=remedy), start)
            settings = self._table(BOOK, table, start)
            own_parts = (
                self._table(PART, part, line_of_item(self._text, PART, at, start))
                for at, part in enumerate(parts)
            )
            books.append(
                BookPlan(
                    BookSettings(**settings),
                    tuple(PartSettings(**part) for part in own_parts),
                    tuple(self._table("pdf", pdf, start, "book.pdf").items()),
                )
            )
        return tuple(books)

    def platforms(self, root: Path) -> Platforms:
        """Return what [crosspost.NAME] says, and check the names in [crosspost].platforms."""
        data = self._data.get("crosspost", {})
        if not data or not isinstance(data, dict):
            return Platforms()
        known = platform_files(root)
        names = data.get("platforms", ())
        for name in names if isinstance(names, list) else ():
            if isinstance(name, str) and name not in known:
                line = line_of(self._text, "crosspost", "platforms")
                line = line_of_value(self._text, f'"{name}"', line)
                self._report(unknown_platform(name, known), line)
        platforms = []
        for name, table in data.items():
            below = f"crosspost.{name}"
            if isinstance(table, dict) and name in known:
                settings = self._table(PLATFORM, table, below=below)
                platforms.append((name, PlatformSettings(**settings)))
            elif isinstance(table, dict):
                line = line_of_header(self._text, below) or line_of(self._text, "crosspost", name)
                self._report(unknown_platform(name, known), line)
        return Platforms(tuple(platforms))

    def _table(
        self, table: str, settings: Mapping[str, Any], start: int = 1, below: str = ""
    ) -> dict[str, Any]:
        """Return the settings of a table that are right, as their fields want them.

        `start` is the line of a table that occurs more than once; `below`, where the keys of
        `table` are when not in it.
        """
        values = {}
        for key, value in settings.items():
            name = f"{table}.{key}" if table else key
            if isinstance(value, datetime.date):  # TOML has days of its own
                value = value.isoformat()
            if isinstance(value, list):
                value = tuple(value)
            problem = wrong_setting(table, key, value, called=below) or wrong_value(name, value)
            if problem:
                self._report(problem, self._line(below or table, key, start))
            elif name in ("lang", "book.lang"):
                values[key] = canonical_tag(value)
            else:
                values[key] = value.rstrip("/") if name == "url" else value
        return values

    def _line(self, table: str, key: str, start: int) -> int | None:
        line = line_of(self._text, table, key, start)
        if line is None and table.startswith("crosspost."):  # as `devto = {tags = [...]}`
            line = line_of(self._text, "crosspost", table.partition(".")[2])
        return line

    def _check_severity(self, rule: str, severity: Any) -> None:
        """Report a severity that is none."""
        if severity not in _SEVERITIES:
            message = f"`{RULES}.{rule}` must be one of {', '.join(_SEVERITIES)}"
            problem = Problem("site-type", "error", message, remedy="Use one of them.")
            self._report(problem, line_of(self._text, RULES, rule))


def _take_tables(table: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """Take the tables under a key out of a table; what is none stays, and is an unknown key."""
    below = table.get(key, [])
    below = [below] if isinstance(below, dict) else below
    if not isinstance(below, list) or not all(isinstance(item, dict) for item in below):
        return []
    table.pop(key, None)
    return below
