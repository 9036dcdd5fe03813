"""The Markdown dialects: what each platform gets of a construct, sign by sign."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from hanpan import tree
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.platform import load_platform
from hanpan.crosspost.slugs import map_slug
from hanpan.crosspost.writers.markdown import write_markdown
from hanpan.site import Crosspost, Identity
from tests.crosspost.constructs import CONSTRUCTS
from tests.crosspost.sample import document, files, load, render, texts
from tests.crosspost.test_markdown import MARKED, build

SIX = ("velog", "devto", "hashnode", "qiita", "zenn", "ghost")
SAID = {
    "emphasis in a word": {
        "velog": "가<strong>나(다)</strong>라, 마<em>‘바’</em>사, 아<del>자!</del>차",
        "devto": "가<strong>나(다)</strong>라, 마<em>‘바’</em>사, 아<del>자!</del>차",
        "hashnode": "가<strong>나(다)</strong>라, 마<em>‘바’</em>사, 아<s>자!</s>차",
        "qiita": "가<strong>나(다)</strong>라, 마<em>‘바’</em>사, 아<del>자!</del>차",
        "zenn": "가**나(다)**&#8288;라, 마&#8288;*‘바’*&#8288;사, 아~~자!~~&#8288;차",
        "ghost": "가<strong>나(다)</strong>라, 마<em>‘바’</em>사, 아<del>자!</del>차",
    },
    "inline elements": {
        "velog": "H₂O, 10⁹, Ctrl, 표시",
        "devto": "H<sub>2</sub>O, 10<sup>9</sup>, <kbd>Ctrl</kbd>, <mark>표시</mark>",
        "hashnode": "H<sub>2</sub>O, 10<sup>9</sup>, <kbd>Ctrl</kbd>, <mark>표시</mark>",
        "qiita": "H<sub>2</sub>O, 10<sup>9</sup>, <kbd>Ctrl</kbd>, 표시",
        "zenn": "H₂O, 10⁹, Ctrl, 표시",
        "ghost": "H<sub>2</sub>O, 10<sup>9</sup>, <kbd>Ctrl</kbd>, <mark>표시</mark>",
    },
    "tasks": {
        "velog": "- ☑ 끝난 일\n- ☐ 남은 일",
        "devto": "-   ☑ 끝난 일\n-   ☐ 남은 일",
        "hashnode": "-   ☑ 끝난 일\n-   ☐ 남은 일",
        "qiita": "- [x] 끝난 일\n- [ ] 남은 일",
        "zenn": "- [x] 끝난 일\n- [ ] 남은 일",
        "ghost": "- ☑ 끝난 일\n- ☐ 남은 일",
    },
    "code with a title": {
        "velog": "**a.py**\n\n```python\nx = 1\n```",
        "devto": "**a.py**\n\n```python\nx = 1\n```",
        "hashnode": "**a.py**\n\n```python\nx = 1\n```",
        "qiita": "```python:a.py\nx = 1\n```",
        "zenn": "```python:a.py\nx = 1\n```",
        "ghost": "**a.py**\n\n```python\nx = 1\n```",
    },
    "code with a title in folded text": {
        "hashnode": "<details><summary>접은 글</summary><p><strong>a.py</strong></p>"
        '<pre><code class="language-python">x = 1&#10;</code></pre></details>',
    },
    "callouts": {
        "velog": "> **참고**\n>\n> 알림\n\n<!-- -->\n\n> **위험**\n>\n> 조심할 글\n>\n> - 목록",
        "devto": "> **참고**\n>\n> 알림\n\n<!-- -->\n\n> **위험**\n>\n> 조심할 글\n>\n> -   목록",
        "hashnode": "> **참고**\n>\n> 알림\n\n> **위험**\n>\n> 조심할 글\n>\n> -   목록",
        "qiita": ":::note info\n**참고**\n\n알림\n:::\n\n:::note alert\n**위험**\n\n조심할 "
        "글\n\n- 목록\n:::",
        "zenn": ":::message\n**참고**\n\n알림\n:::\n\n:::message alert\n**위험**\n\n조심할 "
        "글\n\n- 목록\n:::",
    },
    "folded text in folded text": {
        "velog": "**밖**\n\n가\n\n**안**\n\n나",
        "devto": "{% details 밖 %}\n\n가\n\n{% details 안 %}\n\n나\n\n{% enddetails %}\n\n"
        "{% enddetails %}",
        "hashnode": "<details><summary>밖</summary><p>가</p><details><summary>안</summary><p>나</p>"
        "</details></details>",
        "qiita": "<details><summary>밖</summary>\n\n가\n\n<details><summary>안</summary>\n\n나\n\n"
        "</details>\n\n</details>",
        "zenn": "::::details 밖\n가\n\n:::details 안\n나\n:::\n::::",
    },
    "formulas": {
        "velog": "수식 $a_1 * b_1 < c$과 ${{x}_1}_2$.\n\n$$\nE = mc^2\n$$",
        "devto": "수식 {% katex inline %}a_1 \\* b_1 &lt; c{% endkatex %}과 "
        "{% katex inline %}{ {x}\\_1}\\_2{% endkatex %}.\n\n{% katex %}E = mc&#94;2{% endkatex %}",
        "hashnode": "수식 \\\\(a_1 * b_1 < c\\\\)과 \\\\({{x}_1}_2\\\\).\n\n$$\nE = mc^2\n$$",
        "qiita": "수식 $`a_1 * b_1 < c`$과 $`{{x}_1}_2`$.\n\n```math\nE = mc^2\n```",
        "zenn": "수식 $a_1 * b_1 < c$과 ${{x}_1}_2$.\n\n$$\nE = mc^2\n$$",
    },
    "footnotes": {
        "velog": "글[1]과 글[2].\n\n다음\n\n***\n\n**각주**\n\n[1] 첫 각주.\n\n[2] 둘째 각주는\n\n"
        "두 문단이다.",
        "devto": "글[^1]과 글[^2].\n\n다음\n\n[^1]: 첫 각주.\n\n[^2]: 둘째 각주는\n\n    두 "
        "문단이다.",
        "hashnode": "글[1]과 글[2].\n\n다음\n\n***\n\n**각주**\n\n[1] 첫 각주.\n\n[2] 둘째 "
        "각주는\n\n"
        "두 문단이다.",
        "qiita": "글[^1]과 글[^2].\n\n다음\n\n[^1]: 첫 각주.\n\n[^2]: 둘째 각주는\n\n    두 "
        "문단이다.",
        "zenn": "글[^1]과 글[^2].\n\n다음\n\n[^1]: 첫 각주.\n\n[^2]: 둘째 각주는\n\n    두 "
        "문단이다.",
    },
    "a video": {
        "velog": "앞\n\n!youtube[dQw4w9WgXcQ]\n\n뒤",
        "devto": "앞\n\n{% embed https://www.youtube.com/watch?v=dQw4w9WgXcQ %}\n\n뒤",
        "hashnode": "앞\n\n%[https://www.youtube.com/watch?v=dQw4w9WgXcQ]\n\n뒤",
        "qiita": "앞\n\nhttps://www.youtube.com/watch?v=dQw4w9WgXcQ\n\n뒤",
        "zenn": "앞\n\n@[youtube](dQw4w9WgXcQ)\n\n뒤",
    },
    "Liquid": {
        "devto": "## {\u2060{ 제목 }}\n\n{% raw %}{{{% endraw %} 글 }}, {% raw %}{%{% endraw %} "
        "글 %}, {% raw %}{{% endraw %}`{{ x }}`}, *{% raw %}{{% endraw %}*",
        "zenn": "## {{ 제목 }}\n\n{{ 글 }}, {% 글 %}, {`{{ x }}`}, *{*",
    },
    "lists of both kinds": {
        "devto": "<ol><li><p>하나</p><p>더</p><ul><li><p>안쪽</p><p>더</p></li></ul></li><li>"
        "<p>둘</p></li></ol>",
        "zenn": "1. 하나\n\n   더\n\n   - 안쪽\n\n     더\n\n2. 둘",
    },
    "code with fences": {
        "devto": "<pre><code>&#96;&#96;&#96;\n코드\n&#96;&#96;&#96;\n</code></pre>",
        "zenn": "````\n```\n코드\n```\n````",
    },
    "a table": {
        "devto": "| 이름 | 값 |\n|---|---|\n| <code>a&#124;b</code> | 2 &#124; 3 |",
        "zenn": "| 이름 | 값 |\n|---|---|\n| `a\\|b` | 2 \\| 3 |",
    },
    "a figure": {
        "devto": "![그림](https://far.example/b.png)<br> *설명 하나*",
        "zenn": "![그림](https://far.example/b.png)  \n*설명 하나*",
    },
}


def bodies(folder: Path, html: str) -> dict[str, str]:
    """Return the Markdown that each platform gets of a body; of Ghost, its cards' texts."""
    post = document(html)
    post = type(post)(**{n: getattr(post, n) for n in post.__slots__} | {"teaser": ""})
    files = texts(render(folder, post, platforms=SIX, backlink="none"))
    found = {name: files[f"{name}/body.md"].strip() for name in SIX if name != "ghost"}
    cards = json.loads(files["ghost/lexical.json"])["root"]["children"]
    return found | {"ghost": "\n\n".join(c.get("markdown") or c.get("html") or "" for c in cards)}


