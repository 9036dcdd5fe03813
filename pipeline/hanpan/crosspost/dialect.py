"""Dialect: the signs of a platform's Markdown, as the table [markdown] of its data file sets them.

A pair is two texts, before and after what they mark; () where the platform has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Pair = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkdownDialect:
    """The dialect of a platform that takes Markdown."""

    html: tuple[str, ...] = ()  # raw inline tags that survive
    signs: tuple[str, ...] = ("strong", "em", "del")  # emphasis that asterisks and tildes make
    intraword: bool = True  # such signs work between letters; else only between blanks
    escapes: str = r"""\`*{}[]()#+-.!_>~|$"""  # characters that a backslash escapes
    special: str = ""  # more characters that are markup anywhere
    liquid: bool = False  # {{ and {% are commands, in text and in formulas
    alignment: bool = True  # of table columns
    alt_text: bool = True
    sized_picture: str = ""  # one whose size the author chose: {alt}, {src}, {width}, {height}
    footnotes: bool = False  # [^1]
    tasks: bool = False  # [x] at the beginning of a list item
    code_titles: bool = False  # ```lang:file
    blank_lines: bool = True  # code in a list may have two and more in a row; else they become one
    indent: int = 0  # of the contents of a list item; 0: as wide as its mark
    line_break: str = "  \n"
    quotes_merge: bool = False  # a quote continues in the next one
    lists_merge: bool = False  # a list continues in the next one, whatever their marks
    lists_mixed: bool = True  # in a list of the other kind one may have blank lines; else as HTML
    list_start: bool = True  # of an ordered list: its first number is kept
    apart: str = "<!-- -->"  # between two lists or quotes that would become one
    maths: Pair = ()  # around a formula in a line; without, TeX is shown as code
    maths_block: Pair = ()  # around a formula that is a block
    details: Pair = ()  # around folded text, {summary} in the first
    callouts: Mapping[str, Pair] = field(default_factory=dict)  # by kind, "" for others
    embeds: Mapping[str, str] = field(default_factory=dict)  # by kind, with {id} and {url}
