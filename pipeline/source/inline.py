"""Inline Markdown: what authors write within a line, in the form that pandoc reads as they mean it.

Code, maths, tags and addresses are stepped over as wholes; each search is linear in the line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.source.addresses import ADDRESS, end_of_address
from pipeline.source.attributes import ATTRIBUTES, OTHER, looks_like_attributes, span_mark
from pipeline.source.elements import is_element
from pipeline.source.tex import mend_tex, reads_like_tex

_START = re.compile(r"`+|\\.|\$\$?|<|!?\[|\]\(|https?://|\{:|__|-->", re.DOTALL)
_TICKS = re.compile("`+")
_DOLLARS = re.compile(r"\$(?=\S)([^$\n]*?)(?<=\S)\$(?!\d)")
# MathJax takes `$ x $` with blanks too, pandoc does not
_SPACED_DOLLARS = re.compile(r"\$([^$\n`]+)\$(?!\d)")
_MONEY = re.compile(r"\d[^\\^_{}=]*\Z")
_HANGUL = re.compile(r"[가-힣ㄱ-ㅣ]")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:|ftp://)[^<>\s]*>|<[\w.+-]+@[\w.-]+>")
_TAG = re.compile(r"""</?([A-Za-z][\w:.-]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*+)>""")
_WRONG_TAG = re.compile(r"</?([A-Za-z][\w:.-]*)")
_LINK_TEXT = re.compile(r"!?\[([^\[\]]*)(?=\]\()")
_TARGET = re.compile(r"\]\(((?:[^()\\\n]|\\.|\([^()\n]*\))*)\)")
_REFERENCE = re.compile(r"[ ]{0,3}\[[^\]]+\]:[ \t]")
_STRONG = re.compile(r"(?<![\w\\])__(?=[^\s_])([^_\n]*[가-힣][^_\n]*)(?<=\S)__(?=[가-힣])")


@dataclass(slots=True)
class _Scan:
    """One line on its way through the rules."""

    text: str
    in_table: bool
    at: int = 0
    made: list[str] = field(default_factory=list)
    in_anchor: bool = False
    is_reference: bool = False
    link_end: int = -1  # up to here it is the text of a link
    ticks: dict[int, list[int]] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)  # closing marks known not to come any more

    def step(self, end: int, text: str | None = None) -> None:
        """Go on behind `end`, having written `text`, or what stands there."""
        self.made.append(self.text[self.at : end] if text is None else text)
        self.at = end

    def find(self, mark: str, start: int) -> int:
        """Return where `mark` comes next, -1 for nowhere; nowhere is asked only once."""
        if mark in self.lost:
            return -1
        found = self.text.find(mark, start)
        if found < 0:
            self.lost.add(mark)
        return found


def write_inline(text: str) -> str:
    """Return a line of Markdown in pandoc's dialect."""
    scan = _Scan(text, in_table=text.lstrip().startswith("|"))
    scan.is_reference = bool(_REFERENCE.match(text))
    while found := _START.search(text, scan.at):
        if found.start() > scan.at:
            scan.step(found.start())
        _RULES.get(found[0][0] if found[0] != "](" else "](", _plain)(scan, found)
    scan.step(len(text))
    return "".join(scan.made)


def _plain(scan: _Scan, found: re.Match[str]) -> None:
    scan.step(found.end())


def _code(scan: _Scan, found: re.Match[str]) -> None:
    """A code span stays; in a table its pipes lose the backslash that GitHub asks for."""
    if not scan.ticks:
        positions: dict[int, list[int]] = defaultdict(list)
        for run in _TICKS.finditer(scan.text):
            positions[len(run[0])].append(run.start())
        scan.ticks = positions
    same = scan.ticks.get(len(found[0]), [])
    following = bisect_right(same, found.start())
    if following == len(same):
        scan.step(found.end())
        return
    end = same[following] + len(found[0])
    code = scan.text[found.start() : end]
    scan.step(end, code.replace("\\|", "|") if scan.in_table else None)


def _escape(scan: _Scan, found: re.Match[str]) -> None:
    r"""An escape stays; kramdown's `\\(x\\)` is maths."""
    for opened, closed, mark in (("\\\\(", "\\\\)", "$"), ("\\\\[", "\\\\]", "$$")):
        if scan.text.startswith(opened, scan.at):
            end = scan.find(closed, scan.at + 3)
            if end > 0:
                formula = mend_tex(scan.text[scan.at + 3 : end].strip())
                scan.step(end + 3, f"{mark}{formula}{mark}" if formula else "")
                return
    scan.step(found.end())


