"""Differences: the kinds in which our body and what a suite expects differ on purpose.

A kind is a rule: it rewrites both normal forms so that they become alike where they differ in that
alone. docs/conformance.md has a table of them, with the reason and how often each occurs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from hanpan.source.addresses import valid_address
from hanpan.source.elements import is_element
from tests.conformance.suites.cases import Case, cases
from tests.conformance.suites.named import NAMED


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case became: expected and ours in normal form, and what other judges make of it."""

    case: Case
    expected: str
    ours: str
    others: Mapping[str, str]  # by the name of a judge, in normal form


Fold = Callable[[str], str]
_TAG = re.compile(r"<[^<>]*>")
_ANCHOR = re.compile(r"<a(?P<attributes>[^>]*)>(?P<text>(?:(?!</?a[ >]).)*)</a>", re.DOTALL)
_HREF = re.compile(r"href='([^']*)'|href=\"([^\"]*)\"")
_NAME = re.compile(r"</?([A-Za-z][\w:.-]*)")
_WORD = re.compile(r"\w+")


def _quotes(text: str) -> str:
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def _typography(text: str) -> str:
    for sign, typed in (("…", "..."), ("—", "---"), ("–", "--"), ("«", "<<"), ("»", ">>")):
        text = text.replace(sign, typed)
    return text


def _dead_links(text: str) -> str:
    """Unwrap links without text, and without an address that a reader can open."""

    def unwrapped(match: re.Match[str]) -> str:
        found = _HREF.search(match["attributes"])
        href = (found[1] or found[2] or "") if found else ""
        scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", href)
        is_open = bool(href) and not href.startswith("#") and "\n" not in href
        is_open = is_open and not (scheme and not valid_address(href))
        shows = _TAG.sub("", match["text"]).strip() or "<img" in match["text"]
        return match[0] if is_open and shows else match["text"]

    return re.sub(r"<p>\s*</p>", "", _ANCHOR.sub(unwrapped, text))


def _bare_addresses(text: str) -> str:
    """Unwrap links that show their own address."""

    def unwrapped(match: re.Match[str]) -> str:
        href = _HREF.search(match["attributes"])
        address = (href[1] or href[2] or "") if href else ""
        shown = _TAG.sub("", match["text"])
        is_own = re.sub(r"\W", "", address.lower()).endswith(re.sub(r"\W", "", shown.lower()))
        return shown if is_own and shown else match[0]

    return _ANCHOR.sub(unwrapped, text)


def _running(text: str) -> str:
    text = re.sub(r"<(script|style|iframe)>.*?</\1>", "", text, flags=re.DOTALL)
    return re.sub(r"\s*</?textarea>\s*", " ", text)


def _empty_blocks(text: str) -> str:
    return re.sub(r"<(h[1-6]|p|dd|blockquote)>\s*</\1>", "", text)


def _boxes(text: str) -> str:
    return re.sub(r"<input[^>]*></input> ?", "", text)


