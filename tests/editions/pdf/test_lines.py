"""Lines on real pages, narrow ones too: where they end, and that a copy is what was typed."""

from __future__ import annotations

import json
import random
import re
from itertools import groupby
from pathlib import Path

import pytest

from hanpan.transforms.print.openings import OPENING, open_run
from tests.conformance.pdf_text import Judged, judge
from tests.support.every_edition import printed
from tests.support.pdf.printed_words import printed_words
from tests.support.reading import text_of

pytest.importorskip("pikepdf")
SYLLABLES = "가나다라마바사아자차카타파하고노도로모보소오조초코토포호그는에을이의한글줄끝말"
PIECES = (
    "{0}(한국)에서", "「{0}」", "“{0}”라고", "{0}·{1}", "{0}～{1}", "{0}—{1}", "**{0}**는",
    "`{0}`를", "[{0}](#{1})의", "_{0}_도", "12 kg을", "3.5 GHz", "₩ 12,000", "5 명이", "30 ℃",
    "{0} · {1}", "{0} , {1}", "10~20%", "漢字와", "{0}!?", "{0}…", "x<sup>2</sup>는",
    "**{0}**{1}`{0}`*{1}*을", "Python으로", "C++로", "{0}<b>{1}</b>{0}", "(1,000,000)",
    "〃", "=> -> 10x20", "～",
)  # fmt: skip


def text(seed: int, words: int) -> str:
    """Return words as a post may have them, made up from a number."""
    chance = random.Random(seed)

    def syllables() -> str:
        return "".join(chance.choices(SYLLABLES, k=chance.randint(1, 5)))

    said = []
    for _ in range(words):
        piece = chance.choice(PIECES) if chance.random() < 0.35 else "{0}"
        said.append(piece.format(syllables(), syllables()))
    return " ".join(said)


def everywhere(seed: int) -> str:
    """Return a post with words in headings, lists, tables, captions, notes and callouts."""
    parts = (text(seed * 100 + number, 60) for number in range(20))
    cells = [text(seed * 1000 + number, 6).replace("|", "") for number in range(9)]
    rows = "\n".join(f"| {' | '.join(cells[row : row + 3])} |" for row in (0, 3, 6))
    return (
        f"{next(parts)}\n\n## {text(seed, 14)}\n\n{next(parts)}[^1] {next(parts)}\n\n"
        f"### {text(seed + 1, 22)}\n\n- {next(parts)}\n- {next(parts)}\n  1. {next(parts)}\n\n"
        f"> {next(parts)}\n\n| 하나 | 둘 | 셋 |\n| --- | --- | --- |\n{rows}\n\n"
        f"<figure><figcaption>{text(seed + 2, 30)}</figcaption></figure>\n\n"
        f"## {text(seed + 3, 18)}\n\n{next(parts)}\n{{: .notice--info}}\n\n## 끝\n\n"
        f"{next(parts)}\n\n"
        f"[^1]: {next(parts)}\n"
    )


def judged(
    folder: Path, markdown: str, page: str, toc: str = "true", title: str = text(7, 12)
) -> Judged:
    """Make the PDF of a post on a page, and measure it."""
    front = f'---\ntitle: "{title}"\ntoc: {toc}\npdf:\n  page: {page}\n---\n'
    reading, made = printed(folder, front + markdown, editions=("pdf",))
    path = folder / "made.pdf"
    path.write_bytes(made["글.pdf"])
    return judge(path, json.loads(reading.document.as_json()), [])


@pytest.mark.parametrize(("page", "seed"), [("A4", 1), ("신국판", 2), ("46판", 3), ("A6", 4)])
def test_lines_end_where_klreq_lets_them_on_any_page(tmp_path: Path, page: str, seed: int) -> None:
    found = judged(tmp_path, everywhere(seed), page)
    assert found.lines.turns > 60
    assert (found.lines.broken, found.lines.forbidden) == ([], [])
    assert (found.lost, found.faults) == ((), ())


def test_without_joiners_klreq_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hanpan.editions.pdf.page_text.join_eojeols", lambda root, line: None)
    found = judged(tmp_path, everywhere(1), "A6")
    assert found.lines.forbidden != [] and len(found.lines.broken) > 30


CUT_BY_WEASYPRINT = "<strong>{words} <code>cluster.name</code>이 <code>node_name</code>은</strong>"


def test_no_word_within_bold_type_is_cut_at_a_line_s_end(tmp_path: Path) -> None:
    posts = (CUT_BY_WEASYPRINT.format(words=text(seed, 3 + seed % 9)) for seed in range(60))
    found = judged(tmp_path, "\n\n".join(posts), "신국판")
    assert found.lines.turns > 30
    assert (found.lines.broken, found.lost) == ([], ())


