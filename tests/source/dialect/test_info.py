"""The info string of a fence: whether its lines are numbered, and from which number on."""

from __future__ import annotations

import pytest

from hanpan.source.dialect.info import first_number


@pytest.mark.parametrize(
    ("options", "number"),
    [
        ("", ""),
        ("linenos", "1"),
        ("linenos=table", "1"),
        ("linenos=false", ""),
        ("linenos=False", ""),
        ("linenos=table,linenostart=5", "5"),
        ('.numberLines startFrom="12"', "12"),
        ("numberLines: 5", "5"),
        (":line-numbers=7", "7"),
        ("showLineNumbers", "1"),
        ("showLineNumbers=false", ""),
    ],
)
def test_numbers_begin_where_the_author_says(options: str, number: str) -> None:
    assert first_number(options) == number
