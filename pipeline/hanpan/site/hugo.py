"""What Hugo's settings say: hugo.toml, its older name config.toml, YAML and JSON, and config/.

https://gohugo.io/configuration/: `config/_default/params.toml` is the table `params`, and what is
in `config/production` goes before it.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from hanpan import toml_text
from hanpan.language import canonical_tag
from hanpan.problems import Problem
from hanpan.roots import SETTINGS, Root
from hanpan.site.generators import (
    HUGO,
    POST_SECTIONS,
    GeneratorSettings,
    broken_settings,
    take_wrong_values,
)
from hanpan.site.tables import Publication

_ENDINGS = (".toml", ".yaml", ".yml", ".json")
_OWN = tuple(f"hugo{ending}" for ending in _ENDINGS)
_OLD = tuple(f"config{ending}" for ending in _ENDINGS)  # as many other programs call theirs
_FOLDERS = ("config/_default", "config/production")
_BESIDE = ("content", "archetypes", "themes", "layouts")  # one of them is beside an old file
_FOREIGN = re.compile(rb"^\s*base_url\s*=", re.MULTILINE)  # Zola's
HUGO_NAMES = frozenset((*_OWN, *_OLD, "config"))  # one of them is in each root
_DEPTH = 12  # tables within tables
_MOST = 200  # languages, sections, patterns


def is_hugo(folder: str) -> bool:
    """Tell whether there is a Hugo site in a folder."""
    if any(os.path.isfile(f"{folder}/{name}") for name in _OWN):
        return True
    old = next((name for name in _OLD if os.path.isfile(f"{folder}/{name}")), "")
    if not (old or os.path.isdir(f"{folder}/{_FOLDERS[0]}")):
        return False
    if not any(os.path.isdir(f"{folder}/{name}") for name in _BESIDE):
        return False
    return not (old and _FOREIGN.search(_read(Root(folder), old)))


def _read(root: Root, name: str) -> bytes:
    try:
        return root.read(name, SETTINGS)
    except OSError:
        return b""


def read_hugo(root: Path) -> tuple[GeneratorSettings, tuple[Path, ...]]:
    """Return what the settings of the Hugo site at `root` say, and their files; never fail."""
    site = Root(root)
    data: dict[str, Any] = {}
    names = [next((n for n in (*_OWN, *_OLD) if os.path.isfile(root / n)), "")]
    for folder in _FOLDERS:
        here = sorted(site.names(folder)) if os.path.isdir(root / folder) else []
        names += [f"{folder}/{name}" for name in here if name.endswith(_ENDINGS)]
    problems: list[tuple[str, Problem]] = []
    texts = [(n, _read(site, n).decode("utf-8-sig", errors="replace")) for n in names if n]
    for name, text in texts:
        data = _merge(data, _placed(name, _load(name, text, problems)))
    settings = _settings(data)
    problems += take_wrong_values(settings.identity, {"url": "baseURL"}, texts)
    return replace(settings, problems=tuple(problems)), tuple(root / name for name, _ in texts)


def _load(name: str, text: str, problems: list[tuple[str, Problem]]) -> dict[str, Any]:
    """Return the data of a file, keys in small letters, as Hugo reads them; {} if it is broken."""
    from hanpan.yaml_text import NotYaml, load

    try:
        if name.endswith(".toml"):
            data: Any = toml_text.load(text)
        elif name.endswith(".json"):
            data = json.loads(text)
        else:
            data = load(text)
    except (toml_text.NotToml, NotYaml, ValueError, RecursionError) as error:
        found_line = re.search(r"line (\d+)", str(error))
        line = int(found_line[1]) if found_line else getattr(error, "line", None)
        problems.append(broken_settings(name, str(error), line))
        return {}
    small = _small(data, _DEPTH)
    return small if isinstance(small, dict) else {}


def _small(value: Any, depth: int) -> Any:
    if isinstance(value, dict) and depth:
        return {str(key).lower(): _small(inner, depth - 1) for key, inner in value.items()}
    return value


def _placed(name: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return the data of a file below the table that its name says: `params.ko.toml`."""
    table, *language = posixpath.basename(name).rpartition(".")[0].lower().split(".")
    if not name.startswith(_FOLDERS) or table in ("hugo", "config"):
        return data
    return {"languages": {language[0]: {table: data}}} if language else {table: data}


def _merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        inner = merged.get(key)
        if isinstance(inner, dict) and isinstance(value, dict):
            value = _merge(inner, value)
        merged[key] = value
    return merged


