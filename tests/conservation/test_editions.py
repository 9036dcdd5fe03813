"""What a document holds and an edition does not show is told (issue 14, section 1)."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from hanpan import tree
from hanpan.assets.fonts import faces
from hanpan.crosspost.lowerings import LOWERINGS
from hanpan.document import Document
from hanpan.editions import EDITIONS, renderer
from hanpan.files import Files
from hanpan.formulas import drawing
from hanpan.site import load_site
from hanpan.transforms.maths_svg import draw_formula
from hanpan.tree import Element
from tests.support.command import ROOT, hanpan
from tests.support.reading import Web, read_post
from tests.support.servers.image_host import picture

POST = """---
title: 보존
date: 2026-03-01
---

첫 문단은 **굵은 말**과 `코드 조각`으로 되어 있고, 식 $a + b$가 있다.

| 과일 | 수 | 빛깔 이름 |
| --- | --- | --- |
| 사과 | 1 | 빨강 |
| 바나나 | 2 | 노랑 |

- 하나째 항목
- 둘째 항목[^1]

```python
인사 = "안녕하세요"
```

![그림의 설명](그림.png)

$$\\frac{1}{2}$$

[^1]: 각주의 글이다.
"""
SITE = '[crosspost]\nplatforms = ["tistory", "velog", "ghost"]\n'
# what is taken out of an edition's tree, and what is told of it
TAKEN = {
    "a word": (".//strong", "these words are not in it: 굵은 말"),
    "a cell's number": (".//tr[2]/td[2]", "8 of the 9 filled cells"),
    "a row": (".//tbody/tr[2]", "2 of the 3 rows"),
    "a table": (".//table", "0 of 1 tables"),
    "an item": (".//ul/li[1]", "하나째 항목"),
    "a line of code": (".//pre/code", "인사 안녕하세요"),
    "a note": (".//section//li/p", "각주의 글이다"),
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, Files]:
    folder = tmp_path_factory.mktemp("site")
    reading = read_post(folder, POST, site=SITE, files={"posts/그림.png": picture((40, 30))})
    assert reading.problems == ()
    return reading.document, Files(load_site(folder), Web())


# where the edition's tree can be reached last: it holds what is about to be written
LAST = {
    "html": "hanpan.editions.html.body.scroll_tables",
    "site": "hanpan.editions.html.body.scroll_tables",
    "pdf": "hanpan.editions.pdf.typesetter.size_tables",
    "epub": "hanpan.editions.epub.chapter.fit_tables",
}


def spoil(edition: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have an edition's tree lose what `path` finds first: parts of tables whole, else contents."""

    def lose(root: Element) -> None:
        for element in root.iterfind(path):
            if element.tag in ("tr", "table", "img", "math"):
                tree.remove(element)
            else:
                for inner in list(element):
                    element.remove(inner)
                element.text = None
            return

    if edition == "crosspost":
        monkeypatch.setitem(LOWERINGS, "headings_in_order", lambda root, _: lose(root))
        return
    place, _, name = LAST[edition].rpartition(".")
    module = import_module(place)
    own = getattr(module, name)

    def last(root: Element, *arguments: object) -> None:
        own(root, *arguments)
        lose(root)

    monkeypatch.setattr(module, name, last)


def losses(edition: str, sample: tuple[Document, Files]) -> list[str]:
    placed = renderer(edition)(*sample).placed
    assert all(one.problem.rule == "text-lost" and one.problem.remedy for one in placed)
    assert all(one.element is not None for one in placed)
    return [one.problem.message for one in placed]


