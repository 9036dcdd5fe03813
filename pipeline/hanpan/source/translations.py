"""Translations: the posts that say the same in another language, by their paths or by a key."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace

from hanpan.document import Translation
from hanpan.files import Files
from hanpan.language import canonical_tag
from hanpan.roots import TEXT
from hanpan.site import Identity, Publication
from hanpan.source import slugs
from hanpan.source.front_matter.jekyll import page_address
from hanpan.source.front_matter.parse import is_published, parse_head
from hanpan.source.languages import PathLanguage, frequent_codes, place_of, tag_of
from hanpan.source.post import Post

# keys under which a post and its translations have the same value: polyglot's, Hugo's, themes'
_KEYS = ("page_id", "translationKey", "translation_key", "lang-ref", "lang_ref", "ref")
_MOST = 2_000  # posts that are looked at for a key


def with_language(post: Post, files: Files) -> Post:
    """Return the post with the language that its path names, unless it names one itself."""
    if post.front.get("lang") or post.front.get("locale"):
        return post
    languages = files.settings(Publication).languages
    place = place_of(post.path, languages)
    code = place.lang
    if code and not languages and not any(_beside(post.path, place, files)):
        code = ""  # a folder that only looks like a language
    return replace(post, front={"lang": tag_of(code), **post.front}) if tag_of(code) else post


def translations_of(post: Post, slug: str, files: Files) -> tuple[Translation, ...]:
    """Return the post and its translations, by language; nothing where there are none."""
    paths = dict.fromkeys(_paths(post, files))
    posts = {post.path: post}
    for path in paths:
        other = _read(path, files)
        if other and is_published(other):
            posts.setdefault(path, with_language(other, files))
    if len(posts) == 1:
        return ()
    own = files.settings(Identity).lang
    langs = {path: _language_of(other) or own for path, other in posts.items()}
    names = _slugs(langs, own, files) | {post.path: slug}
    by_lang: dict[str, Translation] = {}
    for path, other in posts.items():
        address = page_address(other, names[path], files)
        by_lang.setdefault(langs[path], Translation(langs[path], path, names[path], address))
    return tuple(by_lang[lang] for lang in sorted(by_lang)) if len(by_lang) > 1 else ()


def _slugs(langs: Mapping[str, str], own: str, files: Files) -> dict[str, str]:
    """Return the slugs that posts have whose names only translations share, by path."""
    languages = files.settings(Publication).languages
    parts = {
        path: replace(slugs.parts_of(path, "", languages), is_main=lang == own)
        for path, lang in langs.items()
    }
    bare = {path: slugs.slug_of(path, languages) for path in parts}
    return bare | slugs.assign(parts)[0]


def _language_of(post: Post) -> str:
    return canonical_tag(str(post.front.get("lang") or post.front.get("locale") or ""))


def _paths(post: Post, files: Files) -> Iterator[str]:
    languages = files.settings(Publication).languages
    place = place_of(post.path, languages)
    if place.form:
        yield from _beside(post.path, place, files)
    key = _key_of(post, is_multilingual=bool(languages))
    if key[0]:
        yield from _with_key(post, key, files)


def _beside(path: str, place: PathLanguage, files: Files) -> Iterator[str]:
    """Yield the paths that differ from a post's in the language alone."""
    languages = files.settings(Publication).languages
    above, _, below = place.form.partition("*")
    if languages:
        forms = [place.form.replace("*", folder or code) for code, folder in languages]
        forms.append(place.form.replace("/*/", "/").replace(".*.", "."))
    else:
        names = frequent_codes(files.names(above.rstrip("/") or "."))
        forms = [f"{above}{name}{below}" for name in names]
    for form in forms:
        folder, name = posixpath.split(form)
        if form != path and name in files.names(folder or "."):
            yield form


def _key_of(post: Post, *, is_multilingual: bool) -> tuple[str, str]:
    """Return the key that joins a post to its translations, and its value; "" for none."""
    if not _language_of(post):
        return "", ""
    keys = (*_KEYS, "permalink") if is_multilingual else _KEYS
    for key in keys:
        value = post.front.get(key)
        if isinstance(value, str) and value.strip():
            return key, value.strip()
    return "", ""


def _with_key(post: Post, key: tuple[str, str], files: Files) -> Iterator[str]:
    """Yield the paths of the posts that have the same value under a key."""
    from hanpan.source.liquid.names.posts import Posts  # few posts have such a key

    name, value = key
    posts = Posts(files, post, None)
    for path in posts.paths()[:_MOST]:
        if path != post.path:
            other = _read(path, files)
            if other and str(other.front.get(name) or "").strip() == value:
                yield path


def _read(path: str, files: Files) -> Post | None:
    try:
        return parse_head(path, files.read(path, TEXT))
    except (OSError, ValueError):
        return None
