"""The payloads as a whole: their files, their text, their pictures and addresses."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

import pytest

from hanpan import tree
from hanpan.document import Asset
from hanpan.editions import crosspost
from hanpan.problems import UsageError
from hanpan.reading import read
from hanpan.runner.line_numbers import with_lines
from hanpan.site import Crosspost
from tests.crosspost.sample import (
    BODY,
    SITE,
    document,
    files,
    gfm,
    load,
    render,
    squeezed,
    text_of_html,
    texts,
)

BODIES = {
    "tistory": "paste.html",
    "naver": "paste.html",
    "velog": "body.md",
    "wordpress": "content.html",
}
LOCAL = f"{SITE}/assets/%EA%B7%B8%EB%A6%BC%20%ED%95%98%EB%82%98.png"
# what the report names as changed, on both sides of the comparison
MISSING = "[없는 그림 (그림을 찾을 수 없음)]"


def expected() -> str:
    """Return the text of the body as every payload must say it."""
    root = tree.parse_xml(BODY)
    for note in list(root.iter("math")):
        for other in list(note.iter("mi")):
            tree.remove(other)
    for box in root.iter("span"):
        box.text = "☑" if box.get("data-checked") == "true" else "☐"
    for callout in root.iterfind(".//div"):
        callout.text = "참고"
    for reading in root.iter("rt"):
        reading.text = f"({reading.text})"
    for img in root.iter("img"):
        if img.get("data-missing"):
            img.tail = MISSING + (img.tail or "")
    return squeezed(tree.text_of(root))


def plain(text: str) -> str:
    """Drop what platforms write otherwise: notes' numbers, list marks, the line that leads back."""
    text = re.sub(r"원문:https?:\S*$", "", text)
    text = text.replace("각주[1]각주의글", "각주의글").replace("[1]", "1").replace("↩", "")
    return re.sub(r"[•◦▪]|(?<=둘)3\.|(?<=문단)4\.|(?<=안쪽)1\.(?=더)", "", text)


@pytest.mark.parametrize("platform", ["tistory", "naver", "wordpress"])
def test_html_says_what_the_body_says(platform: str, tmp_path: Path) -> None:
    text = text_of_html(texts(render(tmp_path))[f"{platform}/{BODIES[platform]}"])
    wanted = plain(expected()).replace("E=mc^2", "E").replace("a_1+b", "E")  # in letters
    found = plain(text)
    if platform != "naver":  # there ruby keeps its own element, without parentheses
        wanted = wanted.replace("(한자)", "한자")
    assert found == wanted


def test_markdown_says_what_the_body_says(tmp_path: Path) -> None:
    markdown = texts(render(tmp_path))["velog/body.md"]
    html = gfm(markdown.replace("!youtube[dQw4w9WgXcQ]", "YouTube"))[0]
    root = tree.parse(html)
    for box in root.iter("input"):
        box.tail = ("☑" if box.get("checked") is not None else "☐") + (box.tail or "")
    for formula in root.iter("span"):
        if "math" in (formula.get("class") or ""):
            formula.text = (formula.text or "").strip("\\()[] \n")
    # pandoc shows simple formulas as letters: compare those by the source instead
    assert "$E = mc^2$" in markdown and "$$\na_1 + b\n$$" in markdown
    found, wanted = plain(squeezed(tree.text_of(root))), plain(expected())
    for tex in ("E=mc^2", "E=mc2", "a_1+b", "a1+b"):
        found, wanted = found.replace(tex, ""), wanted.replace(tex, "")
    assert found == wanted


def test_every_payload_has_its_files(tmp_path: Path) -> None:
    rendered = render(tmp_path)
    by_name = texts(rendered)
    assert rendered.products == {
        f"crosspost/{n}": f"글/crosspost/{n}" for n in Crosspost().platforms
    }
    for platform, body in BODIES.items():
        for name in (body, "manifest.json", "report.md", "preview.html"):
            assert f"{platform}/{name}" in by_name
        images = [a.path for a in rendered.artifacts if f"/{platform}/images/" in a.path]
        assert [Path(i).name for i in images] == ["01-그림-하나.png", "02-b.png"]
    for platform in ("tistory", "naver", "velog"):
        assert "살아남는 글" in by_name[f"{platform}/meta.txt"]
        assert by_name[f"{platform}/tags.txt"].strip()


