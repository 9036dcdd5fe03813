"""Types of tables in EPUBs: words are cut for the type in which the site sets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan.editions.epub.table_types import table_types
from hanpan.files import Files, NoNetwork, packaged_layouts
from hanpan.site import Site
from tests.support.every_edition import printed

TABLE = "| 글꼴 | 굵기 | 크기 |\n| --- | --- | --- |\n| 가나 | 다라 | 마바 |\n"


def door(root: Path, css: str) -> Files:
    (root / "layouts/styles").mkdir(parents=True)
    (root / "layouts/styles/epub.css").write_text(css, "utf-8")
    return Files(Site(root), NoNetwork())


@pytest.mark.parametrize(
    ("css", "size", "padding"),
    [
        ("table { font-size: 2em } td { padding: 1em }", 2, 2),
        ("td { padding: 0 .5em 1em }", None, 1),
        ("th, td { padding: 1em .5em 1em 0 }", None, 0.5),
        ("table { font-size: 12px } td { padding: 0 3px }", None, None),
        ("", None, None),
    ],
)
def test_what_the_site_does_not_say_in_em_is_ours(
    tmp_path: Path, css: str, size: float | None, padding: float | None
) -> None:
    ours = table_types(Files(Site(tmp_path / "none"), NoNetwork()))
    theirs = table_types(door(tmp_path, css))
    assert theirs[""].size == (size or ours[""].size)
    assert theirs[""].padding == (padding or ours[""].padding)
    assert theirs["widest"] == ours["widest"]


def test_words_are_cut_for_the_site_s_type(tmp_path: Path) -> None:
    cells = []
    ours = (packaged_layouts() / "styles/epub.css").read_text("utf-8")
    for name, rules in (("ours", ""), ("large", "table { font-size: 1.6em }")):
        own = {"layouts/styles/epub.css": f"{ours}\n{rules}\n".encode()}
        _, made = printed(tmp_path / name, TABLE, editions=("epub",), files=own)
        cells.append(made["글.epub/EPUB/text/post.xhtml"].count(b'class="cut"'))
    assert cells[0] == 0 < cells[1]
