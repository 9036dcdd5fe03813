"""layouts/styles/user.css has the last word; files in layouts/ that do nothing are told."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from hanpan.assets.stylesheets import token
from hanpan.editions import renderer
from hanpan.files import Files, NoNetwork
from hanpan.plan.layouts import layout_names, layout_problems
from hanpan.site import load_site
from tests.support.blog import make_blog
from tests.support.command import hanpan
from tests.support.reading import Web, read_post

OWN = ":root { --accent: #b4342b; }\n.post-body { letter-spacing: 0.125em; }\n"


def styled(root: Path, text: str = OWN, name: str = "styles/user.css") -> Path:
    path = root / "layouts" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return root


def test_it_is_the_last_stylesheet(tmp_path: Path) -> None:
    document = read_post(tmp_path, "---\ntitle: 글\n---\n글이다.\n").document
    styled(tmp_path)
    files = Files(load_site(tmp_path), Web())
    page = renderer("html")(document, files).artifacts[0].data.decode()
    assert page.index("--accent: #b4342b") > page.rindex("@media print")
    (epub,) = renderer("epub")(document, files).artifacts
    (tmp_path / "x.epub").write_bytes(epub.data)
    with zipfile.ZipFile(tmp_path / "x.epub") as book:
        (sheet,) = (n for n in book.namelist() if n.endswith(".css"))
        css = book.read(sheet).decode()
    assert css.rstrip().endswith(OWN.rstrip())
    assert "layout:styles/user.css" in files.reads  # a change of it is seen


def test_what_is_drawn_has_its_colours_and_keeps_the_others(tmp_path: Path) -> None:
    plain = Files(load_site(tmp_path), NoNetwork())
    accent, line = token("accent", plain), token("line", plain)
    files = Files(load_site(styled(tmp_path)), NoNetwork())
    assert token("accent", files) != accent and token("line", files) == line


def test_a_pdf_is_set_by_it(tmp_path: Path) -> None:
    from hanpan.editions.pdf.typesetter import Typesetter
    from hanpan.site import Pdf

    files = Files(load_site(styled(tmp_path)), NoNetwork())
    assert Typesetter((), Pdf(), files, longest_note=0.5)._css.rstrip().endswith(OWN.rstrip())


def told(root: Path) -> list[tuple[str, int | None]]:
    return [(problem.path, problem.line) for problem in layout_problems(load_site(root))]


def test_broken_stylesheets_are_told_with_their_line(tmp_path: Path) -> None:
    styled(tmp_path, "p { color: red }\n\nh1 { color red; }\n")
    assert told(tmp_path) == [("layouts/styles/user.css", 3)]
    styled(tmp_path, "p { color: red }\n}\n")
    assert told(tmp_path) == [("layouts/styles/user.css", 2)]
    styled(tmp_path, "@media print { p { margin: 0 } }\n@page { size: A5 }\np { a: b }\n")
    assert told(tmp_path) == []


def test_files_that_take_nobody_s_place_are_told(tmp_path: Path) -> None:
    styled(tmp_path, "p { }", "styles/users.css")
    styled(tmp_path, "", "html/mine.html")
    (problem, other) = layout_problems(load_site(tmp_path))
    assert (problem.path, problem.rule) == ("layouts/html/mine.html", "layout")
    assert other.remedy == "Did you mean `styles/user.css`?"
    styled(tmp_path, "{% include 'html/mine.html' %}", "html/post.html")
    assert told(tmp_path) == [("layouts/styles/users.css", None)]
    styled(tmp_path, "p { }", "themes/own/styles/theme.css")
    assert told(tmp_path) == [("layouts/styles/users.css", None)]
    (tmp_path / "hugo.toml").touch()
    (tmp_path / "content").mkdir()
    assert told(tmp_path) == []  # its layouts/ are Hugo's


def test_layouts_are_listed_and_copied(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=1)
    ran = hanpan("layouts", "list", cwd=blog)
    assert ran.code == 0 and ran.out.split("\n")[:-1] == layout_names()
    assert hanpan("layouts", "copy", "styles/tokens.css", "html/post.html", cwd=blog).code == 0
    text = (blog / "layouts/styles/tokens.css").read_text("utf-8")
    assert text.startswith("/* styles/tokens.css of hanpan ") and "--accent" in text
    assert "styles/tokens.css (the site has its own)" in hanpan("layouts", "list", cwd=blog).out
    ran = hanpan("build", "-e", "html", cwd=blog)
    assert ran.code == 0 and "[layout]" not in ran.err  # a copy works as it is
    page = next((blog / "out").glob("*/*.html")).read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert hanpan("layouts", "copy", "html/post.html", cwd=blog).code == 2
    assert hanpan("layouts", "copy", "html/post.html", "--force", cwd=blog).code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["copy", "styles/token.css"], "did you mean `styles/tokens.css`?"),
     (["copy"], "name a layout"),
     (["lst"], "did you mean `list`?"), (["copy", "../site.toml"], "unknown layout")],
)  # fmt: skip
def test_slips(tmp_path: Path, arguments: list[str], words: str) -> None:
    ran = hanpan("layouts", *arguments, cwd=make_blog(tmp_path, posts=1))
    assert ran.code == 2 and words in ran.err