def _settings(data: dict[str, Any]) -> GeneratorSettings:
    own_code = str(data.get("defaultcontentlanguage") or "en").lower()
    tables = data.get("languages")
    tables = tables if isinstance(tables, dict) else {}
    named = {str(code): own for code, own in list(tables.items())[:_MOST] if isinstance(own, dict)}
    shown = {code: own for code, own in named.items() if not own.get("disabled")}
    own_language = shown.get(own_code) or next(iter(shown.values()), {})
    mounts = _mounts(data)
    content = own_language.get("contentdir") or data.get("contentdir") or mounts.get("")
    content = _folder(content or mounts.get(own_code) or "content")
    folders = {c: _folder(own.get("contentdir") or mounts.get(c)) for c, own in shown.items()}
    languages = sorted(shown, key=lambda code: code != own_code)
    publication = Publication(
        HUGO,
        tuple((code, _alone(folders, code)) for code in languages) if len(languages) > 1 else (),
        drafts=data.get("builddrafts") is True,
        expired=data.get("buildexpired") is True,
        static=tuple(_static(data)),
        bundled=("assets", content),
        content=content,
        permalinks=tuple(_permalinks(data.get("permalinks"))),
        ugly=data.get("uglyurls") is True,
        keeps_case=data.get("disablepathtolower") is True,
        own_language_in_addresses=data.get("defaultcontentlanguageinsubdir") is True,
        dates_in_names=":filename" in str(data.get("frontmatter") or ""),
        main_sections=tuple(_main_sections(data, own_language)),
        themes=tuple(_themes(data)),
        ignored=tuple(_patterns(data.get("ignorefiles"))),
    )
    posts = tuple(dict.fromkeys(filter(None, (content, *folders.values()))))
    sources = {"posts": posts, "future": data.get("buildfuture") is True}
    return GeneratorSettings(publication, _identity(data, own_language, own_code), sources)


def _themes(data: dict[str, Any]) -> list[str]:
    """Return the folders of the themes that are named, the first first."""
    named = data.get("theme")
    names = named if isinstance(named, list) else [named]
    folder = _folder(data.get("themesdir") or "themes")
    return [f"{folder}/{name}" for name in names[:_MOST] if name and _folder(name) == name]


def _main_sections(data: dict[str, Any], language: dict[str, Any]) -> list[str]:
    """Return the sections of posts: `mainSections`, else what most sites call theirs."""
    params = _table(data, "params") | _table(language, "params")
    named = params.get("mainsections")
    return [str(name) for name in named[:_MOST]] if isinstance(named, list) else [*POST_SECTIONS]


def _alone(folders: dict[str, str], code: str) -> str:
    """Return the folder of a language, "" where others are in it as well."""
    return folders[code] if list(folders.values()).count(folders[code]) == 1 else ""


def _static(data: dict[str, Any]) -> list[str]:
    """Return the folders of files that are copied as they are."""
    named = data.get("staticdir")
    folders = named if isinstance(named, list) else [named or "static"]
    return [_folder(folder) for folder in folders[:_MOST] if _folder(folder)] or ["static"]


def _mounts(data: dict[str, Any]) -> dict[str, str]:
    """Return the folders that are mounted as `content`, by language; "" is any."""
    listed = _table(data, "module").get("mounts")
    folders: dict[str, str] = {}
    for mount in listed[:_MOST] if isinstance(listed, list) else ():
        mount = _small(mount, _DEPTH)
        if isinstance(mount, dict) and mount.get("target") == "content":
            folders.setdefault(str(mount.get("lang") or ""), str(mount.get("source") or ""))
    return folders


def _folder(value: object) -> str:
    path = posixpath.normpath(str(value)) if value else ""
    return "" if path.startswith(("..", "/")) else path


def _permalinks(value: object) -> Iterator[tuple[str, str]]:
    """Yield the forms of addresses by section: of pages, and of sections as `section:NAME`."""
    for key, form in list(value.items())[:_MOST] if isinstance(value, dict) else ():
        if isinstance(form, str):
            yield str(key), form
        elif isinstance(form, dict) and key in ("page", "section"):
            front = "" if key == "page" else "section:"
            inner = ((str(name), own) for name, own in form.items() if isinstance(own, str))
            yield from ((f"{front}{name}", own) for name, own in inner)


def _patterns(value: object) -> Iterator[str]:
    """Yield the patterns of `ignoreFiles` that cost no more than the path is long."""
    for pattern in value[:_MOST] if isinstance(value, list) else ():
        if isinstance(pattern, str) and re.fullmatch(r"\^?(?>(?:\\?[\w./ -]|\.\*)*)\$?", pattern):
            yield pattern


def _identity(data: dict[str, Any], language: dict[str, Any], own_code: str) -> dict[str, Any]:
    """Return the settings of the site's identity: those of its own language go first."""
    params = _table(data, "params") | _table(language, "params")
    own_author = params.get("author") or language.get("author") or data.get("author")
    if isinstance(own_author, list):
        own_author = next(iter(own_author), None)
    if isinstance(own_author, dict):
        own_author = own_author.get("name")
    code = (
        language.get("languagecode")
        or language.get("locale")
        or data.get("languagecode")
        or data.get("locale")
    )
    values = {
        "title": language.get("title") or data.get("title"),
        "description": params.get("description"),
        "url": language.get("baseurl") or data.get("baseurl"),
        "author": own_author,
        "timezone": data.get("timezone"),
    }
    settings = {key: value.strip() for key, value in values.items() if isinstance(value, str)}
    settings = {key: value for key, value in settings.items() if value}
    if "url" in settings:
        settings["url"] = settings["url"].rstrip("/")
    settings["lang"] = canonical_tag(str(code or "")) or canonical_tag(own_code) or "ko"
    return settings


def _table(data: dict[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}