@pytest.mark.parametrize("construct", SAID)
def test_dialects(construct: str, tmp_path: Path) -> None:
    found = bodies(tmp_path, CONSTRUCTS[construct])
    assert {name: found[name] for name in SAID[construct]} == SAID[construct]


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_lint_finds_nothing_in_any_construct(construct: str, tmp_path: Path) -> None:
    rendered = render(tmp_path, document(CONSTRUCTS[construct]), platforms=SIX)
    assert [p for p in rendered.problems if p.severity == "error"] == []


@pytest.mark.parametrize(("platform", "html"), [("zenn", False), ("ghost", True)])
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=st.lists(st.lists(MARKED, min_size=1, max_size=4), min_size=1, max_size=8))
def test_text_survives_markdown_it(
    platform: str,
    html: bool,
    tmp_path_factory: pytest.TempPathFactory,
    drawn: list[list[object]],
) -> None:
    """What both platforms are built on gives an escaped text back; their own: test_round_trip."""
    root = etree.Element("div")
    for paragraph in drawn:
        element = etree.SubElement(root, "p")
        for node in paragraph:
            build(element, node)
    wanted = "".join(tree.text_of(root).split())
    door = files(tmp_path_factory.mktemp("site"))
    spoken = load_platform(platform)
    text = write_markdown(root, Lowering(document(), spoken, door, Identity(), Crosspost(), {}))
    reader = MarkdownIt("commonmark", {"html": html, "breaks": True}).enable("strikethrough")
    back = tree.text_of(tree.parse(reader.render(text))).replace("\u2060", "")
    assert "".join(back.split()) == wanted


