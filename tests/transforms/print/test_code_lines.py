"""Lines of code on paper: long ones hang, short blocks stay whole."""

from __future__ import annotations

import pytest

from hanpan import tree
from hanpan.transforms.code_line_marks import mark_lines
from hanpan.transforms.highlight import highlight
from hanpan.transforms.print.code_lines import TURNED, WHOLE, set_code_lines


def test_long_lines_of_code_hang_and_short_blocks_stay_whole() -> None:
    text = "for x in y:\n    call('긴 글', " + "x, " * 20 + "y)\n" + "pass\n" * 12
    root = tree.parse_xml(
        f'<pre><code class="language-python">{text}</code></pre><pre><code>a\nb\n</code></pre>'
    )
    highlight(root, line_safe=True)
    set_code_lines(root, columns=60)
    long, short = root
    assert (WHOLE in tree.classes(long), WHOLE in tree.classes(short)) == (False, True)
    assert tree.text_of(long) == text
    turned = [line for line in long.iter("span") if line.get("class") == TURNED]
    assert [tree.text_of(line).split("(")[0] for line in turned] == ["    call"]
    assert turned[0].get("style") == "padding-left:4em;text-indent:-4em"  # 4 columns and 4 more
    once = tree.inner_xml(root)
    set_code_lines(root, columns=60)
    assert tree.inner_xml(root) == once


@pytest.mark.parametrize(("lines", "whole"), [(12, True), (13, False)])
def test_a_block_of_a_dozen_lines_stays_whole(lines: int, whole: bool) -> None:
    text = "a\n" * lines
    root = tree.parse_xml(f"<pre><code>{text}</code></pre>")
    highlight(root, line_safe=True)
    set_code_lines(root, columns=60)
    assert (WHOLE in tree.classes(root[0])) == whole


def test_a_line_never_hangs_by_more_than_half_the_block() -> None:
    root = tree.parse_xml(f"<pre><code>{' ' * 50}{'x' * 30}</code></pre>")
    highlight(root, line_safe=True)
    set_code_lines(root, columns=60)
    (line,) = (span for span in root.iter("span") if TURNED in tree.classes(span))
    assert line.get("style") == "padding-left:17em;text-indent:-17em"  # 30 columns and 4 more


def test_numbered_lines_leave_room_for_the_longest_number() -> None:
    root = tree.parse_xml("<pre><code>x\ny\n</code></pre>")
    highlight(root, line_safe=True)
    (code,) = root.iter("code")
    mark_lines(code, frozenset(), 99)
    set_code_lines(root, columns=60)
    styles = [line.get("style") for line in code]
    assert styles == ["padding-left:2.9em;text-indent:-0em"] * 2  # three figures of half an em, 1.4


def test_a_syllable_is_two_columns_wide_and_a_tab_ends_at_a_multiple_of_four() -> None:
    texts = {"가" * 30: False, "가" * 31: True, "a\t" * 15: False, "a\t" * 16: True}
    for text, turns in texts.items():
        root = tree.parse_xml(f"<pre><code>{text}</code></pre>")
        highlight(root, line_safe=True)
        set_code_lines(root, columns=60)
        assert any(TURNED in tree.classes(span) for span in root.iter("span")) == turns, text
