"""What was rewritten to take linear time finds what a plain, slower expression finds."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanpan.assets import finding
from hanpan.assets.pictures import svg
from hanpan.crosspost.lint import markdown as lint
from hanpan.crosspost.lowerings.styles_inline import _RGB
from hanpan.crosspost.lowerings.styles_inline import _hex as hex_colour
from hanpan.source.comments import without_comments
from hanpan.source.dialect import normalise
from hanpan.source.liquid.arguments import parse

_COMMENT = (
    r"(?:<!--(?:(?!-->).)*-->"
    r"|\{%-?\s*comment\b(?:(?!%\}).)*%\}(?:(?!\{%-?\s*endcomment).)*\{%-?\s*endcomment\s*-?%\}"
    r"|\{::comment\}(?:(?!\{:/).)*\{:/(?:comment)?\})"
)
COMMENTS = re.compile(
    r"(?P<kept>(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n\n).)+?(?<!`)(?P=ticks)(?!`)"
    r"|\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\})"
    rf"|(?m:^[ \t]*){_COMMENT}[ \t]*(?:\n|\Z)|{_COMMENT}",
    re.DOTALL,
)
ARGUMENT = re.compile(
    r"""(?:([\w.-]+)\s*=\s*)?(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|“([^”]*)”|([^\s,"']+))"""
)
HEADING_ID = re.compile(r"[ \t]*\{#([^\s{}]+)\}[ \t]*\Z")
SITE = re.compile(r"\{\{\s*site\.(?:url|baseurl)[^}]*\}\}")
FOREIGN = re.compile(r"@import[^;]*;?|url\(\s*(?!['\"]?#)[^)]*\)|expression\([^)]*\)", re.I)
TAGS = re.compile(
    r"\{% (?:raw %\}\{[{%]?\}*\{% endraw|katex(?: inline)?|endkatex|details [^\n]*?|enddetails"
    r"|embed https://[^\s{}]+) %\}"
)
RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)[^)]*\)")


def _arguments(text: str) -> tuple[list[str], dict[str, str]]:
    """Return what the plain expression finds, as `parse` returns it."""
    places: list[str] = []
    named: dict[str, str] = {}
    for found in ARGUMENT.finditer(text):
        quoted = next((group for group in found.groups()[1:4] if group is not None), None)
        value = found[5] if quoted is None else re.sub(r"""\\(["'\\])""", r"\1", quoted)
        if found[1]:
            named[found[1]] = value
        else:
            places.append(value)
    return places, named


def _hex(found: re.Match[str]) -> str:
    return "#" + "".join(f"{min(int(found[n]), 255):02x}" for n in (1, 2, 3))


def _span(found: re.Match[str] | None) -> object:
    return found and (found.span(), found[1])


# what a text is made of; the function; what the plain expression does
CASES: dict[str, tuple[str, Callable[[str], object], Callable[[str], object]]] = {
    "comments": (
        "<!--|-->|{% comment %}|{%- comment|{% endcomment %}|{%endcomment|%}|{::comment}|{:/}|"
        "{:/comment}|{:/|{% raw %}|{%- endraw -%}|`|``|\\|\n|\n\n| |\t|가",
        without_comments,
        lambda text: COMMENTS.sub(lambda found: found["kept"] or "", text),
    ),
    "arguments": (
        "\"|'|“|”|\\|=|,| |\n|a|b.c|-|가",
        parse,
        _arguments,
    ),
    "heading ids": (
        "{#|a|}| |\t|{|#|가|\n",
        lambda text: _span(normalise._HEADING_ID.search(text)),
        lambda text: _span(HEADING_ID.search(text)),
    ),
    "site's address": (
        "{{|{{ site.url|site.baseurl|}}|}|{| |/a.png",
        lambda text: finding._SITE.sub(lambda mark: "" if mark[1] else mark[0], text),
        lambda text: SITE.sub("", text),
    ),
    "foreign styles": (
        "@import|@IMPORT|url(|URL(|expression(|)|;|#a|'|\"| |b",
        svg._without_foreign,
        lambda text: FOREIGN.sub("", text),
    ),
    "own tags": (
        "{% raw %}|{{|{%|}|{% endraw %}|{% details | %}|{% katex %}|{% embed https://a|\n| |a",
        lambda text: lint._OWN_TAGS.sub(lint._unless_open, text),
        lambda text: TAGS.sub("", text),
    ),
    "colours": (
        "rgb(|rgba(1, 2|, 3|1|25|300|,| |)|a|%",
        lambda text: _RGB.sub(hex_colour, text),
        lambda text: RGB.sub(_hex, text),
    ),
}


@pytest.mark.parametrize("name", CASES)
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_the_quick_form_finds_what_the_plain_one_finds(name: str, data: st.DataObject) -> None:
    pieces, quick, plain = CASES[name]
    text = "".join(data.draw(st.lists(st.sampled_from(pieces.split("|")), max_size=14)))
    assert quick(text) == plain(text)


UNCLOSED = ["<!--", "{% comment %}", "{% comment ", "{::comment}", "{% raw %}", "` ``", "\\`"]


@pytest.mark.parametrize("text", UNCLOSED)
def test_what_nothing_closes_is_text(text: str) -> None:
    assert without_comments(text * 5_000) == text * 5_000


@pytest.mark.parametrize("text", ['" ', '\\"', "' ", "“ ", "a=“ ", 'a="b \\" '])
def test_marks_that_nothing_closes_are_told_from_words(text: str) -> None:
    places, named = parse(text * 10_000)
    assert places or named