def test_manifest(tmp_path: Path) -> None:
    manifest = load(texts(render(tmp_path))["naver/manifest.json"])
    assert manifest["platform"] == "naver" and manifest["schema_version"] == 1
    assert manifest["canonical_url"] == f"{SITE}/글/"
    assert manifest["tags"][0] == {
        "in": "C++", "out": "cpp", "reason": "기호를 쓸 수 없어 글자로 풀었다",
    }  # fmt: skip
    assert [tag["out"] for tag in manifest["tags"]] == ["cpp", "한글조판", "git", None, "ab"]
    assert [image["role"] for image in manifest["images"]] == ["teaser", "body"]
    assert manifest["images"][0]["src"] == LOCAL
    assert re.fullmatch("[0-9a-f]{64}", manifest["images"][0]["sha256"])
    assert {loss["name"] for loss in manifest["dropped"]} >= {
        "formula-letters",
        "list",
        "footnotes",
    }
    assert manifest["remote"] == {"id": None, "url": None, "updated_at": None}


def test_the_report_says_what_was_lost(tmp_path: Path) -> None:
    report = texts(render(tmp_path))["naver/report.md"]
    assert "수식을 글자로 풀어 썼다 (×2)" in report
    assert "`C++` → `cpp`" in report and "`GIT` → 뺌: 앞의 태그와 같아진다" in report
    english = texts(render(tmp_path, document(lang="en")))["wordpress/report.md"]
    assert "formulas are written in letters" in english


POST = """---
title: 글
excerpt: 접은 글
---
첫 문단.

<details><summary>접은 글</summary>

안의 [목록](#목록)과 <ruby>漢字<rt>한자</rt></ruby>

</details>

## 목록

- 하나
    - 안쪽

둘째 [목록](#목록)

![없는 그림](/none.png)
"""


