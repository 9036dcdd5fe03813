"""Lint of Markdown bodies: what a dialect's reader would misunderstand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from hanpan.crosspost.lint.subject import Finding, Subject, without_code

# what the writer itself writes for Forem; anything else would run, or break the whole article
_OWN_TAGS = re.compile(
    r"\{% (?:raw %\}\{[{%]?\}*\{% endraw|katex(?: inline)?|endkatex|enddetails"
    r"|embed https://[^\s{}]+) %\}"
    r"|\{% details [^\n]*?(?: %\}|(?P<open>(?=\n|\Z)))"
)
_FORMULA = re.compile(
    r"(?<!\\)(?:\$\$(?>(?:[^$\\\n]|\\.|\n(?!\n))*)\$\$"
    r"|\$(?!\s)(?>(?:[^$\\\n]|\\.)+)(?<!\s)\$)",
    re.DOTALL,
)
# a line behind which no paragraph goes on: text behind </ol> is in an item that is HTML
_NO_PARAGRAPH = re.compile(
    r"[-*+|#]|\d+[.)]|<!--|!?\[|\$\$|:::"
    r"|</?(?:[ou]l|li|p|div|table|t[rdh]|blockquote|details|summary|d[ltd]|figure|figcaption|pre)\b"
)
_HTML = re.compile(r"(?<!\\)</?[a-zA-Z][^<>]{0,500}>")


def _is_text(line: str) -> bool:
    """Tell whether a line continues a paragraph instead of beginning a block."""
    return bool(re.match(r"\w", line)) and not re.match(r"\d+[.)]", line)


def _hard_wrap(subject: Subject) -> Iterator[Finding]:
    lines = without_code(subject.text).split("\n")
    for line, following in pairwise(lines):
        before, after = line.lstrip("> "), following.lstrip("> ")
        if not before or not after or line.endswith(("  ", "<br>")):  # breaks that are meant
            continue
        if not _NO_PARAGRAPH.match(before) and _is_text(after):
            yield (
                "error",
                f"{subject.platform.label}: a line end inside a paragraph would show as a break",
                "Report this: the Markdown writer should have joined the lines.",
            )


def _raw_html(subject: Subject) -> Iterator[Finding]:
    """Find tags where HTML is shown as text; addresses in angle brackets are not tags.

    Between `$x<a$` and `$b>x$` there is none, either.
    """
    text = without_code(subject.text)
    if "$" in "".join(subject.platform.markdown.maths):
        text = _FORMULA.sub("", text)
    for match in _HTML.finditer(text):
        name = re.sub(r"\W", "", match[0].split()[0])
        if name not in subject.platform.markdown.html and "://" not in match[0]:
            label = subject.platform.label
            message = f"{label}: `{match[0][:60]}` would be shown as it is written"
            yield "error", message, "Write it in Markdown, or leave it out."


def _unless_open(tag: re.Match[str]) -> str:
    return "" if tag["open"] is None else tag[0]


def _liquid(subject: Subject) -> Iterator[Finding]:
    left = _OWN_TAGS.sub(_unless_open, without_code(subject.text))
    for match in re.finditer(r"\{[{%][^\n]{0,60}", left):
        message = f"{subject.platform.label}: `{match[0]}` would run as a command of Liquid"
        yield "error", message, "Report this: the Markdown writer should have guarded it."


MARKDOWN_RULES: dict[str, Callable[[Subject], Iterator[Finding]]] = {
    "hard-wrap": _hard_wrap,
    "liquid": _liquid,
    "raw-html": _raw_html,
}
