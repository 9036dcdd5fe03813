"""doctor says what is there and what is missing, on this very machine."""

from __future__ import annotations

from pathlib import Path

from tests.support.blog import make_blog
from tests.support.command import hanpan


def test_it_names_versions_libraries_and_fonts(tmp_path: Path) -> None:
    ran = hanpan("doctor", cwd=make_blog(tmp_path, posts=0))
    assert ran.code == 0
    for words in ("pandoc 3.", "weasyprint 70", "harfbuzz-subset: lib", "D2Coding 700: "):
        assert words in ran.out
    assert "MISSING" not in ran.out
    command = ".venv/bin/python -m pip install --editable '.[cluster]'"
    assert f"Dask: not installed (optional): {command}" in ran.out


def test_a_font_of_the_site_is_listed(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0, settings='[fonts]\nfiles = ["mine.ttf"]\n')
    vendored = Path(__file__).parents[2] / "layouts/fonts/d2coding/d2coding.ttf"
    (blog / "mine.ttf").write_bytes(vendored.read_bytes())
    assert "mine.ttf (" in hanpan("doctor", cwd=blog).out
