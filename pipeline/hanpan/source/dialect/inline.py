"""Inline Markdown: what authors write within a line, in the form that pandoc reads as they mean it.

Code, maths, tags and addresses are stepped over as wholes; each search is linear in the line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from hanpan.source.dialect import links
from hanpan.source.dialect.attributes import ATTRIBUTES, OTHER, looks_like_attributes, span_mark
from hanpan.source.dialect.dollars import begins_nothing, dollars_at
from hanpan.source.dialect.emphasis import (
    literal_marks_at,
    marked_at,
    strong_at,
    strong_in_html_at,
)
from hanpan.source.dialect.kramdown.extensions import EXTENSION, html_span
from hanpan.source.dialect.line_scan import LineScan
from hanpan.source.dialect.obsidian.comments import skip_comment
from hanpan.source.dialect.obsidian.links import wiki_link
from hanpan.source.dialect.tex import ENVIRONMENT, normalise_tex, reads_like_tex

_START = re.compile(
    r"`+|\\.|\$\$?|<|%%|!?\[|\]\(|https?://|(?<![\w./@:-])www\.(?=\w)|\{:|\*\*|__|==|-->|:[a-z0-9_+-]{1,40}:",
    re.DOTALL,
)
_START_IN_HTML = re.compile(rf"{_START.pattern}|[*_]", re.DOTALL)
_TICKS = re.compile("`+")
_REFERENCE = re.compile(r"[ ]{0,3}\[[^\]]+\]:[ \t]")


@dataclass(frozen=True, slots=True)
class InlineResult:
    """A line in pandoc's dialect, and the links in it that were reversed."""

    text: str
    reversed_links: tuple[str, ...] = ()
    open_ticks: int = 0  # backticks of a code span that is open at the line's end


def write_inline(
    text: str,
    *,
    is_literal: bool = False,
    is_commonmark: bool = False,
    below_label: bool = False,
    open_ticks: int = 0,
    ticks_below: frozenset[int] = frozenset(),
) -> InlineResult:
    """Return a line of Markdown in pandoc's dialect.

    With `is_literal` it is a line of a block of HTML, in which only `**` marks emphasis; with
    `is_commonmark` one of a post that the CommonMark reader reads; with
    `below_label` it has the address of the definition that the line above begins.
    `open_ticks` are those of a code span that is open where the line begins, `ticks_below` the
    lengths of those in the next lines, which may close one that this line opens.
    """
    in_table = text.lstrip().startswith("|") and not is_commonmark  # whose reader knows tables
    scan = LineScan(text, in_table, is_literal, below_label, ticks_below)
    if open_ticks:
        closing = next((run for run in _TICKS.finditer(text) if len(run[0]) == open_ticks), None)
        if not closing:
            return InlineResult(text, (), open_ticks)
        scan.step(closing.end())
    scan.is_reference = bool(_REFERENCE.match(text))
    start = _START_IN_HTML if is_literal else _START
    rules = _COMMONMARK_RULES if is_commonmark else _RULES
    while match := start.search(text, scan.at):
        if match.start() > scan.at:
            scan.step(match.start())
        rules.get(match[0][0] if match[0] != "](" else "](", _plain)(scan, match)
    scan.step(len(text))
    return InlineResult("".join(scan.pieces), tuple(scan.reversed_links), scan.open_ticks)


def _plain(scan: LineScan, match: re.Match[str]) -> None:
    scan.step(match.end())


def _code(scan: LineScan, match: re.Match[str]) -> None:
    """A code span stays; in a table its pipes lose the backslash that GitHub asks for."""
    if not scan.ticks:
        positions: dict[int, list[int]] = defaultdict(list)
        for run in _TICKS.finditer(scan.text):
            positions[len(run[0])].append(run.start())
        scan.ticks = positions
    same = scan.ticks.get(len(match[0]), [])
    following = bisect_right(same, match.start())
    if following == len(same):
        if len(match[0]) in scan.ticks_below:  # the span goes on in the next line
            scan.open_ticks = len(match[0])
            scan.step(len(scan.text))
        else:
            scan.step(match.end())
        return
    end = same[following] + len(match[0])
    code = scan.text[match.start() : end]
    scan.step(end, scan.without_escaped_bars(code))


def _escape(scan: LineScan, match: re.Match[str]) -> None:
    r"""An escape stays; kramdown's `\\(x\\)` is maths, and `\begin{equation}` to its end.

    A backslash in front of no mark is one: to pandoc it escapes every sign, and a blank.
    """
    for opened, closed, mark in (("\\\\(", "\\\\)", "$"), ("\\\\[", "\\\\]", "$$")):
        if scan.text.startswith(opened, scan.at):
            end = scan.find(closed, scan.at + 3)
            if end > 0:
                scan.step(end + 3, _formula(mark, scan.text[scan.at + 3 : end]))
                return
    escaped = match[0][1]
    is_text = not scan.is_literal and not scan.is_in_formula
    begin = ENVIRONMENT.match(scan.text, scan.at) if is_text else None
    closing = f"\\end{{{begin[1]}}}" if begin else ""
    end = scan.find(closing, begin.end()) if begin else -1
    if end > 0:
        end += len(closing)
        scan.step(end, _formula("$$", scan.text[scan.at : end]))
    elif is_text and _is_no_mark(escaped) and not reads_like_tex(scan.text):
        scan.step(match.start() + 1, "\\\\")
    else:
        scan.step(match.end())


def _is_no_mark(character: str) -> bool:
    return character.isspace() or not (character.isascii() or character.isalnum())