@pytest.mark.parametrize("edition", EDITIONS)
def test_whole_editions_are_silent(edition: str, sample: tuple[Document, Files]) -> None:
    assert losses(edition, sample) == []


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("what", TAKEN)
def test_what_is_taken_out_of_an_edition_is_told(
    edition: str, what: str, sample: tuple[Document, Files], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, message = TAKEN[what]
    spoil(edition, path, monkeypatch)
    found = losses(edition, sample)
    if edition == "crosspost":
        assert any("티스토리" in one for one in found), found
    else:
        assert any(message in one for one in found), found
    assert len(found) <= 2, found


@pytest.mark.parametrize(
    ("edition", "path"),
    [
        ("html", ".//img"),
        ("site", ".//img"),
        ("pdf", ".//img[@alt='그림의 설명']"),
        ("epub", ".//img"),
    ],
)
def test_a_picture_that_is_gone_is_told(
    edition: str, path: str, sample: tuple[Document, Files], monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(edition, path, monkeypatch)
    assert "only 0 of 1 pictures are in it" in losses(edition, sample)[0]


@pytest.mark.parametrize(
    ("edition", "path"),
    [
        ("html", ".//math"),
        ("site", ".//math"),
        ("pdf", ".//img[@class='maths']"),
        ("epub", ".//math"),
    ],
)
def test_a_formula_that_is_gone_is_told(
    edition: str, path: str, sample: tuple[Document, Files], monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(edition, path, monkeypatch)
    assert losses(edition, sample) == [f"{EDITIONS[edition].label}: only 1 of 2 formulas are in it"]


def test_a_formula_without_its_bar_is_not_drawn(
    sample: tuple[Document, Files], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, files = sample
    face = next(face.path for face in faces(files) if face.family == "Noto Sans KR")
    fraction = parse_maths(r"<mfrac><mn>3</mn><mn>7</mn></mfrac>")
    assert draw_formula(fraction, face)
    monkeypatch.setattr(drawing._Page, "_shape", lambda *_: None)
    assert draw_formula(parse_maths(r"<mfrac><mn>3</mn><mn>8</mn></mfrac>"), face) is None


def parse_maths(contents: str) -> Element:
    return tree.parse_xml(f"<math>{contents}</math>")[0]


@pytest.mark.parametrize("mark", ["\u2060", "\ue000", "data-tight", "asset:0123456789abcdef"])
def test_a_mark_of_ours_in_a_text_is_an_error(
    mark: str, tmp_path: Path, sample: tuple[Document, Files], monkeypatch: pytest.MonkeyPatch
) -> None:
    module = import_module("hanpan.editions.html.body")
    monkeypatch.setattr(module, "scroll_tables", lambda root, _: tree.append_text(root[0], mark))
    (fault,) = renderer("html")(*sample).placed
    assert (fault.problem.rule, fault.problem.severity) == ("internal-mark", "error")
    monkeypatch.undo()
    written = read_post(tmp_path, f"---\ntitle: 글\n---\n`{mark}`를 이야기한다.\n").document
    assert renderer("html")(written, Files(load_site(tmp_path), Web())).placed == ()


def test_a_stylesheet_that_hides_words_is_noticed_with_their_line(tmp_path: Path) -> None:
    """A site's own layout is a real cause: its words are in the page, and on no paper."""
    layouts, post = tmp_path / "layouts/styles", tmp_path / "posts/글.md"
    for folder in (layouts, post.parent):
        folder.mkdir(parents=True)
    text = "---\ntitle: 글\ndate: 2026-03-01\n---\n첫 문단.\n\n> 가린 문단의 낱말들.\n"
    post.write_text(text, "utf-8")
    own = (ROOT / "layouts/styles/print.css").read_text("utf-8")
    (layouts / "print.css").write_text(own + "\nblockquote { display: none }\n", "utf-8")
    (tmp_path / "site.toml").write_text("", "utf-8")
    message = "PDF: these words are not in it: 가린 문단의 낱말들 [text-lost]"
    build = ("build", "--edition", "pdf", "--edition", "html")
    assert f"글.md:7 (near): warning: {message}" in hanpan(*build, cwd=tmp_path).err
    post.write_text(text.replace("첫", "\n\n첫"), "utf-8")
    ran = hanpan(*build, cwd=tmp_path)
    assert f"글.md:9 (near): warning: {message}" in ran.err and "2 steps run" in ran.err + ran.out
    (tmp_path / "site.toml").write_text('[rules]\ntext-lost = "off"\n', "utf-8")
    assert "text-lost" not in hanpan(*build, cwd=tmp_path).err


def test_formulas_in_markdown_hold_no_tags(tmp_path: Path) -> None:
    site = '[crosspost]\nplatforms = ["velog", "zenn", "qiita", "ghost"]\n'
    text = "---\ntitle: 글\n---\n$x<abc$ 그리고 $x>def$\n\n$$\na<b \\\\\nc>d\n$$\n"
    document = read_post(tmp_path, text, site=site).document
    assert renderer("crosspost")(document, Files(load_site(tmp_path), Web())).placed == ()


@pytest.mark.parametrize("links", ["notes", "inline"])
def test_what_print_adds_between_a_word_and_its_particle_hides_nothing(
    links: str, tmp_path: Path
) -> None:
    site = f'[pdf]\nlinks = "{links}"\n'
    text = "글 [하나](https://example.com/a)과 [절 2](#절)와 글[^1]은.\n\n## 절\n\n[^1]: 각주.\n"
    document = read_post(tmp_path, f"---\ntitle: 글\n---\n{text}", site=site).document
    assert renderer("pdf")(document, Files(load_site(tmp_path), Web())).placed == ()
