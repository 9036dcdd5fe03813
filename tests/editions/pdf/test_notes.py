"""Footnotes on printed pages, judged by what is in the file."""

from __future__ import annotations

import io
import random
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest

from hanpan.document import Document
from hanpan.editions.pdf.laid_out import footnotes as pdf_notes
from tests.editions.pdf.test_render import PROSE, document, elements, files, pdf_of
from tests.support.referees.verapdf import failures

BACK = '<a href="#fnref-{0}" class="footnote-back">↩︎</a>'


def mark(number: int, times: str = "") -> str:
    return (
        f'<sup class="footnote-mark"><a href="#fn-{number}" class="footnote-ref"'
        f' id="fnref-{number}{times}">{number}</a></sup>'
    )


def post(root: Path, body: str, notes: list[str], page: str = "A4") -> Document:
    """Return a post with these notes, each the inside of its `<li>`."""
    items = "\n".join(f'<li id="fn-{n}">{note}</li>' for n, note in enumerate(notes, 1))
    made = document(root, f'{body}<section class="footnotes">\n<ol>\n{items}\n</ol></section>')
    own = (("page", page), ("attach_source", False))
    return replace(made, headings=(), meta=replace(made.meta, pdf=own))


def simple(number: int, words: str) -> str:
    return f"<p>각주{number}번 {words}{BACK.format(number)}</p>"


