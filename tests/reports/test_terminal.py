"""What people see: colours and a bar on a terminal, plain lines elsewhere; rich if needed."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

from hanpan.problems import MOST
from tests.support.blog import POST, add_post, make_blog
from tests.support.command import Ran, built, environment, hanpan

REPORT_LOADED = (
    "import atexit, sys\n"
    "atexit.register(lambda: print('RICH' if 'rich' in sys.modules else 'NO RICH'))\n"
    "from hanpan.cli import main\nmain()\n"
)


def on_terminal(blog: Path, **more: str) -> tuple[str, str]:
    """Build HTML with standard error on a terminal; return what it shows, and standard output."""
    ours, theirs = pty.openpty()
    env = {**environment(**more), "CI": "", "TERM": "xterm"}
    process = subprocess.Popen(
        [sys.executable, "-c", REPORT_LOADED, "build", "-e", "html"],
        cwd=blog, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    while True:
        try:
            data = os.read(ours, 65536)
        except OSError:  # Linux reports the end of a terminal as an error
            break
        if not data:
            break
        shown += data
    os.close(ours)
    out, _ = process.communicate()
    return shown.decode(), out.decode()


def test_a_terminal_shows_colours_and_a_bar_and_a_fresh_build_loads_no_rich(
    tmp_path: Path,
) -> None:
    blog = make_blog(tmp_path, posts=2)
    add_post(blog, "2026-06-01-그림.md", POST.format(title="그림") + "\n![하나](/none.png)\n")
    shown, out = on_terminal(blog)
    assert "\x1b[33mwarning\x1b[0m: " in shown and "[image-missing]" in shown
    assert "posts" in shown and "━" in shown
    assert "NO RICH" not in out
    shown, out = on_terminal(blog)
    assert "\x1b[33mwarning\x1b[0m: " in shown and "━" not in shown
    assert "0 steps run" in out
    (blog / "posts/2026-06-01-그림.md").write_text(POST.format(title="그림"), "utf-8")
    on_terminal(blog)
    shown, out = on_terminal(blog)
    assert shown == "" and "NO RICH" in out and "0 steps run" in out


def test_no_color_is_heeded(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    add_post(blog, "2026-06-01-그림.md", POST.format(title="그림") + "\n![하나](/none.png)\n")
    shown, _ = on_terminal(blog, NO_COLOR="1")
    assert ": warning: " in shown and "\x1b[33m" not in shown


def test_elsewhere_lines_are_plain(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    add_post(blog, "2026-06-01-그림.md", POST.format(title="그림") + "\n![하나](/none.png)\n")
    ran = hanpan("build", "-e", "html", cwd=blog)
    first, second = ran.err.splitlines()
    assert first.startswith("posts/2026-06-01-그림.md:")
    assert ": warning: " in first and first.endswith(" [image-missing]")
    assert second.startswith("    ") and second.endswith(".")
    assert "\x1b" not in ran.err


def lines_of(ran: Ran, rule: str) -> list[str]:
    """Return the lines that tell a problem of a rule."""
    return [line for line in ran.err.splitlines() if line.endswith(f" [{rule}]")]


def test_a_rule_is_told_twenty_times_and_counted_beyond(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    pictures = "".join(f"![하나](/none{n}.png)\n\n" for n in range(2_000))
    other = "![하나](/none.png)\n\n<script>alert(1)</script>\n"
    add_post(blog, "2026-06-01-많은.md", POST.format(title="많은") + pictures)
    add_post(blog, "2026-06-02-적은.md", POST.format(title="적은") + other)
    ran = hanpan("build", "-e", "html", cwd=blog)
    assert len(lines_of(ran, "image-missing")) == 20
    assert ran.err.splitlines().count("    … and 1,981 more") == 1
    assert ran.err.count("Fix the path, or add the file.") == 1
    assert "; 2002 warnings; " in ran.out  # one is of the script
    page = (blog / "out/index.html").read_text("utf-8")
    assert "2,002" in page or "2002" in page
    summary = built(blog, "-e", "html")  # nothing has run: traces keep what is listed
    problems = summary["posts"][0]["problems"]
    assert summary["steps"]["run"] == 0 and len(problems) == MOST + 1
    assert [p["line"] for p in problems[:3]] == [18, 20, 22]
    assert "more" not in problems[0] and problems[-1]["more"] == 2_000 - MOST
    assert (problems[-1]["rule"], problems[-1]["line"]) == ("image-missing", None)
    listed = json.loads((blog / "out/build.json").read_text("utf-8"))["posts"][0]["problems"]
    assert listed == problems
    checked = json.loads(hanpan("check", "--json", "posts/2026-06-01-많은.md", cwd=blog).out)
    assert checked == problems
