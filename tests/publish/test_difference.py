"""The difference of two posts is shown whatever their length is, within bounds."""

from __future__ import annotations

from hanpan.publish.difference import difference

SIDES = ("there", "here")


def test_a_field_that_differs_is_shown_in_lines_and_another_not() -> None:
    before = {"title": "글", "body": "<p>하나</p><p>둘</p>", "extra": "x"}
    after = {"title": "글", "body": "<p>하나</p><p>셋</p>", "new": "y"}
    assert difference(before, after, SIDES).splitlines() == [
        "--- body, there",
        "+++ body, here",
        "@@ -1,2 +1,2 @@",
        " <p>하나</p>",
        "-<p>둘</p>",
        "+<p>셋</p>",
    ]
    assert difference(before, {**before}, SIDES) == ""
    assert difference({"body": "a\n\nb"}, {"body": "a\nb"}, SIDES) == ""  # blank lines say nothing


def test_a_text_of_a_million_lines_costs_no_hours() -> None:
    """A server may give any; what difflib takes grows with the square of equal lines."""
    lines = "\n".join(f"l{number % 150}" for number in range(1_000_000))
    assert difference({"body": lines}, {"body": lines[::-1]}, SIDES) == (
        "body: may differ where it is too long to be shown"
    )


def test_a_line_without_end_is_cut() -> None:
    shown = difference({"body": "x" * 9_000_000}, {"body": "y" * 9_000_000}, SIDES)
    assert len(shown) < 30_000 and "-xxx" in shown and "+yyy" in shown
    behind = difference({"body": "x" * 20_000 + "a"}, {"body": "x" * 20_000 + "b"}, SIDES)
    assert behind == "body: may differ where it is too long to be shown"
