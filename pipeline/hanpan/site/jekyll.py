"""What a site's _config.yml says: who publishes, what is published, and whose file it is."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from hanpan.language import canonical_tag
from hanpan.problems import Problem
from hanpan.site.generators import (
    HEXO,
    JEKYLL,
    GeneratorSettings,
    broken_settings,
    take_wrong_values,
)
from hanpan.site.tables import Publication

# what `hexo init` writes, and no Jekyll site has
_HEXO_KEYS = frozenset({"source_dir", "public_dir", "new_post_name", "post_asset_folder"})
_MOST, _LONGEST = 200, 200  # patterns of a list, and characters of one


def _text(data: bytes) -> str:
    """Return a settings file's text: UTF-8, or what old Korean editors write."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp949", errors="replace")


def read_config_yml(config: bytes, path: str = "_config.yml") -> GeneratorSettings:
    """Return what the bytes of a _config.yml say; never fail. `path` is what it is called."""
    from hanpan.yaml_text import NotYaml, load  # heavy: only Jekyll sites pay for it

    text = _text(config)
    problems: list[tuple[str, Problem]] = []
    try:
        data: Any = load(text)
    except NotYaml as error:
        data = None
        problems.append(broken_settings(path, str(error), error.line + 1))
    if not isinstance(data, dict):
        return GeneratorSettings(Publication(JEKYLL), problems=tuple(problems))
    generator = HEXO if _HEXO_KEYS & data.keys() else JEKYLL
    collections = _collections(data) if generator == JEKYLL else ()
    publication = Publication(
        generator,
        _languages(data, generator),
        drafts=bool(data.get("show_drafts" if generator == JEKYLL else "render_drafts")),
        unpublished=data.get("unpublished") is True,
        any_date=_collections_of_any_date(data),
        asset_folders=generator == HEXO and data.get("post_asset_folder") is True,
        static=(str(data.get("source_dir") or "source").strip("/"),) if generator == HEXO else (),
    )
    identity = _identity(data)
    problems += take_wrong_values(identity, {}, [(path, text)])
    sources = _sources(data, generator)
    return GeneratorSettings(publication, identity, sources, collections, tuple(problems))


def _languages(data: dict[Any, Any], generator: str) -> tuple[tuple[str, str], ...]:
    """Return the languages of the site, polyglot's or those of Hexo's `language`, in any folder.

    A site in one language has none.
    """
    named = data.get("language" if generator == HEXO else "languages")
    default = str(data.get("default_lang") or "")
    codes = [str(code) for code in named[:_MOST]] if isinstance(named, list) else []
    codes = [code for code in dict.fromkeys(codes) if canonical_tag(code)]
    codes.sort(key=lambda code: code != default if default else False)
    return tuple((code, "") for code in codes) if len(codes) > 1 else ()


def _sources(data: dict[Any, Any], generator: str) -> dict[str, Any]:
    """Return the settings of [source] that the file has."""
    settings: dict[str, Any] = {}
    if isinstance(data.get("future"), bool):
        settings["future"] = data["future"]
    elif generator == HEXO:
        settings["future"] = True  # its own default
    if generator == JEKYLL:  # those of Hexo do not hold for posts
        settings |= {key: _patterns(data[key]) for key in ("exclude", "include") if data.get(key)}
    return settings


def _collections(data: dict[Any, Any]) -> tuple[str, ...]:
    """Return the folders of Jekyll's collections that have `output: true`, but for posts."""
    named = data.get("collections")
    above = str(data.get("collections_dir") or "").strip("/")
    folders = []
    for name, settings in list(named.items())[:_MOST] if isinstance(named, dict) else ():
        is_shown = isinstance(settings, dict) and settings.get("output") is True
        if is_shown and name not in ("posts", "drafts", "data") and "/" not in str(name):
            folders.append(f"{above}/_{name}" if above else f"_{name}")
    return tuple(folders)


def _collections_of_any_date(data: dict[Any, Any]) -> tuple[str, ...]:
    """Return the names of the collections with `future: true`, which show what is to come."""
    named = data.get("collections")
    items = list(named.items())[:_MOST] if isinstance(named, dict) else ()
    return tuple(str(n) for n, own in items if isinstance(own, dict) and own.get("future"))


def _patterns(value: object) -> tuple[str, ...]:
    """Return the patterns of a list, or of a text, that is one."""
    items = value if isinstance(value, list) else [value]
    texts = (str(item) for item in items[:_MOST] if isinstance(item, (str, int)))
    return tuple(text for text in texts if text and len(text) <= _LONGEST)


def _language(data: dict[Any, Any]) -> object:
    """Return Hexo's own language, the first of several, or polyglot's."""
    named = data.get("language")
    first = next(iter(named), None) if isinstance(named, list) else named
    return first or data.get("default_lang")


def _identity(data: dict[Any, Any]) -> dict[str, Any]:
    """Return the settings of the site's identity that the file has."""
    author = data.get("author")
    if isinstance(author, dict):
        author = author.get("name")
    values = {
        "title": data.get("title"),
        "description": data.get("description"),
        "url": data.get("url"),
        "author": author,
        "lang": data.get("locale") or data.get("lang") or _language(data),
        "timezone": data.get("timezone"),
    }
    settings = {key: value.strip() for key, value in values.items() if isinstance(value, str)}
    settings = {key: value for key, value in settings.items() if value}
    if "url" in settings:
        base = str(data.get("baseurl") or data.get("root") or "").rstrip("/")
        url = settings["url"].rstrip("/")
        has_base = "root" in data and urlsplit(url).path.rstrip("/") == base  # as Hexo's may
        settings["url"] = url if has_base else f"{url}{base}"
    settings["lang"] = canonical_tag(settings.get("lang", "")) or "ko"
    return settings
