"""Chromium is the referee of a page's formulas: what stretches is as tall or wide as it must be."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageOps

from tests.support.every_edition import printed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.conformance
TALL = r"\frac{\dfrac{1}{2}}{\dfrac{3}{4}}"
TALLER = {  # formula -> its operator that is as tall as what is beside it
    rf"\left({TALL}\right.": "(",
    rf"\left[{TALL}\right.": "[",
    rf"\left\{{{TALL}\right.": "{",
    rf"\left|{TALL}\right.": "|",
    rf"\left\lfloor{TALL}\right.": "⌊",
    rf"\left\langle{TALL}\right.": "⟨",
    r"\begin{cases}1\\2\\3\end{cases}": "{",
    r"\begin{pmatrix}1\\2\\3\end{pmatrix}": "(",
}
WIDER = {  # formula -> whether its mark, as wide as it, is at its head or at its foot
    r"\widehat{abcd}": "head",
    r"\widetilde{abcd}": "head",
    r"\overline{abcd}": "head",
    r"\overbrace{abcd}": "head",
    r"\underbrace{abcd}": "foot",
    r"\overrightarrow{abcd}": "head",
    r"\xrightarrow{abcdefgh}": "foot",
    r"\xLeftrightarrow{abcdefgh}": "foot",
    r"\xlongequal{abcdefgh}": "foot",
}
LONG = "abcdefghijklmnopqrstuvwxyz"
WHOLE = {rf"\overbrace{{{LONG}}}": "head", rf"\underbrace{{{LONG}}}": "foot"}
STRUCK = (r"\cancel{abcd}", r"\bcancel{abcd}", r"\sout{abcd}")
ACCENTS = r"\hat{y}\bar{y}\dot{y}\vec{y}"
ALIGNED = r"\begin{align}a&=b\\3abc&=b\end{align}"
MEASURE = """() => [...document.querySelectorAll('math')].map(
  math => [...math.querySelectorAll("mo")].map(
    mo => [mo.textContent, mo.getBoundingClientRect().height]))"""


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Page]:
    """A page of all formulas, the last of them without marks."""
    folder = tmp_path_factory.mktemp("page")
    post = "\n\n".join(
        f"$${tex}$$" for tex in (*TALLER, *WIDER, *STRUCK, *WHOLE, LONG, ACCENTS, ALIGNED, "abcd")
    )
    _, made = printed(folder, post, editions=("html",))
    (folder / "post.html").write_bytes(made["글.html"])
    tab = chromium.new_page(viewport={"width": 900, "height": 900})
    tab.goto((folder / "post.html").as_uri())
    tab.evaluate("document.fonts.ready")
    yield tab
    tab.close()


def picture(tab: Page, number: int) -> Image.Image:
    """Return a formula as it is painted, its ink white, without what is around it."""
    shot = tab.locator("math").nth(number).screenshot()
    ink = ImageOps.invert(Image.open(io.BytesIO(shot)).convert("L"))
    ink = ink.point([0] * 100 + [255] * 156)
    return ink.crop(ink.getbbox())


def test_brackets_are_as_tall_as_what_they_hold(tab: Page) -> None:
    formulas: list[list[tuple[str, float]]] = tab.evaluate(MEASURE)
    heights = {
        tex: max(height for text, height in operators if text == sign)
        for (tex, sign), operators in zip(TALLER.items(), formulas, strict=False)
    }
    assert {tex: height for tex, height in heights.items() if height < 50} == {}


def test_accents_and_arrows_are_as_wide_as_what_they_are_of(tab: Page) -> None:
    plain = picture(tab, -1).width
    narrow = {}
    for number, (tex, place) in enumerate(WIDER.items(), len(TALLER)):
        ink = picture(tab, number)
        top = 0 if place == "head" else ink.height - 6
        left, _, right, _ = ink.crop((0, top, ink.width, top + 6)).getbbox() or (0, 0, 0, 0)
        if right - left < 0.5 * plain:
            narrow[tex] = right - left
    assert narrow == {}


def test_a_long_brace_is_painted_to_its_end(tab: Page) -> None:
    plain = picture(tab, -4).width
    for number, (tex, place) in enumerate(WHOLE.items(), len(TALLER) + len(WIDER) + len(STRUCK)):
        ink = picture(tab, number)
        top = 0 if place == "head" else ink.height - 9
        left, _, right, _ = ink.crop((0, top, ink.width, top + 9)).getbbox() or (0, 0, 0, 0)
        assert right - left > 0.95 * plain, tex


@pytest.mark.parametrize("mark", "^¯˙→")
def test_an_accent_is_of_full_size(mark: str, tab: Page) -> None:
    size = tab.evaluate(
        """mark => { const sign = [...document.querySelectorAll('mover > mo')].findLast(
          mo => mo.textContent === mark); return [sign, sign.parentElement].map(
          one => getComputedStyle(one).fontSize) }""",
        mark,
    )
    assert size[0] == size[1]


def test_columns_are_aligned(tab: Page) -> None:
    shorter, longer = tab.evaluate(
        """() => [...document.querySelectorAll('math')].at(-2).querySelectorAll('mtr').values()
          .map(row => row.querySelector('mtd').lastElementChild.getBoundingClientRect().right)
          .toArray()"""
    )
    assert abs(shorter - longer) < 2


def test_what_is_struck_has_a_line_across(tab: Page) -> None:
    first = len(TALLER) + len(WIDER)
    plain = picture(tab, -1).histogram()[255]
    for number, tex in enumerate(STRUCK, first):
        assert picture(tab, number).histogram()[255] > 1.15 * plain, tex
