"""Projects: what the settings of a generator in JavaScript say, as far as they say it in texts.

Docusaurus: https://docusaurus.io/docs/api/docusaurus-config. Astro: its configuration reference,
and the pages that show a collection.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hanpan.language import canonical_tag
from hanpan.problems import Problem
from hanpan.roots import SETTINGS, Root
from hanpan.site.generators import GeneratorSettings, take_wrong_values
from hanpan.site.javascript import plain_values
from hanpan.site.tables import Publication, Route

ASTRO, DOCUSAURUS = "astro", "docusaurus"
BLOG, DOCS, COLLECTION = "blog", "docs", "collection"
SCRIPTS = {
    f"{name}.{ending}": name.partition(".")[0].removesuffix("-config")
    for name in ("astro.config", "docusaurus.config", "next.config", "gatsby-config")
    for ending in ("js", "mjs", "cjs", "ts", "mts")
}
# https://docusaurus.io/docs/api/docusaurus-config#markdown: `mdx` where nothing is said
_PLAIN_MARKDOWN = re.compile(r"""\bformat\s*+:\s*+["'`](?:md|detect)["'`]""")
_ROUTE = re.compile(r"\[(?:\.\.\.)?[\w$]+\]\.astro\Z")
_SHOWN = re.compile(r"""\bgetCollection\(\s*+["']([\w-]+)["']""")
_BY_ID = re.compile(r"\bparams\s*+:\s*+\{\s*+\w++\s*+:\s*+\w++\.(?:slug|id)\s*+,?\s*+\}")
_COLLECTION = re.compile(r"\b(\w++)\s*+=\s*+defineCollection\(")
_BASE = re.compile(r"""\bbase\s*+:\s*+["'](?:\./)?([\w./-]++)["']""")
_STATIC = {ASTRO: "public", "next": "public", DOCUSAURUS: "static", "gatsby": "static"}
_FOLDERS = ("public", "static", "src")  # where pictures may be
_PAGES, _MOST = "src/pages", 200  # files looked at for routes
_Values = dict[tuple[str, ...], str | bool]


def read_project(root: Path, script: str, content: bytes) -> GeneratorSettings:
    """Return what a project's settings say; never fail, and run nothing.

    `content` are the bytes of the file that is called `script`.
    """
    project = SCRIPTS[script]
    text = content.decode("utf-8-sig", errors="replace")
    values: _Values = {}
    for keys, value in plain_values(text) if project in _SETTINGS else ():
        values.setdefault(keys, value)
    identity, routes, final_slash = _SETTINGS.get(project, _nothing)(Root(root), values)
    is_docusaurus = project == DOCUSAURUS
    static = _STATIC[project]
    publication = Publication(
        project=project,
        reads_mdx=is_docusaurus and not _PLAIN_MARKDOWN.search(text),
        static=(static,),
        bundled=tuple(folder for folder in _FOLDERS if folder != static),
        routes=tuple(routes),
        final_slash=final_slash,
    )
    named = {"url": "site" if project == ASTRO else "url"}
    problems: list[tuple[str, Problem]] = take_wrong_values(identity, named, [(script, text)])
    return GeneratorSettings(publication, identity, problems=tuple(problems))


def _read(root: Root, name: str) -> str:
    try:
        return root.read(name, SETTINGS).decode("utf-8-sig", errors="replace")
    except OSError:
        return ""


def _names(root: Root, folder: str) -> tuple[str, ...]:
    try:
        return root.names(folder)
    except OSError:
        return ()


def _nothing(_root: Root, _values: _Values) -> tuple[dict[str, Any], list[Route], bool | None]:
    return {}, [], None


def _text(values: _Values, *keys: str) -> str:
    value = values.get(keys)
    return value.strip() if isinstance(value, str) else ""


def _identity(url: str, base: str, title: str = "") -> dict[str, Any]:
    """Return the identity of a site whose address and base path are given; either may be ""."""
    whole = f"{url.rstrip('/')}/{base.strip('/')}".rstrip("/") if url else ""
    return {key: value for key, value in (("url", whole), ("title", title)) if value}


def _docusaurus(_root: Root, values: _Values) -> tuple[dict[str, Any], list[Route], bool | None]:
    identity = _identity(_text(values, "url"), _text(values, "baseUrl"), _text(values, "title"))
    lang = canonical_tag(_text(values, "i18n", "defaultLocale"))
    identity |= {"lang": lang} if lang else {}
    # by the object that says it: `docs` or `blog` of a preset, or a plugin's own
    places: dict[tuple[str, ...], dict[str, str]] = {}
    for keys, value in values.items():
        if keys[-1] in ("path", "routeBasePath") and isinstance(value, str):
            places.setdefault(keys[:-1], {})[keys[-1]] = value
    routes = []
    for keys, given in places.items():
        kind = next((k for k in (BLOG, DOCS) if keys and keys[-1].endswith(k)), "")
        if kind:
            routes.append(_route(given.get("path", kind), given.get("routeBasePath", kind), kind))
    known = {route.folder for route in routes}
    routes += [_route(kind, kind, kind) for kind in (BLOG, DOCS) if kind not in known]
    final_slash = values.get(("trailingSlash",))
    return identity, routes, final_slash if isinstance(final_slash, bool) else None


def _route(folder: str, prefix: str, kind: str) -> Route:
    prefix = prefix.strip("/")
    return Route(folder.removeprefix("./").strip("/"), f"/{prefix}" if prefix else "", kind)


def _astro(root: Root, values: _Values) -> tuple[dict[str, Any], list[Route], bool | None]:
    identity = _identity(_text(values, "site"), _text(values, "base"))
    folders = _folders_of_collections(root)
    prefixes: dict[str, set[str]] = {}
    for folder, text in _dynamic_pages(root, _PAGES):
        if _BY_ID.search(text):
            for name in _SHOWN.findall(text):
                prefixes.setdefault(name, set()).add(folder.removeprefix(_PAGES))
    routes = [
        Route(folders.get(name, f"src/content/{name}"), shown.pop(), COLLECTION)
        for name, shown in sorted(prefixes.items())
        if len(shown) == 1
    ]
    is_file = _text(values, "build", "format") == "file"
    return identity, routes, not (is_file or _text(values, "trailingSlash") == "never")


def _dynamic_pages(root: Root, folder: str) -> Iterator[tuple[str, str]]:
    """Yield the pages that show one entry each, `blog/[slug].astro`: their folders and texts."""
    waiting, looked_at = [folder], 0
    while waiting and looked_at < _MOST:
        here = waiting.pop()
        for name in _names(root, here):
            looked_at += 1
            if _ROUTE.match(name):
                yield here, _read(root, f"{here}/{name}")
            elif "." not in name and "[" not in name:
                waiting.append(f"{here}/{name}")


def _folders_of_collections(root: Root) -> dict[str, str]:
    """Return the folders that collections name, where that is not `src/content/NAME`."""
    folders = {}
    for name in ("content.config.ts", "content.config.js", "content/config.ts"):
        _, *parts = _COLLECTION.split(_read(root, f"src/{name}"))
        for collection, text in zip(parts[::2], parts[1::2], strict=True):
            base = _BASE.search(text)
            if base:
                folders[collection] = base[1].strip("/")
    return folders


_SETTINGS = {ASTRO: _astro, DOCUSAURUS: _docusaurus}