def _blanks(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _emphasis(text: str) -> str:
    return re.sub(r"</?(?:em|strong)>|[*_]", "", text)


def _looseness(text: str) -> str:
    """Take away the paragraphs of items; what parts two of them stays."""
    if "<li>" not in text and "<dd>" not in text:
        return text
    return re.sub(r"¶+(?=<|\Z)", "", text.replace("<p>", "").replace("</p>", "¶"))


FOLDS: dict[str, Fold] = {
    "curly quotes": _quotes,
    "typography": _typography,
    "links that lead nowhere": _dead_links,
    "bare addresses": _bare_addresses,
    "what runs, and form fields": _running,
    "empty blocks": _empty_blocks,
    "boxes of tasks": _boxes,
    "blanks": _blanks,
    "paragraphs of items": _looseness,
    "runs of emphasis": _emphasis,
}
_NARROW = [*FOLDS][:-2]  # what differs in the others may have a better reason


def _words(text: str) -> list[str]:
    return _WORD.findall(_TAG.sub(" ", text))


def _keeps_words(outcome: Outcome) -> bool:
    """Tell whether each word that is expected is in ours, in its order."""
    left = iter(_words(outcome.ours))
    return all(word in left for word in _words(outcome.expected))


def _same_words(outcome: Outcome) -> bool:
    return _blanks(_TAG.sub("", outcome.ours)) == _blanks(_TAG.sub("", outcome.expected))


def _has_unknown_tags(outcome: Outcome) -> bool:
    names = _NAME.findall(outcome.case.markdown)
    return any(not is_element(name) for name in names) and _keeps_words(outcome)


def _has_instructions(outcome: Outcome) -> bool:
    return bool(re.search(r"<[?!](?!--)", outcome.case.markdown)) and _keeps_words(outcome)


def _has_broken_tag(outcome: Outcome) -> bool:
    """Tell whether a `<` of an element has no end on its line or one that is none."""
    tags = re.findall(r"<(?!!)[^<>\n]*(?:>|\Z|(?=[<\n]))|-->", outcome.case.markdown)
    value = r"""(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+)"""
    whole = rf"</?[A-Za-z][\w-]*(?:\s+[\w:@.-]+(?:\s*=\s*{value})?)*\s*/?>"
    return any(not re.fullmatch(whole, tag) for tag in tags) and _keeps_words(outcome)


@cache
def _reasons() -> dict[str, str]:
    """Return the reasons of the named examples of CommonMark by their Markdown."""
    return {case.markdown: NAMED[case.name] for case in cases() if case.name in NAMED}


def _is_named(outcome: Outcome) -> bool:
    return outcome.case.name in NAMED or outcome.case.markdown in _reasons()


def _has_options(outcome: Outcome) -> bool:
    return bool(outcome.case.options)


def _has_extensions(outcome: Outcome) -> bool:
    return bool(re.search(r"\{:[:/]", outcome.case.markdown))


def _as(judge: str) -> Callable[[Outcome], bool]:
    def agrees(outcome: Outcome) -> bool:
        other = outcome.others.get(judge)
        narrow = {name: FOLDS[name] for name in _NARROW}
        return other is not None and _folded(other, narrow) == _folded(outcome.ours, narrow)

    return agrees


# asked in this order, where folding is not enough
RULES: dict[str, Callable[[Outcome], bool]] = {
    "as Jekyll": _as("kramdown"),
    "as GitHub": _as("cmark"),
    "options of kramdown": _has_options,
    "extensions of kramdown": _has_extensions,
    "instructions": _has_instructions,
    "tags of no element": _has_unknown_tags,
    "broken tags": _has_broken_tag,
    "blocks of HTML": lambda outcome: (
        bool(re.search(r"^\s*</?[a-zA-Z]", outcome.case.markdown, re.MULTILINE))
        and _same_words(outcome)
    ),
    "named one by one": _is_named,
}


def _folded(text: str, folds: Mapping[str, Fold]) -> str:
    for fold in folds.values():
        text = fold(text)
    return text


def kinds(outcome: Outcome) -> tuple[str, ...] | None:
    """Return the kinds of a case's differences, () for none; None where one has no kind."""
    if outcome.expected == outcome.ours:
        return ()
    narrow = {name: FOLDS[name] for name in _NARROW}
    found = _needed(outcome, narrow)
    if not found and RULES["as Jekyll"](outcome):
        return ("as Jekyll",)
    found = found or _needed(outcome, FOLDS)
    return found or next(((name,) for name, holds in RULES.items() if holds(outcome)), None)


def _needed(outcome: Outcome, folds: Mapping[str, Fold]) -> tuple[str, ...]:
    """Return which of the folds it takes to make a case alike; () where all do not."""
    used = dict(folds)
    if _folded(outcome.expected, used) != _folded(outcome.ours, used):
        return ()
    for name in folds:
        less = {key: fold for key, fold in used.items() if key != name}
        if _folded(outcome.expected, less) == _folded(outcome.ours, less):
            used = less
    return tuple(used)
