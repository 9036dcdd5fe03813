"""Narrow pages of an EPUB: rules for the tables that fold, and places in long words."""

from __future__ import annotations

from pathlib import Path

from tests.support.every_edition import printed

WIDE = "| 이름 | 값 | 설명 |\n|---|---|---|\n| 가 | `true` | 낱말이 여럿인 설명이 이어진다 |\n"
NARROW = "| 가 | 나 |\n|---|---|\n| 1 | 2 |\n"


def made(folder: Path, body: str, **more: bytes) -> tuple[str, str]:
    """Return the page and the stylesheet of a post's EPUB."""
    own = {f"layouts/styles/{name}.css".replace("_", "-"): css for name, css in more.items()}
    _, artifacts = printed(folder, body, editions=("epub",), files=own)
    page = artifacts["글.epub/EPUB/text/post.xhtml"].decode()
    return page, artifacts["글.epub/EPUB/style/book.css"].decode()


def test_a_book_has_rules_for_the_widths_at_which_its_tables_fold(tmp_path: Path) -> None:
    page, css = made(tmp_path, f"{WIDE}\n\n{NARROW}")
    assert page.count('<div class="table-frame">') == 2 and page.count('class="folds') == 1
    (width,) = [word.strip('"') for word in page.split() if word.startswith("fold-")]
    width = width.removeprefix("fold-").split('"')[0]
    assert css.count("@container") == 1 and f"@container (max-width: {width}em)" in css
    assert f"table.fold-{width} td" in css and ".folded" not in css
    assert 'data-label="설명"' in page and 'role="columnheader"' in page


def test_a_book_without_wide_tables_has_none(tmp_path: Path) -> None:
    page, css = made(tmp_path, NARROW)
    assert "folds" not in page and "role=" not in page.split("<table", 1)[1].split("</table>")[0]
    assert "@container" not in css


def test_what_folds_looks_as_the_site_says(tmp_path: Path) -> None:
    _, css = made(tmp_path, WIDE, epub_folded=b".folded td { color: red }", user=b"/* last */")
    assert "td { color: red }" in css and "data-label" not in css
    assert css.rstrip().endswith("/* last */")


def test_long_words_have_places_also_in_addresses(tmp_path: Path) -> None:
    page, _ = made(tmp_path, "`spring.datasource.hikari.url` <https://example.com/posts/one>")
    assert "<code>spring.<wbr/>datasource.<wbr/>hikari.<wbr/>url</code>" in page
    assert 'href="https://example.com/posts/one"' in page and "com/<wbr/>posts/" in page
