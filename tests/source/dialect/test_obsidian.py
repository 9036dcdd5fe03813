"""Obsidian: links between notes, embedded pictures, comments and callouts (issue 14, section 2)."""

from __future__ import annotations

import io
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image

from hanpan import tree
from hanpan.document import Reading
from hanpan.source.dialect.normalise import markdown_for_pandoc
from hanpan.source.front_matter.parse import parse_post
from hanpan.source.published import published_source
from hanpan.tree import Element
from tests.support.limits.growth import LINEAR, growth
from tests.support.reading import body_of, html_of, only, read_post, rules

OTHER = "---\ntitle: 다른 글\n---\n\n## 작은 제목\n"


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 20)).save(out, "PNG")
    return out.getvalue()


def read(folder: Path, text: str) -> tuple[Element, Reading]:
    files = {
        "posts/2026-02-01-다른-글.md": OTHER.encode(),
        "노트/깊은 곳/메모.md": OTHER.encode(),
        "attachments/그림 1.png": picture(),
    }
    reading = read_post(
        folder,
        f"---\ntitle: 글\n---\n{text}\n",
        files=files,
        site='url = "https://a.kr"\n',
    )
    return tree.parse_xml(reading.document.body), reading


@pytest.mark.parametrize(
    ("text", "words", "href"),
    [
        ("[[다른 글]]", "다른 글", "/다른-글/"),
        ("[[다른-글|말]]", "말", "/다른-글/"),
        ("[[2026-02-01-다른-글]]", "2026-02-01-다른-글", "/다른-글/"),
        ("[[posts/2026-02-01-다른-글.md|말]]", "말", "/다른-글/"),
        ("[[다른 글#작은 제목]]", "다른 글 > 작은 제목", "/다른-글/#작은-제목"),
        ("[[다른 글#작은 제목|**굵은** 말]]", "굵은 말", "/다른-글/#작은-제목"),
        ("[[메모]]", "메모", "/메모/"),
        ("[[깊은 곳/메모|말]]", "말", "/메모/"),
        ("| 표 |\n|---|\n| [[다른 글\\|말]] |", "말", "/다른-글/"),
        ("> - [[다른 글|말]]을", "말", "/다른-글/"),
    ],
)
def test_links_between_notes(tmp_path: Path, text: str, words: str, href: str) -> None:
    body, reading = read(tmp_path, text)
    link = only(body, ".//a")
    assert tree.text_of(link) == words
    assert unquote(link.get("href") or "") == f"https://a.kr{href}"
    assert rules(reading) == {}


def test_a_link_within_the_note(tmp_path: Path) -> None:
    body, reading = read(tmp_path, "[[#작은 제목|말]]\n\n## 작은 제목\n")
    assert only(body, ".//a").get("href") == "#작은-제목"
    assert rules(reading) == {}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[[없는 글]]을", "없는 글을"),
        ("[[없는 글|말]]을", "말을"),
        ("[[no discard]]", "[[no discard]]"),
        ("[[다른 곳/메모]]", "다른 곳/메모"),
    ],
)
def test_a_note_that_the_site_does_not_have_is_told(tmp_path: Path, text: str, shown: str) -> None:
    body, reading = read(tmp_path, f"첫 줄\n\n{text}")
    assert tree.text_of(body).split("\n")[-1] == shown
    assert body.find(".//a") is None
    assert rules(reading)["wiki-link"].line == 6


@pytest.mark.parametrize("word", ["[[nodiscard]]", "[[Prototype]]", "[[book.part]]"])
def test_a_single_word_is_no_note_outside_of_a_vault(tmp_path: Path, word: str) -> None:
    """C++ and ECMAScript write attributes and internal slots so, TOML lists of tables."""
    body, reading = read(tmp_path, word)
    assert (tree.text_of(body), rules(reading)) == (word, {})
    vault = tmp_path / "보관함"
    vault.mkdir()
    note = read_post(vault, f"# 글\n\n{word}\n", name="글.md", files={".obsidian/app.json": b"{}"})
    assert "wiki-link" in rules(note)


def test_an_embedded_note_is_a_link_and_told(tmp_path: Path) -> None:
    body, reading = read(tmp_path, "![[다른 글]]")
    assert tree.text_of(only(body, ".//a")) == "다른 글"
    assert rules(reading)["wiki-link"].severity == "info"


@pytest.mark.parametrize(
    ("text", "size", "alt"),
    [
        ("![[그림 1.png]]", ("40", "20"), ""),
        ("![[그림 1.png|20]]", ("20", "10"), ""),
        ("![[그림 1.png|20x15]]", ("20", "15"), ""),
        ("![[그림 1.png|봄|20]]", ("20", "10"), "봄"),
        ("![[attachments/그림 1.png|봄]]", ("40", "20"), "봄"),
        ("| 표 |\n|---|\n| ![[그림 1.png\\|20]] |", ("20", "10"), ""),
    ],
)
def test_embedded_pictures(tmp_path: Path, text: str, size: tuple[str, str], alt: str) -> None:
    body, reading = read(tmp_path, text)
    image = only(body, ".//img")
    assert (image.get("width"), image.get("height")) == size
    assert image.get("alt") == alt
    assert (image.get("src") or "").startswith("asset:")
    assert set(rules(reading)) <= {"alt-empty"}


