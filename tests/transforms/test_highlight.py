"""Highlighting: frames, labels, spans, and a text that never changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from hanpan import tree
from hanpan.transforms.highlight import highlight, label


def _highlighted(body: str, *, line_safe: bool = False) -> tree.Element:
    root = tree.parse_xml(body)
    highlight(root, line_safe=line_safe)
    return root


def test_lines_that_a_fence_points_out() -> None:
    root = tree.parse(
        '<pre data-lines="1,3-4"><code class="language-js">a = 1\nb\n`c\nd`\ne</code></pre>'
    )
    text = tree.text_of(root)
    highlight(root)
    pointed = [tree.text_of(span) for span in root.iter("span") if span.get("class") == "hll"]
    assert pointed == ["a = 1", "`c", "d`"]
    assert tree.text_of(root) == text
    assert "data-lines" not in tree.inner_xml(root)


def test_code_is_framed_and_coloured() -> None:
    root = _highlighted('<pre><code class="language-python">def f(): # 말\n</code></pre>뒤')
    frame = root[0]
    assert (frame.get("class"), frame.get("data-lang"), frame.tail) == ("highlight", "Python", "뒤")
    spans = [(span.get("class"), (span.text or "").strip()) for span in frame.iter("span")]
    assert spans == [("k", "def"), ("nf", "f"), ("c1", "# 말")]
    assert tree.text_of(root) == "def f(): # 말\n뒤"


@pytest.mark.parametrize(
    "language, name",
    [
        ("c++", "C++"),
        ("c#", "C#"),
        ("cs", "C#"),
        ("shell", "Bash"),
        ("zsh", "Bash"),
        ("terminal", "Bash"),
        ("linux", "Bash"),
        ("vi", "Vim"),
        ("yml", "YAML"),
        ("py", "Python"),
        ("react", "JSX"),
        ("kt", "Kotlin"),
        ("mermaid", "mermaid"),
        ("code", ""),
        ("text", ""),
        ("", ""),
    ],
)
def test_languages_are_called_as_readers_know_them(language: str, name: str) -> None:
    assert label(language) == name


def test_an_unknown_language_gets_the_frame_alone() -> None:
    root = _highlighted('<pre><code class="language-없는말">if x\n</code></pre>')
    assert root[0].get("data-lang") == "없는말"
    assert not list(root.iter("span"))


def test_markup_inside_code_stays() -> None:
    root = _highlighted('<pre><code class="language-c">int <b>x</b>;</code></pre><pre>맨몸</pre>')
    assert [element.tag for element in root.iter("b")] == ["b"]
    assert [frame.get("class") for frame in root] == ["highlight", "highlight"]


def test_it_is_idempotent() -> None:
    root = _highlighted('<pre><code class="language-c">int x;</code></pre>')
    once = etree.tostring(root)
    highlight(root)
    assert etree.tostring(root) == once


def test_no_span_crosses_a_line_where_lines_must_be_safe() -> None:
    text = '"""첫 줄\n둘째 줄"""\nx = 1\n'
    root = _highlighted(f'<pre><code class="language-python">{text}</code></pre>', line_safe=True)
    assert tree.text_of(root) == text
    assert len(list(root.iter("span"))) >= 3
    assert not any("\n" in (span.text or "") for span in root.iter("span"))


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=80),
    st.sampled_from(["python", "bash", "console", "html", "php", "diff", "c++", "yaml", "sql"]),
    st.booleans(),
)
def test_the_text_never_changes(text: str, language: str, line_safe: bool) -> None:
    root = etree.Element("div")
    code = etree.SubElement(etree.SubElement(root, "pre"), "code")
    code.set("class", f"language-{language}")
    code.text = tree.clean_text(text)
    highlight(root, line_safe=line_safe)
    assert tree.text_of(root) == tree.clean_text(text)
