"""Loading: a site's settings, from site.toml with a Jekyll _config.yml as defaults."""

from __future__ import annotations

import datetime
import os
import re
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

from hanpan import toml_text
from hanpan.language import canonical_tag
from hanpan.problems import OFF, SEVERITIES, Problem, UsageError, system_reason
from hanpan.roots import SETTINGS, RefusedFile, Root, real
from hanpan.site.books import BookPlan, BookSettings, PartSettings
from hanpan.site.checks import BOOK, PART, PLATFORM, wrong_setting, wrong_value
from hanpan.site.crosspost import Platforms, PlatformSettings, platform_files, unknown_platform
from hanpan.site.generators import HUGO, JEKYLL, GeneratorSettings
from hanpan.site.hugo import HUGO_NAMES, is_hugo, read_hugo
from hanpan.site.jekyll import read_config_yml
from hanpan.site.obsidian import FOLDER, read_obsidian
from hanpan.site.tables import RULES, TABLES, Clock, Publication, Site, section_name
from hanpan.site.toml_lines import line_of, line_of_header, line_of_item, line_of_value

CONFIG_NAMES = ("site.toml", "_config.yml")
_SCRIPTS = ("astro.config", "docusaurus.config", "next.config", "gatsby-config")
_PROJECTS = frozenset(
    [".obsidian", *(f"{name}.{end}" for name in _SCRIPTS for end in "js mjs cjs ts mts".split())]
)
_SEVERITIES = (OFF, *SEVERITIES)


Roots = dict[Path, tuple[Path | None, Path | None]]  # of folders: that with settings, any other


def find_root(path: Path, known: Roots | None = None) -> Path | None:
    """Return the nearest folder at or above `path` that is a site's root.

    That is one with a site.toml, a _config.yml or Hugo's settings; failing that, a project of a
    JavaScript generator, or an Obsidian vault. `known` remembers folders that were looked at.
    """
    start = path if os.path.isdir(path) else path.parent
    known = {} if known is None else known
    own: Path | None = None
    other: Path | None = None
    for folder in (*reversed(start.parents), start):
        if folder not in known:
            names = _names(folder)
            has_settings = any(_is_there(f"{folder}/{name}") for name in CONFIG_NAMES)
            if has_settings or (not HUGO_NAMES.isdisjoint(names) and is_hugo(str(folder))):
                own = folder
            elif not _PROJECTS.isdisjoint(names):
                other = folder
            known[folder] = own, other
        own, other = known[folder]
    return own or other


def _names(folder: Path) -> set[str]:
    try:
        return set(os.listdir(folder))
    except OSError:
        return set()


def _is_there(path: str) -> bool:
    """Tell whether there is anything but a folder; what cannot be read is reported later."""
    try:
        return not stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False


def load_site(root: Path, toml: Path | None = None) -> Site:
    """Read the settings of the site at `root`.

    `toml` names another file than root/site.toml (the --site option).
    Raises UsageError with file and line where a setting cannot be used.
    """
    root = real(root)
    toml = real(toml) if toml else root / "site.toml"
    generator, config = _read_generator(root, toml)
    tables: dict[str, dict[str, Any]] = {name: {} for name in (*TABLES, RULES)}
    tables[""].update(generator.identity)
    tables["source"].update(generator.sources)
    books: tuple[BookPlan, ...] = ()
    platforms = Platforms()
    content = _read(toml) if toml.name.endswith(".toml") else None
    if content is not None:
        config += (toml,)
        text, data = _parse_toml(toml, content)
        for name, values in _read_tables(toml, text, data).items():
            tables[name].update(values)
        books = _read_books(toml, text, data.get(BOOK, []))
        platforms = _read_platforms(toml, text, data.get("crosspost", {}), root)
    sections = {section_name(kind): kind(**tables[name]) for name, kind in TABLES.items()}
    rules = tuple(sorted(tables[RULES].items()))
    name, named_zone = generator.publication.generator, generator.identity.get("timezone")
    zone = sections["identity"].timezone
    clock = Clock(
        zone,
        "timezone" in tables[""] and not (name == HUGO and zone == named_zone),  # moves no dates
        name == JEKYLL and named_zone is not None,
    )
    return Site(
        root=root,
        config=config,
        publication=generator.publication,
        collections=generator.collections,
        clock=clock,
        rules=rules,
        books=books,
        platforms=platforms,
        **sections,
    )


def _read_generator(root: Path, named: Path) -> tuple[GeneratorSettings, tuple[Path, ...]]:
    """Return what the settings of the site's generator say, and their files. Raises UsageError."""
    path = named if named.name.endswith(".yml") else root / "_config.yml"
    content = _read(path)
    if content is not None:
        return read_config_yml(content), (path,)
    if is_hugo(str(root)):
        return read_hugo(root)
    names = _names(root) & _PROJECTS
    if FOLDER in names:
        return read_obsidian(root), ()
    is_project = any(name.startswith(_SCRIPTS) for name in names)
    static = ("public", "static", "src") if is_project else ()
    return GeneratorSettings(Publication(static=static)), ()


def _read(path: Path) -> bytes | None:
    """Return the bytes of a settings file, None where there is none. Raises UsageError."""
    try:
        return Root(path.parent).read(path.name, SETTINGS)
    except FileNotFoundError:
        return None
    except RefusedFile as error:
        raise UsageError(error.problem) from None
    except OSError as error:
        message = f"it cannot be read: {system_reason(error)}"
        remedy = "Check its permissions."
        raise UsageError(
            Problem("file-unreadable", "error", message, path.name, None, remedy)
        ) from None


