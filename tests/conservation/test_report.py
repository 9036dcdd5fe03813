"""What a post says and its document does not is told, with line and words (issue 14, section 1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan import reading, tree
from hanpan.conservation.authored import authored_passages
from hanpan.files import Files
from hanpan.problems import Problem
from hanpan.site import find_root, load_site
from hanpan.source.lines import Line
from hanpan.transforms.shared import SHARED
from hanpan.transforms.shared.context import Context
from hanpan.tree import Element
from tests.support.command import hanpan
from tests.support.limits.growth import LINEAR, growth
from tests.support.others_posts import CORPUS, posts_of
from tests.support.others_posts import SHARED as OTHERS
from tests.support.reading import Web, read_post

POST = """---
title: 보존
---

첫 문단은 **굵은 말**과 `코드 조각`으로 되어 있다.

| 과일 | 빛깔 이름 |
| --- | --- |
| 사과 | 빨강 |
| 바나나 | 노랑 |

- 하나째 항목
- 둘째 항목[^1]

```python
인사 = "안녕하세요"
```

> 따온 말이다.

![그림의 설명](없는.png)

[^1]: 각주의 글이다.
"""
# line, words, and which element they are taken out of
TAKEN = {
    "a cell": (10, "노랑", "td[last()]"),
    "a head": (7, "과일", "th[1]"),
    "bold words": (5, "굵은 말", "strong"),
    "code in text": (5, "코드 조각으로", "p/code"),
    "an item": (12, "하나째 항목", "ul/li[1]"),
    "code": (16, "인사 안녕하세요", "pre/code"),
    "a quote": (19, "따온 말이다", "blockquote/p"),
    "a note": (23, "각주의 글이다", "section//li/p"),
}


def lost(problems: tuple[Problem, ...]) -> list[tuple[int | None, str]]:
    found = [problem for problem in problems if problem.rule == "text-lost"]
    assert all(problem.severity == "warning" and problem.remedy for problem in found)
    return [(problem.line, problem.message.partition(": ")[2]) for problem in found]


def test_a_whole_post_is_silent(tmp_path: Path) -> None:
    assert lost(read_post(tmp_path, POST).problems) == []


def test_formulas_in_the_authors_own_mathml_are_there(tmp_path: Path) -> None:
    post = "<math><mfrac><mn>1234</mn><mi>단위</mi></mfrac></math> 그리고 끝.\n"
    assert lost(read_post(tmp_path, post).problems) == []


@pytest.mark.parametrize("name", TAKEN)
def test_what_a_transform_loses_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    line, words, path = TAKEN[name]

    def forgetful(root: Element, _context: Context) -> None:
        element = root.findall(f".//{path}")[-1]
        element.text = ""
        for child in list(element):
            element.remove(child)

    monkeypatch.setattr(reading, "SHARED", (*SHARED, forgetful))
    assert lost(read_post(tmp_path, POST).problems) == [(line, words)]


def test_a_formula_and_a_description_that_are_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(root: Element, _context: Context) -> None:
        for picture in root.iter("img"):
            picture.set("alt", "")

    monkeypatch.setattr(reading, "SHARED", (*SHARED, forgetful))
    assert lost(read_post(tmp_path, POST).problems) == [(21, "그림의 설명")]


MEANT_TO_GO = """[글](https://a.example/가-나 "제목") 그리고 [둘][하나], <https://b.example/x>.

[하나]: https://c.example/길
  "링크의 제목"

*[HTML]: HyperText Markup Language

HTML을 쓴다. <!-- 나만 보는
두 줄짜리 주석 --> 끝. <span class="모양" title="귀띔">말</span>
{: .notice--info title="속성"}

# 제목 {#이름}

1. 첫째
2. 둘째
- [x] 한 일
- [ ] 할 일

* 차례
{:toc}

<style>.가 { color: red }</style>
<script>let 비밀 = 1</script>

> [!NOTE]
> 알림의 글

```python title="이름.py" {1,3}
print("코드")
```

{% comment %}감춘 말{% endcomment %} 수식 $x_{최대}$ 과 :smile: 표정, 각주[^이름표].
a &amp; b &lt;c&gt;

```mermaid
graph TD; 시작-->끝맺음
```

$$
\\text{넓이} = \\frac{1}{2} \\label{식:이름}
$$

식 \\eqref{식:이름}에 있다. 적은 [[자리/그림 이름|말]]과 %%나만 본다%% 글.
[말](https://a.example/가(나(다)) "제목") [![그림](https://a.example/라.png)](https://a.example/마)

> [하나]: https://c.example/길

[세
째]:
  <https://d.example/바 사>
  '링크의 제목'

[^이름표]: 각주의 글
"""


def test_what_is_meant_to_go_is_not_told(tmp_path: Path) -> None:
    assert lost(read_post(tmp_path, f"---\ntitle: 글\n---\n{MEANT_TO_GO}").problems) == []


def test_the_rules_of_the_site_switch_it_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = "---\ntitle: 글\ndate: 2026-03-01\n---\n글이다.\n\n<dialog>창 안의 낱말들</dialog>\n"
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/글.md").write_text(post, "utf-8")
    (tmp_path / "site.toml").write_text("", "utf-8")
    ran = hanpan("check", cwd=tmp_path)
    assert "글.md:7: warning: these words are in no edition: 창 안의 낱말들 [text-lost]" in ran.err
    (tmp_path / "site.toml").write_text('[rules]\ntext-lost = "off"\n', "utf-8")
    assert "text-lost" not in hanpan("check", cwd=tmp_path).err


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "](",
        "](a",
        "](<",
        "[a]: ",
        "<",
        "<a ",
        "<!--",
        "`",
        "$",
        "$$",
        "&",
        "{:",
        "\\\\(",
        "[^",
        "![",
    ],
)
def test_marks_that_nothing_closes_take_linear_time(piece: str) -> None:

    def work(length: int) -> object:
        return list(authored_passages([Line(piece * length, 1), Line(f"{piece}가", 2)]))

    assert growth(work, 4_000) < LINEAR


@pytest.mark.corpus
@pytest.mark.endurance
@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"{OTHERS} is not there")
def test_the_corpus_is_silent() -> None:

    found = []
    for path in posts_of(CORPUS):
        root = (find_root(path) or path.parent).resolve()
        name = path.resolve().relative_to(root).as_posix()
        read = reading.read(name, "post", Files(load_site(root), Web()))
        found += [(name, *place) for place in lost(read.problems)]
        tree.parse_xml(read.document.body)
    assert found == []


def test_of_a_switch_in_a_drawing_one_way_is_enough(tmp_path: Path) -> None:
    svg = (
        '<svg width="90" height="30" viewBox="0 0 90 30"><switch>'
        '<foreignObject width="90" height="30"><div>보이는 낱말</div></foreignObject>'
        '<text x="0" y="20">대신 보일 낱말</text></switch><text y="9">셋째 낱말</text></svg>'
    )
    assert lost(read_post(tmp_path, f"---\ntitle: 글\n---\n글이다.\n\n{svg}\n").problems) == []


@pytest.mark.parametrize(
    "text",
    [
        "Predicate<T>는 글",
        "Map<K, V>의 글",
        "</T>로 닫는 글",
        "a.h에 <stddef.h>를 넣는 글",
        "`<b>`와 <B>굵은</B> 글",
    ],
)
def test_names_of_types_are_words(text: str, tmp_path: Path) -> None:
    assert lost(read_post(tmp_path, f"---\ntitle: 글\n---\n{text}이다.\n").problems) == []
