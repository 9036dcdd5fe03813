"""KaTeX is the referee of formulas: what is right of its functions, and that our page says so."""

from __future__ import annotations

import pytest

from tests.conformance import formulas

pytestmark = pytest.mark.conformance


@pytest.mark.skipif(not formulas.KATEX.is_dir(), reason="`npm ci` in tools/mathjax brings KaTeX")
def test_katex_functions_are_drawn_right_and_the_page_says_which() -> None:
    answers = formulas.exam()
    wrong = [answer for answer in answers if answer.fault]
    assert len(wrong) <= 0.03 * len(answers), wrong
    assert [answer for answer in wrong if not answer.is_told] == []
    for language, page in formulas.PAGES.items():
        assert formulas.page_of(answers, language) == page.read_text("utf-8")