def page_texts(data: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def lines_of(folder: Path, data: bytes) -> list[str]:
    """Return the lines as pdftotext reads them."""
    (folder / "post.pdf").write_bytes(data)
    run = subprocess.run(["pdftotext", folder / "post.pdf", "-"], capture_output=True, check=True)
    return run.stdout.decode().splitlines()


def heights(data: bytes, sought: str) -> list[float]:
    """Return where texts stand on page one, in CSS pixels from its top, in reading order."""
    found: list[float] = []

    def visit(text: str, _cm: Any, matrix: Any, _font: Any, _size: float) -> None:
        if sought in text:
            found.append(float(matrix[5]))

    pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text(visitor_text=visit)
    return found


def tags(element: Any) -> Iterator[str]:
    """Yield the kinds of the structure elements right below an element."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield str(kid.S)


def test_a_note_stands_at_the_foot_of_the_page_with_its_mark(tmp_path: Path) -> None:
    body = f"<p>첫 낱말{mark(1)}이다.</p>" + f"<p>{PROSE * 9}</p>" * 5 + f"<p>끝 낱말{mark(2)}.</p>"
    data = pdf_of(
        post(tmp_path, body, [simple(1, "앞의 글"), simple(2, "뒤의 글")]), files(tmp_path)
    )
    pages = page_texts(data)
    assert len(pages) > 2
    assert "각주1번 앞의 글" in pages[0] and "각주2번 뒤의 글" in pages[-1]
    assert sum(text.count("각주1번") for text in pages) == 1
    (height,) = heights(data, "각주1번")
    foot = (297 - 28) / 25.4 * 96
    assert foot - 20 < height < foot
    assert pages[0].index("첫 낱말") < pages[0].rindex("어절이") < pages[0].index("각주1번")


def test_notes_are_tagged_with_number_and_way_back(tmp_path: Path) -> None:
    body = f"<p>낱말{mark(1)}과 또{mark(2)}, 다시{mark(1, '-2')}.</p>"
    code = '<pre><code class="language-python">print(1)\n</code></pre>'
    data = pdf_of(post(tmp_path, body, [simple(1, "글"), code + BACK.format(2)]), files(tmp_path))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = list(elements(pdf))
        notes = [item for item in found if item.S == "/Note"]
        notes.sort(key=lambda note: str(note.ID))
        references = [item for item in found if item.S == "/Reference"]
    assert [str(note.ID) for note in notes] == ["note-1", "note-2"]
    assert [list(tags(note)) for note in notes] == [["/Lbl", "/P"], ["/Lbl", "/Div"]]
    assert [list(tags(item)) for item in references] == [["/Link"]] * 3
    names = pypdf.PdfReader(io.BytesIO(data)).named_destinations
    assert {"fn-1", "fnref-1", "fn-2", "fnref-2", "fnref-1-2"} <= set(names)


def test_a_note_stands_alone_whatever_its_mark_stands_in(tmp_path: Path) -> None:
    places = [
        "<h2>머리글{0}</h2><p>글</p>",
        "<ul><li>항목{0}</li></ul>",
        "<table><thead><tr><th>머리{0}</th></tr></thead><tbody><tr><td>칸</td></tr></tbody></table>",
        "<table><tbody><tr><td>칸{0}</td></tr></tbody></table>",
        "<blockquote><p>인용{0}</p></blockquote>",
        '<div class="notice--info"><p>알림{0}</p></div>',
        "<details><summary>접힌 글{0}</summary><p>글</p></details>",
        "<p><em>강조{0}</em>한 <u>밑줄</u></p>",
        "<dl><dt>말{0}</dt><dd>뜻</dd></dl>",
    ]
    body = "".join(place.format(mark(n)) for n, place in enumerate(places, 1))
    notes = [simple(n, "글") for n in range(1, len(places) + 1)]
    data = pdf_of(post(tmp_path, body, notes), files(tmp_path))
    text = "".join(page_texts(data))
    assert re.findall(r"각주(\d)번", text) == [str(n) for n in range(1, len(places) + 1)]
    file = tmp_path / "post.pdf"
    file.write_bytes(data)
    assert failures([file], "ua1") == failures([file], "3a") == {"post.pdf": []}


def test_what_a_note_holds_comes_out_as_it_was(tmp_path: Path) -> None:
    note = (
        "<p>첫 문단의\n줄은 <b>하나 </b> 이다.</p>\n<p>둘째 문단.</p>\n"
        "<ul>\n<li>목록 하나</li>\n<li>목록 둘</li>\n</ul>\n"
        "<table><tbody><tr>\n<td>칸</td><td>둘</td></tr></tbody></table>"
        f"<pre><code>a = 1\n\nb = 2\n</code></pre>{BACK.format(1)}"
    )
    data = pdf_of(post(tmp_path, f"<p>글{mark(1)}</p>", [note]), files(tmp_path))
    lines = lines_of(tmp_path, data)
    assert "첫 문단의 줄은 하나 이다." in lines  # WeasyPrint keeps white space in its footnotes
    lines = [line.rstrip("\ufe0e") for line in lines]
    assert {"둘째 문단. ↩", "• 목록 하나", "a = 1", "b = 2"} <= set(lines)
    first, second = heights(data, "목록")
    assert 10 < second - first < 25  # no empty line between


@pytest.mark.parametrize("page", ["A4", "46판"])
def test_no_eojeol_is_split_at_its_mark(tmp_path: Path, page: str) -> None:
    count = 20
    words = " ".join(f"어절이{mark(n)}라고 {'줄을 ' * (n % 5)}" for n in range(1, count + 1))
    notes = [simple(n, "글") for n in range(1, count + 1)]
    data = pdf_of(post(tmp_path, f"<p>{words}</p>", notes, page), files(tmp_path))
    said = re.findall(r"어절이(\d+)라고", "\n".join(page_texts(data)))
    assert said == [str(n) for n in range(1, count + 1)]


def test_no_note_is_lost_and_each_follows_its_mark(tmp_path: Path) -> None:
    chance = random.Random(3)
    texts, notes = [], []
    for number in range(1, 51):
        texts.append(f"<li>{'낱말 ' * chance.randint(1, 60)}표{number}의{mark(number)} 뒤</li>")
        notes.append(simple(number, "각주의 말 " * chance.choice([1, 8, 30])))
    data = pdf_of(post(tmp_path, f"<ul>{''.join(texts)}</ul>", notes, "46판"), files(tmp_path))
    pages = page_texts(data)
    stand = {n: at for at, text in enumerate(pages) for n in re.findall(r"각주(\d+)번", text)}
    marked = {n: at for at, text in enumerate(pages) for n in re.findall(r"표(\d+)의", text)}
    assert len(stand) == len(marked) == 50
    assert all(0 <= stand[number] - marked[number] <= 1 for number in marked)
    assert re.findall(r"각주(\d+)번", "".join(pages)) == [str(n) for n in range(1, 51)]


def test_the_note_of_a_page_s_last_line_stays_near_its_mark(tmp_path: Path) -> None:
    # each line has a note, so that a page ends where the notes of a line have no room:
    # WeasyPrint alone loses them, and all notes are then set at the end of the post
    chance = random.Random(0)
    paragraphs: list[str] = []
    notes: list[str] = []
    for _ in range(9):
        lines = []
        for _ in range(chance.randint(2, 6)):
            number = len(notes) + 1
            lines.append(f"표{number}의{mark(number)} 줄")
            notes.append(simple(number, "각주의 말 " * chance.choice([1, 1, 12])))
        paragraphs.append(f"<p>{'<br/>'.join(lines)}</p>")
    data = pdf_of(post(tmp_path, "".join(paragraphs), notes, "46판"), files(tmp_path))
    pages = page_texts(data)
    stand = {n: at for at, text in enumerate(pages) for n in re.findall(r"각주(\d+)번", text)}
    marked = {n: at for at, text in enumerate(pages) for n in re.findall(r"표(\d+)의", text)}
    assert len(stand) == len(marked) == len(notes)
    assert all(0 <= stand[number] - marked[number] <= 1 for number in marked)


def test_a_note_as_long_as_a_page_stands_at_the_end(tmp_path: Path) -> None:
    notes = [simple(1, PROSE * 30 + "여기까지"), simple(2, "짧은 글")]
    body = f"<p>긴 것{mark(1)}, 짧은 것{mark(2)}.</p>" + f"<p>{PROSE * 12}</p>"
    made = post(tmp_path, body, notes, "A5")
    pages = page_texts(pdf_of(made, files(tmp_path)))
    assert "각주2번 짧은 글" in pages[0] and "각주1번" not in pages[0]
    text = "".join(pages)
    assert text.index("각주1번") > text.index("짧은 글")
    assert text.count("여기까지") == 1


@pytest.mark.parametrize(
    ("before", "behind", "stays"),
    [
        ("<h2>참고한 글</h2>", "", True),
        ("<h3>참고한 글</h3>", "<h2>다음</h2><p>글</p>", True),
        ("<h2>참고한 글</h2>", "<p>뒤의 글</p>", False),
        ("<h2>참고한 글</h2><p>앞의 글</p>", "", False),
    ],
)
def test_notes_with_a_heading_of_their_own_stay_under_it(
    tmp_path: Path, before: str, behind: str, stays: bool
) -> None:
    made = post(tmp_path, f"<p>글{mark(1)}</p>{before}", [simple(1, "글")])
    data = pdf_of(replace(made, body=made.body + behind), files(tmp_path))
    (height,) = heights(data, "각주1번")
    assert (height < 800) == stays  # of 1123 CSS pixels
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert [str(item.S) for item in elements(pdf)].count("/Note") == 1


def test_notes_that_do_not_fit_are_set_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def is_whole(*_: object) -> bool:
        asked.append(len(asked) > 0)
        return asked[-1]

    monkeypatch.setattr("hanpan.editions.pdf.engine.are_notes_whole", is_whole)
    body = f"<p>글{mark(1)}</p>" + f"<p>{PROSE * 12}</p>" * 3
    pages = page_texts(pdf_of(post(tmp_path, body, [simple(1, "글")]), files(tmp_path)))
    assert asked == [False, True] and "각주1번" in pages[-1] and "각주1번" not in pages[0]


def test_a_note_that_sticks_out_of_its_page_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[bool] = []

    def look(*given: Any) -> bool:
        found.append(pdf_notes.are_notes_whole(*given))
        return found[-1]

    monkeypatch.setattr("hanpan.editions.pdf.engine.are_notes_whole", look)
    monkeypatch.setattr("hanpan.editions.pdf.typesetter._LONGEST_NOTE", 99.0)
    notes = [simple(1, PROSE * 40)]
    pages = page_texts(pdf_of(post(tmp_path, f"<p>글{mark(1)}</p>", notes, "A5"), files(tmp_path)))
    assert found == [False, True] and "".join(pages).count("깐 것도") == 40