def _dollar(scan: _Scan, found: re.Match[str]) -> None:
    """Maths stays, prices are escaped, and `$$` within a line is kramdown's inline maths."""
    if found[0] == "$$":
        end = scan.find("$$", found.end())
        if end < 0:
            scan.step(found.end())
            return
        formula = scan.text[found.end() : end]
        around = scan.text[: found.start()].strip(" >*-") + scan.text[end + 2 :].strip()
        inline = around and formula.strip() and not scan.text[end + 2 : end + 3].isdigit()
        mark = "$" if inline else "$$"
        scan.step(end + 2, f"{mark}{mend_tex(formula.strip())}{mark}" if formula.strip() else None)
        return
    formula_found = _DOLLARS.match(scan.text, scan.at)
    if not formula_found:
        _spaced_dollars(scan, found)
    elif _MONEY.match(formula_found[1]) and _HANGUL.search(formula_found[1]):
        scan.step(found.end(), "\\$")
        closing = formula_found.end() - 1
        rest = write_inline(scan.text[scan.at : closing])
        scan.step(closing + 1, rest + "\\$")
    else:
        scan.step(formula_found.end(), f"${mend_tex(formula_found[1])}$")


def _spaced_dollars(scan: _Scan, found: re.Match[str]) -> None:
    """`$ O(n) $` is maths where it reads like TeX; else the dollar is a dollar."""
    spaced = _SPACED_DOLLARS.match(scan.text, scan.at)
    formula = spaced[1].strip() if spaced else ""
    if spaced and reads_like_tex(formula):
        scan.step(spaced.end(), f"${mend_tex(formula)}$")
    else:
        scan.step(found.end())


def _angle(scan: _Scan, found: re.Match[str]) -> None:
    """Tags, comments and `<https://...>` stay; `<T>` and `<iostream>` are text."""
    text, at = scan.text, scan.at
    if text.startswith("<!--", at):
        end = scan.find("-->", at)
        scan.step(end + 3 if end > 0 else len(text))
        return
    link = _AUTOLINK.match(text, at)
    if link:
        scan.step(link.end())
        return
    tag = _TAG.match(text, at)
    name = tag or _WRONG_TAG.match(text, at)
    if name and not is_element(name[1]):
        scan.step(at + 1, "&lt;")
    elif tag:
        if tag[1].lower() == "a":
            scan.in_anchor = not tag[0].startswith("</")
        scan.step(tag.end())
    else:
        scan.step(at + 1)


def _bracket(scan: _Scan, found: re.Match[str]) -> None:
    """Remember how far the text of a link goes: no address in it becomes a link of its own."""
    link = _LINK_TEXT.match(scan.text, scan.at)
    if link:
        scan.link_end = max(scan.link_end, link.end())
    scan.step(found.end())


def _target(scan: _Scan, found: re.Match[str]) -> None:
    """The address of a link stays."""
    target = _TARGET.match(scan.text, scan.at)
    if not target:
        scan.step(found.end())
        return
    scan.step(target.end(), f"]({target[1].strip()})")


def _address(scan: _Scan, found: re.Match[str]) -> None:
    """A bare address becomes `<address>`, which ends where Korean goes on: `https://a.kr에서`."""
    address = ADDRESS.match(scan.text, scan.at)
    before = scan.text[scan.at - 1 : scan.at]
    if not address or scan.at < scan.link_end or scan.is_reference or before in ('"', "'", "="):
        scan.step(address.end() if address else found.end())
        return
    url = end_of_address(address[0])
    end = scan.at + len(url)
    if scan.in_anchor:  # a link in a link; pandoc knows no address without its colon
        scan.step(end, url.replace("://", "&#58;//", 1))
    else:
        scan.step(end, f"<{url}>")


def _brace(scan: _Scan, found: re.Match[str]) -> None:
    """kramdown's attributes become a mark that the tree resolves."""
    text, at = scan.text, scan.at
    attributes = ATTRIBUTES.match(text, at)
    other = OTHER.match(text, at)
    if attributes and looks_like_attributes(attributes[1]):
        scan.step(attributes.end(), span_mark(attributes[1]))
    elif other:
        scan.step(other.end(), "")
    else:
        scan.step(found.end())


def _strong(scan: _Scan, found: re.Match[str]) -> None:
    """`__굵게__를`: within words underscores are names, but not where Hangul follows Hangul."""
    strong = _STRONG.match(scan.text, scan.at)
    if strong:
        scan.step(strong.end(), f"**{strong[1]}**")
    else:
        scan.step(found.end())


_RULES: dict[str, Callable[[_Scan, re.Match[str]], None]] = {
    "`": _code,
    "\\": _escape,
    "$": _dollar,
    "<": _angle,
    "[": _bracket,
    "!": _bracket,
    "](": _target,
    "h": _address,
    "{": _brace,
    "_": _strong,
}