def _parse_toml(path: Path, content: bytes) -> tuple[str, dict[str, Any]]:
    """Return the text of site.toml, in which problems find their lines, and its data."""
    text = content.decode("utf-8-sig", errors="replace")
    try:
        return text, toml_text.load(text)
    except toml_text.NotToml as error:
        match = re.search(r"line (\d+)", str(error))
        line = int(match[1]) if match else None
        raise UsageError(
            Problem("site-syntax", "error", f"{error}", path.name, line, "Fix the TOML.")
        ) from None


def _read_tables(path: Path, text: str, data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the tables of site.toml but for those that two others read, checked."""
    tables: dict[str, dict[str, Any]] = {name: {} for name in (*TABLES, RULES)}
    for key, value in data.items():
        if isinstance(value, dict) and key == RULES:
            tables[RULES] = {
                rule: _check_severity(path, text, rule, severity)
                for rule, severity in value.items()
            }
        elif key == BOOK and isinstance(value, list):
            pass  # `_read_books` does
        elif isinstance(value, dict) and key in TABLES:
            for inner, setting in value.items():
                if key != "crosspost" or not isinstance(setting, dict):  # `_read_platforms` does
                    tables[key][inner] = _check(path, text, key, inner, setting)
        else:
            tables[""][key] = _check(path, text, "", key, value)
    return tables


def _read_books(path: Path, text: str, tables: Any) -> tuple[BookPlan, ...]:
    """Return what the [[book]]s of site.toml say, checked."""
    books: list[BookPlan] = []
    for number, table in enumerate(tables if isinstance(tables, list) else []):
        start = line_of_item(text, BOOK, number)
        parts = _take_tables(table, "part")
        pdf = next(iter(_take_tables(table, "pdf")), {})
        if "name" not in table or any(table["name"] == book.settings.name for book in books):
            message = (
                "a book has no name" if "name" not in table else "two books have the same name"
            )
            remedy = 'Write `name = "..."`: its folder in out/books/.'
            raise UsageError(Problem("book-setting", "error", message, path.name, start, remedy))
        settings = _check_table(path, text, BOOK, table, start)
        books.append(
            BookPlan(
                BookSettings(**settings),
                tuple(
                    PartSettings(
                        **_check_table(path, text, PART, part, line_of_item(text, PART, at, start))
                    )
                    for at, part in enumerate(parts)
                ),
                tuple(
                    (key, _check(path, text, "pdf", key, value, start, "book.pdf"))
                    for key, value in pdf.items()
                ),
            )
        )
    return tuple(books)


def _read_platforms(path: Path, text: str, data: dict[str, Any], root: Path) -> Platforms:
    """Return what [crosspost.NAME] says, checked, and check the names in [crosspost].platforms."""
    if not data:
        return Platforms()
    known = platform_files(root)
    for name in data.get("platforms", ()):
        if name not in known:
            line = line_of(text, "crosspost", "platforms")
            line = line_of_value(text, f'"{name}"', line)
            raise UsageError(replace(unknown_platform(name, known), path=path.name, line=line))
    tables = {name: table for name, table in data.items() if isinstance(table, dict)}
    platforms = []
    for name, table in tables.items():
        below = f"crosspost.{name}"
        if name not in known:
            line = line_of_header(text, below) or line_of(text, "crosspost", name)
            raise UsageError(replace(unknown_platform(name, known), path=path.name, line=line))
        settings = {
            key: _check(path, text, PLATFORM, key, value, below=below)
            for key, value in table.items()
        }
        platforms.append((name, PlatformSettings(**settings)))
    return Platforms(tuple(platforms))


def _take_tables(table: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """Take the tables under a key out of a table; what is none stays, and is an unknown key."""
    below = table.get(key, [])
    below = [below] if isinstance(below, dict) else below
    if not isinstance(below, list) or not all(isinstance(item, dict) for item in below):
        return []
    table.pop(key, None)
    return below


def _check_table(
    path: Path, text: str, table: str, settings: dict[str, Any], start: int
) -> dict[str, Any]:
    return {key: _check(path, text, table, key, value, start) for key, value in settings.items()}


def _check(
    path: Path, text: str, table: str, key: str, value: Any, start: int = 1, below: str = ""
) -> Any:
    """Return `value` as its field wants it, or raise UsageError with the line.

    `start` is the line of a table that occurs more than once; `below`, where the keys of `table`
    are when not in it.
    """
    name = f"{table}.{key}" if table else key
    line = line_of(text, below or table, key, start)
    if line is None and below.startswith("crosspost."):  # written as `devto = {tags = [...]}`
        line = line_of(text, "crosspost", below.partition(".")[2])
    if isinstance(value, datetime.date):  # TOML has days of its own
        value = value.isoformat()
    if isinstance(value, list):
        value = tuple(value)
    problem = wrong_setting(table, key, value, called=below) or wrong_value(name, value)
    if problem:
        raise UsageError(replace(problem, path=path.name, line=line))
    if name in ("lang", "book.lang"):
        return canonical_tag(value)
    return value.rstrip("/") if name == "url" else value


def _check_severity(path: Path, text: str, rule: str, severity: Any) -> str:
    """Return the severity that [rules] gives a rule, or raise UsageError with the line."""
    if severity in _SEVERITIES:
        return str(severity)
    line = line_of(text, RULES, rule)
    message = f"`{RULES}.{rule}` must be one of {', '.join(_SEVERITIES)}"
    raise UsageError(Problem("site-type", "error", message, path.name, line, "Use one of them."))
