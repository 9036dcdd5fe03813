"""Each shared transform does what no other does: its case fails when it is left out of SHARED."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan import reading
from hanpan.document import Reading
from hanpan.transforms.shared import SHARED
from tests.support.reading import read_post, rules

BY_NAME = {transform.__name__: transform for transform in SHARED}
# transform -> a post, and what its body holds
BODIES = {
    "tight_items": ("- 하나\n- 둘\n\n    둘째 문단\n", "<li>하나</li>"),
    "attribute_lists": ("글\n{: .크게}\n", '<p class="크게">글</p>'),
    "heading_ids": ("## 앞 -- 뒤... 끝\n", 'id="앞--뒤-끝"'),
    "wiki_links": ("[[#제목|말]]\n\n## 제목\n", '<a href="#제목">말</a>'),
    "code_blocks": ("```py\nx\n```\n", '<pre><code class="language-py'),
    "diagrams": ("```mermaid\ngraph LR\nA --> B\n```\n", 'src="asset:'),
    "embeds": ('<iframe src="https://www.youtube.com/embed/abcdef12345"></iframe>', "abcdef12345"),
    "maths": ("식 $\\frac{a}$ 끝\n", '<code class="tex">'),
    "abbreviations": ("HTML 글\n\n*[HTML]: 설명\n", '<abbr title="설명">HTML</abbr>'),
    "task_lists": ("- [ ] 할 일\n", 'class="task-box"'),
    "ruby": (
        "<p><ruby><rb>東</rb><rb>京</rb><rt>동</rt><rt>경</rt></ruby></p>",
        "<ruby>東<rt>동</rt>京<rt>경</rt></ruby>",
    ),
    "picture_forms": ("![가](없음.png =100x)\n", 'data-src="없음.png"'),
    "page_breaks": ("가\n\n\\newpage\n\n나\n", '<div class="page-break"/>'),
    "elements": ("<center>가운데</center>\n", "text-align: center"),
    "colours": ('<p><span style="background-color: #fff5b1">글</span></p>', "color: #1c1e21"),
    "structure": ("<dl><dt>말</dt></dl>\n", "<dd/>"),
    "nesting": ("<h2><div>제목</div></h2>\n", '<span class="line">'),
    "footnotes": ("본문[^주]\n\n[^주]: 내용\n", 'id="fn-1"'),
    "quotes": ('그는 "안녕"이라고\n', "“안녕”"),
    "ids": ('<p id="x">가</p>\n\n<p id="x">나</p>\n', 'id="x-1"'),
    "pictures": ("![가](/없음.png)\n", "data-missing"),
}
# ... and what its body does not hold
GONE = {
    "inline_svg": (
        '<svg viewBox="0 0 9 9"><rect style="fill: url(https://a.kr/x)" width="9"/></svg>', "a.kr",
    ),
    "attributes": ('<p data-x="1" onclick="x()">글</p>\n', "onclick"),
}  # fmt: skip
# ... and the rule of its problem
REPORTED = {
    "depth": ("<div>" * 3_000 + "깊은 곳", "nesting"),
    "unmatched_notes": ("글[^1]\n", "footnote-missing"),
    "headings": ("##\n\n글\n", "heading-empty"),
    "skipped_levels": ("# 가\n\n#### 나\n", "heading-skipped"),
    "links": ("[셋](#없는-곳)\n", "link-fragment"),
    "report_unsafe": ("<script>x</script>\n", "unsafe-html"),
}


def does(name: str, folder: Path) -> bool:
    """Tell whether a post is read as it should be, as far as one transform is concerned."""

    def read(markdown: str) -> Reading:
        return read_post(folder, f"---\ntitle: 글\n---\n{markdown}")

    if name in BODIES:
        markdown, shown = BODIES[name]
        return shown in read(markdown).document.body
    if name in GONE:
        markdown, gone = GONE[name]
        return gone not in read(markdown).document.body
    markdown, rule = REPORTED[name]
    return rule in rules(read(markdown))


@pytest.mark.parametrize("name", BY_NAME)
def test_its_case_needs_it(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert does(name, tmp_path)
    others = tuple(transform for transform in SHARED if transform is not BY_NAME[name])
    monkeypatch.setattr(reading, "SHARED", others)
    assert not does(name, tmp_path)


def test_no_case_is_of_a_transform_that_is_gone() -> None:
    assert {*BODIES, *GONE, *REPORTED} == set(BY_NAME)
