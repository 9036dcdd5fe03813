"""`hanpan check`: what is listed, and the table at its end; only what is asked for; exit codes."""

from __future__ import annotations

import json
import re
import socket
from pathlib import Path

import pytest

from tests.support.blog import POST, add_post, make_blog
from tests.support.command import Ran, hanpan
from tests.support.servers.image_host import ImageHost
from tests.support.servers.serving import serving

PROBLEMS = {
    "2026-03-01-a.md": "![가](/없다1.png)\n\n![나](/없다2.png)\n\n[글](#없는-곳)\n",
    "2026-03-02-b.md": "![가](/없다3.png)\n\n각주[^1]\n",
    "2026-03-03-c.md": "멀쩡한 글.\n",
}
TABLE = [
    "rule              severity  problems  posts  most in",
    "footnote-missing  warning          1      1  posts/2026-03-02-b.md:7",
    "link-fragment     warning          1      1  posts/2026-03-01-a.md:9",
    "image-missing     error            3      2  posts/2026-03-01-a.md:5 (2)",
]


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = '[rules]\nimage-missing = "error"\n'
    folder = make_blog(tmp_path_factory.mktemp("check"), posts=0, settings=settings)
    for name, body in PROBLEMS.items():
        add_post(folder, name, f"---\ntitle: 글\n---\n\n{body}")
    return folder


def rules_of(ran: Ran) -> list[str]:
    """Return the rule of each problem that is listed, in order."""
    return re.findall(r"(?m): (?:error|warning|info): .* \[([a-z-]+)\]$", ran.err)


def test_errors_are_last_a_remedy_is_given_once_and_a_table_ends_it(blog: Path) -> None:
    ran = hanpan("check", cwd=blog)
    assert rules_of(ran) == ["footnote-missing", "link-fragment", *["image-missing"] * 3]
    lines = ran.err.splitlines()
    assert lines.count("    Fix the path, or add the file.") == 1
    assert lines[-5:-4] == ["    Fix the path, or add the file."]
    assert lines[-4:] == TABLE
    assert ran.code == 1 and ran.out.startswith("3 posts; 9 steps run, 0 fresh; 3 errors; 2 war")


@pytest.mark.parametrize(
    ("arguments", "rules", "code"),
    [
        ("--rule image-missing", ["image-missing"] * 3, 1),
        ("--rule link-*,footnote-missing", ["footnote-missing", "link-fragment"], 0),
        (
            "--rule link-fragment --rule footnote-missing --strict",
            ["footnote-missing", "link-fragment"],
            1,
        ),
        ("--severity error", ["image-missing"] * 3, 1),
        ("--severity warning --limit 1", ["footnote-missing", "link-fragment", "image-missing"], 1),
        ("--summary", [], 1),
        ("--severity info posts/2026-03-03-c.md --strict", [], 0),
    ],
)
def test_what_is_asked_for(blog: Path, arguments: str, rules: list[str], code: int) -> None:
    ran = hanpan("check", *arguments.split(), cwd=blog)
    assert (rules_of(ran), ran.code) == (rules, code)
    if "--limit" in arguments:
        assert "    … and 2 more" in ran.err.splitlines()
    if "--summary" in arguments:
        assert ran.err.splitlines()[:4] == TABLE


def test_a_rule_that_there_is_not(blog: Path) -> None:
    ran = hanpan("check", "--rule", "image-mising", cwd=blog)
    assert ran.code == 2 and "unknown rule `image-mising`; did you mean `image-missing`?" in ran.err
    both = hanpan("check", "--json", "--format", "sarif", cwd=blog)
    assert both.code == 2 and "exclude each other" in both.err


def test_json_has_what_is_asked_for_and_the_table(blog: Path) -> None:
    ran = hanpan("check", "--format", "json", "--rule", "image-missing", "--limit", "2", cwd=blog)
    assert ran.err == "" and ran.code == 1
    listed = [(problem["rule"], problem["line"]) for problem in json.loads(ran.out)]
    assert listed == [("image-missing", 5), ("image-missing", 7)]
    rows = json.loads(hanpan("check", "--json", "--summary", cwd=blog).out)
    assert rows[-1] == {
        "rule": "image-missing", "severity": "error", "problems": 3, "posts": 2,
        "worst": "posts/2026-03-01-a.md:5", "in_worst": 2,
    }  # fmt: skip