def test_no_line_ends_between_a_word_its_note_mark_and_its_particle(tmp_path: Path) -> None:
    marked = (
        "Canvas[^1]와 {} 말[^1][^2]은 {} `code`[^1]를 {} **굵게**[^2]입니다 (글[^1])라고 API[^1]."
    )
    posts = (
        marked.format(*(text(seed * 3 + n, 3 + seed % 5) for n in range(3))) for seed in range(25)
    )
    notes = "\n\n[^1]: 하나\n[^2]: 둘\n"
    found = judged(tmp_path, "\n\n".join(posts) + notes, "46판", toc="false")
    assert found.lines.turns > 40
    assert (found.lines.broken, found.lines.forbidden, found.lost) == ([], [], ())


def test_an_address_longer_than_the_line_is_cut_and_none_runs_off_the_page(tmp_path: Path) -> None:
    long = "가나다라" * 12 + "x" * 90
    said = (
        f"<strong>앞 <a href='#a'>{long}</a></strong>\n\n<p style='width:1200px'>{text(1, 40)}</p>"
    )
    found = judged(tmp_path, said, "46판")
    assert found.lines.long > 2 and found.lost == ()
    words = printed_words(tmp_path / "made.pdf")
    assert max(word.right for word in words) < (127 - 11) * 72 / 25.4  # the page, less a margin


LATIN = "abcdefghij" * 8
RUNS = {  # wider than a line, and of several elements
    "bold": f"**{LATIN[:50]}**{LATIN[50:]}",
    "code": f"`{LATIN[:30]}`{LATIN[30:]}입니다",
    "codes": ".".join(f"`abcdefgabcdefg{number}`" for number in range(7)),
    "hangul": f"**{'가나다라마' * 5}**{'바사아자차' * 5}`{LATIN}`은",
    "link": f"[https://a.example/{LATIN}](https://a.example)**{LATIN}**",
    "signs": f"**{'─' * 30}**{'=' * 30}**{'1234567890' * 5}**",
    "letters": "".join(f"<b>{letter}</b><i>{letter}</i>" for letter in LATIN[:45]),
    "accents": "**" + "Привет" * 5 + "**" + "е\u0301" * 40,
}
PLACES = (
    "{0}", "- {0}\n  - {0}\n    - {0}", "> {0}\n>\n> > {0}", "## {0}", "글[^{1}]\n\n[^{1}]: {0}",
    "| 가 | {0} | 다 |\n| --- | --- | --- |\n| {0} | 둘 | {0} |", "{0}\n: {0}",
    "<figure><table><tr><td>가</td></tr></table><figcaption>\n\n{0}\n\n</figcaption></figure>",
    "<table><tr><td>가</td><td>\n\n- {0}\n\n</td></tr></table>",
)  # fmt: skip


def test_no_run_of_several_elements_leaves_the_page(tmp_path: Path) -> None:
    runs = [
        place.format(run, f"{name}{at}")
        for at, place in enumerate(PLACES)
        for number, (name, run) in enumerate(RUNS.items())
        if (at + number) % 3 == 0 or at in (0, 5)
    ]
    front = '---\ntitle: "제목"\ntoc: false\npdf:\n  page: 46판\n---\n'
    reading, made = printed(tmp_path, front + "\n\n".join(runs), editions=("pdf",))
    path = tmp_path / "made.pdf"
    path.write_bytes(made["글.pdf"])
    words = printed_words(path)
    assert [word for word in words if word.right > word.paper - 11 * 72 / 25.4 + 1] == []
    letters = "".join(word.text for word in words)
    for letter in "jт─=마차\u0301":
        assert letters.count(letter) == text_of(reading.document).count(letter), letter
    assert OPENING not in letters


def test_a_long_run_is_parted_between_letters_and_their_marks() -> None:
    assert open_run("가나 e\u0301\u0301👍🏽🇰🇷x!", 3, "") == "가나 e\u0301\u0301_👍🏽_🇰🇷_x!".replace(
        "_", OPENING
    )
    assert open_run("bc", 0, "a") == f"{OPENING}b{OPENING}c"
    assert len(open_run("!" * 60, 0, "").split(OPENING)) == 5  # nothing but what begins no line


CODE = """def 인사(이름):
\tif 이름:
\t\treturn "안녕"  # 주석
    값 = {"k":  1}
        긴 = "이 줄은 종이보다 길어서 다음 줄로 넘어가며 " + "넘어간 줄은 들여 놓는다"
"""