def _formula(mark: str, tex: str) -> str:
    r"""Return a formula as pandoc reads it; one without anything in it, `$$ \\ $$`, makes room."""
    formula = normalise_tex(tex).strip()
    return f"{mark}{formula}{mark}" if formula else ""


def _dollar(scan: LineScan, match: re.Match[str]) -> None:
    """Maths stays, prices are escaped, and `$$` within a line is kramdown's inline maths."""
    if match[0] == "$$":
        end = scan.find("$$", match.end())
        if end < 0:
            scan.is_in_formula = True  # which ends in a line below
            scan.step(match.end())
            return
        formula = scan.without_escaped_bars(scan.text[match.end() : end])
        around = scan.text[: match.start()].strip(" >*-") + scan.text[end + 2 :].strip()
        inline = around and formula.strip() and not scan.text[end + 2 : end + 3].isdigit()
        mark = "$" if inline else "$$"
        scan.step(end + 2, _formula(mark, formula) if formula else None)
        return
    pair = dollars_at(scan.text, scan.at, in_table=scan.in_table)
    if not pair:
        scan.step(match.end(), "\\$" if begins_nothing(scan.text, scan.at) else None)
    elif pair.is_price:
        scan.step(match.end(), "\\$")
        rest = write_inline(scan.text[scan.at : pair.end - 1])
        scan.step(pair.end, rest.text + "\\$")
    else:
        # pandoc takes a digit after the second dollar for a price
        before_digit = scan.text[pair.end : pair.end + 1].isdigit()
        scan.step(pair.end, _formula("$", pair.inside) + ("<span></span>" if before_digit else ""))


def _brace(scan: LineScan, match: re.Match[str]) -> None:
    """kramdown's attributes become a mark that the tree resolves."""
    text, at = scan.text, scan.at
    if _extension(scan):
        return
    attributes = ATTRIBUTES.match(text, at)
    other = OTHER.match(text, at)
    if attributes and looks_like_attributes(attributes[1]):
        scan.step(attributes.end(), span_mark(attributes[1]))
    elif other:
        scan.step(other.end(), "")
    else:
        scan.step(match.end())


def _extension(scan: LineScan) -> bool:
    """`{::comment}` goes to its end within the line; `{::nomarkdown}` is HTML as it stands."""
    opened = EXTENSION.match(scan.text, scan.at)
    end = scan.find("{:/", opened.end()) if opened else -1
    if not opened or end < 0:
        return False
    inside = scan.text[opened.end() : end]
    behind = scan.text.find("}", end) + 1 or len(scan.text)
    scan.step(behind, html_span(inside) if opened[1] == "nomarkdown" and inside.strip() else "")
    return True


def _emoji(scan: LineScan, match: re.Match[str]) -> None:
    """`:smile:` stays; in `a:b:c` and `std::b::c` no letter is a picture."""
    sides = scan.text[: match.start()][-1:] + scan.text[match.end() : match.end() + 1]
    glued = any(side == ":" or (side.isascii() and side.isalnum()) for side in sides)
    scan.step(match.start() + 1, "\\:") if glued else scan.step(match.end() - 1)


def _strong(scan: LineScan, match: re.Match[str]) -> None:
    """`__굵게__를` is strong, which underscores within words are not."""
    if scan.is_literal:
        scan.step(match.end(), match[0].replace("_", "\\_"))
        return
    strong = strong_at(scan.text, scan.at)
    scan.step((strong or match).end(), f"**{strong[1]}**" if strong else None)


def _bold(scan: LineScan, match: re.Match[str]) -> None:
    """`**char *p**` and `**__init__.py**` are strong, and what looks like marks in them is text."""
    if scan.is_literal:
        strong = strong_in_html_at(scan.text, scan.at) if match[0] == "**" else None
        if strong:
            inside = write_inline(strong[1], is_literal=True).text
            scan.step(strong.end(), f"<strong>{inside}</strong>")
        else:
            scan.step(match.end(), match[0].replace("*", "\\*"))
        return
    literal = literal_marks_at(scan.text, scan.at)
    if not literal:
        scan.step(match.end())
        return
    end, inside = literal
    scan.step(end, f"**{write_inline(inside).text}**")


def _mark(scan: LineScan, match: re.Match[str]) -> None:
    """`==표시==` is marked text."""
    marked = marked_at(scan.text, scan.at)
    if not marked:
        scan.step(match.end())
        return
    inner = write_inline(marked[1])
    scan.reversed_links += inner.reversed_links
    scan.step(marked.end(), f"<mark>{inner.text}</mark>")


def _bracket(scan: LineScan, match: re.Match[str]) -> None:
    """Links, and Obsidian's `[[글]]`."""
    if not wiki_link(scan, lambda words: write_inline(words).text):
        links.link_text(scan, match)


def _comment(scan: LineScan, match: re.Match[str]) -> None:
    """Obsidian's `%%주석%%` goes."""
    if not skip_comment(scan):
        scan.step(match.end())


_RULES: dict[str, Callable[[LineScan, re.Match[str]], None]] = {
    "`": _code,
    "\\": _escape,
    "$": _dollar,
    "<": links.tag_or_text,
    "[": _bracket,
    "!": _bracket,
    "%": _comment,
    "](": links.link_target,
    "h": links.bare_address,
    "w": links.bare_address,
    "{": _brace,
    ":": _emoji,
    "_": _strong,
    "*": _bold,
    "=": _mark,
}
# Links, emphasis and braces are the reader's, which keeps to the specification.
_READERS_OWN = ("](", "{", "_", "*")
_COMMONMARK_RULES = {mark: rule for mark, rule in _RULES.items() if mark not in _READERS_OWN}