def test_many_problems_end_in_a_screenful_with_all_errors_in_it(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    bad = "\n\n".join(
        f"![가](/{n}.png) [나](#{n}) [^{n}] {{% include x{n} %}} {{{{ x | y{n} }}}} [](x{n})"
        for n in range(30)
    )
    for day in range(1, 4):
        add_post(blog, f"2026-03-0{day}-글.md", POST.format(title="글") + bad)
    ran = hanpan("check", cwd=blog)
    lines = ran.err.splitlines()
    assert len(lines) <= 45
    assert lines[-1] == "to list the problems: hanpan check --rule RULE, or --limit 0 for all"
    (row,) = (line for line in lines if line.startswith("image-missing "))
    assert row.split()[:4] == ["image-missing", "warning", "90", "3"]
    assert len(rules_of(hanpan("check", "--limit", "0", cwd=blog))) > 400


def test_a_cause_is_told_once(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    (blog / "site.toml").write_text('title = "x"\n', "utf-8")
    far = "".join(f"![가](https://a.example/{n}.png)\n\n" for n in range(3))
    for day in range(1, 4):
        text = f"---\ntitle: 글\n---\n[글](/가/) [나](/나/)\n\n{far}\U00012000 [[없다#가]]\n"
        add_post(blog, f"2026-03-0{day}-같은-이름.md", text)
    ran = hanpan("check", "--offline", cwd=blog)
    listed = {rule: [line for line in ran.err.splitlines() if line.endswith(f"[{rule}]")]
              for rule in rules_of(ran)}  # fmt: skip
    (url,) = listed["link-relative"]
    assert (
        url.startswith("posts/2026-03-01-같은-이름.md:4: warning: ")
        and "(and 5 more, in 3 posts)" in url
    )
    (script,) = listed["glyph-missing"]
    assert "CUNEIFORM" in script and "(and 2 more, in 3 posts)" in script
    (names,) = listed["slug-duplicate"]
    assert names.startswith("posts/2026-03-02-") and "(and 1 more, in 2 posts)" in names
    (note,) = listed["wiki-link"]
    assert "`없다`" in note and "(and 2 more, in 3 posts)" in note
    assert len(listed["image-unreachable"]) == 3
    assert "3 pictures are not in the cache, and --offline is set (lines 6, 8, 10)" in ran.err


def test_one_dead_host_is_one_problem(tmp_path: Path) -> None:
    with socket.socket() as taken:  # it is bound, and does not listen: connections are refused
        taken.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{taken.getsockname()[1]}"
        host = ImageHost()
        with serving(host):
            blog = make_blog(tmp_path, posts=0, settings="[remote]\nallow_private = true\n")
            for day in range(1, 4):
                text = f"---\ntitle: 글\n---\n![가]({dead}/{day}.png) ![나]({dead}/n.png)\n"
                text += f"\n![다]({host.url('/none.png')}) ![라]({host.url('/a.png')})\n"
                add_post(blog, f"2026-03-0{day}-글-{day}.md", text)
            ran = hanpan("check", cwd=blog)
    listed = [line for line in ran.err.splitlines() if line.endswith("[image-unreachable]")]
    of_host = [line for line in listed if dead in line]
    assert len(of_host) == 1 and "(and 5 more, in 3 posts)" in of_host[0]
    assert of_host[0].startswith("posts/2026-03-01-글-1.md:4: warning: ")
    # a host that answers is alive: each file that it does not have is a problem of its own
    assert len([line for line in listed if host.url("/none.png") in line]) == 3
    assert len(listed) == 4


def test_a_second_build_says_what_the_first_did(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=1)
    add_post(blog, "2026-03-05-흠.md", "---\ntitle: 글\n---\n[가](#없다) ![나](/없다.png)\n")
    first, second = (hanpan("build", "-e", "html", cwd=blog) for _ in range(2))
    assert "[image-missing]" in first.err and "[link-fragment]" in first.err
    assert second.err == first.err
    assert "0 steps run" in second.out and "2 warnings" in second.out
    add_post(blog, "2026-03-06-다른.md", "---\ntitle: 글\n---\n[가](#없다)\n")
    third = hanpan("build", "-e", "html", cwd=blog)
    assert "2026-03-05-흠.md:4: warning" in third.err and "2026-03-06-다른.md:4" in third.err
    one = hanpan("build", "-e", "html", "posts/2026-03-06-다른.md", cwd=blog)
    assert "2026-03-05-흠.md" not in one.err
