"""Overrides: what site.toml and the post's front matter set for one platform only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from hanpan.crosspost.platform import check_name
from hanpan.document import Document
from hanpan.files import Files
from hanpan.problems import BuildError, Problem
from hanpan.site import Crosspost
from hanpan.site.checks import POST_PLATFORM, wrong_setting
from hanpan.site.crosspost import NONE, PlatformSettings, PostSettings


@dataclass(frozen=True, slots=True)
class PlatformPost:
    """One post for one platform: its metadata and settings after all overrides."""

    document: Document
    settings: Crosspost
    publish: bool = True  # whether `hanpan publish` may send it
    payload: bool = True  # whether a payload is made
    slug: str = ""  # on the platform; "" for the post's own


def post_settings(document: Document, files: Files) -> Mapping[str, PostSettings]:
    """Return the settings of the front matter under `crosspost:`, by platform.

    Raises BuildError with the key that is wrong.
    """
    settings = {}
    for name, given in document.meta.crosspost:
        problem = check_name(name, files)
        if problem:
            raise _error(problem, document, f"crosspost.{name}")
        for key, value in given:
            problem = wrong_setting(POST_PLATFORM, key, value, ":", f"crosspost.{name}")
            if problem:
                raise _error(problem, document, f"crosspost.{name}.{key}", f"crosspost.{name}")
        values: dict[str, Any] = dict(given)
        settings[name] = PostSettings(**values)
    return settings


def _error(problem: Problem, document: Document, *keys: str) -> BuildError:
    return BuildError(replace(problem, path=document.source), *keys, "crosspost")


def apply_overrides(
    document: Document, own: PostSettings, site: PlatformSettings, settings: Crosspost
) -> PlatformPost:
    """Return a document and the settings of [crosspost] after all overrides for one platform.

    `own` are the settings of the post for it, `site` those of site.toml.
    """
    meta = document.meta
    tags = own.tags if own.tags is not None else (*meta.tags, *(site.tags or ()))
    changed = replace(
        meta,
        title=own.title or meta.title,
        tags=tuple(dict.fromkeys(tags)),
        canonical_url=_canonical(document, own, site),
    )
    return PlatformPost(
        replace(document, meta=changed),
        replace(
            settings,
            backlink=own.backlink or site.backlink or settings.backlink,
            backlink_text=own.backlink_text or site.backlink_text or settings.backlink_text,
            teaser=own.teaser or site.teaser or settings.teaser,
            ai_disclosure_level=own.ai_disclosure_level
            or meta.ai_disclosure_level
            or site.ai_disclosure_level
            or settings.ai_disclosure_level,
            code_colours=_first(own.code_colours, site.code_colours, settings.code_colours),
        ),
        publish=_first(own.publish, site.publish) is not False,
        payload=own.payload,
        slug=own.slug,
    )


def _first(*values: bool | None) -> bool | None:
    """Return the first value that says yes or no, None where none does."""
    return next((value for value in values if value is not None), None)


def _canonical(document: Document, own: PostSettings, site: PlatformSettings) -> str:
    """Return the address of the original, "" where none should be sent."""
    address = own.canonical or site.canonical.replace("{slug}", quote(document.slug))
    return "" if address == NONE else address or document.meta.canonical_url
