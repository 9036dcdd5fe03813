"""Growth: four times the text takes four times the time, whatever the text is made of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hanpan import tree
from tests.support.limits.growth import LINEAR, growth

# what a fragment of HTML of a length is made of
FRAGMENTS: dict[str, Callable[[int], str]] = {
    "attributes": lambda n: f"<p {' '.join(f'a{at}' for at in range(n))}>글",
    "values": lambda n: f"<p {' '.join(f'a{at}={at}' for at in range(n))}>글",
    "quoted values": lambda n: "<p " + "".join(f"a{at}='>'" for at in range(n)) + ">글",
    "attributes of a drawing": lambda n: f"<svg {' '.join(f'a{at}' for at in range(n))}>",
    "attributes of an end tag": lambda n: f"<p>글</p {' '.join(f'a{at}' for at in range(n))}>",
    "elements": lambda n: "<b>" * n,
    "siblings": lambda n: "<br>글" * n,
    "comments": lambda n: "글<!-- 글 -->" * n,
    "comments and blanks": lambda n: " <!-- 글 --> " * n,
    "instructions": lambda n: "글<?php 글 ?>" * n,
}


@pytest.mark.parametrize("name", FRAGMENTS)
def test_html_is_read_in_linear_time(name: str) -> None:
    assert growth(lambda length: tree.parse(FRAGMENTS[name](length)), 12_000) < LINEAR


def test_only_the_first_attributes_of_a_tag_count() -> None:
    many = " ".join(f'a{at}=">"' for at in range(2_000))
    (first, second) = tree.parse(f'<p id="x" {many} class="y">글</p><p id="z">글')
    assert (first.get("id"), first.get("a9"), first.get("class")) == ("x", ">", None)
    assert (first.text, second.get("id")) == ("글", "z")


def test_an_instruction_is_text() -> None:
    assert tree.inner_xml(tree.parse("<p>가 <?php echo 1 ?> 나</p>")) == (
        "<p>가 &lt;?php echo 1 ?&gt; 나</p>"
    )
