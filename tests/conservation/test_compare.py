"""What is told otherwise is not looked for, and what is shown is counted."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hanpan import tree
from hanpan.conservation import Inventory, Passage, shown_in, without

# a subtree: how many elements it has, and the subtrees in it
_Node = tuple[int, list[Any]]
_SUBTREES: st.SearchStrategy[_Node] = st.recursive(
    st.integers(1, 4).map(lambda size: (size, [])),
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(
        lambda children: (1 + sum(size for size, _ in children), children)
    ),
)


def _ranges(start: int, node: _Node) -> list[range]:
    size, children = node
    found = [range(start, start + size)]
    at = start + 1
    for child in children:
        found += _ranges(at, child)
        at += child[0]
    return found


@given(st.lists(_SUBTREES, max_size=3), st.data())
def test_what_stands_within_places_is_left_out(
    nodes: list[_Node],
    data: st.DataObject,
) -> None:
    ranges, at = [], 2
    for node in nodes:
        ranges += _ranges(at, node)
        at += node[0] + 1
    places = data.draw(st.lists(st.sampled_from(ranges))) if ranges else []
    inventory = Inventory(tuple(Passage(n, "말") for n in range(at + 2)), (), (), ())
    kept = [one.place for one in without(inventory, places).passages]
    assert kept == [n for n in range(at + 2) if not any(n in one for one in places)]


def test_what_is_shown_is_counted() -> None:
    root = tree.parse("<p>글 <img src='a'/><svg></svg></p><p><math></math><img src='b'/></p>")
    shown = shown_in(root)
    assert (shown.pictures, shown.formulas, shown.tables) == (3, 1, ())