def test_the_report_names_the_lines_of_the_source(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/글.md").write_text(POST, "utf-8")
    reading = read("posts/글.md", "글", files(tmp_path))
    without = render(tmp_path, reading.document)
    assert "링크를 풀었다 (×2). →" in texts(without)["naver/report.md"]  # whole without lines too
    by_name = texts(with_lines(without, reading.lines))
    lines = {
        loss["name"]: loss["lines"] for loss in load(by_name["naver/manifest.json"])["dropped"]
    }
    assert lines["details"] == [7] and lines["ruby"] == [9]
    assert lines["fragment-link"] == [9, 18] and lines["nested-list"] == [16]
    assert lines["picture-missing"] == [20]
    assert "글 안에서 건너뛰는 링크를 풀었다 (×2) (9, 18행)" in by_name["naver/report.md"]
    assert not any("data-element" in text for text in by_name.values())


def test_no_number_of_an_element_is_published(tmp_path: Path) -> None:
    numbered = [name for name, text in texts(render(tmp_path)).items() if "data-element" in text]
    assert numbered == []


@pytest.mark.parametrize("platform", BODIES)
def test_pictures_have_public_addresses(platform: str, tmp_path: Path) -> None:
    body = texts(render(tmp_path))[f"{platform}/{BODIES[platform]}"]
    sources = re.findall(r'src="([^"]*)"|!\[.*?\]\((http[^)]*)\)', body)
    assert ["".join(s) for s in sources] == [LOCAL, LOCAL, "https://far.example/b.png"]


@pytest.mark.parametrize("platform", ["tistory", "naver", "velog"])
def test_without_an_address_a_numbered_mark_stands(platform: str, tmp_path: Path) -> None:
    post = document(canonical_url="")
    rendered = render(tmp_path, post, url="")
    body = texts(rendered)[f"{platform}/{BODIES[platform]}"].replace("\\", "")
    mark = "[그림 01: [기록] 어디에 붙여도 살아남는 글 → images/01-그림-하나.png]"
    assert body.count(mark) == 2  # as the teaser, and where the body shows it
    assert body.count("far.example") == 1 and "원문" not in body
    assert not re.search(r"(?:src|href)=\"(?:data|file|/|\.|images|asset)", body)
    assert "](/" not in body and "](images" not in body and "asset:" not in body


def test_where_publishing_uploads_a_placeholder_stands(tmp_path: Path) -> None:
    by_name = texts(render(tmp_path, document(canonical_url=""), url=""))
    body, manifest = by_name["wordpress/content.html"], load(by_name["wordpress/manifest.json"])
    assert body.count('src="https://upload.invalid/01.png"') == 2 and "[그림" not in body
    own, remote = manifest["images"]
    assert own["placeholder"] == "https://upload.invalid/01.png" and own["src"] is None
    assert remote["placeholder"] is None and remote["src"] == "https://far.example/b.png"
    assert load(by_name["velog/manifest.json"])["images"][0]["placeholder"] is None


@pytest.mark.parametrize("platform", BODIES)
def test_the_teaser_is_the_first_picture(platform: str, tmp_path: Path) -> None:
    body = texts(render(tmp_path))[f"{platform}/{BODIES[platform]}"]
    assert body.index(LOCAL) < body.index("첫 제목")


def test_a_teaser_that_opens_the_body_is_not_said_twice(tmp_path: Path) -> None:
    post = document('<p><img src="asset:aaaaaaaaaaaaaaaa" alt="점"/></p><p>글</p>')
    assert texts(render(tmp_path, post))["tistory/paste.html"].count("<img") == 1


def test_a_missing_teaser_is_drawn(tmp_path: Path) -> None:
    post = replace(document("<p>글</p>"), teaser="", teaser_missing=True)
    rendered = render(tmp_path, post)
    covers = [a for a in rendered.artifacts if a.path.endswith("images/01-cover.jpg")]
    assert len(covers) == 14 and all(a.data[:3] == b"\xff\xd8\xff" for a in covers)
    assert "→ images/01-cover.jpg]" in texts(rendered)["naver/paste.html"]
    media = load(texts(rendered)["wordpress/media.json"])
    assert media["featured_media"]["local"] == "images/01-cover.jpg"
    assert (media["featured_media"]["width"], media["featured_media"]["height"]) == (1200, 630)


def test_cover_fields(tmp_path: Path) -> None:
    by_name = texts(render(tmp_path))
    assert load(by_name["velog/meta.json"])["thumbnail"] == LOCAL
    assert load(by_name["wordpress/media.json"])["featured_media"]["src"] == LOCAL


def test_a_series_is_named_where_there_is_a_field_for_it(tmp_path: Path) -> None:
    for series, field in (("조판", {"series": "조판"}), ("", {})):
        by_name = texts(render(tmp_path, document(series=series)))
        for record in (
            load(by_name["devto/article.json"])["article"],
            load(by_name["velog/meta.json"]),
        ):
            assert {key: value for key, value in record.items() if key == "series"} == field


@pytest.mark.parametrize(("place", "first"), [("top", True), ("bottom", False)])
def test_backlink(place: str, first: bool, tmp_path: Path) -> None:
    body = texts(render(tmp_path, backlink=place, backlink_text="처음 실린 곳"))["velog/body.md"]
    line = body.index("처음 실린 곳: ")
    assert (line < body.index("첫 제목")) is first
    assert body.index(LOCAL) < line  # the teaser stays the first thing


def test_the_backlink_can_be_read_and_followed(tmp_path: Path) -> None:
    root = tree.parse(texts(render(tmp_path))["tistory/paste.html"])
    link = list(root.iter("a"))[-1]
    assert (link.text, unquote(link.get("href") or "")) == (f"{SITE}/글/", f"{SITE}/글/")
    english = texts(render(tmp_path, document(lang="en", canonical_url=f"{SITE}/a%20b/")))
    content = english["wordpress/content.html"]
    assert f">{SITE}/a%20b/</a>" in content  # a blank would end the address
    assert "Original: <a" in content


@pytest.mark.parametrize(
    "written",
    [
        '<div class="notice--warning"><p>글</p></div>',
        '<p class="notice--warning">글</p>',
        '<blockquote class="prompt-warning"><p>글</p></blockquote>',
        '<div class="warning"><div class="title"><p>Warning</p></div><p>글</p></div>',
    ],
)
def test_callouts_say_their_kind(written: str, tmp_path: Path) -> None:
    by_name = texts(render(tmp_path, document(written)))
    for platform in ("tistory", "naver", "wordpress"):
        root = tree.parse(by_name[f"{platform}/{BODIES[platform]}"])
        box = next(e for e in root.iter("div") if "#8a5a00" in (e.get("style") or ""))
        assert [tree.text_of(line) for line in box.iter("p")] == ["주의", "글"]
    assert "> **주의**\n>\n> 글" in by_name["velog/body.md"]


def test_a_callout_that_names_itself_is_not_named_twice(tmp_path: Path) -> None:
    post = document('<div class="notice--warning"><p><strong>주의:</strong> 글</p></div>')
    assert texts(render(tmp_path, post))["tistory/paste.html"].count("주의") == 1


def test_no_backlink(tmp_path: Path) -> None:
    by_name = texts(render(tmp_path, backlink="none"))
    assert all("원문:" not in by_name[f"{p}/{b}"] for p, b in BODIES.items())


def test_lint_finds_nothing_wrong(tmp_path: Path) -> None:
    assert [p for p in render(tmp_path).problems if p.severity == "error"] == []


def test_a_long_title_is_cut_at_a_word_and_said(tmp_path: Path) -> None:
    rendered = render(tmp_path, document(title="아주 긴 제목이다 " * 20), platforms=("naver",))
    problem = next(p for p in rendered.problems if p.rule == "crosspost-title")
    assert problem.path == "posts/글.md" and "100" in problem.message
    title = load(texts(rendered)["naver/manifest.json"])["title"]
    assert len(title) <= 100 and title.endswith("제목이다…")


def test_of_platforms_that_nobody_has_chosen_the_report_alone_says_it(tmp_path: Path) -> None:
    post = document(title="아주 긴 제목이다 " * 20)
    rendered = render(tmp_path, post, platforms=Crosspost().platforms)
    assert "crosspost-title" not in {problem.rule for problem in rendered.problems}
    report = texts(rendered)["naver/report.md"]
    assert "100" in report and "제목이다…" in report


def test_the_same_bytes_again(tmp_path: Path) -> None:
    assert render(tmp_path).artifacts == render(tmp_path).artifacts


def test_an_unknown_platform_is_said_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="myspace") as error:
        render(tmp_path, platforms=("myspace",))
    assert "medium, naver" in error.value.problem.remedy


