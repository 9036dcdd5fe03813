"""Unknown keys of the front matter that look like a known one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import lru_cache

from hanpan.problems import Problem
from hanpan.source.front_matter.dates import (
    DATE_KEYS,
    EXPIRY_KEYS,
    MODIFIED_KEYS,
    SCHEDULE_KEYS,
)
from hanpan.source.post import Post

# What Jekyll, its themes, Hexo, Hugo, velog and Obsidian know: counted over public Korean blogs.
KNOWN = frozenset(
    """
    title date layout author authors categories category categorie tags tag excerpt description
    subtitle summary permalink canonical_url canonicalUrl slug url lang locale published publish
    draft hidden private public last_modified_at last-modified-at lastmod updated modified
    update_date created_at updated_at toc toc_label toc_sticky toc_icon toc_levels toc_depth
    header teaser overlay_image overlay_color overlay_filter image images thumbnail cover
    feature featured featuredImage feature_image img banner caption alt path comments comment
    share related author_profile read_time show_date sidebar sidebar_main nav navigation classes
    class pin pinned sticky weight order series series_order math mathjax katex use_math usemath
    mermaid redirect_from redirect_to sitemap search robots keywords language translation_key
    aliases alias id uid key type kind status parent grand_parent nav_order has_children
    collection gallery video pagination bibliography link links source original reference
    references version license copyright render_with_liquid defaults entries_layout taxonomy
    breadcrumbs breadcrumb sort_by style css custom_css js scripts photos top hide show width
    background color colour icon emoji topics topic level duration rating place location city
    country event book movie project tech stack resource resources seriesOrder excerpt_separator
    tagline latex coverImage cover_image heroImage featured_image index_img banner_img
    media_subpath pdf crosspost
    ai_disclosure ai_disclosure_level
    feature_row publishDate expiryDate translationKey page_id lang-ref
    """.split()
) | {*DATE_KEYS, *SCHEDULE_KEYS, *EXPIRY_KEYS, *MODIFIED_KEYS}
_WORDS = re.compile(r"[a-z]{2,}")
_ALIKE = 0.84  # difflib's ratio: one letter wrong or missing in a short word
_SWAPPED = 0.75  # the same letters in another order


_HEADER, _IN_HEADER = "header", ("teaser", "overlay_image", "og_image")
# what Minimal Mistakes and its like know below `header` and `image`
_BELOW = {
    _HEADER: (
        *_IN_HEADER, *"""image caption overlay_color overlay_filter image_description actions
        cta_label cta_url video show_overlay_excerpt video_id alt title""".split(),
    ),
    "image": tuple("path url feature teaser alt caption thumbnail credit lqip src".split()),
}  # fmt: skip


def misspelt_keys(post: Post) -> list[Problem]:
    """Return a warning for each key that is probably a slip of the fingers, or is out of place."""
    return [*_at_the_top(post), *_below(post), *_beside_header(post)]


def _below(post: Post) -> Iterator[Problem]:
    """Yield a warning for each slip below `header` and `image`: `teasr` for `teaser`."""
    for table, known in _BELOW.items():
        given = post.front.get(table)
        inner = given if isinstance(given, dict) else {}
        for key in inner:
            low = str(key).casefold()
            close = difflib.get_close_matches(low, known, n=1, cutoff=_SWAPPED)
            line = post.line_of(f"{table}.{key}", table)
            if low in known or not close or close[0] in inner or line is None:
                continue
            message, remedy = f"unknown key `{table}.{key}`", f"Did you mean `{close[0]}`?"
            yield Problem("front-matter-key", "warning", message, post.path, line, remedy)


def _beside_header(post: Post) -> Iterator[Problem]:
    """Yield a warning for a `header:` with nothing in it, whose keys follow without a blank."""
    keys = [*post.front]
    if _HEADER not in keys or post.front[_HEADER] is not None:
        return
    following = keys[keys.index(_HEADER) + 1 :][:1]
    line = post.line_of(*following) if following else None
    if following and following[0] in _IN_HEADER and line is not None:
        key = following[0]
        message = f"`{key}` is not in `{_HEADER}`, because its line has no blanks in front"
        remedy = f"Did you mean `{_HEADER}.{key}`? Put two blanks in front of `{key}`."
        yield Problem("front-matter-key", "warning", message, post.path, line, remedy)


def _at_the_top(post: Post) -> list[Problem]:
    problems = []
    folded = {name.casefold(): name for name in KNOWN}
    for key in post.front:
        low = key.casefold()
        line = post.line_of(key)
        if low in folded or len(low) < 3 or not low.isascii() or line is None:
            continue  # known, or no word, or not of this post but of the site's defaults
        near = difflib.get_close_matches(low, folded, n=1, cutoff=_ALIKE)
        swapped = difflib.get_close_matches(low, folded, n=3, cutoff=_SWAPPED)
        near = [name for name in swapped if sorted(name) == sorted(low)] or near
        if not near or folded[near[0]] in post.front or _is_form_of(low, near[0]):
            continue
        message = f"unknown key `{key}`"
        remedy = f"Did you mean `{folded[near[0]]}`?"
        problems.append(Problem("front-matter-key", "warning", message, post.path, line, remedy))
    return problems


def _is_form_of(key: str, known: str) -> bool:
    """Tell whether a key is a name that was meant.

    That is a known one with a number or a plural, or words of known ones: `created_date`.
    """
    words = _WORDS.findall(key)
    is_made_of_words = len(words) > 1 and _known_words().issuperset(words)
    return is_made_of_words or key.rstrip("0123456789s_-") == known.rstrip("0123456789s_-")


@lru_cache(maxsize=1)
def _known_words() -> frozenset[str]:
    return frozenset(word for name in KNOWN for word in _WORDS.findall(name.casefold()))
