"""Reading: a post in a site becomes a Document, and whatever is wrong has a line."""

from __future__ import annotations

import base64
import io
import os
import unicodedata
from pathlib import Path

import pytest
from PIL import Image

from hanpan import tree
from hanpan.document import Document
from hanpan.files import Files
from hanpan.problems import HanpanError
from hanpan.reading import markdown_for_pandoc, read, read_source
from hanpan.site import find_root, load_site
from tests.support.reading import Web, read_post, rules, text_of

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
URL = "https://pictures.example.com/a.png"
POST = """
---
title: \\[시험] 봄을 맞으며

header:
  teaser: https://pictures.example.com/a.png

categories:
  - 사는 이야기
last_modified_at: 2026-03-02
---

첫 문단이다.
이어지는 줄이다.

---

# 하나
문장 뒤에 바로 목록이 온다.
1. 가
2. 나

- 겉 항목

  - 속 항목의 첫 줄
이어 쓴 줄은 들여 쓰지 않았다.
 다음 줄도 그렇다.

다음은 줄을  \n바꾼다.
"""


def png(size: tuple[int, int] = (30, 20), shade: int = 0) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (shade, 80, 160)).save(out, "PNG")
    return out.getvalue()


def images(document: Document) -> list[dict[str, str]]:
    return [
        {str(name): str(value) for name, value in image.attrib.items()}
        for image in tree.parse_xml(document.body).iter("img")
    ]


def test_a_whole_post(tmp_path: Path) -> None:
    reading = read_post(tmp_path, POST, web=Web({URL: png()}))
    document = reading.document
    assert reading.problems == ()
    assert document.source == "posts/2026-03-01-글.md"
    assert document.meta.title == "[시험] 봄을 맞으며"
    assert document.meta.date == "2026-03-01T00:00:00+09:00"
    assert document.meta.modified == "2026-03-02T00:00:00+09:00"
    assert document.meta.categories == ("사는 이야기",)
    assert document.meta.excerpt == "첫 문단이다. 이어지는 줄이다."
    assert document.meta.og_image_url == URL
    teaser = document.asset(document.teaser)
    assert (teaser.source, teaser.width, teaser.height) == (f"remote:{URL}", 30, 20)
    body = " ".join(document.body.split())
    assert '<hr/> <h1 id="하나">하나</h1>' in body
    assert "<ol> <li>가</li> <li>나</li> </ol>" in body
    assert "속 항목의 첫 줄 이어 쓴 줄은 들여 쓰지 않았다. 다음 줄도 그렇다." in body
    assert "줄을<br/> 바꾼다." in body


def test_document_survives_as_text(tmp_path: Path) -> None:
    document = read_post(tmp_path, POST, web=Web({URL: png()})).document
    assert Document.from_json(document.as_json()) == document
    assert read_post(tmp_path, POST, web=Web({URL: png()})).document.as_json() == document.as_json()


@pytest.mark.parametrize(
    ("pages", "rule", "said"),
    [
        ({}, "teaser-unreachable", "404"),
        ({URL: b"<!doctype html><p>no"}, "teaser-broken", "web page"),
        ({URL: png((300, 300))[:-40]}, "teaser-broken", "cut off"),
    ],
)
def test_teaser_out_of_reach(tmp_path: Path, pages: dict[str, bytes], rule: str, said: str) -> None:
    reading = read_post(tmp_path, POST, web=Web(pages))
    problem = rules(reading)[rule]
    assert (problem.severity, problem.line, problem.path) == (
        "warning",
        6,
        "posts/2026-03-01-글.md",
    )
    assert said in problem.message
    assert problem.remedy
    assert (reading.document.teaser, reading.document.teaser_missing) == ("", True)


def test_local_teaser_and_its_address(tmp_path: Path) -> None:
    post = "---\ntitle: 글\nimage: /assets/그림.png\n---\n글\n"
    files = {"assets/그림.png": png()}
    reading = read_post(tmp_path, post, files=files, site='url = "https://blog.kr"\n')
    assert reading.document.meta.og_image_url == "https://blog.kr/assets/%EA%B7%B8%EB%A6%BC.png"
    assert not reading.document.teaser_missing
    unknown = read_post(tmp_path, post, files=files)
    assert unknown.document.meta.og_image_url == ""
    assert rules(unknown)["og-image-relative"].line == 3


@pytest.mark.parametrize(
    "written",
    [
        "/assets/a b.png",
        "/assets/a%20b.png",
        "../assets/a b.png",
        "../../assets/a b.png",
        "assets\\a b.png",
        "{{ site.url }}/assets/a b.png",
        "{{ site.baseurl }}/assets/a%20b.png?raw=true",
        "https://blog.kr/assets/a%20b.png",
    ],
)
def test_local_pictures(tmp_path: Path, written: str) -> None:
    reading = read_post(
        tmp_path,
        f"---\ntitle: 글\n---\n![그림]({written})\n",
        files={"assets/a b.png": png()},
        site='url = "https://blog.kr"\n',
    )
    assert reading.problems == ()
    (asset,) = reading.document.assets
    assert asset.source == "file:assets/a b.png"
    assert images(reading.document) == [
        {"src": f"asset:{asset.id}", "alt": "그림", "width": "30", "height": "20"}
    ]


def test_picture_beside_the_post(tmp_path: Path) -> None:
    reading = read_post(tmp_path, "![그림](a.png)\n", files={"posts/a.png": png()})
    assert reading.document.assets[0].source == "file:posts/a.png"


