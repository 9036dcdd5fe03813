"""Paragraphs on real pages: their lines are chosen together, and a copy is what was typed."""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from hanpan.editions.pdf.paragraphs import plan
from tests.conformance.rivers import WIDE, Rivers, SetLine, measure, set_lines
from tests.support.every_edition import SITE, printed
from tests.support.pdf.printed_words import printed_words

pytest.importorskip("pikepdf")
SYLLABLES = "가나다라마바사아자차카타파하고노도로모보소오조초코토포호그는에을이의한글줄끝말"
NARROW = '[pdf]\npage = "46판"\nqr = false\n'
MARGINS = (11, 12)  # mm at the right of a page of 46판: of right pages, which come first, and left
MARKS = "`코드`", "**굵게**", "[이음](https://example.com)", "漢字를", "$x^2$와", "말(漢字)", "—"


def words(seed: int, count: int, marked: float = 0.2) -> str:
    """Return words that a number makes up, some of them with marks."""
    chance = random.Random(seed)
    return " ".join(
        chance.choice(MARKS)
        if chance.random() < marked
        else "".join(chance.choices(SYLLABLES, k=chance.choice((1, 2, 2, 3, 3, 3, 4, 4, 5))))
        for _ in range(count)
    )


def pdf_of(folder: Path, text: str, site: str = NARROW) -> Path:
    """Write the PDF of a post into a folder of its own, and return its path."""
    folder.mkdir(exist_ok=True)
    image = io.BytesIO()
    Image.new("RGB", (60, 12), "#0b6b5d").save(image, "PNG")
    files = {"site.toml": (SITE + site).encode(), "x.png": image.getvalue()}
    _, made = printed(folder, text, editions=["pdf"], files=files)
    path = folder / "글.pdf"
    path.write_bytes(made["글.pdf"])
    return path


@pytest.fixture
def greedy(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that has WeasyPrint choose the lines."""
    from hanpan.editions.pdf.patches import whole_paragraphs

    return lambda: monkeypatch.setattr(whole_paragraphs, "_plan", lambda *_: None)


def from_edge(line: SetLine) -> float:
    """Return how far a line is from the right edge of its page's text, in points."""
    return abs(line.right - (127 - MARGINS[line.page % 2]) / 25.4 * 72)


def measured(path: Path) -> tuple[Rivers, list[SetLine]]:
    return measure(path), list(set_lines(path))


PROSE = "\n\n".join(words(seed, 90, 0) for seed in range(12))


def test_lines_have_no_holes_and_end_at_the_edge(tmp_path: Path, greedy: Any) -> None:
    whole, lines = measured(pdf_of(tmp_path / "whole", PROSE))
    assert len(whole.gaps) > 50 and whole.wide == 0
    flush = [line for line in lines if from_edge(line) < 2]
    assert len(flush) > 50
    assert all(from_edge(line) < 0.5 for line in flush)
    greedy()
    filled, _ = measured(pdf_of(tmp_path / "greedy", PROSE))
    assert filled.wide > 2  # the measure sees holes
    assert whole.at(0.9) < filled.at(0.9) - 0.05


def test_a_copy_is_what_it_was(tmp_path: Path, greedy: Any) -> None:
    text = f"{PROSE}\n\n> {words(20, 60)}\n\n{words(21, 40)}[^1] {words(22, 40)}\n\n[^1]: 주석.\n"
    chosen = printed_words(pdf_of(tmp_path / "whole", text), "제목")
    greedy()
    filled = printed_words(pdf_of(tmp_path / "greedy", text), "제목")
    assert _joined(chosen) == _joined(filled)
    assert [word.line for word in chosen] != [word.line for word in filled]


def _joined(placed: Any) -> str:
    return "".join(word.text for word in placed).replace("\u2060", "")


def test_what_stretches_too_far_is_flush_left(tmp_path: Path, greedy: Any) -> None:
    names = " ".join(f"{'가나다라'[: 2 + at % 3]}(internationalization{at})" for at in range(40))
    lines = list(set_lines(pdf_of(tmp_path / "ragged", f"{words(1, 60)}\n\n{names}")))
    assert sum(from_edge(line) < 0.5 for line in lines) > 3  # the first paragraph's
    assert all(line.mean_gap < WIDE for line in lines)
    greedy()
    lines = list(set_lines(pdf_of(tmp_path / "greedy", f"{words(1, 60)}\n\n{names}")))
    assert any(line.mean_gap > WIDE for line in lines)


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        (f"{words(1, 30)}<br>{words(2, 30)}", True),
        (f'{words(3, 30)} <img src="/x.png" alt="" width="30"> {words(4, 30)}', True),
        (f"{words(5, 30)} `{'x' * 12}` [{words(6, 12, 0)}](https://a.example) {words(7, 9)}", True),
        (f"{words(8, 30)}\u00ad{words(9, 30)}", False),
        (f"{words(8, 30)} שלום {words(9, 30)}", False),
    ],
    ids=["breaks", "picture", "code and link", "soft hyphen", "right to left"],
)
def test_what_cannot_be_measured_is_set_as_before(
    tmp_path: Path, text: str, is_whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = []

    def noted(*arguments: Any) -> Any:
        plans.append(choose(*arguments))
        return plans[-1]

    from hanpan.editions.pdf.patches import whole_paragraphs

    choose = plan.plan_for
    monkeypatch.setattr(whole_paragraphs, "plan_for", noted)
    lines = list(set_lines(pdf_of(tmp_path, text)))
    assert len(lines) > 3
    assert any(each.paragraph for each in plans) is is_whole
    assert any(len(each.lines) > 3 for each in plans) is is_whole


def test_a_paragraph_goes_on_over_pages_and_beside_floats(tmp_path: Path) -> None:
    """A float takes room from some lines; the others are chosen for the room that is left."""
    image = '<img src="/x.png" alt="" width="150" height="90" style="float:left">'
    text = f"{image}{words(30, 1200, 0)}\n\n{words(31, 60, 0)}"
    shown = _joined(printed_words(pdf_of(tmp_path, text), "제목"))
    wanted = f"{words(30, 1200, 0)}{words(31, 60, 0)}".replace(" ", "")
    assert wanted in shown.replace(" ", "")
    rivers = measure(tmp_path / "글.pdf")
    assert rivers.share < 0.05 and len(rivers.gaps) > 80


def test_styles_of_a_paragraph_are_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tracking is rounded, or each line of a book would have a style of its own."""
    steps = {line.tracking for seed in range(3) for line in _plans(tmp_path, seed, monkeypatch)}
    assert 3 < len(steps) <= 31


def _plans(folder: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    from hanpan.editions.pdf.patches import whole_paragraphs

    lines: list[Any] = []

    def noted(*arguments: Any) -> Any:
        chosen = plan.plan_for(*arguments)
        lines.extend(chosen.lines)
        return chosen

    with monkeypatch.context() as patched:
        patched.setattr(whole_paragraphs, "plan_for", noted)
        pdf_of(folder, words(seed, 200))
    return lines
