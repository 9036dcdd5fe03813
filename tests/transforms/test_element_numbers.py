"""Numbers of the elements of a body, and their lines in the source."""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.element_numbers import (
    NUMBER,
    lines_of_elements,
    number_elements,
    number_of,
    strip_numbers,
)

SOURCE = "첫째 문단이다.\n\n- 하나\n- 둘\n\n![고양이](a.png)\n\n첫째 문단이다.\n"
BODY = (
    "<p>첫째 문단이다.</p><ul><li>하나하나</li><li>둘둘</li></ul>"
    '<p><img alt="고양이"/></p><hr/><p>첫째 문단이다.</p>'
)


def test_each_element_with_letters_has_a_number_and_a_line() -> None:
    root = tree.parse_xml(BODY)
    number_elements(root)
    numbered = [(e.tag, e.get(NUMBER)) for e in root.iter("*") if e.get(NUMBER)]
    assert numbered == [("p", "0"), ("li", "1"), ("li", "2"), ("img", "3"), ("p", "4")]
    source = "첫째 문단이다.\n\n- 하나하나\n- 둘둘\n\n![고양이](a.png)\n\n첫째 문단이다.\n"
    assert lines_of_elements(root, source, 5) == (5, 7, 8, 10, 12)


def test_what_the_source_does_not_have_takes_the_line_before_it() -> None:
    assert lines_of_elements(tree.parse_xml(BODY), SOURCE) == (1, 1, 1, 6, 8)


def test_an_element_without_a_number_has_that_of_what_is_near() -> None:
    root = tree.parse_xml(BODY)
    number_elements(root)
    rule, listed = root.find("hr"), root.find("ul")
    assert number_of(rule) == 3 and number_of(listed) == 1 and number_of(None) is None
    strip_numbers(root)
    assert NUMBER not in tree.inner_xml(root) and number_of(rule) is None