def test_an_embedded_picture_that_is_not_there_is_told(tmp_path: Path) -> None:
    _, reading = read(tmp_path, "![[없다.png]]")
    assert "없다.png" in rules(reading)["image-missing"].message


@pytest.mark.parametrize(
    "text",
    ["a[[i]]", "[[1]]", "[[1, 2]]", "[[ -f x ]]", "`[[글]]`", '[["이름"]]', "[[3.5]]", "\\[[글]]"],
)
def test_brackets_that_are_no_links(tmp_path: Path, text: str) -> None:
    body, reading = read(tmp_path, f"앞 {text} 뒤")
    shown = tree.text_of(body).replace("“", '"').replace("”", '"')
    assert shown == f"앞 {text.strip('`').replace(chr(92), '')} 뒤"
    assert rules(reading) == {}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("글 %%주석%% 뒤", "글 뒤"),
        ("글%%주석 *둘*%%", "글"),
        ("%%한 줄%%\n\n글", "글"),
        ("앞\n\n%%\n여러 줄\n\n- 주석\n%%\n\n글", "앞 글"),
        ("%%주석이\n이어진다%%\n\n글", "글"),
        ("100%%와 50%%를", "100%%와 50%%를"),
        ("%%time\n\n글\n\n%%\n끝", "%%time 글 %% 끝"),
        ("`%%코드%%`", "%%코드%%"),
        ("글 %% 뒤", "글 %% 뒤"),
        ("앞 %%주석이\n이어\n진다%% 뒤", "앞 뒤"),
        ("앞 %%주석이\n이어진다%%\n뒤 %%또%%", "앞 뒤"),
        ("앞 %%하나%% 가 %%둘\n셋%%은", "앞 가 은"),
        ("- 앞 %%주석이\n  이어진다%% 뒤\n- 나", "앞 뒤 나"),
        ("앞 %%주석\n\n이 아니다%% 뒤", "앞 %%주석 이 아니다%% 뒤"),
        ("앞 %%하나\n- 둘%%", "앞 %%하나 둘%%"),
        ("(%%d %5.2f%%)와 50%% 글", "(%%d %5.2f%%)와 50%% 글"),
        ("'%% %s%%' 글 %%s%% 글", "‘%% %s%%’ 글 %%s%% 글"),
        ("%%time 명령과 %%writefile 명령", "%%time 명령과 %%writefile 명령"),
    ],
)
def test_comments(tmp_path: Path, text: str, shown: str) -> None:
    assert " ".join(tree.text_of(body_of(tmp_path, text)).split()) == shown


def test_comments_are_no_part_of_the_published_source() -> None:
    text = "글 %%주석%%\n\n%%\n여러\n%%\n\n100%%와 50%%\n\n`%%코드%%`\n\n글 %%남\n몰래%% 글\n"
    shown = published_source("a.md", text.encode())
    assert not any(word in shown for word in ("주석", "여러", "남", "몰래"))
    assert "100%%와 50%%" in shown and "`%%코드%%`" in shown


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        *(("note", "info"), ("FAQ", "info"), ("hint", "tip"), ("warning", "warning")),
        *(("bug", "danger"), ("note|right", "info"), ("참고", "info"), ("my-own", "info")),
    ],
)
@pytest.mark.parametrize("lead", ["", "- "])
def test_callouts_with_a_title(tmp_path: Path, kind: str, name: str, lead: str) -> None:
    blanks = " " * len(lead)
    body = body_of(tmp_path, f"{lead}> [!{kind}] 나의 *제목*\n{blanks}> 내용\n\n뒤\n")
    quote = only(body, ".//blockquote")
    assert quote.get("class") == f"prompt-{name}"
    assert [" ".join(tree.text_of(part).split()) for part in quote] == ["나의 제목", "내용"]
    assert "[!" not in tree.text_of(body)


@pytest.mark.parametrize(("mark", "is_open"), [("-", False), ("+", True)])
def test_folded_callouts(tmp_path: Path, mark: str, is_open: bool) -> None:
    body = body_of(tmp_path, f"> [!warning]{mark} 접힘\n> 내용\n>\n> - 목록\n\n뒤\n")
    details = only(body, "blockquote[@class='prompt-warning']/details")
    assert tree.text_of(only(details, "summary")) == "접힘"
    assert ("open" in details.attrib) == is_open
    assert tree.text_of(details).split() == ["접힘", "내용", "목록"]


def test_callouts_without_a_title_are_github_s(tmp_path: Path) -> None:
    html = html_of(tmp_path, "> [!NOTE]\n> 내용\n\n> [!unknown]-\n> 내용\n")
    assert html.count('<blockquote class="prompt-info"> <p>내용</p> </blockquote>') == 2


@pytest.mark.parametrize(
    "text", ["[[글|", "[[글]] ", "![[글.png|", "%%주석 ", "%%\n", "> [!note]- \n"]
)
def test_they_take_linear_time(text: str) -> None:
    def work(count: int) -> object:
        return markdown_for_pandoc(parse_post("a.md", (text * count).encode()))

    assert growth(work, 1_000) < LINEAR
