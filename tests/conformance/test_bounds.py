"""Bounds: whatever a post is made of, it ends, in bounded time and memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.blog import add_post, make_blog
from tests.support.command import command, environment

pytestmark = pytest.mark.conformance
HANG = 1_200.0  # seconds; a post of 5 MB takes a minute on two processors
MEMORY = 3_500_000  # kilobytes, of the largest process
M = 1_000_000
POSTS = {
    "a line of ten megabytes": "a" * 10 * M,
    "a line of five": "가나다 " * (5 * M // 10),
    "lines": "가나다라마바사\n" * (5 * M // 22),
    "paragraphs": "가나다라마바사\n\n" * (M // 23),
    "blanks": f"# {' ' * 4 * M}x",
    "quotes": "> " * 20_000 + "가",
    "deeper quotes": "\n".join("> " * depth + "가" for depth in range(400)),
    "deeper lists": "\n".join("  " * depth + "- 가" for depth in range(500)),
    "brackets": "[" * 100_000,
    "links": "[a](" * 30_000,
    "stars": "*a **b " * 30_000,
    "emphasis in emphasis": "*".join(["_a"] * 20_000),
    "elements": "<div>" * 50_000,
    "inline elements": "<b>" * 50_000,
    "tables of HTML": "<table><tr><td>" * 3_000,
    "details": "<details><summary>a</summary>\n\n" * 2_000,
    "a drawing": f"<svg>{'<g>' * 50_000}</svg>",
    "cells": f"|{'a|' * 20}\n|{'---|' * 20}\n" + f"|{'1|' * 20}\n" * 2_000,
    "columns": f"|{'a|' * 2_000}\n|{'---|' * 2_000}\n" + f"|{'1|' * 2_000}\n" * 5,
    "notes": "\n".join(f"글[^{n}]\n\n[^{n}]: 주석 {n}\n" for n in range(5_000)),
    "headings": "\n\n".join(f"## 제목 {n}" for n in range(10_000)),
    "pictures": "![가](a.png)\n\n" * 3_000,
    "code": "```\na\n```\n\n" * 5_000,
    "backticks": "`" * 50_000 + "a",
    "formulas": f"$${'{' * 50_000}$$",
    "fractions": "$" + "\\frac{1}{" * 3_000 + "x" + "}" * 3_000 + "$",
    "attributes": "글\n" + "{: .a}" * 50_000,
    "conditions": "{% if a %}" * 20_000,
    "loops": "{% for i in (1..1000) %}" * 6 + "x" + "{% endfor %}" * 6,
    "a YAML of brackets": f"---\na: {'[' * 50_000}\n---\n글",
    "a YAML of references": "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"b{n}: &b{n} [{','.join([f'*b{n - 1}' if n else '*a'] * 9)}]\n" for n in range(30))
    + "tags: *b29\n---\n글",
    "a long title": f'---\ntitle: "{"가나 " * 500_000}"\n---\n글',
}


@pytest.mark.parametrize("name", POSTS)
def test_it_ends(tmp_path: Path, name: str) -> None:
    blog = make_blog(tmp_path, posts=0)
    add_post(blog, "2026-03-01-글.md", POSTS[name])
    watched = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
        "sys.exit(done.returncode)\n"
    )
    build = command("build", "--offline", "-j", "1", "-e", "html")
    ran = subprocess.run(
        [sys.executable, "-c", watched, *build],
        cwd=blog,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=HANG,
    )
    assert int(ran.stdout.split()[-1]) < MEMORY
    assert ran.returncode in (0, 1) and "Traceback" not in ran.stderr, ran.stderr[-2000:]
    assert "step-failed" not in ran.stderr
    assert (blog / "out/글/글.html").is_file() or ran.returncode == 1
