"""What authors put between blocks to move them apart goes; what says something stays."""

from __future__ import annotations

import pytest

from hanpan import tree
from hanpan.transforms.print.blanks import collapse_blanks


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>가</p><br/><br/><br/><p>나</p>", "<p>가</p><p>나</p>"),
        ("<p>가</p><p>\u00a0</p><p><br/></p><div><p> </p></div><p>나</p>", "<p>가</p><p>나</p>"),
        ("<p>가<br/><br/></p><p><br/>나</p>", "<p>가</p><p>나</p>"),
        ("<p>가<br/>나</p>", "<p>가<br/>나</p>"),
        ("<p>가<br/><br/><br/><br/>나</p>", "<p>가<br/><br/>나</p>"),
        ("<p>가 <b>나<br/>다</b></p>", "<p>가 <b>나<br/>다</b></p>"),
        ("<br/>글<br/>", "글"),
        (
            "<ul><li>가<br/><ul><li>나</li></ul></li></ul>",
            "<ul><li>가<ul><li>나</li></ul></li></ul>",
        ),
        ('<p><img src="a"/><br/><img src="b"/></p>', '<p><img src="a"/><br/><img src="b"/></p>'),
        ('<p id="곳"/><hr/><p><a name="곳"/></p>', '<p id="곳"/><hr/><p><a name="곳"/></p>'),
        ('<div class="page-break"/>', '<div class="page-break"/>'),
        ("<pre><code>가<br/><br/><br/></code></pre>", "<pre><code>가<br/><br/><br/></code></pre>"),
        (
            "<table><tr><td><p/></td><td><br/></td></tr></table>",
            "<table><tr><td/><td/></tr></table>",
        ),
    ],
)
def test_blanks_between_blocks_collapse(before: str, after: str) -> None:
    root = tree.parse_xml(before)
    collapse_blanks(root)
    assert tree.inner_xml(root) == after
    collapse_blanks(root)
    assert tree.inner_xml(root) == after