def test_preview_shows_the_payload_with_the_pictures_beside_it(tmp_path: Path) -> None:
    by_name = texts(render(tmp_path))
    for platform, body in BODIES.items():
        page = tree.parse(by_name[f"{platform}/preview.html"])
        article = next(e for e in page.iter("article"))
        sources = [unquote(img.get("src") or "") for img in article.iter("img")]
        assert sources == ["images/01-그림-하나.png"] * 2 + ["images/02-b.png"]
        shown = page.find(".//details[@class='source']/pre")
        assert (
            shown is not None
            and tree.text_of(shown).strip() == by_name[f"{platform}/{body}"].strip()
        )
        (script,) = page.iter("script")  # our own: its policy lets no other run
        digest = b64encode(sha256((script.text or "").encode()).digest()).decode()
        (policy,) = (m.get("content") or "" for m in page.iter("meta") if m.get("http-equiv"))
        assert f"script-src 'sha256-{digest}';" in policy and policy.startswith(
            "default-src 'none'"
        )


def test_preview_shows_pictures_that_are_not_uploaded_yet_and_texts_as_texts(
    tmp_path: Path,
) -> None:
    by_name = texts(render(tmp_path, url="", platforms=("wordpress", "linkedin")))
    assert "https://upload.invalid/" in by_name["wordpress/content.html"]
    articles = {
        platform: next(tree.parse(by_name[f"{platform}/preview.html"]).iter("article"))
        for platform in ("wordpress", "linkedin")
    }
    sources = [unquote(img.get("src") or "") for img in articles["wordpress"].iter("img")]
    assert sources and all(source.startswith("images/") for source in sources)
    assert tree.text_of(articles["linkedin"]).strip() == by_name["linkedin/share.txt"].strip()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><path d="M0 0h9v9z"/></svg>'


@pytest.mark.parametrize(("url", "hotlinked"), [(SITE, True), ("", False)])
def test_drawings_are_png_wherever_a_file_is_wanted(
    url: str, hotlinked: bool, tmp_path: Path
) -> None:
    door = files(tmp_path, url=url)
    (tmp_path / "assets/a.svg").write_bytes(SVG)
    asset = Asset("aaaaaaaaaaaaaaaa", "file:assets/a.svg", "image/svg+xml", 40, 20)
    post = document('<p><img src="asset:aaaaaaaaaaaaaaaa" alt="그림"/></p>', canonical_url="")
    rendered = crosspost.render(replace(post, assets=(asset,)), door)
    by_name = texts(rendered)
    data_of = {a.path.partition("/crosspost/")[2]: a.data for a in rendered.artifacts}
    assert data_of["naver/images/01-a.png"][:4] == b"\x89PNG"  # its editor keeps copies
    assert "→ images/01-a.png]" in by_name["naver/paste.html"]
    # neither takes SVG, and WordPress's filter may drop one from elsewhere
    assert "→ images/01-a.png]" in by_name["tistory/paste.html"]
    assert "https://upload.invalid/01.png" in by_name["wordpress/content.html"]
    assert data_of["wordpress/images/01-a.png"][:4] == b"\x89PNG"
    assert not {name for name in data_of if re.match("(tistory|wordpress)/.*svg", name)}
    assert (f'src="{SITE}/assets/a.svg"' in by_name["blogger/content.html"]) == hotlinked
