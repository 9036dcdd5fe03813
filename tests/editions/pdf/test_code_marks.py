"""Numbers of lines and turns of code: on paper, and never in a text that is copied."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pypdf
import pytest

from hanpan import tree
from hanpan.editions.pdf.page import POINTS, printed_page
from hanpan.site import Pdf
from tests.editions.pdf.test_metrics import rows_of
from tests.support.every_edition import printed

LONG = "print('" + "가나다 " * 40 + "끝')"
NUMBERED = f"""
```python linenos startFrom="98"
def f(x):
    {LONG}
    return x
```

{{% highlight python linenos %}}
뒤 = 1
{{% endhighlight %}}

```python
{LONG}
```
"""


def pages_of(folder: Path, markdown: str) -> tuple[bytes, str]:
    """Return a post's PDF, and what is drawn on its pages outside of any text."""
    _, made = printed(folder, markdown, editions=("pdf",))
    with pikepdf.open(io.BytesIO(made["글.pdf"])) as pdf:
        drawn = "".join(page.Contents.read_bytes().decode("latin-1") for page in pdf.pages)
    return made["글.pdf"], drawn


def marks(drawn: str) -> int:
    """Return how many letters the last artifact of each page draws as outlines."""
    return sum(
        part.count(" f Q") for part in re.findall(r"/Artifact BMC q\n(.*?)Q EMC", drawn, re.S)
    )


def test_numbers_and_turns_are_drawn_and_are_no_text(tmp_path: Path) -> None:
    data, drawn = pages_of(tmp_path, NUMBERED)
    _, plain = pages_of(tmp_path, NUMBERED.replace(LONG, "y"))
    assert marks(plain) == 2 + 2 + 3 + 1  # 98, 99, 100; 1
    turned = marks(drawn) - marks(plain)
    assert turned >= 4  # two lines, of three rows or more
    texts = [" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)]
    if shutil.which("pdftotext"):
        command = ["pdftotext", "-", "-"]
        texts.append(
            subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()
        )
    for text in texts:
        assert not re.search(r"\b(98|99|100)\b|↩", text)
        assert re.sub(r"\s", "", LONG) in re.sub(r"\s", "", text)


def places(drawn: str) -> list[tuple[float, float]]:
    """Return where the letters of the marks begin and how wide an em of them is, in points."""
    found = []
    for part in re.findall(r"/Artifact BMC q\n(.*?)Q EMC", drawn, re.DOTALL):
        for scale, x in re.findall(r"q ([\d.]+) 0 0 -[\d.]+ ([\d.]+) [\d.]+ cm", part):
            found.append((float(x), float(scale)))
    return found


def test_numbers_stand_flush_between_the_frame_and_the_code(tmp_path: Path) -> None:
    code = "\n".join(f"x{n}" for n in range(3))
    data, drawn = pages_of(tmp_path, f'```python linenos startFrom="9"\n{code}\n```')
    rows = {text.strip(): (x, size) for text, x, size in rows_of(data)}
    left, size = rows["x0"]
    ((nine, em), (one, _), (zero, _), (eleven, _), _) = places(drawn)
    assert one == pytest.approx(eleven) and zero == pytest.approx(nine)  # 9, 10, 11
    assert one + em / 2 == pytest.approx(zero, abs=0.1)
    gap = left - (nine + em / 2)
    assert 0.5 * size < gap < 1.2 * size
    frame = min(x for _, x, _ in rows_of(data))  # of the text's edge
    assert frame < one


def test_a_turn_stands_right_of_the_row_that_it_ends(tmp_path: Path) -> None:
    data, drawn = pages_of(tmp_path, f"```python\n{LONG}\n```")
    page = printed_page(Pdf())
    right = (page.width - page.outside) * POINTS  # page one is a right page
    code = min(x for text, x, _ in rows_of(data) if "print" in text)
    turns = places(drawn)
    assert len(turns) >= 2 and len({x for x, _ in turns}) == 1
    x, size = turns[0]
    assert code < right - 3 * size < x < right + size


def test_marks_have_straight_edges_and_curves(tmp_path: Path) -> None:
    _, drawn = pages_of(tmp_path, '```python linenos startFrom="10"\nx\n```')
    one, zero = re.findall(r" cm ([^q]*?) f Q", drawn)
    assert len(re.findall(r" l\b", one)) >= 4
    assert len(re.findall(r" c\b", zero)) >= 8


def test_code_without_long_lines_or_numbers_has_no_marks(tmp_path: Path) -> None:
    assert marks(pages_of(tmp_path, "```python\nx = 1\n```")[1]) == 0


@pytest.mark.parametrize("edition", ["글.html", "글.epub/EPUB/text/post.xhtml"])
def test_screens_show_numbers_that_are_no_text(tmp_path: Path, edition: str) -> None:
    _, made = printed(tmp_path, NUMBERED, editions=("html", "epub"))
    root = tree.parse(made[edition].decode())
    lines = [line for line in root.iter("span") if line.get("data-line")]
    assert [line.get("data-line") for line in lines] == ["98", "99", "100", "1"]
    assert tree.text_of(lines[0]) == "def f(x):\n"
    style = made["글.html" if edition == "글.html" else "글.epub/EPUB/style/book.css"].decode()
    assert "content: attr(data-line)" in style


def test_payloads_have_the_code_alone(tmp_path: Path) -> None:
    _, made = printed(tmp_path, NUMBERED, editions=("crosspost",))
    bodies = [data.decode() for name, data in made.items() if name.endswith(("body.html", ".md"))]
    assert bodies and not any("data-line" in body or "data-numbers" in body for body in bodies)


@pytest.mark.parametrize(
    ("opening", "numbers"),
    [
        ("```js {linenos=table,linenostart=7}", ["7", "8"]),
        ("```js{numberLines: 5}", ["5", "6"]),
        ("```js:line-numbers", ["1", "2"]),
        ("``` {.js .numberLines}", ["1", "2"]),
        ("```js showLineNumbers", ["1", "2"]),
        ("```js {linenos=false}", []),
        ('```js title="linenos"', []),
    ],
)
def test_each_way_to_ask_for_numbers(tmp_path: Path, opening: str, numbers: list[str]) -> None:
    _, made = printed(tmp_path, f"{opening}\na\nb\n```", editions=("html",))
    root = tree.parse(made["글.html"].decode())
    assert [line.get("data-line") for line in root.iter("span") if line.get("data-line")] == numbers
