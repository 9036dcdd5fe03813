"""Heading levels: no skips, the first is h2."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanpan import tree
from hanpan.transforms.levels import close_level_gaps, without_gaps


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ([], []),
        ([1, 2, 3, 2, 1], [2, 3, 4, 3, 2]),  # an h1 in the body moves everything down
        ([2, 3, 4, 2], [2, 3, 4, 2]),  # nothing to mend
        ([2, 4, 4, 3, 2], [2, 3, 3, 3, 2]),  # a skip
        ([3, 2, 3], [2, 2, 3]),  # begins too deep
        ([4, 4, 4], [2, 2, 2]),
        ([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 6]),  # HTML knows no h7
    ],
)
def test_levels(written: list[int], wanted: list[int]) -> None:
    assert without_gaps(written) == wanted


@given(st.lists(st.integers(1, 6)))
def test_no_skip_and_idempotent(written: list[int]) -> None:
    levels = without_gaps(written)
    assert all(now - before <= 1 for before, now in zip([1, *levels], levels, strict=False))
    assert all(level >= 2 for level in levels)
    assert without_gaps(levels) == levels


def test_a_page_keeps_the_looks_that_were_written() -> None:
    root = tree.parse_xml("<h1>하나</h1><h4 class='x'>둘</h4><h3>셋</h3><h2>넷</h2>")
    for _ in range(2):
        close_level_gaps(root, keep_looks=True)
        assert tree.inner_xml(root) == (
            '<h2 class="level-1">하나</h2><h3 class="x level-4">둘</h3><h3>셋</h3>'
            '<h3 class="level-2">넷</h3>'
        )


def test_the_tree_is_renamed_and_keeps_all_else() -> None:
    root = tree.parse_xml('<h1 id="가">하나<em>둘</em></h1><details><h3>셋</h3>넷</details>')
    close_level_gaps(root)
    assert tree.inner_xml(root) == (
        '<h2 id="가">하나<em>둘</em></h2><details><h3>셋</h3>넷</details>'
    )