def test_ghost_takes_cards(tmp_path: Path) -> None:
    files = texts(render(tmp_path, platforms=("ghost",)))
    cards = json.loads(files["ghost/lexical.json"])["root"]["children"]
    kinds = {card["type"] for card in cards}
    assert kinds == {"markdown", "html", "image", "embed"}
    prose = "".join(card.get("markdown", "") for card in cards)
    assert "<math" not in prose and "<svg" not in prose and "data:" not in files["ghost/post.json"]
    assert any("<math" in card.get("html", "") for card in cards)
    boxes = [card["html"] for card in cards if "border-left" in card.get("html", "")]
    assert len(boxes) == 1 and "class=" not in boxes[0]
    (captioned,) = [card for card in cards if card.get("caption")]
    assert (captioned["caption"], captioned["src"]) == ("그림 설명", "https://far.example/b.png")
    assert '<li id="fn-1">' in cards[-1]["html"] and 'href="#fnref-1"' in cards[-1]["html"]
    post = load(files["ghost/post.json"])["posts"][0]
    assert post["lexical"] == files["ghost/lexical.json"]
    assert (post["status"], post["canonical_url"]) == ("draft", "https://blog.example/글/")
    assert post["feature_image"].startswith("https://blog.example/assets/")


def test_requests_make_drafts(tmp_path: Path) -> None:
    files = texts(render(tmp_path, platforms=SIX))
    article = load(files["devto/request.json"])["body"]["article"]
    assert article["published"] is False and article["tags"] == ["cpp", "한글조판", "git", "ab"]
    assert article["body_markdown"] == files["devto/body.md"]
    sent = load(files["hashnode/request.json"])["body"]
    assert sent["query"] == files["hashnode/post.graphql"] and "createDraft" in sent["query"]
    assert sent["variables"]["input"]["tags"][0] == {"slug": "cpp", "name": "C++"}
    item = load(files["qiita/request.json"])["body"]
    assert item["private"] is True and item["tags"][0] == {"name": "C++", "versions": []}
    assert item["tags"][1]["name"] == "한글조판"