def test_names_in_another_form_or_case(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "화면.png")
    files = {f"assets/{decomposed}": png(), "assets/Map.PNG": png(shade=9)}
    reading = read_post(
        tmp_path, "![하나](/assets/화면.png)\n\n![둘](/assets/map.png)\n", files=files
    )
    assert len(reading.document.assets) == 2
    named = [problem for problem in reading.problems if problem.rule == "image-name"]
    assert [problem.line for problem in named if "Map.PNG" in problem.message] == [3]


def test_pictures_out_of_reach(tmp_path: Path) -> None:
    reading = read_post(
        tmp_path,
        "---\ntitle: 글\n---\n![하나](/없다.png)\n\n![둘](https://a.kr/b.png)\n\n"
        "![셋](/c.png)\n\n![넷](C:\\Users\\me\\d.png) ![하나](/없다.png)\n",
        files={"c.png": b"no picture"},
    )
    found = [
        (problem.rule, problem.line) for problem in reading.problems if "image" in problem.rule
    ]
    assert found == [
        ("image-missing", 4),
        ("image-unreachable", 6),
        ("image-broken", 8),
        ("image-missing", 10),
        ("image-missing", 10),
    ]
    missing = [image["data-missing"] for image in images(reading.document)]
    assert missing == ["missing", "unreachable", "broken", "missing", "missing"]
    assert "Users" not in reading.document.body
    assert 'src="C' not in reading.document.body


def test_each_remote_picture_is_asked_for_once(tmp_path: Path) -> None:
    web = Web({f"https://a.kr/{n}.png": png(shade=n) for n in range(4)})
    text = "\n\n".join(f"![그림](https://a.kr/{n % 4}.png)" for n in range(8))
    reading = read_post(tmp_path, text, web=web)
    assert sorted(web.asked) == sorted(web.pages)
    assert len(reading.document.assets) == 4


def test_equal_pictures_are_one_asset(tmp_path: Path) -> None:
    files = {"a.png": png(), "b.png": png()}
    document = read_post(tmp_path, "![하나](/a.png) ![둘](/b.png)\n", files=files).document
    assert len(document.assets) == 1
    assert {image["src"] for image in images(document)} == {f"asset:{document.assets[0].id}"}


def test_the_author_s_size_counts(tmp_path: Path) -> None:
    text = '![하나](/a.png){: width="15"}\n\n<img src="/a.png" width="50%">\n'
    one, two = images(read_post(tmp_path, text, files={"a.png": png()}).document)
    assert (one["width"], one["height"]) == ("15", "10")
    assert (two["style"], two["width"]) == ("width: 50%", "30")
    assert two["alt"] == ""


def test_data_picture(tmp_path: Path) -> None:
    uri = "data:image/png;base64," + base64.b64encode(png()).decode()
    document = read_post(tmp_path, f"![점]({uri})\n").document
    assert document.assets[0].source == uri


def test_no_file_outside_the_site_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    reading = read_post(tmp_path / "site", "![하나](../../secret.png)\n")
    assert reading.document.assets == ()
    os.symlink(tmp_path / "secret.png", tmp_path / "site" / "b.png")
    assert read_post(tmp_path / "site", "![하나](/b.png)\n").document.assets == ()


def test_character_without_a_glyph(tmp_path: Path) -> None:
    reading = read_post(tmp_path, "---\ntitle: 글\n---\n글\n\n희귀한 글자 \U00012000 하나\n")
    problem = rules(reading)["glyph-missing"]
    assert problem.line == 6
    assert "U+12000 CUNEIFORM SIGN A" in problem.message


def test_what_was_read_is_remembered(tmp_path: Path) -> None:
    read_post(tmp_path, "![하나](/a.png) ![둘](https://a.kr/b.png)\n", files={"a.png": png()})
    files = Files(load_site(tmp_path), Web())
    read("posts/2026-03-01-글.md", "글", files)
    for key in (
        "file:posts/2026-03-01-글.md",
        "file:a.png",
        "remote:https://a.kr/b.png",
        "settings:identity",
    ):
        assert key in files.reads


def test_stages_can_be_looked_at(tmp_path: Path) -> None:
    read_post(tmp_path, "---\ntitle: 글\n---\n1) 하나\n")
    files = Files(load_site(tmp_path), Web())
    post = read_source("posts/2026-03-01-글.md", files)
    assert post.front == {"title": "글"}
    assert markdown_for_pandoc(post, files).text.startswith("1. 하나")


@pytest.mark.corpus
@pytest.mark.endurance
@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="../shared is not there")
def test_every_post_of_the_corpus_is_read() -> None:
    for path in sorted((SHARED / "corpus").rglob("*.md"))[::4]:
        root = find_root(path) or path.parent
        name = path.relative_to(root).as_posix()
        reading = read(name, "post", Files(load_site(root), Web()))
        tree.parse_xml(reading.document.body)
        assert text_of(reading.document).strip() or "<img" in reading.document.body, name
        assert all(
            problem.path == unicodedata.normalize("NFC", name) for problem in reading.problems
        )


@pytest.mark.corpus
@pytest.mark.skipif(not (SHARED / "cases").is_dir(), reason="../shared is not there")
def test_markdown_cases(tmp_path: Path) -> None:
    names: dict[str, list[tuple[str, str, object]]] = {}
    exec((SHARED / "cases" / "markdown_cases.py").read_text("utf-8"), names)
    failed = []
    for name, markdown, is_right in names["C"]:
        body = read_post(tmp_path, f"---\ntitle: 글\n---\n{markdown}").document.body
        if not is_right(body):  # type: ignore[operator]
            failed.append(name)
    assert failed == []


def test_a_post_beyond_all_measure_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(HanpanError) as caught:
        read_post(tmp_path, b"x" * 5_000_001)
    problem = caught.value.problem
    assert (problem.rule, problem.severity) == ("post-too-large", "error")
    assert "5,000,001 bytes" in problem.message and "files of their own" in problem.remedy
