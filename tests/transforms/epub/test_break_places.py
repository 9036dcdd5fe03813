"""Places where lines may end in long words: the words and their order stay as they are."""

from __future__ import annotations

import pytest
from lxml import etree

from hanpan import tree
from hanpan.transforms.epub.break_places import LONG, mark_break_places, pieces


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("spring.datasource.hikari", ["spring.", "datasource.", "hikari"]),
        ("MAX_POOL_SIZE_OF_ALL", ["MAX_", "POOL_", "SIZE_", "OF_", "ALL"]),
        ("ReentrantReadWriteLock", ["Reentrant", "Read", "Write", "Lock"]),
        ("parseXMLHttpRequest", ["parse", "XML", "Http", "Request"]),
        ("connect(hostname,port)", ["connect(", "hostname,", "port)"]),
        ("https://example.com/posts/글", ["https://", "example.", "com/", "posts/글"]),
        ("3.14159265358979323846", ["3.14159265358979323846"]),  # a point in a number is none
        ("supercalifragilistic", ["supercalifragilistic"]),
        ("a.b.c.d.e.f.g.h.i.j", ["a.b.", "c.d.", "e.f.", "g.h.", "i.j"]),
        ("some.Name", ["some.Name"]),  # short: it goes to the next line whole
    ],
)
def test_a_long_word_has_pieces(word: str, expected: list[str]) -> None:
    assert pieces(word, LONG) == expected


def marked(html: str) -> str:
    root = tree.parse_xml(html)
    text = tree.text_of(root)
    mark_break_places(root)
    assert tree.text_of(root) == text
    return tree.inner_xml(root).replace("<wbr/>", "|")


def test_places_are_where_a_line_may_end() -> None:
    assert marked("<p>앞 <code>spring.datasource.url</code>을 some.long.name.of.it 뒤</p>") == (
        "<p>앞 <code>spring.|datasource.|url</code>을 some.|long.|name.|of.it 뒤</p>"
    )
    # a word that elements part is one all the same
    assert marked("<pre><b>configuration</b>.<i>get_value_of</i></pre>") == (
        "<pre><b>configuration</b>.|<i>get_|value_of</i></pre>"
    )
    apart = "<p>configuration</p>.<p>get_value</p>"
    assert marked(apart) == apart


def test_columns_of_tables_have_more_places_than_lines_of_code() -> None:
    word = "application.yaml"
    assert marked(f"<p>{word}</p>") == "<p>application.|yaml</p>"
    assert marked("<table><tr><td>some_thing_new</td></tr></table>").count("|") == 2
    assert marked(f"<pre>{word}</pre>") == f"<pre>{word}</pre>"


def test_formulas_drawings_and_ruby_are_left_alone() -> None:
    long = "some.very.long.name.of.something"
    for html in (f"<ruby>{long}<rt>x</rt></ruby>", f"<math><mi>{long}</mi></math>"):
        assert "|" not in marked(f"<p>{html}</p>")


def test_places_are_in_the_namespace_of_the_page() -> None:
    root = etree.fromstring('<p xmlns="urn:x">some.very.long.name</p>')
    mark_break_places(root)
    assert [etree.QName(child).text for child in root] == ["{urn:x}wbr"] * 3
