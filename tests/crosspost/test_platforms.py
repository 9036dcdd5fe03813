"""The platforms: what each one's body must be like, and that the data files name what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hanpan import tree
from hanpan.crosspost.lint.rules import RULES
from hanpan.crosspost.lowerings import LOWERINGS
from hanpan.crosspost.platform import load_platform, platform_names
from hanpan.crosspost.tags import CHARSETS
from hanpan.crosspost.writers import WRITERS
from tests.crosspost.sample import document, load, render, texts


@pytest.mark.parametrize("name", platform_names())
def test_data_files_name_what_there_is(name: str) -> None:
    platform = load_platform(name)
    assert set(platform.body.lowerings) <= set(LOWERINGS)
    assert {writer for _, writer in platform.body.files} <= set(WRITERS)
    assert set(platform.lint) <= set(RULES)
    assert platform.tag_rule.charset in CHARSETS
    assert platform.entry in ("api", "paste") and platform.label


def test_every_lowering_is_used() -> None:
    bodies = [load_platform(p).body for p in platform_names()]
    used = {name for b in bodies for body in (b, *b.own.values()) for name in body.lowerings}
    assert used == set(LOWERINGS)


def test_naver_keeps_to_flat_markup(tmp_path: Path) -> None:
    html = texts(render(tmp_path))["naver/paste.html"]
    root = tree.parse(html)
    allowed = set(load_platform("naver").body.tags)
    assert {e.tag for e in root.iterdescendants()} <= allowed
    assert "ul" not in allowed and "pre" not in allowed
    assert not re.search(r'\b(?:class|id)=|href="#', html)
    paragraphs = [tree.text_of(p) for p in root.iter("p")]
    assert "•\u00a0하나" in paragraphs
    assert "\u00a0" * 4 + "◦\u00a0안쪽" in paragraphs
    assert "\u00a0" * 8 + "1.\u00a0더 안쪽" in paragraphs
    assert "3.\u00a0셋" in paragraphs and "\u00a0\u00a0\u00a0셋의 둘째 문단" in paragraphs
    assert "☑\u00a0끝난 일" in paragraphs
    assert "[1] 각주의 글." in paragraphs


def test_naver_code_is_one_div_a_line(tmp_path: Path) -> None:
    root = tree.parse(texts(render(tmp_path))["naver/paste.html"])
    box = next(e for e in root.iter("div") if tree.text_of(e).startswith("def"))
    lines = [tree.text_of(line) for line in box]
    nbsp = "\u00a0"
    assert lines == ["def 인사():", f'{nbsp * 4}return "안녕"{nbsp * 2}# 끝', nbsp, "x = 1"]
    colours = {span.get("style") for span in box.iter("span")}
    assert any("color: #" in (style or "") for style in colours)


def test_naver_plain_text(tmp_path: Path) -> None:
    text = texts(render(tmp_path))["naver/paste.txt"]
    assert "def 인사():\n    return" in text and "이름\t값" in text


def test_tistory_needs_no_stylesheet(tmp_path: Path) -> None:
    files = texts(render(tmp_path))
    plain = next(tree.parse(files["tistory/paste.html"]).iter("pre"))
    assert not list(plain.iter("span"))  # the skin's highlighter colours it
    html = files["tistory/paste-inline.html"]
    root = tree.parse(html)
    assert not list(root.iter("style", "script", "h1"))
    assert {e.get("class") for e in root.iter() if e.get("class")} == {"language-python"}
    for tag in ("p", "h2", "h3", "pre", "table", "td", "blockquote", "figcaption"):
        assert all(e.get("style") for e in root.iter(tag)), tag
    code = next(root.iter("pre"))
    assert tree.text_of(code).startswith('def 인사():\n    return "안녕"')
    keyword = next(e for e in code.iter("span") if tree.text_of(e).strip() == "def")
    assert re.search(r"color: #[0-9a-f]{6}", keyword.get("style") or "")
    callout = next(root.iterdescendants("div"))
    assert "border-left" in (callout.get("style") or "")
    assert root.find(".//a[@href='#fn-1']") is not None  # ids survive in its HTML mode


def test_authors_styles_are_kept_but_in_hex(tmp_path: Path) -> None:
    post = document('<p><span style="color: rgb(255, 0, 16); position: fixed">빨강</span></p>')
    files = texts(render(tmp_path, post))
    assert '<span style="color: #ff0010">빨강</span>' in files["tistory/paste.html"]
    assert "rgb(" not in files["wordpress/content.html"]


def test_wordpress_blocks(tmp_path: Path) -> None:
    files = texts(render(tmp_path))
    content = files["wordpress/content.html"]
    opened: list[str] = []
    for close, name in re.findall(r"<!-- (/?)wp:([a-z-]+)", content):
        if close:
            assert opened.pop() == name
        else:
            opened.append(name)
    assert not opened
    names = set(re.findall(r"<!-- wp:([a-z-]+)", content))
    assert names >= {"paragraph", "heading", "list", "list-item", "image", "quote", "html"}
    assert names >= {"code", "table"}
    styles = " ".join(re.findall(r'style="([^"]*)"', content))
    assert not re.search(r"white-space|display|overflow|word-break|rgb\(|hsl\(", styles)
    assert 'id="fn-1"' in content and 'href="#fn-1"' in content
    assert '<h2 class="wp-block-heading" id="첫-제목">' in content


def test_wordpress_request(tmp_path: Path) -> None:
    files = texts(render(tmp_path))
    post, request = load(files["wordpress/post.json"]), load(files["wordpress/request.json"])
    assert post["content"] == files["wordpress/content.html"]
    assert (post["status"], post["slug"], post["excerpt"]) == ("draft", "글", "줄거리")
    assert post["date"] == "2026-11-01T09:00:00+09:00"
    assert request["method"] == "POST" and request["body"] == post
    assert request["url"] == "${WORDPRESS_URL}/wp-json/wp/v2/posts"
    assert request["headers"]["Authorization"] == "Basic ${WORDPRESS_BASIC_AUTH}"
    terms = load(files["wordpress/terms.json"])
    assert terms == {"categories": ["기록"], "tags": ["C++", "한글 조판", "git", "a b"]}
    bare = texts(render(tmp_path, document(excerpt="")))
    assert "excerpt" not in load(bare["wordpress/post.json"])


def test_velog_body(tmp_path: Path) -> None:
    body = texts(render(tmp_path))["velog/body.md"]
    assert "!youtube[dQw4w9WgXcQ]" in body
    assert "<strong>굵게(bold)</strong>는" in body  # ** would not close here
    assert "*기울임*이라는" in body
    assert "있다. 줄 끝은" in body  # a newline would be a line break
    assert "줄을 바꾸고  \n각주도 단다[1]" in body
    assert "- ☑ 끝난 일\n- ☐ 남은 일" in body  # `checked` would be taken away
    assert "| <code>a&#124;b</code> | 1 |" in body and "둘<br>줄" in body
    assert "```python\ndef 인사():" in body
    assert "  \n*그림 설명*" in body
    assert "**접은 글**\n\n안의 내용" in body
    assert "[1] 각주의 글." in body and "↩" not in body
    assert not re.search(r"<(?!strong|/strong|code|/code|br|https?:|!-- -->)", body)