def test_code_keeps_its_words_and_its_indentation(tmp_path: Path) -> None:
    found = judged(tmp_path, f"```python\n{CODE}```\n\n끝 문단.", "A5")
    assert (found.lost, found.lines.code) == ((), 1)
    words = printed_words(tmp_path / "made.pdf", text(7, 12))
    lines = [list(of_line) for _, of_line in groupby(words, lambda word: word.line)]
    (first,) = (number for number, line in enumerate(lines) if line[0].text == "def")
    left = lines[first][0].left
    columns = [(line[0].left - left) / (9.8 * 0.83 / 2) for line in lines[first : first + 6]]
    assert [round(column) for column in columns] == [0, 4, 8, 4, 8, 12]  # the last hangs


def pages_of(folder: Path, markdown: str) -> list[list[str]]:
    """Return the lines of each page of a small PDF, without their blanks."""
    title = "제목"  # short, for a running title that is cut would be taken for a last line
    judged(folder, markdown, "A6", toc="false", title=title)
    pages: list[list[str]] = []
    words = printed_words(folder / "made.pdf", title)
    for page, of_page in groupby(words, lambda word: word.page):
        assert page == len(pages) + 1
        lines = groupby(of_page, lambda word: word.line)
        pages.append(["".join(word.text for word in line) for _, line in lines])
    return pages


FOLLOWERS = (
    "{text}", "- {text}\n- {text}", "```\nprint(1)\nprint(2)\n```", "> {text}",
    "| 가 | 나 |\n| --- | --- |\n| 다 | 라 |", "#### 넷째{n}\n\n{text}", "1. 하나\n2. 둘",
    "![그림](none.png)", "<details><summary>접은 글</summary>{text}</details>",
    "용어\n: {text}", "{text}\n{{: .notice}}",
)  # fmt: skip


def test_headings_stand_with_what_follows_and_no_page_begins_or_ends_with_one_line(
    tmp_path: Path,
) -> None:
    parts = []
    for number in range(66):
        chance = random.Random(number)
        follower = FOLLOWERS[number % len(FOLLOWERS)].format(n=number, text=text(number, 25))
        filler = text(number + 999, chance.randint(3, 70))
        parts.append(f"{filler}\n\n### 셋째{number}\n\n{follower}")
    pages = pages_of(tmp_path, "\n\n".join(parts))
    assert len(pages) > 20
    last = [page[-1] for page in pages]
    assert [line for line in last if re.match("[셋넷]째[0-9]", line)] == []


def test_paragraphs_are_parted_two_lines_from_their_ends_at_least(tmp_path: Path) -> None:
    count = 36
    words = [[f"{n}마{m}나다라마바" for m in range(4 + n * 7 % 60)] for n in range(count)]
    pages = pages_of(tmp_path, "\n\n".join(" ".join(paragraph) for paragraph in words))
    parted = 0
    for number in range(count):
        mine = re.compile(rf"(?<!\d){number}마\d")
        shares = [share for page in pages if (share := sum(bool(mine.match(x)) for x in page))]
        parted += len(shares) > 1
        assert len(shares) == 1 or min(shares) >= 2, (number, shares)
    assert parted > 5


def test_short_tables_and_figures_stay_whole_and_long_tables_repeat_their_heads(
    tmp_path: Path,
) -> None:
    short = "| 머리{n} | 값 |\n| --- | --- |\n| 몸{n}가 | 1 |\n| 몸{n}나 | 2 |\n| 몸{n}다 | 3 |"
    figure = (
        "<figure><img src='none.png' alt='없는그림{n}끝'>"
        "<figcaption>설명{n}끝</figcaption></figure>"
    )
    parts = [
        f"{text(n, 5 + n * 13 % 60)}\n\n{(short if n % 2 else figure).format(n=n)}"
        for n in range(28)
    ]
    rows = "\n".join(f"| Row{row} | {row} |" for row in range(60))
    pages = pages_of(tmp_path, "\n\n".join([*parts, f"| 긴머리 | 값 |\n| --- | --- |\n{rows}"]))
    flat = ["".join(page) for page in pages]
    for n in range(28):
        signs = (
            (f"머리{n}값", f"몸{n}가1", f"몸{n}다3") if n % 2 else (f"없는그림{n}끝", f"설명{n}끝")
        )
        assert sum(all(sign in page for sign in signs) for page in flat) == 1, n
    with_rows = [page for page in flat if "Row" in page]
    assert len(with_rows) > 2
    assert all("긴머리값" in page for page in with_rows)
