"""Tags and titles by a platform's rule, with the reason for each change."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hanpan.crosspost.platform import TagRule
from hanpan.labels import Label

# names that would be lost without their signs: `C++` and `C#` would both be `C`
SPELLED = {
    "c++": "cpp",
    "c#": "csharp",
    "f#": "fsharp",
    ".net": "dotnet",
    "asp.net": "aspnet",
    "node.js": "nodejs",
    "next.js": "nextjs",
    "vue.js": "vuejs",
    "c/c++": "cpp",
    "ci/cd": "cicd",
    "r&d": "RnD",
}

CHARSETS: dict[str, Callable[[str], str]] = {
    "any": lambda tag: tag,
    "no-comma": lambda tag: " ".join(tag.replace(",", " ").split()),
    "no-blank": lambda tag: re.sub(r"[\s,]+", "", tag),
    "alnum": lambda tag: re.sub(r"[\W_]", "", tag),  # of any script, like Ruby's [[:alnum:]]
    "hangul-latin-digit": lambda tag: re.sub(r"[^0-9A-Za-z가-힣ㄱ-ㅎㅏ-ㅣ]", "", tag),
}

REASONS = {
    "spelled": Label("기호를 쓸 수 없어 글자로 풀었다", "signs are not allowed, spelled out"),
    "characters": Label("쓸 수 없는 글자를 뺐다", "characters that are not allowed were left out"),
    "lower": Label("소문자만 받는다", "only lower case is taken"),
    "length": Label("너무 길어 잘랐다", "too long, cut"),
    "empty": Label("쓸 수 있는 글자가 없다", "nothing is left of it"),
    "same": Label("앞의 태그와 같아진다", "the same as a tag before it"),
    "total": Label("태그를 모두 이은 길이 제한을 넘는다", "over the length of all tags together"),
    "category": Label("태그가 있어야 해서 범주를 쓴다", "a tag is required, so a category is used"),
    "many": Label("태그 수 제한을 넘는다", "over the number of tags"),
}


@dataclass(frozen=True, slots=True)
class TagChange:
    """A tag of the post, what the platform gets ("" for nothing), and a key of REASONS or ""."""

    before: str
    after: str
    reason: str = ""


def map_tags(
    tags: Iterable[str], rule: TagRule, categories: Iterable[str] = ()
) -> tuple[TagChange, ...]:
    """Return what becomes of each tag; where they are too few, of categories as well."""
    changes = _changes(tags, rule)
    for category in categories:
        if sum(1 for change in changes if change.after) >= rule.min:
            break
        more = _changes([*(change.before for change in changes), category], rule)[-1]
        if more.after:
            changes.append(TagChange(category, more.after, "category"))
    return tuple(changes)


def _changes(tags: Iterable[str], rule: TagRule) -> list[TagChange]:
    changes: list[TagChange] = []
    seen: set[str] = set()
    for tag in tags:
        after, reason = _map_tag(unicodedata.normalize("NFC", tag).strip(), rule)
        if not after:
            changes.append(TagChange(tag, "", "empty"))
        elif after.casefold() in seen:
            changes.append(TagChange(tag, "", "same"))
        elif rule.max and len(seen) >= rule.max:
            changes.append(TagChange(tag, "", "many"))
        elif rule.max_total and len(", ".join([*seen, after])) > rule.max_total:
            changes.append(TagChange(tag, "", "total"))
        else:
            seen.add(after.casefold())
            changes.append(TagChange(tag, after, reason))
    return changes


def _map_tag(tag: str, rule: TagRule) -> tuple[str, str]:
    """Return a tag in the platform's characters, and the first reason for a change."""
    after, reason = CHARSETS[rule.charset](tag), ""
    if after != tag:
        reason = "characters"
        spelled = SPELLED.get(tag.casefold())
        if spelled:
            after, reason = spelled, "spelled"
    if rule.lower and after != after.lower():
        after, reason = after.lower(), reason or "lower"
    if rule.max_length and len(after) > rule.max_length:
        after, reason = after[: rule.max_length].rstrip(), reason or "length"
    return after, reason


def cut_title(title: str, most: int) -> str:
    """Return a title of at most `most` characters (0: no limit), cut at a word, ending in `…`."""
    if not most or len(title) <= most:
        return title
    head = title[: most - 1]
    at_word = head.rsplit(" ", 1)[0] if title[most - 1] != " " and " " in head else head
    # one long word: cut inside it rather than lose most of the title
    kept = at_word if len(at_word) > most // 2 else head
    return kept.rstrip(" ,.:;-–—(") + "…"
