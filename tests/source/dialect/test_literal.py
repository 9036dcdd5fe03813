"""Literal: what looks like markup, and is text to those who wrote it (issue 14, section 2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan import tree
from hanpan.source.dialect.normalise import markdown_for_pandoc
from hanpan.source.front_matter.parse import parse_post
from tests.support.limits.growth import LINEAR, growth
from tests.support.reading import body_of, only


@pytest.mark.parametrize(
    "text",
    [
        "echo '<?php phpinfo(); ?>' > x.php",
        "글 <?= $a *b* c* ?> 뒤",
        "글 <?php echo `ls` . [가](나); ?> 뒤",
        "열기만 <?php 하고",
        '머리 <?xml version="1.0"?> 뒤',
        "글 <!DOCTYPE html> 뒤",
        "글 <!ENTITY x> 뒤 <!x>",
        "글 <![CDATA[하나]]> 뒤",
        "글 </3 하고 </!x> 또 </?y>",
    ],
)
@pytest.mark.parametrize(
    "place",
    ["{}", "> {}", "- {}", "## {}", "<div>\n{}\n</div>", "| 가 |\n|---|\n| {} |", "**굵게** {}"],
)
def test_instructions_in_prose_are_text(tmp_path: Path, text: str, place: str) -> None:
    shown = tree.text_of(body_of(tmp_path, place.format(text)))
    for curly, typed in (("“", '"'), ("”", '"'), ("‘", "'"), ("’", "'")):
        shown = shown.replace(curly, typed)
    assert text in shown


@pytest.mark.parametrize(
    "code",
    [
        "<?php phpinfo();",
        "<?php\n$a->b('<b>x</b>');\n\necho 1 < 2;\n?>\n끝",
        "<!DOCTYPE html>\n글",
        "<![CDATA[ x ]]>",
        "a < b 그리고 </3",
    ],
)
@pytest.mark.parametrize(
    "place", ["<pre>\n{}\n</pre>", "<pre><code>{}</code></pre>", "글\n<pre>{}</pre>"]
)
def test_instructions_in_preformatted_text_are_text(tmp_path: Path, code: str, place: str) -> None:
    shown = tree.text_of(only(body_of(tmp_path, place.format(code)), ".//pre"))
    assert shown.strip("\n") == code


def test_tags_and_comments_in_preformatted_text_are_none(tmp_path: Path) -> None:
    body = body_of(tmp_path, "<pre><b>굵게</b> <!-- 주석 -->&lt;?php</pre>")
    assert tree.text_of(body).strip() == "굵게 <?php"


def test_an_instruction_on_lines_of_its_own_is_code(tmp_path: Path) -> None:
    code = '<?php\n$a = 1 * $b * 2;\n\necho "<b>x</b>";\n?>'
    assert tree.text_of(only(body_of(tmp_path, f"글\n{code}\n\n끝"), "pre")) == code
    indented = code.replace("\n", "\n  ").replace("  \n", "\n")
    body = body_of(tmp_path, f"- 글\n\n  {indented}\n- 둘")
    assert tree.text_of(only(body, "ul/li/pre")) == code
    assert len(body.findall("ul/li")) == 2


@pytest.mark.parametrize(
    "head",
    [
        '<?xml version="1.0"?>\n',
        '<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C"\n "x.dtd">\n',
    ],
)
def test_what_begins_a_drawing_s_file_is_left_out(tmp_path: Path, head: str) -> None:
    drawing = '<svg viewBox="0 0 9 9"><text>안</text></svg>'
    assert tree.text_of(body_of(tmp_path, f"{head}{drawing}")).strip() == "안"


def test_html_of_any_source_keeps_instructions() -> None:
    assert tree.text_of(tree.parse("<p>가<?php b ?>다</p>")) == "가<?php b ?>다"


@pytest.mark.parametrize("text", ["<? ", "<?php\n", "<!DOCTYPE svg\n", "<pre><?", "</? <![CDATA["])
def test_instructions_take_linear_time(text: str) -> None:
    def read(count: int) -> object:
        return markdown_for_pandoc(parse_post("a.md", (text * count).encode()))

    assert growth(read, 1_000) < LINEAR
