"""Loading: a site's settings, from site.toml with a Jekyll _config.yml as defaults."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

from hanpan.problems import Problem, UsageError, system_reason
from hanpan.roots import SETTINGS, RefusedFile, Root, real
from hanpan.site.books import BookPlan
from hanpan.site.crosspost import Platforms
from hanpan.site.generators import HUGO, JEKYLL, GeneratorSettings
from hanpan.site.hugo import HUGO_NAMES, is_hugo, read_hugo
from hanpan.site.jekyll import read_config_yml
from hanpan.site.obsidian import FOLDER, read_obsidian
from hanpan.site.projects import SCRIPTS, read_project
from hanpan.site.site_toml import SiteToml
from hanpan.site.tables import RULES, TABLES, Clock, Publication, Site, section_name

CONFIG_NAMES = ("site.toml", "_config.yml")
_PROJECTS = frozenset((FOLDER, *SCRIPTS))

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
    Raises UsageError with file and line of each setting that cannot be used.
    """
    root = real(root)
    toml = real(toml) if toml else root / "site.toml"
    generator, config = _read_generator(root, toml)
    tables: dict[str, dict[str, Any]] = {name: {} for name in (*TABLES, RULES)}
    tables[""].update(generator.identity)
    tables["source"].update(generator.sources)
    books: tuple[BookPlan, ...] = ()
    platforms = Platforms()
    own_tables: dict[str, dict[str, Any]] = {"": {}}
    content = _read(toml) if toml.name.endswith(".toml") else None
    if content is not None:
        config += (toml,)
        own = SiteToml(toml.name, content)
        own_tables, books, platforms = own.tables(), own.books(), own.platforms(root)
        if own.problems:
            raise UsageError(*own.problems)
        for name, values in own_tables.items():
            tables[name].update(values)
    sections = {section_name(kind): kind(**tables[name]) for name, kind in TABLES.items()}
    rules = tuple(sorted(tables[RULES].items()))
    own_keys = own_tables[""].keys()
    problems = tuple(p for key, p in generator.problems if key not in own_keys)
    name, named_zone = generator.publication.generator, generator.identity.get("timezone")
    zone = sections["identity"].timezone
    publication = generator.publication
    if "url" in generator.identity and publication.project and "url" not in own_keys:
        publication = replace(publication, by_slug=False)  # nobody has said that it is ours
    clock = Clock(
        zone,
        "timezone" in tables[""] and not (name == HUGO and zone == named_zone),  # moves no dates
        name == JEKYLL and named_zone is not None,
    )
    return Site(
        root=root,
        config=config,
        publication=_with_languages(publication, sections["sources"].languages),
        collections=generator.collections,
        clock=clock,
        rules=rules,
        books=books,
        platforms=platforms,
        problems=problems,
        **sections,
    )


def _with_languages(publication: Publication, codes: tuple[str, ...]) -> Publication:
    """Return how a site publishes, with the languages of site.toml where its generator has none."""
    codes = tuple(dict.fromkeys(codes))
    if publication.languages or len(codes) < 2:
        return publication
    return replace(publication, languages=tuple((code, "") for code in codes))


def _read_generator(root: Path, named: Path) -> tuple[GeneratorSettings, tuple[Path, ...]]:
    """Return what the settings of the site's generator say, and their files. Raises UsageError."""
    path = named if named.name.endswith(".yml") else root / "_config.yml"
    content = _read(path)
    if content is not None:
        return read_config_yml(content, path.name), (path,)
    if is_hugo(str(root)):
        return read_hugo(root)
    names = _names(root) & _PROJECTS
    if FOLDER in names:
        return read_obsidian(root), ()
    script = min(names, default="")
    if not script:
        return GeneratorSettings(Publication()), ()
    return read_project(root, script, _read(root / script) or b""), (root / script,)


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
