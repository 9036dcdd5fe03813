"""Japanese, Chinese and other scripts in every edition (issue 14, section 3)."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from hanpan import tree
from tests.support.every_edition import pdf_text, printed

EDITIONS = ("pdf", "html", "epub")
MIXED = """---
title: 섞인 글 สวัสดี
---
한국어 直接 그리고 日本語のテスト와 我们学习 끝. <span lang="zh-TW">骨頭</span>

السلام عليكم ورحمة الله

नमस्ते, 𠀀㐀, 나랏\u302e말\u302f

`日本語の` `我们`

없는 것 𒀀𒀀𒀁
"""


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], dict[str, bytes]]:
    reading, made = printed(tmp_path_factory.mktemp("mixed"), MIXED, editions=EDITIONS)
    told = [problem.message for problem in reading.problems if problem.rule == "glyph-missing"]
    return told, made


def _fonts(data: bytes) -> dict[str, str]:
    """Return the fonts of a PDF, each with the letters that it is asked to show."""
    letters: dict[str, str] = {}
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            name = str(font.get_object()["/BaseFont"]).partition("+")[2].replace("-", " ")
            table = font.get_object()["/ToUnicode"].get_object().get_data().decode("latin-1")
            pairs = re.findall(r"<[0-9a-fA-F]+>\s*<([0-9a-fA-F]+)>", table)
            text = "".join(bytes.fromhex(pair).decode("utf-16-be", "replace") for pair in pairs)
            letters[name] = letters.get(name, "") + text
    return letters


def test_a_pdf_sets_each_language_in_its_own_forms(
    mixed: tuple[list[str], dict[str, bytes]],
) -> None:
    fonts = _fonts(mixed[1]["글.pdf"])
    assert set("日本語のテスト") <= set(fonts["Noto Sans JP"])
    assert set("我们学习") <= set(fonts["Noto Sans SC"])
    assert set("骨頭") <= set(fonts["Noto Sans TC"])
    assert set("直接") <= set(fonts["Noto Sans KR"])
    assert "𠀀" in fonts["HanaMinB Medium"]
    assert "ส" in fonts["Noto Sans Thai Bold"]
    assert "Noto Sans Arabic" in fonts and "Noto Sans Devanagari" in fonts
    text = pdf_text(mixed[1]["글.pdf"])
    assert "[U+12000][U+12000][U+12001]" in text
    assert text.count("[U+") == 3
    assert "나랏\u302e말\u302f" in text and "\u25cc" not in text
    assert {"랏", "말"} <= set(fonts["Noto Sans KR"])  # with their tone marks: one font


def test_missing_characters_are_one_problem_for_a_script(
    mixed: tuple[list[str], dict[str, bytes]],
) -> None:
    (message,) = mixed[0]
    assert message == (
        "no font has 3 characters (2 different) of CUNEIFORM: U+12000 CUNEIFORM SIGN A (𒀀), U+12001"
    )


def _faces(page: str) -> Iterator[tuple[str, TTFont]]:
    """Yield the embedded fonts of a page with their families."""
    for rule in re.findall(r"@font-face \{(.*?)\}", page, re.DOTALL):
        family = re.search(r'font-family: "([^"]*)"', rule)
        data = re.search(r"base64,([^)]*)\)", rule)
        assert family and data
        yield family[1], TTFont(io.BytesIO(base64.b64decode(data[1])))


def test_a_page_embeds_what_its_scripts_need(mixed: tuple[list[str], dict[str, bytes]]) -> None:
    page = mixed[1]["글.html"].decode()
    letters: dict[str, set[str]] = {}
    for family, font in _faces(page):
        letters.setdefault(family, set()).update(map(chr, font.getBestCmap()))
    assert set("日本語のテスト") <= letters["post-jp"]
    assert set("我们学习") <= letters["post-sc"]
    assert letters["post-tc"] == set("骨頭")
    assert set("สวัสดีनमस्ते𠀀㐀السلام") <= letters["post-body"]
    # the mark and its syllable are in one font
    assert any({0xB78F, 0x302E} <= set(font.getBestCmap()) for _, font in _faces(page))
    root = tree.parse(page[page.find("<body") :])
    assert [one.get("dir") for one in root.iter("p") if "السلام" in (one.text or "")] == ["rtl"]
    assert {one.text for one in root.iter("span") if one.get("lang") == "ja"} == {
        "日本語のテスト",
        "日本語の",
    }


def test_what_a_language_lacks_comes_from_another_ones_font(tmp_path: Path) -> None:
    text = "---\ntitle: 글\n---\n日本語の文章は。简体中文他们说汉语。\n"
    page = printed(tmp_path, text, editions=("html",))[1]["글.html"].decode()
    seen = {char for family, font in _faces(page) if family == "post-jp"
            for char in map(chr, font.getBestCmap())}  # fmt: skip
    assert set("日本語の文章は简体中他们说汉语") <= seen


def test_a_book_embeds_them_too(mixed: tuple[list[str], dict[str, bytes]]) -> None:
    made = mixed[1]
    css = made["글.epub/EPUB/style/book.css"].decode()
    for name, text in (("noto-sans-jp-400", "日本語のテスト"), ("noto-sans-sc-400", "我们学习")):
        font = TTFont(io.BytesIO(made[f"글.epub/EPUB/fonts/{name}.ttf"]))
        assert set(map(ord, text)) <= set(font.getBestCmap())
    assert '[lang="ja"] { font-family: "hanpan-noto-sans-jp"' in css
    page = etree.fromstring(made["글.epub/EPUB/text/post.xhtml"])
    marked = {one.get("class") for one in page.iter("{*}span") if one.get("class")}
    assert {"script hanaminb", "script noto-sans-arabic"} <= marked


@pytest.mark.parametrize(
    ("head", "text", "lang", "font"),
    [
        ("lang: ja\n", "直接の説明", "ja", "JP"),
        ("", "直接の説明です", "ja", "JP"),
        ("", "我们直接学习", "zh-Hans", "SC"),
        ("lang: zh-TW\n", "直接說明", "zh-TW", "TC"),
        ("lang: zh-CN\n", "直接", "zh-CN", "SC"),
        ("", "直接說明", "ko", "KR"),
        ("lang: ko\n", "直接", "ko", "KR"),
    ],
)
def test_a_post_is_in_the_language_that_it_says_or_shows(
    tmp_path: Path, head: str, text: str, lang: str, font: str
) -> None:
    markdown = f"---\ntitle: {text}\n{head}---\n## {text}\n\n{text} `{text}`\n"
    reading, made = printed(tmp_path, markdown, editions=("pdf",))
    assert reading.document.meta.lang == lang
    fonts = _fonts(made["글.pdf"])
    assert set(text) <= set(fonts[f"Noto Sans {font}"])
    assert set(text) <= set(fonts[f"Noto Sans {font} Bold"])
    in_code = fonts.get("D2Coding", "")
    assert set(in_code).isdisjoint(text) or font == "KR"
    assert [problem for problem in reading.problems if problem.rule == "glyph-missing"] == []


def test_code_stays_two_columns_to_one(tmp_path: Path) -> None:
    code = "| 日本語の | 我们 |\n| ------- | ---- |\n| abcdefgh | abcd |"
    markdown = f"---\ntitle: 直接の\nlang: ja\n---\n```text\n{code}\n```\n"
    _, made = printed(tmp_path, markdown, editions=("pdf",))
    fonts = _fonts(made["글.pdf"])
    assert "日" in fonts["Noto Sans JP"] and "日" not in fonts["D2Coding"]
    face = TTFont(Path("layouts/fonts/noto-sans-jp/NotoSansJP_400Regular.ttf"), lazy=True)
    mono = TTFont(Path("layouts/fonts/d2coding/d2coding.ttf"), lazy=True)
    wide = face["hmtx"][face.getBestCmap()[ord("日")]][0] / face["head"].unitsPerEm
    narrow = mono["hmtx"][mono.getBestCmap()[ord("a")]][0] / mono["head"].unitsPerEm
    assert wide == 2 * narrow


def test_a_running_title_with_signs_is_cut(tmp_path: Path) -> None:
    title = "𒀀" * 40
    text = "문단입니다.\n\n" * 60
    _, made = printed(tmp_path, f"---\ntitle: {title}\n---\n{text}", editions=("pdf",))
    pages = pypdf.PdfReader(io.BytesIO(made["글.pdf"])).pages
    (head,) = [line for line in pages[1].extract_text().split("\n") if "[U+" in line]
    assert "…" in head
    assert 2 < head.count("[U+12000]") < 9
