"""Formulas that can be read and not drawn are told by each edition that needs the drawing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from hanpan.document import Reading
from hanpan.editions import EDITIONS, Rendered, renderer
from hanpan.files import Files
from hanpan.site import load_site
from tests.support.every_edition import printed
from tests.support.reading import Web, body_of, read_post

DEEP = r"\sqrt{" * 100 + "x" + "}" * 100  # MathJax reads it, and finds no room to draw it
SITE = '[crosspost]\nplatforms = ["tistory", "velog"]\n'


@pytest.fixture(scope="module")
def rendered(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Reading, dict[str, Rendered]]]:
    folder, web = tmp_path_factory.mktemp("deep"), Web()
    post = f"---\ntitle: 제목\n---\n글 $x_2$.\n\n$${DEEP}$$\n"
    reading = read_post(folder, post, site=SITE, web=web)
    files = Files(load_site(folder), web)
    yield reading, {name: renderer(name)(reading.document, files) for name in EDITIONS}


def test_each_edition_tells_of_it_once(rendered: tuple[Reading, dict[str, Rendered]]) -> None:
    reading, made = rendered
    assert [problem for problem in reading.problems if problem.rule == "math"] == []
    told = {
        name: [
            problem.message
            for problem in one.problems
            if problem.rule == "math" and problem.path == reading.document.source
        ]
        for name, one in made.items()
    }
    assert told.pop("html") == told.pop("site") == []
    cut = DEEP[:79]
    assert told == {
        "pdf": [f"pdf: the formula `{cut}…` cannot be drawn and is shown as TeX"],
        "epub": [
            f"epub: the formula `{cut}…` cannot be drawn and has no picture beside its MathML"
        ],
        "crosspost": [f"payloads: the formula `{cut}…` cannot be drawn and is shown as TeX"],
    }


BLANK = (r"\quad", r"\,", r"\hspace{1em}", r"\phantom{x}", r"\text{ }", r"\vphantom{\frac ab}")


@pytest.mark.parametrize("tex", BLANK)
def test_formulas_of_blanks_are_blank_and_not_tex(tmp_path: Path, tex: str) -> None:
    _, made = printed(tmp_path, f"앞 ${tex}$ 뒤\n", editions=("pdf",))
    text = pypdf.PdfReader(io.BytesIO(made["글.pdf"])).pages[0].extract_text()
    assert "\\" not in text and "phantom" not in text


@pytest.mark.parametrize("tex", [r"\sqrt{}", r"\frac{}{}", r"\boxed{}"])
def test_signs_around_nothing_are_shown(tmp_path: Path, tex: str) -> None:
    assert len(list(body_of(tmp_path, f"앞 ${tex}$ 뒤\n").iter("math"))) == 1
