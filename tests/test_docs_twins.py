"""Every page of the documentation is there in English and in Korean, and both say the same.

The words are translated; what is no word of a language has to agree section by section: headings,
commands and their arguments, settings, figures, tables, pictures and links.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.command import ROOT

DOCS = ROOT / "docs"
KOREAN = DOCS / "ko"
# for those who work on hanpan itself, and the page of PyPI, which has both languages in one
ENGLISH_ALONE = ("conformance", "facts", "pypi", "upstream", "writing")
NAMES = sorted({path.stem for path in DOCS.glob("*.md")} - set(ENGLISH_ALONE))
PAIRS = {
    "README": (ROOT / "README.md", ROOT / "README.ko.md"),
    **{name: (DOCS / f"{name}.md", KOREAN / f"{name}.md") for name in NAMES},
}
FENCE = re.compile(r"^( *)(`{3,})([^\n`]*)\n(.*?)^\1\2$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
COMMENT = re.compile(r"\s*(?:(?<!\S)#(?![!:]).*|/\*.*\*/|\{#.*#\})$")
HANGUL = re.compile("[가-힣]")
pairs = pytest.mark.parametrize(("english", "korean"), PAIRS.values(), ids=PAIRS)


def test_every_page_has_its_twin() -> None:
    assert {path.stem for path in KOREAN.glob("*.md")} == set(NAMES)
    assert all((DOCS / f"{name}.md").is_file() for name in ENGLISH_ALONE)


def fences(page: Path) -> list[tuple[str, list[str]]]:
    """Return the blocks of code: the language, and the lines without what is said in comments."""
    found = []
    for block in FENCE.finditer(page.read_text("utf-8")):
        lines = (COMMENT.sub("", line) for line in block[4].splitlines())
        found.append((block[3], [line for line in lines if line.strip()]))
    return found


def sections(page: Path) -> list[tuple[str, str]]:
    """Return headings and what stands below each, without blocks of code."""
    text = FENCE.sub("", page.read_text("utf-8"))
    parts = re.split(r"^(#+ .+)$", text, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


@pairs
def test_headings_agree(english: Path, korean: Path) -> None:
    ours, theirs = ([heading for heading, _ in sections(page)] for page in (english, korean))
    levels = [[heading.partition(" ")[0] for heading in each] for each in (ours, theirs)]
    assert levels[0] == levels[1]
    for one, other in zip(ours, theirs, strict=True):
        if re.match(r"#+ (?:hanpan |\[)", one):  # a command or a table of settings
            assert one == other


@pairs
def test_blocks_of_code_agree_but_for_comments(english: Path, korean: Path) -> None:
    for one, other in zip(fences(english), fences(korean), strict=True):
        assert one[0] == other[0]
        if one[0]:  # text in a block without a language is translated
            assert one[1] == other[1]


def spans(text: str) -> set[str]:
    joined = re.sub(r"(?<!\n)\n(?!\n)", " ", text)  # what is in the marks may be wrapped
    return {found[2].strip() for found in SPAN.finditer(joined)}


@pairs
def test_commands_settings_and_names_agree(english: Path, korean: Path) -> None:
    for (heading, ours), (_, theirs) in zip(sections(english), sections(korean), strict=True):
        assert spans(theirs) ^ spans(ours) <= WORDS.get(english.stem, set()), heading


# in the marks of code in one language alone: words that commands print
WORDS = {
    "README": {"hanpan show body POST", "hanpan show body 글"},
    "cache": {
        "0 steps run, 4 fresh (4 taken over)",
        "단계 0개 실행, 4개 그대로 (다른 빌드에서 가져온 것 4개)",
    },
    "start": {"no posts found", "글을 찾지 못했습니다"},
}


def figures(text: str) -> set[str]:
    text = re.sub(r"\]\([^)]*\)", "]", SPAN.sub("", text))
    found = set()
    for figure, unit in re.findall(r"(\d[\d.,]*) ?(million|천만|만)?", text):
        number = figure.rstrip(".,")
        found.add(f"{float(number) * UNITS[unit]:.0f}" if unit else number)
    return found


UNITS = {"million": 1_000_000, "천만": 10_000_000, "만": 10_000}


@pairs
def test_figures_agree(english: Path, korean: Path) -> None:
    for (heading, ours), (_, theirs) in zip(sections(english), sections(korean), strict=True):
        assert figures(theirs) == figures(ours), heading


def tables(text: str) -> Iterator[list[list[str]]]:
    for block in re.findall(r"(?:^ *\|.*\|$\n?)+", text, re.MULTILINE):
        yield [
            re.split(r"(?<!\\)\|", re.sub(r"(?<!\\)`[^`\n]*`", _held, line.strip()))[1:-1]
            for line in block.splitlines()
        ]


def _held(span: re.Match[str]) -> str:
    return span[0].replace("|", "\\|")


@pairs
def test_tables_have_the_same_rows_and_columns(english: Path, korean: Path) -> None:
    for (heading, ours), (_, theirs) in zip(sections(english), sections(korean), strict=True):
        for one, other in zip(tables(ours), tables(theirs), strict=True):
            assert [len(row) for row in other] == [len(row) for row in one], heading
            keys = [[row[0].strip() for row in each] for each in (one, other)]
            for key, twin in zip(*keys, strict=True):
                is_name = re.fullmatch(r"(?:`[^`]+`(?:, )?)+", key) and not HANGUL.search(key)
                if is_name and not spans(key) & WORDS.get(english.stem, set()):
                    assert twin == key, heading


def links(page: Path, text: str) -> list[str]:
    """Return where links and pictures lead, a page in Korean as its twin; in what order is free."""
    found = []
    for address in re.findall(r"\]\(([^)\s]+)\)", SPAN.sub("", text)):
        if re.match(r"[a-z]+:", address):
            found.append(address)
            continue
        path, _, fragment = address.partition("#")
        target = Path(os.path.normpath(page.parent / path)) if path else page
        if target.parent == KOREAN:
            target = DOCS / target.name
        target = target.with_stem(target.stem.removesuffix("-ko"))  # pictures of what is printed
        if target in (ROOT / "README.ko.md", ROOT / "README.md"):
            target = ROOT
        found.append(f"{target.relative_to(ROOT)}{'#' if fragment else ''}")
    return sorted(found)


@pairs
def test_links_agree_and_stay_in_their_language(english: Path, korean: Path) -> None:
    for (heading, ours), (_, theirs) in zip(sections(english), sections(korean), strict=True):
        assert links(korean, theirs) == links(english, ours), heading
    text = FENCE.sub("", korean.read_text("utf-8"))
    base = "docs/" if korean.parent == ROOT else "../"
    leaving = set(re.findall(rf"\]\({re.escape(base)}([\w-]+)\.md", text))
    assert leaving & set(NAMES) <= {korean.stem}, "these pages are there in Korean"


@pairs
def test_each_leads_to_the_other(english: Path, korean: Path) -> None:
    for page, twin in ((english, korean), (korean, english)):
        head = page.read_text("utf-8").partition("\n## ")[0]
        targets = re.findall(r"\]\(([^)#\s]+)\)", head)
        assert any(Path(os.path.normpath(page.parent / target)) == twin for target in targets)


@pairs
def test_nothing_is_left_in_english(english: Path, korean: Path) -> None:
    """A paragraph, an item or a row of a table with words of English has words of Korean."""
    text = FENCE.sub("", korean.read_text("utf-8"))
    for block in re.split(r"\n\s*\n|\n(?=[*|] )", text):
        words = SPAN.sub("", re.sub(r"\]\([^)]*\)", "]", block))
        if len(re.findall(r"\b(?:the|a|of|is|are|and|in|to|that)\b", words)) > 2:
            assert HANGUL.search(words), block
