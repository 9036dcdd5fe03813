"""What is printed has no effect on a terminal or a CI's runner, and all of it passes one place."""

from __future__ import annotations

import ast
import io
import json
import os
import pty
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from hanpan import console
from hanpan.console import plain_line, plain_lines, print_json, print_line
from tests.support.blog import add_post, make_blog
from tests.support.command import hanpan

PACKAGE = Path(console.__file__).parent
EFFECTS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
# as actions/runner reads a line: ActionCommand.TryParseV2 and TryParse
COMMAND = re.compile(r"(?m)^\s*::[^\n]*::|##\w*\[")
BAD = (
    "\x1b[2J\x1b]0;title\x07\x1b]8;;http://evil.example\x07",
    "\x9b31m \x90 \x9d0;x\x9c",
    "a\rb\x08\x7f\x00\v\f",
    "\u202egnp.exe\u2066\u2069\u2028\u2029\x85",
    "\udcff\ud800",
    "::set-output name=x::y",
    " \u3000::error file=a::b",
    "##[error]x ##vso[task.setvariable variable=a]b",
    "a\n::add-mask::b\n\t::stop-commands::c",
)


def test_what_libraries_warn_of_is_not_printed(tmp_path: Path) -> None:
    """Pillow warns of EXIF that says more than there is; the picture is shown all the same."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = "x" * 200  # the description, which then says that it is longer than the file
    Image.new("RGB", (40, 40)).save(out, "JPEG", exif=exif)
    damaged = out.getvalue().replace(b"\x01\x0e\x00\x02\x00\x00", b"\x01\x0e\x00\x02\x00\x0f", 1)
    assert damaged != out.getvalue()
    blog = make_blog(tmp_path, posts=0)
    add_post(blog, "2026-03-01-글.md", "![그림](a.jpg)\n\n![그림](b.tif)\n")
    (blog / "posts" / "a.jpg").write_bytes(damaged)
    Image.new("RGB", (9, 9)).save(out := io.BytesIO(), "TIFF")  # and logs of samples
    (blog / "posts" / "b.tif").write_bytes(
        out.getvalue().replace(
            b"\x15\x01\x03\x00\x01\x00\x00\x00\x03", b"\x15\x01\x03\x00\x01\x00\x00\x00\xff", 1
        )
    )
    ran = hanpan("build", "--offline", "--edition", "html", cwd=blog)
    assert ran.code == 0 and "[image-broken]" in ran.err
    assert not re.search(r"\.py:|Warning|samples", ran.err)


@pytest.mark.parametrize("text", BAD)
def test_no_effect_is_left(text: str) -> None:
    for shown in (plain_line(text), plain_lines(text)):
        assert not EFFECTS.search(shown) and not COMMAND.search(shown)
    assert "\n" not in plain_line(text)


@given(st.text(st.one_of(st.sampled_from(" \t\n:#[]xevso\x1b"), st.characters())))
def test_a_law_of_printing(text: str) -> None:
    for shown in (plain_line(text), plain_lines(text)):
        assert not EFFECTS.search(shown) and not COMMAND.search(shown)
    if not EFFECTS.search(text) and not COMMAND.search(text) and "::" not in text:
        assert plain_lines(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "한글과 漢字, e\u0301, \u1112\u1161\u11ab",
        "👩\u200d💻 👍🏽 🇰🇷 🏴\U000e0067\U000e0062\U000e007f ❤\ufe0f",
        "std::vector<T>, a :: b",
        ":::message",
        "## [제목] #[x]",
        "\u200f\u05d0\u200e\u3000 \u00a0",
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert plain_line(text) == plain_lines(text) == text


def test_an_encoding_that_lacks_characters_is_no_error() -> None:
    file = io.TextIOWrapper(io.BytesIO(), "cp949")
    print_line("한글 😀", file)
    file.seek(0)
    assert file.read() == "한글 \\U0001f600\n"


def test_json_stays_the_same_value(capsys: pytest.CaptureFixture[str]) -> None:
    value = {text: [text] for text in BAD[:4] + BAD[5:]}
    print_json(value)
    shown = capsys.readouterr().out
    assert json.loads(shown) == value
    assert not EFFECTS.search(shown) and not COMMAND.search(shown)


def test_all_printing_passes_here() -> None:
    """Nothing else writes to the terminal; rich draws the bar and colours of `reports/terminal`."""
    others = []
    texts = {path: path.read_text("utf-8") for path in PACKAGE.rglob("*.py")}
    texts.pop(Path(console.__file__))
    for path, text in texts.items():
        if "print(" not in text and ".write(" not in text:
            continue
        calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
        names = {ast.unparse(call.func): call.lineno for call in calls}
        others += [
            f"{path.relative_to(PACKAGE)}:{line}"
            for name, line in names.items()
            if re.fullmatch(r"print|(sys\.)?(stdout|stderr)(\.buffer)?\.write", name)
        ]
    assert others == []


HOSTILE = "\x1b]0;x\x07 ::error::y\u202e ##[group]z"


def test_a_post_and_the_name_of_its_file_have_no_effect(tmp_path: Path) -> None:
    blog = make_blog(tmp_path / "blog", posts=0)
    name = "2026-03-01-::error::a\n::warning::b\x1b[31m.md"
    add_post(
        blog,
        name,
        f"---\ntitle: 글\nlayout: {json.dumps(HOSTILE)}\n---\n\n![가](/없는{HOSTILE}.png)\n"
        f"[글](/{HOSTILE}.md) {{{{ x | {HOSTILE} }}}} {{% include {HOSTILE} %}}\n",
    )
    for arguments in (
        ("check",),
        ("check", "--json"),
        ("build", "--edition", "html", "--why"),
        ("publish", "wordpress", "posts"),
        ("build", f"{HOSTILE}.md"),
        ("show", HOSTILE, f"posts/{name}"),
        (f"--{HOSTILE}",),
    ):
        ran = hanpan(*arguments, cwd=blog)
        for line in (*ran.out.split("\n"), *ran.err.split("\n")):
            assert not EFFECTS.search(line) and not COMMAND.search(line), (arguments, line)


def test_the_source_of_a_post_is_plain_on_a_terminal_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog = make_blog(tmp_path / "blog", posts=0)
    path = add_post(blog, "2026-03-01-a.md", "---\ntitle: 글\n---\n\n가 \u202e 나\n")
    assert "가 \u202e 나" in hanpan("show", "source", path, cwd=blog).out
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr("sys.stdout", terminal)
        console.print_data("가 \x1b[31m 나\n")
        terminal.flush()
        assert os.read(ours, 100).decode() == "가 \\x1b[31m 나\r\n"
    os.close(ours)