def test_zenn_has_front_matter_and_a_slug_that_stays(tmp_path: Path) -> None:
    files = texts(render(tmp_path, platforms=("zenn",)))
    (name,) = [key for key in files if key.startswith("zenn/articles/")]
    front, body = files[name].removeprefix("---\n").split("---\n", 1)
    assert 'title: "[기록] 어디에 붙여도 살아남는 글"' in front and "published: false" in front
    assert 'topics: ["cpp", "한글조판", "git", "ab"]' in front
    assert body.strip() == files["zenn/body.md"].strip()
    assert load(files["zenn/request.json"])["body"]["text"] == files[name]


def test_a_post_may_choose_its_slug(tmp_path: Path) -> None:
    post = document("<p>글</p>", crosspost=(("zenn", (("slug", "a-slug-of-my-own"),)),))
    files = texts(render(tmp_path, post, platforms=("zenn", "hashnode")))
    assert "zenn/articles/a-slug-of-my-own.md" in files
    assert load(files["hashnode/variables.json"])["input"]["slug"] == "f77a9ef7"


@pytest.mark.parametrize(
    ("slug", "mapped"),
    [
        ("a-slug-that-is-fine", "a-slug-that-is-fine"),
        ("short", "short-f9b0078b5df5"),
        ("글", "f77a9ef73a92"),
        ("Git-그리고-Zenn", "git-zenn-"),
        ("x" * 60, "x" * 37 + "-"),
    ],
)
def test_slugs(slug: str, mapped: str) -> None:
    found = map_slug(slug, load_platform("zenn").slug_rule)
    assert found.startswith(mapped) and 12 <= len(found) <= 50


def test_what_is_too_large_is_told(tmp_path: Path) -> None:
    long = document("<p>" + "가나다라마바사아자차 " * 4000 + "</p>")
    rendered = render(tmp_path, long, platforms=SIX)
    (problem,) = [p for p in rendered.problems if p.rule == "crosspost-size"]
    assert problem.severity == "warning"  # the other payloads are good
    warnings = load(texts(rendered)["hashnode/manifest.json"])["warnings"]
    assert ("crosspost-size", "error") in {(w["rule"], w["severity"]) for w in warnings}
    assert (
        problem.message.startswith("Hashnode: the request has 12") and "100,000" in problem.message
    )


def test_forem_counts_all_tags_together(tmp_path: Path) -> None:
    post = document("<p>글</p>", tags=("가" * 30, "나" * 30, "다" * 30, "라" * 40))
    manifest = load(texts(render(tmp_path, post, platforms=("devto",)))["devto/manifest.json"])
    assert [len(tag["out"] or "") for tag in manifest["tags"]] == [30, 30, 30, 30]
    assert len(", ".join(tag["out"] for tag in manifest["tags"])) == 126


def test_alternative_texts_that_say_something_become_captions(tmp_path: Path) -> None:
    paragraph = '<p><img src="asset:aaaaaaaaaaaaaaaa" alt="{}"/></p>'
    shown = bodies(tmp_path, paragraph.format("서버 세 대가 원을 이룬 그림"))["velog"]
    assert shown.endswith("  \n*서버 세 대가 원을 이룬 그림*")
    for alt in ("image 12", "스크린샷 2024-01-02 12.30", "a long name.png", "점", ""):
        assert "\n*" not in bodies(tmp_path, paragraph.format(alt))["velog"]
    assert "\n*" not in bodies(tmp_path, paragraph.format("서버 세 대가 원을 이룬 그림"))["zenn"]


@pytest.mark.parametrize("platform", ["hashnode", "devto"])
def test_blank_lines_of_code_in_a_list(platform: str, tmp_path: Path) -> None:
    """Hashnode ends an item, and the fence in it, at two blank lines."""
    code = "<pre><code>하나\n\n  \n둘</code></pre>"
    made = []
    for body in (f"<ul><li>항목{code}</li></ul>", code):
        lowering = Lowering(
            document(), load_platform(platform), files(tmp_path), Identity(), Crosspost(), {}
        )
        made.append(write_markdown(tree.parse(body), lowering))
    in_list, alone = ([line.strip() for line in text.split("\n")] for text in made)
    blanks = in_list.index("둘") - in_list.index("하나") - 1
    assert blanks == (1 if platform == "hashnode" else 2)
    assert alone.index("둘") - alone.index("하나") == 3
